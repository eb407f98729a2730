/** The words of the notices about declarations and lines; nothing personal is in them. */
import { formatMonth, isPlainMonth, type Language } from '../../../kernel/plain-date.ts'
import type { NoticeTexts } from '../../../web/feature.ts'

type Facts = Readonly<Record<string, unknown>>

const month = ({ period }: Facts, language: Language): string =>
  isPlainMonth(period) ? formatMonth(period, language) : '…'

const ofMonth = (vi: string, en: string): NoticeTexts[string] => ({
  vi: (facts) => vi.replace('{month}', month(facts, 'vi')),
  en: (facts) => en.replace('{month}', month(facts, 'en')),
})

export const DECLARING_NOTICES: NoticeTexts = {
  'party-fees.declared': ofMonth(
    'Có kê khai đảng phí từ {month} chờ duyệt.',
    'A declaration for the Party fee from {month} waits for approval.',
  ),
  'party-fees.declared-on-behalf': ofMonth(
    'Chi bộ đã khai hộ đảng phí của đồng chí từ {month}. Đồng chí xem lại tại mục Kê khai đảng phí.',
    'The cell declared your Party fee from {month} on your behalf. Please look at it under "Declare for the Party fee".',
  ),
  'party-fees.declaration-approved': ofMonth(
    'Kê khai đảng phí từ {month} đã được duyệt.',
    'Your declaration for the Party fee from {month} was approved.',
  ),
  'party-fees.declaration-returned': ofMonth(
    'Chi bộ trả lại kê khai đảng phí từ {month}. Lý do ghi tại mục Kê khai đảng phí.',
    'The cell returned your declaration for the Party fee from {month}. The reason stands under "Declare for the Party fee".',
  ),
  'party-fees.line-adjusted': ofMonth(
    'Chi bộ điều chỉnh đảng phí {month} của đồng chí.',
    'The cell adjusted your Party fee of {month}.',
  ),
  'party-fees.arrears-added': ofMonth(
    'Chi bộ ghi truy thu đảng phí {month} của đồng chí.',
    'The cell added arrears of the Party fee of {month}.',
  ),
  'party-fees.three-months-unpaid': {
    vi: ({ people, year }) =>
      `Có ${Number(people)} đảng viên chưa đóng đảng phí từ ba tháng trở lên trong năm ${Number(year)}. Chi bộ xem xét lý do; hệ thống không tự xử lý.`,
    en: ({ people, year }) =>
      `${Number(people)} members have not paid three months or more of ${Number(year)}. The cell considers the reasons; the system does nothing by itself.`,
  },
}
