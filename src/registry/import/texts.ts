/** The words for what an import finds: what is wrong, and how the cell that sent the list mends it. */
import type { Problem, ProblemCode, Severity } from './problems.ts'

interface Words {
  readonly what: string
  /** what to do; left out where nothing is to be done */
  readonly fix?: string
}

/** `what` names the defect, `fix` says how to mend the list. */
export const PROBLEM_TEXTS: Readonly<Record<ProblemCode, { readonly vi: Words; readonly en: Words }>> = {
  'row.not-a-record': {
    vi: {
      what: 'Dòng không đủ thông tin để là một bản ghi',
      fix: 'Ghi đủ các cột bắt buộc, hoặc xóa dòng này khỏi danh sách.',
    },
    en: { what: 'The row is not a record', fix: 'Fill in the mandatory columns, or delete the row.' },
  },
  'cell.formula': {
    vi: { what: 'Ô chứa công thức, đã lấy kết quả đang hiển thị' },
    en: { what: 'The cell holds a formula; the result it shows was taken' },
  },
  'cell.error': {
    vi: { what: 'Ô báo lỗi của bảng tính', fix: 'Ghi trực tiếp giá trị vào ô.' },
    en: { what: 'The cell shows a spreadsheet error', fix: 'Type the value into the cell.' },
  },
  'text.decomposed': {
    vi: { what: 'Chữ Việt ở dạng Unicode tổ hợp, đã chuyển sang dựng sẵn' },
    en: { what: 'Vietnamese letters in decomposed Unicode, composed' },
  },
  'text.too-long': {
    vi: { what: 'Nội dung ô quá dài', fix: 'Rút gọn nội dung dưới 500 ký tự.' },
    en: { what: 'The text is too long', fix: 'Shorten it to less than 500 characters.' },
  },
  'field.missing': {
    vi: { what: 'Thiếu thông tin bắt buộc', fix: 'Bổ sung thông tin theo hồ sơ đảng viên.' },
    en: { what: 'A mandatory field is empty', fix: "Fill it in from the member's file." },
  },
  'full-name.form': {
    vi: { what: 'Họ tên viết hoa toàn bộ, viết thường toàn bộ hoặc thừa khoảng trắng, đã viết lại' },
    en: { what: 'Name in capitals, in small letters or with surplus blanks, rewritten' },
  },
  'full-name.implausible': {
    vi: {
      what: 'Họ tên có ký tự không dùng trong tên người',
      fix: 'Ghi họ tên như trên căn cước, chỉ gồm chữ cái.',
    },
    en: { what: 'The name holds characters no name has', fix: 'Write the name as on the identity card.' },
  },
  'date.from-excel': {
    vi: { what: 'Ngày lưu dạng ngày của bảng tính, đã chuyển sang ngày/tháng/năm' },
    en: { what: 'A spreadsheet date, converted to day/month/year' },
  },
  'date.form': {
    vi: { what: 'Ngày chưa viết dạng dd/mm/yyyy, đã viết lại' },
    en: { what: 'A date not written dd/mm/yyyy, rewritten' },
  },
  'date.year-only': {
    vi: { what: 'Chỉ có năm, giữ nguyên độ chính xác đến năm', fix: 'Bổ sung ngày, tháng nếu có giấy tờ.' },
    en: { what: 'Only a year, kept with that precision', fix: 'Add day and month if a document says them.' },
  },
  'date.month-only': {
    vi: {
      what: 'Chỉ có tháng và năm, giữ nguyên độ chính xác đến tháng',
      fix: 'Bổ sung ngày nếu có giấy tờ.',
    },
    en: { what: 'Only month and year, kept with that precision', fix: 'Add the day if a document says it.' },
  },
  'date.not-exact': {
    vi: { what: 'Ngày này cần đủ ngày, tháng, năm', fix: 'Ghi đủ ngày/tháng/năm.' },
    en: { what: 'This date needs day, month and year', fix: 'Write day/month/year.' },
  },
  'date.unreadable': {
    vi: { what: 'Không đọc được ngày', fix: 'Ghi ngày dạng dd/mm/yyyy, ví dụ 05/09/1987.' },
    en: { what: 'The date cannot be read', fix: 'Write it dd/mm/yyyy, for example 05/09/1987.' },
  },
  'date.in-future': {
    vi: { what: 'Ngày ở tương lai', fix: 'Kiểm tra lại năm.' },
    en: { what: 'The date lies in the future', fix: 'Check the year.' },
  },
  'date.official-before-joining': {
    vi: {
      what: 'Ngày chính thức trước ngày vào Đảng',
      fix: 'Đối chiếu quyết định kết nạp và quyết định công nhận chính thức.',
    },
    en: {
      what: 'Official before joining',
      fix: 'Compare both decisions and correct the date that is wrong.',
    },
  },
  'date.joined-young': {
    vi: { what: 'Vào Đảng khi chưa đủ 18 tuổi', fix: 'Đối chiếu ngày sinh và quyết định kết nạp.' },
    en: { what: 'Joined before the age of 18', fix: 'Compare birth date and decision of admission.' },
  },
  'date.official-early': {
    vi: { what: 'Thời gian dự bị ngắn hơn 12 tháng', fix: 'Đối chiếu hai quyết định; ghi lý do nếu đúng.' },
    en: {
      what: 'Probation shorter than 12 months',
      fix: 'Compare both decisions; note the reason if it is right.',
    },
  },
  'date.card-before-official': {
    vi: { what: 'Thẻ cấp trước ngày chính thức', fix: 'Đối chiếu ngày cấp trên thẻ đảng viên.' },
    en: { what: 'The card was issued before the member was official', fix: 'Check the day on the card.' },
  },
  'date.until-before-since': {
    vi: { what: '"Đến ngày" trước "Từ ngày"', fix: 'Sửa một trong hai ngày.' },
    en: { what: 'The end lies before the beginning', fix: 'Correct one of the two days.' },
  },
  'sex.free-text': {
    vi: { what: 'Giới tính ghi khác "Nam", "Nữ", khớp với số định danh nên đã viết lại' },
    en: { what: 'Sex not written "Nam" or "Nữ"; the personal ID agrees, rewritten' },
  },
  'sex.missing': {
    vi: { what: 'Thiếu giới tính', fix: 'Ghi "Nam" hoặc "Nữ" theo căn cước.' },
    en: { what: 'Sex is missing', fix: 'Write "Nam" or "Nữ" as on the identity card.' },
  },
  'sex.unclear': {
    vi: {
      what: 'Giới tính ghi tự do và không khớp với số định danh',
      fix: 'Ghi "Nam" hoặc "Nữ" theo căn cước, kiểm tra cả số định danh.',
    },
    en: {
      what: 'Sex in free text that the personal ID does not confirm',
      fix: 'Write "Nam" or "Nữ" and check the personal ID.',
    },
  },
  'personal-id.missing': {
    vi: { what: 'Thiếu số định danh cá nhân', fix: 'Ghi đủ 12 số theo căn cước, ở ô định dạng văn bản.' },
    en: { what: 'The personal ID is missing', fix: 'Write all 12 digits, in a cell formatted as text.' },
  },
  'personal-id.zeros-lost': {
    vi: {
      what: 'Số định danh mất số 0 ở đầu',
      fix: 'Ghi lại đủ 12 số ở ô định dạng văn bản: thêm số 0 không khớp với tỉnh, giới tính, năm sinh của dòng.',
    },
    en: {
      what: 'The personal ID lost its leading zeros',
      fix: 'Write all 12 digits as text: padding does not agree with province, sex and birth year.',
    },
  },
  'personal-id.blanks': {
    vi: { what: 'Số định danh có khoảng trắng, đã bỏ' },
    en: { what: 'Blanks inside the personal ID, removed' },
  },
  'personal-id.malformed': {
    vi: { what: 'Số định danh không phải 12 chữ số', fix: 'Đối chiếu căn cước và ghi đủ 12 số.' },
    en: {
      what: 'The personal ID is not 12 digits',
      fix: 'Compare the identity card and write all 12 digits.',
    },
  },
  'personal-id.province-unknown': {
    vi: { what: 'Số định danh có mã tỉnh hoặc mã thế kỷ không tồn tại', fix: 'Đối chiếu căn cước.' },
    en: {
      what: 'No province or century has the beginning of this personal ID',
      fix: 'Compare the identity card.',
    },
  },
  'personal-id.disagrees': {
    vi: {
      what: 'Giới tính hoặc năm sinh khác với số định danh',
      fix: 'Đối chiếu căn cước và hồ sơ; sửa bên sai.',
    },
    en: {
      what: 'Sex or birth year differ from the personal ID',
      fix: 'Compare identity card and file; correct what is wrong.',
    },
  },
  'personal-id.duplicate': {
    vi: {
      what: 'Số định danh đã có ở một dòng trước',
      fix: 'Giữ một dòng; nếu là hai người thì sửa số định danh.',
    },
    en: {
      what: 'An earlier row has the same personal ID',
      fix: 'Keep one row; if they are two people, correct the ID.',
    },
  },
  'personal-id.of-another': {
    vi: {
      what: 'Số định danh đã thuộc về một người khác tên và khác ngày sinh',
      fix: 'Đối chiếu căn cước của đồng chí này.',
    },
    en: {
      what: 'The personal ID belongs to a person of another name and birth date',
      fix: "Compare this member's identity card.",
    },
  },
  'personal-id.unknown': {
    vi: {
      what: 'Không có đảng viên nào mang số định danh này',
      fix: 'Nhập danh sách đảng viên trước, hoặc sửa số định danh.',
    },
    en: { what: 'No member has this personal ID', fix: 'Import the members first, or correct the ID.' },
  },
  'card-number.missing': {
    vi: { what: 'Có ngày cấp thẻ nhưng thiếu số thẻ', fix: 'Ghi số thẻ theo thẻ đảng viên.' },
    en: { what: 'A card issued on a day, but without number', fix: 'Write the number that is on the card.' },
  },
  'card-number.zeros-lost': {
    vi: { what: 'Số thẻ mất số 0 ở đầu, khớp với số định danh nên đã thêm lại' },
    en: { what: 'The card number lost its zeros; it agrees with the personal ID, restored' },
  },
  'card-number.malformed': {
    vi: {
      what: 'Số thẻ không phải 12 chữ số, giữ như đã ghi',
      fix: 'Ghi số thẻ 12 số; số cũ ghi vào cột "Số thẻ theo Quyết định 85".',
    },
    en: {
      what: 'The card number is not 12 digits, kept as written',
      fix: 'Write the 12 digits; the old number has a column of its own.',
    },
  },
  'card-number.differs': {
    vi: { what: 'Số thẻ khác số định danh', fix: 'Đối chiếu thẻ đảng viên và căn cước.' },
    en: { what: 'The card number differs from the personal ID', fix: 'Compare card and identity card.' },
  },
  'digits.zeros-lost': {
    vi: { what: 'Ô lưu dạng số, có thể đã mất số 0 ở đầu', fix: 'Ghi lại ở ô định dạng văn bản.' },
    en: {
      what: 'Stored as a number: leading zeros may be lost',
      fix: 'Write it in a cell formatted as text.',
    },
  },
  'standing.unknown': {
    vi: {
      what: 'Không rõ trạng thái sinh hoạt',
      fix: 'Ghi một trong: Đang sinh hoạt đảng; Miễn công tác và sinh hoạt đảng; Ra khỏi Đảng; Xóa tên; Từ trần.',
    },
    en: {
      what: 'Unknown standing',
      fix: 'Write one of: Đang sinh hoạt đảng; Miễn công tác và sinh hoạt đảng; Ra khỏi Đảng; Xóa tên; Từ trần.',
    },
  },
  'standing.transferred': {
    vi: {
      what: 'Đã chuyển sinh hoạt: không còn thuộc chi bộ này',
      fix: 'Xóa dòng này; đồng chí được nhập từ danh sách của nơi đến.',
    },
    en: {
      what: 'Transferred: no longer of this cell',
      fix: 'Delete the row; the list of the destination brings this member.',
    },
  },
  'standing.day-missing': {
    vi: {
      what: 'Thiếu ngày ra khỏi Đảng hoặc từ trần',
      fix: 'Ghi ngày vào cột "Ngày ra khỏi/từ trần/miễn".',
    },
    en: { what: 'The day of leaving or death is missing', fix: 'Write it into its column.' },
  },
  'standing.ended-before': {
    vi: {
      what: 'Sổ bộ ghi đồng chí này đã ra khỏi Đảng hoặc từ trần',
      fix: 'Khôi phục đảng tịch cần quyết định, không nhập từ danh sách.',
    },
    en: {
      what: 'The registry says this member left or died',
      fix: 'Restoring a membership needs a decision; no list does it.',
    },
  },
  'deletion.requested': {
    vi: { what: 'Chi bộ đề nghị xóa khỏi danh sách', fix: 'Xem xét đề nghị; chưa thay đổi gì.' },
    en: { what: 'The cell asks to delete this row', fix: 'Look into it; nothing was changed.' },
  },
  'organisation.unknown': {
    vi: {
      what: 'Không có tổ chức đảng mang tên này',
      fix: 'Ghi đúng tên chi bộ như trong danh sách tổ chức.',
    },
    en: { what: 'No organisation has this name', fix: 'Write the name as in the list of organisations.' },
  },
  'organisation.abbreviated': {
    vi: { what: 'Tên chi bộ viết tắt, chỉ khớp với một chi bộ nên đã viết đủ' },
    en: { what: 'Abbreviated name of a cell; only one fits, written out' },
  },
  'organisation.form': {
    vi: { what: 'Tên chi bộ viết khác chữ hoa, dấu hoặc khoảng trắng, đã viết lại' },
    en: { what: 'Name of a cell with other capitals, accents or blanks, rewritten' },
  },
  'organisation.ambiguous': {
    vi: {
      what: 'Nhiều chi bộ cùng mang tên này',
      fix: 'Nêu phường, xã ở tiêu đề danh sách, hoặc chọn đảng bộ khi nhập (--under MÃ).',
    },
    en: {
      what: 'Several cells have this name',
      fix: 'Name the ward in the title of the list, or choose it when importing (--under CODE).',
    },
  },
  'organisation.holds-no-members': {
    vi: { what: 'Tổ chức này không trực tiếp có đảng viên', fix: 'Ghi tên chi bộ.' },
    en: { what: 'Members do not belong to this organisation directly', fix: 'Write the name of the cell.' },
  },
  'organisation.differs': {
    vi: {
      what: 'Mã này đã thuộc về một tổ chức có tên, loại hình hoặc cấp trên khác',
      fix: 'Nếu là thay đổi, ghi ngày vào cột "Từ ngày"; nếu không, sửa mã.',
    },
    en: {
      what: 'The code belongs to an organisation of another name, kind or parent',
      fix: 'If it changed, write the day into the column "Từ ngày"; else correct the code.',
    },
  },
  'organisation.changed': {
    vi: { what: 'Tổ chức đã có trong sổ bộ được thay đổi từ ngày ghi ở dòng' },
    en: { what: 'A known organisation was changed from the day of the row' },
  },
  'organisation.outside': {
    vi: { what: 'Tổ chức nằm ngoài đảng bộ đang nhập', fix: 'Xóa dòng này, hoặc nhập ở đảng bộ cấp trên.' },
    en: {
      what: 'The organisation lies outside the one imported for',
      fix: 'Delete the row, or import for the committee above.',
    },
  },
  'organisation-code.form': {
    vi: { what: 'Mã tổ chức đảng viết thiếu dấu chấm, đã viết lại' },
    en: { what: 'Code without dots, rewritten' },
  },
  'organisation-code.malformed': {
    vi: {
      what: 'Mã tổ chức đảng không đúng dạng [2].[3].[3].[3].[3]',
      fix: 'Ghi mã 14 số, ví dụ 79.021.013.000.001.',
    },
    en: {
      what: 'The code is not [2].[3].[3].[3].[3]',
      fix: 'Write the 14 digits, for example 79.021.013.000.001.',
    },
  },
  'organisation-code.duplicate': {
    vi: { what: 'Mã đã có ở một dòng trước', fix: 'Giữ một dòng, hoặc sửa mã.' },
    en: { what: 'An earlier row has the same code', fix: 'Keep one row, or correct the code.' },
  },
  'organisation-code.unknown': {
    vi: { what: 'Không có tổ chức đảng mang mã này', fix: 'Nhập danh sách tổ chức trước, hoặc sửa mã.' },
    en: {
      what: 'No organisation has this code',
      fix: 'Import the organisations first, or correct the code.',
    },
  },
  'kind.unknown': {
    vi: {
      what: 'Không rõ loại hình tổ chức',
      fix: 'Ghi loại hình như trong danh mục, ví dụ "Chi bộ", "Đảng bộ xã, phường".',
    },
    en: { what: 'Unknown kind of organisation', fix: 'Write a kind of the catalogue, for example "Chi bộ".' },
  },
  'parent.held-back': {
    vi: { what: 'Tổ chức cấp trên chưa được nhập', fix: 'Sửa dòng của tổ chức cấp trên trước.' },
    en: { what: 'The organisation above was not imported', fix: 'Mend its row first.' },
  },
  'member.elsewhere': {
    vi: {
      what: 'Đồng chí này đang sinh hoạt ở một tổ chức khác',
      fix: 'Chuyển sinh hoạt đảng là một thủ tục, không nhập từ danh sách.',
    },
    en: {
      what: 'This member belongs to another organisation',
      fix: 'Moving is a procedure: a list does not do it.',
    },
  },
  'member.in-transit': {
    vi: {
      what: 'Đồng chí này đang trong quá trình chuyển sinh hoạt',
      fix: 'Đợi thủ tục chuyển sinh hoạt kết thúc.',
    },
    en: { what: 'This member is in transit', fix: 'Wait until the transfer ends.' },
  },
  'member.updated': {
    vi: { what: 'Thông tin đã có được thay bằng thông tin của danh sách' },
    en: { what: 'Facts of a known member were replaced by those of the list' },
  },
  'office.position-unknown': {
    vi: { what: 'Không rõ chức vụ', fix: 'Ghi chức vụ như trong danh mục, ví dụ "Bí thư chi bộ".' },
    en: { what: 'Unknown position', fix: 'Write a position of the catalogue, for example "Bí thư chi bộ".' },
  },
  'office.name-differs': {
    vi: { what: 'Họ tên khác với đảng viên mang số định danh này', fix: 'Kiểm tra số định danh và họ tên.' },
    en: { what: 'The name differs from that of the member with this ID', fix: 'Check ID and name.' },
  },
  'office.duplicate': {
    vi: { what: 'Chức vụ này đã có ở một dòng trước', fix: 'Xóa dòng trùng.' },
    en: { what: 'An earlier row names the same office', fix: 'Delete the second row.' },
  },
  'office.own': {
    vi: {
      what: 'Người nhập danh sách không tự cấp chức vụ cho mình',
      fix: 'Nhờ một đồng chí khác có quyền nhập dòng này.',
    },
    en: {
      what: 'Nobody gives an office to themselves',
      fix: 'Ask another officer who imports lists to import this row.',
    },
  },
  'office.administrator': {
    vi: {
      what: 'Chức vụ quản trị hệ thống không cấp qua danh sách',
      fix: 'Người quản trị cấp ở trang Thiết lập, mục Chức vụ.',
    },
    en: {
      what: 'A list does not make system administrators',
      fix: 'An administrator gives this office on the page Settings, Offices.',
    },
  },
  'office.overlaps': {
    vi: {
      what: 'Đồng chí này đã giữ chức vụ đó trong khoảng thời gian khác nhưng chồng lấn',
      fix: 'Kết thúc chức vụ cũ ở sổ bộ trước, hoặc sửa ngày.',
    },
    en: {
      what: 'This member holds the same office at overlapping days',
      fix: 'End the earlier office first, or correct the days.',
    },
  },
}

/** Fields of lists as people call them. */
export const FIELD_TEXTS: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  fullName: { vi: 'Họ và tên', en: 'Full name' },
  otherName: { vi: 'Tên gọi khác', en: 'Other name' },
  sex: { vi: 'Giới tính', en: 'Sex' },
  birthDate: { vi: 'Ngày sinh', en: 'Birth date' },
  ethnicity: { vi: 'Dân tộc', en: 'Ethnicity' },
  religion: { vi: 'Tôn giáo', en: 'Religion' },
  personalId: { vi: 'Số định danh cá nhân', en: 'Personal ID' },
  cardNumber: { vi: 'Số thẻ đảng viên', en: 'Card number' },
  cardPlace: { vi: 'Nơi cấp thẻ', en: 'Card issued at' },
  cardIssuedOn: { vi: 'Ngày cấp thẻ', en: 'Card issued on' },
  oldCardNumber: { vi: 'Số thẻ theo Quyết định 85', en: 'Old card number' },
  organisation: { vi: 'Tổ chức đảng đang sinh hoạt', en: 'Organisation' },
  birthCountry: { vi: 'Quốc gia nơi sinh', en: 'Country of birth' },
  birthProvince: { vi: 'Tỉnh nơi sinh', en: 'Province of birth' },
  birthDetail: { vi: 'Chi tiết nơi sinh', en: 'Place of birth' },
  birthCommune: { vi: 'Xã nơi sinh', en: 'Commune of birth' },
  nativeCountry: { vi: 'Quốc gia quê quán', en: 'Native country' },
  nativeProvince: { vi: 'Tỉnh quê quán', en: 'Native province' },
  nativeDetail: { vi: 'Chi tiết quê quán', en: 'Native place' },
  residenceCountry: { vi: 'Quốc gia thường trú', en: 'Country of residence' },
  residenceProvince: { vi: 'Tỉnh thường trú', en: 'Province of residence' },
  residenceDetail: { vi: 'Chi tiết thường trú', en: 'Residence' },
  residenceCommune: { vi: 'Xã thường trú', en: 'Commune of residence' },
  joinedOn: { vi: 'Ngày vào Đảng', en: 'Joined on' },
  officialOn: { vi: 'Ngày chính thức', en: 'Official on' },
  oldIdNumber: { vi: 'Số CMND 9 số', en: 'Old ID number' },
  standing: { vi: 'Trạng thái sinh hoạt', en: 'Standing' },
  endedOn: { vi: 'Ngày ra khỏi/từ trần/miễn', en: 'Left, died or exempted on' },
  deletionRequested: { vi: 'Đề nghị xóa', en: 'Deletion requested' },
  phone: { vi: 'Số điện thoại', en: 'Telephone' },
  note: { vi: 'Ghi chú', en: 'Note' },
  listId: { vi: 'ID', en: 'List id' },
  code: { vi: 'Mã tổ chức đảng', en: 'Code' },
  name: { vi: 'Tên tổ chức đảng', en: 'Name' },
  kind: { vi: 'Loại hình', en: 'Kind' },
  parentCode: { vi: 'Mã tổ chức cấp trên', en: 'Code of the organisation above' },
  validFrom: { vi: 'Từ ngày', en: 'From' },
  position: { vi: 'Chức vụ', en: 'Position' },
  organisationCode: { vi: 'Mã tổ chức đảng', en: 'Code of the organisation' },
  since: { vi: 'Từ ngày', en: 'From' },
  until: { vi: 'Đến ngày', en: 'Until' },
  row: { vi: 'Cả dòng', en: 'The whole row' },
}

/** A problem with the words to mend it that belong to its code, unless better ones are given. */
export function problemOf(
  row: number,
  code: ProblemCode,
  severity: Severity,
  field: string,
  more: { found: string; repair?: string; fix?: string },
): Problem {
  const fix = severity === 'repaired' ? undefined : (more.fix ?? PROBLEM_TEXTS[code].vi.fix)
  return {
    row,
    code,
    severity,
    field,
    found: more.found,
    ...(more.repair === undefined ? {} : { repair: more.repair }),
    ...(fix === undefined ? {} : { fix }),
  }
}
