/** Books through the house: a month collected by bank and in cash, one taken back, shared out; seen, downloaded, sent up and made public. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../../../tests/house.ts'
import { sql } from '../../../kernel/db.ts'
import {
  addDays,
  addToMonth,
  firstDayOf,
  instantAt,
  lastDayOf,
  monthOf,
  todayIn,
} from '../../../kernel/plain-date.ts'
import { changeSetting } from '../../../kernel/settings.ts'
import { grantOffice } from '../../../registry/offices/store.ts'
import { addMember, FOUNDED } from '../../../registry/test-builders.ts'
import { verifyPaper } from '../../../signatures/verify.ts'
import { shownText, type Cell } from '../../../spreadsheets/cell.ts'
import { openWorkbook } from '../../../spreadsheets/workbook.ts'
import { assessMonth } from '../assessing/assess.ts'
import { adjustLine } from '../assessing/lines.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { takeCash, undoCash } from '../paying/cash.ts'
import { settleLines } from '../paying/settle.ts'
import { receive, send, shareOut } from '../remitting/remit.ts'
import { addAccount, addOrder, addSchedule } from '../test-builders.ts'
import { figuresOfCells } from './figures.ts'
import { bookPeriod } from '../law/books/book-period.ts'
import { PUBLISHED_OF_MEMBERS } from './settings.ts'

let house: House
let secretary: Visitor
let finance: Visitor
let stranger: Visitor
let wardOfficer: Visitor
const people: Record<'online' | 'cash' | 'undone' | 'exempt', string> = {
  online: '',
  cash: '',
  undone: '',
  exempt: '',
}

const today = todayIn(new Date())
const NOW = monthOf(today)
const LAST = addToMonth(NOW, -1)
const day = (ofMonth: number) => addDays(firstDayOf(LAST), ofMonth - 1)
const when = (on: string) => ({ at: instantAt(on, 9 * 60), today: on })

beforeAll(async () => {
  house = await openHouse()
  const { cell, otherCell, ward } = house.world
  secretary = await officer('Bí Thư Sổ', 'cell-secretary', cell)
  finance = await officer('Tài Chính Sổ', 'finance-officer', cell)
  stranger = await officer('Bí Thư Lạ', 'cell-secretary', otherCell)
  wardOfficer = await officer('Tài Chính Phường', 'finance-officer', ward)
  await fillMonth()
})
afterAll(() => house.close())
/** Whatever a test did, the ledger adds up. */
afterEach(async () => {
  const { problems } = await verifyLedger(house.database)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
})

async function officer(name: string, position: string, organisationId: string): Promise<Visitor> {
  const memberId = await house.database.transaction((write) => addMember(write, name, organisationId))
  const officeId = await house.database.transaction((write) =>
    grantOffice(write, { memberId, position, organisationId, since: FOUNDED, source: 'kiểm thử' }),
  )
  return house.signIn({ kind: 'officer', memberId, officeId, csrf: '', cookies: {} })
}

/** Due 80.000 + 50.000 + 30.000 + miễn; paid by bank on the 5th, in cash on the 6th, one of them given back the same day. */
async function fillMonth(): Promise<void> {
  const { cell } = house.world
  const amounts = { online: 80_000, cash: 50_000, undone: 30_000, exempt: 0 }
  const account = await house.database.transaction(async (write) => {
    for (const [key, amount] of Object.entries(amounts)) {
      const id = await addMember(write, `Người Nộp ${key}`, cell)
      people[key as keyof typeof people] = id
      await addSchedule(write, id, amount)
    }
    return addAccount(write, cell)
  })
  await assessMonth(house.database, firstDayOf(LAST), day(1))
  const key = await house.database.transaction((write) =>
    addOrder(write, {
      organisationId: cell,
      accountId: account,
      members: [people.online],
      month: firstDayOf(LAST),
      amountVnd: 80_000,
    }),
  )
  const told = {
    accountId: account,
    reference: key,
    amountVnd: 80_000,
    direction: 'in',
    content: key,
  } as const
  const [settled] = await settleLines(
    house.database,
    [{ ...told, bookedAt: when(day(5)).at, source: 'sepay', key }],
    when(day(5)),
  )
  expect(settled?.outcome).toBe('matched')
  await house.database.transaction(async (write) => {
    for (const memberId of [people.cash, people.undone])
      await takeCash(
        write,
        {
          commandId: randomUUID(),
          cellId: cell,
          lines: [{ memberId, period: firstDayOf(LAST), number: 0 }],
          receivedBy: secretary.memberId,
        },
        when(day(6)),
      )
    const { id } = await write.one<{ id: string }>(
      sql`select id from fee_payment where payer_id = ${people.undone}`,
    )
    await undoCash(
      write,
      { paymentId: id, cellId: cell, reason: 'ghi nhầm người', by: secretary.memberId },
      when(day(6)),
    )
  })
}

/** On the first day after the month: shared out, and where there is somebody above, sent and received there. */
async function remit(from: string, month: string, above: { readonly by: string } | undefined): Promise<void> {
  const on = when(firstDayOf(NOW))
  const id = randomUUID()
  const actor = { organisationId: from, memberId: secretary.memberId, people: [secretary.memberId] }
  await house.database.transaction(async (write) => {
    await write.run(sql`
      insert into fee_share (organisation_id, valid_from, keep_percent, source, set_at)
      values (${from}, '2026-01-01', 70, 'kiểm thử', ${on.at})`)
    await shareOut(write, { commandId: id, organisationId: from, month, by: secretary.memberId }, on)
    if (!above) return
    await send(write, { id, how: 'transfer', on: on.today, reference: null }, actor, on)
    const receiver = { organisationId: house.world.ward, memberId: above.by, people: [above.by] }
    await receive(write, { id, on: on.today }, receiver, on)
  })
}

const get = (who: Visitor, url: string) => house.ask(who, { method: 'GET', url })
const page = async (who: Visitor, url: string) => {
  const answer = await get(who, url)
  expect(answer.statusCode, answer.body.slice(0, 500)).toBe(200)
  return answer.body
}
const form = (who: Visitor, url: string, fields: Readonly<Record<string, string>>) =>
  house.ask(who, {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })

interface Told {
  readonly columns: readonly { readonly key: string }[]
  readonly rows: readonly {
    readonly kind: string
    readonly cells: Readonly<Record<string, string | number | null>>
    readonly alarm: string | null
  }[]
  readonly failed: readonly string[]
  readonly notes: readonly string[]
}
const book = async (who: Visitor, name: string, period: string = LAST): Promise<Told> => {
  const answer = await get(who, `/api/v1/fees/books?book=${name}&period=${period}`)
  expect(answer.statusCode, answer.body.slice(0, 500)).toBe(200)
  return answer.json<Told>()
}
const codes = ({ rows }: Told): Record<string, string | number | null> =>
  Object.fromEntries(rows.map(({ cells }) => [String(cells.code), cells.all ?? null]))
const rowOf = ({ rows }: Told, key: string, value: string) =>
  rows.find(({ cells }) => cells[key] === value)?.cells

test('part I: paid by bank and in cash, given back, exempt; the columns add up', async () => {
  const told = await book(secretary, 's01-collection')
  expect(rowOf(told, 'name', 'Người Nộp online')).toMatchObject({
    due: 80_000,
    total: 80_000,
    collected: 80_000,
    unpaid: 0,
  })
  expect(rowOf(told, 'name', 'Người Nộp undone')).toMatchObject({ due: 30_000, collected: 0, unpaid: 30_000 })
  expect(rowOf(told, 'name', 'Người Nộp exempt')).toMatchObject({
    exempt: 'X',
    base: null,
    due: null,
    total: null,
  })
  expect(told.rows.at(-1)?.cells).toMatchObject({
    due: 160_000,
    total: 160_000,
    collected: 130_000,
    unpaid: 30_000,
  })
})

test('not shared out yet: the check of what is to be remitted does not hold, and says so beside its figure', async () => {
  const told = await book(secretary, 'b01')
  expect(codes(told)).toMatchObject({ '02': 130_000, '04': 0, '12': 0 })
  expect(told.failed.join(' ')).toContain('Mã 12 ghi 0')
  expect(told.rows.find(({ cells }) => cells.code === '12')?.alarm).toContain('130.000')
  const shown = await page(secretary, `/fees/books?book=b01&period=${LAST}`)
  expect(shown).toContain('chỗ chưa khớp')
  expect(shown).toContain('lấy mã 02 trừ mã 04 được 130.000')
})

test('made public before it was shared out; then shared out, made public again with what changed; sent to the ward', async () => {
  const { cell } = house.world
  const member = house.visitors.member
  expect(await page(member, '/fees/published')).toContain('chưa công khai kỳ nào')
  const first = { commandId: randomUUID(), period: LAST }
  for (const _ of [1, 2])
    expect((await form(finance, '/fees/books/publish', first)).headers.location).toContain('done=published')
  expect(await page(member, '/notices')).toContain('công khai việc thu, nộp đảng phí')

  await remit(cell, LAST, { by: wardOfficer.memberId })
  expect((await form(finance, '/fees/books/publish', { ...first, commandId: randomUUID() })).statusCode).toBe(
    400,
  )
  const again = { commandId: randomUUID(), period: LAST, reason: 'Đã trích, nộp của tháng' }
  expect((await form(finance, '/fees/books/publish', again)).statusCode).toBe(303)
  const same = await form(finance, '/fees/books/publish', { ...again, commandId: randomUUID() })
  expect(same.statusCode).toBe(409)

  const told = await book(secretary, 'b01')
  expect(told.failed).toEqual([])
  expect(codes(told)).toMatchObject({
    '02': 130_000,
    '04': 91_000,
    '05': 91_000,
    '06': 0,
    '12': 39_000,
    '14': 39_000,
  })
  const two = await book(secretary, 's01-remittance')
  expect(
    two.rows.find(({ kind, cells }) => kind === 'line' && cells.collectedSum === 130_000)?.cells,
  ).toMatchObject({
    exemptCount: 1,
    unpaidSum: 30_000,
    retained: 91_000,
    toRemit: 39_000,
    remitted: 39_000,
    notRemitted: 0,
    receiver: 'Tài Chính Phường',
  })

  const seen = await page(member, '/fees/published')
  expect(seen).toContain('lần 2')
  expect(seen).toContain('Đã trích, nộp của tháng')
  expect(seen).toContain('từ 0 đ thành 91.000 đ')
  expect(seen).not.toContain('Người Nộp')
  expect(seen).not.toContain('8.000.000')
  for (const kind of ['b01', 's01']) {
    const pdf = await get(member, `/fees/published.pdf?period=${LAST}&book=${kind}&number=1`)
    expect(pdf.headers['content-type']).toBe('application/pdf')
  }
  const foreign = await get(stranger, `/fees/published.pdf?period=${LAST}&book=b01&number=1`)
  expect(foreign.statusCode).toBe(404)
  expect(await page(stranger, '/fees/published')).not.toContain('130.000')
})

test('the ward adds up what was sent, with whether its formulas hold; sent again only when it differs', async () => {
  const { ward } = house.world
  const before = await book(wardOfficer, 's02')
  expect(rowOf(before, 'unit', 'Chi bộ khu phố 3')).toMatchObject({ collectedPeriod: null, received: 0 })
  expect(codes(await book(wardOfficer, 'b01'))).toMatchObject({ '02': 0 })
  const sending = { commandId: randomUUID(), period: LAST }
  for (const _ of [1, 2])
    expect((await form(secretary, '/fees/books/send', sending)).headers.location).toContain('done=sent')
  const again = await form(secretary, '/fees/books/send', { ...sending, commandId: randomUUID() })
  expect(again.statusCode).toBe(409)
  expect(await page(wardOfficer, '/notices')).toContain('đã gửi báo cáo thu, nộp đảng phí')

  const told = await book(wardOfficer, 's02')
  expect(rowOf(told, 'unit', 'Chi bộ khu phố 3')).toMatchObject({
    collectedPeriod: 130_000,
    kept: 91_000,
    keptCell: 91_000,
  })
  expect(String(rowOf(told, 'unit', 'Chi bộ khu phố 3')?.signature)).toContain('công thức khớp')
  expect(String(rowOf(told, 'unit', 'Chi bộ khu phố 10')?.signature)).toContain('Chưa gửi')
  const report = codes(await book(wardOfficer, 'b01'))
  expect(report).toMatchObject({ '02': 130_000, '04': 91_000, '05': 91_000, '12': 0 })

  // The money came from below when the month was over: 12 differs by what was on its way, and by nothing else.
  const late = await book(wardOfficer, 'b01')
  expect(late.failed.join(' ')).toContain('Mã 12 ghi 0')
  expect(late.notes.join(' ')).toContain('cấp dưới phải nộp của kỳ 39.000 đ, đơn vị đã nhận trong kỳ 0 đ')

  await remit(ward, NOW, undefined)
  const received = await book(wardOfficer, 's02', NOW)
  expect(rowOf(received, 'unit', 'Chi bộ khu phố 3')).toMatchObject({ received: 39_000 })
  expect(received.failed).toEqual([])
  expect(received.notes.join(' ')).toContain('giữ lại 27.300 đ, phải nộp cấp trên 11.700 đ')
  const shared = await book(wardOfficer, 'b01', NOW)
  expect(codes(shared)).toMatchObject({ '04': 27_300, '05': 0, '06': 27_300, '12': 11_700, '14': 11_700 })
})

test('what the workbook says is what the screen says', async () => {
  for (const name of ['s01-collection', 's01-remittance', 'b01', 'cash', 'bank']) {
    const told = await book(secretary, name)
    const answer = await get(secretary, `/fees/books.xlsx?book=${name}&period=${LAST}`)
    expect(answer.statusCode).toBe(200)
    const [sheet] = await openWorkbook(new Uint8Array(answer.rawPayload), 'so.xlsx')
    const read: ReadonlyMap<number, Cell>[] = []
    for await (const rows of sheet!.rows()) read.push(...rows.map(({ cells }) => cells))
    const wanted = told.rows.map(({ cells }) => told.columns.map(({ key }) => String(cells[key] ?? '')))
    const said = read.map((cells) => told.columns.map((_each, index) => shownText(cells.get(index))))
    expect(said.slice(4, 4 + wanted.length)).toEqual(wanted)
  }
})

test('a book of a month that is over, printed again after much has happened, is the very same paper', async () => {
  const { cell } = house.world
  const address = `/fees/books.pdf?book=s01-collection&period=${LAST}`
  const before = await book(secretary, 's01-collection')
  const paper = await get(secretary, address)
  expect(paper.statusCode).toBe(200)
  const trust = await house.parts.signers.trustRoots()
  const report = verifyPaper(new Uint8Array(paper.rawPayload), { trust, at: new Date() })
  expect([report.valid, report.trusted]).toEqual([true, true])
  const { token } = await house.database.read.one<{ token: string }>(
    sql`select token from paper where kind = 'fee-book' and organisation_id = ${cell} order by created_at desc limit 1`,
  )
  const check = await get(house.visitors.nobody, `/verify/${token}`)
  expect(check.body).toContain('Sổ, báo cáo đảng phí')
  expect(check.body).not.toContain('Người Nộp')

  // The unpaid line is adjusted and paid, and a month is assessed, all after the month.
  await assessMonth(house.database, firstDayOf(NOW), firstDayOf(NOW))
  await house.database.transaction(async (write) => {
    const { number } = await write.one<{ number: number }>(
      sql`select max(number) as number from fee_line where member_id = ${people.undone} and period = ${firstDayOf(LAST)}`,
    )
    const handling = { cell, by: secretary.memberId, at: new Date(), today }
    await adjustLine(
      write,
      { memberId: people.undone, period: firstDayOf(LAST), number },
      { id: randomUUID(), amountVnd: 20_000, reason: 'giảm' },
      handling,
    )
    await takeCash(
      write,
      {
        commandId: randomUUID(),
        cellId: cell,
        lines: [{ memberId: people.undone, period: firstDayOf(LAST), number: number + 1 }],
        receivedBy: secretary.memberId,
      },
      when(today),
    )
  })
  expect(await book(secretary, 's01-collection')).toEqual(before)
  expect((await get(secretary, address)).rawPayload.equals(paper.rawPayload)).toBe(true)
  const now = await book(secretary, 's01-collection', NOW)
  expect(rowOf(now, 'name', 'Người Nộp undone')).toMatchObject({ earlier: 20_000, collected: 20_000 })
})

test('vouchers: from what is retained only, numbered, undone by another; the cash book has the balance', async () => {
  const paying = {
    commandId: randomUUID(),
    purpose: 'newspapers',
    fund: 'cash',
    amount: '40.000',
    'on-day': String(Number(today.slice(8))),
    'on-month': String(Number(today.slice(5, 7))),
    'on-year': today.slice(0, 4),
    counterpart: 'Bưu điện phường',
    explanation: 'Mua báo quý này',
  }
  const refused = await form(finance, '/fees/books/vouchers', { ...paying, amount: 'bốn mươi' })
  expect(refused.statusCode).toBe(400)
  expect(refused.body).toContain('bốn mươi')
  expect(refused.body).toContain('Bưu điện phường')
  for (const _ of [1, 2])
    expect((await form(finance, '/fees/books/vouchers', paying)).headers.location).toContain('PC%201%2F')
  const much = await form(finance, '/fees/books/vouchers', {
    ...paying,
    commandId: randomUUID(),
    amount: '60.000',
  })
  expect(much.statusCode).toBe(409)
  expect(much.body).toContain('Nhiều hơn phần được giữ lại')
  const closed = {
    ...paying,
    commandId: randomUUID(),
    amount: '1.000',
    'on-day': '15',
    'on-month': String(Number(LAST.slice(5))),
    'on-year': LAST.slice(0, 4),
  }
  expect((await form(finance, '/fees/books/vouchers', closed)).statusCode).toBe(422)

  const told = await book(secretary, 'cash', NOW)
  expect(told.rows[0]?.cells).toMatchObject({ balance: 50_000 })
  expect(
    told.rows.find(({ cells }) => cells.newspapers === 40_000 && cells.voucher !== undefined)?.cells,
  ).toMatchObject({
    explanation: 'Mua báo quý này',
    outTotal: 40_000,
  })
  expect(told.rows.at(-1)?.cells).toMatchObject({ fees: 20_000, newspapers: 40_000, balance: 30_000 })
  expect(await page(secretary, '/fees/books/vouchers')).toContain('Bưu điện phường')
  const given = {
    ...paying,
    commandId: randomUUID(),
    purpose: 'from-above',
    amount: '5.000',
    explanation: 'Phường hỗ trợ',
  }
  expect((await form(finance, '/fees/books/vouchers', given)).headers.location).toContain('PT%201%2F')
  expect((await book(secretary, 'cash', NOW)).rows.at(-1)?.cells).toMatchObject({
    'from-above': 5_000,
    inTotal: 25_000,
    balance: 35_000,
  })

  const address = `PC-1-${today.slice(0, 4)}`
  expect(await page(secretary, `/fees/books/vouchers/undo?voucher=${address}`)).toContain('40.000')
  expect((await get(stranger, `/fees/books/vouchers/undo?voucher=${address}`)).statusCode).toBe(404)
  const undoing = { commandId: randomUUID(), voucher: address, reason: 'Ghi nhầm quý' }
  expect((await form(secretary, '/fees/books/vouchers/undo', { ...undoing, reason: '' })).statusCode).toBe(
    400,
  )
  for (const _ of [1, 2])
    expect((await form(secretary, '/fees/books/vouchers/undo', undoing)).headers.location).toContain(
      'undone=PC%202',
    )
  const twice = await form(secretary, '/fees/books/vouchers/undo', { ...undoing, commandId: randomUUID() })
  expect(twice.statusCode).toBe(409)
  const after = await book(secretary, 'cash', NOW)
  expect(after.rows.at(-1)?.cells).toMatchObject({ newspapers: 0, outTotal: 0, balance: 75_000 })
})

test('figures lead to their lists, and the lists are one’s own organisation’s alone', async () => {
  const shown = await page(secretary, `/fees/books?book=s01-remittance&period=${LAST}`)
  const links = [...shown.matchAll(/href="(\/fees\/books\/behind[^"]+)"/g)].map(([, href]) =>
    href!.replaceAll('&amp;', '&'),
  )
  expect(new Set(links.map((href) => /of=(\w+)/.exec(href)?.[1]))).toEqual(
    new Set(['members', 'exempt', 'unpaid', 'collected', 'shares']),
  )
  for (const href of new Set(links)) await page(secretary, href)
  const collected = `/fees/books/behind?of=collected&period=${LAST}`
  expect(await page(secretary, collected)).toContain('130.000')
  expect(await page(secretary, `/fees/books/behind?of=unpaid&period=${LAST}`)).toContain('Người Nộp undone')
  expect(await page(secretary, `/fees/books/behind?of=account&account=dues&period=${LAST}`)).toContain(
    '130.000',
  )
  for (const name of ['unpaid', 'collected', 'members', 'shares', 'account'])
    expect(await page(stranger, `/fees/books/behind?of=${name}&period=${LAST}`)).not.toContain('Người Nộp')
  expect(await page(stranger, `/fees/books?book=s01-collection&period=${LAST}`)).not.toContain('Người Nộp')
  expect((await get(house.visitors.member, '/fees/books')).statusCode).toBe(403)
  expect((await get(house.visitors.administrator, '/fees/books')).statusCode).toBe(403)
  expect((await get(stranger, `/fees/books?book=s02&period=${LAST}`)).statusCode).toBe(400)
})

test('a month that runs is neither sent nor made public; who has paid is made public only where the setting says so', async () => {
  for (const act of ['send', 'publish'])
    expect(
      (await form(secretary, `/fees/books/${act}`, { commandId: randomUUID(), period: NOW })).statusCode,
    ).toBe(422)
  await house.database.transaction((write) =>
    changeSetting(write, PUBLISHED_OF_MEMBERS, {
      value: 'paid-or-not',
      validFrom: today,
      reason: 'chi bộ quyết nghị',
      setBy: null,
    }),
  )
  const before = addToMonth(LAST, -1)
  await form(secretary, '/fees/books/publish', { commandId: randomUUID(), period: before })
  const seen = await page(house.visitors.member, `/fees/published?period=${before}`)
  expect(seen).toContain('Người Nộp online')
  expect(seen).not.toContain('80.000')
})

test('a cell’s figures are those of its rows, whatever way they are asked for', async () => {
  const { cell } = house.world
  const period = bookPeriod(LAST.slice(0, 4))!
  const found = await house.database.snapshot((read) =>
    figuresOfCells(read, [{ id: cell, tier: 'cell' }], period, today),
  )
  const { paid } = await house.database.read.one<{ paid: number }>(sql`
    select sum(case kind when 'paid' then amount_vnd else -amount_vnd end)::bigint as paid from ledger_transfer
     where kind in ('paid', 'refunded') and credit_owner = ${cell} and on_day between ${firstDayOf(period.from)}::date and ${lastDayOf(period.until)}::date`)
  expect(found.get(cell)?.['03']).toBe(paid)
})

test('the column of B01/ĐP is said on a page, from a month on, for all below; a report before that month stays', async () => {
  const { ward } = house.world
  const inColumn = async (who: Visitor, period: string) =>
    rowOf(await book(who, 'b01', period), 'code', '01') as Record<string, number>
  expect(await page(secretary, '/fees/report-column')).toContain('Chưa ai đặt')
  expect((await inColumn(secretary, NOW)).commune).toBeGreaterThan(0)
  const wrong = await form(wardOfficer, '/fees/report-column', { column: 'enterprise' })
  expect(wrong.statusCode).toBe(400)
  expect(wrong.body).toContain('Ghi căn cứ')
  const said = {
    column: 'enterprise',
    'from-month': NOW.slice(5),
    'from-year': NOW.slice(0, 4),
    source: 'Quyết định thành lập đảng bộ công ty',
  }
  for (const _ of [1, 2])
    expect((await form(wardOfficer, '/fees/report-column', said)).headers.location).toBe(
      '/fees/report-column?done=yes',
    )
  const { name } = await house.database.read.one<{ name: string }>(
    sql`select name from organisation_period where organisation_id = ${ward} and valid_to is null`,
  )
  expect(await page(secretary, '/fees/report-column')).toContain(`Đã đặt tại ${name}`)
  expect((await inColumn(secretary, NOW)).commune).toBe(0)
  expect((await inColumn(secretary, NOW)).enterprise).toBeGreaterThan(0)
  expect((await inColumn(secretary, LAST)).enterprise).toBe(0)
  // The cell says it of itself.
  expect(
    (await form(secretary, '/fees/report-column', { ...said, column: 'other' })).headers.location,
  ).toContain('done=yes')
  expect((await inColumn(secretary, NOW)).other).toBeGreaterThan(0)
})
