/** Plans and their life: saved, signed, applied on their day, taken back; each step in one transaction with its event. */
import {
  again,
  isSetAside,
  isUniqueViolation,
  sql,
  type Database,
  type Read,
  type Write,
} from '../../kernel/db.ts'
import type { Actor } from '../../kernel/actor.ts'
import { compare, type PlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { PaperServices } from '../../papers/issue.ts'
import { applyPlan, refuseBlocked, type Applied, type FollowDossiers } from './apply.ts'
import { know } from './know.ts'
import { compile, type Problem } from './law/compile.ts'
import type { Known } from './law/known.ts'
import { namedBy, type Plan } from './law/plan.ts'
import {
  mayAsk,
  mayFollow,
  refuseTooLate,
  undoableUntil,
  type CommandType,
  type Status,
} from './law/rules.ts'
import { UNDO_DAYS } from './law/settings.ts'
import { recordHandOvers } from './papers/record.ts'
import { voidHandOvers } from './papers/store.ts'
import { digestOf, seenNow, structureDiffers, type SeenTree } from './seen.ts'
import { undoPlan } from './undo.ts'

export interface Reorganisation {
  readonly id: string
  readonly underId: string
  readonly status: Status
  readonly version: number
  readonly plan: Plan
  readonly seen: SeenTree
  readonly draftedBy: string
  readonly signedBy: string | null
  readonly changedAt: Date
  readonly appliedOn: PlainDate | null
  readonly undoneOn: PlainDate | null
  readonly stopped: readonly Problem[] | null
}

const COLUMNS = sql`id, under_organisation as "underId", status, version, plan, seen, drafted_by as "draftedBy",
  signed_by as "signedBy", changed_at as "changedAt", applied_on as "appliedOn", undone_on as "undoneOn", stopped`

export function findReorganisation(read: Read, id: string): Promise<Reorganisation | undefined> {
  return read.maybe<Reorganisation>(sql`select ${COLUMNS} from reorganisation where id = ${id}`)
}

/** Those decided in the organisation, the one changed last first. */
export function reorganisationsUnder(read: Read, underId: string, limit = 100): Promise<Reorganisation[]> {
  return read.rows<Reorganisation>(sql`
    select ${COLUMNS} from reorganisation where under_organisation = ${underId} order by changed_at desc, id limit ${limit}`)
}

export interface ReorganisationEvent {
  readonly number: number
  readonly type: string
  readonly at: Date
  readonly actorName: string | null
  readonly positionName: string | null
  readonly data: Readonly<Record<string, unknown>>
}

export function eventsOfReorganisation(read: Read, id: string): Promise<ReorganisationEvent[]> {
  return read.rows<ReorganisationEvent>(sql`
    select e.number, e.type, e.at, m.full_name as "actorName", n.name as "positionName", e.data
      from reorganisation_event e
      left join member m on m.id = e.actor_id
      left join position n on n.code = e.position
     where e.reorganisation_id = ${id} order by e.number`)
}

/** Other plans not yet applied that touch the same organisations. */
export function rivalsOf(read: Read, id: string): Promise<{ id: string; title: string; status: Status }[]> {
  return read.rows(sql`
    select distinct r.id, r.plan ->> 'title' as title, r.status from reorganisation_touch mine
      join reorganisation_touch theirs on theirs.organisation_id = mine.organisation_id
                                      and theirs.reorganisation_id <> mine.reorganisation_id
      join reorganisation r on r.id = theirs.reorganisation_id and r.status in ('draft', 'signed', 'stopped')
     where mine.reorganisation_id = ${id} and mine.organisation_id <> (
       select under_organisation from reorganisation where id = ${id}) order by 2`)
}

interface Asked {
  readonly id: string
  /** the same id again is answered alike and does nothing */
  readonly commandId: string
}

/**
 * Saves a plan, new or changed; what the saver saw of the tree is kept beside it.
 *
 * @throws Refusal forbidden `reorganisation.not-yours`; against-rule `reorganisation.not-now`; conflict
 *   `reorganisation.moved-on` when somebody changed it since `expected`
 */
export async function savePlan(
  database: Database,
  asked: Asked & { readonly underId: string; readonly plan: Plan; readonly expected?: number },
  context: Context,
): Promise<Reorganisation> {
  return database.transaction(async (write) => {
    const { id, underId, plan, expected } = asked
    mayAsk('save', underId, context.actor, context.at)
    const before = await lockReorganisation(write, id)
    if (before && before.underId !== underId) throw new Refusal('not-found', 'reorganisation.unknown')
    if (before && (await wasDone(write, asked))) return before
    if (before) mayFollow(before.status, 'save')
    if (before && expected !== undefined && before.version !== expected)
      throw new Refusal('conflict', 'reorganisation.moved-on', { facts: { actual: before.version } })
    const known = await know(write, underId, plan)
    refuseForeign(plan, known)
    const seen = seenNow(plan, known)
    const number = (before?.version ?? 0) + 1
    const { at, actor } = context
    await write.run(sql`
      insert into reorganisation (id, under_organisation, status, version, plan, seen, effective_on, drafted_by, changed_at)
      values (${id}, ${underId}, 'draft', ${number}, ${JSON.stringify(plan)}, ${JSON.stringify(seen)}, ${plan.effectiveOn},
              ${idOf(actor)}, ${at})
      on conflict (id) do update set status = 'draft', version = excluded.version, plan = excluded.plan,
        seen = excluded.seen, effective_on = excluded.effective_on, changed_at = excluded.changed_at, stopped = null`)
    await keepTouched(write, id, plan)
    await record(write, asked, number, before ? 'plan-changed' : 'plan-drafted', { plan }, context)
    return getReorganisation(write, id)
  })
}

/** @throws Refusal not-found `organisation.unknown` for whatever lies elsewhere, as for what is nowhere */
function refuseForeign(plan: Plan, known: Known): void {
  const made = new Set(plan.bodies.map((body) => body.id))
  const foreign = namedBy(plan).some((id) => {
    const body = known.bodies.get(id)
    return !made.has(id) && !body?.path.startsWith(known.under.path)
  })
  if (foreign) throw new Refusal('not-found', 'organisation.unknown')
}

/** What a signature brought about: applied at once, or waiting for the day. */
export interface Signed {
  readonly reorganisation: Reorganisation
  readonly applied?: Applied
}

/**
 * Signs a plan; from its day on it is applied in the same transaction, before it the clock applies it then.
 *
 * @param asked `digest`: what the signer saw (`digestOf`)
 * @param papers makes the hand-over papers; left out where a past reorganisation is only entered
 * @throws Refusal conflict `reorganisation.changed-since` when the tree or the plan is another now; against-rule
 *   `reorganisation.blocked`; and whatever `mayAsk`, `mayFollow` say
 */
export async function signPlan(
  database: Database,
  asked: Asked & { readonly digest: string },
  context: Context,
  follow: FollowDossiers,
  papers?: PaperServices,
): Promise<Signed> {
  return followed(() =>
    database.transaction(async (write) => {
      const before = await mustGet(write, asked.id)
      mayAsk('sign', before.underId, context.actor, context.at)
      if (await wasDone(write, asked)) return { reorganisation: before }
      mayFollow(before.status, 'sign')
      const { plan, underId, id } = before
      const known = await know(write, underId, plan)
      const seen = seenNow(plan, known)
      if (digestOf(plan, seen) !== asked.digest) throw new Refusal('conflict', 'reorganisation.changed-since')
      refuseBlocked(compile(plan, known).problems)
      const by = idOf(context.actor)
      const number = before.version + 1
      await write.run(sql`
        update reorganisation set status = 'signed', version = ${number}, seen = ${JSON.stringify(seen)}, signed_by = ${by},
               changed_at = ${context.at}, stopped = null where id = ${id}`)
      await record(write, asked, number, 'plan-signed', { digest: asked.digest }, context)
      if (compare(plan.effectiveOn, context.today) > 0)
        return { reorganisation: await getReorganisation(write, id) }
      const applied = await applyNow(write, { id, underId, plan, by }, number, context, follow, papers)
      return { reorganisation: await getReorganisation(write, id), applied }
    }),
  )
}

/** Applies a signed plan whose day has come; where the tree no longer allows it, it stops and says why. For the clock. */
export async function applyDue(
  database: Database,
  id: string,
  context: Context,
  follow: FollowDossiers,
  papers?: PaperServices,
): Promise<Reorganisation> {
  return followed(() =>
    database.transaction(async (write) => {
      const before = await mustGet(write, id)
      mayAsk('apply', before.underId, context.actor, context.at)
      if (before.status !== 'signed' || compare(before.plan.effectiveOn, context.today) > 0) return before
      const { plan, underId, version, signedBy } = before
      const known = await know(write, underId, plan)
      const { problems } = compile(plan, known)
      if (problems.length > 0 || structureDiffers(before.seen, seenNow(plan, known))) {
        await stop(write, before, problems, context)
        return getReorganisation(write, id)
      }
      await applyNow(write, { id, underId, plan, by: signedBy! }, version, context, follow, papers)
      return getReorganisation(write, id)
    }),
  )
}

async function applyNow(
  write: Write,
  applying: { id: string; underId: string; plan: Plan; by: string },
  version: number,
  context: Context,
  follow: FollowDossiers,
  papers: PaperServices | undefined,
): Promise<Applied> {
  const { handOvers, ...applied } = await applyPlan(write, applying, context, follow)
  await write.run(sql`
    update reorganisation set status = 'applied', version = ${version + 1}, applied_on = ${applying.plan.effectiveOn},
           changed_at = ${context.at} where id = ${applying.id}`)
  await record(write, { id: applying.id }, version + 1, 'plan-applied', { ...applied }, context)
  if (papers) await recordHandOvers(write, papers, applying, handOvers, context)
  return applied
}

async function stop(
  write: Write,
  { id, version }: Reorganisation,
  problems: readonly Problem[],
  context: Context,
): Promise<void> {
  await write.run(sql`
    update reorganisation set status = 'stopped', version = ${version + 1}, stopped = ${JSON.stringify(problems)},
           changed_at = ${context.at} where id = ${id}`)
  await record(write, { id }, version + 1, 'plan-stopped', { problems }, context)
}

/** A plan that shall not be: before it is applied. */
export async function cancelPlan(
  database: Database,
  asked: Asked & { readonly reason: string },
  context: Context,
): Promise<Reorganisation> {
  return simple(database, asked, 'cancel', context, async (write, before) => {
    await write.run(sql`
      update reorganisation set status = 'cancelled', version = ${before.version + 1}, changed_at = ${context.at}
       where id = ${asked.id}`)
    await record(write, asked, before.version + 1, 'plan-cancelled', { reason: asked.reason }, context)
  })
}

/**
 * Takes an applied plan back from today on.
 *
 * @throws Refusal against-rule `reorganisation.undo-too-late`; conflict `reorganisation.undo-blocked`
 */
export async function takeBack(
  database: Database,
  asked: Asked & { readonly reason: string },
  context: Context,
  follow: FollowDossiers,
): Promise<Reorganisation> {
  return followed(() =>
    simple(database, asked, 'undo', context, async (write, before) => {
      const { plan, underId, id, version } = before
      refuseTooLate(undoableUntil(before.appliedOn!, context.settings.get(UNDO_DAYS)), context.today)
      const by = idOf(context.actor)
      await undoPlan(write, { id, underId, plan, by }, context.today, context, follow)
      await write.run(sql`
        update reorganisation set status = 'undone', version = ${version + 1}, undone_on = ${context.today},
               changed_at = ${context.at} where id = ${id}`)
      await voidHandOvers(write, id, asked.reason, context.at)
      await record(write, asked, version + 1, 'plan-undone', { reason: asked.reason }, context)
    }),
  )
}

async function simple(
  database: Database,
  asked: Asked,
  command: CommandType,
  context: Context,
  act: (write: Write, before: Reorganisation) => Promise<void>,
): Promise<Reorganisation> {
  return database.transaction(async (write) => {
    const before = await mustGet(write, asked.id)
    mayAsk(command, before.underId, context.actor, context.at)
    if (await wasDone(write, asked)) return before
    mayFollow(before.status, command)
    await act(write, before)
    return getReorganisation(write, asked.id)
  })
}

const MOST_TRIES = 4

/** Somebody acted on one of the dossiers, or on money, at the same moment: asked again, what is true then is followed. */
const followed = <T>(act: () => Promise<T>): Promise<T> => again(act, MOST_TRIES, isRival)

const isRival = (error: unknown): boolean =>
  isUniqueViolation(error, 'dossier_event_pkey') ||
  isUniqueViolation(error, 'membership_one_now') ||
  isSetAside(error)

/** The plan, held until the transaction ends: two who act on it queue. */
async function lockReorganisation(write: Write, id: string): Promise<Reorganisation | undefined> {
  return write.maybe<Reorganisation>(sql`select ${COLUMNS} from reorganisation where id = ${id} for update`)
}

async function mustGet(write: Write, id: string): Promise<Reorganisation> {
  const found = await lockReorganisation(write, id)
  if (!found) throw new Refusal('not-found', 'reorganisation.unknown')
  return found
}

async function getReorganisation(read: Read, id: string): Promise<Reorganisation> {
  return read.one<Reorganisation>(sql`select ${COLUMNS} from reorganisation where id = ${id}`)
}

/** @throws Refusal conflict `command.reused` when the id belongs to another plan's command */
async function wasDone(read: Read, { id, commandId }: Asked): Promise<boolean> {
  const done = await read.maybe<{ id: string }>(sql`
    select reorganisation_id as id from reorganisation_event where command_id = ${commandId}`)
  if (done && done.id !== id) throw new Refusal('conflict', 'command.reused')
  return done !== undefined
}

async function keepTouched(write: Write, id: string, plan: Plan): Promise<void> {
  await write.run(sql`delete from reorganisation_touch where reorganisation_id = ${id}`)
  await write.run(sql`
    insert into reorganisation_touch (reorganisation_id, organisation_id)
    select ${id}, o.id from organisation o where o.id = any(${namedBy(plan)}::uuid[])`)
}

async function record(
  write: Write,
  { id, commandId }: { readonly id: string; readonly commandId?: string },
  number: number,
  type: string,
  data: Readonly<Record<string, unknown>>,
  { actor, at }: Context,
): Promise<void> {
  const person = actor.kind === 'person' ? actor : undefined
  await write.run(sql`
    insert into reorganisation_event (reorganisation_id, number, type, at, actor_id, position, organisation_id,
                                      on_behalf_of, command_id, data)
    values (${id}, ${number}, ${type}, ${at}, ${person?.memberId ?? null}, ${person?.hat.position ?? null},
            ${person?.hat.organisationId ?? null}, ${person?.onBehalfOf?.memberId ?? null},
            coalesce(${commandId ?? null}::uuid, gen_random_uuid()), ${JSON.stringify(data)})`)
}

function idOf(actor: Actor): string {
  if (actor.kind !== 'person') throw new Error('the clock plans nothing')
  return actor.memberId
}

/** Signed plans whose day has come. */
export async function duePlans(read: Read, today: PlainDate): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(sql`
    select id from reorganisation where status = 'signed' and effective_on <= ${today}::date order by effective_on, changed_at`)
  return rows.map((row) => row.id)
}
