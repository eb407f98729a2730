/** Health: ready when everything works, and each thing that can break is found broken. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { openDatabase, type Database } from '../kernel/db.ts'
import { registerHealth, type CheckResult } from './health.ts'
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

async function ask(
  path: string,
  more: { signers?: SignerSource; migrationsFolder?: string; database?: Database } = {},
) {
  const server = Fastify()
  registerHealth(server, {
    database,
    signers: openTestSigners(database, { now: () => new Date() }),
    migrationsFolder: MIGRATIONS,
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
  expect(checks.map(({ name }) => name)).toEqual(['database', 'migrations', 'signing'])
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

test('a database that is gone: alive still, not ready, nothing secret in the answer', async () => {
  const gone = openDatabase('postgres://someone:canary@127.0.0.1:1/dangvu', { connections: 1 })
  expect((await ask('/healthz', { database: gone })).status).toBe(200)
  const answer = await ask('/readyz', { database: gone })
  expect(answer).toMatchObject({ status: 503, failed: ['database', 'migrations'] })
  expect(answer.body).not.toMatch(/127|ECONN/)
  expect(answer.body + logged).not.toContain('canary')
  await gone.close()
})
