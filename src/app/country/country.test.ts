/** A made-up country: all real communes, people whose facts agree, an entry in the log for each row; into an empty database only. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../kernel/db.ts'
import { checkPersonalId, type Sex } from '../../kernel/personal-id.ts'
import { foldName, nameSortKey } from '../../kernel/vietnamese-text.ts'
import { verifyLog } from '../../verify-log/verify.ts'
import { readUnits } from '../administrative-units.ts'
import { FEWEST_CELLS, generateCountry } from './generate.ts'
import { nameParts, SLOTS } from './names.ts'
import { planPlaces, shareOut } from './places.ts'

const TODAY = '2026-11-21'
const SIZE = { members: 40_000, cells: FEWEST_CELLS, seed: 'thử' }

let testDatabase: TestDatabase
let database: Database
let indexesBefore: unknown[]

const indexes = () =>
  database.read.rows(sql`
    select indexname as name, indexdef as definition from pg_indexes where schemaname = 'public'
     union all select conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`)

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
  indexesBefore = await indexes()
  await generateCountry({ database, url: testDatabase.url }, SIZE, TODAY, () => undefined)
}, 180_000)
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

test('the places are those of the country, as many cells as asked for, no code twice', async () => {
  const { places } = planPlaces(await readUnits(), 'thử', FEWEST_CELLS)
  const count = (kind: string) => places.filter((place) => place.kind === kind).length
  expect([count('centre'), count('province'), count('commune')]).toEqual([1, 34, 3_321])
  expect(count('cell') + count('grassroots-cell')).toBe(FEWEST_CELLS)
  expect(new Set(places.map(({ code }) => code)).size).toBe(places.length)
  expect(places.filter(({ code }) => !/^\d{2}(\.\d{3}){4}$/.test(code))).toEqual([])
})

test('parts add up to the whole', () => {
  expect(shareOut(10, [1, 1, 1])).toEqual([3, 3, 4])
  expect(shareOut(0, [5, 6])).toEqual([0, 0])
})

test('every list of names has one for each chance, the frequent ones more often', () => {
  const family = nameParts().filter(({ list }) => list === 0)
  expect(family).toHaveLength(SLOTS)
  const share = (text: string) => family.filter((part) => part.text === text).length / SLOTS
  expect(share('Nguyễn')).toBeGreaterThan(0.28)
  expect(share('Trần')).toBeGreaterThan(0.08)
  expect(share('Ngụy')).toBeGreaterThan(0)
})

test('people have what goes together: names and their keys, number, sex and birth, days in their order', async () => {
  const people = await database.read.rows<
    Record<'name' | 'norm' | 'key' | 'id', string> & { sex: Sex; year: number }
  >(sql`
    select full_name as name, name_norm as norm, sort_key as key, personal_id as id, sex, extract(year from birth_date)::int as year from member`)
  expect(people).toHaveLength(SIZE.members)
  for (const { name, norm, key, id, sex, year } of people) {
    expect([norm, key]).toEqual([foldName(name), nameSortKey(name)])
    expect(checkPersonalId(id, { sex, birthYear: year })).toEqual([])
  }
  const { wrong, ended } = await database.read.one<{ wrong: number; ended: number }>(sql`
    select count(*) filter (where joined_on < birth_date + interval '18 years' or joined_on > ${TODAY}::date or official_on < joined_on) as wrong,
           count(*) filter (where standing in ('left', 'removed', 'deceased')) as ended from member`)
  expect(wrong).toBe(0)
  const { now } = await database.read.one<{ now: number }>(
    sql`select count(*) as now from membership where until is null`,
  )
  expect(now).toBe(SIZE.members - ended)
})

test('offices are held in cells, communes, provinces and the Centre', async () => {
  const rows = await database.read.rows<{ kind: string; held: number }>(sql`
    select p.kind, count(distinct f.organisation_id) as held from office f join organisation_period p using (organisation_id) group by 1`)
  const held = Object.fromEntries(rows.map((row) => [row.kind, row.held]))
  expect(held).toMatchObject({ centre: 1 })
  expect(held.cell).toBeGreaterThan(1_000)
  expect(held.commune).toBeGreaterThan(500)
})

test('each row is in the log, sealed; indexes and keys are those of before', async () => {
  const log = await verifyLog({ url: testDatabase.url })
  expect(log).toMatchObject({ problemCount: 0, unsealed: 0 })
  expect(log.entries).toBeGreaterThan(SIZE.members * 2)
  expect(await indexes()).toEqual(indexesBefore)
})

test('a database that is not empty is left as it is', async () => {
  const again = await generateCountry({ database, url: testDatabase.url }, SIZE, TODAY, () => undefined)
  expect(again).toBeUndefined()
  expect(await database.read.one(sql`select count(*) as members from member`)).toEqual({
    members: SIZE.members,
  })
})
