/** Callbacks of Casso: the newer form is signed over its body with sorted keys, the older carries a token and a list. */
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

export type CassoAccess =
  { readonly kind: 'signature'; readonly secret: string } | { readonly kind: 'token'; readonly token: string }

const LINE = z.object({
  id: reference,
  reference: text,
  description: text,
  /** below zero when money goes out */
  amount: z.number(),
  transactionDateTime: z.string(),
  accountNumber: account,
  counterAccountNumber: text,
})

const OLDER_LINE = z
  .object({
    id: reference,
    tid: text,
    description: text,
    amount: z.number(),
    when: z.string(),
    subAccId: text,
    bank_sub_acc_id: text,
    corresponsiveAccount: text,
  })
  .transform((line) => ({
    id: line.id,
    reference: line.tid,
    description: line.description,
    amount: line.amount,
    transactionDateTime: line.when,
    accountNumber: line.subAccId || line.bank_sub_acc_id,
    counterAccountNumber: line.corresponsiveAccount,
  }))
  .refine(({ accountNumber }) => account.safeParse(accountNumber).success, { path: ['subAccId'] })

const MOST_LINES = 500
const BODY = z.object({ data: LINE })
const OLDER_BODY = z.object({ data: z.array(OLDER_LINE).max(MOST_LINES) })

/**
 * JSON with the keys of every object in order, as JavaScript writes it: '/' and letters beyond ASCII stand as they are.
 * It is written from the start: a key such as `__proto__` would get lost in a sorted copy.
 */
export function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${sortedJson(each)}`).join(',')}}`
}

export function cassoSignature(secret: string, stamp: string, body: unknown): string {
  return hmacHex('sha512', secret, `${stamp}.${sortedJson(body)}`)
}

/** 't=1734924830020,v1=ab12…': its parts, in any order. */
function partsOf(header: string | undefined): ReadonlyMap<string, string> {
  return new Map((header ?? '').split(',', 10).map((part) => splitAt(part.trim(), part.trim().indexOf('='))))
}

const splitAt = (part: string, at: number): [string, string] => [
  part.slice(0, Math.max(at, 0)),
  part.slice(at + 1),
]

function readSigned(callback: RawCallback, secret: string, now: Date): unknown {
  const parts = partsOf(headerOf(callback, 'x-casso-signature'))
  const stamp = parts.get('t')
  const atMs = stampOf(stamp)
  // What is signed is the content of the body, so it must be read first: within bounds, and nothing is done with it yet.
  const body = readJson(callback.body)
  checkSignature(parts.get('v1'), cassoSignature(secret, stamp ?? '', body))
  checkFresh(atMs, now)
  return body
}

/**
 * @throws Refusal forbidden `payments.signature-wrong`, `payments.stale`; invalid `payments.malformed`,
 *   `payments.amount-unreadable`
 */
export function readCasso(callback: RawCallback, access: CassoAccess, now: Date): readonly BankLine[] {
  if (access.kind === 'signature')
    return [lineOf(parsed(BODY, readSigned(callback, access.secret, now)).data)]
  checkSecret(headerOf(callback, 'secure-token'), access.token)
  return parsed(OLDER_BODY, readJson(callback.body)).data.map(lineOf)
}

function lineOf(line: z.infer<typeof LINE>): BankLine {
  return {
    provider: 'casso',
    providerReference: line.id,
    ...(line.reference === '' ? {} : { bankReference: line.reference }),
    accountNumber: line.accountNumber,
    amountVnd: checkedAmount(Math.abs(line.amount)),
    direction: line.amount < 0 ? 'out' : 'in',
    currency: 'VND',
    content: line.description,
    ...bookedAt(line.transactionDateTime, 'transactionDateTime'),
    ...(line.counterAccountNumber === '' ? {} : { counterAccount: line.counterAccountNumber }),
  }
}
