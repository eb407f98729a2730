/** Callbacks of SePay: their sender by an API key or by a signature over the raw body, their content as a line. */
import { z } from 'zod'
import { bookedAt, checkedAmount, type BankLine } from '../bank-line.ts'
import {
  checkFresh,
  checkSecret,
  checkSignature,
  headerOf,
  hmacHex,
  readJson,
  stampOf,
  type RawCallback,
} from './callback.ts'
import { account, parsed, reference, text } from './fields.ts'

/** One of the two, as the account at SePay is set: a callback of the other form is not taken. */
export type SepayAccess =
  { readonly kind: 'api-key'; readonly key: string } | { readonly kind: 'signature'; readonly secret: string }

const BODY = z.object({
  id: reference,
  transactionDate: z.string(),
  accountNumber: account,
  content: text,
  transferType: z.enum(['in', 'out']),
  transferAmount: z.number(),
  referenceCode: text,
})

/** The text that is signed is the stamp, a point, and the body as it came. */
export function sepaySignature(secret: string, stamp: string, body: Uint8Array): string {
  return hmacHex('sha256', secret, `${stamp}.`, body)
}

function checkSender(callback: RawCallback, access: SepayAccess, now: Date): void {
  if (access.kind === 'api-key') {
    const given = /^Apikey (.+)$/i.exec(headerOf(callback, 'authorization') ?? '')?.[1]
    return checkSecret(given, access.key)
  }
  const stamp = headerOf(callback, 'x-sepay-timestamp')
  const seconds = stampOf(stamp)
  const given = /^sha256=(.+)$/.exec(headerOf(callback, 'x-sepay-signature') ?? '')?.[1]
  checkSignature(given, sepaySignature(access.secret, stamp ?? '', callback.body))
  checkFresh(seconds * 1000, now)
}

/**
 * @throws Refusal forbidden `payments.signature-wrong`, `payments.stale`; invalid `payments.malformed`,
 *   `payments.amount-unreadable`
 */
export function readSepay(callback: RawCallback, access: SepayAccess, now: Date): readonly BankLine[] {
  checkSender(callback, access, now)
  const body = parsed(BODY, readJson(callback.body))
  return [
    {
      provider: 'sepay',
      providerReference: body.id,
      ...(body.referenceCode === '' ? {} : { bankReference: body.referenceCode }),
      accountNumber: body.accountNumber,
      amountVnd: checkedAmount(body.transferAmount),
      direction: body.transferType,
      currency: 'VND',
      content: body.content,
      ...bookedAt(body.transactionDate, 'transactionDate'),
    },
  ]
}
