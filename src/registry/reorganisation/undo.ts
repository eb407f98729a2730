/** Takes an applied plan back: from that day things are as they were before it; what happened between stays as it was. */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import {
  holdStill,
  keepDossiers,
  nameSuccessors,
  sourceOf,
  type Applying,
  type FollowDossiers,
} from './apply.ts'
import { continueOffices, endOfficesIn, moveMembers } from './people.ts'
import { restructure, type OwnFacts } from './restructure.ts'

interface Fact {
  readonly id: string
  readonly before: OwnFacts | null
  readonly after: OwnFacts | null
  /** its own facts as they run now, null when it is not there */
  readonly now: OwnFacts | null
  readonly depth: number
}

/** What stands in the way of taking it back: an organisation that changed once more since. */
export interface UndoProblem {
  readonly about: string
  readonly name: string
}

/** What would be taken back, and what stands in the way. */
export async function undoProblems(read: Read, id: string): Promise<UndoProblem[]> {
  const facts = await factsOf(read, id)
  return facts.filter(changedSince).map((fact) => ({
    about: fact.id,
    name: fact.now?.name ?? fact.after?.name ?? fact.before?.name ?? '',
  }))
}

const changedSince = ({ after, now }: Fact): boolean => JSON.stringify(after) !== JSON.stringify(now)

async function factsOf(read: Read, id: string): Promise<Fact[]> {
  return read.rows<Fact>(sql`
    select f.organisation_id as id, f.before, f.after,
           (select jsonb_build_object('name', p.name, 'kind', p.kind, 'parentId', p.parent_id,
                     'tierOverride', p.tier_override, 'sealOverride', p.seal_override, 'armedForces', p.armed_forces,
                     'abroad', p.abroad, 'place', p.place)
              from organisation_period p where p.organisation_id = f.organisation_id and p.valid_to is null) as now,
           (select length(p.path) - length(replace(p.path, '.', '')) from organisation_period p
             where p.organisation_id = f.organisation_id order by p.valid_from desc limit 1) as depth
      from reorganisation_fact f where f.reorganisation_id = ${id}`)
}

/**
 * Everything or nothing, in the caller's transaction; from `day` on.
 *
 * @throws Refusal conflict `reorganisation.undo-blocked` {count} when something it changed has changed again
 */
export async function undoPlan(
  write: Write,
  applied: Applying,
  day: PlainDate,
  context: Context,
  follow: FollowDossiers,
): Promise<void> {
  const { id, by } = applied
  const source = `Thu hồi ${sourceOf(applied.plan)}`
  await holdStill(
    write,
    (await factsOf(write, id)).map((fact) => fact.id),
  )
  const facts = await factsOf(write, id)
  const problems = facts.filter(changedSince)
  if (problems.length > 0)
    throw new Refusal('conflict', 'reorganisation.undo-blocked', { facts: { count: problems.length } })

  const created = facts.filter((fact) => fact.before === null).map((fact) => fact.id)
  const predecessors = await predecessorsOf(write, id, created)
  const strays = await straysIn(write, created, facts)
  const touched = await restructure(
    write,
    {
      created: [],
      revived: facts
        .filter((fact) => fact.after === null && fact.before !== null)
        .sort((one, other) => one.depth - other.depth)
        .map((fact) => ({ id: fact.id, facts: fact.before! })),
      moved: [
        ...facts.flatMap(({ id: organisation, before, after }) =>
          before && after && before.parentId !== null && before.parentId !== after.parentId
            ? [{ id: organisation, parentId: before.parentId }]
            : [],
        ),
        ...strays.map(({ id: organisation, parentId }) => ({
          id: organisation,
          parentId: predecessors.get(parentId)?.[0] ?? parentOfMade(facts, parentId),
        })),
      ],
      renamed: facts.flatMap(({ id: organisation, before, after }) =>
        before && after && (before.name !== after.name || before.kind !== after.kind)
          ? [{ id: organisation, name: before.name, kind: before.kind }]
          : [],
      ),
      ended: created.map((organisation) => ({ id: organisation })),
    },
    { day, source },
  )
  await bringMembersBack(write, id, created, predecessors, day)
  await bringOfficesBack(write, id, created, { day, source, by })
  await nameSuccessors(
    write,
    created.map((organisation) => ({ id: organisation, successors: predecessors.get(organisation) ?? [] })),
    day,
  )
  await keepDossiers(write, id, await follow(write, [...touched, ...created], context), true)
}

/** A body that nothing went into: what began under it goes where it lay itself. */
function parentOfMade(facts: readonly Fact[], id: string): string {
  const parentId = facts.find((fact) => fact.id === id)?.after?.parentId
  if (!parentId) throw new Error('a body the plan made has no parent')
  return parentId
}

/** What each body the plan made was made of, the first taking what nothing else assigns. */
async function predecessorsOf(
  read: Read,
  id: string,
  created: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await read.rows<{ organisationId: string; predecessors: string[] }>(sql`
    select s.successor_id as "organisationId", array_agg(s.organisation_id order by s.rank, p.code nulls last) as predecessors
      from organisation_successor s
      join reorganisation_fact f on f.organisation_id = s.organisation_id and f.reorganisation_id = ${id} and f.after is null
      join organisation p on p.id = s.organisation_id
     where s.successor_id = any(${created}::uuid[]) group by 1`)
  const found = new Map(rows.map((row) => [row.organisationId, row.predecessors]))
  // A body split off from one that stays goes back to that one.
  const kept = await read.rows<{ organisationId: string; from: string }>(sql`
    select distinct on (m.to_id) m.to_id as "organisationId", m.from_id as "from" from reorganisation_member m
     where m.reorganisation_id = ${id} and m.to_id = any(${created}::uuid[]) order by m.to_id, m.from_id`)
  for (const { organisationId, from } of kept)
    if (!found.has(organisationId)) found.set(organisationId, [from])
  const parents = await read.rows<{ organisationId: string; from: string }>(sql`
    select distinct on (f.after ->> 'parentId') (f.after ->> 'parentId')::uuid as "organisationId",
           (f.before ->> 'parentId')::uuid as "from"
      from reorganisation_fact f
     where f.reorganisation_id = ${id} and f.before is not null and f.after is not null
       and (f.after ->> 'parentId')::uuid = any(${created}::uuid[]) order by f.after ->> 'parentId', f.organisation_id`)
  for (const { organisationId, from } of parents)
    if (!found.has(organisationId)) found.set(organisationId, [from])
  return found
}

/** Organisations that began under a body which ends now, since it was made. */
async function straysIn(
  read: Read,
  created: readonly string[],
  facts: readonly Fact[],
): Promise<{ id: string; parentId: string }[]> {
  const known = facts.map((fact) => fact.id)
  return read.rows<{ id: string; parentId: string }>(sql`
    select organisation_id as id, parent_id as "parentId" from organisation_period
     where parent_id = any(${created}::uuid[]) and valid_to is null and organisation_id <> all(${known}::uuid[])`)
}

/** Those the plan moved go back from where it put them; who came there since goes to what took over. */
async function bringMembersBack(
  write: Write,
  id: string,
  created: readonly string[],
  predecessors: ReadonlyMap<string, readonly string[]>,
  day: PlainDate,
): Promise<void> {
  const moves = await write.rows<{ from: string; to: string; memberIds: string[] }>(sql`
    select m.to_id as "from", m.from_id as "to", array_agg(m.member_id) as "memberIds"
      from reorganisation_member m
      join membership s on s.member_id = m.member_id and s.until is null and s.organisation_id = m.to_id
     where m.reorganisation_id = ${id} group by 1, 2`)
  for (const move of moves) await moveMembers(write, move, day)
  for (const organisation of created) {
    const to = predecessors.get(organisation)?.[0]
    if (to) await moveMembers(write, { from: organisation, to, memberIds: 'all' }, day)
  }
}

async function bringOfficesBack(
  write: Write,
  id: string,
  created: readonly string[],
  when: { readonly day: PlainDate; readonly source: string; readonly by: string },
): Promise<void> {
  const offices = await write.rows<{
    officeId: string
    organisationId: string
    continuedAs: string | null
  }>(sql`
    select r.office_id as "officeId", o.organisation_id as "organisationId", r.continued_as as "continuedAs"
      from reorganisation_office r join office o on o.id = r.office_id where r.reorganisation_id = ${id}`)
  await endOfficesIn(write, created, when.day, when.by)
  await write.run(sql`
    update office set until = greatest(since, ${when.day}::date - 1), ended_by = ${when.by}
     where id = any(${offices.flatMap(({ continuedAs }) => continuedAs ?? [])}::uuid[])
       and (until is null or until >= ${when.day}::date)`)
  await continueOffices(write, offices, when.day, when.source, when.by)
}
