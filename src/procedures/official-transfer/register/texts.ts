/** The words of the register's page, Vietnamese first. */
const vi = {
  title: 'Sổ giới thiệu sinh hoạt đảng',
  lead: 'Mẫu 10-SHĐ, ghi tự động khi giấy giới thiệu được cấp số hoặc đảng viên được tiếp nhận. Số đã hủy vẫn giữ trong sổ.',
  year: 'Năm',
  pdf: 'Tải sổ (PDF có xác nhận)',
  xlsx: 'Tải sổ (Excel)',
  empty: 'Năm này sổ chưa có dòng nào.',
  ordinal: 'TT',
  on: 'Ngày',
  name: 'Họ và tên',
  direction: 'Chiều',
  directions: { out: 'Giới thiệu đi', in: 'Tiếp nhận' },
  number: 'Số giấy',
  counterpart: 'Nơi đi hoặc nơi đến',
  referring: 'Cấp ủy giới thiệu',
  receiving: 'Cấp ủy nhận',
  note: 'Ghi chú',
}
const en: typeof vi = {
  title: 'Referral register',
  lead: 'Form 10-SHĐ, written by itself when a letter is numbered or a member is received. Voided numbers stay in the register.',
  year: 'Year',
  pdf: 'Download (PDF, sealed by the system)',
  xlsx: 'Download (Excel)',
  empty: 'The register of this year has no line yet.',
  ordinal: 'No.',
  on: 'Date',
  name: 'Name',
  direction: 'Direction',
  directions: { out: 'Referred out', in: 'Received' },
  number: 'Letter',
  counterpart: 'From or to',
  referring: 'Referring committee',
  receiving: 'Receiving committee',
  note: 'Note',
}
export const REGISTER_TEXTS = { vi, en }
export type RegisterTexts = typeof vi
