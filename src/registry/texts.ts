/** The words of every "no" of the registry, and of its notices; Vietnamese first. */
import type { Language } from '../kernel/plain-date.ts'
import { said } from '../web/refusal-texts.ts'
import type { NoticeTexts } from '../web/feature.ts'
import type { RefusalTexts } from '../web/web.ts'
import { IMPORT_REFUSALS } from './import/refusal-texts.ts'
import { HAND_OVER_REFUSALS } from './reorganisation/papers/refusal-texts.ts'
import { HAND_OVER_NOTICES } from './reorganisation/papers/texts.ts'
import { REORGANISATION_REFUSALS } from './reorganisation/refusal-texts.ts'

const ASK_AGAIN = 'Đồng chí mở lại trang để xem số liệu mới nhất rồi làm tiếp.'
const LOOK_AGAIN = 'Open the page again to see how things stand, then go on.'

const READING: RefusalTexts = {
  'registry.not-delegated': said(
    [
      'Ủy quyền không gồm việc xem sổ bộ',
      'Đồng chí đang làm việc thay người khác. Ủy quyền chỉ dùng cho thủ tục ghi trong đó, không dùng để xem sổ bộ.',
      'Người nhận ủy quyền chỉ làm trong phạm vi được ủy quyền.',
      'Đồng chí chuyển sang chức vụ của chính mình, hoặc nhờ người đang giữ chức vụ xem giúp.',
    ],
    [
      'The delegation does not cover the registry',
      'You act for somebody else. A delegation is of the procedures it names, not of reading the registry.',
      'A delegate acts within what was delegated.',
      'Switch to an office of your own, or ask the one who holds the office.',
    ],
  ),
  'registry.administrators-read-no-members': said(
    [
      'Người quản trị không xem hồ sơ đảng viên',
      'Quyền quản trị hệ thống là quyền kỹ thuật, không gồm việc xem hồ sơ từng đảng viên.',
      'Dữ liệu về đảng viên là dữ liệu cá nhân nhạy cảm: chỉ người được giao quản lý đảng viên mới xem.',
      'Nếu đồng chí còn giữ chức vụ khác, hãy chuyển sang chức vụ đó ở đầu trang.',
    ],
    [
      'Administrators do not read members’ records',
      'A system administrator’s rights are technical and do not include members’ records.',
      'Data about members is sensitive: only those who look after members read it.',
      'If you hold another office, switch to it at the head of the page.',
    ],
  ),
  'registry.day-unreadable': said(
    [
      'Ngày này không có trong lịch',
      'Hệ thống không đọc được ngày đồng chí gõ.',
      null,
      'Đồng chí gõ ngày, tháng, năm bằng số, ví dụ 31 10 2026; để trống cả ba ô là xem hôm nay.',
    ],
    [
      'No such day in the calendar',
      'The day you typed could not be read.',
      null,
      'Type day, month and year as numbers, such as 31 10 2026; leave all three empty for today.',
    ],
  ),
  'registry.day-to-come': said(
    [
      'Ngày này chưa đến',
      'Hôm nay là {today}; sổ bộ chỉ xem được đến hôm nay.',
      'Sổ bộ ghi việc đã có, không đoán việc sẽ đến.',
      'Đồng chí chọn một ngày đã qua, hoặc để trống để xem hôm nay.',
    ],
    [
      'This day has not come yet',
      'Today is {today}; the registry can be looked at up to today.',
      'The registry records what is so and guesses nothing to come.',
      'Choose a past day, or leave the boxes empty for today.',
    ],
  ),
  'registry.day-before-records': said(
    [
      'Sổ bộ chưa ghi gì về ngày này',
      'Ngày đầu tiên sổ bộ có ghi là {first}.',
      'Trước ngày đó hệ thống không có dữ liệu, nên không trả lời phỏng đoán.',
      'Đồng chí chọn một ngày từ {first} trở đi.',
    ],
    [
      'The registry knows nothing of this day',
      'The first day it knows of is {first}.',
      'Of earlier days there is no data, and nothing is guessed.',
      'Choose a day from {first} on.',
    ],
  ),
  'registry.own-not-there': said(
    [
      'Ngày ấy tổ chức của đồng chí chưa có',
      'Tại ngày {day}, sổ bộ chưa ghi tổ chức này, nên chưa có danh sách.',
      null,
      'Đồng chí mở trang Tổ chức và đảng viên tại ngày ấy để chọn tổ chức khi đó, hoặc chọn ngày muộn hơn.',
    ],
    [
      'Your organisation was not there yet',
      'On {day} the registry knew no such organisation, so there is no list.',
      null,
      'Open the page of organisations and members on that day and choose one of that time, or a later day.',
    ],
  ),
  'registry.period-backwards': said(
    [
      'Khoảng thời gian chưa đúng',
      'Ngày bắt đầu phải trước ngày kết thúc.',
      null,
      'Đồng chí gõ lại ngày bắt đầu sớm hơn.',
    ],
    [
      'The period runs backwards',
      'Its first day must come before its last.',
      null,
      'Type an earlier first day.',
    ],
  ),
  'registry.number-in-address': said(
    [
      'Không đặt số định danh, số thẻ vào địa chỉ trang',
      'Số gõ vào địa chỉ sẽ nằm lại trong nhật ký của các máy chủ trên đường.',
      'Số định danh và số thẻ là dữ liệu cá nhân.',
      'Đồng chí gõ số vào ô tìm kiếm của trang; chương trình thì gửi POST /api/v1/members/search.',
    ],
    [
      'No personal ID or card number in an address',
      'A number in an address stays in the logs of every server on the way.',
      'Personal IDs and card numbers are personal data.',
      'Type the number into the page’s search box; programs send POST /api/v1/members/search.',
    ],
  ),
  'registry.search-ended': said(
    [
      'Lần tìm này đã hết hiệu lực',
      'Đường dẫn tìm kiếm chỉ mở được trong lần đăng nhập đã tìm.',
      'Để người khác cầm đường dẫn không biết đồng chí đã tìm ai.',
      'Đồng chí mở lại danh sách rồi tìm lại.',
    ],
    [
      'This search has ended',
      'A link of a search opens in the sign-in that searched, and in no other.',
      'Nobody who holds the link learns whom you looked for.',
      'Open the list and search again.',
    ],
  ),
  'registry.export-too-large': said(
    [
      'Danh sách quá dài để tải một lần',
      'Một tệp tải về có nhiều nhất {most} đảng viên.',
      null,
      'Đồng chí mở từng tổ chức trực thuộc và tải danh sách của từng tổ chức.',
    ],
    [
      'Too long a list for one file',
      'One file holds at most {most} members.',
      null,
      'Open the organisations below one by one and download their lists.',
    ],
  ),
  'reading.over': said(
    [
      'Hết thời gian xem đủ số',
      'Lần xem đủ số này đã quá 10 phút, hoặc không phải của đồng chí.',
      'Mỗi lần xem đủ số đều có lý do và được lưu lại.',
      'Đồng chí mở lại hồ sơ; nếu còn cần, ghi lý do lần nữa.',
    ],
    [
      'The look at whole numbers is over',
      'It is older than 10 minutes, or was not yours.',
      'Every look at whole numbers has a reason, which is kept.',
      'Open the record again; if you still need the numbers, give a reason again.',
    ],
  ),
  'privacy.version-unknown': said(
    [
      'Không có bản này',
      'Thông báo không có bản mang số này.',
      null,
      'Đồng chí mở lại trang thông báo và chọn một bản trong danh sách.',
    ],
    [
      'No such version',
      'The notice has no version of this number.',
      null,
      'Open the notice again and choose one of the list.',
    ],
  ),
  'organisation.unknown': said(
    [
      'Không thấy tổ chức này',
      'Tổ chức này không có, hoặc không thuộc phạm vi đồng chí được xem.',
      'Mỗi chức vụ xem được tổ chức của mình và các tổ chức trực thuộc.',
      'Đồng chí kiểm tra lại đường dẫn, hoặc chuyển sang chức vụ ở tổ chức đó.',
    ],
    [
      'This organisation was not found',
      'It does not exist, or lies outside what you may see.',
      'An office sees its own organisation and those below it.',
      'Check the address, or switch to an office there.',
    ],
  ),
  'member.unknown': said(
    [
      'Không thấy đảng viên này',
      'Đảng viên này không có, hoặc không sinh hoạt trong phạm vi đồng chí được xem.',
      'Mỗi chức vụ xem được đảng viên của tổ chức mình và các tổ chức trực thuộc.',
      'Đồng chí tìm lại theo họ tên ở trang Tổ chức và đảng viên.',
    ],
    [
      'This member was not found',
      'There is no such member, or not in the organisations you may see.',
      'An office sees the members of its own organisation and those below it.',
      'Look the name up on the page of organisations and members.',
    ],
  ),
  'office.own': said(
    [
      'Không tự cấp chức vụ cho mình',
      'Đồng chí đang cấp chức vụ cho chính mình.',
      'Người quản trị lo phần kỹ thuật; ai giữ chức vụ gì do người khác xác nhận.',
      'Đồng chí nhờ một người quản trị khác cấp chức vụ này.',
    ],
    [
      'Nobody gives an office to themselves',
      'You are giving an office to yourself.',
      'An administrator keeps the system running; who holds which office is somebody else’s to confirm.',
      'Ask another administrator to give this office.',
    ],
  ),
  'office.unknown': said(
    ['Không thấy chức vụ này', 'Chức vụ này không có hoặc đã hết hạn.', null, ASK_AGAIN],
    ['This office was not found', 'There is no such office, or it has ended.', null, LOOK_AGAIN],
  ),
}

const CHANGES: RefusalTexts = {
  'organisation.code-taken': said(
    [
      'Mã tổ chức đã có',
      'Một tổ chức khác đang mang mã này.',
      'Mỗi tổ chức đảng có một mã riêng.',
      'Đồng chí kiểm tra lại mã trong danh sách.',
    ],
    [
      'The code is taken',
      'Another organisation has this code.',
      'Every organisation has a code of its own.',
      'Check the code in the list.',
    ],
  ),
  'organisation.parent-unknown': said(
    [
      'Không thấy tổ chức cấp trên hoặc loại hình',
      'Tổ chức cấp trên chưa có vào ngày ấy, hoặc loại hình không có trong danh mục.',
      null,
      'Đồng chí nhập tổ chức cấp trên trước, hoặc sửa loại hình.',
    ],
    [
      'The organisation above, or the kind, is not known',
      'The organisation above is not there on that day, or the kind is not in the catalogue.',
      null,
      'Record the organisation above first, or correct the kind.',
    ],
  ),
  'organisation.inside-itself': said(
    [
      'Tổ chức không thể thuộc chính nó',
      'Tổ chức cấp trên được chọn lại nằm trong tổ chức này.',
      null,
      'Đồng chí chọn tổ chức cấp trên khác.',
    ],
    [
      'An organisation cannot lie inside itself',
      'The one chosen to be above lies below it.',
      null,
      'Choose another one.',
    ],
  ),
  'organisation.later-change-exists': said(
    [
      'Đã có thay đổi vào ngày sau',
      'Sổ bộ đã ghi thay đổi của tổ chức này vào một ngày sau ngày đồng chí chọn.',
      'Quá trình của tổ chức ghi nối tiếp theo ngày, không ghi chen vào trước.',
      'Đồng chí chọn ngày sau lần thay đổi gần nhất.',
    ],
    [
      'There is a later change',
      'The registry holds a change of this organisation after the day you chose.',
      'Changes follow each other by date; none is put before another.',
      'Choose a day after the last change.',
    ],
  ),
  'organisation.not-empty': said(
    [
      'Tổ chức còn đảng viên hoặc tổ chức trực thuộc',
      'Chưa kết thúc được tổ chức khi còn đảng viên hoặc tổ chức trực thuộc.',
      'Không đảng viên nào được bỏ lại không nơi sinh hoạt.',
      'Đồng chí chuyển hết đảng viên và tổ chức trực thuộc sang nơi khác trước.',
    ],
    [
      'The organisation is not empty',
      'It cannot end while members or organisations belong to it.',
      'No member is left without a place.',
      'Move members and organisations elsewhere first.',
    ],
  ),
  'membership.not-counted-there': said(
    ['Đảng viên không còn sinh hoạt ở đó', 'Nơi sinh hoạt của đảng viên đã thay đổi.', null, ASK_AGAIN],
    ['Not counted there any more', 'Where the member is counted has changed.', null, LOOK_AGAIN],
  ),
  'membership.counted-elsewhere': said(
    [
      'Đảng viên đang được tính ở nơi khác',
      'Đảng viên này đang sinh hoạt ở một tổ chức khác.',
      'Mỗi đảng viên chỉ được tính ở một tổ chức.',
      'Nơi cũ cần giới thiệu chuyển sinh hoạt trước khi nơi mới tiếp nhận.',
    ],
    [
      'Counted elsewhere',
      'This member is counted in another organisation.',
      'A member is counted in exactly one organisation.',
      'The organisation of origin has to refer the member first.',
    ],
  ),
  'membership.not-in-transit': said(
    [
      'Đảng viên không ở trạng thái đang chuyển',
      'Việc chuyển sinh hoạt đã kết thúc hoặc chưa bắt đầu.',
      null,
      ASK_AGAIN,
    ],
    ['The member is not in transit', 'The transfer has ended or not begun.', null, LOOK_AGAIN],
  ),
  'membership.none-open': said(
    ['Đảng viên không được tính ở đâu', 'Đảng viên này hiện không sinh hoạt ở tổ chức nào.', null, ASK_AGAIN],
    ['Counted nowhere', 'This member is counted in no organisation now.', null, LOOK_AGAIN],
  ),
  'membership.changed-meanwhile': said(
    [
      'Nơi sinh hoạt vừa thay đổi',
      'Một người khác vừa ghi thay đổi nơi sinh hoạt của đảng viên này.',
      null,
      ASK_AGAIN,
    ],
    ['It changed meanwhile', 'Somebody else just changed where this member is counted.', null, LOOK_AGAIN],
  ),
  'membership.organisation-takes-no-members': said(
    [
      'Tổ chức này không trực tiếp có đảng viên',
      'Đảng viên sinh hoạt ở chi bộ; tổ chức được chọn không phải chi bộ, hoặc không còn vào ngày ấy.',
      null,
      'Đồng chí chọn chi bộ cụ thể.',
    ],
    [
      'Members do not belong here directly',
      'Members belong to cells; this is none, or it is not there on that day.',
      null,
      'Choose a cell.',
    ],
  ),
  'office.held-already': said(
    [
      'Đã giữ chức vụ này',
      'Đồng chí ấy đã giữ chức vụ này ở tổ chức này trong thời gian đó.',
      null,
      'Đồng chí kết thúc chức vụ cũ trước, hoặc chọn ngày khác.',
    ],
    [
      'Held already',
      'This person holds that office there in that time.',
      null,
      'End the earlier one first, or choose other days.',
    ],
  ),
  'office.position-unknown': said(
    [
      'Không có chức vụ này',
      'Chức vụ không có trong danh mục.',
      null,
      'Đồng chí chọn chức vụ trong danh sách.',
    ],
    ['No such position', 'The position is not in the catalogue.', null, 'Choose one of the list.'],
  ),
  'office.not-held': said(
    [
      'Chức vụ đã kết thúc',
      'Chức vụ này đã kết thúc trước đó, chưa bắt đầu, hoặc không có.',
      null,
      ASK_AGAIN,
    ],
    ['Not held', 'This office ended before, has not begun, or is not there.', null, LOOK_AGAIN],
  ),
  'hold.basis-missing': said(
    [
      'Thiếu văn bản làm căn cứ',
      'Việc tạm dừng hoặc kết thúc tạm dừng cần ghi văn bản làm căn cứ.',
      null,
      'Đồng chí ghi số, ký hiệu và ngày của văn bản.',
    ],
    [
      'The document is missing',
      'A hold, and its end, need the document they rest on.',
      null,
      'Write its number, symbol and date.',
    ],
  ),
  'hold.already-lifted': said(
    ['Việc này đã kết thúc', 'Một người khác đã ghi kết thúc việc xem xét này.', null, ASK_AGAIN],
    ['Ended already', 'Somebody else has recorded the end of this hold.', null, LOOK_AGAIN],
  ),
  'hold.set-above': said(
    [
      'Việc này do cấp trên đặt',
      'Việc tạm dừng này do Ủy ban Kiểm tra của {organisation} đặt.',
      'Nơi đặt, hoặc cấp trên của nơi đặt, mới gỡ được.',
      'Đồng chí liên hệ nơi đặt; có kết luận thì nơi đó gỡ.',
    ],
    [
      'Set by a higher body',
      'This hold was set by the inspection committee of {organisation}.',
      'Only the body that set it, or one above it, may lift it.',
      'Turn to the body that set it; it lifts the hold when there is a conclusion.',
    ],
  ),
  'hold.unknown': said(
    [
      'Không thấy việc đang xem xét',
      'Việc này không có, hoặc không phải của đảng viên này.',
      null,
      ASK_AGAIN,
    ],
    ['This hold was not found', 'It is not there, or not of this member.', null, LOOK_AGAIN],
  ),
}

const CORRECTIONS: RefusalTexts = {
  'correction.field-unknown': said(
    [
      'Không rõ thông tin nào sai',
      'Mục được chọn không có trong hồ sơ.',
      null,
      'Đồng chí chọn một mục trong danh sách.',
    ],
    [
      'It is not clear what is wrong',
      'The field chosen is not in the record.',
      null,
      'Choose one of the list.',
    ],
  ),
  'correction.empty': said(
    [
      'Chưa ghi thông tin đúng',
      'Đề nghị cần nói thông tin đúng phải là gì, hoặc vì sao sai.',
      null,
      'Đồng chí ghi thêm rồi gửi lại.',
    ],
    [
      'Nothing is proposed',
      'A request says what it should be, or why it is wrong.',
      null,
      'Write it and send again.',
    ],
  ),
  'correction.too-many-open': said(
    [
      'Đã có {most} đề nghị đang chờ',
      'Đồng chí đang có {most} đề nghị chưa được trả lời.',
      null,
      'Đồng chí chờ chi bộ trả lời bớt, hoặc gặp trực tiếp chi ủy để sửa một lần.',
    ],
    [
      '{most} requests are waiting',
      'You have {most} requests that were not answered yet.',
      null,
      'Wait for answers, or see your cell’s committee to mend them at once.',
    ],
  ),
  'correction.unknown': said(
    [
      'Không thấy đề nghị này',
      'Đề nghị này không có, hoặc của đảng viên thuộc nơi khác.',
      null,
      'Đồng chí mở lại danh sách thông tin báo sai.',
    ],
    [
      'This request was not found',
      'It is not there, or is of a member elsewhere.',
      null,
      'Open the list of reported errors again.',
    ],
  ),
  'correction.not-your-office': said(
    [
      'Chức vụ này không trả lời việc báo sai',
      'Chi ủy của chi bộ, Ban Xây dựng Đảng và lãnh đạo đảng ủy trả lời đảng viên báo thông tin sai.',
      null,
      'Đồng chí chuyển sang chức vụ ấy nếu đang giữ, hoặc báo cho người giữ chức vụ.',
    ],
    [
      'Not for this office',
      'Reported errors are answered by the cell’s committee, the Party Building Commission and the committee’s leaders.',
      null,
      'Switch to such an office if you hold one, or tell the one who does.',
    ],
  ),
  'correction.own-record': said(
    [
      'Không tự sửa hồ sơ của chính mình',
      'Đây là đề nghị về hồ sơ của chính đồng chí.',
      'Không ai giải quyết hồ sơ của chính mình.',
      'Một đồng chí khác trong chi ủy hoặc Ban Xây dựng Đảng sẽ trả lời.',
    ],
    [
      'Nobody answers for the own record',
      'This request is about your own record.',
      'Nobody handles the own affairs.',
      'Somebody else of the committee or the Party Building Commission will answer.',
    ],
  ),
  'correction.not-your-turn': said(
    [
      'Chưa đến lượt chức vụ này',
      'Đề nghị này đang ở chi bộ, hoặc đã chuyển Ban Xây dựng Đảng.',
      'Chi bộ xem trước, Ban Xây dựng Đảng quyết định.',
      ASK_AGAIN,
    ],
    [
      'Not this office’s turn',
      'The request is with the cell, or with the Building commission already.',
      'The cell looks first, the Building commission decides.',
      LOOK_AGAIN,
    ],
  ),
  'correction.decided-above': said(
    [
      'Thông tin này do Ban Xây dựng Đảng sửa',
      'Chi bộ tự sửa được vài thông tin như điện thoại, nơi ở; thông tin này thì không.',
      'Đây là thiết lập của đơn vị, xem ở trang Thiết lập.',
      'Đồng chí ghi ý kiến của chi bộ rồi chuyển Ban Xây dựng Đảng.',
    ],
    [
      'This is corrected by the Building commission',
      'A cell may correct a few facts such as telephone and residence; this is none of them.',
      'A setting of this installation; see Settings.',
      'Give the cell’s word and pass it on.',
    ],
  ),
  'correction.passed-already': said(
    [
      'Không còn cấp nào để chuyển',
      'Đề nghị này đã ở cấp quyết định.',
      null,
      'Đồng chí sửa hồ sơ, hoặc trả lời vì sao không sửa.',
    ],
    [
      'Nobody above is asked',
      'The request is with the office that decides.',
      null,
      'Correct the record, or say why not.',
    ],
  ),
  'correction.verdict-missing': said(
    [
      'Thiếu ý kiến của chi bộ',
      'Khi chuyển lên, chi bộ nói rõ: đúng như giấy tờ, hay chưa rõ.',
      null,
      'Đồng chí chọn một ý rồi gửi lại.',
    ],
    [
      'The cell’s word is missing',
      'When it passes a request on, the cell says: as the papers say, or unclear.',
      null,
      'Choose one and send again.',
    ],
  ),
  'correction.not-written': said(
    [
      'Không có gì để lấy lại',
      'Đề nghị này chưa được ghi vào hồ sơ, hoặc được ghi trước khi có việc lấy lại.',
      null,
      'Nếu hồ sơ đang sai, đảng viên báo sai lần nữa.',
    ],
    [
      'Nothing to take back',
      'It was not written into the record, or before taking back existed.',
      null,
      'If the record is wrong, the member reports it again.',
    ],
  ),
  'correction.not-who-decided': said(
    [
      'Người khác đã sửa thông tin này',
      'Chỉ người đã sửa mới lấy lại được lần sửa của mình.',
      null,
      'Đồng chí báo cho người ấy; hoặc đảng viên báo sai lần nữa.',
    ],
    [
      'Somebody else corrected this',
      'Only whoever corrected a fact takes it back.',
      null,
      'Tell them, or let the member report it again.',
    ],
  ),
  'correction.undone-already': said(
    ['Lần sửa này đã được lấy lại', 'Hồ sơ đã trở về như trước.', null, ASK_AGAIN],
    ['Taken back already', 'The record is as it was before.', null, LOOK_AGAIN],
  ),
  'correction.undo-too-late': said(
    [
      'Quá thời gian lấy lại',
      'Thời gian để người sửa tự lấy lại đã hết.',
      'Số ngày là thiết lập của đơn vị, xem ở trang Thiết lập.',
      'Nếu hồ sơ đang sai, đảng viên báo sai lần nữa.',
    ],
    [
      'Too late to take back',
      'The days in which it could be taken back are over.',
      'A setting of this installation; see Settings.',
      'If the record is wrong, the member reports it again.',
    ],
  ),
  'correction.changed-since': said(
    [
      'Thông tin đã được sửa tiếp',
      'Sau lần sửa này, thông tin trong hồ sơ đã đổi lần nữa.',
      'Lấy lại lúc này sẽ xóa lần sửa mới hơn.',
      'Nếu hồ sơ đang sai, đảng viên báo sai lần nữa.',
    ],
    [
      'Changed again since',
      'The fact was changed again after this correction.',
      'Taking it back now would lose the later change.',
      'If the record is wrong, the member reports it again.',
    ],
  ),
  'reading.line-unknown': said(
    [
      'Không thấy lần xem này',
      'Danh sách đã đổi, hoặc đây không phải hồ sơ của đồng chí.',
      null,
      'Đồng chí mở lại trang Ai đã xem hồ sơ của tôi.',
    ],
    [
      'This look was not found',
      'The list has changed, or it is not your record.',
      null,
      'Open the page Who looked at my record again.',
    ],
  ),
  'reading.too-many-questions': said(
    [
      'Đã có {most} câu hỏi đang chờ',
      'Đồng chí đang có {most} câu hỏi chưa được trả lời.',
      null,
      'Đồng chí chờ trả lời bớt rồi hỏi tiếp.',
    ],
    [
      '{most} questions are waiting',
      'You have {most} questions that were not answered yet.',
      null,
      'Wait for answers before asking more.',
    ],
  ),
  'reading.nobody-to-ask': said(
    [
      'Chưa có ai để trả lời',
      'Chưa có người giữ chức vụ ở Ủy ban Kiểm tra, Ban Xây dựng Đảng hay lãnh đạo đảng ủy để trả lời câu hỏi này.',
      null,
      'Đồng chí gặp trực tiếp chi bộ hoặc đảng ủy; người quản trị cần ghi chức vụ vào hệ thống.',
    ],
    [
      'Nobody can answer yet',
      'No office of the Inspection Committee, the Building commission or the committee’s leaders is held by anybody who could.',
      null,
      'See your cell or committee; the administrator has to enter the offices.',
    ],
  ),
  'reading.not-your-office': said(
    [
      'Chức vụ này không trả lời câu hỏi về việc xem hồ sơ',
      'Ủy ban Kiểm tra, Ban Xây dựng Đảng hoặc lãnh đạo đảng ủy trả lời.',
      null,
      'Đồng chí chuyển sang chức vụ ấy nếu đang giữ.',
    ],
    [
      'Not for this office',
      'The Inspection Committee, the Building commission or the leaders answer.',
      null,
      'Switch to such an office if you hold one.',
    ],
  ),
  'reading.question-unknown': said(
    [
      'Không thấy câu hỏi này',
      'Câu hỏi không có, hoặc gửi cho chức vụ khác.',
      null,
      'Đồng chí mở lại danh sách câu hỏi.',
    ],
    [
      'This question was not found',
      'It is not there, or was put to another office.',
      null,
      'Open the list of questions again.',
    ],
  ),
  'reading.question-answered': said(
    ['Câu hỏi này đã được trả lời', 'Một người khác vừa trả lời.', null, ASK_AGAIN],
    ['Answered already', 'Somebody else has answered it.', null, LOOK_AGAIN],
  ),
  'correction.already-answered': said(
    ['Đề nghị này đã được trả lời', 'Một người khác vừa trả lời đề nghị này.', null, ASK_AGAIN],
    ['Answered already', 'Somebody else has answered this request.', null, LOOK_AGAIN],
  ),
  'correction.reason-missing': said(
    [
      'Thiếu lý do',
      'Khi không sửa, cần nói rõ vì sao để đảng viên biết.',
      null,
      'Đồng chí ghi lý do rồi gửi lại.',
    ],
    [
      'The reason is missing',
      'When a record is not corrected, the member is told why.',
      null,
      'Write why, and send again.',
    ],
  ),
  'correction.does-not-fit': said(
    [
      'Thông tin này chưa ghi được',
      'Kiểm tra như khi nhập danh sách thì thấy: {why}',
      'Hồ sơ chỉ nhận thông tin đúng dạng và khớp với các thông tin khác.',
      'Đồng chí xem lại giấy tờ và cách ghi, rồi gửi lại.',
    ],
    [
      'This cannot be recorded as it is',
      'Checked as an import checks it: {why}',
      'A record takes what is well-formed and agrees with the rest.',
      'Look at the paper and at how it is written, then send again.',
    ],
  ),
  'correction.record-unfit': said(
    [
      'Hồ sơ còn chỗ khác phải sửa trước',
      'Một thông tin khác trong hồ sơ đang không hợp lệ: {why}',
      null,
      'Đồng chí sửa thông tin ấy trước, rồi sửa thông tin này.',
    ],
    [
      'Something else has to be mended first',
      'Another fact of this record is not valid: {why}',
      null,
      'Mend that one first, then this one.',
    ],
  ),
  'correction.personal-id-taken': said(
    [
      'Số định danh này của người khác',
      'Trong hệ thống đã có một đảng viên khác mang số định danh này.',
      'Mỗi số định danh chỉ của một người.',
      'Đồng chí đối chiếu căn cước; nếu hai hồ sơ là một người, báo Ban Xây dựng Đảng.',
    ],
    [
      'Somebody else has this personal ID',
      'Another member in this system has this personal ID.',
      'A personal ID belongs to one person.',
      'Compare the identity card; if both records are of one person, tell the Party Building Commission.',
    ],
  ),
}

/** The words of the refusals of `registry/`. */
export const REGISTRY_REFUSALS: RefusalTexts = {
  ...READING,
  ...CHANGES,
  ...CORRECTIONS,
  ...IMPORT_REFUSALS,
  ...REORGANISATION_REFUSALS,
  ...HAND_OVER_REFUSALS,
}

const notice = (vi: string, en: string): Readonly<Record<Language, () => string>> => ({
  vi: () => vi,
  en: () => en,
})

/** The words of the registry's notices, by their codes. */
export const REGISTRY_NOTICES: NoticeTexts = {
  ...HAND_OVER_NOTICES,
  'correction.asked': notice(
    'Một đảng viên báo thông tin trong hồ sơ bị sai. Đồng chí xem ở Tổ chức và đảng viên, mục Thông tin báo sai.',
    'A member reported an error in the record. See Organisations and members, reported errors.',
  ),
  'correction.late': notice(
    'Một đề nghị sửa thông tin của đảng viên đã quá hạn trả lời. Đồng chí nhắc Ban Xây dựng Đảng.',
    'A member’s reported error was not answered in time. Please remind the Building commission.',
  ),
  'correction.passed-on': notice(
    'Chi bộ đã xem thông tin đồng chí báo sai và chuyển Ban Xây dựng Đảng quyết định.',
    'Your cell looked at the error you reported and passed it on to the Building commission.',
  ),
  'correction.undone': notice(
    'Một lần sửa trong hồ sơ của đồng chí đã được lấy lại; lý do ghi ở Hồ sơ của tôi.',
    'A correction of your record was taken back; My record says why.',
  ),
  'reading.question': notice(
    'Một đảng viên hỏi vì sao hồ sơ của mình được xem. Đồng chí trả lời ở Tổ chức và đảng viên, mục Đảng viên hỏi về việc xem hồ sơ.',
    'A member asks why the record was looked at. Answer under Organisations and members, members’ questions.',
  ),
  'reading.question-late': notice(
    'Một câu hỏi của đảng viên về việc xem hồ sơ đã quá hạn trả lời.',
    'A member’s question about a look at the record was not answered in time.',
  ),
  'reading.question-answered': notice(
    'Câu hỏi của đồng chí về việc xem hồ sơ đã được trả lời. Đồng chí xem ở Ai đã xem hồ sơ của tôi.',
    'Your question about a look at the record was answered. See Who looked at my record.',
  ),
  'correction.accepted': notice(
    'Thông tin đồng chí báo sai đã được sửa. Đồng chí xem ở Hồ sơ của tôi.',
    'The error you reported was corrected. See My record.',
  ),
  'correction.declined': notice(
    'Thông tin đồng chí báo sai chưa được sửa; lý do ghi ở Hồ sơ của tôi.',
    'The error you reported was not corrected; My record says why.',
  ),
}
