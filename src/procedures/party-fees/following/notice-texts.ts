/** The words of the notices about following up: lines taken over, reminders; never a name or an amount. */
import type { NoticeTexts } from '../../../web/feature.ts'

const number = (value: unknown): string => (typeof value === 'number' ? String(value) : '…')

export const FOLLOWING_NOTICES: NoticeTexts = {
  'party-fees.taken-over': {
    vi: ({ lines, people }) =>
      `Chi bộ nhận ${number(lines)} khoản đảng phí chưa nộp của ${number(people)} đảng viên từ tổ chức đã sắp xếp. Xem tại mục Theo dõi đảng phí.`,
    en: ({ lines, people }) =>
      `The cell took over ${number(lines)} unpaid Party fees of ${number(people)} members from an organisation that was reorganised. See "Follow-up".`,
  },
}
