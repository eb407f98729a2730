/** Offices: held from a day to a day, by several people, in the order of rank; the catalogue matches the constants. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase, type Database } from '../../kernel/db.ts'
import { addMember, addTwoWards } from '../test-builders.ts'
import { CELL_SECRETARY, COMMITTEE_SECRETARY, OFFICE_CLERK, POSITIONS } from './positions.ts'
import { endOffice, getOffice, grantOffice, holdersOf, listPositions, officesOf } from './store.ts'

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

test('the catalogue holds the positions the rules know, and no others', async () => {
  expect((await listPositions(database.read)).map((position) => position.code)).toEqual([...POSITIONS])
})

test('several hats of one person, the highest first; the last day counts', async () => {
  const grant = { organisationId: party.ward, since: '2026-01-01', source: 'QĐ' }
  const memberId = await database.transaction((write) => addMember(write, 'Bùi Hai Vai', party.cell))
  const clerk = await database.transaction((write) =>
    grantOffice(write, { ...grant, memberId, position: OFFICE_CLERK }),
  )
  await database.transaction((write) =>
    grantOffice(write, { ...grant, memberId, position: COMMITTEE_SECRETARY }),
  )
  const hats = await officesOf(database.read, memberId, TODAY)
  expect(hats.map((office) => office.positionName)).toEqual(['Bí thư Đảng ủy', 'Văn thư Văn phòng Đảng ủy'])
  expect(await officesOf(database.read, memberId, '2025-12-31')).toEqual([])

  await database.transaction((write) => endOffice(write, clerk, TODAY))
  expect(await holdersOf(database.read, party.ward, [OFFICE_CLERK], TODAY)).toMatchObject([{ memberId }])
  expect(await holdersOf(database.read, party.ward, [OFFICE_CLERK], '2026-11-22')).toEqual([])
  expect(await holdersOf(database.read, party.ward, undefined, '2026-11-22')).toHaveLength(1)
  expect(await holdersOf(database.read, party.ward, [], '2026-11-22')).toEqual([])
  expect((await getOffice(database.read, clerk, TODAY)).organisationName).toBe('Đảng bộ Phường Tân Tạo')
  await expect(getOffice(database.read, clerk, '2026-11-22')).rejects.toMatchObject({
    code: 'office.unknown',
  })
  const again = database.transaction((write) => endOffice(write, clerk, '2026-12-01'))
  await expect(again).rejects.toMatchObject({ code: 'office.not-held' })
})

test('refused: the same office on the same day, a position nobody knows', async () => {
  const memberId = await database.transaction((write) => addMember(write, 'Bùi Một Vai', party.cell))
  const grant = {
    memberId,
    position: CELL_SECRETARY,
    organisationId: party.cell,
    since: '2026-01-01',
    source: 'QĐ',
  }
  await database.transaction((write) => grantOffice(write, { ...grant, until: '2026-06-30' }))
  const overlapping = database.transaction((write) => grantOffice(write, { ...grant, since: '2026-06-30' }))
  await expect(overlapping).rejects.toMatchObject({ kind: 'conflict', code: 'office.held-already' })
  await database.transaction((write) => grantOffice(write, { ...grant, since: '2026-07-01' }))
  const unknown = database.transaction((write) => grantOffice(write, { ...grant, position: 'king' }))
  await expect(unknown).rejects.toMatchObject({ kind: 'invalid', code: 'office.position-unknown' })
})
