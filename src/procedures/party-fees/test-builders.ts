/** Builders for tests of Party fees: two cells with members whose schedule is said plainly, their accounts, orders to pay, and visitors of a house. */
import { randomUUID } from 'node:crypto'
import type { House, Visitor } from '../../../tests/house.ts'
import { cookieName } from '../../identity/cookies.ts'
import { csrfOf, openSession } from '../../identity/sessions.ts'
import { sql, type Database, type Write } from '../../kernel/db.ts'
import { todayIn } from '../../kernel/plain-date.ts'
import { DEFAULT_SETTINGS } from '../../kernel/settings.ts'
import { calendarFrom } from '../../kernel/working-time.ts'
import { grantOffice } from '../../registry/offices/store.ts'
import { addMember, addTwoWards, FOUNDED } from '../../registry/test-builders.ts'
import { assessMonth } from './assessing/assess.ts'
import type { Handler } from './assessing/lines.ts'
import type { LineName } from './law/ordering.ts'
import { linesOfPayment } from './paying/open-again.ts'
import { settleLines } from './paying/settle.ts'
import { approveRefund, askRefund, checkRefund } from './refunding/steps.ts'

export const MONTH = '2026-06-01'
export const FEE_VND = 80_000

export interface FeeWorld {
  readonly places: Awaited<ReturnType<typeof addTwoWards>>
  /** three members of `cell`, two of `otherCell`, each owing FEE_VND for MONTH */
  readonly members: readonly string[]
  readonly others: readonly string[]
  /** the verified account of `cell`; members of `otherCell` pay on their ward's */
  readonly account: string
  readonly wardAccount: string
}

/** A small Party, MONTH assessed. */
export async function addFeeWorld(database: Database): Promise<FeeWorld> {
  const world = await database.transaction(async (write) => {
    const places = await addTwoWards(write)
    const members: string[] = []
    const others: string[] = []
    for (const name of ['Một', 'Hai', 'Ba'])
      members.push(await addMember(write, `Đảng Viên ${name}`, places.cell))
    for (const name of ['Tư', 'Năm'])
      others.push(await addMember(write, `Đảng Viên ${name}`, places.otherCell))
    for (const id of [...members, ...others]) await addSchedule(write, id, FEE_VND)
    const account = await addAccount(write, places.cell)
    const wardAccount = await addAccount(write, places.otherWard)
    return { places, members, others, account, wardAccount }
  })
  await assessMonth(database, MONTH, MONTH)
  return world
}

export async function addSchedule(write: Write, memberId: string, amountVnd: number): Promise<void> {
  await write.run(sql`
    insert into fee_schedule (member_id, from_period, class, base_vnd, amount_vnd)
    values (${memberId}, '2026-02-01', 'BHXH', ${amountVnd * 100}, ${amountVnd})`)
}

let accountsMade = 0

/** A verified account in use. @returns its id */
export async function addAccount(write: Write, organisationId: string): Promise<string> {
  const id = randomUUID()
  await write.run(sql`
    insert into fee_account (id, organisation_id, bank_bin, account_number, holder, declared_at, verified_at, verified_how)
    values (${id}, ${organisationId}, '970436', ${`10${String((accountsMade += 1)).padStart(8, '0')}`}, 'DANG UY KIEM THU',
            '2026-05-01', '2026-05-02', 'kiểm thử')`)
  return id
}

let keysMade = 0

/** An order to pay these members' lines (number 0 of MONTH unless said). @returns its key */
export async function addOrder(
  write: Write,
  order: {
    readonly organisationId: string
    readonly accountId: string
    readonly members: readonly string[]
    readonly number?: number
    readonly month?: string
    readonly amountVnd?: number
  },
): Promise<string> {
  const id = randomUUID()
  const key = `DP${String((keysMade += 1)).padStart(10, '0')}`
  const amount = order.amountVnd ?? FEE_VND
  await write.run(sql`
    insert into fee_order (id, key, payer_id, organisation_id, method, account_id, amount_vnd, made_by, made_at)
    values (${id}, ${key}, ${order.members[0]}, ${order.organisationId}, 'transfer', ${order.accountId},
            ${amount * order.members.length}, ${order.members[0]}, '2026-06-02')`)
  for (const member of order.members)
    await write.run(sql`
      insert into fee_order_line (order_id, member_id, period, number, amount_vnd)
      values (${id}, ${member}, ${order.month ?? MONTH}, ${order.number ?? 0}, ${amount})`)
  return key
}

/** What was paid by this member, asked back on a day, or to pay other lines: its id. */
export async function addRefund(
  database: Database,
  payerId: string,
  cellId: string,
  to?: readonly LineName[],
): Promise<string> {
  const { id: paymentId } = await database.read.one<{ id: string }>(
    sql`select id from fee_payment where payer_id = ${payerId} order by paid_at desc limit 1`,
  )
  const commandId = randomUUID()
  const lines = await linesOfPayment(database.read, paymentId)
  const where = to ? { target: undefined, to } : { target: TARGET }
  const asked = { commandId, paymentId, lines, reason: 'twice', note: undefined, ...where } as const
  const now = { ...REFUND_DAY, calendar: calendarFrom({ holidays: () => [] }), settings: DEFAULT_SETTINGS }
  const asker = { kind: 'cell', organisationId: cellId } as const
  return askRefund(database, asked, { asker, by: payerId }, now)
}

const TARGET = { bin: '970436', number: '0071000', holder: 'DANG VIEN' }
const REFUND_DAY = { at: new Date('2026-06-08T03:00:00Z'), today: '2026-06-08' }

/** Who handles the cell's fees on the day of refunds. */
export async function addHandling(database: Database, name: string, cellId: string): Promise<Handler> {
  const by = await database.transaction((write) => addMember(write, name, cellId))
  return { cell: cellId, by, people: [by], ...REFUND_DAY }
}

/** A refund that two people decided and nobody has paid out, or a correction that is over. @returns its id */
export async function addApprovedRefund(
  database: Database,
  payerId: string,
  cellId: string,
  to?: readonly LineName[],
): Promise<string> {
  const id = await addRefund(database, payerId, cellId, to)
  const first = await addHandling(database, 'Người Thứ Nhất', cellId)
  await checkRefund(database, id, { holderReason: 'kiểm thử', rightVnd: new Map() }, first)
  await approveRefund(database, id, await addHandling(database, 'Người Thứ Hai', cellId))
  return id
}

/** Somebody signed in, in an office of this organisation, or with none in the member's own hat; counted there unless told otherwise. */
export async function addVisitor(
  house: House,
  name: string,
  position: string | null,
  organisationId: string,
  countedIn = organisationId,
): Promise<Visitor> {
  const now = new Date()
  return house.database.transaction(async (write) => {
    const memberId = await addMember(write, name, countedIn)
    const officeId =
      position &&
      (await grantOffice(write, { memberId, position, organisationId, since: FOUNDED, source: 'kiểm thử' }))
    const choice = { officeId, grantId: null }
    const secret = await openSession(write, { memberId, choice, signedInAt: now, device: 'kiểm thử', now })
    const cookies = { [cookieName('session', house.parts.publicUrl)]: secret }
    return { kind: 'member', memberId, officeId, csrf: csrfOf(secret), cookies }
  })
}

/** A member signed in to stand in for another: in the other's office, or in their own affairs where they have none. */
export function addDeputy(house: House, memberId: string, principal: Visitor): Promise<Visitor> {
  const now = new Date()
  const grantId = randomUUID()
  return house.database.transaction(async (write) => {
    await write.run(sql`
      insert into delegation (id, delegator_id, office_id, delegate_member_id, procedures, valid_from, valid_to, form, basis,
                              granted_at, signed_in_at)
      values (${grantId}, ${principal.memberId}, ${principal.officeId}, ${memberId}, '{party-fees}', ${todayIn(now)}::date,
              ${todayIn(now)}::date + 30, 'written', 'kiểm thử', ${now}, ${now})`)
    const choice = { officeId: null, grantId }
    const secret = await openSession(write, { memberId, choice, signedInAt: now, device: 'kiểm thử', now })
    const cookies = { [cookieName('session', house.parts.publicUrl)]: secret }
    return { kind: 'member', memberId, officeId: principal.officeId, csrf: csrfOf(secret), cookies }
  })
}

/** Takes back what this member delegated. */
export async function takeBack(house: House, { memberId }: Visitor): Promise<void> {
  await house.database.transaction((write) =>
    write.run(
      sql`update delegation set revoked_at = now(), revoked_by = ${memberId} where delegator_id = ${memberId}`,
    ),
  )
}

/** Pays a line on this account as the bank's money would, without the bank. */
export async function payLine(
  database: Database,
  accountId: string,
  line: { readonly memberId: string; readonly period: string; readonly number?: number },
  at: Date,
): Promise<void> {
  const { memberId, period, number = 0 } = line
  const { organisationId, amountVnd } = await database.read.one<{
    organisationId: string
    amountVnd: number
  }>(sql`
    select organisation_id as "organisationId", amount_vnd as "amountVnd" from fee_line
     where member_id = ${memberId} and period = ${period} and number = ${number}`)
  const order = { organisationId, accountId, members: [memberId], number, month: period, amountVnd }
  const key = await database.transaction((write) => addOrder(write, order))
  const told = { accountId, reference: randomUUID(), amountVnd, direction: 'in', content: key } as const
  const [settled] = await settleLines(database, [{ ...told, bookedAt: at, source: 'sepay', key }], {
    at,
    today: todayIn(at),
  })
  if (settled?.outcome !== 'matched') throw new Error(`not paid: ${settled?.outcome}`)
}

/** A page that must open. @returns its HTML */
export async function openPage(house: House, who: Visitor, url: string): Promise<string> {
  const { statusCode, body } = await house.ask(who, { method: 'GET', url })
  if (statusCode !== 200) throw new Error(`${url}: ${statusCode} ${body.slice(0, 400)}`)
  return body
}

/** A form as a browser sends it. */
export function postForm(
  house: House,
  who: Visitor,
  url: string,
  fields: Readonly<Record<string, string | readonly string[]>>,
) {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  )
  return house.ask(who, {
    method: 'POST',
    url,
    payload: new URLSearchParams(pairs).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
}
