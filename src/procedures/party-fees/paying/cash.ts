/** Cash (tiền mặt) at the meeting: taken with a receipt for each member, taken back the same day, paid into the account. */
import { randomBytes } from 'node:crypto'
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { orderedId } from '../../../kernel/ordered-id.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { voidPapers } from '../../../papers/store.ts'
import { KEY_BYTES, makePaymentKey } from '../../../payments/payment-key.ts'
import { isAmount, MOST_VND } from '../../../payments/vnd.ts'
import { derivedId } from '../../../web/command-ids.ts'
import { MOST_LINES, orderedOf, type LineName, type LineStanding } from '../law/ordering.ts'
import { insertPayments, insertTransfers, type Transfer, type When } from './booking.ts'
import { amongPayments, beforePayments, lockHand, lockPayment } from './locks.ts'
import { linesOfPayment, openAgain } from './open-again.ts'
import { insertOrders, receivingAccount, standingOf } from './orders.ts'

/** A line that a cell may collect now. */
export interface OpenLine extends LineName {
  readonly fullName: string
  readonly amountVnd: number
}

/**
 * What is open in a cell, by names; those beyond the most come when the first are paid.
 *
 * @param mostVnd dearer ones are left out
 */
export function openLinesOf(read: Read, cellId: string, mostVnd = MOST_VND): Promise<OpenLine[]> {
  return read.rows(sql`
    select l.member_id as "memberId", m.full_name as "fullName", l.period, l.number, l.amount_vnd as "amountVnd"
      from fee_line_now l join member m on m.id = l.member_id
     where l.organisation_id = ${cellId} and l.amount_vnd between 1 and ${mostVnd} and not l.replaced and l.payment_id is null and not l.waiting
     order by m.sort_key, m.id, l.period, l.number limit ${MOST_LINES}`)
}

/** How many lines wait for the cell's own approval. */
export async function waitingLinesOf(read: Read, cellId: string): Promise<number> {
  const { count } = await read.one<{ count: number }>(
    sql`select count(*) from fee_waiting where organisation_id = ${cellId} and approved_at is null`,
  )
  return count
}

export interface CashTaken {
  readonly commandId: string
  readonly cellId: string
  readonly lines: readonly LineName[]
  readonly receivedBy: string
}

/**
 * Books cash that somebody holds in hand: a payment with its receipt for each member. The same act again books nothing.
 *
 * @returns how many receipts, and how much
 * @throws Refusal as `orderedOf`
 */
export async function takeCash(
  write: Write,
  { commandId, cellId, lines, receivedBy }: CashTaken,
  when: When,
): Promise<{ receipts: number; amountVnd: number }> {
  amongPayments(write)
  await lockHand(write, cellId)
  const members = [...new Set(lines.map(({ memberId }) => memberId))]
  const ids = new Map(members.map((member) => [member, derivedId(`cash ${commandId} ${member}`)]))
  const before = await write.one<{ receipts: number; amount: number | null }>(sql`
    select count(*) as receipts, sum(amount_vnd)::bigint as amount from fee_order where id = any(${[...ids.values()]}::uuid[])`)
  if (before.receipts > 0) return { receipts: before.receipts, amountVnd: before.amount ?? 0 }
  const asker = { kind: 'cell', organisationId: cellId } as const
  const ordered = orderedOf(lines, await standingOf(write, lines), asker)
  const taken = members.map((memberId, place) => ({
    order: ids.get(memberId)!,
    payment: orderedId(when.at),
    place,
    memberId,
    own: ordered.lines.filter((line) => line.memberId === memberId),
  }))
  await insertOrders(
    write,
    taken.map(({ order, memberId, own }) => ({
      id: order,
      key: makePaymentKey(randomBytes(KEY_BYTES)),
      payerId: memberId,
      organisationId: cellId,
      madeBy: receivedBy,
      lines: own,
    })),
    when.at,
  )
  const payments = taken.map(({ order, payment, place, memberId, own }) => ({
    id: payment,
    place,
    order_id: order,
    organisation_id: cellId,
    payer_id: memberId,
    amount_vnd: sumOf(own),
    received_by: receivedBy,
    paid_at: when.at,
  }))
  await write.run(insertPayments(payments, when.today))
  const transfers = taken.flatMap(({ payment, own }) =>
    own.map((line) => transferOf('paid', line, payment, cellId)),
  )
  await write.run(insertTransfers(transfers, when))
  return { receipts: payments.length, amountVnd: ordered.amountVnd }
}

const sumOf = (lines: readonly { readonly amountVnd: number }[]): number =>
  lines.reduce((sum, { amountVnd }) => sum + amountVnd, 0)

/** Cash comes in for a line, or goes back. */
function transferOf(
  kind: 'paid' | 'refunded',
  line: Pick<LineStanding, 'memberId' | 'period' | 'number' | 'amountVnd'>,
  paymentId: string,
  cellId: string,
): Transfer {
  const [debit, credit] = kind === 'paid' ? ['cash', 'dues'] : ['dues', 'cash']
  return {
    kind,
    debit: debit!,
    debit_owner: cellId,
    credit: credit!,
    credit_owner: cellId,
    amount_vnd: line.amountVnd,
    member_id: line.memberId,
    period: line.period,
    line: line.number,
    payment_id: paymentId,
  }
}

export interface CashUndone {
  readonly paymentId: string
  readonly cellId: string
  readonly reason: string
  readonly by: string
}

/**
 * Gives cash back that was booked by mistake: the same day, by who took it. The money is moved back, each line is replaced
 * by one that is open, and the receipt is void; nothing is deleted. Undone already, nothing happens.
 *
 * @throws Refusal not-found `party-fees.payment-unknown`; against-rule `party-fees.undo-own-only`,
 *   `party-fees.undo-same-day`; conflict `party-fees.refund-under-way`, `party-fees.cash-banked-already`
 */
export async function undoCash(write: Write, undone: CashUndone, when: When): Promise<void> {
  const { paymentId, cellId, reason, by } = undone
  await beforePayments(write)
  await lockPayment(write, paymentId)
  await lockHand(write, cellId)
  const payment = await write.maybe<{ receivedBy: string; onDay: PlainDate; amountVnd: number }>(sql`
    select received_by as "receivedBy", on_day as "onDay", amount_vnd as "amountVnd" from fee_payment
     where id = ${paymentId} and organisation_id = ${cellId} and method = 'cash' and moved_from is null`)
  if (!payment) throw new Refusal('not-found', 'party-fees.payment-unknown')
  if (payment.receivedBy !== by) throw new Refusal('against-rule', 'party-fees.undo-own-only')
  if (await isAskedBack(write, paymentId)) throw new Refusal('conflict', 'party-fees.refund-under-way')
  const lines = await linesOfPayment(write, paymentId)
  if (lines.every(({ replaced }) => replaced)) return
  if (payment.onDay !== when.today) throw new Refusal('against-rule', 'party-fees.undo-same-day')
  if ((await cashInHand(write, cellId)) < payment.amountVnd)
    throw new Refusal('conflict', 'party-fees.cash-banked-already')
  await write.run(
    insertTransfers(
      lines.map((line) => transferOf('refunded', line, paymentId, cellId)),
      when,
    ),
  )
  await openAgain(write, lines, { reason, by }, when)
  await voidPapers(write, [paymentId], reason, when.at)
}

/** A refund of it was asked for, or has been given: what happens to the money is decided there. */
async function isAskedBack(read: Read, paymentId: string): Promise<boolean> {
  const found = await read.maybe(sql`
    select 1 from fee_refund where payment_id = ${paymentId} and status not in ('refused', 'withdrawn') limit 1`)
  return found !== undefined
}

export async function cashInHand(read: Read, cellId: string): Promise<number> {
  const row = await read.maybe<{ inHand: number }>(sql`
    select debit_vnd - credit_vnd as "inHand" from ledger_balance where owner = ${cellId} and account = 'cash'`)
  return row?.inHand ?? 0
}

export interface CashBanked {
  readonly commandId: string
  readonly cellId: string
  readonly amountVnd: number
  /** the day it was paid in */
  readonly on: PlainDate
}

/**
 * Cash leaves the cell's hand for the account that receives its fees; another body's account through `settlement`, as
 * money by the bank does. The same act again books nothing.
 *
 * @throws Refusal invalid `party-fees.amount-not-whole`, `party-fees.day-to-come`; conflict `party-fees.more-than-cash`;
 *   against-rule `party-fees.no-account`
 */
export async function bankCash(write: Write, banked: CashBanked, when: When): Promise<void> {
  const { commandId, cellId, amountVnd, on } = banked
  amongPayments(write)
  await lockHand(write, cellId)
  const done = await write.maybe(sql`
    select 1 from ledger_transfer where credit_owner = ${cellId} and kind = 'banked' and document_id = ${commandId}`)
  if (done) return
  if (!isAmount(amountVnd)) throw new Refusal('invalid', 'party-fees.amount-not-whole')
  if (on > when.today) throw new Refusal('invalid', 'party-fees.day-to-come')
  const inHandVnd = await cashInHand(write, cellId)
  if (amountVnd > inHandVnd)
    throw new Refusal('conflict', 'party-fees.more-than-cash', { facts: { inHandVnd } })
  const account = await receivingAccount(write, cellId, when.today)
  if (!account) throw new Refusal('against-rule', 'party-fees.no-account')
  const owner = account.organisationId
  const out = { credit: 'cash', credit_owner: cellId, amount_vnd: amountVnd, document_id: commandId }
  const transfers: Transfer[] =
    owner === cellId
      ? [{ kind: 'banked', debit: 'bank', debit_owner: cellId, ...out }]
      : [
          { kind: 'banked', debit: 'settlement', debit_owner: cellId, ...out },
          {
            kind: 'collected-for',
            debit: 'bank',
            debit_owner: owner,
            credit: 'settlement',
            credit_owner: owner,
            amount_vnd: amountVnd,
            document_id: commandId,
          },
        ]
  await write.run(insertTransfers(transfers, { at: when.at, today: on }))
}

/** A receipt for cash. */
export interface CashReceipt {
  readonly paymentId: string
  readonly memberId: string
  readonly fullName: string
  readonly amountVnd: number
  readonly receiptNumber: number
  readonly receiptYear: number
  readonly paidAt: Date
  readonly periods: readonly PlainDate[]
  readonly receivedBy: string
  readonly receiverName: string
  readonly undone: boolean
}

export interface CashBook {
  readonly inHandVnd: number
  /** of the day, newest first */
  readonly receipts: readonly CashReceipt[]
  /** newest first */
  readonly banked: readonly { readonly on: PlainDate; readonly amountVnd: number }[]
}

/** Payments into the account that are shown. */
const MOST_BANKED = 12

export async function cashBookOf(read: Read, cellId: string, day: PlainDate): Promise<CashBook> {
  const [inHandVnd, receipts, banked] = await Promise.all([
    cashInHand(read, cellId),
    read.rows<CashReceipt>(sql`
      select p.id as "paymentId", p.payer_id as "memberId", m.full_name as "fullName", p.amount_vnd as "amountVnd",
             p.receipt_number as "receiptNumber", p.receipt_year as "receiptYear", p.paid_at as "paidAt",
             p.received_by as "receivedBy", r.full_name as "receiverName",
             (select json_agg(l.period order by l.period) from fee_order_line l where l.order_id = p.order_id) as periods,
             not exists (select from fee_order_line l where l.order_id = p.order_id and not exists (
               select from ledger_transfer t where t.kind = 'refunded' and t.member_id = l.member_id and t.period = l.period
                                               and t.line = l.number)) as undone
        from fee_payment p join member m on m.id = p.payer_id join member r on r.id = p.received_by
       where p.organisation_id = ${cellId} and p.method = 'cash' and p.on_day = ${day}::date and p.moved_from is null
       order by p.receipt_number desc`),
    read.rows<CashBook['banked'][number]>(sql`
      select on_day as "on", amount_vnd as "amountVnd" from ledger_transfer
       where credit_owner = ${cellId} and kind = 'banked' order by id desc limit ${MOST_BANKED}`),
  ])
  return { inHandVnd, receipts, banked }
}
