/** An organisation as its readers see it: facts and how they came about, what lies below with its counts, who holds office. */
import { isOrganisationCode, parseOrganisationCode } from '../../kernel/organisation-code.ts'
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { countedOn, looksBack, trueOn, type LookedAt } from '../day.ts'
import { holdersOf } from '../offices/store.ts'
import { headsOf, mayReadMembers, readableOrganisation, type Reader } from '../reader.ts'
import { changesBetween, type Changes } from './between.ts'
import { childrenOn, countsOf } from './counting.ts'
import { predecessorsOf, type Predecessor } from './succession.ts'
import {
  ancestorsOn,
  findOrganisationByCode,
  inScope,
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
  /** the day looked at */
  readonly on: PlainDate
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
  /** up to the day looked at */
  readonly history: readonly OrganisationSpell[]
  /** organisations that went into this one */
  readonly predecessors: readonly Predecessor[]
  /** where a period was asked for */
  readonly changes?: Changes
}

/** Organisations directly below one, a page of them. */
const CHILDREN_A_PAGE = 100

const NONE: Counts = { active: 0, inTransit: 0 }

/**
 * An organisation as it is on the day the reader looks at.
 *
 * @param asked `page` of the children, from 1; `changesFrom`: what changed since then is told too
 * @throws Refusal not-found `organisation.unknown`
 */
export async function organisationView(
  read: Read,
  reader: Reader,
  id: string,
  asked: { readonly page?: number; readonly changesFrom?: PlainDate | undefined } = {},
): Promise<OrganisationView> {
  const { day } = reader
  const { page = 1, changesFrom } = asked
  const organisation = await readableOrganisation(read, reader, id)
  const heads = await headsOf(read, reader)
  const [chain, children, own, offices, history, predecessors, changes] = await Promise.all([
    ancestorsOn(read, id, day),
    childrenOn(read, id, day),
    countsOf(read, [id], day),
    holdersOf(read, id, undefined, day),
    historyOf(read, id),
    predecessorsOf(read, id, day),
    changesFrom && changesBetween(read, reader, id, changesFrom),
  ])
  const first = (page - 1) * CHILDREN_A_PAGE
  return {
    on: day,
    ...factsOf(organisation),
    until: knownEnd(organisation.validTo, reader),
    above: visibleAbove(chain, heads),
    counts: summed([countsFrom(own.get(id)), ...children]),
    own: countsFrom(own.get(id)),
    children: children.slice(first, first + CHILDREN_A_PAGE).map(childLine),
    childrenTotal: children.length,
    childrenPages: Math.ceil(children.length / CHILDREN_A_PAGE),
    offices: await officeLines(read, reader, heads, offices),
    history: looksBack(reader)
      ? history
          .filter((spell) => spell.since <= day)
          .map((spell) => ({ ...spell, until: knownEnd(spell.until, reader) }))
      : history,
    predecessors,
    ...(changes ? { changes } : {}),
  }
}

/** Who looks back sees what was so then; an end that came later is not told. */
function knownEnd(until: PlainDate | null, at: LookedAt): PlainDate | null {
  return looksBack(at) && until !== null && until > at.day ? null : until
}

function factsOf(organisation: Organisation) {
  const { id, code, name, kindName, tier, hasSeal, holdsMembers, armedForces, abroad, place } = organisation
  const { validFrom: since } = organisation
  return { id, code, name, kindName, tier, hasSeal, holdsMembers, armedForces, abroad, place, since }
}

/** Everybody below is counted in one walk, child by child. */
function summed(counts: readonly Counts[]): Counts {
  const sum = (count: (each: Counts) => number) => counts.reduce((total, each) => total + count(each), 0)
  return { active: sum((each) => each.active), inTransit: sum((each) => each.inTransit) }
}

const countsFrom = (row: Counts | undefined): Counts =>
  row ? { active: row.active, inTransit: row.inTransit } : NONE

function childLine({ id, code, name, kindName, active, inTransit, children }: ChildLine): ChildLine {
  return { id, code, name, kindName, active, inTransit, children }
}

async function officeLines(
  read: Read,
  reader: Reader,
  heads: readonly string[],
  offices: readonly Omit<OfficeLine, 'readable'>[],
): Promise<OfficeLine[]> {
  const ids = [...new Set(offices.map((office) => office.memberId))]
  const scope = await scopeOf(read, heads, reader.day)
  const rows = await read.rows<{ id: string }>(sql`
    select s.member_id as id from membership s
      join organisation_period p on p.organisation_id = s.organisation_id and ${trueOn('p', reader.day)}
     where ${inScope(scope)} and ${countedOn('s', reader.day)} and s.member_id = any(${ids}::uuid[])`)
  const inside = new Set(rows.map((row) => row.id))
  return offices.map(({ id, memberId, memberName, positionName, positionNameEn, since, until }) => ({
    id,
    memberId,
    memberName,
    positionName,
    positionNameEn,
    since,
    until: knownEnd(until, reader),
    readable: inside.has(memberId) && mayReadMembers(reader),
  }))
}

/** From the highest the reader may see down to the one above this. */
function visibleAbove(chain: readonly Organisation[], heads: readonly string[]) {
  const highest = chain.findLastIndex((organisation) => heads.includes(organisation.id))
  return chain
    .slice(1, highest + 1)
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
      join organisation_period a on a.organisation_id = n.id and ${trueOn('a', day)}
     where p.organisation_id = any(${organisationIds}::uuid[]) and ${trueOn('p', day)}
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
