/**
 * Asks a time-stamp authority (RFC 3161 over HTTP, 3.4) for the stamp of a signature value, and believes nothing it answers
 * before it was looked at: imprint, number, policy, time, signature, and whether a trusted root stands behind it.
 */

import { randomBytes } from 'node:crypto'
import type { Certificate } from '../certificates.ts'
import { sha256 } from '../cms.ts'
import {
  childrenOf,
  DerError,
  expectTag,
  integer,
  octets,
  oid,
  readOnly,
  sequence,
  TAG,
  yes,
} from '../der.ts'
import { readTimestamp, SHA256, type Timestamp } from './stamp.ts'

/** What came instead of a stamp, for the log and for whoever looks after the machine. */
const WORDS = {
  away: ['không liên lạc được nơi cấp dấu thời gian', 'the time-stamp authority cannot be reached'],
  slow: ['nơi cấp dấu thời gian trả lời quá chậm', 'the time-stamp authority is too slow'],
  status: ['nơi cấp dấu thời gian trả lời không phải 200', 'its answer is not 200'],
  'not-a-reply': ['đó không phải câu trả lời RFC 3161, xem lại TIMESTAMP_URL', 'not an RFC 3161 reply'],
  'too-large': ['câu trả lời quá lớn', 'its answer is too large'],
  refused: ['nơi cấp dấu thời gian từ chối', 'the authority refused'],
  broken: [
    'dấu thời gian hỏng, sai chữ ký, hoặc cấp cho nội dung khác',
    'broken, badly signed, or over something else',
  ],
  nonce: ['dấu thời gian của một lần hỏi khác', 'the stamp of another question'],
  policy: ['dấu thời gian theo chính sách khác', 'a stamp under another policy'],
  untrusted: [
    'chứng thư của nơi cấp không thuộc gốc tin cậy, hoặc hết hạn; xem lại TIMESTAMP_ROOTS',
    'its certificate leads to no trusted root, or has ended',
  ],
  time: ['giờ của dấu thời gian lệch quá 5 phút so với máy này', 'its time is more than 5 minutes off ours'],
} as const satisfies Record<string, readonly [vi: string, en: string]>

export class TimestampError extends Error {
  override readonly name = 'TimestampError'
  readonly why: keyof typeof WORDS
  /** for whoever looks after the machine */
  readonly words: readonly [vi: string, en: string]

  constructor(why: TimestampError['why']) {
    const [vi, en] = WORDS[why]
    super(`${vi} (${en})`)
    this.why = why
    this.words = [vi, en]
  }
}

export interface AuthoritySettings {
  readonly url: string
  /** asked for, and expected, where given */
  readonly policy?: string | undefined
  readonly roots: () => Promise<readonly Certificate[]>
  readonly now: () => Date
}

/** Longer than this nobody who signs waits. */
export const ANSWER_MS = 3_000
/** A token with its certificates is 4 to 7 KB; the signature keeps room for so much (`seal.ts`). */
export const LARGEST_TOKEN = 10_000
const LARGEST_ANSWER = LARGEST_TOKEN + 1_000
const CLOCKS_APART_MS = 5 * 60_000

/** @returns the token, DER. @throws TimestampError */
export async function askForStamp(settings: AuthoritySettings, signature: Uint8Array): Promise<Uint8Array> {
  const nonce = Uint8Array.from([1, ...randomBytes(15)]) // begins with 1: positive, and in its shortest form
  const token = tokenIn(await post(settings.url, requestOver(sha256(signature), nonce, settings.policy)))
  const stamp = read(token, signature, await settings.roots())
  if (!stamp.nonce || Buffer.compare(stamp.nonce, nonce) !== 0) throw new TimestampError('nonce')
  if (settings.policy !== undefined && stamp.policy !== settings.policy) throw new TimestampError('policy')
  if (!stamp.trusted) throw new TimestampError('untrusted')
  if (Math.abs(stamp.at.getTime() - settings.now().getTime()) > CLOCKS_APART_MS)
    throw new TimestampError('time')
  return token
}

function requestOver(digest: Uint8Array, nonce: Uint8Array, policy: string | undefined): Uint8Array {
  const imprint = sequence(sequence(oid(SHA256)), octets(digest))
  return sequence(integer(1), imprint, ...(policy ? [oid(policy)] : []), integer(nonce), yes())
}

async function post(url: string, request: Uint8Array): Promise<Uint8Array> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: request as Uint8Array<ArrayBuffer>,
      redirect: 'manual', // where else it would send us was not configured
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    if (answer.status !== 200) {
      await answer.body?.cancel()
      throw new TimestampError('status')
    }
    return await bodyOf(answer)
  } catch (error) {
    if (error instanceof TimestampError) throw error
    throw new TimestampError((error as Error).name === 'TimeoutError' ? 'slow' : 'away')
  }
}

async function bodyOf(answer: Response): Promise<Uint8Array> {
  const reader = answer.body?.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    length += part.value.length
    if (length > LARGEST_ANSWER) {
      await reader?.cancel()
      throw new TimestampError('too-large')
    }
    parts.push(part.value)
  }
  return Buffer.concat(parts)
}

const GRANTED = [0, 1]

/** TimeStampResp: the status, and the token where it was granted (2.4.2). */
function tokenIn(answer: Uint8Array): Uint8Array {
  const [status, token] = understood('not-a-reply', () => {
    const [info, found] = childrenOf(readOnly(answer), TAG.sequence)
    const [said] = childrenOf(expectTag(info, TAG.sequence))
    return [expectTag(said, TAG.integer).content, found?.whole] as const
  })
  if (status.length !== 1 || !GRANTED.includes(status[0]!)) throw new TimestampError('refused')
  if (!token) throw new TimestampError('not-a-reply')
  if (token.length > LARGEST_TOKEN) throw new TimestampError('too-large')
  return token
}

function read(token: Uint8Array, signature: Uint8Array, roots: readonly Certificate[]): Timestamp {
  return understood('broken', () => readTimestamp(token, signature, roots))
}

function understood<T>(why: TimestampError['why'], reading: () => T): T {
  try {
    return reading()
  } catch (error) {
    if (error instanceof DerError) throw new TimestampError(why)
    throw error
  }
}
