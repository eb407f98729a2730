/** Declaring over HTTP: for oneself, and by the cell on behalf of a member (khai hộ): form, draft, review, sending, withdrawing. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { requireCovered } from '../../../identity/hats.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { draftsOf, forgetDraft, keepDraft, writtenIn } from '../../../web/form-drafts.ts'
import { formFields } from '../../../web/forms.ts'
import { contextOf, parse, sessionOf, STATUS } from '../../../web/http.ts'
import { html } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { memberHandledBy } from '../collecting/members.ts'
import { handledBy, ownFeesOf, PARTY_FEES } from '../law/who.ts'
import { DECLARATION_BODY, ID, readForm, SENDING } from './contract.ts'
import { declare, withdraw } from './declare.ts'
import { checkPage, declarePage, DRAFT_FORM, type Subject } from './pages-of.ts'

const DONE = z.object({ done: z.enum(['sent', 'withdrawn']).optional().catch(undefined) })
const WITHDRAWING = z.object({ declaration: z.uuid() })

/** Whose declaration a request is about, once the asker may make it. */
type Subjects = (request: FastifyRequest) => Promise<Subject>

export function registerDeclaring(server: FastifyInstance, web: Web): void {
  const own: Subjects = async (request) => {
    requireCovered(sessionOf(request).hat, PARTY_FEES)
    const { actor } = await contextOf(request, web)
    return { memberId: ownFeesOf(actor), base: '/fees/declare' }
  }
  const behalf: Subjects = async (request) => {
    requireCovered(sessionOf(request).hat, PARTY_FEES)
    const { actor, today } = await contextOf(request, web)
    const cell = handledBy(actor)
    const { id } = parse(ID, request.params)
    const { fullName } = await memberHandledBy(web.database.read, cell, id, today)
    if (request.method === 'GET') await keepShown(web, request, [id])
    return { memberId: id, base: `/fees/members/${id}/declare`, onBehalfOf: fullName }
  }
  registerPages(server, web, '/fees/declare', own, { access: 'signed-in' })
  registerPages(server, web, '/fees/members/:id/declare', behalf, {
    access: 'officer',
    scope: { id: 'fee-member' },
  })
  registerApi(server, web, own)
}

interface Door {
  readonly access: 'signed-in' | 'officer'
  readonly scope?: { readonly id: 'fee-member' }
}

function registerPages(
  server: FastifyInstance,
  web: Web,
  url: string,
  subjectOf: Subjects,
  door: Door,
): void {
  const config = { access: door.access, scope: { ...door.scope } }
  const named = { ...config, scope: { ...config.scope, declaration: 'part' as const } }

  server.get(url, { config }, async (request, reply) => {
    const subject = await subjectOf(request)
    const { done } = parse(DONE, request.query)
    const { today } = await contextOf(request, web)
    return html(reply, await web.showPage(request, await declarePage(web, request, subject, { today, done })))
  })

  server.post(`${url}/draft`, { config: { ...config, level: 'passkey' } }, async (request, reply) => {
    const subject = await subjectOf(request)
    await keep(web, request, subject)
    return reply.code(204).send()
  })

  server.post(url, { config: { ...config, level: 'passkey' } }, async (request, reply) => {
    const subject = await subjectOf(request)
    await keep(web, request, subject)
    try {
      readForm(formFields(request.body))
      return await reply.redirect(`${subject.base}/check`, 303)
    } catch (error) {
      return shownAgain(web, request, reply, subject, error)
    }
  })

  server.get(`${url}/check`, { config }, async (request, reply) => {
    const subject = await subjectOf(request)
    const { memberId } = sessionOf(request)
    const drafts = await draftsOf(web.database.read, memberId, subject.memberId)
    const draft = drafts[DRAFT_FORM]
    if (!draft) return reply.redirect(subject.base, 303)
    const { today } = await contextOf(request, web)
    try {
      const page = await checkPage(web, request, subject, readForm(formFields(draft)), today)
      return html(reply, await web.showPage(request, page))
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'request.invalid') throw error
      return reply.redirect(subject.base, 303)
    }
  })

  server.post(`${url}/send`, { config }, async (request, reply) => {
    const subject = await subjectOf(request)
    const fields = formFields(request.body)
    const { commandId } = parse(SENDING, fields)
    const declared = readForm(fields)
    const context = await contextOf(request, web)
    if (fields.declared !== 'yes') {
      const page = await checkPage(web, request, subject, declared, context.today, true)
      return html(reply.code(STATUS.invalid), await web.showPage(request, page))
    }
    const { memberId: writer } = sessionOf(request)
    const { memberId } = subject
    try {
      await declare(web.database, { id: commandId, memberId, ...declared, declaredBy: writer }, context)
    } catch (error) {
      return shownAgain(web, request, reply, subject, error)
    }
    await web.database.transaction((write) =>
      forgetDraft(write, { memberId: writer, dossierId: memberId, form: DRAFT_FORM }),
    )
    return reply.redirect(`${subject.base}?done=sent`, 303)
  })

  server.post(`${url}/withdraw`, { config: named }, async (request, reply) => {
    const subject = await subjectOf(request)
    const { declaration } = parse(WITHDRAWING, formFields(request.body))
    const by = sessionOf(request).memberId
    const at = web.clock.now()
    const onBehalf = subject.onBehalfOf !== undefined
    await withdraw(web.database, declaration, { memberId: subject.memberId, by, at, onBehalf })
    return reply.redirect(`${subject.base}?done=withdrawn`, 303)
  })
}

async function keep(web: Web, request: FastifyRequest, { memberId: dossierId }: Subject): Promise<void> {
  const { memberId } = sessionOf(request)
  const draft = { memberId, dossierId, form: DRAFT_FORM }
  await web.database.transaction((write) => keepDraft(write, draft, writtenIn(request.body), web.clock.now()))
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
  const { today } = await contextOf(request, web)
  const fields = writtenIn(request.body)
  const entered = 'fromPeriod' in fields ? boxedAgain(fields) : fields
  const page = await declarePage(web, request, subject, { today, entered, refusal: error })
  return html(reply.code(STATUS[error.kind]), await web.showPage(request, page))
}

function boxedAgain(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [year = '', month = ''] = (fields.fromPeriod ?? '').split('-')
  return { ...fields, 'fromPeriod-month': month, 'fromPeriod-year': year }
}

function registerApi(server: FastifyInstance, web: Web, own: Subjects): void {
  const api = {
    summary: 'Declare for one’s Party fee',
    body: DECLARATION_BODY,
    response: z.object({ id: z.uuid() }),
  }
  server.post('/api/v1/fees/declarations', { config: { access: 'signed-in', api } }, async (request) => {
    const { memberId } = await own(request)
    const { commandId: id, fromPeriod, facts } = parse(DECLARATION_BODY, request.body ?? {})
    const declaredBy = sessionOf(request).memberId
    await declare(
      web.database,
      { id, memberId, fromPeriod, facts, declaredBy },
      await contextOf(request, web),
    )
    return { id }
  })
}
