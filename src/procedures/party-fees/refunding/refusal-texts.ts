/** The words of each "no" about refunds. */
import { said } from '../../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../../web/web.ts'

const STANDING: RefusalTexts = {
  'party-fees.refund-unknown': said(
    [
      'Không có yêu cầu hoàn tiền này',
      'Không tìm thấy yêu cầu, hoặc yêu cầu không thuộc phần của đồng chí.',
      null,
      'Đồng chí mở trang đảng phí để xem các yêu cầu.',
    ],
    [
      'There is no such refund',
      'The request was not found, or it is not yours to read.',
      null,
      'Open the page of fees to see the requests.',
    ],
  ),
  'party-fees.refund-open': said(
    [
      'Khoản nộp này đang có yêu cầu hoàn, điều chỉnh',
      'Yêu cầu trước chưa được quyết định.',
      'Mỗi khoản nộp chỉ xem một yêu cầu một lúc, để không trả hai lần.',
      'Đồng chí mở yêu cầu đó để theo dõi, hoặc rút lại rồi gửi yêu cầu khác.',
    ],
    [
      'There is a request about this payment already',
      'The request before is not decided yet.',
      'One request of a payment is looked at at a time, so that nothing is paid back twice.',
      'Open that request to follow it, or withdraw it and send another.',
    ],
  ),
  'party-fees.refunded-already': said(
    [
      'Tháng này đã được hoàn',
      'Tiền của một tháng đã chọn đã được trả lại, hoặc chuyển đi, trước đó.',
      null,
      'Đồng chí mở trang đảng phí để xem tháng nào còn lại.',
    ],
    [
      'This month was paid back already',
      'The money of one of the chosen months went back, or elsewhere, before.',
      null,
      'Open the page of fees to see what is left.',
    ],
  ),
  'party-fees.refund-moved-on': said(
    [
      'Yêu cầu đã sang bước khác',
      'Người khác vừa xử lý yêu cầu này.',
      null,
      'Đồng chí mở lại yêu cầu để xem đang ở bước nào.',
    ],
    [
      'The request has moved on',
      'Somebody else has just dealt with it.',
      null,
      'Open the request again to see where it stands.',
    ],
  ),
  'party-fees.refund-under-way': said(
    [
      'Khoản này đang hoặc đã hoàn theo yêu cầu',
      'Có yêu cầu hoàn tiền cho biên lai này.',
      'Tiền chỉ trả lại bằng một cách.',
      'Đồng chí xử lý tại trang Hoàn tiền.',
    ],
    [
      'This payment is, or was, paid back by a request',
      'There is a refund of this receipt.',
      'Money goes back in one way only.',
      'Deal with it on the page Refunds.',
    ],
  ),
}

const WHO: RefusalTexts = {
  'party-fees.refund-own-affair': said(
    [
      'Người khác quyết định việc này',
      'Đồng chí là người nộp, người yêu cầu, hoặc người có tháng trong khoản nộp.',
      'Không ai tự quyết việc trả tiền cho mình.',
      'Một người phụ trách khác của chi bộ, hoặc của cấp trên, mở trang Hoàn tiền và xử lý.',
    ],
    [
      'Somebody else decides this',
      'You paid, you asked, or one of the months is yours.',
      'Nobody decides money that comes back to themselves.',
      'Another person in charge, of the cell or above, opens the page Refunds.',
    ],
  ),
  'party-fees.refund-second-person': said(
    [
      'Cần người thứ hai',
      'Đồng chí đã đối chiếu yêu cầu này.',
      'Hai người khác nhau đối chiếu và duyệt trước khi trả tiền.',
      'Một người phụ trách khác của chi bộ, hoặc của cấp trên, duyệt.',
    ],
    [
      'A second person is needed',
      'You compared this request.',
      'Two different people compare and approve before money goes out.',
      'Another person in charge, of the cell or above, approves it.',
    ],
  ),
  'party-fees.refund-not-asked-by-you': said(
    [
      'Việc của người nộp',
      'Chỉ người nộp hoặc người đã yêu cầu thay làm được.',
      null,
      'Đồng chí có thể trả lời không hoàn, kèm lý do.',
    ],
    [
      'This is for the payer',
      'Only the payer, or who asked for the payer, can do it.',
      null,
      'You may refuse the request, with the reason.',
    ],
  ),
  'party-fees.refund-other-pays': said(
    [
      'Đơn vị khác trả khoản này',
      'Tiền đang ở tài khoản của đơn vị khác.',
      'Ai giữ tiền thì người đó trả.',
      'Người phụ trách của đơn vị ghi trong yêu cầu mở trang Hoàn tiền và trả.',
    ],
    [
      'Another organisation pays this',
      'The money is on another organisation’s account.',
      'Who holds the money pays it.',
      'Those in charge of the organisation named in the request open the page Refunds and pay.',
    ],
  ),
}

const GIVEN: RefusalTexts = {
  'party-fees.refund-by-transfer-only': said(
    [
      'Khoản này trả bằng chuyển khoản',
      'Khoản này nộp bằng chuyển khoản, tiền ở tài khoản.',
      null,
      'Đồng chí ghi tài khoản nhận lại tiền.',
    ],
    [
      'This goes back by transfer',
      'It was paid by transfer, and the money is on an account.',
      null,
      'Write the account it goes back to.',
    ],
  ),
  'party-fees.refund-holder-reason': said(
    [
      'Chủ tài khoản không phải người nộp',
      'Tên chủ tài khoản khác tên người nộp.',
      'Tiền trả về chính người đã nộp; khác đi thì phải có lý do ghi lại.',
      'Đồng chí hỏi người nộp rồi ghi lý do, hoặc không hoàn và đề nghị ghi lại tài khoản.',
    ],
    [
      'The holder is not the payer',
      'The account’s holder bears another name than the payer.',
      'Money goes back to who paid it; anything else needs a written reason.',
      'Ask the payer and write the reason, or refuse and ask for another account.',
    ],
  ),
  'party-fees.refund-day-before': said(
    [
      'Ngày trả trước ngày duyệt',
      'Tiền chỉ trả sau khi hai người đã xem.',
      null,
      'Đồng chí ghi lại ngày đã chuyển tiền.',
    ],
    [
      'Paid before it was approved',
      'Money goes out only after two people have looked.',
      null,
      'Write the day of the transfer again.',
    ],
  ),
  'party-fees.refund-reference': said(
    [
      'Thiếu mã giao dịch',
      'Khoản trả bằng chuyển khoản cần mã giao dịch của ngân hàng.',
      'Nhờ mã này dòng sao kê tiền ra được nhận ra sau này.',
      'Đồng chí chép mã ngân hàng cho thấy sau khi chuyển.',
    ],
    [
      'The reference is missing',
      'A transfer has a reference of the bank’s.',
      'By it the bank’s line is known later.',
      'Copy the reference that the bank shows after the transfer.',
    ],
  ),
  'party-fees.refund-no-voucher': said(
    [
      'Chưa có phiếu chi',
      'Yêu cầu này không trả lại tiền, hoặc chưa được duyệt.',
      'Phiếu chi chỉ in cho tiền mà hai người đã xem và duyệt trả lại.',
      'Đồng chí mở lại yêu cầu để xem đang ở bước nào.',
    ],
    [
      'There is no voucher yet',
      'No money goes back by this, or it is not approved.',
      'A voucher is for money that two people have looked at and approved to go back.',
      'Open the request again to see where it stands.',
    ],
  ),
  'party-fees.refund-no-cash': said(
    [
      'Không đủ tiền mặt',
      'Sổ tiền mặt của chi bộ còn ít hơn số phải trả.',
      'Sổ tiền mặt không thể âm.',
      'Đồng chí chờ thu thêm tiền mặt, hoặc ghi các khoản tiền mặt đã nhận rồi ghi trả.',
    ],
    [
      'Not enough cash',
      'The cell’s cash book holds less than is to be paid.',
      'A cash book cannot be negative.',
      'Wait for more cash, or book what was received first.',
    ],
  ),
}

const MOVED: RefusalTexts = {
  'party-fees.move-amount': said(
    [
      'Hai bên khác số tiền',
      'Tổng các khoản nhận tiền khác số tiền chuyển đi.',
      'Chuyển trong sổ thì không thừa, không thiếu đồng nào.',
      'Đồng chí chọn các khoản có tổng bằng nhau; không có thì xin nhận lại tiền, rồi nộp tháng đúng.',
    ],
    [
      'The amounts differ',
      'The lines that are to be paid cost another total than the money that is moved.',
      'Within the books nothing is left over and nothing is missing.',
      'Choose lines of the same total; where there are none, ask the money back and pay the right month.',
    ],
  ),
  'party-fees.move-other-cell': said(
    [
      'Khoản này do chi bộ khác thu',
      'Khoản nhận tiền nay do một chi bộ khác thu.',
      'Tiền của chi bộ nào nằm trong sổ của chi bộ đó.',
      'Đồng chí xin nhận lại tiền, rồi nộp cho chi bộ kia.',
    ],
    [
      'Another cell collects this',
      'The line that is to be paid is collected by another cell now.',
      'A cell’s money stands in its own books.',
      'Ask the money back, then pay the other cell.',
    ],
  ),
}

export const REFUND_REFUSALS: RefusalTexts = { ...STANDING, ...WHO, ...GIVEN, ...MOVED }
