/** Who took over from organisations that are no longer there (tổ chức kế thừa), as far as it takes to reach one that is. */
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { findOrganisations, type Organisation } from './store.ts'

interface Heir {
  readonly id: string
  readonly heirId: string
}

/**
 * For each of the organisations that is not there on the day, the one that took over and is. Where several did, one of
 * the preferred if there is one, else the first in rank. Those that are there have none, nor those nobody took over.
 */
export async function heirsOf(
  read: Read,
  ids: readonly string[],
  day: PlainDate,
  preferred: readonly string[] = [],
): Promise<Map<string, Organisation>> {
  if (ids.length === 0) return new Map()
  const isThere = (id: ReturnType<typeof sql>) => sql`coalesce((
    select true from organisation_period p
     where p.organisation_id = ${id} and p.valid_from <= ${day}::date
       and (p.valid_to is null or ${day}::date < p.valid_to) limit 1), false)`
  // What ended, was there again and ended once more went where it went last.
  const isLast = sql`s.since = (
    select max(x.since) from organisation_successor x
     where x.organisation_id = s.organisation_id and x.since <= ${day}::date)`
  const rows = await read.rows<Heir>(sql`
    with recursive line(id, heir_id, ranks, seen) as (
      select s.organisation_id, s.successor_id, array[s.rank], array[s.organisation_id, s.successor_id]
        from organisation_successor s
       where s.organisation_id = any(${ids}::uuid[]) and ${isLast} and not ${isThere(sql`s.organisation_id`)}
      union all
      select l.id, s.successor_id, l.ranks || s.rank, l.seen || s.successor_id from line l
        join organisation_successor s on s.organisation_id = l.heir_id and ${isLast}
       where s.successor_id <> all(l.seen) and not ${isThere(sql`l.heir_id`)})
    select distinct on (l.id) l.id, l.heir_id as "heirId" from line l
     where ${isThere(sql`l.heir_id`)}
     order by l.id, l.heir_id = any(${preferred}::uuid[]) desc, l.ranks, l.heir_id`)
  if (rows.length === 0) return new Map()
  const organisations = await findOrganisations(
    read,
    rows.map((row) => row.heirId),
    day,
  )
  const byId = new Map(organisations.map((organisation) => [organisation.id, organisation]))
  return new Map(
    rows.flatMap(({ id, heirId }) => {
      const organisation = byId.get(heirId)
      return organisation ? [[id, organisation] as const] : []
    }),
  )
}

/**
 * The organisations that are not there on the day and went into one of these, by however many steps: each with the one it went
 * into. Where several took over it went into the first in rank.
 */
export async function goneInto(
  read: Read,
  ids: readonly string[],
  day: PlainDate,
): Promise<ReadonlyMap<string, string>> {
  const before = await read.rows<{ id: string }>(sql`
    with recursive before(id) as (
      select s.organisation_id from organisation_successor s
       where s.successor_id = any(${[...ids]}::uuid[]) and s.since <= ${day}::date
      union
      select s.organisation_id from before b
        join organisation_successor s on s.successor_id = b.id and s.since <= ${day}::date)
    select id from before`)
  const heirs = await heirsOf(
    read,
    before.map(({ id }) => id),
    day,
  )
  const asked = new Set(ids)
  return new Map([...heirs].map(([id, heir]) => [id, heir.id] as const).filter(([, heir]) => asked.has(heir)))
}

/** True when the organisation took over, whole and by however many steps, from one of the others. */
export async function tookOverFrom(
  read: Read,
  organisationId: string,
  ids: readonly string[],
): Promise<boolean> {
  const found = await read.maybe(sql`
    with recursive line(id, steps) as (
      select ${organisationId}::uuid, 0
      union
      select s.organisation_id, l.steps + 1 from line l join organisation_successor s on s.successor_id = l.id and s.opens_past
       where l.steps < 20)
    select 1 from line where id = any(${ids}::uuid[]) limit 1`)
  return found !== undefined
}

/**
 * Those who took over from an organisation that is not there on the day, the first in rank first; where none of them is
 * there any more, whoever took over from them.
 */
export async function successorsOf(read: Read, organisationId: string, day: PlainDate): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(sql`
    select s.successor_id as id
      from organisation_successor s
      join organisation_period p on p.organisation_id = s.successor_id and p.valid_from <= ${day}::date
                                and (p.valid_to is null or ${day}::date < p.valid_to)
     where s.organisation_id = ${organisationId}
       and s.since = (select max(x.since) from organisation_successor x
                       where x.organisation_id = s.organisation_id and x.since <= ${day}::date)
     order by s.rank, s.successor_id`)
  if (rows.length > 0) return rows.map(({ id }) => id)
  const heir = (await heirsOf(read, [organisationId], day)).get(organisationId)
  return heir ? [heir.id] : []
}
