/** The words of identity, Vietnamese first: for every refusal its title, what happened, and how to mend it. */

/** `{name}` stands for a fact of the refusal. */
export interface RefusalText {
  readonly title: string
  readonly what: string
  readonly mend: string
}

interface InTwoLanguages {
  readonly vi: RefusalText
  readonly en: RefusalText
}

function text(vi: readonly [string, string, string], en: readonly [string, string, string]): InTwoLanguages {
  return {
    vi: { title: vi[0], what: vi[1], mend: vi[2] },
    en: { title: en[0], what: en[1], mend: en[2] },
  }
}

const SIGN_IN_TEXTS = {
  'identity.sign-in-needed': text(
    [
      'Đồng chí cần đăng nhập',
      'Trang này chỉ dành cho người đã đăng nhập.',
      'Đăng nhập bằng tài khoản VNeID mức độ 2 rồi mở lại trang.',
    ],
    [
      'Please sign in',
      'This page is only for people who have signed in.',
      'Sign in with your VNeID level 2 account and open the page again.',
    ],
  ),
  'identity.stale-sign-in': text(
    [
      'Xác nhận lại là đồng chí',
      'Trước khi ký, đồng chí cần vừa đăng nhập trong vòng {minutes} phút.',
      'Đăng nhập lại bằng VNeID rồi ký. Những gì đồng chí đã viết vẫn còn.',
    ],
    [
      'Please confirm it is you',
      'Before signing you must have signed in within the last {minutes} minutes.',
      'Sign in again with VNeID, then sign. What you have written is kept.',
    ],
  ),
  'identity.unknown-person': text(
    [
      'Chưa tìm thấy đồng chí trong sổ bộ',
      'Số định danh trên VNeID không có trong danh sách đảng viên đang sinh hoạt của hệ thống này.',
      'Đồng chí hỏi bí thư hoặc chi ủy nơi mình sinh hoạt, nhờ kiểm tra số định danh cá nhân trong danh sách của chi bộ.',
    ],
    [
      'You were not found in the registry',
      'The personal ID in VNeID is not among the current Party members of this system.',
      'Ask the secretary or committee of your cell to check your personal ID in the list of the cell.',
    ],
  ),
  'identity.person-differs': text(
    [
      'Thông tin chưa khớp',
      'Ngày sinh trên VNeID khác với ngày sinh trong sổ bộ, nên hệ thống chưa cho đăng nhập.',
      'Đồng chí nhờ chi ủy đối chiếu ngày sinh và số định danh trong sổ bộ với căn cước. Việc này đã được ghi lại cho người quản trị.',
    ],
    [
      'Your details do not agree',
      'The date of birth in VNeID differs from the one in the registry, so you could not be signed in.',
      'Ask your committee to compare date of birth and personal ID in the registry with your identity card. The administrator has been told.',
    ],
  ),
  'identity.other-account': text(
    [
      'Tài khoản VNeID này khác với lần trước',
      'Hồ sơ của đồng chí đã gắn với một tài khoản VNeID khác. Để tránh mạo danh, hệ thống chưa cho đăng nhập.',
      'Nếu đồng chí vừa cấp lại tài khoản VNeID, báo người quản trị của đơn vị để gắn lại. Việc này đã được ghi lại.',
    ],
    [
      'This is not the VNeID account used before',
      'Your record is tied to another VNeID account. To prevent impersonation you could not be signed in.',
      'If your VNeID account was issued anew, ask the administrator of your unit to tie it again. This has been recorded.',
    ],
  ),
  'identity.nowhere-counted': text(
    [
      'Chưa có nơi sinh hoạt',
      'Sổ bộ có tên đồng chí nhưng chưa ghi đang sinh hoạt ở tổ chức đảng nào.',
      'Đồng chí nhờ chi ủy hoặc Ban Xây dựng Đảng cập nhật nơi sinh hoạt trong sổ bộ.',
    ],
    [
      'No organisation is recorded',
      'The registry has your name but not the Party organisation you belong to.',
      'Ask your committee to enter it in the registry.',
    ],
  ),
  'identity.level-too-low': text(
    [
      'Cần tài khoản VNeID mức độ 2',
      'Đồng chí đã đăng nhập bằng tài khoản mức độ 1. Thủ tục của Đảng làm bằng tài khoản định danh mức độ 2.',
      'Đồng chí đến công an xã, phường để nâng lên mức độ 2. Nếu đã có, đăng nhập lại và chọn tài khoản mức độ 2.',
    ],
    [
      'A VNeID account of level 2 is needed',
      'You signed in with a level 1 account. Party procedures are done with level 2.',
      'The police of your commune raises the account to level 2. If you have it already, sign in again with it.',
    ],
  ),
  'identity.claims-missing': text(
    [
      'VNeID chưa gửi đủ thông tin',
      'Hệ thống cần số định danh, họ tên và ngày sinh từ VNeID nhưng chưa nhận đủ.',
      'Đồng chí đăng nhập lại và đồng ý chia sẻ thông tin. Nếu vẫn vậy, báo người quản trị.',
    ],
    [
      'VNeID did not send enough',
      'Personal ID, name and date of birth are needed from VNeID, and not all came.',
      'Sign in again and agree to share them. If it stays so, tell the administrator.',
    ],
  ),
  'identity.sign-in-cancelled': text(
    [
      'Đồng chí chưa đăng nhập',
      'Việc đăng nhập đã được dừng ở VNeID.',
      'Khi cần, đồng chí bấm đăng nhập lại.',
    ],
    ['You are not signed in', 'The sign-in was stopped at VNeID.', 'Sign in again when you wish.'],
  ),
  'identity.sign-in-failed': text(
    [
      'Đăng nhập chưa thành công',
      'Câu trả lời từ VNeID không hợp lệ hoặc đã quá hạn, nên không được dùng.',
      'Đồng chí đăng nhập lại từ đầu. Nếu vẫn vậy, báo người quản trị.',
    ],
    [
      'The sign-in did not succeed',
      'The answer from VNeID was not valid or too old and was not used.',
      'Sign in again from the start. If it stays so, tell the administrator.',
    ],
  ),
  'identity.sign-in-not-ours': text(
    [
      'Lần đăng nhập này đã hết hiệu lực',
      'Mỗi lần đăng nhập chỉ dùng được một lần, trên chính trình duyệt đã bắt đầu, trong 15 phút.',
      'Đồng chí bấm đăng nhập lại.',
    ],
    [
      'This sign-in is no longer valid',
      'Each sign-in counts once, in the browser that began it, within 15 minutes.',
      'Please sign in again.',
    ],
  ),
  'identity.provider-unreachable': text(
    [
      'Chưa kết nối được với VNeID',
      'VNeID đang không trả lời. Ai đã đăng nhập vẫn xem và soạn bình thường.',
      'Đồng chí chờ vài phút rồi thử lại. Hồ sơ và thời hạn không bị mất.',
    ],
    [
      'VNeID cannot be reached',
      'VNeID does not answer at the moment. Whoever is signed in can go on.',
      'Wait a few minutes and try again. Nothing is lost.',
    ],
  ),
  'identity.no-provider': text(
    [
      'Chưa cài đặt đăng nhập',
      'Hệ thống này chưa được kết nối với VNeID.',
      'Người quản trị cần khai báo VNEID_ISSUER và các thông số đi kèm.',
    ],
    [
      'Signing in is not set up',
      'This installation is not connected to VNeID.',
      'The administrator has to set VNEID_ISSUER and what belongs to it.',
    ],
  ),
  'identity.no-account': text(
    [
      'Chưa có tài khoản để gỡ',
      'Đảng viên này chưa từng đăng nhập, nên không có gì để gỡ.',
      'Kiểm tra lại đã chọn đúng người.',
    ],
    [
      'There is no account to release',
      'This member has never signed in.',
      'Check that it is the right person.',
    ],
  ),
} as const

const SESSION_TEXTS = {
  'identity.form-not-ours': text(
    [
      'Biểu mẫu đã cũ',
      'Biểu mẫu này không thuộc phiên đăng nhập hiện tại, nên chưa được nhận.',
      'Đồng chí tải lại trang rồi gửi lần nữa.',
    ],
    [
      'The form is out of date',
      'This form does not belong to your present session and was not taken.',
      'Reload the page and send it again.',
    ],
  ),
  'identity.invalid-input': text(
    [
      'Có chỗ cần sửa',
      'Một số mục còn thiếu hoặc chưa đúng cách ghi.',
      'Đồng chí xem các mục được đánh dấu, sửa rồi gửi lại.',
    ],
    [
      'Something needs mending',
      'Some fields are missing or not written as expected.',
      'Look at the marked fields, mend them and send again.',
    ],
  ),
  'identity.hat-ended': text(
    [
      'Tư cách này vừa hết',
      'Chức vụ hoặc ủy quyền mà đồng chí đang dùng không còn hiệu lực. Việc vừa rồi chưa được làm.',
      'Đồng chí đang ở tư cách đảng viên. Nếu còn chức vụ khác, hãy chuyển tư cách ở đầu trang.',
    ],
    [
      'This capacity has just ended',
      'The office or delegation you were acting under is no longer in force. What you asked was not done.',
      'You now act as yourself. If you hold another office, switch to it at the top of the page.',
    ],
  ),
  'identity.hat-changed': text(
    [
      'Đồng chí đã chuyển tư cách',
      'Trang này được mở ở tư cách khác với tư cách hiện tại, nên việc vừa rồi chưa được làm.',
      'Đồng chí chuyển lại tư cách cũ ở đầu trang, hoặc mở lại trang này.',
    ],
    [
      'You have switched capacity',
      'This page was opened in another capacity than the present one; what you asked was not done.',
      'Switch back at the top of the page, or open this page again.',
    ],
  ),
  'identity.unknown-hat': text(
    [
      'Không rõ tư cách',
      'Tư cách được chọn không tồn tại.',
      'Đồng chí chọn lại trong danh sách ở đầu trang.',
    ],
    [
      'Unknown capacity',
      'The chosen capacity does not exist.',
      'Choose again from the list at the top of the page.',
    ],
  ),
  'identity.hat-not-yours': text(
    [
      'Đồng chí không có tư cách này',
      'Hôm nay đồng chí không giữ chức vụ hoặc không được ủy quyền đó.',
      'Đồng chí chọn tư cách khác. Nếu vừa được phân công, nhờ người quản trị cập nhật chức vụ.',
    ],
    [
      'This capacity is not yours',
      'You do not hold this office or delegation today.',
      'Choose another one. If you were just appointed, ask the administrator to enter the office.',
    ],
  ),
  'identity.unknown-session': text(
    [
      'Không tìm thấy phiên đăng nhập',
      'Phiên này không có trong danh sách của đồng chí.',
      'Đồng chí tải lại danh sách phiên đăng nhập.',
    ],
    ['Session not found', 'This session is not in your list.', 'Reload the list of sessions.'],
  ),
} as const

const DELEGATION_TEXTS = {
  'identity.outside-delegation': text(
    [
      'Ngoài phạm vi ủy quyền',
      'Ủy quyền mà đồng chí đang dùng không gồm thủ tục này.',
      'Đồng chí nhờ người ủy quyền lập ủy quyền cho đúng thủ tục, hoặc để người đó tự làm.',
    ],
    [
      'Outside the delegation',
      'The delegation you act under does not name this procedure.',
      'Ask the delegator for one that does, or let them act themselves.',
    ],
  ),
  'identity.no-redelegation': text(
    [
      'Không ủy quyền lại',
      'Người được ủy quyền không ủy quyền tiếp cho người khác.',
      'Đồng chí chuyển về tư cách của mình, hoặc để người ủy quyền lập ủy quyền mới.',
    ],
    [
      'No further delegation',
      'Who acts under a delegation cannot pass it on.',
      'Switch to your own capacity, or let the delegator grant a new one.',
    ],
  ),
  'identity.delegate-in-own-hat': text(
    [
      'Chưa đúng tư cách để ủy quyền',
      'Việc của bản thân ủy quyền ở tư cách đảng viên; việc của chức vụ ủy quyền ở chính chức vụ đó.',
      'Đồng chí chuyển sang tư cách phù hợp ở đầu trang rồi làm lại.',
    ],
    [
      'Not the right capacity to delegate in',
      'Own affairs are delegated as a member, those of an office in that office.',
      'Switch capacity at the top of the page and try again.',
    ],
  ),
  'identity.delegate-is-oneself': text(
    [
      'Không thể ủy quyền cho chính mình',
      'Người nhận ủy quyền trùng với người ủy quyền.',
      'Đồng chí ghi họ tên và số định danh của người nhận.',
    ],
    [
      'You cannot delegate to yourself',
      'The delegate is the delegator.',
      'Enter name and personal ID of somebody else.',
    ],
  ),
  'identity.delegate-unknown': text(
    [
      'Chưa xác định được người nhận ủy quyền',
      'Người nhận phải là đảng viên đang sinh hoạt hoặc tổ chức đảng đang hoạt động; họ tên và số định danh phải khớp nhau.',
      'Đồng chí kiểm tra lại họ tên và số định danh 12 chữ số của người nhận.',
    ],
    [
      'The delegate could not be identified',
      'It must be a current Party member or an existing Party organisation; name and personal ID must belong together.',
      'Check the name and the 12-digit personal ID.',
    ],
  ),
  'identity.office-needs-person': text(
    [
      'Chức vụ chỉ ủy quyền cho một người',
      'Ai làm thay chức vụ phải được nêu đích danh.',
      'Đồng chí chọn một đảng viên làm người nhận.',
    ],
    [
      'An office is delegated to a person',
      'Whoever acts in an office must be known by name.',
      'Choose a Party member as the delegate.',
    ],
  ),
  'identity.procedures-missing': text(
    ['Chưa chọn thủ tục', 'Ủy quyền phải nêu rõ cho thủ tục nào.', 'Đồng chí đánh dấu ít nhất một thủ tục.'],
    ['No procedure chosen', 'A delegation names the procedures it is for.', 'Tick at least one procedure.'],
  ),
  'identity.procedure-unknown': text(
    [
      'Không rõ thủ tục',
      'Có thủ tục được chọn không có trong hệ thống.',
      'Đồng chí tải lại trang và chọn trong danh sách.',
    ],
    [
      'Unknown procedure',
      'A chosen procedure does not exist here.',
      'Reload the page and choose from the list.',
    ],
  ),
  'identity.basis-missing': text(
    [
      'Chưa ghi căn cứ',
      'Cần nêu lý do và văn bản làm căn cứ.',
      'Đồng chí ghi ngắn gọn, ví dụ: Giấy ủy quyền ngày …, do đi điều trị.',
    ],
    [
      'The basis is missing',
      'The reason and the document it rests on are needed.',
      'Write it briefly, for example: letter of authorisation of …, medical treatment.',
    ],
  ),
  'identity.evidence-unknown': text(
    ['Chưa có tệp minh chứng', 'Tệp được nêu không có trong hệ thống.', 'Đồng chí tải tệp lên lại.'],
    ['The evidence is not here', 'The file named is not kept in the system.', 'Upload it again.'],
  ),
  'identity.delegation-in-the-past': text(
    [
      'Ngày bắt đầu đã qua',
      'Ủy quyền không có hiệu lực ngược về trước hôm nay.',
      'Đồng chí chọn ngày bắt đầu từ hôm nay.',
    ],
    [
      'The first day has passed',
      'A delegation does not reach back before today.',
      'Let it begin today or later.',
    ],
  ),
  'identity.delegation-ends-early': text(
    ['Ngày kết thúc trước ngày bắt đầu', 'Hai ngày đang bị ngược.', 'Đồng chí xem lại hai ngày.'],
    ['It ends before it begins', 'The two days are the wrong way round.', 'Look at both days again.'],
  ),
  'identity.delegation-too-long': text(
    [
      'Thời hạn quá dài',
      'Mỗi ủy quyền dài nhất {days} ngày (thiết lập của hệ thống, không phải quy định).',
      'Đồng chí chọn ngày kết thúc sớm hơn; khi hết hạn có thể lập ủy quyền mới.',
    ],
    [
      'It runs too long',
      'A delegation runs at most {days} days (a setting of this system, not of the regulation).',
      'Choose an earlier last day; a new one can be granted afterwards.',
    ],
  ),
  'identity.unknown-delegation': text(
    [
      'Không tìm thấy ủy quyền',
      'Ủy quyền này không có trong danh sách của đồng chí.',
      'Đồng chí tải lại danh sách ủy quyền.',
    ],
    ['Delegation not found', 'This delegation is not in your list.', 'Reload the list of delegations.'],
  ),
  'identity.delegation-id-used': text(
    [
      'Ủy quyền đã được gửi trước đó',
      'Biểu mẫu này đã dùng cho một ủy quyền khác.',
      'Đồng chí xem danh sách ủy quyền; nếu chưa có, mở lại trang và gửi lần nữa.',
    ],
    [
      'This form was used before',
      'Another delegation was granted with this form.',
      'Look at the list; if it is not there, open the page again and send once more.',
    ],
  ),
} as const

const PASSKEY_TEXTS = {
  'identity.passkey-not-now': text(
    [
      'Lúc này không vào bằng khóa truy cập được',
      'VNeID đang hoạt động, hoặc đơn vị chưa cho dùng khóa truy cập.',
      'Đồng chí đăng nhập bằng VNeID.',
    ],
    [
      'Passkeys are not taken now',
      'VNeID works, or this installation does not use passkeys.',
      'Sign in with VNeID.',
    ],
  ),
  'identity.passkey-not-taken': text(
    [
      'Khóa truy cập chưa được nhận',
      'Hệ thống không nhận ra khóa này, hoặc thiết bị chưa xác nhận đúng là đồng chí.',
      'Đồng chí thử lại. Nếu khóa đã gỡ hoặc đăng ký ở hệ thống khác, chờ VNeID rồi đăng ký khóa mới.',
    ],
    [
      'The passkey was not taken',
      'The system does not know this key, or the device did not confirm that it is you.',
      'Try again. If the key was removed, or belongs to another system, wait for VNeID and register a new one.',
    ],
  ),
  'identity.passkey-copied': text(
    [
      'Khóa truy cập có dấu hiệu bị sao chép',
      'Bộ đếm của khóa không khớp với lần dùng trước, nên lần vào này bị từ chối.',
      'Khi VNeID hoạt động lại, đồng chí đăng nhập, gỡ khóa này và đăng ký khóa khác.',
    ],
    [
      'The passkey looks copied',
      'Its counter does not follow the last use, so it was refused.',
      'Once VNeID is back, sign in, remove this key and register another one.',
    ],
  ),
  'identity.passkey-too-late': text(
    [
      'Đã quá lâu hoặc đã dùng rồi',
      'Lần xác nhận này không còn dùng được: quá vài phút, hoặc mở từ trình duyệt khác.',
      'Đồng chí tải lại trang rồi bấm nút lần nữa.',
    ],
    [
      'Too late, or used already',
      'This confirmation counts no more: some minutes passed, or it began in another browser.',
      'Reload the page and press the button again.',
    ],
  ),
  'identity.passkey-known': text(
    [
      'Khóa này đã đăng ký rồi',
      'Khóa truy cập này đã có trong hệ thống.',
      'Đồng chí dùng khóa đang có; nếu đã gỡ, tạo khóa mới trên thiết bị.',
    ],
    [
      'This key is registered already',
      'The system has this passkey.',
      'Use the one you have; if it was removed, make a new one on the device.',
    ],
  ),
  'identity.passkey-too-many': text(
    [
      'Đã đủ số khóa truy cập',
      'Mỗi người có nhiều nhất {most} khóa.',
      'Đồng chí gỡ một khóa không dùng nữa rồi thêm.',
    ],
    ['There are enough passkeys', 'One person has at most {most}.', 'Remove one you do not use, then add.'],
  ),
  'identity.unknown-passkey': text(
    [
      'Không tìm thấy khóa này',
      'Khóa truy cập này không có trong danh sách của đồng chí.',
      'Đồng chí tải lại trang; có thể khóa đã được gỡ.',
    ],
    ['Passkey not found', 'This passkey is not in your list.', 'Reload the page; it may have been removed.'],
  ),
} as const

/** Words for every refusal code of identity. */
export const identityTexts: Readonly<Record<string, InTwoLanguages>> = {
  ...SIGN_IN_TEXTS,
  ...SESSION_TEXTS,
  ...DELEGATION_TEXTS,
  ...PASSKEY_TEXTS,
}
