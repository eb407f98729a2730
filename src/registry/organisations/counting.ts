/** Counting members on a day: in an organisation itself, below it, and in each of its children; one walk through a range. */
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { countedOn, trueOn } from '../day.ts'
import { COLUMNS, EVERYTHING, getOrganisation, pathRange, type Organisation } from './store.ts'

/** An organisation with the members counted in it and below it. */
export interface CountedOrganisation extends Organisation {
  /** counted in it or below it */
  readonly active: number
  /** left it or one below it, not yet admitted elsewhere: counted nowhere, a line of their own */
  readonly inTransit: number
  /** organisations directly below it */
  readonly children: number
}

interface Counts {
  readonly active: number
  readonly inTransit: number
}

/**
 * The day's members below a path, summed for each number that follows it: one walk through one range, however many
 * children there are. Those of the organisation itself stand under ''.
 */
async function countsBelow(read: Read, path: string, day: PlainDate): Promise<Map<string, Counts>> {
  const { from, to } = path === '' ? EVERYTHING : pathRange(path)
  const rows = await read.rows<Counts & { child: string }>(sql`
    select split_part(substr(p.path, length(${path}::text) + 1), '.', 1) as child,
           count(*) filter (where m.standing = 'active') as active,
           count(*) filter (where m.standing = 'in-transit') as "inTransit"
      from organisation_period p
      join membership m on m.organisation_id = p.organisation_id and ${countedOn('m', day)}
     where p.path >= ${from} and p.path < ${to} and ${trueOn('p', day)}
     group by 1`)
  return new Map(rows.map((row) => [row.child, row]))
}

const NOBODY: Counts = { active: 0, inTransit: 0 }

const childCount = (day: PlainDate) =>
  sql`(select count(*) from organisation_period c where c.parent_id = o.id and ${trueOn('c', day)}) as children`

type WithChildren = Organisation & { readonly children: number }

/**
 * The children of an organisation, or the roots, with the day's members of each subtree; in the order of their codes.
 * A parent's total is the sum of its children's plus its own: `countsOf` gives those of one organisation alone.
 */
export async function childrenOn(
  read: Read,
  parentId: string | null,
  day: PlainDate,
): Promise<CountedOrganisation[]> {
  const path = parentId === null ? '' : (await getOrganisation(read, parentId, day)).path
  const children = await read.rows<WithChildren>(sql`
    select ${COLUMNS}, ${childCount(day)} from organisation_on(${day}::date) o
     where ${parentId === null ? sql`o.parent_id is null` : sql`o.parent_id = ${parentId}`}
     order by o.code nulls last, o.name_norm collate "C"`)
  const counts = await countsBelow(read, path, day)
  return children.map((child) => {
    const { active, inTransit } = counts.get(child.path.slice(path.length, -1)) ?? NOBODY
    return { ...child, active, inTransit }
  })
}

/** One organisation with the counts of its subtree. @throws Refusal not-found `organisation.unknown` */
export async function countedOrganisation(
  read: Read,
  id: string,
  day: PlainDate,
): Promise<CountedOrganisation> {
  const found = await read.maybe<WithChildren>(sql`
    select ${COLUMNS}, ${childCount(day)} from organisation_on(${day}::date) o
     where o.id = ${id}`)
  if (!found) throw new Refusal('not-found', 'organisation.unknown', { facts: { day } })
  const counts = [...(await countsBelow(read, found.path, day)).values()]
  const sum = (count: (each: Counts) => number) => counts.reduce((total, each) => total + count(each), 0)
  return { ...found, active: sum((each) => each.active), inTransit: sum((each) => each.inTransit) }
}

/** Members counted on the day in each organisation itself, not below it. Organisations without any are left out. */
export async function countsOf(read: Read, organisationIds: readonly string[], day: PlainDate) {
  const rows = await read.rows<{ organisationId: string; active: number; inTransit: number }>(sql`
    select organisation_id as "organisationId", count(*) filter (where standing = 'active') as active,
           count(*) filter (where standing = 'in-transit') as "inTransit"
      from membership where organisation_id = any(${organisationIds}::uuid[]) and ${countedOn('membership', day)}
     group by 1`)
  return new Map(rows.map((row) => [row.organisationId, row]))
}
