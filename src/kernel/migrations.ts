/** Migrations: numbered SQL files applied forward only, once each, in order, by one process at a time. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Logger, runMigrations as installJobQueue } from 'graphile-worker'
import pg from 'pg'
import { actingText } from './acting.ts'

export interface Migration {
  /** File name, `0001-what-it-does.sql`. */
  readonly name: string
  readonly sql: string
  /** SHA-256 of the text in hexadecimal, line ends as `\n`. */
  readonly checksum: string
}

/** Something that can be asked: a connection or a pool. */
export interface Queryable {
  query(text: string): Promise<{ rows: { name: string; checksum: string }[] }>
}

const FILE_NAME = /^\d{4}-[a-z0-9-]+\.sql$/

/** "Dang vu": keeps two programs that start at the same moment from migrating at once. */
const ADVISORY_LOCK = 0x64616e67

/** Between two looks whether it is our turn. */
const TURN_AGAIN_MS = 100

/** How long a migration may wait for a table, and how often it tries again. */
export interface Patience {
  /** whoever comes after it waits behind it, so it stands in the way no longer than this */
  readonly lockMs: number
  readonly tries: number
  /** in between, those who waited behind it go on */
  readonly pauseMs: number
}

/** How a database is brought up to date; all may be left out. */
export interface MigrateOptions {
  /** the last one wanted; all unless given */
  readonly until?: string | undefined
  /** with those who hold a table */
  readonly patience?: Patience
  /** told what is waited for, every `tellEveryMs` */
  readonly onWait?: ((words: string) => void) | undefined
  readonly tellEveryMs?: number
}

interface How {
  readonly connectionString: string
  readonly patience: Patience
  readonly onWait: (words: string) => void
  readonly tellEveryMs: number
}

const PATIENCE: Patience = { lockMs: 2_000, tries: 30, pauseMs: 1_000 }

/** A table was held by others for too long, each time it was tried; nothing was changed. */
export class MigrationWaited extends Error {
  override readonly name = 'MigrationWaited'
}

const SILENT = new Logger(() => () => undefined)

/** Reads the folder in order. @throws Error for a name that does not fit or a number used twice */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const numbers = names.map((name) => name.slice(0, 4))
  for (const [index, name] of names.entries()) {
    if (!FILE_NAME.test(name)) throw new Error(`Migration ${name}: not named NNNN-what-it-does.sql`)
    if (numbers.indexOf(name.slice(0, 4)) !== index) throw new Error(`Migration ${name}: its number is taken`)
  }
  return Promise.all(
    names.map(async (name) => {
      const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/**
 * What is yet to be applied.
 *
 * @throws Error that names the file when one was changed or removed after it was applied, or slipped in before the last
 */
function stillToApply(
  migrations: readonly Migration[],
  applied: readonly { name: string; checksum: string }[],
): Migration[] {
  for (const { name, checksum } of applied) {
    const file = migrations.find((migration) => migration.name === name)
    if (file === undefined)
      throw new Error(`Migration ${name} was applied, but this program does not have it`)
    if (file.checksum !== checksum) throw new Error(`Migration ${name} was changed after it was applied`)
  }
  const last = applied.map(({ name }) => name).reduce((a, b) => (a > b ? a : b), '')
  const pending = migrations.filter(({ name }) => !applied.some((one) => one.name === name))
  for (const { name } of pending)
    if (name < last) throw new Error(`Migration ${name} comes before ${last}, which is applied already`)
  return pending
}

/**
 * Names of the migrations the database lacks; empty when it is up to date.
 *
 * @param database a connection whose role may read the table `migration`
 * @param folder where the `.sql` files lie
 */
export async function pendingMigrations(database: Queryable, folder: string): Promise<string[]> {
  const migrations = await readMigrations(folder)
  try {
    const { rows } = await database.query('select name, checksum from migration')
    return stillToApply(migrations, rows).map(({ name }) => name)
  } catch (error) {
    if ((error as { code?: string }).code === '42P01') return migrations.map(({ name }) => name) // no such table yet
    throw error
  }
}

/** The first line of a file that only makes or drops indexes beside the work: PostgreSQL does that outside a transaction. */
const BESIDE_THE_WORK = /^-- beside the work\b/
const INDEX_STATEMENT =
  /^(create (unique )?index concurrently if not exists|drop index concurrently if exists) /i

/** One that did not come to its end is there, takes writes and answers nothing: it is made anew. */
const BROKEN_INDEXES = `
  select format('drop index concurrently %I', c.relname) as statement from pg_index i join pg_class c on c.oid = i.indexrelid
   where not i.indisvalid and c.relnamespace = 'public'::regnamespace`

/** Told what a migration waits for, so often while it waits. */
const TELL_EVERY_MS = 5_000

/** Who holds what a connection waits for: since when, and the first word of what they do; the rest would quote their data. */
const HELD_BY = `
  select b.pid, to_char(b.xact_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as since, b.state,
         coalesce(upper(substring(b.query from '^\\s*([A-Za-z]+)')), '') as doing
    from pg_stat_activity w, unnest(pg_blocking_pids(w.pid)) held(pid) join pg_stat_activity b on b.pid = held.pid
   where w.pid = $1 order by b.xact_start limit 5`

interface Holder {
  readonly pid: number
  readonly since: string | null
  readonly state: string | null
  readonly doing: string
}

/** Does the work; as long as it waits for others, says for whom. It is asked over a connection of its own. */
async function sayingWhoHolds(client: pg.Client, name: string, how: How, work: () => Promise<void>) {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const looker = new pg.Client({ connectionString: how.connectionString, application_name: 'dangvu-migrate' })
  looker.on('error', () => undefined)
  await looker.connect()
  async function look(): Promise<void> {
    const held = await looker.query<Holder>(HELD_BY, [rows[0]?.pid])
    if (held.rows.length > 0) how.onWait(waits(name, held.rows))
  }
  // It only tells: what is wrong with the database the work itself finds out.
  const timer = setInterval(() => void look().catch(() => undefined), how.tellEveryMs)
  try {
    await work()
  } finally {
    clearInterval(timer)
    await looker.end().catch(() => undefined)
  }
}

function waits(name: string, holders: readonly Holder[]): string {
  const each = holders.map(
    ({ pid, since, state, doing }) =>
      `pid ${pid}${since === null ? '' : `, ${since} UTC`}${doing === '' ? '' : `, ${doing}`}${state === null ? '' : ` (${state})`}`,
  )
  return `${name}: đang đợi giao dịch khác kết thúc (waits for another transaction): ${each.join('; ')}`
}

async function applyBesideTheWork(client: pg.Client, migration: Migration, how: How): Promise<void> {
  const statements = migration.sql
    .replace(/--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim().replace(/\s+/g, ' '))
    .filter((statement) => statement !== '')
  for (const statement of statements)
    if (!INDEX_STATEMENT.test(statement))
      throw new Error(
        `Migration ${migration.name}: beside the work only indexes are made or dropped, if (not) there`,
      )
  const { rows } = await client.query<{ statement: string }>(BROKEN_INDEXES)
  await sayingWhoHolds(client, migration.name, how, async () => {
    for (const { statement } of rows) await client.query(statement)
    for (const statement of statements) await client.query(statement)
  })
  await inTransaction(client, { ...migration, sql: '' }, 0)
}

/** Tries again while others hold a table, and lets those who wait behind us through in between. */
async function apply(client: pg.Client, migration: Migration, how: How): Promise<void> {
  if (BESIDE_THE_WORK.test(migration.sql)) return applyBesideTheWork(client, migration, how)
  const { patience } = how
  for (let tries = 1; ; tries += 1) {
    try {
      return await inTransaction(client, migration, patience.lockMs)
    } catch (error) {
      const { code } = (error as { cause?: { code?: string } }).cause ?? {}
      if (code !== '55P03' && code !== '40P01') throw error
      if (tries >= patience.tries)
        throw new MigrationWaited(`Migration ${migration.name} waited for a table others hold`, {
          cause: error,
        })
      await pause(patience.pauseMs)
    }
  }
}

/** @param lockMs the longest wait for a lock; 0: without an end */
async function inTransaction(client: pg.Client, migration: Migration, lockMs: number): Promise<void> {
  const acting = pg.escapeLiteral(actingText({ kind: 'migration', act: migration.name }))
  await client.query(`begin; set local dangvu.acting = ${acting}; set local lock_timeout = ${lockMs}`)
  try {
    await client.query(migration.sql)
    await client.query('insert into migration (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    const { message, position } = error as { message: string; position?: string }
    const line = position ? `:${migration.sql.slice(0, Number(position)).split('\n').length}` : ''
    throw new Error(`Migration ${migration.name}${line}: ${message}`, { cause: error })
  }
}

/** Asks until it is our turn. Waiting inside one question would hold a snapshot, for whose end an index made beside the work waits. */
async function takeTurn(client: pg.Client, { onWait, tellEveryMs }: How): Promise<void> {
  let told = performance.now()
  for (;;) {
    const { rows } = await client.query<{ ours: boolean }>('select pg_try_advisory_lock($1) as ours', [
      ADVISORY_LOCK,
    ])
    if (rows[0]?.ours) return
    if (performance.now() - told >= tellEveryMs) {
      told = performance.now()
      onWait(
        'Đang đợi chương trình khác cập nhật cơ sở dữ liệu này. (another program migrates this database)',
      )
    }
    await pause(TURN_AGAIN_MS)
  }
}

/**
 * Brings a database up to date: the job queue's own tables first, then ours, each file in a transaction of its own.
 *
 * @param connectionString of a role that may create tables, schemas and roles
 * @param folder where the `.sql` files lie
 * @returns the names applied now, in order
 * @throws MigrationWaited when others held a table for too long
 * @throws Error that names the file (and line) that fails, or that was changed after it was applied
 */
export async function migrate(
  connectionString: string,
  folder: string,
  options: MigrateOptions = {},
): Promise<{ applied: string[] }> {
  const { until, patience = PATIENCE, onWait = () => undefined, tellEveryMs = TELL_EVERY_MS } = options
  const how: How = { connectionString, patience, onWait, tellEveryMs }
  const migrations = await readMigrations(folder)
  const client = new pg.Client({ connectionString, application_name: 'dangvu-migrate' })
  client.on('error', () => undefined) // told by the next statement
  await client.connect()
  try {
    await takeTurn(client, how)
    await installJobQueue({ connectionString, logger: SILENT })
    await client.query(`
      create table if not exists migration (
        name text primary key,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`)
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from migration',
    )
    const pending = stillToApply(migrations, rows).filter(({ name }) => until === undefined || name <= until)
    for (const migration of pending) await apply(client, migration, how)
    return { applied: pending.map(({ name }) => name) }
  } finally {
    await client.end()
  }
}
