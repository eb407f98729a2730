/** A cell ends into two: what was paid to it is paid back or moved by the payer's cell, not by the one that has its lines; the books of both say what the ledger says. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { reorganise, signerOf } from '../../../../tests/reorganisations.ts'
import type { Visitor } from '../../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../../tests/transfer-world.ts'
import { sql } from '../../../kernel/db.ts'
import { todayIn } from '../../../kernel/plain-date.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { goneInto } from '../../../registry/organisations/successors.ts'
import { addOrganisation } from '../../../registry/test-builders.ts'
import { assessMonth } from '../assessing/assess.ts'
import type { LineName } from '../law/ordering.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { takeCash } from '../paying/cash.ts'
import { linesOfPayment } from '../paying/open-again.ts'
import { approveRefund, askRefund, checkRefund, payOutRefund } from '../refunding/steps.ts'
import { addSchedule, FEE_VND } from '../test-builders.ts'

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

const when = () => ({ at: world.now(), today: todayIn(world.now()) })

async function payer(name: string, cell: string): Promise<Visitor> {
  const member = await world.member(name, cell)
  await world.database.transaction((write) => addSchedule(write, member.memberId, FEE_VND))
  return member
}
async function secretaryOf(name: string, organisationId: string): Promise<Visitor> {
  const { memberId } = await world.member(name, world.places.neighbour)
  return world.office(memberId, name, 'cell-secretary', organisationId)
}

const lineOf = ({ memberId }: Visitor, period: string, number = 0): LineName => ({ memberId, period, number })
const cash = (cellId: string, line: LineName) =>
  world.database.transaction((write) =>
    takeCash(write, { commandId: randomUUID(), cellId, lines: [line], receivedBy: signer.memberId }, when()),
  )

/** The payer's first payment, given back in cash, or to pay another line. */
async function goesBack(
  { memberId }: Visitor,
  cell: string,
  two: readonly [Visitor, Visitor],
  to?: LineName,
) {
  const { id: paymentId } = await world.database.read.one<{ id: string }>(
    sql`select id from fee_payment where payer_id = ${memberId}`,
  )
  const lines = await linesOfPayment(world.database.read, paymentId)
  const where = to ? { target: undefined, to: [to] } : { target: undefined }
  const asked = {
    commandId: randomUUID(),
    paymentId,
    lines,
    reason: 'other',
    note: 'kiểm thử',
    ...where,
  } as const
  const asker = { kind: 'cell', organisationId: cell } as const
  const at = { ...when(), calendar: await world.parts.calendar(), settings: DEFAULT_SETTINGS }
  const id = await askRefund(world.database, asked, { asker, by: memberId }, at)
  const by = (who: Visitor) => ({ people: [who.memberId], cell, by: who.memberId, ...when() })
  await checkRefund(world.database, id, { holderReason: undefined, rightVnd: new Map() }, by(two[0]))
  await approveRefund(world.database, id, by(two[1]))
  if (!to) await payOutRefund(world.database, id, { on: when().today, reference: undefined }, by(two[0]))
}

interface Told {
  readonly rows: readonly { readonly cells: Readonly<Record<string, string | number | null>> }[]
  readonly notes: readonly string[]
}
const book = (by: Visitor, name: string, period: string) =>
  by.read<Told>(`/api/v1/fees/books?book=${name}&period=${period}`)
const cellsOf = ({ rows }: Told, key: string, value: string) =>
  rows.find(({ cells }) => cells[key] === value)?.cells

async function paidTo(cells: readonly string[], from: string): Promise<number> {
  const { paid } = await world.database.read.one<{ paid: number }>(sql`
    select coalesce(sum(case kind when 'paid' then amount_vnd else -amount_vnd end), 0)::bigint as paid from ledger_transfer
     where kind in ('paid', 'refunded') and debit_owner = any(${[...cells]}::uuid[]) and on_day between ${from}::date and '2026-08-31'`)
  return paid
}

test('a refund and a correction of what the old cell was paid: S01 and B01 of both agree, and come to the ledger', async () => {
  const ward = world.places.thirdWard
  const old = await world.database.transaction((write) =>
    addOrganisation(write, 'Chi bộ khu phố Cũ', 'cell', ward),
  )
  const stays = await payer('Ở Lại', old)
  const [back, moved, giver] = [
    await payer('Được Hoàn', old),
    await payer('Được Điều Chỉnh', old),
    await payer('Nộp Sau', old),
  ]
  world.day('2026-07-10')
  await assessMonth(world.database, '2026-07-01', '2026-07-10')
  for (const who of [stays, back, moved]) await cash(old, lineOf(who, '2026-07-01'))
  world.day('2026-08-05')
  await assessMonth(world.database, '2026-08-01', '2026-08-05')
  const body = (name: string, code: string) => ({
    id: randomUUID(),
    code,
    name,
    kind: 'cell',
    parentId: ward,
  })
  const [first, other] = [
    body('Chi bộ khu phố Một Phần', '79.021.081.000.001'),
    body('Chi bộ khu phố Phần Kia', '79.021.082.000.001'),
  ]
  await reorganise(world, signer, {
    steps: [
      {
        type: 'split',
        from: old,
        parts: [
          { into: first.id, organisations: [], members: [stays.memberId] },
          {
            into: other.id,
            organisations: [],
            members: [back, moved, giver].map(({ memberId }) => memberId),
          },
        ],
        rest: first.id,
      },
    ],
    bodies: [first, other],
  })
  expect((await goneInto(world.database.read, [first.id, other.id], when().today)).get(old)).toBe(first.id)

  world.day('2026-08-10')
  const secretaries = [
    await secretaryOf('Bí Thư Một Phần', first.id),
    await secretaryOf('Bí Thư Phần Kia', other.id),
  ]
  const two = [await world.member('Người Xem'), await world.member('Người Duyệt')] as const
  await cash(first.id, lineOf(stays, '2026-08-01', 1))
  await cash(other.id, lineOf(giver, '2026-08-01', 1))
  await goesBack(back, other.id, two)
  await goesBack(moved, other.id, two, lineOf(moved, '2026-08-01', 1))

  world.day('2026-09-02')
  const ledger = [await paidTo([old, first.id], '2026-08-01'), await paidTo([other.id], '2026-08-01')]
  expect(ledger).toEqual([FEE_VND, 0])
  const year = [await paidTo([old, first.id], '2026-01-01'), await paidTo([other.id], '2026-01-01')]
  for (const [place, secretary] of secretaries.entries()) {
    const b01 = await book(secretary, 'b01', '2026-08')
    expect(cellsOf(b01, 'code', '02')?.all).toBe(ledger[place])
    expect(cellsOf(b01, 'code', '03')?.all).toBe(year[place])
    const part2 = await book(secretary, 's01-remittance', '2026-08')
    expect(cellsOf(part2, 'feeMonth', '08/2026')?.collectedSum).toBe(ledger[place])
    // Column 9 less what went back, where the note says so, is part II.
    const part1 = await book(secretary, 's01-collection', '2026-08')
    const went = part1.notes.filter((note) => note.includes('Trong kỳ có hoàn trả hoặc điều chỉnh'))
    expect(went).toHaveLength(place)
    expect(part1.rows.at(-1)!.cells.collected).toBe(ledger[place]! + place * 2 * FEE_VND)
  }

  // A receipt of the old cell: for the payer's cell, and for the one in whose books the payment stands.
  const { id } = await world.database.read.one<{ id: string }>(
    sql`select id from fee_payment where payer_id = ${back.memberId}`,
  )
  for (const secretary of secretaries)
    expect((await secretary.get(`/api/v1/fees/receipts/${id}`)).status).toBe(200)
  const { id: newer } = await world.database.read.one<{ id: string }>(
    sql`select id from fee_payment where payer_id = ${giver.memberId}`,
  )
  expect((await secretaries[0]!.get(`/api/v1/fees/receipts/${newer}`)).status).toBe(404)
})
