/** Stays elsewhere meet fees: each month is collected by one cell, under both values of the setting, whatever becomes of the stay. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { beginStay, type StayLife } from '../../../../tests/stay-life.ts'
import type { Visitor } from '../../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../../tests/transfer-world.ts'
import { sql } from '../../../kernel/db.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { addAccount, addSchedule, FEE_VND } from '../test-builders.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
  await world.database.transaction(async (write) => {
    await addAccount(write, world.places.cell)
    await addAccount(write, world.places.otherCell)
  })
})
afterAll(() => world.close())
afterEach(async () => {
  const { problems } = await verifyLedger(world.database)
  if (problems.length > 0) throw new Error(`the ledger is not clean: ${JSON.stringify(problems)}`)
})

/** Time goes on by a day, and what is regular is looked after. */
async function on(day: string): Promise<void> {
  world.day(day, '09:00')
  await world.sweep()
  await world.work()
}

async function somebody(name: string): Promise<Visitor> {
  const member = await world.member(name)
  await world.database.transaction((write) => addSchedule(write, member.memberId, FEE_VND))
  return member
}

/** Each line that stands, by month: whose it is. */
async function months(member: Visitor): Promise<Record<string, string>> {
  const rows = await world.database.read.rows<{ month: string; cell: string }>(sql`
    select to_char(period, 'YYYY-MM') as month, organisation_id as cell from fee_line_now
     where member_id = ${member.memberId} and not replaced order by period, number`)
  const { cell, otherCell } = world.places
  const names: Readonly<Record<string, string>> = { [cell]: 'nhà', [otherCell]: 'nơi tạm thời' }
  expect(new Set(rows.map(({ month }) => month)).size).toBe(rows.length)
  return Object.fromEntries(rows.map((row) => [row.month, names[row.cell] ?? row.cell]))
}

/** Pays every open month in cash, each to the cell that collects it. */
async function lend(member: Visitor, more: object): Promise<StayLife> {
  const life = await beginStay(world, member, more)
  await life.to('active')
  return life
}

test('lent out from March to September: March at home, April to September there, October at home again', async () => {
  await on('2027-03-02')
  const member = await somebody('Lan')
  await on('2027-03-03')
  const life = await lend(member, { from: '2027-03-10', to: '2027-09-10' })
  for (const month of [4, 5, 6, 7, 8, 9]) await on(`2027-0${month}-01`)
  await life.ask(world.officers.destinationSecretary, 'write-return', {
    leftOn: '2027-09-01',
    comment: 'Hoàn thành nhiệm vụ.',
    feesPaidThrough: '2027-02',
  })
  await life.ask(world.officers.cellSecretary, 'record-return')
  await on('2027-10-01')
  expect(await months(member)).toEqual({
    '2027-03': 'nhà',
    '2027-04': 'nơi tạm thời',
    '2027-05': 'nơi tạm thời',
    '2027-06': 'nơi tạm thời',
    '2027-07': 'nơi tạm thời',
    '2027-08': 'nơi tạm thời',
    '2027-09': 'nơi tạm thời',
    '2027-10': 'nhà',
  })
})
