/** The official transfer (chuyển sinh hoạt đảng chính thức): its states, commands and events, and what may follow what. */
import type { PlainDate, PlainMonth } from '../../../kernel/plain-date.ts'
import type { Leg, Place, Route } from './route.ts'

/** Why a member moves: 294-QĐ/TW 6.3.1a and 01-HD/TW 2021. */
export const REASONS = [
  'new-unit',
  'retirement',
  'loss-of-capacity',
  'quit',
  'demobilised',
  'residence',
  'contract',
  'secondment',
  'graduation',
  'merger',
] as const
export type Reason = (typeof REASONS)[number]

/** What a file in the dossier is for. */
export const FILE_ROLES = [
  'decision',
  'self-review',
  'supplement',
  'police-confirmation',
  'return-decision',
] as const
export type FileRole = (typeof FILE_ROLES)[number]

export interface AttachedFile {
  readonly id: string
  readonly role: FileRole
  readonly name: string
  readonly sha256: string
  readonly pages: number | null
}

/** What the member answers, one question a page; all of it may still be missing in a draft. Saved as '', an answer is emptied. */
export interface Answers {
  readonly reason?: Reason
  readonly reasonText?: string
  readonly decisionNumber?: string
  readonly decisionIssuer?: string
  readonly decisionIssuedOn?: PlainDate
  /** the day the decision takes effect, or residence changed: the 60 working days run from here */
  readonly decisionEffectiveOn?: PlainDate
  /** a grassroots organisation, or one of its cells */
  readonly destinationId?: string
  readonly destinationName?: string
  readonly reviewFrom?: PlainDate
  readonly reviewTo?: PlainDate
  readonly strengths?: string
  readonly weaknesses?: string
  readonly phone?: string
  readonly address?: string
  readonly lastDayOn?: PlainDate
  /** why the request comes later than 60 working days */
  readonly lateExplanation?: string
  /** 338-QĐ/TW art. 6(1): what is said here is true */
  readonly declared?: boolean
}

/** Who did something and when: the state keeps what later rules ask. */
export interface Act {
  readonly by: string
  /** for whom, when an office was delegated */
  readonly onBehalfOf?: string
  readonly position: string
  readonly at: string
}

/** One leg of the way and how far its letter is. */
export interface Hop extends Leg {
  readonly signed?: Act & { readonly paperIds: readonly string[] }
  readonly numbered?: Act & { readonly number: number; readonly symbol: string; readonly issuedOn: PlainDate }
  readonly sealedAt?: string
}

export interface CellReview {
  readonly meetingOn: PlainDate
  readonly comment: string
  readonly feesPaidThrough: PlainMonth
  /** why another month is stated than the books know */
  readonly feesReason?: string
  /** what the books have open beyond the stated month, printed on the letter */
  readonly feesOwed?: FeesOwed
}

export interface FeesOwed {
  readonly since: PlainMonth
  readonly months: number
  readonly amountVnd: number
}

/** The sealed paper file (hồ sơ giấy niêm phong) on its way beside the electronic dossier: 4192-QĐ/BTCTW still asks for it. */
export interface Custody {
  readonly sealNumber: string
  readonly handedOn: PlainDate
  readonly handedBy: string
  readonly receivedOn?: PlainDate
  readonly receivedBy?: string
  readonly sealIntact?: boolean
  readonly exception?: string
}

/** Who took over from an organisation that is no longer there, by that one's id. */
export type Heirs = Readonly<Record<string, Place>>

export interface VoidedLetter {
  readonly hop: number
  readonly paperIds: readonly string[]
  readonly symbol: string | null
  readonly reason: string
  readonly at: string
}

export interface Supplement {
  readonly stage: string
  readonly items: readonly string[]
  readonly askedAt: string
  readonly overrideReason?: string
  readonly answeredAt?: string
  readonly remindedAt?: string
  /** from this day the officer may close the dossier if nobody answers */
  readonly closableOn: PlainDate
  /** working minutes the intake clock had left when it stopped; null outside intake */
  readonly minutesLeft: number | null
}

/** Who acts for a cell that has nobody left to act: its only officer is the member who moves (domain G.2). */
export interface StandIn {
  readonly cellId: string
  readonly by: Place
}

/** A transfer stopped by an inspection, a complaint or pending discipline: what set it, who answers for it, where it goes on. */
export interface Block {
  readonly holdId: string
  /** the organisation that answers meanwhile */
  readonly by: string
  readonly at: string
  readonly resume: Status
  /** working minutes the stopped deadline had left: they run again when it is lifted */
  readonly minutesLeft: number
}

export const STATUSES = [
  'draft',
  'technically-rejected',
  'received',
  'supplement-requested',
  'blocked',
  'returned',
  'cell-review',
  'committee-review',
  'numbering',
  'sealing',
  'sealing-failed',
  'referred',
  'in-transit',
  'papers-lost',
  'at-destination',
  'cell-admission',
  'destination-returned',
  'completed',
  'withdrawn',
  'refused',
  'closed-unanswered',
  'reverted',
] as const
export type Status = (typeof STATUSES)[number]

export interface Transfer {
  readonly status: Status
  readonly memberId: string
  readonly memberType: 'official' | 'probationary'
  /** from the member's cell up to the province, as they stood when the dossier began or was last sent */
  readonly origin: readonly Place[]
  readonly answers: Answers
  readonly files: readonly AttachedFile[]
  /** who sent the request: the member, or the delegate, who then does not also handle it as an officer */
  readonly submittedBy?: string
  /** committees that do a cell's part, because only the member could */
  readonly standIns?: readonly StandIn[]
  readonly receivedAt?: string
  /** the day of the first official reception: what is corrected later did not start later */
  readonly startedOn?: PlainDate
  /** until when the one whose turn it is should act; an ISO instant */
  readonly dueAt: string | null
  readonly late: boolean
  readonly intakeExtended: boolean
  readonly route?: Route
  readonly hops: readonly Hop[]
  readonly hop: number
  readonly cellReview?: CellReview
  readonly committeeComment?: string
  readonly supplements: readonly Supplement[]
  /** where 'supplement-requested' goes back to; a block on top of it keeps its own */
  readonly resume?: Status
  readonly block?: Block
  readonly technicalDefects: readonly string[]
  readonly sealFailure?: string
  readonly voided: readonly VoidedLetter[]
  readonly referredOn?: PlainDate
  readonly presentBy?: PlainDate
  readonly presentationOverdue: boolean
  readonly latenessExplained?: string
  /** how often papers were lost: each loss wants its own police confirmation */
  readonly losses: number
  readonly custody?: Custody
  readonly destinationCell?: Place
  /** organisations on the way that ended since: letters keep the old names, what is still to do is the heirs' */
  readonly heirs?: Heirs
  readonly admission?: {
    readonly meetingOn: PlainDate
    readonly admittedOn: PlainDate
    readonly paperId: string
  }
  readonly lastReason?: string
}

type FileOf = Omit<AttachedFile, 'pages'> & { readonly pages: number | null }

/** What someone asks for. */
export type Command =
  | { readonly type: 'save-draft'; readonly memberId?: string; readonly answers: Answers }
  | { readonly type: 'attach-file'; readonly file: FileOf }
  | { readonly type: 'detach-file'; readonly fileId: string }
  | { readonly type: 'submit'; readonly declared: boolean }
  | { readonly type: 'withdraw'; readonly reason: string }
  | { readonly type: 'accept-intake' }
  | { readonly type: 'extend-intake'; readonly reason: string }
  | { readonly type: 'ask-supplement'; readonly items: readonly string[]; readonly overrideReason?: string }
  | { readonly type: 'answer-supplement'; readonly note: string }
  | { readonly type: 'remind-supplement' }
  | { readonly type: 'close-unanswered'; readonly reason: string }
  | { readonly type: 'block'; readonly holdId: string }
  | { readonly type: 'lift-block'; readonly holdId: string }
  | {
      readonly type: 'sign-referral'
      readonly cellReview?: CellReview
      readonly committeeComment?: string
      readonly supplementUpToDate?: boolean
    }
  | { readonly type: 'take-number' }
  | { readonly type: 'record-seal'; readonly hop: number }
  | { readonly type: 'record-seal-failure'; readonly hop: number; readonly failure: string }
  | { readonly type: 'retry-seal' }
  | { readonly type: 'return'; readonly reason: string }
  | { readonly type: 'refuse'; readonly reason: string }
  | { readonly type: 'hand-over-file'; readonly sealNumber: string; readonly handedOn: PlainDate }
  | { readonly type: 'note-overdue' }
  | { readonly type: 'explain-lateness'; readonly explanation: string }
  | { readonly type: 'report-lost'; readonly account: string }
  | { readonly type: 'reissue'; readonly reason: string }
  | { readonly type: 'void-referral'; readonly reason: string; readonly destinationId?: string }
  | { readonly type: 'revert'; readonly reason: string; readonly decisionNumber: string }
  | {
      readonly type: 'receive'
      readonly receivedOn: PlainDate
      readonly sealIntact?: boolean
      readonly exception?: string
      readonly explanation?: string
    }
  | { readonly type: 'assign-cell'; readonly cellId: string }
  | { readonly type: 'return-from-destination'; readonly reason: string }
  | { readonly type: 'admit'; readonly meetingOn: PlainDate }
  /** an organisation on the way ended, or lies elsewhere now: sent by the act that changed it, or by the clock */
  | { readonly type: 'follow-reorganisation' }
export type CommandType = Command['type']

/** What happened, past tense, for ever. */
export type Event =
  | {
      readonly type: 'transfer-drafted'
      readonly memberId: string
      readonly memberType: Transfer['memberType']
      readonly origin: readonly Place[]
    }
  | { readonly type: 'draft-saved'; readonly answers: Answers }
  | { readonly type: 'file-attached'; readonly file: AttachedFile }
  | { readonly type: 'file-detached'; readonly fileId: string }
  | {
      readonly type: 'transfer-submitted'
      readonly late: boolean
      /** as they are on this day: a draft may have waited for months */
      readonly memberType: Transfer['memberType']
      readonly origin: readonly Place[]
      readonly destinationName: string
      readonly by: string
      /** the committee that does the cell's part */
      readonly standIn?: Place
    }
  | { readonly type: 'transfer-technically-rejected'; readonly defects: readonly string[] }
  | { readonly type: 'transfer-received'; readonly receivedAt: string; readonly dueAt: string }
  | { readonly type: 'intake-extended'; readonly reason: string; readonly dueAt: string }
  | { readonly type: 'supplement-asked'; readonly supplement: Supplement; readonly dueAt: string }
  | { readonly type: 'supplement-reminded'; readonly dueAt: string }
  | { readonly type: 'supplement-answered'; readonly note: string; readonly dueAt: string }
  | {
      readonly type: 'transfer-closed-unanswered'
      readonly reason: string
      readonly voided: readonly VoidedLetter[]
    }
  | {
      readonly type: 'intake-accepted'
      readonly origin: readonly Place[]
      readonly route: Route
      readonly standIn?: Place
      readonly dueAt: string
    }
  | {
      readonly type: 'transfer-blocked'
      readonly holdId: string
      readonly kind: string
      readonly blockedBy: string
      readonly minutesLeft: number
      readonly dueAt: string
    }
  | {
      readonly type: 'block-lifted'
      readonly holdId: string
      /** a supplement awaited meanwhile may be closed later by the days of the block */
      readonly closableOn?: PlainDate
      readonly dueAt: string
    }
  | {
      readonly type: 'referral-signed'
      readonly hop: number
      readonly signed: Act
      readonly paperIds: readonly string[]
      readonly cellReview?: CellReview
      readonly committeeComment?: string
      /** a body without a seal numbers by itself: its letter is complete with the signature */
      readonly numbered?: NonNullable<Hop['numbered']>
      readonly dueAt: string
    }
  | {
      readonly type: 'number-taken'
      readonly hop: number
      readonly numbered: NonNullable<Hop['numbered']>
      readonly dueAt: string
    }
  | { readonly type: 'referral-sealed'; readonly hop: number; readonly dueAt: string }
  | {
      readonly type: 'sealing-failed'
      readonly hop: number
      readonly failure: string
      readonly dueAt: string
    }
  | { readonly type: 'sealing-retried'; readonly hop: number; readonly dueAt: string }
  | {
      readonly type: 'transfer-returned'
      readonly reason: string
      /** the hop that has it again; null: the member */
      readonly toHop: number | null
      readonly voided: readonly VoidedLetter[]
      readonly dueAt: string
    }
  | { readonly type: 'transfer-refused'; readonly reason: string; readonly voided: readonly VoidedLetter[] }
  | { readonly type: 'transfer-withdrawn'; readonly reason: string; readonly voided: readonly VoidedLetter[] }
  | {
      readonly type: 'transfer-referred'
      readonly referredOn: PlainDate
      readonly presentBy: PlainDate
      /** of an internal letter's cell */
      readonly standIn?: Place
      readonly dueAt: string
    }
  | { readonly type: 'file-handed-over'; readonly custody: Custody; readonly dueAt: string }
  | { readonly type: 'presentation-overdue' }
  | { readonly type: 'lateness-explained'; readonly explanation: string }
  | { readonly type: 'papers-lost'; readonly account: string; readonly dueAt: string }
  | {
      readonly type: 'referral-voided'
      readonly reason: string
      readonly toHop: number
      readonly voided: readonly VoidedLetter[]
      readonly route?: Route
      readonly destinationId?: string
      readonly destinationName?: string
      readonly dueAt: string
    }
  | {
      readonly type: 'transfer-reverted'
      readonly reason: string
      readonly decisionNumber: string
      readonly voided: readonly VoidedLetter[]
    }
  | {
      readonly type: 'received-at-destination'
      readonly receivedOn: PlainDate
      readonly late: boolean
      readonly custody?: Custody
      readonly explanation?: string
      readonly dueAt: string
    }
  | {
      readonly type: 'cell-assigned'
      readonly cell: Place
      readonly standIn?: Place
      readonly dueAt: string
    }
  | { readonly type: 'assignment-returned'; readonly reason: string; readonly dueAt: string }
  | { readonly type: 'destination-returned'; readonly reason: string; readonly dueAt: string }
  | {
      readonly type: 'member-admitted'
      readonly meetingOn: PlainDate
      readonly admittedOn: PlainDate
      readonly paperId: string
    }
  | {
      readonly type: 'reorganisation-followed'
      readonly origin: readonly Place[]
      readonly heirs: Heirs
      readonly destinationId?: string
      readonly destinationName?: string
      readonly destinationCell?: Place
      /** while letters are still to be written: the way from here on; those written stay as they are */
      readonly route?: Route
      readonly hops?: readonly Hop[]
      readonly receiver?: Place
      readonly blockedBy?: string
      /** a letter that its organisation can no longer seal is void, and its heir writes it anew */
      readonly anew: boolean
      readonly voided: readonly VoidedLetter[]
      readonly dueAt: string | null
    }
export type EventType = Event['type']

/** What may be asked in each state. A state that is not here does not compile; a state with nothing is an end. */
export const NEXT = {
  draft: ['save-draft', 'attach-file', 'detach-file', 'submit', 'withdraw', 'follow-reorganisation'],
  'technically-rejected': [
    'save-draft',
    'attach-file',
    'detach-file',
    'submit',
    'withdraw',
    'follow-reorganisation',
  ],
  received: [
    'accept-intake',
    'extend-intake',
    'ask-supplement',
    'return',
    'refuse',
    'block',
    'withdraw',
    'follow-reorganisation',
  ],
  'supplement-requested': [
    'attach-file',
    'detach-file',
    'answer-supplement',
    'remind-supplement',
    'close-unanswered',
    'block',
    'withdraw',
    'follow-reorganisation',
  ],
  blocked: ['lift-block', 'withdraw', 'follow-reorganisation'],
  returned: [
    'save-draft',
    'attach-file',
    'detach-file',
    'submit',
    'refuse',
    'block',
    'withdraw',
    'follow-reorganisation',
  ],
  'cell-review': [
    'sign-referral',
    'ask-supplement',
    'return',
    'refuse',
    'block',
    'withdraw',
    'follow-reorganisation',
  ],
  'committee-review': [
    'sign-referral',
    'ask-supplement',
    'return',
    'refuse',
    'block',
    'withdraw',
    'follow-reorganisation',
  ],
  numbering: ['take-number', 'return', 'block', 'withdraw', 'follow-reorganisation'],
  sealing: ['record-seal', 'record-seal-failure', 'withdraw', 'follow-reorganisation'],
  'sealing-failed': ['retry-seal', 'return', 'withdraw', 'follow-reorganisation'],
  referred: ['hand-over-file', 'void-referral', 'revert', 'follow-reorganisation'],
  'in-transit': [
    'receive',
    'note-overdue',
    'explain-lateness',
    'report-lost',
    'void-referral',
    'revert',
    'follow-reorganisation',
  ],
  'papers-lost': ['attach-file', 'detach-file', 'reissue', 'revert', 'follow-reorganisation'],
  'at-destination': ['assign-cell', 'return-from-destination', 'follow-reorganisation'],
  'cell-admission': ['admit', 'return-from-destination', 'follow-reorganisation'],
  'destination-returned': ['void-referral', 'receive', 'revert', 'follow-reorganisation'],
  completed: [],
  withdrawn: [],
  refused: [],
  'closed-unanswered': [],
  reverted: [],
} as const satisfies Record<Status, readonly CommandType[]>

export function isClosed(transfer: Transfer): boolean {
  return NEXT[transfer.status].length === 0
}

/** The hop whose turn it is. */
export function currentHop(transfer: Transfer): Hop {
  const hop = transfer.hops[transfer.hop]
  if (!hop) throw new Error(`no hop ${transfer.hop} of ${transfer.hops.length}`)
  return hop
}

/** The organisation itself while it is there, else the one that took over. */
export function heirOf({ heirs }: Pick<Transfer, 'heirs'>, place: Place): Place {
  return heirs?.[place.id] ?? place
}

export function isLastHop(transfer: Transfer): boolean {
  return transfer.hop === transfer.hops.length - 1
}

/** Where the member is counted now, were the setting 'referral'; 'admission' counts 'transit' at the origin. */
export function countedAt(transfer: Transfer): 'origin' | 'transit' | 'destination' {
  if (transfer.status === 'completed') return 'destination'
  if (transfer.route?.kind === 'internal') return 'origin'
  return IN_TRANSIT.has(transfer.status) ? 'transit' : 'origin'
}
const IN_TRANSIT: ReadonlySet<Status> = new Set([
  'referred',
  'in-transit',
  'papers-lost',
  'at-destination',
  'cell-admission',
  'destination-returned',
])
