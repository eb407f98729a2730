/** What was said of an organisation that ends, its region of the minimum wage and its column of B01/ĐP, goes on with whoever took over. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { firstDayOf, monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { successorsOf } from '../../../registry/organisations/successors.ts'
import { regionOfHeir } from '../law/region-of-heir.ts'
import type { Region } from '../law/tariff.ts'
import { HANDLERS } from '../law/who.ts'

/** One that took over, with those that ended into it. */
interface Taking {
  readonly heir: string
  readonly ended: readonly string[]
}

/** @param gone organisations that are not there any more since this reorganisation */
export async function followWhatWasSaid(
  write: Write,
  gone: readonly string[],
  context: Pick<Context, 'at' | 'today'>,
): Promise<void> {
  for (const taking of await takings(write, gone, context.today)) {
    await followRegion(write, taking, context)
    await followColumn(write, taking, context)
  }
}

/** Whoever has again what it once gave is what it was: nothing is said of it anew. */
async function takings(read: Read, gone: readonly string[], today: PlainDate): Promise<Taking[]> {
  const ended = new Map<string, string[]>()
  for (const id of gone)
    for (const heir of await successorsOf(read, id, today)) ended.set(heir, [...(ended.get(heir) ?? []), id])
  const back = await read.rows<{ id: string }>(sql`
    select distinct s.organisation_id as id from organisation_successor s
     where s.organisation_id = any(${[...ended.keys()]}::uuid[]) and s.successor_id = any(${[...gone]}::uuid[])`)
  return [...ended]
    .filter(([heir]) => !back.some(({ id }) => id === heir))
    .map(([heir, ids]) => ({ heir, ended: ids }))
}

interface Known {
  readonly region: Region | null
  /** something was said of this very one */
  readonly own: boolean
  /** since when what was said in force holds */
  readonly since: PlainDate | null
}

/** The region of the month, along the tree of the organisation's last day. */
async function knownOf(read: Read, id: string, day: PlainDate, month: PlainDate): Promise<Known> {
  return read.one<Known>(sql`
    with seen as (
      select least(${day}::date, coalesce(max(coalesce(p.valid_to, 'infinity'::date)) - 1, ${day}::date)) as day
        from organisation_period p where p.organisation_id = ${id} and p.valid_from <= ${day}::date)
    select fee_region_on(${id}, seen.day, ${month}::date) as region,
           exists (select from fee_region r where r.organisation_id = ${id} and r.valid_from <= ${month}::date) as own,
           (select max(r.valid_from) from fee_region r where r.organisation_id = ${id} and r.valid_from <= ${month}::date) as since
      from seen`)
}

/** Only where something was said of one that ended: what comes from the place above goes with the place. */
async function followRegion(
  write: Write,
  { heir, ended }: Taking,
  { at, today }: Pick<Context, 'at' | 'today'>,
): Promise<void> {
  const month = firstDayOf(monthOf(today))
  const parts = await Promise.all(ended.map((id) => knownOf(write, id, today, month)))
  if (!parts.some(({ own }) => own)) return
  const wasThere = await write.maybe(sql`
    select 1 from organisation_period p where p.organisation_id = ${heir} and p.valid_from < (
      select max(e.valid_to) from organisation_period e where e.organisation_id = any(${[...ended]}::uuid[])) limit 1`)
  const now = await knownOf(write, heir, today, month)
  const found = regionOfHeir(
    parts.map(({ region }) => region),
    wasThere ? now.region : undefined,
    now.region,
  )
  if (!found) return
  const { region, provisional } = found
  // What is computed back in a new one goes as far as something was said of all of them.
  const since = wasThere
    ? month
    : (parts
        .flatMap((part) => part.since ?? [])
        .toSorted()
        .at(-1) ?? month)
  const source = provisional
    ? 'Tạm theo khi sắp xếp: các tổ chức nhập lại khác vùng'
    : 'Theo vùng của các tổ chức đã nhập lại'
  // Who said this very region of this very month is not forgotten.
  const saidSo = sql`fee_region.set_by is not null and fee_region.region = excluded.region`
  await write.run(sql`
    insert into fee_region (organisation_id, valid_from, region, source, provisional, set_at)
    values (${heir}, ${since}, ${region}, ${source}, ${provisional}, ${at})
    on conflict (organisation_id, valid_from) do update
      set region = excluded.region, provisional = excluded.provisional,
          source = case when ${saidSo} then fee_region.source else excluded.source end,
          set_by = case when ${saidSo} then fee_region.set_by end,
          set_at = case when ${saidSo} then fee_region.set_at else excluded.set_at end`)
  if (provisional)
    await recordNotice(write, {
      to: { organisationId: heir, positions: HANDLERS },
      code: 'party-fees.region-asked',
      at,
    })
}

/** Where those that ended were said to stand in one column, and nobody said anything of the one that took over. */
async function followColumn(
  write: Write,
  { heir, ended }: Taking,
  { at, today }: Pick<Context, 'at' | 'today'>,
): Promise<void> {
  await write.run(sql`
    insert into fee_report_column (organisation_id, valid_from, report_column, source, set_at)
    select ${heir}, date_trunc('month', ${today}::date), min(c.report_column), 'Theo cột của các tổ chức đã nhập lại', ${at}
      from unnest(${[...ended]}::uuid[]) as e(id)
      left join lateral (select c.report_column from fee_report_column c
                          where c.organisation_id = e.id and c.valid_from <= ${today}::date order by c.valid_from desc limit 1) c on true
     where not exists (select from fee_report_column o where o.organisation_id = ${heir})
    having count(c.report_column) = count(*) and count(distinct c.report_column) = 1`)
}

/** A region holds for the time being, and this organisation is asked to say it. */
export async function asksForRegion(read: Read, organisationId: string, today: PlainDate): Promise<boolean> {
  const row = await read.maybe<{ provisional: boolean }>(sql`
    select r.provisional from fee_region r
     where r.organisation_id = ${organisationId} and r.valid_from <= ${today}::date order by r.valid_from desc limit 1`)
  return row?.provisional ?? false
}
