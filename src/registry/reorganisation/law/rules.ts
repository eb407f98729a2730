/** Who plans and who signs a reorganisation, until when it may be taken back, and what may follow what. */
import { hasFreshSignIn, holds, type Actor } from '../../../kernel/actor.ts'
import { addDays, compare, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'

/** 09-HD/BTCTW (2017) and 3342-CV/BTCTW as one provincial commission explains them: the committee above both sides decides. */
export const COLLECTIVE_CITATION = '09-HD/BTCTW (2017), 3342-CV/BTCTW: chuyển giao tổ chức đảng, đảng viên'

export const STATUSES = ['draft', 'signed', 'stopped', 'applied', 'undone', 'cancelled'] as const
export type Status = (typeof STATUSES)[number]

export const COMMANDS = ['save', 'sign', 'apply', 'cancel', 'undo'] as const
export type CommandType = (typeof COMMANDS)[number]

/** What may be asked in each state. */
export const NEXT = {
  draft: ['save', 'sign', 'cancel'],
  // signed, and the day has not come
  signed: ['apply', 'cancel'],
  // the day came and the tree no longer allowed it
  stopped: ['save', 'sign', 'cancel'],
  applied: ['undo'],
  undone: [],
  cancelled: [],
} as const satisfies Record<Status, readonly CommandType[]>

/** They prepare a plan; a system administrator helps with it and signs nothing. */
export const PLANNERS: readonly string[] = [
  'committee-secretary',
  'committee-standing-deputy',
  'committee-deputy-secretary',
  'commission-head',
  'commission-deputy',
  'commission-officer',
  'building-head',
  'building-officer',
  'office-chief',
  'system-administrator',
]

/** They sign it, in the committee above everything that changes. */
export const SIGNERS: readonly string[] = [
  'committee-secretary',
  'committee-standing-deputy',
  'committee-deputy-secretary',
]

/** @throws Refusal forbidden `reorganisation.not-yours`; `identity.stale-sign-in` before signing */
export function mayAsk(command: CommandType, underId: string, actor: Actor, at: Date): void {
  if (actor.kind === 'clock') {
    if (command === 'apply') return
    throw new Refusal('forbidden', 'reorganisation.not-yours', { facts: { command } })
  }
  const signs = command === 'sign' || command === 'undo'
  // A plan is prepared by the committee's own people and its commission's; what they may reach was settled before.
  const allowed = signs
    ? holds(actor, underId, SIGNERS)
    : command !== 'apply' && PLANNERS.includes(actor.hat.position) && !actor.onBehalfOf
  if (!allowed) throw new Refusal('forbidden', 'reorganisation.not-yours', { facts: { command } })
  if (signs && !hasFreshSignIn(actor, at))
    throw new Refusal('forbidden', 'identity.stale-sign-in', {
      citation: '379-QĐ/TW, Điều 12',
      facts: { minutes: 5 },
    })
}

/** @throws Refusal against-rule `reorganisation.not-now` */
export function mayFollow(status: Status, command: CommandType): void {
  if (!(NEXT[status] as readonly CommandType[]).includes(command))
    throw new Refusal('against-rule', 'reorganisation.not-now', { facts: { status, command } })
}

/** The last day on which an applied plan may be taken back. */
export function undoableUntil(appliedOn: PlainDate, days: number): PlainDate {
  return addDays(appliedOn, days)
}

/** @throws Refusal against-rule `reorganisation.undo-too-late` {until} */
export function refuseTooLate(until: PlainDate, today: PlainDate): void {
  if (compare(today, until) > 0)
    throw new Refusal('against-rule', 'reorganisation.undo-too-late', { facts: { until } })
}
