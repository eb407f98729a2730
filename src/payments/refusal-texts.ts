/** The words of every "no" about payments: codes, callbacks, statements. */
import { said } from '../web/refusal-texts.ts'
import type { RefusalTexts } from '../web/web.ts'
import { STATEMENT_REFUSALS } from './statements/refusal-texts.ts'

/** What a code cannot hold. */
const WRITING: RefusalTexts = {
  'payments.bank-number-wrong': said(
    [
      'Mã ngân hàng chưa đúng',
      'Mã ngân hàng nhận tiền phải có đúng sáu chữ số.',
      null,
      'Đồng chí chọn ngân hàng trong danh sách, hoặc hỏi ngân hàng mã sáu chữ số dùng cho chuyển khoản nhanh.',
    ],
    [
      'The number of the bank is wrong',
      'The number of the receiving bank has exactly six digits.',
      null,
      'Choose the bank from the list, or ask it for the six digits used for fast transfers.',
    ],
  ),
  'payments.account-wrong': said(
    [
      'Số tài khoản chưa đúng',
      'Số tài khoản chỉ gồm chữ số và chữ cái không dấu, số thẻ chỉ gồm chữ số, nhiều nhất {most} ký tự.',
      null,
      'Đồng chí xem lại số tài khoản, bỏ dấu cách và dấu chấm.',
    ],
    [
      'The account number is wrong',
      'An account has digits and plain letters, a card digits only, {most} at the most.',
      null,
      'Look at the number again and leave out blanks and points.',
    ],
  ),
  'payments.amount-wrong': said(
    [
      'Số tiền chưa đúng',
      'Số tiền phải là một số nguyên đồng, lớn hơn 0.',
      null,
      'Đồng chí ghi lại số tiền, không có phần lẻ.',
    ],
    [
      'The amount is wrong',
      'An amount is a whole number of đồng, larger than nothing.',
      null,
      'Write the amount again, without a fraction.',
    ],
  ),
  'payments.amount-over-limit': said(
    [
      'Số tiền vượt mức một lần chuyển',
      'Một lần chuyển nhanh phải dưới {limit} đồng.',
      'Đó là giới hạn của dịch vụ chuyển nhanh liên ngân hàng.',
      'Đồng chí chia thành nhiều lần, hoặc chuyển khoản theo cách thông thường tại ngân hàng.',
    ],
    [
      'Too much for one transfer',
      'The amount of a fast transfer must be below {limit} đồng.',
      'This is the limit of fast transfers between banks.',
      'Divide it, or make an ordinary transfer at the bank.',
    ],
  ),
  'payments.limit-unknown': said(
    [
      'Không rõ giới hạn của ngày này',
      'Hệ thống không biết giới hạn một lần chuyển vào ngày {on}.',
      null,
      'Đồng chí chọn một ngày khác, hoặc báo người quản trị bổ sung giới hạn của ngày ấy.',
    ],
    [
      'The limit of that day is not known',
      'What one transfer could carry on {on} is not known here.',
      null,
      'Choose another day, or ask the administrator to add the limit.',
    ],
  ),
  'payments.note-not-plain': said(
    [
      'Nội dung có ký tự không dùng được',
      'Nội dung chuyển khoản chỉ gồm chữ Việt, chữ số và dấu câu thường; dấu tiếng Việt được bỏ khi viết vào mã.',
      null,
      'Đồng chí bỏ biểu tượng và chữ nước ngoài trong nội dung.',
    ],
    [
      'The note has signs that cannot be used',
      'A note has letters, digits and usual marks; accents are taken off when it is written.',
      null,
      'Take pictures and letters of other scripts out of the note.',
    ],
  ),
  'payments.note-too-long': said(
    [
      'Nội dung quá dài',
      'Nội dung chuyển khoản trong mã nhiều nhất {most} ký tự; nội dung này có {length}.',
      null,
      'Đồng chí rút ngắn nội dung.',
    ],
    [
      'The note is too long',
      'A note in a code has {most} characters at the most; this one has {length}.',
      null,
      'Make it shorter.',
    ],
  ),
}

/** What was scanned. */
const READING: RefusalTexts = {
  'payments.qr-malformed': said(
    [
      'Mã không đọc được',
      'Chuỗi ký tự này không có cấu trúc của một mã VietQR.',
      null,
      'Đồng chí quét lại mã, hoặc xin mã khác.',
    ],
    [
      'The code cannot be read',
      'These characters are not built like a VietQR code.',
      null,
      'Scan it again, or ask for another.',
    ],
  ),
  'payments.qr-damaged': said(
    [
      'Mã bị sai lệch',
      'Số kiểm tra ở cuối mã không khớp: có ký tự bị mất hoặc bị đổi.',
      null,
      'Đồng chí quét lại. Nếu vẫn vậy thì không dùng mã này để chuyển tiền.',
    ],
    [
      'The code is damaged',
      'The checksum at its end does not agree: characters were lost or changed.',
      null,
      'Scan it again. If it stays so, do not pay by it.',
    ],
  ),
  'payments.qr-not-vietqr': said(
    [
      'Không phải mã chuyển khoản VietQR',
      'Mã này đúng cấu trúc nhưng không phải mã chuyển nhanh bằng đồng Việt Nam tới tài khoản hoặc thẻ.',
      null,
      'Đồng chí xin mã VietQR của tài khoản nhận.',
    ],
    [
      'No VietQR code of a transfer',
      'The code is whole, but not one of a fast transfer of đồng to an account or a card.',
      null,
      'Ask for the VietQR code of the receiving account.',
    ],
  ),
}

/** What a go-between calls us with: read by its operator, in the answer and in the log. */
const CALLBACKS: RefusalTexts = {
  'payments.signature-wrong': said(
    [
      'Không rõ ai gửi thông báo này',
      'Chữ ký hoặc khóa của thông báo biến động số dư thiếu hoặc không khớp.',
      'Chỉ thông báo có chữ ký đúng mới được ghi nhận là tiền đã vào.',
      'Người quản trị xem lại khóa đã khai với bên trung gian, và kiểu xác thực đã chọn ở đó.',
    ],
    [
      'It is not known who sent this',
      'The signature or the key of this callback is missing or does not agree.',
      'Only what is rightly signed counts as money that has come in.',
      'The administrator looks at the key given to the go-between, and at the kind of authentication chosen there.',
    ],
  ),
  'payments.stale': said(
    [
      'Thông báo đã cũ',
      'Thông báo được ký quá 5 phút trước hoặc sau giờ của máy chủ này.',
      'Thông báo cũ có thể do người khác ghi lại rồi gửi lần nữa.',
      'Người quản trị kiểm tra giờ của máy chủ. Giao dịch vẫn được nhận ra khi nhập sao kê.',
    ],
    [
      'The callback is old',
      'It was signed more than 5 minutes before or after the time of this server.',
      'An old one may have been recorded by somebody and sent again.',
      'The administrator looks at the clock of the server. The transfer is still found in the statement.',
    ],
  ),
  'payments.malformed': said(
    [
      'Nội dung không dùng được',
      'Mục "{field}" thiếu hoặc không đúng dạng.',
      null,
      'Người quản trị đối chiếu với tài liệu của bên gửi; dạng của bên gửi có thể đã đổi.',
    ],
    [
      'The content cannot be used',
      'The field "{field}" is missing or not of its form.',
      null,
      'The administrator compares it with the papers of the sender, whose form may have changed.',
    ],
  ),
  'payments.amount-unreadable': said(
    [
      'Số tiền không dùng được',
      'Số tiền không phải là số nguyên đồng, bằng 0, hoặc lớn quá mức có thể.',
      null,
      'Đồng chí đối chiếu giao dịch này với sao kê của ngân hàng.',
    ],
    [
      'The amount cannot be used',
      'It is no whole number of đồng, is nothing, or more than can be.',
      null,
      'Compare this transfer with the statement of the bank.',
    ],
  ),
  'payments.currency-not-dong': said(
    [
      'Không phải đồng Việt Nam',
      'Chỉ nhận giao dịch và tài khoản bằng đồng Việt Nam.',
      null,
      'Đồng chí chọn tài khoản bằng đồng.',
    ],
    [
      'Not in đồng',
      'Only transfers and accounts in đồng are taken.',
      null,
      'Choose one of the accounts in đồng.',
    ],
  ),
}

export const PAYMENT_REFUSALS: RefusalTexts = { ...WRITING, ...READING, ...CALLBACKS, ...STATEMENT_REFUSALS }
