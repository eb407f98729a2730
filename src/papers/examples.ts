/** One example of every paper, of people who do not exist: for tests, for `check-papers`, and to look at. */

import type {
  AcceptancePaper,
  FeeBookPaper,
  FeeReceiptPaper,
  FeeRemittancePaper,
  HandOverDecisionPaper,
  HandOverMinutesPaper,
  MemberOnPaper,
  NoticeOfTransferPaper,
  Paper,
  PaperFrame,
  ReferralPaper,
  ReferralRegisterPaper,
  RegisterLine,
  ResidenceCommentPaper,
  ResidenceReferralPaper,
  ResidenceRequestPaper,
  SelfReviewPaper,
  TemporaryExtensionPaper,
  TemporaryReturnPaper,
  TransferRequestPaper,
} from './layout.ts'

const FRAME = {
  madeAt: '2026-08-05T09:12:00+07:00',
  verifyUrl: 'https://thutuc.example.vn/verify/8f3kq2m1x7r9t5w4b6n0c2d8e1',
  test: true,
} satisfies Partial<PaperFrame>

const MEMBER: MemberOnPaper = {
  fullName: 'Nguyễn Thị Hồng Hạnh',
  alias: 'không',
  sex: 'female',
  bornOn: '1984-03-02',
  homeTown: 'Xã Bình Lợi, Thành phố Hồ Chí Minh',
  joinedOn: '2010-02-03',
  officialOn: '2011-02-03',
  cardNumber: '079184001234',
  cvNumber: '01-2010/TT',
  cellOrdinal: '17',
  partyPosition: 'đảng viên',
}

const ORIGIN = { cell: 'Chi bộ Khu phố 5', grassroots: 'Đảng bộ phường Tân Tạo' }
const DESTINATION = { cell: 'Chi bộ Khu phố 2', grassroots: 'Đảng bộ phường Cầu Kiệu' }
const CITY = 'Đảng bộ Thành phố Hồ Chí Minh'
const SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

export const TRANSFER_REQUEST: TransferRequestPaper = {
  ...FRAME,
  title: 'Yêu cầu chuyển sinh hoạt đảng chính thức',
  dossierNumber: 'CT-2026-000123',
  addressee: 'Chi ủy Chi bộ Khu phố 5',
  member: MEMBER,
  contact: {
    phone: '0900 000 000',
    permanentAddress: '12 đường số 3, phường Cầu Kiệu, Thành phố Hồ Chí Minh',
    currentAddress: '12 đường số 3, phường Cầu Kiệu, Thành phố Hồ Chí Minh',
  },
  origin: ORIGIN,
  destination: DESTINATION,
  internal: false,
  reason: 'Thay đổi nơi cư trú lâu dài',
  reasonNote: 'Gia đình tôi chuyển về nhà mới từ tháng 7 năm 2026.',
  decision: {
    number: '1234/XN-CT',
    issuedOn: '2026-07-10',
    effectiveOn: '2026-07-15',
    issuer: 'Công an phường Cầu Kiệu',
  },
  lastDayAtOrigin: '2026-08-15',
  enclosed: [
    { name: 'xac-nhan-cu-tru.pdf', sha256: SHA256 },
    { name: 'ban-tu-kiem-diem.pdf', sha256: SHA256.split('').reverse().join('') },
  ],
  confirmation: { at: '2026-08-01T20:15:30+07:00', method: 'VNeID mức độ 2' },
  sentAt: '2026-08-01T20:16:02+07:00',
}

export const SELF_REVIEW: SelfReviewPaper = {
  ...FRAME,
  title: 'Bản tự kiểm điểm – Nguyễn Thị Hồng Hạnh',
  member: MEMBER,
  origin: ORIGIN,
  periodFrom: '2025-08-01',
  periodTo: '2026-07-31',
  strengths:
    'Chấp hành nghiêm chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà nước.\n' +
    'Tham gia đầy đủ các buổi sinh hoạt chi bộ; đóng đảng phí đúng hạn; hoàn thành tốt nhiệm vụ được giao.',
  weaknesses: 'Có lúc chưa mạnh dạn góp ý trong sinh hoạt chi bộ.',
  remedies: 'Chủ động phát biểu, góp ý; dành thời gian giúp đỡ đảng viên mới.',
  confirmation: { at: '2026-08-01T20:15:30+07:00', method: 'VNeID mức độ 2' },
  cellComment: {
    organisation: 'Chi bộ Khu phố 5',
    metOn: '2026-08-03',
    text: 'Chi bộ nhất trí với bản tự kiểm điểm. Đồng chí Hạnh là đảng viên gương mẫu, có tinh thần trách nhiệm.',
    signing: { authority: 'T/M Chi bộ', position: 'Bí thư', name: 'Lê Văn Thắng', seal: false },
  },
  committeeComment: {
    organisation: 'Đảng ủy phường Tân Tạo',
    metOn: '2026-08-04',
    text: 'Đảng ủy phường nhất trí với nhận xét của chi bộ.',
    signing: { authority: 'T/M Ban Thường vụ', position: 'Phó bí thư', name: 'Trần Quốc Toản', seal: true },
  },
}

/** As a request for a temporary stay asks for it: one text, here written down by the cell for the member. */
const { strengths: _strengths, weaknesses: _weaknesses, ...NOT_IN_PARTS } = SELF_REVIEW
const SELF_REVIEW_IN_ONE: SelfReviewPaper = {
  ...NOT_IN_PARTS,
  text: 'Chấp hành tốt; tham gia sinh hoạt đầy đủ.\nCó lúc chưa mạnh dạn góp ý.',
  confirmation: { ...SELF_REVIEW.confirmation, office: 'Chi bộ Khu phố 5' },
}

export const REFERRAL: ReferralPaper = {
  ...FRAME,
  title: 'Giấy giới thiệu sinh hoạt đảng – Nguyễn Thị Hồng Hạnh',
  kind: 'official',
  heading: { superior: CITY, organisation: 'Đảng ủy phường Tân Tạo' },
  hop: 2,
  to: 'Ban Tổ chức Thành ủy Thành phố Hồ Chí Minh',
  member: MEMBER,
  origin: ORIGIN,
  destination: DESTINATION,
  feesPaidThrough: '2026-08',
  reason: 'thay đổi nơi cư trú lâu dài',
  enclosed: [
    'Giấy tờ về thay đổi nơi cư trú',
    'Bản tự kiểm điểm, có nhận xét của chi bộ và đảng ủy',
    'Thẻ đảng viên (đảng viên giữ)',
  ],
  earlier: [
    {
      number: 'Số 03-GGT/CB',
      on: '2026-08-03',
      from: 'Chi bộ Khu phố 5',
      to: 'Đảng ủy phường Tân Tạo',
      sha256: SHA256,
    },
  ],
  signing: { authority: 'T/M Ban Thường vụ', position: 'Phó bí thư', name: 'Trần Quốc Toản', seal: true },
  recipients: ['Như trên', 'Chi bộ Khu phố 5', 'Đồng chí Nguyễn Thị Hồng Hạnh', 'Lưu Văn phòng Đảng ủy'],
}

/** The first hop: a cell has no seal, the secretary's signature stands alone. */
export const CELL_REFERRAL: ReferralPaper = {
  ...REFERRAL,
  heading: { superior: 'Đảng bộ phường Tân Tạo', organisation: 'Chi bộ Khu phố 5' },
  hop: 1,
  to: 'Đảng ủy phường Tân Tạo',
  earlier: [],
  signing: { authority: 'T/M Chi bộ', position: 'Bí thư', name: 'Lê Văn Thắng', seal: false },
  recipients: ['Như trên', 'Lưu Chi bộ'],
}

export const NOTICE_OF_TRANSFER: NoticeOfTransferPaper = {
  ...FRAME,
  title: 'Phiếu báo đảng viên chuyển sinh hoạt đảng chính thức',
  heading: REFERRAL.heading,
  to: 'Đảng ủy phường Cầu Kiệu',
  member: MEMBER,
  origin: ORIGIN,
  destination: DESTINATION,
  referral: { number: 'Số 07-GGT/ĐU', on: '2026-08-05' },
  reason: 'thay đổi nơi cư trú lâu dài',
  presentBy: '2026-09-17',
  fileSealNumber: 'NP-2026-0042',
  signing: REFERRAL.signing,
  recipients: ['Như trên', 'Ban Tổ chức Thành ủy', 'Lưu Văn phòng Đảng ủy'],
}

export const ACCEPTANCE: AcceptancePaper = {
  ...FRAME,
  title: 'Thông báo tiếp nhận đảng viên chuyển sinh hoạt đảng chính thức',
  heading: { superior: 'Đảng bộ phường Cầu Kiệu', organisation: 'Chi bộ Khu phố 2' },
  to: ['Đảng ủy phường Cầu Kiệu', 'Đảng ủy phường Tân Tạo', 'Chi bộ Khu phố 5'],
  member: MEMBER,
  origin: ORIGIN,
  destination: DESTINATION,
  referral: { number: 'Số 07-GGT/ĐU', on: '2026-08-05', issuer: 'Đảng ủy phường Tân Tạo' },
  meetingOn: '2026-09-03',
  admittedOn: '2026-09-03',
  firstFeeMonth: '2026-09',
  signing: { authority: 'T/M Chi bộ', position: 'Bí thư', name: 'Phạm Thị Lan', seal: false },
  recipients: ['Như trên', 'Đồng chí Nguyễn Thị Hồng Hạnh', 'Lưu Chi bộ'],
}

/** The way to a class of eighteen months: with its first and last day, and what a temporary member may not do. */
export const TEMPORARY_REFERRAL: ReferralPaper = {
  ...REFERRAL,
  title: 'Giấy giới thiệu sinh hoạt đảng tạm thời',
  kind: 'temporary',
  to: 'Đảng ủy phường Cầu Kiệu',
  reason: 'Đi học tập trung ở trong nước: lớp cao cấp lý luận chính trị',
  stay: { from: '2026-09-01', until: '2028-02-29' },
}

export const TEMPORARY_EXTENSION: TemporaryExtensionPaper = {
  ...FRAME,
  title: 'Thông báo gia hạn sinh hoạt đảng tạm thời',
  heading: { superior: CITY, organisation: 'Đảng ủy phường Cầu Kiệu' },
  to: ['Đảng ủy phường Tân Tạo', 'Chi bộ Khu phố 5', 'Chi bộ Khu phố 2'],
  member: MEMBER,
  official: ORIGIN,
  host: DESTINATION,
  referral: { number: 'Số 07-GGT/ĐU', on: '2026-08-05', issuer: 'Đảng ủy phường Tân Tạo' },
  stay: { from: '2026-09-01', until: '2027-02-28' },
  until: '2027-06-30',
  reason: 'Công trình nơi đồng chí biệt phái đến kéo dài thêm bốn tháng.',
  signing: { authority: 'T/M Ban Thường vụ', position: 'Phó bí thư', name: 'Võ Văn Tám', seal: true },
  recipients: ['Như trên', 'Đồng chí Nguyễn Thị Hồng Hạnh', 'Lưu Văn phòng Đảng ủy'],
}

export const TEMPORARY_RETURN: TemporaryReturnPaper = {
  ...FRAME,
  title: 'Giấy giới thiệu sinh hoạt đảng tạm thời trở về',
  heading: { superior: 'Đảng bộ phường Cầu Kiệu', organisation: 'Chi bộ Khu phố 2' },
  to: 'Đảng ủy phường Tân Tạo',
  member: MEMBER,
  official: ORIGIN,
  host: DESTINATION,
  referral: TEMPORARY_EXTENSION.referral,
  stay: { from: '2026-09-01', until: '2027-06-25' },
  feesPaidThrough: '2027-06',
  comment: {
    organisation: 'Chi bộ Khu phố 2',
    metOn: '2027-06-24',
    text: 'Đồng chí sinh hoạt đều, đóng đảng phí đúng hạn, hoàn thành việc chi bộ giao.\nChi bộ đề nghị nơi sinh hoạt chính thức ghi nhận.',
  },
  earlier: [
    ...REFERRAL.earlier,
    {
      number: 'Số 07-GGT/ĐU',
      on: '2026-08-05',
      from: 'Đảng ủy phường Tân Tạo',
      to: 'Đảng ủy phường Cầu Kiệu',
      sha256: SHA256,
    },
  ],
  signing: { authority: 'T/M Chi bộ', position: 'Bí thư', name: 'Phạm Thị Lan', seal: false },
  recipients: ['Như trên', 'Đồng chí Nguyễn Thị Hồng Hạnh', 'Lưu Chi bộ'],
}

const NAMES = ['Trần Văn Bảo', 'Võ Thị Ngọc Ánh', 'Đỗ Hữu Nghĩa', 'Huỳnh Thị Mỹ Duyên', 'Nguyễn Phước Lộc']

/** A register of `count` lines, in and out, some of them voided. */
export function registerOf(count: number): ReferralRegisterPaper {
  const lines = Array.from({ length: count }, (_, index): RegisterLine => {
    const out = index % 3 !== 2
    return {
      ordinal: index + 1,
      on: `2026-${String(1 + (index % 8)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`,
      fullName: NAMES[index % NAMES.length] ?? '',
      bornOn: index % 7 === 0 ? '1960' : '1984-03-02',
      joinedOn: '2010-02-03',
      ...(index % 11 === 0 ? {} : { officialOn: '2011-02-03' }),
      cardNumber: `0791840${String(index).padStart(5, '0')}`,
      direction: out ? 'out' : 'in',
      kind: index % 5 === 0 ? 'temporary' : 'official',
      counterpart: 'Đảng bộ phường Cầu Kiệu',
      referring: 'Đảng ủy phường Tân Tạo',
      receiving: 'Ban Tổ chức Thành ủy',
      ...(out ? {} : { destination: 'Đảng bộ phường Tân Tạo', reach: 'inside-province' as const }),
      referralNumber: `Số ${String(index + 1).padStart(2, '0')}-GGT/ĐU`,
      voided: index % 13 === 5,
    }
  })
  return {
    ...FRAME,
    title: 'Sổ giới thiệu sinh hoạt đảng năm 2026',
    heading: REFERRAL.heading,
    from: '2026-01-01',
    to: '2026-08-31',
    lines,
    place: 'Tân Tạo',
    on: '2026-08-31',
    signing: REFERRAL.signing,
  }
}

const BASIS = { number: '12-QĐ/TU', signedOn: '2026-08-20', issuer: 'Ban Thường vụ Thành ủy' }
const CELLS = [3, 5, 10].map((number) => ({ name: `Chi bộ khu phố ${number}`, members: number * 7 }))

const HAND_OVER_DECISION: HandOverDecisionPaper = {
  ...FRAME,
  title: 'Quyết định chuyển giao tổ chức đảng, đảng viên',
  kind: 'hand-over',
  heading: { organisation: 'Thành ủy Hồ Chí Minh' },
  basis: BASIS,
  effectiveOn: '2026-09-01',
  lines: [
    {
      giver: 'Đảng ủy Phường Tân Tạo',
      receiver: 'Đảng ủy Phường Tân Kiệu',
      organisations: CELLS,
      members: 0,
    },
    { giver: 'Đảng ủy Phường Cầu Kiệu', receiver: 'Đảng ủy Phường Tân Kiệu', organisations: [], members: 4 },
  ],
  signing: { authority: 'T/M BAN THƯỜNG VỤ', position: 'PHÓ BÍ THƯ', name: 'Trần Quốc Toản', seal: true },
  recipients: ['Đảng ủy Phường Tân Tạo', 'Đảng ủy Phường Cầu Kiệu', 'Đảng ủy Phường Tân Kiệu', 'Lưu'],
}

const HAND_OVER_MINUTES: HandOverMinutesPaper = {
  ...FRAME,
  title: 'Biên bản bàn giao tổ chức đảng, đảng viên',
  basis: BASIS,
  effectiveOn: '2026-09-01',
  giver: {
    name: 'Đảng ủy Phường Tân Tạo',
    authority: 'T/M BAN THƯỜNG VỤ',
    seal: false,
    endedOn: '2026-09-01',
  },
  receiver: { name: 'Đảng ủy Phường Tân Kiệu', authority: 'T/M BAN THƯỜNG VỤ', seal: true },
  organisations: CELLS,
  lists: [
    {
      from: 'Chi bộ cơ quan phường',
      to: 'Chi bộ Khu phố 2',
      members: Array.from({ length: 60 }, (_, index) => ({
        fullName: `Nguyễn Văn ${index + 1}`,
        bornIn: String(1950 + index),
        ...(index % 9 === 8 ? {} : { cardNumber: '0790******34' }),
        official: index % 9 !== 8,
      })),
    },
  ],
  files: ['Hồ sơ đảng viên của 60 đồng chí trong danh sách', 'Con dấu của Đảng ủy Phường Tân Tạo'],
}

/** Of a list that a cell paid together. */
const FEE_RECEIPT: FeeReceiptPaper = {
  ...FRAME,
  title: 'Biên lai thu đảng phí số 12/2026',
  heading: { superior: 'Đảng ủy phường Tân Tạo', organisation: 'Chi bộ Khu phố 5' },
  receipt: { number: 12, year: 2026, on: '2026-08-05' },
  payer: 'Lê Văn Thắng',
  collector: 'Chi bộ Khu phố 5',
  method: 'transfer',
  key: 'DP01AB23CD45EF6',
  bankReference: 'FT26217000012345',
  paidAt: '2026-08-05T09:12:00+07:00',
  lines: NAMES.map((fullName, index) => ({ fullName, month: '2026-08', amountVnd: 15_930 * (index + 1) })),
  amountVnd: 238_950,
  amountInWords: 'Hai trăm ba mươi tám nghìn chín trăm năm mươi đồng',
}

const FEE_REMITTANCE: FeeRemittancePaper = {
  ...FRAME,
  title: 'Biên nhận đảng phí nộp cấp trên số 7/2026',
  heading: { superior: 'Thành ủy Thành phố Hồ Chí Minh', organisation: 'Đảng ủy phường Tân Tạo' },
  receipt: { number: 7, year: 2026, on: '2026-09-04' },
  payer: 'Chi bộ Khu phố 5',
  collector: 'Đảng bộ Phường Tân Tạo',
  month: '2026-08',
  method: 'transfer',
  key: 'DP01AB23CD45EF6',
  bankReference: 'FT26247000012345',
  sentOn: '2026-09-03',
  baseVnd: 1_234_567,
  keepPercent: '70',
  keepVnd: 864_197,
  amountVnd: 370_370,
  amountInWords: 'Ba trăm bảy mươi nghìn ba trăm bảy mươi đồng',
}

/** A report whose formula does not hold. */
const FEE_BOOK: FeeBookPaper = {
  ...FRAME,
  title: 'Báo cáo thu, nộp đảng phí, Tháng 08/2026',
  heading: { superior: 'Đảng ủy phường Tân Tạo', organisation: 'Chi bộ Khu phố 5' },
  form: 'Mẫu B01/ĐP',
  name: 'Báo cáo thu, nộp đảng phí',
  period: 'Tháng 08/2026',
  reporting: 'Chi bộ Khu phố 5',
  receiving: 'Đảng ủy phường Tân Tạo',
  unit: 'Đơn vị tính: đồng',
  upTo: '2026-08-31',
  columns: [
    { mark: 'D', title: 'Mã số', numeric: false, weight: 5 },
    { mark: 'B', title: 'Chỉ tiêu', numeric: false, weight: 30 },
    { mark: '4', title: 'Tổng số', numeric: true, weight: 12 },
    { mark: 'E', title: 'Ghi chú', numeric: false, weight: 18 },
  ],
  rows: Array.from({ length: 40 }, (_, index) => ({
    kind: index % 5 === 4 ? ('subtotal' as const) : ('line' as const),
    cells: [String(index + 1).padStart(2, '0'), 'Đảng phí chi bộ thu được kỳ này', '1.234.567', ''],
  })),
  failed: ['Mã 12 ghi 0 đ, lấy mã 02 trừ mã 04 được 1.234.567 đ.'],
  noted: 1,
  checked: true,
  notes: ['Đảng viên được miễn: ghi X ở cột 3.'],
  place: 'Tân Tạo',
  on: '2026-09-02',
  maker: 'Lê Văn Thắng',
  authority: 'T/M CHI ỦY',
  seal: false,
}

/** The longest form: all six criteria, a correction, words of one's own. */
export const RESIDENCE_COMMENT: ResidenceCommentPaper = {
  ...FRAME,
  title: 'Phiếu nhận xét nơi cư trú năm 2026 – Nguyễn Thị Hồng Hạnh',
  heading: { superior: 'Đảng ủy phường Tân Tạo', organisation: 'Chi bộ Khu phố 5' },
  placeAndDate: 'Tân Tạo, ngày 05 tháng 12 năm 2026',
  occasion: 'Năm 2026',
  body: 'Chi ủy Chi bộ Khu phố 5',
  consultedOn: '2026-12-03',
  member: { fullName: MEMBER.fullName, bornOn: MEMBER.bornOn },
  workplace: { cell: 'Chi bộ Phòng Tài chính', grassroots: 'Đảng bộ Sở Tài chính' },
  criteria: Array.from({ length: 6 }, (_, index) => ({
    words:
      'Gương mẫu về phẩm chất chính trị, đạo đức, lối sống; thể hiện vai trò tiên phong trước nhân dân nơi cư trú',
    scale: ['Nêu gương tốt', 'Nêu gương', 'Chưa nêu gương'],
    chosen: index % 3,
  })),
  remarks: 'Tích cực góp ý cho việc của khu phố; giúp đỡ các hộ neo đơn.',
  replaces: { on: '2026-12-01', reason: 'ghi nhầm mức nhận xét ở mục 3' },
  signing: { authority: 'T/M CHI BỘ', position: 'BÍ THƯ', name: 'Lê Văn Thắng', seal: false },
  confirming: 'Đảng ủy phường Tân Tạo',
}

const TO_RESIDENCE = {
  ...FRAME,
  heading: { superior: 'Đảng bộ Thành phố Hồ Chí Minh', organisation: 'Đảng ủy Sở Tài chính' },
  placeAndDate: 'Hồ Chí Minh, ngày 05 tháng 10 năm 2026',
  to: 'Đảng ủy phường Tân Tạo',
  workplace: 'Đảng ủy Sở Tài chính',
}
const FOR_WORKPLACE = {
  authority: 'T/M BAN THƯỜNG VỤ',
  position: 'PHÓ BÍ THƯ',
  name: 'Trần Quốc Toản',
  seal: true,
}

const RESIDENCE_REQUEST: ResidenceRequestPaper = {
  ...TO_RESIDENCE,
  title: 'Phiếu xin ý kiến nhận xét nơi cư trú',
  member: MEMBER,
  by: { signing: FOR_WORKPLACE },
  occasion: 'Kiểm điểm, xếp loại năm 2026',
  returnBy: '2026-12-10',
}

/** Asked by somebody who signs for nobody. */
const UNSIGNED_REQUEST: ResidenceRequestPaper = {
  ...RESIDENCE_REQUEST,
  by: { askedBy: 'Lê Văn Thắng, Cán bộ ban xây dựng Đảng', askedAt: '2026-10-05T09:12:00+07:00' },
}

const RESIDENCE_REFERRAL: ResidenceReferralPaper = {
  ...TO_RESIDENCE,
  title: 'Giấy giới thiệu giữ mối liên hệ nơi cư trú',
  member: MEMBER,
  address: 'Số 12, đường Một, khu phố 5, phường Tân Tạo, Thành phố Hồ Chí Minh',
  exempt: 'Thuộc đối tượng giới thiệu nhưng được miễn sinh hoạt nơi cư trú',
  signing: FOR_WORKPLACE,
  replySeal: true,
}

export const EXAMPLES: readonly Paper[] = [
  { template: 'transfer-request', data: TRANSFER_REQUEST },
  { template: 'self-review', data: SELF_REVIEW },
  { template: 'referral', data: CELL_REFERRAL },
  { template: 'referral', data: REFERRAL },
  { template: 'notice-of-transfer', data: NOTICE_OF_TRANSFER },
  { template: 'acceptance', data: ACCEPTANCE },
  { template: 'referral', data: TEMPORARY_REFERRAL },
  { template: 'self-review', data: SELF_REVIEW_IN_ONE },
  { template: 'temporary-extension', data: TEMPORARY_EXTENSION },
  { template: 'temporary-return', data: TEMPORARY_RETURN },
  { template: 'referral-register', data: registerOf(60) },
  { template: 'hand-over-decision', data: HAND_OVER_DECISION },
  { template: 'hand-over-decision', data: { ...HAND_OVER_DECISION, kind: 'acceptance' } },
  { template: 'hand-over-minutes', data: HAND_OVER_MINUTES },
  { template: 'fee-receipt', data: FEE_RECEIPT },
  { template: 'fee-book', data: FEE_BOOK },
  { template: 'residence-comment', data: RESIDENCE_COMMENT },
  { template: 'residence-request', data: RESIDENCE_REQUEST },
  { template: 'residence-request', data: UNSIGNED_REQUEST },
  { template: 'residence-referral', data: RESIDENCE_REFERRAL },
  {
    template: 'fee-receipt',
    data: {
      ...FEE_RECEIPT,
      method: 'cash',
      receivedBy: 'Lê Văn Thắng',
      movedFrom: '12/2026',
      othersVnd: 31_860,
      extractFor: NAMES[0]!,
    },
  },
  { template: 'fee-remittance', data: FEE_REMITTANCE },
]

const VOWELS = 'aăâeêioôơuưy'
const TONES = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323']

/** Every letter of Vietnamese with every tone, small and capital. */
export const VIETNAMESE: readonly string[] = [...VOWELS, ...'bcdđghklmnpqrstvx']
  .flatMap((letter) => (VOWELS.includes(letter) ? TONES.map((tone) => letter + tone) : [letter]))
  .flatMap((letter) => [letter.normalize('NFC'), letter.normalize('NFC').toUpperCase()])

const LONG =
  'Đảng bộ Tổng công ty Đầu tư Phát triển Hạ tầng Kỹ thuật Đô thị và Khu công nghiệp Miền Đông '.repeat(3)

/** What no layout is made for: endless names, words without a space, thirty earlier hops. */
export const ABSURD_REFERRAL: ReferralPaper = {
  ...REFERRAL,
  heading: { superior: LONG, organisation: LONG },
  to: LONG,
  member: {
    ...MEMBER,
    fullName: `Nguyễn ${'Thị Hồng '.repeat(20)}Hạnh`,
    alias: 'A'.repeat(300),
    homeTown: VIETNAMESE.join(''),
  },
  reason: `${VIETNAMESE.join(' ')} 🙂\n${'chữ'.repeat(200)}`,
  enclosed: Array.from({ length: 25 }, () => LONG),
  earlier: Array.from({ length: 30 }, (_, index) => ({
    number: `Số ${index + 1}-GGT/${'ĐU'.repeat(30)}`,
    on: '2026-08-03',
    from: LONG,
    to: LONG,
    sha256: 'f'.repeat(64),
  })),
  signing: { authority: `T/M ${LONG}`, position: LONG, name: `Trần ${'Quốc '.repeat(30)}Toản`, seal: true },
  recipients: Array.from({ length: 12 }, () => LONG),
}
