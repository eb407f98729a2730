/** The official transfer over HTTP: its commands through both doors, its page for every reader, half-filled forms, files. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../identity/hats.ts'
import { outagesWithin } from '../../identity/provider-watch.ts'
import { MEMBER_HAT } from '../../kernel/actor.ts'
import { INSPECTION_CHAIR } from '../../registry/offices/positions.ts'
import type { Write } from '../../kernel/db.ts'
import { formatInstant, formatWeekday, type Language } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { deadlineOf } from '../../web/deadline.ts'
import { draftsOf, forgetDrafts, keepDraft, writtenIn } from '../../web/form-drafts.ts'
import { contextOf, parse, sessionOf } from '../../web/http.ts'
import { newCommandId, procedureRoutes, type Refused } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import { COMMANDS, TRANSFER_VIEW, type TransferView } from './contract.ts'
import { SIGNING } from './law/rules.ts'
import { cellsOf, findDestinations } from './request/destinations.ts'
import { actTitle } from './act-titles.ts'
import { dossierPage } from './dossier-page.tsx'
import { registerFileRoutes } from './file-routes.ts'
import { isShown, needsComment, type Choices, type DossierPage, type ShownAction } from './page-data.ts'
import { OFFICIAL_TRANSFER, officialTransfer, type OfficialTransfer } from './procedure.ts'
import { mustQueue, queueingOf, waitingHere } from '../../web/queueing.ts'
import { refusedForm } from './refused.ts'
import { ownDossier, showCheck, showSupplement, WRITING } from './request/view.ts'
import type { EventType, Transfer } from './law/states.ts'
import { seenTransfer } from './seen.ts'
import { TRANSFER_TEXTS } from './texts.ts'
import { viewTransfer } from './view.ts'
import { since, wayOf } from './way.ts'

const ADDRESS = z.object({ id: z.uuid() })
const DRAFT_ADDRESS = z.object({ id: z.uuid(), form: z.string().regex(/^[a-z-]{1,60}$/) })
const PAGE_QUERY = z.object({
  do: z.string().optional().catch(undefined),
  queued: z.string().optional().catch(undefined),
  done: z.string().optional().catch(undefined),
  q: z.string().max(200).optional().catch(undefined),
})

export function registerTransferRoutes(server: FastifyInstance, web: Web): void {
  procedureRoutes(server, web, {
    pages: '/transfers',
    api: '/api/v1/official-transfers',
    procedure: forgettingDrafts(officialTransfer(web)),
    commands: COMMANDS,
    signing: SIGNING,
    scope: { destinationId: 'open', cellId: 'open', fileId: 'part' },
    answer: TRANSFER_VIEW,
    view: (request, dossierId, context) => viewFor(web, request, dossierId, context),
    page: (request, dossierId, context, refused) => showDossier(web, request, dossierId, context, refused),
    next: (_request, dossierId, command) =>
      command === 'submit'
        ? `/transfers/${dossierId}/sent`
        : `/transfers/${dossierId}${isShown(command) ? `?done=${command}` : ''}`,
  })

  const ofDossier = { access: 'signed-in', scope: { id: 'dossier' } } as const
  const ofForm = { access: 'signed-in', level: 'passkey', scope: { id: 'dossier', form: 'word' } } as const
  server.post('/transfers/:id/drafts/:form', { config: ofForm }, async (request, reply) => {
    const { id, form } = parse(DRAFT_ADDRESS, request.params)
    const context = await contextOf(request, web)
    await stateFor(web, request, id, context)
    await keepWritten(web, request, id, form, context)
    return reply.code(204).send()
  })

  server.get('/transfers/:id/sealing', { config: ofDossier }, async (request, reply) => {
    const { id } = parse(ADDRESS, request.params)
    const { status } = await stateFor(web, request, id, await contextOf(request, web))
    return reply.header('cache-control', 'no-store').send({ done: 0, finished: status !== 'sealing' })
  })

  registerFileRoutes(server, web)
}

/** A delegate sees what the delegation names, nothing else of the member's. */
function viewFor(web: Web, request: FastifyRequest, id: string, context: Context): Promise<TransferView> {
  requireCovered(sessionOf(request).hat, OFFICIAL_TRANSFER)
  return viewTransfer(web.database, id, context)
}

/** How far it is, for answers that show nothing of it. */
async function stateFor(web: Web, request: FastifyRequest, id: string, context: Context): Promise<Transfer> {
  requireCovered(sessionOf(request).hat, OFFICIAL_TRANSFER)
  const { state } = await web.database.transaction((write) => seenTransfer(write, id, context, 'nothing'))
  return state
}

/** What a form held is forgotten with the command it became; drafts of the request have their own end. */
function forgettingDrafts(procedure: OfficialTransfer): OfficialTransfer {
  const kept: ReadonlySet<EventType> = new Set([
    'transfer-drafted',
    'draft-saved',
    'file-attached',
    'file-detached',
  ])
  return {
    ...procedure,
    async consequences(write: Write, happened, context) {
      await procedure.consequences(write, happened, context)
      const { actor } = context
      if (actor.kind === 'person' && happened.events.some((event) => !kept.has(event.type)))
        await forgetDrafts(write, actor.memberId, happened.dossierId)
    },
  }
}

async function keepWritten(
  web: Web,
  request: FastifyRequest,
  dossierId: string,
  form: string,
  { at }: Context,
): Promise<void> {
  const { memberId } = sessionOf(request)
  await web.database.transaction((write) =>
    keepDraft(write, { memberId, dossierId, form }, writtenIn(request.body), at),
  )
}

/** The dossier's page; a refused form of the request is shown on the page it came from. */
async function showDossier(
  web: Web,
  request: FastifyRequest,
  id: string,
  context: Context,
  refused?: Refused,
): Promise<string> {
  const wrote = refused?.command === 'submit' || refused?.command === 'answer-supplement'
  if (wrote && sessionOf(request).hat.position === MEMBER_HAT) {
    const page = await requestAgain(web, request, id, context, refused)
    if (page) return page
  }
  const view = await viewFor(web, request, id, context)
  if (refused) await keepWritten(web, request, id, refused.command, context)
  return web.showPage(request, dossierPage(await pageData(web, request, view, context, refused)))
}

/** What the member sends is shown again where it was written; undefined once the dossier is elsewhere. */
async function requestAgain(
  web: Web,
  request: FastifyRequest,
  id: string,
  context: Context,
  { command, refusal, entered }: Refused,
): Promise<string | undefined> {
  const dossier = await ownDossier(web, request, id, context)
  if (command === 'submit' && WRITING.has(dossier.state.status))
    return web.showPage(request, await showCheck(web, request, dossier, context, refusal))
  if (command !== 'answer-supplement' || dossier.state.status !== 'supplement-requested') return undefined
  await keepWritten(web, request, id, command, context)
  return web.showPage(request, await showSupplement(web, request, dossier, context, { refusal, entered }))
}

async function pageData(
  web: Web,
  request: FastifyRequest,
  view: TransferView,
  context: Context,
  refused: Refused | undefined,
): Promise<DossierPage> {
  const { language } = request
  const { csrf, memberId, hat } = sessionOf(request)
  const query = parse(PAGE_QUERY, request.query)
  const asked = refused?.command ?? query.do
  const doing = isShown(asked) ? asked : undefined
  const drafts = await draftsOf(web.database.read, memberId, view.id)
  const written = refused ? { ...drafts, [refused.command]: writtenIn(request.body) } : drafts
  const { at, calendar, settings } = context
  const until = view.awaited.until
  const [queueing, waiting] = await Promise.all([
    queueingOf(web, request),
    waitingHere(web, memberId, view.id, language, actTitle),
  ])
  // One act waits at a time: a second one could only meet what the first one changes.
  const shown = shownActions(web, view, language)
  const actions = waiting ? shown.filter((action) => !mustQueue(queueing, action)) : shown
  return {
    view,
    language,
    csrf,
    today: context.today,
    commandIdOf: newCommandId,
    actions,
    queueing,
    waiting,
    justQueued: query.queued !== undefined,
    outages: await outagesOf(web, view, at, language),
    steps: wayOf(view, { language, at, calendar, settings }),
    deadline: until === null ? undefined : deadlineOf(new Date(until), at, calendar, language),
    doing,
    done: isShown(query.done) ? query.done : undefined,
    written,
    refused: refused && refusedForm(web, refused, language, sinceOf(view, refused.refusal, language)),
    fees: await feesToState(web, view, doing),
    // The cell's own officers look at its members' fees: not who stands in for them, nor by a delegation of transfers.
    feesHref:
      hat.organisationId === view.origin.cell.id && !hat.onBehalfOf
        ? `/fees/members/${view.member.id}`
        : undefined,
    choices: await choicesOf(web, view, context, doing, query.q ?? ''),
    presentBy: view.presentBy === null ? undefined : formatWeekday(view.presentBy, language),
    holdsHref: hat.position === INSPECTION_CHAIR ? `/members/${view.member.id}/holds` : undefined,
  }
}

/** Only where the cell is about to write its letter. */
function feesToState(web: Web, view: TransferView, doing: DossierPage['doing']) {
  const ofCell = needsComment(view) === 'cell' || needsComment(view) === 'grassroots-cell'
  return doing === 'sign-referral' && ofCell ? web.feesOf(web.database.read, view.member.id) : undefined
}

/** So many outages are told of at most. */
const MOST_OUTAGES = 5

/** When VNeID did not answer while the dossier was under way. */
async function outagesOf(web: Web, view: TransferView, at: Date, language: Language): Promise<string[]> {
  const first = view.timeline.at(0)
  const last = view.awaited.who === 'nobody' ? view.timeline.at(-1) : undefined
  if (!first) return []
  const outages = await outagesWithin(web.database.read, {
    from: new Date(first.at),
    to: last ? new Date(last.at) : at,
    limit: MOST_OUTAGES,
  })
  const { queue } = TRANSFER_TEXTS[language]
  const say = (instant: Date) => formatInstant(instant, language)
  return outages.map(({ beganAt, endedAt }) =>
    endedAt ? queue.outage(say(beganAt), say(endedAt)) : queue.outageNow(say(beganAt)),
  )
}

/** Nothing to show switched off: they come by themselves when it is their time. */
const UNTIMELY: ReadonlySet<string> = new Set([
  'transfer.not-overdue',
  'transfer.already-noted',
  'transfer.already-reminded',
])

function shownActions(web: Web, view: TransferView, language: DossierPage['language']): ShownAction[] {
  return view.actions.flatMap(({ command, refusal, needsFreshSignIn }) => {
    if (!isShown(command) || (refusal && UNTIMELY.has(refusal.code))) return []
    if (refusal === null) return [{ command, needsFreshSignIn }]
    const facts = refusal.facts as Refusal['facts']
    const { title, what } = web.wordsOf({ code: refusal.code, facts }, language)
    return [{ command, needsFreshSignIn, refused: { title, what, citation: refusal.citation } }]
  })
}

/** Somebody was faster: what they did. */
function sinceOf(view: TransferView, refusal: Refusal, language: DossierPage['language']) {
  const { expected } = refusal.facts
  return refusal.code === 'dossier.moved-on' && typeof expected === 'number'
    ? since(view, expected, language)
    : []
}

/** What is chosen among: cells of the receiving organisation, or a new destination by the words typed. */
async function choicesOf(
  web: Web,
  view: TransferView,
  { today }: Context,
  doing: DossierPage['doing'],
  query: string,
): Promise<Choices | undefined> {
  const { read } = web.database
  if (doing === 'assign-cell') {
    const receiver = view.awaited.organisation?.id
    return receiver === undefined ? undefined : { query, ...(await cellsOf(read, receiver, query, today)) }
  }
  if (doing !== 'void-referral') return undefined
  return { query, found: query === '' ? [] : await findDestinations(read, query, today), more: 0 }
}
