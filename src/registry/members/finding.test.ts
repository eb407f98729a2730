/** Finding members by what was typed, in a cell and across regions: the same people, the best first, nobody from elsewhere. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase, sql, type Database, type Read } from '../../kernel/db.ts'
import { foldName, nameSortKey } from '../../kernel/vietnamese-text.ts'
import { scopeOf } from '../organisations/store.ts'
import { findByText } from './finding.ts'

const TODAY = '2026-11-21'
let testDatabase: TestDatabase
let database: Database

/** The Centre, two provinces; in the first a commune of 450 cells, in each a commune with one. */
const ids = Object.fromEntries(
  ['centre', 'north', 'south', 'large', 'small', 'largeCell', 'smallCell'].map((name) => [
    name,
    randomUUID(),
  ]),
) as Record<'centre' | 'north' | 'south' | 'large' | 'small' | 'largeCell' | 'smallCell', string>

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
  await addOrganisation(ids.centre, 'centre', null)
  await addOrganisation(ids.north, 'province', ids.centre)
  await addOrganisation(ids.south, 'province', ids.centre)
  await addOrganisation(ids.large, 'commune', ids.north)
  await addOrganisation(ids.small, 'commune', ids.south)
  await addOrganisation(ids.largeCell, 'cell', ids.large)
  await addOrganisation(ids.smallCell, 'cell', ids.small)
  for (let more = 0; more < 450; more += 1) await addOrganisation(randomUUID(), 'cell', ids.large)
  for (const name of NAMES) await addMember(name, ids.largeCell)
  for (const name of NAMES) await addMember(name, ids.smallCell)
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

const NAMES = [
  'Nguyễn Văn Hùng',
  'Nguyễn Văn Hưng',
  'Nguyễn Văn Hùng Anh',
  'Bùi Quốc Hùng',
  'Hùng Văn Bảy',
  'Đặng Thị Ánh',
  'Văn Hùng',
  'Lê Bình An',
  'Lê Bình Anh',
  'An Lê Bình',
  'Cao Thị Lam',
  'Tạ Văn Lan',
]

function addOrganisation(id: string, kind: string, parent: string | null): Promise<void> {
  return database.transaction(async (write) => {
    await write.run(sql`insert into organisation (id) values (${id})`)
    await write.run(sql`
      insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
      select ${id}, '2025-07-01', ${kind}, ${kind}, ${kind}, ${parent}::uuid, coalesce(above.path, '') || o.number || '.', 'x'
        from organisation o left join organisation_period above on above.organisation_id = ${parent} where o.id = ${id}`)
  })
}

let number = 0
async function addMember(name: string, cell: string, since = '2025-07-01'): Promise<string> {
  const id = randomUUID()
  number += 1
  await database.transaction(async (write) => {
    await write.run(sql`
      insert into member (id, full_name, name_norm, sort_key, sex, birth_date, personal_id)
      values (${id}, ${name}, ${foldName(name)}, ${nameSortKey(name)}, 'male', '1980-01-01', ${`099080${String(number).padStart(6, '0')}`})`)
    await write.run(sql`
      insert into membership (member_id, organisation_id, standing, since, reason) values (${id}, ${cell}, 'active', ${since}::date, 'listed')`)
  })
  return id
}

async function found(text: string, within: string, most = 50, day = TODAY, offset = 0, read = database.read) {
  const scope = await scopeOf(database.read, [within], day)
  const { members, meant } = await findByText(read, { text, scope, day }, { offset, limit: most })
  return { names: members.map(({ fullName }) => fullName), meant }
}

/** A commune whose few cells are looked through, and a province whose members are looked up. */
describe.each(['small', 'north'] as const)('within %s', (place) => {
  test.each([
    ['nguyen van hung', ['Nguyễn Văn Hùng', 'Nguyễn Văn Hưng', 'Nguyễn Văn Hùng Anh']],
    ['NGUYỄN VĂN HƯNG', ['Nguyễn Văn Hùng', 'Nguyễn Văn Hưng', 'Nguyễn Văn Hùng Anh']],
    ['bui hung', ['Bùi Quốc Hùng']],
    ['quoc hung', ['Bùi Quốc Hùng']],
    ['hung bui', ['Bùi Quốc Hùng']],
    ['đặng', ['Đặng Thị Ánh']],
    ['anh dang', ['Đặng Thị Ánh']],
    ['hung bui quoc', ['Bùi Quốc Hùng']],
    ['hung quoc bui', ['Bùi Quốc Hùng']],
    ['quoc hung bui', ['Bùi Quốc Hùng']],
    ['an le', ['An Lê Bình', 'Lê Bình An']],
    ['thi a', ['Đặng Thị Ánh']],
    ['khong co ai', []],
    ['&', []],
  ])('%s', async (text, names) => {
    expect((await found(text, ids[place])).names.toSorted()).toEqual([...names].toSorted())
  })

  test('who is called exactly so comes first, then who begins so, then given names', async () => {
    const { names } = await found('van hung', ids[place])
    expect(names[0]).toBe('Văn Hùng')
    expect(names).toEqual(expect.arrayContaining(['Nguyễn Văn Hùng', 'Nguyễn Văn Hưng']))
    expect((await found('hung', ids[place])).names[0]).toBe('Hùng Văn Bảy')
  })

  test('who is called so in the order typed hides nobody who is called so in another', async () => {
    const { names } = await found('le binh an', ids[place])
    expect(names).toEqual(['Lê Bình An', 'Lê Bình Anh', 'An Lê Bình'])
  })

  test('a blank after a word that names have means that it is finished', async () => {
    expect((await found('le binh an ', ids[place])).names).toEqual(['Lê Bình An', 'An Lê Bình'])
  })

  test('where names have every word, nothing else was meant', async () => {
    expect(await found('ta van lam', ids[place])).toEqual({ names: [], meant: undefined })
    expect((await found('ta van laa', ids[place])).meant).toBe('ta van lan')
  })

  test.each([
    ['bui quoc hung', 2],
    ['hung bui', 2],
    ['ta van lam', 2],
    ['bui quoc hnug', 2],
    ['ta van hun', 4],
    ['0001', 2],
    ['99080000001', 2],
  ])('%s: %d questions at most', async (text, most) => {
    let asked = 0
    const counting: Read = {
      ...database.read,
      rows: (query) => ((asked += 1), database.read.rows(query)),
      one: (query) => ((asked += 1), database.read.one(query)),
    }
    await found(text, ids[place], 50, TODAY, 0, counting)
    expect(asked).toBe(most)
  })

  test('page after page everybody comes once, in the same order', async () => {
    for (const text of ['h', 'an', 'le binh an', 'nguyen', 'van hung', 'hnug']) {
      const { names } = await found(text, ids[place])
      for (const [offset, name] of names.entries())
        expect((await found(text, ids[place], 1, TODAY, offset)).names, text).toEqual([name])
    }
  })

  test('a slip of the finger is forgiven, and said', async () => {
    expect(await found('bui quoc hnug', ids[place])).toEqual({
      names: ['Bùi Quốc Hùng'],
      meant: 'bui quoc hung',
    })
    expect((await found('buiquoc hung', ids[place])).meant).toBe('bui quoc hung')
    expect((await found('bui quoc hung', ids[place])).meant).toBeUndefined()
  })

  test('no more than asked for, and never anybody from elsewhere', async () => {
    expect((await found('nguyen', ids[place], 2)).names).toHaveLength(2)
    const [where, name] =
      place === 'north' ? [ids.smallCell, 'Lò Riêng Nam'] : [ids.largeCell, 'Lò Riêng Bắc']
    await addMember(name, where)
    expect((await found(name, ids[place])).names).toEqual([])
    expect((await found(String(number).padStart(6, '0'), ids[place])).names).toEqual([])
  })
})

test('the Centre finds everybody, once each', async () => {
  expect((await found('bui quoc', ids.centre)).names).toEqual(['Bùi Quốc Hùng', 'Bùi Quốc Hùng'])
  expect((await found('lo rieng', ids.centre)).names.toSorted()).toEqual(['Lò Riêng Bắc', 'Lò Riêng Nam'])
})

test('of the whole country the first are the first, however many of a region have left', async () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  for (const letter of letters) {
    const id = await addMember(`Khuất Thử ${letter}`, ids.largeCell)
    if (letter < 'u')
      await database.transaction((write) =>
        write.run(sql`update membership set until = '2026-06-01' where member_id = ${id}`),
      )
  }
  await addMember('Khuất Thử w', ids.smallCell)
  const called = (names: string) => [...names].map((letter) => `Khuất Thử ${letter}`)
  expect((await found('khuat thu', ids.centre, 4)).names).toEqual(called('uvww'))
  expect((await found('khuat thu', ids.centre, 4, TODAY, 2)).names).toEqual(called('wwxy'))
  expect((await found('khuat thu', ids.centre)).names).toEqual(called('uvwwxyz'))
  expect((await found('khuat thu', ids.centre, 4, '2026-05-31')).names).toEqual(called('abcd'))
})

test('who moved to another province is found there, and of an earlier day in the old one', async () => {
  const id = await addMember('Quàng Di Chuyển', ids.largeCell)
  await database.transaction(async (write) => {
    await write.run(sql`update membership set until = '2026-06-01' where member_id = ${id}`)
    await write.run(sql`
      insert into membership (member_id, organisation_id, standing, since, reason) values (${id}, ${ids.smallCell}, 'active', '2026-06-01', 'moved')`)
  })
  const names = async (place: string, day: string) => (await found('quang di', place, 50, day)).names
  expect(await names(ids.north, TODAY)).toEqual([])
  expect(await names(ids.south, TODAY)).toEqual(['Quàng Di Chuyển'])
  expect(await names(ids.north, '2026-05-31')).toEqual(['Quàng Di Chuyển'])
  expect(await names(ids.centre, TODAY)).toEqual(['Quàng Di Chuyển'])
})

test('a cell that comes to another province takes its members along; a name that is mended is found by the new one', async () => {
  const [cell, id] = [randomUUID(), await addMember('Tạm Tên', ids.largeCell)]
  await addOrganisation(cell, 'cell', ids.large)
  const mover = await addMember('Lường Theo Cùng', cell)
  await database.transaction(async (write) => {
    await write.run(
      sql`update organisation_period set valid_to = '2026-08-01' where organisation_id = ${cell}`,
    )
    await write.run(sql`
      insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
      select ${cell}, '2026-08-01', 'cell', 'cell', 'cell', ${ids.small}, p.path || o.number || '.', 'x'
        from organisation o, organisation_period p where o.id = ${cell} and p.organisation_id = ${ids.small}`)
    await write.run(
      sql`update member set full_name = 'Tênmới Thật', name_norm = 'tenmoi that' where id = ${id}`,
    )
  })
  expect(mover).toBeTruthy()
  expect((await found('luong theo', ids.south)).names).toEqual(['Lường Theo Cùng'])
  expect((await found('luong theo', ids.north)).names).toEqual([])
  expect((await found('tenmoi', ids.north)).names).toEqual(['Tênmới Thật'])
  expect((await found('tam ten', ids.north)).names).toEqual([])
})

test('another name of an organisation finds nobody anew; another place does, in whatever way it is told', async () => {
  const cell = randomUUID()
  await addOrganisation(cell, 'cell', ids.large)
  const id = await addMember('Triệu Ở Lại', cell)
  const regions = async () => {
    const rows = await database.read.rows<{ region: string }>(
      sql`select o.id as region from member_search t join organisation o on o.number = t.region where t.member_id = ${id}`,
    )
    return rows.map(({ region }) => region).toSorted()
  }
  const owner = new pg.Client(testDatabase.url)
  await owner.connect()
  try {
    // What is not there is not put back by what changes no place.
    await owner.query(`delete from member_search where member_id = $1`, [id])
    await owner.query(
      `update organisation_period set name = 'Chi bộ khác', valid_to = '2026-08-01' where organisation_id = $1`,
      [cell],
    )
    await owner.query(
      `insert into organisation_period (organisation_id, valid_from, name, name_norm, kind, parent_id, path, source)
       select organisation_id, '2026-08-01', name, name_norm, kind, parent_id, path, source from organisation_period where organisation_id = $1`,
      [cell],
    )
    expect(await regions()).toEqual([])
    await owner.query(
      `update organisation_period p set parent_id = s.organisation_id, path = s.path || o.number || '.'
         from organisation o, organisation_period s where o.id = $1 and s.organisation_id = $2
          and p.organisation_id = $1 and p.valid_from = '2026-08-01'`,
      [cell, ids.small],
    )
    expect(await regions()).toEqual([ids.south])
  } finally {
    await owner.end()
  }
})
