/** The demo: everybody on the way is there, the member may be sent, and the registry is as the lists say. */
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { openDatabase, sql, type Database } from '../kernel/db.ts'
import { demoPeople, fillDemo, DEMO_DESTINATION_CELL } from './demo.ts'
import { startTransit } from './members/memberships.ts'
import { getMember } from './members/store.ts'
import { officesOf } from './offices/store.ts'
import { childrenOn } from './organisations/counting.ts'
import { advisoryOf, findOrganisationByCode } from './organisations/store.ts'

const TODAY = '2026-11-21'
const folder = fileURLToPath(new URL('../../data/demo', import.meta.url))
let testDatabase: TestDatabase
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
  await fillDemo(database, { folder, today: TODAY })
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

test('everybody on the way is listed by role, each another person', async () => {
  const people = await demoPeople(database.read, TODAY)
  expect(people.map((person) => person.role)).toEqual([
    'member',
    'probationary-member',
    'guest-member',
    'workplace-member',
    'cell-secretary',
    'cell-deputy-secretary',
    'building-officer',
    'ward-deputy-secretary',
    'ward-clerk',
    'commission-signer',
    'commission-clerk',
    'destination-deputy-secretary',
    'destination-clerk',
    'destination-cell-secretary',
    'inspector',
    'administrator',
    'city-standing-deputy',
    'city-administrator',
  ])
  expect(new Set(people.map((person) => person.memberId)).size).toBe(people.length)
})

test('the member has complete data, no office and no defect, and belongs to the cell whose secretary is listed', async () => {
  const people = await demoPeople(database.read, TODAY)
  const [member, probationary, secretary] = (
    ['member', 'probationary-member', 'cell-secretary'] as const
  ).map((role) => people.find((person) => person.role === role))
  const facts = await getMember(database.read, member?.memberId ?? '')
  expect(facts).toMatchObject({ standing: 'active', birthPrecision: 'day', cardNumber: facts.personalId })
  expect(facts.officialOn).not.toBeNull()
  expect(member?.organisationId).toBe(secretary?.organisationId)
  expect(await officesOf(database.read, facts.id, TODAY)).toEqual([])
  const problems = await database.read.rows(
    sql`select 1 from import_problem where subject = ${facts.fullName}`,
  )
  expect(problems).toEqual([])
  const young = await getMember(database.read, probationary?.memberId ?? '')
  expect([young.officialOn, young.standing]).toEqual([null, 'active'])
})

test('there is a cell to go to, and the commission that refers', async () => {
  const city = await findOrganisationByCode(database.read, '79.000.000.000.000', TODAY)
  expect((await advisoryOf(database.read, city?.id ?? '', TODAY))?.name).toBe('Ban Tổ chức Thành ủy')
  expect((await findOrganisationByCode(database.read, DEMO_DESTINATION_CELL, TODAY))?.holdsMembers).toBe(true)
  const wards = await childrenOn(database.read, city?.id ?? '', TODAY)
  expect(wards.map((ward) => [ward.name, ward.active])).toEqual([
    ['Ban Tổ chức Thành ủy', 0],
    ['Đảng bộ các cơ quan Đảng Thành phố', 5],
    ['Đảng bộ Phường Tân Tạo', 1613],
    ['Đảng bộ Phường Cầu Kiệu', 303],
  ])
})

test('filled again, nothing changes; on an earlier day the same people are there', async () => {
  const again = await fillDemo(database, { folder, today: '2026-08-01' })
  expect(again.map(({ report }) => report.imported + report.repaired)).toEqual(again.map(() => 0))
})

test('a member who left is still listed as the same person', async () => {
  const [member] = await demoPeople(database.read, TODAY)
  const move = { memberId: member?.memberId ?? '', on: TODAY, reason: 'referred', dossierId: null }
  await database.transaction((write) =>
    startTransit(write, { ...move, originId: member?.organisationId ?? '' }),
  )
  expect((await demoPeople(database.read, TODAY))[0]?.memberId).toBe(member?.memberId)
})
