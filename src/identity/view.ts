/** What the pages of identity show: sign-in, my sessions, my delegations. */
import type { Read } from '../kernel/db.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import type { Refusal } from '../kernel/refusal.ts'
import {
  delegableOrganisations,
  delegationsOf,
  standingOf,
  type Delegation,
  type DelegationStanding,
  type NamedOrganisation,
} from './delegations.ts'
import type { WornHat } from './hats.ts'
import { passkeysOf, type ListedPasskey } from './passkeys.ts'
import { isFresh } from './session-rules.ts'
import { sessionsOf, type ActingSession, type ListedSession } from './sessions.ts'

/** A procedure that can be delegated, with its name in both languages. */
export interface NamedProcedure {
  readonly code: string
  readonly name: string
  readonly nameEn: string
}

export interface SignInView {
  /** the one button: to the provider, and back to where the person wanted to go */
  readonly startHref: string
  readonly returnTo: string
  /** since when the provider does not answer */
  readonly awaySince?: Date
  /** a passkey opens a session now */
  readonly byPasskey: boolean
  /** the token of the session there is, for somebody who came to confirm */
  readonly csrf: string | undefined
  /** why it did not work the last time */
  readonly problem?: Refusal
}

export interface SessionsView {
  readonly session: ActingSession
  readonly sessions: readonly (ListedSession & { current: boolean })[]
  readonly passkeys: readonly ListedPasskey[]
  /** signed in with the provider within the last minutes: a passkey can be added */
  readonly mayAddPasskey: boolean
  /** what was done to a passkey just now */
  readonly done?: 'passkey-added' | 'passkey-removed' | undefined
}

export interface ShownDelegation extends Delegation {
  readonly standing: DelegationStanding
  /** may be taken back or laid down by the reader now */
  readonly mayEnd: boolean
}

export interface DelegationsView {
  readonly session: ActingSession
  readonly today: PlainDate
  readonly given: readonly ShownDelegation[]
  readonly received: readonly ShownDelegation[]
  readonly procedures: readonly NamedProcedure[]
  readonly organisations: readonly NamedOrganisation[]
  /** what is delegated in the hat worn now: the own affairs or the office; undefined under a delegation, which goes no further */
  readonly delegable: 'own-affairs' | 'office' | undefined
  /** signed in within the last minutes; if not, the way to do so comes before the form */
  readonly fresh: boolean
  /** the id of the delegation about to be given */
  readonly newId: string
  /** what was written when it could not be taken */
  readonly entered?: Readonly<Record<string, unknown>>
  readonly problem?: Refusal
}

export async function sessionsView(
  read: Read,
  session: ActingSession,
  now: Date,
  today: PlainDate,
): Promise<SessionsView> {
  const [sessions, passkeys] = await Promise.all([
    sessionsOf(read, session.memberId, now, today),
    passkeysOf(read, session.memberId),
  ])
  return {
    session,
    sessions: sessions.map((each) => ({ ...each, current: each.id === session.id })),
    passkeys,
    mayAddPasskey: session.level === 'level-2' && isFresh(session.signedInAt, now),
  }
}

/** Both lists of a member, each delegation with its standing. */
export async function shownDelegations(read: Read, memberId: string, today: PlainDate) {
  const { given, received } = await delegationsOf(read, memberId)
  const shown = (delegation: Delegation): ShownDelegation => {
    const standing = standingOf(delegation, today)
    return { ...delegation, standing, mayEnd: standing === 'coming' || standing === 'running' }
  }
  return { given: given.map(shown), received: received.map(shown) }
}

export async function delegationsView(
  read: Read,
  session: ActingSession,
  {
    now,
    today,
    procedures,
    newId,
  }: { now: Date; today: PlainDate; procedures: readonly NamedProcedure[]; newId: string },
): Promise<DelegationsView> {
  return {
    session,
    today,
    ...(await shownDelegations(read, session.memberId, today)),
    procedures,
    organisations: await delegableOrganisations(read, session.memberId, today),
    delegable: delegableIn(session.hat),
    fresh: isFresh(session.signedInAt, now),
    newId,
  }
}

function delegableIn(hat: WornHat): DelegationsView['delegable'] {
  if (hat.onBehalfOf !== undefined) return undefined
  return hat.officeId === undefined ? 'own-affairs' : 'office'
}
