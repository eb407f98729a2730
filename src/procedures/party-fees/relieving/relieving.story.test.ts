/** A relief through HTTP: asked, handed up, decided, the months that follow; refused, withdrawn, foreign, ended; late and ahead. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../../../tests/house.ts'
import { sql } from '../../../kernel/db.ts'
import { addToMonth, firstDayOf, lastDayOf, monthOf, todayIn } from '../../../kernel/plain-date.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { assessNow } from '../assessing/sweeps.ts'
import { writeSchedule } from '../assessing/schedule.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { addAccount, addDeputy, addVisitor, openPage, payLine, postForm } from '../test-builders.ts'
import { withdraw } from './act.ts'

let house: House
let secretary: Visitor
let ward: Visitor
let member: Visitor
let account: string

const today = () => todayIn(house.parts.clock.now())
const now = () => monthOf(today())
const later = (months: number) => addToMonth(now(), months)

beforeAll(async () => {
  house = await openHouse()
  account = await house.database.transaction((write) => addAccount(write, house.world.cell))
})
afterAll(() => house.close())

const person = (name: string) => addVisitor(house, name, null, house.world.cell)

/** Declared and approved: insured on eight million, so 80.000 a month. */
async function declared(memberId: string): Promise<void> {
  await house.database.transaction(async (write) => {
    await write.run(sql`
      insert into fee_declaration (id, member_id, organisation_id, from_period, facts, status, declared_by, declared_at, answered_by, answered_at)
      values (${randomUUID()}, ${memberId}, ${house.world.cell}, '2026-02-01', '{"insured": true, "insuredSalaryPreviousMonthVnd": 8000000}',
              'approved', ${memberId}, now(), ${memberId}, now())`)
    await writeSchedule(write, memberId, { from: '2026-02', today: today() })
  })
}

const on = (day: string) => ({
  database: house.database,
  introductions: () => Promise.resolve([]),
  contextNow: async () => ({
    at: new Date(`${day}T03:00:00Z`),
    today: day,
    calendar: await house.parts.calendar(),
    settings: DEFAULT_SETTINGS,
  }),
})

beforeEach(async () => {
  secretary = await addVisitor(house, 'Bí Thư Xét', 'cell-secretary', house.world.cell)
  ward = await addVisitor(house, 'Cán Bộ Xét', 'office-clerk', house.world.ward)
  member = await person('Đảng Viên Khó')
  await declared(member.memberId)
  await assessNow(on(today()))
})

afterEach(async () => {
  const { problems } = await verifyLedger(house.database)
  if (problems.length > 0) throw new Error(`the ledger is not clean: ${JSON.stringify(problems)}`)
})

const form = (who: Visitor, url: string, fields: Readonly<Record<string, string>>) =>
  postForm(house, who, url, fields)
const page = (who: Visitor, url: string) => openPage(house, who, url)
const boxes = (name: string, month: string) => ({
  [`${name}-month`]: month.slice(5),
  [`${name}-year`]: month.slice(0, 4),
})
const days = (name: string, day: string) => ({
  ...boxes(name, day.slice(0, 7)),
  [`${name}-day`]: day.slice(8),
})

/** The form, sent twice. @returns the request's id */
async function askFor(
  who: Visitor,
  fields: Readonly<Record<string, string>>,
  months: readonly [from: string, until: string] = [now(), later(2)],
  url = '/fees/relief/new',
): Promise<string> {
  const commandId = /name="commandId" value="([^"]+)"/.exec(await page(who, url))?.[1] ?? ''
  const body = {
    commandId,
    request: 'Gia đình gặp bão, mất mùa',
    ...boxes('from', months[0]),
    ...boxes('until', months[1]),
    ...fields,
  }
  for (const _ of [1, 2]) {
    const sent = await form(who, url, body)
    expect(sent.headers.location, sent.body.slice(0, 4000)).toContain('done=asked')
  }
  return commandId
}

async function handUp(id: string, opinion = 'for'): Promise<void> {
  for (const _ of [1, 2])
    expect(
      (await form(secretary, `/fees/reliefs/${id}/forward`, { opinion, opinionReason: 'Đúng hoàn cảnh' }))
        .headers.location,
    ).toContain('done=forwarded')
}

const granting = (months: readonly [string, string], more: Readonly<Record<string, string>> = {}) => ({
  number: '12-QĐ/ĐU',
  ...boxes('grantFrom', months[0]),
  ...boxes('grantUntil', months[1]),
  ...more,
})

async function grant(id: string, fields: Readonly<Record<string, string>>, by = ward): Promise<void> {
  for (const _ of [1, 2]) {
    const answer = await form(by, `/fees/reliefs/${id}/grant`, fields)
    expect(answer.headers.location, answer.body.slice(0, 6000)).toContain('done=granted')
  }
}

const linesOf = (memberId: string) =>
  house.database.read.rows<{ period: string; amount: number; replaced: boolean; kind: string | null }>(sql`
    select to_char(l.period, 'YYYY-MM') as period, l.amount_vnd as amount, l.replaced, c.kind
      from fee_line_now l left join fee_change c using (member_id, period, number)
     where l.member_id = ${memberId} order by l.period, l.number`)
const line = (period: string, amount: number, more = {}) => ({
  period,
  amount,
  replaced: false,
  kind: null,
  ...more,
})
const scheduled = async (memberId: string, month: string) =>
  (
    await house.database.read.maybe<{ amount: number | null }>(sql`
      select amount_vnd as amount from fee_schedule where member_id = ${memberId} and from_period <= ${firstDayOf(month)}
         and until_period >= ${firstDayOf(month)}`)
  )?.amount

const pay = (memberId: string, month: string) =>
  payLine(house.database, account, { memberId, period: firstDayOf(month) }, house.parts.clock.now())

describe('a reduction', () => {
  test('asked, handed up, decided: the unpaid line is replaced, coming months are reduced, and each says by which decision', async () => {
    const id = await askFor(member, { kind: 'reduction', percent: '70' })
    expect(await page(member, '/fees/relief')).toContain('chờ chi bộ cho ý kiến')
    expect((await house.ask(ward, { method: 'GET', url: `/fees/reliefs/${id}` })).statusCode).toBe(404)
    const seen = await page(secretary, `/fees/reliefs/${id}`)
    expect(seen).toContain('80.000 đ')
    expect(seen).toContain('24.000 đ')
    expect(
      (
        await form(
          secretary,
          `/fees/reliefs/${id}/grant`,
          granting([now(), later(2)], { grantPercent: '70' }),
        )
      ).statusCode,
    ).toBe(409)
    await handUp(id)
    expect(await page(secretary, `/fees/reliefs/${id}`)).toContain('Đơn đang ở Đảng bộ Phường Tân Tạo')
    expect(await page(ward, '/fees/reliefs')).toContain('Đảng Viên Khó')
    const before = await page(ward, `/fees/reliefs/${id}`)
    expect(before).toContain('Giảm 70 %: còn đóng 30 %')
    expect(before).toContain('còn 24.000 đ mỗi tháng')
    expect(before).toContain('thay khoản chưa nộp')
    await grant(id, granting([now(), later(2)], { grantPercent: '70' }))
    expect(await linesOf(member.memberId)).toEqual([
      line(now(), 80_000, { replaced: true }),
      line(now(), 24_000, { kind: 'relief' }),
    ])
    expect(await scheduled(member.memberId, later(2))).toBe(24_000)
    expect(await scheduled(member.memberId, later(3))).toBe(80_000)
    await assessNow(on(firstDayOf(later(1))))
    expect((await linesOf(member.memberId)).at(-1)).toEqual(line(later(1), 24_000))
    expect(await page(member, '/fees')).toContain('quyết định 12-QĐ/ĐU')
    expect(await page(member, '/notices')).toContain('được đồng ý')
    expect(await page(secretary, `/fees/members/${member.memberId}`)).toContain(
      'còn đóng 30 %, theo quyết định 12-QĐ/ĐU',
    )
  })

  test('fewer months or another share are granted with a reason only, which the member reads', async () => {
    const id = await askFor(member, { kind: 'reduction', percent: '70' })
    await handUp(id, 'against')
    const other = granting([later(1), later(1)], { grantPercent: '30' })
    const refused = await form(ward, `/fees/reliefs/${id}/grant`, other)
    expect(refused.statusCode).toBe(400)
    expect(refused.body).toContain('12-QĐ/ĐU')
    await grant(id, { ...other, why: 'Đã có trợ cấp một phần' })
    expect(await linesOf(member.memberId)).toEqual([line(now(), 80_000)])
    expect(await scheduled(member.memberId, later(1))).toBe(56_000)
    expect(await page(member, '/fees/relief')).toContain('Đã có trợ cấp một phần')
  })

  test('a month that is paid stays paid, and the page says so', async () => {
    await pay(member.memberId, now())
    const id = await askFor(member, { kind: 'hardship', hardship: 'poor' })
    await handUp(id)
    expect(await page(ward, `/fees/reliefs/${id}`)).toContain('Khoản đã nộp giữ nguyên')
    await grant(id, granting([now(), later(2)]))
    expect(await linesOf(member.memberId)).toEqual([line(now(), 80_000)])
    expect(await scheduled(member.memberId, later(1))).toBe(0)
  })

  test('sweeps, a new year and a declaration approved later keep what was granted; it ends by itself', async () => {
    const december = `${today().slice(0, 4)}-12`
    const across = addToMonth(december, 1)
    const id = await askFor(member, { kind: 'reduction', percent: '50' }, [december, across])
    await handUp(id)
    await grant(id, granting([december, across], { grantPercent: '50' }))
    await assessNow(on(firstDayOf(across)))
    expect((await linesOf(member.memberId)).at(-1)).toEqual(line(across, 40_000))
    await declared(member.memberId)
    expect(await scheduled(member.memberId, across)).toBe(40_000)
    expect(await scheduled(member.memberId, addToMonth(across, 1))).toBe(80_000)
  })

  test('ended early from a coming month, with the reason', async () => {
    const id = await askFor(member, { kind: 'reduction', percent: '50' }, [now(), later(6)])
    await handUp(id)
    await grant(id, granting([now(), later(6)], { grantPercent: '50' }))
    const ending = (from: string) => ({ ...boxes('endFrom', from), endReason: 'Đã có việc làm' })
    expect((await form(ward, `/fees/reliefs/${id}/end`, ending(now()))).statusCode).toBe(422)
    expect((await form(secretary, `/fees/reliefs/${id}/end`, ending(later(2)))).statusCode).toBe(409)
    for (const _ of [1, 2])
      expect((await form(ward, `/fees/reliefs/${id}/end`, ending(later(2)))).headers.location).toContain(
        'done=ended',
      )
    expect(await scheduled(member.memberId, later(1))).toBe(40_000)
    expect(await scheduled(member.memberId, later(2))).toBe(80_000)
    expect(await page(member, '/fees/relief')).toContain('Đã có việc làm')
  })
})

test('refused with the reason; nothing changes; asked again', async () => {
  const id = await askFor(member, { kind: 'reduction', percent: '30' })
  await handUp(id)
  const empty = await form(ward, `/fees/reliefs/${id}/refuse`, {})
  expect(empty.statusCode).toBe(400)
  for (const _ of [1, 2])
    expect(
      (await form(ward, `/fees/reliefs/${id}/refuse`, { refuseReason: 'Thu nhập đã ổn định' })).headers
        .location,
    ).toContain('done=refused')
  expect(await page(member, '/fees/relief')).toContain('Thu nhập đã ổn định')
  expect(await linesOf(member.memberId)).toEqual([line(now(), 80_000)])
  await askFor(member, { kind: 'reduction', percent: '30' })
})

test('withdrawn by the member alone; two of a sort do not wait together', async () => {
  const id = await askFor(member, { kind: 'reduction', percent: '30' })
  const again = {
    commandId: randomUUID(),
    kind: 'hardship',
    hardship: 'poor',
    request: 'x',
    ...boxes('from', now()),
    ...boxes('until', now()),
  }
  expect((await form(member, '/fees/relief/new', again)).statusCode).toBe(409)
  const stranger = await person('Đảng Viên Khác')
  expect((await form(stranger, '/fees/relief/withdraw', { relief: id })).statusCode).toBe(404)
  expect(
    (await form(secretary, `/fees/members/${member.memberId}/relief/withdraw`, { relief: id })).statusCode,
  ).toBe(404)
  for (const _ of [1, 2])
    expect((await form(member, '/fees/relief/withdraw', { relief: id })).headers.location).toContain(
      'withdrawn',
    )
  expect((await form(secretary, `/fees/reliefs/${id}/forward`, { opinion: 'for' })).statusCode).toBe(409)
})

test('a form that cannot be taken comes back as it was written', async () => {
  const asked = {
    commandId: randomUUID(),
    kind: 'reduction',
    percent: '50',
    request: 'Mất việc từ tháng trước',
  }
  const long = await form(member, '/fees/relief/new', {
    ...asked,
    ...boxes('from', now()),
    ...boxes('until', later(12)),
  })
  expect(long.statusCode).toBe(422)
  expect(long.body).toContain('nhiều nhất 12 tháng')
  expect(long.body).toContain('Mất việc từ tháng trước')
  const empty = await form(member, '/fees/relief/new', { commandId: randomUUID() })
  expect(empty.statusCode).toBe(400)
  expect(empty.body).toContain('Chọn một đề nghị')
})

test('on behalf: who said so is kept, the member is told, and who wrote it does not decide', async () => {
  const clerk = await addVisitor(house, 'Cán Bộ Xét', 'finance-officer', house.world.cell)
  const url = `/fees/members/${member.memberId}/relief/new`
  const fields = { kind: 'hardship', hardship: 'critical-illness', saidBy: 'Vợ đảng viên nói tại trụ sở' }
  const id = await askFor(clerk, fields, [now(), later(1)], url)
  expect(await page(member, '/notices')).toContain('viết hộ')
  expect(await page(member, '/fees/relief')).toContain('Vợ đảng viên nói tại trụ sở')
  await handUp(id)
  await expect(
    house.database.transaction((write) =>
      write.run(sql`update fee_relief set status = 'refused', answered_by = ${clerk.memberId}, answered_at = now(), reason = 'x'
        where id = ${id}`),
    ),
  ).rejects.toThrow(/violates check/)
  await grant(id, granting([now(), later(1)]))
  expect((await linesOf(member.memberId)).at(-1)).toEqual(line(now(), 0, { kind: 'relief' }))
})

test('what the cell wrote on behalf, the cell may withdraw', async () => {
  const url = `/fees/members/${member.memberId}/relief/new`
  const id = await askFor(
    secretary,
    { kind: 'reduction', percent: '30', saidBy: 'Đảng viên nói' },
    undefined,
    url,
  )
  expect(await page(secretary, `/fees/reliefs/${id}`)).toContain('Rút đơn')
  const withdrawn = await form(secretary, `/fees/members/${member.memberId}/relief/withdraw`, { relief: id })
  expect(withdrawn.headers.location).toBe('/fees/reliefs?done=withdrawn')
  expect(await page(secretary, `/fees/reliefs/${id}`)).toContain('Đã rút')
  const told = await house.database.read.rows(sql`
    select 1 from notice where member_id = ${member.memberId} and code = 'party-fees.relief-withdrawn-on-behalf'`)
  expect(told).toHaveLength(1)
})

test('what a deputy of the member asked for is not the cell’s to withdraw', async () => {
  const hand = await person('Người Làm Thay')
  const id = await askFor(await addDeputy(house, hand.memberId, member), { kind: 'reduction', percent: '30' })
  expect(await page(secretary, `/fees/reliefs/${id}`)).not.toContain('Rút đơn')
  const url = `/fees/members/${member.memberId}/relief/withdraw`
  expect((await form(secretary, url, { relief: id })).statusCode).toBe(404)
  expect((await form(member, '/fees/relief/withdraw', { relief: id })).statusCode).toBe(303)
})

test('what one cell wrote, the cell that counts the member now does not withdraw', async () => {
  const url = `/fees/members/${member.memberId}/relief`
  const asked = { kind: 'reduction', percent: '30', saidBy: 'Đảng viên nói' }
  const id = await askFor(secretary, asked, undefined, `${url}/new`)
  const cell = house.world.otherCell
  const by = { memberId: member.memberId, by: secretary.memberId, at: new Date(), cell }
  await expect(withdraw(house.database, id, by)).rejects.toMatchObject({ code: 'party-fees.relief-unknown' })
})

test('nobody decides on the own request', async () => {
  const own = await addVisitor(house, 'Cán Bộ Xét', 'office-chief', house.world.ward, house.world.cell)
  await declared(own.memberId)
  const self = await house.signIn({ ...own, kind: 'member', officeId: null })
  const id = await askFor(self, { kind: 'reduction', percent: '50' })
  await handUp(id)
  expect(await page(own, `/fees/reliefs/${id}`)).toContain('người khác của đơn vị quyết định')
  const fields = granting([now(), later(2)], { grantPercent: '50' })
  expect((await form(own, `/fees/reliefs/${id}/grant`, fields)).statusCode).toBe(403)
  await grant(id, fields)
})

test('a higher fee: decided directly above, from the month after', async () => {
  const id = await askFor(member, { kind: 'voluntary', extraVnd: '20.000' }, [later(1), later(24)])
  await handUp(id)
  await grant(id, granting([later(1), later(24)], { grantExtraVnd: '20.000' }))
  expect(await linesOf(member.memberId)).toEqual([line(now(), 80_000)])
  await assessNow(on(firstDayOf(later(1))))
  expect((await linesOf(member.memberId)).at(-1)).toEqual(line(later(1), 100_000))
})

describe('late and ahead, within a temporary exemption that the cell itself granted', () => {
  const exempted = (kind: 'late' | 'advance', until: string) => ({
    kind,
    [`exemption-${kind}`]: '3-QĐ/CB',
    [`exemptedBy-${kind}`]: house.world.cell,
    ...days(`exemptionFrom-${kind}`, firstDayOf(later(-4))),
    ...days(`exemptionUntil-${kind}`, lastDayOf(until)),
  })

  test('months are paid late, not outside the exemption; the page says until when', async () => {
    const outside = await form(member, '/fees/relief/new', {
      commandId: randomUUID(),
      request: 'x',
      ...exempted('late', now()),
      ...boxes('from', later(-3)),
      ...boxes('until', later(1)),
    })
    expect(outside.statusCode).toBe(422)
    expect(outside.body).toContain('tạm miễn sinh hoạt')
    const id = await askFor(member, exempted('late', later(1)), [later(-3), later(1)])
    expect(await page(secretary, `/fees/reliefs/${id}`)).toContain('đối chiếu với văn bản gốc')
    await grant(id, granting([later(-3), later(1)]), secretary)
    expect(await page(member, '/fees')).toContain('được nộp chậm')
    expect(await linesOf(member.memberId)).toEqual([line(now(), 80_000)])
  })

  test('coming months are paid ahead, as far as was allowed and no further', async () => {
    const id = await askFor(member, exempted('advance', later(3)), [now(), later(3)])
    await grant(id, granting([now(), later(3)]), secretary)
    expect(await page(member, '/fees')).toContain('Lập khoản để nộp trước')
    expect((await form(member, '/fees/ahead', { through: later(4) })).statusCode).toBe(422)
    for (const _ of [1, 2])
      expect((await form(member, '/fees/ahead', { through: later(2) })).headers.location).toBe(
        '/fees?done=ahead',
      )
    const coming = [now(), later(1), later(2)].map((month) => line(month, 80_000))
    expect(await linesOf(member.memberId)).toEqual(coming)
    await pay(member.memberId, later(1))
    await assessNow(on(firstDayOf(later(1))))
    expect(await linesOf(member.memberId)).toEqual(coming)
    // What is granted afterwards changes what was assessed ahead and is unpaid, and nothing else.
    const relief = await askFor(member, { kind: 'reduction', percent: '50' }, [later(1), later(2)])
    await handUp(relief)
    await grant(relief, granting([later(1), later(2)], { grantPercent: '50' }))
    expect(await linesOf(member.memberId)).toEqual([
      line(now(), 80_000),
      line(later(1), 80_000),
      line(later(2), 80_000, { replaced: true }),
      line(later(2), 40_000, { kind: 'relief' }),
    ])
  })
})

test('fifty years in the Party: exempt without a declaration, and a year later still', async () => {
  const old = await person('Đảng Viên Lão Thành')
  await house.database.transaction((write) =>
    write.run(
      sql`update member set joined_on = '1970-01-01', birth_date = '1950-01-01' where id = ${old.memberId}`,
    ),
  )
  const next = `${Number(today().slice(0, 4)) + 1}-01`
  await assessNow(on(today()))
  await assessNow(on(today()))
  await assessNow(on(firstDayOf(next)))
  await assessNow(on(firstDayOf(addToMonth(next, 12))))
  expect(await linesOf(old.memberId)).toEqual([line(now(), 0), line(next, 0), line(addToMonth(next, 12), 0)])
  expect(await page(secretary, '/fees/month?state=exempt')).toContain('Đảng Viên Lão Thành')
  expect(await page(old, '/fees')).toContain('50 năm')
})
