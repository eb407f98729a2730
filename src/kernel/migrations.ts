/** Migrations: numbered SQL files applied forward only, once each, in order, by one process at a time. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
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

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const acting = pg.escapeLiteral(actingText({ kind: 'migration', act: migration.name }))
  await client.query(`begin; set local dangvu.acting = ${acting}`)
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

/**
 * Brings a database up to date: the job queue's own tables first, then ours, each file in a transaction of its own.
 *
 * @param connectionString of a role that may create tables, schemas and roles
 * @param folder where the `.sql` files lie
 * @param until the last one wanted; all unless given
 * @returns the names applied now, in order
 * @throws Error that names the file (and line) that fails, or that was changed after it was applied
 */
export async function migrate(
  connectionString: string,
  folder: string,
  until?: string,
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(folder)
  const client = new pg.Client({ connectionString, application_name: 'dangvu-migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK])
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
    for (const migration of pending) await apply(client, migration)
    return { applied: pending.map(({ name }) => name) }
  } finally {
    await client.end()
  }
}
