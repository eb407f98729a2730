/** The words of the residence comment and of its referral, Vietnamese first. */
import type { EventType, Ground, Purpose, Status } from './law/states.ts'
import type {
  EventType as ReferralEventType,
  ExemptGround,
  Status as ReferralStatus,
  UnreferredGround,
} from './referral/law/states.ts'

type Commands = Readonly<
  Record<
    | 'request'
    | 'route'
    | 'save-draft'
    | 'sign'
    | 'return-to-cell'
    | 'confirm'
    | 'retry-seal'
    | 'send-back'
    | 'ask-again'
    | 'file'
    | 'cancel'
    | 'refer'
    | 'mark-unreferred'
    | 'correct'
    | 'withdraw'
    | 'accept'
    | 'assign-cell'
    | 'set-exemption'
    | 'close',
    string
  >
>

const statuses: Record<Status, string> = {
  requested: 'Chờ đảng ủy xã, phường chuyển về chi bộ',
  'with-cell': 'Chờ chi bộ nơi cư trú nhận xét',
  drafted: 'Đã nhận xét, chờ chi bộ ký',
  'cell-signed': 'Chi bộ đã ký, chờ đảng ủy xã, phường xác nhận',
  sealing: 'Đang ký số, đóng dấu',
  'sealing-failed': 'Ký số, đóng dấu chưa xong',
  'returned-to-workplace': 'Đã trả về nơi công tác, chờ đưa vào hồ sơ',
  filed: 'Đã đưa vào hồ sơ kiểm điểm',
  'sent-back': 'Bị trả lại, chờ nơi công tác xử lý',
  cancelled: 'Đã hủy',
}
const events: Record<EventType, string> = {
  'comment-requested': 'Xin ý kiến nhận xét',
  'comment-routed': 'Chuyển về chi bộ nơi cư trú',
  'draft-saved': 'Lưu nhận xét',
  'comment-signed': 'Chi bộ ký nhận xét',
  'comment-returned-to-cell': 'Đảng ủy xã, phường trả về chi bộ làm rõ',
  'comment-confirmed': 'Đảng ủy xã, phường xác nhận',
  'comment-sealed': 'Ký số, đóng dấu, trả về nơi công tác',
  'sealing-failed': 'Ký số, đóng dấu chưa xong',
  'sealing-retried': 'Ký số, đóng dấu lại',
  'comment-sent-back': 'Trả lại nơi xin ý kiến',
  'comment-asked-again': 'Xin ý kiến lại',
  'comment-filed': 'Đưa vào hồ sơ kiểm điểm',
  'comment-cancelled': 'Hủy',
  'comment-escalated': 'Báo cấp trên vì quá hạn',
  'reorganisation-followed': 'Chuyển theo tổ chức sau sắp xếp',
  'member-followed': 'Theo đảng viên về nơi công tác mới',
}
const referralStatuses: Record<ReferralStatus, string> = {
  referred: 'Chờ đảng ủy xã, phường tiếp nhận',
  'sent-back': 'Bị trả lại, chờ nơi công tác sửa',
  accepted: 'Đã tiếp nhận, giữ mối liên hệ nơi cư trú',
  'needs-cell': 'Chờ đảng ủy xã, phường phân về chi bộ khác',
  'not-referred': 'Không thuộc diện giới thiệu',
  withdrawn: 'Đã rút',
  closed: 'Đã kết thúc',
}
const referralEvents: Record<ReferralEventType, string> = {
  'member-referred': 'Giới thiệu về nơi cư trú',
  'member-unreferred': 'Ghi nhận không thuộc diện giới thiệu',
  'referral-corrected': 'Sửa giấy giới thiệu',
  'referral-withdrawn': 'Rút giấy giới thiệu',
  'referral-accepted': 'Tiếp nhận, phân về chi bộ',
  'referral-sent-back': 'Trả lại nơi công tác',
  'cell-assigned': 'Phân về chi bộ khác',
  'exemption-set': 'Đổi diện miễn sinh hoạt',
  'referral-closed': 'Kết thúc',
  'reorganisation-followed': 'Chuyển theo tổ chức sau sắp xếp',
  'member-followed': 'Theo đảng viên về nơi công tác mới',
}
const commands: Commands = {
  request: 'Xin ý kiến nhận xét',
  route: 'Chuyển về chi bộ',
  'save-draft': 'Lưu nhận xét',
  sign: 'Ký nhận xét',
  'return-to-cell': 'Trả về chi bộ làm rõ',
  confirm: 'Xác nhận, đóng dấu',
  'retry-seal': 'Ký số, đóng dấu lại',
  'send-back': 'Trả lại nơi xin ý kiến',
  'ask-again': 'Gửi lại',
  file: 'Đưa vào hồ sơ kiểm điểm',
  cancel: 'Hủy yêu cầu',
  refer: 'Giới thiệu về nơi cư trú',
  'mark-unreferred': 'Ghi nhận không thuộc diện giới thiệu',
  correct: 'Sửa và gửi lại',
  withdraw: 'Rút giấy giới thiệu',
  accept: 'Tiếp nhận, phân về chi bộ',
  'assign-cell': 'Phân về chi bộ khác',
  'set-exemption': 'Đổi diện miễn sinh hoạt',
  close: 'Kết thúc',
}
const grounds: Record<Ground, string> = {
  'not-managed': 'Đảng viên không cư trú ở đây',
  'moved-home': 'Đảng viên đã chuyển nơi ở',
  exempt: 'Đảng viên thuộc diện miễn',
  other: 'Lý do khác',
}
const purposes: Record<Purpose, string> = { yearly: 'Hằng năm', 'when-needed': 'Khi cần' }
const exemptions: Record<ExemptGround, string> = {
  'armed-forces': 'Lực lượng vũ trang phải ở doanh trại, nhà công vụ',
  'mobile-work': 'Thường xuyên công tác xa, lưu động',
  rotated: 'Cán bộ luân chuyển ở nhà công vụ, nhà tập thể',
  'full-time-study': 'Học tập trung đủ 12 tháng trong năm',
  student: 'Học sinh, sinh viên xa nhà',
}
const unreferred: Record<UnreferredGround, string> = {
  'secret-mission': 'Nhiệm vụ đặc biệt, phải giữ bí mật',
  'combat-readiness': 'Đơn vị thường trực sẵn sàng chiến đấu',
  abroad: 'Đang công tác, học tập ở nước ngoài',
  'activity-exempt': 'Được miễn công tác và sinh hoạt đảng',
}

const vi = {
  title: 'Nhận xét nơi cư trú',
  referralTitle: 'Giới thiệu giữ mối liên hệ nơi cư trú',
  back: 'Việc của tôi',
  statuses,
  events,
  referralStatuses,
  referralEvents,
  commands,
  grounds,
  purposes,
  exemptions,
  unreferred,
  /** keys the queues call its steps by where the member must act: never, here */
  ownActs: {},
  rule: 'Cấp ủy nơi công tác xin ý kiến, chi ủy nơi cư trú họp với ban công tác mặt trận rồi nhận xét, đảng ủy xã, phường xác nhận.',
  referralRule:
    'Đảng viên đang công tác được giới thiệu một lần về giữ mối liên hệ với tổ chức đảng nơi cư trú.',
  citation: '213-QĐ/TW; 33-HD/BTCTW',
  communeActs: 'Đảng ủy xã, phường làm thay chi bộ, vì ở chi bộ không còn ai khác ký được.',
  fields: {
    member: 'Đảng viên',
    year: 'Năm',
    purpose: 'Loại',
    reason: 'Lý do',
    neededFor: 'Cần để làm gì',
    neededHint:
      'Chỉ ghi khi xin ý kiến ngoài đợt hằng năm, ví dụ: bổ nhiệm, khen thưởng, xét chuyển chính thức',
    neededExample: 'Ví dụ: bổ nhiệm, khen thưởng, xét chuyển chính thức',
    workplace: 'Nơi công tác',
    commune: 'Nơi cư trú',
    cell: 'Chi bộ nơi cư trú',
    address: 'Nhà, đường, khu phố (thôn)',
    exempt: 'Diện miễn sinh hoạt',
    notExempt: 'Không miễn',
    unreferred: 'Vì sao không giới thiệu',
    accepted: 'Tiếp nhận ngày',
    closed: 'Kết thúc ngày',
    returnBy: 'Trả phiếu trước ngày',
    lastReason: 'Lý do',
    ground: 'Vì sao trả lại',
    freeText: 'Ý kiến khác',
    frontBoardMetOn: 'Ngày họp với ban công tác mặt trận',
    frontBoardHint: 'Chi ủy họp với ban công tác mặt trận trước, rồi mới nhận xét',
    chooseCell: 'Chọn chi bộ',
    chooseCommune: 'Chọn xã, phường',
    corrects: 'Thay cho phiếu đã ký trước đó',
    late: 'Xin ý kiến sau đợt',
    status: 'Đang ở bước',
    until: 'Hạn',
  },
  hidden: 'Nội dung nhận xét hiện ra khi đảng ủy xã, phường đã xác nhận.',
  replaced: 'Đã có giấy giới thiệu mới',
  confirmAgain: 'Xác nhận lại bằng VNeID',
  sealFailure: 'Nguyên nhân',
  sealFailures: {
    'signing.no-certificate':
      'Chưa có chứng thư số để ký hoặc đóng dấu. Báo người quản trị bổ sung rồi làm lại.',
    'signing.certificate-ended':
      'Chứng thư số để ký hoặc đóng dấu đã hết hạn. Báo người quản trị gia hạn rồi làm lại.',
    'signature.certificate-not-valid':
      'Chứng thư số để ký hoặc đóng dấu đã hết hạn. Báo người quản trị gia hạn rồi làm lại.',
    'seal.no-room':
      'Máy chủ hết chỗ lưu giấy tờ. Việc đã ghi vẫn còn nguyên; người quản trị giải phóng chỗ rồi làm lại.',
    other: 'Lỗi kỹ thuật khi ký, đóng dấu. Làm lại; nếu vẫn lỗi, báo người quản trị.',
  } as Record<string, string>,
  askInPlace: 'Phiếu sai: xin phiếu mới thay phiếu này',
  begin: {
    title: 'Xin ý kiến nhận xét nơi cư trú',
    lead: 'Yêu cầu đi thẳng đến chi bộ nơi đồng chí giữ mối liên hệ. Đồng chí không phải đến nơi nào.',
    send: 'Gửi yêu cầu',
  },
  ask: {
    title: 'Xin ý kiến nhận xét cho nhiều đảng viên',
    lead: 'Chọn đảng viên rồi gửi một lần. Mỗi người có một kết quả; người chưa gửi được có ghi lý do, và gửi lại chỉ làm phần còn lại.',
    leadNeeded:
      'Xin ý kiến ngoài đợt hằng năm, cho từng việc cụ thể. Chọn đảng viên, ghi cần để làm gì rồi gửi một lần.',
    until: 'Đợt này xin ý kiến đến hết {until}; nơi cư trú trả phiếu trước {by}.',
    filter: 'Tìm trong danh sách này',
    cell: 'Chi bộ nơi công tác',
    cannot: 'Chưa xin ý kiến được',
    withoutReferral: '{count} đảng viên chưa có giấy giới thiệu về nơi cư trú được tiếp nhận.',
    areExempt: '{count} đảng viên được miễn sinh hoạt nơi cư trú: chỉ xin ý kiến khi cần.',
    areUnreferred: '{count} đảng viên không thuộc diện giới thiệu.',
    referThem: 'Giới thiệu về nơi cư trú',
    choose: 'Đảng viên của {name}',
    send: 'Xin ý kiến cho những người đã chọn',
    signsTitle: 'Gửi là ký',
    signs:
      'Đồng chí gửi với chức vụ được ký thay mặt cấp ủy: mỗi phiếu xin ý kiến mang chữ ký số của đồng chí và dấu của cấp ủy, lập và ký ngay sau khi gửi.',
    fresh: 'Xác nhận bằng VNeID trước khi ký',
    signed: 'Đồng chí đã ký phiếu xin ý kiến; giấy xong trong ít phút',
    results: 'Kết quả',
    sent: 'Đã gửi: {count}. Chưa gửi được: {failed}.',
    again: 'Làm tiếp phần còn lại',
    none: 'Không còn ai cần xin ý kiến cho năm này.',
    more: 'Còn {count} người nữa; gửi xong trang này rồi mở lại.',
    exempt: 'Được miễn: phiếu theo mẫu rút gọn',
  },
  list: {
    title: 'Nhận xét nơi cư trú',
    askMany: 'Xin ý kiến cho nhiều người',
    beginOwn: 'Xin ý kiến cho tôi',
    referrals: 'Giấy giới thiệu về nơi cư trú',
    season: 'Lịch của tỉnh, thành phố',
    all: 'Tất cả',
    overdue: 'Quá hạn',
    none: 'Chưa có phiếu nào ở bước này.',
    count: '{count} phiếu, quá hạn {overdue}.',
    shown: 'Đang hiện {count} phiếu đầu.',
    late: 'Quá hạn theo từng nơi',
    place: 'Nơi đang giữ',
    number: 'Số phiếu quá hạn',
    show: 'Xem',
    escalated: 'Đã quá hạn và đã báo cấp trên; phiếu vẫn do nơi đang giữ làm.',
  },
  referral: {
    title: 'Giấy giới thiệu về nơi cư trú',
    lead: 'Mỗi đảng viên đang công tác được giới thiệu một lần. Chuyển nơi ở thì giới thiệu lại, giấy cũ tự kết thúc.',
    missing: 'Chưa được giới thiệu',
    refer: 'Giới thiệu',
    search: 'Tìm xã, phường theo tên',
    find: 'Tìm',
    here: 'Đã có giấy',
    own: 'Nơi công tác của đồng chí giới thiệu; đồng chí không phải làm gì.',
    none: 'Chưa có giấy giới thiệu nào.',
    or: 'Hoặc ghi nhận không thuộc diện giới thiệu',
    small: 'giới thiệu về nơi cư trú',
    nowhere: 'Không tìm thấy xã, phường nào. Thử gõ ít chữ hơn, không cần dấu.',
  },
  season: {
    title: 'Lịch lấy ý kiến hằng năm của tỉnh, thành phố',
    lead: 'Tỉnh ủy, thành ủy đặt; chưa đặt thì theo thiết lập chung.',
    from: 'Xin ý kiến từ đầu tháng',
    until: 'Xin ý kiến đến hết tháng',
    returnDay: 'Trả phiếu về nơi công tác chậm nhất ngày (tháng 12)',
    validFrom: 'Áp dụng từ ngày',
    save: 'Đặt lịch',
    now: 'Đang áp dụng: từ {from} đến {until}, trả trước {by}.',
    saved: 'Đã đặt lịch',
  },
}

type Words = typeof vi

const en: Words = {
  title: 'Residence comment',
  referralTitle: 'Referral to the residence',
  back: 'My affairs',
  statuses: {
    requested: 'Waits for the commune to route it to a cell',
    'with-cell': 'Waits for the residence cell’s comment',
    drafted: 'Written, waits for the cell’s signature',
    'cell-signed': 'Signed by the cell, waits for the commune’s confirmation',
    sealing: 'Being signed and sealed',
    'sealing-failed': 'Signing and sealing did not finish',
    'returned-to-workplace': 'Returned to the workplace, to be filed',
    filed: 'Filed with the yearly review',
    'sent-back': 'Sent back, waits for the workplace',
    cancelled: 'Cancelled',
  },
  events: {
    'comment-requested': 'Comment asked for',
    'comment-routed': 'Routed to the residence cell',
    'draft-saved': 'Draft saved',
    'comment-signed': 'Signed by the cell',
    'comment-returned-to-cell': 'Returned to the cell by the commune',
    'comment-confirmed': 'Confirmed by the commune',
    'comment-sealed': 'Sealed and returned to the workplace',
    'sealing-failed': 'Sealing did not finish',
    'sealing-retried': 'Sealed again',
    'comment-sent-back': 'Sent back to who asked',
    'comment-asked-again': 'Asked for again',
    'comment-filed': 'Filed with the review',
    'comment-cancelled': 'Cancelled',
    'comment-escalated': 'Reported upward as overdue',
    'reorganisation-followed': 'Followed a reorganisation',
    'member-followed': 'Went along to the new workplace',
  },
  referralStatuses: {
    referred: 'Waits for the commune to accept',
    'sent-back': 'Sent back, waits for the workplace',
    accepted: 'Accepted: contact is kept at the residence',
    'needs-cell': 'Waits for the commune to assign another cell',
    'not-referred': 'Not among those referred',
    withdrawn: 'Withdrawn',
    closed: 'Ended',
  },
  referralEvents: {
    'member-referred': 'Referred to the residence',
    'member-unreferred': 'Recorded as not referred',
    'referral-corrected': 'Corrected',
    'referral-withdrawn': 'Withdrawn',
    'referral-accepted': 'Accepted and assigned to a cell',
    'referral-sent-back': 'Sent back to the workplace',
    'cell-assigned': 'Assigned to another cell',
    'exemption-set': 'Exemption changed',
    'referral-closed': 'Ended',
    'reorganisation-followed': 'Followed a reorganisation',
    'member-followed': 'Went along to the new workplace',
  },
  commands: {
    request: 'Ask for the comment',
    route: 'Route to a cell',
    'save-draft': 'Save the comment',
    sign: 'Sign the comment',
    'return-to-cell': 'Return to the cell',
    confirm: 'Confirm and seal',
    'retry-seal': 'Seal again',
    'send-back': 'Send back to who asked',
    'ask-again': 'Ask again',
    file: 'File with the review',
    cancel: 'Cancel the request',
    refer: 'Refer to the residence',
    'mark-unreferred': 'Record as not referred',
    correct: 'Correct and send again',
    withdraw: 'Withdraw the referral',
    accept: 'Accept and assign a cell',
    'assign-cell': 'Assign another cell',
    'set-exemption': 'Change the exemption',
    close: 'End it',
  },
  grounds: {
    'not-managed': 'The member does not live here',
    'moved-home': 'The member moved home',
    exempt: 'The member is exempt',
    other: 'Another reason',
  },
  purposes: { yearly: 'Yearly', 'when-needed': 'When needed' },
  exemptions: {
    'armed-forces': 'Armed forces in barracks or official housing',
    'mobile-work': 'Often works far away or mobile',
    rotated: 'Rotated cadre in official housing',
    'full-time-study': 'Full-time study, 12 months in the year',
    student: 'Pupil or student far from home',
  },
  unreferred: {
    'secret-mission': 'Special mission, identity kept secret',
    'combat-readiness': 'Unit on permanent combat readiness',
    abroad: 'Works or studies abroad',
    'activity-exempt': 'Exempt from Party activity',
  },
  ownActs: {},
  rule: 'The workplace committee asks, the residence cell comments after it met the front board, the commune confirms.',
  referralRule:
    'A working member is referred once to keep contact with the Party organisation at the residence.',
  citation: '213-QĐ/TW; 33-HD/BTCTW',
  communeActs: 'The commune acts for the cell, where nobody else could sign.',
  fields: {
    member: 'Member',
    year: 'Year',
    purpose: 'Purpose',
    reason: 'Reason',
    neededFor: 'What it is needed for',
    neededHint: 'Only outside the yearly round: appointment, reward, admission to official status',
    neededExample: 'For example: appointment, reward, admission to official status',
    workplace: 'Workplace',
    commune: 'Residence',
    cell: 'Residence cell',
    address: 'House, street, quarter',
    exempt: 'Exemption from activity',
    notExempt: 'Not exempt',
    unreferred: 'Why not referred',
    accepted: 'Accepted on',
    closed: 'Ended on',
    returnBy: 'To be returned by',
    lastReason: 'Reason',
    ground: 'Why it is sent back',
    freeText: 'Other comments',
    frontBoardMetOn: 'Day of the meeting with the front board',
    frontBoardHint: 'The cell committee meets the front board first',
    chooseCell: 'Choose a cell',
    chooseCommune: 'Choose a commune',
    corrects: 'Stands in for an earlier signed comment',
    late: 'Asked after the round',
    status: 'Step',
    until: 'Until',
  },
  hidden: 'What the comment says is shown once the commune has confirmed it.',
  replaced: 'A new referral took its place',
  confirmAgain: 'Confirm again with VNeID',
  sealFailure: 'Cause',
  sealFailures: {
    'signing.no-certificate':
      'There is no certificate to sign or seal with. Ask the administrator for it, then try again.',
    'signing.certificate-ended':
      'The certificate to sign or seal with has ended. Have it renewed, then try again.',
    'signature.certificate-not-valid':
      'The certificate to sign or seal with has ended. Have it renewed, then try again.',
    'seal.no-room':
      'The server has no room for papers. What was done is kept; the administrator makes room, then try again.',
    other: 'A technical fault while signing or sealing. Try again; if it stays, tell the administrator.',
  } as Record<string, string>,
  askInPlace: 'A mistake: ask for a new comment in its place',
  begin: {
    title: 'Ask for the residence comment',
    lead: 'The request goes straight to the cell where you keep contact. You need not go anywhere.',
    send: 'Send the request',
  },
  ask: {
    title: 'Ask for the comments of many members',
    lead: 'Choose members and send once. Each has a result; those not sent say why, and asking again does what is left.',
    leadNeeded:
      'For a certain matter outside the yearly round. Choose members, say what it is needed for, send once.',
    until: 'This round asks until {until}; the residence returns comments by {by}.',
    filter: 'Find in this list',
    cell: 'Cell at the workplace',
    cannot: 'Not to be asked about yet',
    withoutReferral: '{count} members have no accepted referral to the residence.',
    areExempt: '{count} members are exempt at the residence: asked about only when needed.',
    areUnreferred: '{count} members are not among those referred.',
    referThem: 'Refer them to the residence',
    choose: 'Members of {name}',
    send: 'Ask for those chosen',
    signsTitle: 'Sending signs',
    signs:
      'You send in an office that signs for the committee: each request carries your signature and the committee’s seal, made and signed right after.',
    fresh: 'Confirm with VNeID before signing',
    signed: 'You signed the request; its paper follows within minutes',
    results: 'Results',
    sent: 'Sent: {count}. Not sent: {failed}.',
    again: 'Go on with the rest',
    none: 'Nobody is left to be asked about for this year.',
    more: '{count} more; send this page, then open it again.',
    exempt: 'Exempt: the short form',
  },
  list: {
    title: 'Residence comments',
    askMany: 'Ask for many',
    beginOwn: 'Ask for mine',
    referrals: 'Referrals to the residence',
    season: 'The province’s round',
    all: 'All',
    overdue: 'Overdue',
    none: 'No comment is at this step.',
    count: '{count} comments, {overdue} overdue.',
    shown: 'The first {count} are shown.',
    late: 'Overdue by place',
    place: 'With',
    number: 'Overdue comments',
    show: 'Show',
    escalated: 'It is overdue and was reported upward; it is still for who has it to do.',
  },
  referral: {
    title: 'Referrals to the residence',
    lead: 'Each working member is referred once. Who moves home is referred anew, and the old referral ends by itself.',
    missing: 'Not referred yet',
    refer: 'Refer',
    search: 'Find a commune by name',
    find: 'Find',
    here: 'Referrals',
    own: 'Your workplace refers you; you need not do anything.',
    none: 'There is no referral yet.',
    or: 'Or record as not referred',
    small: 'refer to the residence',
    nowhere: 'No commune was found. Try fewer words.',
  },
  season: {
    title: 'The province’s yearly round',
    lead: 'Set by the provincial committee; until then the general settings hold.',
    from: 'Comments are asked from the first day of month',
    until: 'Comments are asked until the end of month',
    returnDay: 'Returned to the workplace at the latest on (December)',
    validFrom: 'Holds from',
    save: 'Set the round',
    now: 'In force: from {from} to {until}, returned by {by}.',
    saved: 'The round is set',
  },
}

export const RESIDENCE_TEXTS = { vi, en } as const
export type ResidenceWords = Words
export type ShownCommand = keyof Commands

export function isShown(command: string): command is ShownCommand {
  return Object.hasOwn(commands, command)
}

/** What an act is called where it waits or is listed. */
export function actTitle(command: string, language: 'vi' | 'en'): string {
  return isShown(command) ? RESIDENCE_TEXTS[language].commands[command] : command
}
