/**
 * The plans of what is asked at every click, on a registry of 50,000 members of whom a tenth has moved: no table is read
 * whole, whatever is asked for and of whatever day, and the list of a small organisation walks through no others.
 */
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { openDatabase, sql, type Database, type Read } from '../kernel/db.ts'
import { membershipOf, membershipOn } from './members/memberships.ts'
import { findMembers, lineOf, sizeOfList } from './members/search.ts'
import { findMemberByPersonalId } from './members/store.ts'
import { holdersOf, officesOf } from './offices/store.ts'
import { childrenOn } from './organisations/counting.ts'
import { predecessorsOn } from './organisations/succession.ts'
import { ancestorsOn, findOrganisationByCode, firstDayKnown, subtreeOn } from './organisations/store.ts'

const TODAY = '2026-11-21'
const THEN = '2026-03-15'
let testDatabase: TestDatabase
let database: Database
let client: pg.Client
const ids: Record<string, string> = {}

/** One city, 40 wards, 250 cells each, 5 members a cell, a secretary in each. */
const FILL = `
  insert into organisation (code) select '79.000.000.000.000';
  insert into organisation (code) select format('79.%s.000.000.000', lpad(w::text, 3, '0')) from generate_series(1, 40) w;
  insert into organisation (code)
    select format('79.%s.%s.000.001', lpad(w::text, 3, '0'), lpad(c::text, 3, '0')) from generate_series(1, 40) w, generate_series(1, 250) c;
  insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
    select id, '2025-07-01', 'Đảng bộ Thành phố', 'dang bo thanh pho', 'province', null, number || '.', 'x'
      from organisation where code = '79.000.000.000.000';
  insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
    select o.id, '2025-07-01', 'Đảng bộ Phường ' || o.number, 'dang bo phuong ' || o.number, 'commune', p.organisation_id, p.path || o.number || '.', 'x'
      from organisation o, organisation_period p where o.code like '79.___.000.000.000' and o.code <> '79.000.000.000.000';
  insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
    select o.id, '2025-07-01', 'Chi bộ ' || o.number, 'chi bo ' || o.number, 'cell', w.id, p.path || o.number || '.', 'x'
      from organisation o join organisation w on w.code = left(o.code, 6) || '.000.000.000'
      join organisation_period p on p.organisation_id = w.id where o.code like '%.001';
  insert into member (full_name, name_norm, sort_key, sex, birth_date, personal_id, card_number)
    select n, n, n, 'male', '1980-01-01', '099080' || lpad(i::text, 6, '0'), '099080' || lpad(i::text, 6, '0')
      from (select i, (array['nguyen','tran','le','pham','hoang','ho'])[i % 6 + 1] || ' van ' || chr(97 + i % 26) || i % 97 as n
              from generate_series(1, 50000) i) x;
  insert into membership (member_id, organisation_id, standing, since, reason)
    select m.id, c.id, 'active', '2025-07-01', 'listed'
      from (select id, row_number() over (order by personal_id) as place from member) m
      join (select id, row_number() over (order by code) as place from organisation where code like '%.001') c
        on c.place = (m.place - 1) / 5 + 1;
  with moved as (
    update membership s set until = '2026-06-01' from member m where m.id = s.member_id and right(m.personal_id, 1) = '7'
    returning s.member_id, s.organisation_id)
  insert into membership (member_id, organisation_id, standing, since, reason)
    select moved.member_id, next.id, 'active', '2026-06-01', 'moved' from moved
      join organisation o on o.id = moved.organisation_id
      join organisation next on next.code = format('79.%s.%s.000.001', lpad((substr(o.code, 4, 3)::int % 40 + 1)::text, 3, '0'), substr(o.code, 8, 3));
  insert into office (member_id, position, organisation_id, since, source)
    select distinct on (s.organisation_id) s.member_id, 'cell-secretary', s.organisation_id, '2025-07-01', 'x' from membership s where s.until is null;
  analyze`

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
  client = new pg.Client(testDatabase.url)
  await client.connect()
  await client.query(FILL)
  await client.query('vacuum analyze')
  await client.query('set random_page_cost = 1.1') // a table of this size lies in memory
  for (const code of ['79.000.000.000.000', '79.007.000.000.000', '79.007.003.000.001'])
    ids[code] = (await findOrganisationByCode(database.read, code, TODAY))?.id ?? ''
})
afterAll(async () => {
  await client.end()
  await database.close()
  await testDatabase.drop()
})

const compiler = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

const literal = (value: unknown): string =>
  value === null
    ? 'null'
    : pg.escapeLiteral(
        Array.isArray(value) ? `{${value.map((each) => `"${String(each)}"`).join(',')}}` : String(value),
      )

/** The plan of a query as its connection has it the first time, or when it has been asked so often that it may be made for any values. */
async function planOf(query: RawBuilder<unknown>, times: number): Promise<string> {
  const { sql: text, parameters } = query.compile(compiler)
  await client.query(`prepare asked as ${text}`)
  try {
    const values = parameters.length > 0 ? `(${parameters.map(literal).join(', ')})` : ''
    for (let time = 1; time < times; time += 1) await client.query(`execute asked${values}`)
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain execute asked${values}`)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  } finally {
    await client.query('deallocate asked')
  }
}

/** Answers like the database, and keeps what it was asked. */
function listening(asked: RawBuilder<unknown>[]): Read {
  const keep = <T>(query: RawBuilder<T>): RawBuilder<T> => {
    asked.push(query)
    return query
  }
  return {
    rows: (query) => database.read.rows(keep(query)),
    one: (query) => database.read.one(keep(query)),
    maybe: (query) => database.read.maybe(keep(query)),
  }
}

const id = (code: string): string => ids[code] ?? ''
const WARD = '79.007.000.000.000'
const CELL = '79.007.003.000.001'
const CITY = () => id('79.000.000.000.000')

type Question = readonly [string, (read: Read, day: string) => Promise<unknown>]

const QUESTIONS: readonly Question[] = [
  ['a subtree', (read, day) => subtreeOn(read, id(WARD), day)],
  ['ancestors', (read, day) => ancestorsOn(read, id(CELL), day)],
  ['children of a ward with their counts', (read, day) => childrenOn(read, id(WARD), day)],
  ['an organisation by code', (read, day) => findOrganisationByCode(read, CELL, day)],
  [
    'members by name in a ward',
    (read, day) => findMembers(read, { text: 'nguyen a1', within: [id(WARD)], day }),
  ],
  [
    'members by name in the city',
    (read, day) => findMembers(read, { text: 'nguyen van', within: [CITY()], day }),
  ],
  [
    'members by given name in the city',
    (read, day) => findMembers(read, { text: 'a1', within: [CITY()], day }),
  ],
  [
    'members by a middle name in the city',
    (read, day) => findMembers(read, { text: 'van a1', within: [CITY()], day }),
  ],
  [
    'members with a slip in the city',
    (read, day) => findMembers(read, { text: 'nguyne van b', within: [CITY()], day }),
  ],
  [
    'members by last digits in the city',
    (read, day) => findMembers(read, { text: '7777', within: [CITY()], day }),
  ],
  [
    'members by ID in a ward',
    (read, day) => findMembers(read, { text: '099080007777', within: [id(WARD)], day }),
  ],
  ['members of a cell', (read, day) => findMembers(read, { within: [id(CELL)], day })],
  ['how many members in a cell', (read, day) => sizeOfList(read, { within: [id(CELL)], day })],
  ["a member's line of the day", (read, day) => lineOf(read, id(WARD), { within: [id(WARD)], day })],
  ['a member by personal ID', (read) => findMemberByPersonalId(read, '099080007777')],
  ['where a member is counted', (read) => membershipOf(read, id(WARD))],
  ['where a member is counted on a day', (read, day) => membershipOn(read, id(WARD), day)],
  ['the offices of a person', (read, day) => officesOf(read, id(WARD), day)],
  ['who holds an office', (read, day) => holdersOf(read, id(CELL), ['cell-secretary'], day)],
  [
    'what went into an organisation later',
    (read, day) => predecessorsOn(read, id(WARD), { today: TODAY, day }),
  ],
  ['the first day known', (read) => firstDayKnown(read)],
]

describe.each([
  [1, TODAY],
  [12, TODAY],
  [1, THEN],
  [12, THEN],
])('asked %d times, of %s', (times, day) => {
  test.each(QUESTIONS)('%s', async (_, ask) => {
    const asked: RawBuilder<unknown>[] = []
    await ask(listening(asked), day)
    for (const query of asked) {
      const plan = await planOf(query, times)
      expect(plan).not.toMatch(/Seq Scan on (member|member_search|membership|office|organisation_period)\b/)
      expect(plan, 'all members in the order of their names').not.toMatch(/member_sort/)
    }
  })
})

test.each([
  [1, TODAY],
  [12, THEN],
])('a page of a long list is come to in the order of names; asked %d times, of %s', async (times, day) => {
  const asked: RawBuilder<unknown>[] = []
  const within = [id('79.000.000.000.000')]
  const size = await sizeOfList(database.read, { within, day })
  const walked = await findMembers(listening(asked), { within, day, size, offset: 100 })
  expect(walked).toEqual(await findMembers(database.read, { within, day, offset: 100 }))
  const plan = await planOf(asked.at(-1)!, times)
  expect(plan).toMatch(/Index Scan using member_sort/)
  expect(plan).not.toMatch(/Seq Scan on (member|membership|organisation_period)\b/)
})

test('a search in the city reads names in their order, and stops; it sorts no one it does not show', async () => {
  const asked: RawBuilder<unknown>[] = []
  await findMembers(listening(asked), { text: 'nguyen van', within: [CITY()], day: TODAY })
  const plans: string[] = []
  for (const query of asked) plans.push(await planOf(query, 12))
  expect(plans.join('\n')).toMatch(/Index Only Scan using member_search_name/)
})

test('the plans are of a registry worth planning for', async () => {
  const [size] = await database.read.rows(
    sql`select count(*) as members, count(until) as moved from membership`,
  )
  expect(size).toEqual({ members: 55_000, moved: 5_000 })
  const ward = await findMembers(database.read, { within: [id(WARD)], day: TODAY, limit: 200 })
  expect([ward.members.length, ward.more]).toEqual([200, true])
})
