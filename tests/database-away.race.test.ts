/** A database that goes away through a proxy: silence is broken off, slowness is not, the queue outlives an outage, and no job is done twice. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openProxy, type Proxy } from '../drills/parts/proxy.ts'
import { PRESENCE_LOCK } from '../src/app/abandoned-jobs.ts'
import { openClock, type RunningClock } from '../src/app/clock.ts'
import { makeLog } from '../src/app/logging.ts'
import { startWorker, type Worker } from '../src/app/worker.ts'
import { isAway, openDatabase, sql, type Database } from '../src/kernel/db.ts'
import { planJob } from '../src/kernel/jobs.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

let testDatabase: TestDatabase
let proxy: Proxy
let url: string
let database: Database
let clock: RunningClock | undefined
let worker: Worker | undefined

beforeEach(async () => {
  testDatabase = await createTestDatabase()
  proxy = await openProxy(Number(new URL(testDatabase.url).port))
  const through = new URL(testDatabase.url)
  through.port = String(proxy.port)
  url = through.href
  database = openDatabase(url, { connections: 2 })
})

afterEach(async () => {
  await proxy.stand('through')
  await worker?.stop()
  clock?.close()
  worker = clock = undefined
  await database.close()
  await proxy.close()
  await testDatabase.drop()
})

const now = () => database.read.one<{ one: number }>(sql`select 1 as one`)

const jobs = async () =>
  (await database.read.one<{ jobs: number }>(sql`select count(*) as jobs from graphile_worker._private_jobs`))
    .jobs

test('whoever asks a database that swallows everything is answered, and the next is served when it is back', async () => {
  await now()
  await proxy.stand('black-hole')
  const asked = await Promise.allSettled([now(), now(), now()])
  for (const each of asked) {
    expect(each.status).toBe('rejected')
    expect(
      isAway((each as PromiseRejectedResult).reason),
      String((each as PromiseRejectedResult).reason),
    ).toBe(true)
  }
  await proxy.stand('through')
  expect(await now()).toEqual({ one: 1 })
})

test('what only takes long is waited for, also behind a pooler, where process numbers are foreign', async () => {
  const pooler = await openProxy(Number(new URL(testDatabase.url).port), 1)
  const through = new URL(testDatabase.url)
  through.port = String(pooler.port)
  const pooled = openDatabase(through.href, { connections: 1 })
  const sleep = sql<{ slept: boolean }>`select pg_sleep(${9}::int) is not null as slept`
  try {
    const slept = await Promise.all([database, pooled].map(({ read }) => read.one(sleep)))
    expect(slept).toEqual([{ slept: true }, { slept: true }])
  } finally {
    await pooled.close()
    await pooler.close()
  }
})

test('a job that fails while the database refuses everybody ends neither the queue nor the program', async () => {
  clock = await openClock(database)
  const tries: number[] = []
  const tasks = {
    seal: async (_payload: unknown, { attempt }: { readonly attempt: number }) => {
      tries.push(attempt)
      if (attempt > 1) return
      await proxy.stand('refused')
      throw new Error('it went away')
    },
  }
  worker = await startWorker({ url, database, clock, tasks, sweeps: [], log: makeLog({ level: 'silent' }) })
  await database.transaction((write) => planJob(write, { task: 'seal', payload: {} }))
  await expect.poll(() => tries, { timeout: 30_000 }).toEqual([1])
  await new Promise((resolve) => setTimeout(resolve, 1_500)) // its end cannot be written down meanwhile
  await proxy.stand('through')
  await expect.poll(() => tries, { timeout: 60_000 }).toEqual([1, 2])
})

test('a process that a router forgot keeps its job and shows itself anew; the job is done once', async () => {
  clock = await openClock(database)
  const ran: unknown[] = []
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  const tasks = {
    seal: async ({ name }: Readonly<Record<string, unknown>>) => {
      ran.push(name)
      if (name === 'work') await opened
    },
  }
  const common = { database, clock, tasks, sweeps: [], log: makeLog({ level: 'silent' }) }
  const plan = (name: string) =>
    database.transaction((write) => planJob(write, { task: 'seal', payload: { name }, queue: name }))
  const shown = async () =>
    (
      await database.read.one<{ shown: number }>(
        sql`select count(*) as shown from pg_locks where locktype = 'advisory' and classid = ${PRESENCE_LOCK}
              and database = (select oid from pg_database where datname = current_database())`,
      )
    ).shown
  worker = await startWorker({ ...common, url })
  await plan('work')
  await expect.poll(() => ran, { timeout: 30_000 }).toEqual(['work'])
  proxy.forget('dangvu-jobs')
  await expect.poll(shown, { timeout: 30_000 }).toBe(0)
  const other = await startWorker({ ...common, url: testDatabase.url })
  try {
    // One of a dead process, which the other takes over: by then it has looked as often for the forgotten one's.
    await database.transaction(async (write) => {
      await planJob(write, { task: 'seal', payload: { name: 'abandoned' } })
      await write.run(sql`
        update graphile_worker._private_jobs set locked_at = now(), locked_by = 'dead' where payload->>'name' = 'abandoned'`)
    })
    await expect.poll(() => ran, { timeout: 30_000 }).toContain('abandoned')
    proxy.forget()
    await expect.poll(shown, { timeout: 30_000 }).toBe(2)
    open()
    await expect.poll(jobs, { timeout: 30_000 }).toBe(0)
    expect(ran).toEqual(['work', 'abandoned'])
  } finally {
    open()
    await other.stop()
  }
})

test('a job that is done while the database refuses everybody is written down as done, and not done again', async () => {
  clock = await openClock(database)
  const tries: number[] = []
  const tasks = {
    seal: async (_payload: unknown, { attempt }: { readonly attempt: number }) => {
      tries.push(attempt)
      await proxy.stand('refused')
    },
  }
  worker = await startWorker({ url, database, clock, tasks, sweeps: [], log: makeLog({ level: 'silent' }) })
  await database.transaction((write) => planJob(write, { task: 'seal', payload: {} }))
  await expect.poll(() => tries, { timeout: 30_000 }).toEqual([1])
  await proxy.stand('through')
  await expect.poll(jobs, { timeout: 60_000 }).toBe(0)
  expect(tries).toEqual([1])
})
