/** The doctor on a time-stamp authority: asked for one stamp (RFC 3161), which must stand over what was sent and tell the time. */
import { randomBytes } from 'node:crypto'
import { sha256 } from '../../../signatures/cms.ts'
import {
  childrenOf,
  integer,
  nothing,
  octets,
  oid,
  readOnly,
  sequence,
  TAG,
  yes,
} from '../../../signatures/der.ts'
import { readTimestamp } from '../../../signatures/timestamp.ts'
import { clockOffset, CLOCK_LIMIT_MS } from '../../clock-offset.ts'
import { ok, wrong, type Finding, type Machine } from '../check.ts'
import { codeOf } from './configuration.ts'

const ANSWER_MS = 8_000
const SHA256 = '2.16.840.1.101.3.4.2.1'
/** PKIStatus 0 granted, 1 granted with changes (RFC 3161, 2.4.2). */
const GRANTED = [0, 1]

export async function judgeTimestampServer(url: string, machine: Machine): Promise<Finding[]> {
  const words = randomBytes(32)
  const look = `openssl ts -query -digest ${'0'.repeat(64)} -sha256 -cert | curl -s -H 'content-type: application/timestamp-query' --data-binary @- ${url} | openssl ts -reply -in /dev/stdin -text`
  let answer: Uint8Array
  let offset: number
  let at: Date | undefined
  try {
    offset = await clockOffset(
      machine.now,
      async () => {
        answer = await askFor(url, words)
        at = stampIn(answer, words)
        return at
      },
      1000,
    )
  } catch (error) {
    const lying = (error as Error).name === 'DerError'
    return [
      lying
        ? wrong(
            [
              'máy chủ dấu thời gian trả lời không đúng cho điều đã hỏi',
              'the time-stamp authority answers wrongly',
            ],
            ['không dùng nó cho đến khi hỏi rõ', 'do not use it before that is cleared up'],
            look,
          )
        : wrong(
            [
              `không hỏi được máy chủ dấu thời gian (${codeOf(error)})`,
              `the time-stamp authority does not answer (${codeOf(error)})`,
            ],
            [
              'xem TIMESTAMP_URL và đường mạng ra ngoài',
              'look at TIMESTAMP_URL and the way out of this network',
            ],
            look,
          ),
    ]
  }
  if (Math.abs(offset) <= CLOCK_LIMIT_MS)
    return [ok('máy chủ dấu thời gian đóng dấu đúng giờ', 'the time-stamp authority stamps the right time')]
  const seconds = Math.round(Math.abs(offset) / 1000)
  return [
    wrong(
      [
        `dấu thời gian lệch ${seconds} giây so với máy này`,
        `the time-stamp is ${seconds} seconds off this machine’s clock`,
      ],
      [
        'xem đồng hồ của máy này trước; nếu đúng, báo cho nơi đóng dấu',
        'look at this machine’s clock first; if it is right, tell the authority',
      ],
      'timedatectl timesync-status',
    ),
  ]
}

/** TimeStampReq (RFC 3161, 2.4.1), with the certificate asked for. */
async function askFor(url: string, words: Uint8Array): Promise<Uint8Array> {
  const imprint = sequence(sequence(oid(SHA256), nothing()), octets(sha256(words)))
  const nonce = randomBytes(8)
  nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body: Buffer.from(sequence(integer(1), imprint, integer(nonce), yes())),
    signal: AbortSignal.timeout(ANSWER_MS),
    redirect: 'error',
  })
  if (!response.ok) throw Object.assign(new Error('refused'), { code: String(response.status) })
  return new Uint8Array(await response.arrayBuffer())
}

/** @throws DerError when the answer is no stamp, or one over something else; Error with the status when it was refused */
function stampIn(answer: Uint8Array, words: Uint8Array): Date {
  const [status, token] = childrenOf(readOnly(answer), TAG.sequence)
  const code = status && childrenOf(status, TAG.sequence)[0]?.content[0]
  if (code === undefined || !GRANTED.includes(code) || !token)
    throw Object.assign(new Error('refused'), { code: `PKIStatus ${code ?? '?'}` })
  return readTimestamp(token.whole, words, []).at
}
