/** The tests' database: one PostgreSQL for a whole run, a migrated template, and a copy of it for whoever asks. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { migrate } from '../src/kernel/migrations.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the server's maintenance database, as its owner. */
    databaseServer: string
    /** Why the migrations failed; empty when they did not. Only tests that need the tables fail of it. */
    migrationProblem: string
  }
}

const TEMPLATE = 'template_migrated'
const MIGRATIONS = join(import.meta.dirname, '..', 'migrations')

/** Faster by far, and what a power cut would lose here nobody misses. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  log_min_messages: 'fatal',
}

function addressOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

async function ask(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Servers and folders of runs that were killed, by the run's process number in the folder's name. */
async function sweepDeadRuns(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = /^dangvu-test-(\d+)-/.exec(name)?.[1]
    if (pid === undefined || existsSync(`/proc/${pid}`) || process.platform !== 'linux') continue
    const folder = join(tmpdir(), name)
    // Joining it and leaving it as the last stops the server that nobody uses any more.
    if (existsSync(join(folder, 'cluster', 'data', 'postmaster.pid')))
      await startEmbeddedDatabase({ folder, settings: SETTINGS }).then(
        (left) => left.stop(),
        () => undefined,
      )
    await rm(folder, { recursive: true, force: true })
  }
}

/** Vitest's global setup: starts the server, makes the template, and undoes both at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepDeadRuns()
  const folder = await mkdtemp(join(tmpdir(), `dangvu-test-${process.pid}-`))
  const server = await startEmbeddedDatabase({ folder, settings: SETTINGS })
  project.provide('databaseServer', addressOf(server.url, 'postgres'))
  await ask(addressOf(server.url, 'postgres'), `create database ${TEMPLATE}`)
  const problem = await migrate(addressOf(server.url, TEMPLATE), MIGRATIONS).then(() => '', String)
  project.provide('migrationProblem', problem)
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

export interface TestDatabase {
  /** Connection string, as the owner of all tables. */
  readonly url: string
  /** Throws the database away, connections and all. */
  drop(): Promise<void>
}

/**
 * A database of one's own, migrated and empty, in some 30 ms.
 *
 * @param options `migrated: false` gives one without any table; `locale` one that orders texts so (ICU, as BCP 47), migrated
 *   in some seconds
 */
export async function createTestDatabase(
  options: { migrated?: boolean; locale?: string } = {},
): Promise<TestDatabase> {
  const server = inject('databaseServer')
  const name = `test_${randomBytes(6).toString('hex')}`
  const problem = inject('migrationProblem')
  const { migrated = true, locale } = options
  if (problem !== '' && migrated) throw new Error(problem)
  const url = addressOf(server, name)
  if (locale === undefined)
    await ask(server, `create database ${name} template ${migrated ? TEMPLATE : 'template1'}`)
  else {
    await ask(
      server,
      `create database ${name} template template0 encoding 'UTF8' locale_provider icu icu_locale '${locale}'`,
    )
    if (migrated) await migrate(url, MIGRATIONS)
  }
  return {
    url,
    drop: () => ask(server, `drop database if exists ${name} with (force)`),
  }
}
