/** What the doctor looks at: the environment as the service reads it, also where some of it is wrong, and one connection. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import pg from 'pg'
import { IDENTITY_SETTINGS } from '../../identity/configuration.ts'
import { isMade } from '../database/cluster.ts'
import { ConfigError, readConfig, type Config } from '../config.ts'
import type { Machine, Scene } from './check.ts'

type Environment = Scene['env']

const CONNECT_MS = 5_000
const STATEMENT_MS = 10_000

/** Where the documentation puts the file of the service's environment. */
const USUAL_FILE = '/etc/dangvu/environment'

export function thisMachine(): Machine {
  return {
    now: () => new Date(),
    nodeVersion: process.versions.node,
    memoryBytes: Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY),
    uid: process.getuid?.() ?? -1,
  }
}

/** The lines of a systemd `EnvironmentFile`, over what this process was given. @throws when the file cannot be read */
export async function environmentOf(file: string | undefined, env: Environment): Promise<Environment> {
  return file === undefined ? env : { ...env, ...parseEnv(await readFile(file, 'utf8')) }
}

/** Sets the scene; `close` leaves the database. Nothing is made, migrated or written. */
export function openScene(
  env: Environment,
  options: { environmentFile?: string | undefined; machine?: Machine } = {},
): Scene & { close(): Promise<void> } {
  const { config, problems } = readWhatCanBe(env)
  const ends: (() => Promise<unknown>)[] = []
  let url: Promise<string | undefined> | undefined
  let pool: Promise<pg.Pool> | undefined

  const databaseUrl = () => (url ??= addressOf(config, ends))
  async function connect(): Promise<pg.Pool> {
    const connectionString = await databaseUrl()
    if (connectionString === undefined) throw new Error('there is no database yet')
    const pool = new pg.Pool({
      connectionString,
      max: 1,
      application_name: 'dangvu-doctor',
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: STATEMENT_MS,
    })
    pool.on('error', () => undefined) // whoever asks next is told
    ends.push(() => pool.end())
    await pool.query('select 1')
    return pool
  }

  return {
    config,
    problems,
    env,
    environmentFile: options.environmentFile ?? (existsSync(USUAL_FILE) ? USUAL_FILE : undefined),
    machine: options.machine ?? thisMachine(),
    databaseUrl,
    database: () => (pool ??= connect()),
    async close() {
      for (const end of ends.reverse()) await end().catch(() => undefined)
    },
  }
}

/** An embedded database that was made before is joined or started, and left as it was found. */
async function addressOf(config: Config, ends: (() => Promise<unknown>)[]): Promise<string | undefined> {
  if (config.databaseUrl !== undefined) return config.databaseUrl
  const folder = join(config.dataFolder, 'database')
  if (!isMade(folder)) return undefined
  const { startEmbeddedDatabase } = await import('../database/embedded.ts')
  const { url, stop } = await startEmbeddedDatabase({ folder })
  ends.push(stop)
  return url
}

/** Reads the environment without the variables it complains of, so that the rest is examined all the same. */
function readWhatCanBe(env: Environment): Pick<Scene, 'config' | 'problems'> {
  try {
    return { config: readConfig(env), problems: [] }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const left = new Set(error.problems.flatMap(variablesOf))
    const without = Object.fromEntries(Object.entries(env).filter(([name]) => !left.has(name)))
    return { config: readConfig(without), problems: error.problems }
  }
}

/** The variables a problem speaks of, before its first colon. Of the provider's, one wrong makes all of them useless. */
function variablesOf(problem: string): readonly string[] {
  if (problem.startsWith('Identity')) return Object.keys(IDENTITY_SETTINGS)
  return problem.split(':')[0]?.match(/[A-Z][A-Z0-9_]+/g) ?? []
}
