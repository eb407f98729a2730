/** The residence comment (lấy ý kiến nhận xét nơi cư trú, 213-QĐ/TW): its states, commands and events, and what may follow what. */
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { Ticks } from './form.ts'
import type { Place } from './place.ts'

/** Yearly (hằng năm), or when needed (khi cần): appointment, nomination, reward, discipline, admission to official status. */
export const PURPOSES = ['yearly', 'when-needed'] as const
export type Purpose = (typeof PURPOSES)[number]

/** Why a comment is sent back to who asked. */
export const GROUNDS = ['not-managed', 'moved-home', 'exempt', 'other'] as const
export type Ground = (typeof GROUNDS)[number]

export const STATUSES = [
  'requested',
  'with-cell',
  'drafted',
  'cell-signed',
  'sealing',
  'sealing-failed',
  'returned-to-workplace',
  'filed',
  'sent-back',
  'cancelled',
] as const
export type Status = (typeof STATUSES)[number]

/** Who did something and when, as the paper says it. */
export interface Act {
  readonly by: string
  readonly onBehalfOf?: string
  readonly position: string
  readonly organisationId: string
  readonly at: string
}

/** How high lateness was reported. */
export const LEVELS = ['commune', 'province'] as const
export type Level = (typeof LEVELS)[number]

export interface Draft {
  readonly ticks: Ticks
  readonly freeText: string
  /** the day the cell committee met the front board (ban công tác mặt trận): 213-QĐ/TW has them agree first */
  readonly frontBoardMetOn?: PlainDate
}

export interface Comment {
  readonly status: Status
  readonly memberId: string
  readonly year: number
  readonly purpose: Purpose
  /** what a comment that is not yearly is needed for */
  readonly reason?: string
  readonly startedBy: 'member' | 'workplace'
  readonly requestedAt: string
  /** who signed the request (phiếu xin ý kiến) for the workplace; absent where nobody who asks signs there */
  readonly requestSigned?: Act
  /** asked after the round's last day */
  readonly late: boolean
  /** the filed comment that this one stands in for: nothing is changed after signing */
  readonly corrects?: string
  /** the grassroots committee that asks and files */
  readonly workplace: Place
  readonly referralId: string
  readonly commune: Place
  /** the residence cell; absent while the commune has to choose */
  readonly cell?: Place
  /** the commune does the cell's part: nobody in the cell but the member could sign (7.9) */
  readonly communeActs: boolean
  /** exempt from activity at the residence: the short form */
  readonly exempt: boolean
  /** which version of the form it is written by */
  readonly form: string
  readonly draft: Draft
  readonly cellSigned?: Act
  readonly confirmed?: Act
  readonly paperId?: string
  readonly sealedAt?: string
  readonly sealFailure?: string
  readonly filed?: Act
  /** by when the province wants yearly comments back */
  readonly returnBy: PlainDate | null
  /** until when the one whose turn it is should act; an ISO instant */
  readonly dueAt: string | null
  readonly escalated: readonly { readonly level: Level; readonly at: string }[]
  readonly lastGround?: Ground
  readonly lastReason?: string
}

export type Command =
  | {
      readonly type: 'request'
      /** absent when the member asks */
      readonly memberId?: string
      readonly year: number
      readonly purpose: Purpose
      readonly reason?: string
      readonly corrects?: string
    }
  | { readonly type: 'route'; readonly cellId: string }
  | {
      readonly type: 'save-draft'
      /** only what changes; '' empties */
      readonly ticks?: Ticks
      readonly freeText?: string
      readonly frontBoardMetOn?: PlainDate | ''
    }
  | { readonly type: 'sign' }
  | { readonly type: 'return-to-cell'; readonly reason: string }
  | { readonly type: 'confirm' }
  | { readonly type: 'record-seal'; readonly paperId: string }
  | { readonly type: 'record-seal-failure'; readonly failure: string }
  | { readonly type: 'retry-seal' }
  | { readonly type: 'send-back'; readonly ground: Ground; readonly reason: string }
  | { readonly type: 'ask-again' }
  | { readonly type: 'file' }
  | { readonly type: 'cancel'; readonly reason: string }
  | { readonly type: 'escalate'; readonly level: Level }
  /** the member is counted in another grassroots organisation now */
  | { readonly type: 'follow-member' }
  | { readonly type: 'follow-reorganisation' }
export type CommandType = Command['type']

interface Due {
  readonly dueAt: string
}

export type Event =
  | ({
      readonly type: 'comment-requested'
      readonly memberId: string
      readonly year: number
      readonly purpose: Purpose
      readonly reason?: string
      readonly startedBy: Comment['startedBy']
      readonly requestSigned?: Act
      readonly late: boolean
      readonly corrects?: string
      readonly workplace: Place
      readonly referralId: string
      readonly commune: Place
      readonly exempt: boolean
      readonly form: string
      readonly returnBy: PlainDate | null
    } & Due)
  | ({ readonly type: 'comment-routed'; readonly cell: Place; readonly communeActs: boolean } & Due)
  | {
      readonly type: 'draft-saved'
      readonly ticks: Ticks
      readonly freeText?: string
      readonly frontBoardMetOn?: PlainDate | ''
      /** every criterion is ticked and the front board was met */
      readonly complete: boolean
    }
  | ({ readonly type: 'comment-signed'; readonly act: Act } & Due)
  | ({
      readonly type: 'comment-returned-to-cell'
      readonly reason: string
      readonly communeActs: boolean
    } & Due)
  | { readonly type: 'comment-confirmed'; readonly act: Act }
  | ({ readonly type: 'comment-sealed'; readonly paperId: string } & Due)
  | { readonly type: 'sealing-failed'; readonly failure: string }
  | { readonly type: 'sealing-retried' }
  | ({ readonly type: 'comment-sent-back'; readonly ground: Ground; readonly reason: string } & Due)
  | ({
      readonly type: 'comment-asked-again'
      readonly referralId: string
      readonly commune: Place
      readonly exempt: boolean
    } & Due)
  | { readonly type: 'comment-filed'; readonly act: Act }
  | { readonly type: 'comment-cancelled'; readonly reason: string }
  | { readonly type: 'comment-escalated'; readonly level: Level }
  | {
      readonly type: 'reorganisation-followed'
      readonly workplace: Place
      readonly commune: Place
      readonly cell?: Place
      readonly communeActs: boolean
      readonly dueAt: string | null
    }
  | { readonly type: 'member-followed'; readonly workplace: Place; readonly dueAt: string | null }
export type EventType = Event['type']

const FOLLOW = ['follow-member', 'follow-reorganisation'] as const
const OPEN = ['cancel', ...FOLLOW] as const
const WITH_CELL = [...OPEN, 'save-draft', 'sign', 'route', 'send-back', 'escalate'] as const

/** What may follow what. After the cell has signed nothing is changed: the commune confirms, or returns it whole. */
export const NEXT = {
  requested: [...OPEN, 'route', 'send-back', 'escalate'],
  'with-cell': WITH_CELL,
  drafted: WITH_CELL,
  'cell-signed': [...OPEN, 'confirm', 'return-to-cell', 'send-back', 'escalate'],
  sealing: ['record-seal', 'record-seal-failure', ...FOLLOW],
  'sealing-failed': ['retry-seal', ...FOLLOW],
  'returned-to-workplace': ['file', ...FOLLOW],
  filed: [],
  'sent-back': [...OPEN, 'ask-again'],
  cancelled: [],
} as const satisfies Record<Status, readonly CommandType[]>

export function isClosed({ status }: Pick<Comment, 'status'>): boolean {
  return status === 'filed' || status === 'cancelled'
}
