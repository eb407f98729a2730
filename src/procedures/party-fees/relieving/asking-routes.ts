/** Requests over HTTP as their members see them: the list, the form, sending, withdrawing; and a member's, written by the cell on behalf. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../../identity/hats.ts'
import { addToMonth, monthOf } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { findAncestors } from '../../../registry/organisations/store.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { writtenIn } from '../../../web/form-drafts.ts'
import { formFields } from '../../../web/forms.ts'
import { contextOf, parse, sessionOf, STATUS } from '../../../web/http.ts'
import { html, newCommandId } from '../../../web/procedure-routes.ts'
import type { Page, Web } from '../../../web/web.ts'
import { memberHandledBy } from '../collecting/members.ts'
import { ID, SENDING } from '../declaring/contract.ts'
import { cellOf } from '../declaring/declare.ts'
import { handledBy, ownFeesOf, PARTY_FEES } from '../law/who.ts'
import { ask, withdraw } from './act.ts'
import { ANSWER, ASK_BODY, BY_DELEGATION, readAsking } from './contract.ts'
import { errorsOf } from './errors.ts'
import { FormPage } from './form-page.tsx'
import { OwnReliefsPage } from './own-page.tsx'
import { reliefsOf } from './store.ts'
import { RELIEVING_TEXTS } from './texts.ts'
import { deadlineOfRelief } from './until.ts'

/** Whose request it is, once the asker may make it. */
interface Subject {
  readonly memberId: string
  readonly action: string
  readonly back: string
  /** the member's name, where an officer writes on behalf */
  readonly onBehalfOf?: string
}
type Subjects = (request: FastifyRequest) => Promise<Subject>

const DONE = z.object({ done: z.enum(['asked', 'withdrawn']).optional().catch(undefined) })
const WITHDRAWING = z.object({ relief: z.uuid() })

export function registerAsking(server: FastifyInstance, web: Web): void {
  const own: Subjects = async (request) => {
    requireCovered(sessionOf(request).hat, PARTY_FEES)
    const { actor } = await contextOf(request, web)
    return { memberId: ownFeesOf(actor), action: '/fees/relief/new', back: '/fees/relief' }
  }
  const behalf: Subjects = async (request) => {
    requireCovered(sessionOf(request).hat, PARTY_FEES)
    const { actor, today } = await contextOf(request, web)
    const { id } = parse(ID, request.params)
    const { fullName } = await memberHandledBy(web.database.read, handledBy(actor), id, today)
    await keepShown(web, request, [id])
    const back = `/fees/members/${id}`
    return { memberId: id, action: `${back}/relief/new`, back, onBehalfOf: fullName }
  }
  registerOwn(server, web, own)
  registerForm(server, web, '/fees/relief/new', own, { access: 'signed-in' })
  registerForm(server, web, '/fees/members/:id/relief/new', behalf, {
    access: 'officer',
    scope: { id: 'fee-member' },
  })
  registerBehalf(server, web, behalf)
  registerApi(server, web, own)
}

function registerOwn(server: FastifyInstance, web: Web, own: Subjects): void {
  server.get('/fees/relief', { config: { access: 'signed-in' } }, async (request, reply) => {
    const { memberId } = await own(request)
    const { done } = parse(DONE, request.query)
    const { language } = request
    const texts = RELIEVING_TEXTS[language]
    const context = await contextOf(request, web)
    const children = OwnReliefsPage({
      texts,
      language,
      csrf: sessionOf(request).csrf,
      reliefs: await reliefsOf(web.database.read, memberId),
      deadlineOf: deadlineOfRelief(context, language),
      done: done && texts.own[done],
    })
    const back = { href: '/fees', text: texts.fees }
    return html(reply, await web.showPage(request, { title: texts.title, back, children }))
  })

  const config = { access: 'signed-in' as const, scope: { relief: 'part' as const } }
  server.post('/fees/relief/withdraw', { config }, async (request, reply) => {
    const { memberId } = await own(request)
    const { relief } = parse(WITHDRAWING, formFields(request.body))
    const by = sessionOf(request).memberId
    await withdraw(web.database, relief, { memberId, by, at: web.clock.now() })
    return reply.redirect('/fees/relief?done=withdrawn', 303)
  })
}

function registerBehalf(server: FastifyInstance, web: Web, behalf: Subjects): void {
  const config = {
    access: 'officer' as const,
    scope: { id: 'fee-member' as const, relief: 'part' as const },
  }
  server.post('/fees/members/:id/relief/withdraw', { config }, async (request, reply) => {
    const { memberId } = await behalf(request)
    const { relief } = parse(WITHDRAWING, formFields(request.body))
    const by = sessionOf(request).memberId
    const cell = sessionOf(request).hat.organisationId
    await withdraw(web.database, relief, { memberId, by, at: web.clock.now(), cell })
    return reply.redirect('/fees/reliefs?done=withdrawn', 303)
  })
}

interface Door {
  readonly access: 'signed-in' | 'officer'
  readonly scope?: { readonly id: 'fee-member' }
}

function registerForm(server: FastifyInstance, web: Web, url: string, subjectOf: Subjects, door: Door): void {
  const config = { access: door.access, scope: { ...door.scope } }

  server.get(url, { config }, async (request, reply) => {
    const subject = await subjectOf(request)
    const { today } = await contextOf(request, web)
    const next = addToMonth(monthOf(today), 1)
    const entered = { 'from-month': String(Number(next.slice(5))), 'from-year': next.slice(0, 4) }
    return html(reply, await web.showPage(request, await formPage(web, request, subject, entered)))
  })

  server.post(url, { config }, async (request, reply) => {
    const subject = await subjectOf(request)
    try {
      await send(web, request, subject)
    } catch (error) {
      return shownAgain(web, request, reply, subject, error)
    }
    const to = subject.onBehalfOf ? '/fees/reliefs?done=asked' : '/fees/relief?done=asked'
    return reply.redirect(to, 303)
  })
}

async function send(web: Web, request: FastifyRequest, { memberId, onBehalfOf }: Subject): Promise<void> {
  const fields = formFields(request.body)
  const { commandId: id } = parse(SENDING, fields)
  const askedBy = sessionOf(request).memberId
  const asked = readAsking(fields, onBehalfOf !== undefined)
  const deputy = onBehalfOf === undefined && askedBy !== memberId
  const said = deputy ? { saidBy: BY_DELEGATION } : {}
  // Who writes on behalf of oneself, in an office, asks for oneself.
  const own = askedBy === memberId ? { saidBy: undefined } : said
  await ask(
    web.database,
    { id, memberId, askedBy, asked: { ...asked, ...own } },
    await contextOf(request, web),
  )
}

async function formPage(
  web: Web,
  request: FastifyRequest,
  { memberId, action, back, onBehalfOf }: Subject,
  entered: Readonly<Record<string, string>>,
  errors: Readonly<Record<string, string>> = {},
): Promise<Page> {
  const { language } = request
  const texts = RELIEVING_TEXTS[language]
  const { today } = await contextOf(request, web)
  const { read } = web.database
  const cell = await cellOf(read, memberId)
  const children = FormPage({
    texts,
    language,
    csrf: sessionOf(request).csrf,
    commandId: newCommandId(),
    action,
    onBehalfOf,
    granters: await findAncestors(read, cell, today),
    entered,
    errors,
  })
  const title = onBehalfOf ? texts.form.onBehalfTitle : texts.form.title
  return { title, back: { href: back, text: onBehalfOf ?? texts.title }, children }
}

/** A form that cannot be taken comes back as it was written, with what is to be mended. */
async function shownAgain(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  subject: Subject,
  error: unknown,
): Promise<FastifyReply> {
  if (!(error instanceof Refusal) || error.fields.length === 0) throw error
  const entered = writtenIn(request.body)
  const errors = errorsOf(error, web, request, kindIn(entered))
  const page = await formPage(web, request, subject, entered, errors)
  return html(reply.code(STATUS[error.kind]), await web.showPage(request, page))
}

const kindIn = ({ kind }: Readonly<Record<string, string>>): 'late' | 'advance' | undefined =>
  kind === 'late' || kind === 'advance' ? kind : undefined

function registerApi(server: FastifyInstance, web: Web, own: Subjects): void {
  const api = { summary: 'Ask for a relief of one’s Party fee', body: ASK_BODY, response: ANSWER }
  const config = { access: 'signed-in' as const, scope: { by: 'open' as const }, api }
  server.post('/api/v1/fees/reliefs', { config }, async (request) => {
    const { memberId } = await own(request)
    const { commandId: id, ...asked } = parse(ASK_BODY, request.body ?? {})
    const askedBy = sessionOf(request).memberId
    const saidBy = askedBy === memberId ? undefined : BY_DELEGATION
    await ask(
      web.database,
      { id, memberId, askedBy, asked: { ...asked, saidBy } },
      await contextOf(request, web),
    )
    return { id }
  })
}
