/** The words about the system itself and about personal data, Vietnamese first. */

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
  basis: 'Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định 356/2025/NĐ-CP',
  basisText:
    'Việc xử lý thông tin đảng viên phục vụ công tác quản lý đảng viên; thông tin về đảng tịch là thông tin nhạy cảm nên chỉ người có nhiệm vụ mới xem được.',
  rights: 'Đồng chí có quyền gì',
  rightsText: [
    'Xem thông tin của mình ở trang Hồ sơ của tôi.',
    'Báo sai để sửa: bấm “Báo thông tin sai” ở trang Hồ sơ của tôi; chi bộ xem, Ban Xây dựng Đảng quyết định, nêu lý do; đồng chí thấy từng bước.',
    'Biết ai đã xem hồ sơ của mình, và hỏi lại khi thấy lạ.',
    'Tải về, in toàn bộ dữ liệu của mình.',
    'Biết ai đã xử lý hồ sơ của mình, lúc nào, theo quy định nào.',
    'Ngừng nhận thư điện tử, kết thúc các phiên đăng nhập, thu hồi ủy quyền bất cứ lúc nào.',
    'Hỏi, phản đối hoặc khiếu nại với chi bộ, đảng ủy nơi sinh hoạt.',
  ],
  device: 'Trên điện thoại, máy tính của đồng chí',
  deviceText: [
    'Trang dùng tối đa năm cookie: phiên đăng nhập, lần đăng nhập đang làm dở, biểu mẫu vừa được nhận, ngôn ngữ, cỡ chữ. Không theo dõi, không quảng cáo, không gửi gì cho bên khác.',
    'Khi đồng chí đồng ý, vài trang mở gần đây được giữ trên máy để đọc khi mất mạng, và xóa khi đăng xuất.',
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
  basis: 'Personal Data Protection Law 91/2025/QH15 and Decree 356/2025',
  basisText:
    'Members’ data is processed to manage membership; membership is sensitive data, so only those whose task it is can see it.',
  rights: 'Your rights',
  rightsText: [
    'See your own data on the page My record.',
    'Have an error mended: press “Report an error” on My record; the cell looks, the Building commission decides and says why; you see every step.',
    'Know who looked at your record, and ask when a look seems odd.',
    'Download and print all of your data.',
    'Know who handled your dossier, when, and under which rule.',
    'Stop mails, end sessions and take back delegations at any time.',
    'Ask, object or complain to your cell or committee.',
  ],
  device: 'On your phone or computer',
  deviceText: [
    'At most five cookies are used: the session, a sign-in under way, the form just taken, the language, the size of text. No tracking, no advertising, nothing sent to anybody else.',
    'Where you agree, a few pages you opened lately are kept on the device to be read without a signal, and forgotten when you sign out.',
  ],
}
export const ABOUT_TEXTS = { vi, en }
export type AboutTexts = typeof vi
