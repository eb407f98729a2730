/** A large sum on the ward's account is proposed for a cell, and the cell is merged before the second person looks: what was meant is booked where it is due now. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { reorganise, signerOf } from '../../../../tests/reorganisations.ts'
import type { Visitor } from '../../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../../tests/transfer-world.ts'
import { sql } from '../../../kernel/db.ts'
import { todayIn } from '../../../kernel/plain-date.ts'
import { addOrganisation } from '../../../registry/test-builders.ts'
import { assessMonth } from '../assessing/assess.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { settleLines } from '../paying/settle.ts'
import { addAccount, addOrder, addSchedule } from '../test-builders.ts'

const MONTH = '2026-08-01'
const LARGE_VND = 2_400_000
let world: TransferWorld
let signer: Visitor
let ward: string
let account: string
let first: Visitor
let second: Visitor

beforeAll(async () => {
  world = await openTransferWorld()
  signer = await signerOf(world)
  ward = world.places.thirdWard
  account = await world.database.transaction((write) => addAccount(write, ward))
  first = await officer('Tài Chính Phường', 'finance-officer')
  second = await officer('Chánh Văn Phòng Phường', 'office-chief')
  world.day('2026-08-10')
})
afterAll(() => world.close())
afterEach(async () => {
  const { problems } = await verifyLedger(world.database)
  if (problems.length > 0) throw new Error(`the ledger is not clean: ${JSON.stringify(problems)}`)
})

const when = () => ({ at: world.now(), today: todayIn(world.now()) })
const cellOf = (name: string) =>
  world.database.transaction((write) => addOrganisation(write, name, 'cell', ward))

async function officer(name: string, position: string): Promise<Visitor> {
  const { memberId } = await world.member(name, world.places.neighbour)
  return world.office(memberId, name, position, ward)
}

async function payerIn(cell: string, name: string): Promise<string> {
  const { memberId } = await world.member(name, cell)
  await world.database.transaction((write) => addSchedule(write, memberId, LARGE_VND))
  await assessMonth(world.database, MONTH, when().today)
  return memberId
}

/** Money on the ward's account that fitted nothing. @returns the address of its page */
async function unknown(content: string): Promise<string> {
  const told = {
    accountId: account,
    reference: content,
    amountVnd: LARGE_VND,
    direction: 'in',
    content,
    bookedAt: world.now(),
    source: 'sepay',
  } as const
  await settleLines(world.database, [told], when())
  const { id } = await world.database.read.one<{ id: string }>(
    sql`select id from bank_line where content = ${content}`,
  )
  return `/fees/bank/lines/${id}`
}

async function propose(line: string, what: { readonly choice: string } | { readonly chosen: string }) {
  const commandId = randomUUID()
  const answer = await first.form(line, { act: 'attach', commandId, reason: 'Đã hỏi người nộp.', ...what })
  expect(answer.headers.get('location'), answer.text.slice(0, 500)).toBe('/fees/bank/review?done=propose')
  return commandId
}

const paidTo = async (member: string): Promise<string[]> =>
  (
    await world.database.read.rows<{ cell: string }>(sql`
      select organisation_id as cell from fee_line_now where member_id = ${member} and payment_id is not null`)
  ).map(({ cell }) => cell)

test('proposed for lines and for an order of a cell that is merged meanwhile: agreed to, it is paid to the cell that took over', async () => {
  const [ending, staying] = [await cellOf('Chi bộ khu phố 61'), await cellOf('Chi bộ khu phố 62')]
  const [one, two] = [await payerIn(ending, 'Nộp Trước'), await payerIn(ending, 'Nộp Theo Lệnh')]
  const key = await world.database.transaction((write) =>
    addOrder(write, {
      organisationId: ending,
      accountId: account,
      members: [two],
      month: MONTH,
      amountVnd: LARGE_VND,
    }),
  )
  const { id: order } = await world.database.read.one<{ id: string }>(
    sql`select id from fee_order where key = ${key}`,
  )
  const lines = [await unknown('nop truoc sap nhap'), await unknown('nop theo lenh')]
  const proposals = [
    await propose(lines[0]!, { chosen: `${one}_2026-08_0` }),
    await propose(lines[1]!, { choice: `order:${order}` }),
  ]
  await reorganise(world, signer, { steps: [{ type: 'dissolve', organisation: ending, to: staying }] })
  for (const [place, line] of lines.entries()) {
    expect((await second.get(line)).text).toContain('Đồng ý ghi nhận nộp')
    const agreed = await second.form(line, { act: 'confirm', decision: proposals[place]! })
    expect([agreed.status, agreed.headers.get('location')], agreed.text.slice(0, 2000)).toEqual([
      303,
      '/fees/bank/review?done=attach',
    ])
  }
  expect([await paidTo(one), await paidTo(two)]).toEqual([[staying], [staying]])
})

test('gone to another ward: the form says that it has changed, and the proposal can be withdrawn', async () => {
  const ending = await cellOf('Chi bộ khu phố 63')
  const payer = await payerIn(ending, 'Nộp Xa')
  const line = await unknown('nop roi di xa')
  const decision = await propose(line, { chosen: `${payer}_2026-08_0` })
  await reorganise(world, signer, {
    steps: [{ type: 'dissolve', organisation: ending, to: world.places.otherCell }],
  })
  const page = (await second.get(line)).text
  const answer = await second.form(line, { act: 'confirm', decision })
  expect([answer.status, answer.text.includes('Khoản phải nộp đã đổi')]).toEqual([409, true])
  expect([page.includes('Đồng ý ghi nhận nộp'), page.includes('Khoản phải nộp đã đổi')]).toEqual([
    false,
    true,
  ])
  const withdrawn = await second.form(line, { act: 'withdraw', decision, reason: 'Đã sang nơi khác.' })
  expect(withdrawn.status).toBe(303)
})
