/** The guided request over HTTP: beginning, one question a page, the review, and what comes after sending. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../../identity/hats.ts'
import { MEMBER_HAT } from '../../../kernel/actor.ts'
import { todayIn } from '../../../kernel/plain-date.ts'
import { perform, type Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { derivedId } from '../../../web/command-ids.ts'
import { dayInWords } from '../../../web/deadline.ts'
import { forgetDraft, keepDraft, writtenIn } from '../../../web/form-drafts.ts'
import { formFields } from '../../../web/forms.ts'
import { contextOf, parse, sessionOf, STATUS } from '../../../web/http.ts'
import { ENVELOPE, html, newCommandId } from '../../../web/procedure-routes.ts'
import type { Page, Web } from '../../../web/web.ts'
import { ANSWERS } from '../contract.ts'
import { findDestinations } from './destinations.ts'
import { OFFICIAL_TRANSFER, officialTransfer } from '../procedure.ts'
import { beginPage, sentPage } from './page.tsx'
import { QUESTIONS, type Question } from './texts.ts'
import {
  ownDossier,
  pageAfter,
  questionsOf,
  showCheck,
  showQuestion,
  showSupplement,
  unanswered,
  WRITING,
  type Asked,
} from './view.ts'
import type { Answers } from '../law/states.ts'
import { findOpenTransfer } from '../store.ts'
import { viewTransfer } from '../view.ts'
import { awaitedName } from '../way.ts'
import { TRANSFER_TEXTS } from '../texts.ts'

const ADDRESS = z.object({ id: z.uuid() })
const AT_QUESTION = z.object({ id: z.uuid(), question: z.enum(QUESTIONS) })
const QUESTION_QUERY = z.object({
  from: z.literal('check').optional().catch(undefined),
  q: z.string().max(200).optional().catch(undefined),
  upload: z.literal('yes').optional().catch(undefined),
})
const BEGIN = z.object({ dossierId: z.uuid(), commandId: z.uuid() })
const SEARCH = z.object({ q: z.string().max(200).default('') })
const SUGGESTIONS = z.array(z.object({ value: z.uuid(), text: z.string(), about: z.string() }))

/** The answers each question asks for; those marked false may be left open. */
const ANSWERED_BY: Readonly<Record<Question, Readonly<Partial<Record<keyof Answers, boolean>>>>> = {
  reason: { reason: true, reasonText: true },
  decision: {
    decisionNumber: false,
    decisionIssuer: true,
    decisionIssuedOn: false,
    decisionEffectiveOn: true,
  },
  'decision-file': {},
  destination: { destinationId: true },
  review: { reviewFrom: true, reviewTo: true, strengths: true, weaknesses: true },
  contact: { phone: true, address: true, lastDayOn: false },
  late: { lateExplanation: true },
}

export function registerRequestRoutes(server: FastifyInstance, web: Web): void {
  /** everything here writes a draft; sending it is a command */
  const config = { access: 'signed-in' as const, level: 'passkey' as const }
  const own = { ...config, scope: { id: 'own-dossier' } as const }
  const question = { ...config, scope: { id: 'own-dossier', question: 'word' } as const }
  const show = async (request: FastifyRequest, reply: FastifyReply, page: Page, status = 200) =>
    html(reply.code(status), await web.showPage(request, page))

  server.get('/transfers/begin', { config }, async (request, reply) => {
    const { csrf, hat, memberId } = sessionOf(request)
    const ownHat = hat.position === MEMBER_HAT
    const open = ownHat && (await findOpenTransfer(web.database.read, hat.onBehalfOf?.memberId ?? memberId))
    if (open) return reply.redirect(`/transfers/${open.id}`, 303)
    const ids = { commandId: newCommandId(), dossierId: randomUUID() }
    return show(request, reply, beginPage({ language: request.language, csrf, ownHat, ...ids }))
  })

  server.post(
    '/transfers/begin',
    { config: { ...config, scope: { dossierId: 'new' } } },
    async (request, reply) => {
      const { dossierId, commandId } = parse(BEGIN, request.body)
      const { hat, memberId } = sessionOf(request)
      requireCovered(hat, OFFICIAL_TRANSFER)
      const command = { type: 'save-draft' as const, answers: {} }
      try {
        await perform(
          web.database,
          officialTransfer(web),
          { dossierId, commandId, command },
          await contextOf(request, web),
        )
      } catch (error) {
        const subject = hat.onBehalfOf?.memberId ?? memberId
        const open = await findOpenTransfer(web.database.read, subject)
        if (!(error instanceof Refusal) || error.code !== 'transfer.already-open' || !open) throw error
        return reply.redirect(`/transfers/${open.id}`, 303)
      }
      return reply.redirect(`/transfers/${dossierId}/questions/${QUESTIONS[0]}`, 303)
    },
  )

  server.get(
    '/transfers/destinations',
    { config: { ...config, api: { summary: 'Destinations by name', query: SEARCH, response: SUGGESTIONS } } },
    async (request) => {
      const { q } = parse(SEARCH, request.query)
      const found = await findDestinations(web.database.read, q, todayIn(web.clock.now()))
      return found.map(({ id, name, about }) => ({ value: id, text: name, about }))
    },
  )

  server.get('/transfers/:id/questions', { config: own }, async (request, reply) => {
    const { id } = parse(ADDRESS, request.params)
    const context = await contextOf(request, web)
    const { state } = await ownDossier(web, request, id, context)
    const next = WRITING.has(state.status) && (unanswered(state, context)[0] ?? 'check')
    return reply.redirect(next ? `/transfers/${id}/questions/${next}` : `/transfers/${id}`, 303)
  })

  server.get('/transfers/:id/questions/check', { config: own }, async (request, reply) => {
    const { id } = parse(ADDRESS, request.params)
    const context = await contextOf(request, web)
    const dossier = await ownDossier(web, request, id, context)
    if (!WRITING.has(dossier.state.status)) return reply.redirect(`/transfers/${id}`, 303)
    return show(request, reply, await showCheck(web, request, dossier, context))
  })

  server.get('/transfers/:id/questions/:question', { config: question }, async (request, reply) => {
    const { id, question } = parse(AT_QUESTION, request.params)
    const query = parse(QUESTION_QUERY, request.query)
    const context = await contextOf(request, web)
    const dossier = await ownDossier(web, request, id, context)
    if (!WRITING.has(dossier.state.status)) return reply.redirect(`/transfers/${id}`, 303)
    if (!questionsOf(dossier.state, context).includes(question))
      return reply.redirect(`/transfers/${id}/questions/check`, 303)
    const asked = { fromCheck: query.from === 'check', query: query.q, mayUpload: query.upload === 'yes' }
    return show(request, reply, await showQuestion(web, request, dossier, question, context, asked))
  })

  server.post('/transfers/:id/questions/:question', { config: question }, (request, reply) =>
    answer(web, request, reply),
  )

  server.get('/transfers/:id/supplement', { config: own }, async (request, reply) => {
    const { id } = parse(ADDRESS, request.params)
    const context = await contextOf(request, web)
    const dossier = await ownDossier(web, request, id, context)
    if (!['supplement-requested', 'papers-lost'].includes(dossier.state.status))
      return reply.redirect(`/transfers/${id}`, 303)
    const mayUpload = parse(QUESTION_QUERY, request.query).upload === 'yes'
    return show(request, reply, await showSupplement(web, request, dossier, context, { mayUpload }))
  })

  server.get('/transfers/:id/sent', { config: own }, async (request, reply) => {
    const { id } = parse(ADDRESS, request.params)
    const context = await contextOf(request, web)
    await ownDossier(web, request, id, context)
    const view = await viewTransfer(web.database, id, context)
    const received = view.timeline.findLast((event) => event.type === 'transfer-received')
    if (!received || !['received', 'blocked'].includes(view.status))
      return reply.redirect(`/transfers/${id}`, 303)
    const { language } = request
    const until = view.awaited.until
    const page = sentPage({
      language,
      dossierId: id,
      number: view.number ?? '',
      receivedAt: new Date(received.at),
      holder: awaitedName(view, TRANSFER_TEXTS[language]),
      until: until === null ? '' : dayInWords(new Date(until), context.calendar, language),
      blocked: view.status === 'blocked',
    })
    return show(request, reply, page)
  })
}

/** Saves one question and goes on; what cannot be taken is shown again as it was written. */
async function answer(web: Web, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { id, question } = parse(AT_QUESTION, request.params)
  const context = await contextOf(request, web)
  const dossier = await ownDossier(web, request, id, context)
  const { memberId } = sessionOf(request)
  const fields = formFields(request.body)
  const fromCheck = fields.from === 'check'
  try {
    const found = question === 'destination' ? await destinationOf(web, fields, context) : fields
    if ('q' in found) return reply.redirect(searchAddress(id, String(found.q), fromCheck), 303)
    const answers = answersTo(question, found)
    const { commandId } = parse(ENVELOPE, fields)
    const { state } = await perform(
      web.database,
      officialTransfer(web),
      {
        dossierId: id,
        // The same form sent again with something else written in it is another command.
        commandId: derivedId(`${commandId} ${JSON.stringify(answers)}`),
        command: { type: 'save-draft', answers },
      },
      context,
    )
    await web.database.transaction((write) =>
      forgetDraft(write, { memberId, dossierId: id, form: `question-${question}` }),
    )
    return reply.redirect(nextAddress(id, question, fromCheck, pageAfter(id, question, state, context)), 303)
  } catch (error) {
    if (!(error instanceof Refusal) || error.kind === 'not-found') throw error
    await web.database.transaction((write) =>
      keepDraft(
        write,
        { memberId, dossierId: id, form: `question-${question}` },
        writtenIn(request.body),
        context.at,
      ),
    )
    const asked: Asked = { refusal: error, entered: fields, fromCheck }
    const page = await showQuestion(web, request, dossier, question, context, asked)
    return html(reply.code(STATUS[error.kind]), await web.showPage(request, page))
  }
}

/** The destination shows its way before one goes on. */
function nextAddress(id: string, question: Question, fromCheck: boolean, next: string): string {
  if (question === 'destination')
    return `/transfers/${id}/questions/destination${fromCheck ? '?from=check' : ''}`
  return fromCheck ? `/transfers/${id}/questions/check` : next
}

function searchAddress(id: string, text: string, fromCheck: boolean): string {
  const query = new URLSearchParams({ q: text, ...(fromCheck ? { from: 'check' } : {}) })
  return `/transfers/${id}/questions/destination?${query.toString()}`
}

/** What was chosen; words alone are looked up, and several found become a list to choose from. */
async function destinationOf(
  web: Web,
  fields: Readonly<Record<string, unknown>>,
  { today }: Context,
): Promise<Readonly<Record<string, unknown>>> {
  if (fields.destinationId !== undefined) return { ...fields }
  const text = typeof fields.destination === 'string' ? fields.destination : ''
  if (text === '')
    throw new Refusal('invalid', 'request.invalid', { fields: [{ field: 'destination', code: 'missing' }] })
  const found = await findDestinations(web.database.read, text, today)
  return found.length === 1 ? { ...fields, destinationId: found[0]!.id } : { q: text }
}

/**
 * What one question's form says.
 *
 * @throws Refusal invalid `request.invalid` naming every field that is missing or cannot be taken
 */
function answersTo(question: Question, fields: Readonly<Record<string, unknown>>): Answers {
  const asked = ANSWERED_BY[question]
  const names = Object.keys(asked) as (keyof Answers)[]
  const given = Object.fromEntries(names.map((name) => [name, fields[name]]))
  const parsed = ANSWERS.safeParse(given)
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), code: issue.code }))
  const missing = names
    .filter((name) => asked[name] && (given[name] === undefined || given[name] === ''))
    .map((name) => ({ field: name, code: 'missing' }))
  const problems = [...missing, ...wrong.filter((each) => !missing.some(({ field }) => field === each.field))]
  if (problems.length > 0 || !parsed.success)
    throw new Refusal('invalid', 'request.invalid', { fields: problems })
  // What need not be answered and is left open is emptied.
  const emptied = names.filter((name) => !asked[name] && given[name] === undefined)
  return { ...parsed.data, ...Object.fromEntries(emptied.map((name) => [name, ''])) } as Answers
}
