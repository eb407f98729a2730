/** What the pages of the request show: how far it is, what is known already, and each page put together. */
import type { FastifyRequest } from 'fastify'
import { h } from 'preact'
import { requireCovered } from '../../../identity/hats.ts'
import { actsForMember, hasFreshSignIn } from '../../../kernel/actor.ts'
import type { StoredDossier } from '../../../kernel/dossier.ts'
import {
  addMonths,
  formatDate,
  formatInstant,
  type Language,
  type PlainDate,
} from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { getMember } from '../../../registry/members/store.ts'
import { findOrganisation } from '../../../registry/organisations/store.ts'
import type { UploadedFile } from '../../../ui/file-field.tsx'
import { dayInWords } from '../../../web/deadline.ts'
import { draftsOf } from '../../../web/form-drafts.ts'
import { sessionOf } from '../../../web/http.ts'
import { newCommandId } from '../../../web/procedure-routes.ts'
import type { Page, Web } from '../../../web/web.ts'
import { findDestinations, previewRoute } from './destinations.ts'
import { OFFICIAL_TRANSFER } from '../procedure.ts'
import { queueingOf } from '../../../web/queueing.ts'
import { fieldErrors, refusedForm } from '../refused.ts'
import type { DestinationChoice, Known } from './fields.tsx'
import { checkPage, dayOrNothing, questionPage, RouteBox, type CheckRow } from './page.tsx'
import { QUESTIONS, REQUEST_TEXTS, type Question } from './texts.ts'
import { isLate, startBy } from '../law/rules.ts'
import type { FileRole, Status, Transfer } from '../law/states.ts'
import { seenTransfer } from '../seen.ts'
import { supplementPage } from './supplement-page.tsx'
import { TRANSFER_TEXTS } from '../texts.ts'
import { addedAt } from '../uploads.ts'

/** The statuses in which the member writes the request. */
export const WRITING: ReadonlySet<Status> = new Set(['draft', 'technically-rejected', 'returned'])

/** The member's own dossier, or one acted for under a delegation that names this procedure. */
export async function ownDossier(
  web: Web,
  request: FastifyRequest,
  id: string,
  context: Context,
): Promise<StoredDossier<Transfer>> {
  requireCovered(sessionOf(request).hat, OFFICIAL_TRANSFER)
  return web.database.transaction(async (write) => {
    const dossier = await seenTransfer(write, id, context, 'dossier')
    if (!actsForMember(context.actor, dossier.state.memberId))
      throw new Refusal('not-found', 'dossier.unknown')
    return dossier
  })
}

function late(transfer: Transfer, { today, calendar }: Context): boolean {
  return isLate(transfer.answers, transfer.startedOn ?? today, calendar)
}

/** The questions of this request: the last one only when it comes late. */
export function questionsOf(transfer: Transfer, context: Context): Question[] {
  return QUESTIONS.filter((question) => question !== 'late' || late(transfer, context))
}

const NEEDED: Readonly<Record<Question, (transfer: Transfer) => readonly unknown[]>> = {
  reason: ({ answers }) => [answers.reason, answers.reasonText],
  decision: ({ answers }) => [answers.decisionIssuer, answers.decisionEffectiveOn],
  'decision-file': ({ files }) => [files.find((file) => file.role === 'decision')],
  destination: ({ answers }) => [answers.destinationId],
  review: ({ answers }) => [answers.reviewFrom, answers.reviewTo, answers.strengths, answers.weaknesses],
  contact: ({ answers }) => [answers.phone, answers.address],
  late: ({ answers }) => [answers.lateExplanation],
}

/** The questions not answered yet. */
export function unanswered(transfer: Transfer, context: Context): Question[] {
  return questionsOf(transfer, context).filter((question) => !NEEDED[question](transfer).every(Boolean))
}

/** Where one goes on after a question: the next one, or the review. */
export function pageAfter(
  dossierId: string,
  question: Question,
  transfer: Transfer,
  context: Context,
): string {
  const questions = questionsOf(transfer, context)
  const next = questions[questions.indexOf(question) + 1] ?? 'check'
  return `/transfers/${dossierId}/questions/${next}`
}

/** Everything known: what was answered, what the registry says, the last twelve months. */
async function knownOf(web: Web, transfer: Transfer, { today }: Context): Promise<Known> {
  const member = await getMember(web.database.read, transfer.memberId)
  const address = [member.residenceDetail, member.residenceCommune, member.residenceProvince]
  return {
    reviewFrom: addMonths(today, -12),
    reviewTo: today,
    phone: member.phone ?? undefined,
    address: address.filter(Boolean).join(', ') || undefined,
    ...transfer.answers,
    declared: undefined,
  } as Known
}

/** Files that came for one purpose, each with its proof. */
export async function uploadedFiles(
  web: Web,
  dossier: StoredDossier<Transfer>,
  roles: readonly FileRole[],
  language: Language,
): Promise<UploadedFile[]> {
  const times = await addedAt(web.database, dossier.id)
  const words = TRANSFER_TEXTS[language]
  return dossier.state.files
    .filter((file) => roles.includes(file.role))
    .map((file) => {
      const at = times.get(file.id)
      return {
        id: file.id,
        name: file.name,
        about: [words.roles[file.role], file.pages === null ? '' : words.side.pages(file.pages)]
          .filter(Boolean)
          .join(', '),
        proof: file.sha256.slice(0, 16).replace(/(.{8})/, '$1 '),
        ...(at ? { received: formatInstant(at, language) } : {}),
        href: `/transfers/${dossier.id}/files/${file.id}`,
        removeAction: `/transfers/${dossier.id}/files/remove`,
      }
    })
}

/** Why a dossier came back to its member. */
function returnedFor(transfer: Transfer, language: Language): { title: string; reason: string } | undefined {
  const words = REQUEST_TEXTS[language]
  if (transfer.status === 'returned') return { title: words.returned, reason: transfer.lastReason ?? '' }
  if (transfer.status !== 'technically-rejected') return undefined
  const { defects } = TRANSFER_TEXTS[language]
  const reason = transfer.technicalDefects.map((defect) => defects[defect] ?? defects.other).join(' ')
  return { title: words.rejected, reason }
}

export interface Asked {
  readonly refusal?: Refusal | undefined
  readonly entered?: Readonly<Record<string, unknown>> | undefined
  readonly fromCheck: boolean
  /** words typed into the search for a destination */
  readonly query?: string | undefined
  readonly mayUpload?: boolean | undefined
}

/** One question's page. */
export async function showQuestion(
  web: Web,
  request: FastifyRequest,
  dossier: StoredDossier<Transfer>,
  question: Question,
  context: Context,
  asked: Asked,
): Promise<Page> {
  const { language } = request
  const transfer = dossier.state
  const session = sessionOf(request)
  const questions = questionsOf(transfer, context)
  const step = Math.max(0, questions.indexOf(question))
  const base = `/transfers/${dossier.id}/questions`
  const check = `${base}/check`
  const previous = step === 0 ? `/transfers/${dossier.id}` : `${base}/${questions[step - 1]}`
  const [known, written, files] = await Promise.all([
    knownOf(web, transfer, context),
    draftsOf(web.database.read, session.memberId, dossier.id),
    question === 'decision-file' ? uploadedFiles(web, dossier, ['decision'], language) : [],
  ])
  return questionPage({
    question,
    language,
    dossierId: dossier.id,
    csrf: session.csrf,
    commandId: newCommandId(),
    known,
    written: written[`question-${question}`] ?? {},
    step: step + 1,
    steps: questions.length,
    previous: asked.fromCheck ? check : previous,
    fromCheck: asked.fromCheck,
    nextHref: asked.fromCheck ? check : pageAfter(dossier.id, question, transfer, context),
    startBy: lastDayInWords(transfer, context, language),
    files,
    mayUpload: files.length > 0 || (asked.mayUpload ?? false),
    choice: question === 'destination' ? await choiceOf(web, transfer, context, asked, language) : undefined,
    errors: asked.refusal ? fieldErrors(asked.refusal, asked.entered ?? {}, language) : [],
    refused:
      asked.refusal && refusedForm(web, { refusal: asked.refusal, command: '', entered: {} }, language),
    returned: returnedFor(transfer, language),
  })
}

/** The last of the 60 working days; nothing for a day the calendar does not know. */
function lastDayInWords(transfer: Transfer, { calendar }: Context, language: Language): string | undefined {
  const from = transfer.answers.decisionEffectiveOn
  if (from === undefined) return undefined
  try {
    return formatDate(startBy(from, calendar), language)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

async function choiceOf(
  web: Web,
  transfer: Transfer,
  context: Context,
  asked: Asked,
  language: Language,
): Promise<DestinationChoice> {
  const { read } = web.database
  const query = asked.query?.trim() ?? ''
  if (query !== '') return { query, found: await findDestinations(read, query, context.today) }
  const { destinationId } = transfer.answers
  if (destinationId === undefined) return { query, found: [] }
  const [chosen, route] = await Promise.all([
    nameOfOrganisation(web, destinationId, context.today),
    previewRoute(web.database, transfer, context),
  ])
  if (!chosen) return { query, found: [] }
  if (route instanceof Refusal) {
    const words = web.wordsOf(route, language)
    return { query, found: [], chosen, refused: { ...words, why: words.why ?? '' } }
  }
  return { query, found: [], chosen, route: route && h(RouteBox, { language, route }) }
}

async function nameOfOrganisation(
  web: Web,
  id: string,
  day: PlainDate,
): Promise<{ name: string; about: string } | undefined> {
  const found = await findOrganisation(web.database.read, id, day)
  if (!found) return undefined
  const parent = found.parentId ? await findOrganisation(web.database.read, found.parentId, day) : undefined
  return { name: found.name, about: parent?.name ?? '' }
}

/** The review before sending, after a refusal with what is to be mended. */
export async function showCheck(
  web: Web,
  request: FastifyRequest,
  dossier: StoredDossier<Transfer>,
  context: Context,
  refused?: Refusal,
): Promise<Page> {
  const { language } = request
  const transfer = dossier.state
  const route = await previewRoute(web.database, transfer, context)
  const missing = unanswered(transfer, context)
  const wrongRoute = route instanceof Refusal && !missing.includes('destination')
  return checkPage({
    language,
    dossierId: dossier.id,
    version: dossier.version,
    csrf: sessionOf(request).csrf,
    commandId: newCommandId(),
    rows: await checkRows(web, transfer, context, language),
    missing: wrongRoute ? [...missing, 'destination'] : missing,
    fresh: hasFreshSignIn(context.actor, context.at),
    queueing: await queueingOf(web, request),
    route: route && !(route instanceof Refusal) ? h(RouteBox, { language, route }) : undefined,
    refused: refused && refusedForm(web, { refusal: refused, command: 'submit', entered: {} }, language),
    returned: returnedFor(transfer, language),
    startBy: startByLine(transfer, context, language),
  })
}

function startByLine(transfer: Transfer, context: Context, language: Language): string | undefined {
  const lastDay = lastDayInWords(transfer, context, language)
  if (lastDay === undefined) return undefined
  return late(transfer, context)
    ? REQUEST_TEXTS[language].late(lastDay)
    : REQUEST_TEXTS[language].inTime(lastDay)
}

async function checkRows(
  web: Web,
  transfer: Transfer,
  context: Context,
  language: Language,
): Promise<CheckRow[]> {
  const { answers, files } = transfer
  const words = REQUEST_TEXTS[language]
  const { request, reasons } = TRANSFER_TEXTS[language]
  const day = (date: string | undefined): string => dayOrNothing(date, language)
  const line = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(', ')
  const chosen = answers.destinationId
    ? await nameOfOrganisation(web, answers.destinationId, context.today)
    : undefined
  const effective = answers.decisionEffectiveOn && `${request.effective} ${day(answers.decisionEffectiveOn)}`
  const period =
    answers.reviewFrom && answers.reviewTo && request.period(day(answers.reviewFrom), day(answers.reviewTo))
  const values: Readonly<Record<Question, readonly (readonly [term: string, value: string])[]>> = {
    reason: [[words.short.reason, line(answers.reason && reasons[answers.reason], answers.reasonText)]],
    decision: [
      [
        words.short.decision,
        line(answers.decisionNumber, day(answers.decisionIssuedOn), answers.decisionIssuer, effective),
      ],
    ],
    'decision-file': [
      [
        words.short['decision-file'],
        line(...files.filter((file) => file.role === 'decision').map((file) => file.name)),
      ],
    ],
    destination: [[words.short.destination, line(chosen?.name, chosen?.about)]],
    review: [
      [words.short.review, period ?? ''],
      [request.strengths, answers.strengths ?? ''],
      [request.weaknesses, answers.weaknesses ?? ''],
    ],
    contact: [
      [words.short.contact, line(answers.phone, answers.address)],
      ...(answers.lastDayOn ? [[request.lastDay, day(answers.lastDayOn)] as const] : []),
    ],
    late: [[words.short.late, answers.lateExplanation ?? '']],
  }
  return questionsOf(transfer, context).flatMap((question) =>
    values[question].map(([term, value]) => ({ question, term, value })),
  )
}

/** The page that completes a dossier: a supplement asked for, or the police confirmation after a loss. */
export async function showSupplement(
  web: Web,
  request: FastifyRequest,
  dossier: StoredDossier<Transfer>,
  context: Context,
  asked: { refusal?: Refusal | undefined; entered?: Readonly<Record<string, unknown>>; mayUpload?: boolean },
): Promise<Page> {
  const { language } = request
  const session = sessionOf(request)
  const lost = dossier.state.status === 'papers-lost'
  const roles: FileRole[] = lost ? ['police-confirmation'] : ['supplement', 'decision', 'self-review']
  const [files, written] = await Promise.all([
    uploadedFiles(web, dossier, roles, language),
    draftsOf(web.database.read, session.memberId, dossier.id),
  ])
  const { dueAt, supplements } = dossier.state
  return supplementPage({
    language,
    dossierId: dossier.id,
    version: dossier.version,
    csrf: session.csrf,
    commandId: newCommandId(),
    answerCommandId: newCommandId(),
    queueing: session.level === 'passkey' ? await queueingOf(web, request) : undefined,
    items: lost ? null : (supplements.at(-1)?.items ?? []),
    until: dueAt === null ? '' : dayInWords(new Date(dueAt), context.calendar, language),
    files,
    mayUpload: asked.mayUpload ?? false,
    written: written['answer-supplement'] ?? {},
    errors: asked.refusal ? fieldErrors(asked.refusal, asked.entered ?? {}, language) : [],
    refused:
      asked.refusal && refusedForm(web, { refusal: asked.refusal, command: '', entered: {} }, language),
  })
}
