/** Orders to pay over HTTP: made from ticked months, shown with their code until the bank has told; pages and JSON. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { findBank } from '../../../payments/banks.ts'
import { qrPng } from '../../../payments/qr-png.ts'
import { contextOf, parse, sessionOf } from '../../../web/http.ts'
import { html } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import type { LineName } from '../law/ordering.ts'
import { transactionAgain } from './again.ts'
import { askerOf } from './asker.ts'
import * as contract from './contract.ts'
import { OrderPage, takenMonths } from './order-page.tsx'
import { getOrder, makeOrder, qrTextOf, type Order } from './orders.ts'
import { PAYING_TEXTS } from './texts.ts'

/** Seconds, for those without scripts: long enough to read the page. */
const RELOAD_SECONDS = 30

export function registerOrders(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in' as const }
  const named = { ...config, scope: { order: 'fee-order' as const } }
  const chosen = { ...config, scope: { chosen: 'fee-line' as const } }

  server.post('/fees/orders', { config: chosen }, async (request, reply) => {
    const { commandId, chosen: lines } = parse(contract.ORDER_FORM, request.body)
    return reply.redirect(`/fees/orders/${await orderFor(web, request, commandId, () => lines)}`, 303)
  })

  server.get('/fees/orders/:order', { config: named }, async (request, reply) => {
    const order = await orderOf(web, request)
    const { language } = request
    const texts = PAYING_TEXTS[language].order
    const own = sessionOf(request).hat.position === 'member'
    const back = own ? '/fees' : '/fees/collect'
    const waits = !order.payment && takenMonths(order).length === 0
    return html(
      reply,
      await web.showPage(request, {
        title: texts.title,
        back: { href: back, text: own ? texts.back : texts.backCell },
        reloadAfter: waits ? RELOAD_SECONDS : undefined,
        children: OrderPage({
          language,
          order,
          bankName: bankNameOf(order),
          back,
          simulatedBank: web.demo ? simulatedBank(order) : undefined,
        }),
      }),
    )
  })

  // The page asks whether it says the truth still, and loads itself again when it does not.
  server.get('/fees/orders/:order/standing', { config: named }, async (request, reply) => {
    const { aside } = parse(contract.STANDING_QUERY, request.query)
    const order = await orderOf(web, request)
    const isOver = order.payment !== null || takenMonths(order).length > 0
    const changed = (order.putAside ? 'yes' : 'no') !== aside
    return reply.header('cache-control', 'no-store').send({ done: 0, finished: isOver || changed })
  })

  server.get('/fees/orders/:order/qr.png', { config: named }, async (request, reply) => {
    const order = await orderOf(web, request)
    const { today } = await contextOf(request, web)
    return reply
      .type('image/png')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'inline; filename="ma-qr-dang-phi.png"')
      .send(qrPng(await qrTextOf(order, order.account, today)))
  })

  const make = {
    summary:
      'Make an order to pay open lines by transfer; the same lines asked again within a day have the same order',
    body: contract.ORDER_BODY,
    response: contract.ORDER,
  }
  server.post(
    '/api/v1/fees/orders',
    { config: { ...config, scope: { memberId: 'fee-line' }, api: make } },
    async (request) => {
      const { commandId, lines } = parse(contract.ORDER_BODY, request.body)
      const asker = askerOf((await contextOf(request, web)).actor, sessionOf(request))
      const self = asker.kind === 'own' ? asker.memberId : sessionOf(request).memberId
      const names = lines.map(({ memberId = self, period, number }) => ({
        memberId,
        period: `${period}-01`,
        number,
      }))
      const made = await orderFor(web, request, commandId, () => names)
      return told(web, request, made)
    },
  )

  const show = {
    summary: 'An order to pay: its code, its account, and its payment',
    response: contract.ORDER,
  }
  server.get('/api/v1/fees/orders/:order', { config: { ...named, api: show } }, (request) =>
    told(web, request, parse(contract.ORDER_ADDRESS, request.params).order),
  )
}

/** Makes the order in the name of who asks: a member's own, or the officer's for members of the cell. */
export async function orderFor(
  web: Web,
  request: FastifyRequest,
  commandId: string,
  lines: () => readonly LineName[],
): Promise<string> {
  const { actor, at, today } = await contextOf(request, web)
  const asker = askerOf(actor, sessionOf(request))
  const payer = asker.kind === 'own' ? asker.memberId : actor.memberId
  const asked = { commandId, lines: lines(), asker, payer, madeBy: actor.memberId }
  return transactionAgain(web.database, (write) => makeOrder(write, asked, { at, today }))
}

async function orderOf(web: Web, request: FastifyRequest): Promise<Order> {
  const { order } = parse(contract.ORDER_ADDRESS, request.params)
  const { actor } = await contextOf(request, web)
  return getOrder(web.database.read, order, askerOf(actor, sessionOf(request)))
}

const bankNameOf = ({ account }: Order): string => findBank(account.bin)?.shortName ?? account.bin

async function told(web: Web, request: FastifyRequest, id: string) {
  const { actor, today } = await contextOf(request, web)
  const order = await getOrder(web.database.read, id, askerOf(actor, sessionOf(request)))
  const { key, amountVnd, account, payment } = order
  return {
    id,
    key,
    amountVnd,
    madeAt: order.madeAt.toISOString(),
    cell: order.organisationName,
    payer: order.payerName,
    account: {
      bin: account.bin,
      bank: findBank(account.bin)?.shortName ?? null,
      number: account.number,
      holder: account.holder,
    },
    qrText: await qrTextOf(order, account, today),
    members: new Set(order.lines.map(({ memberId }) => memberId)).size,
    lines: order.lines.length,
    takenMonths: takenMonths(order),
    payment: payment && {
      id: payment.id,
      paidAt: payment.paidAt.toISOString(),
      receipt: `${payment.receiptNumber}/${payment.receiptYear}`,
    },
  }
}

/** On a demonstration: its bank, with the transfer filled in. */
function simulatedBank({ account, amountVnd, key }: Order): string {
  return `/demo/bank?${new URLSearchParams({ account: account.number, amount: String(amountVnd), note: key }).toString()}`
}
