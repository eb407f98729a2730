/** Starting PostgreSQL on a data folder: its settings, its log, and the patience it needs. */
import { spawn } from 'node:child_process'
import { open, readdir, readFile, rename, stat } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { dataFolder, ENVIRONMENT, handOver, isMade, makeCluster } from './cluster.ts'
import { forgetStranger, readPostmaster } from './postmaster.ts'
import { databasePrograms } from './programs.ts'
import { findRunAs } from './run-as.ts'

export interface LaunchOptions {
  /** TCP port on 127.0.0.1; a free one unless given. A server that runs already keeps its own. */
  readonly port?: number
  /** Settings of PostgreSQL beyond ours; tests turn `fsync` off. */
  readonly settings?: Readonly<Record<string, string>>
  /** Variables beside ours; a drill puts a clock of its own under the server. */
  readonly environment?: Readonly<Record<string, string>>
}

/** Safe on disk. The log holds no rows: PostgreSQL's own error lines would quote personal data. */
const SETTINGS: Readonly<Record<string, string>> = {
  work_mem: '8MB',
  maintenance_work_mem: '32MB',
  // eighteen a process of the application, at most eight of them and one more while they are restarted
  max_connections: '170',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

const MB = 1024 * 1024
const LEAST_BUFFERS_MB = 64

/**
 * Small in memory while there is little, and room for what is read every day in a large one: a quarter of the data, as it is when
 * the server starts, at most a quarter of the machine's memory.
 *
 * @param dataBytes of the cluster's tables and indexes
 */
export function memorySettings(dataBytes: number, memoryBytes: number): Readonly<Record<string, string>> {
  const quarter = Math.floor(Math.min(dataBytes, memoryBytes) / 4 / MB)
  return {
    shared_buffers: `${Math.max(LEAST_BUFFERS_MB, quarter)}MB`,
    effective_cache_size: `${Math.max(LEAST_BUFFERS_MB, Math.floor(memoryBytes / 2 / MB))}MB`,
  }
}

/** Bytes of the tables and indexes, those of a cluster not yet made too. */
async function dataSize(data: string): Promise<number> {
  const files = await readdir(join(data, 'base'), { recursive: true }).catch(() => [])
  const sizes = await Promise.all(files.map((file) => stat(join(data, 'base', file)).catch(() => undefined)))
  return sizes.reduce((sum, found) => sum + (found?.isFile() ? found.size : 0), 0)
}

/** Crash recovery replays what was not yet written out; on a slow disk that takes minutes. */
export const START_WAIT_MS = 300_000
const LOOK_AGAIN_MS = 10
const ATTEMPTS = 20
const AGAIN_MS = 250
const LOG_LIMIT_BYTES = 10_000_000

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
  const { size: start } = await file.stat()
  return { file, saidSince: async () => (await readFile(path)).subarray(start).toString().trim() }
}

/** The command line of the server: our settings, the caller's, and what no caller may change. */
async function serverCommand(data: string, options: LaunchOptions, port: number): Promise<string[]> {
  const only = { port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: '' }
  const memory = memorySettings(await dataSize(data), totalmem())
  const settings = Object.entries({ ...SETTINGS, ...memory, ...options.settings, ...only })
  const flags = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return [databasePrograms().postgres, '-D', data, ...flags]
}

/** Starts the server in a session of its own, so that Ctrl-C reaches the application first and not both at once. */
async function launchOnce(folder: string, options: LaunchOptions): Promise<void> {
  const data = dataFolder(folder)
  const runAs = findRunAs(databasePrograms().postgres, folder)
  if (!isMade(folder)) await makeCluster(folder, runAs, options.settings?.fsync !== 'off')
  handOver(folder, runAs)
  await forgetStranger(data)

  const port = options.port ?? (await freePort())
  const log = await openLog(folder)
  const [command = '', ...args] = [...runAs.prefix, ...(await serverCommand(data, options, port))]
  const child = spawn(command, args, {
    ...runAs.identity,
    cwd: data,
    env: { ...ENVIRONMENT, ...options.environment },
    detached: true,
    stdio: ['ignore', log.file.fd, log.file.fd],
  })
  child.unref()
  let ended: string | undefined
  child.once('error', (error) => (ended = error.message))
  child.once('exit', (code, signal) => (ended = `it ended with ${code ?? signal}`))

  const giveUpAt = performance.now() + START_WAIT_MS
  try {
    for (;;) {
      // What an earlier server left in postmaster.pid does not count.
      const found = await readPostmaster(data)
      if (found?.status === 'ready' && found.pid === child.pid) return
      if (performance.now() > giveUpAt) ended = 'not ready in time'
      if (ended !== undefined) throw new Error(`PostgreSQL did not start, ${ended}: ${await log.saidSince()}`)
      await pause(LOOK_AGAIN_MS)
    }
  } finally {
    await log.file.close()
  }
}

/**
 * Starts the server, making the data folder first where there is none, and returns when it is ready.
 * A port taken between looking and binding, or workers of a killed server that still wind down, pass in moments.
 *
 * @throws Error with what PostgreSQL said when it does not start
 */
export async function launch(folder: string, options: LaunchOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launchOnce(folder, options)
    } catch (error) {
      const passing = options.port === undefined ? /in use/i : /still in use/i
      if (!passing.test((error as Error).message) || attempt === ATTEMPTS) throw error
      await pause(AGAIN_MS)
    }
  }
}
