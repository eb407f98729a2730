/** What each paper says: the data its template in `layout/*.typ` is given. Days are 'YYYY-MM-DD', instants ISO 8601. */

/** A day; a birth or admission date of which only the year or month is known keeps that precision: 'YYYY', 'YYYY-MM'. */
export type WrittenDay = string

/** What every paper carries. */
export interface PaperFrame {
  /** title in the file's metadata, for example 'Giấy giới thiệu sinh hoạt đảng – Nguyễn Văn A' */
  readonly title: string
  /** when it is made (instant): the file's creation date; nothing in it reads the machine's clock */
  readonly madeAt: string
  /** where anybody may check it: drawn as QR and printed beside it */
  readonly verifyUrl: string
  /** true while a test authority signs: every page says TEST */
  readonly test: boolean
}

/** The left head of a Party paper (05-HD/VPTW): the superior organisation, and the one that issues. Capitals are ours. */
export interface Heading {
  readonly superior?: string
  readonly organisation: string
}

/** Who signs (05-HD/VPTW): 'T/M ĐẢNG ỦY' / 'BÍ THƯ' / the name. Without a seal the person's signature stands alone. */
export interface SigningBlock {
  /** 'T/M BAN THƯỜNG VỤ', 'T/M CHI BỘ', 'K/T TRƯỞNG BAN'; left out for the head of an advisory body */
  readonly authority?: string
  readonly position: string
  readonly name: string
  readonly seal: boolean
}

/** A member as the papers name them. */
export interface MemberOnPaper {
  readonly fullName: string
  /** bí danh */
  readonly alias?: string
  readonly sex?: 'male' | 'female'
  readonly bornOn: WrittenDay
  readonly homeTown?: string
  readonly joinedOn: WrittenDay
  /** left out for a probationary member (đảng viên dự bị) */
  readonly officialOn?: WrittenDay
  /** số thẻ đảng viên (Số TĐV) */
  readonly cardNumber?: string
  /** số lý lịch (Số LL) */
  readonly cvNumber?: string
  /** số thứ tự trong danh sách đảng viên của chi bộ (Số SĐV) */
  readonly cellOrdinal?: string
  /** nhiệm vụ trong Đảng */
  readonly partyPosition?: string
}

/** Where a member was or goes. */
export interface OrganisationPath {
  readonly cell?: string
  readonly grassroots: string
  readonly superior?: string
}

/** How the member stood behind what was sent: a fresh sign-in (379-QĐ/TW, art. 12b), or somebody for them (338, art. 11). */
export interface Confirmation {
  readonly at: string
  /** 'VNeID mức độ 2' */
  readonly method: string
  /** the delegate who acted, where the member did not */
  readonly delegate?: string
  /** the office that wrote and sent it for the member */
  readonly office?: string
}

/** Yêu cầu chuyển sinh hoạt đảng, as the member sent it. Place: `system`. */
export interface TransferRequestPaper extends PaperFrame {
  readonly dossierNumber: string
  readonly addressee: string
  readonly member: MemberOnPaper
  readonly contact?: {
    readonly phone?: string
    readonly permanentAddress?: string
    readonly currentAddress?: string
  }
  readonly origin: OrganisationPath
  readonly destination: OrganisationPath
  /** the organisation is not in the directory: what the member wrote instead */
  readonly destinationNote?: string
  readonly internal: boolean
  readonly reason: string
  readonly reasonNote?: string
  readonly decision: {
    readonly number?: string
    readonly issuedOn: string
    readonly effectiveOn: string
    readonly issuer: string
  }
  readonly lastDayAtOrigin?: string
  /** the files that came with it */
  readonly enclosed: readonly { readonly name: string; readonly sha256: string }[]
  readonly confirmation: Confirmation
  readonly sentAt: string
}

/** What an organisation said about a self-review, and when it met. */
export interface ReviewComment {
  readonly organisation: string
  readonly metOn: string
  readonly text: string
  readonly signing: SigningBlock
}

/**
 * Bản tự kiểm điểm, for the year before a transfer. Places: `cell` for the cell's comment; with the committee's
 * comment also `person` and, when it has a seal, `organisation`.
 */
export interface SelfReviewPaper extends PaperFrame {
  readonly member: MemberOnPaper
  readonly origin: OrganisationPath
  readonly periodFrom: string
  readonly periodTo: string
  readonly strengths?: string
  readonly weaknesses?: string
  /** instead of both, where it was asked for as one text */
  readonly text?: string
  /** what the member will do better */
  readonly remedies?: string
  readonly confirmation: Confirmation
  readonly cellComment: ReviewComment
  readonly committeeComment?: ReviewComment
}

/** A referral of an earlier hop, as a later one lists it; the file itself travels as an attachment. */
export interface EarlierHop {
  readonly number: string
  readonly on: string
  readonly from: string
  readonly to: string
  readonly sha256: string
}

/**
 * Giấy giới thiệu sinh hoạt đảng of one hop (a "box" of the paper form). Reserved: `number`, `date`. Places: `person`,
 * and `organisation` when it has a seal.
 */
export interface ReferralPaper extends PaperFrame {
  readonly kind: 'official' | 'internal' | 'temporary'
  readonly heading: Heading
  readonly hop: number
  /** Kính gửi / kính chuyển: the next organisation on the way */
  readonly to: string
  readonly member: MemberOnPaper
  readonly origin: OrganisationPath
  readonly destination: OrganisationPath
  /** đã đóng đảng phí hết tháng: 'YYYY-MM' */
  readonly feesPaidThrough: string
  /** what is open after that month, in words */
  readonly feesOwed?: string
  readonly reason?: string
  /** hồ sơ kèm theo */
  readonly enclosed: readonly string[]
  readonly earlier: readonly EarlierHop[]
  /** the number of a letter this one stands for (voided, lost) and why */
  readonly replaces?: { readonly number: string; readonly on: string; readonly reason: string }
  /** last day to present it (30 working days), when this hop is the last at the origin */
  readonly presentBy?: string
  /** of a temporary one: its first and last day there */
  readonly stay?: Stay
  /** the last box of the way there: whoever it is sent to refers no further */
  readonly arrives?: boolean
  readonly signing: SigningBlock
  readonly recipients: readonly string[]
}

/** First and last day of temporary activity (sinh hoạt đảng tạm thời). */
export interface Stay {
  readonly from: string
  readonly until: string
}

/** The letter by which a member came to the place of temporary activity. */
export interface ReferralNamed {
  readonly number: string
  readonly on: string
  readonly issuer: string
}

/** Thông báo gia hạn sinh hoạt đảng tạm thời, to the temporary place and to the official one. As `ReferralPaper`. */
export interface TemporaryExtensionPaper extends PaperFrame {
  readonly heading: Heading
  readonly to: readonly string[]
  readonly member: MemberOnPaper
  readonly official: OrganisationPath
  readonly host: OrganisationPath
  readonly referral: ReferralNamed
  /** as it was granted before */
  readonly stay: Stay
  /** the new last day */
  readonly until: string
  readonly reason: string
  readonly signing: SigningBlock
  readonly recipients: readonly string[]
}

/** Giấy giới thiệu trở về, with the comment of the cell of temporary activity. As `ReferralPaper`. */
export interface TemporaryReturnPaper extends PaperFrame {
  readonly heading: Heading
  readonly to: string
  readonly member: MemberOnPaper
  readonly official: OrganisationPath
  readonly host: OrganisationPath
  readonly referral: ReferralNamed
  /** as it really was: its last day is the day the member is referred back */
  readonly stay: Stay
  /** đã đóng đảng phí hết tháng: 'YYYY-MM', where fees were paid there */
  readonly feesPaidThrough?: string
  /** what is open after that month, in words */
  readonly feesOwed?: string
  readonly comment: { readonly organisation: string; readonly metOn?: string; readonly text: string }
  readonly earlier: readonly EarlierHop[]
  readonly signing: SigningBlock
  readonly recipients: readonly string[]
}

/** Phiếu báo đảng viên chuyển sinh hoạt đảng chính thức, from organisation to organisation. As `ReferralPaper`. */
export interface NoticeOfTransferPaper extends PaperFrame {
  readonly heading: Heading
  readonly to: string
  readonly member: MemberOnPaper
  readonly origin: OrganisationPath
  readonly destination: OrganisationPath
  readonly referral: { readonly number: string; readonly on: string }
  readonly reason: string
  readonly presentBy: string
  /** the number of the seal on the member file (hồ sơ đảng viên), which the member carries */
  readonly fileSealNumber?: string
  readonly signing: SigningBlock
  readonly recipients: readonly string[]
}

/** Thông báo tiếp nhận, signed by the secretary of the destination's cell. As `ReferralPaper`. */
export interface AcceptancePaper extends PaperFrame {
  readonly heading: Heading
  readonly to: readonly string[]
  readonly member: MemberOnPaper
  readonly origin: OrganisationPath
  readonly destination: OrganisationPath
  readonly referral: { readonly number: string; readonly on: string; readonly issuer: string }
  readonly meetingOn: string
  readonly admittedOn: string
  /** first month for which fees are paid at the destination: 'YYYY-MM' */
  readonly firstFeeMonth: string
  readonly late?: { readonly workingDays: number; readonly explanation: string }
  readonly signing: SigningBlock
  readonly recipients: readonly string[]
}

/** One line of the register (sổ giới thiệu sinh hoạt đảng, Mẫu 10-SHĐ). */
export interface RegisterLine {
  readonly ordinal: number
  /** day of referral or of reception */
  readonly on: string
  readonly fullName: string
  readonly bornOn: WrittenDay
  readonly joinedOn: WrittenDay
  readonly officialOn?: WrittenDay
  readonly cardNumber?: string
  readonly direction: 'out' | 'in'
  readonly kind: 'official' | 'temporary' | 'internal'
  /** OUT: where to; IN: where from (grassroots organisation) */
  readonly counterpart: string
  /** cấp ủy giới thiệu đi */
  readonly referring: string
  /** cấp ủy nhận và giới thiệu tiếp */
  readonly receiving: string
  /** IN: the grassroots organisation the member comes to */
  readonly destination?: string
  /** IN, official: from inside the province or from outside it */
  readonly reach?: 'inside-province' | 'outside-province'
  readonly referralNumber?: string
  readonly voided: boolean
  readonly note?: string
}

/** Sổ giới thiệu sinh hoạt đảng (Mẫu 10-SHĐ). Places: `person`, and `organisation` when it has a seal. */
export interface ReferralRegisterPaper extends PaperFrame {
  readonly heading: Heading
  readonly from: string
  readonly to: string
  readonly lines: readonly RegisterLine[]
  readonly place: string
  readonly on: string
  readonly signing: SigningBlock
}

/** The decision on paper that a reorganisation rests on. */
export interface DecisionOnPaper {
  readonly number: string
  readonly signedOn: string
  readonly issuer: string
}

/** An organisation that goes over whole, with all below it; how many members it counts then. */
export interface OrganisationOnPaper {
  readonly name: string
  readonly members: number
}

/** Quyết định chuyển giao, or tiếp nhận, of organisations and members. As `ReferralPaper`. */
export interface HandOverDecisionPaper extends PaperFrame {
  readonly kind: 'hand-over' | 'acceptance'
  readonly heading: Heading
  readonly basis: DecisionOnPaper
  readonly effectiveOn: string
  readonly lines: readonly {
    readonly giver: string
    readonly receiver: string
    readonly organisations: readonly OrganisationOnPaper[]
    /** members who go over by themselves, not with an organisation */
    readonly members: number
  }[]
  readonly signing: SigningBlock
  readonly recipients: readonly string[]
}

/** One side of minutes. */
export interface SideOnPaper {
  readonly name: string
  /** 'T/M CHI ỦY', 'T/M BAN THƯỜNG VỤ' */
  readonly authority: string
  readonly seal: boolean
  /** it is no longer there, since this day */
  readonly endedOn?: string
}

/**
 * Biên bản bàn giao of two sides. Reserved: `giver-position`, `giver-name`, `receiver-position`, `receiver-name`. Places:
 * `giver`, `receiver`, and `giver-organisation`, `receiver-organisation` for a side that seals.
 */
export interface HandOverMinutesPaper extends PaperFrame {
  readonly basis: DecisionOnPaper
  readonly effectiveOn: string
  readonly giver: SideOnPaper
  readonly receiver: SideOnPaper
  readonly organisations: readonly OrganisationOnPaper[]
  readonly lists: readonly {
    readonly from: string
    readonly to: string
    readonly members: readonly {
      readonly fullName: string
      readonly bornIn: string
      /** masked */
      readonly cardNumber?: string
      readonly official: boolean
    }[]
  }[]
  /** files and seals; empty where both sides are in one grassroots organisation */
  readonly files: readonly string[]
}

/** Biên lai thu đảng phí, of one payment. Place: `system`. */
export interface FeeReceiptPaper extends PaperFrame {
  readonly heading: Heading
  /** the day it was booked, in whose year it is numbered */
  readonly receipt: { readonly number: number; readonly year: number; readonly on: string }
  readonly payer: string
  /** the organisation whose fees they are */
  readonly collector: string
  readonly method: 'transfer' | 'cash'
  /** who took the cash */
  readonly receivedBy?: string
  /** the payment key that the transfer carried */
  readonly key?: string
  readonly bankReference?: string
  /** the receipt whose money a correction moved here: '12/2026' */
  readonly movedFrom?: string
  /** instant */
  readonly paidAt: string
  readonly lines: readonly { readonly fullName: string; readonly month: string; readonly amountVnd: number }[]
  /** together what it paid for others, whom the reader is not told of */
  readonly othersVnd?: number
  readonly amountVnd: number
  readonly amountInWords: string
  /** the one member whose part of a list this shows */
  readonly extractFor?: string
}

/** Biên nhận đảng phí nộp cấp trên, of one remittance. Place: `system`. */
export interface FeeRemittancePaper extends PaperFrame {
  readonly heading: Heading
  /** the day the money came, in whose year it is numbered */
  readonly receipt: { readonly number: number; readonly year: number; readonly on: string }
  /** the organisation that remitted */
  readonly payer: string
  /** the one above */
  readonly collector: string
  /** 'YYYY-MM' */
  readonly month: string
  readonly method: 'transfer' | 'cash' | 'held-above'
  readonly key?: string
  readonly bankReference?: string
  readonly sentOn: string
  /** who said that it came; absent where the bank did */
  readonly receivedBy?: string
  readonly baseVnd: number
  /** '70', '62.5' */
  readonly keepPercent: string
  readonly keepVnd: number
  readonly amountVnd: number
  readonly amountInWords: string
}

/** A book or report of Party fees (S01/ĐP, S02/ĐP, B01/ĐP, sổ quỹ). Place: `system`; people sign it by hand. */
export interface FeeBookPaper extends PaperFrame {
  readonly heading: Heading
  /** 'Mẫu B01/ĐP' */
  readonly form: string
  readonly name: string
  readonly period: string
  readonly reporting: string
  /** '' at the top */
  readonly receiving: string
  readonly unit: string
  /** the last day whose bookings are in it */
  readonly upTo: string
  readonly columns: readonly {
    readonly mark: string
    readonly title: string
    readonly numeric: boolean
    readonly weight: number
  }[]
  readonly rows: readonly {
    readonly kind: 'line' | 'subtotal' | 'total'
    readonly cells: readonly string[]
  }[]
  /** formulas that do not hold, in words, and how many more stand beside their figures */
  readonly failed: readonly string[]
  readonly noted: number
  readonly checked: boolean
  readonly notes: readonly string[]
  readonly place: string
  readonly on: string
  readonly maker: string
  /** 'T/M CHI ỦY' */
  readonly authority: string
  readonly seal: boolean
}

/**
 * Phiếu nhận xét of the cell at the residence (33-HD/BTCTW). Reserved: `confirmed-on`. Places: `cell` for the cell,
 * `organisation` for the seal of the commune's committee, which confirms it.
 */
export interface ResidenceCommentPaper extends PaperFrame {
  readonly heading: Heading
  /** 'Tân Tạo, ngày 05 tháng 12 năm 2026' */
  readonly placeAndDate: string
  /** 'Năm 2026' */
  readonly occasion: string
  /** who agrees on it: 'Chi ủy Chi bộ Khu phố 5' */
  readonly body: string
  /** when it met the front board (ban công tác mặt trận) */
  readonly consultedOn: string | null
  readonly member: Pick<MemberOnPaper, 'fullName' | 'bornOn'>
  readonly workplace: OrganisationPath
  readonly criteria: readonly {
    readonly words: string
    readonly scale: readonly string[]
    /** index within the scale */
    readonly chosen: number
  }[]
  readonly remarks?: string
  /** the comment that this one corrects */
  readonly replaces?: { readonly on: string; readonly reason: string }
  readonly signing: SigningBlock
  /** 'Đảng ủy Phường Tân Tạo' */
  readonly confirming: string
}

/** What the workplace's papers to a residence have in common. Places: `person` and, with a seal, `organisation`; unsigned: `system`. */
interface ToResidencePaper extends PaperFrame {
  readonly heading: Heading
  readonly placeAndDate: string
  /** the committee of the commune */
  readonly to: string
  readonly workplace: string
}

/** Who asked where nobody signed: name and office, or the member; and the instant. */
interface Unsigned {
  readonly askedBy: string
  readonly askedAt: string
}

/** Phiếu xin ý kiến (213-QĐ/TW), for one member. */
export interface ResidenceRequestPaper extends ToResidencePaper {
  readonly by: { readonly signing: SigningBlock } | Unsigned
  readonly member: Pick<MemberOnPaper, 'fullName' | 'bornOn' | 'cardNumber'>
  /** 'Kiểm điểm, xếp loại năm 2026', or what it is needed for */
  readonly occasion: string
  readonly returnBy?: string
}

/**
 * Giấy giới thiệu về giữ mối liên hệ nơi cư trú (213-QĐ/TW), with room for the reply. Reserved: `received-on`, `cell`,
 * `reply-position`, `reply-name`. Places of the reply: `reply`, and `reply-organisation` of a commune with a seal.
 */
export interface ResidenceReferralPaper extends ToResidencePaper {
  readonly member: MemberOnPaper
  readonly address: string
  /** 'thuộc đối tượng giới thiệu nhưng được miễn sinh hoạt nơi cư trú' */
  readonly exempt?: string
  readonly signing: SigningBlock
  readonly replySeal: boolean
}

/** A paper to be made: which template, and its data. */
export type Paper =
  | { readonly template: 'transfer-request'; readonly data: TransferRequestPaper }
  | { readonly template: 'self-review'; readonly data: SelfReviewPaper }
  | { readonly template: 'referral'; readonly data: ReferralPaper }
  | { readonly template: 'notice-of-transfer'; readonly data: NoticeOfTransferPaper }
  | { readonly template: 'temporary-extension'; readonly data: TemporaryExtensionPaper }
  | { readonly template: 'temporary-return'; readonly data: TemporaryReturnPaper }
  | { readonly template: 'acceptance'; readonly data: AcceptancePaper }
  | { readonly template: 'referral-register'; readonly data: ReferralRegisterPaper }
  | { readonly template: 'hand-over-decision'; readonly data: HandOverDecisionPaper }
  | { readonly template: 'hand-over-minutes'; readonly data: HandOverMinutesPaper }
  | { readonly template: 'fee-receipt'; readonly data: FeeReceiptPaper }
  | { readonly template: 'fee-remittance'; readonly data: FeeRemittancePaper }
  | { readonly template: 'fee-book'; readonly data: FeeBookPaper }
  | { readonly template: 'residence-comment'; readonly data: ResidenceCommentPaper }
  | { readonly template: 'residence-request'; readonly data: ResidenceRequestPaper }
  | { readonly template: 'residence-referral'; readonly data: ResidenceReferralPaper }

/** A file the paper carries inside it (ISO 19005-3, 6.8). */
export interface PaperAttachment {
  /** file name, ASCII, unique within the paper */
  readonly name: string
  readonly mimeType: string
  readonly description: string
  readonly bytes: Uint8Array
}

/** The number line under the asterisk: 'Số 07-GGT/ĐU' (05-HD/VPTW): at least two digits, no colon. */
export function symbolLine(number: number, kind: string, organisationCode: string): string {
  return `Số ${String(number).padStart(2, '0')}-${kind}/${organisationCode}`
}

/** Place and date at the right: 'Tân Tạo, ngày 05 tháng 01 năm 2026'; a zero before days under 10 and months 1 and 2. */
export function placeAndDateLine(place: string, on: string): string {
  return `${place}, ${dayInWords(on)}`
}

/** 'ngày 05 tháng 3 năm 2026' of 'YYYY-MM-DD'. */
export function dayInWords(on: string): string {
  const [year = '', month = '', day = ''] = on.split('-')
  const monthWritten = Number(month) < 3 ? month : String(Number(month))
  return `ngày ${day} tháng ${monthWritten} năm ${year}`
}
