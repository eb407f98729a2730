/** Booking what was paid, from the bank or in cash: payments with their receipts' numbers, and transfers of the ledger. */
import type { RawBuilder } from 'kysely'
import { sql, table } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'

export interface When {
  readonly at: Date
  readonly today: PlainDate
}

/** A row of `fee_payment` before its receipt has a number. */
export interface BookedPayment {
  readonly id: string
  /** receipts of a cell are numbered in this order */
  readonly place: number
  readonly order_id: string
  /** the cell whose lines it pays */
  readonly organisation_id: string
  readonly payer_id: string
  readonly amount_vnd: number
  readonly bank_line_id?: string
  /** who took the cash */
  readonly received_by?: string
  readonly paid_at: Date
  /** the payment as which the money came in, where this one only moves it */
  readonly moved_from?: string
}

/** What a transfer is; the table's constraint lists the same. */
export type TransferKind =
  | 'paid'
  | 'collected-for'
  | 'unmatched'
  | 'matched-later'
  | 'refunded'
  | 'paid-back'
  | 'sent-back'
  | 'retained'
  | 'owed'
  | 'remitted'
  | 'received'
  | 'banked'
  | 'drawn'
  | 'spent'
  | 'handed-over'

/** A row of `ledger_transfer`. */
export interface Transfer {
  readonly kind: TransferKind
  readonly debit: string
  readonly debit_owner: string
  readonly credit: string
  readonly credit_owner: string
  readonly amount_vnd: number
  readonly member_id?: string
  readonly period?: PlainDate
  readonly line?: number
  readonly payment_id?: string
  readonly bank_line_id?: string
  readonly document_id?: string
}

const PAYMENT = {
  id: 'uuid',
  place: 'int',
  order_id: 'uuid',
  organisation_id: 'uuid',
  payer_id: 'uuid',
  amount_vnd: 'bigint',
  bank_line_id: 'uuid',
  received_by: 'uuid',
  paid_at: 'timestamptz',
  moved_from: 'uuid',
} as const

const TRANSFER = {
  kind: 'text',
  debit: 'text',
  debit_owner: 'uuid',
  credit: 'text',
  credit_owner: 'uuid',
  amount_vnd: 'bigint',
  member_id: 'uuid',
  period: 'date',
  line: 'smallint',
  payment_id: 'uuid',
  bank_line_id: 'uuid',
  document_id: 'uuid',
} as const

/** The next numbers of each cell's receipts in the year, without a gap: who comes second at one moment fails and asks again. */
export function insertPayments(payments: readonly BookedPayment[], today: PlainDate): RawBuilder<unknown> {
  return sql`
    insert into fee_payment (id, order_id, organisation_id, payer_id, method, amount_vnd, bank_line_id, received_by, paid_at,
                             moved_from, on_day, receipt_year, receipt_number)
    select t.id, t.order_id, t.organisation_id, t.payer_id, case when t.bank_line_id is null then 'cash' else 'transfer' end,
           t.amount_vnd, t.bank_line_id, t.received_by, t.paid_at, t.moved_from, ${today}::date, extract(year from ${today}::date),
           coalesce((select p.receipt_number from fee_payment p
                      where p.organisation_id = t.organisation_id and p.receipt_year = extract(year from ${today}::date)::smallint
                      order by p.receipt_number desc limit 1), 0)
             + row_number() over (partition by t.organisation_id order by t.place)
      from ${table(payments, PAYMENT)}`
}

export function insertTransfers(transfers: readonly Transfer[], { at, today }: When): RawBuilder<unknown> {
  return sql`
    insert into ledger_transfer (at, on_day, kind, debit, debit_owner, credit, credit_owner, amount_vnd, member_id, period, line,
                                 payment_id, bank_line_id, document_id)
    select ${at}::timestamptz, ${today}::date, kind, debit, debit_owner, credit, credit_owner, amount_vnd, member_id, period, line,
           payment_id, bank_line_id, document_id
      from ${table(transfers, TRANSFER)}`
}
