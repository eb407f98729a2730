/** The proof of the ledger: clean after work, and each way of tampering is found by the check it is for. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../../kernel/db.ts'
import { getOrganisation } from '../../../registry/organisations/store.ts'
import { settleLines, type ToldLine } from '../paying/settle.ts'
import { confirmDrawing, payDown } from '../remitting/drawings.ts'
import { send, shareOut } from '../remitting/remit.ts'
import { addFeeWorld, addOrder, FEE_VND, type FeeWorld } from '../test-builders.ts'
import { makeVoucher, undoVoucher } from '../books/vouchers.ts'
import { LEDGER_CHECKS, verifyLedger } from './verify.ts'

const WHEN = { at: new Date('2026-06-05T03:00:00Z'), today: '2026-06-05' } as const

let made: TestDatabase
let database: Database
let world: FeeWorld

beforeEach(async () => {
  made = await createTestDatabase()
  database = openDatabase(made.url, { connections: 3 })
  world = await addFeeWorld(database)
})
afterEach(async () => {
  await database.close()
  await made.drop()
})

function told(
  accountId: string,
  key: string | undefined,
  amountVnd: number,
  direction: 'in' | 'out' = 'in',
): ToldLine {
  const reference = randomUUID()
  const line = {
    accountId,
    reference,
    amountVnd,
    direction,
    content: key ?? '',
    bookedAt: WHEN.at,
    source: 'sepay',
  }
  return { ...line, source: 'sepay', ...(key === undefined ? {} : { key }) }
}

/** A payment for oneself, one for two members on the ward's account, one that nobody knows, and one that went out. */
async function work(): Promise<void> {
  const { members, others, places, account, wardAccount } = world
  const [own, list] = await database.transaction(async (write) => [
    await addOrder(write, { organisationId: places.cell, accountId: account, members: members.slice(0, 1) }),
    await addOrder(write, { organisationId: places.otherCell, accountId: wardAccount, members: others }),
  ])
  const lines = [
    told(account, own, FEE_VND),
    told(wardAccount, list, 2 * FEE_VND),
    told(account, undefined, 12_345),
    told(account, undefined, 1_000, 'out'),
  ]
  const settled = await settleLines(database, lines, WHEN)
  expect(settled.map(({ outcome }) => outcome)).toEqual(['matched', 'matched', 'unknown', 'out'])
}

/** The month goes up: one cell sent its part, the other's lay above already, and its kept share was paid down and confirmed. */
async function goUp(): Promise<void> {
  const { members, others, places } = world
  const share = (organisationId: string, by: string) => ({
    commandId: randomUUID(),
    organisationId,
    month: '2026-06',
    by,
  })
  const own = share(places.cell, members[0]!)
  const held = share(places.otherCell, others[0]!)
  const paid = {
    commandId: randomUUID(),
    organisationId: places.otherCell,
    amountVnd: 50_000,
    how: 'cash',
    on: WHEN.today,
    reference: null,
  } as const
  await database.transaction(async (write) => {
    await shareOut(write, own, WHEN)
    const sent = { id: own.commandId, how: 'transfer', on: WHEN.today, reference: null } as const
    await send(write, sent, { organisationId: places.cell, memberId: members[1]! }, WHEN)
    await shareOut(write, held, WHEN)
    const { path } = await getOrganisation(write, places.otherWard, WHEN.today)
    const holder = { organisationId: places.otherWard, memberId: members[2]! }
    await payDown(write, paid, { holder, path }, WHEN)
    const receiver = { organisationId: places.otherCell, memberId: others[1]! }
    await confirmDrawing(write, paid.commandId, receiver, WHEN)
    const handling = { cell: places.otherCell, by: others[0]!, at: WHEN.at, today: WHEN.today }
    const voucher = {
      id: randomUUID(),
      purpose: 'newspapers',
      fund: 'cash',
      amountVnd: 20_000,
      on: WHEN.today,
    } as const
    await makeVoucher(write, { ...voucher, counterpart: 'Bưu điện', explanation: 'báo' }, handling)
    const undone = { id: randomUUID(), reason: 'nhầm', direction: 'out', number: 1, year: 2026 } as const
    await undoVoucher(write, undone, handling)
  })
}

async function tamper(text: string): Promise<void> {
  const client = new pg.Client(made.url)
  await client.connect()
  await client.query(`set session_replication_role = replica; ${text}`)
  await client.end()
}

test('after work nothing is wrong, and the totals of everybody above say what came in', async () => {
  await work()
  const report = await verifyLedger(database)
  expect(report.problems).toEqual([])
  expect(report.checks.map(({ name }) => name)).toEqual([...LEDGER_CHECKS])
  expect(report).toMatchObject({ lines: 5, transfers: 6, payments: 2, problemCount: 0 })
  const totals = await database.read.rows(sql`
    select p.name, t.lines, t.paid_lines as paid, t.due_vnd as "dueVnd", t.paid_vnd as "paidVnd"
      from fee_total t join organisation_period p using (organisation_id) order by p.path`)
  expect(totals).toEqual([
    { name: 'Đảng bộ Thành phố Hồ Chí Minh', lines: 5, paid: 3, dueVnd: 400_000, paidVnd: 240_000 },
    { name: 'Đảng bộ Phường Tân Tạo', lines: 3, paid: 1, dueVnd: 240_000, paidVnd: 80_000 },
    { name: 'Chi bộ khu phố 3', lines: 3, paid: 1, dueVnd: 240_000, paidVnd: 80_000 },
    { name: 'Đảng bộ Phường Cầu Kiệu', lines: 2, paid: 2, dueVnd: 160_000, paidVnd: 160_000 },
    { name: 'Chi bộ khu phố 3', lines: 2, paid: 2, dueVnd: 160_000, paidVnd: 160_000 },
  ])
})

const TAMPERINGS: readonly [string, string, string][] = [
  [
    'a transfer of another amount',
    `update ledger_transfer set amount_vnd = amount_vnd + 1 where kind = 'paid'`,
    'balances',
  ],
  ['a transfer taken out', `delete from ledger_transfer where kind = 'unmatched'`, 'bank-lines'],
  [
    'a balance rewritten',
    `update ledger_balance set debit_vnd = debit_vnd + 1 where account = 'bank'`,
    'debit-is-credit',
  ],
  ['a total rewritten', `update fee_total set paid_vnd = paid_vnd - 1`, 'totals'],
  ['a payment of another amount', `update fee_payment set amount_vnd = amount_vnd - 1`, 'payments'],
  [
    'a line made cheaper',
    `update fee_line set amount_vnd = 1 where member_id = (select member_id from ledger_transfer where kind = 'paid' limit 1)`,
    'paid-lines',
  ],
  [
    'an unpaid line made cheaper',
    `update fee_line set amount_vnd = 1 where member_id not in (select member_id from ledger_transfer where kind = 'paid')`,
    'assessments',
  ],
  [
    'a line taken out',
    `delete from fee_line where member_id not in (select member_id from ledger_transfer where kind = 'paid')`,
    'assessments',
  ],
  ['a receipt taken out', `update fee_payment set receipt_number = 7`, 'receipts'],
  [
    'a line added without a reason',
    `insert into fee_line select member_id, period, 1, organisation_id, 'arrears', class, null, 5, null, made_on from fee_line limit 1`,
    'changes',
  ],
  [
    'a paid line replaced',
    `insert into fee_line select l.member_id, l.period, 1, l.organisation_id, 'replacement', l.class, null, 5, 0, l.made_on
     from fee_line l join ledger_transfer t on t.kind = 'paid' and t.member_id = l.member_id limit 1`,
    'paid-and-replaced',
  ],
  [
    'a share kept for more than was decided',
    `update ledger_transfer set amount_vnd = amount_vnd + 1 where kind = 'retained'`,
    'remittances',
  ],
  ['what was sent taken out', `delete from ledger_transfer where kind = 'remitted'`, 'remittances'],
  [
    'what is owed rewritten with its balance',
    `update ledger_balance set debit_vnd = debit_vnd - 5 where account = 'owed' and debit_vnd > 5`,
    'owed',
  ],
  [
    'money received above that nobody sent',
    `update ledger_transfer set amount_vnd = amount_vnd + 1000 where kind = 'received'`,
    'received-from-below',
  ],
  [
    'a remittance marked as received that never came',
    `update fee_remittance set received_at = now(), received_on = now(), receipt_year = 2026, receipt_number = 9 where received_at is null`,
    'received-from-below',
  ],
  ['a payment down of another amount', `update fee_drawing set amount_vnd = amount_vnd + 1`, 'drawings'],
  ['a voucher of another amount', `update fee_voucher set amount_vnd = amount_vnd + 1`, 'vouchers'],
  ['what was spent taken out', `delete from ledger_transfer where kind = 'spent'`, 'vouchers'],
  ['a voucher out of the series', `update fee_voucher set number = 7 where number = 2`, 'vouchers'],
  ['a payment down that is in no list', `delete from fee_drawing`, 'drawings'],
]

test.each(TAMPERINGS)('%s is found', async (_words, text, check) => {
  await work()
  await goUp()
  expect((await verifyLedger(database)).problems).toEqual([])
  await tamper(text)
  const { checks, problems, problemCount } = await verifyLedger(database)
  expect(checks.find(({ name }) => name === check)?.problems).toBeGreaterThan(0)
  expect(problems.some((problem) => problem.check === check && problem.found !== problem.wanted)).toBe(true)
  expect(problemCount).toBeGreaterThan(0)
})

test('every check is broken by some tampering', () => {
  expect([...LEDGER_CHECKS].filter((name) => !TAMPERINGS.some(([, , check]) => check === name))).toEqual([])
})

test.each([
  'update ledger_transfer set amount_vnd = 1',
  'delete from fee_line',
  'update fee_total set paid_vnd = 0',
  'update bank_line set amount_vnd = 1',
])('the application itself cannot: %s', async (text) => {
  await work()
  await expect(database.transaction((write) => write.run(sql.raw(text)))).rejects.toThrow(
    /permission denied|only added/,
  )
})
