/** The temporary transfer over HTTP: its commands through both doors, its page, the list of guests. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../identity/hats.ts'
import type { Write } from '../../kernel/db.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { endOfWorkingDay } from '../../kernel/working-time.ts'
import { mayReadMembers } from '../../registry/reader.ts'
import { workbookOf, XLSX_TYPE } from '../../registry/list-workbook.ts'
import { keepShown } from '../../registry/readings/shown.ts'
import { deadlineOf } from '../../web/deadline.ts'
import { draftsOf, forgetDrafts, keepDraft, writtenIn } from '../../web/form-drafts.ts'
import { contextOf, parse, sessionOf, STATUS } from '../../web/http.ts'
import { html, newCommandId, procedureRoutes, type Refused } from '../../web/procedure-routes.ts'
import { mustQueue, queueingOf, waitingHere } from '../../web/queueing.ts'
import type { Web } from '../../web/web.ts'
import { COMMANDS, STAY_VIEW, type StayView } from './contract.ts'
import { SIGNING } from './law/rules.ts'
import { dossierPage } from './dossier-page.tsx'
import { registerStayFiles } from './files.ts'
import { guestsPage, sheetOfStays } from './guests-page.tsx'
import { staysHere } from './guests.ts'
import { QUORUM_CITATION, RIGHTS_CITATION } from './law/rights.ts'
import { actTitle, isShown, type ShownAction, type StayPage } from './page-data.ts'
import { temporaryTransfer, type TemporaryTransfer } from './procedure.ts'
import { refusedForm } from './refused.ts'
import { cellsOf } from './request/hosts.ts'
import {
  firstOpen,
  mayWrite,
  pageAfterSaving,
  registerRequest,
  showStep,
  stateOf,
  stepIn,
} from './request/routes.ts'
import { TEMPORARY_TRANSFER } from './tasks.ts'
import { viewStay } from './view.ts'

const BASE = '/temporary-transfers'
const QUERY = z.object({
  do: z.string().optional().catch(undefined),
  queued: z.string().optional().catch(undefined),
  done: z.string().optional().catch(undefined),
})

export function registerStayRoutes(server: FastifyInstance, web: Web): void {
  procedureRoutes(server, web, {
    pages: BASE,
    api: '/api/v1/temporary-transfers',
    procedure: forgettingDrafts(temporaryTransfer(web)),
    commands: COMMANDS,
    signing: SIGNING,
    scope: { hostId: 'open', cellId: 'open', fileId: 'part' },
    answer: STAY_VIEW,
    view: (request, dossierId, context) => viewFor(web, request, dossierId, context),
    page: (request, dossierId, context, refused) => showDossier(web, request, dossierId, context, refused),
    next: (request, dossierId, command) => nextPage(request, dossierId, command),
  })
  registerRequest(server, web)
  registerGuests(server, web)
  registerStayFiles(server, web, async (request, reply, id, context, refusal) => {
    const refused = { refusal, command: 'attach-file', entered: {} }
    const page = await showStep(web, request, id, 'file', context, refused)
    return html(reply.code(STATUS[refusal.kind]), await web.showPage(request, page))
  })
}

function nextPage(request: FastifyRequest, id: string, command: string): string {
  if (command === 'detach-file') return `${BASE}/${id}/request/file`
  if (command === 'save-draft') return pageAfterSaving(request, id)
  return `${BASE}/${id}${isShown(command) || command === 'submit' ? `?done=${command}` : ''}`
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
    const step = refused.command === 'submit' ? 'check' : stepIn(request)
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
    commandId: newCommandId(),
    actions,
    queueing,
    waiting,
    justQueued: query.queued !== undefined,
    deadline:
      until === null ? undefined : deadlineOf(new Date(until), context.at, context.calendar, language),
    doing,
    done: isShown(query.done) || query.done === 'submit' ? query.done : undefined,
    goOnAt: mayWrite(view) ? firstOpen(await stateOf(web, view.id, context)) : undefined,
    known: knownFor(view, doing, context),
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

/** What the form of an act comes filled in with, beside the books: from the request and the day. */
function knownFor(view: StayView, doing: StayPage['doing'], { today }: Context): StayPage['known'] {
  if (doing === 'admit') return { meetingOn: today }
  return doing === 'assign-cell' && view.answers.hostId ? { cellId: view.answers.hostId } : {}
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
  const staysOf = async (request: FastifyRequest, kind: 'list' | 'export') => {
    const { hat } = sessionOf(request)
    if (!mayReadMembers(hat)) throw new Refusal('forbidden', 'registry.administrators-read-no-members')
    requireCovered(hat, TEMPORARY_TRANSFER)
    const context = await contextOf(request, web)
    const stays = await staysHere(web.database.read, hat.organisationId, context.today)
    await keepShown(web, request, stays.named, kind)
    return { stays, context }
  }

  server.get(`${BASE}/guests`, { config }, async (request, reply: FastifyReply) => {
    const { language } = request
    const { stays, context } = await staysOf(request, 'list')
    const page = guestsPage({
      language,
      guests: stays.guests,
      away: stays.away,
      quorum: stays.quorum && { ...stays.quorum, citation: QUORUM_CITATION },
      citation: RIGHTS_CITATION,
      deadlineOf: (until) =>
        deadlineOf(endOfWorkingDay(context.calendar, until), context.at, context.calendar, language),
    })
    return html(reply, await web.showPage(request, page))
  })

  server.get(
    `${BASE}/guests.xlsx`,
    { config: { ...config, cost: 'heavy' as const } },
    async (request, reply) => {
      const { stays } = await staysOf(request, 'export')
      return reply
        .type(XLSX_TYPE)
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="sinh-hoat-tam-thoi.xlsx"')
        .send(await workbookOf(sheetOfStays(stays, request.language)))
    },
  )
}
