/** The words of each "no" of declaring and of a cell's month, Vietnamese first. */
import { said } from '../../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../../web/web.ts'

export const DECLARING_REFUSALS: RefusalTexts = {
  'party-fees.declaration-unknown': said(
    [
      'Không có kê khai này',
      'Không tìm thấy kê khai ở đơn vị đang làm việc.',
      null,
      'Đồng chí mở lại danh sách kê khai chờ duyệt.',
    ],
    [
      'There is no such declaration',
      'It was not found in the organisation you act for.',
      null,
      'Open the list of declarations again.',
    ],
  ),
  'party-fees.declaration-waits': said(
    [
      'Đã có một kê khai đang chờ duyệt',
      'Mỗi đảng viên có nhiều nhất một kê khai chờ duyệt.',
      null,
      'Đồng chí chờ chi bộ trả lời, hoặc rút kê khai đó rồi khai lại.',
    ],
    [
      'A declaration waits already',
      'A member has at most one that waits.',
      null,
      'Wait for the answer, or withdraw it and declare again.',
    ],
  ),
  'party-fees.declaration-answered': said(
    [
      'Kê khai đã được trả lời',
      'Kê khai này không còn chờ duyệt.',
      null,
      'Đồng chí mở lại trang để xem kết quả.',
    ],
    [
      'The declaration has been answered',
      'It does not wait any more.',
      null,
      'Open the page again to see the answer.',
    ],
  ),
  'party-fees.not-counted': said(
    [
      'Chưa có chi bộ nào tính đảng viên này',
      'Đảng viên đang chuyển sinh hoạt hoặc không còn trong danh sách.',
      'Đảng phí do chi bộ nơi đảng viên sinh hoạt thu.',
      'Đồng chí khai sau khi chi bộ mới tiếp nhận.',
    ],
    [
      'No cell counts this member now',
      'The member is being transferred, or is not in the list any more.',
      'The fee is collected by the cell where the member takes part.',
      'Declare once the new cell has received the member.',
    ],
  ),
  'party-fees.member-moved': said(
    [
      'Đảng viên đã chuyển sang chi bộ khác',
      'Kê khai gửi cho chi bộ này, nhưng đảng viên không còn sinh hoạt ở đây.',
      null,
      'Đồng chí trả lại kê khai để đảng viên gửi cho chi bộ mới.',
    ],
    [
      'The member is counted in another cell now',
      'The declaration was sent to this cell, which does not count the member any more.',
      null,
      'Return it, so that the member sends it to the new cell.',
    ],
  ),
  'party-fees.from-too-early': said(
    [
      'Tháng bắt đầu quá xa',
      'Kê khai được tính từ {first} trở đi.',
      'Đây là thiết lập của hệ thống, chưa thấy văn bản quy định.',
      'Đồng chí chọn tháng muộn hơn. Tháng cũ hơn, chi bộ ghi truy thu kèm lý do.',
    ],
    [
      'The first month lies too far back',
      'A declaration may begin in {first} or later.',
      'This is a setting of the system; no text was found.',
      'Choose a later month. For older ones the cell adds arrears with a reason.',
    ],
  ),
  'party-fees.from-too-late': said(
    [
      'Tháng bắt đầu quá muộn',
      'Kê khai được tính chậm nhất từ {last}.',
      null,
      'Đồng chí chọn tháng sớm hơn.',
    ],
    [
      'The first month lies too far ahead',
      'A declaration may begin in {last} at the latest.',
      null,
      'Choose an earlier month.',
    ],
  ),
  'party-fees.own-affair': said(
    [
      'Việc của bản thân do người khác giải quyết',
      'Đồng chí không duyệt, không điều chỉnh đảng phí của chính mình khi chi bộ còn người khác làm được.',
      'Để việc thu đảng phí khách quan.',
      'Đồng chí đề nghị bí thư, phó bí thư hoặc người phụ trách tài chính khác của chi bộ.',
    ],
    [
      'One’s own affair is for somebody else',
      'Nobody approves or adjusts the own fee while another handler of the cell can.',
      'So that collecting stays impartial.',
      'Ask the secretary, the deputy, or who else is in charge of finance in the cell.',
    ],
  ),
  'party-fees.member-unknown': said(
    [
      'Không có đảng viên này',
      'Không tìm thấy đảng viên trong sổ đảng phí của đơn vị đang làm việc.',
      null,
      'Đồng chí mở lại trang thu đảng phí tháng.',
    ],
    [
      'There is no such member',
      'Not found in the fees of the organisation you act for.',
      null,
      'Open the page of the month again.',
    ],
  ),
  'party-fees.change-unknown-line': said(
    [
      'Không có khoản này',
      'Không tìm thấy khoản phải nộp ở đơn vị đang làm việc.',
      null,
      'Đồng chí mở lại trang của đảng viên.',
    ],
    [
      'There is no such line',
      'It was not found in the organisation you act for.',
      null,
      'Open the member’s page again.',
    ],
  ),
  'party-fees.change-replaced-line': said(
    [
      'Khoản này đã được thay',
      'Có khoản khác thay cho khoản này.',
      'Khoản đã ghi không bị sửa, chỉ được thay.',
      'Đồng chí mở lại trang để làm với khoản đang có hiệu lực.',
    ],
    [
      'The line has been replaced',
      'Another one stands in its place.',
      'Lines are never changed, only replaced.',
      'Open the page again and work on the line that stands.',
    ],
  ),
  'party-fees.change-paid-line': said(
    [
      'Khoản này đã nộp',
      'Chỉ điều chỉnh hoặc hủy duyệt khoản chưa nộp.',
      null,
      'Nếu đã thu quá, đồng chí làm thủ tục hoàn tiền; nếu thiếu, ghi truy thu.',
    ],
    [
      'The line is paid',
      'Only unpaid lines are adjusted or taken back.',
      null,
      'If too much was paid, ask for a refund; if too little, add arrears.',
    ],
  ),
  'party-fees.nothing-due': said(
    [
      'Khoản này không phải nộp',
      'Mức đóng là 0 đồng nên không có gì để duyệt.',
      null,
      'Đồng chí không cần làm gì.',
    ],
    [
      'Nothing is due',
      'The line is of 0 đồng, so there is nothing to approve.',
      null,
      'You need not do anything.',
    ],
  ),
  'party-fees.amount-unchanged': said(
    [
      'Số tiền không đổi',
      'Mức điều chỉnh bằng mức đang có.',
      null,
      'Đồng chí ghi mức khác, hoặc bỏ qua việc điều chỉnh.',
    ],
    [
      'The amount is the same',
      'The line has this amount already.',
      null,
      'Write another amount, or leave it.',
    ],
  ),
  'party-fees.arrears-not-earlier': said(
    [
      'Truy thu dành cho tháng đã qua',
      'Tháng truy thu phải trước tháng này, từ tháng 4/2011.',
      'Tháng hiện tại được xác định theo kê khai.',
      'Đồng chí chọn tháng khác, hoặc điều chỉnh khoản của tháng này.',
    ],
    [
      'Arrears are for months that are over',
      'The month must be before this one, from April 2011.',
      'The present month follows the declaration.',
      'Choose another month, or adjust the line of this one.',
    ],
  ),
  'party-fees.arrears-elsewhere': said(
    [
      'Tháng này do chi bộ khác thu',
      'Đảng viên sinh hoạt tạm thời; khoản của tháng này đứng ở sổ của chi bộ khác.',
      'Mỗi tháng của một đảng viên chỉ do một chi bộ thu.',
      'Đề nghị chi bộ đang thu tháng đó ghi truy thu.',
    ],
    [
      'Another cell collects this month',
      'The member is, or was, on a temporary stay; the month stands in the books of another cell.',
      'A month of a member is collected by one cell.',
      'Please ask the cell that collects the month to add the arrears.',
    ],
  ),
  'party-fees.arrears-without-class': said(
    [
      'Chưa biết đảng viên thuộc nhóm nào',
      'Đảng viên chưa có kê khai nào được duyệt.',
      'Khoản truy thu phải ghi nhóm đóng đảng phí.',
      'Đồng chí khai hộ hoặc nhắc đảng viên kê khai, duyệt, rồi ghi truy thu.',
    ],
    [
      'The class of the member is not known',
      'No declaration of the member was approved.',
      'Arrears carry the class of the payer.',
      'Declare on the member’s behalf or ask for a declaration, approve it, then add the arrears.',
    ],
  ),
}
