/** The ground of an installation: its database, embedded or given, migrated. The server and every command stand on it. */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase, sql, type Database, type Read } from '../kernel/db.ts'
import { migrate, MigrationWaited } from '../kernel/migrations.ts'
import { isUnfinished } from './backup/unfinished.ts'
import { isDemo, markDemoAsked, wasDemoAsked } from './clock.ts'
import type { Config } from './config.ts'
import { isMade } from './database/cluster.ts'

export const MIGRATIONS_FOLDER = join(import.meta.dirname, '..', '..', 'migrations')

/** A query that is still running when the program is to end gets this long. */
export const CLOSE_WAIT_MS = 3_000

/** Why the program cannot begin, in words for the person who started it. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

export interface Installation {
  readonly database: Database
  /** connection string of the database's owner */
  readonly url: string
  readonly embedded: boolean
  /**
   * On an embedded database or with DANGVU_DEMO=1: people sign in with the development provider, the test authority
   * signs, personal IDs with the prefixes of the samples count.
   */
  readonly trial: boolean
  /** migrations applied just now */
  readonly migrated: readonly string[]
  /** Leaves the database; an embedded one is stopped by the last who leaves. */
  close(): Promise<void>
}

/** On an embedded database, or where the demo is asked for. */
export function isTrial(config: Pick<Config, 'databaseUrl' | 'demo'>): boolean {
  return config.databaseUrl === undefined || config.demo
}

/**
 * Opens the database of this configuration, starting or joining the embedded one, and brings it up to date.
 *
 * @param options `asItIs`: of whatever version, nothing in it is changed, and none is made; `onProgress` is told what takes a while
 * @throws StartError when a database cannot be reached, is not there, was restored in part, or holds other data than the demo asked for
 */
export async function openInstallation(
  config: Pick<Config, 'databaseUrl' | 'dataFolder' | 'demo'> & Partial<Pick<Config, 'databaseReadUrl'>>,
  options: {
    connections?: number
    asItIs?: boolean
    onProgress?: ((words: string) => void) | undefined
  } = {},
): Promise<Installation> {
  if (options.asItIs && config.databaseUrl === undefined && !isMade(databaseFolder(config.dataFolder)))
    throw new StartError(NOT_THERE(databaseFolder(config.dataFolder)))
  const server = config.databaseUrl === undefined ? await startEmbedded(config.dataFolder) : undefined
  const url = server?.url ?? config.databaseUrl ?? ''
  let database: Database | undefined
  let closed: Promise<void> | undefined
  const leave = async () => {
    await Promise.race([database?.close(), pause(CLOSE_WAIT_MS, undefined, { ref: false })])
    await server?.stop()
  }
  const close = () => (closed ??= leave())
  try {
    if (await isUnfinished(url).catch(unreachable)) throw new StartError(UNFINISHED)
    const { applied } = options.asItIs
      ? { applied: [] }
      : await migrate(url, MIGRATIONS_FOLDER, { onWait: options.onProgress }).catch(unreachable)
    database = openDatabase(url, { ...options, replicaUrl: config.databaseReadUrl })
    if (config.demo && !server && !options.asItIs) await allowDemo(database)
    return {
      database,
      url,
      embedded: server !== undefined,
      trial: isTrial(config),
      migrated: applied,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

export const databaseFolder = (dataFolder: string) => join(dataFolder, 'database')

async function startEmbedded(dataFolder: string) {
  const { startEmbeddedDatabase } = await import('./database/embedded.ts')
  return startEmbeddedDatabase({ folder: databaseFolder(dataFolder) })
}

const NOT_THERE = (folder: string) =>
  `Không có cơ sở dữ liệu nào trong ${folder}. Hãy đặt DANGVU_DATA (hoặc DATABASE_URL) như của máy chủ.\n` +
  `There is no database in ${folder}: set DANGVU_DATA (or DATABASE_URL) as for the server.`

const UNFINISHED =
  'Cơ sở dữ liệu này đang được khôi phục, hoặc lần khôi phục chưa xong hay không khớp: chưa dùng được.\n' +
  'Hãy đợi lệnh restore kết thúc; nếu nó đã dừng, hãy khôi phục lại vào một cơ sở dữ liệu (hay thư mục dữ liệu) trống khác.\n' +
  'This database is being restored, or a restore did not end well: it is not to be used.\n' +
  'Wait for the command restore to end; if it stopped, restore anew into another empty database or data folder.'

const WAITED = (what: string) =>
  'Chưa cập nhật được cơ sở dữ liệu: một việc kéo dài (sao lưu, báo cáo) đang giữ bảng. Chưa có gì thay đổi; hãy chạy lại khi việc đó xong.\n' +
  `The database could not be brought up to date: ${what} (a backup, a long report). Nothing was changed; start again when that is over.`

/** What says that a database cannot be reached, or lets us not in. */
export const UNREACHABLE = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ECONNRESET',
  '28P01',
  '28000',
  '3D000',
]

function unreachable(error: unknown): never {
  if (error instanceof MigrationWaited) throw new StartError(WAITED(error.message), { cause: error })
  const { code } = error as { code?: string }
  if (code === undefined || !UNREACHABLE.includes(code)) throw error
  throw new StartError(
    `Không kết nối được cơ sở dữ liệu (${code}). Hãy xem lại DATABASE_URL và máy chủ PostgreSQL.\n` +
      `The database cannot be reached (${code}): check DATABASE_URL and the PostgreSQL server.`,
    { cause: error },
  )
}

/** True when the registry holds nobody and nothing. */
export async function isEmpty(read: Read): Promise<boolean> {
  const row = await read.one<{ some: boolean }>(
    sql`select exists (select from organisation) or exists (select from member) as some`,
  )
  return !row.some
}

/** The demo lets anybody in as anybody: only where it was asked for from the beginning, never beside real members. */
async function allowDemo(database: Database): Promise<void> {
  if (await isEmpty(database.read)) return markDemoAsked(database)
  if ((await isDemo(database.read)) || (await wasDemoAsked(database.read))) return
  throw new StartError(
    'Cơ sở dữ liệu này đã có dữ liệu không phải bản dùng thử: không chạy với DANGVU_DEMO=1.\n' +
      'This database holds data that is not the demo: it is not run with DANGVU_DEMO=1.',
  )
}
