/** One remittance over HTTP: its page with the code to pay by, each step, its receipt; for both sides, and for programs. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal, refusalOf } from '../../../kernel/refusal.ts'
import { findBank } from '../../../payments/banks.ts'
import { qrPng } from '../../../payments/qr-png.ts'
import { parse, sessionOf } from '../../../web/http.ts'
import { html } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import type { Handler } from '../assessing/lines.ts'
import { handlingOf } from '../collecting/handling.ts'
import { allocationKept } from '../law/allocation.ts'
import { requireMayReceive, requireMayReturn, requireMaySend } from '../law/remittance.ts'
import { transactionAgain } from '../paying/again.ts'
import { qrTextOf, type Account } from '../paying/orders.ts'
import { asked, FRESH, type Again } from './asked.ts'
import { toSend } from './booked.ts'
import * as contract from './contract.ts'
import { ownAccount, ownSourceOf } from './place.ts'
import { openRemittanceReceipt } from './receipt.ts'
import { areSidesThere, getRemittance, giveBack, linked, receive, send } from './remit.ts'
import { toldRemittance } from './remit-routes.ts'
import { RemittancePage } from './remittance-page.tsx'
import type { Remittance } from './remittances.ts'
import { REMITTING_TEXTS } from './texts.ts'
import { inHandOf } from './unshared.ts'

const config = { access: 'officer' as const, scope: { id: 'fee-remittance' as const } }

interface Looked {
  readonly it: Remittance
  readonly handling: Handler
}

/** The remittance in the address, for one of its two sides. */
async function look(web: Web, request: FastifyRequest): Promise<Looked> {
  const { id } = parse(contract.ADDRESS, request.params)
  const handling = await handlingOf(web, request)
  return { it: await getRemittance(web.database.read, id, handling.cell), handling }
}

export function registerRemittances(server: FastifyInstance, web: Web): void {
  server.get('/fees/remit/:id', { config }, async (request, reply) => {
    const { done } = parse(contract.REMIT_QUERY, request.query)
    return html(reply, await page(web, request, await look(web, request), FRESH, done))
  })
  registerSteps(server, web)

  server.get('/fees/remit/:id/qr.png', { config }, async (request, reply) => {
    const { it, handling } = await look(web, request)
    const account = await accountFor(web, it)
    if (!account || toSend(it) === 0) throw new Refusal('against-rule', 'party-fees.no-account-above')
    const text = await qrTextOf({ key: it.key, amountVnd: toSend(it) }, account, handling.today)
    return reply
      .type('image/png')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'inline; filename="ma-qr-nop-cap-tren.png"')
      .send(qrPng(text))
  })

  server.get(
    '/fees/remit/:id/receipt.pdf',
    { config: { ...config, cost: 'heavy' as const } },
    async (request, reply) => {
      const { it, handling } = await look(web, request)
      const pdf = await transactionAgain(web.database, (write) =>
        openRemittanceReceipt(write, web, it, handling.at),
      )
      return reply
        .type('application/pdf')
        .header('cache-control', 'no-store')
        .header(
          'content-disposition',
          `inline; filename="bien-nhan-${it.receiptNumber}-${it.receiptYear}.pdf"`,
        )
        .send(Buffer.from(pdf))
    },
  )

  const api = {
    summary: 'A remittance, for its organisation and the one above',
    response: contract.REMITTANCE,
  }
  server.get('/api/v1/fees/remittances/:id', { config: { ...config, api } }, async (request) =>
    toldRemittance((await look(web, request)).it),
  )
}

/** Each step as what is asked, and what does it. */
const STEPS = {
  send: {
    summary: 'Say that the money was sent',
    schema: contract.SEND,
    done: 'sent',
    act: (web: Web, { it, handling }: Looked, fields: SendFields) =>
      transactionAgain(web.database, (write) =>
        send(write, { id: it.id, ...fields }, actorOf(handling), handling),
      ),
  },
  receive: {
    summary: 'Confirm that the money came',
    schema: contract.RECEIVE,
    done: 'received',
    act: (web: Web, { it, handling }: Looked, fields: { on: string }) =>
      transactionAgain(web.database, (write) =>
        receive(write, { id: it.id, ...fields }, actorOf(handling), handling),
      ),
  },
  return: {
    summary: 'Move it back, with the reason',
    schema: contract.RETURN,
    done: 'returned',
    act: (web: Web, { it, handling }: Looked, fields: { reason: string }) =>
      transactionAgain(web.database, (write) =>
        giveBack(write, { id: it.id, ...fields }, actorOf(handling), handling),
      ),
  },
} as const
type SendFields = ReturnType<typeof contract.SEND.parse>

const actorOf = ({ cell, by, people }: Handler) => ({ organisationId: cell, memberId: by, people })

function registerSteps(server: FastifyInstance, web: Web): void {
  for (const name of Object.keys(STEPS) as (keyof typeof STEPS)[]) {
    const step = STEPS[name]
    server.post(`/fees/remit/:id/${name}`, { config }, async (request, reply) => {
      const looked = await look(web, request)
      return asked(web, request, reply, {
        schema: step.schema as never,
        act: async (fields) => {
          await step.act(web, looked, fields as never)
          return `/fees/remit/${looked.it.id}?done=${step.done}`
        },
        again: async (again) => page(web, request, await look(web, request), again),
      })
    })

    const api = { summary: step.summary, body: step.schema, response: contract.REMITTANCE }
    server.post(`/api/v1/fees/remittances/:id/${name}`, { config: { ...config, api } }, async (request) => {
      const looked = await look(web, request)
      await step.act(web, looked, parse(step.schema as never, request.body))
      return toldRemittance((await look(web, request)).it)
    })
  }
}

const accountFor = async (web: Web, { superiorId }: Remittance): Promise<Account | undefined> =>
  superiorId === null ? undefined : ownAccount(web.database.read, superiorId)

async function page(
  web: Web,
  request: FastifyRequest,
  { it, handling }: Looked,
  again: Again,
  done?: contract.Done,
): Promise<string> {
  const { language } = request
  const texts = REMITTING_TEXTS[language]
  const { read } = web.database
  const [account, inHand, source, sidesThere] = await Promise.all([
    accountFor(web, it),
    inHandOf(read, handling.cell),
    ownSourceOf(read, it.organisationId, it.rule),
    areSidesThere(read, it, handling.today),
  ])
  const actor = await linked(read, actorOf(handling), it.madeAt)
  const may = (act: () => void) => refusalOf(act) === undefined
  const side = handling.cell === it.organisationId ? ('own' as const) : ('above' as const)
  const children = RemittancePage({
    texts,
    language,
    it,
    side,
    may: {
      send: may(() => requireMaySend(it, actor)),
      receive: may(() => requireMayReceive(it, actor)),
      return: sidesThere && may(() => requireMayReturn(it, actor)),
    },
    today: handling.today,
    allocation: allocationKept(it, source),
    account: account && {
      number: account.number,
      holder: account.holder,
      bankName: findBank(account.bin)?.shortName ?? account.bin,
    },
    inHand,
    simulatedBank:
      web.demo && account
        ? `/demo/bank?${new URLSearchParams({ account: account.number, amount: String(toSend(it)), note: it.key }).toString()}`
        : undefined,
    csrf: sessionOf(request).csrf,
    done: done && texts.done[done],
    ...again,
  })
  const back =
    side === 'own'
      ? { href: '/fees/remit', text: texts.title }
      : { href: `/fees/remit/below?month=${it.month}`, text: texts.below.title }
  return web.showPage(request, { title: texts.one.title(it.month), back, children })
}
