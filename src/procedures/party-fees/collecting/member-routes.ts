/** One member's fees over HTTP, for the cell: lines, adjusting, arrears, taking an approval back, how months are approved. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { recordNotice } from '../../../kernel/notices.ts'
import { addToMonth, firstDayOf, monthOf } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { keepView } from '../../../registry/readings/keeping.ts'
import { writtenIn } from '../../../web/form-drafts.ts'
import { formFields } from '../../../web/forms.ts'
import { parse, sessionOf, STATUS } from '../../../web/http.ts'
import { html } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { atOnce } from '../assessing/at-once.ts'
import {
  addArrears,
  adjustLine,
  linesSince,
  setAutoApprove,
  takeApprovalBack,
  type Change,
  type Handler,
} from '../assessing/lines.ts'
import { ID } from '../declaring/contract.ts'
import { refuseOwnAffair } from '../declaring/declare.ts'
import { ADJUST_BODY, ADJUSTING, ARREARS, AUTO, TAKING_BACK } from './contract.ts'
import { stayFeesOf } from '../../../registry/guests/stay-fees.ts'
import { handlingOf } from './handling.ts'
import { MemberPage } from './member-page.tsx'
import { memberHandledBy } from './members.ts'
import { COLLECTING_TEXTS, type CollectingTexts } from './texts.ts'

const DONES = ['adjusted', 'arrearsAdded', 'takenBack', 'autoSet'] as const
const DONE = z.object({ done: z.enum(DONES).optional().catch(undefined) })

/** How far back the page shows lines. */
const MONTHS_SHOWN = 24

interface Refused {
  readonly form: 'adjust' | 'arrears'
  readonly error: Refusal
}

const ONE = { access: 'officer', scope: { id: 'fee-member' } } as const

export function registerMemberFees(server: FastifyInstance, web: Web): void {
  server.get('/fees/members/:id', { config: ONE }, async (request, reply) => {
    const { done } = parse(DONE, request.query)
    return html(reply, await show(web, request, done))
  })
  registerForms(server, web)
  registerApi(server, web)
}

async function show(
  web: Web,
  request: FastifyRequest,
  done?: (typeof DONES)[number],
  refused?: Refused,
): Promise<string> {
  const { handling, memberId } = await opened(web, request)
  const { cell, today, at } = handling
  const { read } = web.database
  const { csrf, hat, memberId: reader } = sessionOf(request)
  const { position, organisationId, organisationName, onBehalfOf } = hat
  const viewer = { memberId: reader, position, organisationId, grantId: onBehalfOf?.grantId ?? null }
  await web.database.transaction((write) => keepView(write, { memberId, kind: 'record', viewer, at }))
  const { language } = request
  const texts = COLLECTING_TEXTS[language]
  const since = firstDayOf(addToMonth(monthOf(today), -MONTHS_SHOWN))
  const member = await memberHandledBy(read, cell, memberId, today)
  const stay = await stayFeesOf(read, memberId, today)
  const errors = refused ? errorsOf(refused.error, texts) : {}
  const children = MemberPage({
    texts,
    language,
    csrf,
    newId: randomUUID,
    organisation: organisationName,
    member,
    // The two cells of the stay know of it; a cell that only has old lines does not.
    stay: member.counted || stay?.hostId === cell ? stay : undefined,
    lines: await linesSince(read, memberId, cell, since),
    done: done && texts[done],
    form: refused?.form,
    entered: refused ? writtenIn(request.body) : {},
    errors,
    refused: refused && Object.keys(errors).length === 0 ? web.wordsOf(refused.error, language) : undefined,
  })
  const back = { href: '/fees/month', text: texts.title }
  return web.showPage(request, { title: texts.member, width: 'wide', back, children })
}

/** The member of the address, once the asker's cell handles that member's fees. */
async function opened(web: Web, request: FastifyRequest): Promise<{ handling: Handler; memberId: string }> {
  const handling = await handlingOf(web, request)
  const { id } = parse(ID, request.params)
  await memberHandledBy(web.database.read, handling.cell, id, handling.today)
  return { handling, memberId: id }
}

const FIELD_ERRORS: Readonly<Record<string, keyof CollectingTexts['errors']>> = {
  line: 'line',
  amount: 'amount',
  reason: 'reason',
  arrearsMonth: 'month',
  arrearsAmount: 'amount',
  arrearsReason: 'reason',
}

function errorsOf(refusal: Refusal, texts: CollectingTexts): Record<string, string> {
  return Object.fromEntries(
    refusal.fields.flatMap(({ field }) => {
      const name = field.split('.')[0] ?? ''
      const key = FIELD_ERRORS[name]
      return key ? [[name, texts.errors[key]]] : []
    }),
  )
}

function registerForms(server: FastifyInstance, web: Web): void {
  const form = (
    name: string,
    done: (typeof DONES)[number],
    act: (handling: Handler, memberId: string, fields: Record<string, unknown>) => Promise<void>,
    shownAgain?: Refused['form'],
  ) =>
    server.post(`/fees/members/:id/${name}`, { config: ONE }, async (request, reply) => {
      const { handling, memberId } = await opened(web, request)
      try {
        await act(handling, memberId, formFields(request.body))
        return await reply.redirect(`/fees/members/${memberId}?done=${done}`, 303)
      } catch (error) {
        if (!(error instanceof Refusal) || error.kind === 'not-found' || !shownAgain) throw error
        return refusedAgain(web, request, reply, { form: shownAgain, error })
      }
    })

  form(
    'adjust',
    'adjusted',
    (handling, memberId, fields) => {
      const { commandId: id, line, amount: amountVnd, reason } = parse(ADJUSTING, fields)
      return adjust(web, { memberId, ...line }, { id, amountVnd, reason }, handling)
    },
    'adjust',
  )
  form(
    'arrears',
    'arrearsAdded',
    (handling, memberId, fields) => {
      const { commandId: id, arrearsMonth, arrearsAmount, arrearsReason } = parse(ARREARS, fields)
      const change = { id, amountVnd: arrearsAmount, reason: arrearsReason }
      return addTo(web, memberId, arrearsMonth, change, handling)
    },
    'arrears',
  )
  form('take-back', 'takenBack', (handling, memberId, fields) => {
    const { line } = parse(TAKING_BACK, fields)
    return atOnce(web.database, (write) => takeApprovalBack(write, { memberId, ...line }, handling))
  })
  form('auto-approve', 'autoSet', (handling, memberId, fields) => {
    const { auto } = parse(AUTO, fields)
    return atOnce(web.database, (write) => setAutoApprove(write, memberId, auto === 'yes', handling))
  })
}

async function refusedAgain(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  refused: Refused,
): Promise<FastifyReply> {
  return html(reply.code(STATUS[refused.error.kind]), await show(web, request, undefined, refused))
}

/** Adjusts a line and tells the member. */
async function adjust(
  web: Web,
  address: { readonly memberId: string; readonly period: string; readonly number: number },
  change: Change,
  handling: Handler,
): Promise<void> {
  const { memberId, period } = address
  await atOnce(web.database, async (write) => {
    await refuseOwnAffair(write, memberId, handling)
    if (!(await adjustLine(write, address, change, handling))) return
    const facts = { period: monthOf(period) }
    await recordNotice(write, { to: { memberId }, code: 'party-fees.line-adjusted', facts, at: handling.at })
  })
}

/** Adds arrears to a month and tells the member. */
async function addTo(
  web: Web,
  memberId: string,
  month: string,
  change: Change,
  handling: Handler,
): Promise<void> {
  await atOnce(web.database, async (write) => {
    await refuseOwnAffair(write, memberId, handling)
    if (!(await addArrears(write, { memberId, period: firstDayOf(month) }, change, handling))) return
    const facts = { period: month }
    await recordNotice(write, { to: { memberId }, code: 'party-fees.arrears-added', facts, at: handling.at })
  })
}

function registerApi(server: FastifyInstance, web: Web): void {
  const api = {
    summary: 'Adjust an unpaid line of a member',
    body: ADJUST_BODY,
    response: z.object({ id: z.uuid() }),
  }
  server.post('/api/v1/fees/members/:id/adjust', { config: { ...ONE, api } }, async (request) => {
    const { handling, memberId } = await opened(web, request)
    const { commandId: id, period, number, amountVnd, reason } = parse(ADJUST_BODY, request.body ?? {})
    const address = { memberId, period: firstDayOf(period), number }
    await adjust(web, address, { id, amountVnd, reason }, handling)
    return { id }
  })
}
