/** Whose turn a reported error is: the cell's, above when nobody is there or nobody answers, along with a member who moves. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../kernel/db.ts'
import { workCalendar } from '../../kernel/holidays.ts'
import { instantAt } from '../../kernel/plain-date.ts'
import { DEFAULT_SETTINGS } from '../../kernel/settings.ts'
import { correctionsOf, stepsOf, type CorrectionRequest } from '../members/corrections.ts'
import { admitTo, startTransit } from '../members/memberships.ts'
import { endOffice, grantOffice } from '../offices/store.ts'
import { addMember, addTwoWards, FOUNDED } from '../test-builders.ts'
import { reportCorrection } from './answering.ts'
import { routeStrays } from './routing.ts'

let testDatabase: TestDatabase
let database: Database
let party: Awaited<ReturnType<typeof addTwoWards>>
let member: string
const calendar = workCalendar([])

/** 09:00 of a day in Viet Nam. */
const on = (today: string) => ({
  at: instantAt(today, 9 * 60),
  today,
  calendar,
  settings: DEFAULT_SETTINGS,
  allowTestPrefixes: true,
})

beforeEach(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, { connections: 2 })
  party = await database.transaction((write) => addTwoWards(write))
  member = await person('Người Báo Sai')
})
afterEach(async () => {
  await database.close()
  await testDatabase.drop()
})

const person = (name: string, at = party.cell) => database.transaction((write) => addMember(write, name, at))
const office = (memberId: string, position: string, organisationId: string) =>
  database.transaction((write) =>
    grantOffice(write, { memberId, position, organisationId, since: FOUNDED, source: 'kiểm thử' }),
  )
const report = async (today: string, by = member): Promise<string> => {
  const id = randomUUID()
  const asked = { id, field: 'ethnicity' as const, proposed: 'Tày', explanation: 'giấy khai sinh' }
  await reportCorrection(database, by, asked, on(today))
  return id
}
const sweep = (today: string) => database.transaction((write) => routeStrays(write, on(today)))
const requestOf = async (id: string, by = member) =>
  (await correctionsOf(database.read, by)).find((one) => one.id === id) as CorrectionRequest
const kindsOf = async (id: string) => (await stepsOf(database.read, id)).map(({ kind }) => kind)
const noticesTo = async (organisationId: string) =>
  (
    await database.read.rows<{ code: string }>(
      sql`select code from notice where organisation_id = ${organisationId} order by at, code`,
    )
  ).map(({ code }) => code)

test('the cell has its working days; on the last one it is still there, after it the request is above', async () => {
  await office(await person('Bí Thư'), 'cell-secretary', party.cell)
  await office(await person('Cán Bộ'), 'building-officer', party.ward)
  const id = await report('2026-11-02')
  expect(await requestOf(id)).toMatchObject({ stage: 'cell', awaitedOrganisation: party.cell })
  await sweep('2026-11-09')
  expect(await requestOf(id)).toMatchObject({ stage: 'cell' })
  await sweep('2026-11-10')
  await sweep('2026-11-10')
  expect(await requestOf(id)).toMatchObject({ stage: 'building', awaitedOrganisation: party.ward })
  expect(await kindsOf(id)).toEqual(['asked', 'went-up'])
  expect(await noticesTo(party.ward)).toEqual(['correction.asked'])
})

test('a cell whose only secretary asks about the own record is passed by', async () => {
  const secretary = await person('Bí Thư Tự Báo')
  await office(secretary, 'cell-secretary', party.cell)
  await office(await person('Cán Bộ'), 'building-officer', party.ward)
  const id = await report('2026-11-02', secretary)
  expect(await requestOf(id, secretary)).toMatchObject({ stage: 'building' })
  await office(await person('Phó Bí Thư'), 'cell-deputy-secretary', party.cell)
  const next = await report('2026-11-02', secretary)
  expect(await requestOf(next, secretary)).toMatchObject({ stage: 'cell' })
})

test('without a commission the leaders decide; without anybody it waits, and is given as soon as somebody is there', async () => {
  const id = await report('2026-11-02')
  expect(await requestOf(id)).toMatchObject({ stage: 'building', awaitedOrganisation: null })
  await office(await person('Phó Bí Thư'), 'committee-deputy-secretary', party.ward)
  await sweep('2026-11-03')
  expect(await requestOf(id)).toMatchObject({ awaitedOrganisation: party.ward })
  expect((await requestOf(id)).awaitedPositions).toContain('committee-deputy-secretary')
})

test('an office that ends hands its requests on; a commission that is late has its leaders told, once', async () => {
  const secretary = await office(await person('Bí Thư'), 'cell-secretary', party.cell)
  await office(await person('Cán Bộ'), 'building-officer', party.ward)
  await office(await person('Phó Bí Thư Phường'), 'committee-deputy-secretary', party.ward)
  const id = await report('2026-11-02')
  await database.transaction((write) => endOffice(write, secretary, '2026-11-02'))
  await sweep('2026-11-03')
  expect(await requestOf(id)).toMatchObject({ stage: 'building' })
  for (const day of ['2026-11-17', '2026-11-18', '2026-11-19']) await sweep(day)
  expect(await noticesTo(party.ward)).toEqual(['correction.asked', 'correction.late'])
})

test('the request of a member who moved goes to the new cell', async () => {
  await office(await person('Bí Thư Cũ'), 'cell-secretary', party.cell)
  await office(await person('Bí Thư Mới', party.otherCell), 'cell-secretary', party.otherCell)
  const id = await report('2026-11-02')
  const move = { memberId: member, on: '2026-11-03', reason: 'kiểm thử', dossierId: null }
  await database.transaction(async (write) => {
    await startTransit(write, { ...move, originId: party.cell })
    await admitTo(write, { ...move, organisationId: party.otherCell })
  })
  await sweep('2026-11-04')
  expect(await requestOf(id)).toMatchObject({ stage: 'cell', awaitedOrganisation: party.otherCell })
})
