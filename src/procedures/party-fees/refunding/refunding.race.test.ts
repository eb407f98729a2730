/** Refunds with rivals, on several connections: two approve at once, the payer pays meanwhile, two give the same cash back. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../../kernel/db.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { transactionAgain } from '../paying/again.ts'
import { takeCash, undoCash } from '../paying/cash.ts'
import { settleLines } from '../paying/settle.ts'
import {
  addFeeWorld,
  addHandling,
  addOrder,
  addRefund,
  FEE_VND,
  MONTH,
  type FeeWorld,
} from '../test-builders.ts'
import { approveRefund, checkRefund, payOutRefund } from './steps.ts'

const WHEN = { at: new Date('2026-06-08T03:00:00Z'), today: '2026-06-08' } as const
const CHECKED = { holderReason: 'kiểm thử', rightVnd: new Map<string, number>() }

let made: TestDatabase
let database: Database
let world: FeeWorld
let payer: string

beforeEach(async () => {
  made = await createTestDatabase()
  database = openDatabase(made.url, { connections: 12 })
  world = await addFeeWorld(database)
  payer = world.members[0]!
})
afterEach(async () => {
  const { problems } = await verifyLedger(database)
  await database.close()
  await made.drop()
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
})

const order = (members: readonly string[], number = 0) =>
  database.transaction((write) =>
    addOrder(write, { organisationId: world.places.cell, accountId: world.account, members, number }),
  )
const bank = (key: string, amountVnd: number) =>
  settleLines(
    database,
    [
      {
        accountId: world.account,
        reference: randomUUID(),
        amountVnd,
        direction: 'in',
        content: key,
        bookedAt: WHEN.at,
        source: 'sepay',
        key,
      },
    ],
    WHEN,
  )
const handling = (name: string) => addHandling(database, name, world.places.cell)
/** What came of it: 'done', or the refusal's code. */
const outcomes = async (doing: readonly Promise<unknown>[]): Promise<string[]> => {
  const settled = await Promise.allSettled(doing)
  return settled
    .map((each) => {
      if (each.status === 'fulfilled') return 'done'
      if (each.reason instanceof Refusal) return each.reason.code
      throw each.reason
    })
    .toSorted()
}
const transfersOf = async (kind: string): Promise<number> => {
  const { count } = await database.read.one<{ count: number }>(
    sql`select count(*) from ledger_transfer where kind = ${kind}`,
  )
  return count
}

test('four approve at once and four pay out at once: each is done by one', async () => {
  await bank(await order([payer]), FEE_VND)
  const id = await addRefund(database, payer, world.places.cell)
  await checkRefund(database, id, CHECKED, await handling('Người Đối Chiếu'))
  const people = await Promise.all(['Một', 'Hai', 'Ba', 'Bốn'].map((name) => handling(`Người Duyệt ${name}`)))
  expect(await outcomes(people.map((each) => approveRefund(database, id, each)))).toEqual([
    'done',
    ...Array<string>(3).fill('party-fees.refund-moved-on'),
  ])
  expect(await transfersOf('refunded')).toBe(1)
  const paid = { on: WHEN.today, reference: 'FT1' }
  expect(await outcomes(people.map((each) => payOutRefund(database, id, paid, each)))).toEqual([
    'done',
    ...Array<string>(3).fill('party-fees.refund-moved-on'),
  ])
  expect(await transfersOf('paid-back')).toBe(1)
})

test('the payer pays again while it is approved: the old order is put aside, the new line is paid once', async () => {
  const [first, second] = [await order([payer]), await order([payer])]
  await bank(first, FEE_VND)
  const id = await addRefund(database, payer, world.places.cell)
  await checkRefund(database, id, CHECKED, await handling('Người Đối Chiếu'))
  const approver = await handling('Người Duyệt')
  const [, told] = await Promise.all([approveRefund(database, id, approver), bank(second, FEE_VND)])
  expect(told.map(({ outcome }) => outcome)).toEqual(['already-paid'])
  const anew = await order([payer], 1)
  const paid = await Promise.all([bank(anew, FEE_VND), bank(anew, FEE_VND)])
  expect(
    paid
      .flat()
      .map(({ outcome }) => outcome)
      .toSorted(),
  ).toEqual(['duplicate', 'matched'])
})

test('cash is given back by its taker or by a refund, whoever comes first, and never by both', async () => {
  const taker = await handling('Người Thu')
  const cash = {
    commandId: randomUUID(),
    cellId: world.places.cell,
    lines: [{ memberId: payer, period: MONTH, number: 0 }],
    receivedBy: taker.by,
  }
  await transactionAgain(database, (write) => takeCash(write, cash, WHEN))
  const { id: paymentId } = await database.read.one<{ id: string }>(sql`select id from fee_payment`)
  const undone = { paymentId, cellId: world.places.cell, reason: 'Ghi nhầm.', by: taker.by }
  const [asked, undo] = await Promise.allSettled([
    addRefund(database, payer, world.places.cell),
    transactionAgain(database, (write) => undoCash(write, undone, WHEN)),
  ])
  expect([asked.status, undo.status].filter((status) => status === 'fulfilled')).not.toHaveLength(0)
  if (asked.status === 'fulfilled') {
    await checkRefund(database, asked.value, CHECKED, await handling('Người Đối Chiếu'))
    const approved = await outcomes([approveRefund(database, asked.value, await handling('Người Duyệt'))])
    // Asked in the moment in which it was undone, it is not approved.
    expect(approved).toEqual([undo.status === 'fulfilled' ? 'party-fees.refunded-already' : 'done'])
  }
  expect(await transfersOf('refunded')).toBe(1)
})

const line = (memberId: string) => ({ memberId, period: MONTH, number: 0 })

test('four approve a correction at once: the line is paid once, with one receipt', async () => {
  await bank(await order([payer]), FEE_VND)
  const id = await addRefund(database, payer, world.places.cell, [line(world.members[1]!)])
  await checkRefund(database, id, CHECKED, await handling('Người Đối Chiếu'))
  const people = await Promise.all(['Một', 'Hai', 'Ba', 'Bốn'].map((name) => handling(`Người Duyệt ${name}`)))
  expect(await outcomes(people.map((each) => approveRefund(database, id, each)))).toEqual([
    'done',
    ...Array<string>(3).fill('party-fees.refund-moved-on'),
  ])
  expect(await transfersOf('paid')).toBe(2)
})

test('the bank tells of money for the line, and for others, while a correction of it is approved: the line is paid once', async () => {
  const [, target, third] = world.members
  await bank(await order([payer]), FEE_VND)
  const [own, beside] = [await order([target!]), await order([third!])]
  const id = await addRefund(database, payer, world.places.cell, [line(target!)])
  await checkRefund(database, id, CHECKED, await handling('Người Đối Chiếu'))
  const approver = await handling('Người Duyệt')
  const [approved, told] = await Promise.all([
    outcomes([approveRefund(database, id, approver)]),
    bank(own, FEE_VND),
    bank(beside, FEE_VND),
  ])
  const [outcome] = told.map((each) => each.outcome)
  expect([approved[0], outcome]).toEqual(
    approved[0] === 'done' ? ['done', 'already-paid'] : ['party-fees.line-paid', 'matched'],
  )
  expect(await transfersOf('refunded')).toBe(approved[0] === 'done' ? 1 : 0)
})

test('two corrections want the same line: one has it, the other is refused and moves nothing', async () => {
  const [, second, target] = world.members
  await bank(await order([payer]), FEE_VND)
  await bank(await order([second!]), FEE_VND)
  const ids = [
    await addRefund(database, payer, world.places.cell, [line(target!)]),
    await addRefund(database, second!, world.places.cell, [line(target!)]),
  ]
  const [checker, one, two] = [await handling('Một'), await handling('Hai'), await handling('Ba')]
  for (const id of ids) await checkRefund(database, id, CHECKED, checker)
  const done = await outcomes([approveRefund(database, ids[0]!, one), approveRefund(database, ids[1]!, two)])
  expect(done).toEqual(['done', 'party-fees.line-paid'])
  expect(await transfersOf('refunded')).toBe(1)
})
