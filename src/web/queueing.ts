/** Whether what somebody does here waits for level 2: they came in by a passkey, or VNeID is away and their sign-in is old. */
import type { FastifyRequest } from 'fastify'
import { formatInstant, type Language } from '../kernel/plain-date.ts'
import { sessionOf } from './http.ts'
import { waitingActs } from './queued-acts.ts'
import type { Web } from './web.ts'

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

/** An act of the reader's that waits on this dossier. */
export interface WaitingHere {
  readonly title: string
  readonly written: string
}

/** The reader's own act that waits on this dossier; of others' nothing is known here. */
export async function waitingHere(
  web: Web,
  memberId: string,
  dossierId: string,
  language: Language,
  titleOf: (command: string, language: Language) => string,
): Promise<WaitingHere | undefined> {
  const [act] = await waitingActs(web.database.read, memberId, dossierId)
  return act && { title: titleOf(act.command, language), written: formatInstant(act.writtenAt, language) }
}
