/** Shares and remittance through the house: a ward of two cells, one on its own account, one on the ward's; by transfer and in cash; on to the city. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../../../tests/house.ts'
import { sql } from '../../../kernel/db.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { addDays, addToMonth, firstDayOf, instantAt, monthOf, todayIn } from '../../../kernel/plain-date.ts'
import { changeOrganisation } from '../../../registry/organisations/changes.ts'
import { addMember, addOrganisation } from '../../../registry/test-builders.ts'
import { verifyPaper } from '../../../signatures/verify.ts'
import { assessMonth } from '../assessing/assess.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { countWaiting } from '../reviewing/lines.ts'
import { takeCash } from '../paying/cash.ts'
import { receivingAccount } from '../paying/orders.ts'
import { settleLines } from '../paying/settle.ts'
import { addAccount, addOrder, addSchedule, addVisitor } from '../test-builders.ts'
import { remindNow } from './sweeps.ts'

const FEE_VND = 411_523
const today = todayIn(new Date())
const NOW = monthOf(today)
const LAST = addToMonth(NOW, -1)
/** A day of the last month on which everybody paid. */
const PAID_ON = addDays(firstDayOf(LAST), 4)
const [ON_DAY = '', ON_MONTH = '', ON_YEAR = ''] = [today.slice(8), today.slice(5, 7), today.slice(0, 4)]
const ON = { 'on-day': ON_DAY, 'on-month': ON_MONTH, 'on-year': ON_YEAR }

let house: House
let accounts: { readonly cell: string; readonly ward: string; readonly city: string }
const people: Record<string, Visitor> = {}

beforeAll(async () => {
  house = await openHouse()
  const { cell, neighbour, ward, otherWard, city } = house.world
  for (const [name, position, place] of [
    ['cell', 'cell-secretary', cell],
    ['cellToo', 'finance-officer', cell],
    ['neighbour', 'cell-secretary', neighbour],
    ['neighbourToo', 'cell-deputy-secretary', neighbour],
    ['ward', 'finance-officer', ward],
    ['wardToo', 'office-clerk', ward],
    ['city', 'finance-officer', city],
    ['stranger', 'finance-officer', otherWard],
  ] as const)
    people[name] = await visitor(`Phụ Trách ${name}`, position, place)
  accounts = await house.database.transaction(async (write) => ({
    cell: await addAccount(write, cell),
    ward: await addAccount(write, ward),
    city: await addAccount(write, city),
  }))
})
afterAll(() => house.close())
/** Whatever a test did, the ledger adds up. */
afterEach(async () => {
  const { problems } = await verifyLedger(house.database)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
})

const visitor = (name: string, position: string | null, organisationId: string): Promise<Visitor> =>
  addVisitor(house, name, position, organisationId)

const get = async (who: string, url: string) => house.ask(people[who]!, { method: 'GET', url })
const post = async (who: string, url: string, fields: Record<string, string>) =>
  house.ask(people[who]!, {
    method: 'POST',
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

/** A member of the cell owes a month and pays it on a day: to the account by the bank, or in cash. */
async function pays(
  organisationId: string,
  how: { readonly account: string } | 'cash',
  on = PAID_ON,
  amountVnd = FEE_VND,
): Promise<void> {
  const month = firstDayOf(monthOf(on))
  const memberId = await house.database.transaction(async (write) => {
    const made = await addMember(write, `Đảng Viên ${randomUUID().slice(0, 4)}`, organisationId)
    await addSchedule(write, made, amountVnd)
    return made
  })
  await assessMonth(house.database, month, on)
  const when = { at: instantAt(on, 9 * 60), today: on }
  if (how === 'cash') {
    const lines = [{ memberId, period: month, number: 0 }]
    const taken = { commandId: randomUUID(), cellId: organisationId, lines, receivedBy: memberId }
    await house.database.transaction((write) => takeCash(write, taken, when))
    return
  }
  const order = { organisationId, accountId: how.account, members: [memberId], month, amountVnd }
  const key = await house.database.transaction((write) => addOrder(write, order))
  await bank(how.account, key, amountVnd, 'in', on)
}

/** The bank tells of money. */
const bank = (
  accountId: string,
  key: string,
  amountVnd: number,
  direction: 'in' | 'out' = 'in',
  on = today,
) =>
  settleLines(
    house.database,
    [
      {
        accountId,
        reference: randomUUID(),
        amountVnd,
        direction,
        content: `CT ${key} ND`,
        bookedAt: instantAt(on, 10 * 60),
        source: 'sepay',
        key,
      },
    ],
    { at: instantAt(on, 10 * 60), today: on },
  )

interface Told {
  readonly id: string
  readonly standing: string
  readonly month: string
  readonly number: number
  readonly baseVnd: number
  readonly keepVnd: number
  readonly remitVnd: number
  readonly heldAboveVnd: number
  readonly key: string
  readonly receipt: string | null
  readonly rule: string
}
interface Overview {
  readonly next: { readonly month: string; readonly baseVnd: number; readonly keepPercent: number } | null
  readonly heldAboveVnd: number
  readonly remittances: readonly Told[]
}
const overview = async (who: string): Promise<Overview> =>
  (await get(who, '/api/v1/fees/remittances')).json<Overview>()
const told = async (who: string, id: string): Promise<Told> =>
  (await get(who, `/api/v1/fees/remittances/${id}`)).json<Told>()

/** Shares the month out. @returns the remittance's id */
async function share(who: string, month = LAST, commandId: string = randomUUID()): Promise<string> {
  const made = await post(who, '/fees/remit', { commandId, month })
  expect(made.statusCode, made.body).toBe(303)
  return commandId
}

async function balance(owner: string, account: string): Promise<number> {
  const row = await house.database.read.maybe<{ vnd: number }>(sql`
    select credit_vnd - debit_vnd as vnd from ledger_balance where owner = ${owner} and account = ${account}`)
  return row?.vnd ?? 0
}

describe.sequential('a month of a ward', () => {
  test('the cell on its own account shares out, transfers, and the ward’s bank confirms by itself', async () => {
    const { cell, ward } = house.world
    for (let each = 0; each < 3; each += 1) await pays(cell, { account: accounts.cell })
    const page = await get('cell', '/fees/remit')
    expect(page.body).toContain('1.234.569')
    expect(page.body).toContain('864.198')
    expect(page.body).toContain('370.371')
    expect(page.body).toContain('không phải quy định đã đọc được')

    const id = await share('cell')
    await share('cell', LAST, id) // the same request again
    const all = await overview('cell')
    expect(all).toMatchObject({ next: null, remittances: [{ id, standing: 'made', number: 0 }] })
    expect(all.remittances[0]).toMatchObject({
      baseVnd: 1_234_569,
      keepVnd: 864_198,
      remitVnd: 370_371,
      rule: 'regulation-01.cell-of-commune',
    })

    const shown = await get('cell', `/fees/remit/${id}`)
    expect(shown.body).toContain(all.remittances[0]!.key)
    expect((await get('cell', `/fees/remit/${id}/qr.png`)).headers['content-type']).toBe('image/png')
    expect((await get('cell', `/fees/remit/${id}/receipt.pdf`)).statusCode).toBe(409)
    // From elsewhere it is not known.
    expect((await get('stranger', `/fees/remit/${id}`)).statusCode).toBe(404)
    expect((await get('neighbour', `/fees/remit/${id}/receipt.pdf`)).statusCode).toBe(404)

    const sent = await post('cell', `/fees/remit/${id}/send`, { how: 'transfer', ...ON, reference: 'FT1' })
    expect(sent.headers.location).toBe(`/fees/remit/${id}?done=sent`)
    await post('cell', `/fees/remit/${id}/send`, { how: 'transfer', ...ON, reference: 'FT1' })
    expect((await told('cell', id)).standing).toBe('sent')

    // Another amount is not taken for it; the very amount is.
    await bank(accounts.ward, all.remittances[0]!.key, 370_370)
    expect((await told('cell', id)).standing).toBe('sent')
    await bank(accounts.ward, all.remittances[0]!.key, 370_371)
    expect(await told('cell', id)).toMatchObject({ standing: 'received', receipt: `1/${today.slice(0, 4)}` })
    expect(await balance(ward, 'receipts')).toBe(370_371)
    expect(await balance(ward, 'unmatched')).toBe(370_370)
    expect(await balance(cell, 'owed')).toBe(0)
    expect(await balance(cell, 'retained')).toBe(864_198)

    // The cell's own statement tells of the money that left: it left once.
    await bank(accounts.cell, all.remittances[0]!.key, 370_371, 'out')
    expect(await balance(cell, 'bank')).toBe(-864_198)
    expect(await balance(cell, 'unmatched')).toBe(0)
    // Nobody has to look at it any more; the other amount waits above.
    expect(await countWaiting(house.database.read, cell)).toBe(0)
    expect(await countWaiting(house.database.read, ward)).toBe(1)
  })

  test('its receipt is sealed, the same for both sides, and can be checked by anybody', async () => {
    const id = (await overview('cell')).remittances[0]!.id
    const pdf = await get('cell', `/fees/remit/${id}/receipt.pdf`)
    expect(pdf.headers['content-type']).toBe('application/pdf')
    expect((await get('ward', `/fees/remit/${id}/receipt.pdf`)).rawPayload.equals(pdf.rawPayload)).toBe(true)
    const trust = await house.parts.signers.trustRoots()
    const report = verifyPaper(new Uint8Array(pdf.rawPayload), { trust, at: new Date() })
    expect([report.valid, report.trusted]).toEqual([true, true])
    const { token } = await house.database.read.one<{ token: string }>(
      sql`select token from paper where id = ${id}`,
    )
    const check = await house.ask(house.visitors.nobody, { method: 'GET', url: `/verify/${token}` })
    expect(check.body).toContain('Biên nhận đảng phí nộp cấp trên')
  })

  test('the cell on the ward’s account: what it remits is there at once, what it keeps is paid down and confirmed', async () => {
    const { neighbour, ward } = house.world
    for (let each = 0; each < 2; each += 1) await pays(neighbour, { account: accounts.ward })
    expect((await overview('neighbour')).heldAboveVnd).toBe(823_046)
    const id = await share('neighbour')
    expect(await told('neighbour', id)).toMatchObject({
      standing: 'received',
      keepVnd: 576_132,
      remitVnd: 246_914,
      heldAboveVnd: 246_914,
      receipt: `2/${today.slice(0, 4)}`,
    })
    expect(await balance(ward, 'receipts')).toBe(370_371 + 246_914)
    expect(await balance(ward, 'settlement')).toBe(576_132)
    expect((await get('neighbour', '/fees/remit')).body).toContain('576.132')
    expect((await get('neighbour', `/fees/remit/${id}/receipt.pdf`)).statusCode).toBe(200)

    // The ward pays the kept share down: too much is refused and stays typed, the cell has no account, cash does.
    const below = await get('ward', '/fees/remit/below')
    expect(below.body).toContain('576.132')
    const pay = { commandId: randomUUID(), organisation: neighbour, amount: '576.132', how: 'cash', ...ON }
    const tooMuch = await post('ward', '/fees/remit/below/pay-down', { ...pay, amount: '576.133' })
    expect(tooMuch.statusCode).toBe(409)
    expect(tooMuch.body).toContain('value="576.133"')
    const byTransfer = await post('ward', '/fees/remit/below/pay-down', { ...pay, how: 'transfer' })
    expect(byTransfer.statusCode).toBe(422)
    expect((await post('ward', '/fees/remit/below/pay-down', { ...pay, amount: 'x' })).statusCode).toBe(400)
    for (let each = 0; each < 2; each += 1)
      expect((await post('ward', '/fees/remit/below/pay-down', pay)).statusCode).toBe(303)
    expect(await balance(ward, 'settlement')).toBe(0)

    // It did not come: moved back, and paid again.
    expect((await get('neighbour', '/fees/remit')).body).toContain('Đã nhận đủ')
    const drawing = (answer: string, of = pay.commandId) => `/fees/remit/drawings/${of}/${answer}`
    expect((await post('stranger', drawing('confirm'), {})).statusCode).toBe(404)
    await post('neighbour', drawing('return'), { reason: 'Chưa nhận được tiền' })
    expect(await balance(ward, 'settlement')).toBe(576_132)
    expect((await get('ward', '/fees/remit/below')).body).toContain('Chưa nhận được tiền')
    expect((await post('neighbour', drawing('confirm'), {})).statusCode).toBe(409)
    const again = { ...pay, commandId: randomUUID() }
    await post('ward', '/fees/remit/below/pay-down', again)
    for (let each = 0; each < 2; each += 1)
      expect((await post('neighbour', drawing('confirm', again.commandId), {})).statusCode).toBe(303)
    expect(await balance(neighbour, 'settlement')).toBe(0)
    expect(await balance(neighbour, 'cash')).toBe(-576_132)
  })

  test('cash goes up in cash: the ward confirms, by somebody who neither made nor sent it', async () => {
    const { cell } = house.world
    await pays(cell, 'cash', PAID_ON, 100_000)
    const id = await share('cell')
    const made = await told('cell', id)
    expect(made).toMatchObject({ number: 1, keepVnd: 70_000, remitVnd: 30_000 })
    expect((await post('ward', `/fees/remit/${id}/receive`, ON)).statusCode).toBe(409)
    expect((await post('ward', `/fees/remit/${id}/send`, { how: 'cash', ...ON })).statusCode).toBe(422)

    const nothing = await post('cell', `/fees/remit/${id}/send`, { how: '', ...ON, reference: 'PT 7' })
    expect(nothing.statusCode).toBe(400)
    expect(nothing.body).toContain('value="PT 7"')
    const toCome = { how: 'cash', 'on-day': '1', 'on-month': '1', 'on-year': '2030' }
    expect((await post('cell', `/fees/remit/${id}/send`, toCome)).statusCode).toBe(400)
    const tooEarly = { how: 'cash', 'on-day': '1', 'on-month': '1', 'on-year': '2020' }
    expect((await post('cell', `/fees/remit/${id}/send`, tooEarly)).statusCode).toBe(400)

    await post('cell', `/fees/remit/${id}/send`, { how: 'cash', ...ON })
    const list = await get('ward', `/api/v1/fees/remittances/below?month=${LAST}&standing=sent`)
    expect(list.json()).toMatchObject({
      remitVnd: 370_371 + 246_914 + 30_000,
      receivedVnd: 370_371 + 246_914,
      rows: [{ organisationId: cell, standing: 'sent', remitVnd: 400_371, receivedVnd: 370_371 }],
    })
    expect((await get('ward', `/fees/remit/below?month=${LAST}`)).body).toContain('400.371')
    expect((await post('cell', `/fees/remit/${id}/receive`, ON)).statusCode).toBe(422)
    await post('ward', `/fees/remit/${id}/receive`, ON)
    await post('ward', `/fees/remit/${id}/receive`, ON)
    expect(await told('cell', id)).toMatchObject({
      standing: 'received',
      receipt: `3/${today.slice(0, 4)}`,
    })
    expect(await balance(cell, 'cash')).toBe(-70_000)
    // Received is received.
    const late = await post('wardToo', `/fees/remit/${id}/return`, { reason: 'Số tiền khác' })
    expect(late.statusCode).toBe(409)
  })

  test('the ward shares out what it received, and remits on to the city by the same page', async () => {
    const { ward, city } = house.world
    const received = 370_371 + 246_914 + 30_000
    const { next } = await overview('ward')
    expect(next?.keepPercent).toBe(70)
    // What came as the bank told of it this month counts in this month.
    const months: string[] = []
    let ofWard = 0
    for (let each = 0; each < 2; each += 1) {
      const open = (await overview('ward')).next
      if (!open) break
      const id = await share('ward', open.month)
      months.push(open.month)
      const it = await told('ward', id)
      ofWard += it.baseVnd
      expect(it.rule).toBe('regulation-01.commune')
      if (it.standing === 'made') {
        await post('ward', `/fees/remit/${id}/send`, { how: 'cash', ...ON })
        if ((await told('ward', id)).standing === 'made')
          await post('ward', `/fees/remit/${id}/send`, { how: 'transfer', ...ON })
        await post('city', `/fees/remit/${id}/receive`, ON)
      }
      expect((await told('city', id)).standing).toBe('received')
    }
    expect(ofWard).toBe(received)
    expect((await overview('ward')).next).toBeNull()
    const kept = await balance(ward, 'retained')
    expect(kept + (await balance(city, 'receipts'))).toBe(received)
  })

  test('at the top, the level above is outside: sent is all there is, and nobody here confirms it', async () => {
    const { city } = house.world
    const before = await balance(city, 'receipts')
    const id = await share('city', (await overview('city')).next!.month)
    const it = await told('city', id)
    expect(it).toMatchObject({ keepPercent: 50, rule: 'regulation-01.above-base', superior: null })
    expect(it.keepVnd).toBe(Math.ceil(before / 2))
    for (const how of ['transfer', 'cash'])
      await post('city', `/fees/remit/${id}/send`, { how, ...ON, reference: 'Biên nhận 5' })
    expect((await told('city', id)).standing).toBe('sent')
    expect((await get('city', `/fees/remit/${id}`)).body).toContain('Cấp trên không dùng hệ thống này')
  })
})

describe.sequential('what goes wrong', () => {
  test('two that share out at once share out once', async () => {
    const { cell } = house.world
    await pays(cell, { account: accounts.cell }, PAID_ON, 90_000)
    const both = await Promise.all(
      (['cell', 'cellToo'] as const).map((who) =>
        post(who, '/fees/remit', { commandId: randomUUID(), month: LAST }),
      ),
    )
    expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([303, 409])
    expect((await overview('cell')).remittances[0]).toMatchObject({ number: 2, baseVnd: 90_000 })
  })

  test('a wrong one is moved back by another person before it was received, and shared out again', async () => {
    const { cell } = house.world
    const [wrong] = (await overview('cell')).remittances
    const maker = (await house.database.read.one<{ by: string }>(
      sql`select made_by as by from fee_remittance where id = ${wrong!.id}`,
    ))!.by
    const [own, other] = maker === people.cell!.memberId ? ['cell', 'cellToo'] : ['cellToo', 'cell']
    const back = (who: string, reason: string) => post(who, `/fees/remit/${wrong!.id}/return`, { reason })
    expect((await back(own, 'Trích nhầm tháng')).statusCode).toBe(422)
    expect((await back(other, '')).statusCode).toBe(400)
    for (let each = 0; each < 2; each += 1)
      expect((await back(other, 'Trích nhầm tháng')).statusCode).toBe(303)
    expect(await told('cell', wrong!.id)).toMatchObject({ standing: 'returned' })
    expect(await balance(cell, 'owed')).toBe(0)
    expect((await overview('cell')).next).toMatchObject({ month: LAST, baseVnd: 90_000 })
    expect((await get('cell', `/fees/remit/${wrong!.id}`)).body).toContain('Trích nhầm tháng')
    // The database itself knows no second person in the first.
    await expect(
      house.database.transaction((write) =>
        write.run(sql`update fee_remittance set returned_by = made_by, returned_at = now(), return_reason = 'x'
                       where id = (select id from fee_remittance where organisation_id = ${cell} and returned_at is null limit 1)`),
      ),
    ).rejects.toThrow(/check constraint/)
  })

  test('the ward returns what came in another amount; the cell sends anew', async () => {
    const { cell } = house.world
    const id = await share('cell')
    await post('cell', `/fees/remit/${id}/send`, { how: 'transfer', ...ON })
    expect((await post('stranger', `/fees/remit/${id}/return`, { reason: 'Không phải' })).statusCode).toBe(
      404,
    )
    await post('ward', `/fees/remit/${id}/return`, { reason: 'Số tiền khác' })
    expect((await told('cell', id)).standing).toBe('returned')
    const anew = await share('cell')
    // The bank tells before anybody says it was sent.
    await bank(accounts.ward, (await told('cell', anew)).key, 27_000)
    expect((await told('cell', anew)).standing).toBe('received')
    expect(await balance(cell, 'owed')).toBe(0)
  })

  test('months come in their order, a share is set from above, and an unknown kind is refused until then', async () => {
    const { neighbour, ward } = house.world
    await pays(neighbour, { account: accounts.ward }, today, 10_000)
    await pays(neighbour, { account: accounts.ward }, PAID_ON, 20_000)
    const other = await post('neighbour', '/fees/remit', { commandId: randomUUID(), month: NOW })
    expect(other.statusCode).toBe(422)
    const future = { commandId: randomUUID(), month: '2020-01' }
    expect((await post('neighbour', '/fees/remit', future)).statusCode).toBe(409)

    const set = {
      keep: '62,5',
      direction: 'top-down',
      'from-month': String(Number(NOW.slice(5))),
      'from-year': NOW.slice(0, 4),
      source: 'Kết luận 12-KL/ĐU',
    }
    const address = `/fees/remit/shares/${neighbour}`
    expect((await post('stranger', address, set)).statusCode).toBe(404)
    expect((await post('neighbour', address, set)).statusCode).toBe(404)
    const wrong = await post('ward', address, { ...set, keep: '101' })
    expect(wrong.statusCode).toBe(400)
    expect(wrong.body).toContain('value="Kết luận 12-KL/ĐU"')
    expect((await post('ward', address, set)).statusCode).toBe(303)
    // Top-down: even with an account of its own, its members pay on the ward's.
    await house.database.transaction((write) => addAccount(write, neighbour))
    const receiving = await receivingAccount(house.database.read, neighbour, today)
    expect(receiving?.organisationId).toBe(ward)
    const last = await share('neighbour', LAST)
    expect(await told('neighbour', last)).toMatchObject({ keepVnd: 14_000, remitVnd: 6_000 })
    const now = await share('neighbour', NOW)
    expect(await told('neighbour', now)).toMatchObject({
      keepVnd: 6_250,
      remitVnd: 3_750,
      rule: `own.${firstDayOf(NOW)}`,
    })
    expect((await get('neighbour', `/fees/remit/${now}`)).body).toContain('Kết luận 12-KL/ĐU')
    expect((await post('ward', address, set)).statusCode).toBe(409)

    // What the account above held was received at once; it goes back as long as the ward has not shared it on.
    const back = await post('ward', `/fees/remit/${now}/return`, { reason: 'Trích sai mức' })
    expect(back.statusCode).toBe(303)
    expect(await balance(ward, 'receipts')).toBe(27_000 + 6_000)
  })

  test('after a reorganisation it goes to the organisation above of the day, and money held before is paid down first', async () => {
    const { ward, otherWard } = house.world
    const place = await house.database.transaction((write) =>
      addOrganisation(write, 'Chi bộ khu phố 11', 'cell', ward, '79.021.021.000.001'),
    )
    people.moved = await visitor('Phụ Trách moved', 'cell-secretary', place)
    await pays(place, { account: accounts.ward }, PAID_ON, 40_000)
    const settled = await balance(ward, 'settlement')
    expect((await overview('moved')).heldAboveVnd).toBe(40_000)
    await house.database.transaction((write) =>
      changeOrganisation(write, place, today, { parentId: otherWard }, 'Nghị quyết thử'),
    )
    expect((await overview('moved')).heldAboveVnd).toBe(0)
    const id = await share('moved')
    const it = await told('moved', id)
    expect(it).toMatchObject({ superior: 'Đảng bộ Phường Cầu Kiệu', heldAboveVnd: 0, remitVnd: 12_000 })
    expect((await get('ward', `/api/v1/fees/remittances/${id}`)).statusCode).toBe(404)
    expect((await get('stranger', `/api/v1/fees/remittances/${id}`)).statusCode).toBe(200)
    expect(await balance(ward, 'settlement')).toBe(settled)
  })

  test('in time and too late each organisation is told once, and money that came is told of above', async () => {
    const { neighbour, otherCell } = house.world
    await pays(otherCell, 'cash', PAID_ON, 50_000)
    const told = async (organisationId: string) =>
      (
        await house.database.read.rows<{ code: string }>(sql`
          select code from notice where organisation_id = ${organisationId} and code like 'party-fees.remit-%'`)
      ).map(({ code }) => code)
    const on = (day: string) =>
      remindNow({
        database: house.database,
        contextNow: async () => ({
          at: new Date(),
          today: `${NOW}-${day}`,
          calendar: await house.parts.calendar(),
          settings: DEFAULT_SETTINGS,
        }),
      })
    await on('01')
    expect(await told(otherCell)).toEqual([])
    for (const day of ['02', '05', '05']) await on(day)
    expect(await told(otherCell)).toEqual(['party-fees.remit-soon'])
    for (const day of ['06', '20']) await on(day)
    expect(await told(otherCell)).toEqual(['party-fees.remit-soon', 'party-fees.remit-late'])
    expect(await told(neighbour)).toEqual([])
    const came = await house.database.read.rows(sql`
      select 1 from notice where organisation_id = ${house.world.ward} and code = 'party-fees.remittance-came'`)
    expect(came.length).toBeGreaterThanOrEqual(3)
  })
})
