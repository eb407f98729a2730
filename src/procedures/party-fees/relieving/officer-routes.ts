/** Requests over HTTP as their handlers see them, in the cell and in the body that decides: the list, one, forwarding, deciding, ending. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { monthOf } from '../../../kernel/plain-date.ts'
import { Refusal, refusalOf } from '../../../kernel/refusal.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { writtenIn } from '../../../web/form-drafts.ts'
import { formFields } from '../../../web/forms.ts'
import { contextOf, parse, sessionOf, STATUS } from '../../../web/http.ts'
import { html } from '../../../web/procedure-routes.ts'
import type { Page, Web } from '../../../web/web.ts'
import type { Handler } from '../assessing/lines.ts'
import { peopleSince } from '../assessing/people.ts'
import { handlingOf } from '../collecting/handling.ts'
import { ID } from '../declaring/contract.ts'
import { FeeTabs } from '../fee-tabs.tsx'
import { waitingOnTabs } from '../following/waiting.ts'
import { actsOn, refuseDecider } from '../law/relief/rules.ts'
import { pageOfList } from '../page-of-list.ts'
import { end, forward, grant, isWrittenBy, refuse } from './act.ts'
import { amountsOf } from './amounts.ts'
import {
  ANSWER,
  DECIDE_BODY,
  FORWARD_BODY,
  LIST_ANSWER,
  readEnding,
  readGranting,
  readOpinion,
  readRefusing,
  type Relief,
} from './contract.ts'
import { errorsOf } from './errors.ts'
import { holdsFor, runsOut } from './holding.ts'
import { ListPage } from './list-page.tsx'
import { OnePage, type Turn } from './one-page.tsx'
import { reliefIn, reliefsAt } from './store.ts'
import { RELIEVING_TEXTS } from './texts.ts'
import { deadlineOfRelief } from './until.ts'

const DONES = ['forwarded', 'granted', 'refused', 'ended', 'asked', 'withdrawn'] as const
type Done = (typeof DONES)[number]
const DONE = z.object({ done: z.enum(DONES).optional().catch(undefined) })
const PAGE = z.object({ page: z.coerce.number().int().min(1).max(10_000).catch(1) })
const ROWS_A_PAGE = 50
/** So many are told to a program. */
const MOST_TOLD = 500
const ONE = { access: 'officer', scope: { id: 'fee-relief' } } as const

export function registerReliefs(server: FastifyInstance, web: Web): void {
  registerPages(server, web)
  registerActs(server, web)
  registerApi(server, web)
}

/** What the organisation has to do with; showing it is a reading of each. */
async function listed(web: Web, request: FastifyRequest, most: number, from = 0) {
  const { cell, today } = await handlingOf(web, request)
  const reliefs = await reliefsAt(web.database.read, cell, { now: monthOf(today), most, from })
  await keepShown(
    web,
    request,
    reliefs.rows.map(({ memberId }) => memberId),
  )
  return reliefs
}

const waits = ({ status }: Relief): boolean => status === 'asked' || status === 'forwarded'

function registerPages(server: FastifyInstance, web: Web): void {
  server.get('/fees/reliefs', { config: { access: 'officer' } }, async (request, reply) => {
    const { done } = parse(DONE, request.query)
    const { language } = request
    const texts = RELIEVING_TEXTS[language]
    const asked = parse(PAGE, request.query).page
    const from = (row: number) => listed(web, request, ROWS_A_PAGE, row)
    const { found, page, pages } = await pageOfList(asked, ROWS_A_PAGE, from, ({ total }) => total)
    const all = found.rows
    const context = await contextOf(request, web)
    const counts = await waitingOnTabs(web.database.read, await handlingOf(web, request))
    const waiting = all.filter(waits)
    const soon = all.filter((each) => runsOut(each, context.today))
    const running = all.filter(
      (each) => !soon.includes(each) && (holdsFor(each)?.until ?? '') >= context.today.slice(0, 7),
    )
    const children = ListPage({
      texts,
      language,
      organisation: sessionOf(request).hat.organisationName,
      waiting,
      soon,
      running,
      others: all.filter((each) => ![...waiting, ...soon, ...running].includes(each)),
      deadlineOf: deadlineOfRelief(context, language),
      page,
      pages,
      done: doneWords(language, done),
      tabs: FeeTabs({ language, current: 'reliefs', counts }),
    })
    return html(reply, await web.showPage(request, { title: texts.title, width: 'wide', children }))
  })

  server.get('/fees/reliefs/:id', { config: ONE }, async (request, reply) => {
    const { id } = parse(ID, request.params)
    const { done } = parse(DONE, request.query)
    return html(reply, await web.showPage(request, await onePage(web, request, id, done)))
  })
}

function doneWords(language: 'vi' | 'en', done: Done | undefined, relief?: Relief): string | undefined {
  if (!done) return undefined
  const texts = RELIEVING_TEXTS[language]
  if (done === 'withdrawn') return texts.own.withdrawn
  return texts.done[done].replace('{name}', relief?.deciderName ?? '')
}

/** There is a coming month to end it from, and it was not ended before. */
const mayEnd = (relief: Relief, today: string): boolean =>
  relief.endedFrom === null && (holdsFor(relief)?.until ?? '') > today.slice(0, 7)

/** What the reader may do with it now. */
function turnOf(relief: Relief, handler: Handler): Turn {
  const cellDecides = relief.organisationId === relief.deciderId
  const [act] = actsOn({ status: relief.status, cellDecides }).filter((each) => each !== 'withdraw')
  if (act === undefined || (act === 'end' && !mayEnd(relief, handler.today))) return 'over'
  if ((act === 'forward' ? relief.organisationId : relief.deciderId) !== handler.cell)
    return act === 'end' ? 'over' : 'elsewhere'
  if (act === 'decide' && refusalOf(() => refuseDecider(relief, handler.people))) return 'not-you'
  return act === 'end' && handler.people.includes(relief.memberId) ? 'not-you' : act
}

async function onePage(
  web: Web,
  request: FastifyRequest,
  id: string,
  done?: Done,
  shown: {
    readonly entered?: Readonly<Record<string, string>>
    readonly errors?: Readonly<Record<string, string>>
  } = {},
): Promise<Page> {
  const handler = await handlingOf(web, request)
  const { read } = web.database
  const relief = await reliefIn(read, handler.cell, id)
  await keepShown(web, request, [relief.memberId])
  const people = await peopleSince(read, handler.people, relief.askedAt)
  const { language } = request
  const texts = RELIEVING_TEXTS[language]
  const context = await contextOf(request, web)
  const children = OnePage({
    texts,
    language,
    csrf: sessionOf(request).csrf,
    relief,
    amounts: await amountsOf(read, relief, handler.today),
    turn: turnOf(relief, { ...handler, people }),
    mayWithdraw: waits(relief) && isWrittenBy(handler.cell, relief),
    deadline: waits(relief) ? deadlineOfRelief(context, language)(relief) : undefined,
    done: doneWords(language, done, relief),
    entered: shown.entered ?? {},
    errors: shown.errors ?? {},
  })
  return { title: texts.title, back: { href: '/fees/reliefs', text: texts.officer.back }, children }
}

/** How the form of a decision calls the fields of the law. */
const GRANT_FIELDS = { from: 'grantFrom', until: 'grantUntil' }

function registerActs(server: FastifyInstance, web: Web): void {
  const act = (
    name: string,
    done: Done,
    work: (id: string, handler: Handler, request: FastifyRequest) => Promise<unknown>,
  ) =>
    server.post(`/fees/reliefs/:id/${name}`, { config: ONE }, async (request, reply) => {
      const { id } = parse(ID, request.params)
      const handler = await handlingOf(web, request)
      try {
        await work(id, handler, request)
      } catch (error) {
        return shownAgain(web, request, reply, id, error)
      }
      return reply.redirect(`/fees/reliefs/${id}?done=${done}`, 303)
    })

  act('forward', 'forwarded', async (id, handler, request) => {
    await reliefIn(web.database.read, handler.cell, id)
    return forward(web.database, id, readOpinion(formFields(request.body)), handler)
  })
  act('grant', 'granted', async (id, handler, request) => {
    const { kind } = await reliefIn(web.database.read, handler.cell, id)
    const granting = readGranting(formFields(request.body), kind)
    return grant(web.database, id, granting, handler, await contextOf(request, web))
  })
  act('refuse', 'refused', async (id, handler, request) => {
    await reliefIn(web.database.read, handler.cell, id)
    return refuse(web.database, id, readRefusing(formFields(request.body)).reason, handler)
  })
  act('end', 'ended', async (id, handler, request) => {
    await reliefIn(web.database.read, handler.cell, id)
    return end(web.database, id, readEnding(formFields(request.body)), handler)
  })
}

/** A form that cannot be taken comes back as it was written, with what is to be mended. */
async function shownAgain(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  error: unknown,
): Promise<FastifyReply> {
  if (!(error instanceof Refusal) || error.fields.length === 0) throw error
  const entered = writtenIn(request.body)
  const errors = errorsOf(error, web, request, undefined, GRANT_FIELDS)
  const page = await onePage(web, request, id, undefined, { entered, errors })
  return html(reply.code(STATUS[error.kind]), await web.showPage(request, page))
}

function registerApi(server: FastifyInstance, web: Web): void {
  const list = { summary: 'Requests for relief that one’s organisation handles', response: LIST_ANSWER }
  server.get('/api/v1/fees/reliefs', { config: { access: 'officer', api: list } }, async (request) => ({
    reliefs: (await listed(web, request, MOST_TOLD)).rows.map(
      ({ id, memberId, kind, from, until, status, dueOn, grantedFrom, grantedUntil }) => ({
        id,
        memberId,
        kind,
        from,
        until,
        status,
        dueOn,
        grantedFrom,
        grantedUntil,
      }),
    ),
  }))

  const forwarding = {
    summary: 'Hand a request up with the cell’s opinion',
    body: FORWARD_BODY,
    response: ANSWER,
  }
  server.post(
    '/api/v1/fees/reliefs/:id/forward',
    { config: { ...ONE, api: forwarding } },
    async (request) => {
      const { id } = parse(ID, request.params)
      const handler = await handlingOf(web, request)
      await reliefIn(web.database.read, handler.cell, id)
      const { opinion, reason } = parse(FORWARD_BODY, request.body ?? {})
      await forward(web.database, id, { opinion, reason }, handler)
      return { id }
    },
  )

  const deciding = { summary: 'Grant or refuse a request', body: DECIDE_BODY, response: ANSWER }
  server.post('/api/v1/fees/reliefs/:id/decide', { config: { ...ONE, api: deciding } }, async (request) => {
    const { id } = parse(ID, request.params)
    const handler = await handlingOf(web, request)
    await reliefIn(web.database.read, handler.cell, id)
    const given = parse(DECIDE_BODY, request.body ?? {})
    if (given.decision === 'refuse') await refuse(web.database, id, given.reason, handler)
    else await grant(web.database, id, given, handler, await contextOf(request, web))
    return { id }
  })
}
