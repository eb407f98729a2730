/** The words of each "no" of shares and remittance. */
import { said } from '../../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../../web/web.ts'

export const REMITTING_REFUSALS: RefusalTexts = {
  'party-fees.share-unknown': said(
    [
      'Chưa biết đơn vị được giữ lại bao nhiêu phần trăm',
      'Chưa có mức trích cho loại tổ chức này, cấp trên cũng chưa đặt mức riêng.',
      'Mức trích theo loại và cấp của tổ chức; hệ thống không tự đoán.',
      'Đồng chí đề nghị người phụ trách đảng phí của cấp trên đặt mức tại trang "Trích, nộp cấp trên".',
    ],
    [
      'What this organisation keeps is not known',
      'There is no share for organisations of this kind, and the level above set none for this one.',
      'Shares follow the kind and the level of an organisation; nothing is guessed.',
      'Ask those in charge of fees above to set the share on the page "Shares and remittance".',
    ],
  ),
  'party-fees.remittance-unknown': said(
    [
      'Không tìm thấy hồ sơ nộp này',
      'Không có hồ sơ nộp cấp trên như vậy, hoặc hồ sơ không thuộc đơn vị của đồng chí.',
      null,
      'Đồng chí mở lại trang "Trích, nộp cấp trên".',
    ],
    [
      'There is no such remittance',
      'There is no such remittance, or it is not your organisation’s.',
      null,
      'Open the page "Shares and remittance" again.',
    ],
  ),
  'party-fees.remittance-not-open': said(
    [
      'Hồ sơ nộp đã sang bước khác',
      'Việc này không làm được ở bước hiện tại của hồ sơ; có thể người khác vừa làm xong.',
      'Mỗi bước làm một lần: lập, báo đã nộp, xác nhận đã nhận. Đã nhận thì không chuyển lại.',
      'Đồng chí mở lại hồ sơ để xem đang ở bước nào.',
    ],
    [
      'The remittance has gone on',
      'This cannot be done at its present step; somebody else may just have done it.',
      'Each step is done once: made, sent, received. What was received is not moved back.',
      'Open the remittance again to see where it stands.',
    ],
  ),
  'party-fees.remittance-two-people': said(
    [
      'Việc này cần một người khác',
      'Đồng chí đã lập hoặc đã báo nộp khoản này.',
      'Tiền nộp và tiền nhận do hai người xác nhận, để không ai tự nhận tiền của mình.',
      'Đồng chí nhờ người phụ trách khác của đơn vị làm bước này.',
    ],
    [
      'This takes another person',
      'You made or sent this yourself.',
      'Two people say that money left and that it came.',
      'Ask another officer in charge to do this step.',
    ],
  ),
  'party-fees.drawing-unknown': said(
    [
      'Không tìm thấy khoản chuyển về này',
      'Không có khoản như vậy, hoặc khoản này không thuộc đơn vị của đồng chí.',
      null,
      'Đồng chí mở lại trang "Trích, nộp cấp trên".',
    ],
    [
      'There is no such payment',
      'There is no such payment, or it is not your organisation’s.',
      null,
      'Open the page "Shares and remittance" again.',
    ],
  ),
  'party-fees.drawing-answered': said(
    [
      'Khoản chuyển về đã được trả lời',
      'Đơn vị đã xác nhận hoặc đã báo chưa nhận khoản này.',
      'Mỗi khoản trả lời một lần.',
      'Đồng chí mở lại trang "Trích, nộp cấp trên" để xem.',
    ],
    [
      'This payment was answered already',
      'Its organisation confirmed it, or said that it did not come.',
      'Each is answered once.',
      'Open the page "Shares and remittance" to see.',
    ],
  ),
}
