/** The embedded database: a real PostgreSQL beside the application, started by the first process and stopped by the last. */
import { mkdir, realpath } from 'node:fs/promises'
import { join as pathOf } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { DATABASE, dataFolder, isMade, readPassword } from './cluster.ts'
import { launch, START_WAIT_MS, type LaunchOptions } from './launch.ts'
import { connect, databaseUrl, findPostmaster, stopPostmaster, type Connection } from './postmaster.ts'
import { inTurn } from './turn.ts'

export interface EmbeddedOptions extends LaunchOptions {
  /** Where the data, the password and the log live; made if missing. */
  readonly folder: string
}

export interface EmbeddedDatabase {
  /** Connection string of the application's database, as its owner; 127.0.0.1 only. */
  readonly url: string
  /** True when the server was running already: another process, or one left by a crash. */
  readonly reused: boolean
  /** Leaves the database; the last process to leave stops the server. */
  stop(): Promise<void>
}

/** Each process keeps one connection of this name open while it uses the server, so that the last one knows it is. */
const PRESENCE = 'dangvu-presence'

/** A server that writes out what it holds may take so long to stop. */
export const STOP_WAIT_MS = 60_000
const JOIN_ATTEMPTS = 50
const AGAIN_MS = 100
/** Between two attempts to bring a server back that died. */
const BACK_AGAIN_MS = 1000

interface Joined {
  readonly url: string
  readonly presence: Connection
}

/** Joins the server that runs, if one does. One that was just killed may look alive for a moment, and is asked again. */
async function joinRunning(folder: string): Promise<Joined | undefined> {
  if (!isMade(folder)) return undefined
  const data = dataFolder(folder)
  const password = await readPassword(folder)
  for (let attempt = 1; ; attempt++) {
    const found = await findPostmaster(data, START_WAIT_MS)
    if (found === undefined) return undefined
    try {
      return {
        url: databaseUrl(found.port, password),
        presence: await connect(found.port, password, PRESENCE),
      }
    } catch (error) {
      if (attempt === JOIN_ATTEMPTS)
        throw new Error(`PostgreSQL in ${data} lets nobody in.`, { cause: error })
      await pause(AGAIN_MS)
    }
  }
}

async function ensureDatabase(presence: Connection): Promise<void> {
  const { rows } = await presence.query(`select 1 from pg_database where datname = $1`, [DATABASE])
  if (rows.length === 0) await presence.query(`create database ${DATABASE}`)
}

/** Ends our presence; stops the server if it was the last. If it was cut before, that server is no longer ours to stop. */
async function leave(folder: string, presence: Connection): Promise<void> {
  presence.ref()
  const others = `select 1 from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid() limit 1`
  const last = await presence.query(others, [PRESENCE]).then(
    ({ rows }) => rows.length === 0,
    () => false,
  )
  await presence.end().catch(() => undefined)
  if (last) await stopPostmaster(dataFolder(folder), STOP_WAIT_MS)
}

/**
 * Makes the database on first use, starts it, or joins the one that runs already. One that dies while it is used is
 * started again at the same address.
 *
 * @throws Error when PostgreSQL cannot be started, with what it said
 */
export async function startEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  await mkdir(options.folder, { recursive: true })
  const folder = await realpath(options.folder)
  const turn = pathOf(folder, 'starting.lock')

  // Set once somebody asked us to leave: from then on a server that goes away is not brought back.
  let left: Promise<void> | undefined
  let presence: Connection

  /** One place where we join: by the first that asks, and again by whoever sees that the server died. */
  async function join(port?: number): Promise<Joined & { readonly reused: boolean }> {
    const running = await joinRunning(folder)
    if (running === undefined) await launch(folder, port === undefined ? options : { ...options, port })
    const joined = running ?? (await joinRunning(folder))
    if (joined === undefined) throw new Error(`PostgreSQL in ${folder} ended as soon as it was ready.`)
    await ensureDatabase(joined.presence)
    joined.presence.unref() // a program that has nothing else to do may end
    presence = joined.presence
    presence.once('end', () => {
      if (left === undefined) void bringBack(Number(new URL(joined.url).port))
    })
    return { ...joined, reused: running !== undefined }
  }

  /** A server that died is started again where it was, so that those who use it find it; until it starts, again and again. */
  async function bringBack(port: number): Promise<void> {
    for (;;) {
      if (left !== undefined) return
      try {
        return await inTurn(turn, async () => {
          if (left === undefined) await join(port)
        })
      } catch {
        await pause(BACK_AGAIN_MS) // why is in the server's own log; a disk that is full may have room again
      }
    }
  }

  return inTurn(turn, async () => {
    const { url, reused } = await join()
    return { url, reused, stop: () => (left ??= inTurn(turn, () => leave(folder, presence))) }
  })
}
