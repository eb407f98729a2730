/** The cell's declarations over HTTP: those that wait, one with what approving does, approving one or all ticked, giving back. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { monthOf } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { formFields } from '../../../web/forms.ts'
import { parse, sessionOf, STATUS } from '../../../web/http.ts'
import { html } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { planCatchUp } from '../assessing/catching-up.ts'
import { COLLECTING_TEXTS } from '../collecting/texts.ts'
import { FeeTabs } from '../fee-tabs.tsx'
import { handlingOf } from '../collecting/handling.ts'
import { waitingOnTabs } from '../following/waiting.ts'
import { CHOOSING, ID, RETURNING } from './contract.ts'
import { approve, giveBack, tryTariff } from './declare.ts'
import { DeclarationPage, WaitingPage } from './officer-pages.tsx'
import { feeInWords } from './pages-of.ts'
import { declarationIn, waitingIn } from './store.ts'
import { DECLARING_TEXTS } from './texts.ts'

const DONE = z.object({
  approved: z.coerce.number().int().min(0).max(500).optional().catch(undefined),
  done: z.literal('returned').optional().catch(undefined),
})

const WAITING = z.object({
  declarations: z.array(
    z.object({
      id: z.uuid(),
      memberId: z.uuid(),
      fromPeriod: z.string(),
      declaredAt: z.iso.datetime(),
      amountVnd: z.number().int().nullable(),
      refusal: z.string().nullable(),
    }),
  ),
})
const APPROVED = z.object({
  id: z.uuid(),
  months: z.array(
    z.object({ period: z.string(), step: z.string(), beforeVnd: z.number(), afterVnd: z.number() }),
  ),
})

export function registerCellDeclarations(server: FastifyInstance, web: Web): void {
  registerPages(server, web)
  registerActs(server, web)
  registerApi(server, web)
}

/** Those that wait with what the tariff says of each; showing them is a reading, and is kept. */
async function waitingFor(web: Web, request: FastifyRequest) {
  const handling = await handlingOf(web, request)
  const { read } = web.database
  const waiting = await waitingIn(read, handling.cell)
  await keepShown(
    web,
    request,
    waiting.map(({ memberId }) => memberId),
  )
  const tried = await Promise.all(waiting.map((each) => tryTariff(read, each, handling.today)))
  return waiting.map((each, place) => ({ ...each, tried: tried[place]! }))
}

function registerPages(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const }

  server.get('/fees/declarations', { config }, async (request, reply) => {
    const { approved, done } = parse(DONE, request.query)
    const { language } = request
    const texts = DECLARING_TEXTS[language]
    const waiting = await waitingFor(web, request)
    const declarations = waiting.map((each) => ({ ...each, fee: feeInWords(each.tried, web, request) }))
    const children = WaitingPage({
      texts,
      language,
      csrf: sessionOf(request).csrf,
      organisation: sessionOf(request).hat.organisationName,
      declarations,
      done: doneWords(language, approved, done),
      tabs: FeeTabs({
        language,
        current: 'declarations',
        counts: await waitingOnTabs(web.database.read, await handlingOf(web, request)),
      }),
    })
    return html(reply, await web.showPage(request, { title: texts.officerTitle, width: 'wide', children }))
  })

  const one = { ...config, scope: { id: 'fee-declaration' as const } }
  server.get('/fees/declarations/:id', { config: one }, async (request, reply) => {
    const { id } = parse(ID, request.params)
    const { approved, done } = parse(DONE, request.query)
    const page = await onePage(web, request, id, doneWords(request.language, approved, done))
    return html(reply, await web.showPage(request, page))
  })
}

function doneWords(language: 'vi' | 'en', approved?: number, done?: string): string | undefined {
  const texts = DECLARING_TEXTS[language]
  if (approved !== undefined) return texts.approved.replace('{count}', String(approved))
  return done === undefined ? undefined : texts.givenBack
}

async function onePage(web: Web, request: FastifyRequest, id: string, done?: string, error?: string) {
  const { cell, today } = await handlingOf(web, request)
  const { read } = web.database
  const declaration = await declarationIn(read, cell, id)
  await keepShown(web, request, [declaration.memberId])
  const tried = await tryTariff(read, declaration, today)
  const { memberId, fromPeriod, status } = declaration
  const begun = fromPeriod <= monthOf(today) && (status === 'submitted' || status === 'approved')
  const steps = begun ? await planCatchUp(read, memberId, fromPeriod, today, tried.outcomeOf) : []
  const { language } = request
  const texts = DECLARING_TEXTS[language]
  const children = DeclarationPage({
    texts,
    language,
    csrf: sessionOf(request).csrf,
    declaration,
    fee: feeInWords(tried, web, request),
    steps,
    done,
    error,
  })
  return { title: texts.title, back: { href: '/fees/declarations', text: texts.back }, children }
}

function registerActs(server: FastifyInstance, web: Web): void {
  const one = { access: 'officer' as const, scope: { id: 'fee-declaration' as const } }
  const many = { access: 'officer' as const, scope: { chosen: 'fee-declaration' as const } }

  server.post('/fees/declarations/approve', { config: many }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { chosen } = parse(CHOOSING, formFields(request.body))
    let approved = 0
    for (const id of chosen) if (await approve(web.database, id, handling)) approved += 1
    return reply.redirect(`/fees/declarations?approved=${approved}`, 303)
  })

  server.post('/fees/declarations/:id/approve', { config: one }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { id } = parse(ID, request.params)
    await approve(web.database, id, handling)
    return reply.redirect(`/fees/declarations/${id}?approved=1`, 303)
  })

  server.post('/fees/declarations/:id/return', { config: one }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { id } = parse(ID, request.params)
    const given = RETURNING.safeParse(formFields(request.body))
    if (!given.success) {
      await declarationIn(web.database.read, handling.cell, id)
      const { reason } = COLLECTING_TEXTS[request.language].errors
      const page = await onePage(web, request, id, undefined, reason)
      return html(reply.code(STATUS.invalid), await web.showPage(request, page))
    }
    await giveBack(web.database, id, given.data.reason, handling)
    return reply.redirect('/fees/declarations?done=returned', 303)
  })
}

function registerApi(server: FastifyInstance, web: Web): void {
  const one = { access: 'officer' as const, scope: { id: 'fee-declaration' as const } }
  const list = { summary: 'Declarations that wait for the cell', response: WAITING }
  server.get('/api/v1/fees/declarations', { config: { access: 'officer', api: list } }, async (request) => {
    const waiting = await waitingFor(web, request)
    return {
      declarations: waiting.map(({ id, memberId, fromPeriod, declaredAt, tried: { answer } }) => ({
        id,
        memberId,
        fromPeriod,
        declaredAt: declaredAt.toISOString(),
        amountVnd: answer instanceof Refusal ? null : answer.amountVnd,
        refusal: answer instanceof Refusal ? answer.code : null,
      })),
    }
  })

  const approving = { summary: 'Approve a declaration', response: APPROVED }
  server.post(
    '/api/v1/fees/declarations/:id/approve',
    { config: { ...one, api: approving } },
    async (request) => {
      const handling = await handlingOf(web, request)
      const { id } = parse(ID, request.params)
      const steps = (await approve(web.database, id, handling)) ?? []
      const months = steps.map(({ period, kind, beforeVnd, afterVnd }) => ({
        period,
        step: kind,
        beforeVnd,
        afterVnd,
      }))
      return { id, months }
    },
  )

  const returning = {
    summary: 'Give a declaration back with the reason',
    body: RETURNING,
    response: z.object({ id: z.uuid() }),
  }
  server.post(
    '/api/v1/fees/declarations/:id/return',
    { config: { ...one, api: returning } },
    async (request) => {
      const handling = await handlingOf(web, request)
      const { id } = parse(ID, request.params)
      await declarationIn(web.database.read, handling.cell, id)
      await giveBack(web.database, id, parse(RETURNING, request.body ?? {}).reason, handling)
      return { id }
    },
  )
}
