/** A refund through the house: asked in five presses at most, decided by two people, paid back, the month open again, and every đồng in the ledger. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../../../tests/house.ts'
import { sql } from '../../../kernel/db.ts'
import { addDays, addToMonth, firstDayOf, monthOf, todayIn } from '../../../kernel/plain-date.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { addWorkingDays } from '../../../kernel/working-time.ts'
import { assessMonth } from '../assessing/assess.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { settleLines } from '../paying/settle.ts'
import { knownAsBooked } from '../reviewing/acts.ts'
import { bookingsFor, getLine } from '../reviewing/lines.ts'
import { addAccount, addDeputy, addSchedule, addVisitor, postForm, takeBack } from '../test-builders.ts'
import { closeNow, remindNow } from './sweeps.ts'

const FEE_VND = 15_930
const today = todayIn(new Date())
const MONTHS = [-1, 0].map((months) => addToMonth(monthOf(today), months))
const [LAST = '', NOW = ''] = MONTHS

let house: House
let secretary: Visitor
let deputy: Visitor
let finance: Visitor
let ward: Visitor
let otherSecretary: Visitor
let otherDeputy: Visitor
let otherWard: Visitor
let account: string
let otherWardAccount: string

beforeAll(async () => {
  house = await openHouse()
  const places = house.world
  secretary = await addVisitor(house, 'Bí Thư Một', 'cell-secretary', places.cell)
  deputy = await addVisitor(house, 'Phó Bí Thư Hai', 'cell-deputy-secretary', places.cell)
  finance = await addVisitor(house, 'Tài Chính Ba', 'finance-officer', places.cell)
  ward = await addVisitor(house, 'Tài Chính Phường', 'finance-officer', places.ward)
  otherSecretary = await addVisitor(house, 'Bí Thư Khác', 'cell-secretary', places.otherCell)
  otherDeputy = await addVisitor(house, 'Phó Bí Thư Khác', 'cell-deputy-secretary', places.otherCell)
  otherWard = await addVisitor(house, 'Tài Chính Phường Khác', 'finance-officer', places.otherWard)
  account = await house.database.transaction((write) => addAccount(write, places.cell))
  otherWardAccount = await house.database.transaction((write) => addAccount(write, places.otherWard))
})
afterAll(() => house.close())
/** Whatever a test did, the ledger adds up. */
afterEach(async () => {
  const { problems } = await verifyLedger(house.database)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
})

const get = (who: Visitor, url: string) => house.ask(who, { method: 'GET', url })
const post = (who: Visitor, url: string, fields: Readonly<Record<string, string | readonly string[]>> = {}) =>
  postForm(house, who, url, fields)

/** A member who owes the last month and this one. */
async function owing(name: string, organisationId = house.world.cell): Promise<Visitor> {
  const member = await addVisitor(house, name, null, organisationId)
  await house.database.transaction((write) => addSchedule(write, member.memberId, FEE_VND))
  for (const month of MONTHS) await assessMonth(house.database, firstDayOf(month), today)
  return member
}
const keyOf = (who: Visitor, month: string, number = 0) => `${who.memberId}_${month}_${number}`

/** Pays by the bank, for oneself or a list; answers the payment. */
async function pay(who: Visitor, chosen: readonly string[], to = account): Promise<string> {
  const own = chosen.every((key) => key.startsWith(who.memberId)) && who.officeId === null
  const made = own
    ? await post(who, '/fees/orders', { commandId: randomUUID(), chosen })
    : await post(who, '/fees/collect', { commandId: randomUUID(), chosen, by: 'qr' })
  const address = `/api/v1${String(made.headers.location)}`
  const order = (await get(who, address)).json<{ key: string; amountVnd: number }>()
  const line = {
    accountId: to,
    reference: randomUUID(),
    amountVnd: order.amountVnd,
    direction: 'in',
    content: `CT DEN ${order.key} ND`,
    bookedAt: new Date(),
    source: 'sepay',
    key: order.key,
  } as const
  const settled = await settleLines(house.database, [line], { at: new Date(), today })
  expect(settled.map(({ outcome }) => outcome)).toEqual(['matched'])
  return (await get(who, address)).json<{ payment: { id: string } }>().payment.id
}

/** A request for a payment, with an account of the payer's; answers its id. */
async function ask(
  who: Visitor,
  payment: string,
  chosen: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const commandId = randomUUID()
  const sent = await post(who, '/fees/refunds', {
    commandId,
    payment,
    chosen,
    reason: 'twice',
    method: 'transfer',
    bank: '970405',
    number: '1234 5678',
    holder: 'LE THI NOP',
    ...more,
  })
  expect(sent.headers.location).toBe(`/fees/refunds/${commandId}?done=asked`)
  return commandId
}
const act = (who: Visitor, id: string, name: string, fields: Readonly<Record<string, string>> = {}) =>
  post(who, `/fees/refunds/${id}/${name}`, fields)
const [year = '', month = '', day = ''] = today.split('-')
const PAID_TODAY = { 'on-day': day, 'on-month': month, 'on-year': year }
const status = async (who: Visitor, id: string): Promise<string> =>
  (await get(who, `/api/v1/fees/refunds/${id}`)).json<{ status: string }>().status
const balance = async (owner: string, name: string): Promise<number> => {
  const row = await house.database.read.maybe<{ held: number }>(sql`
    select (debit_vnd - credit_vnd)::bigint as held from ledger_balance where owner = ${owner} and account = ${name}`)
  return row?.held ?? 0
}
const toldOf = async (who: Visitor): Promise<string[]> => {
  const rows = await house.database.read.rows<{ code: string }>(sql`
    select code from notice where member_id = ${who.memberId} and code like 'party-fees.refund%' order by at, id`)
  return rows.map(({ code }) => code)
}
const standings = async (who: Visitor): Promise<Record<string, string[]>> => {
  const { lines } = (await get(who, '/api/v1/fees')).json<{
    lines: { period: string; standing: string; amountVnd: number }[]
  }>()
  return Object.fromEntries(
    ['open', 'paid', 'exempt'].map((each) => [
      each,
      lines
        .filter(({ standing }) => standing === each)
        .map(({ period, amountVnd }) => `${period} ${amountVnd}`),
    ]),
  )
}

test('from the paid month to asked in five presses at most, four the second time', async () => {
  const payer = await owing('Lê Thị Bấm')
  await pay(payer, [keyOf(payer, LAST)])
  const presses: string[] = []
  const link =
    /href="(\/fees\/refunds\/new\?payment=[^"]+)"/.exec((await get(payer, '/fees')).body)?.[1] ?? ''
  presses.push('Xin hoàn tiền')
  const form = (await get(payer, link)).body
  expect(form).toContain('value="LE THI BAM"')
  expect(form).toContain('Xong trước hết ngày')
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(form)?.[1] ?? ''
  presses.push('Đã nộp hai lần', 'Ngân hàng', 'Số tài khoản')
  const sent = await post(payer, '/fees/refunds', {
    commandId: hidden('commandId'),
    payment: hidden('payment'),
    chosen: hidden('chosen'),
    method: /name="method" type="radio" value="([^"]+)" checked/.exec(form)?.[1] ?? '',
    holder: 'LE THI BAM',
    reason: 'twice',
    bank: '970436',
    number: '0071000123456',
  })
  presses.push('Gửi yêu cầu')
  expect(sent.statusCode).toBe(303)
  expect(presses.length).toBeLessThanOrEqual(5)
  const page = await get(payer, String(sent.headers.location))
  expect(page.body).toContain('Đã gửi yêu cầu hoàn, điều chỉnh')
  expect(page.body).toContain('Đến lượt chi bộ đối chiếu')

  const again = await get(payer, `/fees/refunds/new?payment=${await pay(payer, [keyOf(payer, NOW)])}`)
  expect(again.body).toContain('value="0071000123456"')
  expect(again.body).toMatch(/<option value="970436" selected/)
})

test('asked, compared, approved by a second person, paid out, closed: the month is open again and paid anew', async () => {
  const payer = await owing('Lê Thị Nộp')
  const payment = await pay(payer, [keyOf(payer, NOW)])
  expect((await get(payer, `/fees/receipts/${payment}.pdf`)).statusCode).toBe(200)
  const id = await ask(payer, payment, [keyOf(payer, NOW)])

  const list = await get(finance, '/fees/refunds')
  expect(list.body).toContain(`/fees/refunds/${id}`)
  const beside = await get(finance, `/fees/refunds/${id}`)
  expect(beside.body).toContain('Dòng sao kê của ngân hàng')
  expect(beside.body).toContain('CT DEN ')
  expect(beside.body).toContain('Chủ tài khoản đúng là người nộp')
  expect((await act(finance, id, 'approve')).statusCode).toBe(409)
  expect((await act(finance, id, 'check')).headers.location).toBe(`/fees/refunds/${id}?done=checked`)
  const same = await act(finance, id, 'approve')
  expect([same.statusCode, same.body.includes('Cần người thứ hai')]).toEqual([422, true])
  expect((await get(finance, `/fees/refunds/${id}`)).body).toContain('người thứ hai là người khác')
  expect((await act(secretary, id, 'approve')).statusCode).toBe(303)
  expect((await act(secretary, id, 'approve')).statusCode).toBe(303)

  expect(await balance(house.world.cell, 'refunds')).toBe(-FEE_VND)
  expect(await standings(payer)).toMatchObject({
    open: [`${LAST} ${FEE_VND}`, `${NOW} ${FEE_VND}`],
    paid: [],
  })
  expect((await get(payer, `/fees/receipts/${payment}.pdf`)).statusCode).toBe(409)
  const { voided } = await house.database.read.one<{ voided: boolean }>(
    sql`select voided_at is not null as voided from paper where id = ${payment}`,
  )
  expect(voided).toBe(true)
  await pay(payer, [keyOf(payer, NOW, 1)])
  expect(await standings(payer)).toMatchObject({ open: [`${LAST} ${FEE_VND}`], paid: [`${NOW} ${FEE_VND}`] })

  const unsaid = await act(finance, id, 'pay-out', PAID_TODAY)
  expect([unsaid.statusCode, unsaid.body.includes('mã giao dịch')]).toEqual([400, true])
  const paid = { ...PAID_TODAY, reference: 'FT26150' }
  expect(
    (await act(finance, id, 'pay-out', { ...paid, 'on-year': String(Number(year) + 1) })).statusCode,
  ).toBe(400)
  const before = await balance(house.world.cell, 'bank')
  expect((await act(finance, id, 'pay-out', paid)).statusCode).toBe(303)
  expect((await act(finance, id, 'pay-out', paid)).statusCode).toBe(303)
  expect(await balance(house.world.cell, 'refunds')).toBe(0)
  expect(await balance(house.world.cell, 'bank')).toBe(before - FEE_VND)
  expect((await get(payer, `/fees/refunds/${id}`)).body).toContain('Mã giao dịch FT26150')
  expect((await act(payer, id, 'close')).statusCode).toBe(303)
  expect(await status(payer, id)).toBe('closed')
  expect(await toldOf(payer)).toEqual([
    'party-fees.refund-checked',
    'party-fees.refund-approved',
    'party-fees.refund-paid-out',
  ])
})

test('the bank’s own line of what was paid back is known as booked: the money left once', async () => {
  const payer = await owing('Trần Thị Sao Kê')
  const payment = await pay(payer, [keyOf(payer, LAST)])
  const id = await ask(payer, payment, [keyOf(payer, LAST)], { holder: 'TRAN THI SAO KE' })
  await act(secretary, id, 'check')
  await act(deputy, id, 'approve')
  await act(finance, id, 'pay-out', { ...PAID_TODAY, reference: 'FT26999' })
  const bank = () =>
    house.database.read.one<{ bank: number; unmatched: number }>(sql`
      select coalesce(sum(debit_vnd - credit_vnd) filter (where account = 'bank'), 0)::bigint as bank,
             coalesce(sum(credit_vnd - debit_vnd) filter (where account = 'unmatched'), 0)::bigint as unmatched
        from ledger_balance where owner = ${house.world.cell}`)
  const before = await bank()
  const out = {
    accountId: account,
    reference: randomUUID(),
    amountVnd: FEE_VND,
    direction: 'out',
    content: 'CK TRA DANG PHI',
    bookedAt: new Date(),
    source: 'statement',
  } as const
  await settleLines(house.database, [out], { at: new Date(), today })
  const { lineId } = await house.database.read.one<{ lineId: string }>(
    sql`select id as "lineId" from bank_line where reference = ${out.reference}`,
  )
  const line = await getLine(house.database.read, house.world.cell, lineId)
  expect((await bookingsFor(house.database.read, line)).map(({ documentId }) => documentId)).toContain(id)
  const deciding = {
    commandId: randomUUID(),
    organisationId: house.world.cell,
    lineId,
    reason: 'FT26999',
    by: finance.memberId,
  }
  await house.database.transaction((write) => knownAsBooked(write, deciding, id, { at: new Date(), today }))
  expect(await bank()).toEqual(before)
})

test('the database itself wants two different people, step by step, none of them whose money it is', async () => {
  const payer = await owing('Lê Văn Hai Người')
  const id = await ask(payer, await pay(payer, [keyOf(payer, NOW)]), [keyOf(payer, NOW)], {
    holder: 'LE VAN HAI NGUOI',
  })
  const write = (text: string) =>
    house.database.transaction((each) => each.run(sql.raw(`${text} where id = '${id}'`)))
  const checkedBy = (by: string) =>
    write(`update fee_refund set status = 'checked', checked_by = '${by}', checked_at = now()`)
  const approvedBy = (by: string) =>
    write(`update fee_refund set status = 'approved', approved_by = '${by}', approved_at = now()`)
  await expect(approvedBy(finance.memberId)).rejects.toThrow(/does not go from asked/)
  await expect(checkedBy(payer.memberId)).rejects.toThrow(/fee_refund_check|own months/)
  await checkedBy(finance.memberId)
  await expect(approvedBy(finance.memberId)).rejects.toThrow(/fee_refund_check/)
  await expect(approvedBy(payer.memberId)).rejects.toThrow(/fee_refund_check|own months/)
  await expect(write(`update fee_refund set amount_vnd = 1`)).rejects.toThrow(/permission denied/)
  await expect(
    house.database.transaction((each) =>
      each.run(sql`update fee_refund_line set right_vnd = 0 where refund_id = ${id}`),
    ),
  ).rejects.toThrow(/checked already/)
  await act(payer, id, 'withdraw')
})

test('part of a list goes back: asked for by the cell, decided by others, the receipt lessened, the rest untouched', async () => {
  const [one, two] = [await owing('Lê Thị Danh Sách'), await owing('Lê Văn Danh Sách')]
  const payment = await pay(secretary, [keyOf(one, NOW), keyOf(two, NOW)])
  const papers = () =>
    Promise.all([secretary, one, two].map((who) => get(who, `/fees/receipts/${payment}.pdf`)))
  const before = await papers()
  const form = await get(finance, `/fees/refunds/new?payment=${payment}`)
  expect(form.body).toContain('Lê Thị Danh Sách')
  const id = await ask(finance, payment, [keyOf(one, NOW)], { reason: 'wrong-person', holder: 'BI THU MOT' })
  for (const who of [finance, secretary]) expect((await act(who, id, 'check')).statusCode).toBe(422)
  expect((await act(deputy, id, 'check')).statusCode).toBe(303)
  expect((await act(ward, id, 'approve')).statusCode).toBe(303)

  const after = await papers()
  expect(after.map(({ statusCode }) => statusCode)).toEqual([200, 409, 200])
  expect(after[0]!.rawPayload.equals(before[0]!.rawPayload)).toBe(false)
  expect(after[2]!.rawPayload.equals(before[2]!.rawPayload)).toBe(true)
  const left = (await get(secretary, `/api/v1/fees/receipts/${payment}`)).json<{
    amountVnd: number
    lines: unknown[]
  }>()
  expect([left.amountVnd, left.lines.length]).toEqual([FEE_VND, 1])
  expect((await standings(one)).open).toContain(`${NOW} ${FEE_VND}`)
  expect((await standings(two)).paid).toContain(`${NOW} ${FEE_VND}`)
  expect(await toldOf(one)).toEqual(['party-fees.refund-month-open'])
  expect((await get(one, `/fees/refunds/${id}`)).statusCode).toBe(404)

  const other = await ask(finance, payment, [keyOf(two, NOW)], { holder: 'BI THU MOT' })
  const twice = await post(finance, '/fees/refunds', {
    commandId: randomUUID(),
    payment,
    chosen: keyOf(one, NOW),
    reason: 'twice',
    method: 'transfer',
    bank: '970405',
    number: '12345678',
    holder: 'BI THU MOT',
  })
  expect(twice.statusCode).toBe(409)
  expect((await act(finance, other, 'withdraw')).statusCode).toBe(303)
  expect((await act(ward, id, 'pay-out', { ...PAID_TODAY, reference: 'FT1' })).statusCode).toBe(422)
  expect((await act(secretary, id, 'pay-out', { ...PAID_TODAY, reference: 'FT1' })).statusCode).toBe(422)
  expect((await act(finance, id, 'pay-out', { ...PAID_TODAY, reference: 'FT1' })).statusCode).toBe(303)
})

test('cash goes back in cash, out of what the cell has; the same cash is not given back twice', async () => {
  const payer = await owing('Lê Văn Tiền Mặt')
  const chosen = [keyOf(payer, LAST), keyOf(payer, NOW)]
  await post(finance, '/fees/collect', { commandId: randomUUID(), chosen, by: 'cash' })
  const { id: payment } = await house.database.read.one<{ id: string }>(
    sql`select id from fee_payment where payer_id = ${payer.memberId}`,
  )
  const form = await get(payer, `/fees/refunds/new?payment=${payment}`)
  expect(form.body).toContain('Trả lại tiền mặt, tại chi bộ')
  const id = await ask(payer, payment, [keyOf(payer, NOW)], {
    method: 'cash',
    bank: '',
    number: '',
    holder: '',
  })
  const undone = await post(finance, `/fees/cash/${payment}/undo`, { reason: 'Ghi nhầm.' })
  expect([undone.statusCode, undone.body.includes('trang Hoàn tiền')]).toEqual([409, true])
  await act(secretary, id, 'check')
  const early = await get(secretary, `/fees/refunds/${id}/voucher`)
  expect([early.statusCode, early.body.includes('Chưa có phiếu chi')]).toEqual([409, true])
  await act(deputy, id, 'approve')
  const held = await balance(house.world.cell, 'cash')
  await post(finance, '/fees/cash/bank', { commandId: randomUUID(), amount: String(held), ...PAID_TODAY })
  const short = await act(secretary, id, 'pay-out', PAID_TODAY)
  expect([short.statusCode, short.body.includes('Không đủ tiền mặt')]).toEqual([409, true])
  const other = await owing('Lê Thị Nộp Thêm')
  await post(finance, '/fees/collect', { commandId: randomUUID(), chosen: keyOf(other, NOW), by: 'cash' })
  expect((await get(secretary, `/fees/refunds/${id}/voucher`)).body).toContain(
    'Mười lăm nghìn chín trăm ba mươi đồng',
  )
  expect((await act(secretary, id, 'pay-out', PAID_TODAY)).statusCode).toBe(303)
  expect(await balance(house.world.cell, 'cash')).toBe(0)
  expect((await standings(payer)).paid).toEqual([`${LAST} ${FEE_VND}`])
})

test('what came onto the account above is paid back from there, through the settlement of both', async () => {
  const payer = await owing('Lê Thị Ở Xa', house.world.otherCell)
  const payment = await pay(payer, [keyOf(payer, NOW)], otherWardAccount)
  const { otherCell, otherWard: above } = house.world
  const owed = [await balance(otherCell, 'settlement'), await balance(above, 'settlement')]
  const id = await ask(payer, payment, [keyOf(payer, NOW)], { holder: 'LE THI O XA' })
  expect((await get(secretary, `/fees/refunds/${id}`)).statusCode).toBe(404)
  await act(otherSecretary, id, 'check')
  await act(otherDeputy, id, 'approve')
  const paid = { ...PAID_TODAY, reference: 'FT2' }
  expect((await get(otherSecretary, `/fees/refunds/${id}`)).body).toContain('giữ tiền này nên')
  expect((await act(otherSecretary, id, 'pay-out', paid)).statusCode).toBe(422)
  expect((await act(otherWard, id, 'pay-out', paid)).statusCode).toBe(303)
  expect([await balance(otherCell, 'settlement'), await balance(above, 'settlement')]).toEqual([
    owed[0]! - FEE_VND,
    owed[1]! + FEE_VND,
  ])
})

test('another holder needs a written reason; a wrong amount opens the month with the right one', async () => {
  const payer = await owing('Lê Văn Nhầm Số')
  const chosen = [keyOf(payer, LAST), keyOf(payer, NOW)]
  const id = await ask(payer, await pay(payer, chosen), chosen, {
    reason: 'wrong-amount',
    holder: 'LE THI CON',
  })
  const bare = await act(finance, id, 'check', { 'right-1': '10.000' })
  expect([bare.statusCode, bare.body.includes('ghi vì sao vẫn trả vào đó')]).toEqual([400, true])
  expect(bare.body).toContain('value="10.000"')
  for (const wrong of ['mười', '-10.000', '(10.000)']) {
    const odd = await act(finance, id, 'check', { holderReason: 'con gái nhận thay', 'right-1': wrong })
    expect([odd.statusCode, odd.body.includes('số đồng nguyên')]).toEqual([400, true])
  }
  const checked = { holderReason: 'con gái nhận thay', 'right-0': '0', 'right-1': '10.000' }
  expect((await act(finance, id, 'check', checked)).statusCode).toBe(303)
  expect((await get(secretary, `/fees/refunds/${id}`)).body).toContain('con gái nhận thay')
  await act(secretary, id, 'approve')
  expect(await standings(payer)).toEqual({ open: [`${NOW} 10000`], paid: [], exempt: [`${LAST} 0`] })
  await act(finance, id, 'pay-out', { ...PAID_TODAY, reference: 'FT3' })
})

test('refused with a reason, withdrawn, asked again; the same form twice asks once; a stranger finds nothing', async () => {
  const payer = await owing('Lê Thị Hỏi')
  const payment = await pay(payer, [keyOf(payer, NOW)])
  const fields = {
    commandId: randomUUID(),
    payment,
    chosen: keyOf(payer, NOW),
    reason: 'other',
    method: 'transfer',
    bank: '970405',
    number: '12345678',
    holder: 'LE THI HOI',
  }
  const empty = await post(payer, '/fees/refunds', { ...fields, reason: '', number: '1', chosen: '' })
  expect(empty.statusCode).toBe(400)
  for (const words of ['chọn một lý do', '4 đến 19']) expect(empty.body).toContain(words)
  const unsaid = await post(payer, '/fees/refunds', fields)
  expect([unsaid.statusCode, unsaid.body.includes('ghi lý do')]).toEqual([400, true])
  const whole = { ...fields, note: 'chuyển nhầm tay' }
  const sent = await Promise.all([1, 2, 3].map(() => post(payer, '/fees/refunds', whole)))
  expect(new Set(sent.map(({ statusCode, headers }) => `${statusCode} ${headers.location}`)).size).toBe(1)
  const id = fields.commandId
  for (const other of [{ reason: 'twice' }, { number: '87654321' }, { note: 'chuyển thừa' }])
    expect((await post(payer, '/fees/refunds', { ...whole, ...other })).statusCode).toBe(409)

  const unknown = `/fees/refunds/${randomUUID()}`
  const stranger = await owing('Lê Văn Lạ')
  for (const who of [stranger, otherSecretary]) {
    expect((await get(who, `/fees/refunds/${id}`)).statusCode).toBe((await get(who, unknown)).statusCode)
    expect((await get(who, `/fees/refunds/${id}`)).statusCode).toBe(404)
    expect((await get(who, `/fees/refunds/new?payment=${payment}`)).statusCode).toBe(404)
  }
  expect((await post(stranger, '/fees/refunds', { ...whole, commandId: randomUUID() })).statusCode).toBe(404)
  expect((await act(payer, id, 'approve')).statusCode).toBe(403)

  expect((await act(finance, id, 'refuse')).statusCode).toBe(400)
  expect((await act(finance, id, 'refuse', { why: 'Chưa thấy nộp hai lần' })).statusCode).toBe(303)
  const told = await get(payer, `/fees/refunds/${id}`)
  expect(told.body).toContain('Chưa thấy nộp hai lần')
  expect(told.body).not.toContain('Tài Chính Ba')
  const second = await ask(payer, payment, [keyOf(payer, NOW)], { holder: 'LE THI HOI' })
  expect((await act(payer, second, 'withdraw')).statusCode).toBe(303)
  expect((await act(finance, second, 'check')).statusCode).toBe(409)
  expect(await status(payer, second)).toBe('withdrawn')
  const own = await get(payer, '/fees')
  expect(own.body).toContain(`/fees/refunds/${second}`)
})

test('programs ask and look, all lines where none is named', async () => {
  const payer = await owing('Lê Thị Máy')
  const payment = await pay(payer, [keyOf(payer, LAST), keyOf(payer, NOW)])
  const body = {
    commandId: randomUUID(),
    payment,
    reason: 'twice',
    method: 'transfer',
    bank: '970405',
    number: '12345678',
    holder: 'Lê Thị Máy',
  }
  const sent = await house.ask(payer, { method: 'POST', url: '/api/v1/fees/refunds', payload: body })
  expect(sent.json()).toEqual({ id: body.commandId })
  const told = (await get(payer, `/api/v1/fees/refunds/${body.commandId}`)).json<{
    dueOn: string
    lines: unknown[]
  }>()
  const calendar = await house.parts.calendar()
  expect(told).toMatchObject({
    status: 'asked',
    amountVnd: 2 * FEE_VND,
    dueOn: addWorkingDays(calendar, today, 5),
    late: false,
  })
  expect(told.lines).toHaveLength(2)
  const wrong = { ...body, commandId: randomUUID(), bank: '123456' }
  const refused = await house.ask(payer, { method: 'POST', url: '/api/v1/fees/refunds', payload: wrong })
  expect(refused.statusCode).toBe(400)
  await act(payer, body.commandId, 'withdraw')
  const one = { ...body, commandId: randomUUID(), lines: [keyOf(payer, NOW)] }
  await house.ask(payer, { method: 'POST', url: '/api/v1/fees/refunds', payload: one })
  const less = (await get(payer, `/api/v1/fees/refunds/${one.commandId}`)).json<{ amountVnd: number }>()
  expect(less.amountVnd).toBe(FEE_VND)
  await act(payer, one.commandId, 'withdraw')
})

test('late, those who must act, the committee above and the payer are told, once; paid out, it closes by itself', async () => {
  const payer = await owing('Lê Thị Chờ')
  const id = await ask(payer, await pay(payer, [keyOf(payer, NOW)]), [keyOf(payer, NOW)], {
    holder: 'LE THI CHO',
  })
  const calendar = await house.parts.calendar()
  const due = addWorkingDays(calendar, today, 5)
  const on = (day: string) => ({
    database: house.database,
    contextNow: () => Promise.resolve({ at: new Date(), today: day, calendar, settings: DEFAULT_SETTINGS }),
  })
  const late = async () => {
    const rows = await house.database.read.rows<{ code: string; organisation: string | null }>(sql`
      select code, organisation_id as organisation from notice where once_key like ${`%${id}%`} order by code`)
    return rows.map(({ code, organisation }) => [code, organisation])
  }
  await remindNow(on(due))
  expect(await late()).toEqual([])
  for (const _ of [1, 2]) await remindNow(on(addDays(due, 1)))
  expect(await late()).toEqual([
    ['party-fees.refund-late', house.world.cell],
    ['party-fees.refund-late-below', house.world.ward],
    ['party-fees.refund-late-payer', null],
  ])
  // Nobody of the cell acts: two of the committee above do.
  const clerk = await addVisitor(house, 'Văn Phòng Phường', 'office-clerk', house.world.ward)
  expect((await act(ward, id, 'check')).statusCode).toBe(303)
  expect((await act(clerk, id, 'approve')).statusCode).toBe(303)
  await act(finance, id, 'pay-out', { ...PAID_TODAY, reference: 'FT4' })
  const last = addWorkingDays(calendar, today, 5)
  await closeNow(on(last))
  expect(await status(payer, id)).toBe('paid-out')
  await closeNow(on(addDays(last, 1)))
  expect(await status(payer, id)).toBe('closed')
})

test('a deputy is no second person, and the deputy of the payer decides nothing of the payer’s money', async () => {
  const { cell } = house.world
  const payer = await owing('Lê Thị Nộp')
  const id = await ask(payer, await pay(payer, [keyOf(payer, NOW)]), [keyOf(payer, NOW)])
  const friend = await addVisitor(house, 'Phó Bí Thư Thân', 'cell-deputy-secretary', cell)
  await addDeputy(house, friend.memberId, payer)
  expect((await act(friend, id, 'check')).statusCode).toBe(422)

  const first = await addVisitor(house, 'Tài Chính Vắng', 'finance-officer', cell)
  const hand = await addVisitor(house, 'Người Làm Thay', null, cell)
  const inPlace = await addDeputy(house, hand.memberId, first)
  expect((await act(inPlace, id, 'check')).statusCode).toBe(303)
  const same = await act(first, id, 'approve')
  expect([same.statusCode, same.body.includes('Cần người thứ hai')]).toEqual([422, true])
  expect((await get(first, `/fees/refunds/${id}`)).body).toContain('người thứ hai là người khác')
  await takeBack(house, first)
  expect((await act(first, id, 'approve')).statusCode).toBe(422)
  expect((await act(friend, id, 'approve')).statusCode).toBe(422)
  expect((await act(secretary, id, 'approve')).statusCode).toBe(303)
  const paid = { ...PAID_TODAY, reference: 'FT26151' }
  expect((await act(friend, id, 'pay-out', paid)).statusCode).toBe(422)
  expect((await act(finance, id, 'pay-out', paid)).statusCode).toBe(303)
})

/** A correction: the money of these lines is to pay others; answers its id. */
async function askMove(
  who: Visitor,
  payment: string,
  chosen: readonly string[],
  to: readonly string[],
  reason = 'wrong-month',
): Promise<string> {
  const commandId = randomUUID()
  const fields = { commandId, payment, chosen, to, reason, method: 'move' }
  const sent = await post(who, '/fees/refunds', fields)
  expect(sent.headers.location, sent.body).toBe(`/fees/refunds/${commandId}?done=asked`)
  return commandId
}
interface Told {
  readonly status: string
  readonly to: readonly { readonly period: string; readonly paid: boolean }[]
  readonly movedTo: { readonly id: string; readonly receipt: string } | null
}
const told = async (who: Visitor, id: string): Promise<Told> =>
  (await get(who, `/api/v1/fees/refunds/${id}`)).json<Told>()
/** What the cell holds, and what B01/ĐP says that this month collected. */
const held = async (): Promise<readonly number[]> => {
  const { cell } = house.world
  const { collected } = await house.database.read.one<{ collected: number }>(sql`
    select coalesce(sum(case kind when 'paid' then amount_vnd else -amount_vnd end), 0)::bigint as collected
      from ledger_transfer where debit_owner = ${cell} and kind in ('paid', 'refunded')`)
  return [
    await balance(cell, 'bank'),
    await balance(cell, 'cash'),
    await balance(cell, 'dues'),
    await balance(cell, 'refunds'),
    collected,
  ]
}

test('a wrong month is moved in five presses: two people, a new receipt, the old month open, and no bank is asked', async () => {
  const payer = await owing('Lê Thị Nhầm Tháng')
  const payment = await pay(payer, [keyOf(payer, NOW)])
  expect((await get(payer, `/fees/receipts/${payment}.pdf`)).statusCode).toBe(200)
  const before = await held()
  const reported = async () =>
    (await get(finance, `/api/v1/fees/books?book=b01&period=${NOW}`)).json<unknown>()
  const report = await reported()
  const form = (await get(payer, `/fees/refunds/new?payment=${payment}`)).body
  expect(form).toContain('Chuyển sang tháng khác của tôi')
  expect(form).toContain('Tổng phải đúng bằng số tiền chuyển')
  // Xin hoàn tiền, điều chỉnh · Nộp nhầm tháng · Chuyển sang tháng khác của tôi · the month · Gửi yêu cầu
  const id = await askMove(payer, payment, [keyOf(payer, NOW)], [keyOf(payer, LAST)])
  const page = await get(payer, `/fees/refunds/${id}`)
  expect(page.body).toContain('Xong trước hết ngày')
  expect(page.body).toContain('Đến lượt chi bộ đối chiếu')
  const list = (await get(finance, '/fees/refunds')).body
  expect(list).toMatch(new RegExp(`/fees/refunds/${id}"[^>]*>[^<]*</a> <span[^>]*>Điều chỉnh<`))
  expect(list).toContain('Hạn giải quyết')
  expect((await get(finance, `/fees/refunds/${id}`)).body).toContain('Dòng sao kê của ngân hàng')

  expect((await act(payer, id, 'check')).statusCode).toBe(403)
  expect((await act(finance, id, 'check')).headers.location).toBe(`/fees/refunds/${id}?done=checked`)
  const same = await act(finance, id, 'approve')
  expect([same.statusCode, same.body.includes('Cần người thứ hai')]).toEqual([422, true])
  expect((await get(secretary, `/fees/refunds/${id}`)).body).toContain('Duyệt chuyển 15.930 đ?')
  for (const _ of [1, 2]) expect((await act(secretary, id, 'approve')).statusCode).toBe(303)

  expect(await held()).toEqual(before)
  expect(await reported()).toEqual(report)
  expect(report).toMatchObject({ rows: expect.anything() as unknown })
  expect(await standings(payer)).toMatchObject({ open: [`${NOW} ${FEE_VND}`], paid: [`${LAST} ${FEE_VND}`] })
  const { status: over, movedTo } = await told(payer, id)
  expect(over).toBe('closed')
  expect((await get(payer, `/fees/receipts/${payment}.pdf`)).statusCode).toBe(409)
  const old = (await get(payer, `/api/v1/fees/receipts/${payment}`)).json<{
    receipt: string
    paidAt: string
  }>()
  const receipt = (await get(payer, `/api/v1/fees/receipts/${movedTo!.id}`)).json()
  expect(receipt).toMatchObject({
    receipt: movedTo!.receipt,
    movedFrom: old.receipt,
    method: 'transfer',
    paidAt: old.paidAt,
    amountVnd: FEE_VND,
    lines: [{ period: LAST }],
  })
  expect((await get(payer, `/fees/receipts/${movedTo!.id}.pdf`)).statusCode).toBe(200)
  const done = await get(payer, `/fees/refunds/${id}`)
  for (const words of ['Tiền đã chuyển', `Biên lai mới số ${movedTo!.receipt}`])
    expect(done.body).toContain(words)
  expect((await get(secretary, `/fees/refunds/${id}?done=approved`)).body).toContain('tiền đã chuyển')
  expect(await toldOf(payer)).toEqual(['party-fees.refund-checked', 'party-fees.refund-moved'])
  expect((await act(finance, id, 'pay-out', { ...PAID_TODAY, reference: 'FT' })).statusCode).toBe(409)
  expect((await act(payer, id, 'withdraw')).statusCode).toBe(409)
})

test('a wrong member is moved by the cell: decided by neither who asked, nor who is paid for; each is told', async () => {
  const [wrong, right] = [await owing('Lê Văn Nộp Nhầm'), await owing('Lê Văn Cùng Tên')]
  const helper = await addVisitor(house, 'Phó Bí Thư Được Nộp', 'cell-deputy-secretary', house.world.cell)
  await house.database.transaction((write) => addSchedule(write, helper.memberId, FEE_VND))
  for (const each of MONTHS) await assessMonth(house.database, firstDayOf(each), today)
  const payment = await pay(secretary, [keyOf(wrong, LAST), keyOf(wrong, NOW)])
  const before = await held()
  const form = (await get(finance, `/fees/refunds/new?payment=${payment}`)).body
  expect(form).toContain('Lê Văn Cùng Tên')
  const to = [keyOf(right, NOW), keyOf(helper, NOW)]
  const id = await askMove(finance, payment, [keyOf(wrong, LAST), keyOf(wrong, NOW)], to, 'wrong-person')
  const friend = await addVisitor(house, 'Phó Bí Thư Làm Thay', 'cell-deputy-secretary', house.world.cell)
  await addDeputy(house, friend.memberId, right)
  for (const who of [finance, secretary, helper, friend])
    expect((await act(who, id, 'check')).statusCode).toBe(422)
  const byDatabase = house.database.transaction((write) =>
    write.run(sql`
      update fee_refund set status = 'checked', checked_by = ${helper.memberId}, checked_at = now() where id = ${id}`),
  )
  await expect(byDatabase).rejects.toThrow(/own months/)
  expect((await act(deputy, id, 'check')).statusCode).toBe(303)
  expect((await act(ward, id, 'approve')).statusCode).toBe(303)
  expect(await held()).toEqual(before)
  expect(await standings(wrong)).toMatchObject({ paid: [] })
  expect((await standings(right)).paid).toEqual([`${NOW} ${FEE_VND}`])
  expect(await toldOf(wrong)).toEqual(['party-fees.refund-month-open'])
  expect(await toldOf(right)).toEqual(['party-fees.refund-month-paid'])
  const { movedTo } = await told(ward, id)
  expect((await get(right, `/fees/receipts/${movedTo!.id}.pdf`)).statusCode).toBe(200)
  const own = (await get(right, '/fees')).body
  expect(own).toContain('Do đồng chí khác nộp; cần hoàn thì báo chi bộ.')
  expect(own).not.toContain(`/fees/refunds/new?payment=${movedTo!.id}`)
  expect((await get(wrong, `/fees/receipts/${movedTo!.id}.pdf`)).statusCode).toBe(404)
  expect((await get(right, `/fees/refunds/${id}`)).statusCode).toBe(404)
  // What was moved can be asked back as any payment: it is still the bank's money.
  const back = await ask(finance, movedTo!.id, [keyOf(right, NOW)], { holder: 'BI THU MOT' })
  const looked = (await get(deputy, `/fees/refunds/${back}`)).body
  expect(looked).toContain('Dòng sao kê của ngân hàng')
  expect(looked).not.toContain('>Khác<')
  await act(deputy, back, 'check')
  await act(ward, back, 'approve')
  expect((await act(finance, back, 'pay-out', { ...PAID_TODAY, reference: 'FT-BACK' })).statusCode).toBe(303)
  expect((await standings(right)).paid).toEqual([])
  const stillPaid = await house.database.read.rows(sql`
    select to_char(period, 'YYYY-MM') as month from fee_line_now
     where member_id = ${helper.memberId} and payment_id = ${movedTo!.id} and not replaced`)
  expect(stillPaid).toEqual([{ month: NOW }])
})

test('the payer is not told whose months the cell moved the money to, only how much; they and officers are', async () => {
  const payer = await owing('Lê Thị Không Cần Biết')
  const others = [await owing('Hoàng Thị Kín'), await owing('Hoàng Văn Kín')] as const
  const chosen = [keyOf(payer, LAST), keyOf(payer, NOW)]
  const payment = await pay(payer, chosen)
  const to = others.map((each) => keyOf(each, NOW))
  const id = await askMove(finance, payment, chosen, to, 'wrong-person')
  interface Read extends Told {
    readonly ofOthers: { readonly linesVnd: number; readonly targetsVnd: number }
  }
  const read = async (who: Visitor, which: string) =>
    (await get(who, `/api/v1/fees/refunds/${which}`)).json<Read>()
  const keepsNames = async (which: string) => {
    const { body } = await get(payer, `/fees/refunds/${which}`)
    for (const { memberId } of others) expect(body).not.toContain(memberId)
    expect(body).not.toContain('Hoàng')
    return body
  }
  expect(await keepsNames(id)).toMatch(/Đồng chí khác trong chi bộ: 31\.860\sđ/)
  expect(await read(payer, id)).toMatchObject({
    to: [],
    ofOthers: { linesVnd: 0, targetsVnd: 2 * FEE_VND },
  })
  expect(await read(finance, id)).toMatchObject({ ofOthers: { targetsVnd: 0 } })
  expect((await read(finance, id)).to).toHaveLength(2)
  expect((await get(secretary, `/fees/refunds/${id}`)).body).toContain('Hoàng Thị Kín')
  await act(secretary, id, 'check')
  await act(deputy, id, 'approve')
  const { movedTo } = await read(payer, id)
  await keepsNames(id)

  const receipt = async (who: Visitor) =>
    (await get(who, `/api/v1/fees/receipts/${movedTo!.id}`)).json<Record<string, unknown>>()
  const paper = (who: Visitor) => get(who, `/fees/receipts/${movedTo!.id}.pdf`)
  expect(await receipt(payer)).toMatchObject({ lines: [], othersVnd: 2 * FEE_VND, amountVnd: 2 * FEE_VND })
  expect(await receipt(others[0])).toMatchObject({
    lines: [{ fullName: 'Hoàng Thị Kín' }],
    othersVnd: 0,
    extract: true,
  })
  expect((await receipt(finance)).lines).toHaveLength(2)
  const papers = await Promise.all([payer, others[0], finance].map(paper))
  expect(papers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
  expect(new Set(papers.map(({ rawPayload }) => rawPayload.toString('base64'))).size).toBe(3)

  // Moved money is the cell's to ask back where it paid months of others; of that the payer reads the sum alone, too.
  const form = await get(payer, `/fees/refunds/new?payment=${movedTo!.id}`)
  expect([form.statusCode, form.body.includes('Hoàng')]).toEqual([200, false])
  const again = { commandId: randomUUID(), payment: movedTo!.id, chosen: to[0]!, reason: 'twice' }
  const target = { method: 'transfer', bank: '970405', number: '12345678', holder: 'LE THI KHONG CAN BIET' }
  expect((await post(payer, '/fees/refunds', { ...again, ...target })).statusCode).toBe(404)
  const back = await ask(finance, movedTo!.id, [to[0]!], { holder: target.holder })
  await keepsNames(back)
  expect(await read(payer, back)).toMatchObject({ lines: [], ofOthers: { linesVnd: FEE_VND } })
  await act(secretary, back, 'check')
  await act(deputy, back, 'approve')
  expect(await receipt(payer)).toMatchObject({ lines: [], othersVnd: FEE_VND, amountVnd: FEE_VND })
  const left = await paper(payer)
  expect([left.statusCode, left.rawPayload.equals(papers[0]!.rawPayload)]).toEqual([200, false])
  await act(finance, back, 'pay-out', { ...PAID_TODAY, reference: 'FT-KIN' })
})

test('a correction is refused where amounts differ, where the line is a stranger’s, and where it was paid meanwhile', async () => {
  const payer = await owing('Lê Thị Lệch')
  const other = await owing('Lê Thị Người Khác')
  const far = await owing('Lê Thị Chi Bộ Khác', house.world.otherCell)
  const payment = await pay(payer, [keyOf(payer, LAST), keyOf(payer, NOW)])
  const none = (await get(payer, `/fees/refunds/new?payment=${payment}`)).body
  expect(none).toContain('Không có tháng đang mở nào nhận được số tiền này')
  const asking = (who: Visitor, to: string | readonly string[], chosen: string | readonly string[]) =>
    post(who, '/fees/refunds', {
      commandId: randomUUID(),
      payment,
      chosen,
      to,
      reason: 'wrong-person',
      method: 'move',
    })
  const both = [keyOf(payer, LAST), keyOf(payer, NOW)]
  const differs = await asking(finance, keyOf(other, NOW), both)
  expect(differs.statusCode).toBe(400)
  expect(differs.body).toMatch(/tổng phải đúng bằng số tiền chuyển, 31\.860\sđ/)
  expect(differs.body).toMatch(new RegExp(`value="${keyOf(other, NOW)}" checked`))
  expect((await asking(finance, [], both)).statusCode).toBe(400)
  // Another's line is as unknown to the payer as one that nobody has, and so is another cell's to the cell.
  for (const [who, to] of [
    [payer, keyOf(other, NOW)],
    [payer, `${randomUUID()}_${NOW}_0`],
    [finance, keyOf(far, NOW)],
  ] as const)
    expect((await asking(who, to, keyOf(payer, NOW))).statusCode).toBe(404)
  expect((await asking(finance, keyOf(payer, LAST), keyOf(payer, NOW))).statusCode).toBe(409)

  const id = await askMove(finance, payment, [keyOf(payer, NOW)], [keyOf(other, NOW)], 'wrong-person')
  expect((await asking(finance, keyOf(other, LAST), keyOf(payer, NOW))).statusCode).toBe(409)
  await act(secretary, id, 'check')
  await pay(other, [keyOf(other, NOW)])
  const late = await act(deputy, id, 'approve')
  expect([late.statusCode, late.body.includes('Tháng này đã nộp')]).toEqual([409, true])
  const kept = (await get(deputy, `/fees/refunds/${id}`)).body
  expect(kept).toContain('Khoản nhận tiền đã nộp, hoặc đã đổi')
  expect(kept).not.toContain(`/fees/refunds/${id}/approve`)
  for (const who of [payer, finance])
    expect((await get(who, `/fees/refunds/${id}`)).body).toContain('rút yêu cầu này rồi chọn khoản khác')
  expect((await act(deputy, id, 'refuse', { why: 'Tháng kia đã nộp' })).statusCode).toBe(303)
  expect((await standings(payer)).paid).toHaveLength(2)

  // A line that was adjusted meanwhile costs another amount.
  const second = await askMove(finance, payment, [keyOf(payer, NOW)], [keyOf(other, LAST)], 'wrong-person')
  await act(secretary, second, 'check')
  const adjusted = await post(deputy, `/fees/members/${other.memberId}/adjust`, {
    commandId: randomUUID(),
    line: `${firstDayOf(LAST)}_0`,
    amount: '10.000',
    reason: 'Giảm lương.',
  })
  expect(adjusted.headers.location).toContain('done=adjusted')
  expect((await act(ward, second, 'approve')).statusCode).toBe(400)
  expect((await act(payer, second, 'withdraw')).statusCode).toBe(303)
  expect(await status(payer, second)).toBe('withdrawn')
})

test('the same form twice asks once; a correction that waits keeps the payment from a second request', async () => {
  const payer = await owing('Lê Thị Hai Lần')
  const payment = await pay(payer, [keyOf(payer, NOW)])
  const fields = {
    commandId: randomUUID(),
    payment,
    chosen: keyOf(payer, NOW),
    to: keyOf(payer, LAST),
    reason: 'wrong-month',
    method: 'move',
  }
  const sent = await Promise.all([1, 2, 3].map(() => post(payer, '/fees/refunds', fields)))
  expect(new Set(sent.map(({ headers }) => headers.location))).toEqual(
    new Set([`/fees/refunds/${fields.commandId}?done=asked`]),
  )
  expect((await post(payer, '/fees/refunds', { ...fields, commandId: randomUUID() })).statusCode).toBe(409)
  const body = { ...fields, commandId: randomUUID(), lines: [keyOf(payer, NOW)], to: [keyOf(payer, LAST)] }
  const asProgram = await house.ask(payer, { method: 'POST', url: '/api/v1/fees/refunds', payload: body })
  expect(asProgram.statusCode).toBe(409)
  await act(payer, fields.commandId, 'withdraw')
  const again = await house.ask(payer, { method: 'POST', url: '/api/v1/fees/refunds', payload: body })
  expect(again.json()).toEqual({ id: body.commandId })
  expect((await told(payer, body.commandId)).to).toMatchObject([{ period: LAST, paid: false }])
  await act(payer, body.commandId, 'withdraw')
})

test('cash that was moved stays in hand: the cash book of the day says so, and nobody gives it back twice', async () => {
  const payer = await owing('Lê Văn Tiền Mặt Nhầm')
  await post(finance, '/fees/collect', { commandId: randomUUID(), chosen: keyOf(payer, NOW), by: 'cash' })
  const { id: payment } = await house.database.read.one<{ id: string }>(
    sql`select id from fee_payment where payer_id = ${payer.memberId}`,
  )
  const before = await held()
  const id = await askMove(payer, payment, [keyOf(payer, NOW)], [keyOf(payer, LAST)])
  await act(secretary, id, 'check')
  await act(deputy, id, 'approve')
  expect(await held()).toEqual(before)
  const { movedTo } = await told(payer, id)
  const undone = (paymentId: string) => post(finance, `/fees/cash/${paymentId}/undo`, { reason: 'Ghi nhầm.' })
  expect((await undone(payment)).statusCode).toBe(409)
  expect((await undone(movedTo!.id)).statusCode).toBe(404)
  const book = (await get(finance, '/fees/cash')).body
  expect(book).not.toContain(movedTo!.id)
  // Asked back in cash after all, it leaves the hand once.
  const back = await ask(payer, movedTo!.id, [keyOf(payer, LAST)], {
    method: 'cash',
    bank: '',
    number: '',
    holder: '',
  })
  await act(secretary, back, 'check')
  await act(deputy, back, 'approve')
  expect((await act(secretary, back, 'pay-out', PAID_TODAY)).statusCode).toBe(303)
  expect(await balance(house.world.cell, 'cash')).toBe(before[1]! - FEE_VND)
})

test('money on the account above is moved without it: both settlements stay as they are', async () => {
  const { otherCell, otherWard: above } = house.world
  const payer = await owing('Lê Thị Ở Xa Nhầm', otherCell)
  const payment = await pay(payer, [keyOf(payer, NOW)], otherWardAccount)
  const owed = [await balance(otherCell, 'settlement'), await balance(above, 'settlement')]
  const id = await askMove(payer, payment, [keyOf(payer, NOW)], [keyOf(payer, LAST)])
  await act(otherSecretary, id, 'check')
  await act(otherDeputy, id, 'approve')
  expect(await status(payer, id)).toBe('closed')
  expect([await balance(otherCell, 'settlement'), await balance(above, 'settlement')]).toEqual(owed)
})
