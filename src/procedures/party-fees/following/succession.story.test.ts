/** A cell ends: its unpaid lines, its cash, its account, what waits and what is under way go to the cell that took over; taken back, each has again what it brought. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { reorganise, signerOf } from '../../../../tests/reorganisations.ts'
import type { Visitor } from '../../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../../tests/transfer-world.ts'
import { sql } from '../../../kernel/db.ts'
import { todayIn } from '../../../kernel/plain-date.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { addOrganisation } from '../../../registry/test-builders.ts'
import { assessMonth } from '../assessing/assess.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { takeCash } from '../paying/cash.ts'
import { linesOfPayment } from '../paying/open-again.ts'
import { settleLines } from '../paying/settle.ts'
import { findRefund } from '../refunding/refunds.ts'
import { approveRefund, askRefund, checkRefund, payOutRefund, type AskedBack } from '../refunding/steps.ts'
import { confirmDrawing, payDown } from '../remitting/drawings.ts'
import { receive, send, shareOut } from '../remitting/remit.ts'
import { addAccount, addOrder, addSchedule, FEE_VND } from '../test-builders.ts'
import { moveAffairs } from './affairs.ts'

const MONTH = '2026-08-01'
let world: TransferWorld
let signer: Visitor

beforeAll(async () => {
  world = await openTransferWorld()
  signer = await signerOf(world)
})
afterAll(() => world.close())
afterEach(async () => {
  const { problems } = await verifyLedger(world.database)
  if (problems.length > 0) throw new Error(`the ledger is not clean: ${JSON.stringify(problems)}`)
})

async function somebody(name: string, cell: string): Promise<Visitor> {
  const member = await world.member(name, cell)
  await world.database.transaction((write) => addSchedule(write, member.memberId, FEE_VND))
  return member
}

const when = () => ({ at: world.now(), today: todayIn(world.now()) })
const cash = (member: Visitor, cellId: string, number = 0) =>
  world.database.transaction((write) =>
    takeCash(
      write,
      {
        commandId: randomUUID(),
        cellId,
        lines: [{ memberId: member.memberId, period: MONTH, number }],
        receivedBy: signer.memberId,
      },
      when(),
    ),
  )

/** 'number amount place' of each line that stands, unpaid ones marked. */
async function lines(member: Visitor): Promise<string[]> {
  const rows = await world.database.read.rows<{
    number: number
    amount: number
    cell: string
    paid: boolean
  }>(sql`
    select number, amount_vnd as amount, organisation_id as cell, payment_id is not null as paid from fee_line_now
     where member_id = ${member.memberId} and not replaced order by number`)
  return rows.map(
    ({ number, amount, cell, paid }) => `${number} ${amount} ${cell} ${paid ? 'đã nộp' : 'chưa nộp'}`,
  )
}

const organisation = (name: string, kind: string, above: string) =>
  world.database.transaction((write) => addOrganisation(write, name, kind, above))

async function clean(): Promise<void> {
  expect((await verifyLedger(world.database)).problems).toEqual([])
}

/** Pays by transfer what a member owes for MONTH. */
async function transferred(member: Visitor, organisationId: string, accountId: string): Promise<void> {
  const members = [member.memberId]
  const key = await world.database.transaction((write) =>
    addOrder(write, { organisationId, accountId, members, month: MONTH }),
  )
  const line = {
    accountId,
    reference: `FT ${key}`,
    amountVnd: FEE_VND,
    direction: 'in',
    content: key,
    bookedAt: world.now(),
    source: 'sepay',
    key,
  } as const
  expect(await settleLines(world.database, [line], when())).toEqual([{ outcome: 'matched', repeated: false }])
}

const handling = (by: Visitor, cellId: string) => ({
  people: [by.memberId],
  cell: cellId,
  by: by.memberId,
  ...when(),
})

/** The payer's money, asked back, looked at and approved by two more. @returns the refund */
async function approved(
  payer: Visitor,
  cellId: string,
  two: readonly [Visitor, Visitor],
  byTransfer: boolean,
) {
  const target = byTransfer ? { bin: '970436', number: '0071000', holder: 'DANG VIEN' } : undefined
  const id = await askedBack(payer, cellId, { target })
  await decided(id, cellId, two)
  return id
}

/** The payer's money, asked back or to pay other lines. @returns the refund */
async function askedBack(
  payer: Visitor,
  cellId: string,
  where: Pick<AskedBack, 'target' | 'to'>,
): Promise<string> {
  const { id: paymentId } = await world.database.read.one<{ id: string }>(
    sql`select id from fee_payment where payer_id = ${payer.memberId}`,
  )
  return askRefund(
    world.database,
    {
      commandId: randomUUID(),
      paymentId,
      lines: await linesOfPayment(world.database.read, paymentId),
      reason: 'twice',
      note: undefined,
      ...where,
    },
    { asker: { kind: 'cell', organisationId: cellId }, by: payer.memberId },
    { ...when(), calendar: await world.parts.calendar(), settings: DEFAULT_SETTINGS },
  )
}

/** Looked at and approved by two more. */
async function decided(id: string, cellId: string, two: readonly [Visitor, Visitor]): Promise<void> {
  const checked = { holderReason: 'kiểm thử', rightVnd: new Map() }
  await checkRefund(world.database, id, checked, handling(two[0], cellId))
  await approveRefund(world.database, id, handling(two[1], cellId))
}

const acting = (organisationId: string, { memberId }: Visitor) => ({
  organisationId,
  memberId,
  people: [memberId],
})

const paidOut = (id: string, by: Visitor, cellId: string, reference?: string) =>
  payOutRefund(world.database, id, { on: when().today, reference }, handling(by, cellId))

async function shared(organisationId: string, by: Visitor, month = '2026-08'): Promise<string> {
  const commandId = randomUUID()
  const sharing = { commandId, organisationId, month, by: by.memberId }
  await world.database.transaction((write) => shareOut(write, sharing, when()))
  return commandId
}
const sentInCash = (id: string, organisationId: string, by: Visitor) =>
  world.database.transaction((write) =>
    send(write, { id, how: 'cash', on: when().today, reference: null }, acting(organisationId, by), when()),
  )
const received = (id: string, organisationId: string, by: Visitor) =>
  world.database.transaction((write) =>
    receive(write, { id, on: when().today }, acting(organisationId, by), when()),
  )

async function paidDown(
  organisationId: string,
  holderId: string,
  amountVnd: number,
  by: Visitor,
): Promise<string> {
  const commandId = randomUUID()
  const { path } = await world.database.read.one<{ path: string }>(
    sql`select path from organisation_period where organisation_id = ${holderId} and valid_to is null`,
  )
  const paying = {
    commandId,
    organisationId,
    amountVnd,
    how: 'cash',
    on: when().today,
    reference: null,
  } as const
  const holder = acting(holderId, by)
  await world.database.transaction((write) => payDown(write, paying, { holder, path }, when()))
  return commandId
}
const confirmed = (id: string, organisationId: string, by: Visitor) =>
  world.database.transaction((write) => confirmDrawing(write, id, acting(organisationId, by), when()))

async function takenBack(plan: string): Promise<void> {
  const fields = { commandId: randomUUID(), reason: 'Sắp xếp nhầm.' }
  const back = await signer.post(`/api/v1/reorganisations/${plan}/undo`, fields)
  expect(back.status, back.text).toBe(200)
}

async function balances(owner: string): Promise<Record<string, number>> {
  const rows = await world.database.read.rows<{ account: string; balance: number }>(sql`
    select account, debit_vnd - credit_vnd as balance from ledger_balance where owner = ${owner} and debit_vnd <> credit_vnd`)
  return Object.fromEntries(rows.map(({ account, balance }) => [account, balance]))
}

const totalOf = (organisation: string) =>
  world.database.read.maybe(sql`
    select lines, paid_lines as paid, due_vnd as due, paid_vnd as "paidVnd" from fee_total
     where organisation_id = ${organisation} and period = ${MONTH}::date`)

/** So many lines, so many of them paid. */
const fees = (count: number, paid: number) => ({
  lines: count,
  paid,
  due: count * FEE_VND,
  paidVnd: paid * FEE_VND,
})

test('two cells become one, and the merger is taken back: nobody owes twice, nothing in hand is lost', async () => {
  const { cell, neighbour, ward } = world.places
  const paid = await somebody('Đã Nộp Tiền', cell)
  const ordered = await somebody('Đã Lấy Mã', cell)
  const looked = await somebody('Chờ Duyệt', cell)
  const other = await somebody('Bên Kia', neighbour)
  const gone = await somebody('Đã Chuyển Đi', cell)
  await assessMonth(world.database, MONTH, '2026-08-02')
  const { account, key } = await world.database.transaction(async (write) => {
    const accountId = await addAccount(write, cell)
    await write.run(sql`
      insert into fee_waiting (member_id, period, number, organisation_id) values (${looked.memberId}, ${MONTH}, 0, ${cell})`)
    await write.run(sql`
      update membership set until = '2026-08-10' where member_id = ${gone.memberId}`)
    await write.run(sql`
      insert into membership (member_id, organisation_id, standing, since, reason)
      values (${gone.memberId}, ${world.places.otherCell}, 'active', '2026-08-10', 'kiểm thử')`)
    await write.run(sql`
      insert into fee_declaration (id, member_id, organisation_id, from_period, facts, declared_by, declared_at)
      values (gen_random_uuid(), ${ordered.memberId}, ${cell}, '2026-09-01', '{}', ${ordered.memberId}, ${world.now()})`)
    const orderKey = await addOrder(write, {
      organisationId: cell,
      accountId,
      members: [ordered.memberId],
      month: MONTH,
    })
    return { account: accountId, key: orderKey }
  })
  await cash(paid, cell)
  await cash(other, neighbour)
  const before = await totalOf(ward)
  expect(before).toEqual({ lines: 5, paid: 2, due: 5 * FEE_VND, paidVnd: 2 * FEE_VND })

  world.day('2026-08-25')
  const merged = {
    id: randomUUID(),
    code: '79.021.099.000.001',
    name: 'Chi bộ khu phố Mới',
    kind: 'cell',
    parentId: ward,
  }
  const plan = await reorganise(world, signer, {
    steps: [{ type: 'merge', from: [cell, neighbour], into: merged.id }],
    bodies: [merged],
  })

  expect(await lines(paid)).toEqual([`0 ${FEE_VND} ${cell} đã nộp`])
  expect(await lines(ordered)).toEqual([`1 ${FEE_VND} ${merged.id} chưa nộp`])
  expect(await lines(looked)).toEqual([`1 ${FEE_VND} ${merged.id} chưa nộp`])
  expect(await lines(gone)).toEqual([`1 ${FEE_VND} ${merged.id} chưa nộp`])
  expect(await totalOf(ward)).toEqual(before)
  expect(await totalOf(merged.id)).toEqual({ lines: 3, paid: 0, due: 3 * FEE_VND, paidVnd: 0 })
  expect(await balances(cell)).toEqual({})
  expect(await balances(neighbour)).toEqual({})
  expect(await balances(merged.id)).toEqual({ cash: 2 * FEE_VND, dues: -2 * FEE_VND })
  expect(
    await world.database.read.rows(
      sql`select distinct kind, reason, made_by as by from fee_change where period = ${MONTH}`,
    ),
  ).toEqual([
    { kind: 'moved', reason: 'Chuyển thu theo 12-QĐ/TU, Ban Thường vụ Thành ủy', by: signer.memberId },
  ])

  // What waited waits with the new cell: the declaration, the line it wants to look at, the notice.
  expect(
    await world.database.read.rows(sql`
      select 'declaration' as what, organisation_id as cell from fee_declaration where status = 'submitted'
      union all select 'waiting', organisation_id from fee_waiting where number = 1`),
  ).toEqual([
    { what: 'declaration', cell: merged.id },
    { what: 'waiting', cell: merged.id },
  ])
  const { memberId, name } = await world.member('Bí Thư Mới', merged.id)
  const secretary = await world.office(memberId, name, 'cell-secretary', merged.id)
  expect(await secretary.notices()).toContain(
    'Chi bộ nhận 3 khoản đảng phí chưa nộp của 3 đảng viên từ tổ chức đã sắp xếp. Xem tại mục Theo dõi đảng phí.',
  )
  expect((await secretary.get('/fees/month?month=2026-08')).text).toContain('Đã Lấy Mã')

  // Money for the old order still comes: it is nobody's line any more, and waits at the cell that took the account over.
  const [settled] = await settleLines(
    world.database,
    [
      {
        accountId: account,
        reference: 'FT0001',
        amountVnd: FEE_VND,
        direction: 'in',
        content: key,
        bookedAt: world.now(),
        source: 'sepay',
        key,
      },
    ],
    when(),
  )
  expect(settled).toEqual({ outcome: 'already-paid', repeated: false })
  expect(await balances(merged.id)).toEqual({
    bank: FEE_VND,
    cash: 2 * FEE_VND,
    dues: -2 * FEE_VND,
    unmatched: -FEE_VND,
  })
  expect(
    await world.database.read.one(sql`
      select organisation_id as owner, retired_at is not null as retired from fee_account where id = ${account}`),
  ).toEqual({ owner: merged.id, retired: true })
  await cash(gone, merged.id, 1)
  expect(await balances(merged.id)).toMatchObject({ cash: 3 * FEE_VND, dues: -3 * FEE_VND })

  // Taken back: the neighbour has what it brought; what came since is the first one's.
  world.day('2026-08-27')
  const back = await signer.post(`/api/v1/reorganisations/${plan}/undo`, {
    commandId: randomUUID(),
    reason: 'Sắp xếp nhầm.',
  })
  expect(back.status, back.text).toBe(200)
  expect(await balances(merged.id)).toEqual({})
  const held = [await balances(cell), await balances(neighbour)]
  const sum = (key: string) => held.reduce((total, each) => total + (each[key] ?? 0), 0)
  expect([sum('cash'), sum('dues'), sum('bank'), sum('unmatched')]).toEqual([
    3 * FEE_VND,
    -3 * FEE_VND,
    FEE_VND,
    -FEE_VND,
  ])
  expect(held.every((each) => (each.cash ?? 0) >= FEE_VND)).toBe(true)
  expect(await lines(ordered)).toEqual([`2 ${FEE_VND} ${cell} chưa nộp`])
  expect(await lines(looked)).toEqual([`2 ${FEE_VND} ${cell} chưa nộp`])
  expect(await totalOf(ward)).toEqual({ lines: 5, paid: 3, due: 5 * FEE_VND, paidVnd: 3 * FEE_VND })
})

test('a cell that goes into another one: run again nothing changes', async () => {
  const { otherCell, otherWard } = world.places
  const target = await organisation('Chi bộ khu phố 12', 'cell', otherWard)
  const member = await somebody('Chi Bộ Giải Thể', otherCell)
  await assessMonth(world.database, MONTH, todayIn(world.now()))
  world.day('2026-08-28')
  await reorganise(world, signer, { steps: [{ type: 'dissolve', organisation: otherCell, to: target }] })
  expect(await lines(member)).toEqual([`1 ${FEE_VND} ${target} chưa nộp`])
  const { followReorganisation } = await import('./succession.ts')
  const context = {
    actor: { kind: 'clock' } as const,
    ...when(),
    calendar: await world.parts.calendar(),
    settings: { get: <T>(setting: { default: T }) => setting.default },
  }
  await world.database.transaction((write) => followReorganisation(write, [otherCell], context as never))
  expect(await lines(member)).toEqual([`1 ${FEE_VND} ${target} chưa nộp`])
})

test('what is under way when two cells become one is finished by the new one, and goes back with the merger', async () => {
  world.day('2026-08-28')
  const ward = world.places.thirdWard
  const cell = await organisation('Chi bộ khu phố 21', 'cell', ward)
  const other = await organisation('Chi bộ khu phố 22', 'cell', ward)
  const back = await somebody('Được Hoàn Tiền', cell)
  const above = await somebody('Nộp Vào Tài Khoản Phường', cell)
  const inCash = await somebody('Nộp Tiền Mặt', cell)
  const beside = await somebody('Nộp Bên Kia', other)
  const [one, two, three] = [await world.member('Một'), await world.member('Hai'), await world.member('Ba')]
  await assessMonth(world.database, MONTH, when().today)
  const [ofCell, ofOther, ofWard] = await world.database.transaction(async (write) => [
    await addAccount(write, cell),
    await addAccount(write, other),
    await addAccount(write, ward),
  ])
  await transferred(back, cell, ofCell!)
  await transferred(above, cell, ofWard!)
  await cash(inCash, cell)
  await cash(beside, other)
  const refund = await approved(back, cell, [one, two], true)
  const drawing = await paidDown(cell, ward, 60_000, three)
  // 48.000 go up, of which the ward holds 20.000.
  const sent = await shared(cell, one)
  await sentInCash(sent, cell, one)
  const made = await shared(other, one)
  await clean()

  const merged = {
    id: randomUUID(),
    code: '79.021.098.000.001',
    name: 'Chi bộ khu phố Hợp Nhất',
    kind: 'cell',
    parentId: ward,
  }
  world.day('2026-08-29')
  const plan = await reorganise(world, signer, {
    steps: [{ type: 'merge', from: [cell, other], into: merged.id }],
    bodies: [merged],
  })
  await clean()
  expect([await balances(cell), await balances(other)]).toEqual([{}, {}])
  const taken = await world.database.read.rows<{ id: string; number: number }>(
    sql`select id, number from fee_remittance where organisation_id = ${merged.id} order by number`,
  )
  expect(taken.map(({ number }) => number)).toEqual([0, 1])
  expect(new Set(taken.map(({ id }) => id))).toEqual(new Set([sent, made]))

  await paidOut(refund, three, merged.id, 'FT BACK')
  await confirmed(drawing, merged.id, one)
  await received(sent, ward, three)
  await sentInCash(made, merged.id, two)
  await clean()
  // Asked back only now, of a payment to the cell that ended.
  const late = await approved(inCash, merged.id, [one, two], false)
  expect(await lines(inCash)).toEqual([`1 ${FEE_VND} ${merged.id} chưa nộp`])
  expect(await balances(merged.id)).toMatchObject({ refunds: -FEE_VND })
  await clean()

  world.day('2026-08-30')
  await takenBack(plan)
  await clean()
  expect(await balances(merged.id)).toEqual({})
  expect(
    await world.database.read.rows(sql`
      select organisation_id as owner from fee_account where id in (${ofCell}, ${ofOther}) order by id = ${ofOther}`),
  ).toEqual([{ owner: cell }, { owner: other }])
  await paidOut(late, three, cell)
  await received(made, ward, three)
  await clean()
  expect(await balances(cell)).not.toHaveProperty('refunds')
})

test('the ward above ends: money on its way up and down is answered by the new ward, and by the old one again', async () => {
  world.day('2026-08-30')
  const { city } = world.places
  const ward = await organisation('Đảng bộ Phường Một', 'commune', city)
  const second = await organisation('Đảng bộ Phường Hai', 'commune', city)
  const cell = await organisation('Chi bộ khu phố 31', 'cell', ward)
  const above = await somebody('Nộp Lên Trên', cell)
  const inCash = await somebody('Nộp Ở Chi Bộ', cell)
  const [one, two] = [await world.member('Người Gửi'), await world.member('Người Nhận')]
  await assessMonth(world.database, MONTH, when().today)
  const account = await world.database.transaction((write) => addAccount(write, ward))
  await transferred(above, cell, account)
  await cash(inCash, cell)
  const drawings = [await paidDown(cell, ward, 30_000, two), await paidDown(cell, ward, 30_000, two)]
  const sent = await shared(cell, one)
  await sentInCash(sent, cell, one)
  const refund = await approved(above, cell, [one, two], true)
  // Two sides that would become one are refused: nobody is left to answer.
  await expect(world.database.transaction((write) => moveAffairs(write, ward, [cell]))).rejects.toMatchObject(
    { code: 'party-fees.under-way-between' },
  )

  const merged = {
    id: randomUUID(),
    code: '79.097.000.000.000',
    name: 'Đảng bộ Phường Hợp Nhất',
    kind: 'commune',
    parentId: city,
  }
  world.day('2026-08-31')
  const plan = await reorganise(world, signer, {
    steps: [{ type: 'merge', from: [second, ward], into: merged.id }],
    bodies: [merged],
  })
  await clean()
  expect(await balances(ward)).toEqual({})
  await confirmed(drawings[0]!, cell, one)
  await paidOut(refund, two, merged.id, 'FT LATE')
  await clean()

  world.day('2026-09-01')
  await takenBack(plan)
  await clean()
  await confirmed(drawings[1]!, cell, one)
  await received(sent, ward, two)
  await clean()
})

test('a correction asked for before the cell ends is decided by who took over: the line that stands in for it is paid', async () => {
  world.day('2026-09-01')
  const { ward } = world.places
  const [cell, other] = [
    await organisation('Chi bộ khu phố 41', 'cell', ward),
    await organisation('Chi bộ khu phố 42', 'cell', ward),
  ]
  const wrong = await somebody('Nộp Nhầm Người', cell)
  const right = await somebody('Đáng Lẽ Được Nộp', cell)
  const before = await somebody('Đã Chuyển Xong', cell)
  const [one, two] = [await world.member('Người Xem'), await world.member('Người Quyết')]
  await assessMonth(world.database, MONTH, when().today)
  await cash(wrong, cell)
  await cash(before, cell)
  const to = (member: Visitor) => [{ memberId: member.memberId, period: MONTH, number: 0 }]
  const open = await askedBack(wrong, cell, { target: undefined, to: to(right) })
  const merged = {
    id: randomUUID(),
    code: '79.021.097.000.001',
    name: 'Chi bộ khu phố Gộp',
    kind: 'cell',
    parentId: ward,
  }
  world.day('2026-09-02')
  await reorganise(world, signer, {
    steps: [{ type: 'merge', from: [cell, other], into: merged.id }],
    bodies: [merged],
  })
  await clean()
  expect(await lines(right)).toEqual([`1 ${FEE_VND} ${merged.id} chưa nộp`])
  await decided(open, merged.id, [one, two])
  const told = await findRefund(world.database.read, open)
  expect(told?.targets).toMatchObject([{ memberId: right.memberId, number: 1, paid: true, replaced: false }])
  expect(await lines(right)).toEqual([`1 ${FEE_VND} ${merged.id} đã nộp`])
  expect(await lines(wrong)).toEqual([`1 ${FEE_VND} ${merged.id} chưa nộp`])
  // Asked for only now, of a payment to the cell that ended.
  const late = await askedBack(before, merged.id, {
    target: undefined,
    to: [{ memberId: wrong.memberId, period: MONTH, number: 1 }],
  })
  await decided(late, merged.id, [one, two])
  expect(await lines(wrong)).toEqual([`1 ${FEE_VND} ${merged.id} đã nộp`])
  expect(await balances(merged.id)).toEqual({ cash: 2 * FEE_VND, dues: -2 * FEE_VND })
  await clean()
})

test('a refund approved before the cell moves is paid out by the ward that holds its money, though the cell lies elsewhere now', async () => {
  const { city } = world.places
  const ward = await organisation('Đảng bộ Phường Giữ Tiền', 'commune', city)
  const taking = await organisation('Đảng bộ Phường Nhận Chi Bộ', 'commune', city)
  const cell = await organisation('Chi bộ khu phố 45', 'cell', ward)
  const [payer, undecided] = [await somebody('Được Hoàn Sau', cell), await somebody('Chưa Quyết', cell)]
  const [one, two] = [await world.member('Người Xem'), await world.member('Người Duyệt')]
  const clerkOf = async (place: string) => {
    const { memberId, name } = await world.member('Văn Phòng', place)
    return world.office(memberId, name, 'office-clerk', place)
  }
  const [holding, above] = [await clerkOf(ward), await clerkOf(taking)]
  await assessMonth(world.database, MONTH, when().today)
  const account = await world.database.transaction((write) => addAccount(write, ward))
  for (const each of [payer, undecided]) await transferred(each, cell, account)
  const refund = await approved(payer, cell, [one, two], true)
  const target = { bin: '970436', number: '0071000', holder: 'DANG VIEN' }
  const open = await askedBack(undecided, cell, { target })
  await reorganise(world, signer, { steps: [{ type: 'move', organisation: cell, to: taking }] })
  await clean()

  // What is not approved yet is the cell's affair and that of those above it now.
  const list = (await holding.get('/fees/refunds')).text
  expect([list.includes(refund), list.includes(open)]).toEqual([true, false])
  expect((await holding.get(`/fees/refunds/${open}`)).status).toBe(404)
  expect((await above.get('/fees/refunds')).text).toContain(open)
  expect((await holding.get(`/fees/refunds/${refund}`)).text).toContain(`/fees/refunds/${refund}/pay-out`)
  const [year = '', month = '', day = ''] = when().today.split('-')
  const paid = { 'on-day': day, 'on-month': month, 'on-year': year, reference: 'FT AFTER MOVE' }
  const byOther = await above.form(`/fees/refunds/${refund}/pay-out`, paid)
  expect(byOther.text).toContain('Đơn vị khác trả khoản này')
  await holding.form(`/fees/refunds/${refund}/pay-out`, paid)
  const after = await holding.get(`/api/v1/fees/refunds/${refund}`)
  expect(after.json<{ status: string }>().status).toBe('paid-out')
  expect((await holding.get('/fees/refunds?shown=over')).text).toContain(refund)
  await clean()
})

test('a body that nothing went into ends: the organisation above has what it leaves, and finishes it', async () => {
  world.day('2026-09-02')
  const { city } = world.places
  const ward = await organisation('Đảng bộ Phường Có Chi Bộ Mới', 'commune', city)
  const renamed = await organisation('Chi bộ khu phố 71', 'cell', ward)
  const made = {
    id: randomUUID(),
    code: '79.021.096.000.001',
    name: 'Chi bộ khu phố Mới Lập',
    kind: 'cell',
    parentId: ward,
  }
  const plan = await reorganise(world, signer, {
    steps: [{ type: 'rename', organisation: renamed, name: 'Chi bộ khu phố 72' }],
    bodies: [made],
  })
  const [one, two, three] = [
    await world.member('Người Xét'),
    await world.member('Người Duyệt'),
    await world.member('Người Chi'),
  ]
  const paid = await somebody('Đã Nộp Ở Đây', made.id)
  const back = await somebody('Được Hoàn Ở Đây', made.id)
  const owing = await somebody('Còn Nợ Ở Đây', made.id)
  await assessMonth(world.database, MONTH, when().today)
  const account = await world.database.transaction(async (write) => {
    await write.run(sql`
      insert into fee_declaration (id, member_id, organisation_id, from_period, facts, declared_by, declared_at)
      values (gen_random_uuid(), ${owing.memberId}, ${made.id}, '2026-10-01', '{}', ${owing.memberId}, ${world.now()})`)
    return addAccount(write, made.id)
  })
  await cash(paid, made.id)
  await transferred(back, made.id, account)
  const refund = await approved(back, made.id, [one, two], true)
  const waiting = randomUUID()
  const asking = {
    commandId: waiting,
    kind: 'reduction',
    percent: 50,
    from: '2026-10',
    until: '2026-12',
    request: 'Gia đình gặp bão',
  }
  const asked = await owing.post('/api/v1/fees/reliefs', asking)
  expect(asked.status, asked.text).toBe(200)
  const sent = await shared(made.id, one, '2026-09')
  await sentInCash(sent, made.id, one)
  await clean()

  // Its members are elsewhere by now; money on its way to whoever would have it stops the end: somebody answers it first.
  await world.database.transaction(async (write) => {
    for (const { memberId } of [paid, back, owing]) {
      await write.run(
        sql`update membership set until = '2026-09-03' where member_id = ${memberId} and until is null`,
      )
      await write.run(sql`
        insert into membership (member_id, organisation_id, standing, since, reason)
        values (${memberId}, ${renamed}, 'active', '2026-09-03', 'kiểm thử')`)
    }
  })
  world.day('2026-09-04')
  const stopped = await signer.post(`/api/v1/reorganisations/${plan}/undo`, {
    commandId: randomUUID(),
    reason: 'Không lập nữa.',
  })
  expect(stopped.code).toBe('party-fees.under-way-between')
  await received(sent, ward, three)
  await takenBack(plan)
  await clean()

  expect(await balances(made.id)).toEqual({})
  expect(await balances(ward)).toMatchObject({ refunds: -FEE_VND })
  expect(await lines(owing)).toEqual([`1 ${FEE_VND} ${ward} chưa nộp`])
  expect(await lines(paid)).toEqual([`0 ${FEE_VND} ${made.id} đã nộp`])
  expect(
    await world.database.read.rows(sql`
      select 'account' as what, organisation_id as owner from fee_account where id = ${account}
      union all select 'relief', organisation_id from fee_relief where id = ${waiting}
      union all select 'refund', organisation_id from fee_refund where id = ${refund} order by 1`),
  ).toEqual([
    { what: 'account', owner: ward },
    { what: 'refund', owner: ward },
    { what: 'relief', owner: renamed },
  ])
  await world.sweep()
  expect(
    await world.database.read.rows(sql`
      select organisation_id as owner from fee_declaration where member_id = ${owing.memberId} and status = 'submitted'`),
  ).toEqual([{ owner: renamed }])

  // Finished above: what is owed is paid out, what is unpaid is collected.
  await paidOut(refund, three, ward, 'FT ABOVE')
  await cash(owing, ward, 1)
  await clean()
  expect(await balances(ward)).not.toHaveProperty('refunds')
})

test('lines made and paid in the morning, their cell merged the same day: due and paid of each stand where it was made', async () => {
  const { city } = world.places
  world.day('2026-09-03', '07:30')
  const ward = await organisation('Đảng bộ Phường Buổi Sáng', 'commune', city)
  const cell = await organisation('Chi bộ khu phố 41', 'cell', ward)
  const other = await organisation('Chi bộ khu phố 42', 'cell', ward)
  const paid = await somebody('Nộp Buổi Sáng', cell)
  const open = await somebody('Chưa Nộp Buổi Sáng', cell)
  const beside = await somebody('Chi Bộ Bên', other)
  const [one, two] = [await world.member('Người Xem'), await world.member('Người Duyệt')]
  await assessMonth(world.database, MONTH, when().today)
  await cash(paid, cell)
  await clean()

  world.day('2026-09-03', '14:00')
  const merged = {
    id: randomUUID(),
    code: '79.021.095.000.001',
    name: 'Chi bộ khu phố Buổi Chiều',
    kind: 'cell',
    parentId: ward,
  }
  const plan = await reorganise(world, signer, {
    steps: [{ type: 'merge', from: [cell, other], into: merged.id }],
    bodies: [merged],
  })
  await clean()
  expect(await totalOf(ward)).toEqual(fees(3, 1))
  expect(await totalOf(cell)).toEqual(fees(1, 1))
  expect(await totalOf(merged.id)).toEqual(fees(2, 0))

  // Paid in the afternoon, and paid back of what was paid in the morning: each where its line stands.
  await cash(beside, merged.id, 1)
  await approved(paid, merged.id, [one, two], false)
  await clean()
  expect(await totalOf(ward)).toEqual(fees(3, 1))

  world.day('2026-09-03', '16:00')
  await takenBack(plan)
  await clean()
  expect(await lines(open)).toEqual([`2 ${FEE_VND} ${cell} chưa nộp`])
  await cash(open, cell, 2)
  await clean()
  expect(await totalOf(ward)).toEqual(fees(3, 2))
})

test('a cell that lies under another ward since noon: lines of that day count in the old one, those of the next day in the new one', async () => {
  const { city } = world.places
  world.day('2026-09-04', '07:30')
  const ward = await organisation('Đảng bộ Phường Cũ', 'commune', city)
  const taking = await organisation('Đảng bộ Phường Mới', 'commune', city)
  const cell = await organisation('Chi bộ khu phố 51', 'cell', ward)
  const morning = await somebody('Trước Khi Chuyển', cell)
  await assessMonth(world.database, MONTH, when().today)

  world.day('2026-09-04', '12:00')
  await reorganise(world, signer, { steps: [{ type: 'move', organisation: cell, to: taking }] })
  const afternoon = await somebody('Cùng Ngày Chuyển', cell)
  await assessMonth(world.database, MONTH, when().today)
  // A month that is opened for the whole country then, too.
  await assessMonth(world.database, '2026-10-01', when().today)
  await cash(morning, cell)
  await clean()
  expect([await totalOf(ward), await totalOf(taking)]).toEqual([fees(2, 1), undefined])

  world.day('2026-09-05')
  await somebody('Ngày Hôm Sau', cell)
  await assessMonth(world.database, MONTH, when().today)
  await cash(afternoon, cell)
  await clean()
  expect([await totalOf(ward), await totalOf(taking)]).toEqual([fees(2, 2), fees(1, 0)])
})

test('a decision entered late, from a day before the lines were made: they stay where they were counted', async () => {
  const { city } = world.places
  world.day('2026-09-06')
  const ward = await organisation('Đảng bộ Phường Trước Đó', 'commune', city)
  const taking = await organisation('Đảng bộ Phường Sau Đó', 'commune', city)
  const cell = await organisation('Chi bộ khu phố 61', 'cell', ward)
  const member = await somebody('Vào Sổ Trước Quyết Định', cell)
  await assessMonth(world.database, MONTH, when().today)
  world.day('2026-09-08')
  await reorganise(world, signer, {
    steps: [{ type: 'move', organisation: cell, to: taking }],
    effectiveOn: '2026-09-02',
  })
  await cash(member, cell)
  await clean()
  expect([await totalOf(ward), await totalOf(taking)]).toEqual([fees(1, 1), undefined])
})

test('each month has one index of its cells by days, a part of the one of all months', async () => {
  const rows = await world.database.read.rows<{ month: string; cells: number; whole: boolean }>(sql`
    select x.indrelid::regclass::text as month, count(*)::int as cells,
           bool_and(x.indisvalid and pg_get_indexdef(x.indexrelid) like '%(organisation_id, made_on)'
                    and exists (select from pg_inherits i where i.inhrelid = x.indexrelid and i.inhparent = 'fee_line_cell'::regclass)) as whole
      from pg_inherits t join pg_index x on x.indrelid = t.inhrelid
     where t.inhparent = 'fee_line'::regclass and pg_get_indexdef(x.indexrelid) like '%(organisation_id%'
     group by 1`)
  expect(rows.length).toBeGreaterThan(1)
  expect(rows.filter(({ cells, whole }) => cells !== 1 || !whole)).toEqual([])
})

test('a part that the ward held and received: moved back while both sides are there, refused when one has ended', async () => {
  const { city } = world.places
  world.day('2026-09-10')
  const ward = await organisation('Đảng bộ Phường Giữ Hộ', 'commune', city)
  const cell = await organisation('Chi bộ khu phố 71', 'cell', ward)
  const other = await organisation('Chi bộ khu phố 72', 'cell', ward)
  const payer = await somebody('Nộp Vào Phường', cell)
  const one = await world.member('Người Trích')
  const { memberId, name } = await world.member('Văn Phòng Phường')
  const clerk = await world.office(memberId, name, 'office-clerk', ward)
  await assessMonth(world.database, MONTH, when().today)
  await transferred(payer, cell, await world.database.transaction((write) => addAccount(write, ward)))
  const id = await world.database.transaction(async (write) => {
    const commandId = randomUUID()
    const sharing = { commandId, organisationId: cell, month: '2026-09', by: one.memberId }
    await shareOut(write, sharing, when())
    return commandId
  })
  const page = async () => (await clerk.get(`/fees/remit/${id}`)).text
  const moveBack = () => clerk.post(`/api/v1/fees/remittances/${id}/return`, { reason: 'Trích sai mức.' })
  expect(await page()).toContain(`/fees/remit/${id}/return`)

  world.day('2026-09-11')
  const merged = {
    id: randomUUID(),
    code: '79.021.094.000.001',
    name: 'Chi bộ khu phố Kế Thừa',
    kind: 'cell',
    parentId: ward,
  }
  const plan = await reorganise(world, signer, {
    steps: [{ type: 'merge', from: [cell, other], into: merged.id }],
    bodies: [merged],
  })
  const before = await balances(ward)
  expect(await page()).not.toContain(`/fees/remit/${id}/return`)
  const refused = await moveBack()
  expect([refused.status, refused.code]).toEqual([409, 'party-fees.remittance-side-ended'])
  const form = await clerk.form(`/fees/remit/${id}/return`, { reason: 'Trích sai mức.' })
  expect(form.text).toContain('Một bên của hồ sơ không còn')
  expect([await balances(cell), await balances(ward)]).toEqual([{}, before])
  await clean()

  world.day('2026-09-12')
  await takenBack(plan)
  const back = await moveBack()
  expect(back.status, back.text).toBe(200)
  await clean()
})
