/** Who reads the registry and how far: an office sees its own organisation and everything below it, nothing beside it. */
import type { FastifyRequest } from 'fastify'
import { MEMBER_HAT } from '../kernel/actor.ts'
import type { Read } from '../kernel/db.ts'
import { todayIn, type PlainDate } from '../kernel/plain-date.ts'
import { Refusal } from '../kernel/refusal.ts'
import { sessionOf } from '../web/http.ts'
import type { Web } from '../web/web.ts'
import { getMember, type Member } from './members/store.ts'
import { membershipOf, type Membership } from './members/memberships.ts'
import { SYSTEM_ADMINISTRATOR } from './offices/positions.ts'
import { getOrganisation, liesWithin, type Organisation } from './organisations/store.ts'

/** A person in an office, on a day. */
export interface Reader {
  readonly memberId: string
  readonly position: string
  /** the reader sees this organisation and everything below it */
  readonly organisationId: string
  readonly officeId: string | null
  readonly today: PlainDate
}

/**
 * The reader of a request.
 *
 * @throws Refusal forbidden `identity.officers-only` in a member's own hat; `registry.not-delegated` in a hat worn for
 *   somebody else: a delegation is of procedures, the registry is none (338-QĐ/TW art. 11)
 */
export function readerOf(request: FastifyRequest, web: Pick<Web, 'clock'>): Reader {
  const { hat, memberId } = sessionOf(request)
  if (hat.position === MEMBER_HAT) throw new Refusal('forbidden', 'identity.officers-only')
  if (hat.onBehalfOf)
    throw new Refusal('forbidden', 'registry.not-delegated', { citation: '338-QĐ/TW, Điều 11' })
  return {
    memberId,
    position: hat.position,
    organisationId: hat.organisationId,
    officeId: hat.officeId ?? null,
    today: todayIn(web.clock.now()),
  }
}

/** A system administrator keeps the system running and has no business with people's records (domain G.2). */
export function mayReadMembers(reader: Pick<Reader, 'position'>): boolean {
  return reader.position !== SYSTEM_ADMINISTRATOR
}

/** @throws Refusal forbidden `registry.administrators-read-no-members` */
export function requireMemberReader(reader: Reader): void {
  if (!mayReadMembers(reader)) throw new Refusal('forbidden', 'registry.administrators-read-no-members')
}

/**
 * An organisation the reader may see.
 *
 * @throws Refusal not-found `organisation.unknown`, for one beside or above the reader's as for one that is nowhere
 */
export async function readableOrganisation(read: Read, reader: Reader, id: string): Promise<Organisation> {
  if (!(await liesWithin(read, id, reader.organisationId, reader.today)))
    throw new Refusal('not-found', 'organisation.unknown')
  return getOrganisation(read, id, reader.today)
}

export interface CountedMember {
  readonly member: Member
  readonly membership: Membership
}

/**
 * A member counted in, or on the way from, an organisation the reader may see.
 *
 * @throws Refusal forbidden `registry.administrators-read-no-members`; not-found `member.unknown` for everybody else's
 */
export async function readableMember(read: Read, reader: Reader, id: string): Promise<CountedMember> {
  requireMemberReader(reader)
  const membership = await membershipOf(read, id)
  const within =
    membership !== undefined &&
    (await liesWithin(read, membership.organisationId, reader.organisationId, reader.today))
  if (!within) throw new Refusal('not-found', 'member.unknown')
  return { member: await getMember(read, id), membership }
}
