/** Applies a plan: registry, offices, successors and open dossiers change together, in the transaction of the signature. */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { compile, type Changes, type Problem } from './law/compile.ts'
import { handOversOf, type HandOver } from './law/hand-over.ts'
import { namedBy, type Plan } from './law/plan.ts'
import { know } from './know.ts'
import { continueOffices, endOfficesIn, moveMembers } from './people.ts'
import { restructure } from './restructure.ts'

/**
 * Open dossiers follow the organisations they lie with; whoever has procedures hands this in.
 *
 * @param touched organisations that ended or lie elsewhere now
 * @returns the dossiers that changed hands
 */
export type FollowDossiers = (
  write: Write,
  touched: readonly string[],
  context: Context,
) => Promise<readonly string[]>

export interface Applying {
  readonly id: string
  readonly underId: string
  readonly plan: Plan
  /** the member who signed */
  readonly by: string
}

/** What applying brought about, in numbers. */
export interface Applied {
  readonly organisations: number
  readonly members: number
  readonly offices: number
  readonly dossiers: number
}

/**
 * Everything or nothing, in the caller's transaction.
 *
 * @throws Refusal against-rule `reorganisation.blocked` {problems} when the tree does not allow it (any more)
 */
export async function applyPlan(
  write: Write,
  { id, underId, plan, by }: Applying,
  context: Context,
  follow: FollowDossiers,
): Promise<Applied & { readonly handOvers: readonly HandOver[] }> {
  await holdStill(write, namedBy(plan))
  const known = await know(write, underId, plan)
  const { changes, problems } = compile(plan, known)
  refuseBlocked(problems)
  const day = plan.effectiveOn
  const source = sourceOf(plan)
  await keepBefore(write, id, changes)
  const touched = await restructure(write, changes, { day, source })
  await keepAfter(write, id, changes)
  const ended = changes.ended.map((each) => each.id)
  const members = await moveAndKeep(write, id, changes, day)
  const offices = await endAndContinue(write, id, changes, plan, { day, source, by })
  await nameSuccessors(write, changes.ended, day)
  const dossiers = await follow(write, [...new Set([...touched, ...ended])], context)
  await keepDossiers(write, id, dossiers, false)
  return {
    organisations: touched.length + changes.created.length,
    members,
    offices,
    dossiers: dossiers.length,
    handOvers: handOversOf(plan, known, changes),
  }
}

/** The decision as registry rows name where they are known from. */
export function sourceOf({ decision }: Plan): string {
  return `${decision.number}, ${decision.issuer}`
}

export function refuseBlocked(problems: readonly Problem[]): void {
  if (problems.length === 0) return
  throw new Refusal('against-rule', 'reorganisation.blocked', {
    facts: { problems: [...new Set(problems.map(({ code }) => code))], count: problems.length },
  })
}

/** Nobody else restructures what the plan names until this transaction is over: rivals queue, then see what is true. */
export async function holdStill(write: Write, ids: readonly string[]): Promise<void> {
  await write.rows(sql`
    select 1 as held from organisation_period
     where organisation_id = any(${ids}::uuid[]) and valid_to is null order by organisation_id for update`)
}

const OWN_FACTS = sql`jsonb_build_object('name', p.name, 'kind', p.kind, 'parentId', p.parent_id,
  'tierOverride', p.tier_override, 'sealOverride', p.seal_override, 'armedForces', p.armed_forces, 'abroad', p.abroad,
  'place', p.place)`

async function keepBefore(write: Write, id: string, changes: Changes): Promise<void> {
  const changed = [...changes.moved, ...changes.renamed, ...changes.ended].map((each) => each.id)
  await write.run(sql`
    insert into reorganisation_fact (reorganisation_id, organisation_id, before)
    select ${id}, p.organisation_id, ${OWN_FACTS} from organisation_period p
     where p.organisation_id = any(${[...new Set(changed)]}::uuid[]) and p.valid_to is null`)
}

async function keepAfter(write: Write, id: string, changes: Changes): Promise<void> {
  const created = changes.created.map((body) => body.id)
  await write.run(sql`
    insert into reorganisation_fact (reorganisation_id, organisation_id, after)
    select ${id}, p.organisation_id, ${OWN_FACTS} from organisation_period p
     where p.organisation_id = any(${created}::uuid[] || array(
             select organisation_id from reorganisation_fact where reorganisation_id = ${id}))
       and p.valid_to is null
    on conflict (reorganisation_id, organisation_id) do update set after = excluded.after`)
}

async function moveAndKeep(write: Write, id: string, changes: Changes, day: PlainDate): Promise<number> {
  let count = 0
  for (const move of changes.members) {
    const moved = await moveMembers(write, move, day)
    count += moved.length
    await write.run(sql`
      insert into reorganisation_member (reorganisation_id, member_id, from_id, to_id, standing)
      select ${id}, x."memberId", ${move.from}, ${move.to}, x.standing
        from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as x("memberId" uuid, standing text)`)
  }
  return count
}

async function endAndContinue(
  write: Write,
  id: string,
  changes: Changes,
  plan: Plan,
  when: { readonly day: PlainDate; readonly source: string; readonly by: string },
): Promise<number> {
  const successorOf = new Map(changes.ended.map((each) => [each.id, each.successors[0]]))
  const places = await officesIn(write, [...successorOf.keys()], when.day)
  const ended = await endOfficesIn(write, [...successorOf.keys()], when.day, when.by)
  const going = ended.flatMap((officeId) => {
    const organisationId = successorOf.get(places.get(officeId) ?? '')
    return plan.continuing.includes(officeId) && organisationId !== undefined
      ? [{ officeId, organisationId }]
      : []
  })
  const continued = await continueOffices(write, going, when.day, when.source, when.by)
  const rows = ended.map((officeId) => ({ officeId, continuedAs: continued.get(officeId) ?? null }))
  await write.run(sql`
    insert into reorganisation_office (reorganisation_id, office_id, continued_as)
    select ${id}, x."officeId", x."continuedAs"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x("officeId" uuid, "continuedAs" uuid)`)
  return ended.length
}

async function officesIn(
  read: Read,
  organisationIds: readonly string[],
  day: PlainDate,
): Promise<Map<string, string>> {
  const rows = await read.rows<{ id: string; organisationId: string }>(sql`
    select id, organisation_id as "organisationId" from office
     where organisation_id = any(${organisationIds}::uuid[]) and (until is null or until >= ${day}::date)`)
  return new Map(rows.map((row) => [row.id, row.organisationId]))
}

export async function nameSuccessors(write: Write, ended: Changes['ended'], day: PlainDate): Promise<void> {
  const rows = ended.flatMap(({ id, successors }) =>
    successors.map((successor, index) => ({
      id,
      successor,
      rank: index + 1,
      whole: successors.length === 1,
    })),
  )
  await write.run(sql`
    insert into organisation_successor (organisation_id, successor_id, since, rank, opens_past)
    select x.id, x.successor, ${day}::date, x.rank, x.whole
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, successor uuid, rank int, whole boolean)
    on conflict do nothing`)
}

export async function keepDossiers(
  write: Write,
  id: string,
  dossierIds: readonly string[],
  undone: boolean,
): Promise<void> {
  await write.run(sql`
    insert into reorganisation_dossier (reorganisation_id, dossier_id, undone)
    select ${id}, x.id, ${undone} from unnest(${dossierIds}::uuid[]) as x(id) on conflict do nothing`)
}
