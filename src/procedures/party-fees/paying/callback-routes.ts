/** The door by which banks' go-betweens tell of money: raw body, sender known by its signature, answered when it is booked. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { todayIn } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { isReference, type BankLine } from '../../../payments/bank-line.ts'
import { PROVIDERS, readCallback, type ProviderName } from '../../../payments/callbacks/sources.ts'
import { findPaymentKeys } from '../../../payments/payment-key.ts'
import type { Web } from '../../../web/web.ts'
import { openLane } from './lane.ts'
import { settleNumbered, type NumberedLine, type Settled } from './settle.ts'

/** Lines in one commit: beyond this a batch takes longer without gaining anything. */
const MOST_IN_A_BATCH = 256

const MOST_BYTES = 256 * 1024

/** What only a browser reads is left out of the answer, and an answer of a few bytes is not packed. */
const FOR_MACHINES = { helmet: false, compress: false } as const

const ANSWER = z.object({ success: z.literal(true) })

interface Told {
  readonly line: BankLine
  readonly provider: ProviderName
}

/** Registers POST /api/v1/bank-callbacks/PROVIDER. The same callback again is answered alike and books nothing. */
export function registerBankCallbacks(server: FastifyInstance, web: Web): void {
  const lane = openLane((batch: readonly Told[]) => settle(web, batch), MOST_IN_A_BATCH)
  // A context of its own: here bodies stay the bytes that were signed.
  void server.register(async (raw) => {
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    for (const provider of PROVIDERS) {
      const api = {
        summary: `A bank's line, as ${provider} tells of it`,
        response: ANSWER,
        bodyType: 'application/json',
      }
      const config = {
        access: 'public' as const,
        token: 'not-asked' as const,
        level: 'passkey' as const,
        cost: 'free' as const,
        api,
      }
      raw.post(`/api/v1/bank-callbacks/${provider}`, { config, ...FOR_MACHINES }, async (request) => {
        const callback = { headers: request.headers, body: request.body as Uint8Array }
        const lines = readCallback(web.bankCallbacks, provider, callback, web.clock.real())
        const settled = await Promise.all(lines.map((line) => lane.submit({ line, provider })))
        if (settled.some((each) => each === undefined))
          throw new Refusal('not-found', 'party-fees.account-unknown')
        return { success: true }
      })
    }
  })
}

/** Settles what came together. A line of an account that nobody declared is answered by `undefined`. */
function settle(web: Web, batch: readonly Told[]): Promise<(Settled | undefined)[]> {
  const at = web.clock.now()
  return settleNumbered(
    web.database,
    batch.map(({ line, provider }) => toldLine(line, provider, at)),
    { at, today: todayIn(at) },
  )
}

function toldLine(line: BankLine, source: ProviderName, at: Date): NumberedLine {
  const keys = findPaymentKeys(line.content)
  return {
    accountNumber: line.accountNumber,
    reference: line.providerReference,
    ...(isReference(line.bankReference) ? { bankReference: line.bankReference } : {}),
    amountVnd: line.amountVnd,
    direction: line.direction,
    content: line.content,
    bookedAt: line.bookedAt ?? at,
    source,
    ...(keys.length === 1 ? { key: keys[0]! } : {}),
  }
}
