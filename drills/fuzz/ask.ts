/** One request on the bare connection: addresses and headers go out as they are, nothing is mended on the way. */
import { Agent, request as send } from 'node:http'

export interface Asked {
  readonly method: string
  /** path and query, as they go out */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

export interface Answered {
  readonly status: number
  readonly type: string
  readonly location: string
  readonly body: string
  readonly ms: number
}

/** Longer is a failure on any machine. */
const LONGEST_MS = 60_000
/** Of an answer so much is looked at. */
const MOST_BYTES = 4_000_000

const agent = new Agent({ keepAlive: true, maxSockets: 4 })

/** @throws Error when the connection ends without an answer, or none comes in time */
export function ask(base: string, { method, path, headers, body }: Asked): Promise<Answered> {
  const { hostname, port } = new URL(base)
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const sent = send({ agent, hostname, port, method, path, headers, timeout: LONGEST_MS }, (answer) => {
      const pieces: Buffer[] = []
      let size = 0
      answer.on('data', (piece: Buffer) => {
        if ((size += piece.length) <= MOST_BYTES) pieces.push(piece)
      })
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          type: String(answer.headers['content-type'] ?? '').split(';')[0] ?? '',
          location: String(answer.headers.location ?? ''),
          body: Buffer.concat(pieces).toString('utf8'),
          ms: performance.now() - began,
        }),
      )
    })
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${LONGEST_MS} ms`)))
    sent.on('error', reject)
    sent.end(body)
  })
}
