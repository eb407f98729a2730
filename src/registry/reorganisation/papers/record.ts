/** In the transaction that applies a plan: the decision is issued, the papers to come are entered; a job makes the minutes. */
import { randomUUID } from 'node:crypto'
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { planJob } from '../../../kernel/jobs.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { addWorkingDays } from '../../../kernel/working-time.ts'
import { bodyName } from '../../../papers/bodies.ts'
import type { PaperServices } from '../../../papers/issue.ts'
import { insertPaper, newToken } from '../../../papers/store.ts'
import { getOrganisation, type Organisation } from '../../organisations/store.ts'
import { acceptancesOf, numberersAt, signersAt, type HandOver, type Kind } from '../law/hand-over.ts'
import type { Plan } from '../law/plan.ts'
import { HAND_OVER_DAYS } from '../law/settings.ts'
import { describe, linesOf, type DecisionContent, type Described, type MinutesContent } from './content.ts'
import { signPlace } from './sign.ts'
import { MINUTES_TASK } from './tasks.ts'

export interface Deciding {
  readonly id: string
  readonly underId: string
  readonly plan: Plan
  /** the member who signed the plan */
  readonly by: string
}

/**
 * Nothing for a plan that hands nothing over.
 *
 * @throws Refusal against-rule `signing.no-certificate` when the signer, who is there, has none; where the clock applies
 *   what was signed before, the decision waits for a signature instead
 */
export async function recordHandOvers(
  write: Write,
  services: PaperServices,
  { id, underId, plan, by }: Deciding,
  handOvers: readonly HandOver[],
  context: Context,
): Promise<void> {
  if (handOvers.length === 0) return
  const under = await getOrganisation(write, underId, context.today)
  const described = await describe(write, id, handOvers, plan.effectiveOn)
  const dueOn = addWorkingDays(context.calendar, context.today, context.settings.get(HAND_OVER_DAYS))
  const enter = (paper: Entered) => enterPaper(write, id, paper, dueOn, context.at)
  const decision = await enter({
    kind: 'decision',
    organisationId: underId,
    places: placesOf(under),
    content: { lines: linesOf(described), recipients: recipientsOf(described, under) },
  })
  for (const receiverId of acceptancesOf(handOvers, underId)) {
    const own = described.filter(({ handOver }) => !handOver.inside && handOver.receiver === receiverId)
    const receiver = await getOrganisation(write, receiverId, context.today)
    await enter({
      kind: 'acceptance',
      organisationId: receiverId,
      places: placesOf(receiver),
      content: { lines: linesOf(own), recipients: recipientsOf(own, under) },
    })
    await tell(write, receiverId, signersAt(receiver.tier), plan, dueOn, context.at)
  }
  for (const { handOver, ...content } of described)
    await enter({
      kind: 'minutes',
      organisationId: handOver.giver,
      places: minutesPlaces(content),
      content,
      sides: { giverId: handOver.giver, receiverId: handOver.receiver, giverEnded: content.giver.ended },
    })
  const signed = await signDecision(write, services, decision, { id, by, under }, context)
  if (!signed || under.hasSeal)
    await tell(
      write,
      underId,
      signed ? numberersAt(under.tier) : signersAt(under.tier),
      plan,
      dueOn,
      context.at,
    )
  await planJob(write, { task: MINUTES_TASK, payload: { reorganisationId: id }, key: `hand-over ${id}` })
}

interface Entered {
  readonly kind: Kind
  readonly organisationId: string
  readonly places: readonly string[]
  readonly content: DecisionContent | MinutesContent
  readonly sides?: { readonly giverId: string; readonly receiverId: string; readonly giverEnded: boolean }
}

async function enterPaper(
  write: Write,
  reorganisationId: string,
  { kind, organisationId, places, content, sides }: Entered,
  dueOn: PlainDate,
  at: Date,
): Promise<string> {
  const id = randomUUID()
  await insertPaper(write, {
    id,
    kind: `hand-over-${kind}`,
    hop: null,
    dossierId: null,
    organisationId,
    token: newToken(),
    signers: [],
    sha256: null,
    reorganisationId,
    places,
    at,
  })
  await write.run(sql`
    insert into hand_over (paper_id, reorganisation_id, kind, giver_id, receiver_id, giver_ended, content, due_on)
    values (${id}, ${reorganisationId}, ${kind}, ${sides?.giverId ?? null}, ${sides?.receiverId ?? null},
            ${sides?.giverEnded ?? false}, ${JSON.stringify(content)}, ${dueOn})`)
  return id
}

const placesOf = ({ hasSeal }: Organisation) => (hasSeal ? ['person', 'organisation'] : ['person'])

/** Both sign; outside one grassroots organisation both seal, as far as they have one: what ended has handed its own in. */
function minutesPlaces({ inside, giver, receiver }: MinutesContent): string[] {
  const seals = [
    ...(giver.hasSeal && !giver.ended ? ['giver-organisation'] : []),
    ...(receiver.hasSeal ? ['receiver-organisation'] : []),
  ]
  return ['giver', 'receiver', ...(inside ? [] : seals)]
}

const MOST_RECIPIENTS = 12

function recipientsOf(described: readonly Described[], under: Organisation): string[] {
  const sides = [...new Set(described.flatMap(({ giver, receiver }) => [giver.name, receiver.name]))]
  const named = sides.length > MOST_RECIPIENTS ? ['Các tổ chức đảng có tên tại Điều 1'] : sides
  return [...named.filter((name) => name !== bodyName(under)), `Lưu ${bodyName(under)}`]
}

/** @returns whether it is signed */
async function signDecision(
  write: Write,
  services: PaperServices,
  paperId: string,
  { id, by, under }: { readonly id: string; readonly by: string; readonly under: Organisation },
  context: Context,
): Promise<boolean> {
  const { position, delegated } = await officeOfSigner(write, id)
  try {
    const as = { memberId: by, position, organisationId: under.id, delegated }
    await signPlace(write, services, paperId, 'person', as, context)
    return true
  } catch (error) {
    // The clock cannot ask anybody: the plan takes effect, and its decision waits among the papers to be signed.
    const waits =
      error instanceof Refusal && error.code.startsWith('signing.') && context.actor.kind === 'clock'
    if (!waits) throw error
    return false
  }
}

/** In which office the plan was signed. */
async function officeOfSigner(read: Read, id: string): Promise<{ position: string; delegated: boolean }> {
  return read.one(sql`
    select position, on_behalf_of is not null as delegated from reorganisation_event
     where reorganisation_id = ${id} and type = 'plan-signed' order by number desc limit 1`)
}

async function tell(
  write: Write,
  organisationId: string,
  positions: readonly string[],
  plan: Plan,
  until: PlainDate,
  at: Date,
): Promise<void> {
  const facts = { title: plan.title, until }
  await recordNotice(write, { to: { organisationId, positions }, code: 'hand-over.waiting', facts, at })
}
