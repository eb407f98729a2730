/** The words of each "no" of the temporary transfer, Vietnamese first: what happened, why, and how to mend it. */
import { said } from '../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../web/web.ts'

/** Who may act at all, and whether it is the time for it. */
const TURN: RefusalTexts = {
  'temporary.not-now': said(
    [
      'Hồ sơ đã sang bước khác',
      'Việc này không làm được ở bước hiện nay của hồ sơ.',
      null,
      'Mở lại hồ sơ để xem đang ở bước nào.',
    ],
    [
      'The dossier is at another step',
      'This cannot be done at its present step.',
      null,
      'Open the dossier again to see where it stands.',
    ],
  ),
  'temporary.not-yours': said(
    [
      'Việc này không thuộc nhiệm vụ đang chọn',
      'Với tư cách đang chọn, đồng chí không làm được việc này.',
      'Mỗi bước chỉ người giữ nhiệm vụ tương ứng trong tổ chức đang giữ hồ sơ mới làm được.',
      'Nếu đồng chí còn nhiệm vụ khác, chuyển tư cách ở đầu trang.',
    ],
    [
      'Not a task of the role you wear',
      'In the role chosen now you cannot do this.',
      'Each step is for who holds the matching office in the organisation that has the dossier.',
      'If you hold another office, switch to it at the head of the page.',
    ],
  ),
  'temporary.own-dossier': said(
    [
      'Không tự giải quyết hồ sơ của mình',
      'Hồ sơ này là của đồng chí, hoặc do đồng chí lập thay, nên đồng chí không xử lý được.',
      'Để khách quan, người xử lý phải là người khác.',
      'Nhờ một người khác giữ cùng nhiệm vụ xử lý hồ sơ này.',
    ],
    [
      'Nobody decides on the own dossier',
      'This dossier is yours, or you made it for somebody, so you cannot handle it.',
      'To be impartial, somebody else has to act.',
      'Ask another holder of the office to handle it.',
    ],
  ),
  'temporary.same-hand': said(
    [
      'Người ký không tự lấy số',
      'Đồng chí đã ký giấy này nên không lấy số được.',
      null,
      'Nhờ văn thư hoặc người khác lấy số.',
    ],
    [
      'Who signed does not number',
      'You signed this letter, so you cannot number it.',
      null,
      'Ask the clerk, or somebody else.',
    ],
  ),
  'temporary.already-open': said(
    [
      'Đảng viên đang có một hồ sơ tạm thời',
      'Mỗi đảng viên chỉ có một lần sinh hoạt tạm thời đang mở.',
      null,
      'Mở hồ sơ đang có để viết tiếp, rút, xin gia hạn hoặc ghi nhận trở về.',
    ],
    [
      'There is an open temporary stay',
      'A member has one open temporary stay at a time.',
      null,
      'Open that one: go on with it, withdraw it, ask for an extension or record the return.',
    ],
  ),
  'temporary.not-active': said(
    [
      'Đảng viên không còn sinh hoạt',
      'Hệ thống không thấy đảng viên đang sinh hoạt ở một tổ chức cơ sở đảng.',
      null,
      'Nếu thông tin sai, báo chi bộ để sửa danh sách.',
    ],
    [
      'The member belongs nowhere now',
      'The registry has no grassroots organisation that counts this member.',
      null,
      'If that is wrong, tell the cell to have the list corrected.',
    ],
  ),
}

/** What a request must say. */
const REQUEST: RefusalTexts = {
  'temporary.too-short': said(
    [
      'Dưới 3 tháng không chuyển sinh hoạt',
      'Thời gian xin ngắn hơn {months} tháng.',
      'Sinh hoạt tạm thời chỉ từ {months} tháng trở lên; ngắn hơn thì dùng thẻ đảng viên để dự sinh hoạt.',
      'Sửa ngày, hoặc mang thẻ đảng viên dự sinh hoạt ở nơi đến mà không cần chuyển.',
    ],
    [
      'Under 3 months there is no transfer',
      'The stay asked for is shorter than {months} months.',
      'A temporary stay lasts {months} months at least; for less the membership card serves.',
      'Change the days, or attend there with your membership card.',
    ],
  ),
  'temporary.too-long': said(
    [
      'Từ {months} tháng thì chuyển chính thức',
      'Thời gian xin, tính cả gia hạn, không dưới {months} tháng.',
      'Trường hợp này chỉ được sinh hoạt tạm thời dưới {months} tháng.',
      'Chọn ngày sớm hơn, hoặc làm thủ tục chuyển sinh hoạt đảng chính thức.',
    ],
    [
      'From {months} months on it is official',
      'The stay asked for, extensions included, is not under {months} months.',
      'In this case a temporary stay is under {months} months.',
      'Choose an earlier day, or ask for an official transfer.',
    ],
  ),
  'temporary.study-too-long': said(
    [
      'Đi học tạm thời nhiều nhất {months} tháng',
      'Thời gian xin, tính cả gia hạn, quá {months} tháng.',
      'Đi học tập trung trong nước được sinh hoạt tạm thời đến {months} tháng.',
      'Chọn ngày sớm hơn, hoặc làm thủ tục chuyển sinh hoạt đảng chính thức.',
    ],
    [
      'Study lasts {months} months at most',
      'The stay asked for, extensions included, is longer than {months} months.',
      'For full-time study a temporary stay lasts up to {months} months.',
      'Choose an earlier day, or ask for an official transfer.',
    ],
  ),
  'temporary.incomplete': said(
    [
      'Đề nghị còn thiếu',
      'Một số mục chưa điền hoặc chưa đính kèm.',
      null,
      'Điền các mục được nêu rồi gửi lại.',
    ],
    [
      'The request is not complete',
      'Some answers or files are missing.',
      null,
      'Fill in what is named and send it again.',
    ],
  ),
  'temporary.not-declared': said(
    [
      'Chưa cam đoan',
      'Đồng chí chưa đánh dấu vào ô cam đoan.',
      'Người đề nghị chịu trách nhiệm về điều đã khai.',
      'Đọc lại, đánh dấu vào ô rồi gửi.',
    ],
    [
      'Not declared',
      'The box of the declaration is not ticked.',
      'Who asks answers for what is said.',
      'Read it again, tick the box and send it.',
    ],
  ),
  'temporary.dates-impossible': said(
    [
      'Ngày không phù hợp',
      'Một ngày trong đề nghị không thể đúng.',
      null,
      'Xem lại ngày đi, ngày về và ngày ban hành giấy tờ.',
    ],
    [
      'A day does not fit',
      'A day of the request cannot be right.',
      null,
      'Look at the first and the last day and the day of the paper.',
    ],
  ),
  'temporary.already-over': said(
    [
      'Thời gian xin đã qua',
      'Ngày cuối của lần sinh hoạt tạm thời này đã qua.',
      null,
      'Trả lại để người đề nghị sửa ngày, hoặc rút hồ sơ.',
    ],
    [
      'The time is over',
      'The last day of this stay has passed.',
      null,
      'Send it back to have the days changed, or withdraw it.',
    ],
  ),
  'temporary.host-unknown': said(
    ['Chưa rõ nơi đến', 'Không tìm thấy đảng bộ cơ sở của nơi đã chọn.', null, 'Tìm và chọn lại nơi đến.'],
    [
      'The host is not known',
      'The chosen place has no grassroots organisation.',
      null,
      'Look for it and choose again.',
    ],
  ),
  'temporary.same-committee': said(
    [
      'Nơi đến thuộc cùng đảng bộ cơ sở',
      'Hai chi bộ cùng một đảng bộ cơ sở nên không giới thiệu tạm thời ra ngoài.',
      null,
      'Hỏi cấp ủy cơ sở về việc giới thiệu sinh hoạt nội bộ.',
    ],
    [
      'The host lies under the same committee',
      'Both cells belong to one grassroots organisation, so nothing goes out of it.',
      null,
      'Ask the committee about an internal referral.',
    ],
  ),
  'temporary.too-many-files': said(
    [
      'Quá nhiều tệp',
      'Một hồ sơ có nhiều nhất {max} tệp.',
      null,
      'Gỡ bớt tệp không cần, hoặc gộp nhiều trang vào một tệp.',
    ],
    [
      'Too many files',
      'A dossier holds at most {max} files.',
      null,
      'Take off what is not needed, or put pages into one file.',
    ],
  ),
  'temporary.file-unknown': said(
    ['Không tìm thấy tệp', 'Tệp này không có trong hồ sơ.', null, 'Mở lại hồ sơ để xem các tệp hiện có.'],
    ['The file was not found', 'It is not in the dossier.', null, 'Open the dossier again to see its files.'],
  ),
  'temporary.file-secret': said(
    [
      'Không nhận tài liệu mật',
      'Tài liệu mật không được đưa lên hệ thống này; tệp chưa được đọc.',
      null,
      'Giao tài liệu theo chế độ bảo mật cho cấp ủy.',
    ],
    [
      'No secret documents',
      'Secret documents are not put on this system; the file was not read.',
      null,
      'Hand it over by the rules on secrets.',
    ],
  ),
  'temporary.file-class-missing': said(
    [
      'Chưa trả lời về độ mật',
      'Cần biết tệp có phải tài liệu mật không trước khi nhận.',
      null,
      'Chọn một câu trả lời rồi đính kèm lại.',
    ],
    [
      'Secret or not',
      'Before a file is taken, it must be said whether it is secret.',
      null,
      'Choose an answer and attach it again.',
    ],
  ),
}

/** The way there, the stay, and the way back. */
const STAY: RefusalTexts = {
  'temporary.meeting-impossible': said(
    [
      'Ngày họp không phù hợp',
      'Ngày chi bộ họp không thể là ngày này.',
      null,
      'Nhập ngày họp thật, không sau hôm nay và không trước khi có giấy.',
    ],
    [
      'The day of the meeting does not fit',
      'The cell cannot have met on that day.',
      null,
      'Enter the real day, not after today nor before the letter.',
    ],
  ),
  'temporary.fees-month-impossible': said(
    ['Tháng đóng đảng phí không phù hợp', 'Tháng này quá xa.', null, 'Nhập tháng cuối đã đóng đảng phí.'],
    [
      'The month of the fees does not fit',
      'That month is too far ahead.',
      null,
      'Enter the last month that is paid.',
    ],
  ),
  'temporary.fees-contradict': said(
    [
      'Tháng ghi khác với sổ đảng phí',
      'Theo sổ, đảng phí đã đóng hết {paidThrough}; số tháng đã ghi sổ còn chưa đóng: {open}.',
      null,
      'Ghi đúng tháng theo sổ; giấy giới thiệu in cả số còn nợ. Sổ chưa đúng thì sửa ở sổ trước.',
    ],
    [
      'The month is not what the books say',
      'By the books, fees are paid through {paidThrough}; months in the books not paid yet: {open}.',
      null,
      'State the month of the books; the letter prints what is owed as well. Where the books are wrong, put them right first.',
    ],
  ),
  'temporary.cell-unknown': said(
    [
      'Chi bộ không thuộc nơi đến',
      'Chi bộ đã chọn không thuộc đảng bộ cơ sở này.',
      null,
      'Chọn một chi bộ trong danh sách.',
    ],
    [
      'Not a cell of the host',
      'The chosen cell is not of this grassroots organisation.',
      null,
      'Choose a cell of the list.',
    ],
  ),
  'temporary.extension-too-late': said(
    [
      'Đã hết thời gian sinh hoạt tạm thời',
      'Ngày cuối đã qua nên không gia hạn được nữa.',
      'Gia hạn xin trước khi hết thời gian.',
      'Trở về nơi chính thức, rồi làm hồ sơ mới nếu còn cần; hoặc chuyển chính thức.',
    ],
    [
      'The stay is over',
      'Its last day has passed, so it cannot be extended.',
      'An extension is asked before the time is over.',
      'Return to the official place and ask anew if needed; or transfer officially.',
    ],
  ),
  'temporary.extension-not-later': said(
    [
      'Ngày gia hạn chưa muộn hơn',
      'Ngày xin không sau ngày hết hạn hiện nay.',
      null,
      'Chọn ngày sau ngày hết hạn hiện nay.',
    ],
    ['Not a later day', 'The day asked for is not after the present last day.', null, 'Choose a later day.'],
  ),
  'temporary.too-many-extensions': said(
    [
      'Đã gia hạn đủ số lần',
      'Thiết lập của đơn vị cho gia hạn nhiều nhất {most} lần.',
      null,
      'Trở về nơi chính thức, hoặc chuyển chính thức.',
    ],
    [
      'No more extensions',
      'The unit has set that a stay is extended {most} times at most.',
      null,
      'Return, or transfer officially.',
    ],
  ),
  'temporary.not-expired': said(
    ['Chưa hết thời gian', 'Lần sinh hoạt tạm thời còn đến hết ngày {until}.', null, 'Chờ đến sau ngày đó.'],
    ['Not over yet', 'The stay lasts to the end of {until}.', null, 'Wait until after that day.'],
  ),
  'temporary.left-on-impossible': said(
    [
      'Ngày rời chi bộ không phù hợp',
      'Ngày này trước khi tiếp nhận hoặc sau hôm nay.',
      null,
      'Nhập ngày đảng viên thật sự rời chi bộ.',
    ],
    [
      'The day of leaving does not fit',
      'It lies before the admission or after today.',
      null,
      'Enter the day on which the member really left.',
    ],
  ),
  'temporary.yearly-first': said(
    [
      'Còn nhận xét năm {year} chưa viết',
      'Nơi chính thức đang chờ nhận xét hằng năm của chi bộ.',
      'Xếp loại ở nơi chính thức cần nhận xét bằng văn bản của chi bộ nơi tạm thời.',
      'Viết nhận xét hằng năm trước, rồi giới thiệu trở về.',
    ],
    [
      'The comment of {year} is still to be written',
      'The official place waits for the yearly comment of the cell.',
      'The rating there needs the written comment of the cell of the stay.',
      'Write the yearly comment first, then refer back.',
    ],
  ),
  'temporary.yearly-not-asked': said(
    [
      'Chưa có đề nghị nhận xét',
      'Năm nay nơi chính thức chưa xin nhận xét, hoặc đã nhận xét rồi.',
      null,
      'Chờ hệ thống xin vào kỳ, trước khi xếp loại.',
    ],
    [
      'No comment is asked',
      'This year’s comment was not asked yet, or is written.',
      null,
      'Wait until it is asked, before the rating.',
    ],
  ),
  'temporary.yearly-not-now': said(
    [
      'Chưa đến kỳ nhận xét',
      'Nhận xét của năm này đã xin rồi, hoặc chưa đến kỳ.',
      null,
      'Chờ đến kỳ do đơn vị thiết lập.',
    ],
    [
      'Not the time for the comment',
      'It was asked already, or it is too early.',
      null,
      'Wait for the time set by the unit.',
    ],
  ),
  'temporary.nothing-ended': said(
    [
      'Không có sự việc kết thúc',
      'Danh sách đảng viên và tổ chức không cho thấy sự việc này.',
      null,
      'Sửa danh sách trước nếu sự việc có thật.',
    ],
    [
      'Nothing has ended',
      'The registry does not show this event.',
      null,
      'Correct the registry first if it happened.',
    ],
  ),
  'temporary.nothing-to-follow': said(
    ['Không có gì thay đổi', 'Các tổ chức của hồ sơ vẫn như cũ.', null, 'Không cần làm gì.'],
    [
      'Nothing has changed',
      'The organisations of the dossier are as they were.',
      null,
      'There is nothing to do.',
    ],
  ),
}

export const STAY_REFUSALS: RefusalTexts = { ...TURN, ...REQUEST, ...STAY }
