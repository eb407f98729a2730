/** Party organisations (tổ chức đảng) as they are on a day: looking up, ancestors, subtrees, scopes. */
import { anyOf, sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { trueOn } from '../day.ts'
import { wordsQuery } from '../word-search.ts'

/** Where an organisation stands in the Party's levels on a day (cấp). */
export type Tier =
  'cell' | 'intermediate' | 'grassroots' | 'direct-superior' | 'province' | 'centre' | 'advisory'

/** An organisation as it was on one day; tier and seal follow from its kind under the rules of that day. */
export interface Organisation {
  readonly id: string
  readonly code: string | null
  readonly name: string
  readonly kind: string
  readonly kindName: string
  readonly tier: Tier
  readonly hasSeal: boolean
  readonly holdsMembers: boolean
  readonly parentId: string | null
  /** numbers of all ancestors and of itself, each followed by a dot */
  readonly path: string
  readonly armedForces: boolean
  readonly abroad: boolean
  readonly place: string | null
  readonly validFrom: PlainDate
  /** the first day no longer true */
  readonly validTo: PlainDate | null
}

/** Columns of `organisation_on(day) o`, named as in `Organisation`. */
export const COLUMNS = sql`o.id, o.code, o.name, o.kind, o.kind_name as "kindName", o.tier, o.has_seal as "hasSeal",
  o.holds_members as "holdsMembers", o.parent_id as "parentId", o.path, o.armed_forces as "armedForces", o.abroad,
  o.place, o.valid_from as "validFrom", o.valid_to as "validTo"`

/**
 * The path of `organisation_on(day) o`, ordered by its bytes. A function's column loses the collation that the table's
 * has, and without it the index on paths is of no use.
 */
export const PATH = sql`o.path collate "C"`

/** A subtree is a range of paths, never LIKE: '1.7.' → from '1.7.' up to and without '1.7/'. */
export interface PathRange {
  readonly from: string
  readonly to: string
}

export function pathRange(path: string): PathRange {
  return { from: path, to: `${path.slice(0, -1)}/` }
}

/** The range of all paths: digits and dots come before ':'. */
export const EVERYTHING: PathRange = { from: '', to: ':' }

/**
 * Whether `organisation_period p` lies in one of the ranges. A single one is said plainly: the planner then knows how much
 * lies in it, and neither walks all members for a cell's list nor sorts a province's for its first page.
 */
export function inScope(scope: readonly PathRange[]) {
  const [first] = scope
  if (first && scope.length === 1) return sql<boolean>`(p.path >= ${first.from} and p.path < ${first.to})`
  return sql<boolean>`exists (
    select from unnest(${scope.map(({ from }) => from)}::text[], ${scope.map(({ to }) => to)}::text[]) as r(low, high)
     where p.path >= r.low and p.path < r.high)`
}

/** The subtrees of several organisations on a day, those inside another one left out. */
export async function scopeOf(
  read: Read,
  organisationIds: readonly string[],
  day: PlainDate,
): Promise<PathRange[]> {
  const rows = await read.rows<{ path: string }>(sql`
    select path from organisation_period
     where organisation_id = ${anyOf(organisationIds, 'uuid')}
       and ${trueOn('organisation_period', day)} order by path`)
  const paths = [...new Set(rows.map((row) => row.path))]
  const outermost = paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(other)))
  return outermost.map(pathRange)
}

/**
 * The first day on which any organisation stood under rules the registry knows; undefined while it is empty. Nobody stands
 * before the first of those above all others.
 */
export async function firstDayKnown(read: Read): Promise<PlainDate | undefined> {
  const { first } = await read.one<{ first: PlainDate | null }>(sql`
    select case when top.first is not null then greatest(top.first, kind.first) end as first
      from (select min(valid_from) as first from organisation_period where parent_id is null) top,
           (select min(valid_from) as first from organisation_kind) kind`)
  return first ?? undefined
}

export async function findOrganisation(
  read: Read,
  id: string,
  day: PlainDate,
): Promise<Organisation | undefined> {
  return read.maybe<Organisation>(
    sql`select ${COLUMNS} from organisation_on(${day}::date) o where o.id = ${id}`,
  )
}

/** @throws Refusal not-found `organisation.unknown` when it does not exist on that day */
export async function getOrganisation(read: Read, id: string, day: PlainDate): Promise<Organisation> {
  const found = await findOrganisation(read, id, day)
  if (!found) throw new Refusal('not-found', 'organisation.unknown', { facts: { day } })
  return found
}

/** By the dotted code. */
export async function findOrganisationByCode(
  read: Read,
  code: string,
  day: PlainDate,
): Promise<Organisation | undefined> {
  return read.maybe<Organisation>(
    sql`select ${COLUMNS} from organisation_on(${day}::date) o where o.code = ${code}`,
  )
}

/** Several by id, in no particular order; unknown ones are left out. */
export async function findOrganisations(
  read: Read,
  ids: readonly string[],
  day: PlainDate,
): Promise<Organisation[]> {
  return read.rows<Organisation>(
    sql`select ${COLUMNS} from organisation_on(${day}::date) o where o.id = ${anyOf(ids, 'uuid')}`,
  )
}

/** Itself first, then its parent, and so on to the root, as they stand on the day; nobody when it is not there. */
export async function findAncestors(
  read: Read,
  organisationId: string,
  day: PlainDate,
): Promise<Organisation[]> {
  const chain = await read.rows<Organisation>(sql`
    select ${COLUMNS}
      from (select unnest(string_to_array(rtrim(p.path, '.'), '.')::bigint[]) as number
              from organisation_period p
             where p.organisation_id = ${organisationId} and ${trueOn('p', day)}) link
      join organisation n on n.number = link.number
      join organisation_on(${day}::date) o on o.id = n.id
     order by length(o.path) desc`)
  return chain[0]?.id === organisationId ? chain : []
}

/**
 * The same of one that must be there.
 *
 * @throws Refusal not-found `organisation.unknown`
 */
export async function ancestorsOn(
  read: Read,
  organisationId: string,
  day: PlainDate,
): Promise<Organisation[]> {
  const chain = await findAncestors(read, organisationId, day)
  if (chain.length === 0) throw new Refusal('not-found', 'organisation.unknown', { facts: { day } })
  return chain
}

/** The organisation and everything below it, parents before children. */
export async function subtreeOn(read: Read, organisationId: string, day: PlainDate): Promise<Organisation[]> {
  const { path } = await getOrganisation(read, organisationId, day)
  const { from, to } = pathRange(path)
  return read.rows<Organisation>(sql`
    select ${COLUMNS} from organisation_on(${day}::date) o
     where ${PATH} >= ${from} and ${PATH} < ${to} order by ${PATH}`)
}

/** True when `organisationId` is `ancestorId` or lies below it on the day. */
export async function liesWithin(
  read: Read,
  organisationId: string,
  ancestorId: string,
  day: PlainDate,
): Promise<boolean> {
  return liesWithinAny(read, organisationId, [ancestorId], day)
}

/** True when `organisationId` is one of `ancestorIds` or lies below one on the day. */
export async function liesWithinAny(
  read: Read,
  organisationId: string,
  ancestorIds: readonly string[],
  day: PlainDate,
): Promise<boolean> {
  return (await findWithin(read, organisationId, ancestorIds, day)) !== undefined
}

/** The organisation, where it is one of `ancestorIds` or lies below one on the day. */
export async function findWithin(
  read: Read,
  organisationId: string,
  ancestorIds: readonly string[],
  day: PlainDate,
): Promise<Organisation | undefined> {
  return read.maybe<Organisation>(sql`
    select ${COLUMNS} from organisation_on(${day}::date) o, organisation_on(${day}::date) a
     where o.id = ${organisationId} and a.id = ${anyOf(ancestorIds, 'uuid')}
       and ${PATH} >= a.path and ${PATH} < left(a.path, -1) || '/' limit 1`)
}

/**
 * Organisations whose words begin with the words asked for, without diacritics, in the order of their paths.
 *
 * @param options `within`: only in this subtree; `holdingMembers`: only those that members belong to directly; `kind`: only
 *   of this kind, wherever the many others of the name stand
 */
export async function searchOrganisations(
  read: Read,
  text: string,
  day: PlainDate,
  options: { within?: string; holdingMembers?: boolean; kind?: string; limit?: number } = {},
): Promise<Organisation[]> {
  const words = wordsQuery(text)
  if (words === undefined) return []
  const range = options.within
    ? pathRange((await getOrganisation(read, options.within, day)).path)
    : EVERYTHING
  return read.rows<Organisation>(sql`
    select ${COLUMNS} from organisation_on(${day}::date) o
     where to_tsvector('simple', o.name_norm) @@ to_tsquery('simple', ${words})
       and ${PATH} >= ${range.from} and ${PATH} < ${range.to}
       and (o.holds_members or not ${options.holdingMembers ?? false}::boolean)
       and (${options.kind ?? null}::text is null or o.kind = ${options.kind ?? null})
     order by ${PATH} limit ${options.limit ?? 50}`)
}

/**
 * The commission that advises a committee on members (Ban Tổ chức tỉnh ủy, thành ủy), which refers in its stead
 * (294-QĐ/TW 6.3.1b), or undefined where the registry has none.
 */
export async function advisoryOf(
  read: Read,
  parentId: string,
  day: PlainDate,
): Promise<Organisation | undefined> {
  return read.maybe<Organisation>(sql`
    select ${COLUMNS} from organisation_on(${day}::date) o
     where o.parent_id = ${parentId} and o.kind = 'advisory-body' order by ${PATH} limit 1`)
}
