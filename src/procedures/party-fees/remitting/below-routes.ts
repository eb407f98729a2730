/** What comes from below over HTTP: a month's list, money paid down and its answer, and one organisation's share. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { addToMonth, monthOf } from '../../../kernel/plain-date.ts'
import { settingsOn } from '../../../kernel/settings.ts'
import { getOrganisation } from '../../../registry/organisations/store.ts'
import { formFields } from '../../../web/forms.ts'
import { parse, sessionOf } from '../../../web/http.ts'
import { html, newCommandId } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { atOnce } from '../assessing/at-once.ts'
import { handlingOf } from '../collecting/handling.ts'
import { monthsOffered } from '../collecting/month.ts'
import { waitingFor } from '../following/waiting.ts'
import { transactionAgain } from '../paying/again.ts'
import { asked, FRESH, type Again } from './asked.ts'
import { belowOf, sumsBelow } from './below.ts'
import { BelowPage, SharePage } from './below-page.tsx'
import * as contract from './contract.ts'
import { confirmDrawing, heldFor, payDown, returnDrawing } from './drawings.ts'
import { getBelow, setShare, sharesSet } from './share-set.ts'
import { drawingsOf } from './remittances.ts'
import { REMITTING_TEXTS } from './texts.ts'

export function registerBelow(server: FastifyInstance, web: Web): void {
  registerList(server, web)
  registerDrawings(server, web)
  registerShares(server, web)
}

/** The month asked for, else the one that is due now: the one before. */
async function openBelow(web: Web, request: FastifyRequest) {
  const handling = await handlingOf(web, request)
  const query = parse(contract.BELOW_QUERY, request.query)
  const month = query.month ?? addToMonth(monthOf(handling.today), -1)
  return web.database.report(async (read) => {
    const settings = await settingsOn(read, handling.today)
    const all = await belowOf(read, handling.cell, month, { today: handling.today, settings })
    const { path } = await getOrganisation(read, handling.cell, handling.today)
    const held = await heldFor(read, handling.cell, path, handling.today)
    const drawings = await drawingsOf(read, handling.cell)
    const paid = drawings.filter(({ holderId }) => holderId === handling.cell)
    return { handling, query, month, all, held, paid, path }
  })
}

async function page(web: Web, request: FastifyRequest, again: Again): Promise<string> {
  const { handling, query, month, all, held, paid } = await openBelow(web, request)
  const { language } = request
  const texts = REMITTING_TEXTS[language]
  const { csrf, hat } = sessionOf(request)
  const children = BelowPage({
    texts,
    language,
    csrf,
    organisation: hat.organisationName,
    today: handling.today,
    month,
    months: monthsOffered(handling.today),
    standing: query.standing,
    page: parse(contract.PAGE_QUERY, request.query).page,
    all,
    sums: sumsBelow(all),
    waiting: await waitingFor(web.database.read, handling),
    held,
    newCommandId,
    paid,
    done: query.done && texts.done[query.done],
    ...again,
  })
  return web.showPage(request, { title: texts.below.title, width: 'wide', children })
}

function registerList(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const }

  server.get('/fees/remit/below', { config }, async (request, reply) =>
    html(reply, await page(web, request, FRESH)),
  )

  const api = {
    summary: 'What comes from directly below in a month',
    query: contract.BELOW_QUERY,
    response: contract.BELOW,
  }
  server.get('/api/v1/fees/remittances/below', { config: { ...config, api } }, async (request) => {
    const { month, query, all } = await openBelow(web, request)
    const { remitVnd, receivedVnd } = sumsBelow(all)
    const rows = all.filter(({ standing }) => !query.standing || standing === query.standing)
    return {
      month,
      remitVnd,
      receivedVnd,
      rows: rows.map(({ remittances, ...row }) => ({ ...row, remittances: remittances.map(({ id }) => id) })),
    }
  })
}

function registerDrawings(server: FastifyInstance, web: Web): void {
  const paying = { access: 'officer' as const, scope: { organisation: 'fee-below' as const } }
  server.post('/fees/remit/below/pay-down', { config: paying }, async (request, reply) => {
    const { cell, by, people, at, today } = await handlingOf(web, request)
    return asked(web, request, reply, {
      schema: contract.PAY_DOWN,
      act: async ({ organisation, amount, ...paid }) => {
        const { read } = web.database
        await getBelow(read, organisation, cell, today)
        const { path } = await getOrganisation(read, cell, today)
        const holder = { organisationId: cell, memberId: by, people }
        await transactionAgain(web.database, (write) =>
          payDown(
            write,
            { ...paid, organisationId: organisation, amountVnd: amount },
            { holder, path },
            { at, today },
          ),
        )
        return '/fees/remit/below?done=paid'
      },
      again: (again) => page(web, request, again),
    })
  })

  const answering = { access: 'officer' as const, scope: { drawing: 'fee-drawing' as const } }
  server.post('/fees/remit/drawings/:drawing/confirm', { config: answering }, async (request, reply) => {
    const { cell, by, people, at, today } = await handlingOf(web, request)
    const { drawing } = parse(contract.DRAWING_ADDRESS, request.params)
    const actor = { organisationId: cell, memberId: by, people }
    await transactionAgain(web.database, (write) => confirmDrawing(write, drawing, actor, { at, today }))
    return reply.redirect('/fees/remit?done=confirmed', 303)
  })
  server.post('/fees/remit/drawings/:drawing/return', { config: answering }, async (request, reply) => {
    const { cell, by, people, at, today } = await handlingOf(web, request)
    const { drawing } = parse(contract.DRAWING_ADDRESS, request.params)
    const { reason } = parse(contract.RETURN, formFields(request.body))
    const actor = { organisationId: cell, memberId: by, people }
    const returned = { id: drawing, reason }
    await transactionAgain(web.database, (write) => returnDrawing(write, returned, actor, { at, today }))
    return reply.redirect('/fees/remit?done=confirmed', 303)
  })
}

function registerShares(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const, scope: { organisation: 'fee-below' as const } }

  const show = async (request: FastifyRequest, again: Again): Promise<string> => {
    const { cell, today } = await handlingOf(web, request)
    const { organisation } = parse(contract.BELOW_ADDRESS, request.params)
    const { id, name } = await getBelow(web.database.read, organisation, cell, today)
    const { language } = request
    const texts = REMITTING_TEXTS[language]
    const rows = await sharesSet(web.database.read, id)
    const { csrf } = sessionOf(request)
    const children = SharePage({ texts, language, csrf, organisationId: id, name, rows, ...again })
    const back = { href: '/fees/remit/below', text: texts.below.title }
    return web.showPage(request, { title: texts.set.title, back, children })
  }

  server.get('/fees/remit/shares/:organisation', { config }, async (request, reply) =>
    html(reply, await show(request, FRESH)),
  )

  server.post('/fees/remit/shares/:organisation', { config }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { organisation } = parse(contract.BELOW_ADDRESS, request.params)
    const { id } = await getBelow(web.database.read, organisation, handling.cell, handling.today)
    return asked(web, request, reply, {
      schema: contract.SHARE_SET,
      act: async ({ keep, ...set }) => {
        await atOnce(web.database, (write) => setShare(write, id, { ...set, keepPercent: keep }, handling))
        return '/fees/remit/below?done=set'
      },
      again: (again) => show(request, again),
      words: REMITTING_TEXTS[request.language].set.errors,
    })
  })
}
