/** The embedded database: a real PostgreSQL beside the application, started by the first process and stopped by the last. */
import { spawn } from 'node:child_process'
import { open, mkdir, readFile, realpath, rename, stat } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import * as cluster from './cluster.ts'
import * as postmaster from './postmaster.ts'
import { databasePrograms } from './programs.ts'
import { findRunAs } from './run-as.ts'
import { inTurn } from './turn.ts'

export interface EmbeddedDatabase {
  /** Connection string of the application's database, as its owner; 127.0.0.1 only. */
  readonly url: string
  /** True when the server was running already: another process, or one left by a crash. */
  readonly reused: boolean
  /** Leaves the database; the last process to leave stops the server. */
  stop(): Promise<void>
}

/** Small in memory, safe on disk. The log holds no rows: PostgreSQL's own error lines would quote personal data. */
const SETTINGS: Readonly<Record<string, string>> = {
  shared_buffers: '64MB',
  work_mem: '8MB',
  maintenance_work_mem: '32MB',
  max_connections: '60',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

/** Crash recovery replays what was not yet written out; on a slow disk that takes minutes. */
const START_WAIT_MS = 300_000
const STOP_WAIT_MS = 60_000
const LAUNCH_ATTEMPTS = 20
const LAUNCH_AGAIN_MS = 250
const LOG_LIMIT_BYTES = 10_000_000

/** Each process keeps one connection of this name open while it uses the server, so that the last one knows it is. */
const PRESENCE = 'dangvu-presence'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function openLog(folder: string) {
  const path = join(folder, 'postgresql.log')
  const { size } = await stat(path).catch(() => ({ size: 0 }))
  if (size > LOG_LIMIT_BYTES) await rename(path, `${path}.old`)
  const file = await open(path, 'a', 0o600)
  return { path, file, start: (await file.stat()).size }
}

/** The command line of the server: our settings, the caller's, and what no caller may change. */
function serverCommand(data: string, options: EmbeddedOptions, port: number): string[] {
  const only = { port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: '' }
  const settings = Object.entries({ ...SETTINGS, ...options.settings, ...only })
  return [
    databasePrograms().postgres,
    '-D',
    data,
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

/** Starts the server in a session of its own, so that Ctrl-C reaches the application first and not both at once. */
async function launch(folder: string, options: EmbeddedOptions): Promise<postmaster.Postmaster> {
  const data = cluster.dataFolder(folder)
  const runAs = findRunAs(databasePrograms().postgres, folder)
  if (!cluster.isMade(folder)) await cluster.makeCluster(folder, runAs, options.settings?.fsync !== 'off')
  cluster.handOver(folder, runAs)
  await postmaster.forgetStranger(data)

  const port = options.port ?? (await freePort())
  const log = await openLog(folder)
  const [command = '', ...args] = [...runAs.prefix, ...serverCommand(data, options, port)]
  const child = spawn(command, args, {
    ...runAs.identity,
    cwd: data,
    env: cluster.ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log.file.fd, log.file.fd],
  })
  child.unref()
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`PostgreSQL did not start (${code ?? signal})`)))
  })
  ended.catch(() => undefined)
  try {
    return await Promise.race([postmaster.untilReady(data, child.pid, START_WAIT_MS), ended])
  } catch (error) {
    const said = (await readFile(log.path)).subarray(log.start).toString().trim()
    throw new Error(`${(error as Error).message}: ${said}`, { cause: error })
  } finally {
    await log.file.close()
  }
}

/** A port taken between looking and binding, or workers of a killed server that still wind down: both pass in moments. */
async function launchWithPatience(folder: string, options: EmbeddedOptions): Promise<postmaster.Postmaster> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launch(folder, options)
    } catch (error) {
      const passing = /in use/i.test((error as Error).message)
      if (!passing || attempt === LAUNCH_ATTEMPTS) throw error
      await pause(LAUNCH_AGAIN_MS)
    }
  }
}

/** Others that use the server now, by their presence. */
async function othersPresent(presence: pg.Client): Promise<boolean> {
  const { rows } = await presence.query(
    `select 1 from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid() limit 1`,
    [PRESENCE],
  )
  return rows.length > 0
}

async function ensureDatabase(presence: pg.Client): Promise<void> {
  const { rows } = await presence.query(`select 1 from pg_database where datname = $1`, [cluster.DATABASE])
  if (rows.length === 0) await presence.query(`create database ${cluster.DATABASE}`)
}

export interface EmbeddedOptions {
  /** Where the data, the password and the log live; made if missing. */
  readonly folder: string
  /** TCP port on 127.0.0.1; a free one unless given. A server that runs already keeps its own. */
  readonly port?: number
  /** Settings of PostgreSQL beyond ours; tests turn `fsync` off. */
  readonly settings?: Readonly<Record<string, string>>
}

/**
 * Makes the database on first use, starts it, or joins the one that runs already.
 *
 * @throws Error when PostgreSQL cannot be started, with what it said
 */
export async function startEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  await mkdir(options.folder, { recursive: true })
  const folder = await realpath(options.folder)
  const data = cluster.dataFolder(folder)
  const lock = join(folder, 'starting.lock')

  return inTurn(lock, async () => {
    const running = cluster.isMade(folder) ? await postmaster.findPostmaster(data, START_WAIT_MS) : undefined
    const { port } = running ?? (await launchWithPatience(folder, options))
    const password = await cluster.readPassword(folder)
    const presence = await postmaster.connect(port, password, PRESENCE)
    if (presence === undefined) throw new Error(`PostgreSQL in ${data} does not let us in.`)
    await ensureDatabase(presence)
    presence.unref() // a program that has nothing else to do may end
    let stopped: Promise<void> | undefined
    const leave = () =>
      inTurn(lock, async () => {
        presence.ref()
        const others = await othersPresent(presence).catch(() => false)
        await presence.end().catch(() => undefined)
        if (!others) await postmaster.stopPostmaster(data, STOP_WAIT_MS)
      })
    return {
      url: postmaster.databaseUrl(port, password),
      reused: running !== undefined,
      stop: () => (stopped ??= leave()),
    }
  })
}
