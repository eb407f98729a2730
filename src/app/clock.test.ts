/** The clock: real outside a demo, moved forward on one, and seen by every process. */
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { openDatabase, sql, type Database } from '../kernel/db.ts'
import { markDemo, openClock, type RunningClock } from './clock.ts'

const DAY_MS = 86_400_000
let testDatabase: TestDatabase
let database: Database
const opened: RunningClock[] = []

async function open(): Promise<RunningClock> {
  const clock = await openClock(database)
  opened.push(clock)
  return clock
}

beforeEach(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, { connections: 4 })
})

afterEach(async () => {
  for (const clock of opened.splice(0)) clock.close()
  await database.close()
  await testDatabase.drop()
})

const inDays = (clock: RunningClock, days: number) => new Date(clock.now().getTime() + days * DAY_MS)
const aheadDays = (clock: RunningClock) => (clock.now().getTime() - clock.real().getTime()) / DAY_MS

test('outside a demo it is real time and cannot be moved', async () => {
  const clock = await open()
  expect(aheadDays(clock)).toBe(0)
  await expect(clock.moveTo(inDays(clock, 1))).rejects.toMatchObject({
    kind: 'against-rule',
    code: 'clock.not-demo',
  })
  expect(aheadDays(clock)).toBe(0)
})

test('its time is the database’s, wherever this machine’s clock stands, and goes on when the database does not answer', async () => {
  const clock = await open()
  const { at } = await database.read.one<{ at: Date }>(sql`select clock_timestamp() as at`)
  expect(Math.abs(clock.real().getTime() - at.getTime())).toBeLessThan(1_000)
  const real = Date.now
  Date.now = () => real() + 30 * DAY_MS
  try {
    expect(clock.now().getTime() - at.getTime()).toBeLessThan(1_000)
    expect(clock.isSettled()).toBe(true)
    await database.close()
    const before = clock.now().getTime()
    await pause(50)
    expect(clock.now().getTime() - before).toBeGreaterThanOrEqual(45)
  } finally {
    Date.now = real
    database = openDatabase(testDatabase.url, { connections: 4 })
  }
})

test('on a demo it moves forward, for every process within a second, and stays moved', async () => {
  await markDemo(database)
  const [mine, other] = [await open(), await open()]
  let told = 0
  other.onMove(() => told++)
  await mine.moveTo(inDays(mine, 60))
  expect(aheadDays(mine)).toBeCloseTo(60, 3)
  await pause(1000)
  expect([aheadDays(other).toFixed(3), told]).toEqual(['60.000', 1])
  expect(aheadDays(await open())).toBeCloseTo(60, 3)
})

test('never backward, never beyond what the test certificates last, never nonsense', async () => {
  await markDemo(database)
  const [clock, stale] = [await open(), await open()]
  const yesterday = new Date(Date.now() - DAY_MS)
  await expect(clock.moveTo(yesterday)).rejects.toMatchObject({ code: 'clock.never-backward' })
  await clock.moveTo(inDays(clock, 10))
  await expect(stale.moveTo(new Date(Date.now() + 9 * DAY_MS))).rejects.toMatchObject({
    code: 'clock.never-backward',
  })
  await expect(clock.moveTo(inDays(clock, 2000))).rejects.toMatchObject({ code: 'clock.too-far' })
  await expect(clock.moveTo(new Date('soon'))).rejects.toMatchObject({
    kind: 'invalid',
    code: 'clock.invalid',
  })
  expect(aheadDays(clock)).toBeCloseTo(10, 3)
})
