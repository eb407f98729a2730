/** A cell's collecting over HTTP: open lines, one QR code for many, cash with receipts, its undoing, and paying it in. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../../../kernel/refusal.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { formFields } from '../../../web/forms.ts'
import { parse, sessionOf } from '../../../web/http.ts'
import { html, newCommandId } from '../../../web/procedure-routes.ts'
import type { Web } from '../../../web/web.ts'
import { handlingOf } from '../collecting/handling.ts'
import { tabsFor } from '../tabs-for.ts'
import { transactionAgain } from './again.ts'
import { CashPage, SlipsPage, UndoPage } from './cash-page.tsx'
import {
  bankCash,
  cashBookOf,
  openLinesOf,
  takeCash,
  undoCash,
  waitingLinesOf,
  type CashReceipt,
} from './cash.ts'
import { CollectPage } from './collect-page.tsx'
import * as contract from './contract.ts'
import { orderFor } from './order-routes.ts'
import { receivingAccount } from './orders.ts'
import { PAYING_TEXTS } from './texts.ts'

const memberOf = ({ memberId }: { readonly memberId: string }): string => memberId

export function registerCollecting(server: FastifyInstance, web: Web): void {
  const config = { access: 'officer' as const }
  const named = { ...config, scope: { payment: 'fee-payment' as const } }

  server.get('/fees/collect', { config }, async (request, reply) => {
    const { cell } = await handlingOf(web, request)
    const { read } = web.database
    const { nothing } = parse(contract.COLLECT_QUERY, request.query)
    const [lines, waiting] = await Promise.all([openLinesOf(read, cell), waitingLinesOf(read, cell)])
    await keepShown(web, request, lines.map(memberOf))
    const { language } = request
    return html(
      reply,
      await web.showPage(request, {
        title: PAYING_TEXTS[language].collect.title,
        width: 'wide',
        children: CollectPage({
          language,
          cell: sessionOf(request).hat.organisationName,
          tabs: await tabsFor(web, request, 'collect'),
          lines,
          waiting,
          nothingChosen: nothing !== undefined,
          csrf: sessionOf(request).csrf,
          commandId: newCommandId(),
        }),
      }),
    )
  })

  server.post(
    '/fees/collect',
    { config: { ...config, scope: { chosen: 'fee-line' } } },
    async (request, reply) => {
      const { commandId, chosen, by } = parse(contract.COLLECT_FORM, request.body)
      const handling = await handlingOf(web, request)
      if (chosen.length === 0) return reply.redirect('/fees/collect?nothing', 303)
      if (by === 'qr')
        return reply.redirect(`/fees/orders/${await orderFor(web, request, commandId, () => chosen)}`, 303)
      const taken = { commandId, cellId: handling.cell, lines: chosen, receivedBy: handling.by }
      const { receipts, amountVnd } = await transactionAgain(web.database, (write) =>
        takeCash(write, taken, handling),
      )
      return reply.redirect(`/fees/cash?done=taken&receipts=${receipts}&amount=${amountVnd}`, 303)
    },
  )

  server.get('/fees/cash', { config }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { read } = web.database
    const { done, receipts, amount } = parse(contract.CASH_QUERY, request.query)
    const [book, account] = await Promise.all([
      cashBookOf(read, handling.cell, handling.today),
      receivingAccount(read, handling.cell, handling.today),
    ])
    await keepShown(web, request, book.receipts.map(memberOf))
    const { language } = request
    const { hat, csrf } = sessionOf(request)
    return html(
      reply,
      await web.showPage(request, {
        title: PAYING_TEXTS[language].cash.title,
        back: { href: '/fees/collect', text: PAYING_TEXTS[language].collect.title },
        width: 'wide',
        children: CashPage({
          language,
          cell: hat.organisationName,
          tabs: await tabsFor(web, request, 'cash'),
          book,
          today: handling.today,
          memberId: handling.by,
          mayBank: account !== undefined,
          done,
          taken: receipts !== undefined && amount !== undefined ? { receipts, amountVnd: amount } : undefined,
          csrf,
          commandId: newCommandId(),
        }),
      }),
    )
  })

  server.get('/fees/cash/slips', { config }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { receipts } = await cashBookOf(web.database.read, handling.cell, handling.today)
    await keepShown(web, request, receipts.map(memberOf), 'print')
    const { language } = request
    const children = SlipsPage({
      language,
      cell: sessionOf(request).hat.organisationName,
      day: handling.today,
      receipts,
    })
    const back = { href: '/fees/cash', text: PAYING_TEXTS[language].cash.title }
    return html(
      reply,
      await web.showPage(request, { title: PAYING_TEXTS[language].slips.title, back, children }),
    )
  })

  server.get('/fees/cash/:payment/undo', { config: named }, async (request, reply) =>
    html(reply, await undoPage(web, request, await receiptOfToday(web, request))),
  )

  server.post('/fees/cash/:payment/undo', { config: named }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { payment } = parse(contract.PAYMENT_ADDRESS, request.params)
    const fields = contract.UNDO_FORM.safeParse(request.body)
    if (!fields.success)
      return html(reply.code(400), await undoPage(web, request, await receiptOfToday(web, request), true))
    const undone = { paymentId: payment, cellId: handling.cell, reason: fields.data.reason, by: handling.by }
    await transactionAgain(web.database, (write) => undoCash(write, undone, handling))
    return reply.redirect('/fees/cash?done=undone', 303)
  })

  server.post('/fees/cash/bank', { config }, async (request, reply) => {
    const handling = await handlingOf(web, request)
    const { commandId, amount, on } = parse(contract.BANK_FORM, formFields(request.body))
    const banked = { commandId, cellId: handling.cell, amountVnd: amount, on }
    await transactionAgain(web.database, (write) => bankCash(write, banked, handling))
    return reply.redirect('/fees/cash?done=banked', 303)
  })
}

async function receiptOfToday(web: Web, request: FastifyRequest): Promise<CashReceipt> {
  const handling = await handlingOf(web, request)
  const { payment } = parse(contract.PAYMENT_ADDRESS, request.params)
  const { receipts } = await cashBookOf(web.database.read, handling.cell, handling.today)
  const receipt = receipts.find(({ paymentId, undone }) => paymentId === payment && !undone)
  if (!receipt) throw new Refusal('not-found', 'party-fees.payment-unknown')
  await keepShown(web, request, [receipt.memberId])
  return receipt
}

function undoPage(web: Web, request: FastifyRequest, receipt: CashReceipt, missing = false): Promise<string> {
  const { language } = request
  const texts = PAYING_TEXTS[language].cash
  return web.showPage(request, {
    title: texts.undoAsk,
    back: { href: '/fees/cash', text: texts.title },
    width: 'narrow',
    children: UndoPage({ language, receipt, csrf: sessionOf(request).csrf, missing }),
  })
}
