/** Callbacks of payOS, whose signature stands in the body and covers its `data`; and the signature of an order to it. */
import { z } from 'zod'
import {
  bookedAt,
  checkedAmount,
  checkedCurrency,
  checkedReference,
  malformed,
  type BankLine,
} from '../bank-line.ts'
import { checkSignature, hmacHex, readJson, type RawCallback } from './callback.ts'
import { account, parsed, text } from './fields.ts'

export interface PayosAccess {
  readonly checksumKey: string
}

const BODY = z.object({ data: z.record(z.string(), z.unknown()), signature: z.string() })

const DATA = z.object({
  orderCode: z.number().int().nonnegative(),
  amount: z.number(),
  description: text,
  accountNumber: account,
  reference: z.string().min(1).max(100),
  transactionDateTime: z.string(),
  currency: z.string(),
  counterAccountNumber: text,
})

/**
 * The signed text: `key=value` of every field in the order of the keys, joined by '&', nothing for null. Lists and
 * objects are refused: their content would not be covered.
 */
export function payosSignature(checksumKey: string, data: Readonly<Record<string, unknown>>): string {
  const fields = Object.keys(data)
    .sort()
    .map((key) => `${key}=${signedValue(data[key])}`)
  return hmacHex('sha256', checksumKey, fields.join('&'))
}

/** The provider's own library writes these words as nothing, too. */
function signedValue(value: unknown): string {
  if (value === null || value === undefined || value === 'null' || value === 'undefined') return ''
  if (typeof value === 'object') throw malformed('data')
  return String(value as string | number | boolean)
}

/**
 * In the signed text nothing parts a field from a text that holds '&' and '=': whoever writes the note of a transfer
 * could have two fields read where one was signed. No honest note looks like that.
 */
function couldBeTwoFields([key, value]: readonly [string, unknown]): boolean {
  return !/^\w+$/.test(key) || (typeof value === 'string' && /&\w+=/.test(value))
}

/**
 * There is no moment in it that could be compared with now: a callback sent once more is known by its reference.
 *
 * @throws Refusal forbidden `payments.signature-wrong`; invalid `payments.malformed`, `payments.amount-unreadable`,
 *   `payments.currency-not-dong`
 */
export function readPayos(callback: RawCallback, access: PayosAccess): readonly BankLine[] {
  const { data, signature } = parsed(BODY, readJson(callback.body))
  if (Object.entries(data).some(couldBeTwoFields)) throw malformed('data')
  checkSignature(signature, payosSignature(access.checksumKey, data))
  const paid = parsed(DATA, data)
  return [
    {
      provider: 'payos',
      providerReference: checkedReference(`${paid.reference}/${paid.orderCode}`),
      bankReference: paid.reference,
      accountNumber: paid.accountNumber,
      amountVnd: checkedAmount(paid.amount),
      direction: 'in',
      currency: checkedCurrency(paid.currency),
      content: paid.description,
      ...bookedAt(paid.transactionDateTime, 'transactionDateTime'),
      ...(paid.counterAccountNumber === '' ? {} : { counterAccount: paid.counterAccountNumber }),
    },
  ]
}

/** What payOS wants signed when an order is made. */
export interface PayosOrder {
  readonly amount: number
  readonly cancelUrl: string
  readonly description: string
  readonly orderCode: number
  readonly returnUrl: string
}

/** The signature that goes along with an order. */
export function payosOrderSignature(checksumKey: string, order: PayosOrder): string {
  const { amount, cancelUrl, description, orderCode, returnUrl } = order
  const text = `amount=${amount}&cancelUrl=${cancelUrl}&description=${description}&orderCode=${orderCode}&returnUrl=${returnUrl}`
  return hmacHex('sha256', checksumKey, text)
}
