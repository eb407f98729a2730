/** A month of a cell through HTTP: declared, approved, assessed, adjusted; on behalf; returned; the same form twice; foreign ids. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../../../tests/house.ts'
import { sql } from '../../../kernel/db.ts'
import { addToMonth, firstDayOf, monthOf, todayIn } from '../../../kernel/plain-date.ts'
import { assessNow } from '../assessing/sweeps.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { addAccount, addVisitor, openPage, payLine, postForm } from '../test-builders.ts'

let house: House
let secretary: Visitor
let foreignSecretary: Visitor
let member: Visitor
let account: string

const now = () => monthOf(todayIn(house.parts.clock.now()))

beforeAll(async () => {
  house = await openHouse()
  account = await house.database.transaction((write) => addAccount(write, house.world.cell))
})
afterAll(() => house.close())

const officer = (position: string, organisationId: string) =>
  addVisitor(house, 'Bí Thư Thu', position, organisationId)
const person = (name: string) => addVisitor(house, name, null, house.world.cell)

beforeEach(async () => {
  secretary = await officer('cell-secretary', house.world.cell)
  foreignSecretary = await officer('cell-secretary', house.world.otherCell)
  member = await person('Đảng Viên Khai')
})

afterEach(async () => {
  const { problems } = await verifyLedger(house.database)
  if (problems.length > 0) throw new Error(`the ledger is not clean: ${JSON.stringify(problems)}`)
})

const form = (who: Visitor, url: string, fields: Readonly<Record<string, string>>) =>
  postForm(house, who, url, fields)
const page = (who: Visitor, url: string) => openPage(house, who, url)
const month = (period: string) => ({
  'fromPeriod-month': period.slice(5),
  'fromPeriod-year': period.slice(0, 4),
})

/** Through all pages, as a browser without scripts would. @returns the declaration's id */
async function declareAs(
  who: Visitor,
  fields: Readonly<Record<string, string>>,
  from = now(),
  base = '/fees/declare',
): Promise<string> {
  expect((await form(who, base, { ...fields, ...month(from), 'fromPeriod-day': '' })).headers.location).toBe(
    undefined,
  )
  const asked = await form(who, base, { ...fields, ...month(from) })
  expect(asked.headers.location).toBe(`${base}/check`)
  const check = await page(who, `${base}/check`)
  const hidden = Object.fromEntries(
    [...check.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      value!,
    ]),
  )
  const id = /name="commandId" value="([^"]+)"/.exec(check)?.[1] ?? ''
  const body = { ...hidden, commandId: id, declared: 'yes' }
  for (const _ of [1, 2]) {
    const sent = await form(who, `${base}/send`, body)
    expect(sent.headers.location).toBe(`${base}?done=sent`)
  }
  return id
}

const linesOf = (memberId: string) =>
  house.database.read.rows<{
    period: string
    number: number
    kind: string
    amount: number
    replaced: boolean
    waiting: boolean
  }>(sql`
    select to_char(period, 'YYYY-MM') as period, number, kind, amount_vnd as amount, replaced, waiting from fee_line_now
     where member_id = ${memberId} order by period, number`)
const line = (period: string, number: number, kind: string, amount: number, more = {}) => ({
  period,
  number,
  kind,
  amount,
  replaced: false,
  waiting: false,
  ...more,
})

const pay = (memberId: string, period: string, number = 0) =>
  payLine(house.database, account, { memberId, period: firstDayOf(period), number }, house.parts.clock.now())

test('declared, approved, a line of the month; adjusted; the same form twice does one thing', async () => {
  const id = await declareAs(member, { kind: 'insured', salaryVnd: '8.000.000' })
  expect(await page(member, '/fees/declare')).toContain('đang chờ chi bộ duyệt')
  expect(await page(secretary, '/fees/declarations')).toContain('80.000 đ')
  expect(await page(secretary, '/fees/month')).toContain('Kê khai chờ duyệt')
  for (const _ of [1, 2])
    expect((await form(secretary, `/fees/declarations/${id}/approve`, {})).headers.location).toBe(
      `/fees/declarations/${id}?approved=1`,
    )
  expect(await linesOf(member.memberId)).toEqual([line(now(), 0, 'month', 80_000)])
  expect(await page(secretary, '/fees/month?state=to-pay')).toContain('Đảng Viên Khai')

  const adjusting = {
    commandId: randomUUID(),
    line: `${firstDayOf(now())}_0`,
    amount: '40.000',
    reason: 'Tháng này nghỉ nửa tháng không lương',
  }
  for (const _ of [1, 2]) {
    const adjusted = await form(secretary, `/fees/members/${member.memberId}/adjust`, adjusting)
    expect(adjusted.headers.location).toContain('done=adjusted')
  }
  expect(await linesOf(member.memberId)).toEqual([
    line(now(), 0, 'month', 80_000, { replaced: true }),
    line(now(), 1, 'replacement', 40_000),
  ])
  expect(await page(secretary, `/fees/members/${member.memberId}`)).toContain('nghỉ nửa tháng')
  await pay(member.memberId, now(), 1)
  const late = await form(secretary, `/fees/members/${member.memberId}/adjust`, {
    ...adjusting,
    commandId: randomUUID(),
    line: `${firstDayOf(now())}_1`,
    amount: '1',
  })
  expect(late.statusCode).toBe(409)
  expect(late.body).toContain('Khoản này đã nộp')
  expect(late.body).toContain('nghỉ nửa tháng')
})

test('on behalf of a member without a phone: recorded as such, and the member is told', async () => {
  const base = `/fees/members/${member.memberId}/declare`
  const id = await declareAs(secretary, { kind: 'pension', pensionVnd: '5000000' }, now(), base)
  const { by } = await house.database.read.one<{ by: string }>(
    sql`select declared_by as by from fee_declaration where id = ${id}`,
  )
  expect(by).toBe(secretary.memberId)
  expect(await page(member, '/fees/declare')).toContain('Bí Thư Thu')
  expect(await page(member, '/notices')).toContain('khai hộ')
  await form(secretary, `/fees/declarations/${id}/approve`, {})
  expect(await linesOf(member.memberId)).toEqual([line(now(), 0, 'month', 25_000)])
})

test('returned with the reason, which the member reads; declared anew', async () => {
  const id = await declareAs(member, { kind: 'student' })
  expect((await form(secretary, `/fees/declarations/${id}/return`, {})).statusCode).toBe(400)
  await form(secretary, `/fees/declarations/${id}/return`, { reason: 'Đồng chí đã ra trường tháng trước' })
  expect(await page(member, '/fees/declare')).toContain('đã ra trường tháng trước')
  expect(await page(member, '/notices')).toContain('trả lại')
  expect(await linesOf(member.memberId)).toEqual([])
  await declareAs(member, { kind: 'insured', salaryVnd: '6000000' })
})

test('a form that cannot be taken comes back as it was written; nothing is declared without the tick', async () => {
  const refused = await form(member, '/fees/declare', {
    kind: 'insured',
    salaryVnd: 'tám triệu',
    ...month(now()),
  })
  expect(refused.statusCode).toBe(400)
  expect(refused.body).toContain('tám triệu')
  expect(refused.body).toContain('chỉ gồm chữ số')
  const unticked = await form(member, '/fees/declare/send', {
    commandId: randomUUID(),
    kind: 'student',
    fromPeriod: now(),
  })
  expect(unticked.statusCode).toBe(400)
  const early = await form(member, '/fees/declare/send', {
    commandId: randomUUID(),
    kind: 'student',
    fromPeriod: addToMonth(now(), -13),
    declared: 'yes',
  })
  expect(early.statusCode).toBe(422)
  expect(early.body).toContain('Kê khai được tính từ')
  expect(
    await house.database.read.rows(sql`select from fee_declaration where member_id = ${member.memberId}`),
  ).toEqual([])
})

test('a declaration from an earlier month: missed months get lines; a second one adds or replaces, and leaves what is paid', async () => {
  const [two, one] = [addToMonth(now(), -2), addToMonth(now(), -1)]
  const first = await declareAs(member, { kind: 'pension', pensionVnd: '8000000' }, two)
  await form(secretary, `/fees/declarations/${first}/approve`, {})
  expect(await linesOf(member.memberId)).toEqual([
    line(two, 0, 'month', 40_000),
    line(one, 0, 'month', 40_000),
    line(now(), 0, 'month', 40_000),
  ])
  await pay(member.memberId, two)
  const dearer = await declareAs(member, { kind: 'pension', pensionVnd: '10000000' }, two)
  expect(await page(secretary, `/fees/declarations/${dearer}`)).toContain('ghi truy thu 10.000 đ')
  await form(secretary, `/fees/declarations/${dearer}/approve`, {})
  const added = [
    line(two, 0, 'month', 40_000),
    line(two, 1, 'arrears', 10_000),
    line(one, 0, 'month', 40_000),
    line(one, 1, 'arrears', 10_000),
    line(now(), 0, 'month', 40_000),
    line(now(), 1, 'arrears', 10_000),
  ]
  expect(await linesOf(member.memberId)).toEqual(added)
  const cheaper = await declareAs(member, { kind: 'pension', pensionVnd: '7000000' }, two)
  await form(secretary, `/fees/declarations/${cheaper}/approve`, {})
  expect((await linesOf(member.memberId)).filter(({ replaced }) => !replaced)).toEqual([
    line(two, 0, 'month', 40_000),
    line(two, 2, 'replacement', 0),
    line(one, 2, 'replacement', 0),
    line(one, 3, 'replacement', 35_000),
    line(now(), 2, 'replacement', 0),
    line(now(), 3, 'replacement', 35_000),
  ])
  expect(await page(secretary, `/fees/declarations/${cheaper}`)).toContain('hoàn tiền làm theo thủ tục riêng')
})

test('arrears by hand for a month that is over; not for the present one', async () => {
  const id = await declareAs(member, { kind: 'student' })
  await form(secretary, `/fees/declarations/${id}/approve`, {})
  const before = addToMonth(now(), -3)
  const arrears = {
    commandId: randomUUID(),
    'arrearsMonth-month': before.slice(5),
    'arrearsMonth-year': before.slice(0, 4),
    arrearsAmount: '5.000',
    arrearsReason: 'Chưa đóng khi còn ở ký túc xá',
  }
  for (const _ of [1, 2])
    expect(
      (await form(secretary, `/fees/members/${member.memberId}/arrears`, arrears)).headers.location,
    ).toContain('done=arrearsAdded')
  expect(await linesOf(member.memberId)).toEqual([
    line(before, 1, 'arrears', 5_000),
    line(now(), 0, 'month', 5_000),
  ])
  const present = await form(secretary, `/fees/members/${member.memberId}/arrears`, {
    ...arrears,
    commandId: randomUUID(),
    'arrearsMonth-month': now().slice(5),
    'arrearsMonth-year': now().slice(0, 4),
  })
  expect(present.statusCode).toBe(422)
  expect(present.body).toContain('ký túc xá')
})

test('a cell that looks at each month: what waits is approved one by one or all, and taken back while unpaid', async () => {
  const other = await person('Đảng Viên Khác')
  for (const who of [member, other]) {
    await form(secretary, `/fees/members/${who.memberId}/auto-approve`, { auto: 'no' })
    const id = await declareAs(who, { kind: 'insured', salaryVnd: '9000000' })
    await form(secretary, `/fees/declarations/${id}/approve`, {})
  }
  const waits = line(now(), 0, 'month', 90_000, { waiting: true })
  expect(await linesOf(member.memberId)).toEqual([waits])
  const approve = (which: string, chosen: Readonly<Record<string, string>> = {}) =>
    form(secretary, '/fees/month/approve', { month: now(), which, ...chosen })
  expect((await approve('chosen', { chosen: member.memberId })).headers.location).toContain('approved=1')
  expect(await linesOf(member.memberId)).toEqual([line(now(), 0, 'month', 90_000)])
  expect(await linesOf(other.memberId)).toEqual([waits])
  expect((await approve('all')).headers.location).toContain('approved=1')
  expect((await approve('all')).headers.location).toContain('approved=0')
  const back = { line: `${firstDayOf(now())}_0` }
  await form(secretary, `/fees/members/${other.memberId}/take-back`, back)
  expect(await linesOf(other.memberId)).toEqual([waits])
  await pay(member.memberId, now())
  expect((await form(secretary, `/fees/members/${member.memberId}/take-back`, back)).statusCode).toBe(409)
})

test('all ticked at once; who has no declaration, and who cannot be computed, stand in the month with the reason', async () => {
  const others = [await person('Đảng Viên Hai'), await person('Đảng Viên Ba')]
  const ids = []
  for (const who of others) ids.push(await declareAs(who, { kind: 'none' }))
  const body = ids.map((id) => `chosen=${id}`).join('&')
  const approved = await house.ask(secretary, {
    method: 'POST',
    url: '/fees/declarations/approve',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: body,
  })
  expect(approved.headers.location).toBe('/fees/declarations?approved=2')
  expect(await linesOf(others[0]!.memberId)).toEqual([])
  const month = await page(secretary, '/fees/month?state=refused')
  expect(month).toContain('Đảng Viên Hai')
  expect(month).toContain('Chưa tính được')
  expect(await page(secretary, '/fees/month?state=no-declaration')).toContain('Đảng Viên Khai')

  const clerk = await house.signIn(house.visitors.officer)
  const set = await form(clerk, '/fees/region', {
    region: 'I',
    'from-month': now().slice(5),
    'from-year': now().slice(0, 4),
    source: 'Phụ lục 293/2025/NĐ-CP',
  })
  expect(set.headers.location).toBe('/fees/region?done=yes')
  await assessNow({
    database: house.database,
    introductions: () => Promise.resolve([]),
    contextNow: async () => {
      const at = house.parts.clock.now()
      return {
        at,
        today: todayIn(at),
        calendar: await house.parts.calendar(),
        settings: { get: (setting) => setting.default },
      }
    },
  })
  expect((await linesOf(others[0]!.memberId)).map(({ amount }) => amount)).toEqual([15_930])
})

test('the month as files: sums, no formulas', async () => {
  const csv = await page(secretary, `/fees/month.csv?month=${now()}`)
  expect(csv.split('\r\n')[0]).toContain('"Họ và tên"')
  expect(csv).toContain('"Đảng Viên Khai"')
  const xlsx = await house.ask(secretary, { method: 'GET', url: `/fees/month.xlsx?month=${now()}` })
  expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK')
})

test('the JSON twins say the same', async () => {
  const body = { commandId: randomUUID(), fromPeriod: now(), facts: { student: true }, declared: true }
  const declared = await house.ask(member, {
    method: 'POST',
    url: '/api/v1/fees/declarations',
    payload: body,
  })
  expect(declared.json()).toEqual({ id: body.commandId })
  const waiting = await house.ask(secretary, { method: 'GET', url: '/api/v1/fees/declarations' })
  expect(waiting.json()).toMatchObject({
    declarations: expect.arrayContaining([expect.objectContaining({ id: body.commandId, amountVnd: 5_000 })]),
  })
  const approved = await house.ask(secretary, {
    method: 'POST',
    url: `/api/v1/fees/declarations/${body.commandId}/approve`,
  })
  expect(approved.json()).toEqual({
    id: body.commandId,
    months: [{ period: now(), step: 'assess', beforeVnd: 0, afterVnd: 5_000 }],
  })
  const month = await house.ask(secretary, { method: 'GET', url: '/api/v1/fees/month?state=to-pay' })
  expect(month.json()).toMatchObject({
    rows: expect.arrayContaining([expect.objectContaining({ memberId: member.memberId, dueVnd: 5_000 })]),
  })
})

test('what is another cell’s is unknown', async () => {
  const id = await declareAs(member, { kind: 'student' })
  const { memberId } = member
  for (const [method, url] of [
    ['GET', `/fees/declarations/${id}`],
    ['POST', `/fees/declarations/${id}/approve`],
    ['POST', `/fees/declarations/${id}/return`],
    ['GET', `/fees/members/${memberId}`],
    ['GET', `/fees/members/${memberId}/declare`],
    ['POST', `/fees/members/${memberId}/adjust`],
    ['POST', `/fees/members/${memberId}/auto-approve`],
  ] as const) {
    const foreign = await house.ask(foreignSecretary, { method, url })
    const nobodys = await house.ask(foreignSecretary, {
      method,
      url: url.replace(/[0-9a-f-]{36}/, randomUUID()),
    })
    expect([url, foreign.statusCode, nobodys.statusCode]).toEqual([url, 404, 404])
  }
  expect(await page(foreignSecretary, '/fees/month')).not.toContain('Đảng Viên Khai')
})

test('nobody approves or adjusts the own fee while another of the cell can', async () => {
  const own = await house.signIn({ ...secretary, kind: 'member', officeId: null })
  const id = await declareAs(own, { kind: 'insured', salaryVnd: '8000000' })
  const answer = await form(secretary, `/fees/declarations/${id}/approve`, {})
  expect(answer.statusCode).toBe(403)
  expect(answer.body).toContain('Việc của bản thân')
})
