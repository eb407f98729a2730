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
  'party-fees.nothing-to-share': said(
    [
      'Tháng này chưa có tiền để trích',
      'Đến hết {month} không còn khoản nào chưa trích.',
      'Mỗi khoản tiền trích một lần.',
      'Đồng chí mở lại trang "Trích, nộp cấp trên" để xem các lần đã trích.',
    ],
    [
      'There is nothing to share out',
      'Until the end of {month} everything is shared out.',
      'Money is shared out once.',
      'Open the page "Shares and remittance" to see what was shared out.',
    ],
  ),
  'party-fees.share-other-month': said(
    [
      'Còn tháng trước chưa trích',
      'Tiền của {month} chưa trích, nên phải trích tháng đó trước.',
      'Các tháng trích theo thứ tự, để không bỏ sót.',
      'Đồng chí mở lại trang "Trích, nộp cấp trên" và trích {month}.',
    ],
    [
      'An earlier month comes first',
      'Money of {month} is not shared out yet.',
      'Months are shared out in their order, so that none is left out.',
      'Open the page "Shares and remittance" and share out {month}.',
    ],
  ),
  'party-fees.not-enough-to-send': said(
    [
      'Sổ không có đủ tiền',
      'Cần {needVnd} đồng, trong sổ chỉ còn {haveVnd} đồng.',
      'Không ghi nộp nhiều hơn số đơn vị đang giữ.',
      'Đồng chí kiểm tra đã chọn đúng hình thức (chuyển khoản hay tiền mặt) và sổ đã ghi đủ chưa.',
    ],
    [
      'The books do not hold that much',
      '{needVnd} đồng are needed, the books hold {haveVnd} đồng.',
      'No more is sent than is held.',
      'Check whether it was by transfer or in cash, and whether everything is written down.',
    ],
  ),
  'party-fees.day-too-early': said(
    [
      'Ngày ghi sớm quá',
      'Ngày phải từ {first} trở đi.',
      'Tiền không thể đi trước khi thu hoặc trước khi nộp.',
      'Đồng chí xem lại ngày rồi ghi lại.',
    ],
    [
      'The day is too early',
      'The day is {first} at the earliest.',
      'Money cannot move before it was collected or sent.',
      'Check the day and enter it again.',
    ],
  ),
  'party-fees.remittance-shared-on': said(
    [
      'Cấp trên đã trích tiếp số tiền này',
      'Số tiền đã được cấp trên trích cho tháng của mình, nên không chuyển lại được.',
      'Tiền đã trích tiếp thì không lấy lại từ cấp dưới.',
      'Đồng chí đề nghị cấp trên chuyển lại lần trích của cấp trên trước.',
    ],
    [
      'The level above shared this money on',
      'It went into the shares of the level above and cannot be moved back.',
      'What was shared on is not taken back from below.',
      'Ask the level above to move back its own shares first.',
    ],
  ),
  'party-fees.remittance-side-ended': said(
    [
      'Một bên của hồ sơ không còn',
      'Đơn vị đã nộp hoặc đã nhận khoản này đã kết thúc khi sắp xếp tổ chức đảng.',
      'Khoản đã nhận trước ngày sắp xếp thuộc sổ đã bàn giao cho đơn vị kế thừa, nên không chuyển lại.',
      'Đồng chí đối chiếu với đơn vị kế thừa. Nếu thật sự sai, hai bên lập phiếu chi, phiếu thu cho phần chênh lệch.',
    ],
    [
      'One side of it is no more',
      'The organisation that sent it, or the one that received it, ended in a reorganisation.',
      'What was received before belongs to books that were handed over, so it is not moved back.',
      'Compare with whoever took over. If it was wrong, both make vouchers for the difference.',
    ],
  ),
  'party-fees.nothing-held': said(
    [
      'Không giữ tiền của đơn vị này',
      'Tài khoản của đơn vị đồng chí không giữ tiền nào của tổ chức này.',
      'Chỉ chuyển về số tiền đang giữ hộ.',
      'Đồng chí mở lại trang "Cấp dưới nộp lên" để xem danh sách đang giữ hộ.',
    ],
    [
      'Nothing is held for it',
      'Your organisation’s account holds no money of this one.',
      'Only what is held is paid down.',
      'Open the page "From below" to see for whom money is held.',
    ],
  ),
  'party-fees.more-than-held': said(
    [
      'Nhiều hơn số đang giữ hộ',
      'Đang giữ hộ {heldVnd} đồng.',
      'Không chuyển về nhiều hơn số đang giữ.',
      'Đồng chí nhập lại số tiền.',
    ],
    [
      'More than is held',
      '{heldVnd} đồng are held.',
      'No more is paid down than is held.',
      'Enter the amount again.',
    ],
  ),
  'party-fees.no-account-below': said(
    [
      'Đơn vị này chưa có tài khoản',
      'Chưa có tài khoản nào của đơn vị được xác thực, nên không chuyển khoản về được.',
      'Chỉ chuyển vào tài khoản đã khai và xác thực.',
      'Đồng chí giao tiền mặt, hoặc đề nghị đơn vị khai tài khoản trước.',
    ],
    [
      'It has no account',
      'No account of this organisation is verified, so nothing can be transferred to it.',
      'Transfers go to declared and verified accounts only.',
      'Hand over cash, or have its account declared first.',
    ],
  ),
  'party-fees.not-below': said(
    [
      'Không tìm thấy tổ chức này ở cấp dưới',
      'Tổ chức này không trực thuộc đơn vị của đồng chí.',
      null,
      'Đồng chí mở lại trang "Cấp dưới nộp lên".',
    ],
    [
      'There is no such organisation below',
      'It does not lie directly under your organisation.',
      null,
      'Open the page "From below" again.',
    ],
  ),
  'party-fees.share-month-closed': said(
    [
      'Tháng này đã trích rồi',
      'Đơn vị đã trích đến {month}. Mức mới chỉ áp dụng cho tháng chưa trích.',
      'Tháng đã trích giữ nguyên mức lúc trích.',
      'Đồng chí chọn tháng bắt đầu sau {month}.',
    ],
    [
      'That month is shared out already',
      'Shares are made until {month}. A new share holds for months to come only.',
      'What was shared out keeps the share it had.',
      'Choose a first month after {month}.',
    ],
  ),
  'party-fees.remittance-other-side': said(
    [
      'Bước này của đơn vị bên kia',
      'Báo đã nộp là việc của đơn vị nộp; xác nhận đã nhận là việc của cấp trên.',
      'Mỗi bên tự ghi phần việc của mình, để tiền đi và tiền đến đều có người xác nhận.',
      'Đồng chí chờ đơn vị bên kia làm bước này.',
    ],
    [
      'This step is the other side’s',
      'The sender says that money left; the level above says that it came.',
      'Each side writes its own part, so that two people have seen the money.',
      'Wait until the other organisation did this step.',
    ],
  ),
  'party-fees.no-account-above': said(
    [
      'Không có mã QR cho hồ sơ này',
      'Cấp trên chưa có tài khoản đã xác thực, hoặc hồ sơ không còn gì phải chuyển.',
      'Tiền chỉ chuyển vào tài khoản đã khai và xác thực.',
      'Đồng chí nộp tiền mặt, hoặc hỏi cấp trên cách nộp.',
    ],
    [
      'There is no QR code for this remittance',
      'The level above has no verified account, or nothing is left to be sent.',
      'Money goes to declared and verified accounts only.',
      'Remit in cash, or ask the level above.',
    ],
  ),
}
