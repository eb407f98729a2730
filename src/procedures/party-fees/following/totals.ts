/** Totals of a month up the tree: an organisation's own row and those of what lies directly below it, one row each by its key. */
import { sql, type Read } from '../../../kernel/db.ts'
import { monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { childrenOn, type CountedOrganisation } from '../../../registry/organisations/counting.ts'
import { pathRange } from '../../../registry/organisations/store.ts'
import { NOTHING, type Totals } from '../law/follow-up.ts'
import { firstDayOfPeriod, type Period } from '../law/period.ts'

export interface UnitTotals extends Totals {
  readonly id: string
  readonly name: string
  readonly own: boolean
}

/**
 * The organisation first, then those below it by name, as the tree is today; nothing where the organisation is not there.
 * Two walks by index: this is asked by every first page of a committee.
 */
export function totalsOf(
  read: Read,
  organisationId: string,
  period: Period,
  today: PlainDate,
): Promise<UnitTotals[]> {
  const month = firstDayOfPeriod(period)
  const there = sql`p.valid_from <= ${today}::date and (p.valid_to is null or ${today}::date < p.valid_to)`
  const columns = sql`p.organisation_id as id, p.name, coalesce(t.lines, 0) as lines, coalesce(t.paid_lines, 0) as "paidLines",
    coalesce(t.exempt, 0) as exempt, coalesce(t.due_vnd, 0) as "dueVnd", coalesce(t.paid_vnd, 0) as "paidVnd"`
  const joined = sql`organisation_period p
    left join fee_total t on t.organisation_id = p.organisation_id and t.period = ${month}::date`
  return read.rows(sql`
    select u.id, u.name, u.lines, u."paidLines", u.exempt, u."dueVnd", u."paidVnd", u.place = 0 as own
      from (select ${columns}, 0 as place, '' as sorted from ${joined} where p.organisation_id = ${organisationId} and ${there}
            union all
            select ${columns}, 1, p.name_norm from ${joined} where p.parent_id = ${organisationId} and ${there}) u
     order by u.place, u.sorted collate "C", u.id`)
}

/** The organisation's own row alone. */
export async function ownTotals(
  read: Read,
  organisationId: string,
  period: Period,
): Promise<Totals | undefined> {
  return read.maybe<Totals>(sql`
    select lines, paid_lines as "paidLines", exempt, due_vnd as "dueVnd", paid_vnd as "paidVnd" from fee_total
     where organisation_id = ${organisationId} and period = ${firstDayOfPeriod(period)}::date`)
}

/**
 * The organisation somebody asks for, once it is the own one or lies below it.
 *
 * @throws Refusal not-found `organisation.unknown` for whatever lies elsewhere, as for what is nowhere
 */
export async function unitWithin(
  read: Read,
  own: string,
  asked: string | undefined,
  today: PlainDate,
): Promise<Unit> {
  const unit = await read.maybe<Unit>(sql`
    select o.id, o.name, o.holds_members as "holdsMembers", o.parent_id as "parentId"
      from organisation_on(${today}::date) o
      join organisation_period mine on mine.organisation_id = ${own} and mine.valid_from <= ${today}::date
                                   and (mine.valid_to is null or ${today}::date < mine.valid_to)
     where o.id = ${asked ?? own} and starts_with(o.path, mine.path)`)
  if (!unit) throw new Refusal('not-found', 'organisation.unknown', { facts: { day: today } })
  return unit
}

export interface Unit {
  readonly id: string
  readonly name: string
  readonly holdsMembers: boolean
  readonly parentId: string | null
}

/** A unit below with all that is followed up of it. */
export interface FollowedUnit extends Totals {
  readonly id: string
  readonly name: string
  readonly holdsMembers: boolean
  /** members counted there today */
  readonly members: number
  /** cells in it, those without a line of the month, those without a verified account of their own */
  readonly cells: number
  readonly unassessed: number
  readonly withoutAccount: number
  /** members whose month was paid by transfer */
  readonly paidOnline: number
}

export interface Followed {
  readonly unit: Unit
  readonly own: Totals
  readonly units: readonly FollowedUnit[]
}

export async function followedBelow(
  read: Read,
  unit: Unit,
  period: Period,
  today: PlainDate,
): Promise<Followed> {
  const children = await childrenOn(read, unit.id, today)
  const [totals, cells, online] = [
    await totalsOf(read, unit.id, period, today),
    await cellsBelow(read, children, period, today),
    await paidOnlineBelow(read, children, period, today),
  ]
  const none: Cells = { cells: 0, unassessed: 0, withoutAccount: 0 }
  const own = totals.find((each) => each.own) ?? NOTHING
  // In the order of their codes, as the registry lists them.
  const units = children.flatMap((child): FollowedUnit[] => {
    const { id, name, holdsMembers, active } = child
    const counted = cells.get(id) ?? none
    if (!collects(child, counted.cells)) return []
    const month = totals.find((each) => each.id === id) ?? NOTHING
    return [
      {
        ...totalsIn(month),
        id,
        name,
        holdsMembers,
        members: active,
        ...counted,
        paidOnline: online.get(id) ?? 0,
      },
    ]
  })
  return { unit, own: totalsIn(own), units }
}

const totalsIn = ({ lines, paidLines, exempt, dueVnd, paidVnd }: Totals): Totals => ({
  lines,
  paidLines,
  exempt,
  dueVnd,
  paidVnd,
})

/** Advisory bodies without a cell have nothing to collect. */
const collects = ({ tier, active }: CountedOrganisation, cells: number): boolean =>
  tier !== 'advisory' || cells > 0 || active > 0

interface Cells {
  readonly cells: number
  readonly unassessed: number
  readonly withoutAccount: number
}

const ranges = (children: readonly CountedOrganisation[]) =>
  sql`unnest(${children.map(({ id }) => id)}::uuid[], ${children.map(({ path }) => pathRange(path).from)}::text[],
             ${children.map(({ path }) => pathRange(path).to)}::text[]) as c(id, low, high)
      join organisation_period p on p.path >= c.low and p.path < c.high`

/** Of each child, its cells (itself where it is one). */
async function cellsBelow(
  read: Read,
  children: readonly CountedOrganisation[],
  period: Period,
  today: PlainDate,
): Promise<Map<string, Cells>> {
  const rows = await read.rows<Cells & { id: string }>(sql`
    select c.id, count(*) as cells, count(*) filter (where coalesce(t.lines, 0) + coalesce(t.exempt, 0) = 0) as unassessed,
           count(*) filter (where not exists (
             select from fee_account a where a.organisation_id = p.organisation_id and a.verified_at is not null
                                         and a.retired_at is null)) as "withoutAccount"
      from ${ranges(children)}
      join organisation_kind k on k.code = p.kind and k.holds_members and k.valid_from <= ${today}::date
                              and (k.valid_to is null or ${today}::date < k.valid_to)
      left join fee_total t on t.organisation_id = p.organisation_id and t.period = ${firstDayOfPeriod(period)}::date
     where p.valid_from <= ${today}::date and (p.valid_to is null or ${today}::date < p.valid_to)
     group by c.id`)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

/** Members whose lines of the month were paid through a bank, of each child. */
async function paidOnlineBelow(
  read: Read,
  children: readonly CountedOrganisation[],
  period: Period,
  today: PlainDate,
): Promise<Map<string, number>> {
  if (period > monthOf(today)) return new Map()
  const month = firstDayOfPeriod(period)
  const rows = await read.rows<{ id: string; people: number }>(sql`
    select c.id, count(distinct l.member_id) as people
      from ${ranges(children)}
      join fee_line l on l.organisation_id = p.organisation_id and l.period = ${month}::date
      join ledger_transfer t on t.kind = 'paid' and t.member_id = l.member_id and t.period = l.period and t.line = l.number
                            and t.debit <> 'cash'
                            -- money that a correction moved came as it came first
                            and (t.debit <> 'refunds' or exists (select from fee_payment f where f.id = t.payment_id and f.method = 'transfer'))
     where p.valid_from <= ${today}::date and (p.valid_to is null or ${today}::date < p.valid_to)
       and not exists (select from fee_line r where r.member_id = l.member_id and r.period = l.period and r.replaces = l.number)
     group by c.id`)
  return new Map(rows.map(({ id, people }) => [id, people]))
}
