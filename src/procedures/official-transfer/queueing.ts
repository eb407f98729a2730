/** Whether what somebody does here waits for level 2: they came in by a passkey, or VNeID is away and their sign-in is old. */
import type { FastifyRequest } from 'fastify'
import { formatInstant } from '../../kernel/plain-date.ts'
import { sessionOf } from '../../web/http.ts'
import type { Web } from '../../web/web.ts'

export interface Queueing {
  /** everything official waits; else only what needs a fresh sign-in */
  readonly byPasskey: boolean
  /** since when VNeID does not answer, in words */
  readonly since?: string | undefined
}

/** Undefined while acts are done at once. */
export async function queueingOf(web: Web, request: FastifyRequest): Promise<Queueing | undefined> {
  const byPasskey = sessionOf(request).level === 'passkey'
  const away = await web.awaySince()
  if (!byPasskey && away === undefined) return undefined
  return { byPasskey, since: away && formatInstant(away, request.language) }
}

/** Whether this act waits. */
export function mustQueue(
  queueing: Queueing | undefined,
  action: { readonly needsFreshSignIn: boolean },
): boolean {
  return queueing !== undefined && (queueing.byPasskey || action.needsFreshSignIn)
}
