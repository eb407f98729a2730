/** The words of each "no" about accounts that receive fees. */
import { said } from '../../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../../web/web.ts'

export const ACCOUNT_REFUSALS: RefusalTexts = {
  'party-fees.account-not-here': said(
    [
      'Không có tài khoản này',
      'Không tìm thấy tài khoản, hoặc không phải của đơn vị đồng chí và các tổ chức trực thuộc.',
      null,
      'Đồng chí mở lại trang Tài khoản và chọn từ danh sách.',
    ],
    [
      'There is no such account',
      'The account was not found, or it is neither of your organisation nor of one below.',
      null,
      'Open the page Accounts again and choose from the list.',
    ],
  ),
  'party-fees.account-known': said(
    [
      'Tài khoản này đã xác thực cho đơn vị khác hoặc đã có ở đơn vị này',
      'Số tài khoản tại ngân hàng này đã được xác thực.',
      'Một tài khoản chỉ của một đơn vị, để tiền đến biết là của ai.',
      'Đồng chí kiểm tra lại số. Nếu đúng, liên hệ cấp trên để biết đơn vị nào đã khai và thôi dùng ở đó trước.',
    ],
    [
      'This account is verified already',
      'The number at this bank is verified, for another organisation or for this one.',
      'An account is of one organisation, so that it is known whose money comes in.',
      'Check the number. If it is right, ask the committee above who declared it, and have it put away there first.',
    ],
  ),
  'party-fees.account-claimed-twice': said(
    [
      'Hai đơn vị cùng khai số tài khoản này',
      'Một đơn vị khác cũng khai số tài khoản này và đang chờ xác thực.',
      'Một tài khoản chỉ của một đơn vị; ai khai trước không vì thế mà có.',
      'Đồng chí xác thực bằng giấy xác nhận của ngân hàng, hoặc để người phụ trách của cấp trên chung của hai đơn vị xác thực.',
    ],
    [
      'Two organisations declare this number',
      'Another organisation declared the same number, and waits too.',
      'An account is of one organisation, and not of whoever declares it first.',
      'Verify it with a letter of the bank, or let somebody in charge above both verify it.',
    ],
  ),
  'party-fees.account-not-waiting': said(
    [
      'Tài khoản này không chờ xác thực',
      'Tài khoản đã được người khác xác thực hoặc đã thôi dùng.',
      null,
      'Đồng chí mở lại trang Tài khoản để xem tình trạng hiện nay.',
    ],
    [
      'This account does not wait',
      'Somebody verified it, or put it away, meanwhile.',
      null,
      'Open the page Accounts again to see how it stands.',
    ],
  ),
  'party-fees.account-second-person': said(
    [
      'Người khai không tự xác thực',
      'Đồng chí là người đã khai tài khoản này.',
      'Hai người khác nhau khai và xác thực để tiền không vào nhầm tài khoản.',
      'Một người phụ trách khác của đơn vị, hoặc của cấp trên, mở trang Tài khoản và xác thực.',
    ],
    [
      'Who declared it does not verify it',
      'You declared this account.',
      'Two different people declare and verify, so that money does not go astray.',
      'Somebody else in charge, here or above, opens the page Accounts and verifies it.',
    ],
  ),
  'party-fees.account-holder-differs': said(
    [
      'Tên chủ tài khoản không khớp',
      'Tên ngân hàng cho thấy khác tên đã khai.',
      'Khác tên có thể là gõ nhầm số, tiền sẽ vào tài khoản người khác.',
      'Đồng chí xem lại tên vừa ghi. Nếu đúng như ngân hàng cho thấy, bỏ tài khoản này và khai lại.',
    ],
    [
      'The holder’s name differs',
      'The bank shows another name than was declared.',
      'The number may be mistyped, and the money would go to somebody else.',
      'Look again at what you wrote. If the bank shows it so, put this account away and declare it again.',
    ],
  ),
  'party-fees.account-owner-only': said(
    [
      'Việc của đơn vị có tài khoản',
      'Chỉ người phụ trách của chính đơn vị chọn tài khoản đang dùng hoặc thôi dùng tài khoản đã xác thực.',
      null,
      'Đồng chí liên hệ người phụ trách đảng phí của đơn vị đó.',
    ],
    [
      'This is for the account’s organisation',
      'Only those in charge there choose the account in use, or use a verified one no longer.',
      null,
      'Ask who is in charge of that organisation’s fees.',
    ],
  ),
  'party-fees.account-not-verified': said(
    [
      'Tài khoản chưa xác thực hoặc đã thôi dùng',
      'Chỉ tài khoản đã xác thực mới dùng để thu được.',
      'Tiền không chuyển vào tài khoản chưa ai kiểm tra.',
      'Đồng chí chờ người khác xác thực, hoặc chọn tài khoản khác.',
    ],
    [
      'The account is not verified, or no longer used',
      'Only a verified account can receive fees.',
      'Money does not go to an account nobody checked.',
      'Wait until somebody else verifies it, or choose another one.',
    ],
  ),
}
