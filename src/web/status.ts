/** The HTTP status of a refusal, by its kind. */
import type { Refusal, RefusalKind } from '../kernel/refusal.ts'

export const STATUS: Readonly<Record<RefusalKind, number>> = {
  'not-found': 404,
  forbidden: 403,
  invalid: 400,
  conflict: 409,
  'against-rule': 422,
  'too-many': 429,
  overloaded: 503,
}

/** Too many requests, or too much at once: the answer itself must cost next to nothing. */
export const isOfDoor = ({ kind }: Pick<Refusal, 'kind'>): boolean =>
  kind === 'too-many' || kind === 'overloaded'
