/** A member's month in one word. */
import { expect, test } from 'vitest'
import { MONTH_STATES, monthState, type MonthFacts, type MonthState } from './month-state.ts'

const NOTHING: MonthFacts = {
  lines: 0,
  dueVnd: 0,
  paidVnd: 0,
  waiting: false,
  declarationWaits: false,
  scheduled: false,
  refusal: null,
  elsewhere: false,
}
const LINED = { ...NOTHING, scheduled: true, lines: 1, dueVnd: 80_000 }

const CASES: readonly [MonthState, MonthFacts][] = [
  ['no-declaration', NOTHING],
  ['declared', { ...NOTHING, declarationWaits: true }],
  ['refused', { ...NOTHING, scheduled: true, refusal: 'party-fees.region-missing' }],
  ['not-assessed', { ...NOTHING, scheduled: true }],
  ['waiting', { ...LINED, waiting: true }],
  ['to-pay', { ...LINED, declarationWaits: true }],
  ['to-pay', { ...LINED, lines: 2, paidVnd: 70_000 }],
  ['paid', { ...LINED, paidVnd: 80_000 }],
  ['exempt', { ...LINED, dueVnd: 0 }],
  ['elsewhere', { ...NOTHING, elsewhere: true }],
  ['elsewhere', { ...NOTHING, scheduled: true, declarationWaits: true, elsewhere: true }],
  ['to-pay', { ...LINED, elsewhere: true }],
]

test.each(CASES)('%s', (state, facts) => {
  expect(monthState(facts)).toBe(state)
})

test('every word is met', () => {
  expect(new Set(CASES.map(([state]) => state))).toEqual(new Set(MONTH_STATES))
})
