/** A month assessed with rivals: two sweeps at once, somebody who comes later, a month opened for an old line meanwhile. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../../kernel/db.ts'
import { addMember } from '../../../registry/test-builders.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { addFeeWorld, addSchedule, FEE_VND, type FeeWorld } from '../test-builders.ts'
import { assessMonth } from './assess.ts'

const NEXT = '2026-07-01'

let made: TestDatabase
let database: Database
let world: FeeWorld

beforeEach(async () => {
  made = await createTestDatabase()
  database = openDatabase(made.url, { connections: 12 })
  world = await addFeeWorld(database)
})
afterEach(async () => {
  const { problems } = await verifyLedger(database)
  await database.close()
  await made.drop()
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
})

const totalOfCity = () =>
  database.read.one<{ lines: number; dueVnd: number }>(sql`
    select lines, due_vnd as "dueVnd" from fee_total t
     where t.period = ${NEXT}::date and t.organisation_id = ${world.places.city}`)

test('of sweeps that run at once one opens the month, and each member owes it once', async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () => assessMonth(database, NEXT, NEXT)))
  expect(all.map(({ lines }) => lines).toSorted()).toEqual([0, 0, 0, 0, 0, 5])
  expect(await totalOfCity()).toEqual({ lines: 5, dueVnd: 5 * FEE_VND })
})

test('who comes after the month was opened is added to it, with another assessment of the cell', async () => {
  expect(await assessMonth(database, NEXT, NEXT)).toEqual({ lines: 5, cells: 2 })
  await database.transaction(async (write) =>
    addSchedule(write, await addMember(write, 'Đảng Viên Sáu', world.places.cell), FEE_VND),
  )
  expect(await assessMonth(database, NEXT, '2026-07-02')).toEqual({ lines: 1, cells: 1 })
  expect(await totalOfCity()).toEqual({ lines: 6, dueVnd: 6 * FEE_VND })
  const kept = await database.read.rows<{ number: number; lines: number }>(sql`
    select number, lines from fee_assessment where period = ${NEXT}::date and organisation_id = ${world.places.cell}
     order by number`)
  expect(kept).toEqual([
    { number: 0, lines: 3 },
    { number: 1, lines: 4 },
  ])
})

test('whose month another cell will collect has no line of it, and a member who is looked at waits', async () => {
  const [first, second] = world.members
  await database.transaction((write) =>
    write.run(
      sql`insert into fee_member (member_id, auto_approve, set_by, set_at) values (${second}, false, ${second}, now())`,
    ),
  )
  expect(await assessMonth(database, NEXT, NEXT, [first!])).toEqual({ lines: 4, cells: 2 })
  const waiting = await database.read.rows<{ id: string }>(
    sql`select member_id as id from fee_waiting where period = ${NEXT}::date`,
  )
  expect(waiting).toEqual([{ id: second }])
})

test('a month that an old line opens meanwhile is filled all the same', async () => {
  const opened = database.transaction((write) => write.rows(sql`select open_fee_month(${NEXT}::date)`))
  const [, { lines }] = await Promise.all([opened, assessMonth(database, NEXT, NEXT)])
  expect(lines).toBe(5)
})
