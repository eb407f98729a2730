/** Paying Party fees through the house: by code, several months, a list of the cell's, cash and its undoing, receipts that anybody can check. */
import { randomUUID } from 'node:crypto'
import { QRPay } from 'vietnam-qr-pay'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../../../tests/house.ts'
import { sql } from '../../../kernel/db.ts'
import { addToMonth, firstDayOf, monthOf, todayIn } from '../../../kernel/plain-date.ts'
import { verifyPaper } from '../../../signatures/verify.ts'
import { assessMonth } from '../assessing/assess.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { addAccount, addSchedule, addVisitor } from '../test-builders.ts'
import { settleLines } from './settle.ts'

const FEE_VND = 15_930

let house: House
let secretary: Visitor
let finance: Visitor
let stranger: Visitor
let account: string
const today = todayIn(new Date())
const MONTHS = [-1, 0].map((months) => addToMonth(monthOf(today), months))
const [LAST = '', NOW = ''] = MONTHS

beforeAll(async () => {
  house = await openHouse()
  const { cell, otherCell } = house.world
  secretary = await visitor('Bí Thư Bốn', 'cell-secretary', cell)
  finance = await visitor('Tài Chính Năm', 'finance-officer', cell)
  stranger = await visitor('Bí Thư Sáu', 'cell-secretary', otherCell)
  account = await house.database.transaction((write) => addAccount(write, cell))
})
afterAll(() => house.close())
/** Whatever a test did, the ledger adds up. */
afterEach(async () => {
  const { problems } = await verifyLedger(house.database)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
})

/** Somebody signed in, in an office of this organisation or in the member's own hat. */
const visitor = (name: string, position: string | null, organisationId: string): Promise<Visitor> =>
  addVisitor(house, name, position, organisationId)

/** A member of the cell who owes the last month and this one. */
async function owing(name: string, organisationId = house.world.cell): Promise<Visitor> {
  const member = await visitor(name, null, organisationId)
  await house.database.transaction((write) => addSchedule(write, member.memberId, FEE_VND))
  for (const month of MONTHS) await assessMonth(house.database, firstDayOf(month), today)
  return member
}

const get = async (who: Visitor, url: string) => house.ask(who, { method: 'GET', url })
const post = async (who: Visitor, url: string, fields: Record<string, string | string[]>) =>
  house.ask(who, {
    method: 'POST',
    url,
    payload: new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) =>
        [value].flat().map((each): [string, string] => [name, each]),
      ),
    ).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
const keyOf = (who: Visitor, month: string, number = 0) => `${who.memberId}_${month}_${number}`

interface Told {
  readonly id: string
  readonly key: string
  readonly amountVnd: number
  readonly qrText: string
  readonly takenMonths: readonly string[]
  readonly payment: { readonly id: string; readonly receipt: string } | null
}
const order = async (who: Visitor, address: string): Promise<Told> =>
  (await get(who, `/api/v1${address}`)).json<Told>()

/** The bank tells of the money, as its go-between would. */
const bank = (key: string, amountVnd: number) =>
  settleLines(
    house.database,
    [
      {
        accountId: account,
        reference: randomUUID(),
        amountVnd,
        direction: 'in',
        content: `CT DEN ${key} ND`,
        bookedAt: new Date(),
        source: 'sepay',
        key,
      },
    ],
    { at: new Date(), today },
  )

/** The address behind a button: what the form on a page sends. */
function formOf(page: string, action: string): Record<string, string[]> {
  const form = new RegExp(`<form[^>]*action="${action}"[\\s\\S]*?</form>`).exec(page)?.[0] ?? ''
  const fields: Record<string, string[]> = {}
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const [name, value, type] = ['name', 'value', 'type'].map(
      (each) => new RegExp(`${each}="([^"]*)"`).exec(tag)?.[1],
    )
    if (name && value !== undefined && (type === 'hidden' || / checked/.test(tag)))
      (fields[name] ??= []).push(value)
  }
  return fields
}

test('three presses from the first page: pay, the code, and when the bank has told, the receipt', async () => {
  const member = await owing('Lê Thị Nộp')
  const first = await get(member, '/')
  expect(first.body).toContain('Đảng phí 2 tháng chưa nộp: 31.860\u00a0đ')
  expect(first.body).toMatch(/<a href="\/fees" class="button"[^>]*>Nộp/)

  const page = await get(member, '/fees')
  expect(page.body).toContain('31.860\u00a0đ')
  const sent = await post(member, '/fees/orders', formOf(page.body, '/fees/orders'))
  expect(sent.statusCode).toBe(303)
  const address = String(sent.headers.location)
  const shown = await get(member, address)
  expect(shown.body).toContain('31.860\u00a0đ')
  expect(shown.body).toContain('http-equiv="refresh"')
  const standing = async () =>
    (await get(member, `${address}/standing?aside=no`)).json<{ finished: boolean }>()
  expect(await standing()).toMatchObject({ finished: false })
  const picture = await get(member, `${address}/qr.png`)
  expect(picture.headers['content-type']).toBe('image/png')

  const { key, qrText, amountVnd } = await order(member, address)
  const read = new QRPay(qrText)
  expect([read.isValid, read.amount, read.additionalData.purpose]).toEqual([true, '31860', key])
  expect(read.consumer.bankBin).toBe('970436')
  expect(shown.body).toContain(key)

  expect(await bank(key, amountVnd)).toMatchObject([{ outcome: 'matched' }])
  expect(await standing()).toMatchObject({ finished: true })
  const paid = await get(member, address)
  expect(paid.body).toContain('Đã nộp 31.860\u00a0đ')
  expect(paid.body).not.toContain('http-equiv="refresh"')
  const { payment } = await order(member, address)
  const after = await get(member, '/fees')
  expect(after.body).toContain('Đồng chí không còn tháng nào phải nộp.')
  expect(after.body).toContain(`/fees/receipts/${payment!.id}.pdf`)
  expect((await get(member, '/')).body).not.toContain('chưa nộp')
})

test('a receipt is one paper: the same bytes for who opens it again, whole by its signature, known at the public page', async () => {
  const member = await owing('Lê Văn Biên')
  const made = await post(member, '/fees/orders', { commandId: randomUUID(), chosen: keyOf(member, NOW) })
  const { key, amountVnd } = await order(member, String(made.headers.location))
  await bank(key, amountVnd)
  const { payment } = await order(member, String(made.headers.location))
  const address = `/fees/receipts/${payment!.id}.pdf`
  const [one, other] = await Promise.all([get(member, address), get(secretary, address)])
  expect(one.headers['content-type']).toBe('application/pdf')
  expect(one.rawPayload.equals(other.rawPayload)).toBe(true)
  expect((await get(member, address)).rawPayload.equals(one.rawPayload)).toBe(true)
  const trust = await house.parts.signers.trustRoots()
  const report = verifyPaper(new Uint8Array(one.rawPayload), { trust, at: new Date() })
  expect([report.valid, report.trusted]).toEqual([true, true])
  expect(report.signatures.map(({ place, standing }) => [place, standing])).toEqual([['system', 'valid']])

  const { token } = await house.database.read.one<{ token: string }>(
    sql`select token from paper where id = ${payment!.id}`,
  )
  const check = await get(house.visitors.nobody, `/verify/${token}`)
  expect(check.body).toContain('Biên lai thu đảng phí')
  expect(check.body).toContain(`<dd>${payment!.receipt}</dd>`)
  expect(check.body).not.toContain('Lê Văn Biên')
  const told = (await get(member, `/api/v1/fees/receipts/${payment!.id}`)).json<{ amountInWords: string }>()
  expect(told.amountInWords).toBe('Mười lăm nghìn chín trăm ba mươi đồng')
  expect((await get(stranger, address)).statusCode).toBe(404)
  expect((await get(house.visitors.member, address)).statusCode).toBe(404)
})

test('two phones ask for the same months and get one code; another choice is another order', async () => {
  const member = await owing('Lê Thị Hai Máy')
  const both = [keyOf(member, LAST), keyOf(member, NOW)]
  const asked = await Promise.all(
    [both, both.toReversed()].map((chosen) =>
      post(member, '/fees/orders', { commandId: randomUUID(), chosen }),
    ),
  )
  const addresses = new Set(asked.map(({ headers }) => String(headers.location)))
  expect(addresses.size).toBe(1)
  const alone = await post(member, '/fees/orders', { commandId: randomUUID(), chosen: both[1]! })
  const [together = ''] = addresses
  expect(alone.headers.location).not.toBe(together)

  const { key, amountVnd } = await order(member, String(alone.headers.location))
  await bank(key, amountVnd)
  const late = await get(member, together)
  expect(late.body).toContain('Đừng chuyển tiền theo mã này nữa')
  expect(late.body).not.toContain('qr.png')
  expect((await order(member, together)).takenMonths).toEqual([NOW])
  const again = await post(member, '/fees/orders', { commandId: randomUUID(), chosen: both })
  expect([again.statusCode, again.body.includes('Tháng này đã nộp')]).toEqual([409, true])
})

test('the same form sent twice makes one order; somebody else’s id is refused', async () => {
  const member = await owing('Lê Văn Gửi')
  const commandId = randomUUID()
  const fields = { commandId, chosen: keyOf(member, NOW) }
  const [one, two] = [await post(member, '/fees/orders', fields), await post(member, '/fees/orders', fields)]
  expect(one.headers.location).toBe(two.headers.location)
  const other = await owing('Lê Văn Trùng')
  const refused = await post(other, '/fees/orders', { commandId, chosen: keyOf(other, NOW) })
  expect(refused.statusCode).toBe(409)
})

test('foreign lines and orders answer like unknown ones', async () => {
  const member = await owing('Lê Thị Chủ')
  const made = await post(member, '/fees/orders', { commandId: randomUUID(), chosen: keyOf(member, NOW) })
  const address = String(made.headers.location)
  const unknown = `/fees/orders/${randomUUID()}`
  for (const who of [house.visitors.member, stranger])
    for (const part of ['', '/qr.png'])
      expect((await get(who, address + part)).statusCode).toBe((await get(who, unknown + part)).statusCode)
  expect((await get(house.visitors.member, address)).statusCode).toBe(404)
  const chosen = keyOf(member, NOW)
  for (const who of [house.visitors.member, stranger])
    expect((await post(who, '/fees/orders', { commandId: randomUUID(), chosen })).statusCode).toBe(404)
  expect(
    (await post(house.visitors.administrator, '/fees/orders', { commandId: randomUUID(), chosen }))
      .statusCode,
  ).toBe(403)
})

test('the cell pays for a list with one code; each member has the own part of the receipt, and nobody else’s', async () => {
  const [one, two] = [await owing('Lê Thị Một Mình'), await owing('Lê Văn Hai Mình')]
  const list = await get(secretary, '/fees/collect')
  expect(list.body).toContain('Lê Thị Một Mình')
  const chosen = [keyOf(one, LAST), keyOf(one, NOW), keyOf(two, NOW)]
  const sent = await post(secretary, '/fees/collect', { commandId: randomUUID(), by: 'qr', chosen })
  const address = String(sent.headers.location)
  const { key, amountVnd } = await order(secretary, address)
  expect(amountVnd).toBe(3 * FEE_VND)
  expect((await order(finance, address)).key).toBe(key)
  const shown = await get(secretary, address)
  expect(shown.body).toContain('2 đồng chí, 3 tháng')
  expect((await get(one, address)).statusCode).toBe(404)
  await bank(key, amountVnd)

  const { payment } = await order(secretary, address)
  const receipt = `/api/v1/fees/receipts/${payment!.id}`
  const whole = (await get(secretary, receipt)).json<{
    lines: unknown[]
    extract: boolean
    amountVnd: number
  }>()
  expect([whole.lines.length, whole.extract, whole.amountVnd]).toEqual([3, false, 3 * FEE_VND])
  const part = (await get(two, receipt)).json<{
    lines: { fullName: string }[]
    extract: boolean
    amountVnd: number
  }>()
  expect([part.lines.map(({ fullName }) => fullName), part.extract, part.amountVnd]).toEqual([
    ['Lê Văn Hai Mình'],
    true,
    FEE_VND,
  ])
  const papers = await Promise.all(
    [secretary, one, two].map((who) => get(who, `/fees/receipts/${payment!.id}.pdf`)),
  )
  expect(new Set(papers.map(({ rawPayload }) => rawPayload.toString('base64'))).size).toBe(3)
})

test('cash at the meeting: booked at once with a receipt each, once for the same form', async () => {
  const [one, two] = [await owing('Lê Thị Tiền'), await owing('Lê Văn Mặt')]
  const fields = {
    commandId: randomUUID(),
    by: 'cash',
    chosen: [keyOf(one, LAST), keyOf(one, NOW), keyOf(two, NOW)],
  }
  const sent = await post(finance, '/fees/collect', fields)
  expect(sent.headers.location).toBe('/fees/cash?done=taken&receipts=2&amount=47790')
  expect((await post(finance, '/fees/collect', fields)).headers.location).toBe(sent.headers.location)
  const book = await get(finance, String(sent.headers.location))
  expect(book.body).toContain('Đã ghi 2 biên lai, cộng 47.790\u00a0đ')
  const slips = await get(finance, '/fees/cash/slips')
  expect(slips.body).toContain('Ba mươi mốt nghìn tám trăm sáu mươi đồng')
  expect(slips.body).toContain('Mười lăm nghìn chín trăm ba mươi đồng')
  expect((await get(one, '/fees')).body).toContain('tiền mặt')
  expect(await inHand()).toBe(3 * FEE_VND)

  const taken = await post(secretary, '/fees/collect', { ...fields, commandId: randomUUID() })
  expect(taken.statusCode).toBe(409)
})

/** What the cell has in cash. */
async function inHand(): Promise<number> {
  const { held } = await house.database.read.one<{ held: number }>(sql`
    select coalesce(sum(debit_vnd - credit_vnd), 0)::bigint as held from ledger_balance
     where owner = ${house.world.cell} and account = 'cash'`)
  return held
}

test('cash booked by mistake is given back the same day by who took it: moved back, open again, the receipt void', async () => {
  const member = await owing('Lê Thị Nhầm')
  const before = await inHand()
  await post(finance, '/fees/collect', { commandId: randomUUID(), by: 'cash', chosen: keyOf(member, NOW) })
  const { id } = await house.database.read.one<{ id: string }>(
    sql`select id from fee_payment where payer_id = ${member.memberId}`,
  )
  const receipt = `/fees/receipts/${id}.pdf`
  expect((await get(member, receipt)).statusCode).toBe(200)
  const undo = `/fees/cash/${id}/undo`
  expect((await get(stranger, undo)).statusCode).toBe(404)
  expect((await post(stranger, undo, { reason: 'ghi nhầm người' })).statusCode).toBe(404)
  const others = await post(secretary, undo, { reason: 'ghi nhầm người' })
  expect(others.body).toContain('Chỉ người đã thu mới trả lại được')
  expect((await post(finance, undo, { reason: ' ' })).body).toContain('Đồng chí ghi lý do')
  expect((await get(finance, undo)).body).toContain('Lê Thị Nhầm')
  const done = await post(finance, undo, { reason: 'ghi nhầm người' })
  expect(done.headers.location).toBe('/fees/cash?done=undone')
  expect((await post(finance, undo, { reason: 'ghi nhầm người' })).headers.location).toBe(
    done.headers.location,
  )

  expect(await inHand()).toBe(before)
  expect((await get(member, receipt)).statusCode).toBe(409)
  const paper = await house.database.read.one<{ token: string }>(
    sql`select token from paper where id = ${id}`,
  )
  expect((await get(house.visitors.nobody, `/verify/${paper.token}`)).body).toMatch(/hủy|không còn giá trị/)
  const old = await post(member, '/fees/orders', { commandId: randomUUID(), chosen: keyOf(member, NOW) })
  expect(old.body).toContain('Số phải nộp đã đổi')
  const open = formOf((await get(member, '/fees')).body, '/fees/orders')
  expect(open.chosen).toContain(keyOf(member, NOW, 1))
  expect((await post(member, '/fees/orders', open as Record<string, string[]>)).statusCode).toBe(303)
})

test('cash is paid into the account once; more than there is, or to-morrow, is refused', async () => {
  const before = await inHand()
  const [year = '', month = '', day = ''] = today.split('-')
  const fields = {
    commandId: randomUUID(),
    amount: '10.000',
    'on-day': day,
    'on-month': month,
    'on-year': year,
  }
  for (const _ of [1, 2])
    expect((await post(finance, '/fees/cash/bank', fields)).headers.location).toBe('/fees/cash?done=banked')
  expect(await inHand()).toBe(before - 10_000)
  const page = await get(finance, '/fees/cash?done=banked')
  expect(page.body).toContain('Đã ghi tiền mặt nộp vào tài khoản')
  const more = await post(finance, '/fees/cash/bank', {
    ...fields,
    commandId: randomUUID(),
    amount: '99.000.000',
  })
  expect(more.body).toContain('Nhiều hơn tiền mặt đang giữ')
  const next = await post(finance, '/fees/cash/bank', {
    ...fields,
    commandId: randomUUID(),
    'on-year': '2099',
  })
  expect(next.body).toContain('Ngày nộp chưa tới')
  const nothing = await post(finance, '/fees/cash/bank', {
    ...fields,
    commandId: randomUUID(),
    amount: 'năm',
  })
  expect(nothing.statusCode).toBe(400)
})

test('a cell without an account: members pay on the ward’s, cash goes there, and without any the way is told', async () => {
  const { otherCell, otherWard } = house.world
  const member = await owing('Lê Văn Nhờ', otherCell)
  const asked = { commandId: randomUUID(), chosen: keyOf(member, NOW) }
  const none = await post(member, '/fees/orders', asked)
  expect([none.statusCode, none.body.includes('nộp tiền mặt cho chi bộ')]).toEqual([422, true])
  await house.database.transaction((write) => addAccount(write, otherWard))
  const made = await post(member, '/fees/orders', asked)
  expect((await get(member, String(made.headers.location))).body).toContain(
    'tiền vào tài khoản của Đảng bộ Phường Cầu Kiệu',
  )
  await post(stranger, '/fees/collect', { commandId: randomUUID(), by: 'cash', chosen: keyOf(member, LAST) })
  const [year = '', month = '', day = ''] = today.split('-')
  const on = { 'on-day': day, 'on-month': month, 'on-year': year }
  const banked = await post(stranger, '/fees/cash/bank', {
    commandId: randomUUID(),
    amount: String(FEE_VND),
    ...on,
  })
  expect(banked.headers.location).toBe('/fees/cash?done=banked')
  const balances = await house.database.read.rows<{ account: string; held: number }>(sql`
    select account, debit_vnd - credit_vnd as held from ledger_balance where owner = ${otherWard} order by account`)
  expect(balances).toEqual([
    { account: 'bank', held: FEE_VND },
    { account: 'settlement', held: -FEE_VND },
  ])
})

test('who declared nothing is led to declare; an office without fees is told whose work it is', async () => {
  const fresh = await visitor('Lê Văn Mới', null, house.world.cell)
  expect((await get(fresh, '/fees')).body).toContain('href="/fees/declare"')
  const building = await visitor('Cán Bộ Bảy', 'building-officer', house.world.ward)
  expect((await get(building, '/fees/collect')).statusCode).toBe(403)
  expect((await get(building, '/fees')).statusCode).toBe(403)
  expect((await get(secretary, '/fees')).headers.location).toBe('/fees/month')
  expect(
    (await post(secretary, '/fees/collect', { commandId: randomUUID(), by: 'cash' })).headers.location,
  ).toBe('/fees/collect?nothing')
})
