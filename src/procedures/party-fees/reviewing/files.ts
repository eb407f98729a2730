/** Files of statements on their way, statements that were kept, and how an organisation reads a bank's tables. */
import { createHash } from 'node:crypto'
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { AssignedColumns } from '../../../payments/statements/table-profiles.ts'
import type { BankAccount } from './lines.ts'

/** So many files of an account wait at once; the oldest go first. */
const MOST_FILES = 10
/** So long a file lies here before it is kept or forgotten. */
export const FILE_KEPT_DAYS = 7

/** A file as it was handed in. */
export interface StatementFile {
  readonly id: string
  readonly account: BankAccount
  readonly name: string
  readonly sha256: string
  readonly bytes: Uint8Array
}

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Keeps a file until it is looked at; under the same id again nothing changes. */
export async function keepFile(
  write: Write,
  file: {
    readonly id: string
    readonly accountId: string
    readonly name: string
    readonly bytes: Uint8Array
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  await write.run(sql`
    insert into bank_statement_file (id, account_id, file_name, sha256, bytes, handed_in_by, handed_in_at)
    values (${file.id}, ${file.accountId}, ${file.name.slice(0, 200)}, ${digestOf(file.bytes)}, ${Buffer.from(file.bytes)},
            ${file.by}, ${file.at})
    on conflict (id) do nothing`)
  await write.run(sql`
    delete from bank_statement_file where id in (
      select id from bank_statement_file where account_id = ${file.accountId} order by handed_in_at desc, id offset ${MOST_FILES})`)
}

/**
 * A file that was handed in for one of the organisation's accounts.
 *
 * @throws Refusal not-found `party-fees.statement-file-gone`
 */
export async function getFile(read: Read, organisationId: string, id: string): Promise<StatementFile> {
  const row = await read.maybe<Omit<StatementFile, 'bytes'> & { bytes: Buffer }>(sql`
    select f.id, f.file_name as name, f.sha256, f.bytes,
           json_build_object('id', a.id, 'bin', a.bank_bin, 'number', a.account_number, 'holder', a.holder,
                             'inUse', a.retired_at is null) as account
      from bank_statement_file f join fee_account a on a.id = f.account_id
     where f.id = ${id} and a.organisation_id = ${organisationId}`)
  if (!row) throw new Refusal('not-found', 'party-fees.statement-file-gone')
  return { ...row, bytes: new Uint8Array(row.bytes) }
}

export async function dropFile(write: Write, id: string): Promise<void> {
  await write.run(sql`delete from bank_statement_file where id = ${id}`)
}

/** Files that nobody kept in a week. */
export async function dropOldFiles(write: Write, now: Date): Promise<void> {
  const before = new Date(now.getTime() - FILE_KEPT_DAYS * 86_400_000)
  await write.run(sql`delete from bank_statement_file where handed_in_at < ${before}`)
}

export async function columnsFor(
  read: Read,
  organisationId: string,
  bin: string,
): Promise<AssignedColumns | undefined> {
  const row = await read.maybe<{ columns: AssignedColumns }>(sql`
    select columns from bank_table_profile where organisation_id = ${organisationId} and bank_bin = ${bin}`)
  return row?.columns
}

/** Kept for every later file of the bank's. */
export async function assignColumns(
  write: Write,
  assigned: {
    readonly organisationId: string
    readonly bin: string
    readonly columns: AssignedColumns
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  const { organisationId, bin, columns, by, at } = assigned
  await write.run(sql`
    insert into bank_table_profile (organisation_id, bank_bin, columns, set_by, set_at)
    values (${organisationId}, ${bin}, ${JSON.stringify(columns)}, ${by}, ${at})
    on conflict (organisation_id, bank_bin) do update set columns = excluded.columns, set_by = excluded.set_by, set_at = excluded.set_at
    where bank_table_profile.columns is distinct from excluded.columns`)
}

/** A statement that was kept. */
export interface KeptStatement {
  readonly id: string
  readonly accountNumber: string
  readonly fromDay: PlainDate
  readonly toDay: PlainDate
  readonly openingVnd: number
  readonly closingVnd: number
  readonly lines: number
  /** lines that nobody had told before */
  readonly fresh: number
  readonly fileName: string
  readonly sha256: string
  readonly keptBy: string
  readonly keptAt: Date
}

const MOST_SHOWN = 24

const KEPT = sql`
  select s.id, a.account_number as "accountNumber", s.from_day as "fromDay", s.to_day as "toDay", s.opening_vnd as "openingVnd",
         s.closing_vnd as "closingVnd", s.lines, s.file_name as "fileName", s.sha256, m.full_name as "keptBy", s.kept_at as "keptAt",
         (select count(*) from bank_statement_line l where l.statement_id = s.id and l.known = 'new') as fresh
    from bank_statement s join fee_account a on a.id = s.account_id join member m on m.id = s.kept_by`

export function statementsOf(read: Read, organisationId: string): Promise<KeptStatement[]> {
  return read.rows(
    sql`${KEPT} where a.organisation_id = ${organisationId} order by s.kept_at desc, s.id limit ${MOST_SHOWN}`,
  )
}

/** The very same file, kept before. */
export function findKept(read: Read, accountId: string, sha256: string): Promise<KeptStatement | undefined> {
  return read.maybe(sql`${KEPT} where s.account_id = ${accountId} and s.sha256 = ${sha256}`)
}
