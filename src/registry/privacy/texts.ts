/** The words around the notice and the choices, Vietnamese first; the texts themselves stand in `versions/`. */
const vi = {
  version: 'Bản {version}, từ {from}',
  changed: 'So với bản đồng chí đã đọc, có thay đổi',
  iHaveRead: 'Tôi đã đọc',
  readNow: 'Đã ghi: đồng chí đã đọc thông báo này',
  readBefore: 'Đồng chí đã đọc bản này.',
  otherVersions: 'Các bản khác',
  toNotice: 'Đọc thông báo xử lý dữ liệu cá nhân',
  choicesTitle: 'Lựa chọn của tôi',
  choicesLead:
    'Những việc này không bắt buộc. Chưa chọn tức là không. Đồng chí đổi lúc nào cũng được, có hiệu lực ngay.',
  given: 'Đang bật',
  notGiven: 'Đang tắt',
  since: 'từ {at}, theo bản {version}',
  agree: 'Đồng ý, bật',
  withdraw: 'Rút đồng ý, tắt',
  address: 'Địa chỉ thư điện tử',
  addressNow: 'Thư gửi đến {address}',
  saved: 'Đã ghi lựa chọn của đồng chí',
  addressInvalid: 'Đồng chí ghi địa chỉ thư, ví dụ ten@example.vn.',
  back: 'Hồ sơ của tôi',
}
const en: typeof vi = {
  version: 'Version {version}, from {from}',
  changed: 'Other than in the version you read',
  iHaveRead: 'I have read it',
  readNow: 'Kept: you have read this notice',
  readBefore: 'You have read this version.',
  otherVersions: 'Other versions',
  toNotice: 'Read the notice on the processing of personal data',
  choicesTitle: 'My choices',
  choicesLead:
    'All of this is voluntary. Nothing chosen means no. Change it at any time, with immediate effect.',
  given: 'On',
  notGiven: 'Off',
  since: 'since {at}, under version {version}',
  agree: 'Agree, switch on',
  withdraw: 'Withdraw, switch off',
  address: 'E-mail address',
  addressNow: 'Mail goes to {address}',
  saved: 'Your choice was kept',
  addressInvalid: 'Write an address, for example name@example.vn.',
  back: 'My record',
}
export const PRIVACY_TEXTS = { vi, en }
export type PrivacyTexts = typeof vi
