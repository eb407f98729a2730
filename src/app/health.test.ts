/** Health: ready when everything works, and each thing that can break is found broken. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { openDatabase, type Database } from '../kernel/db.ts'
import { registerHealth, seldom, type CheckResult, type HealthParts } from './health.ts'
import { makeLog } from './logging.ts'
import { NO_SIGNERS, type SignerSource } from './signing.ts'
import { openTestSigners } from './test-signing.ts'

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations')
let testDatabase: TestDatabase
let database: Database
let logged = ''

beforeEach(async () => {
  logged = ''
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, { connections: 3 })
})

afterEach(async () => {
  await database.close()
  await testDatabase.drop()
})

/** Its keys are there: making them on a busy machine takes longer than a check may. */
async function withKeys(): Promise<SignerSource> {
  const signers = openTestSigners(database, { now: () => new Date() })
  await signers.forSystem()
  return signers
}

async function ask(path: string, more: Partial<HealthParts> = {}) {
  const server = Fastify()
  registerHealth(server, {
    database,
    signers: await withKeys(),
    migrationsFolder: MIGRATIONS,
    dataFolders: [tmpdir()],
    log: makeLog({ level: 'info', stream: { write: (line: string) => void (logged += line) } }),
    ...more,
  })
  const answer = await server.inject(path)
  await server.close()
  const failed = (answer.json().checks as CheckResult[] | undefined)?.filter(({ ok }) => !ok)
  return { status: answer.statusCode, body: answer.body, failed: failed?.map(({ name }) => name) }
}

test('alive and ready, each check timed', async () => {
  expect(await ask('/healthz')).toMatchObject({ status: 200, body: '{"status":"alive"}' })
  const ready = await ask('/readyz')
  expect(ready).toMatchObject({ status: 200, failed: [] })
  const { checks } = JSON.parse(ready.body) as { checks: CheckResult[] }
  expect(checks.map(({ name }) => name)).toEqual(['database', 'migrations', 'signing', 'clock', 'disk'])
  for (const { durationMs } of checks) expect(durationMs).toBeGreaterThan(0)
})

test('without a certificate: not ready, and why stands in the log alone', async () => {
  expect(await ask('/readyz', { signers: NO_SIGNERS })).toMatchObject({ status: 503, failed: ['signing'] })
  expect(logged).toContain('signing.no-certificate')
})

test('a certificate that ended', async () => {
  const past = openTestSigners(database, { now: () => new Date('2020-06-01') })
  const key = await past.forSystem()
  const { probe } = await import('./signing.ts')
  const signers: SignerSource = { ...past, check: () => probe(key, new Date()) }
  expect(await ask('/readyz', { signers })).toMatchObject({ status: 503, failed: ['signing'] })
})

test('a database that lacks a migration, and one that was changed after it was applied', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-health-'))
  await writeFile(join(folder, '0001-base.sql'), 'select 1')
  expect(await ask('/readyz', { migrationsFolder: folder })).toMatchObject({
    status: 503,
    failed: ['migrations'],
  })
  await rm(folder, { recursive: true })
  const empty = await createTestDatabase({ migrated: false })
  const bare = openDatabase(empty.url, { connections: 1 })
  expect((await ask('/readyz', { database: bare, signers: NO_SIGNERS })).failed).toEqual([
    'migrations',
    'signing',
  ])
  await bare.close()
  await empty.drop()
})

test.each([11_000, -11_000])(
  'a clock that differs from the database’s by %i ms; three seconds are borne',
  async (offset) => {
    const now = (by: number) => () => new Date(Date.now() + by)
    expect(await ask('/readyz', { now: now(offset) })).toMatchObject({ status: 503, failed: ['clock'] })
    expect(await ask('/readyz', { now: now(3_000) })).toMatchObject({ status: 200, failed: [] })
  },
)

const mayMount = spawnSync('unshare', ['--mount', 'true']).status === 0 && process.getuid?.() === 0
test.skipIf(!mayMount)(
  'a full disk, a small one of memory (skipped where nothing may be mounted)',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dangvu-full-'))
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder]).status).toBe(0)
    try {
      const dataFolders = [tmpdir(), join(folder, 'database')]
      expect(await ask('/readyz', { dataFolders })).toMatchObject({ status: 503, failed: ['disk'] })
    } finally {
      spawnSync('umount', [folder])
      await rm(folder, { recursive: true })
    }
  },
)

test('a database that is gone: alive still, not ready, nothing secret in the answer', async () => {
  const gone = openDatabase('postgres://someone:canary@127.0.0.1:1/dangvu', { connections: 1 })
  expect((await ask('/healthz', { database: gone })).status).toBe(200)
  const answer = await ask('/readyz', { database: gone })
  expect(answer).toMatchObject({ status: 503, failed: ['database', 'migrations', 'clock'] })
  expect(answer.body).not.toMatch(/127|ECONN/)
  expect(answer.body + logged).not.toContain('canary')
  await gone.close()
})

test('whoever keeps asking makes the key sign once in a while, and is told also what broke meanwhile', async () => {
  let [signed, now, broken] = [0, 0, false]
  const check = seldom(
    async () => {
      signed += 1
      if (broken) throw new Error('key does not match its certificate')
    },
    10_000,
    () => now,
  )
  await Promise.all([check(), check(), check()])
  now = 9_999
  broken = true
  await check()
  expect(signed).toBe(1)
  now = 10_000
  await expect(check()).rejects.toThrow('does not match')
  await expect(check(), 'not asked anew').rejects.toThrow('does not match')
  expect(signed).toBe(2)
  broken = false
  now = 10_999
  await expect(check(), 'not yet asked anew').rejects.toThrow('does not match')
  now = 11_000
  await check()
  expect(signed, 'what was mended is seen within a second').toBe(3)
})

test('on one server two questions make one signature, and those who ask at once one look', async () => {
  let signed = 0
  let lookedAtClock = 0
  const signers = await withKeys()
  const counting: SignerSource = { ...signers, check: () => ((signed += 1), signers.check()) }
  const server = Fastify()
  const log = makeLog({ level: 'info', stream: { write: () => undefined } })
  registerHealth(server, {
    database,
    signers: counting,
    migrationsFolder: MIGRATIONS,
    dataFolders: [tmpdir()],
    log,
    now: () => ((lookedAtClock += 1), new Date()),
  })
  for (let asked = 0; asked < 3; asked += 1) expect((await server.inject('/readyz')).statusCode).toBe(200)
  const aLook = lookedAtClock / 3
  const together = await Promise.all(Array.from({ length: 5 }, () => server.inject('/readyz')))
  expect(together.map(({ statusCode }) => statusCode)).toEqual(Array<number>(5).fill(200))
  expect(lookedAtClock).toBe(4 * aLook)
  await server.close()
  expect(signed).toBe(1)
})
