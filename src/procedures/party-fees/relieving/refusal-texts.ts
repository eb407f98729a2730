/** The words of each "no" about reliefs, Vietnamese first. */
import { said } from '../../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../../web/web.ts'

export const RELIEVING_REFUSALS: RefusalTexts = {
  'party-fees.relief-unknown': said(
    [
      'Không có đơn này',
      'Không tìm thấy đơn ở đơn vị đang làm việc.',
      null,
      'Đồng chí mở lại danh sách đơn.',
    ],
    [
      'There is no such request',
      'It was not found in the organisation you act for.',
      null,
      'Open the list again.',
    ],
  ),
  'party-fees.relief-waits': said(
    [
      'Đã có một đơn cùng loại đang chờ',
      'Mỗi loại đề nghị, một đảng viên có nhiều nhất một đơn chờ giải quyết.',
      null,
      'Đồng chí chờ trả lời, hoặc rút đơn đó rồi gửi đơn mới.',
    ],
    [
      'A request of this sort waits already',
      'Of each sort a member has at most one that waits.',
      null,
      'Wait for the answer, or withdraw it and ask again.',
    ],
  ),
  'party-fees.relief-answered': said(
    ['Đơn đã được trả lời', 'Đơn này không còn ở bước đó.', null, 'Đồng chí mở lại trang để xem kết quả.'],
    [
      'The request has moved on',
      'It is not at this step any more.',
      null,
      'Open the page again to see where it is.',
    ],
  ),
  'party-fees.relief-not-turn': said(
    [
      'Đơn đang ở nơi khác',
      'Việc này chưa đến, hoặc không thuộc, đơn vị đang làm việc.',
      'Chi bộ cho ý kiến; nơi có thẩm quyền quyết định.',
      'Đồng chí xem trang của đơn để biết đơn đang ở đâu.',
    ],
    [
      'The request is elsewhere',
      'This is not, or not yet, for the organisation you act for.',
      'The cell gives its opinion; the competent body decides.',
      'The request’s page says where it is.',
    ],
  ),
  'party-fees.relief-own': said(
    [
      'Không ai tự quyết định đơn của mình',
      'Đồng chí đứng tên đơn này, hoặc đã viết hộ.',
      'Để việc miễn, giảm khách quan, người khác phải quyết định.',
      'Đồng chí để người khác phụ trách đảng phí của đơn vị quyết định.',
    ],
    [
      'Nobody decides on the own request',
      'It is yours, or you wrote it on behalf.',
      'So that it stays impartial, somebody else decides.',
      'Leave it to another handler of the organisation.',
    ],
  ),
  'party-fees.relief-second-person': said(
    [
      'Người cho ý kiến không quyết định',
      'Đồng chí đã cho ý kiến của chi bộ về đơn này.',
      'Ý kiến và quyết định do hai người khác nhau.',
      'Đồng chí để người khác của cấp ủy quyết định.',
    ],
    [
      'Who gave the opinion does not decide',
      'You gave the cell’s opinion on this request.',
      'Opinion and decision are two people’s.',
      'Leave it to somebody else of the committee.',
    ],
  ),
  'party-fees.relief-member-moved': said(
    [
      'Đảng viên đã chuyển sang chi bộ khác',
      'Đơn gửi cho chi bộ cũ, đảng viên không còn sinh hoạt ở đó.',
      'Chi bộ đang quản lý đảng viên giải quyết đơn.',
      'Đồng chí trả lời không đồng ý kèm lý do, để đảng viên gửi đơn cho chi bộ mới.',
    ],
    [
      'The member is counted in another cell now',
      'The request was sent to the former cell.',
      'The cell that counts the member handles requests.',
      'Refuse it with the reason, so that the member asks the new cell.',
    ],
  ),
  'party-fees.relief-reason-missing': said(
    [
      'Cần ghi lý do',
      'Quyết định khác với đơn về thời gian hoặc mức.',
      'Đảng viên cần biết vì sao không được như đã đề nghị.',
      'Đồng chí ghi lý do vào ô tương ứng.',
    ],
    [
      'A reason is needed',
      'The decision gives other months or another share than was asked.',
      'The member should know why.',
      'Write the reason in its box.',
    ],
  ),
  'party-fees.relief-months-reversed': said(
    ['Tháng cuối trước tháng đầu', 'Tháng cuối phải từ tháng đầu trở đi.', null, 'Đồng chí sửa lại tháng.'],
    [
      'The last month comes before the first',
      'The last month is the first or later.',
      null,
      'Mend the months.',
    ],
  ),
  'party-fees.relief-too-long': said(
    [
      'Thời gian quá dài',
      'Mỗi lần nhiều nhất {most} tháng.',
      'Hết thời hạn mà còn khó khăn thì xét lại bằng đơn mới.',
      'Đồng chí chọn tháng cuối sớm hơn.',
    ],
    [
      'Too many months',
      'One decision runs {most} months at most.',
      'Afterwards hardship is looked at again, on a new request.',
      'Choose an earlier last month.',
    ],
  ),
  'party-fees.relief-too-early': said(
    [
      'Tháng bắt đầu quá sớm',
      'Được tính từ {first} trở đi.',
      'Miễn, giảm tính từ tháng làm đơn; đóng cao hơn tính từ tháng sau khi quyết định.',
      'Đồng chí chọn tháng muộn hơn.',
    ],
    [
      'The first month is too early',
      'It may begin in {first} or later.',
      'Exemption and reduction begin with the month of asking; a higher fee with the month after the decision.',
      'Choose a later month.',
    ],
  ),
  'party-fees.relief-too-late': said(
    ['Tháng bắt đầu quá xa', 'Được tính chậm nhất từ {last}.', null, 'Đồng chí chọn tháng sớm hơn.'],
    [
      'The first month is too far ahead',
      'It may begin in {last} at the latest.',
      null,
      'Choose an earlier month.',
    ],
  ),
  'party-fees.relief-outside-exemption': said(
    [
      'Ngoài thời gian tạm miễn sinh hoạt đảng',
      'Chỉ được nộp chậm, nộp trước từ {first} đến hết {last}.',
      'Không quá thời gian được tạm miễn sinh hoạt đảng.',
      'Đồng chí chọn tháng trong thời gian đó.',
    ],
    [
      'Outside the temporary exemption',
      'Late and advance payment only from {first} to the end of {last}.',
      'No longer than the temporary exemption from activity.',
      'Choose months within it.',
    ],
  ),
  'party-fees.relief-overlaps': said(
    [
      'Trùng với quyết định đang có',
      'Đã có quyết định cùng loại từ {from} đến hết {until}.',
      'Mỗi tháng chỉ áp dụng một quyết định cùng loại.',
      'Đồng chí chọn tháng sau thời gian đó, hoặc đề nghị chấm dứt quyết định cũ.',
    ],
    [
      'It overlaps what was granted',
      'A decision of this sort holds from {from} to the end of {until}.',
      'One decision of a sort a month.',
      'Choose months after it, or ask to end the former one.',
    ],
  ),
  'party-fees.relief-granter-unknown': said(
    [
      'Đơn vị này không quản lý đảng viên',
      'Nơi cho tạm miễn sinh hoạt phải là chi bộ của đảng viên hoặc cấp ủy cấp trên.',
      null,
      'Đồng chí chọn một đơn vị trong danh sách.',
    ],
    [
      'This organisation does not look after the member',
      'The exemption is granted by the member’s cell or a committee above it.',
      null,
      'Choose one of the list.',
    ],
  ),
  'party-fees.relief-end-not-coming': said(
    [
      'Chỉ chấm dứt từ tháng tới',
      'Sớm nhất từ {first}.',
      'Tháng đã lập khoản theo quyết định thì giữ nguyên.',
      'Đồng chí chọn tháng muộn hơn.',
    ],
    [
      'It ends from a coming month on',
      'From {first} at the earliest.',
      'Months assessed by the decision stay.',
      'Choose a later month.',
    ],
  ),
  'party-fees.relief-end-too-late': said(
    ['Đã hết trước đó', 'Quyết định chỉ đến hết {last}.', null, 'Đồng chí không cần làm gì.'],
    ['It is over by then', 'It holds to the end of {last} only.', null, 'You need not do anything.'],
  ),
  'party-fees.nothing-ahead': said(
    [
      'Không có tháng nào để nộp trước',
      'Đồng chí không được phép nộp trước tháng đó, hoặc chưa có mức đóng.',
      'Chỉ nộp trước trong thời gian đã được cho phép.',
      'Đồng chí mở lại trang Đảng phí và chọn tháng trong danh sách.',
    ],
    [
      'No month to pay ahead',
      'You may not pay that month ahead, or its fee is not known.',
      'Only within what was allowed.',
      'Open your fees again and choose a month of the list.',
    ],
  ),
}
