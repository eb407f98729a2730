/** The database as the house uses it: SQL read as SQL, transactions, named prepared statements. */
import { createHash } from 'node:crypto'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql as kyselySql,
  type RawBuilder,
} from 'kysely'
import pg from 'pg'
import { actingNow, actingText, isByItself, type Acting } from './acting.ts'
import { dispatch, type Answer, type Statement } from './dispatch.ts'
import { waitingOutside } from './outside.ts'
import { openReplica, type Replica, type ReplicaStanding } from './replica.ts'
import { breakSilence } from './silence.ts'

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text))

/** The tag that SQL is written with: values become parameters, fragments stay fragments. */
export const sql = kyselySql

/** In a query, the day in Viet Nam of an instant: `LOCAL_DAY('b.booked_at')`. Of a Date it is `todayIn`. */
export const LOCAL_DAY = (instant: string) => sql.raw(`(${instant} at time zone 'Asia/Ho_Chi_Minh')::date`)

/**
 * In a query, rows as a table: `from ${table(rows, { id: 'uuid', place: 'int' })}`, whose columns are `t.id` and `t.place`. A column
 * goes to the database as one array, which it reads twice as fast as objects of JSON.
 */
export function table<Column extends string>(
  rows: readonly { readonly [Name in Column]?: unknown }[],
  types: { readonly [Name in Column]: string },
): RawBuilder<unknown> {
  const columns = Object.keys(types) as Column[]
  const arrays = columns.map(
    (column) => sql`${rows.map((row) => row[column] ?? null)}::${sql.raw(types[column])}[]`,
  )
  return sql`unnest(${sql.join(arrays)}) as t(${sql.join(columns.map((column) => sql.ref(column)))})`
}

/**
 * In a query, one of these: `where o.id = ${anyOf(ids, 'uuid')}`. The same as `any(${ids}::uuid[])`, but planned once: PostgreSQL counts
 * a bare array's elements, finds the plan for so many cheaper than one for any number, and plans such a statement anew at each call.
 */
export function anyOf(values: readonly string[], type: string): RawBuilder<unknown> {
  return sql`any(array(select unnest(${values}::${sql.raw(type)}[])))`
}

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
  /** Goes to the database along with the next statement or the commit, and fails there: for what nothing here waits for. */
  later(query: RawBuilder<unknown>): void
}

export interface Database {
  /** Reads outside a transaction, each statement for itself; those that one act asks at once go to the database at once. */
  readonly read: Read
  /** A snapshot: every read inside sees the same moment; nothing can be written. */
  snapshot<T>(work: (read: Read) => Promise<T>): Promise<T>
  /**
   * A snapshot for what is added up, printed or exported: of the replica, where there is one that has everything written before this
   * was asked, else of the primary. Work that the replica broke off is begun anew, so it may only read.
   */
  report<T>(work: (read: Read) => Promise<T>): Promise<T>
  /** The same for what opens a connection of its own at an address. */
  reportAt<T>(work: (url: string) => Promise<T>): Promise<T>
  /** where reports are asked; undefined where there is no replica */
  readonly replica: Replica | undefined
  /** How the replica stands; undefined where there is none. */
  replicaStanding(): Promise<ReplicaStanding | undefined>
  /** One transaction; a thrown error (a refusal too) rolls it back. Work that wants something from outside is done twice (`outside.ts`). */
  transaction<T>(work: (write: Write) => Promise<T>): Promise<T>
  /**
   * The same, never reading a table from end to end and planned once: for hot paths on tables that were analysed while they were
   * empty, whose plans would stay those of an empty table until the next analysis.
   */
  byIndex<T>(work: (write: Write) => Promise<T>): Promise<T>
  readonly pool: pg.Pool
  close(): Promise<void>
}

/** Of a pool, unless it is told otherwise. */
export const POOL_CONNECTIONS = 10

/** Reports are few and long. */
const REPLICA_CONNECTIONS = 4

/** Longer nobody waits for a connection, whether the database is out of reach or all are in use. */
export const CONNECT_WAIT_MS = 15_000

/**
 * Opens a pool. Every connection works as the role `dangvu_app`, which cannot change history. Statements take milliseconds: to compile
 * one, which PostgreSQL would by the look of its estimates, takes a hundred.
 *
 * @param options `replicaUrl`: where reports are asked
 */
export function openDatabase(
  url: string,
  options: { connections?: number; replicaUrl?: string | undefined } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? POOL_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WAIT_MS,
    options: '-c role=dangvu_app -c jit=off',
  })
  breakSilence(pool, url)
  pool.on('error', () => undefined) // an idle connection that broke is replaced by the pool at the next use
  pool.on('connect', (client) => {
    client.on('error', () => undefined) // one that breaks between two statements of a transaction fails at the next
  })
  const replica = options.replicaUrl ? openReplica(options.replicaUrl, REPLICA_CONNECTIONS) : undefined
  const nearest = <T>(work: (at: Server) => Promise<T>): Promise<T> =>
    replica ? near(replica, { url, pool }, work) : work({ url, pool })
  return {
    read: asRead(inOneGo(pool)),
    snapshot: (work) => inTransaction(pool, [SNAPSHOT], work),
    report: (work) => nearest((at) => inTransaction(at.pool, [SNAPSHOT], work)),
    reportAt: (work) => nearest((at) => work(at.url)),
    replica,
    replicaStanding: async () => replica?.standing(await placeOf(pool)),
    transaction: (work) =>
      waitingOutside((ending) =>
        inTransaction(pool, [BEGIN, actingStatement()], async (write) => {
          const result = await work(write)
          ending()
          return result
        }),
      ),
    byIndex: (work) => inTransaction(pool, [BEGIN, BY_INDEX, actingStatement()], work),
    pool,
    async close() {
      await Promise.all([pool.end(), replica?.pool.end()])
    },
  }
}

interface Server {
  readonly url: string
  readonly pool: pg.Pool
}

/** Where the primary's log is: whatever was acknowledged stands before it. */
async function placeOf(pool: pg.Pool): Promise<string> {
  const { rows } = await alone(pool, PLACE)
  return String(rows[0]?.place)
}

/** Work that only reads, at the replica where it has everything written before; else, or where it breaks off there, at the primary. */
async function near<T>(replica: Replica, primary: Server, work: (at: Server) => Promise<T>): Promise<T> {
  if (await replica.reaches(await placeOf(primary.pool)))
    try {
      const result = await work(replica)
      replica.reports.given += 1
      return result
    } catch (error) {
      // It replays what is still read there, or went away: the primary has the answer, or the same defect.
      if (isAway(error)) replica.rest()
      else if (!(error instanceof pg.DatabaseError)) throw error
    }
  replica.reports.passedOn += 1
  return work(primary)
}

const fixed = (text: string, ...values: unknown[]): Statement => ({ name: nameOf(text), text, values })

const names = new Map<string, string>()

const BEGIN = fixed('begin')
const SNAPSHOT = fixed('start transaction isolation level repeatable read, read only')
const PLACE = fixed('select pg_current_wal_flush_lsn()::text as place')
const BY_INDEX = fixed(
  `select set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)`,
)
const COMMIT = fixed('commit')
const ROLLBACK = fixed('rollback')

/** Who acts goes along with the beginning, on the same way to the database: the triggers of the log read it there. */
const actingStatement = () => fixed(`select set_config('dangvu.acting', $1, true)`, actingText(actingNow()))

interface Asked {
  readonly statement: Statement
  readonly resolve: (answer: Answer | Promise<Answer>) => void
  readonly reject: (error: unknown) => void
}

/**
 * What one act asks before it waits for anything goes to the database in one go, over one connection: a page that asks five
 * things waits once, and takes one place in the pool. Acts do not share a go, so that nobody waits for another's long question.
 */
function inOneGo(pool: pg.Pool): Send {
  const open = new Map<Acting, Asked[]>()
  return (statement) => {
    const acting = actingNow()
    if (isByItself(acting)) return alone(pool, statement)
    return new Promise((resolve, reject) => {
      const asked = { statement, resolve, reject }
      const together = open.get(acting)
      if (together) return void together.push(asked)
      const all = [asked]
      open.set(acting, all)
      afterAllThatGoesOn(() => {
        open.delete(acting)
        void askTogether(pool, all)
      })
    })
  }
}

/** Once every promise that can go on now has gone on, and before anything new is read from outside. */
function afterAllThatGoesOn(work: () => void): void {
  queueMicrotask(() => process.nextTick(work))
}

/** Where one of them fails, none was done: each is then asked for itself, and only who asked wrongly is told. */
async function askTogether(pool: pg.Pool, asked: readonly Asked[]): Promise<void> {
  try {
    const answers = await onConnection(pool, (client) =>
      dispatch(
        client,
        asked.map(({ statement }) => statement),
      ),
    )
    for (const [place, { resolve }] of asked.entries()) resolve(answers[place]!)
  } catch (error) {
    const asksAgain = asked.length > 1 && !isAway(error)
    for (const { statement, resolve, reject } of asked)
      if (asksAgain) resolve(alone(pool, statement))
      else reject(error)
  }
}

async function alone(pool: pg.Pool, statement: Statement): Promise<Answer> {
  const [answer] = await onConnection(pool, (client) => dispatch(client, [statement]))
  return answer!
}

async function onConnection<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    return await work(client)
  } finally {
    client.release()
  }
}

/** Begins with the first statement; what was put off goes along with the next one, at the latest with the commit. */
async function inTransaction<T>(
  pool: pg.Pool,
  beginning: readonly Statement[],
  work: (write: Write) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  const waiting = [...beginning]
  const standing = { begun: false, over: false, broken: false }
  let sent: Promise<unknown> = Promise.resolve()
  const send = (statement: Statement): Promise<Answer> => {
    if (standing.over) return Promise.reject(new Error('the transaction is over'))
    standing.begun = true
    const together = [...waiting.splice(0), statement]
    // Several may ask at once; a connection answers one after another.
    const answer = sent.then(async () => (await dispatch(client, together)).at(-1)!)
    sent = answer.catch(() => undefined)
    return answer
  }
  try {
    const result = await work({ ...asWrite(send), later: (query) => void waiting.push(compiled(query)) })
    if (standing.begun || waiting.length > beginning.length) await send(COMMIT)
    return result
  } catch (error) {
    waiting.length = 0
    if (standing.begun) await send(ROLLBACK).catch(() => (standing.broken = true))
    throw error
  } finally {
    standing.over = true
    client.release(standing.broken)
  }
}

type Send = (statement: Statement) => Promise<Answer>

function asRead(send: Send): Read {
  return {
    rows: async (query) => (await answered(send, query)).rows as never,
    async one(query) {
      const { rows } = await answered(send, query)
      if (rows.length !== 1) throw new Error(`one row expected, ${rows.length} found`)
      return rows[0] as never
    },
    maybe: async (query) => (await answered(send, query)).rows[0] as never,
  }
}

function asWrite(send: Send): Omit<Write, 'later'> {
  return { ...asRead(send), run: async (query) => (await answered(send, query)).changed }
}

async function answered(send: Send, query: RawBuilder<unknown>): Promise<Answer> {
  try {
    return await send(compiled(query))
  } catch (error) {
    // Where it was asked tells more than where the answer was read.
    if (error instanceof pg.DatabaseError) Error.captureStackTrace(error)
    throw error
  }
}

/** Puts the text of a query together; nothing is executed by it. */
const compiler = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** A text without values is often the only one of its kind: it gets no name. */
function compiled(query: RawBuilder<unknown>): Statement {
  const { sql: text, parameters: values } = query.compile(compiler)
  return { name: values.length > 0 ? nameOf(text) : '', text, values }
}

/** The same text has the same name, so PostgreSQL parses and plans it once a connection. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = createHash('sha256').update(text).digest('hex').slice(0, 24)
  if (names.size < 2000) names.set(text, name)
  return name
}

/** True when another transaction came first and the same work may well go through now: taken over, or set aside. */
function isPassing(error: unknown): boolean {
  return isUniqueViolation(error) || isSetAside(error)
}

/** Does an act, and again from what is true then while it fails because another came first, so many times in all. */
export async function again<T>(
  act: () => Promise<T>,
  mostTries: number,
  cameSecond: (error: unknown) => boolean = isPassing,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act()
    } catch (error) {
      if (tries === mostTries || !cameSecond(error)) throw error
    }
  }
}

/** True when the database set the transaction aside for another one: out of turn, or each waited for the other. */
export function isSetAside(error: unknown): boolean {
  return ['40001', '40P01'].includes(String((error as { code?: unknown })?.code))
}

/** True for the database's own "that already exists", of one constraint or any. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const found = error as { code?: unknown; constraint?: unknown }
  return found?.code === '23505' && (constraint === undefined || found.constraint === constraint)
}

/** True for the database's own "there is no room left on the disk": what was kept before stands, the rest is tried again. */
export function isDiskFull(error: unknown): boolean {
  return (error as { code?: unknown })?.code === '53100'
}

/** What node-postgres says of a connection that is no more, without a code. */
const CUT =
  /^(?:Connection terminated|timeout exceeded when trying to connect|the database does not answer|Client (?:has encountered a connection error|was closed))/

/**
 * True when the database is away, or went away before it answered: whether the act was done nobody knows, and the same asked
 * again under the same id does one thing.
 */
export function isAway(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  if (
    /^(?:08...|57P0[1-5]|53300|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND)$/.test(
      String(code),
    )
  )
    return true
  return CUT.test(String(message))
}
