/** A payment whose money may be asked back: what it paid, what went back already, who holds the money. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Asker } from '../law/ordering.ts'
import { linesOfPayment, type LineOfPayment } from '../paying/open-again.ts'
import { livingCells } from '../paying/living-cells.ts'
import { receivingAccount } from '../paying/orders.ts'

export interface PaidBefore {
  readonly id: string
  /** the cell whose lines were paid */
  readonly paidTo: string
  /** that cell, or the one that took over from it */
  readonly organisationId: string
  readonly organisationName: string
  readonly payerId: string
  readonly payerName: string
  readonly method: 'transfer' | 'cash'
  readonly amountVnd: number
  readonly paidAt: Date
  readonly receiptNumber: number
  readonly receiptYear: number
  /** whose account received it; absent for cash */
  readonly receivedBy: string | null
  readonly lines: readonly (LineOfPayment & { readonly fullName: string })[]
}

/**
 * A payment that the asker may ask back: the payer, or who handles the fees of its cell on the payer's behalf. Where the cell
 * moved the money to months of others, those are for the cell to ask back: the payer is not told of them.
 *
 * @throws Refusal not-found `party-fees.payment-unknown`
 */
export async function paidBefore(
  read: Read,
  paymentId: string,
  asker: Asker,
  today: PlainDate,
): Promise<PaidBefore> {
  const found = await read.maybe<Omit<PaidBefore, 'lines' | 'organisationId'> & { moved: boolean }>(sql`
    select p.id, p.organisation_id as "paidTo", p.payer_id as "payerId", m.full_name as "payerName", p.method,
           p.moved_from is not null as moved, p.amount_vnd as "amountVnd", p.paid_at as "paidAt", p.receipt_number as "receiptNumber",
           p.receipt_year as "receiptYear", f.organisation_id as "receivedBy",
           (select name from organisation_period z where z.organisation_id = p.organisation_id order by z.valid_from desc limit 1)
             as "organisationName"
      from fee_payment p join member m on m.id = p.payer_id join fee_order o on o.id = p.order_id
      left join fee_account f on f.id = o.account_id
     where p.id = ${paymentId}`)
  const organisationId = found && (await livingCell(read, found.paidTo, found.payerId, today))
  const theirs =
    asker.kind === 'own' ? found?.payerId === asker.memberId : organisationId === asker.organisationId
  if (!found || !organisationId || !theirs) throw new Refusal('not-found', 'party-fees.payment-unknown')
  const all = await linesOfPayment(read, paymentId)
  const lines =
    asker.kind === 'own' && found.moved ? all.filter(({ memberId }) => memberId === asker.memberId) : all
  const names = await read.rows<{ id: string; fullName: string }>(sql`
    select id, full_name as "fullName" from member where id = any(${lines.map(({ memberId }) => memberId)}::uuid[])`)
  const nameOf = new Map(names.map(({ id, fullName }) => [id, fullName]))
  return {
    ...found,
    organisationId,
    lines: lines.map((line) => ({ ...line, fullName: nameOf.get(line.memberId)! })),
  }
}

async function livingCell(read: Read, cell: string, payerId: string, today: PlainDate): Promise<string> {
  return (await livingCells(read, [cell], [payerId], today)).get(cell) ?? cell
}

/** Who holds the money: whose account received it; for cash, the cell, or whose account its fees go to where an account is to pay. */
export async function whoHolds(
  read: Read,
  paid: Pick<PaidBefore, 'organisationId' | 'receivedBy'>,
  method: 'transfer' | 'cash',
  today: PlainDate,
): Promise<string> {
  if (paid.receivedBy) return paid.receivedBy
  if (method === 'cash') return paid.organisationId
  const account = await receivingAccount(read, paid.organisationId, today)
  return account?.organisationId ?? paid.organisationId
}
