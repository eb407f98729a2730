/** The words of each "no" about statements and money that fitted nothing. */
import { said } from '../../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../../web/web.ts'

const STATEMENTS: RefusalTexts = {
  'party-fees.bank-account-unknown': said(
    [
      'Không tìm thấy tài khoản này',
      'Tài khoản này không có, hoặc không phải của đơn vị đồng chí.',
      null,
      'Đồng chí mở lại trang Sao kê ngân hàng và chọn tài khoản của đơn vị.',
    ],
    [
      'There is no such account',
      'It does not exist, or is not your organisation’s.',
      null,
      'Open the page of bank statements again and choose an account of yours.',
    ],
  ),
  'party-fees.statement-file-gone': said(
    [
      'Tệp này không còn',
      'Tệp đã được nạp, đã bỏ, hoặc để quá một tuần.',
      'Tệp chờ nạp chỉ giữ một tuần; sao kê đã nạp thì giữ mãi.',
      'Đồng chí xem mục Sao kê đã nạp; nếu chưa có thì nạp tệp lại.',
    ],
    [
      'The file is gone',
      'It was kept, dropped, or lay here for more than a week.',
      'Files wait for a week; statements that were kept stay for ever.',
      'Look at the statements kept; if it is not there, hand the file in again.',
    ],
  ),
  'party-fees.statement-empty': said(
    [
      'Sao kê không có ngày nào',
      'Sao kê không có giao dịch và cũng không ghi ngày của số dư.',
      null,
      'Đồng chí tải sao kê của một khoảng ngày có ghi rõ từ ngày, đến ngày.',
    ],
    [
      'The statement has no days',
      'It has neither a line nor the day of a balance.',
      null,
      'Download a statement that says from which day to which.',
    ],
  ),
  'party-fees.statement-unsure': said(
    [
      'Còn dòng chưa rõ',
      'Có dòng chưa rõ là giao dịch mới hay đã báo trước đó.',
      'Ghi nhầm thì một khoản nộp bị tính hai lần.',
      'Đồng chí chọn cho từng dòng ở trang xem trước, rồi nạp lại.',
    ],
    [
      'Some lines are not clear',
      'Of some lines nobody knows yet whether they are new or were told before.',
      'Taken wrong, a payment would count twice.',
      'Choose for each on the page before it, then keep the statement.',
    ],
  ),
}

const REVIEWS: RefusalTexts = {
  'party-fees.bank-line-unknown': said(
    [
      'Không tìm thấy dòng sao kê này',
      'Dòng này không có, đã khớp lệnh nộp, hoặc không thuộc tài khoản của đơn vị đồng chí.',
      null,
      'Đồng chí mở lại trang Tiền chưa khớp.',
    ],
    [
      'There is no such line',
      'It does not exist, fits an order, or is not on an account of yours.',
      null,
      'Open the page of money that fits nothing again.',
    ],
  ),
  'party-fees.review-unknown': said(
    [
      'Không tìm thấy quyết định này',
      'Dòng sao kê này không có quyết định như vậy.',
      null,
      'Đồng chí mở lại dòng sao kê để xem đã quyết định gì.',
    ],
    ['There is no such decision', 'The line has no such decision.', null, 'Open the line again.'],
  ),
  'party-fees.review-done': said(
    [
      'Khoản này đã xử lý xong',
      'Toàn bộ số tiền đã có quyết định, không còn phần nào.',
      'Mỗi khoản chỉ quyết định một lần.',
      'Đồng chí mở lại dòng sao kê để xem ai đã quyết định gì.',
    ],
    [
      'This is done',
      'All of the amount is decided, nothing is left.',
      'Each is decided once.',
      'Open the line again to see who decided what.',
    ],
  ),
  'party-fees.review-too-much': said(
    [
      'Nhiều hơn số tiền có',
      'Các khoản đã chọn cộng lại {amountVnd} đồng, mà chỉ còn {restVnd} đồng.',
      'Một khoản phải nộp được nộp đủ hoặc chưa nộp, không nộp một phần.',
      'Đồng chí bỏ bớt khoản để tổng không quá số tiền còn lại.',
    ],
    [
      'More than there is',
      'What was chosen adds up to {amountVnd} đồng, and only {restVnd} đồng are left.',
      'A line is paid whole or not at all.',
      'Choose fewer, so that they add up to no more than is left.',
    ],
  ),
  'party-fees.review-money-out': said(
    [
      'Đây là tiền ra',
      'Tiền ra khỏi tài khoản không ghi nhận nộp và không chuyển trả được.',
      null,
      'Đồng chí chọn khoản đã có trong sổ, dòng trùng, hoặc để lại kèm ghi chú.',
    ],
    [
      'This is money out',
      'Money that left the account is no payment, and cannot be sent back.',
      null,
      'Choose what the books have already, a line told twice, or leave it with a note.',
    ],
  ),
  'party-fees.review-own': said(
    [
      'Khoản này có phần của chính đồng chí',
      'Trong các khoản đã chọn có khoản của đồng chí hoặc của người có ủy quyền với đồng chí, hoặc lệnh nộp do người đó nộp.',
      'Người phụ trách không tự ghi nhận tiền chưa khớp cho chính mình.',
      'Người phụ trách khác của đơn vị ghi nhận hoặc đồng ý. Nếu không còn ai khác: rút lại đề nghị nếu đã đề nghị, chuyển trả tiền, rồi người nộp nộp lại theo lệnh nộp.',
    ],
    [
      'A part of this is your own',
      'Some of the lines chosen are yours or of somebody you stand in for, or one of you is the payer of the order.',
      'Nobody in charge books money that fits nothing as a payment of the own.',
      'Somebody else in charge books it or agrees. If there is nobody else: withdraw the proposal if there is one, send the money back, and let it be paid by an order.',
    ],
  ),
  'party-fees.order-paid': said(
    [
      'Lệnh nộp này đã nộp',
      'Lệnh nộp vừa chọn đã có biên lai.',
      'Một lệnh nộp chỉ nộp một lần.',
      'Đồng chí mở lại dòng sao kê để xem gợi ý khác.',
    ],
    [
      'This order is paid',
      'The order has its receipt.',
      'An order is paid once.',
      'Open the line again for other proposals.',
    ],
  ),
  'party-fees.review-not-waiting': said(
    [
      'Việc này không còn chờ',
      'Đề nghị này đã được đồng ý, đã làm xong hoặc đã rút lại.',
      null,
      'Đồng chí mở lại dòng sao kê để xem hiện đến bước nào.',
    ],
    [
      'It does not wait any more',
      'It was agreed to, done, or withdrawn already.',
      null,
      'Open the line again to see where it stands.',
    ],
  ),
  'party-fees.review-same-person': said(
    [
      'Cần người khác đồng ý',
      'Đồng chí là người đề nghị, hoặc có ủy quyền đảng phí với người đề nghị.',
      'Số tiền lớn cần hai người khác nhau của đơn vị; người được ủy quyền và người ủy quyền tính là một.',
      'Đồng chí nhờ người phụ trách đảng phí khác của đơn vị mở trang này và đồng ý.',
    ],
    [
      'Somebody else must agree',
      'It was you who proposed it, or you and that person stand in for each other.',
      'A larger sum needs two different people; who stands in for somebody and that person count as one.',
      'Ask another who handles the fees of your organisation to open this page.',
    ],
  ),
  'party-fees.review-lines-changed': said(
    [
      'Khoản phải nộp đã đổi',
      'Từ lúc đề nghị, số tiền phải nộp của các khoản này đã đổi.',
      'Người thứ hai đồng ý đúng số tiền đã được đề nghị.',
      'Đồng chí rút lại đề nghị này, rồi ghi nhận theo số hiện tại.',
    ],
    [
      'What is due has changed',
      'Since it was proposed, what these lines come to has changed.',
      'The second person agrees to the amount that was proposed.',
      'Withdraw the proposal and propose what is due now.',
    ],
  ),
  'party-fees.review-second-first': said(
    [
      'Chưa có người thứ hai đồng ý',
      'Khoản này chưa được người thứ hai đồng ý chuyển trả.',
      'Số tiền lớn cần hai người khác nhau của đơn vị trước khi tiền ra khỏi tài khoản.',
      'Đồng chí chờ người thứ hai đồng ý rồi mới chuyển.',
    ],
    [
      'No second person agreed yet',
      'Nobody else agreed to send it back yet.',
      'A larger sum needs two different people before money leaves.',
      'Wait for the second person, then send it.',
    ],
  ),
  'party-fees.sent-back-how': said(
    [
      'Thiếu ngày hoặc số tham chiếu',
      'Chưa ghi ngày chuyển trả và số tham chiếu của ngân hàng.',
      'Nhờ số tham chiếu mà dòng tiền ra trên sao kê được nhận ra.',
      'Đồng chí chuyển trả trong ứng dụng ngân hàng, rồi ghi ngày và số tham chiếu.',
    ],
    [
      'Day or number is missing',
      'Neither the day it was sent back nor the bank’s number was written.',
      'By that number the line on the statement is known again.',
      'Send it back in the bank’s application, then write day and number.',
    ],
  ),
  'party-fees.sent-before-it-came': said(
    [
      'Ngày chuyển trả quá sớm',
      'Ngày chuyển trả trước ngày tiền vào tài khoản.',
      null,
      'Đồng chí xem lại ngày chuyển trả.',
    ],
    [
      'Sent back too early',
      'The day it was sent back lies before the day it came.',
      null,
      'Look at the day again.',
    ],
  ),
  'party-fees.booking-gone': said(
    [
      'Khoản trong sổ không còn để chọn',
      'Khoản này đã được ghép với dòng sao kê khác, hoặc khác số tiền.',
      'Mỗi khoản trong sổ chỉ ghép với một dòng sao kê.',
      'Đồng chí mở lại dòng sao kê và chọn khoản khác.',
    ],
    [
      'The booking cannot be chosen any more',
      'Another line of the bank’s was found for it, or its amount differs.',
      'Each booking is one line of the bank’s.',
      'Open the line again and choose another.',
    ],
  ),
  'party-fees.twin-gone': said(
    [
      'Dòng kia không còn để chọn',
      'Dòng kia đã được ghép với dòng khác, hoặc chính nó là dòng trùng.',
      'Mỗi lần chuyển tiền còn đúng một dòng trong sổ.',
      'Đồng chí mở lại dòng sao kê và xem dòng kia.',
    ],
    [
      'The other line cannot be chosen any more',
      'It was taken for another line, or was told twice itself.',
      'Of each transfer one line stays in the books.',
      'Open the line again and look at the other.',
    ],
  ),
}

export const REVIEWING_REFUSALS: RefusalTexts = { ...STATEMENTS, ...REVIEWS }
