/** The words of the notices about reliefs; nothing personal is in them, not even what was asked for. */
import { formatMonth, isPlainMonth, type Language } from '../../../kernel/plain-date.ts'
import type { NoticeTexts } from '../../../web/feature.ts'

const month = (given: unknown, language: Language): string =>
  isPlainMonth(given) ? formatMonth(given, language) : '…'

const plain = (vi: string, en: string): NoticeTexts[string] => ({ vi: () => vi, en: () => en })

export const RELIEVING_NOTICES: NoticeTexts = {
  'party-fees.relief-asked': plain(
    'Có đơn về miễn, giảm, nộp chậm, nộp trước hoặc đóng cao hơn đảng phí chờ giải quyết.',
    'A request about exemption, reduction, late or advance payment of the Party fee, or to give more, waits.',
  ),
  'party-fees.relief-asked-on-behalf': plain(
    'Chi bộ đã viết hộ đồng chí một đơn về đảng phí. Đồng chí xem lại tại mục Miễn, giảm đảng phí; có thể rút.',
    'The cell wrote a request about the Party fee on your behalf. See it under "Exemption and reduction"; you may withdraw it.',
  ),
  'party-fees.relief-withdrawn-on-behalf': plain(
    'Chi bộ đã rút đơn về đảng phí viết hộ đồng chí. Nếu đồng chí vẫn cần, xin viết đơn mới tại mục Miễn, giảm đảng phí.',
    'The cell withdrew the request about the Party fee it wrote on your behalf. If you still need it, ask anew under "Exemption and reduction".',
  ),
  'party-fees.relief-forwarded': plain(
    'Chi bộ trình một đơn về đảng phí, chờ quyết định.',
    'A cell handed up a request about the Party fee; it waits for the decision.',
  ),
  'party-fees.relief-sent-up': plain(
    'Chi bộ đã cho ý kiến và trình đơn về đảng phí của đồng chí lên cấp trên.',
    'The cell gave its opinion on your request about the Party fee and handed it up.',
  ),
  'party-fees.relief-went-along': plain(
    'Đơn về đảng phí của đồng chí đang chờ đã chuyển theo đồng chí đến chi bộ mới; nơi mới xem xét tiếp, đồng chí không phải viết lại.',
    'Your request about the Party fee that waits went along with you to the new cell; it is decided there, you need not ask again.',
  ),
  'party-fees.declaration-went-along': plain(
    'Bản kê khai đảng phí đang chờ duyệt đã chuyển theo đồng chí đến chi bộ mới; đồng chí không phải kê khai lại.',
    'Your declaration that waits for approval went along with you to the new cell; you need not declare again.',
  ),
  'party-fees.relief-granted': {
    vi: ({ period, until }) =>
      `Đơn về đảng phí của đồng chí được đồng ý, từ ${month(period, 'vi')} đến hết ${month(until, 'vi')}.`,
    en: ({ period, until }) =>
      `Your request about the Party fee was granted, from ${month(period, 'en')} to the end of ${month(until, 'en')}.`,
  },
  'party-fees.relief-refused': plain(
    'Đơn về đảng phí của đồng chí không được đồng ý. Lý do ghi tại mục Miễn, giảm đảng phí.',
    'Your request about the Party fee was refused. The reason stands under "Exemption and reduction".',
  ),
  'party-fees.relief-ended': {
    vi: ({ period }) =>
      `Quyết định về miễn, giảm hoặc thời gian nộp đảng phí của đồng chí chấm dứt từ ${month(period, 'vi')}. Lý do ghi tại mục Miễn, giảm đảng phí.`,
    en: ({ period }) =>
      `The decision on your Party fee ends from ${month(period, 'en')}. The reason stands under "Exemption and reduction".`,
  },
}
