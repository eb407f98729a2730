/** The words about the system itself and about personal data, Vietnamese first. */

/** One kind of data: what it is, what for, and how long it stays. */
interface Kept {
  readonly what: string
  readonly why: string
  readonly howLong: string
}

const KEPT_VI: readonly Kept[] = [
  {
    what: 'Thông tin đảng viên trong danh sách: họ tên, ngày sinh, số định danh cá nhân, số thẻ, ngày vào Đảng, quê quán, nơi ở, điện thoại',
    why: 'Xác định đúng người, điền sẵn vào đơn và giấy giới thiệu, tính đảng số',
    howLong: 'Khi còn trong danh sách đảng viên của đơn vị; mỗi lần sửa có ghi lý do',
  },
  {
    what: 'Hồ sơ thủ tục: nội dung đề nghị, bản tự kiểm điểm, ý kiến, từng bước xử lý và ai đã xử lý',
    why: 'Giải quyết thủ tục và chứng minh đã làm đúng quy định',
    howLong: 'Không tự xóa: đơn vị lưu và hủy theo quy định lưu trữ hồ sơ của Đảng',
  },
  {
    what: 'Tệp đính kèm và giấy tờ đã ký',
    why: 'Căn cứ của hồ sơ; người nhận kiểm tra được chữ ký',
    howLong: 'Cùng với hồ sơ. Tài liệu mật bị từ chối ngay, không giữ nội dung, tên tệp',
  },
  {
    what: 'Lần đăng nhập: thiết bị, lúc vào, lúc dùng cuối',
    why: 'Để đồng chí tự thấy và kết thúc phiên lạ',
    howLong: '3 tháng sau lần dùng cuối',
  },
  {
    what: 'Thông báo và (nếu đồng chí cho) địa chỉ thư điện tử',
    why: 'Báo có việc mới; thư không nêu tên người, nội dung',
    howLong: 'Thông báo giữ cùng hồ sơ; địa chỉ thư xóa ngay khi đồng chí bỏ',
  },
  {
    what: 'Nhật ký vận hành: lúc nào, trang nào, mã lỗi',
    why: 'Tìm và sửa lỗi',
    howLong: 'Không ghi họ tên, số định danh, nội dung; đơn vị đặt thời gian giữ',
  },
]
const KEPT_EN: readonly Kept[] = [
  {
    what: 'The member’s entry: name, birth date, personal ID, card number, day of joining, native place, residence, phone',
    why: 'To know the right person, to fill in requests and letters, to count members',
    howLong: 'While in the organisation’s list; every correction keeps its reason',
  },
  {
    what: 'Dossiers: what was asked, the self-review, comments, each step and who took it',
    why: 'To decide, and to prove it was decided by the rules',
    howLong: 'Never deleted by itself: kept and destroyed under the Party’s archive rules',
  },
  {
    what: 'Attached files and signed papers',
    why: 'They are the ground of the dossier; whoever gets them can check the signatures',
    howLong: 'With the dossier. A secret document is refused at once, and neither content nor name is kept',
  },
  {
    what: 'Sign-ins: device, when, last used',
    why: 'So that you can see and end one you do not know',
    howLong: 'Three months after the last use',
  },
  {
    what: 'Notices and, if you give it, an e-mail address',
    why: 'To tell you something is new; mails name nobody and nothing',
    howLong: 'Notices with the dossier; the address until you remove it',
  },
  {
    what: 'The log: when, which page, which error',
    why: 'To find and mend defects',
    howLong: 'No names, IDs or content in it; the organisation sets how long it is kept',
  },
]

const vi = {
  title: 'Về hệ thống này',
  lead: 'Nơi đảng viên và tổ chức đảng làm thủ tục hành chính của Đảng trên mạng: nộp, xử lý, ký, theo dõi từng bước.',
  what: 'Hệ thống làm gì',
  whatText: [
    'Hiện nay có một thủ tục: chuyển sinh hoạt đảng chính thức, từ lúc gửi đề nghị đến khi chi bộ nơi đến tiếp nhận.',
    'Mỗi bước cho biết ai đang giữ hồ sơ, phải xong trước ngày nào, theo quy định nào. Bị từ chối thì luôn có lý do và cách làm tiếp.',
    'Giấy tờ được ký số; ai cầm giấy cũng kiểm tra được ở trang Kiểm tra giấy tờ.',
  ],
  official: 'Không phải trang chính thức',
  officialText:
    'Đây là phần mềm nguồn mở do một đơn vị tự cài đặt. Nó không phải Cổng Dịch vụ công quốc gia hay hệ thống của Trung ương, và không thay cho các hệ thống đó.',
  facts: 'Thông tin phần mềm',
  installation: 'Nơi cài đặt',
  version: 'Phiên bản',
  licence: 'Giấy phép',
  licenceText: 'EUPL-1.2, nguồn mở',
  api: 'Dành cho kết nối máy với máy',
  apiText: 'Mô tả giao diện (OpenAPI 3.1)',
  personalData: 'Thông tin cá nhân của đồng chí',
  personalDataText:
    'Hệ thống chỉ giữ những gì thủ tục cần. Số định danh và số thẻ được che bớt, chỉ hiện đủ khi công việc cần.',
  columns: { what: 'Giữ gì', why: 'Để làm gì', howLong: 'Giữ bao lâu' },
  kept: KEPT_VI,
  basis: 'Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định 356/2025/NĐ-CP',
  basisText:
    'Việc xử lý thông tin đảng viên phục vụ công tác quản lý đảng viên; thông tin về đảng tịch là thông tin nhạy cảm nên chỉ người có nhiệm vụ mới xem được.',
  rights: 'Đồng chí có quyền gì',
  rightsText: [
    'Xem thông tin của mình ở trang Hồ sơ của tôi.',
    'Báo sai để sửa: bấm “Báo sai” ở trang Hồ sơ của tôi; tổ chức đảng trả lời, nêu lý do.',
    'Biết ai đã xử lý hồ sơ của mình, lúc nào, theo quy định nào.',
    'Ngừng nhận thư điện tử, kết thúc các phiên đăng nhập, thu hồi ủy quyền bất cứ lúc nào.',
    'Hỏi, phản đối hoặc khiếu nại với chi bộ, đảng ủy nơi sinh hoạt.',
  ],
  device: 'Trên điện thoại, máy tính của đồng chí',
  deviceText: [
    'Trang dùng tối đa bốn cookie: phiên đăng nhập, lần đăng nhập đang làm dở, ngôn ngữ, cỡ chữ. Không theo dõi, không quảng cáo, không gửi gì cho bên khác.',
    'Vài trang đồng chí mở gần đây được giữ trên máy để đọc khi mất mạng, và xóa khi đăng xuất.',
  ],
}
const en: typeof vi = {
  title: 'About this system',
  lead: 'Where Party members and organisations do the Party’s administrative procedures online: ask, decide, sign, follow each step.',
  what: 'What it does',
  whatText: [
    'There is one procedure today: the official transfer of membership, from the request to the admission by the receiving cell.',
    'Each step says who has the dossier, by when it must be done, and under which rule. A refusal always says why and what to do next.',
    'Papers are signed electronically; whoever holds one can check it on the page that checks papers.',
  ],
  official: 'Not an official portal',
  officialText:
    'This is open-source software that an organisation installed by itself. It is neither the National Public Service Portal nor a system of the Centre, and replaces neither.',
  facts: 'About the software',
  installation: 'Installed at',
  version: 'Version',
  licence: 'Licence',
  licenceText: 'EUPL-1.2, open source',
  api: 'For other programs',
  apiText: 'Description of the interface (OpenAPI 3.1)',
  personalData: 'Your personal data',
  personalDataText:
    'Only what the procedures need is kept. ID and card numbers are partly hidden and shown in full only where the work needs it.',
  columns: { what: 'What is kept', why: 'What for', howLong: 'How long' },
  kept: KEPT_EN,
  basis: 'Personal Data Protection Law 91/2025/QH15 and Decree 356/2025',
  basisText:
    'Members’ data is processed to manage membership; membership is sensitive data, so only those whose task it is can see it.',
  rights: 'Your rights',
  rightsText: [
    'See your own data on the page My record.',
    'Have an error mended: press “Report an error” on My record; the organisation answers and says why.',
    'Know who handled your dossier, when, and under which rule.',
    'Stop mails, end sessions and take back delegations at any time.',
    'Ask, object or complain to your cell or committee.',
  ],
  device: 'On your phone or computer',
  deviceText: [
    'At most four cookies are used: the session, a sign-in under way, the language, the size of text. No tracking, no advertising, nothing sent to anybody else.',
    'A few pages you opened lately are kept on the device to be read without a signal, and forgotten when you sign out.',
  ],
}
export const ABOUT_TEXTS = { vi, en }
export type AboutTexts = typeof vi
