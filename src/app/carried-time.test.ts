/** Another clock carried on: what trembles on the way stays, what was set is followed and told. */
import { expect, test } from 'vitest'
import { carryTime, STEP_MS } from './carried-time.ts'

const NOON = Date.parse('2026-11-28T05:00:00Z')

/** A clock of ticks that the test moves. */
function begin() {
  const ticks = { now: 1_000 }
  const time = carryTime(() => ticks.now)
  const ask = (theirs: number, tookMs = 10) => {
    const asked = ticks.now
    ticks.now += tookMs
    return time.hear(new Date(theirs), asked, ticks.now)
  }
  return { ticks, time, ask, shown: () => time.now().getTime() }
}

test('it runs on between two questions, and an answer that the way explains changes nothing', () => {
  const { ticks, ask, shown, time } = begin()
  expect(() => time.now()).toThrow('not asked yet')
  expect(ask(NOON)).toBe(0)
  expect(shown()).toBe(NOON + 5)
  ticks.now += 60_000
  expect(shown()).toBe(NOON + 60_005)
  expect(ask(NOON + 60_000 + 14, 2)).toBe(0)
  expect(shown()).toBe(NOON + 60_015) // 60_007 was too early by seven
  expect(ask(NOON + 60_020, 20)).toBe(0)
  expect(shown()).toBe(NOON + 60_035)
  expect(time.sinceStep()).toBe(Infinity)
})

test('what is slewed is followed in silence; what is set is followed and told, ahead and back', () => {
  const { ticks, ask, shown, time } = begin()
  ask(NOON, 0)
  expect(ask(NOON + STEP_MS, 0)).toBe(0)
  expect(shown()).toBe(NOON + STEP_MS)
  expect(ask(NOON + 2 * STEP_MS + 1, 0)).toBe(STEP_MS + 1)
  expect(time.sinceStep()).toBe(0)
  ticks.now += 5_000
  expect(time.sinceStep()).toBe(5_000)
  expect(ask(NOON - 86_400_000, 0)).toBeLessThan(-86_400_000)
  expect(shown()).toBe(NOON - 86_400_000)
  expect(time.sinceStep()).toBe(0)
})

test('an answer that took long is believed only where it cannot be otherwise', () => {
  const { ask, shown } = begin()
  ask(NOON, 0)
  expect(ask(NOON, 8_000)).toBe(0)
  expect(shown()).toBe(NOON + 8_000)
  expect(ask(NOON + 3_600_000, 8_000)).toBe(3_600_000 - 8_000 - 4_000)
  expect(shown()).toBe(NOON + 3_604_000)
})
