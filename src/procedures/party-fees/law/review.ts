/** How a line of the bank's that fitted nothing stands: what is left to decide, and whose turn it is. */
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { workingDaysBetween, type WorkCalendar } from '../../../kernel/working-time.ts'

export type Act = 'attached' | 'sent-back' | 'booked' | 'told-twice' | 'left'

/** A decision about a part of the line's amount. */
export interface Decision {
  readonly id: string
  readonly act: Act
  readonly amountVnd: number
  readonly by: string
  /** of money sent back, and of a large sum attached: somebody else must say yes first */
  readonly secondNeeded: boolean
  readonly confirmedBy: string | null
  /** the day it went back */
  readonly sentOn: PlainDate | null
  readonly withdrawn: boolean
}

/**
 * decide: nobody has decided of it (all). attach-second: somebody else must say yes to what it is attached to. second: to its
 * being sent back. send: it is to be sent back and noted down.
 */
export type Awaited = 'decide' | 'attach-second' | 'second' | 'send'

export interface Standing {
  readonly restVnd: number
  readonly awaited: Awaited | undefined
}

const isToBeSent = ({ act, sentOn, withdrawn }: Decision): boolean =>
  act === 'sent-back' && sentOn === null && !withdrawn

/** It is attached once a second person says yes. */
export const isProposed = ({ act, secondNeeded, confirmedBy, withdrawn }: Decision): boolean =>
  act === 'attached' && secondNeeded && confirmedBy === null && !withdrawn

/** Somebody else must say yes to it first. */
export const awaitsSecond = (decision: Decision): boolean =>
  isProposed(decision) || (isToBeSent(decision) && decision.secondNeeded && decision.confirmedBy === null)

export function standing(amountVnd: number, decisions: readonly Decision[]): Standing {
  const holding = decisions.filter(({ withdrawn }) => !withdrawn)
  const restVnd = holding.reduce((rest, each) => rest - each.amountVnd, amountVnd)
  if (holding.some(isProposed)) return { restVnd, awaited: 'attach-second' }
  const open = holding.find(isToBeSent)
  if (open) return { restVnd, awaited: open.secondNeeded && open.confirmedBy === null ? 'second' : 'send' }
  return { restVnd, awaited: restVnd > 0 ? 'decide' : undefined }
}

/**
 * @throws Refusal conflict `party-fees.review-done`, `party-fees.review-too-much`
 */
export function requireRest(rest: Standing, amountVnd: number): void {
  if (rest.restVnd === 0) throw new Refusal('conflict', 'party-fees.review-done')
  if (amountVnd > rest.restVnd)
    throw new Refusal('conflict', 'party-fees.review-too-much', {
      facts: { restVnd: rest.restVnd, amountVnd },
    })
}

/** One person attaches up to a sum of a line, in one go or in parts. */
export function needsSecond(
  decisions: readonly Decision[],
  amountVnd: number,
  aloneUntilVnd: number,
): boolean {
  const alone = decisions.filter(({ act, secondNeeded }) => act === 'attached' && !secondNeeded)
  return alone.reduce((sum, each) => sum + each.amountVnd, amountVnd) > aloneUntilVnd
}

/**
 * Whoever decides, and whoever they are linked with, pays nothing of it and owes nothing of it.
 *
 * @throws Refusal against-rule `party-fees.review-own`
 */
export function requireNotOwn(meant: readonly string[], people: readonly string[]): void {
  if (meant.some((member) => people.includes(member)))
    throw new Refusal('against-rule', 'party-fees.review-own')
}

/**
 * The second person says yes to money that leaves, or to what a large sum is attached to.
 *
 * @throws Refusal conflict `party-fees.review-not-waiting`; against-rule `party-fees.review-same-person`
 */
export function requireSecond(decision: Decision, people: readonly string[]): void {
  if (!awaitsSecond(decision)) throw new Refusal('conflict', 'party-fees.review-not-waiting')
  if (people.includes(decision.by)) throw new Refusal('against-rule', 'party-fees.review-same-person')
}

/**
 * @throws Refusal conflict `party-fees.review-not-waiting`; against-rule `party-fees.review-second-first`
 */
export function requireSendable(decision: Decision): void {
  if (!isToBeSent(decision)) throw new Refusal('conflict', 'party-fees.review-not-waiting')
  if (decision.secondNeeded && decision.confirmedBy === null)
    throw new Refusal('against-rule', 'party-fees.review-second-first')
}

/** Whether a line told on a day has waited for more than so many working days. */
export function waitsTooLong(
  calendar: WorkCalendar,
  since: PlainDate,
  today: PlainDate,
  workingDays: number,
): boolean {
  return workingDaysBetween(calendar, since, today) > workingDays
}
