/** Jobs locked by nobody who lives are done by whoever does; those of a living process are left to it. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import pg from 'pg'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { openDatabase, sql, type Database } from '../kernel/db.ts'
import { planJob } from '../kernel/jobs.ts'
import { keepPresence, PRESENCE_LOCK } from './abandoned-jobs.ts'
import { openClock, type RunningClock } from './clock.ts'
import { makeLog } from './logging.ts'
import { startWorker, type Worker } from './worker.ts'

let testDatabase: TestDatabase
let database: Database
let clock: RunningClock
let worker: Worker | undefined

beforeEach(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, { connections: 4 })
  clock = await openClock(database)
})

afterEach(async () => {
  await worker?.stop()
  worker = undefined
  clock.close()
  await database.close()
  await testDatabase.drop()
})

/** As a process leaves it that was killed while it worked on it, a moment ago. */
async function lockedBy(name: string): Promise<void> {
  await database.transaction((write) => planJob(write, { task: 'seal', payload: { name }, queue: name }))
  await database.transaction((write) =>
    write.run(sql`
      with queue as (
        update graphile_worker._private_job_queues set locked_at = now(), locked_by = ${name} where queue_name = ${name})
      update graphile_worker._private_jobs set locked_at = now(), locked_by = ${name}, attempts = 1
       where payload->>'name' = ${name}`),
  )
}

test('what a dead process left locked is done within moments, what a living one works on is not taken from it', async () => {
  await lockedBy('dead')
  await lockedBy('alive')
  const alive = new pg.Client({ connectionString: testDatabase.url })
  await alive.connect()
  await alive.query('select pg_advisory_lock_shared($1, hashtext($2))', [PRESENCE_LOCK, 'alive'])
  const done: unknown[] = []
  worker = await startWorker({
    url: testDatabase.url,
    database,
    clock,
    tasks: { seal: async ({ name }) => void done.push(name) },
    sweeps: [],
    log: makeLog({ level: 'silent' }),
  })
  await expect.poll(() => done, { timeout: 30_000 }).toEqual(['dead'])
  await alive.end()
  await expect.poll(() => done, { timeout: 30_000 }).toEqual(['dead', 'alive'])
})

test('a job that was given to us, and whose news was lost on its way, is let go; what we work on is not', async () => {
  await lockedBy('ours')
  const { id: working } = await database.read.one<{ id: string }>(
    sql`select id::text from graphile_worker._private_jobs`,
  )
  await lockedBy('ours')
  const presence = keepPresence({
    url: testDatabase.url,
    database,
    name: 'ours',
    underWay: new Set([working]),
    log: makeLog({ level: 'silent' }),
  })
  const locked = () =>
    database.read.rows<{ id: string }>(
      sql`select id::text from graphile_worker._private_jobs where locked_by is not null`,
    )
  try {
    await expect.poll(locked, { timeout: 30_000 }).toEqual([{ id: working }])
  } finally {
    await presence.stop()
  }
})

test('a job planned, or failed, while the clock stood a year ahead is done when it is right; one planned for later waits its time', async () => {
  for (const name of ['planned', 'failed', 'later', 'rightly later'])
    await database.transaction((write) => planJob(write, { task: 'seal', payload: { name } }))
  const put = (name: string, fields: string) =>
    database.transaction((write) =>
      write.run(sql`
        update graphile_worker._private_jobs set ${sql.raw(fields)} where payload->>'name' = ${name}`),
    )
  const ahead = `now() + interval '1 year'`
  await put('planned', `run_at = ${ahead}, created_at = ${ahead}, updated_at = ${ahead}`)
  await put('failed', `run_at = ${ahead}, attempts = 2`)
  await put('later', `run_at = ${ahead} + interval '1 day', created_at = ${ahead}, updated_at = ${ahead}`)
  await put('rightly later', `run_at = ${ahead}`)
  const done: unknown[] = []
  worker = await startWorker({
    url: testDatabase.url,
    database,
    clock,
    tasks: { seal: async ({ name }) => void done.push(name) },
    sweeps: [],
    log: makeLog({ level: 'silent' }),
  })
  await expect.poll(() => done.toSorted(), { timeout: 30_000 }).toEqual(['failed', 'planned'])
  const waiting = await database.read.rows<{ name: string; days: number }>(sql`
    select payload->>'name' as name, round(extract(epoch from run_at - now()) / 86400)::int as days
      from graphile_worker._private_jobs order by run_at`)
  expect(waiting).toEqual([
    { name: 'later', days: 1 },
    { name: 'rightly later', days: expect.toSatisfy((days: number) => days >= 365) },
  ])
})
