/** Statements on the real database: sent together, put off, failing in the middle; the day of an instant; and questions asked by many at once. */
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { actingAs } from './acting.ts'
import { askedTogether } from './asked-together.ts'
import { LOCAL_DAY, openDatabase, sql, type Database, type Write } from './db.ts'
import { todayIn } from './plain-date.ts'

let made: TestDatabase
let database: Database

beforeAll(async () => {
  made = await createTestDatabase()
  const client = new pg.Client(made.url)
  await client.connect()
  await client.query('create table word (word text primary key); grant all on word to dangvu_app')
  await client.end()
})
afterAll(() => made.drop())

/** One connection, new for each test: what a failure leaves on it meets the next statement. */
beforeEach(async () => {
  database = openDatabase(made.url, { connections: 1 })
  await database.transaction((write) => write.run(sql`delete from word`))
  return () => database.close()
})

const keep = (word: string) => sql`insert into word (word) values (${word})`
const kept = async (read: Pick<Write, 'rows'> = database.read) =>
  (await read.rows<{ word: string }>(sql`select word from word where word <> ${''} order by word`)).map(
    ({ word }) => word,
  )

test('no statement is compiled before it is answered, whatever the server is set to', async () => {
  const asked = sql`select setting, source from pg_settings where name = ${'jit'}`
  expect(await database.read.one(asked)).toEqual({ setting: 'off', source: 'client' })
})

test('the day of an instant is the day in Viet Nam', async () => {
  for (const [instant, day] of [
    ['2026-08-31T16:59:59Z', '2026-08-31'],
    ['2026-08-31T17:00:00Z', '2026-09-01'],
  ] as const) {
    const found = sql<{
      on: string
    }>`select ${LOCAL_DAY('i.at')} as on from (select ${instant}::timestamptz as at) i`
    expect([await database.read.one(found), todayIn(new Date(instant))]).toEqual([{ on: day }, day])
  }
})

test('what is put off is there for the next statement, in its order, and for the commit', async () => {
  await database.transaction(async (write) => {
    write.later(keep('a'))
    write.later(keep('b'))
    expect(await kept(write)).toEqual(['a', 'b'])
    write.later(keep('c'))
  })
  await database.transaction(async (write) => write.later(keep('d')))
  expect(await kept()).toEqual(['a', 'b', 'c', 'd'])
})

test('what is put off and fails is told by the next statement or by the commit, and nothing stays', async () => {
  await database.transaction((write) => write.run(keep('a')))
  const twice = { code: '23505', constraint: 'word_pkey' }
  const byNext = database.transaction(async (write) => {
    write.later(keep('b'))
    write.later(keep('a'))
    await write.run(keep('c'))
  })
  await expect(byNext).rejects.toMatchObject(twice)
  const byCommit = database.transaction(async (write) => {
    await write.run(keep('b'))
    write.later(keep('a'))
  })
  await expect(byCommit).rejects.toMatchObject(twice)
  expect(await kept()).toEqual(['a'])
})

test('thrown away, nothing of what was sent or put off stays', async () => {
  const thrown = database.transaction(async (write) => {
    await write.run(keep('a'))
    write.later(keep('b'))
    throw new Error('not now')
  })
  await expect(thrown).rejects.toThrow('not now')
  expect(await kept()).toEqual([])
})

test('a statement that failed before or after it was parsed can be asked again on the same connection', async () => {
  const divided = (by: number) => sql<{ n: number }>`select 6 / ${by}::int as n`
  await expect(database.read.one(divided(0))).rejects.toMatchObject({ code: '22012' })
  expect(await database.read.one(divided(2))).toEqual({ n: 3 })

  const absent = sql`select * from not_there_yet where a = ${1}`
  await expect(database.read.rows(absent)).rejects.toMatchObject({ code: '42P01' })
  await expect(database.read.rows(absent)).rejects.toMatchObject({ code: '42P01' })

  const unsendable = { toJSON: () => { throw new Error('no text') } } // prettier-ignore
  const asked = (value: unknown) => sql<{ v: unknown }>`select ${value}::jsonb as v`
  await expect(database.read.one(asked(unsendable))).rejects.toThrow('no text')
  expect(await database.read.one(asked({ a: [1] }))).toEqual({ v: { a: [1] } })
})

test('rows, counts and several at once in one transaction', async () => {
  const at = new Date('2026-03-01T08:00:00.000Z')
  const query = sql`select ${at}::timestamptz as at, ${null}::text as nothing, ${['a', 'b']}::text[] as list, ${'2026-03-01'}::date as day`
  const row = { at, nothing: null, list: ['a', 'b'], day: '2026-03-01' }
  for (let time = 0; time < 2; time += 1) expect(await database.read.rows(query)).toEqual([row])
  await database.transaction(async (write) => {
    const number = (n: number) => write.one<{ n: number }>(sql`select ${n}::int as n`)
    expect(await Promise.all([number(1), number(2), number(3)])).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    expect(await write.run(keep('a'))).toBe(1)
    expect(await write.run(sql`update word set word = ${'y'} where word = ${'z'}`)).toBe(0)
    expect(await write.maybe(sql`select 1 from word where word = ${'z'}`)).toBeUndefined()
  })
})

test('a transaction that is over takes nothing more', async () => {
  const escaped = await database.transaction(async (write) => [write])
  await expect(escaped[0]!.run(keep('a'))).rejects.toThrow('the transaction is over')
  expect(await kept()).toEqual([])
})

test('asked by many in one turn, a question is sent once, and anew in the next', async () => {
  const sent: number[] = []
  const doubled = askedTogether(async (read, keys: readonly number[]) => {
    sent.push(keys.length)
    const rows = await read.rows<{ n: number }>(sql`
      select (2 * n / (5 - n)::int) as n from unnest(${[...keys]}::int[]) with ordinality as k(n, place) order by place`)
    return rows.map(({ n }) => n)
  })
  expect(await Promise.all([3, 4, 3].map((n) => doubled(database, n)))).toEqual([3, 8, 3])
  expect(await doubled(database, 4)).toBe(8)
  expect(sent).toEqual([3, 1])
  const failing = await Promise.allSettled([doubled(database, 5), doubled(database, 4)])
  expect(failing.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await doubled(database, 4)).toBe(8)
})

test('a connection that breaks between two statements fails that transaction, and nothing else', async () => {
  const other = new pg.Client(made.url)
  await other.connect()
  const here = `select pid from pg_stat_activity where pid = $1`
  const broken = database.transaction(async (write) => {
    await write.run(keep('a'))
    const { pid } = await write.one<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    await other.query('select pg_terminate_backend($1)', [pid])
    await expect.poll(async () => (await other.query(here, [pid])).rows.length).toBe(0)
    await write.run(keep('b'))
  })
  await expect(broken).rejects.toThrow()
  expect(await kept()).toEqual([])
  await other.end()
})

test('what an act asks before it waits goes in one go, another act asks for itself', async () => {
  // The moment a transaction began: statements of one go share it.
  const moment = () => database.read.one<{ at: string }>(sql`select now()::text as at`)
  const later = async () => {
    await Promise.resolve()
    return moment()
  }
  const act = () =>
    actingAs({ kind: 'visitor', act: 'a test' }, () => Promise.all([moment(), later(), later()]))
  const [one, other] = await Promise.all([act(), act()])
  for (const moments of [one, other]) expect(new Set(moments.map(({ at }) => at)).size).toBe(1)
  expect(one[0]).not.toEqual(other[0])
  const byItself = await Promise.all([moment(), moment()])
  expect(byItself[0]).not.toEqual(byItself[1])
})

test('of those asked in one go, only who asked wrongly is told', async () => {
  const divided = (by: unknown) => database.read.one<{ n: number }>(sql`select 6 / ${by}::int as n`)
  const unsendable = { toJSON: () => { throw new Error('no text') } } // prettier-ignore
  for (const wrong of [0, unsendable])
    for (let time = 0; time < 2; time += 1) {
      const answers = await actingAs({ kind: 'visitor', act: 'a test' }, () =>
        Promise.allSettled([divided(1), divided(wrong), divided(3)]),
      )
      expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.n : 'refused'))).toEqual([
        6,
        'refused',
        2,
      ])
    }
})
