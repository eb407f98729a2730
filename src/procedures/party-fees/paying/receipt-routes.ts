/** Receipts over HTTP: the sealed PDF, made at its first opening, and what it says as JSON. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { amountInWords } from '../../../kernel/vietnamese-numbers.ts'
import { keepShown } from '../../../registry/readings/shown.ts'
import { contextOf, parse, sessionOf } from '../../../web/http.ts'
import type { Web } from '../../../web/web.ts'
import { transactionAgain } from './again.ts'
import { askerOf } from './asker.ts'
import * as contract from './contract.ts'
import { getReceipt, openReceiptPaper, type Receipt } from './receipts.ts'

export function registerReceipts(server: FastifyInstance, web: Web): void {
  const config = { access: 'signed-in' as const, scope: { payment: 'fee-payment' as const } }

  server.get(
    '/fees/receipts/:payment.pdf',
    { config: { ...config, cost: 'heavy' as const } },
    async (request, reply) => {
      const receipt = await receiptOf(web, request)
      const at = web.clock.now()
      const pdf = await transactionAgain(web.database, (write) => openReceiptPaper(write, web, receipt, at))
      return reply
        .type('application/pdf')
        .header('cache-control', 'no-store')
        .header('content-disposition', `inline; filename="bien-lai-${receipt.number}-${receipt.year}.pdf"`)
        .send(Buffer.from(pdf))
    },
  )

  const api = {
    summary: 'What a receipt says; of somebody’s list, the asker’s own part',
    response: contract.RECEIPT,
  }
  server.get('/api/v1/fees/receipts/:payment', { config: { ...config, api } }, async (request) => {
    const receipt = await receiptOf(web, request)
    return {
      payment: receipt.paymentId,
      receipt: `${receipt.number}/${receipt.year}`,
      paidAt: receipt.paidAt.toISOString(),
      method: receipt.method,
      cell: receipt.organisationName,
      payer: receipt.payerName,
      receiver: receipt.receiverName,
      bankReference: receipt.bankReference,
      movedFrom: receipt.movedFrom,
      lines: receipt.lines.map(({ fullName, period, amountVnd }) => ({
        fullName,
        period: period.slice(0, 7),
        amountVnd,
      })),
      othersVnd: receipt.othersVnd,
      amountVnd: receipt.amountVnd,
      amountInWords: amountInWords(receipt.amountVnd),
      extract: receipt.extractFor !== null,
      undone: receipt.undone,
      pdf: `/fees/receipts/${receipt.paymentId}.pdf`,
    }
  })
}

/** Whom it names is kept, where an office reads it. */
async function receiptOf(web: Web, request: FastifyRequest): Promise<Receipt> {
  const { payment } = parse(contract.PAYMENT_ADDRESS, request.params)
  const context = await contextOf(request, web)
  const asker = askerOf(context.actor, sessionOf(request))
  const receipt = await getReceipt(web.database.read, payment, asker, context.today)
  if (asker.kind === 'cell')
    await keepShown(
      web,
      request,
      receipt.lines.map(({ memberId }) => memberId),
      'print',
    )
  return receipt
}
