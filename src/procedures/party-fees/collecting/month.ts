/** A cell's month (thu đảng phí tháng): everybody counted, guests who pay here, and who is paid for elsewhere, with what is due and where it stands; read as of one moment. */
import { sql, type Read } from '../../../kernel/db.ts'
import { addToMonth, lastDayOf, monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { guestPayers } from '../../../registry/guests/store.ts'
import { allowedLate } from '../assessing/granted.ts'
import type { FeeClass } from '../law/facts.ts'
import { monthState, type MonthFacts, type MonthState } from '../law/month-state.ts'
import { firstDayOfPeriod, type Period } from '../law/period.ts'
import { mustBeConsidered, unpaidMonths } from '../law/unpaid-months.ts'

export interface MonthRow {
  readonly memberId: string
  readonly fullName: string
  readonly class: FeeClass | null
  readonly baseVnd: number | null
  readonly dueVnd: number
  readonly paidVnd: number
  readonly paidAt: Date | null
  readonly state: MonthState
  readonly refusal: string | null
  /** open lines of earlier months */
  readonly owedBeforeVnd: number
  readonly autoApprove: boolean
  /** approved and unpaid: the line whose approval can be taken back */
  readonly openLine: number | null
  /** months of this year that are over and unpaid, where there are three or more */
  readonly unpaid: readonly Period[]
  /** on a temporary stay here: the cell collects, another one counts */
  readonly guest: boolean
  /** the other cell that collects the month */
  readonly collectedBy: string | null
}

interface Row extends MonthFacts {
  readonly memberId: string
  readonly fullName: string
  readonly class: FeeClass | null
  readonly baseVnd: number | null
  readonly amountVnd: number | null
  readonly paidAt: Date | null
  readonly owedBeforeVnd: number
  readonly autoApprove: boolean
  readonly openLine: number | null
  readonly openMonths: Period[] | null
  readonly counted: boolean
  readonly guest: boolean
  readonly collectedBy: string | null
}

/** In the order of name lists. */
export async function monthOfCell(
  read: Read,
  cell: string,
  period: Period,
  today: PlainDate,
): Promise<MonthRow[]> {
  const first = firstDayOfPeriod(period)
  const last = lastDayOf(period)
  const day = today < last ? today : last
  const now = monthOf(today)
  const guests = await guestPayers(read, period, today, { cell })
  const [guestIds, hostIds] = [[...guests.keys()], [...guests.values()]]
  const here = guestIds.filter((id) => guests.get(id) === cell)
  const rows = await read.rows<Row>(sql`
    with people as (
      select member_id from membership
       where organisation_id = ${cell} and standing = 'active' and since <= ${day}::date and (until is null or until > ${day}::date)
      union
      select member_id from fee_line where period = ${first}::date and organisation_id = ${cell}
      union
      select unnest(${here}::uuid[])),
    counted as (
      select member_id from membership
       where organisation_id = ${cell} and standing = 'active' and since <= ${day}::date and (until is null or until > ${day}::date)),
    -- of who is counted here, months that a cell of a stay collects are the own cell's to consider too
    stayed as (select distinct member_id, organisation_id from guest_stay where member_id in (select member_id from counted))
    select m.id as "memberId", m.full_name as "fullName", coalesce(l.class, s.class) as class, coalesce(l.base, s.base_vnd) as "baseVnd",
           s.amount_vnd as "amountVnd", s.member_id is not null as scheduled, s.refusal, coalesce(f.auto_approve, true) as "autoApprove",
           l.lines, l.due as "dueVnd", l.paid as "paidVnd", l.waiting, l.paid_at as "paidAt", l.open_line as "openLine",
           o.owed as "owedBeforeVnd", o.months as "openMonths",
           exists (select from fee_declaration d where d.member_id = m.id and d.status = 'submitted') as "declarationWaits",
           c.member_id is not null as counted, c.member_id is null and m.id = any(${here}::uuid[]) as guest,
           (select z.name from organisation_period z where z.organisation_id = e.cell order by z.valid_from desc limit 1) as "collectedBy",
           l.lines = 0 and e.cell is not null as elsewhere
      from people p
      join member m on m.id = p.member_id
      left join counted c on c.member_id = p.member_id
      left join unnest(${guestIds}::uuid[], ${hostIds}::uuid[]) g(guest, host) on g.guest = m.id
      left join fee_member f on f.member_id = m.id
      left join fee_schedule s on s.member_id = m.id and s.from_period <= ${first}::date
                              and (s.until_period is null or s.until_period >= ${first}::date)
     cross join lateral (
       select count(*) as lines, coalesce(sum(n.amount_vnd), 0)::bigint as due, coalesce(sum(n.amount_vnd) filter (where n.payment_id is not null), 0)::bigint as paid,
              coalesce(bool_or(n.waiting and n.payment_id is null), false) as waiting, max(n.paid_at) as paid_at,
              (array_agg(n.class order by n.number desc))[1] as class, (array_agg(n.base_vnd order by n.number desc))[1] as base,
              min(n.number) filter (where n.payment_id is null and not n.waiting and n.amount_vnd > 0) as open_line
         from fee_line_now n
        where n.member_id = m.id and n.period = ${first}::date and n.organisation_id = ${cell} and not n.replaced) l
     cross join lateral (
       select coalesce(sum(n.amount_vnd) filter (where n.period < ${first}::date and n.organisation_id = ${cell}), 0)::bigint as owed,
              array_agg(distinct to_char(n.period, 'YYYY-MM')) filter (where not n.waiting and not ${allowedLate(sql`n`, now)}) as months
         from fee_line_now n
        where n.member_id = m.id and not n.replaced and n.payment_id is null and n.amount_vnd > 0
          and (n.organisation_id = ${cell} or (n.member_id, n.organisation_id) in (select member_id, organisation_id from stayed))
          and n.period >= ${firstDayOfPeriod(`${Number(period.slice(0, 4)) - 1}-01`)}::date) o
     cross join lateral (
       select coalesce((select n.organisation_id from fee_line_now n
                         where n.member_id = m.id and n.period = ${first}::date and not n.replaced and n.organisation_id <> ${cell}
                         order by n.number limit 1),
                       -- without an amount there is nothing to collect anywhere, and the declaration is the own cell's to see to
                       case when g.host <> ${cell} and c.member_id is not null and s.member_id is not null and s.refusal is null
                            then g.host end) as cell) e
     order by m.sort_key, m.id`)
  return rows
    .filter((row) => row.counted || !row.elsewhere)
    .map((row) => {
      const open = (row.openMonths ?? []).map((each) => ({ period: each, open: true }))
      // Of a guest nothing is known here but what the cell collects; who counts the member considers what is unpaid.
      const known = row.lines > 0 || !(row.guest || row.elsewhere)
      return {
        memberId: row.memberId,
        fullName: row.fullName,
        class: known ? row.class : null,
        baseVnd: known ? row.baseVnd : null,
        dueVnd: row.lines > 0 ? row.dueVnd : known ? (row.amountVnd ?? 0) : 0,
        paidVnd: row.paidVnd,
        paidAt: row.paidAt,
        state: monthState(row),
        refusal: known && row.lines === 0 ? row.refusal : null,
        owedBeforeVnd: row.owedBeforeVnd,
        autoApprove: row.autoApprove,
        openLine: row.openLine,
        unpaid: !row.guest && mustBeConsidered(open, now) ? unpaidMonths(open, now) : [],
        guest: row.guest,
        collectedBy: row.elsewhere ? row.collectedBy : null,
      }
    })
}

export interface MonthSums {
  readonly members: number
  readonly dueVnd: number
  readonly paidVnd: number
  readonly unpaidVnd: number
  readonly exempt: number
  readonly byState: Readonly<Partial<Record<MonthState, number>>>
}

export function sumsOf(rows: readonly MonthRow[]): MonthSums {
  const lined = rows.filter(({ state }) => state === 'waiting' || state === 'to-pay' || state === 'paid')
  const dueVnd = lined.reduce((sum, row) => sum + row.dueVnd, 0)
  const paidVnd = lined.reduce((sum, row) => sum + row.paidVnd, 0)
  const byState: Partial<Record<MonthState, number>> = {}
  for (const { state } of rows) byState[state] = (byState[state] ?? 0) + 1
  return {
    members: rows.filter(({ guest }) => !guest).length,
    dueVnd,
    paidVnd,
    unpaidVnd: dueVnd - paidVnd,
    exempt: byState.exempt ?? 0,
    byState,
  }
}

export const SORTS = ['name', 'due', 'state'] as const
export type Sort = (typeof SORTS)[number]

/** Rows of one state, or all, as somebody wants them sorted; names stay in the order of name lists. */
export function chosenRows(
  rows: readonly MonthRow[],
  {
    state,
    sort,
    down,
  }: { readonly state?: MonthState | undefined; readonly sort: Sort; readonly down: boolean },
): MonthRow[] {
  const kept = rows.filter((row) => state === undefined || row.state === state)
  const sorted =
    sort === 'name'
      ? kept
      : kept.toSorted((a, b) => (sort === 'due' ? a.dueVnd - b.dueVnd : a.state < b.state ? -1 : 1))
  return down ? sorted.toReversed() : [...sorted]
}

/** Months one looks at most: the last twelve. Others are asked for by their address. */
export function monthsOffered(today: PlainDate): Period[] {
  const now = monthOf(today)
  return Array.from({ length: 12 }, (_each, back) => addToMonth(now, -back))
}
