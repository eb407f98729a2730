/** Who acts just now, for the log (nhật ký): set at the doors of the program, sent along with every transaction. */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Actor } from './actor.ts'

/** Somebody's act as the log names it. Only ids and codes: an entry lies in the database for ever. */
export interface Acting {
  /** 'visitor' has not signed in; 'program' is the application by itself; the log adds 'outside' for the database's own users */
  readonly kind: 'person' | 'visitor' | 'clock' | 'job' | 'command-line' | 'program' | 'migration'
  /** the door that was used: a route, a job, a sweep, a command */
  readonly act: string
  readonly memberId?: string
  readonly position?: string
  readonly organisationId?: string
  /** the member in whose place a person acts */
  readonly onBehalfOf?: string
  /** the request's id, as the application's own log has it */
  readonly requestId?: string
}

const storage = new AsyncLocalStorage<Acting>()

const BY_ITSELF: Acting = { kind: 'program', act: 'dangvu' }

/** Does the work, and all it begins, as this act. */
export function actingAs<T>(acting: Acting, work: () => T): T {
  return storage.run(acting, work)
}

/** Whether nobody's act is under way: what the program does by itself has no beginning and no end. */
export const isByItself = (acting: Acting): boolean => acting === BY_ITSELF

export function actingNow(): Acting {
  return storage.getStore() ?? BY_ITSELF
}

/** What a person does through this door, in the hat they wear. */
export function actOfPerson(actor: Actor & { kind: 'person' }, act: string, requestId: string): Acting {
  const { memberId, hat, onBehalfOf } = actor
  const { position, organisationId } = hat
  const inPlaceOf = onBehalfOf === undefined ? {} : { onBehalfOf: onBehalfOf.memberId }
  return { kind: 'person', act, requestId, memberId, position, organisationId, ...inPlaceOf }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const LONGEST_ACT = 120

/** As the triggers of the log read it: seven fields between bars, what is not known empty. A bar inside would be one too many. */
export function actingText(acting: Acting): string {
  const { kind, memberId, position, organisationId, onBehalfOf, requestId, act } = acting
  const request = requestId !== undefined && UUID.test(requestId) ? requestId : undefined
  const fields = [kind, memberId, position, organisationId, onBehalfOf, request, act.slice(0, LONGEST_ACT)]
  return fields.map((field) => (field ?? '').replace(/[|\p{Cc}]/gu, ' ')).join('|')
}
