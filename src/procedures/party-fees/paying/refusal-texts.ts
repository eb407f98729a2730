/** The words of each "no" of paying Party fees. */
import { said } from '../../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../../web/web.ts'

const LINES: RefusalTexts = {
  'party-fees.nothing-chosen': said(
    [
      'Chưa chọn tháng nào',
      'Đồng chí chưa tích tháng nào để nộp.',
      null,
      'Đồng chí quay lại, tích ít nhất một tháng, rồi bấm nộp.',
    ],
    ['Nothing is chosen', 'No month is ticked.', null, 'Go back, tick at least one month, then pay.'],
  ),
  'party-fees.too-many-lines': said(
    [
      'Chọn quá nhiều khoản',
      'Một lần chỉ nộp được {most} khoản.',
      'Danh sách dài hơn khó đối chiếu khi có sai sót.',
      'Đồng chí chia danh sách thành nhiều lần nộp.',
    ],
    [
      'Too many lines',
      'At most {most} lines are paid at once.',
      'A longer list is hard to check when something goes wrong.',
      'Split the list into several payments.',
    ],
  ),
  'party-fees.line-unknown': said(
    [
      'Không tìm thấy khoản phải nộp này',
      'Khoản này không có, hoặc không thuộc phần của đồng chí.',
      null,
      'Đồng chí mở lại trang đảng phí để xem các khoản đang chờ nộp.',
    ],
    [
      'There is no such line',
      'There is no such line, or it is not yours to pay.',
      null,
      'Open the page of fees again to see what is open.',
    ],
  ),
  'party-fees.line-paid': said(
    [
      'Tháng này đã nộp',
      'Đảng phí {period} đã được nộp.',
      'Một tháng chỉ nộp một lần.',
      'Đồng chí mở trang đảng phí để xem biên lai, rồi nộp các tháng còn lại nếu có.',
    ],
    [
      'This month is paid',
      'The fee for {period} has been paid.',
      'A month is paid once.',
      'Open the page of fees for the receipt, and pay what is left.',
    ],
  ),
  'party-fees.line-replaced': said(
    [
      'Số phải nộp đã đổi',
      'Số phải nộp {period} vừa được điều chỉnh.',
      null,
      'Đồng chí mở lại trang đảng phí để xem số mới rồi nộp.',
    ],
    [
      'The amount has changed',
      'What is due for {period} was adjusted just now.',
      null,
      'Open the page of fees again to see the new amount, then pay.',
    ],
  ),
  'party-fees.line-exempt': said(
    ['Tháng này được miễn', 'Đảng phí {period} là 0 đồng.', null, 'Đồng chí không phải nộp tháng này.'],
    ['This month is exempt', 'The fee for {period} is 0 đồng.', null, 'Nothing is to be paid for it.'],
  ),
  'party-fees.line-waiting': said(
    [
      'Tháng này còn chờ chi bộ duyệt',
      'Số phải nộp {period} chưa được chi bộ duyệt.',
      'Chi bộ đã chọn xem từng tháng trước khi thu.',
      'Đồng chí nhắc chi ủy duyệt, rồi nộp.',
    ],
    [
      'This month waits for the cell',
      'What is due for {period} is not approved yet.',
      'The cell chose to look at each month first.',
      'Remind the cell’s committee, then pay.',
    ],
  ),
  'party-fees.lines-of-two-cells': said(
    [
      'Các tháng thuộc hai chi bộ',
      'Các tháng đã chọn do hai chi bộ khác nhau thu.',
      'Mỗi lần nộp vào tài khoản của một chi bộ và có một biên lai.',
      'Đồng chí nộp riêng phần của từng chi bộ.',
    ],
    [
      'These months are of two cells',
      'The chosen months are collected by different cells.',
      'A payment goes to one cell’s account and has one receipt.',
      'Pay each cell’s part by itself.',
    ],
  ),
}

const ORDERS: RefusalTexts = {
  'party-fees.no-account': said(
    [
      'Chưa có tài khoản để nhận',
      'Chi bộ và các cấp trên chưa có tài khoản thu đảng phí đã xác thực.',
      'Tiền chỉ chuyển vào tài khoản đã được người thứ hai xác thực.',
      'Đồng chí nộp tiền mặt cho chi bộ tại buổi sinh hoạt và nhận biên lai; hoặc hỏi bí thư chi bộ, văn phòng đảng ủy khi nào có tài khoản.',
    ],
    [
      'There is no account to pay into',
      'Neither the cell nor those above it have a verified account for fees.',
      'Money goes only to an account that a second person verified.',
      'Pay the cell in cash at its meeting and take a receipt, or ask the cell’s secretary or the committee’s office when there will be an account.',
    ],
  ),
  'party-fees.order-unknown': said(
    [
      'Không tìm thấy lệnh nộp này',
      'Lệnh nộp không có, hoặc không thuộc phần của đồng chí.',
      null,
      'Đồng chí mở trang đảng phí và tạo mã QR mới.',
    ],
    [
      'There is no such order',
      'There is no such order to pay, or it is not yours.',
      null,
      'Open the page of fees and make a new QR code.',
    ],
  ),
  'party-fees.payment-unknown': said(
    [
      'Không tìm thấy khoản nộp này',
      'Khoản nộp không có, hoặc không thuộc phần của đồng chí.',
      null,
      'Đồng chí mở trang đảng phí để xem các tháng đã nộp.',
    ],
    [
      'There is no such payment',
      'There is no such payment, or it is not yours to read.',
      null,
      'Open the page of fees to see what was paid.',
    ],
  ),
  'party-fees.receipt-undone': said(
    [
      'Biên lai đã hết giá trị',
      'Khoản nộp này đã được trả lại, hoặc chuyển sang khoản khác.',
      'Số biên lai vẫn giữ trong sổ, nhưng không còn chứng nhận đã nộp.',
      'Đồng chí mở trang đảng phí để xem biên lai mới; tháng nào mở lại thì nộp.',
    ],
    [
      'The receipt is void',
      'This payment was given back, or moved to other months.',
      'Its number stays in the book, but it proves no payment.',
      'Open the page of fees for the new receipt; pay a month that is open again.',
    ],
  ),
}

const CASH: RefusalTexts = {
  'party-fees.undo-own-only': said(
    [
      'Chỉ người đã thu mới trả lại được',
      'Khoản tiền mặt này do đồng chí khác thu.',
      'Ai nhận tiền thì người đó trả lại tiền.',
      'Đồng chí nhờ người đã thu làm trong ngày; quá ngày thì lập yêu cầu hoàn tiền.',
    ],
    [
      'Only who took it can give it back',
      'Somebody else took this cash.',
      'Whoever took the money gives it back.',
      'Ask them to do it today; later it takes a request for a refund.',
    ],
  ),
  'party-fees.undo-same-day': said(
    [
      'Đã qua ngày thu',
      'Tiền mặt ghi nhầm chỉ trả lại được ngay trong ngày.',
      'Sau ngày đó sổ tiền mặt đã khóa.',
      'Đồng chí lập yêu cầu hoàn tiền để phụ trách tài chính xem xét.',
    ],
    [
      'The day has passed',
      'Cash booked by mistake can be given back on the same day only.',
      'After that the day’s cash is closed.',
      'Make a request for a refund.',
    ],
  ),
  'party-fees.cash-banked-already': said(
    [
      'Tiền mặt không còn đủ để trả lại',
      'Tiền mặt đang giữ ít hơn khoản phải trả lại.',
      'Tiền đã nộp vào tài khoản.',
      'Đồng chí lập yêu cầu hoàn tiền để trả từ tài khoản.',
    ],
    [
      'There is not enough cash left',
      'The cash in hand is less than what would be given back.',
      'The money was paid into the account.',
      'Make a request for a refund from the account.',
    ],
  ),
  'party-fees.more-than-cash': said(
    [
      'Nhiều hơn tiền mặt đang giữ',
      'Sổ tiền mặt chỉ còn {inHandVnd} đồng.',
      null,
      'Đồng chí kiểm tra lại số tiền, hoặc ghi các khoản tiền mặt đã nhận trước.',
    ],
    [
      'More than the cash in hand',
      'The cash book has {inHandVnd} đồng only.',
      null,
      'Check the amount, or book the cash that was taken first.',
    ],
  ),
  'party-fees.amount-not-whole': said(
    [
      'Số tiền chưa đúng',
      'Số tiền phải là số đồng nguyên, lớn hơn 0.',
      null,
      'Đồng chí nhập lại, ví dụ 250000 hoặc 250.000.',
    ],
    [
      'The amount is not right',
      'It must be a whole number of đồng above 0.',
      null,
      'Type it again, such as 250000 or 250.000.',
    ],
  ),
  'party-fees.day-to-come': said(
    [
      'Ngày nộp chưa tới',
      'Ngày nộp vào tài khoản không được sau hôm nay.',
      null,
      'Đồng chí nhập lại ngày đã nộp tại ngân hàng.',
    ],
    [
      'That day is still to come',
      'The day of paying in cannot lie after today.',
      null,
      'Type the day on which it was done at the bank.',
    ],
  ),
}

export const PAYING_REFUSALS: RefusalTexts = { ...LINES, ...ORDERS, ...CASH }
