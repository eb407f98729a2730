/** The words of the reminders of a stay's end: the day and what can be done, nothing of the member. */
import { formatDate, isPlainDate, type Language } from '../../kernel/plain-date.ts'
import type { NoticeTexts } from '../../web/feature.ts'

type Facts = Readonly<Record<string, unknown>>

const day = (facts: Facts, language: Language): string =>
  isPlainDate(facts.until) ? formatDate(facts.until, language) : '…'

const withDay = (vi: string, en: string) => ({
  vi: (facts: Facts) => vi.replace('{until}', day(facts, 'vi')),
  en: (facts: Facts) => en.replace('{until}', day(facts, 'en')),
})

export const REMINDER_NOTICES: NoticeTexts = {
  'temporary.ends-soon-member': withDay(
    'Thời gian sinh hoạt tạm thời của đồng chí hết vào ngày {until}. Đồng chí xin gia hạn trước ngày đó, hoặc báo chi bộ nơi tạm thời giới thiệu trở về.',
    'Your temporary stay ends on {until}. Ask for an extension before that day, or tell the host cell to refer you back.',
  ),
  'temporary.ends-soon-host': withDay(
    'Một đảng viên sinh hoạt tạm thời ở chi bộ hết thời gian vào ngày {until}. Chi bộ chuẩn bị nhận xét và giới thiệu trở về, nếu không gia hạn.',
    'The stay of a guest of the cell ends on {until}. Prepare the comment and the letter back, unless it is extended.',
  ),
  'temporary.ends-soon-origin': withDay(
    'Một đảng viên của chi bộ đang sinh hoạt tạm thời nơi khác, hết thời gian vào ngày {until}.',
    'The temporary stay of a member of the cell ends on {until}.',
  ),
  'temporary.ran-out-member': withDay(
    'Thời gian sinh hoạt tạm thời của đồng chí đã hết từ ngày {until} mà chưa ghi nhận trở về. Đồng chí liên hệ ngay chi bộ nơi tạm thời để được giới thiệu trở về.',
    'Your temporary stay ended on {until} and no return is recorded. See the host cell at once to be referred back.',
  ),
  'temporary.ran-out-host': withDay(
    'Một đảng viên sinh hoạt tạm thời ở chi bộ đã hết thời gian từ ngày {until}. Đề nghị chi bộ nhận xét và giới thiệu trở về.',
    'The stay of a guest of the cell ended on {until}. Please write the comment and the letter back.',
  ),
  'temporary.ran-out-committee': withDay(
    'Một đảng viên của đảng bộ sinh hoạt tạm thời nơi khác đã hết thời gian từ ngày {until} mà chưa trở về. Chi bộ nơi sinh hoạt chính thức đang theo dõi.',
    'The temporary stay of a member below you ended on {until} without a return. The official cell is to follow it up.',
  ),
}
