/** The words by which the transfer stands on the first pages: what it is for, and what is asked of many at once. */

export const TRANSFER_ABOUT = {
  vi: 'Chuyển hẳn đến nơi làm việc, nơi ở mới hoặc chi bộ khác',
  en: 'Moving for good to a new workplace, home or cell',
}

export const TRANSFER_BULK = {
  'accept-intake': { vi: 'Nhận xử lý các hồ sơ đã chọn', en: 'Accept the chosen dossiers' },
  'take-number': { vi: 'Lấy số các hồ sơ đã chọn', en: 'Number the chosen dossiers' },
  'sign-referral': { vi: 'Ký các hồ sơ đã chọn', en: 'Sign the chosen dossiers' },
}
