/** Whose month a correction was to pay takes along the own month, once it is paid, and nothing of the payer's. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../../../tests/house.ts'
import { sql } from '../../../kernel/db.ts'
import { addToMonth, firstDayOf, monthOf, todayIn } from '../../../kernel/plain-date.ts'
import { assessMonth } from '../assessing/assess.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { addSchedule, addVisitor, FEE_VND, postForm } from '../test-builders.ts'

const today = todayIn(new Date())
const NOW = monthOf(today)
const LAST = addToMonth(NOW, -1)

let house: House
let handlers: readonly Visitor[]
let payer: Visitor
let other: Visitor
let third: Visitor

beforeAll(async () => {
  house = await openHouse()
  const { cell } = house.world
  handlers = [
    await addVisitor(house, 'Bí Thư Một', 'cell-secretary', cell),
    await addVisitor(house, 'Phó Bí Thư Hai', 'cell-deputy-secretary', cell),
    await addVisitor(house, 'Tài Chính Ba', 'finance-officer', cell),
  ]
  ;[payer, other, third] = [
    await addVisitor(house, 'Lê Thị Nộp', null, cell),
    await addVisitor(house, 'Trần Văn Được Nêu', null, cell),
    await addVisitor(house, 'Phạm Văn Cùng Nêu', null, cell),
  ]
  await house.database.transaction(async (write) => {
    for (const { memberId } of [payer, other, third]) await addSchedule(write, memberId, FEE_VND)
  })
  for (const month of [LAST, NOW]) await assessMonth(house.database, firstDayOf(month), today)
})
afterAll(() => house.close())
afterEach(async () => {
  const { problems } = await verifyLedger(house.database)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
})

const keyOf = ({ memberId }: Visitor, month: string) => `${memberId}_${month}_0`
async function post(who: Visitor, url: string, fields: Record<string, string | readonly string[]> = {}) {
  const answer = await postForm(house, who, url, fields)
  expect(answer.statusCode, `${url} ${answer.body.slice(0, 1000)}`).toBe(303)
}
const NOTE = 'Nộp thay rồi mới biết'
const WHY = 'Chưa đúng người'

async function asked(
  payment: string,
  chosen: readonly string[],
  more: Record<string, string | readonly string[]>,
) {
  const commandId = randomUUID()
  const fields = { commandId, payment, chosen, reason: 'wrong-person', note: NOTE, ...more }
  await post(handlers[2]!, '/fees/refunds', fields)
  return commandId
}
async function exportOf(
  who: Visitor,
): Promise<{ readonly refunds: readonly Record<string, unknown>[]; readonly text: string }> {
  const file = await house.ask(who, { url: '/my-record/export' })
  const { sections } = file.json<{ sections: Record<string, Record<string, unknown>[]> }>()
  return { refunds: sections.feeRefunds!, text: JSON.stringify(sections.feeRefunds) }
}

test('a correction that is refused is the payer’s affair alone; one that is done tells others their own month', async () => {
  const [secretary, deputy, finance] = handlers as readonly [Visitor, Visitor, Visitor]
  const chosen = [keyOf(payer, LAST), keyOf(payer, NOW)]
  await post(finance, '/fees/collect', { commandId: randomUUID(), chosen, by: 'cash' })
  const { id: payment } = await house.database.read.one<{ id: string }>(
    sql`select id from fee_payment where payer_id = ${payer.memberId}`,
  )
  const to = [keyOf(other, NOW), keyOf(third, LAST)]
  const refused = await asked(payment, chosen, { to, method: 'move' })
  expect((await exportOf(other)).refunds).toEqual([])
  await post(secretary, `/fees/refunds/${refused}/refuse`, { why: WHY })
  expect((await exportOf(other)).refunds).toEqual([])
  const own = await exportOf(payer)
  expect(own.refunds).toMatchObject([{ own: true, amountVnd: 2 * FEE_VND, note: NOTE, endedWhy: WHY }])

  const moved = await asked(payment, chosen, { to, method: 'move' })
  await post(secretary, `/fees/refunds/${moved}/check`)
  await post(deputy, `/fees/refunds/${moved}/approve`)
  const { movedTo } = await house.database.read.one<{ movedTo: string }>(
    sql`select moved_to as "movedTo" from fee_refund where id = ${moved}`,
  )
  const nothing = { own: false, reason: null, note: null, endedWhy: null, account: null }
  const named = await exportOf(other)
  expect(named.refunds).toMatchObject([
    { ...nothing, status: 'closed', amountVnd: FEE_VND, lines: null, movedTo: [firstDayOf(NOW)] },
  ])
  expect(named.text).not.toContain(NOTE)

  // Asked back after all, it opens the months of both: each has the own line.
  await asked(movedTo, to, { method: 'cash' })
  const line = { period: firstDayOf(LAST), amountVnd: FEE_VND }
  const opened = await exportOf(third)
  expect(opened.refunds.at(-1)).toMatchObject({
    ...nothing,
    amountVnd: FEE_VND,
    lines: [line],
    movedTo: null,
  })
  expect(opened.text).not.toContain(NOTE)
  expect((await exportOf(payer)).refunds.at(-1)).toMatchObject({
    own: true,
    amountVnd: 2 * FEE_VND,
    note: NOTE,
  })
})
