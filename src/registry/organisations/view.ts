/** An organisation as its readers see it: facts and how they came about, what lies below with its counts, who holds office. */
import { isOrganisationCode, parseOrganisationCode } from '../../kernel/organisation-code.ts'
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { holdersOf } from '../offices/store.ts'
import { mayReadMembers, readableOrganisation, type Reader } from '../reader.ts'
import {
  ancestorsOn,
  childrenOn,
  countedOrganisation,
  countsOf,
  findOrganisationByCode,
  scopeOf,
  searchOrganisations,
  type Organisation,
  type Tier,
} from './store.ts'

/** A time during which neither the organisation's own facts nor the rules about its kind changed. */
export interface OrganisationSpell {
  readonly since: PlainDate
  /** the first day no longer true; null: still */
  readonly until: PlainDate | null
  readonly name: string
  readonly kindName: string
  readonly tier: Tier
  readonly hasSeal: boolean
  readonly parentName: string | null
  /** the decision or list the organisation's facts come from */
  readonly source: string
  /** the rule that gives its kind this tier */
  readonly citation: string
}

export interface ChildLine {
  readonly id: string
  readonly code: string | null
  readonly name: string
  readonly kindName: string
  readonly active: number
  readonly inTransit: number
  readonly children: number
}

export interface OfficeLine {
  readonly id: string
  readonly memberId: string
  readonly memberName: string
  readonly positionName: string
  readonly positionNameEn: string
  readonly since: PlainDate
  readonly until: PlainDate | null
  /** the holder's record is open to the reader: offices can be held by members counted elsewhere */
  readonly readable: boolean
}

export interface Counts {
  readonly active: number
  readonly inTransit: number
}

export interface OrganisationView {
  readonly id: string
  readonly code: string | null
  readonly name: string
  readonly kindName: string
  readonly tier: Tier
  readonly hasSeal: boolean
  readonly holdsMembers: boolean
  readonly armedForces: boolean
  readonly abroad: boolean
  readonly place: string | null
  readonly since: PlainDate
  readonly until: PlainDate | null
  /** the organisations above it that the reader may see, the highest first */
  readonly above: readonly { readonly id: string; readonly name: string }[]
  /** with everything below: `own` plus the sums of `children` */
  readonly counts: Counts
  /** counted in it directly */
  readonly own: Counts
  readonly children: readonly ChildLine[]
  readonly childrenTotal: number
  readonly childrenPages: number
  readonly offices: readonly OfficeLine[]
  readonly history: readonly OrganisationSpell[]
}

/** Organisations directly below one, a page of them. */
const CHILDREN_A_PAGE = 100

const NONE: Counts = { active: 0, inTransit: 0 }

/**
 * @param page of the children, from 1
 * @throws Refusal not-found `organisation.unknown`
 */
export async function organisationView(
  read: Read,
  reader: Reader,
  id: string,
  page = 1,
): Promise<OrganisationView> {
  const { today } = reader
  await readableOrganisation(read, reader, id)
  const [organisation, chain, children, own, offices, history] = await Promise.all([
    countedOrganisation(read, id, today),
    ancestorsOn(read, id, today),
    childrenOn(read, id, today),
    countsOf(read, [id]),
    holdersOf(read, id, undefined, today),
    historyOf(read, id),
  ])
  const first = (page - 1) * CHILDREN_A_PAGE
  return {
    ...factsOf(organisation),
    above: visibleAbove(chain, reader),
    counts: { active: organisation.active, inTransit: organisation.inTransit },
    own: countsFrom(own.get(id)),
    children: children.slice(first, first + CHILDREN_A_PAGE).map(childLine),
    childrenTotal: children.length,
    childrenPages: Math.ceil(children.length / CHILDREN_A_PAGE),
    offices: await officeLines(read, reader, offices),
    history,
  }
}

function factsOf(organisation: Organisation) {
  const { id, code, name, kindName, tier, hasSeal, holdsMembers, armedForces, abroad, place } = organisation
  const { validFrom: since, validTo: until } = organisation
  return { id, code, name, kindName, tier, hasSeal, holdsMembers, armedForces, abroad, place, since, until }
}

const countsFrom = (row: Counts | undefined): Counts =>
  row ? { active: row.active, inTransit: row.inTransit } : NONE

function childLine({ id, code, name, kindName, active, inTransit, children }: ChildLine): ChildLine {
  return { id, code, name, kindName, active, inTransit, children }
}

async function officeLines(
  read: Read,
  reader: Reader,
  offices: readonly Omit<OfficeLine, 'readable'>[],
): Promise<OfficeLine[]> {
  const ids = [...new Set(offices.map((office) => office.memberId))]
  const scope = await scopeOf(read, [reader.organisationId], reader.today)
  const rows = await read.rows<{ id: string }>(sql`
    select s.member_id as id from membership s
      join organisation_period p on p.organisation_id = s.organisation_id and p.valid_from <= ${reader.today}::date
                                and (p.valid_to is null or ${reader.today}::date < p.valid_to)
      join unnest(${scope.map(({ from }) => from)}::text[], ${scope.map(({ to }) => to)}::text[]) as r(low, high)
        on p.path >= r.low and p.path < r.high
     where s.until is null and s.member_id = any(${ids}::uuid[])`)
  const inside = new Set(rows.map((row) => row.id))
  return offices.map(({ id, memberId, memberName, positionName, positionNameEn, since, until }) => ({
    id,
    memberId,
    memberName,
    positionName,
    positionNameEn,
    since,
    until,
    readable: inside.has(memberId) && mayReadMembers(reader),
  }))
}

/** From the reader's own organisation down to the one above this. */
function visibleAbove(chain: readonly Organisation[], reader: Reader) {
  const own = chain.findIndex((organisation) => organisation.id === reader.organisationId)
  return chain
    .slice(1, own + 1)
    .map(({ id, name }) => ({ id, name }))
    .reverse()
}

/** Every spell of an organisation, the newest first: a reform that changes a kind's tier begins one as a new name does. */
async function historyOf(read: Read, id: string): Promise<OrganisationSpell[]> {
  return read.rows<OrganisationSpell>(sql`
    select greatest(p.valid_from, k.valid_from) as since, least(p.valid_to, k.valid_to) as until, p.name,
           k.name as "kindName", coalesce(p.tier_override, k.tier) as tier, coalesce(p.seal_override, k.has_seal) as "hasSeal",
           above.name as "parentName", p.source, k.citation
      from organisation_period p
      join organisation_kind k on k.code = p.kind
                              and daterange(k.valid_from, k.valid_to) && daterange(p.valid_from, p.valid_to)
      left join organisation_period above on above.organisation_id = p.parent_id
       and above.valid_from <= greatest(p.valid_from, k.valid_from)
       and (above.valid_to is null or greatest(p.valid_from, k.valid_from) < above.valid_to)
     where p.organisation_id = ${id} order by since desc limit 100`)
}

/** Names of the organisations above each one, nearest first, as on the day. */
export async function namesAbove(
  read: Read,
  organisationIds: readonly string[],
  day: PlainDate,
): Promise<Map<string, string[]>> {
  const rows = await read.rows<{ id: string; names: string[] }>(sql`
    select p.organisation_id as id, array_agg(a.name order by length(a.path) desc) as names
      from organisation_period p
      cross join lateral unnest(string_to_array(rtrim(p.path, '.'), '.')::bigint[]) as link(number)
      join organisation n on n.number = link.number and n.id <> p.organisation_id
      join organisation_period a on a.organisation_id = n.id and a.valid_from <= ${day}::date
                                and (a.valid_to is null or ${day}::date < a.valid_to)
     where p.organisation_id = any(${organisationIds}::uuid[])
       and p.valid_from <= ${day}::date and (p.valid_to is null or ${day}::date < p.valid_to)
     group by p.organisation_id`)
  return new Map(rows.map(({ id, names }) => [id, names]))
}

/** A suggestion of a lookup field. */
export interface Suggestion {
  readonly value: string
  readonly text: string
  readonly about: string
}

const MOST_SUGGESTED = 20

/** Organisations of the whole Party by words of their names or by code; names of organisations are nothing personal. */
export async function suggestOrganisations(
  read: Read,
  text: string,
  day: PlainDate,
  holdingMembers: boolean,
): Promise<Suggestion[]> {
  const byCode = isOrganisationCode(text)
    ? await findOrganisationByCode(read, parseOrganisationCode(text), day)
    : undefined
  const found = byCode
    ? [byCode].filter((one) => one.holdsMembers || !holdingMembers)
    : await searchOrganisations(read, text, day, { holdingMembers, limit: MOST_SUGGESTED })
  const above = await namesAbove(
    read,
    found.map(({ id }) => id),
    day,
  )
  return found.map(({ id, name, code }) => ({
    value: id,
    text: name,
    about: [...(above.get(id) ?? []), ...(code ? [code] : [])].join(' · '),
  }))
}
