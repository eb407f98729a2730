/** A restore (khôi phục): a backup put into an empty database, compared with its manifest, and only then given free. */
import { join } from 'node:path'
import pg from 'pg'
import { openDatabase } from '../../kernel/db.ts'
import { migrate, readMigrations } from '../../kernel/migrations.ts'
import { verifyLedger } from '../../procedures/party-fees/ledger/verify.ts'
import { holdMail } from '../notices/held.ts'
import { LOG_HEAD } from './backup.ts'
import {
  findForeignKeys,
  findGuards,
  findSequences,
  findTables,
  quoted,
  type ForeignKey,
  type Table,
} from './catalogue.ts'
import { readBackup, refused, type Manifest } from './manifest.ts'
import { breakConnection, measureRows, PLAIN_TEXT, readRows } from './rows.ts'
import { isMarked, markUnfinished, removeMark } from './unfinished.ts'

export interface RestoreOptions {
  /** of the empty database's owner */
  readonly url: string
  readonly folder: string
  readonly manifest: Manifest
  readonly migrationsFolder: string
  readonly keepSessions: boolean
  /** mail waits until an administrator lets it go */
  readonly holdMail: boolean
  /** what the log or the ledger said already when the backup was made does not keep the copy from being used */
  readonly acceptFindings: boolean
  /** the verifier of the log: how many problems it found */
  readonly verifyLog: (url: string) => Promise<number>
  readonly onStep?: (step: Step, detail?: string) => void
  /** told when the target is no longer empty: from here on what fails leaves it marked */
  readonly onMarked?: () => void
  /** aborted: it ends where it stands */
  readonly interrupted?: AbortSignal
}

export type Step = 'migrate' | 'load' | 'guards' | 'compare' | 'newer' | 'log' | 'ledger'

export interface Restored {
  readonly takenAt: string
  readonly tables: number
  readonly rows: number
  readonly log: Manifest['log']
  /** migrations newer than the backup, applied after it was compared */
  readonly migrated: readonly string[]
  readonly logProblems: number
  readonly ledgerProblems: number
  readonly sessionsEnded: number
  readonly mailHeld: boolean
  /** false: the rows are those of the backup, but its log or ledger has findings; nobody works on the copy */
  readonly usable: boolean
}

/**
 * Reads and checks a backup before anything is made of it.
 *
 * @throws CommandError when it is not whole, or of a program that knows more migrations than this one
 */
export async function openBackup(
  folder: string,
  migrationsFolder: string,
  interrupted?: AbortSignal,
): Promise<Manifest> {
  const manifest = await readBackup(folder, interrupted)
  const known = await readMigrations(migrationsFolder)
  for (const { name, checksum } of manifest.migrations) {
    const ours = known.find((migration) => migration.name === name)
    if (ours?.checksum === checksum) continue
    throw refused('foreign-version', {
      vi: `Bản sao lưu là của phiên bản ${manifest.program} có bước cập nhật ${name} mà chương trình này ${ours ? 'có khác đi' : 'không có'}. Hãy dùng phiên bản đó hoặc mới hơn.`,
      en: `The backup is of version ${manifest.program}, whose migration ${name} this program ${ours ? 'has otherwise' : 'does not have'}. Use that version or a newer one.`,
    })
  }
  return manifest
}

/**
 * Restores into an empty database. Until everything agrees, the database is marked and nobody else works on it.
 *
 * @throws CommandError when the database is not empty, or the copy is not what the manifest says
 * @throws the reason of `interrupted`
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { url, interrupted: signal } = options
  const client = new pg.Client({ connectionString: url, application_name: 'dangvu-restore' })
  client.on('error', () => undefined) // told by the next statement
  const interruption = new Promise<never>((_resolve, reject) =>
    signal?.addEventListener('abort', () => {
      breakConnection(client)
      reject(signal.reason as Error)
    }),
  )
  interruption.catch(() => undefined)
  try {
    signal?.throwIfAborted()
    await client.connect()
    // Steps that work on connections of their own are left to end with the program.
    const steps = restoreSteps(client, options)
    steps.catch(() => undefined)
    return await Promise.race([steps, interruption])
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function restoreSteps(client: pg.Client, options: RestoreOptions): Promise<Restored> {
  const { url, manifest, onStep } = options
  await requireEmpty(client)
  await markUnfinished(client)
  options.onMarked?.()
  onStep?.('migrate')
  await migrate(url, options.migrationsFolder, { until: manifest.migrations.at(-1)?.name })
  await load(client, options)
  onStep?.('compare')
  await compare(client, manifest)
  onStep?.('newer')
  const { applied } = await migrate(url, options.migrationsFolder)
  const proved = await prove(options)
  const usable = options.acceptFindings || proved.logProblems + proved.ledgerProblems === 0
  const sessionsEnded = options.keepSessions ? 0 : await endSessions(client)
  if (options.holdMail) await holdMail(client)
  await client.query('analyze')
  if (usable) await removeMark(client)
  return {
    takenAt: manifest.takenAt,
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
    log: manifest.log,
    migrated: applied,
    ...proved,
    sessionsEnded,
    mailHeld: options.holdMail,
    usable,
  }
}

async function requireEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ empty: boolean; encoding: string }>(`
    select not exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname !~ '^pg_temp'
                          and c.relkind in ('r', 'p', 'v', 'm', 'S')) as empty,
           current_setting('server_encoding') as encoding`)
  if (await isMarked(client))
    throw refused('unfinished', {
      vi: 'Cơ sở dữ liệu đích còn một lần khôi phục chưa xong, hay chưa dùng được; khôi phục không ghi đè lên gì cả. Hãy xóa nó (thư mục dữ liệu của --into, hoặc dropdb) rồi tạo lại trống và chạy lại lệnh này.',
      en: 'The target database holds a restore that was not finished, or is not ready; a restore overwrites nothing. Delete it (the data folder of --into, or dropdb), make it anew and empty, and run this command again.',
    })
  if (!rows[0]?.empty)
    throw refused('not-empty', {
      vi: 'Cơ sở dữ liệu đích không trống: khôi phục không ghi đè lên gì cả. Hãy tạo một cơ sở dữ liệu trống, hoặc chọn thư mục dữ liệu mới bằng --into THƯ_MỤC.',
      en: 'The target database is not empty: a restore overwrites nothing. Make an empty database, or name a new data folder with --into FOLDER.',
    })
  if (rows[0].encoding !== 'UTF8')
    throw refused('encoding', {
      vi: `Cơ sở dữ liệu đích dùng mã ${rows[0].encoding}; chữ Việt cần UTF8. Hãy tạo lại bằng: createdb --template=template0 --encoding=UTF8 …`,
      en: `The target database is encoded as ${rows[0].encoding}; Vietnamese needs UTF8. Make it anew: createdb --template=template0 --encoding=UTF8 …`,
    })
}

/** All rows in one transaction, with triggers and foreign keys put aside before and in force again after, or nothing. */
async function load(client: pg.Client, { folder, manifest, onStep }: RestoreOptions): Promise<void> {
  await client.query('begin')
  try {
    await client.query(PLAIN_TEXT)
    await openParts(client, manifest)
    const tables = await findTables(client)
    requireSameTables(tables, manifest)
    const guards = await findGuards(client)
    const keys = await findForeignKeys(client)
    await putAside(client, tables, keys)
    for (const [index, { file, name, rows }] of manifest.tables.entries()) {
      const found = await readRows(client, tables[index]!, join(folder, file))
      if (found !== rows) throw differs(name)
      onStep?.('load', `${index + 1}/${tables.length} ${name}`)
    }
    onStep?.('guards')
    await putInForce(client, tables, keys)
    if (JSON.stringify(await findGuards(client)) !== JSON.stringify(guards))
      throw new Error('triggers, constraints or indexes are not as the migrations made them')
    for (const { schema, name, last, called } of manifest.sequences)
      await client.query('select setval($1::regclass, $2, $3)', [quoted({ schema, name }), last, called])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** A month's part of the fee lines is made when the month is opened, not by a migration. */
const MONTH_PART = /^fee_line_(\d{4})(\d{2})$/

async function openParts(client: pg.Client, { tables }: Manifest): Promise<void> {
  for (const { name } of tables) {
    const [, year, month] = MONTH_PART.exec(name) ?? []
    if (year) await client.query('select public.open_fee_month($1::date)', [`${year}-${month}-01`])
  }
}

function requireSameTables(tables: readonly Table[], manifest: Manifest): void {
  const shape = (all: readonly Pick<Table, 'schema' | 'name' | 'columns'>[]) =>
    all.map(({ schema, name, columns }) => `${schema}.${name} (${columns.join(', ')})`)
  const ours = shape(tables)
  const theirs = shape(manifest.tables)
  const wrong = [
    ...theirs.filter((each) => !ours.includes(each)),
    ...ours.filter((each) => !theirs.includes(each)),
  ]
  if (wrong.length === 0) return
  const names = [...new Set(wrong.map((each) => each.split(' ')[0]))].slice(0, 10).join(', ')
  throw refused('other-tables', {
    vi: `Bản sao lưu và chương trình không cùng các bảng: ${names}. Hãy dùng đúng phiên bản ${manifest.program}; bảng của chương trình khác không thuộc vào cơ sở dữ liệu này.`,
    en: `The backup and this program do not have the same tables: ${names}. Use version ${manifest.program}; tables of other programs do not belong in this database.`,
  })
}

/** What the migrations filled in goes, too: it is in the backup. */
async function putAside(
  client: pg.Client,
  tables: readonly Table[],
  keys: readonly ForeignKey[],
): Promise<void> {
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`)
  for (const table of tables) await client.query(`alter table ${quoted(table)} disable trigger user`)
  await client.query(`truncate ${tables.map(quoted).join(', ')}`)
}

/** A foreign key that is made looks at every row. */
async function putInForce(
  client: pg.Client,
  tables: readonly Table[],
  keys: readonly ForeignKey[],
): Promise<void> {
  for (const table of tables) await client.query(`alter table ${quoted(table)} enable trigger user`)
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`)
}

/** Reads every row back: the copy is the backup, or it is told which table is not. */
async function compare(client: pg.Client, manifest: Manifest): Promise<void> {
  await client.query('begin isolation level repeatable read read only')
  await client.query(PLAIN_TEXT)
  const tables = await findTables(client)
  for (const [index, { name, rows, digest }] of manifest.tables.entries()) {
    const table = tables[index]!
    const found = await measureRows(client, table)
    if (found.rows !== rows) throw differs(name)
    if (found.digest === digest) continue
    const locally = await measureRows(client, { ...table, order: table.localOrder })
    if (locally.digest !== digest) throw differs(name)
  }
  if (JSON.stringify(await findSequences(client)) !== JSON.stringify(manifest.sequences))
    throw differs('sequences')
  const { rows } = await client.query<{ log: Manifest['log'] }>(LOG_HEAD)
  if (JSON.stringify(sorted(rows[0]?.log)) !== JSON.stringify(sorted(manifest.log)))
    throw differs('audit_block')
  await client.query('commit')
}

const sorted = (log: object | undefined) => Object.entries(log ?? {}).sort()

function differs(table: string) {
  return refused('copy-differs', {
    vi: `Bản khôi phục KHÔNG khớp với bản sao lưu: ${table}. Không dùng bản này; hãy khôi phục lại vào một cơ sở dữ liệu trống khác, hoặc từ bản sao lưu khác.`,
    en: `The copy does NOT agree with the backup: ${table}. Do not use it; restore anew into another empty database, or from another backup.`,
  })
}

async function prove({ url, verifyLog, onStep }: RestoreOptions) {
  onStep?.('log')
  const logProblems = await verifyLog(url)
  onStep?.('ledger')
  const database = openDatabase(url, { connections: 2 })
  try {
    const { problemCount } = await verifyLedger(database, () => undefined)
    return { logProblems, ledgerProblems: problemCount }
  } finally {
    await database.close()
  }
}

/** Who was signed in, or about to, signs in anew: a copy that somebody else has is no way in. */
async function endSessions(client: pg.Client): Promise<number> {
  const { rowCount } = await client.query('delete from session')
  await client.query('delete from sign_in')
  await client.query('delete from passkey_challenge')
  return rowCount ?? 0
}
