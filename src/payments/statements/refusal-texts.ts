/** The words of every "no" about the statements of an account. */
import { said } from '../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../web/web.ts'

export const STATEMENT_REFUSALS: RefusalTexts = {
  'payments.statement-unreadable': said(
    [
      'Sao kê không đọc được',
      'Không đọc được sao kê ở chỗ: {place}.',
      null,
      'Đồng chí tải lại sao kê từ ngân hàng, không sửa, rồi đưa lên lần nữa.',
    ],
    [
      'The statement cannot be read',
      'It cannot be read at: {place}.',
      null,
      'Download it from the bank again, change nothing, and hand it in once more.',
    ],
  ),
  'payments.statement-cell-unreadable': said(
    [
      'Sao kê có ô không đọc được',
      'Không đọc được dòng {row}, cột "{column}".',
      'Đọc sai một ô là ghi sai một khoản nộp.',
      'Đồng chí mở tệp xem lại dòng và cột đó. Nếu cột bị hiểu nhầm, chọn lại các cột; nếu không, tải lại sao kê từ ngân hàng.',
    ],
    [
      'A cell of the statement cannot be read',
      'Row {row}, column "{column}" cannot be read.',
      'A cell misread is a payment booked wrong.',
      'Look at that row and column in the file. If a column was taken for another, assign the columns again; else download the statement once more.',
    ],
  ),
  'payments.statement-format-unknown': said(
    [
      'Chưa nhận ra loại tệp',
      'Tệp này không phải sao kê camt.053 (XML), MT940, Excel (.xlsx) hay CSV.',
      null,
      'Đồng chí tải sao kê từ ngân hàng ở một trong các dạng đó. Tệp PDF hoặc ảnh chụp chưa đọc được.',
    ],
    [
      'The kind of file is not known',
      'It is neither camt.053 (XML), MT940, Excel (.xlsx) nor CSV.',
      null,
      'Download the statement in one of these forms. A PDF or a picture cannot be read.',
    ],
  ),
  'payments.statement-too-long': said(
    [
      'Sao kê quá dài',
      'Một lần nhập được nhiều nhất {most} dòng.',
      'Sao kê dài hơn thì khó xem lại từng dòng trước khi ghi.',
      'Đồng chí tải sao kê theo từng tháng hoặc từng tuần rồi nhập lần lượt.',
    ],
    [
      'The statement is too long',
      'At most {most} lines are taken at once.',
      'A longer one can hardly be looked through before it is kept.',
      'Download it by months or weeks, and hand them in one after the other.',
    ],
  ),
  'payments.statement-other-account': said(
    [
      'Sao kê của tài khoản khác',
      'Số tài khoản ghi trong sao kê không phải tài khoản đang nhập.',
      null,
      'Đồng chí chọn đúng tài khoản, hoặc đúng tệp sao kê.',
    ],
    [
      'The statement of another account',
      'The account named in it is not the one it is handed in for.',
      null,
      'Choose the right account, or the right file.',
    ],
  ),
  'payments.statement-without-balances': said(
    [
      'Sao kê thiếu số dư',
      'Không tìm thấy số dư đầu kỳ và cuối kỳ, nên không kiểm tra được sao kê có đủ giao dịch hay không.',
      'Một dòng bị mất trong sao kê là một khoản nộp không được ghi nhận.',
      'Đồng chí tải loại sao kê có số dư đầu kỳ, cuối kỳ, hoặc có cột số dư.',
    ],
    [
      'The statement has no balances',
      'Neither the opening nor the closing balance was found, so nobody can say whether a line is missing.',
      'A line that is lost is a payment that does not count.',
      'Download the kind of statement with opening and closing balance, or with a column of balances.',
    ],
  ),
  'payments.statement-does-not-add-up': said(
    [
      'Sao kê không khớp',
      'Số dư đầu kỳ {opening} cộng các giao dịch {sum} không bằng số dư cuối kỳ {closing}: chênh lệch {difference} đồng.',
      'Sao kê thiếu hoặc thừa dòng, hoặc có số bị đọc sai.',
      'Đồng chí tải lại sao kê đủ kỳ từ ngân hàng. Chưa có dòng nào được ghi.',
    ],
    [
      'The statement does not add up',
      'Opening balance {opening} with the lines, {sum}, is not the closing balance {closing}: the difference is {difference} đồng.',
      'Lines are missing or too many, or a figure was misread.',
      'Download the statement of the whole period again. No line was taken.',
    ],
  ),
}
