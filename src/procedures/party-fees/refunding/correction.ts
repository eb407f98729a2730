/** A correction (điều chỉnh khoản nộp): money that was paid for a wrong month or member pays others of the same cell, and moves at no bank. */
import { randomBytes } from 'node:crypto'
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { orderedId } from '../../../kernel/ordered-id.ts'
import { KEY_BYTES, makePaymentKey } from '../../../payments/payment-key.ts'
import { orderedOf, type Asker, type LineName } from '../law/ordering.ts'
import { requireMovable } from '../law/refunds.ts'
import { insertPayments, type Transfer, type When } from '../paying/booking.ts'
import { openLinesOf, type OpenLine } from '../paying/cash.ts'
import { insertOrders, standingOf } from '../paying/orders.ts'
import { ownOpenLines } from '../paying/own.ts'
import type { PaidBefore } from './paid.ts'
import type { Refund } from './refunds.ts'
import { tellMember } from './telling.ts'

/** Open lines that the asker could have paid instead: of the same cell, and none dearer than what is left of the payment. */
export async function openTargets(read: Read, paid: PaidBefore, asker: Asker): Promise<OpenLine[]> {
  const { organisationId, payerName } = paid
  const left = paid.lines.reduce((sum, { refunded, amountVnd }) => (refunded ? sum : sum + amountVnd), 0)
  if (asker.kind === 'cell') return openLinesOf(read, organisationId, left)
  return (await ownOpenLines(read, asker.memberId))
    .filter((line) => line.organisationId === organisationId && line.amountVnd <= left)
    .map((line) => ({ ...line, memberId: asker.memberId, fullName: payerName }))
}

/**
 * Keeps what the money is to pay: lines that the asker could pay, open, of the cell, of the same total.
 *
 * @throws Refusal as `orderedOf` and `requireMovable`
 */
export async function keepTargets(
  write: Write,
  refundId: string,
  to: readonly LineName[],
  { asker, ...money }: { readonly asker: Asker; readonly organisationId: string; readonly amountVnd: number },
): Promise<void> {
  const { lines } = orderedOf(to, await standingOf(write, to), asker)
  requireMovable(money, lines)
  const rows = lines.map(({ memberId, period, number }) => ({ memberId, period, number }))
  await write.run(sql`
    insert into fee_refund_target (refund_id, member_id, period, number)
    select ${refundId}, "memberId", period, number
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("memberId" uuid, period date, number smallint)`)
}

export interface Moved {
  readonly paymentId: string
  readonly transfers: readonly Transfer[]
}

/**
 * The payment as which the money counts from now on, with a receipt of its own. It came in as it came in: the same bank's line
 * or taker, at the same time.
 *
 * @returns with the transfers that pay the lines out of what is owed to the payer; they are booked with those that owe it
 */
export async function insertMoved(write: Write, refund: Refund, when: When): Promise<Moved> {
  const { id, paymentId: from, organisationId, payerId, amountVnd, askedBy, targets } = refund
  const came = await write.one<{
    firstId: string
    accountId: string | null
    bankLineId: string | null
    receivedBy: string | null
    paidAt: Date
  }>(sql`
    select coalesce(p.moved_from, p.id) as "firstId", o.account_id as "accountId", p.bank_line_id as "bankLineId",
           p.received_by as "receivedBy", p.paid_at as "paidAt"
      from fee_payment p join fee_order o on o.id = p.order_id where p.id = ${from}`)
  const [orderId, paymentId] = [orderedId(when.at), orderedId(when.at)]
  const order = {
    id: orderId,
    key: makePaymentKey(randomBytes(KEY_BYTES)),
    payerId,
    organisationId,
    madeBy: askedBy,
    lines: targets,
    ...(came.accountId ? { accountId: came.accountId } : {}),
  }
  await insertOrders(write, [order], when.at)
  const payment = {
    id: paymentId,
    place: 0,
    order_id: orderId,
    organisation_id: organisationId,
    payer_id: payerId,
    amount_vnd: amountVnd,
    paid_at: came.paidAt,
    moved_from: came.firstId,
    ...(came.bankLineId ? { bank_line_id: came.bankLineId } : {}),
    ...(came.receivedBy ? { received_by: came.receivedBy } : {}),
  }
  await write.run(insertPayments([payment], when.today))
  const transfers = targets.map((line): Transfer => ({
    kind: 'paid',
    debit: 'refunds',
    debit_owner: organisationId,
    credit: 'dues',
    credit_owner: organisationId,
    amount_vnd: line.amountVnd,
    member_id: line.memberId,
    period: line.period,
    line: line.number,
    payment_id: paymentId,
    document_id: id,
  }))
  return { paymentId, transfers }
}

/** The payer learns that the money was moved, and whoever else has a month paid by it. */
export async function tellMoved(write: Write, { payerId, targets }: Refund, at: Date): Promise<void> {
  await tellMember(write, payerId, 'party-fees.refund-moved', at)
  const paid = new Set(targets.map(({ memberId }) => memberId))
  paid.delete(payerId)
  for (const member of paid) await tellMember(write, member, 'party-fees.refund-month-paid', at)
}
