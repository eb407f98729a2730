/** The words of the temporary transfer's notices: made when they are shown, from what was recorded. Nothing personal is in them. */
import {
  formatDate,
  formatInstant,
  formatMonth,
  isPlainDate,
  isPlainMonth,
  type Language,
} from '../../kernel/plain-date.ts'
import type { NoticeTexts } from '../../web/feature.ts'
import { REMINDER_NOTICES } from './reminder-texts.ts'
import { STAY_TEXTS } from './texts.ts'

type Facts = Readonly<Record<string, unknown>>

const due = (facts: Facts, language: Language): string => {
  const instant = typeof facts.dueAt === 'string' ? new Date(facts.dueAt) : undefined
  if (!instant || Number.isNaN(instant.getTime())) return ''
  return language === 'en' ? ` By ${formatInstant(instant, 'en')}.` : ` Hạn: ${formatInstant(instant, 'vi')}.`
}
const said = (vi: string, en: string) => ({
  vi: (facts: Facts) => filled(vi, facts, 'vi'),
  en: (facts: Facts) => filled(en, facts, 'en'),
})
const filled = (text: string, facts: Facts, language: Language): string =>
  text.replace('{until}', isPlainDate(facts.until) ? formatDate(facts.until, language) : '…')
const withDue = (vi: string, en: string) => ({
  vi: (facts: Facts) => filled(vi, facts, 'vi') + due(facts, 'vi'),
  en: (facts: Facts) => filled(en, facts, 'en') + due(facts, 'en'),
})

/** Where the fees go from now on, where the setting moves them. */
const withFees = (vi: string, en: string) => ({
  vi: (facts: Facts) => filled(vi, facts, 'vi') + fees(facts, 'vi'),
  en: (facts: Facts) => filled(en, facts, 'en') + fees(facts, 'en'),
})
function fees({ feesFrom, feesBackFrom }: Facts, language: Language): string {
  const said = language === 'en' ? FEES_EN : FEES_VI
  if (isPlainMonth(feesFrom)) return ` ${said.there.replace('{month}', formatMonth(feesFrom, language))}`
  if (isPlainMonth(feesBackFrom))
    return ` ${said.back.replace('{month}', formatMonth(feesBackFrom, language))}`
  return ''
}
const FEES_VI = {
  there: 'Đảng phí từ {month} nộp tại chi bộ nơi tạm thời; các tháng trước nộp ở nơi chính thức.',
  back: 'Đảng phí từ {month} lại nộp ở nơi chính thức; tháng đã ghi ở nơi tạm thời vẫn nộp ở đó.',
}
const FEES_EN = {
  there: 'Fees from {month} on are paid to the host cell; earlier months to the official one.',
  back: 'Fees from {month} on are paid to the official cell again; months in the host cell’s books are still paid there.',
}

const turn = (language: Language, words: string) => (facts: Facts) => {
  const statuses: Readonly<Record<string, string>> = STAY_TEXTS[language].statuses
  return `${words}: ${statuses[String(facts.act)] ?? STAY_TEXTS[language].title}.${due(facts, language)}`
}

/** By the code the slice records. */
export const STAY_NOTICES: NoticeTexts = {
  ...REMINDER_NOTICES,
  'temporary.turn': {
    vi: turn('vi', 'Một hồ sơ sinh hoạt tạm thời đến lượt xử lý'),
    en: turn('en', 'A temporary stay awaits you'),
  },
  'temporary.stay-requested': withDue(
    'Đề nghị sinh hoạt tạm thời của đồng chí đã được tiếp nhận. Chi bộ đang xem xét.',
    'Your request for a temporary stay was received. The cell looks at it.',
  ),
  'temporary.stay-sent-back': withDue(
    'Hồ sơ sinh hoạt tạm thời được trả lại một bước. Lý do ghi trong hồ sơ.',
    'Your temporary stay went one step back. The reason is in the dossier.',
  ),
  'temporary.asked-late': said(
    'Một đề nghị sinh hoạt tạm thời được trả lại để bổ sung sau hạn 8 giờ làm việc (338-QĐ/TW, Điều 14).',
    'A request for a temporary stay was sent back later than the 8 working hours of 338-QĐ/TW, art. 14.',
  ),
  'temporary.mend-soon': said(
    'Đề nghị sinh hoạt tạm thời trả lại để sửa đã quá hạn. Đồng chí sửa rồi gửi lại đến hết ngày {until}; sau đó hồ sơ đóng lại, làm đề nghị mới được.',
    'A request for a temporary stay was sent back and is overdue. Mend and send it by the end of {until}; then it closes, and a new one can be made.',
  ),
  'temporary.stay-refused': said(
    'Đề nghị sinh hoạt tạm thời không được giải quyết. Lý do ghi trong hồ sơ.',
    'Your request for a temporary stay was refused. The reason is in the dossier.',
  ),
  'temporary.stay-withdrawn': said(
    'Một hồ sơ sinh hoạt tạm thời đã được rút.',
    'A temporary stay was withdrawn.',
  ),
  'temporary.referral-sealed': said(
    'Giấy giới thiệu sinh hoạt tạm thời của đồng chí đã hoàn thành và chuyển đến nơi tạm thời.',
    'Your temporary referral is complete and was sent to the host.',
  ),
  'temporary.cell-assigned': withDue(
    'Nơi tạm thời đã phân đồng chí về chi bộ. Chi bộ sẽ họp tiếp nhận.',
    'The host has assigned you a cell, which will meet and admit you.',
  ),
  'temporary.stay-declined': said(
    'Nơi đến không tiếp nhận sinh hoạt tạm thời. Lý do ghi trong hồ sơ; đảng viên vẫn sinh hoạt ở nơi chính thức.',
    'The host did not take the temporary stay. The reason is in the dossier; the member stays at the official place.',
  ),
  'temporary.guest-admitted': withFees(
    'Chi bộ nơi tạm thời đã tiếp nhận đảng viên vào sinh hoạt đến hết ngày {until}.',
    'The host cell admitted the member until the end of {until}.',
  ),
  'temporary.extension-asked': withDue(
    'Một đảng viên sinh hoạt tạm thời xin gia hạn; báo để hai nơi cùng biết. Cấp ủy nơi tạm thời xét.',
    'A member on a temporary stay asks for an extension; told to both places. The host committee decides.',
  ),
  'temporary.extension-granted': said(
    'Việc sinh hoạt tạm thời được gia hạn đến hết ngày {until}.',
    'The temporary stay was extended to the end of {until}.',
  ),
  'temporary.extension-refused': said(
    'Việc sinh hoạt tạm thời không được gia hạn; hết hạn ngày {until}. Lý do ghi trong hồ sơ.',
    'The temporary stay was not extended; it ends on {until}. The reason is in the dossier.',
  ),
  'temporary.return-written': said(
    'Chi bộ nơi tạm thời đã nhận xét và giới thiệu đồng chí trở về.',
    'The host cell has commented and referred you back.',
  ),
  'temporary.return-recorded': withFees(
    'Việc sinh hoạt tạm thời đã kết thúc: đảng viên đã trở về nơi chính thức.',
    'The temporary stay is over: the member is back at the official place.',
  ),
  'temporary.member-recalled': withFees(
    'Nơi chính thức đã gọi đảng viên trở về. Lý do ghi trong hồ sơ.',
    'The official place called the member back. The reason is in the dossier.',
  ),
  'temporary.stay-converted': withFees(
    'Một đảng viên sinh hoạt tạm thời chuyển sang chuyển chính thức; hồ sơ tạm thời đã đóng.',
    'A temporary stay goes on as an official transfer; its dossier is closed.',
  ),
  'temporary.official-opened': said(
    'Hồ sơ chuyển sinh hoạt chính thức đã mở sẵn cho đồng chí. Mời đồng chí viết tiếp và gửi.',
    'An official transfer was begun for you. Please go on and send it.',
  ),
  'temporary.stay-ended': withFees(
    'Một hồ sơ sinh hoạt tạm thời đã kết thúc. Lý do ghi trong hồ sơ.',
    'A temporary stay has ended. The reason is in the dossier.',
  ),
  'temporary.yearly-comment-written': said(
    'Chi bộ nơi tạm thời đã nhận xét hằng năm một đảng viên của chi bộ. Mời xem trước khi đánh giá, xếp loại.',
    'The host cell has written its yearly comment on a member of the cell. Please read it before the rating.',
  ),
  'temporary.reorganisation-followed': said(
    'Tổ chức đảng liên quan đến việc sinh hoạt tạm thời của đồng chí đã thay đổi. Tổ chức mới giải quyết tiếp; đồng chí không phải làm lại.',
    'An organisation of your temporary stay has changed. The new one goes on; you need not begin again.',
  ),
}
