/** A database that goes away through a proxy: silence is broken off, slowness is not, and the queue outlives an outage. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openProxy, type Proxy } from '../drills/parts/proxy.ts'
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

test('what only takes long is waited for', async () => {
  const { slept } = await database.read.one<{ slept: boolean }>(
    sql`select pg_sleep(${9}::int) is not null as slept`,
  )
  expect(slept).toBe(true)
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
