/** The words of each "no" of Party fees, gathered from its wings. */
import { said } from '../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../web/web.ts'
import { ACCOUNT_REFUSALS } from './accounts/refusal-texts.ts'
import { BOOK_REFUSALS } from './books/refusal-texts.ts'
import { PAYING_REFUSALS } from './paying/refusal-texts.ts'
import { REVIEWING_REFUSALS } from './reviewing/refusal-texts.ts'
import { REFUND_REFUSALS } from './refunding/refusal-texts.ts'
import { DECLARING_REFUSALS } from './declaring/refusal-texts.ts'
import { RELIEVING_REFUSALS } from './relieving/refusal-texts.ts'
import { REMITTING_REFUSALS } from './remitting/refusal-texts.ts'
import { TARIFF_REFUSALS } from './tariff-refusal-texts.ts'

const WHO: RefusalTexts = {
  'party-fees.handlers-only': said(
    [
      'Việc này của người phụ trách đảng phí',
      'Chỉ bí thư, phó bí thư, người phụ trách tài chính hoặc văn phòng cấp ủy của đơn vị làm được.',
      'Đảng phí do chi bộ thu, cấp ủy quản lý.',
      'Đồng chí đổi vai trò ở đầu trang nếu có chức vụ đó, hoặc liên hệ người phụ trách của đơn vị.',
    ],
    [
      'This is for those in charge of the fees',
      'Only the secretary, the deputy, the officer in charge of finance or the committee’s office may do it.',
      'Fees are collected by the cell and managed by the committees.',
      'Change your hat at the top of the page if you hold such an office, or ask who is in charge.',
    ],
  ),
  'party-fees.own-hat-only': said(
    [
      'Trang này của đảng viên',
      'Đồng chí đang làm việc với tư cách chức vụ của đơn vị.',
      'Đảng phí của bản thân xem và nộp với tư cách đảng viên.',
      'Đồng chí đổi vai trò ở đầu trang về "Việc của tôi".',
    ],
    [
      'This page is the member’s own',
      'You are acting in an office just now.',
      'One’s own fees are seen and paid as a member.',
      'Change your hat at the top of the page to your own.',
    ],
  ),
}

const MONEY: RefusalTexts = {
  'party-fees.under-way-between': said(
    [
      'Còn tiền đảng phí đang chuyển giữa hai tổ chức sắp nhập làm một',
      'Một hồ sơ nộp cấp trên hoặc một khoản chuyển về chưa được bên nhận xác nhận; nhập hai bên làm một thì không còn ai xác nhận.',
      'Tiền đang trên đường phải có bên nhận xác nhận.',
      'Đồng chí đề nghị hai bên xác nhận đã nhận, hoặc trả lại hồ sơ tại trang "Trích, nộp cấp trên", rồi ký lại quyết định sắp xếp.',
    ],
    [
      'Fees are on their way between two organisations that become one',
      'A remittance or a share paid down is not answered yet; once both are one, nobody is left to answer it.',
      'Money on its way is confirmed by whoever receives it.',
      'Ask both to confirm it or to return it on the page "Shares and remittance", then sign the reorganisation again.',
    ],
  ),
  'party-fees.account-unknown': said(
    [
      'Chưa có đơn vị nào khai tài khoản này',
      'Số tài khoản trong thông báo không phải tài khoản thu đảng phí đã xác thực.',
      'Chỉ ghi sổ tiền vào tài khoản đã khai và xác thực.',
      'Khai báo và xác thực tài khoản trong hệ thống, rồi gửi lại thông báo.',
    ],
    [
      'No organisation declared this account',
      'The number in the callback is no verified account for fees.',
      'Money is booked on declared and verified accounts only.',
      'Declare and verify the account, then send the callback again.',
    ],
  ),
}

export const FEE_REFUSALS: RefusalTexts = {
  ...WHO,
  ...MONEY,
  ...PAYING_REFUSALS,
  ...BOOK_REFUSALS,
  ...TARIFF_REFUSALS,
  ...DECLARING_REFUSALS,
  ...REVIEWING_REFUSALS,
  ...RELIEVING_REFUSALS,
  ...ACCOUNT_REFUSALS,
  ...REFUND_REFUSALS,
  ...REMITTING_REFUSALS,
}
