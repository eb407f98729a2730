/** The words of every "no" that belongs to no single slice: the door, dossiers at large, days and codes, settings. */
import { said } from '../web/refusal-texts.ts'
import type { RefusalTexts } from '../web/web.ts'
import { LIFECYCLE_REFUSALS } from './lifecycle-texts.ts'

/** What the door says of a request it cannot take. */
const REQUEST: RefusalTexts = {
  'page.unknown': said(
    [
      'Không có trang này',
      'Địa chỉ đồng chí mở không có trong hệ thống, hoặc không thuộc phần việc của đồng chí.',
      null,
      'Đồng chí kiểm tra lại địa chỉ, hoặc về trang chính và chọn việc cần làm.',
    ],
    [
      'There is no such page',
      'The address you opened is not in this system, or not part of your work.',
      null,
      'Check the address, or go to the home page and choose what you want to do.',
    ],
  ),
  'request.invalid': said(
    [
      'Có chỗ chưa đúng',
      'Một hoặc vài mục gửi lên còn thiếu hoặc chưa đúng cách ghi.',
      null,
      'Đồng chí quay lại trang trước, xem các mục được đánh dấu, sửa rồi gửi lại. Những gì đã ghi vẫn còn.',
    ],
    [
      'Something is not right yet',
      'One or several fields are missing or not written as expected.',
      null,
      'Go back to the page before, look at the marked fields, mend them and send again. What you wrote is kept.',
    ],
  ),
  'request.malformed': said(
    [
      'Hệ thống không đọc được yêu cầu này',
      'Nội dung gửi lên bị hỏng, bị cắt ngang, hoặc không theo cách trang này gửi.',
      null,
      'Đồng chí mở lại trang và thử lần nữa. Nếu vẫn không được, gọi người hỗ trợ ghi ở cuối trang và đọc mã ở dưới.',
    ],
    [
      'This request cannot be read',
      'What was sent is damaged, cut off, or not sent the way this page does.',
      null,
      'Open the page again and try once more. If it still fails, call the person named at the foot of the page.',
    ],
  ),
  'request.too-large': said(
    [
      'Tệp hoặc nội dung quá lớn',
      'Một tệp gửi lên không được quá 10 MB, nội dung ghi không được quá 1 MB.',
      'Giới hạn này để ai dùng mạng chậm cũng gửi và xem được.',
      'Đồng chí chụp lại ảnh ở cỡ nhỏ hơn, hoặc tách tệp thành nhiều phần rồi gửi lại.',
    ],
    [
      'Too large',
      'A file may have up to 10 MB, written content up to 1 MB.',
      'The limit lets people on slow lines send and read it too.',
      'Take the photo in a smaller size, or split the file into parts, and send again.',
    ],
  ),
  'request.foreign-page': said(
    [
      'Yêu cầu đến từ một trang khác',
      'Trình duyệt cho biết yêu cầu này do một trang web khác gửi, nên chưa được nhận.',
      'Một trang khác không được làm việc thay đồng chí.',
      'Đồng chí mở trang này từ địa chỉ của hệ thống rồi làm lại.',
    ],
    [
      'The request came from another site',
      'The browser says that another site sent this request, so it was not taken.',
      'No other site may act in your place.',
      'Open the page at this system’s own address and do it again.',
    ],
  ),
  'request.too-many': said(
    [
      'Thao tác quá nhanh, quá nhiều lần',
      'Trong ít phút vừa qua, từ đây đã có quá nhiều yêu cầu.',
      'Giới hạn này ngăn việc dò tìm thông tin bằng máy và giữ hệ thống chạy đều cho mọi người.',
      'Đồng chí bấm nút quay lại của trình duyệt, chờ {seconds} giây rồi làm tiếp. Không có gì bị mất.',
    ],
    [
      'Too many requests',
      'Too many requests came from here within the last minutes.',
      'The limit keeps machines from guessing, and the system going for everybody.',
      'Go back with your browser’s button, wait {seconds} seconds and go on. Nothing is lost.',
    ],
  ),
  'request.overloaded': said(
    [
      'Hệ thống đang có quá nhiều người dùng cùng lúc',
      'Yêu cầu này chưa được làm, để những việc đang làm dở xong đúng hạn.',
      null,
      'Đồng chí bấm nút quay lại của trình duyệt, chờ {seconds} giây rồi gửi lại. Những gì đã ghi không mất.',
    ],
    [
      'The system has too much to do just now',
      'This request was not done, so that what is under way is finished in time.',
      null,
      'Go back with your browser’s button, wait {seconds} seconds and send it again. What was written is not lost.',
    ],
  ),
  'request.too-slow': said(
    [
      'Đường truyền quá chậm',
      'Nội dung gửi lên đến quá chậm nên hệ thống đã ngừng nhận. Yêu cầu này chưa được làm.',
      'Giới hạn này giữ chỗ cho những người khác cùng gửi.',
      'Đồng chí bấm nút quay lại của trình duyệt, chờ {seconds} giây rồi gửi lại ở nơi mạng tốt hơn; ảnh thì chụp cỡ nhỏ hơn.',
    ],
    [
      'The line is too slow',
      'What was being sent came too slowly, and the system stopped waiting for it. This request was not done.',
      'The limit keeps room for the others who send.',
      'Go back with your browser’s button, wait {seconds} seconds and send again on a better line; take a photo in a smaller size.',
    ],
  ),
  'request.no-file': said(
    [
      'Chưa chọn tệp',
      'Không có tệp nào được gửi lên, hoặc tệp rỗng.',
      null,
      'Đồng chí chọn tệp hoặc chụp ảnh, rồi bấm gửi lần nữa.',
    ],
    [
      'No file was chosen',
      'No file was sent, or it is empty.',
      null,
      'Choose a file or take a photo, then send again.',
    ],
  ),
}

/** Who may open a part of the system at all; what one may do there is each slice's to say. */
const DOOR: RefusalTexts = {
  'identity.officers-only': said(
    [
      'Trang này dành cho người giữ chức vụ',
      'Đồng chí đang làm việc với tư cách đảng viên nên không mở được trang này.',
      'Trang xử lý hồ sơ và danh sách chỉ mở cho người có nhiệm vụ trong tổ chức đảng.',
      'Nếu đồng chí giữ chức vụ, bấm tên ở đầu trang và chuyển sang chức vụ đó. Nếu không, về trang chính.',
    ],
    [
      'This page is for office holders',
      'You act as a member now, so this page does not open.',
      'Pages for handling dossiers and lists are open to those whose task it is.',
      'If you hold an office, press your name at the head of the page and switch to it. Otherwise go to the home page.',
    ],
  ),
  'identity.administrators-only': said(
    [
      'Việc này dành cho người quản trị hệ thống',
      'Với tư cách đang chọn, đồng chí không làm được việc này.',
      'Thiết lập, chức vụ và quyền chỉ người quản trị hệ thống được đổi.',
      'Nếu đồng chí là người quản trị, bấm tên ở đầu trang và chuyển sang chức vụ đó. Nếu không, báo người quản trị.',
    ],
    [
      'This is for system administrators',
      'In the role you act in now you cannot do this.',
      'Settings, offices and rights are changed by system administrators only.',
      'If you are one, press your name at the head of the page and switch to that office. Otherwise ask the administrator.',
    ],
  ),
}

/** What holds for every dossier and command, whatever the procedure. */
const DOSSIER: RefusalTexts = {
  'dossier.moved-on': said(
    [
      'Hồ sơ vừa có thay đổi',
      'Sau khi đồng chí mở trang, có người khác đã xử lý hồ sơ này.',
      'Hệ thống không ghi đè việc người khác vừa làm.',
      'Đồng chí xem lại hồ sơ ở bước mới, rồi làm tiếp nếu vẫn cần.',
    ],
    [
      'The dossier has just changed',
      'Somebody acted on this dossier after you had opened the page.',
      'Nobody overwrites what another has just done.',
      'Look at the dossier as it is now, and go on if it is still needed.',
    ],
  ),
  'command.reused': said(
    [
      'Trang này đã gửi một việc khác',
      'Mã của lần gửi này đã dùng cho một việc khác, nên lần này không được nhận.',
      'Mỗi lần bấm gửi có một mã riêng để không việc nào bị làm hai lần.',
      'Đồng chí mở lại hồ sơ và làm lại từ trang mới.',
    ],
    [
      'This page has sent something else before',
      'The id of this request belongs to another one, so it was not taken.',
      'Each request has an id of its own so that nothing is done twice.',
      'Open the dossier again and start from the fresh page.',
    ],
  ),
}

/** Days, months and codes that cannot be. */
const VALUES: RefusalTexts = {
  'date.invalid': said(
    [
      'Không có ngày này',
      'Ngày ghi vào không có trong lịch.',
      null,
      'Đồng chí ghi ngày, tháng, năm bằng số, ví dụ 25 11 2026.',
    ],
    [
      'There is no such day',
      'The day entered is not in the calendar.',
      null,
      'Write day, month and year in figures, for example 25 11 2026.',
    ],
  ),
  'date.out-of-range': said(
    [
      'Ngày quá xa',
      'Ngày tính ra nằm ngoài khoảng hệ thống tính được.',
      null,
      'Đồng chí xem lại năm đã ghi.',
    ],
    [
      'The day is too far away',
      'The day that results is outside the years this system reckons with.',
      null,
      'Check the year you wrote.',
    ],
  ),
  'month.invalid': said(
    [
      'Không có tháng này',
      'Tháng ghi vào không đúng.',
      null,
      'Đồng chí ghi tháng và năm bằng số, ví dụ 11 2026.',
    ],
    [
      'There is no such month',
      'The month entered is not right.',
      null,
      'Write month and year in figures, for example 11 2026.',
    ],
  ),
  'organisation-code.invalid': said(
    [
      'Mã tổ chức đảng chưa đúng',
      'Mã tổ chức đảng gồm 14 chữ số, chia 2.3.3.3.3, ví dụ 79.021.013.000.001.',
      null,
      'Đồng chí xem lại mã trong danh mục tổ chức của đảng ủy, rồi ghi lại.',
    ],
    [
      'This is not a code of an organisation',
      'A code has 14 digits in groups of 2.3.3.3.3, for example 79.021.013.000.001.',
      null,
      'Look it up in the list of your committee and write it again.',
    ],
  ),
}

/** Settings, as they are changed on their page. */
const SETTINGS: RefusalTexts = {
  'setting.unknown': said(
    [
      'Không có thiết lập này',
      'Thiết lập đồng chí muốn đổi không có trong hệ thống.',
      null,
      'Đồng chí mở lại trang Thiết lập và chọn từ danh sách.',
    ],
    [
      'There is no such setting',
      'The setting you want to change is not in this system.',
      null,
      'Open the settings page again and choose from the list.',
    ],
  ),
  'setting.in-the-past': said(
    [
      'Thiết lập không áp dụng ngược về trước',
      'Ngày bắt đầu áp dụng phải từ hôm nay ({today}) trở đi.',
      'Hồ sơ đã xử lý theo giá trị cũ vẫn giữ nguyên.',
      'Đồng chí chọn hôm nay hoặc một ngày sau đó.',
    ],
    [
      'Settings do not reach back',
      'The first day must be today ({today}) or later.',
      'What was decided under the old value stands.',
      'Choose today or a later day.',
    ],
  ),
  'setting.hours-unreadable': said(
    [
      'Không đọc được giờ làm việc',
      'Có ngày ghi giờ chưa đúng cách.',
      null,
      'Đồng chí ghi mỗi ngày theo mẫu 07:30-11:30 13:00-17:00; để trống nếu là ngày nghỉ.',
    ],
    [
      'These hours cannot be read',
      'The hours of some day are not written as expected.',
      null,
      'Write each day like 07:30-11:30 13:00-17:00; leave a day of rest empty.',
    ],
  ),
}

/** Acts that wait for level 2, and the demo's provider. */
const WAITING: RefusalTexts = {
  'identity.level-2-needed': said(
    [
      'Việc này cần đăng nhập VNeID mức độ 2',
      'Đồng chí đang vào bằng khóa truy cập: xem, soạn và xếp hàng được, việc chính thức thì chưa.',
      'Thủ tục của Đảng làm bằng tài khoản định danh mức độ 2.',
      'Khi VNeID hoạt động lại, đồng chí đăng nhập rồi làm. Những gì đã viết vẫn còn.',
    ],
    [
      'This needs a sign-in with VNeID level 2',
      'You came in with a passkey: reading, drafting and queueing are open, official acts are not.',
      'Party procedures are done with an identity account of level 2.',
      'Sign in once VNeID is back, then do it. What you have written is kept.',
    ],
  ),
  'queue.one-waiting': said(
    [
      'Hồ sơ này đã có một việc chờ xác thực',
      'Đồng chí đã xếp hàng một việc khác ở hồ sơ này; việc sau chỉ làm được khi việc trước xong.',
      null,
      'Đồng chí mở Việc chờ xác thực, rút hoặc sửa việc đã xếp.',
    ],
    [
      'An act waits on this dossier already',
      'You queued another act on this dossier; a second one can only follow the first.',
      null,
      'Open the waiting acts and withdraw or edit the one there.',
    ],
  ),
  'queue.unknown': said(
    [
      'Không tìm thấy việc này',
      'Việc chờ xác thực này không có trong danh sách của đồng chí.',
      null,
      'Đồng chí tải lại danh sách.',
    ],
    ['Not found', 'This waiting act is not in your list.', null, 'Reload the list.'],
  ),
  'queue.done': said(
    [
      'Việc này đã hoàn tất',
      'Việc đã được xác thực và ghi nhận, nên không rút lại được ở đây.',
      null,
      'Đồng chí mở hồ sơ để xem bước tiếp theo.',
    ],
    [
      'This act is done',
      'It was confirmed and recorded, and cannot be withdrawn here.',
      null,
      'Open the dossier to see the next step.',
    ],
  ),
  'queue.hat-ended': said(
    [
      'Chức vụ dùng khi soạn việc này không còn',
      'Đồng chí soạn việc này với một chức vụ hoặc ủy quyền nay đã hết.',
      null,
      'Người đang giữ chức vụ đó làm việc này.',
    ],
    [
      'The office this was written in has ended',
      'You wrote this act in an office, or under a delegation, that has ended since.',
      null,
      'Whoever holds the office now does it.',
    ],
  ),
  'demo.other-provider': said(
    [
      'Không điều khiển được VNeID ở đây',
      'Bản dùng thử này đăng nhập bằng một hệ thống khác, không phải trang đóng vai VNeID.',
      null,
      'Đồng chí chạy bản dùng thử không khai VNEID_ISSUER.',
    ],
    [
      'VNeID cannot be played here',
      'This demonstration signs in with another provider, not the page that plays VNeID.',
      null,
      'Run the demonstration without VNEID_ISSUER.',
    ],
  ),
}

/** The log and its checkpoints. */
const LOG: RefusalTexts = {
  'log.keepers-only': said(
    [
      'Trang này dành cho người giữ nhật ký',
      'Với tư cách đang chọn, đồng chí không mở được trang nhật ký.',
      'Nhật ký chỉ mở cho người quản trị hệ thống và Chủ nhiệm Ủy ban Kiểm tra, không qua ủy quyền.',
      'Nếu đồng chí giữ một trong hai chức vụ này, bấm tên ở đầu trang và chuyển sang chức vụ đó.',
    ],
    [
      'This page is for those who keep the log',
      'In the role you act in now the page of the log does not open.',
      'It is open to system administrators and chairs of the Inspection Committee, and not by delegation.',
      'If you hold one of these offices, press your name at the head of the page and switch to it.',
    ],
  ),
  'log.checkpoint-unknown': said(
    [
      'Không có điểm đối chiếu này',
      'Điểm đối chiếu đồng chí muốn tải không có trong danh sách.',
      null,
      'Đồng chí mở lại trang Nhật ký và điểm đối chiếu, rồi chọn từ danh sách.',
    ],
    [
      'There is no such checkpoint',
      'The checkpoint you want to download is not in the list.',
      null,
      'Open the page of the log again and choose from the list.',
    ],
  ),
}

/** The words of the refusals of the roof, the door and the kernel. */
export const APP_REFUSALS: RefusalTexts = {
  ...REQUEST,
  ...DOOR,
  ...DOSSIER,
  ...VALUES,
  ...SETTINGS,
  ...LOG,
  ...LIFECYCLE_REFUSALS,
  ...WAITING,
}
