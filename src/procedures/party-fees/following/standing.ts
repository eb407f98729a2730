/** How a member's fees stand by the ledger, for whoever has to write it on a paper. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { FeeStanding } from '../../../web/introductions.ts'
import { paidThroughOf, type MonthOpen } from '../law/paid-through.ts'

/** Lines of whatever cell, waiting ones too: undefined where no month was ever assessed. */
export async function feesOf(read: Read, memberId: string): Promise<FeeStanding | undefined> {
  const months = await read.rows<MonthOpen>(sql`
    select to_char(period, 'YYYY-MM') as period,
           coalesce(sum(amount_vnd) filter (where payment_id is null), 0)::bigint as "openVnd"
      from fee_line_now where member_id = ${memberId} and not replaced
     group by period order by period`)
  const paid = paidThroughOf(months)
  if (!paid) return undefined
  return {
    paidThrough: paid.through,
    open: paid.open.map(({ period, openVnd }) => ({ month: period, amountVnd: openVnd })),
  }
}
