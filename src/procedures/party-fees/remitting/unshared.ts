/**
 * Money that is not shared out yet. It counts in the month it came in, whatever months it was paid for; what came after a month was
 * shared out is shared out by itself, or with the month it came in. What an organisation took over from those that went into it counts
 * in the month it came in there; what it handed on to others is taken off first.
 */
import { sql, type Read } from '../../../kernel/db.ts'
import { lastDayOf, monthOf, type PlainDate, type PlainMonth } from '../../../kernel/plain-date.ts'
import { goneInto } from '../../../registry/organisations/successors.ts'

export interface Unshared {
  readonly month: PlainMonth
  readonly collectedVnd: number
  readonly receivedVnd: number
}

/** What an organisation has to share out, oldest month first: each with all that is left from before. */
export async function unsharedOf(read: Read, organisationId: string, today: PlainDate): Promise<Unshared[]> {
  const books = [organisationId, ...(await goneInto(read, [organisationId], today)).keys()]
  const rows = await read.rows<{ month: PlainDate | null; collected: number; received: number }>(sql`
    with moved as (
      select on_day, kind, credit as account, amount_vnd, false as handed_on from ledger_transfer
       where debit_owner = any(${books}::uuid[]) and credit_owner = debit_owner and kind = 'paid' and credit = 'dues'
      union all
      select on_day, kind, credit, amount_vnd, false from ledger_transfer
       where credit_owner = any(${books}::uuid[]) and kind <> 'paid' and credit in ('dues', 'receipts')
         and not (kind = 'handed-over' and debit_owner = any(${books}::uuid[]))
      union all
      select on_day, kind, debit, -amount_vnd, kind = 'handed-over' from ledger_transfer
       where debit_owner = any(${books}::uuid[]) and debit in ('dues', 'receipts')
         and not (kind = 'handed-over' and credit_owner = any(${books}::uuid[])))
    select case when kind not in ('retained', 'owed') and not handed_on then date_trunc('month', on_day)::date end as month,
           coalesce(sum(amount_vnd) filter (where account = 'dues'), 0)::bigint as collected,
           coalesce(sum(amount_vnd) filter (where account = 'receipts'), 0)::bigint as received
      from moved group by 1 order by 1 nulls first`)
  let collectedVnd = 0
  let receivedVnd = 0
  const months: Unshared[] = []
  for (const { month, collected, received } of rows) {
    collectedVnd += collected
    receivedVnd += received
    if (month !== null) months.push({ month: monthOf(month), collectedVnd, receivedVnd })
  }
  return months.filter((each) => each.month <= monthOf(today) && sumOf(each) > 0)
}

export const sumOf = ({ collectedVnd, receivedVnd }: Omit<Unshared, 'month'>): number =>
  collectedVnd + receivedVnd

/** What is left of each of these organisations of a month and of those before it. */
export async function unsharedIn(
  read: Read,
  organisations: readonly string[],
  month: PlainMonth,
  today: PlainDate,
): Promise<ReadonlyMap<string, number>> {
  const last = lastDayOf(month)
  const gone = [...(await goneInto(read, organisations, today))]
  const of = [...organisations, ...gone.map(([, into]) => into)]
  const owners = [...organisations, ...gone.map(([id]) => id)]
  const rows = await read.rows<{ id: string; unsharedVnd: number }>(sql`
    select o.id, sum(coalesce((select sum(b.credit_vnd - b.debit_vnd) from ledger_balance b
                                where b.owner = o.owner and b.account in ('dues', 'receipts')), 0)
                   - coalesce((select sum(t.amount_vnd) from ledger_transfer t
                                where t.debit_owner = o.owner and t.credit_owner = o.owner and t.on_day > ${last}::date
                                  and t.kind = 'paid' and t.credit = 'dues'), 0)
                   - coalesce((select sum(t.amount_vnd) from ledger_transfer t
                                where t.credit_owner = o.owner and t.on_day > ${last}::date
                                  and t.kind not in ('paid', 'retained', 'owed') and t.credit in ('dues', 'receipts')), 0)
                   + coalesce((select sum(t.amount_vnd) from ledger_transfer t
                                where t.debit_owner = o.owner and t.on_day > ${last}::date
                                  and t.kind not in ('retained', 'owed') and t.debit in ('dues', 'receipts')
                                  -- what was handed on to others is left to nobody here
                                  and (t.kind <> 'handed-over'
                                       or exists (select from unnest(${of}::uuid[], ${owners}::uuid[]) as own(id, owner)
                                                   where own.id = o.id and own.owner = t.credit_owner))), 0)
                   + coalesce((select sum(r.base_vnd) from fee_remittance r
                                where r.period > ${last}::date and r.returned_at is null
                                  -- one that was taken over was shared out by who made it
                                  and (r.organisation_id = o.owner and r.handed_from = '{}'
                                       or r.handed_from <> '{}' and r.handed_from[1] = o.owner)), 0)
                   )::bigint as "unsharedVnd"
      from unnest(${of}::uuid[], ${owners}::uuid[]) as o(id, owner) group by o.id`)
  return new Map(rows.map(({ id, unsharedVnd }) => [id, unsharedVnd]))
}

export interface InHand {
  readonly bankVnd: number
  readonly cashVnd: number
}

/** What the organisation holds itself. */
export async function inHandOf(read: Read, organisationId: string): Promise<InHand> {
  return read.one<InHand>(sql`
    select coalesce(sum(debit_vnd - credit_vnd) filter (where account = 'bank'), 0)::bigint as "bankVnd",
           coalesce(sum(debit_vnd - credit_vnd) filter (where account = 'cash'), 0)::bigint as "cashVnd"
      from ledger_balance where owner = ${organisationId} and account in ('bank', 'cash')`)
}

/**
 * What the account above holds of the organisation's money, less what is on its way down. Money that came while it lay
 * elsewhere in the tree is asked for from whoever held it then: it does not count here.
 */
export async function heldAbove(read: Read, organisationId: string, today: PlainDate): Promise<number> {
  const { held } = await read.one<{ held: number }>(sql`
    with here as (
      select coalesce(max(p.valid_to), '-infinity'::date) as since
        from organisation_period p
       where p.organisation_id = ${organisationId} and p.valid_from <= ${today}::date
         and p.parent_id is distinct from (select n.parent_id from organisation_period n
                                            where n.organisation_id = ${organisationId} and n.valid_from <= ${today}::date
                                            order by n.valid_from desc limit 1)),
    moved as (
      select on_day, amount_vnd from ledger_transfer where debit_owner = ${organisationId} and debit = 'settlement'
      union all
      select on_day, -amount_vnd from ledger_transfer
       where credit_owner = ${organisationId} and kind <> 'paid' and credit = 'settlement')
    select (least(coalesce(sum(amount_vnd), 0), coalesce(sum(amount_vnd) filter (where on_day >= here.since), 0))
           - (select coalesce(sum(d.amount_vnd), 0) from fee_drawing d
               where d.organisation_id = ${organisationId} and d.confirmed_at is null and d.returned_at is null))::bigint as held
      from here left join moved on true group by here.since`)
  return Math.max(0, held)
}
