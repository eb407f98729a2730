/** Jobs under the application's role, retried without a word about anybody; sweeps once, on the clock, and after a move. */
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { openDatabase, sql, type Database } from '../kernel/db.ts'
import { planJob, type Sweep, type Tasks } from '../kernel/jobs.ts'
import { markDemo, openClock, type RunningClock } from './clock.ts'
import { makeLog } from './logging.ts'
import { startWorker, type Worker } from './worker.ts'

const DAY_MS = 86_400_000
let testDatabase: TestDatabase
let database: Database
let logged = ''
const log = makeLog({ level: 'debug', stream: { write: (line: string) => void (logged += line) } })
const clocks: RunningClock[] = []
const workers: Worker[] = []

beforeEach(async () => {
  logged = ''
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, { connections: 4 })
})

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop()
  for (const clock of clocks.splice(0)) clock.close()
  await database.close()
  await testDatabase.drop()
})

async function start(tasks: Tasks, sweeps: Sweep[] = []) {
  const clock = await openClock(database)
  clocks.push(clock)
  const worker = await startWorker({ url: testDatabase.url, database, clock, tasks, sweeps, log })
  workers.push(worker)
  return { clock, worker }
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !isSo(); waited += 20) {
    if (waited > 10_000) throw new Error(`${what} did not happen within ten seconds`)
    await pause(20)
  }
}

const plan = (task: string, payload: Record<string, unknown>) =>
  database.transaction((write) => planJob(write, { task, payload }))
const jobsLeft = () =>
  database.read.rows<{ attempts: number; last_error: string | null }>(
    sql`select attempts, last_error from graphile_worker._private_jobs`,
  )

test('a planned job is done with its payload; one of a rolled-back transaction never was', async () => {
  const done: unknown[] = []
  await start({ greet: async (payload, job) => void done.push([payload, job]) })
  const rolledBack = database.transaction(async (write) => {
    await planJob(write, { task: 'greet', payload: { to: 'nobody' } })
    throw new Error('rolled back')
  })
  await expect(rolledBack).rejects.toThrow('rolled back')
  await plan('greet', { to: 'all' })
  await until(() => done.length > 0, 'the job')
  await pause(100)
  expect(done).toEqual([[{ to: 'all' }, { attempt: 1, lastAttempt: false }]])
  expect(await jobsLeft()).toEqual([])
})

test('a job that does not end keeps nobody from leaving: it is said, and the job stays', async () => {
  let begun = false
  const endless = async () => {
    begun = true
    await new Promise(() => undefined)
  }
  const clock = await openClock(database)
  clocks.push(clock)
  const own = { url: testDatabase.url, database, clock, sweeps: [], log, leaveMs: 100 }
  const worker = await startWorker({ ...own, tasks: { endless } })
  await plan('endless', {})
  await until(() => begun, 'the job')
  await worker.stop()
  expect(logged).toContain('work under way is cut off')
  expect(await jobsLeft()).toMatchObject([{ attempts: 1 }])
})

test('a failed job stays to be tried again; neither the log nor the table says about whom', async () => {
  let tries = 0
  const task = async () => {
    tries++
    throw Object.assign(new Error('no paper of Nguyễn Thị Chim, 099080123456'), { code: 'P0001' })
  }
  const { worker } = await start({ seal: task })
  await plan('seal', { name: 'Nguyễn Thị Chim', personalId: '099080123456' })
  await until(() => logged.includes('job failed'), 'the log line')
  await worker.stop()
  workers.length = 0
  expect(tries).toBe(1)
  expect(await jobsLeft()).toEqual([{ attempts: 1, last_error: 'Error P0001' }])
  expect(logged).toContain('"task":"seal"')
  expect(logged).not.toMatch(/Chim|0991?\d{6}/)
})

test('stopping waits for the job under way', async () => {
  const steps: string[] = []
  const { worker } = await start({
    slow: async () => {
      steps.push('began')
      await pause(300)
      steps.push('ended')
    },
  })
  await plan('slow', {})
  await until(() => steps.length > 0, 'the job')
  await worker.stop()
  workers.length = 0
  expect(steps).toEqual(['began', 'ended'])
})

test('a sweep runs at the start, not again before its time, and at once when the demo clock is moved', async () => {
  await markDemo(database)
  const runs: Date[] = []
  const sweep = { name: 'overdue', everyMinutes: 60, run: async (at: Date) => void runs.push(at) }
  const first = await start({}, [sweep])
  await until(() => runs.length === 1, 'the first run')
  await start({}, [sweep]) // another process
  await pause(300)
  expect(runs).toHaveLength(1)
  await first.clock.moveTo(new Date(Date.now() + 3 * DAY_MS))
  await until(() => runs.length === 2, 'the run after the move')
  await pause(1200) // the other process saw the move as well
  expect(runs).toHaveLength(2)
  expect((runs[1]!.getTime() - Date.now()) / DAY_MS).toBeCloseTo(3, 3)
})

test('a sweep that fails is logged, keeps no other from running, and is due again within five minutes', async () => {
  const ran: string[] = []
  const failing = { name: 'bad', everyMinutes: 1440, run: () => Promise.reject(new Error('Trần Thị Lỗi')) }
  const sound = { name: 'good', everyMinutes: 1440, run: async () => void ran.push('good') }
  await start({}, [failing, sound])
  await until(() => ran.length === 1, 'the sound sweep')
  expect(logged).toContain('"sweep":"bad"')
  expect(logged).not.toContain('Lỗi')
  const row = await database.read.one<{ value: number }>(
    sql`select value from instance_fact where key = 'sweep.bad'`,
  )
  const dueInMinutes = (row.value + 1440 * 60_000 - Date.now()) / 60_000
  expect(dueInMinutes).toBeGreaterThan(4)
  expect(dueInMinutes).toBeLessThanOrEqual(5)
})

test('a sweep that ran while the clock stood in days to come does not rest until then', async () => {
  const ahead = Date.now() + 400 * DAY_MS
  await database.transaction((write) =>
    write.run(sql`insert into instance_fact (key, value) values ('sweep.overdue', ${String(ahead)}::jsonb)`),
  )
  const runs: Date[] = []
  await start({}, [{ name: 'overdue', everyMinutes: 60, run: async (at) => void runs.push(at) }])
  await until(() => runs.length === 1, 'the run')
  expect(runs[0]!.getTime()).toBeLessThan(ahead)
})

test('while the database was just set no sweep runs; once that is some time ago, it does', async () => {
  const ran: Date[] = []
  const clock = await openClock(database)
  clocks.push(clock)
  let settled = false
  const sweeps = [{ name: 'ends-something', everyMinutes: 1, run: async (at: Date) => void ran.push(at) }]
  const listeners: (() => void)[] = []
  const standing = {
    ...clock,
    isSettled: () => settled,
    onMove: (one: () => void) => void listeners.push(one),
  }
  workers.push(
    await startWorker({ url: testDatabase.url, database, clock: standing, tasks: {}, sweeps, log }),
  )
  await pause(300)
  expect(ran).toEqual([])
  settled = true
  for (const look of listeners) look()
  await until(() => ran.length > 0, 'the sweep')
  expect(ran).toHaveLength(1)
})
