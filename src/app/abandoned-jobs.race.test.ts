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
