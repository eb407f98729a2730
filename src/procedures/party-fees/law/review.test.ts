/** What is left of a line, whose turn it is, who may say yes, and when it has waited too long. */
import { expect, test } from 'vitest'
import { refusalOf } from '../../../kernel/refusal.ts'
import { calendarFrom } from '../../../kernel/working-time.ts'
import {
  needsSecond,
  requireNotOwn,
  requireRest,
  requireSecond,
  requireSendable,
  standing,
  waitsTooLong,
  type Decision,
} from './review.ts'

const decision = (more: Partial<Decision> = {}): Decision => ({
  id: 'r',
  act: 'attached',
  amountVnd: 40,
  by: 'one',
  secondNeeded: false,
  confirmedBy: null,
  sentOn: null,
  withdrawn: false,
  ...more,
})
const back = (more: Partial<Decision> = {}) => decision({ act: 'sent-back', ...more })

test.each<[string, readonly Decision[], number, string | undefined]>([
  ['nothing decided', [], 100, 'decide'],
  ['a part attached', [decision()], 60, 'decide'],
  ['all attached', [decision({ amountVnd: 100 })], 0, undefined],
  ['a part attached, the rest left', [decision(), decision({ act: 'left', amountVnd: 60 })], 0, undefined],
  ['attached when a second agrees', [decision({ secondNeeded: true })], 60, 'attach-second'],
  ['agreed to', [decision({ secondNeeded: true, confirmedBy: 'two' })], 60, 'decide'],
  ['withdrawn before', [decision({ secondNeeded: true, withdrawn: true })], 100, 'decide'],
  ['to be sent back', [back({ amountVnd: 100 })], 0, 'send'],
  ['needs a second', [back({ secondNeeded: true })], 60, 'second'],
  ['has its second', [back({ secondNeeded: true, confirmedBy: 'two' })], 60, 'send'],
  ['went back', [back({ amountVnd: 100, sentOn: '2026-06-05' })], 0, undefined],
  ['taken back', [back({ amountVnd: 100, withdrawn: true })], 100, 'decide'],
])('%s', (_words, decisions, restVnd, awaited) => {
  expect(standing(100, decisions)).toEqual({ restVnd, awaited })
})

test('no more is decided of than is left', () => {
  const rest = standing(100, [decision()])
  expect(refusalOf(() => requireRest(rest, 60))).toBe(undefined)
  expect(refusalOf(() => requireRest(rest, 61))?.code).toBe('party-fees.review-too-much')
  expect(refusalOf(() => requireRest(standing(100, [decision({ amountVnd: 100 })]), 1))?.code).toBe(
    'party-fees.review-done',
  )
})

test('the second is somebody else, once, while it waits; without it nothing is sent', () => {
  const waiting = back({ secondNeeded: true })
  const code = (act: () => void) => refusalOf(act)?.code
  expect(code(() => requireSecond(waiting, ['two']))).toBe(undefined)
  expect(code(() => requireSecond(waiting, ['one']))).toBe('party-fees.review-same-person')
  expect(code(() => requireSecond(waiting, ['deputy', 'one']))).toBe('party-fees.review-same-person')
  const proposed = decision({ secondNeeded: true })
  expect(code(() => requireSecond(proposed, ['two']))).toBe(undefined)
  expect(code(() => requireSecond(proposed, ['deputy', 'one']))).toBe('party-fees.review-same-person')
  for (const other of [
    decision({ secondNeeded: true, confirmedBy: 'two' }),
    decision({ secondNeeded: true, withdrawn: true }),
    back(),
    decision(),
    back({ secondNeeded: true, confirmedBy: 'two' }),
    back({ secondNeeded: true, withdrawn: true }),
    back({ secondNeeded: true, sentOn: '2026-06-05' }),
  ])
    expect(code(() => requireSecond(other, ['two']))).toBe('party-fees.review-not-waiting')
  expect(code(() => requireSendable(waiting))).toBe('party-fees.review-second-first')
  expect(code(() => requireSendable(back()))).toBe(undefined)
  expect(code(() => requireSendable(back({ secondNeeded: true, confirmedBy: 'two' })))).toBe(undefined)
  for (const other of [back({ sentOn: '2026-06-05' }), back({ withdrawn: true }), decision()])
    expect(code(() => requireSendable(other))).toBe('party-fees.review-not-waiting')
})

test('one person attaches up to the sum, also in parts; above it a second one is needed', () => {
  expect(needsSecond([], 60, 60)).toBe(false)
  expect(needsSecond([], 61, 60)).toBe(true)
  expect(needsSecond([decision()], 20, 60)).toBe(false)
  expect(needsSecond([decision()], 21, 60)).toBe(true)
  const others = [decision({ secondNeeded: true, confirmedBy: 'two' }), back(), decision({ act: 'left' })]
  expect(needsSecond(others, 60, 60)).toBe(false)
})

test('nobody decides of the own, nor of whose they are linked with', () => {
  const code = (people: readonly string[]) =>
    refusalOf(() => requireNotOwn(['payer', 'member'], people))?.code
  expect(code(['one'])).toBe(undefined)
  expect(code(['one', 'member'])).toBe('party-fees.review-own')
})

test('three working days: the third is in time, the fourth is not, and days of rest do not count', () => {
  const calendar = calendarFrom({ holidays: () => [] })
  const since = '2026-06-04' // a Thursday
  expect(waitsTooLong(calendar, since, '2026-06-09', 3)).toBe(false)
  expect(waitsTooLong(calendar, since, '2026-06-10', 3)).toBe(true)
})
