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
