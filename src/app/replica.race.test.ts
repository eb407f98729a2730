/** Reports from a real replica: right when it follows, lags, conflicts, is promoted or gone; and whoever watches is told. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openPair, type Pair } from '../../tests/standby.ts'
import { openDatabase, sql, type Database } from '../kernel/db.ts'
import { Refusal } from '../kernel/refusal.ts'
import { openClock } from './clock.ts'
import { REPLICA_CHECKS } from './doctor/checks/replica.ts'
import { examine } from './doctor/examine.ts'
import { openScene } from './doctor/scene.ts'
import { checkReadiness } from './health.ts'
import { MIGRATIONS_FOLDER } from './installation.ts'
import { makeLog } from './logging.ts'
import { openTestSigners } from './test-signing.ts'

let pair: Pair
let database: Database

beforeAll(async () => {
  pair = await openPair()
}, 120_000)
afterAll(() => pair.close())
beforeEach(() => {
  database = openDatabase(pair.primaryUrl, { connections: 3, replicaUrl: pair.replicaUrl })
})
afterEach(() => database.close())

const put = (key: string) =>
  database.transaction((write) =>
    write.run(sql`insert into instance_fact (key, value) values (${key}, 'true')`),
  )
/** What a report finds, and whether the replica gave it. */
const report = (key: string) =>
  database.report((read) =>
    read.one<{ there: boolean; fromReplica: boolean }>(sql`
      select exists (select from instance_fact where key = ${key}) as there, pg_is_in_recovery() as "fromReplica"`),
  )
/** What `/readyz` and the doctor say of the replica. */
async function told(replicaUrl = pair.replicaUrl) {
  const clock = await openClock(database)
  const scene = openScene({ DATABASE_URL: pair.primaryUrl, DATABASE_READ_URL: replicaUrl })
  try {
    const checks = await checkReadiness({
      database,
      signers: openTestSigners(database, clock),
      migrationsFolder: MIGRATIONS_FOLDER,
      log: makeLog({ level: 'silent' }),
      dataFolders: ['/tmp'],
    })
    const [finding] = await examine(scene, REPLICA_CHECKS)
    return { ready: checks.find(({ name }) => name === 'replica'), doctor: finding?.level }
  } finally {
    clock.close()
    await scene.close()
  }
}

const replays = (how: 'pause' | 'resume') => pair.ask(pair.replicaUrl, `select pg_wal_replay_${how}()`)

test('the replica gives what was written the moment before, every time, and nothing can be written there', async () => {
  for (let each = 0; each < 50; each += 1) {
    await put(`written ${each}`)
    expect(await report(`written ${each}`)).toEqual({ there: true, fromReplica: true })
  }
  expect(database.replica?.reports).toEqual({ given: 50, passedOn: 0 })
  expect(await database.reportAt(async (url) => url)).toBe(pair.replicaUrl)
  await expect
    .poll(() => database.replicaStanding())
    .toEqual({ follows: true, behindBytes: 0, behindSeconds: 0 })
  expect(await told()).toMatchObject({ ready: { ok: true, optional: true }, doctor: 'ok' })
})

test('one that does not replay is not waited for long, then not at all; the reader sees what is written', async () => {
  await replays('pause')
  try {
    await put('while it pauses')
    const began = performance.now()
    expect(await report('while it pauses')).toEqual({ there: true, fromReplica: false })
    expect(performance.now() - began).toBeLessThan(4_000)
    const again = performance.now()
    expect(await report('while it pauses')).toEqual({ there: true, fromReplica: false })
    expect(performance.now() - again).toBeLessThan(500)
    const standing = await database.replicaStanding()
    expect(standing).toMatchObject({ follows: true })
    expect(standing!.behindBytes).toBeGreaterThan(0)
    expect(database.replica?.reports).toEqual({ given: 0, passedOn: 2 })
  } finally {
    await replays('resume')
  }
})

test('a report that stands in the way of the replay is broken off there and given by the primary', async () => {
  await put('to be removed')
  let asked = 0
  const found = await database.report(async (read) => {
    asked += 1
    const { before } = await read.one<{ before: number }>(
      sql`select count(*) as before from instance_fact where key = 'to be removed'`,
    )
    if (asked === 1) {
      // The rows are gone for good, and the replica replays that without waiting for its readers.
      await pair.ask(pair.primaryUrl, `delete from instance_fact where key = 'to be removed'`)
      await pair.ask(pair.primaryUrl, 'vacuum (freeze) instance_fact')
      await put('so that the log is written out up to here')
      await expect
        .poll(async () => (await database.replicaStanding())?.behindBytes, { timeout: 10_000 })
        .toBe(0)
    }
    const { after } = await read.one<{ after: number }>(
      sql`select count(*) as after from instance_fact where key = 'to be removed'`,
    )
    return { before, after, asked }
  })
  expect(found).toEqual({ before: 0, after: 0, asked: 2 })
  expect(database.replica?.reports).toEqual({ given: 0, passedOn: 1 })
})

test('a refusal of the work itself is nobody’s failure, and is not asked twice', async () => {
  let asked = 0
  const refused = database.report(async () => {
    asked += 1
    throw new Refusal('against-rule', 'registry.export-too-large')
  })
  await expect(refused).rejects.toMatchObject({ code: 'registry.export-too-large' })
  expect(asked).toBe(1)
})

test('a server that follows nobody is not asked, though it has all that the primary has', async () => {
  const alone = openDatabase(pair.primaryUrl, { connections: 2, replicaUrl: pair.primaryUrl })
  try {
    await alone.report((read) => read.one(sql`select 1 as one`))
    expect(alone.replica?.reports).toEqual({ given: 0, passedOn: 1 })
    expect(await alone.replicaStanding()).toMatchObject({ follows: false })
    expect(await told(pair.primaryUrl)).toMatchObject({ doctor: 'wrong' })
  } finally {
    await alone.close()
  }
})

test('one that is gone is missed by nobody', async () => {
  await put('before it went')
  expect(await report('before it went')).toEqual({ there: true, fromReplica: true })
  await pair.stopReplica()
  await put('after it went')
  for (let each = 0; each < 3; each += 1)
    expect(await report('after it went')).toEqual({ there: true, fromReplica: false })
  expect(await database.replicaStanding()).toMatchObject({ follows: false })
  expect(database.replica?.reports).toEqual({ given: 1, passedOn: 3 })
  expect(await told()).toMatchObject({ ready: { ok: false, optional: true }, doctor: 'warn' })
})
