/** The 33 columns of the clean-up list of members (domain E.4), by the headers lists give them. */
import type { MemberFacts } from '../members/store.ts'
import type { Column } from '../../spreadsheets/table.ts'

/** The fields of a row: a member's facts, with the organisation by its name. */
export type MemberField =
  Exclude<keyof MemberFacts, 'birthPrecision' | 'joinedPrecision'> | 'ordinal' | 'organisation'

/**
 * Mandatory here is what an import cannot do without; what the list marks (*) beyond that is warned about row by row
 * (`STARRED_TEXTS`).
 */
export const MEMBER_COLUMNS: readonly Column<MemberField>[] = [
  { field: 'ordinal', headers: ['STT', 'TT', 'Số TT', 'Số thứ tự'], prefilled: true },
  { field: 'listId', headers: ['ID', 'Mã đảng viên'], prefilled: true },
  {
    field: 'fullName',
    headers: ['Họ và tên', 'Họ tên', 'Họ và tên khai sinh', 'Họ tên đảng viên'],
    mandatory: true,
  },
  { field: 'otherName', headers: ['Tên gọi khác', 'Bí danh', 'Họ và tên đang dùng'] },
  { field: 'sex', headers: ['Giới tính', 'Nam/Nữ'], mandatory: true },
  {
    field: 'birthDate',
    headers: ['Ngày sinh', 'Ngày tháng năm sinh', 'Ngày, tháng, năm sinh'],
    mandatory: true,
  },
  { field: 'ethnicity', headers: ['Dân tộc'] },
  { field: 'religion', headers: ['Tôn giáo'] },
  {
    field: 'personalId',
    headers: [
      'Số định danh cá nhân',
      'Số CCCD',
      'Số định danh cá nhân/CCCD',
      'Số căn cước',
      'Số căn cước công dân',
      'CCCD',
      'Mã định danh cá nhân',
    ],
    mandatory: true,
  },
  { field: 'cardNumber', headers: ['Số thẻ đảng viên', 'Số thẻ Đảng', 'Số thẻ'] },
  { field: 'cardPlace', headers: ['Nơi cấp thẻ'] },
  { field: 'cardIssuedOn', headers: ['Ngày cấp thẻ'] },
  { field: 'oldCardNumber', headers: ['Số thẻ theo Quyết định 85', 'Số thẻ theo QĐ 85', 'Số thẻ cũ'] },
  {
    field: 'organisation',
    headers: [
      'Tổ chức đảng đang sinh hoạt',
      'Chi bộ đang sinh hoạt',
      'Chi bộ',
      'Tổ chức đảng',
      'Đơn vị sinh hoạt',
    ],
    mandatory: true,
  },
  { field: 'birthCountry', headers: ['Quốc gia nơi sinh'] },
  { field: 'birthProvince', headers: ['Tỉnh nơi sinh', 'Tỉnh, thành phố nơi sinh'] },
  { field: 'birthDetail', headers: ['Chi tiết nơi sinh'] },
  { field: 'nativeCountry', headers: ['Quốc gia quê quán'] },
  { field: 'nativeProvince', headers: ['Tỉnh quê quán', 'Tỉnh, thành phố quê quán'] },
  { field: 'nativeDetail', headers: ['Chi tiết quê quán'] },
  { field: 'residenceCountry', headers: ['Quốc gia thường trú'] },
  { field: 'residenceProvince', headers: ['Tỉnh thường trú', 'Tỉnh, thành phố thường trú'] },
  { field: 'residenceDetail', headers: ['Chi tiết thường trú'] },
  { field: 'joinedOn', headers: ['Ngày vào Đảng', 'Ngày kết nạp', 'Ngày vào Đảng lần đầu'], mandatory: true },
  { field: 'officialOn', headers: ['Ngày chính thức', 'Ngày vào Đảng chính thức'], mandatory: true },
  { field: 'oldIdNumber', headers: ['Số CMND 9 số', 'Số CMND'] },
  { field: 'standing', headers: ['Trạng thái sinh hoạt', 'Trạng thái'] },
  { field: 'endedOn', headers: ['Ngày ra khỏi/từ trần/miễn'] },
  { field: 'deletionRequested', headers: ['Đề nghị xóa', 'Đề nghị xoá'] },
  { field: 'birthCommune', headers: ['Xã nơi sinh (tạm)', 'Xã nơi sinh'] },
  { field: 'residenceCommune', headers: ['Xã thường trú (tạm)', 'Xã thường trú'] },
  { field: 'phone', headers: ['Số điện thoại', 'Điện thoại'] },
  { field: 'note', headers: ['Ghi chú'] },
]

/** Texts marked (*) in the list without which a row is still taken. */
export const STARRED_TEXTS = [
  'ethnicity',
  'religion',
  'birthCountry',
  'birthProvince',
  'nativeCountry',
  'nativeProvince',
  'residenceCountry',
  'residenceProvince',
] as const satisfies readonly MemberField[]

/** Texts taken as they stand. */
export const PLAIN_TEXTS = [
  'listId',
  'otherName',
  'cardPlace',
  'birthDetail',
  'nativeDetail',
  'residenceDetail',
  'birthCommune',
  'residenceCommune',
  'deletionRequested',
  'note',
] as const satisfies readonly MemberField[]
