/** Who acts: a person wearing one hat in one organisation, maybe on someone's behalf, or the clock. */

/** A hat (tư cách): the plain member's, or an office's (chức vụ) in one organisation. */
export interface Hat {
  /** 'member' for one's own affairs, else a code of `registry/offices/positions.ts` */
  readonly position: string
  readonly organisationId: string
  /** the office held; absent for the member's own hat */
  readonly officeId?: string
}

/** A delegation under which somebody acts for another (338-QĐ/TW art. 11). */
export interface OnBehalfOf {
  readonly memberId: string
  readonly grantId: string
}

export interface PersonActor {
  readonly kind: 'person'
  readonly memberId: string
  readonly hat: Hat
  readonly onBehalfOf?: OnBehalfOf
  /** when this person last proved who they are, for acts that need a fresh sign-in */
  readonly signedInAt: Date
  /** came in by a passkey while the provider was away: reads and drafts, nothing official */
  readonly byPasskey?: true
}

export interface ClockActor {
  readonly kind: 'clock'
}

export type Actor = PersonActor | ClockActor

export const CLOCK: ClockActor = { kind: 'clock' }

/** The position of the hat everybody has for their own affairs. */
export const MEMBER_HAT = 'member'

/** True when this person acts with one of these positions in this organisation. */
export function holds(actor: Actor, organisationId: string, positions: readonly string[]): boolean {
  return (
    actor.kind === 'person' &&
    actor.hat.organisationId === organisationId &&
    positions.includes(actor.hat.position)
  )
}

/** True when this person acts for that member's own affairs: as the member, or under the member's delegation. */
export function actsForMember(actor: Actor, memberId: string): boolean {
  if (actor.kind !== 'person' || actor.hat.position !== MEMBER_HAT) return false
  return (actor.onBehalfOf?.memberId ?? actor.memberId) === memberId
}

/** True when the person behind the actor, or the one acted for, is this member. */
export function isThisPerson(actor: Actor, memberId: string): boolean {
  return actor.kind === 'person' && (actor.memberId === memberId || actor.onBehalfOf?.memberId === memberId)
}

/** Signing and confirming need a sign-in no older than this (379-QĐ/TW art. 12: who acts is authenticated for the act). */
export const FRESH_SIGN_IN_MINUTES = 5

/** Two clocks beside each other differ by no more; a sign-in further ahead is of a day when the clock stood wrong. */
const CLOCK_SLIP_MS = 60_000

export function hasFreshSignIn(actor: Actor, at: Date): boolean {
  return actor.kind === 'person' && isFreshAt(actor.signedInAt, at)
}

/** Whether a sign-in is fresh; one that lies ahead, because the machine's clock was put back since, is not. */
export function isFreshAt(signedInAt: Date, at: Date): boolean {
  const age = at.getTime() - signedInAt.getTime()
  return age >= -CLOCK_SLIP_MS && age <= FRESH_SIGN_IN_MINUTES * 60_000
}
