/** What hand-over papers say beside the plan: names as they were that day, kept with each paper, so that it is made alike whenever. */
import { sql, type Read } from '../../../kernel/db.ts'
import { addDays, type PlainDate } from '../../../kernel/plain-date.ts'
import { bodyName } from '../../../papers/bodies.ts'
import type { HandOverDecisionPaper, OrganisationOnPaper } from '../../../papers/layout.ts'
import type { HandOver } from '../law/hand-over.ts'

/** One side of a hand-over, as it was when it handed over or came to receive. */
export interface SideContent {
  readonly id: string
  readonly name: string
  readonly tier: string
  readonly hasSeal: boolean
  readonly ended: boolean
}

/** What a decision says. */
export type DecisionContent = Pick<HandOverDecisionPaper, 'lines' | 'recipients'>

/** What minutes say; their members are those the reorganisation moved. */
export interface MinutesContent {
  readonly giver: SideContent
  readonly receiver: SideContent
  readonly inside: boolean
  readonly organisations: readonly OrganisationOnPaper[]
  readonly lists: readonly {
    readonly from: { readonly id: string; readonly name: string }
    readonly to: { readonly id: string; readonly name: string }
  }[]
  /** how many these lists name */
  readonly members: number
  /** organisations that end and had a seal */
  readonly seals: readonly string[]
}

/** A hand-over in the words of papers. */
export interface Described extends MinutesContent {
  readonly handOver: HandOver
}

interface Fact {
  readonly id: string
  readonly name: string
  readonly tier: string
  readonly hasSeal: boolean
}

/** After it was applied: who gives and ends is named as before the day, who receives as from it on. */
export async function describe(
  read: Read,
  reorganisationId: string,
  handOvers: readonly HandOver[],
  day: PlainDate,
): Promise<Described[]> {
  const ids = [
    ...new Set(
      handOvers.flatMap((each) => [
        each.giver,
        each.receiver,
        ...each.organisations,
        ...each.ended,
        ...each.members.flatMap(({ from, to }) => [from, to]),
      ]),
    ),
  ]
  const moved = handOvers.flatMap(({ organisations }) => organisations)
  const [before, after, counts, members] = await Promise.all([
    factsOn(read, ids, addDays(day, -1)),
    factsOn(read, ids, day),
    countsOf(read, moved),
    movedBetween(read, reorganisationId),
  ])
  const was = (id: string) =>
    before.get(id) ?? after.get(id) ?? { id, name: '?', tier: 'cell', hasSeal: false }
  const is = (id: string) => after.get(id) ?? was(id)
  const side = (fact: Fact, ended: boolean): SideContent => ({ ...fact, name: bodyName(fact), ended })
  return handOvers.map((handOver) => ({
    handOver,
    giver: side(was(handOver.giver), !after.has(handOver.giver)),
    receiver: side(is(handOver.receiver), false),
    inside: handOver.inside,
    organisations: handOver.organisations.map((id) => ({ name: is(id).name, members: counts.get(id) ?? 0 })),
    lists: handOver.members.map(({ from, to }) => ({
      from: { id: from, name: was(from).name },
      to: { id: to, name: is(to).name },
    })),
    seals: handOver.inside
      ? []
      : handOver.ended.map(was).flatMap((fact) => (fact.hasSeal ? [bodyName(fact)] : [])),
    members: handOver.members.reduce((sum, { from, to }) => sum + (members.get(`${from} ${to}`) ?? 0), 0),
  }))
}

async function factsOn(read: Read, ids: readonly string[], day: PlainDate): Promise<Map<string, Fact>> {
  const rows = await read.rows<Fact>(sql`
    select o.id, o.name, o.tier, o.has_seal as "hasSeal" from organisation_on(${day}::date) o
     where o.id = any(${ids}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** How many are counted in each and below it now. */
async function countsOf(read: Read, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await read.rows<{ id: string; count: number }>(sql`
    select p.organisation_id as id, count(s.member_id) as count
      from organisation_period p
      join organisation_period b on b.valid_to is null and b.path >= p.path and b.path < left(p.path, -1) || '/'
      join membership s on s.organisation_id = b.organisation_id and s.until is null and s.standing = 'active'
     where p.organisation_id = any(${ids}::uuid[]) and p.valid_to is null group by 1`)
  return new Map(rows.map((row) => [row.id, row.count]))
}

async function movedBetween(read: Read, reorganisationId: string): Promise<Map<string, number>> {
  const rows = await read.rows<{ from: string; to: string; count: number }>(sql`
    select from_id as "from", to_id as "to", count(*) as count from reorganisation_member
     where reorganisation_id = ${reorganisationId} group by 1, 2`)
  return new Map(rows.map(({ from, to, count }) => [`${from} ${to}`, count]))
}

/** The lines of a decision, one for each pair of sides. */
export function linesOf(described: readonly Described[]): DecisionContent['lines'] {
  return described.map(({ giver, receiver, organisations, members }) => ({
    giver: giver.name,
    receiver: receiver.name,
    organisations,
    members,
  }))
}
