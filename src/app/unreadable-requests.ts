/** Requests that cannot be read as requests: an address no route could take, and what is no HTTP or too much of it. */
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { Refusal } from '../kernel/refusal.ts'
import { wordsOf } from './refusal-words.ts'

/** The longest part of an address between two slashes that a route takes. */
export const LONGEST_PART = 200

/**
 * The address that is looked for: one that cannot be decoded, or is too long, is an address that does not exist, and is
 * answered like one, as a page or as a problem document.
 */
export function addressOf(url: string): string {
  const [path = ''] = url.split('?', 1)
  const readable = path.split('/').every((part) => part.length <= LONGEST_PART && isDecodable(part))
  if (readable) return url
  return path.startsWith('/api/') ? '/api/unreadable-address' : '/unreadable-address'
}

function isDecodable(part: string): boolean {
  try {
    decodeURIComponent(part)
    return true
  } catch {
    return false
  }
}

const STATUS_LINES: Readonly<Record<string, readonly [status: number, reason: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
}

/** Before there is a request: answered on the bare connection, with a problem document, and closed. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const [status, reason] = STATUS_LINES[error.code ?? ''] ?? [400, 'Bad Request']
  const refusal = new Refusal('invalid', 'request.malformed')
  const words = wordsOf(refusal, 'vi')
  const body = JSON.stringify({
    type: `/problems/${refusal.code}`,
    title: words.title,
    status,
    code: refusal.code,
    detail: `${words.what} ${words.mend}`,
    instance: randomUUID(),
  })
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroySoon()
}
