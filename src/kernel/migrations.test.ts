/** Migrations: applied once and in order, by one at a time, and never changed afterwards. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { migrate, MigrationWaited, pendingMigrations } from './migrations.ts'

let database: TestDatabase
let folder: string
let client: pg.Client

const write = (name: string, sql: string) => writeFile(join(folder, name), sql)
const rows = async (sql: string) => (await client.query(sql)).rows

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false })
  folder = await mkdtemp(join(tmpdir(), 'dangvu-migrations-'))
  client = new pg.Client(database.url)
  await client.connect()
})

afterEach(async () => {
  await client.end()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

test('applies each file once, in order, after the tables of the job queue', async () => {
  await write('0002-second.sql', 'alter table thing add column amount_vnd bigint;')
  await write('0001-first.sql', "create table thing (id int);\nselect 'graphile_worker.jobs'::regclass;")
  expect(await pendingMigrations(client, folder)).toEqual(['0001-first.sql', '0002-second.sql'])
  expect(await migrate(database.url, folder)).toEqual({ applied: ['0001-first.sql', '0002-second.sql'] })
  expect(await migrate(database.url, folder)).toEqual({ applied: [] })
  await write('0003-third.sql', 'alter table thing add column at timestamptz;')
  expect(await pendingMigrations(client, folder)).toEqual(['0003-third.sql'])
  expect(await migrate(database.url, folder)).toEqual({ applied: ['0003-third.sql'] })
  expect(await pendingMigrations(client, folder)).toEqual([])
})

test('a file changed, removed or slipped in afterwards is named', async () => {
  await write('0001-first.sql', 'create table thing (id int);\n')
  await write('0003-third.sql', 'select 1;')
  await migrate(database.url, folder)

  await write('0001-first.sql', 'create table thing (id int);\r\n')
  expect(await migrate(database.url, folder)).toEqual({ applied: [] })

  await write('0002-second.sql', 'select 1;')
  await expect(migrate(database.url, folder)).rejects.toThrow(/0002-second.sql comes before 0003-third.sql/)
  await rm(join(folder, '0002-second.sql'))

  await write('0001-first.sql', 'create table thing (id bigint);')
  await expect(migrate(database.url, folder)).rejects.toThrow(/0001-first.sql was changed/)
  await expect(pendingMigrations(client, folder)).rejects.toThrow(/0001-first.sql was changed/)

  await rm(join(folder, '0001-first.sql'))
  await expect(migrate(database.url, folder)).rejects.toThrow(/0001-first.sql was applied, but/)
})

test('a file that fails leaves nothing of itself, and those before it stay', async () => {
  await write('0001-first.sql', 'create table thing (id int);')
  await write('0002-second.sql', 'create table other (id int);\n\nselect nothing_of_the_kind;')
  await expect(migrate(database.url, folder)).rejects.toThrow(
    /0002-second.sql:3: column "nothing_of_the_kind"/,
  )
  expect(
    await rows(`select to_regclass('thing') is not null as first, to_regclass('other') is null as undone`),
  ).toEqual([{ first: true, undone: true }])
  expect(await pendingMigrations(client, folder)).toEqual(['0002-second.sql'])
})

test('names that do not fit are refused', async () => {
  await write('1-first.sql', 'select 1;')
  await expect(migrate(database.url, folder)).rejects.toThrow(/1-first.sql: not named/)
  await rm(join(folder, '1-first.sql'))
  await write('0001-first.sql', 'select 1;')
  await write('0001-other.sql', 'select 1;')
  await expect(migrate(database.url, folder)).rejects.toThrow(/0001-other.sql: its number is taken/)
})

test('two programs that start at once apply each file once', async () => {
  await write('0001-first.sql', 'create table thing (id int); select pg_sleep(0.2);')
  const both = await Promise.all([migrate(database.url, folder), migrate(database.url, folder)])
  expect(both.map(({ applied }) => applied.length).sort()).toEqual([0, 1])
})

describe('while others work', () => {
  const SHORT = { lockMs: 50, tries: 100, pauseMs: 20 }
  let worker: pg.Client

  beforeEach(async () => {
    await write('0001-first.sql', 'create table thing (id int); insert into thing values (1);')
    await migrate(database.url, folder)
    worker = new pg.Client(database.url)
    await worker.connect()
  })
  afterEach(() => worker.end())

  test('a table that is held is waited for a moment at a time, and whoever comes meanwhile is served', async () => {
    await write('0002-second.sql', 'alter table thing add column more int;')
    await worker.query('begin; select * from thing') // as a backup or a long report holds it
    let over = false
    const migrating = migrate(database.url, folder, { patience: SHORT }).finally(() => (over = true))
    for (let asked = 0; asked < 20; asked += 1) {
      expect(await rows('select count(*)::int as n from thing')).toEqual([{ n: 1 }])
      expect(over).toBe(false)
    }
    await worker.query('commit')
    expect(await migrating).toEqual({ applied: ['0002-second.sql'] })
  })

  test('one that is held for too long is told, and nothing is changed', async () => {
    await write('0002-second.sql', 'create table other (id int); alter table thing add column more int;')
    await worker.query('begin; select * from thing')
    const impatient = { ...SHORT, tries: 2 }
    await expect(migrate(database.url, folder, { patience: impatient })).rejects.toThrow(MigrationWaited)
    expect(await rows(`select to_regclass('other') is null as undone`)).toEqual([{ undone: true }])
    await worker.query('commit')
    expect(await migrate(database.url, folder, { patience: SHORT })).toEqual({ applied: ['0002-second.sql'] })
  })

  test('an index is made beside the work: writers go on, several who start wait their turn, a broken one is made anew', async () => {
    const index = 'create index concurrently if not exists thing_id on thing (id);'
    await write('0002-second.sql', `-- beside the work\n${index}`)
    // As if it had been interrupted: the index is there and answers nothing.
    await rows('create index thing_id on thing (id)')
    await rows(`update pg_index set indisvalid = false where indexrelid = 'thing_id'::regclass`)
    const both = Promise.all([1, 2, 3].map(() => migrate(database.url, folder)))
    await worker.query('insert into thing values (2)')
    expect((await both).map(({ applied }) => applied.length).sort()).toEqual([0, 0, 1])
    expect(await rows(`select indisvalid from pg_index where indexrelid = 'thing_id'::regclass`)).toEqual([
      { indisvalid: true },
    ])
  })

  test('beside the work, who is waited for is said: which process, since when, the kind of its statement and nothing of its words', async () => {
    await write(
      '0002-second.sql',
      '-- beside the work\ncreate index concurrently if not exists thing_id on thing (id);',
    )
    await worker.query('begin')
    const { rows: me } = await worker.query<{ pid: number }>('select pg_backend_pid() as pid')
    await worker.query(`insert into thing select length('Lê Văn Hỏi')`)
    const said: string[] = []
    const migrating = migrate(database.url, folder, { onWait: (words) => said.push(words), tellEveryMs: 20 })
    await expect.poll(() => said.length, { timeout: 20_000 }).toBeGreaterThan(1)
    await worker.query('commit')
    expect(await migrating).toEqual({ applied: ['0002-second.sql'] })
    expect(said[0]).toMatch(
      new RegExp(
        `^0002-second\\.sql: .*pid ${me[0]?.pid}, \\d{4}-\\d\\d-\\d\\d .* UTC, INSERT \\(idle in transaction\\)$`,
      ),
    )
    expect(said.join()).not.toContain('Hỏi')
  })

  test('beside the work nothing but indexes', async () => {
    await write('0002-second.sql', '-- beside the work\nalter table thing add column more int;')
    await expect(migrate(database.url, folder)).rejects.toThrow(
      /0002-second.sql: beside the work only indexes/,
    )
  })
})
