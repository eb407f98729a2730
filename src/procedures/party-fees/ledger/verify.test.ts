/** The proof of the ledger: clean after work, and each way of tampering is found by the check it is for. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../../kernel/db.ts'
import { getOrganisation } from '../../../registry/organisations/store.ts'
import { settleLines, type ToldLine } from '../paying/settle.ts'
import { attach, knownAsBooked, leave, sendBack } from '../reviewing/acts.ts'
import { confirmDrawing, payDown } from '../remitting/drawings.ts'
import { send, shareOut } from '../remitting/remit.ts'
import { addApprovedRefund, addFeeWorld, addOrder, FEE_VND, MONTH, type FeeWorld } from '../test-builders.ts'
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

/** Money that fitted nothing: attached in part with its rest sent back, and a statement that tells two lines. */
async function review(): Promise<void> {
  const { places, members, account } = world
  await settleLines(database, [told(account, undefined, FEE_VND + 700), told(account, undefined, 900)], WHEN)
  const rows = await database.read.rows<{ id: string; vnd: number }>(sql`
    select id, amount_vnd as vnd from bank_line where amount_vnd in (${FEE_VND + 700}, 900) order by amount_vnd`)
  const [left, over] = rows.map(({ id }) => id)
  const deciding = (lineId: string) => ({
    commandId: randomUUID(),
    organisationId: places.cell,
    lineId,
    reason: 'kiểm thử',
    by: members[0]!,
  })
  const lines = [{ memberId: members[1]!, period: MONTH, number: 0 }]
  const sent = { on: WHEN.today, reference: 'TRA1' }
  await database.transaction(async (write) => {
    await attach(
      write,
      deciding(over!),
      { to: { lines }, people: [members[0]!], aloneUntilVnd: FEE_VND },
      WHEN,
    )
    await sendBack(write, deciding(over!), { sent, aloneUntilVnd: 1_000 }, WHEN)
    await leave(write, deciding(left!), WHEN)
  })
  await settleLines(database, [told(account, undefined, 700, 'out')], WHEN)
  await database.transaction(async (write) => {
    const { id } = await write.one<{ id: string }>(
      sql`select id from bank_line where direction = 'out' and amount_vnd = 700`,
    )
    const back = await write.one<{ id: string }>(sql`select id from bank_line_review where act = 'sent-back'`)
    await knownAsBooked(write, deciding(id), back.id, WHEN)
    const statement = randomUUID()
    await write.run(sql`
      insert into bank_statement (id, account_id, format, from_day, to_day, opening_vnd, closing_vnd, lines, file_name, sha256, kept_by, kept_at)
      values (${statement}, ${account}, 'mt940', ${WHEN.today}, ${WHEN.today}, 100, 1000, 1, 'a', ${'0'.repeat(64)}, ${members[0]}, ${WHEN.at})`)
    await write.run(sql`
      insert into bank_statement_line (statement_id, place, bank_line_id, reference, booked_on, known)
      values (${statement}, 1, ${left}, 'x', ${WHEN.today}, 'days')`)
  })
}

/** One more member pays and has it approved to be paid back, or to pay another's line. */
async function workWithRefund(to?: string): Promise<void> {
  await work()
  const { members, places, account } = world
  const payer = members[1]!
  const key = await database.transaction((write) =>
    addOrder(write, { organisationId: places.cell, accountId: account, members: [payer] }),
  )
  await settleLines(database, [told(account, key, FEE_VND)], WHEN)
  const lines = to ? [{ memberId: to, period: MONTH, number: 0 }] : undefined
  await addApprovedRefund(database, payer, places.cell, lines)
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
    await send(
      write,
      sent,
      { organisationId: places.cell, memberId: members[1]!, people: [members[1]!] },
      WHEN,
    )
    await shareOut(write, held, WHEN)
    const { path } = await getOrganisation(write, places.otherWard, WHEN.today)
    const holder = { organisationId: places.otherWard, memberId: members[2]!, people: [members[2]!] }
    await payDown(write, paid, { holder, path }, WHEN)
    const receiver = { organisationId: places.otherCell, memberId: others[1]!, people: [others[1]!] }
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

test('after money that fitted nothing was decided of, nothing is wrong, and the bank holds what it holds', async () => {
  await work()
  await review()
  expect((await verifyLedger(database)).problems).toEqual([])
  const balances = await database.read.rows(sql`
    select account, (debit_vnd - credit_vnd)::bigint as vnd from ledger_balance where owner = ${world.places.cell} order by account`)
  // Of the 12,345 that nobody knows and the 1,000 that went out; 900 were left.
  expect(balances).toEqual([
    { account: 'bank', vnd: 2 * FEE_VND + 12_345 - 1_000 + 900 },
    { account: 'dues', vnd: -2 * FEE_VND },
    { account: 'unmatched', vnd: -(12_345 - 1_000 + 900) },
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
  ['a receipt taken out', `update fee_payment set receipt_number = receipt_number + 7`, 'receipts'],
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
  ['a decision taken out', `delete from bank_line_review where act = 'attached'`, 'reviews'],
  [
    'a decision of another amount',
    `update bank_line_review set amount_vnd = 1 where act = 'attached'`,
    'reviews',
  ],
  [
    'a decision without its money',
    `update bank_line_review set sent_on = null, sent_reference = null, sent_by = null where act = 'sent-back'`,
    'reviews',
  ],
  ['more decided of than came', `update bank_line_review set amount_vnd = 901 where act = 'left'`, 'reviews'],
  [
    'a decision put on another line',
    `update bank_line_review set bank_line_id = (select bank_line_id from bank_line_review where act = 'left') where act = 'attached'`,
    'reviews',
  ],
  [
    'what was taken back, taken out',
    `delete from ledger_transfer where kind = 'matched-later'`,
    'bank-lines',
  ],
  ['a statement’s line taken out', `delete from bank_statement_line`, 'statements'],
  [
    'a statement’s balance rewritten',
    `update bank_statement set closing_vnd = closing_vnd + 1`,
    'statements',
  ],
  [
    'an approved refund marked as paid out without its booking',
    `update fee_refund set status = 'paid-out', paid_by = approved_by, paid_at = now(), paid_on = current_date, bank_reference = 'FT'`,
    'refunds',
  ],
  [
    'what a correction paid taken out',
    `delete from ledger_transfer where kind = 'paid' and debit = 'refunds'`,
    'corrections',
  ],
  ['a correction taken out', `delete from fee_refund where method = 'move'`, 'corrections'],
  [
    'a correction’s money said to have come otherwise',
    `update fee_payment m set moved_from = (select id from fee_payment p where p.id not in (m.id, m.moved_from) limit 1) where moved_from is not null`,
    'corrections',
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

test('an approved refund that is not paid out yet is owed', async () => {
  await workWithRefund()
  expect((await verifyLedger(database)).problems).toEqual([])
})

test('what a correction moved is paid, and the bank holds what it held', async () => {
  await workWithRefund(world.members[2])
  expect((await verifyLedger(database)).problems).toEqual([])
  const paid = await database.read.rows<{ id: string }>(sql`
    select member_id as id from fee_line_now where organisation_id = ${world.places.cell} and payment_id is not null and not replaced`)
  expect(new Set(paid.map(({ id }) => id))).toEqual(new Set([world.members[0], world.members[2]]))
  const balances = await database.read.rows(sql`
    select account, (debit_vnd - credit_vnd)::bigint as vnd from ledger_balance where owner = ${world.places.cell} order by account`)
  expect(balances).toEqual([
    { account: 'bank', vnd: 2 * FEE_VND + 12_345 - 1_000 },
    { account: 'dues', vnd: -2 * FEE_VND },
    { account: 'refunds', vnd: 0 },
    { account: 'unmatched', vnd: -(12_345 - 1_000) },
  ])
})

test.each(TAMPERINGS)('%s is found', async (_words, text, check) => {
  const refunding = check === 'refunds' || check === 'corrections'
  if (refunding) await workWithRefund(check === 'corrections' ? world.members[2] : undefined)
  else await work()
  if (!refunding) await review()
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
  "insert into fee_line_up values (gen_random_uuid(), '2026-06-01', '1.')",
  'update bank_line set amount_vnd = 1',
])('the application itself cannot: %s', async (text) => {
  await work()
  await expect(database.transaction((write) => write.run(sql.raw(text)))).rejects.toThrow(
    /permission denied|only added/,
  )
})
