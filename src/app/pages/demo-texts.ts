/** The words of the demonstration's page, Vietnamese first. */
import type { DemoRole } from '../../registry/demo.ts'

/** What each part does in the demonstration's transfer, in the order of the job. */
const PARTS_VI: Readonly<Record<DemoRole, string>> = {
  member: 'Gửi đề nghị chuyển sinh hoạt đảng',
  'probationary-member': 'Đảng viên dự bị xin chuyển',
  'guest-member': 'Sinh hoạt tạm thời ở phường bên, sắp hết hạn',
  'workplace-member': 'Làm ở phường này, ở phường bên: cần nhận xét',
  'cell-secretary': 'Nhận hồ sơ, nhận xét, ký giới thiệu của chi bộ',
  'cell-deputy-secretary': 'Làm thay khi hồ sơ là của bí thư',
  'building-officer': 'Kiểm tra hồ sơ, nhập danh sách của phường',
  'ward-deputy-secretary': 'Ký giấy giới thiệu của đảng ủy nơi đi',
  'ward-clerk': 'Lấy số, đóng dấu, giao hồ sơ giấy niêm phong',
  'commission-signer': 'Ký giấy giới thiệu của Ban Tổ chức',
  'commission-clerk': 'Lấy số, đóng dấu ở Ban Tổ chức',
  'destination-deputy-secretary': 'Tiếp nhận hồ sơ, phân về chi bộ nơi đến',
  'destination-clerk': 'Theo dõi sổ giới thiệu ở nơi đến',
  'destination-cell-secretary': 'Họp chi bộ, tiếp nhận đảng viên',
  inspector: 'Tạm dừng hồ sơ khi đang kiểm tra',
  administrator: 'Quản trị: thiết lập, chức vụ, nhập danh sách',
  'city-standing-deputy': 'Ký phương án sắp xếp tổ chức đảng',
  'city-administrator': 'Lập phương án sắp xếp tổ chức đảng',
}
const PARTS_EN: Readonly<Record<DemoRole, string>> = {
  member: 'Asks for a transfer of membership',
  'probationary-member': 'A probationary member who moves',
  'guest-member': 'A guest in the other ward, near the end of the stay',
  'workplace-member': 'Works here, lives in the other ward: needs a comment',
  'cell-secretary': 'Takes the dossier in, comments, signs for the cell',
  'cell-deputy-secretary': 'Acts when the dossier is the secretary’s own',
  'building-officer': 'Checks dossiers, imports the ward’s lists',
  'ward-deputy-secretary': 'Signs the referral of the committee of origin',
  'ward-clerk': 'Numbers and seals, hands over the sealed file',
  'commission-signer': 'Signs the referral of the organisation commission',
  'commission-clerk': 'Numbers and seals at the commission',
  'destination-deputy-secretary': 'Receives the file, assigns the cell',
  'destination-clerk': 'Follows the referral register of the destination',
  'destination-cell-secretary': 'Holds the meeting, admits the member',
  inspector: 'Blocks a dossier during an inspection',
  administrator: 'Administers settings, offices and imports',
  'city-standing-deputy': 'Signs reorganisations of the city’s organisations',
  'city-administrator': 'Draws up plans of reorganisation',
}

/** The next step of what is under way, and who plays it. */
export const NEXT_STEPS = {
  round: [
    'building-officer',
    'destination-cell-secretary',
    'destination-deputy-secretary',
    'workplace-member',
  ],
  stays: ['cell-secretary', 'ward-deputy-secretary', 'destination-cell-secretary', 'guest-member'],
} as const satisfies Readonly<Record<string, readonly DemoRole[]>>
type NextSteps = {
  readonly [List in keyof typeof NEXT_STEPS]: Readonly<Record<(typeof NEXT_STEPS)[List][number], string>>
}

const STEPS_VI: NextSteps = {
  round: {
    'building-officer': 'Xin nhận xét cho nhiều người bằng một lần bấm; đưa các phiếu đã trả vào hồ sơ',
    'destination-cell-secretary': 'Ghi nhận xét trong bảng của buổi họp rồi ký cả loạt',
    'destination-deputy-secretary': 'Nhận người mới giới thiệu về; xác nhận, đóng dấu các phiếu chi bộ đã ký',
    'workplace-member': 'Tự xin nhận xét của nơi cư trú và xem phiếu đang ở đâu',
  },
  stays: {
    'cell-secretary': 'Nhận xét đề nghị đi sinh hoạt tạm thời của một đảng viên trong chi bộ',
    'ward-deputy-secretary': 'Xét đề nghị gia hạn của một đảng viên ở nhờ; phân người mới đến về chi bộ',
    'destination-cell-secretary': 'Họp chi bộ, tiếp nhận một đảng viên đến sinh hoạt tạm thời',
    'guest-member': 'Sắp hết thời gian sinh hoạt tạm thời: xin gia hạn',
  },
}
const STEPS_EN: NextSteps = {
  round: {
    'building-officer': 'Asks for many comments in one press; files those that came back',
    'destination-cell-secretary': 'Comments in the table of the sitting, then signs all at once',
    'destination-deputy-secretary':
      'Accepts those newly referred; confirms and seals what the cell has signed',
    'workplace-member': 'Asks for the own comment and sees where it is',
  },
  stays: {
    'cell-secretary': 'Comments on a member’s request to stay elsewhere for a time',
    'ward-deputy-secretary': 'Decides a guest’s request to stay longer; finds a cell for one who comes',
    'destination-cell-secretary': 'Holds the meeting and admits a guest',
    'guest-member': 'The stay is about to end: asks to extend it',
  },
}

const vi = {
  title: 'Bản dùng thử',
  lead: 'Người, tổ chức và giấy tờ ở đây đều là giả định. Đồng chí làm gì cũng được; không ảnh hưởng đến ai.',
  waiting: 'Việc đang chờ',
  waitingLead:
    'Hai việc đã có hồ sơ ở nhiều bước. Vào vai một người dưới đây là làm được ngay bước tiếp theo.',
  waitingLists: { round: 'Đợt nhận xét nơi cư trú', stays: 'Sinh hoạt đảng tạm thời' },
  nextSteps: STEPS_VI,
  nextStep: 'Việc tiếp theo',
  people: 'Vào vai ai?',
  peopleLead:
    'Một lần chuyển sinh hoạt đi qua tay những người này, từ trên xuống. Bấm đăng nhập rồi chọn tên; không cần mật khẩu.',
  peopleEmpty: 'Cơ sở dữ liệu này chưa nạp danh sách dùng thử.',
  part: 'Việc trong lần chuyển',
  person: 'Họ tên',
  office: 'Chức vụ, nơi sinh hoạt',
  member: 'Đảng viên',
  parts: PARTS_VI,
  signIn: 'Đăng nhập để thử',
  signInAgain: 'Đăng nhập vai khác',
  notVneid: 'Đây không phải VNeID thật',
  notVneidText:
    'Ở bản dùng thử, một trang đóng vai VNeID cho đồng chí chọn người để vào. Không ai hỏi mật khẩu hay thông tin thật.',
  vneid: 'Thử khi VNeID gián đoạn',
  vneidLead:
    'Cho trang đóng vai VNeID ngừng trả lời, như ngày 28/8/2025. Trước đó đồng chí đăng ký khóa truy cập ở Phiên đăng nhập và bảo mật.',
  vneidThere: 'VNeID (giả) đang hoạt động.',
  vneidAway: 'VNeID (giả) đang không trả lời.',
  vneidGo: 'Cho VNeID ngừng trả lời',
  vneidBack: 'Cho VNeID hoạt động lại',
  clock: 'Đồng hồ dùng thử',
  clockNow: 'Đồng hồ đang chỉ',
  clockAhead: 'Nhanh hơn giờ thật',
  clockReal: 'Đúng giờ thật',
  clockLead:
    'Cho đồng hồ đi tới để xem thời hạn, nhắc việc và quá hạn. Đồng hồ chỉ đi tới, không lùi lại. Phiên đăng nhập vẫn tính theo giờ thật.',
  clockSignIn: 'Đồng chí đăng nhập để chỉnh đồng hồ.',
  clockOthers: 'Mọi người đang dùng bản này cùng thấy một đồng hồ.',
  hours: 'Đi tới bao nhiêu giờ?',
  hoursHint: 'Ví dụ 4. Tính cả đêm và ngày nghỉ.',
  workingDays: 'Đi tới bao nhiêu ngày làm việc?',
  workingDaysHint: 'Ví dụ 60: bỏ qua thứ Bảy, Chủ nhật và ngày lễ.',
  date: 'Đi tới ngày nào?',
  dateHint: 'Ví dụ 25 11 2026. Đồng hồ sẽ chỉ 8 giờ sáng ngày đó.',
  move: 'Cho đồng hồ đi tới',
  fieldHours: 'Ghi số giờ từ 1 đến 1000',
  fieldWorkingDays: 'Ghi số ngày làm việc từ 1 đến 400',
  fieldDate: 'Ghi một ngày có trong lịch',
  moved: 'Đồng hồ đã đi tới {now}',
  movedText: 'Các việc đến hạn trong khoảng đó đang được hệ thống xử lý, thường xong sau vài giây.',
}
const en: typeof vi = {
  title: 'Demonstration',
  lead: 'The people, organisations and papers here are made up. Try anything: it touches nobody.',
  waiting: 'What waits',
  waitingLead:
    'Two procedures have dossiers at several steps. As one of these people you can take the next step at once.',
  waitingLists: { round: 'The round of residence comments', stays: 'Temporary transfers' },
  nextSteps: STEPS_EN,
  nextStep: 'Next step',
  people: 'Whom to be',
  peopleLead:
    'One transfer passes through the hands of these people, from top to bottom. Sign in and choose a name; no password is asked.',
  peopleEmpty: 'The demonstration’s lists were not filled into this database.',
  part: 'Part in the transfer',
  person: 'Name',
  office: 'Office and place',
  member: 'Party member',
  parts: PARTS_EN,
  signIn: 'Sign in to try',
  signInAgain: 'Sign in as somebody else',
  notVneid: 'This is not the real VNeID',
  notVneidText:
    'On the demonstration a page plays VNeID and lets you choose whom to be. It asks for no password and nothing real.',
  vneid: 'Try it with VNeID away',
  vneidLead:
    'Make the page that plays VNeID stop answering, as it did on 28 August 2025. Register a passkey before, under Sessions and security.',
  vneidThere: 'The played VNeID works.',
  vneidAway: 'The played VNeID does not answer.',
  vneidGo: 'Make VNeID stop answering',
  vneidBack: 'Bring VNeID back',
  clock: 'The demonstration’s clock',
  clockNow: 'The clock shows',
  clockAhead: 'Ahead of real time by',
  clockReal: 'Real time',
  clockLead:
    'Move the clock forward to see deadlines, reminders and overdue work. It only goes forward, never back. Sign-in sessions stay in real time.',
  clockSignIn: 'Sign in to move the clock.',
  clockOthers: 'Everybody who uses this demonstration sees the same clock.',
  hours: 'How many hours forward?',
  hoursHint: 'For example 4. Nights and days of rest count.',
  workingDays: 'How many working days forward?',
  workingDaysHint: 'For example 60: Saturdays, Sundays and holidays are passed over.',
  date: 'Forward to which day?',
  dateHint: 'For example 25 11 2026. The clock will show 8 in the morning.',
  move: 'Move the clock',
  fieldHours: 'Write a number of hours from 1 to 1000',
  fieldWorkingDays: 'Write a number of working days from 1 to 400',
  fieldDate: 'Write a day of the calendar',
  moved: 'The clock has moved to {now}',
  movedText: 'What fell due in between is being done now; it usually takes a few seconds.',
}
export const DEMO_TEXTS = { vi, en }
export type DemoTexts = typeof vi
