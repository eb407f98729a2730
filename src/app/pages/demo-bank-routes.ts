/** The simulated bank over HTTP: what is sent goes through the same door, signed, as a real go-between's callback. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { localTime } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { sepayCallback } from '../../payments/callbacks/signing.ts'
import { parse } from '../../web/http.ts'
import { html } from '../../web/procedure-routes.ts'
import type { Web } from '../../web/web.ts'
import type { Parts } from '../parts.ts'
import { BANK_TEXTS, DemoBankPage, type EnteredTransfer } from './demo-bank.tsx'

const field = z.string().max(200).optional().default('')
const ENTERED = z.object({ account: field, amount: field, note: field })

/** The bank numbers what it books; after a start it goes on above what it numbered before. */
let booked = Date.now() * 1000

export function registerDemoBank(server: FastifyInstance, web: Web, parts: Parts): void {
  const source = parts.bankCallbacks.find((each) => each.provider === 'sepay' && 'secret' in each)

  const show = (request: FastifyRequest, entered: EnteredTransfer, outcome?: 'sent' | 'refused') => {
    const { language } = request
    const children = DemoBankPage({ language, csrf: request.session?.csrf, entered, outcome })
    return web.showPage(request, { title: BANK_TEXTS[language].title, children })
  }
  const requireBank = () => {
    if (!parts.demo || !source || !('secret' in source)) throw new Refusal('not-found', 'page.unknown')
    return source.secret
  }

  server.get('/demo/bank', { config: { access: 'public' } }, async (request, reply) => {
    requireBank()
    return html(reply, await show(request, parse(ENTERED, request.query)))
  })

  server.post('/demo/bank', { config: { access: 'public', level: 'passkey' } }, async (request, reply) => {
    const secret = requireBank()
    const entered = parse(ENTERED, request.body)
    const sent = await tell(entered, secret)
    return html(reply, await show(request, entered, sent ? 'sent' : 'refused'))
  })

  async function tell({ account, amount, note }: EnteredTransfer, secret: string): Promise<boolean> {
    booked += 1
    const { date, minutes } = localTime(parts.clock.now())
    const two = (value: number) => String(value).padStart(2, '0')
    const transfer = {
      id: booked,
      bankReference: `FT${booked}`,
      accountNumber: account.trim(),
      amountVnd: Number(amount.replace(/[.\s]/g, '')),
      direction: 'in' as const,
      content: note,
      bookedAt: `${date} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00`,
    }
    const { headers, body } = sepayCallback(transfer, { kind: 'signature', secret }, new Date())
    const answer = await server.inject({
      method: 'POST',
      url: '/api/v1/bank-callbacks/sepay',
      headers: headers as Record<string, string>,
      payload: Buffer.from(body),
    })
    return answer.statusCode === 200
  }
}
