/** Lines whose money went back: each again under the next number, open, with the reason. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { orderedId } from '../../../kernel/ordered-id.ts'
import type { LineName } from '../law/ordering.ts'
import type { When } from './booking.ts'
import { livingCells } from './living-cells.ts'

/** A line of a payment as it stands now. */
export interface LineOfPayment extends LineName {
  readonly amountVnd: number
  /** another line stands in its place already */
  readonly replaced: boolean
  /** its money went back */
  readonly refunded: boolean
}

export function linesOfPayment(read: Read, paymentId: string): Promise<LineOfPayment[]> {
  return read.rows<LineOfPayment>(sql`
    select l.member_id as "memberId", l.period, l.number, l.amount_vnd as "amountVnd", l.replaced,
           exists (select from ledger_transfer t where t.kind = 'refunded' and t.member_id = l.member_id and t.period = l.period
                                                   and t.line = l.number) as refunded
      from fee_payment p join fee_order_line o on o.order_id = p.order_id
      join fee_line_now l on l.member_id = o.member_id and l.period = o.period and l.number = o.number
     where p.id = ${paymentId} order by l.period, l.member_id, l.number`)
}

/**
 * Replaces lines whose money was booked back; those of a cell that ended by lines of who took over.
 *
 * @param lines each with what its month costs from now on, which is what was paid unless somebody said otherwise
 */
export async function openAgain(
  write: Write,
  lines: readonly (LineName & { readonly amountVnd: number })[],
  { reason, by }: { readonly reason: string; readonly by: string },
  { at, today }: When,
): Promise<void> {
  const rows = lines.map(({ memberId, period, number, amountVnd }) => ({
    id: orderedId(at),
    member_id: memberId,
    period,
    replaces: number,
    amount_vnd: amountVnd,
  }))
  const members = [...new Set(lines.map(({ memberId }) => memberId))]
  const cells = await write.rows<{ id: string }>(sql`
    select distinct l.organisation_id as id
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(member_id uuid, period date, replaces smallint)
      join fee_line l on l.member_id = t.member_id and l.period = t.period and l.number = t.replaces`)
  const ids = cells.map(({ id }) => id)
  const living = await livingCells(write, ids, members, today)
  const due = JSON.stringify([...living].map(([was, now]) => ({ was, now })))
  const replaced = sql`(
    select t.*, row_number() over (partition by t.member_id, t.period order by t.replaces)
                + (select max(x.number) from fee_line x where x.member_id = t.member_id and x.period = t.period) as number
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, member_id uuid, period date, replaces smallint,
             amount_vnd bigint)) t`
  // Why comes first: numbers are counted from the lines there are.
  await write.run(sql`
    insert into fee_change (id, member_id, period, number, replaces, kind, amount_vnd, reason, made_by, made_at)
    select id, member_id, period, number, replaces, 'refunded', amount_vnd, ${reason}, ${by}, ${at} from ${replaced}`)
  await write.run(sql`
    insert into fee_line (member_id, period, number, organisation_id, kind, class, base_vnd, amount_vnd, replaces, made_on)
    select t.member_id, t.period, t.number, coalesce(c.now, l.organisation_id), 'replacement', l.class, l.base_vnd, t.amount_vnd, t.replaces, ${today}::date
      from ${replaced} join fee_line l on l.member_id = t.member_id and l.period = t.period and l.number = t.replaces
      left join jsonb_to_recordset(${due}::jsonb) as c(was uuid, now uuid) on c.was = l.organisation_id`)
}
