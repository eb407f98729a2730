/** The database as the house uses it: SQL read as SQL, transactions, named prepared statements. */
import { createHash } from 'node:crypto'
import {
  Kysely,
  PostgresDialect,
  sql as kyselySql,
  type PostgresPoolClient,
  type RawBuilder,
  type Transaction,
} from 'kysely'
import pg from 'pg'
import { actingNow, actingText } from './acting.ts'

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text))

/** The tag that SQL is written with: values become parameters, fragments stay fragments. */
export const sql = kyselySql

type Tables = Record<string, never>

/** Something that can be asked: a function that takes this cannot be given away a write by mistake. */
export interface Read {
  rows<T>(query: RawBuilder<T>): Promise<T[]>
  /** exactly one row; none is a defect */
  one<T>(query: RawBuilder<T>): Promise<T>
  maybe<T>(query: RawBuilder<T>): Promise<T | undefined>
}

/** A transaction: everything run on it stands or falls together. */
export interface Write extends Read {
  run(query: RawBuilder<unknown>): Promise<number>
}

export interface Database {
  /** Reads outside a transaction, each statement for itself. */
  readonly read: Read
  /** A snapshot: every read inside sees the same moment; nothing can be written. */
  snapshot<T>(work: (read: Read) => Promise<T>): Promise<T>
  /** One transaction; a thrown error (a refusal too) rolls it back. */
  transaction<T>(work: (write: Write) => Promise<T>): Promise<T>
  readonly pool: pg.Pool
  close(): Promise<void>
}

/** Opens a pool. Every connection works as the role `dangvu_app`, which cannot change history. */
export function openDatabase(url: string, options: { connections?: number } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    options: '-c role=dangvu_app',
  })
  pool.on('error', () => undefined) // an idle connection that broke is replaced by the pool at the next use
  const kysely = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: { connect: () => connectNamed(pool), end: () => pool.end() } }),
  })
  return {
    read: asWrite(kysely),
    snapshot: (work) =>
      kysely
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((trx) => work(asWrite(trx))),
    transaction: (work) => kysely.transaction().execute((trx) => work(asWrite(trx))),
    pool,
    close: () => kysely.destroy(),
  }
}

function asWrite(executor: Kysely<Tables> | Transaction<Tables>): Write {
  return {
    rows: async (query) => (await query.execute(executor)).rows,
    async one(query) {
      const { rows } = await query.execute(executor)
      if (rows.length !== 1) throw new Error(`one row expected, ${rows.length} found`)
      return rows[0] as never
    },
    maybe: async (query) => (await query.execute(executor)).rows[0],
    run: async (query) => Number((await query.execute(executor)).numAffectedRows ?? 0),
  }
}

const names = new Map<string, string>()

/** The same text has the same name, so PostgreSQL parses and plans it once a connection. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = createHash('sha256').update(text).digest('hex').slice(0, 24)
  if (names.size < 2000) names.set(text, name)
  return name
}

async function connectNamed(pool: pg.Pool): Promise<PostgresPoolClient> {
  const client = await pool.connect()
  return {
    query: (text: string, values: readonly unknown[]) =>
      values.length > 0
        ? client.query({ name: nameOf(text), text, values: [...values] })
        : client.query(text === 'begin' ? beginAs() : text),
    release: () => client.release(),
  } as unknown as PostgresPoolClient
}

/** Who acts goes along with the beginning, on the same way to the database: the triggers of the log read it there. */
function beginAs(): string {
  return `begin; set local dangvu.acting = ${pg.escapeLiteral(actingText(actingNow()))}`
}

/** True when another transaction came first and the same work may well go through now: taken over, out of turn, deadlocked. */
export function isPassing(error: unknown): boolean {
  return ['23505', '40001', '40P01'].includes(String((error as { code?: unknown })?.code))
}

/** True for the database's own "that already exists", of one constraint or any. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const found = error as { code?: unknown; constraint?: unknown }
  return found?.code === '23505' && (constraint === undefined || found.constraint === constraint)
}
