/** The temporary transfer (chuyển sinh hoạt đảng tạm thời): its states, commands and events, and what may follow what. */
import type { PlainDate, PlainMonth } from '../../../kernel/plain-date.ts'
import type { Chain, Place } from './place.ts'

/** Why a member lives elsewhere for a time: 232-QĐ/TW 6.3.2a, 01-HD/TW 10.2.2. */
export const CASES = ['residence', 'work', 'study', 'waiting', 'abroad'] as const
export type Case = (typeof CASES)[number]

/** What ends a stay whatever anybody asks. */
export const ENDINGS = ['died', 'left', 'removed', 'dissolved', 'moved', 'unanswered'] as const
export type Ending = (typeof ENDINGS)[number]

export interface AttachedFile {
  readonly id: string
  readonly role: 'decision'
  readonly name: string
  readonly sha256: string
  readonly pages: number | null
}

/** What the request says; all of it may still be missing in a draft. Saved as '', an answer is emptied. */
export interface Answers {
  readonly case?: Case
  readonly reason?: string
  readonly from?: PlainDate
  /** the last day of the stay */
  readonly to?: PlainDate
  /** a grassroots organisation, or one of its cells */
  readonly hostId?: string
  /** where one works, studies or lives there */
  readonly place?: string
  readonly decisionNumber?: string
  readonly decisionIssuer?: string
  readonly decisionIssuedOn?: PlainDate
  /** the self-review (bản tự kiểm điểm) of the year before */
  readonly review?: string
  readonly phone?: string
}

/** Who did something and when: the state keeps what later rules and papers ask. */
export interface Act {
  readonly by: string
  readonly onBehalfOf?: string
  readonly position: string
  readonly at: string
}

export interface CellComment {
  readonly meetingOn: PlainDate
  readonly comment: string
  /** 'đã đóng đảng phí hết tháng' */
  readonly feesPaidThrough: PlainMonth
}

/** The temporary referral (giấy giới thiệu sinh hoạt đảng tạm thời) of the origin committee. */
export interface Referral {
  readonly paperId: string
  readonly signed: Act
  readonly numbered?: Act & { readonly number: number; readonly symbol: string; readonly issuedOn: PlainDate }
  readonly sealedAt?: string
}

export interface Extension {
  readonly until: PlainDate
  readonly reason: string
  readonly askedAt: string
  readonly decided?: Act & {
    readonly granted: boolean
    readonly reason?: string
    /** of a granted one: the paper that says so */
    readonly paperId?: string
  }
}

/** What the host cell says when the member goes home. */
export interface ReturnComment {
  readonly signed: Act
  readonly paperId: string
  readonly leftOn: PlainDate
  readonly comment: string
  readonly feesPaidThrough: PlainMonth
}

/** What the host cell says each year before the rating at the official place (43-HD/BTCTW 2025, 7.6). */
export interface YearlyWords {
  readonly attendance: 'full' | 'partial' | 'none'
  readonly tasks: string
  readonly discipline: string
  readonly strengths: string
  readonly weaknesses: string
  readonly proposal: string
}

export interface YearlyComment {
  readonly year: number
  readonly askedAt: string
  readonly dueAt: string
  readonly written?: Act & { readonly words: YearlyWords }
}

export const STATUSES = [
  'draft',
  'sent-back',
  'cell-review',
  'committee-review',
  'numbering',
  'sealing',
  'sealing-failed',
  'at-host',
  'host-admission',
  'active',
  'extension-asked',
  'expired',
  'returning',
  'completed',
  'converted',
  'ended',
  'withdrawn',
  'refused',
  'declined',
] as const
export type Status = (typeof STATUSES)[number]

/** Who took over from an organisation that is no longer there, by that one's id. */
export type Heirs = Readonly<Record<string, Place>>

export interface Stay {
  readonly status: Status
  readonly memberId: string
  readonly memberType: 'official' | 'probationary'
  /** from the member's cell up to the province */
  readonly origin: Chain
  /** the organisation that writes the request for the member; absent where the member does */
  readonly office?: Place
  readonly answers: Answers
  readonly files: readonly AttachedFile[]
  /** who sent the request: the member, or an officer for them, who then does not also handle it */
  readonly submittedBy?: string
  readonly receivedAt?: string
  /** until when the one whose turn it is should act; an ISO instant */
  readonly dueAt: string | null
  /** until when the cell says what is missing (338-QĐ/TW art. 14) */
  readonly askBy?: string
  /** cells with nobody left to act but the member or who filed it: the committee does their part */
  readonly standIns: readonly string[]
  readonly cellComment?: CellComment & { readonly signed: Act }
  readonly committeeComment?: string
  readonly referral?: Referral
  readonly sealFailure?: string
  /** the grassroots organisation it is referred to */
  readonly host?: Place
  readonly hostCell?: Place
  readonly admission?: { readonly meetingOn: PlainDate; readonly admittedOn: PlainDate }
  readonly from?: PlainDate
  /** the last day, extensions included */
  readonly until?: PlainDate
  readonly extensions: readonly Extension[]
  readonly yearly: readonly YearlyComment[]
  readonly returned?: ReturnComment
  /** the origin took the member back without the host's comment, and why */
  readonly recalled?: string
  readonly ending?: Ending
  readonly heirs?: Heirs
  readonly lastReason?: string
}

/** What someone asks for. */
export type Command =
  | { readonly type: 'save-draft'; readonly memberId?: string; readonly answers: Answers }
  | { readonly type: 'attach-file'; readonly file: AttachedFile }
  | { readonly type: 'detach-file'; readonly fileId: string }
  | { readonly type: 'submit'; readonly declared: boolean }
  | { readonly type: 'withdraw'; readonly reason: string }
  | { readonly type: 'send-back'; readonly reason: string }
  | { readonly type: 'refuse'; readonly reason: string }
  | ({ readonly type: 'comment' } & CellComment)
  | { readonly type: 'sign-referral'; readonly committeeComment: string }
  | { readonly type: 'take-number' }
  | { readonly type: 'record-seal' }
  | { readonly type: 'record-seal-failure'; readonly failure: string }
  | { readonly type: 'retry-seal' }
  | { readonly type: 'assign-cell'; readonly cellId: string }
  | { readonly type: 'decline'; readonly reason: string }
  | { readonly type: 'admit'; readonly meetingOn: PlainDate }
  | { readonly type: 'ask-extension'; readonly until: PlainDate; readonly reason: string }
  | { readonly type: 'grant-extension' }
  | { readonly type: 'refuse-extension'; readonly reason: string }
  | {
      readonly type: 'write-return'
      readonly leftOn: PlainDate
      readonly comment: string
      readonly feesPaidThrough: PlainMonth
    }
  | { readonly type: 'record-return' }
  | { readonly type: 'recall'; readonly reason: string }
  | { readonly type: 'note-expired' }
  | { readonly type: 'convert'; readonly reason: string }
  | { readonly type: 'end'; readonly ending: Ending; readonly reason: string }
  | { readonly type: 'ask-yearly-comment'; readonly year: number }
  | ({ readonly type: 'write-yearly-comment' } & YearlyWords)
  /** an organisation of the stay ended, or lies elsewhere now: sent by the act that changed it, or by the clock */
  | { readonly type: 'follow-reorganisation' }
export type CommandType = Command['type']

/** What happened, past tense, for ever. */
export type Event =
  | {
      readonly type: 'stay-drafted'
      readonly memberId: string
      readonly memberType: Stay['memberType']
      readonly origin: Chain
      /** an office writes it for the member */
      readonly office?: Place
    }
  | { readonly type: 'draft-saved'; readonly answers: Answers }
  | { readonly type: 'file-attached'; readonly file: AttachedFile }
  | { readonly type: 'file-detached'; readonly fileId: string }
  | {
      readonly type: 'stay-requested'
      readonly memberType: Stay['memberType']
      readonly origin: Chain
      readonly host: Place
      readonly by: string
      readonly receivedAt: string
      readonly standIn: boolean
      readonly askBy: string
      readonly dueAt: string
    }
  | { readonly type: 'stay-withdrawn'; readonly reason: string }
  | {
      readonly type: 'stay-sent-back'
      readonly reason: string
      /** a letter not yet numbered goes back to who signed it, all else to who asked */
      readonly to: 'asker' | 'committee'
      /** what was missing was said later than 338-QĐ/TW art. 14 has it */
      readonly late?: true
      readonly dueAt: string
    }
  | { readonly type: 'stay-refused'; readonly reason: string }
  | {
      readonly type: 'cell-commented'
      readonly comment: CellComment & { readonly signed: Act }
      readonly dueAt: string
    }
  | {
      readonly type: 'referral-signed'
      readonly signed: Act
      readonly paperId: string
      readonly committeeComment: string
      readonly dueAt: string
    }
  | {
      readonly type: 'number-taken'
      readonly numbered: NonNullable<Referral['numbered']>
      readonly dueAt: string
    }
  | { readonly type: 'referral-sealed'; readonly at: string; readonly dueAt: string }
  | { readonly type: 'sealing-failed'; readonly failure: string; readonly dueAt: string }
  | { readonly type: 'sealing-retried'; readonly dueAt: string }
  | {
      readonly type: 'cell-assigned'
      readonly cell: Place
      readonly standIn: boolean
      /** the box by which the host committee refers to its cell; a grassroots cell that takes the guest itself writes none */
      readonly letter?: { readonly paperId: string; readonly signed: Act }
      readonly dueAt: string
    }
  | { readonly type: 'stay-declined'; readonly reason: string }
  | {
      readonly type: 'guest-admitted'
      readonly meetingOn: PlainDate
      readonly admittedOn: PlainDate
      readonly from: PlainDate
      readonly until: PlainDate
      readonly dueAt: string
    }
  | { readonly type: 'extension-asked'; readonly extension: Extension; readonly dueAt: string }
  | {
      readonly type: 'extension-granted'
      readonly decided: NonNullable<Extension['decided']>
      readonly until: PlainDate
      readonly dueAt: string
    }
  | {
      readonly type: 'extension-refused'
      readonly decided: NonNullable<Extension['decided']>
      readonly reason: string
      /** the last day had passed while it was asked */
      readonly expired: boolean
      readonly dueAt: string
    }
  | { readonly type: 'stay-expired'; readonly dueAt: string }
  | { readonly type: 'return-written'; readonly returned: ReturnComment; readonly dueAt: string }
  | { readonly type: 'return-recorded'; readonly recordedOn: PlainDate }
  | { readonly type: 'member-recalled'; readonly reason: string; readonly recordedOn: PlainDate }
  | {
      readonly type: 'stay-converted'
      readonly reason: string
      /** where the official transfer leads: the cell that has the guest */
      readonly destination: Place
    }
  | { readonly type: 'stay-ended'; readonly ending: Ending; readonly reason: string }
  | { readonly type: 'yearly-comment-asked'; readonly yearly: YearlyComment }
  | {
      readonly type: 'yearly-comment-written'
      readonly year: number
      readonly written: NonNullable<YearlyComment['written']>
    }
  | {
      readonly type: 'reorganisation-followed'
      readonly origin: Chain
      readonly heirs: Heirs
    }
export type EventType = Event['type']

/** What ends an open stay at any step. */
const ALWAYS = ['end', 'follow-reorganisation'] as const
const WRITING = ['save-draft', 'attach-file', 'detach-file', 'submit', 'withdraw', ...ALWAYS] as const
const AWAY = ['write-return', 'convert', 'ask-yearly-comment', 'write-yearly-comment', ...ALWAYS] as const

/** What may be asked in each state. A state that is not here does not compile; a state with nothing is an end. */
export const NEXT = {
  draft: WRITING,
  'sent-back': WRITING,
  'cell-review': ['comment', 'send-back', 'refuse', 'withdraw', ...ALWAYS],
  'committee-review': ['sign-referral', 'send-back', 'refuse', 'withdraw', ...ALWAYS],
  numbering: ['take-number', 'send-back', 'withdraw', ...ALWAYS],
  sealing: ['record-seal', 'record-seal-failure', ...ALWAYS],
  'sealing-failed': ['retry-seal', 'withdraw', ...ALWAYS],
  'at-host': ['assign-cell', 'decline', 'withdraw', ...ALWAYS],
  'host-admission': ['admit', 'assign-cell', 'decline', 'withdraw', ...ALWAYS],
  active: ['ask-extension', 'note-expired', ...AWAY],
  'extension-asked': ['grant-extension', 'refuse-extension', 'note-expired', ...AWAY],
  expired: ['recall', ...AWAY],
  returning: ['record-return', ...ALWAYS],
  completed: [],
  converted: [],
  ended: [],
  withdrawn: [],
  refused: [],
  declined: [],
} as const satisfies Record<Status, readonly CommandType[]>

export function isClosed({ status }: Pick<Stay, 'status'>): boolean {
  return NEXT[status].length === 0
}

/** Whether anybody but its writer was ever told of it: a draft that was given up, or whose member died, is as unknown as before. */
export function wasSent({ receivedAt }: Pick<Stay, 'receivedAt'>): boolean {
  return receivedAt !== undefined
}

/** While the member lives at the host place: admitted, and not yet taken back. */
export const STAYING: ReadonlySet<Status> = new Set(['active', 'extension-asked', 'expired', 'returning'])

/** The yearly comment that is asked and not written. */
export function openYearly({ yearly }: Pick<Stay, 'yearly'>): YearlyComment | undefined {
  return yearly.find(({ written }) => written === undefined)
}

/** The extension that awaits its decision, or was decided last. */
export function lastExtension({ extensions }: Pick<Stay, 'extensions'>): Extension | undefined {
  return extensions.at(-1)
}

/** The organisation itself while it is there, else the one that took over. */
export function heirOf({ heirs }: Pick<Stay, 'heirs'>, place: Place): Place {
  return heirs?.[place.id] ?? place
}
