/** Where a member stands in a month of a cell, in one word. */

/** In the order of what a secretary does about them. */
export const MONTH_STATES = [
  'no-declaration',
  'declared',
  'refused',
  'not-assessed',
  'waiting',
  'to-pay',
  'paid',
  'exempt',
  'elsewhere',
] as const
export type MonthState = (typeof MONTH_STATES)[number]

/** What the books and the schedule say of the month. */
export interface MonthFacts {
  /** lines of the month that stand */
  readonly lines: number
  readonly dueVnd: number
  readonly paidVnd: number
  readonly waiting: boolean
  readonly declarationWaits: boolean
  /** there is a stretch of the schedule, with an amount or with why there is none */
  readonly scheduled: boolean
  readonly refusal: string | null
  /** another cell collects the month */
  readonly elsewhere: boolean
}

export function monthState(facts: MonthFacts): MonthState {
  if (facts.lines > 0) {
    if (facts.dueVnd === 0) return 'exempt'
    if (facts.paidVnd >= facts.dueVnd) return 'paid'
    return facts.waiting ? 'waiting' : 'to-pay'
  }
  if (facts.elsewhere) return 'elsewhere'
  if (facts.refusal !== null) return 'refused'
  if (facts.scheduled) return 'not-assessed'
  return facts.declarationWaits ? 'declared' : 'no-declaration'
}
