/** Two cells of a commune become one in the middle of a month: the books of the new cell and of the commune add up, equal the ledger, and tell no đồng twice. */
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
import { takeCash } from '../paying/cash.ts'
import { receive, send, shareOut } from '../remitting/remit.ts'
import { addSchedule, FEE_VND } from '../test-builders.ts'

let world: TransferWorld
let signer: Visitor
let ward: string
/** whoever shares out and sends, and whoever receives */
let two: readonly [Visitor, Visitor]
let wardOfficer: Visitor

beforeAll(async () => {
  world = await openTransferWorld()
  signer = await signerOf(world)
  ward = world.places.thirdWard
  two = [await world.member('Người Gửi'), await world.member('Người Nhận')]
  wardOfficer = await officer('Tài Chính Phường', 'finance-officer', ward)
})
afterAll(() => world.close())
afterEach(async () => {
  const { problems } = await verifyLedger(world.database)
  if (problems.length > 0) throw new Error(`the ledger is not clean: ${JSON.stringify(problems)}`)
})

const when = () => ({ at: world.now(), today: todayIn(world.now()) })
const cellOf = (name: string) =>
  world.database.transaction((write) => addOrganisation(write, name, 'cell', ward))

async function officer(name: string, position: string, organisationId: string): Promise<Visitor> {
  const member = await world.member(name, world.places.neighbour)
  return world.office(member.memberId, name, position, organisationId)
}

async function payer(name: string, cell: string): Promise<Visitor> {
  const member = await world.member(name, cell)
  await world.database.transaction((write) => addSchedule(write, member.memberId, FEE_VND))
  return member
}

const cash = (member: Visitor, cellId: string, period: string, number = 0) =>
  world.database.transaction((write) =>
    takeCash(
      write,
      {
        commandId: randomUUID(),
        cellId,
        lines: [{ memberId: member.memberId, period, number }],
        receivedBy: signer.memberId,
      },
      when(),
    ),
  )

const acting = (organisationId: string, { memberId }: Visitor) => ({
  organisationId,
  memberId,
  people: [memberId],
})

async function shared(organisationId: string, month: string): Promise<string> {
  const commandId = randomUUID()
  await world.database.transaction((write) =>
    shareOut(write, { commandId, organisationId, month, by: two[0].memberId }, when()),
  )
  return commandId
}

async function sent(id: string, from: string): Promise<void> {
  const sending = { id, how: 'cash', on: when().today, reference: null } as const
  await world.database.transaction((write) => send(write, sending, acting(from, two[0]), when()))
}

async function received(id: string, at = ward): Promise<void> {
  const receiving = { id, on: when().today }
  await world.database.transaction((write) => receive(write, receiving, acting(at, two[1]), when()))
}

async function report(by: Visitor, period: string): Promise<void> {
  const answer = await by.form('/fees/books/send', { commandId: randomUUID(), period })
  expect(answer.status, answer.text.slice(0, 500)).toBe(303)
}

type Cells = Readonly<Record<string, string | number | null>>
interface Told {
  readonly rows: readonly { readonly kind: string; readonly cells: Cells }[]
  readonly failed: readonly string[]
  readonly notes: readonly string[]
}
const book = (by: Visitor, name: string, period: string) =>
  by.read<Told>(`/api/v1/fees/books?book=${name}&period=${period}`)
const codes = ({ rows }: Told): Record<string, number> =>
  Object.fromEntries(rows.map(({ cells }) => [String(cells.code), Number(cells.all)]))
const row = ({ rows }: Told, key: string, value: string): Cells | undefined =>
  rows.find(({ cells }) => cells[key] === value)?.cells
const sum = ({ rows }: Told): Cells => rows.at(-1)!.cells

/** What the ledger says was paid to these cells, less what was paid back, between two days. */
async function paidTo(cells: readonly string[], from: string, until: string): Promise<number> {
  const { paid } = await world.database.read.one<{ paid: number }>(sql`
    select coalesce(sum(case kind when 'paid' then amount_vnd else -amount_vnd end), 0)::bigint as paid from ledger_transfer
     where kind in ('paid', 'refunded') and debit_owner = any(${[...cells]}::uuid[]) and on_day between ${from}::date and ${until}::date`)
  return paid
}

const AUGUST = ['2026-08-01', '2026-08-31'] as const
const YEAR = ['2026-01-01', '2026-12-31'] as const
const KEEP = 0.7

test('some paid before the merger, some after: S01, S02 and B01 of the new cell and of the commune add up', async () => {
  world.day('2026-07-01')
  const [first, second, third] = [
    await cellOf('Chi bộ khu phố 41'),
    await cellOf('Chi bộ khu phố 42'),
    await cellOf('Chi bộ khu phố 43'),
  ]
  const firstSecretary = await officer('Bí Thư Bốn Mốt', 'cell-secretary', first)
  const thirdSecretary = await officer('Bí Thư Bốn Ba', 'cell-secretary', third)
  const early = await payer('Nộp Sớm', first)
  const late = await payer('Nộp Muộn', first)
  const beside = await payer('Nộp Bên Kia', second)
  const owing = await payer('Chưa Nộp', second)
  const elsewhere = await payer('Nộp Chỗ Khác', third)
  await world.database.transaction(async (write) => {
    for (const id of [first, second, third])
      await write.run(sql`
        insert into fee_share (organisation_id, valid_from, keep_percent, source, set_at)
        values (${id}, '2026-01-01', ${KEEP * 100}, 'kiểm thử', now())`)
  })

  // July: the first cell is through with it and sent its report; the second one's money is on its way, and no report was sent.
  await assessMonth(world.database, '2026-07-01', '2026-07-01')
  world.day('2026-07-10')
  for (const [who, cell] of [
    [early, first],
    [late, first],
    [beside, second],
    [owing, second],
    [elsewhere, third],
  ] as const)
    await cash(who, cell, '2026-07-01')
  world.day('2026-07-28')
  for (const cell of [first, third]) {
    const id = await shared(cell, '2026-07')
    await sent(id, cell)
    await received(id)
  }
  const onItsWay = await shared(second, '2026-07')
  await sent(onItsWay, second)
  world.day('2026-08-01')
  await report(firstSecretary, '2026-07')
  await report(thirdSecretary, '2026-07')

  // August: one of each paid, and the first cell has shared that out, when the two become one.
  await assessMonth(world.database, '2026-08-01', '2026-08-01')
  world.day('2026-08-05')
  await cash(early, first, '2026-08-01')
  await cash(beside, second, '2026-08-01')
  await cash(elsewhere, third, '2026-08-01')
  const before = await shared(first, '2026-08')
  world.day('2026-08-15')
  const merged = {
    id: randomUUID(),
    code: '79.021.097.000.001',
    name: 'Chi bộ khu phố Nối Tiếp',
    kind: 'cell',
    parentId: ward,
  }
  await reorganise(world, signer, {
    steps: [{ type: 'merge', from: [first, second], into: merged.id }],
    bodies: [merged],
  })
  await world.database.transaction((write) =>
    write.run(sql`
      insert into fee_share (organisation_id, valid_from, keep_percent, source, set_at)
      values (${merged.id}, '2026-08-01', ${KEEP * 100}, 'kiểm thử', now())`),
  )
  const secretary = await officer('Bí Thư Nối Tiếp', 'cell-secretary', merged.id)
  world.day('2026-08-20')
  await cash(late, merged.id, '2026-08-01', 1)
  await received(onItsWay)
  await sent(before, merged.id)
  await received(before)
  for (const cell of [merged.id, third]) {
    const id = await shared(cell, '2026-08')
    await sent(id, cell)
    await received(id)
  }

  // The new cell's own books: everybody who paid, whoever took the money.
  world.day('2026-09-02')
  const cells = [first, second, merged.id]
  const paid = await paidTo(cells, ...AUGUST)
  expect(paid).toBe(3 * FEE_VND)
  const one = await book(secretary, 's01-collection', '2026-08')
  expect(row(one, 'name', 'Nộp Sớm')).toMatchObject({ due: FEE_VND, collected: FEE_VND, unpaid: 0 })
  expect(row(one, 'name', 'Nộp Muộn')).toMatchObject({ due: FEE_VND, collected: FEE_VND, unpaid: 0 })
  expect(row(one, 'name', 'Chưa Nộp')).toMatchObject({ due: FEE_VND, collected: 0, unpaid: FEE_VND })
  expect(one.rows.filter(({ cells: { name } }) => name === 'Nộp Sớm')).toHaveLength(1)
  expect(sum(one)).toMatchObject({ total: 4 * FEE_VND, collected: paid, unpaid: FEE_VND })
  const part2 = await book(secretary, 's01-remittance', '2026-08')
  expect(row(part2, 'feeMonth', '08/2026')).toMatchObject({
    members: 4,
    unpaidSum: FEE_VND,
    collectedSum: paid,
    retained: KEEP * paid,
    toRemit: paid - KEEP * paid,
    remitted: paid - KEEP * paid,
    notRemitted: 0,
  })
  expect(row(part2, 'feeMonth', '07/2026')).toMatchObject({ members: 4, collectedSum: 4 * FEE_VND })
  const own = await book(secretary, 'b01', '2026-08')
  expect(own.failed).toEqual([])
  const year = await paidTo(cells, ...YEAR)
  expect(codes(own)).toMatchObject({ '01': 4, '02': paid, '03': year, '12': paid - KEEP * paid, '14': 0 })
  const behind = (await secretary.get('/fees/books/behind?of=collected&period=2026-08')).text
  for (const name of ['Nộp Sớm', 'Nộp Muộn', 'Nộp Bên Kia']) expect(behind).toContain(name)
  // Its receipts are opened from there, whoever of them took the money; no other cell opens any.
  const receipts = [...behind.matchAll(/href="(\/fees\/receipts\/[^"]+)\.pdf"/g)].map(
    ([, address]) => address!,
  )
  expect(new Set(receipts).size).toBe(3)
  for (const address of receipts) {
    expect((await secretary.get(`/api/v1${address}`)).status).toBe(200)
    expect((await thirdSecretary.get(`/api/v1${address}`)).status).toBe(404)
  }
  expect((await secretary.get(`${receipts[0]!}.pdf`)).status).toBe(200)

  const cashBook = await book(secretary, 'cash', '2026-08')
  expect(cashBook.rows.map(({ cells: { explanation } }) => explanation)).toContain(
    'Nhận bàn giao khi sắp xếp tổ chức',
  )

  // A month before it began can be read, and is sent by nobody.
  expect(sum(await book(secretary, 's01-collection', '2026-07'))).toMatchObject({ collected: 4 * FEE_VND })
  const tooEarly = await secretary.form('/fees/books/send', { commandId: randomUUID(), period: '2026-07' })
  expect(tooEarly.status).toBe(422)
  expect(tooEarly.text).toContain('Khi đó đơn vị chưa thành lập')

  // The commune: July as it was sent, or as the books say of the cell that could not send any more; August by the new cell.
  await report(secretary, '2026-08')
  await report(thirdSecretary, '2026-08')
  await shared(ward, '2026-07')
  await shared(ward, '2026-08')
  const july = await book(wardOfficer, 's02', '2026-07')
  expect(row(july, 'unit', 'Chi bộ khu phố 41')).toMatchObject({ collectedPeriod: 2 * FEE_VND })
  expect(row(july, 'unit', 'Chi bộ khu phố 42')).toMatchObject({
    collectedPeriod: 2 * FEE_VND,
    kept: KEEP * 2 * FEE_VND,
  })
  expect(String(row(july, 'unit', 'Chi bộ khu phố 42')?.signature)).toContain('lấy từ sổ')
  expect(sum(july)).toMatchObject({ collectedPeriod: 5 * FEE_VND })
  const everywhere = [...cells, third]
  const august = await book(wardOfficer, 's02', '2026-08')
  expect(august.rows.map(({ cells: { unit } }) => unit)).toEqual([
    'Chi bộ khu phố 43',
    'Chi bộ khu phố Nối Tiếp',
    'Cộng',
  ])
  const inAugust = await paidTo(everywhere, ...AUGUST)
  expect(sum(august)).toMatchObject({
    membersEnd: 5,
    collectedPeriod: inAugust,
    collectedYear: await paidTo(everywhere, ...YEAR),
  })
  expect(row(august, 'unit', merged.name)).toMatchObject({
    // of August, and what was on its way of July
    received: paid - KEEP * paid + 2 * FEE_VND - KEEP * 2 * FEE_VND,
    receivedYear: year - KEEP * year,
  })
  const whole = codes(await book(wardOfficer, 'b01', '2026-08'))
  expect(whole).toMatchObject({ '02': inAugust, '03': await paidTo(everywhere, ...YEAR) })
  expect(whole['04']).toBe(whole['05']! + whole['06']!)
  expect(whole['08']).toBe(whole['09']! + whole['10']!)
  expect(whole['13']).toBe(whole['03']! - whole['08']!)

  // The quarter: put together from what the two sent and the new one, or by its own report.
  world.day('2026-10-02')
  await report(secretary, '2026-09')
  await report(thirdSecretary, '2026-09')
  const gap = await book(wardOfficer, 's02', '2026-Q3')
  expect(String(row(gap, 'unit', merged.name)?.signature)).toContain('tháng 7/2026')
  await report(secretary, '2026-Q3')
  const quarter = await book(wardOfficer, 'b01', '2026-Q3')
  expect(codes(quarter)).toMatchObject({
    '02': await paidTo(everywhere, ...YEAR),
    '03': await paidTo(everywhere, ...YEAR),
  })
  expect(quarter.failed).toEqual([])
})

test('two communes become one: the books of the new one go on with both for the year, and every formula holds', async () => {
  const { city } = world.places
  const add = (name: string, kind: string, above: string) =>
    world.database.transaction((write) => addOrganisation(write, name, kind, above))
  const communes = [
    await add('Đảng bộ Phường Sáu Mốt', 'commune', city),
    await add('Đảng bộ Phường Sáu Hai', 'commune', city),
  ] as const
  const cells = [
    await add('Chi bộ khu phố 61', 'cell', communes[0]),
    await add('Chi bộ khu phố 62', 'cell', communes[1]),
  ] as const
  const secretaries = [
    await officer('Bí Thư Sáu Mốt', 'cell-secretary', cells[0]),
    await officer('Bí Thư Sáu Hai', 'cell-secretary', cells[1]),
  ] as const
  const payers = [await payer('Nộp Sáu Mốt', cells[0]), await payer('Nộp Sáu Hai', cells[1])] as const

  // October goes up to both communes; the first one's part is on its way to the city when they become one.
  await assessMonth(world.database, '2026-10-01', when().today)
  world.day('2026-10-28')
  for (const place of [0, 1] as const) {
    await cash(payers[place], cells[place], '2026-10-01')
    const id = await shared(cells[place], '2026-10')
    await sent(id, cells[place])
    await received(id, communes[place])
  }
  const onItsWay = await shared(communes[0], '2026-10')
  await sent(onItsWay, communes[0])
  const finished = await shared(communes[1], '2026-10')
  await sent(finished, communes[1])
  await received(finished, city)
  world.day('2026-11-01')
  for (const secretary of secretaries) await report(secretary, '2026-10')
  await assessMonth(world.database, '2026-11-01', '2026-11-01')
  await cash(payers[0], cells[0], '2026-11-01')
  const early = await shared(cells[0], '2026-11')
  await sent(early, cells[0])
  await received(early, communes[0])

  world.day('2026-11-10')
  const whole = {
    id: randomUUID(),
    code: '79.095.000.000.000',
    name: 'Đảng bộ Phường Sáu Chung',
    kind: 'commune',
    parentId: city,
  }
  await reorganise(world, signer, {
    steps: [{ type: 'merge', from: communes, into: whole.id }],
    bodies: [whole],
  })
  world.day('2026-11-20')
  await received(onItsWay, city)
  await cash(payers[1], cells[1], '2026-11-01')
  const late = await shared(cells[1], '2026-11')
  await sent(late, cells[1])
  await received(late, whole.id)
  await sent(await shared(whole.id, '2026-11'), whole.id)
  world.day('2026-12-01')
  for (const secretary of secretaries) await report(secretary, '2026-11')
  const finance = await officer('Tài Chính Sáu Chung', 'finance-officer', whole.id)
  const told = await book(finance, 'b01', '2026-11')
  expect(told.failed).toEqual([])
  expect(codes(told)).toMatchObject({
    '02': await paidTo(cells, '2026-11-01', '2026-11-30'),
    '03': await paidTo(cells, ...YEAR),
  })
  const s02 = await book(finance, 's02', '2026-11')
  expect(s02.failed).toEqual([])
  expect(sum(s02)).toMatchObject({ received: 2 * FEE_VND * 0.3, receivedYear: 4 * FEE_VND * 0.3 })
  await report(finance, '2026-11')
  const cityFinance = await officer('Tài Chính Thành Phố', 'finance-officer', city)
  const above = await book(cityFinance, 's02', '2026-11')
  expect(row(above, 'unit', whole.name)).toMatchObject({
    collectedPeriod: 2 * FEE_VND,
    collectedYear: 4 * FEE_VND,
  })
  expect(above.rows.some(({ cells: { unit } }) => String(unit).includes('Sáu Mốt'))).toBe(false)
})

test('a merger that is taken back: each has its own figures again, and what came between stands in one of them', async () => {
  world.day('2026-12-01')
  const cells = [await cellOf('Chi bộ khu phố 81'), await cellOf('Chi bộ khu phố 82')] as const
  const payers = [await payer('Nộp Tám Mốt', cells[0]), await payer('Nộp Tám Hai', cells[1])] as const
  const between = await payer('Nộp Ở Giữa', cells[0])
  await assessMonth(world.database, '2026-12-01', '2026-12-01')
  for (const place of [0, 1] as const) await cash(payers[place], cells[place], '2026-12-01')
  world.day('2026-12-05')
  const merged = {
    id: randomUUID(),
    code: '79.021.095.000.001',
    name: 'Chi bộ khu phố Tám Chung',
    kind: 'cell',
    parentId: ward,
  }
  const plan = await reorganise(world, signer, {
    steps: [{ type: 'merge', from: cells, into: merged.id }],
    bodies: [merged],
  })
  world.day('2026-12-10')
  await cash(between, merged.id, '2026-12-01', 1)
  world.day('2026-12-15')
  const back = await signer.post(`/api/v1/reorganisations/${plan}/undo`, {
    commandId: randomUUID(),
    reason: 'Sắp xếp nhầm.',
  })
  expect(back.status, back.text).toBe(200)
  for (const cell of cells) await shared(cell, '2026-12')
  const secretaries = [
    await officer('Bí Thư Tám Mốt', 'cell-secretary', cells[0]),
    await officer('Bí Thư Tám Hai', 'cell-secretary', cells[1]),
  ] as const
  const told = []
  for (const secretary of secretaries) {
    const own = await book(secretary, 'b01', '2026-12')
    expect(own.failed).toEqual([])
    const part2 = await book(secretary, 's01-remittance', '2026-12')
    expect(row(part2, 'feeMonth', '12/2026')?.collectedSum).toBe(codes(own)['02'])
    told.push(codes(own)['02']!)
  }
  expect(told.toSorted((a, b) => a - b)).toEqual([FEE_VND, 2 * FEE_VND])
  expect(await paidTo([...cells, merged.id], '2026-12-01', '2026-12-31')).toBe(3 * FEE_VND)
})

test('taken back in the next month: what goes across counts where it is shared out, and the books say so', async () => {
  world.day('2027-01-04')
  const cells = [await cellOf('Chi bộ khu phố 91'), await cellOf('Chi bộ khu phố 92')] as const
  const payers = [await payer('Nộp Chín Mốt', cells[0]), await payer('Nộp Chín Hai', cells[1])] as const
  const between = await payer('Nộp Lúc Nhập', cells[0])
  await assessMonth(world.database, '2027-01-01', '2027-01-04')
  for (const place of [0, 1] as const) await cash(payers[place], cells[place], '2027-01-01')
  world.day('2027-01-20')
  const merged = {
    id: randomUUID(),
    code: '79.021.094.000.001',
    name: 'Chi bộ khu phố Chín Chung',
    kind: 'cell',
    parentId: ward,
  }
  const plan = await reorganise(world, signer, {
    steps: [{ type: 'merge', from: cells, into: merged.id }],
    bodies: [merged],
  })
  await cash(between, merged.id, '2027-01-01', 1)
  world.day('2027-02-03')
  const back = await signer.post(`/api/v1/reorganisations/${plan}/undo`, {
    commandId: randomUUID(),
    reason: 'Sắp xếp nhầm.',
  })
  expect(back.status, back.text).toBe(200)
  const years: number[] = []
  const bases: number[] = []
  for (const [place, cell] of cells.entries()) {
    const secretary = await officer(`Bí Thư Chín ${place}`, 'cell-secretary', cell)
    const next = async () =>
      (await secretary.read<{ next: { month: string; baseVnd: number } | null }>('/api/v1/fees/remittances'))
        .next
    const { month, baseVnd } = (await next())!
    bases.push(baseVnd)
    await shared(cell, month)
    expect(await next()).toBeNull()
    const told = codes(await book(secretary, 'b01', '2027-02'))
    expect(told['13']).toBe(told['03']! - told['08']!)
    years.push(told['03']!)
    const one = await book(secretary, 's01-collection', '2027-02')
    expect(one.notes.join(' ')).toContain('bàn giao giữa các tổ chức')
    const behind = (await secretary.get('/fees/books/behind?of=collected&period=2027-02')).text
    expect(behind).toMatch(/(Nhận bàn|Bàn) giao khi sắp xếp tổ chức/)
  }
  expect(years.toSorted((a, b) => a - b)).toEqual([FEE_VND, 2 * FEE_VND])
  expect(bases.toSorted((a, b) => a - b)).toEqual([FEE_VND, 2 * FEE_VND])
})

test('a month not shared out when the two become one is shared out as that month, and both months add up', async () => {
  world.day('2027-03-02')
  const cells = [await cellOf('Chi bộ khu phố 53'), await cellOf('Chi bộ khu phố 54')] as const
  const payers = [await payer('Nộp Năm Ba', cells[0]), await payer('Nộp Năm Bốn', cells[1])] as const
  await assessMonth(world.database, '2027-03-01', '2027-03-02')
  for (const place of [0, 1] as const) await cash(payers[place], cells[place], '2027-03-01')
  world.day('2027-04-02')
  await assessMonth(world.database, '2027-04-01', '2027-04-02')
  await cash(payers[0], cells[0], '2027-04-01')
  const merged = {
    id: randomUUID(),
    code: '79.021.093.000.001',
    name: 'Chi bộ khu phố Năm Chung',
    kind: 'cell',
    parentId: ward,
  }
  world.day('2027-04-06')
  await reorganise(world, signer, {
    steps: [{ type: 'merge', from: cells, into: merged.id }],
    bodies: [merged],
  })
  await cash(payers[1], merged.id, '2027-04-01', 1)
  const late = async (month: string) =>
    (
      await wardOfficer.read<{ rows: { organisationId: string; unsharedVnd: number }[] }>(
        `/api/v1/fees/remittances/below?month=${month}`,
      )
    ).rows.find(({ organisationId }) => organisationId === merged.id)?.unsharedVnd
  expect([await late('2027-03'), await late('2027-04')]).toEqual([2 * FEE_VND, 4 * FEE_VND])
  await expect(shared(merged.id, '2027-04')).rejects.toMatchObject({ code: 'party-fees.share-other-month' })
  await shared(merged.id, '2027-03')
  expect([await late('2027-03'), await late('2027-04')]).toEqual([0, 2 * FEE_VND])
  await shared(merged.id, '2027-04')
  expect([await late('2027-03'), await late('2027-04')]).toEqual([0, 0])

  const secretary = await officer('Bí Thư Năm Chung', 'cell-secretary', merged.id)
  for (const month of ['2027-03', '2027-04']) {
    const told = await book(secretary, 'b01', month)
    expect(told.failed).toEqual([])
    expect(codes(told)['02']).toBe(2 * FEE_VND)
  }
})
