/** Arrivals: so many bodies, so many bytes, of each asker a part, and who sends too slowly is told so. */
import { afterEach, expect, test } from 'vitest'
import { refusalOf } from '../kernel/refusal.ts'
import { ARRIVAL_LIMITS, Arrivals, type ArrivalLimits } from './arrivals.ts'

const opened: Arrivals[] = []
const open = (limits: Partial<ArrivalLimits>) => {
  const arrivals = new Arrivals({
    ...ARRIVAL_LIMITS,
    share: { known: 1, stranger: 1 },
    atOnce: { known: 100, stranger: 100 },
    bytes: { known: 1000, stranger: 1000 },
    ...limits,
  })
  opened.push(arrivals)
  return arrivals
}
afterEach(() => opened.splice(0).forEach((arrivals) => arrivals.close()))

const from = (asker: string, most = 1, received = 0) => ({
  by: 'known' as const,
  asker,
  most,
  received: () => received,
})
const codeOf = (ask: () => unknown) => refusalOf(ask)?.code

test('so many bodies are on their way, and what has arrived makes room for the next, once', () => {
  const arrivals = open({ atOnce: { known: 2, stranger: 1 } })
  const first = arrivals.begin(from('a'))
  arrivals.begin(from('b'))
  expect(codeOf(() => arrivals.begin(from('c')))).toBe('request.overloaded')
  arrivals.begin({ ...from('c'), by: 'stranger' })
  first.arrived()
  first.arrived()
  first.leave()
  arrivals.begin(from('c'))
  expect(codeOf(() => arrivals.begin(from('d')))).toBe('request.overloaded')
})

test('what a body brings is in memory until its request is over, not only until it has arrived', () => {
  const arrivals = open({ bytes: { known: 10, stranger: 10 } })
  const large = arrivals.begin(from('a', 8))
  expect(codeOf(() => arrivals.begin(from('b', 3)))).toBe('request.overloaded')
  arrivals.begin(from('b', 2)).leave()
  large.arrived()
  expect(codeOf(() => arrivals.begin(from('b', 3)))).toBe('request.overloaded')
  large.leave()
  large.leave()
  arrivals.begin(from('b', 10))
  expect(codeOf(() => arrivals.begin(from('c', 1)))).toBe('request.overloaded')
})

test('one asker leaves room for the others', () => {
  const arrivals = open({
    atOnce: { known: 4, stranger: 4 },
    bytes: { known: 100, stranger: 100 },
    share: { known: 1 / 2, stranger: 1 / 2 },
  })
  arrivals.begin(from('a', 50))
  expect(codeOf(() => arrivals.begin(from('a', 1)))).toBe('request.overloaded')
  arrivals.begin(from('b'))
  arrivals.begin(from('b'))
  expect(codeOf(() => arrivals.begin(from('b')))).toBe('request.overloaded')
  arrivals.begin(from('c'))
})

test('who sends at the pace asked for is never broken off, and who is slower is, with a time to come back', () => {
  const pace = { graceMs: 1_000, bytesPerSecond: 10 }
  const arrivals = open(pace)
  const sending = (received: number) => arrivals.begin(from('a', 100, received), 0).signal
  const [silent, slow, steady] = [sending(0), sending(19), sending(20)]
  const arrived = arrivals.begin(from('a', 100), 0)
  arrived.arrived()
  arrivals.look(1_000)
  expect([silent.aborted, slow.aborted, steady.aborted]).toEqual([false, false, false])
  arrivals.look(3_000)
  expect([silent.aborted, slow.aborted, steady.aborted]).toEqual([true, true, false])
  expect(silent.reason).toMatchObject({
    kind: 'overloaded',
    code: 'request.too-slow',
    facts: { seconds: expect.any(Number) },
  })
  expect(arrived.signal.aborted).toBe(false)
})

test('the largest file that is taken is let through at that pace before the server gives up on any request', () => {
  const { graceMs, bytesPerSecond } = ARRIVAL_LIMITS
  expect(graceMs + ((11 * 1024 * 1024) / bytesPerSecond) * 1000).toBeLessThan(5 * 60_000)
})
