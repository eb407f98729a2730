/** A cell ends: its unpaid lines, its cash, its account and what waits go to the cell that took over; taken back, each has again what it brought. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { reorganise, signerOf } from '../../../../tests/reorganisations.ts'
import type { Visitor } from '../../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../../tests/transfer-world.ts'
import { sql } from '../../../kernel/db.ts'
import { todayIn } from '../../../kernel/plain-date.ts'
import { assessMonth } from '../assessing/assess.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { takeCash } from '../paying/cash.ts'
import { settleLines } from '../paying/settle.ts'
import { addAccount, addOrder, addSchedule, FEE_VND } from '../test-builders.ts'

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

async function balances(owner: string): Promise<Record<string, number>> {
  const rows = await world.database.read.rows<{ account: string; balance: number }>(sql`
    select account, debit_vnd - credit_vnd as balance from ledger_balance where owner = ${owner} and debit_vnd <> credit_vnd`)
  return Object.fromEntries(rows.map(({ account, balance }) => [account, balance]))
}

const totalOf = (organisation: string) =>
  world.database.read.maybe(sql`
    select lines, paid_lines as paid, due_vnd as due, paid_vnd as "paidVnd" from fee_total
     where organisation_id = ${organisation} and period = ${MONTH}::date`)

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
  const target = await world.database.transaction(async (write) => {
    const { addOrganisation } = await import('../../../registry/test-builders.ts')
    return addOrganisation(write, 'Chi bộ khu phố 12', 'cell', otherWard)
  })
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
