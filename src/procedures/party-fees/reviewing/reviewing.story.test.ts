/** Statements and the review queue through the house: handed in, overlapping, told before; each decision; two people; hostile files. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../../../tests/house.ts'
import { sql } from '../../../kernel/db.ts'
import { addDays, firstDayOf, monthOf, todayIn } from '../../../kernel/plain-date.ts'
import { calendarFrom } from '../../../kernel/working-time.ts'
import { currentSettings } from '../../../kernel/settings.ts'
import { makePaymentKey } from '../../../payments/payment-key.ts'
import { addMember } from '../../../registry/test-builders.ts'
import { assessMonth } from '../assessing/assess.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { insertTransfers } from '../paying/booking.ts'
import { settleLines, type ToldLine } from '../paying/settle.ts'
import { addAccount, addDeputy, addSchedule, addVisitor, takeBack } from '../test-builders.ts'
import { remindNow } from './sweeps.ts'

const FEE_VND = 15_930

let house: House
let secretary: Visitor
let finance: Visitor
let stranger: Visitor
let ward: Visitor
let account: string
let number: string
let wardAccount: string
const today = todayIn(new Date())
const MONTH = monthOf(today)

beforeAll(async () => {
  house = await openHouse()
  const { cell, otherCell, otherWard } = house.world
  secretary = await visitor('Bí Thư Bốn', 'cell-secretary', cell)
  finance = await visitor('Tài Chính Năm', 'finance-officer', cell)
  stranger = await visitor('Bí Thư Sáu', 'cell-secretary', otherCell)
  ward = await visitor('Văn Phòng Bảy', 'office-clerk', otherWard)
  account = await house.database.transaction((write) => addAccount(write, cell))
  wardAccount = await house.database.transaction((write) => addAccount(write, otherWard))
  number = await numberOf(account)
})
afterAll(() => house.close())
/** Whatever a test did, the ledger adds up. */
afterEach(async () => {
  const { problems } = await verifyLedger(house.database)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
})

const numberOf = async (id: string): Promise<string> =>
  (
    await house.database.read.one<{ number: string }>(
      sql`select account_number as number from fee_account where id = ${id}`,
    )
  ).number

const visitor = (name: string, position: string | null, organisationId: string): Promise<Visitor> =>
  addVisitor(house, name, position, organisationId)

/** How many lines the tab says wait for this officer. */
async function forMe(who: Visitor): Promise<number> {
  const { body } = await get(who, '/fees/bank/review')
  return Number(/>Sao kê ngân hàng<span class="chip-count"> \((\d+)\)/.exec(body)?.[1] ?? 0)
}

let people = 0

/** A member of the cell who owes this month. */
async function owing(name: string, organisationId = house.world.cell, amountVnd = FEE_VND): Promise<string> {
  people += 1
  const id = await house.database.transaction(async (write) => {
    const memberId = await addMember(write, name, organisationId)
    await addSchedule(write, memberId, amountVnd)
    return memberId
  })
  await assessMonth(house.database, firstDayOf(MONTH), today)
  return id
}

let keys = 0

async function ordered(members: readonly string[], accountId = account, cell = house.world.cell) {
  const key = makePaymentKey(Uint8Array.of(7, 3, 1, 9, 5, 2, 8, (keys += 1)))
  const id = randomUUID()
  await house.database.transaction(async (write) => {
    await write.run(sql`
      insert into fee_order (id, key, payer_id, organisation_id, method, account_id, amount_vnd, made_by, made_at)
      values (${id}, ${key}, ${members[0]}, ${cell}, 'transfer', ${accountId}, ${FEE_VND * members.length}, ${members[0]}, ${new Date()})`)
    for (const member of members)
      await write.run(sql`
        insert into fee_order_line (order_id, member_id, period, number, amount_vnd)
        values (${id}, ${member}, ${firstDayOf(MONTH)}, 0, ${FEE_VND})`)
  })
  return { id, key }
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

/** Hands a file in as a browser does; answers where it leads, or the page that says why not. */
async function handIn(
  who: Visitor,
  content: string | Buffer,
  name: string,
  fields: Record<string, string> = {},
) {
  const boundary = 'xxSTATEMENTxx'
  const parts = Object.entries({ csrf: who.csrf, id: randomUUID(), account, ...fields }).map(
    ([field, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  )
  const payload = Buffer.concat([
    Buffer.from(
      `${parts.join('')}--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  return house.ask(who, {
    method: 'POST',
    url: '/fees/bank',
    payload,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  })
}

interface Line {
  readonly amount: number
  readonly content: string
  readonly on?: string
  readonly reference?: string
}

/** A statement as camt.053: amounts below zero went out. */
function camt(
  lines: readonly Line[],
  { opening = 1_000_000, account: of = number, closing = Number.NaN, ccy = 'VND' } = {},
) {
  const sum = lines.reduce((total, { amount }) => total + amount, opening)
  const side = (amount: number) => (amount < 0 ? 'DBIT' : 'CRDT')
  const balance = (kind: string, amount: number, on: string) =>
    `<Bal><Tp><CdOrPrtry><Cd>${kind}</Cd></CdOrPrtry></Tp><Amt Ccy="VND">${Math.abs(amount)}</Amt><CdtDbtInd>${side(amount)}</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`
  const days = lines.map(({ on = today }) => on).toSorted()
  return [
    '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>',
    `<Id>S</Id><Acct><Id><Othr><Id>${of}</Id></Othr></Id></Acct>`,
    balance('OPBD', opening, days[0] ?? today),
    balance('CLBD', Number.isNaN(closing) ? sum : closing, days.at(-1) ?? today),
    ...lines.map(
      ({ amount, content, on = today, reference }) =>
        `<Ntry><Amt Ccy="${ccy}">${Math.abs(amount)}</Amt><CdtDbtInd>${side(amount)}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${on}</Dt></BookgDt>${reference ? `<AcctSvcrRef>${reference}</AcctSvcrRef>` : ''}<NtryDtls><TxDtls><RmtInf><Ustrd>${content}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`,
    ),
    '</Stmt></BkToCstmrStmt></Document>',
  ].join('')
}

const locationOf = (response: { headers: Record<string, unknown> }) => String(response.headers.location)

/** Hands a statement in, looks at it and keeps it. */
async function keepWhole(
  who: Visitor,
  content: string,
  name = 'sao-ke.xml',
  fields: Record<string, string> = {},
) {
  const file = locationOf(await handIn(who, content, name, fields))
  const page = await get(who, file)
  expect(page.statusCode).toBe(200)
  const kept = await post(who, `${file}/keep`, {})
  expect(kept.statusCode).toBe(303)
  return { page: page.body, to: locationOf(kept), file }
}

const callback = (more: Partial<ToldLine> & Pick<ToldLine, 'amountVnd' | 'content'>) =>
  settleLines(
    house.database,
    [
      {
        accountId: account,
        reference: randomUUID(),
        direction: 'in',
        bookedAt: new Date(),
        source: 'sepay',
        ...more,
      },
    ],
    { at: new Date(), today },
  )

/** The line of the bank's with this in its content. */
const lineWith = (content: string) =>
  house.database.read.one<{ id: string; outcome: string; source: string; amount: number }>(sql`
    select id, outcome, source, amount_vnd as amount from bank_line where content like ${`%${content}%`}`)
const countOf = async (content: string) =>
  (
    await house.database.read.one<{ count: number }>(
      sql`select count(*) as count from bank_line where content like ${`%${content}%`}`,
    )
  ).count
const balanceOf = async (owner: string, name: string) => {
  const row = await house.database.read.maybe<{ vnd: number }>(sql`
    select debit_vnd - credit_vnd as vnd from ledger_balance where owner = ${owner} and account = ${name}`)
  return row?.vnd ?? 0
}
const paidOf = async (member: string) =>
  (
    await house.database.read.one<{ paid: number }>(sql`
      select count(*) as paid from fee_line_now where member_id = ${member} and payment_id is not null`)
  ).paid

/** Money that fitted nothing, from a callback. @returns the address of its page */
async function unknown(amountVnd: number, content: string): Promise<string> {
  await callback({ amountVnd, content })
  return `/fees/bank/lines/${(await lineWith(content)).id}`
}
const act = (who: Visitor, address: string, name: string, fields: Record<string, string | string[]> = {}) =>
  post(who, address, { act: name, commandId: randomUUID(), reason: 'Đã hỏi người nộp.', ...fields })

describe('statements', () => {
  test('looked at, kept, and what fits an order is paid; the same file again books nothing', async () => {
    const member = await owing('Nguyễn Thị Sao')
    const { key } = await ordered([member])
    const content = camt([
      { amount: FEE_VND, content: `CT DEN ${key}`, reference: 'FT1' },
      { amount: 70_000, content: 'khong ro', reference: 'FT2' },
      { amount: -1_100, content: 'phi dich vu', reference: 'FT2' },
    ])
    expect((await get(secretary, '/fees/bank')).body).toContain(number)
    const { page, to } = await keepWhole(secretary, content)
    expect(page).toContain('Khớp lệnh nộp')
    expect(page).toContain('1.084.830')
    expect(to).toBe('/fees/bank?done=kept&lines=3&fresh=3&waiting=2')
    expect((await get(secretary, to)).body).toContain(
      'Đã nạp sao kê: 3 dòng, 3 dòng mới. 2 dòng chưa khớp, chờ xử lý.',
    )
    expect(await paidOf(member)).toBe(1)
    const again = locationOf(await handIn(secretary, content, 'lan-hai.xml'))
    expect(again).toBe(`/fees/bank?done=again&on=${today}`)
    expect((await get(secretary, again)).body).toContain('Không ghi gì thêm')
  })

  test('overlapping days, and a line that a callback told before, are not booked twice', async () => {
    const [one, two] = [await owing('Trần Văn Một'), await owing('Trần Văn Hai')]
    const [first, second] = [await ordered([one]), await ordered([two])]
    const yesterday = addDays(today, -1)
    await callback({ amountVnd: FEE_VND, content: `MB ${first.key}`, key: first.key, bankReference: 'FT-77' })
    const told = { amount: FEE_VND, content: `NHAN ${first.key} TU 1`, reference: 'FT77' }
    await keepWhole(
      secretary,
      camt([{ amount: 11, content: 'hom qua', on: yesterday, reference: 'FT70' }, told]),
    )
    expect(await countOf(first.key)).toBe(1)
    const { page, to } = await keepWhole(
      secretary,
      camt([told, { amount: FEE_VND, content: `NHAN ${second.key}`, reference: 'FT78' }], {
        opening: 1_000_011,
      }),
    )
    expect(page).toContain('đã có trong sao kê trước')
    expect(to).toContain('lines=2&fresh=1&waiting=0')
    expect([await paidOf(one), await paidOf(two)]).toEqual([1, 1])
  })

  test('a callback without the bank’s number: a whole day proves it; another day is for a person, who must say', async () => {
    const [one, two] = [await owing('Phạm Thị Ba'), await owing('Phạm Thị Tư')]
    const [sure, unsure] = [await ordered([one]), await ordered([two])]
    await callback({ amountVnd: FEE_VND, content: sure.key, key: sure.key })
    const before = new Date(Date.now() - 3 * 86_400_000)
    await callback({ amountVnd: FEE_VND, content: unsure.key, key: unsure.key, bookedAt: before })
    const file = locationOf(
      await handIn(
        secretary,
        camt([
          { amount: FEE_VND, content: `X ${sure.key}`, reference: 'GB1' },
          { amount: FEE_VND, content: `X ${unsure.key}`, reference: 'GB2' },
        ]),
        'a.xml',
      ),
    )
    const page = await get(secretary, file)
    expect(page.body).toContain('là dòng đã báo trong các ngày này')
    expect(page.body).toContain('Dòng cần đồng chí cho biết')
    const missing = await post(secretary, `${file}/keep`, {})
    expect(missing.statusCode).toBe(400)
    expect(missing.body).toContain('Chọn một cách hiểu cho dòng 2')
    expect(await countOf(sure.key)).toBe(1)
    const same = await lineWith(unsure.key)
    expect((await post(secretary, `${file}/keep`, { 'same-2': randomUUID() })).statusCode).toBe(400)
    expect(locationOf(await post(secretary, `${file}/keep`, { 'same-2': same.id }))).toContain(
      'lines=2&fresh=0&waiting=0',
    )
    expect([await countOf(sure.key), await countOf(unsure.key)]).toEqual([1, 1])
  })

  test('of two lines said to be the same known one, the second is asked for again', async () => {
    const before = new Date(Date.now() - 3 * 86_400_000)
    await callback({ amountVnd: 31_313, content: 'mot lan thoi', bookedAt: before })
    const known = await lineWith('mot lan thoi')
    const content = camt(
      ['GC1', 'GC2'].map((reference) => ({ amount: 31_313, content: `${reference} ai do`, reference })),
    )
    const file = locationOf(await handIn(secretary, content, 'a.xml'))
    const twice = await post(secretary, `${file}/keep`, { 'same-1': known.id, 'same-2': known.id })
    expect(twice.statusCode).toBe(400)
    expect(twice.body).toContain('Chọn một cách hiểu cho dòng 2')
    const to = locationOf(await post(secretary, `${file}/keep`, { 'same-1': known.id, 'same-2': 'other' }))
    expect(to).toContain('lines=2&fresh=1&waiting=1')
  })

  test('a bank nobody knows: its columns are assigned once, and its next file is read by them', async () => {
    const member = await owing('Võ Văn Cột')
    const { key } = await ordered([member])
    const [year, month, day] = today.split('-')
    const table = (amount: string, content: string, before: number, after: number) =>
      [
        'NGÂN HÀNG LẠ',
        `Số tài khoản: ${number}`,
        'TT;Thời điểm;Mã GD nội bộ;Chi;Thu;Còn lại;Ghi chú',
        `1;${day}/${month}/${year};LA-${after};;${amount};${after};${content}`,
        `Số dư đầu kỳ: ${before}`,
        `Số dư cuối kỳ: ${after}`,
      ].join('\n')
    const file = locationOf(await handIn(secretary, table('15.930', key, 100, 16_030), 'la.csv'))
    const led = await get(secretary, file)
    expect([led.statusCode, locationOf(led)]).toEqual([303, `${file}/columns`])
    const asking = await get(secretary, `${file}/columns`)
    expect(asking.body).toContain('Cột nào là gì?')
    expect(asking.body).toContain('Thời điểm')
    const half = await post(secretary, `${file}/columns`, { row: '3', date: 'Thời điểm', credit: 'Thu' })
    expect(half.statusCode).toBe(400)
    expect(half.body).toMatch(/value="Thu" selected/)
    const twice = await post(secretary, `${file}/columns`, {
      row: '3',
      date: 'Thu',
      content: 'Ghi chú',
      credit: 'Thu',
    })
    expect(twice.body).toContain('Một cột chỉ chọn cho một mục')
    const columns = {
      date: 'Thời điểm',
      content: 'Ghi chú',
      credit: 'Thu',
      debit: 'Chi',
      balance: 'Còn lại',
      reference: 'Mã GD nội bộ',
    }
    expect(locationOf(await post(secretary, `${file}/columns`, { row: '3', ...columns }))).toBe(file)
    expect((await get(secretary, file)).body).toContain('Bảng (Excel, CSV)')
    await post(secretary, `${file}/keep`, {})
    expect(await paidOf(member)).toBe(1)
    const { to } = await keepWhole(secretary, table('16', 'tien le', 16_030, 16_046), 'la-2.csv')
    expect(to).toContain('lines=1&fresh=1&waiting=1')
  })

  test.each<[string, () => string | Buffer, string, string]>([
    ['a wrong sum', () => camt([{ amount: 5, content: 'x' }], { closing: 7 }), 'a.xml', 'Sao kê không khớp'],
    ['two currencies', () => camt([{ amount: 5, content: 'x' }], { ccy: 'USD' }), 'a.xml', 'đồng'],
    [
      'another account',
      () => camt([{ amount: 5, content: 'x' }], { account: '999999' }),
      'a.xml',
      'Sao kê của tài khoản khác',
    ],
    ['no statement', () => '<html></html>', 'a.xml', 'Sao kê không đọc được'],
  ])(
    '%s is refused with words at the preview, however often it is looked at, and nothing is kept',
    async (_what, content, name, words) => {
      const file = locationOf(await handIn(secretary, content(), name))
      const page = await get(secretary, file)
      expect(page.statusCode).toBe(400)
      expect(page.body).toContain(words)
      const again = await get(secretary, file)
      expect([again.statusCode, again.body.includes(words)]).toEqual([400, true])
      await post(secretary, `${file}/drop`, {})
    },
  )

  test.each<[string, () => string | Buffer, string, string]>([
    ['a picture', () => '%PDF-1.7 …', 'a.pdf', 'Chưa nhận ra loại tệp'],
    ['nothing', () => '', 'a.xml', 'Chọn tệp sao kê'],
    ['ten megabytes and more', () => Buffer.alloc(11 * 1024 * 1024, 60), 'a.xml', 'MB'],
  ])('%s is refused when it is handed in', async (_what, content, name, words) => {
    const page = await handIn(secretary, content(), name)
    expect(page.statusCode).toBe(400)
    expect(page.body).toContain(words)
  })

  test('a table names the row and the column it cannot read, and the file is not lost', async () => {
    const text = [
      `Số tài khoản: ${number}`,
      'Ngày giao dịch;Ghi nợ;Ghi có;Số dư;Nội dung',
      '26/11/2026;;15,93;100;x',
    ].join('\n')
    const file = locationOf(await handIn(secretary, text, 'a.csv'))
    expect(locationOf(await get(secretary, file))).toBe(`${file}/columns`)
    expect((await get(secretary, `${file}/columns`)).body).toContain('dòng 3, cột &quot;Ghi có&quot;')
    expect(locationOf(await post(secretary, `${file}/drop`, {}))).toBe('/fees/bank?done=dropped')
    expect((await get(secretary, file)).statusCode).toBe(404)
  })

  test('files, lines and accounts of others are as unknown as those there are not; members have no such page', async () => {
    const file = locationOf(await handIn(secretary, camt([{ amount: 3, content: 'cua chi bo' }]), 'a.xml'))
    for (const url of [file, `${file}/columns`, `/fees/bank/month?account=${account}`])
      expect((await get(stranger, url)).statusCode, url).toBe(404)
    expect((await handIn(stranger, camt([]), 'a.xml')).statusCode).toBe(404)
    const line = await unknown(4_444, 'cua rieng chi bo')
    expect((await get(stranger, line)).statusCode).toBe(404)
    expect((await act(stranger, line, 'leave')).statusCode).toBe(404)
    expect((await get(house.visitors.member, '/fees/bank')).statusCode).toBe(403)
    await post(secretary, `${file}/drop`, {})
  })
})

describe('money that fitted nothing', () => {
  test('a key with one character wrong: proposed, booked with a receipt, once', async () => {
    const member = await owing('Đỗ Thị Khóa')
    const { id, key } = await ordered([member])
    const wrong = key.slice(0, -1) + (key.endsWith('0') ? '1' : '0')
    const line = await unknown(FEE_VND, `CT ${wrong}`)
    const queue = await get(secretary, '/fees/bank/review')
    expect(queue.body).toContain(wrong)
    expect(queue.body).toContain('Không có mã khoản nộp nào khớp')
    expect((await get(secretary, line)).body).toContain('mã trong nội dung chỉ sai một ký tự')
    const bare = await act(secretary, line, 'attach', { reason: '' })
    expect(bare.statusCode).toBe(400)
    expect(bare.body).toContain('Ghi lý do')
    expect(bare.body).toContain('Chọn một phương án')
    const before = await balanceOf(house.world.cell, 'bank')
    const form = { act: 'attach', commandId: randomUUID(), reason: 'Sai một ký tự.', choice: `order:${id}` }
    for (let times = 0; times < 2; times += 1)
      expect(locationOf(await post(secretary, line, form))).toBe('/fees/bank/review?done=attach')
    expect(await paidOf(member)).toBe(1)
    expect(await balanceOf(house.world.cell, 'bank')).toBe(before)
    const page = (await get(secretary, line)).body
    expect(page).toContain('Khoản này đã xử lý xong')
    expect(page).toMatch(/biên lai \d+\//)
    expect((await act(secretary, line, 'leave')).statusCode).toBe(409)
  })

  test('a name without accents and the sum of open months', async () => {
    const member = await owing('Lê Hoàng Tên')
    const line = await unknown(FEE_VND, 'LE HOANG TEN nop dang phi')
    const page = (await get(secretary, line)).body
    expect(page).toContain('có tên trong nội dung')
    const choice = new RegExp(`value="(lines:${member}[^"]*)"`).exec(page)?.[1] ?? ''
    expect(locationOf(await act(secretary, line, 'attach', { choice }))).toContain('done=attach')
    expect(await paidOf(member)).toBe(1)
  })

  test('searched for and ticked by hand; more than there is, and lines of another cell, are refused', async () => {
    const [one, two] = [await owing('Hồ Tìm Một'), await owing('Hồ Tìm Hai')]
    const foreign = await owing('Hồ Tìm Xa', house.world.otherCell)
    const line = await unknown(FEE_VND, 'khong co gi de doan')
    const found = (await get(secretary, `${line}?q=hồ tìm`)).body
    expect(found).toContain('Hồ Tìm Một')
    expect(found).not.toContain('Hồ Tìm Xa')
    const keyOf = (member: string) => `${member}_${MONTH}_0`
    const both = await act(secretary, line, 'attach', { chosen: [keyOf(one), keyOf(two)], q: 'hồ tìm' })
    expect(both.statusCode).toBe(409)
    expect(both.body).toContain('Nhiều hơn số tiền có')
    expect(both.body).toContain('Đã hỏi người nộp.')
    expect((await act(secretary, line, 'attach', { chosen: keyOf(foreign) })).statusCode).toBe(404)
    expect(locationOf(await act(secretary, line, 'attach', { chosen: keyOf(two) }))).toContain('done=attach')
    expect([await paidOf(one), await paidOf(two)]).toEqual([0, 1])
  })

  test('under-paid: those lines of the order that add up; over-paid: the order, and the rest goes back', async () => {
    const [one, two] = [await owing('Ngô Thiếu Một'), await owing('Ngô Thiếu Hai')]
    const { key } = await ordered([one, two])
    await callback({ amountVnd: FEE_VND, content: `thieu ${key}`, key })
    const under = `/fees/bank/lines/${(await lineWith(key)).id}`
    const page = (await get(secretary, under)).body
    expect(page).toContain('Chuyển thiếu so với lệnh nộp')
    const choice = /value="(lines:[^"]+)"/.exec(page)?.[1] ?? ''
    await act(secretary, under, 'attach', { choice })
    expect((await paidOf(one)) + (await paidOf(two))).toBe(1)

    const three = await owing('Ngô Thừa')
    const over = await ordered([three])
    await callback({ amountVnd: FEE_VND + 5_000, content: `thua ${over.key}`, key: over.key })
    const line = `/fees/bank/lines/${(await lineWith(over.key)).id}`
    const unmatched = await balanceOf(house.world.cell, 'unmatched')
    expect((await get(secretary, line)).body).toContain('Phần thừa 5.000 đ ở lại chờ chuyển trả')
    await act(secretary, line, 'attach', { choice: `order:${over.id}` })
    expect(await paidOf(three)).toBe(1)
    expect(await balanceOf(house.world.cell, 'unmatched')).toBe(unmatched + FEE_VND)
    expect((await get(secretary, '/fees/bank/review')).body).toContain('còn 5.000 đ')
    const incomplete = await act(secretary, line, 'send-back')
    expect(incomplete.statusCode).toBe(400)
    expect(incomplete.body).toContain('Ghi số tham chiếu của lần chuyển trả')
    const [year = '', month = '', day = ''] = today.split('-')
    const on = { 'on-day': day, 'on-month': month, 'on-year': year }
    const early = { 'on-day': '1', 'on-month': '1', 'on-year': '2026', reference: 'TRA1' }
    expect((await act(secretary, line, 'send-back', early)).body).toContain('Ngày chuyển trả quá sớm')
    expect(locationOf(await act(secretary, line, 'send-back', { ...on, reference: 'TRA-1' }))).toContain(
      'done=send-back',
    )
    expect(await balanceOf(house.world.cell, 'unmatched')).toBe(unmatched + FEE_VND + 5_000)

    // The bank's own line of it comes with the statement, bears the number, and is known.
    const bank = await balanceOf(house.world.cell, 'bank')
    await keepWhole(
      secretary,
      camt([{ amount: -5_000, content: 'chuyen tra nguoi gui', reference: 'TRA1' }], { opening: 9_000 }),
    )
    expect(await balanceOf(house.world.cell, 'bank')).toBe(bank)
    expect((await get(secretary, '/fees/bank/review')).body).not.toContain('chuyen tra nguoi gui')
  })

  test('above the limit two people send it back: not the same, not before the second, and it can be withdrawn', async () => {
    const line = await unknown(3_000_000, 'mot khoan lon')
    expect((await get(secretary, line)).body).toContain('cần người thứ hai')
    const asked = randomUUID()
    await act(secretary, line, 'send-back', { commandId: asked })
    expect((await get(finance, '/fees/bank/review')).body).toContain('Người thứ hai đồng ý chuyển trả')
    const [year = '', month = '', day = ''] = today.split('-')
    const sent = { decision: asked, 'on-day': day, 'on-month': month, 'on-year': year, reference: 'TRALON' }
    expect((await act(secretary, line, 'sent', sent)).body).toContain('Chưa có người thứ hai đồng ý')
    expect((await act(secretary, line, 'confirm', { decision: asked })).body).toContain(
      'Cần người khác đồng ý',
    )
    await act(finance, line, 'withdraw', { decision: asked, reason: 'Hỏi lại đã.' })
    expect((await get(secretary, line)).body).toContain('Đã rút lại: Hỏi lại đã.')
    expect((await act(secretary, line, 'send-back', { commandId: asked })).statusCode).toBe(409)
    expect((await act(secretary, line, 'leave', { commandId: asked })).statusCode).toBe(409)
    const again = randomUUID()
    await act(finance, line, 'send-back', { commandId: again })
    expect(locationOf(await act(secretary, line, 'confirm', { decision: again }))).toContain('done=confirm')
    const bank = await balanceOf(house.world.cell, 'bank')
    for (let times = 0; times < 2; times += 1)
      expect(locationOf(await act(secretary, line, 'sent', { ...sent, decision: again }))).toContain(
        'done=sent',
      )
    expect(await balanceOf(house.world.cell, 'bank')).toBe(bank - 3_000_000)
    await expect(
      house.database.transaction((write) =>
        write.run(sql`update bank_line_review set confirmed_by = by_member where id = ${asked}`),
      ),
    ).rejects.toThrow()
  })

  describe('a large sum is attached by two people', () => {
    const LARGE_VND = 1_200_000
    const keyOf = (member: string) => `${member}_${MONTH}_0`
    /** Who was told that a proposal waits. */
    const toldOf = async (proposal: string) =>
      (
        await house.database.read.rows<{ to: string }>(sql`
          select member_id as to from notice where once_key like ${`party-fees-bank-second ${proposal} %`}`)
      ).map(({ to }) => to)
    const standingOf = async (line: string) => (await get(finance, line)).body
    const queue = async (content: string) => {
      const { waiting } = (await get(finance, '/api/v1/fees/bank/review')).json<{
        waiting: { content: string; awaited: string }[]
      }>()
      return waiting.find((each) => each.content === content)?.awaited
    }

    test('one proposes, a second one books: not the same, nobody linked with the first; withdrawn, the line waits again', async () => {
      const { cell } = house.world
      const [one, two] = [await owing('Lớn Một', cell, LARGE_VND), await owing('Lớn Hai', cell, LARGE_VND)]
      const line = await unknown(2 * LARGE_VND, 'nop ho khoan lon')
      expect(await standingOf(line)).toContain('Ghi nhận trên 2.000.000 đ từ khoản này: người thứ hai')
      const unmatched = await balanceOf(cell, 'unmatched')
      const first = randomUUID()
      const chosen = [keyOf(one), keyOf(two)]
      for (let times = 0; times < 2; times += 1)
        expect(locationOf(await act(secretary, line, 'attach', { commandId: first, chosen }))).toBe(
          '/fees/bank/review?done=propose',
        )
      expect([await paidOf(one), await balanceOf(cell, 'unmatched')]).toEqual([0, unmatched])
      expect(await toldOf(first)).toEqual([finance.memberId])
      expect(await queue('nop ho khoan lon')).toBe('attach-second')
      expect((await get(finance, '/fees/bank/review')).body).toContain(
        'Người thứ hai xem và đồng ý ghi nhận nộp',
      )
      const page = await standingOf(line)
      expect(page).toMatch(/Bí Thư Bốn đề nghị ghi nhận 2\.400\.000 đ/)
      expect([page.includes('Lớn Một, '), page.includes('Đồng ý ghi nhận nộp')]).toEqual([true, true])
      expect((await get(secretary, line)).body).not.toContain('Đồng ý ghi nhận nộp')

      // The one who proposed, who stands in for that one, and who did until just now.
      const helper = await visitor('Phó Bí Thư Chín', 'cell-deputy-secretary', cell)
      const refused = async (who: Visitor) => {
        const answer = await act(who, line, 'confirm', { decision: first })
        expect([answer.statusCode, answer.body.includes('Cần người khác đồng ý')]).toEqual([422, true])
      }
      await refused(secretary)
      await refused(await addDeputy(house, helper.memberId, secretary))
      expect((await get(helper, line)).body).not.toContain('Đồng ý ghi nhận nộp')
      await refused(helper)
      await takeBack(house, secretary)
      await refused(helper)
      await expect(
        house.database.transaction((write) =>
          write.run(sql`
            update bank_line_review set confirmed_by = ${helper.memberId}, confirmed_at = now(), payment_id = gen_random_uuid()
             where id = ${first}`),
        ),
      ).rejects.toThrow('one person')

      const other = await act(secretary, line, 'attach', {
        commandId: first,
        chosen: keyOf(secretary.memberId),
      })
      expect([other.statusCode, other.body.includes('Trang này đã gửi một việc khác')]).toEqual([409, true])
      await act(secretary, line, 'withdraw', { decision: first, reason: 'Nhầm người.' })
      const late = await act(secretary, line, 'attach', { commandId: first, chosen })
      expect([late.statusCode, late.body.includes('Việc này không còn chờ')]).toEqual([409, true])
      expect(await queue('nop ho khoan lon')).toBe('decide')
      expect((await act(finance, line, 'confirm', { decision: first })).statusCode).toBe(409)
      const again = randomUUID()
      await act(secretary, line, 'attach', { commandId: again, chosen })
      for (let times = 0; times < 2; times += 1)
        expect(locationOf(await act(finance, line, 'confirm', { decision: again }))).toContain('done=attach')
      expect([await paidOf(one), await paidOf(two)]).toEqual([1, 1])
      expect(await balanceOf(cell, 'unmatched')).toBe(unmatched + 2 * LARGE_VND)
      const done = await standingOf(line)
      expect([done.match(/biên lai \d+\//g)?.length, done.includes('Người thứ hai: Tài Chính Năm')]).toEqual([
        2,
        true,
      ])
      expect(await queue('nop ho khoan lon')).toBe(undefined)
    })

    test('parts of one line add up: what goes above the sum waits for the second', async () => {
      const { cell } = house.world
      const [one, two] = [await owing('Phần Một', cell, LARGE_VND), await owing('Phần Hai', cell, LARGE_VND)]
      const line = await unknown(2 * LARGE_VND, 'hai phan cua mot khoan')
      expect(locationOf(await act(secretary, line, 'attach', { chosen: keyOf(one) }))).toContain(
        'done=attach',
      )
      const second = randomUUID()
      const rest = await act(secretary, line, 'attach', { commandId: second, chosen: keyOf(two) })
      expect(locationOf(rest)).toContain('done=propose')
      expect([await paidOf(one), await paidOf(two)]).toEqual([1, 0])
      expect(locationOf(await act(finance, line, 'confirm', { decision: second }))).toContain('done=attach')
      expect(await paidOf(two)).toBe(1)
    })

    test('the second owes nothing of it, and what was proposed is open still', async () => {
      const { cell } = house.world
      const third = await visitor('Phó Bí Thư Mười', 'cell-deputy-secretary', cell)
      await house.database.transaction((write) => addSchedule(write, third.memberId, 2 * LARGE_VND))
      await assessMonth(house.database, firstDayOf(MONTH), today)
      const line = await unknown(2 * LARGE_VND, 'khoan cua nguoi thu hai')
      const asked = randomUUID()
      const [before, ofFinance] = [await forMe(third), await forMe(finance)]
      await act(secretary, line, 'attach', { commandId: asked, chosen: keyOf(third.memberId) })
      expect([await forMe(third), await forMe(finance)]).toEqual([before - 1, ofFinance])
      for (const page of ['/fees/bank', '/fees/bank/review'])
        expect((await get(third, page)).body).toMatch(
          new RegExp(`${before} khoản chưa khớp, trong đó ${before - 1} chờ đồng chí`),
        )
      const told = await toldOf(asked)
      expect([told.includes(finance.memberId), told.includes(third.memberId)]).toEqual([true, false])
      const offered = async (who: Visitor, words: string) => {
        const { body } = await get(who, line)
        return [body.includes('Đồng ý ghi nhận nộp'), body.includes(words)]
      }
      expect(await offered(third, 'phần của chính đồng chí')).toEqual([false, true])
      expect(await offered(third, 'rút lại đề nghị nếu đã đề nghị')).toEqual([false, true])
      expect(await offered(finance, 'phần của chính đồng chí')).toEqual([true, false])
      const own = await act(third, line, 'confirm', { decision: asked })
      expect([own.statusCode, own.body.includes('phần của chính đồng chí')]).toEqual([422, true])
      await post(secretary, '/fees/collect', {
        commandId: randomUUID(),
        chosen: keyOf(third.memberId),
        by: 'cash',
      })
      expect(await offered(finance, 'đã nộp')).toEqual([false, true])
      expect((await act(finance, line, 'confirm', { decision: asked })).statusCode).toBe(409)
      expect(locationOf(await act(finance, line, 'withdraw', { decision: asked }))).toContain('done=withdraw')
      expect(await queue('khoan cua nguoi thu hai')).toBe('decide')
      await act(secretary, line, 'leave')
    })

    test('two agree, and one withdraws, at once: one of it', async () => {
      const { cell } = house.world
      const payer = await owing('Lớn Cùng Lúc', cell, 2 * LARGE_VND)
      const line = await unknown(2 * LARGE_VND, 'dong y cung luc')
      const asked = randomUUID()
      await act(secretary, line, 'attach', { commandId: asked, chosen: keyOf(payer) })
      const other = await visitor('Phó Bí Thư Mười Một', 'cell-deputy-secretary', cell)
      const answers = await Promise.all([
        act(finance, line, 'confirm', { decision: asked }),
        act(other, line, 'confirm', { decision: asked }),
        act(secretary, line, 'withdraw', { decision: asked }),
      ])
      expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 409, 409])
      expect(await paidOf(payer)).toBe(answers[2].statusCode === 303 ? 0 : 1)
      if (answers[2].statusCode === 303) await act(secretary, line, 'leave')
    })
  })

  test('cash the cell paid in: the bank’s line is found for it, and the bank does not count double', async () => {
    const member = await owing('Mai Tiền Mặt')
    const cell = house.world.cell
    const chosen = `${member}_${MONTH}_0`
    await post(secretary, '/fees/collect', { commandId: randomUUID(), chosen, by: 'cash' })
    const before = { bank: await balanceOf(cell, 'bank'), unmatched: await balanceOf(cell, 'unmatched') }
    const [year = '', month = '', day = ''] = today.split('-')
    const paidIn = {
      amount: '15.930',
      'on-day': day,
      'on-month': month,
      'on-year': year,
      commandId: randomUUID(),
    }
    await post(secretary, '/fees/cash/bank', paidIn)
    const line = await unknown(FEE_VND, 'NOP TIEN MAT TAI QUAY')
    expect(await balanceOf(cell, 'bank')).toBe(before.bank + 2 * FEE_VND)
    const page = (await get(secretary, line)).body
    expect(page).toContain('Tiền mặt nộp vào tài khoản, ngày')
    const none = await act(secretary, line, 'booked')
    expect(none.body).toContain('Chọn một khoản trong sổ')
    expect((await act(secretary, line, 'booked', { document: randomUUID() })).statusCode).toBe(409)
    await act(secretary, line, 'booked', { document: paidIn.commandId })
    expect({ bank: await balanceOf(cell, 'bank'), unmatched: await balanceOf(cell, 'unmatched') }).toEqual({
      bank: before.bank + FEE_VND,
      unmatched: before.unmatched,
    })
    const second = await unknown(FEE_VND, 'NOP TIEN MAT LAN HAI')
    expect((await act(secretary, second, 'booked', { document: paidIn.commandId })).statusCode).toBe(409)
    await act(secretary, second, 'leave')
  })

  test('told twice: one stays; left with a note: the money stays where it is', async () => {
    const member = await owing('Tạ Báo Hai')
    const { key } = await ordered([member])
    await callback({ amountVnd: FEE_VND, content: `lan dau ${key}`, key })
    await callback({ amountVnd: FEE_VND, content: `lan sau ${key}`, key, source: 'casso' })
    const [first, again] = [await lineWith(`lan dau ${key}`), await lineWith(`lan sau ${key}`)]
    expect(again.outcome).toBe('duplicate')
    const line = `/fees/bank/lines/${again.id}`
    expect((await get(secretary, line)).body).toContain('Trùng với một dòng khác')
    const bank = await balanceOf(house.world.cell, 'bank')
    expect(locationOf(await act(secretary, line, 'told-twice', { twin: first.id }))).toContain(
      'done=told-twice',
    )
    expect(await balanceOf(house.world.cell, 'bank')).toBe(bank - FEE_VND)
    const interest = await unknown(1_234, 'lai tien gui')
    await act(secretary, interest, 'leave', { reason: 'Lãi tiền gửi.' })
    expect((await get(secretary, '/fees/bank/review')).body).not.toContain('lai tien gui')
    expect((await get(secretary, interest)).body).toContain('Lãi tiền gửi.')
  })

  test('two lines of one statement, or with two numbers of the bank’s, are not one told twice', async () => {
    const pair = ['hai lan a', 'hai lan b'].map((content) => ({ amount: 41_414, content }))
    await keepWhole(secretary, camt(pair))
    await callback({ amountVnd: 42_424, content: 'hai so a', bankReference: 'FT-901' })
    await callback({ amountVnd: 42_424, content: 'hai so b', bankReference: 'FT902' })
    await callback({ amountVnd: 42_424, content: 'hai so c', bankReference: 'FT901', source: 'casso' })
    const told = async (one: string, other: string) => {
      const { id: twin } = await lineWith(other)
      return act(secretary, `/fees/bank/lines/${(await lineWith(one)).id}`, 'told-twice', { twin })
    }
    expect((await told('hai lan a', 'hai lan b')).statusCode).toBe(409)
    expect((await told('hai so b', 'hai so a')).statusCode).toBe(409)
    expect((await told('hai so c', 'hai so a')).statusCode).toBe(303)
  })

  test('what was booked as gone and come back is found once of each direction', async () => {
    const document = randomUUID()
    const owner = { debit_owner: house.world.cell, credit_owner: house.world.cell, amount_vnd: 52_525 }
    const banked = { ...owner, kind: 'banked' as const, document_id: document }
    const both = [
      { ...banked, debit: 'cash', credit: 'bank' },
      { ...banked, debit: 'bank', credit: 'cash' },
    ]
    await house.database.transaction((write) => write.run(insertTransfers(both, { at: new Date(), today })))
    await callback({ amountVnd: 52_525, content: 'di roi', direction: 'out' })
    const missing = async () =>
      (await get(secretary, '/fees/bank/month')).body
        .replace(/<[^>]+>/g, ' ')
        .match(/52\.525 đ\s+Ghi trong sổ, chưa thấy ở ngân hàng/g)?.length ?? 0
    expect(await missing()).toBe(2)
    const gone = `/fees/bank/lines/${(await lineWith('di roi')).id}`
    const back = await unknown(52_525, 'tro lai')
    expect((await act(secretary, gone, 'booked', { document })).statusCode).toBe(303)
    expect(await missing()).toBe(1)
    expect((await act(secretary, back, 'booked', { document })).statusCode).toBe(303)
    expect(await missing()).toBe(0)
    const third = await unknown(52_525, 'tro lai lan nua')
    expect((await act(secretary, third, 'booked', { document })).statusCode).toBe(409)
    await act(secretary, third, 'leave')
  })

  test('lines of several members are a payment of each; nobody books what is the own', async () => {
    const [one, two] = [await owing('Vũ Nhiều Một'), await owing('Vũ Nhiều Hai')]
    const keyOf = (member: string) => `${member}_${MONTH}_0`
    const line = await unknown(2 * FEE_VND, 'nop ho hai nguoi')
    const form = { commandId: randomUUID(), chosen: [keyOf(one), keyOf(two)] }
    for (let times = 0; times < 2; times += 1)
      expect((await act(secretary, line, 'attach', form)).statusCode).toBe(303)
    const paid = await house.database.read.rows<{ payer: string; amount: number }>(sql`
      select p.payer_id as payer, p.amount_vnd as amount from fee_payment p join bank_line b on b.id = p.bank_line_id
       where b.content = 'nop ho hai nguoi'`)
    expect(new Map(paid.map(({ payer, amount }) => [payer, amount]))).toEqual(
      new Map([one, two].map((member) => [member, FEE_VND])),
    )
    expect([await paidOf(one), await paidOf(two)]).toEqual([1, 1])

    const three = await owing('Vũ Nhiều Ba')
    await house.database.transaction((write) => addSchedule(write, secretary.memberId, FEE_VND))
    await assessMonth(house.database, firstDayOf(MONTH), today)
    const mixed = await unknown(2 * FEE_VND, 'co phan cua bi thu')
    const chosen = [keyOf(three), keyOf(secretary.memberId)]
    const own = await act(secretary, mixed, 'attach', { chosen })
    expect([own.statusCode, own.body.includes('phần của chính đồng chí')]).toEqual([422, true])
    const { id } = await ordered([secretary.memberId])
    expect((await act(secretary, mixed, 'attach', { choice: `order:${id}` })).statusCode).toBe(422)
    expect((await act(finance, mixed, 'attach', { chosen })).statusCode).toBe(303)
    expect(await paidOf(secretary.memberId)).toBe(1)
  })

  test('on the account of the ward: its office books for a cell below, and for no other', async () => {
    const below = await owing('Cao Cấp Dưới', house.world.otherCell)
    const elsewhere = await owing('Cao Nơi Khác')
    await callback({ amountVnd: FEE_VND, content: 'CAO CAP DUOI nop', accountId: wardAccount })
    const line = `/fees/bank/lines/${(await lineWith('CAO CAP DUOI')).id}`
    expect((await get(secretary, line)).statusCode).toBe(404)
    const page = (await get(ward, line)).body
    const choice = /value="(lines:[^"]+)"/.exec(page)?.[1] ?? ''
    expect(choice).toContain(below)
    expect((await act(ward, line, 'attach', { chosen: `${elsewhere}_${MONTH}_0` })).statusCode).toBe(404)
    await act(ward, line, 'attach', { choice })
    expect(await paidOf(below)).toBe(1)
    expect(await balanceOf(house.world.otherWard, 'unmatched')).toBe(0)
    expect(await balanceOf(house.world.otherCell, 'settlement')).toBe(FEE_VND)
  })

  test('two at once: one decision', async () => {
    const line = await unknown(2_468, 'hai nguoi cung luc')
    const answers = await Promise.all([act(secretary, line, 'leave'), act(finance, line, 'leave')])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([303, 409])
  })

  test('programs read the queue too', async () => {
    await unknown(7_531, 'cho chuong trinh')
    const { waiting } = (await get(secretary, '/api/v1/fees/bank/review')).json<{
      waiting: { content: string }[]
    }>()
    expect(waiting.map(({ content }) => content)).toContain('cho chuong trinh')
    expect((await get(stranger, '/api/v1/fees/bank/review')).json()).toEqual({ waiting: [] })
  })
})

describe('time', () => {
  test('handlers are told once a day, the committee above once', async () => {
    await unknown(8_642, 'cho lau roi')
    const calendar = calendarFrom({ holidays: () => [] })
    const settings = await currentSettings(house.database, today)
    const on = (days: number) => ({
      database: house.database,
      contextNow: () => Promise.resolve({ at: new Date(), today: addDays(today, days), calendar, settings }),
    })
    const told = async () =>
      house.database.read.rows<{ code: string; organisation: string }>(sql`
        select code, organisation_id as organisation from notice where code like 'party-fees.bank-waits%' order by id`)
    await remindNow(on(1))
    expect(await told()).toEqual([])
    await remindNow(on(7))
    await remindNow(on(7))
    const { cell, ward: above } = house.world
    expect((await told()).filter(({ organisation }) => organisation === cell)).toHaveLength(1)
    await remindNow(on(8))
    await remindNow(on(21))
    await remindNow(on(22))
    expect((await told()).filter(({ organisation }) => organisation === cell)).toHaveLength(4)
    expect((await told()).filter(({ organisation }) => organisation === above)).toEqual([
      { code: 'party-fees.bank-waits-below', organisation: above },
    ])
  })
})

test('a month of an account: figures that agree to the đồng, a long statement kept twice at once, and both kinds of differences', async () => {
  const above = house.world.ward
  const clerk = await visitor('Văn Phòng Tám', 'office-clerk', above)
  const own = await house.database.transaction((write) => addAccount(write, above))
  const of = await numberOf(own)
  const lines = Array.from({ length: 600 }, (_, place) => ({
    amount: place % 3 === 2 ? -7 : 11,
    content: `dong ${place % 5}`,
  }))
  const content = camt(lines, { opening: 0, account: of })
  const file = locationOf(await handIn(clerk, content, 'dai.xml', { account: own }))
  expect((await get(clerk, file)).body).toContain('Hiện 100 dòng đầu trong 600 dòng')
  const kept = await Promise.all([post(clerk, `${file}/keep`, {}), post(clerk, `${file}/keep`, {})])
  expect(kept.map(({ statusCode }) => statusCode).filter((code) => code !== 303 && code !== 404)).toEqual([])
  const { count } = await house.database.read.one<{ count: number }>(
    sql`select count(*) as count from bank_line where account_id = ${own}`,
  )
  expect(count).toBe(600)
  const month = async () =>
    (await get(clerk, `/fees/bank/month?account=${own}`)).body.replace(/<[^>]+>/g, ' ')
  const agrees = await month()
  expect(agrees).toMatch(/Số dư đầu kỳ\s+0 đ\s+0 đ\s+0 đ/)
  expect(agrees).toMatch(/Tiền vào\s+4\.400 đ\s+4\.400 đ\s+0 đ/)
  expect(agrees).toMatch(/Tiền ra\s+1\.400 đ\s+1\.400 đ\s+0 đ/)
  expect(agrees).toMatch(/Số dư cuối kỳ\s+3\.000 đ\s+3\.000 đ\s+0 đ/)
  expect(agrees).toContain('Không có dòng nào lệch')

  await callback({ amountVnd: 9_753, content: 'chi duoc bao', accountId: own })
  const differs = await month()
  expect(differs).toMatch(/Số dư cuối kỳ\s+3\.000 đ\s+12\.753 đ\s+-9\.753 đ/)
  expect(differs).toMatch(/9\.753 đ\s+Được báo, chưa thấy trong sao kê\s+chi duoc bao/)

  const written = (await get(secretary, `/fees/bank/month?account=${account}`)).body
  expect(written).not.toContain('chi duoc bao')
  const [year, number] = MONTH.split('-')
  const past = await get(
    secretary,
    `/fees/bank/month?month-month=${Number(number)}&month-year=${Number(year) - 1}`,
  )
  expect(past.body).toContain('Chưa có sao kê nào của tháng này')
})

test('cash that was written down as paid in and that the bank never told stands among the differences', async () => {
  const member = await owing('Mai Chưa Thấy')
  await post(secretary, '/fees/collect', {
    commandId: randomUUID(),
    chosen: `${member}_${MONTH}_0`,
    by: 'cash',
  })
  const [year = '', month = '', day = ''] = today.split('-')
  const on = { 'on-day': day, 'on-month': month, 'on-year': year }
  await post(secretary, '/fees/cash/bank', { amount: '15.930', ...on, commandId: randomUUID() })
  const page = (await get(secretary, '/fees/bank/month')).body.replace(/<[^>]+>/g, ' ')
  expect(page).toMatch(/15\.930 đ\s+Ghi trong sổ, chưa thấy ở ngân hàng\s+Tiền mặt nộp vào tài khoản/)
})
