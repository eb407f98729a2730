/** The running PostgreSQL of a data folder: what its `postmaster.pid` says, and whether that can be believed. */
import { readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { DATABASE, OWNER_ROLE } from './cluster.ts'
import { isAlive } from './turn.ts'

export interface Postmaster {
  readonly pid: number
  readonly port: number
  /** `starting`, `ready` or `stopping`. */
  readonly status: string
}

/** A connection that may also be told not to keep the process alive (node-postgres has it, its types do not). */
export type Connection = pg.Client & { ref(): void; unref(): void }

const LOOK_AGAIN_MS = 15

const pidFile = (data: string): string => join(data, 'postmaster.pid')

/** Lines 1, 4 and 8 of `postmaster.pid`: process number, port, status. PostgreSQL writes them as it comes up. */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(pidFile(data), 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  return pid > 0 ? { pid, port: Number(lines[3]), status: lines[7]?.trim() || 'starting' } : undefined
}

export function databaseUrl(port: number, password: string, database = DATABASE): string {
  return `postgresql://${OWNER_ROLE}:${password}@127.0.0.1:${port}/${database}`
}

/** A connection to the maintenance database. @throws what node-postgres says when nobody of ours answers there */
export async function connect(port: number, password: string, name: string): Promise<Connection> {
  const client = new pg.Client({
    connectionString: databaseUrl(port, password, 'postgres'),
    application_name: name,
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => undefined) // the server went away: whoever uses it learns that from its own connection
  await client.connect()
  return client as Connection
}

/**
 * Is process `pid` the PostgreSQL of this folder, or a stranger that got the number after a reboot?
 * PostgreSQL makes its data folder its working directory; where that cannot be read, benefit of the doubt.
 */
async function isPostmasterOf(data: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  const where = await readlink(`/proc/${pid}/cwd`).catch((error: NodeJS.ErrnoException) => error.code)
  return where === data || where === 'EACCES' || where === 'EPERM'
}

/**
 * The ready server of this folder; undefined if there is none, or none that lives.
 * One that is on its way up or down is waited for.
 */
export async function findPostmaster(data: string, waitMs: number): Promise<Postmaster | undefined> {
  const giveUpAt = performance.now() + waitMs
  for (;;) {
    const found = await readPostmaster(data)
    if (found === undefined || !(await isPostmasterOf(data, found.pid))) return undefined
    if (found.status === 'ready') return found
    if (performance.now() > giveUpAt)
      throw new Error(`PostgreSQL in ${data} has been ${found.status} for too long.`)
    await pause(LOOK_AGAIN_MS)
  }
}

/**
 * Removes a `postmaster.pid` whose number now belongs to a stranger: PostgreSQL would believe it and not start.
 * A dead number is left to PostgreSQL, which also looks for surviving workers before it starts.
 */
export async function forgetStranger(data: string): Promise<void> {
  const found = await readPostmaster(data)
  if (found !== undefined && isAlive(found.pid)) await rm(pidFile(data), { force: true })
}

/** Asks for a fast shutdown and waits until the server is gone. */
export async function stopPostmaster(data: string, waitMs: number): Promise<void> {
  const found = await readPostmaster(data)
  if (found === undefined || !(await isPostmasterOf(data, found.pid))) return
  const giveUpAt = performance.now() + waitMs
  process.kill(found.pid, 'SIGINT')
  while ((await readPostmaster(data))?.pid === found.pid && isAlive(found.pid)) {
    if (performance.now() > giveUpAt)
      throw new Error(`PostgreSQL in ${data} does not stop (process ${found.pid}).`)
    await pause(LOOK_AGAIN_MS)
  }
}
