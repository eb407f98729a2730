/** What one reader sees of a plan: its steps in words, the preview, what may be done next. */
import type { Read } from '../../kernel/db.ts'
import type { Actor } from '../../kernel/actor.ts'
import { sql } from '../../kernel/db.ts'
import type { Language, PlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal, refusalOf } from '../../kernel/refusal.ts'
import type { Step } from './law/plan.ts'
import { namedBy } from './law/plan.ts'
import { mayAsk, mayFollow, NEXT, undoableUntil, type CommandType } from './law/rules.ts'
import { UNDO_DAYS } from './law/settings.ts'
import { eventsOfReorganisation, findReorganisation, type Reorganisation } from './plans.ts'
import { previewOf, type Preview } from './preview.ts'
import { REORGANISATION_TEXTS, type ReorganisationWords } from './texts.ts'
import { undoProblems } from './undo.ts'
import type { PlanPageProps } from './plan-page.tsx'

/**
 * A plan of the committee the reader acts for; of any other it is unknown.
 *
 * @throws Refusal not-found `reorganisation.unknown`
 */
export async function readableReorganisation(
  read: Read,
  underId: string,
  id: string,
): Promise<Reorganisation> {
  const found = await findReorganisation(read, id)
  if (!found || found.underId !== underId) throw new Refusal('not-found', 'reorganisation.unknown')
  return found
}

/** The preview while there is something to sign. */
export async function previewIfOpen(read: Read, plan: Reorganisation): Promise<Preview | undefined> {
  return (NEXT[plan.status] as readonly CommandType[]).includes('save') || plan.status === 'signed'
    ? previewOf(read, plan)
    : undefined
}

export type PlanView = Pick<
  PlanPageProps,
  'id' | 'status' | 'version' | 'plan' | 'steps' | 'preview' | 'stopped' | 'history' | 'may' | 'undo'
>

export async function planView(
  read: Read,
  reorganisation: Reorganisation,
  context: Context,
  language: Language,
): Promise<PlanView> {
  const { id, status, version, plan } = reorganisation
  const [preview, events, nameOf, undo] = await Promise.all([
    previewIfOpen(read, reorganisation),
    eventsOfReorganisation(read, id),
    namesIn(read, reorganisation),
    undoOf(read, reorganisation, context),
  ])
  const words = REORGANISATION_TEXTS[language]
  const may = (command: CommandType) => mayDo(command, reorganisation, context)
  return {
    id,
    status,
    version,
    plan,
    steps: plan.steps.map((step) => ({ type: step.type, said: stepInWords(step, nameOf, words) })),
    preview,
    stopped: reorganisation.stopped ?? [],
    history: events.map(({ type, at, actorName, positionName, data }) => ({
      type,
      at,
      who: actorName === null ? null : [positionName, actorName].filter(Boolean).join(' '),
      note: noteOf(type, data, words),
    })),
    may: { save: may('save'), sign: may('sign'), cancel: may('cancel'), undo: may('undo') },
    undo,
  }
}

/** Asked of the rules themselves; a stale sign-in is no reason to hide the button: it leads through signing in. */
function mayDo(command: CommandType, { status, underId }: Reorganisation, { actor, at }: Context): boolean {
  const fresh: Actor = actor.kind === 'person' ? { ...actor, signedInAt: at } : actor
  return (
    refusalOf(() => {
      mayFollow(status, command)
      mayAsk(command, underId, fresh, at)
    }) === undefined
  )
}

async function undoOf(read: Read, reorganisation: Reorganisation, { settings, today }: Context) {
  if (reorganisation.status !== 'applied' || !reorganisation.appliedOn) return undefined
  const until: PlainDate = undoableUntil(reorganisation.appliedOn, settings.get(UNDO_DAYS))
  const problems = await undoProblems(read, reorganisation.id)
  return { until, over: today > until, blockedBy: problems.map((problem) => problem.name) }
}

async function namesIn(read: Read, { plan }: Reorganisation): Promise<(id: string) => string> {
  const rows = await read.rows<{ id: string; name: string }>(sql`
    select distinct on (organisation_id) organisation_id as id, name from organisation_period
     where organisation_id = any(${namedBy(plan)}::uuid[])
     order by organisation_id, valid_from <= ${plan.effectiveOn}::date desc, valid_from desc`)
  const names = new Map([
    ...rows.map((row) => [row.id, row.name] as const),
    ...plan.bodies.map((body) => [body.id, body.name] as const),
  ])
  return (id) => names.get(id) ?? '?'
}

const MOST_NAMED = 8

function stepInWords(step: Step, nameOf: (id: string) => string, words: ReorganisationWords): string {
  const { said, form } = words
  const few = (ids: readonly string[]) =>
    ids.length > MOST_NAMED
      ? `${ids.slice(0, MOST_NAMED).map(nameOf).join(', ')} ${words.more(ids.length - MOST_NAMED)}`
      : ids.map(nameOf).join(', ')
  const what = (organisations: readonly string[], members: readonly string[]) =>
    [
      ...(organisations.length > 0 ? [few(organisations)] : []),
      ...(members.length > 0 ? [said.members(members.length)] : []),
    ].join(', ')
  switch (step.type) {
    case 'merge':
      return said.merge(few(step.from), nameOf(step.into))
    case 'split':
      return said.split(
        nameOf(step.from),
        step.parts
          .map((part) => `${nameOf(part.into)} (${what(part.organisations, part.members)})`)
          .join('; '),
        step.rest === null ? form.restStays : nameOf(step.rest),
      )
    case 'part':
      return said.part(nameOf(step.from), nameOf(step.to), what(step.organisations, step.members))
    case 'move':
      return said.move(nameOf(step.organisation), nameOf(step.to))
    case 'dissolve':
      return said.dissolve(nameOf(step.organisation), nameOf(step.to))
    case 'rename':
      return said.rename(nameOf(step.organisation), step.name)
  }
}

function noteOf(
  type: string,
  data: Readonly<Record<string, unknown>>,
  words: ReorganisationWords,
): string | undefined {
  if (typeof data.reason === 'string') return data.reason
  if (type !== 'plan-applied') return undefined
  return words.appliedTold(Number(data.organisations), Number(data.members), Number(data.dossiers))
}
