/** The replay on provinces of a few communes: each way a commune can come about, and all that must be true afterwards. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../../kernel/db.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import type { WorkCalendar } from '../../../kernel/working-time.ts'
import { countryOf, type Unit } from './country.ts'
import { cellsOf, planOf } from './province-plan.ts'
import { replay, type Replayed } from './replay.ts'
import { verify } from './verify.ts'

const province = (code: string): Unit => ({
  level: 'province',
  provinceCode: code,
  code,
  name: `Tỉnh ${code}`,
  predecessors: 'giữ nguyên',
})
const commune = (provinceCode: string, code: string, name: string, predecessors: string): Unit => ({
  level: 'commune',
  provinceCode,
  code,
  name,
  predecessors,
})

const UNITS: readonly Unit[] = [
  province('98'),
  province('99'),
  commune('98', '1', 'Xã Giữ Nguyên', 'giữ nguyên'),
  commune('98', '2', 'Xã Mới', 'Xã Một, Xã Hai và một phần diện tích tự nhiên, quy mô dân số của Xã Ba'),
  commune('98', '3', 'Phường Bốn', 'Xã Bốn, Xã Ba (phần còn lại sau khi sáp nhập vào xã Mới)'),
  commune('98', '4', 'Phường Năm', 'Xã Năm'),
  commune('98', '5', 'Xã Ở Lại', 'Xã Ở Lại (phần còn lại sau khi sáp nhập vào xã Khác)'),
  commune('98', '6', 'Xã Khác', 'Xã Sáu, Xã Ở Lại, Thôn Bảy, một phần diện tích TN của Xã Một'),
  commune('98', '7', 'Xã Trống', ''),
  // The same name elsewhere is another one, and so is one of its own name beside one that was kept.
  commune('99', '8', 'Xã Hai', 'Xã Một, Xã Giữ Nguyên'),
  commune('99', '9', 'Xã Giữ Nguyên', 'giữ nguyên'),
]
const SIZE = { seed: 'thử', cells: 2, members: 7 }

let made: TestDatabase
let database: Database
let replayed: Replayed

beforeAll(async () => {
  made = await createTestDatabase()
  database = openDatabase(made.url)
  replayed = await replay(UNITS, SIZE, {
    database,
    url: made.url,
    surroundings: { calendar: {} as WorkCalendar, settings: DEFAULT_SETTINGS },
    follow: async () => [],
    tell: () => undefined,
  })
})
afterAll(async () => {
  await database.close()
  await made.drop()
})

test('nobody is lost, everybody is reachable, and what was not understood is listed', () => {
  expect(replayed).toMatchObject({
    provinces: 2,
    communes: 9,
    oldCommunes: 11,
    cells: 22,
    members: 77,
    understood: 7,
    unparsed: [
      { commune: '6 Xã Khác', text: 'Thôn Bảy' },
      { commune: '7 Xã Trống', text: '' },
    ],
    sharedUnsaid: 0,
    restUnnamed: 0,
    fromNothing: 1,
    conserved: true,
    reachable: true,
    off: [],
  })
})

test('each commune came about as its prose says', async () => {
  const rows = await database.read.rows<{ was: string; is: string }>(sql`
    select distinct a.name as was, b.name as is
      from membership m
      join organisation_period c on c.organisation_id = m.organisation_id and c.valid_from < '2025-07-01'
      join organisation_period n on n.organisation_id = m.organisation_id and n.valid_to is null
      join organisation_period a on a.organisation_id = c.parent_id and a.valid_from < '2025-07-01'
      join organisation_period b on b.organisation_id = n.parent_id and b.valid_to is null order by 1, 2`)
  expect(rows.map(({ was, is }) => `${was} > ${is}`.replaceAll('Đảng bộ ', '')).sort()).toEqual(
    [
      'Xã Ba > Phường Bốn',
      'Xã Ba > Xã Mới',
      'Xã Bốn > Phường Bốn',
      'Xã Giữ Nguyên > Xã Giữ Nguyên',
      'Xã Giữ Nguyên > Xã Hai',
      'Xã Hai > Xã Mới',
      'Xã Một > Xã Hai',
      // of its land alone another commune had a part: its people went whole
      'Xã Một > Xã Mới',
      'Xã Năm > Phường Năm',
      'Xã Sáu > Xã Khác',
      'Xã Ở Lại > Xã Khác',
      'Xã Ở Lại > Xã Ở Lại',
    ].sort(),
  )
  const acting = await database.read.one<{ count: number }>(sql`
    select count(distinct organisation_id) from office where position = 'committee-secretary' and until is null`)
  expect(acting.count).toBe(8)
})

test('the plans say it by every kind of step a merger of communes needs; the same seed parts alike, another one does not', () => {
  const [first] = countryOf(UNITS).provinces
  const plan = planOf(first!, SIZE)
  expect([...new Set(plan.steps.map(({ type }) => type))].sort()).toEqual([
    'merge',
    'part',
    'rename',
    'split',
  ])
  expect(planOf(first!, SIZE)).toEqual(plan)
  const many = { ...SIZE, cells: 40 }
  expect(planOf(first!, { ...many, seed: 'khác' })).not.toEqual(planOf(first!, many))
  const shared = first!.old.find(({ receivers }) => receivers.length > 1)!
  expect(cellsOf(shared, { ...SIZE, cells: 1 })).toBe(2)
})

test.each([
  [
    'a member counted nowhere',
    sql`update membership set until = '2025-07-01' where id = (select id from membership where until is null limit 1)`,
    ['reachable', 'conserved'],
  ],
  [
    'a cell under nothing',
    sql`update organisation_period set path = '0.' where organisation_id = (select organisation_id from organisation_period where kind = 'cell' and valid_to is null limit 1) and valid_to is null`,
    ['reachable'],
  ],
  [
    'an old commune without a successor',
    sql`delete from organisation_successor where organisation_id = (select organisation_id from organisation_successor limit 1)`,
    [],
  ],
])('%s is told', async (_, damage, broken) => {
  const told = new Error('told')
  const looked = database.transaction(async (write) => {
    await write.run(sql`set local role none`)
    await write.run(damage)
    const verified = await verify(write, countryOf(UNITS))
    expect(verified.off.length).toBeGreaterThan(0)
    for (const what of broken) expect(verified).toMatchObject({ [what]: false })
    throw told
  })
  await expect(looked).rejects.toBe(told)
})
