/** The guided request of a stay over HTTP: beginning, one step a page, and what a step still lacks said where it is asked. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered, type WornHat } from '../../../identity/hats.ts'
import { hasFreshSignIn, MEMBER_HAT } from '../../../kernel/actor.ts'
import { sql, type Read } from '../../../kernel/db.ts'
import { perform, type Context } from '../../../kernel/procedure.ts'
import { Refusal, refusalOf } from '../../../kernel/refusal.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { writtenIn, type DraftFields } from '../../../web/form-drafts.ts'
import { contextOf, parse, sessionOf } from '../../../web/http.ts'
import { html, newCommandId, type Refused } from '../../../web/procedure-routes.ts'
import { queueingOf } from '../../../web/queueing.ts'
import type { Page, Web } from '../../../web/web.ts'
import type { StayView } from '../contract.ts'
import { missingAnswers, refuseDays } from '../law/rules.ts'
import type { Stay } from '../law/states.ts'
import { temporaryTransfer } from '../procedure.ts'
import { seenStay } from '../readers.ts'
import { refusedForm } from '../refused.ts'
import { findOpenStay } from '../store.ts'
import { TEMPORARY_TRANSFER } from '../tasks.ts'
import { viewStay } from '../view.ts'
import { findHosts } from './hosts.ts'
import { beginPage, stepPage } from './page.tsx'
import { STEPS, type Step } from './texts.ts'

const BASE = '/temporary-transfers'
const AT_STEP = z.object({ id: z.uuid(), step: z.enum(STEPS) })
const BEGIN = z.object({ dossierId: z.uuid(), commandId: z.uuid() })
const BEGIN_FOR = BEGIN.extend({ memberId: z.uuid() })
const QUERY = z.object({
  q: z.string().max(200).optional().catch(undefined),
  /** the step that was just saved */
  after: z.enum(STEPS).optional().catch(undefined),
  /** the step was saved with something left open, and is shown again */
  again: z.literal('yes').optional().catch(undefined),
  /** it was opened from the look through, and leads back there */
  back: z.literal('check').optional().catch(undefined),
})

export function registerRequest(server: FastifyInstance, web: Web): void {
  registerBeginning(server, web)
  registerSteps(server, web)
}

function registerBeginning(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in' as const, level: 'passkey' as const }
  server.get(`${BASE}/begin`, { config }, async (request, reply) => {
    const { csrf, hat, memberId } = sessionOf(request)
    // A delegate of other affairs does not learn whether there is one.
    requireCovered(hat, TEMPORARY_TRANSFER)
    const { read } = web.database
    const ownHat = hat.position === MEMBER_HAT
    const open = ownHat && (await findOpenStay(read, hat.onBehalfOf?.memberId ?? memberId))
    if (open) return reply.redirect(`${BASE}/${open.id}`, 303)
    const members = writesFor(hat) ? await membersOf(read, hat.organisationId, memberId) : []
    await keepShown(
      web,
      request,
      members.map(({ id }) => id),
    )
    const fresh = { commandId: newCommandId(), dossierId: randomUUID() }
    const page = beginPage({ language: request.language, csrf, ownHat, members, ...fresh })
    return html(reply, await web.showPage(request, page))
  })

  const beginning = { ...config, scope: { dossierId: 'new' } as const }
  server.post(`${BASE}/begin`, { config: beginning }, async (request, reply) => {
    const { dossierId, commandId } = parse(BEGIN, request.body)
    const { hat, memberId } = sessionOf(request)
    requireCovered(hat, TEMPORARY_TRANSFER)
    const command = { type: 'save-draft' as const, answers: {} }
    const context = await contextOf(request, web)
    try {
      await perform(web.database, temporaryTransfer(web), { dossierId, commandId, command }, context)
    } catch (error) {
      const open = await findOpenStay(web.database.read, hat.onBehalfOf?.memberId ?? memberId)
      if (!(error instanceof Refusal) || error.code !== 'temporary.already-open' || !open) throw error
      return reply.redirect(`${BASE}/${open.id}`, 303)
    }
    return reply.redirect(`${BASE}/${dossierId}/request/${STEPS[0]}`, 303)
  })

  const scope = { dossierId: 'new', memberId: 'cell-member' } as const
  server.post(`${BASE}/begin-for`, { config: { access: 'officer', scope } }, async (request, reply) => {
    const { dossierId, commandId, memberId } = parse(BEGIN_FOR, request.body)
    requireCovered(sessionOf(request).hat, TEMPORARY_TRANSFER)
    const command = { type: 'save-draft' as const, memberId, answers: {} }
    const context = await contextOf(request, web)
    await perform(web.database, temporaryTransfer(web), { dossierId, commandId, command }, context)
    return reply.redirect(`${BASE}/${dossierId}/request/${STEPS[0]}`, 303)
  })
}

/** The cell's own officers: whom they write for stands in no delegation. */
const writesFor = ({ position, onBehalfOf }: WornHat): boolean =>
  !onBehalfOf && (position === 'cell-secretary' || position === 'cell-deputy-secretary')

function membersOf(read: Read, cellId: string, but: string): Promise<{ id: string; name: string }[]> {
  return read.rows(sql`
    select m.id, m.full_name as name from membership s join member m on m.id = s.member_id
     where s.organisation_id = ${cellId} and s.until is null and m.standing in ('active', 'exempt') and m.id <> ${but}
     order by m.full_name limit 500`)
}

/** Where each answer is asked for. */
const STEP_OF: Readonly<Record<string, Step>> = {
  case: 'case',
  reason: 'case',
  from: 'case',
  to: 'case',
  hostId: 'host',
  place: 'host',
  decisionIssuer: 'decision',
  decisionIssuedOn: 'decision',
  decisionFile: 'file',
  review: 'review',
  phone: 'review',
}

export const stepOf = (field: string): Step => STEP_OF[field] ?? 'case'

/** The first step that lacks something; the look through when none does. */
export function firstOpen(state: Stay): Step {
  const open = new Set(missingAnswers(state).map(stepOf))
  return STEPS.find((step) => open.has(step)) ?? 'check'
}

export const mayWrite = (view: StayView): boolean =>
  (view.status === 'draft' || view.status === 'sent-back') && view.awaited.mine

/** The step whose form was sent. */
export const stepIn = (request: FastifyRequest): Step | undefined =>
  STEPS.find((each) => each === ((request.body ?? {}) as { step?: string }).step)

/** After a step was saved: the next one looks back at it first, and opens it again where it lacks something. */
export function pageAfterSaving(request: FastifyRequest, id: string): string {
  const { back, q } = (request.body ?? {}) as { back?: string; q?: string }
  const step = stepIn(request) ?? 'case'
  const next = back === 'check' ? 'check' : (STEPS[STEPS.indexOf(step) + 1] ?? 'check')
  const query = new URLSearchParams({
    after: step,
    ...(back === 'check' ? { back } : {}),
    ...(q ? { q } : {}),
  })
  return `${BASE}/${id}/request/${next}?${query.toString()}`
}

function registerSteps(server: FastifyInstance, web: Web): void {
  const config = {
    access: 'signed-in' as const,
    level: 'passkey' as const,
    scope: { id: 'dossier', step: 'word' } as const,
  }
  server.get(`${BASE}/:id/request/:step`, { config }, async (request, reply) => {
    const { id, step } = parse(AT_STEP, request.params)
    const { after, back, q } = parse(QUERY, request.query)
    const context = await contextOf(request, web)
    requireCovered(sessionOf(request).hat, TEMPORARY_TRANSFER)
    const view = await viewStay(web.database, id, context)
    if (!mayWrite(view)) return reply.redirect(`${BASE}/${id}`, 303)
    if (after && refusalAt(after, await stateOf(web, id, context), context)) {
      const query = new URLSearchParams({ again: 'yes', ...(back ? { back } : {}), ...(q ? { q } : {}) })
      return reply.redirect(`${BASE}/${id}/request/${after}?${query.toString()}`, 303)
    }
    return html(reply, await web.showPage(request, await showStep(web, request, id, step, context)))
  })
}

export async function showStep(
  web: Web,
  request: FastifyRequest,
  id: string,
  step: Step,
  context: Context,
  refused?: Refused,
): Promise<Page> {
  const { language } = request
  requireCovered(sessionOf(request).hat, TEMPORARY_TRANSFER)
  const view = await viewStay(web.database, id, context)
  const query = parse(QUERY, request.query)
  const body = (request.body ?? {}) as { back?: string; q?: string }
  const q = step === 'host' ? (query.q ?? body.q ?? '').trim() : ''
  const state = await stateOf(web, id, context)
  const { hostId } = view.answers
  const found =
    step === 'host' && q !== ''
      ? await findHosts(web.database.read, q, context.today, view.origin.committee.id)
      : []
  const chosen =
    hostId !== undefined && view.host.asked !== null && !found.some((each) => each.id === hostId)
      ? [{ id: hostId, name: view.host.asked, about: '' }]
      : []
  const own = step === 'check' ? daysRefusal(state, context) : query.again && refusalAt(step, state, context)
  const wrong = refused?.refusal ?? (own || undefined)
  return stepPage({
    step,
    view,
    language,
    csrf: sessionOf(request).csrf,
    commandId: newCommandId(),
    uploadId: newCommandId(),
    known: view.answers as DraftFields,
    written: refused && refused.command !== 'attach-file' ? writtenIn(request.body) : {},
    refused: wrong && refusedForm(web, { refusal: wrong, command: refused?.command ?? 'submit' }, language),
    query: q,
    found: [...found, ...chosen],
    nothingFound: step === 'host' && q !== '' && found.length === 0,
    fromCheck: query.back === 'check' || body.back === 'check',
    missing: missingAnswers(state).map((field) => ({ field, step: stepOf(field) })),
    stepOf,
    fresh: hasFreshSignIn(context.actor, context.at),
    queueing: step === 'check' ? await queueingOf(web, request) : undefined,
  })
}

export async function stateOf(web: Web, id: string, context: Context): Promise<Stay> {
  return (await web.database.transaction((write) => seenStay(write, id, context, 'nothing'))).state
}

/** That a stay is too short, too long or on impossible days is said before it is sent. */
const daysRefusal = ({ answers }: Stay, context: Context): Refusal | undefined =>
  refusalOf(() => refuseDays(answers, context))

/** What one step still lacks, or what is wrong with its days. */
function refusalAt(step: Step, state: Stay, context: Context): Refusal | undefined {
  const missing = missingAnswers(state).filter((field) => stepOf(field) === step)
  if (missing.length > 0)
    return new Refusal('invalid', 'temporary.incomplete', {
      fields: missing.map((field) => ({ field, code: 'missing' })),
    })
  const days = daysRefusal(state, context)
  return days?.fields.some(({ field }) => stepOf(field) === step) ? days : undefined
}
