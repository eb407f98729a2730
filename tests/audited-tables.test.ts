/** Every table is under the log (nhật ký), or it is named here with the reason why not. */
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MIGRATIONS_FOLDER } from '../src/app/installation.ts'
import { readMigrations } from '../src/kernel/migrations.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

/** A new table is put under the log by its migration: `select audit_table('its_name')`. */
const NOT_AUDITED: Readonly<Record<string, string>> = {
  audit_block: 'the log itself',
  audit_entry: 'the log itself',
  audit_tail: 'the log itself',
  bank_statement_file:
    'a file on its way, dropped within a week; what came of it is in bank_statement with its SHA-256, and in the lines',
  command_done: 'so that a repeated command is answered alike; what it did is in dossier_event, with its id',
  fee_line:
    'five million are made in a night: each cell’s month is in fee_assessment with its SHA-256, each later line in fee_change',
  fee_line_up:
    'follows from organisation_period at the moment in which the log has its change; only a trigger writes it',
  fee_schedule: 'follows from declarations and the tariff; verify-ledger makes it anew',
  fee_total: 'follows from fee_line and ledger_transfer; verify-ledger makes it anew',
  form_draft: 'half-filled forms, written again while somebody types; no act yet',
  import_attempt:
    'a list on its way, whose bytes are dropped; what came of it is in import_run and in the rows',
  import_problem: 'what a run found, read off the file again at any time by its SHA-256 in import_run',
  instance_fact: 'when sweeps ran and how far a demo moved its clock; no act of anybody',
  ledger_balance: 'follows from ledger_transfer; verify-ledger makes it anew',
  member_search: 'follows from member, membership and organisation_period; only triggers write it',
  name_word: 'the words of the names in member; only a trigger writes it',
  notice: 'what is told about acts that are in the log; read_at changes when somebody looks',
  passkey_challenge: 'challenges under way; gone within minutes',
  session: 'who is signed in just now; written at most requests',
  sign_in: 'sign-ins under way; gone within minutes',
}

let made: TestDatabase
let client: pg.Client

beforeAll(async () => {
  made = await createTestDatabase()
  client = new pg.Client(made.url)
  await client.connect()
})

afterAll(async () => {
  await client.end()
  await made.drop()
})

test('every table is audited or has a reason', async () => {
  const { rows } = await client.query<{ name: string; audited: boolean }>(`
    select c.relname as name,
           (select count(*) from pg_trigger t where t.tgrelid = c.oid
               and t.tgname in ('audit_insert', 'audit_update', 'audit_delete', 'audit_truncate')) = 4 as audited
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`)
  const names = (audited: boolean) => rows.filter((row) => row.audited === audited).map(({ name }) => name)
  expect(names(true).length).toBeGreaterThan(25)
  expect(names(false)).toEqual(Object.keys(NOT_AUDITED).sort())
})

test('audited rows that get a column with a default are taken in anew by audit_table', async () => {
  const log = (text: string) =>
    client.query<{ operation: string; key: string }>(text).then(({ rows }) => rows)
  await client.query(`insert into calendar_day values ('2027-05-04', 'holiday', 'Nghỉ', 'kiểm thử')`)
  await client.query(`alter table calendar_day add column paid text; select audit_table('calendar_day')`)
  const OF_DAY = `select operation, key from audit_entry where subject = 'calendar_day' order by seq`
  const before = [
    { operation: 'watched', key: '' },
    { operation: 'insert', key: '2027-05-04' },
  ]
  expect(await log(OF_DAY)).toEqual(before)
  await client.query(`alter table calendar_day alter column paid set default 'yes', add column half boolean not null default false;
    select audit_table('calendar_day'), audit_table('calendar_day')`)
  expect(await log(OF_DAY)).toEqual([...before, { operation: 'adopted', key: '2027-05-04' }])
})

test('a table without a primary key, or with a long one, is refused', async () => {
  await client.query(
    'create table keyless (a int); create table long (a int, b int, c int, d int, e int, primary key (a, b, c, d, e))',
  )
  for (const name of ['keyless', 'long'])
    await expect(client.query(`select audit_table('${name}')`)).rejects.toThrow(/cannot be audited/)
})

/** Changes of a table after which a row's digest is another one, though no statement touched the row. */
const CHANGES_ROWS =
  /\badd column\b[^,;]*\bdefault\b|\bdrop column\b|\brename\b|\balter column \w+ (set data )?type\b/i

/** Audited tables whose rows a migration changes without a call of audit_table afterwards. */
function forgotten(sql: string, audited: ReadonlySet<string>): string[] {
  const plain = sql.replace(/--.*$/gm, '')
  return [...plain.matchAll(/\balter table (?:if exists |only )*(\w+)([^;]*);/gi)].flatMap(
    ([all, table = '', what = '']) => {
      if (!audited.has(table) || !CHANGES_ROWS.test(what)) return []
      const rest = plain.slice(plain.indexOf(all) + all.length)
      return rest.includes('audit_table(') && rest.includes(`'${table}'`) ? [] : [table]
    },
  )
}

test('a migration that changes the rows of an audited table takes them in anew', async () => {
  const { rows } = await client.query<{ name: string }>(
    `select subject as name from audit_entry where operation = 'watched'`,
  )
  const audited = new Set(rows.map(({ name }) => name))
  const wrong = (await readMigrations(MIGRATIONS_FOLDER))
    .filter(({ name }) => name > '0012')
    .flatMap(({ name, sql }) => forgotten(sql, audited).map((table) => `${name}: ${table}`))
  expect(wrong).toEqual([])
  const ADD = 'alter table member add column a int,\n  add column b boolean not null default false;'
  expect(forgotten(ADD, audited)).toEqual(['member'])
  expect(forgotten(`${ADD} select audit_table('member');`, audited)).toEqual([])
  expect(
    forgotten('alter table member add column a int; alter table notice drop column b;', audited),
  ).toEqual([])
})
