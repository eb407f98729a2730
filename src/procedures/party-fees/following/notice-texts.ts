/** The words of the notices about following up: lines taken over, reminders; never a name or an amount. */
import { formatMonth, isPlainMonth, type Language } from '../../../kernel/plain-date.ts'
import type { NoticeTexts } from '../../../web/feature.ts'

const number = (value: unknown): string => (typeof value === 'number' ? String(value) : '…')

const month = (value: unknown, language: Language): string =>
  isPlainMonth(value) ? formatMonth(value, language) : '…'

export const FOLLOWING_NOTICES: NoticeTexts = {
  'party-fees.reminded': {
    vi: ({ since }) =>
      `Đồng chí còn đảng phí chưa nộp, từ ${month(since, 'vi')}. Mời đồng chí mở mục Đảng phí để xem và nộp. Nếu đã nộp tiền mặt, đồng chí báo chi bộ.`,
    en: ({ since }) =>
      `You have Party fees that are not paid, since ${month(since, 'en')}. Please open "Party fees" to see and pay. If you paid in cash, tell your cell.`,
  },
  'party-fees.region-asked': {
    vi: () =>
      'Các tổ chức nhập lại ở khác vùng lương tối thiểu. Đề nghị đơn vị đặt vùng đúng tại mục Đảng phí, Thiết lập, Vùng lương; trong khi chờ, đảng phí tính theo vùng tạm thời.',
    en: () =>
      'The organisations that became one lay in several wage regions. Please set the right one under "Party fees", "Set up", "Wage region"; until then fees are computed by one for the time being.',
  },
  'party-fees.taken-over': {
    vi: ({ lines, people }) =>
      `Chi bộ nhận ${number(lines)} khoản đảng phí chưa nộp của ${number(people)} đảng viên từ tổ chức đã sắp xếp. Xem tại mục Theo dõi đảng phí.`,
    en: ({ lines, people }) =>
      `The cell took over ${number(lines)} unpaid Party fees of ${number(people)} members from an organisation that was reorganised. See "Follow-up".`,
  },
}
