/** Organisations on a day: ancestors, subtrees, dated tiers, moves with everything below, and counts that add up. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase, type Database } from '../../kernel/db.ts'
import { startTransit } from '../members/memberships.ts'
import { addMember, addOrganisation, addTwoWards, FOUNDED } from '../test-builders.ts'
import { changeOrganisation, createOrganisation, endOrganisation } from './changes.ts'
import { childrenOn, countedOrganisation, countsOf } from './counting.ts'
import {
  advisoryOf,
  ancestorsOn,
  findOrganisation,
  findOrganisationByCode,
  getOrganisation,
  liesWithin,
  scopeOf,
  searchOrganisations,
  subtreeOn,
} from './store.ts'

const TODAY = '2026-11-21'
let testDatabase: TestDatabase
let database: Database
let party: Awaited<ReturnType<typeof addTwoWards>>

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
  party = await database.transaction(addTwoWards)
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

describe('on a day', () => {
  test('the chain runs from itself to the root, with tier and seal', async () => {
    const chain = await ancestorsOn(database.read, party.cell, TODAY)
    expect(chain.map((link) => [link.name, link.tier, link.hasSeal])).toEqual([
      ['Chi bộ khu phố 3', 'cell', false],
      ['Đảng bộ Phường Tân Tạo', 'grassroots', true],
      ['Đảng bộ Thành phố Hồ Chí Minh', 'province', true],
    ])
  })

  test('a ward stood above the grassroots until 208-QĐ/TW, and at the grassroots from that day', async () => {
    expect((await getOrganisation(database.read, party.ward, '2026-07-25')).tier).toBe('direct-superior')
    expect((await getOrganisation(database.read, party.ward, '2026-07-26')).tier).toBe('grassroots')
  })

  test('nothing is guessed for a day before it existed', async () => {
    expect(await findOrganisation(database.read, party.ward, '2025-06-30')).toBeUndefined()
    await expect(ancestorsOn(database.read, party.cell, '2025-06-30')).rejects.toMatchObject({
      kind: 'not-found',
      code: 'organisation.unknown',
    })
  })

  test('a subtree takes no neighbour whose number begins alike', async () => {
    const names = (await subtreeOn(database.read, party.ward, TODAY)).map((found) => found.name)
    expect(names).toEqual(['Đảng bộ Phường Tân Tạo', 'Chi bộ khu phố 3', 'Chi bộ khu phố 10'])
    expect(await liesWithin(database.read, party.otherCell, party.ward, TODAY)).toBe(false)
    expect(await liesWithin(database.read, party.cell, party.city, TODAY)).toBe(true)
  })

  test('of several organisations only the outermost subtrees are kept', async () => {
    const ward = await getOrganisation(database.read, party.ward, TODAY)
    const scope = await scopeOf(database.read, [party.cell, party.ward, party.neighbour], TODAY)
    expect(scope).toEqual([{ from: ward.path, to: `${ward.path.slice(0, -1)}/` }])
  })

  test('by code, by words without diacritics, and the commission that advises the city', async () => {
    expect((await findOrganisationByCode(database.read, '79.021.013.000.001', TODAY))?.id).toBe(party.cell)
    expect(await searchOrganisations(database.read, 'khu pho 3', TODAY)).toHaveLength(2)
    const inWard = await searchOrganisations(database.read, 'KHU PHỐ 3', TODAY, { within: party.otherWard })
    expect(inWard.map((found) => found.id)).toEqual([party.otherCell])
    const holding = await searchOrganisations(database.read, 'phuong tan tao', TODAY, {
      holdingMembers: true,
    })
    expect(holding).toEqual([])
    expect(await searchOrganisations(database.read, '!!', TODAY)).toEqual([])
    expect((await advisoryOf(database.read, party.city, TODAY))?.id).toBe(party.commission)
    expect(await advisoryOf(database.read, party.ward, TODAY)).toBeUndefined()
  })
})

describe('counts', () => {
  test('in transit is a line of its own, and a parent is its children and itself', async () => {
    await database.transaction(async (write) => {
      await addMember(write, 'Trần Văn An', party.cell)
      await addMember(write, 'Lê Thị Bình', party.neighbour)
      await addMember(write, 'Ngô Chí Cường', party.otherCell)
      const leaving = await addMember(write, 'Đỗ Đức Dũng', party.cell)
      await startTransit(write, {
        memberId: leaving,
        originId: party.cell,
        on: TODAY,
        reason: 'referred',
        dossierId: null,
      })
    })
    const wards = await childrenOn(database.read, party.city, TODAY)
    expect(wards.map(({ name, active, inTransit, children }) => [name, active, inTransit, children])).toEqual(
      [
        ['Đảng bộ Phường Tân Tạo', 2, 1, 2],
        ['Đảng bộ Phường Cầu Kiệu', 1, 0, 1],
        ['Ban Tổ chức Thành ủy', 0, 0, 0],
      ],
    )
    const city = await countedOrganisation(database.read, party.city, TODAY)
    expect([city.active, city.inTransit]).toEqual([3, 1])
    const own = await countsOf(database.read, [party.cell, party.city], TODAY)
    expect([own.get(party.cell)?.active, own.get(party.cell)?.inTransit, own.get(party.city)]).toEqual([
      1,
      1,
      undefined,
    ])
    expect((await childrenOn(database.read, null, TODAY)).map((root) => root.id)).toEqual([party.city])
  })
})

describe('changes', () => {
  test('an intermediate committee is dissolved: its cell moves, and each day keeps its own truth', async () => {
    await database.transaction(async (write) => {
      const middle = await addOrganisation(
        write,
        'Đảng bộ Ủy ban nhân dân phường',
        'part-committee',
        party.ward,
      )
      const cell = await addOrganisation(write, 'Chi bộ Văn hóa - Xã hội', 'cell', middle)
      await changeOrganisation(write, cell, '2026-09-30', { parentId: party.ward }, 'Đề án 06-ĐA/ĐU')
      await endOrganisation(write, middle, '2026-09-30')
      const names = async (day: string) => (await ancestorsOn(write, cell, day)).map((link) => link.name)
      expect(await names('2026-09-29')).toHaveLength(4)
      expect(await names('2026-09-30')).toEqual([
        'Chi bộ Văn hóa - Xã hội',
        'Đảng bộ Phường Tân Tạo',
        'Đảng bộ Thành phố Hồ Chí Minh',
      ])
      expect(await findOrganisation(write, middle, '2026-09-30')).toBeUndefined()
    })
  })

  test('a subtree that moves takes everything below with it', async () => {
    await database.transaction(async (write) => {
      const agency = await addOrganisation(write, 'Đảng bộ Các cơ quan Đảng', 'direct-committee', party.city)
      const branch = await addOrganisation(write, 'Đảng bộ Sở', 'grassroots-committee', party.city)
      const cell = await addOrganisation(write, 'Chi bộ Phòng', 'cell', branch)
      await changeOrganisation(
        write,
        branch,
        '2026-10-01',
        { parentId: agency, name: 'Đảng bộ Sở Nội vụ' },
        'QĐ',
      )
      const below = await subtreeOn(write, agency, '2026-10-01')
      expect(below.map((found) => found.name)).toEqual([
        'Đảng bộ Các cơ quan Đảng',
        'Đảng bộ Sở Nội vụ',
        'Chi bộ Phòng',
      ])
      expect(await subtreeOn(write, agency, '2026-09-30')).toHaveLength(1)
      expect((await ancestorsOn(write, cell, '2026-09-30'))[1]?.name).toBe('Đảng bộ Sở')
      await expect(
        changeOrganisation(write, agency, '2026-10-02', { parentId: cell }, 'QĐ'),
      ).rejects.toMatchObject({ kind: 'against-rule', code: 'organisation.inside-itself' })
    })
  })

  test('a later change already known is not run over', async () => {
    await database.transaction(async (write) => {
      const cell = await addOrganisation(write, 'Chi bộ Chợ', 'cell', party.ward)
      await changeOrganisation(write, cell, '2027-01-01', { name: 'Chi bộ Chợ mới' }, 'QĐ')
      await expect(
        changeOrganisation(write, cell, '2026-12-01', { name: 'Chi bộ Chợ cũ' }, 'QĐ'),
      ).rejects.toMatchObject({ kind: 'conflict', code: 'organisation.later-change-exists' })
      expect((await getOrganisation(write, cell, '2026-12-31')).name).toBe('Chi bộ Chợ')
      expect((await getOrganisation(write, cell, '2027-01-01')).name).toBe('Chi bộ Chợ mới')
    })
  })

  test('refused: a code twice, a parent that is not there, an end with members inside', async () => {
    const one = { name: 'X', kind: 'cell', validFrom: FOUNDED, source: 'kiểm thử' }
    const twice = database.transaction((write) =>
      createOrganisation(write, { ...one, code: '79.021.013.000.001', parentId: party.ward }),
    )
    await expect(twice).rejects.toMatchObject({ kind: 'conflict', code: 'organisation.code-taken' })
    const early = database.transaction((write) =>
      createOrganisation(write, { ...one, code: null, parentId: party.ward, validFrom: '2020-01-01' }),
    )
    await expect(early).rejects.toMatchObject({ kind: 'invalid', code: 'organisation.parent-unknown' })
    const inhabited = database.transaction((write) => endOrganisation(write, party.ward, TODAY))
    await expect(inhabited).rejects.toMatchObject({ kind: 'conflict', code: 'organisation.not-empty' })
  })
})
