/** The one-time referral to the residence (giấy giới thiệu về giữ mối liên hệ nơi cư trú, 213-QĐ/TW): what may follow what. */
import type { PlainDate } from '../../../../kernel/plain-date.ts'
import type { Place } from '../../law/place.ts'

/** Who is referred but exempt from activity at the residence (33-HD/BTCTW 1.1). */
export const EXEMPT_GROUNDS = [
  'armed-forces',
  'mobile-work',
  'rotated',
  'full-time-study',
  'student',
] as const
/** Who is not referred at all (33-HD/BTCTW 1.2; the last two are ours, the source is cut there [I]). */
export const UNREFERRED_GROUNDS = ['secret-mission', 'combat-readiness', 'abroad', 'activity-exempt'] as const
export type ExemptGround = (typeof EXEMPT_GROUNDS)[number]
export type UnreferredGround = (typeof UNREFERRED_GROUNDS)[number]

export const STATUSES = [
  'referred',
  'sent-back',
  'accepted',
  'needs-cell',
  'not-referred',
  'withdrawn',
  'closed',
] as const
export type Status = (typeof STATUSES)[number]

export interface Referral {
  readonly status: Status
  readonly memberId: string
  readonly workplace: Place
  /** absent for one who is not referred */
  readonly commune?: Place
  readonly cell?: Place
  /** house, street, quarter: where the member lives within the commune */
  readonly address?: string
  readonly exempt?: ExemptGround
  readonly unreferred?: UnreferredGround
  readonly referredAt: string
  readonly acceptedOn?: PlainDate
  /** the first day no longer there */
  readonly closedOn?: PlainDate
  readonly dueAt: string | null
  readonly lastReason?: string
}

export type Command =
  | {
      readonly type: 'refer'
      readonly memberId: string
      readonly communeId: string
      readonly address: string
      readonly exempt?: ExemptGround
    }
  | { readonly type: 'mark-unreferred'; readonly memberId: string; readonly ground: UnreferredGround }
  | {
      readonly type: 'correct'
      readonly communeId: string
      readonly address: string
      readonly exempt?: ExemptGround
    }
  | { readonly type: 'withdraw'; readonly reason: string }
  | { readonly type: 'accept'; readonly cellId: string }
  | { readonly type: 'send-back'; readonly reason: string }
  | { readonly type: 'assign-cell'; readonly cellId: string }
  | { readonly type: 'set-exemption'; readonly exempt: ExemptGround | ''; readonly reason: string }
  | { readonly type: 'close'; readonly reason: string }
  /** the member is counted in another grassroots organisation now: the referral goes along (7.9) */
  | { readonly type: 'follow-member' }
  | { readonly type: 'follow-reorganisation' }
export type CommandType = Command['type']

interface Due {
  readonly dueAt: string
}

export type Event =
  | ({
      readonly type: 'member-referred'
      readonly memberId: string
      readonly workplace: Place
      readonly commune: Place
      readonly address: string
      readonly exempt?: ExemptGround
    } & Due)
  | {
      readonly type: 'member-unreferred'
      readonly memberId: string
      readonly workplace: Place
      readonly ground: UnreferredGround
    }
  | ({
      readonly type: 'referral-corrected'
      readonly commune: Place
      readonly address: string
      readonly exempt?: ExemptGround
    } & Due)
  | { readonly type: 'referral-withdrawn'; readonly reason: string }
  | { readonly type: 'referral-accepted'; readonly cell: Place; readonly acceptedOn: PlainDate }
  | ({ readonly type: 'referral-sent-back'; readonly reason: string } & Due)
  | { readonly type: 'cell-assigned'; readonly cell: Place }
  | { readonly type: 'exemption-set'; readonly exempt: ExemptGround | ''; readonly reason: string }
  | { readonly type: 'referral-closed'; readonly reason: string; readonly closedOn: PlainDate }
  | {
      readonly type: 'reorganisation-followed'
      readonly workplace: Place
      readonly commune?: Place
      readonly cell?: Place
      readonly dueAt: string | null
    }
  | { readonly type: 'member-followed'; readonly workplace: Place; readonly dueAt: string | null }
export type EventType = Event['type']

const FOLLOW = ['follow-member', 'follow-reorganisation'] as const
const HOLDS = ['close', 'set-exemption', ...FOLLOW] as const

/** What may follow what. One that was accepted is nobody's turn and still holds. */
export const NEXT = {
  referred: ['accept', 'send-back', 'withdraw', ...FOLLOW],
  'sent-back': ['correct', 'withdraw', ...FOLLOW],
  accepted: [...HOLDS, 'assign-cell'],
  'needs-cell': [...HOLDS, 'assign-cell'],
  'not-referred': ['close', 'follow-member'],
  withdrawn: [],
  closed: [],
} as const satisfies Record<Status, readonly CommandType[]>

/** Waits for an answer: the commune's, or the workplace's to what was sent back. */
export function isPending({ status }: Pick<Referral, 'status'>): boolean {
  return status === 'referred' || status === 'sent-back'
}

/** Holds now: the member keeps contact there, or is known as one who is not referred. */
export function isCurrent({ status }: Pick<Referral, 'status'>): boolean {
  return status === 'accepted' || status === 'needs-cell' || status === 'not-referred'
}
