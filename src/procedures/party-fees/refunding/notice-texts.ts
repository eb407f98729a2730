/** The words of the notices about refunds; nothing personal is in them. */
import { formatDate, isPlainDate, type Language } from '../../../kernel/plain-date.ts'
import type { NoticeTexts } from '../../../web/feature.ts'

const plain = (vi: string, en: string): NoticeTexts[string] => ({ vi: () => vi, en: () => en })

const withDay = (vi: string, en: string): NoticeTexts[string] => {
  const said = (text: string, day: unknown, language: Language) =>
    text.replace('{day}', isPlainDate(day) ? formatDate(day, language) : '…')
  return { vi: ({ day }) => said(vi, day, 'vi'), en: ({ day }) => said(en, day, 'en') }
}

export const REFUND_NOTICES: NoticeTexts = {
  'party-fees.refund-asked': plain(
    'Có yêu cầu hoàn, điều chỉnh đảng phí chờ đối chiếu. Đồng chí xem tại mục Đảng phí, trang Hoàn tiền.',
    'A refund or correction of Party fees waits to be compared. See the page Refunds under Party fees.',
  ),
  'party-fees.refund-asked-for-you': withDay(
    'Chi bộ đã yêu cầu hoàn, hoặc chuyển, một khoản đảng phí thay đồng chí; xong trước hết ngày {day}.',
    'The cell asked for you that a fee go back, or to another month; it is done by the end of {day}.',
  ),
  'party-fees.refund-second': plain(
    'Có yêu cầu hoàn, điều chỉnh đảng phí đã đối chiếu, chờ người thứ hai duyệt.',
    'A refund or correction of Party fees was compared and waits for a second person.',
  ),
  'party-fees.refund-checked': plain(
    'Yêu cầu hoàn, điều chỉnh đảng phí của đồng chí đã được đối chiếu, đang chờ người thứ hai duyệt.',
    'Your refund or correction of Party fees was compared; a second person approves it next.',
  ),
  'party-fees.refund-approved': withDay(
    'Yêu cầu hoàn đảng phí của đồng chí đã được duyệt; tiền trả trước hết ngày {day}. Tháng đó mở lại để nộp.',
    'Your refund of Party fees was approved and is paid back by the end of {day}. The month is open again.',
  ),
  'party-fees.refund-to-pay': plain(
    'Có khoản hoàn đảng phí đã duyệt, chờ đơn vị trả tiền.',
    'An approved refund of Party fees waits to be paid out by your organisation.',
  ),
  'party-fees.refund-month-open': plain(
    'Một khoản nộp đảng phí của đồng chí đã được hoàn, hoặc chuyển đi; tháng đó mở lại. Đồng chí xem tại mục Đảng phí.',
    'A payment of your Party fee was paid back, or moved; the month is open again. See Party fees.',
  ),
  'party-fees.refund-moved': plain(
    'Khoản đảng phí nộp nhầm đã chuyển sang khoản đúng, có biên lai mới. Đồng chí xem tại mục Đảng phí.',
    'The fee paid by mistake pays the right months now, with a new receipt. See Party fees.',
  ),
  'party-fees.refund-month-paid': plain(
    'Một tháng đảng phí của đồng chí đã được nộp bằng khoản chuyển sang. Đồng chí xem tại mục Đảng phí.',
    'A month of your Party fee was paid by money moved to it. See Party fees.',
  ),
  'party-fees.refund-refused': plain(
    'Yêu cầu hoàn, điều chỉnh đảng phí của đồng chí không được chấp nhận. Lý do ghi trong yêu cầu, tại mục Đảng phí.',
    'Your refund or correction of Party fees was refused. The reason stands in the request, under Party fees.',
  ),
  'party-fees.refund-withdrawn': plain(
    'Chi bộ đã rút yêu cầu hoàn, điều chỉnh đảng phí gửi thay đồng chí.',
    'The cell withdrew the refund or correction it had asked for you.',
  ),
  'party-fees.refund-paid-out': withDay(
    'Đảng phí nộp nhầm đã trả lại đồng chí ngày {day}. Nhận được tiền, đồng chí xác nhận tại mục Đảng phí.',
    'The fee paid by mistake was paid back on {day}. When it has come, confirm it under Party fees.',
  ),
  'party-fees.refund-late': plain(
    'Có yêu cầu hoàn, điều chỉnh đảng phí quá hạn đã hứa với người nộp. Cấp trên cũng được báo.',
    'A refund or correction of Party fees is later than the payer was told. The committee above is told too.',
  ),
  'party-fees.refund-late-below': plain(
    'Một tổ chức trực thuộc có yêu cầu hoàn, điều chỉnh đảng phí quá hạn. Đồng chí xem tại trang Hoàn tiền; người của cấp trên đối chiếu, duyệt được.',
    'A refund or correction of Party fees below you is late. See the page Refunds; you may compare and approve it yourselves.',
  ),
  'party-fees.refund-late-payer': plain(
    'Yêu cầu hoàn, điều chỉnh đảng phí của đồng chí quá hạn. Người phụ trách và cấp trên đã được nhắc.',
    'Your refund or correction of Party fees is late. Those in charge and the committee above have been reminded.',
  ),
}
