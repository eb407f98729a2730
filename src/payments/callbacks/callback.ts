/** What a bank's go-between calls us with (thông báo biến động số dư): raw, and how its sender is known. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../../kernel/refusal.ts'
import { malformed } from '../bank-line.ts'

/** The request as it came in: names of headers in small letters, the body before anybody parsed it. */
export interface RawCallback {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Uint8Array
}

const FRESH_MS = 5 * 60_000
const MOST_BYTES = 256 * 1024
const MOST_DEPTH = 16

const UTF8 = new TextDecoder('utf-8', { fatal: true })

const wrong = () => new Refusal('forbidden', 'payments.signature-wrong')

/** A header that stands there once; twice is as if it were missing. */
export function headerOf({ headers }: RawCallback, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

/** @throws Refusal forbidden `payments.signature-wrong`; how long the comparison takes tells nothing */
export function checkSecret(given: string | undefined, expected: string): void {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest()
  if (expected === '' || !timingSafeEqual(digest(given ?? ''), digest(expected))) throw wrong()
}

/** The HMAC of a text in pieces, as hexadecimal digits. */
export function hmacHex(
  algorithm: 'sha256' | 'sha512',
  secret: string,
  ...pieces: readonly (string | Uint8Array)[]
): string {
  if (secret === '') throw new RangeError('a secret is needed')
  const hmac = createHmac(algorithm, secret)
  for (const piece of pieces) hmac.update(piece)
  return hmac.digest('hex')
}

/** @throws Refusal forbidden `payments.signature-wrong` */
export function checkSignature(given: string | undefined, expectedHex: string): void {
  if (given === undefined || !/^[0-9a-fA-F]+$/.test(given) || given.length !== expectedHex.length)
    throw wrong()
  if (!timingSafeEqual(Buffer.from(given, 'hex'), Buffer.from(expectedHex, 'hex'))) throw wrong()
}

/** @throws Refusal forbidden `payments.stale` when the moment is more than five minutes before or after now */
export function checkFresh(atMs: number, now: Date): void {
  if (!(Math.abs(now.getTime() - atMs) <= FRESH_MS)) throw new Refusal('forbidden', 'payments.stale')
}

/** A whole number of seconds or milliseconds in a header. */
export function stampOf(text: string | undefined): number {
  if (text === undefined || !/^\d{1,15}$/.test(text)) throw wrong()
  return Number(text)
}

/**
 * The body as JSON, within bounds of size and depth.
 *
 * @throws Refusal invalid `payments.malformed`
 */
export function readJson(body: Uint8Array): unknown {
  if (body.length > MOST_BYTES) throw malformed('body')
  try {
    const text = UTF8.decode(body)
    if (depthOf(text) > MOST_DEPTH) throw malformed('body')
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) throw malformed('body')
    throw error
  }
}

/** How deep lists and objects stand in each other, counted outside of texts. */
function depthOf(json: string): number {
  let depth = 0
  let deepest = 0
  for (const [mark] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
    if (mark === '[' || mark === '{') deepest = Math.max(deepest, (depth += 1))
    else if (mark === ']' || mark === '}') depth -= 1
  }
  return deepest
}
