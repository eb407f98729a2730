/** What waits in Party fees on an officer's first page, through the house: how many, until when, one link; the same numbers as on the tabs, and each act for the one who may do it. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../../../tests/house.ts'
import { sql } from '../../../kernel/db.ts'
import { addToMonth, firstDayOf, formatWeekday, monthOf, todayIn } from '../../../kernel/plain-date.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { addWorkingDays } from '../../../kernel/working-time.ts'
import { addMember } from '../../../registry/test-builders.ts'
import { assessMonth } from '../assessing/assess.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { settleLines } from '../paying/settle.ts'
import { REVIEW_WORKING_DAYS } from '../reviewing/settings.ts'
import { addAccount, addSchedule, addVisitor, postForm } from '../test-builders.ts'

const FEE_VND = 411_523
const today = todayIn(new Date())
const NOW = monthOf(today)
const [YEAR = '', MONTH = '', DAY = ''] = today.split('-')
const ON = { 'on-day': DAY, 'on-month': MONTH, 'on-year': YEAR }

let house: House
let secretary: Visitor
let deputy: Visitor
let alone: Visitor
let ward: Visitor
let payer: Visitor
let neighbour: Visitor
let accounts: { readonly cell: string; readonly neighbour: string }

beforeAll(async () => {
  house = await openHouse()
  const places = house.world
  secretary = await addVisitor(house, 'Bí Thư Một', 'cell-secretary', places.cell)
  deputy = await addVisitor(house, 'Phó Bí Thư Hai', 'cell-deputy-secretary', places.cell)
  alone = await addVisitor(house, 'Bí Thư Một Mình', 'cell-secretary', places.neighbour)
  ward = await addVisitor(house, 'Tài Chính Phường', 'finance-officer', places.ward)
  payer = await addVisitor(house, 'Lê Thị Nộp', null, places.cell)
  neighbour = await addVisitor(house, 'Trần Văn Bên', null, places.neighbour)
  accounts = await house.database.transaction(async (write) => {
    for (const { memberId } of [payer, neighbour]) await addSchedule(write, memberId, FEE_VND)
    return {
      cell: await addAccount(write, places.cell),
      neighbour: await addAccount(write, places.neighbour),
    }
  })
  for (const month of [addToMonth(NOW, -1), NOW]) await assessMonth(house.database, firstDayOf(month), today)
})
afterAll(() => house.close())
/** Whatever a test did, the ledger adds up. */
afterEach(async () => {
  const { problems } = await verifyLedger(house.database)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
})

const get = async (who: Visitor, url: string): Promise<string> => {
  const answer = await house.ask(who, { method: 'GET', url })
  expect(answer.statusCode, `${url} ${answer.body.slice(0, 300)}`).toBe(200)
  return answer.body
}
const post = async (who: Visitor, url: string, fields: Record<string, string | readonly string[]> = {}) => {
  const answer = await postForm(house, who, url, fields)
  expect(answer.statusCode, `${url} ${answer.body.slice(0, 2000)}`).toBe(303)
  return answer
}

interface Card {
  readonly count: number
  readonly what: string
  readonly deadline: string | undefined
  readonly href: string
}

/** The card on somebody's first page. */
async function card(who: Visitor): Promise<Card | undefined> {
  const page = await get(who, '/')
  const found = /<article[^>]*><h2>Đảng phí: (\d+) việc chờ đồng chí<\/h2>(.*?)<\/article>/s.exec(page)
  if (!found) return undefined
  const [, count = '', rest = ''] = found
  return {
    count: Number(count),
    what: /<p class="quiet">([^<]*)<\/p>/.exec(rest)?.[1] ?? '',
    deadline: /<p class="pill[^"]*">([^<]*)<\/p>/.exec(rest)?.[1],
    href: /href="([^"]*)"/.exec(rest)?.[1] ?? '',
  }
}
const what = async (who: Visitor) => (await card(who))?.what
/** How much a tab says. */
async function tab(who: Visitor, url: string, name: string): Promise<number> {
  const found = new RegExp(`>${name}<span class="chip-count"> \\((\\d+)\\)`).exec(await get(who, url))
  return Number(found?.[1] ?? 0)
}

let told = 0
const bank = (accountId: string, content: string, amountVnd: number, key?: string) =>
  settleLines(
    house.database,
    [
      {
        accountId,
        reference: `CHO-${(told += 1)}`,
        amountVnd,
        direction: 'in',
        content,
        bookedAt: new Date(),
        source: 'sepay',
        ...(key === undefined ? {} : { key }),
      },
    ],
    { at: new Date(), today },
  )

/** Pays this month by the bank. @returns the payment */
async function pays(who: Visitor, account: string, chosen: string): Promise<string> {
  const made = await post(who, '/fees/orders', { commandId: randomUUID(), chosen })
  const address = `/api/v1${String(made.headers.location)}`
  const order = JSON.parse(await get(who, address)) as { key: string }
  await bank(account, order.key, FEE_VND, order.key)
  const { payment } = JSON.parse(await get(who, address)) as { payment: { id: string } }
  return payment.id
}

/** Pays this month by the bank and asks it back. @returns the refund's id */
async function asksBack(who: Visitor, account: string): Promise<string> {
  const chosen = `${who.memberId}_${NOW}_0`
  const payment = await pays(who, account, chosen)
  const commandId = randomUUID()
  const target = { method: 'transfer', bank: '970405', number: '12345678', holder: 'NGUOI NOP' }
  await post(who, '/fees/refunds', { commandId, payment, chosen, reason: 'twice', ...target })
  return commandId
}

test('nothing waits, nothing is said; and a member without an office is never told of an office’s work', async () => {
  for (const who of [secretary, deputy, ward, payer]) expect(await card(who)).toBe(undefined)
})

test('months that the cell looks at itself wait for it: the card leads to the earliest, until each is approved', async () => {
  const months = [addToMonth(NOW, -1), NOW]
  await house.database.transaction(async (write) => {
    for (const month of months)
      await write.run(sql`
        insert into fee_waiting (member_id, period, number, organisation_id)
        values (${neighbour.memberId}, ${firstDayOf(month)}, 0, ${house.world.neighbour})`)
  })
  expect(await card(alone)).toMatchObject({
    count: 2,
    what: '2 tháng chờ duyệt.',
    deadline: undefined,
    href: `/fees/month?month=${months[0]}`,
  })
  expect(await tab(alone, '/fees/month', 'Từng tháng')).toBe(2)
  for (const who of [secretary, ward]) expect(await card(who)).toBe(undefined)
  await post(alone, '/fees/month/approve', { month: months[0]!, which: 'all' })
  expect(await card(alone)).toMatchObject({ count: 1, href: `/fees/month?month=${NOW}` })
  await post(alone, '/fees/month/approve', { month: NOW, which: 'all' })
  expect(await card(alone)).toBe(undefined)
  expect(await tab(alone, '/fees/month', 'Từng tháng')).toBe(0)
})

test('a relief waits in the cell, then in the committee; the card has its day and leads to the list', async () => {
  const url = '/fees/relief/new'
  const commandId = /name="commandId" value="([^"]+)"/.exec(await get(payer, url))?.[1] ?? ''
  const months = { 'from-month': MONTH, 'from-year': YEAR, 'until-month': MONTH, 'until-year': YEAR }
  const asked = {
    commandId,
    kind: 'reduction',
    percent: '50',
    request: 'Gia đình gặp bão, mất mùa',
    ...months,
  }
  await post(payer, url, asked)
  for (const who of [secretary, deputy]) {
    const found = await card(who)
    expect(found).toMatchObject({ count: 1, what: '1 đơn miễn, giảm.', href: '/fees/reliefs' })
    expect(found?.deadline).toMatch(/^Trước thứ /)
    expect(await tab(who, '/fees/reliefs', 'Miễn, giảm')).toBe(1)
  }
  expect(await card(ward)).toBe(undefined)
  expect(await card(payer)).toBe(undefined)

  await post(secretary, `/fees/reliefs/${commandId}/forward`, { opinion: 'for', opinionReason: 'Đúng' })
  expect(await card(secretary)).toBe(undefined)
  expect(await tab(secretary, '/fees/reliefs', 'Miễn, giảm')).toBe(0)
  expect(await what(ward)).toBe('1 đơn miễn, giảm.')
  expect(await tab(ward, '/fees/reliefs', 'Miễn, giảm')).toBe(1)
  await post(ward, `/fees/reliefs/${commandId}/refuse`, { refuseReason: 'Chưa đủ giấy tờ' })
  expect(await card(ward)).toBe(undefined)
})

test('a refund: who compared it is not its second person; where a cell has nobody else, the committee is', async () => {
  const id = await asksBack(payer, accounts.cell)
  for (const who of [secretary, deputy]) expect(await what(who)).toBe('1 yêu cầu hoàn tiền.')
  expect(await card(ward)).toBe(undefined)
  await post(secretary, `/fees/refunds/${id}/check`, { holderReason: 'Tài khoản của con' })
  expect(await card(secretary)).toBe(undefined)
  expect(await tab(secretary, '/fees/refunds', 'Hoàn tiền')).toBe(0)
  expect(await card(deputy)).toMatchObject({ what: '1 yêu cầu hoàn tiền.', href: '/fees/refunds' })
  expect(await tab(deputy, '/fees/refunds', 'Hoàn tiền')).toBe(1)
  await post(deputy, `/fees/refunds/${id}/approve`)
  for (const who of [secretary, deputy])
    expect(await what(who), 'it is to be paid').toBe('1 yêu cầu hoàn tiền.')
  await post(deputy, `/fees/refunds/${id}/pay-out`, { ...ON, reference: 'FT-CHO' })
  for (const who of [secretary, deputy, ward]) expect(await card(who)).toBe(undefined)

  const other = await asksBack(neighbour, accounts.neighbour)
  expect(await what(alone)).toBe('1 yêu cầu hoàn tiền.')
  expect(await card(ward)).toBe(undefined)
  await post(alone, `/fees/refunds/${other}/check`, { holderReason: 'Tài khoản của con' })
  expect(await card(alone)).toBe(undefined)
  expect(await what(ward)).toBe('1 yêu cầu hoàn tiền.')
  expect(await tab(ward, '/fees/refunds', 'Hoàn tiền')).toBe(1)
  await post(ward, `/fees/refunds/${other}/refuse`, { why: 'Không nộp hai lần' })
})

test('a correction is nothing for whose month it pays: with who asked left out too, the committee has it', async () => {
  const wrong = await addVisitor(house, 'Lê Thị Nộp Nhầm', null, house.world.cell)
  await house.database.transaction(async (write) => {
    for (const { memberId } of [wrong, deputy]) await addSchedule(write, memberId, FEE_VND)
  })
  await assessMonth(house.database, firstDayOf(NOW), today)
  const chosen = `${wrong.memberId}_${NOW}_0`
  const payment = await pays(wrong, accounts.cell, chosen)
  const commandId = randomUUID()
  const fields = { commandId, payment, chosen, to: `${deputy.memberId}_${NOW}_0`, reason: 'wrong-person' }
  await post(secretary, '/fees/refunds', { ...fields, method: 'move' })
  for (const who of [secretary, deputy]) {
    expect(await card(who)).toBe(undefined)
    expect(await tab(who, '/fees/refunds', 'Hoàn tiền')).toBe(0)
  }
  expect(await what(ward)).toBe('1 yêu cầu hoàn tiền.')
  await post(ward, `/fees/refunds/${commandId}/refuse`, { why: 'Không nộp nhầm' })
})

test('money that fits nothing waits so many working days; sent back above the sum, a second person is awaited', async () => {
  await bank(accounts.cell, 'ung ho quy', 3_000_000)
  const until = addWorkingDays(await house.parts.calendar(), today, DEFAULT_SETTINGS.get(REVIEW_WORKING_DAYS))
  for (const who of [secretary, deputy])
    expect(await card(who)).toMatchObject({
      what: '1 khoản trên sao kê chưa khớp.',
      deadline: `Trước ${formatWeekday(until, 'vi')}`,
      href: '/fees/bank/review',
    })
  const line =
    /href="(\/fees\/bank\/lines\/[^"]+)"/.exec(await get(secretary, '/fees/bank/review'))?.[1] ?? ''
  await post(secretary, line, { act: 'send-back', commandId: randomUUID(), reason: 'Chuyển nhầm nơi' })
  expect(await card(secretary)).toBe(undefined)
  const mine = async (who: Visitor) => (await get(who, '/fees/bank/review')).includes('Việc của đồng chí')
  expect([await mine(secretary), await mine(deputy)]).toEqual([false, true])
  expect(await get(secretary, '/fees/bank')).toContain('1 khoản chưa khớp, chưa có khoản nào chờ đồng chí')
  expect(await get(deputy, '/fees/bank')).toContain('1 khoản chưa khớp chờ xử lý')
  for (const page of ['/fees/bank', '/fees/bank/review', '/fees/bank/month', '/fees/collect', '/fees/cash']) {
    expect(await tab(secretary, page, 'Sao kê ngân hàng')).toBe(0)
    expect(await tab(deputy, page, 'Sao kê ngân hàng')).toBe(1)
  }
})

test('a remittance waits to be sent, then above to be confirmed, under its month; an account waits for another than who declared it', async () => {
  const chosen = `${payer.memberId}_${addToMonth(NOW, -1)}_0`
  const made = await post(payer, '/fees/orders', { commandId: randomUUID(), chosen })
  const order = JSON.parse(await get(payer, `/api/v1${String(made.headers.location)}`)) as { key: string }
  await bank(accounts.cell, order.key, FEE_VND, order.key)
  const id = randomUUID()
  await post(secretary, '/fees/remit', { commandId: id, month: NOW })
  expect(await card(secretary)).toMatchObject({
    what: '1 khoản trích nộp chờ làm tiếp.',
    href: '/fees/remit',
  })
  for (const page of ['/fees/remit', '/fees/books', '/fees/books/vouchers', '/fees/follow'])
    expect(await tab(secretary, page, 'Trích, nộp cấp trên'), page).toBe(1)
  expect(await card(ward)).toBe(undefined)
  await post(secretary, `/fees/remit/${id}/send`, { how: 'transfer', ...ON, reference: 'FT-NOP' })
  expect(await card(secretary)).toBe(undefined)
  expect(await card(ward)).toMatchObject({
    what: '1 khoản cấp dưới nộp lên chờ xác nhận.',
    deadline: undefined,
    href: `/fees/remit/below?month=${NOW}`,
  })
  for (const page of ['/fees/remit', '/fees/remit/below', '/fees/follow'])
    expect(await tab(ward, page, 'Trích, nộp cấp trên')).toBe(1)
  await post(ward, `/fees/remit/${id}/receive`, ON)
  expect(await card(ward)).toBe(undefined)

  const account = {
    commandId: randomUUID(),
    bank: '970405',
    number: '7788990011',
    holder: 'Chi bộ khu phố 3',
  }
  await post(secretary, '/fees/accounts', account)
  expect(await card(secretary)).toBe(undefined)
  expect(await what(deputy)).toBe('1 khoản trên sao kê chưa khớp; 1 tài khoản chờ xác thực.')
  expect((await card(deputy))?.count).toBe(2)
  expect(await card(ward)).toMatchObject({ what: '1 tài khoản chờ xác thực.', href: '/fees/accounts' })
  for (const page of ['/fees/accounts', '/fees/accounts/below', '/fees/region', '/fees/report-column'])
    expect(await tab(ward, page, 'Tài khoản'), page).toBe(1)
})

test('a list without anything says what comes next; a long one has pages, and the card counts them all', async () => {
  expect(await get(alone, '/fees/bank/review')).toContain('Nạp sao kê ngân hàng')
  expect(await get(alone, '/fees/reliefs')).toContain('chi bộ viết hộ được ở trang của từng đồng chí')

  const lines = Array.from({ length: 55 }, (_, place) => ({
    accountId: accounts.neighbour,
    reference: `DAI-${place}`,
    amountVnd: 10_000 + place,
    direction: 'in' as const,
    content: 'khong ro',
    bookedAt: new Date(),
    source: 'sepay' as const,
  }))
  await settleLines(house.database, lines, { at: new Date(), today })
  await house.database.transaction(async (write) => {
    for (const { reference } of lines) {
      const memberId = await addMember(write, `Người Xin ${reference}`, house.world.neighbour)
      await write.run(sql`
        insert into fee_relief (id, member_id, organisation_id, decider_id, kind, from_period, until_period, percent, request, asked_by,
                                asked_at, due_on)
        values (${randomUUID()}, ${memberId}, ${house.world.neighbour}, ${house.world.ward}, 'reduction', ${firstDayOf(NOW)},
                ${firstDayOf(NOW)}, 50, 'Hoàn cảnh khó khăn', ${memberId}, now(), ${today})`)
    }
  })
  const shown = async (url: string, links: RegExp) => [...(await get(alone, url)).matchAll(links)].length
  const [reliefs, money] = [
    /href="\/fees\/reliefs\/[0-9a-f-]{36}"/g,
    /href="\/fees\/bank\/lines\/[0-9a-f-]{36}"/g,
  ]
  expect([await shown('/fees/reliefs', reliefs), await shown('/fees/reliefs?page=2', reliefs)]).toEqual([
    50, 5,
  ])
  expect([await shown('/fees/bank/review', money), await shown('/fees/bank/review?page=2', money)]).toEqual([
    50, 5,
  ])
  expect(await get(alone, '/fees/reliefs?page=2')).not.toContain('Không có đơn nào đang chờ')
  // a page beyond the last is the last
  const main = async (url: string) =>
    (/<main.*<\/main>/s.exec(await get(ward, url))?.[0] ?? '').replace(/ value="[^"]*"/g, '')
  expect([
    await shown('/fees/reliefs?page=9', reliefs),
    await shown('/fees/bank/review?page=9', money),
  ]).toEqual([5, 5])
  for (const url of ['/fees/reliefs?page=9', '/fees/bank/review?page=9'])
    expect(await get(alone, url)).toContain('Trang 2 trên 2')
  for (const url of ['/fees/refunds?shown=over&page=9', '/fees/remit?page=9', '/fees/remit/below?page=9'])
    expect(await main(url)).toBe(await main(url.replace('page=9', 'page=1')))
  expect(await card(alone)).toMatchObject({
    count: 110,
    what: '55 đơn miễn, giảm; 55 khoản trên sao kê chưa khớp.',
    href: '/fees/reliefs',
  })
})
