/** The times of a session: the last instant that counts and the first that does not, for members and for officers. */
import { describe, expect, test } from 'vitest'
import type { PersonActor } from '../kernel/actor.ts'
import { Refusal, refusalOf } from '../kernel/refusal.ts'
import {
  endOfSession,
  formerSecretAt,
  isFresh,
  isRunning,
  isWorthNoting,
  requireFresh,
} from './session-rules.ts'

const START = new Date('2026-11-20T02:00:00Z')
const later = (milliseconds: number) => new Date(START.getTime() + milliseconds)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test.each([
  [-5_001, 'over'], // renewed in days to come, by a clock that stood wrong
  [0, 'on-its-way'],
  [4_999, 'on-its-way'],
  [5_000, 'lost'],
  [60_000, 'lost'],
  [60_001, 'over'],
])('%i ms after a renewal the secret before, its successor unused, is %s', (milliseconds, worth) =>
  expect(formerSecretAt(START, later(milliseconds))).toBe(worth),
)

describe('idle', () => {
  test.each([
    { officer: true, allowed: 15 * MINUTE },
    { officer: false, allowed: 12 * HOUR },
  ])('officer $officer: $allowed ms, not one more', ({ officer, allowed }) => {
    const session = { createdAt: START, lastSeenAt: START, officer }
    expect(isRunning(session, later(allowed))).toBe(true)
    expect(isRunning(session, later(allowed + 1))).toBe(false)
  })
})

describe('absolute end, however busy', () => {
  test.each([
    { officer: true, whole: 12 * HOUR },
    { officer: false, whole: 30 * DAY },
  ])('officer $officer: $whole ms', ({ officer, whole }) => {
    const session = { createdAt: START, lastSeenAt: later(whole - MINUTE), officer }
    expect(endOfSession(session)).toEqual(later(whole))
    expect(isRunning(session, later(whole))).toBe(true)
    expect(isRunning(session, later(whole + 1))).toBe(false)
  })
})

test('last seen is noted once a minute', () => {
  expect(isWorthNoting(START, later(MINUTE - 1))).toBe(false)
  expect(isWorthNoting(START, later(MINUTE))).toBe(true)
})

test('a sign-in is fresh for five minutes', () => {
  expect(isFresh(START, later(5 * MINUTE))).toBe(true)
  expect(isFresh(START, later(5 * MINUTE + 1))).toBe(false)
})

test('what was begun while the clock stood in days to come is over when it is put right', () => {
  const session = { createdAt: later(DAY), lastSeenAt: later(DAY), officer: false }
  expect(isRunning(session, later(DAY))).toBe(true)
  expect(isRunning(session, START)).toBe(false)
  expect(isFresh(later(MINUTE), START), 'two clocks that differ a little').toBe(true)
  expect(isFresh(later(MINUTE + 1), START)).toBe(false)
})

test('signing with a stale sign-in is refused, with the minutes', () => {
  const actor: PersonActor = {
    kind: 'person',
    memberId: 'm',
    hat: { position: 'member', organisationId: 'o' },
    signedInAt: START,
  }
  expect(refusalOf(() => requireFresh(actor, later(5 * MINUTE)))).toBeUndefined()
  const refusal = refusalOf(() => requireFresh(actor, later(6 * MINUTE)))
  expect(refusal).toBeInstanceOf(Refusal)
  expect(refusal).toMatchObject({ kind: 'forbidden', code: 'identity.stale-sign-in', facts: { minutes: 5 } })
})
