/** What moved in a fund (tiền mặt, tiền gửi) in a period: fees of a day together, everything else one by one, from what there was before. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import {
  cashColumn,
  type Direction,
  type Fund,
  type Movement,
  type Purpose,
} from '../law/books/cash-columns.ts'

export interface CashEntry extends Movement {
  readonly onDay: PlainDate
  readonly kind: string
  /** 'PC 3/2026', '' where there is none */
  readonly voucher: string
  readonly firstReceipt: string | null
  readonly lastReceipt: string | null
  readonly explanation: string | null
  /** the number of the voucher it undoes */
  readonly undoes: string | null
}

export interface CashBookRead {
  readonly openingVnd: number
  readonly entries: readonly CashEntry[]
}

interface Row extends Omit<CashEntry, 'column' | 'amountVnd' | 'voucher'> {
  readonly amountVnd: number
  readonly purpose: Purpose | null
  readonly number: string | null
}

/** Voucher and receipt numbers as they are written. */
export const VOUCHER_MARKS: Readonly<Record<Direction, string>> = { in: 'PT', out: 'PC' }

export async function cashEntries(
  read: Read,
  owner: string,
  fund: Fund,
  from: PlainDate,
  until: PlainDate,
): Promise<CashBookRead> {
  const { openingVnd } = await read.one<{ openingVnd: number }>(sql`
    select (coalesce((select debit_vnd - credit_vnd from ledger_balance where owner = ${owner} and account = ${fund}), 0)
            - coalesce((select sum(amount_vnd) from ledger_transfer where debit_owner = ${owner} and debit = ${fund} and on_day >= ${from}::date), 0)
            + coalesce((select sum(amount_vnd) from ledger_transfer
                         where credit_owner = ${owner} and credit = ${fund} and kind <> 'paid' and on_day >= ${from}::date), 0))::bigint as "openingVnd"`)
  const rows = await read.rows<Row>(sql`
    with moved as (
      select id, on_day, kind, amount_vnd, payment_id, document_id, 'in' as direction from ledger_transfer
       where debit_owner = ${owner} and debit = ${fund} and on_day between ${from}::date and ${until}::date
      union all
      select id, on_day, kind, amount_vnd, payment_id, document_id, 'out' from ledger_transfer
       where credit_owner = ${owner} and credit = ${fund} and kind <> 'paid' and on_day between ${from}::date and ${until}::date)
    select m.on_day as "onDay", m.kind, coalesce(v.direction, m.direction) as direction, v.purpose, v.explanation,
           v.number || '/' || v.voucher_year as number,
           (select u.number || '/' || u.voucher_year from fee_voucher u where u.id = v.undoes) as undoes,
           -- what undoes another stands in the column of the other, less
           sum(case when v.direction <> m.direction then -m.amount_vnd else m.amount_vnd end)::bigint as "amountVnd",
           min(p.receipt_number) || '/' || min(p.receipt_year) as "firstReceipt",
           max(p.receipt_number) || '/' || max(p.receipt_year) as "lastReceipt"
      from moved m
      left join fee_voucher v on v.id = m.document_id
      left join fee_payment p on p.id = m.payment_id and p.organisation_id = ${owner}
     group by m.on_day, m.kind, coalesce(v.direction, m.direction), v.id, m.direction,
              case when m.kind in ('paid', 'collected-for') then 0 else m.id end
     order by m.on_day, min(m.id)`)
  return {
    openingVnd,
    entries: rows.map(({ purpose, number, ...row }) => ({
      ...row,
      column: cashColumn(row.kind, row.direction, purpose ?? undefined),
      voucher: number ? `${VOUCHER_MARKS[row.direction]} ${number}` : '',
      undoes: row.undoes && `${VOUCHER_MARKS[row.direction]} ${row.undoes}`,
    })),
  }
}
