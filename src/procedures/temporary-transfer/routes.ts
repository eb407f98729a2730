/** The temporary transfer over HTTP: its commands through both doors, the guided request, its page, the list of guests. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered, type WornHat } from '../../identity/hats.ts'
import { MEMBER_HAT } from '../../kernel/actor.ts'
import type { Read, Write } from '../../kernel/db.ts'
import { sql } from '../../kernel/db.ts'
import { perform, type Context } from '../../kernel/procedure.ts'
import { Refusal, refusalOf } from '../../kernel/refusal.ts'
import { mayReadMembers } from '../../registry/reader.ts'
import { keepShown } from '../../registry/readings/shown.ts'
import { deadlineOf } from '../../web/deadline.ts'
import { draftsOf, forgetDrafts, keepDraft, writtenIn, type DraftFields } from '../../web/form-drafts.ts'
import { contextOf, parse, sessionOf, STATUS } from '../../web/http.ts'
import { html, newCommandId, procedureRoutes, type Refused } from '../../web/procedure-routes.ts'
import type { Page, Web } from '../../web/web.ts'
import { COMMANDS, STAY_VIEW, type StayView } from './contract.ts'
import { dossierPage } from './dossier-page.tsx'
import { registerStayFiles } from './files.ts'
import { guestsPage } from './guests-page.tsx'
import { staysHere } from './guests.ts'
import { QUORUM_CITATION, RIGHTS_CITATION } from './law/rights.ts'
import { missingAnswers, refuseDuration } from './law/rules.ts'
import type { Answers, Stay } from './law/states.ts'
import { isShown, type ShownAction, type StayPage } from './page-data.ts'
import { temporaryTransfer, type TemporaryTransfer } from './procedure.ts'
import { seenStay } from './readers.ts'
import { refusedForm } from './refused.ts'
import { cellsOf, findHosts } from './request/hosts.ts'
import { beginPage, stepPage } from './request/page.tsx'
import { findOpenStay } from './store.ts'
import { TEMPORARY_TRANSFER } from './tasks.ts'
import { STEPS, type Step } from './texts.ts'
import { viewStay } from './view.ts'

const BASE = '/temporary-transfers'
const AT_STEP = z.object({ id: z.uuid(), step: z.enum(STEPS) })
const BEGIN = z.object({ dossierId: z.uuid(), commandId: z.uuid() })
const BEGIN_FOR = BEGIN.extend({ memberId: z.uuid() })
const QUERY = z.object({
  do: z.string().optional().catch(undefined),
  queued: z.string().optional().catch(undefined),
  done: z.string().optional().catch(undefined),
  q: z.string().max(200).optional().catch(undefined),
})

export function registerStayRoutes(server: FastifyInstance, web: Web): void {
  procedureRoutes(server, web, {
    pages: BASE,
    api: '/api/v1/temporary-transfers',
    procedure: forgettingDrafts(temporaryTransfer(web)),
    commands: COMMANDS,
    scope: { hostId: 'open', cellId: 'open', fileId: 'part' },
    answer: STAY_VIEW,
    view: (request, dossierId, context) => viewFor(web, request, dossierId, context),
    page: (request, dossierId, context, refused) => showDossier(web, request, dossierId, context, refused),
    next: (request, dossierId, command) => nextPage(request, dossierId, command),
  })
  registerBeginning(server, web)
  registerSteps(server, web)
  registerGuests(server, web)
  registerStayFiles(server, web, async (request, reply, id, context, refusal) => {
    const refused = { refusal, command: 'attach-file', entered: {} }
    const page = await showStep(web, request, id, 'decision', context, refused)
    return html(reply.code(STATUS[refusal.kind]), await web.showPage(request, page))
  })
}

const stepIn = (request: FastifyRequest): string | undefined =>
  ((request.body ?? {}) as { step?: string }).step

function nextPage(request: FastifyRequest, id: string, command: string): string {
  if (command === 'detach-file') return `${BASE}/${id}/request/decision`
  if (command === 'save-draft') {
    const at = STEPS.indexOf(stepIn(request) as Step)
    return `${BASE}/${id}/request/${STEPS[at + 1] ?? 'check'}`
  }
  return `${BASE}/${id}${isShown(command) ? `?done=${command}` : ''}`
}

function viewFor(web: Web, request: FastifyRequest, id: string, context: Context): Promise<StayView> {
  requireCovered(sessionOf(request).hat, TEMPORARY_TRANSFER)
  return viewStay(web.database, id, context)
}

/** What a form held is forgotten with the command it became. */
function forgettingDrafts(procedure: TemporaryTransfer): TemporaryTransfer {
  return {
    ...procedure,
    async consequences(write: Write, happened, context) {
      await procedure.consequences(write, happened, context)
      const { actor } = context
      if (actor.kind === 'person') await forgetDrafts(write, actor.memberId, happened.dossierId)
    },
  }
}

function registerBeginning(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in' as const, level: 'passkey' as const }
  server.get(`${BASE}/begin`, { config }, async (request, reply) => {
    const { csrf, hat, memberId } = sessionOf(request)
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
  decisionFile: 'decision',
  review: 'review',
  phone: 'review',
}

const mayWrite = (view: StayView): boolean =>
  (view.status === 'draft' || view.status === 'sent-back') && view.awaited.mine

function registerSteps(server: FastifyInstance, web: Web): void {
  const config = {
    access: 'signed-in' as const,
    level: 'passkey' as const,
    scope: { id: 'dossier', step: 'word' } as const,
  }
  server.get(`${BASE}/:id/request/:step`, { config }, async (request, reply) => {
    const { id, step } = parse(AT_STEP, request.params)
    const context = await contextOf(request, web)
    const view = await viewFor(web, request, id, context)
    if (!mayWrite(view)) return reply.redirect(`${BASE}/${id}`, 303)
    return html(reply, await web.showPage(request, await showStep(web, request, id, step, context)))
  })
}

async function showStep(
  web: Web,
  request: FastifyRequest,
  id: string,
  step: Step,
  context: Context,
  refused?: Refused,
): Promise<Page> {
  const { language } = request
  const view = await viewFor(web, request, id, context)
  const query = parse(QUERY, request.query).q?.trim() ?? ''
  const state = await stateOf(web, id, context)
  const { hostId } = view.answers
  const found = query === '' ? [] : await findHosts(web.database.read, query, context.today)
  const chosen =
    query === '' && hostId !== undefined ? [{ id: hostId, name: view.host.asked ?? hostId, about: '' }] : []
  const wrong = step === 'check' && !refused ? durationRefusal(state, context) : refused?.refusal
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
    query,
    found: [...found, ...chosen],
    missing: missingAnswers(state).map((field) => ({ field, step: STEP_OF[field] ?? 'case' })),
  })
}

async function stateOf(web: Web, id: string, context: Context): Promise<Stay> {
  return (await web.database.transaction((write) => seenStay(write, id, context, 'nothing'))).state
}

/** That a stay is too short or too long is said before it is sent. */
function durationRefusal({ answers }: Stay, { settings }: Context): Refusal | undefined {
  const { case: of, from, to } = answers as Partial<Answers>
  return of && from && to ? refusalOf(() => refuseDuration(of, from, to, settings)) : undefined
}

/** The dossier's page; a refused form of the request is shown on the step it came from. */
async function showDossier(
  web: Web,
  request: FastifyRequest,
  id: string,
  context: Context,
  refused?: Refused,
): Promise<string> {
  const view = await viewFor(web, request, id, context)
  if (refused && mayWrite(view)) {
    const wrote = stepIn(request)
    const step = refused.command === 'submit' ? 'check' : STEPS.find((each) => each === wrote)
    if (step) return web.showPage(request, await showStep(web, request, id, step, context, refused))
  }
  const { memberId } = sessionOf(request)
  if (refused)
    await web.database.transaction((write) =>
      keepDraft(
        write,
        { memberId, dossierId: id, form: refused.command },
        writtenIn(request.body),
        context.at,
      ),
    )
  return web.showPage(request, dossierPage(await pageData(web, request, view, context, refused)))
}

async function pageData(
  web: Web,
  request: FastifyRequest,
  view: StayView,
  context: Context,
  refused: Refused | undefined,
): Promise<StayPage> {
  const { language } = request
  const { csrf, memberId } = sessionOf(request)
  const query = parse(QUERY, request.query)
  const asked = refused?.command ?? query.do
  const doing = isShown(asked) ? asked : undefined
  const drafts = await draftsOf(web.database.read, memberId, view.id)
  const { until } = view.awaited
  const committee = view.host.committee?.id
  return {
    view,
    language,
    csrf,
    commandId: newCommandId(),
    actions: shownActions(web, view, language),
    deadline:
      until === null ? undefined : deadlineOf(new Date(until), context.at, context.calendar, language),
    doing,
    done: isShown(query.done) ? query.done : undefined,
    queued: query.queued !== undefined,
    written: refused ? writtenIn(request.body) : ((doing && drafts[doing]) ?? {}),
    refused: refused && refusedForm(web, refused, language),
    fees:
      doing === 'comment' || doing === 'write-return'
        ? await web.feesOf(web.database.read, view.member.id)
        : undefined,
    cells:
      doing === 'assign-cell' && committee ? await cellsOf(web.database.read, committee, context.today) : [],
  }
}

function shownActions(web: Web, view: StayView, language: StayPage['language']): ShownAction[] {
  return view.actions.flatMap(({ command, refusal, needsFreshSignIn }) => {
    if (!isShown(command)) return []
    // What was not asked of the cell is no act it lacks: it comes by itself, before the rating.
    if (refusal?.code === 'temporary.yearly-not-asked') return []
    if (refusal === null) return [{ command, needsFreshSignIn }]
    const { what } = web.wordsOf({ code: refusal.code, facts: refusal.facts as Refusal['facts'] }, language)
    return [{ command, needsFreshSignIn, refused: { what, citation: refusal.citation } }]
  })
}

/** The list of the organisation one acts in: it names members, so a system administrator does not read it. */
function registerGuests(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const }
  server.get(`${BASE}/guests`, { config }, async (request, reply: FastifyReply) => {
    const { hat } = sessionOf(request)
    if (!mayReadMembers(hat)) throw new Refusal('forbidden', 'registry.administrators-read-no-members')
    requireCovered(hat, TEMPORARY_TRANSFER)
    const { today } = await contextOf(request, web)
    const stays = await staysHere(web.database.read, hat.organisationId, today)
    await keepShown(web, request, stays.named)
    const page = guestsPage({
      language: request.language,
      guests: stays.guests,
      away: stays.away,
      quorum: stays.quorum && { ...stays.quorum, citation: QUORUM_CITATION },
      citation: RIGHTS_CITATION,
    })
    return html(reply, await web.showPage(request, page))
  })
}
