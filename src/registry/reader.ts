/**
 * Who reads the registry and how far: an office sees its own organisation and everything below it, nothing beside it. Of a
 * past day it sees what lay there then, and what lay in organisations that have gone into its own since.
 */
import type { FastifyRequest } from 'fastify'
import { MEMBER_HAT } from '../kernel/actor.ts'
import type { Database, Read } from '../kernel/db.ts'
import { isPlainDate, todayIn, type PlainDate } from '../kernel/plain-date.ts'
import { Refusal } from '../kernel/refusal.ts'
import { formFields } from '../web/forms.ts'
import { sessionOf } from '../web/http.ts'
import type { Web } from '../web/web.ts'
import { looksBack, type LookedAt } from './day.ts'
import { getMember, type Member } from './members/store.ts'
import { membershipOn, type Membership } from './members/memberships.ts'
import {
  COMMISSION_DEPUTY,
  COMMISSION_HEAD,
  COMMISSION_OFFICER,
  SYSTEM_ADMINISTRATOR,
} from './offices/positions.ts'
import {
  advisoryOf,
  findOrganisation,
  findWithin,
  firstDayKnown,
  liesWithinAny,
  type Organisation,
} from './organisations/store.ts'
import { predecessorsOn } from './organisations/succession.ts'
import { keepView, type ViewKind } from './readings/keeping.ts'

/** A person in an office, who looks at the registry as it is today or was on a day. */
export interface Reader extends LookedAt {
  readonly memberId: string
  readonly position: string
  /** where the office is; at the head of what the reader sees is `treeOf` */
  readonly organisationId: string
  readonly officeId: string | null
  /** the moment of the request: what is read is kept with it */
  readonly at: Date
}

/**
 * The reader of a request, who looks at today.
 *
 * @throws Refusal forbidden `identity.officers-only` in a member's own hat; `registry.not-delegated` in a hat worn for
 *   somebody else: a delegation is of procedures, the registry is none (338-QĐ/TW art. 11)
 */
export function readerOf(request: FastifyRequest, web: Pick<Web, 'clock'>): Reader {
  const { hat, memberId } = sessionOf(request)
  const at = web.clock.now()
  if (hat.position === MEMBER_HAT) throw new Refusal('forbidden', 'identity.officers-only')
  if (hat.onBehalfOf)
    throw new Refusal('forbidden', 'registry.not-delegated', { citation: '338-QĐ/TW, Điều 11' })
  const today = todayIn(at)
  return {
    memberId,
    position: hat.position,
    organisationId: hat.organisationId,
    officeId: hat.officeId ?? null,
    today,
    day: today,
    at,
  }
}

/**
 * The reader of a request that may ask for a day: `?on=2026-10-31`, or the three boxes of a form. Nothing, or today's
 * date, is today.
 *
 * @throws Refusal as `readerOf`, and as `dayAsked`
 */
export async function readerOn(
  request: FastifyRequest,
  web: Pick<Web, 'clock' | 'database'>,
): Promise<Reader> {
  const reader = readerOf(request, web)
  return { ...reader, day: await dayAsked(web.database.read, request.query, reader.today) }
}

/**
 * The day a query asks for; today unless it names one.
 *
 * @throws Refusal invalid `registry.day-unreadable`; against-rule `registry.day-to-come`; not-found
 *   `registry.day-before-records` {first}
 */
export async function dayAsked(read: Read, query: unknown, today: PlainDate): Promise<PlainDate> {
  const { on = today } = formFields(query)
  if (!isPlainDate(on)) throw new Refusal('invalid', 'registry.day-unreadable')
  if (on > today) throw new Refusal('against-rule', 'registry.day-to-come', { facts: { today } })
  if (on === today) return on
  const first = await firstDayKnown(read)
  if (on < (first ?? today))
    throw new Refusal('not-found', 'registry.day-before-records', { facts: { first: first ?? today } })
  return on
}

/**
 * Who in an organisation commission (Ban Tổ chức) looks after the members of the committee it advises; its clerk numbers
 * letters and has no business with lists.
 */
const ADVISING: readonly string[] = [COMMISSION_HEAD, COMMISSION_DEPUTY, COMMISSION_OFFICER]

/** Without a position: what any office there sees. */
type InOffice = Pick<Reader, 'organisationId' | 'today'> & Partial<Pick<Reader, 'position'>>

/**
 * The organisation whose tree the office sees: the own one; for those of the commission that refers members in a
 * committee's stead (294-QĐ/TW 6.3.1b), and for no other advisory body, that committee's. The office is of today, so what
 * it advises is today's too, whatever day is looked at.
 */
export async function treeOf(read: Read, { organisationId, position, today }: InOffice): Promise<string> {
  if (position === undefined || !ADVISING.includes(position)) return organisationId
  const own = await findOrganisation(read, organisationId, today)
  const advises = own?.parentId ? await advisoryOf(read, own.parentId, today) : undefined
  return own?.parentId && advises?.id === organisationId ? own.parentId : organisationId
}

/** A system administrator keeps the system running and has no business with people's records (domain G.2). */
export function mayReadMembers(reader: Pick<Reader, 'position'>): boolean {
  return reader.position !== SYSTEM_ADMINISTRATOR
}

/** @throws Refusal forbidden `registry.administrators-read-no-members` */
export function requireMemberReader(reader: Reader): void {
  if (!mayReadMembers(reader)) throw new Refusal('forbidden', 'registry.administrators-read-no-members')
}

/** The organisations at the head of what an office sees on the day looked at. */
export async function headsOf(read: Read, reader: LookedAt & InOffice): Promise<string[]> {
  const tree = await treeOf(read, reader)
  if (!looksBack(reader)) return [tree]
  return [tree, ...(await predecessorsOn(read, tree, reader))]
}

/**
 * An organisation the reader may see, as it is on the day looked at.
 *
 * @throws Refusal not-found `organisation.unknown`, for one beside or above the reader's as for one that is nowhere
 */
export async function readableOrganisation(read: Read, reader: Reader, id: string): Promise<Organisation> {
  const found = await findWithin(read, id, await headsOf(read, reader), reader.day)
  if (!found) throw new Refusal('not-found', 'organisation.unknown')
  return found
}

/** Whether the organisation is open to the reader today: where it is not, a page of the past leads back elsewhere. */
export async function isReadableToday(read: Read, reader: Reader, id: string): Promise<boolean> {
  return liesWithinAny(read, id, [await treeOf(read, reader)], reader.today)
}

export interface CountedMember {
  readonly member: Member
  readonly membership: Membership
}

/**
 * The record of a member counted on the day looked at in, or on the way from, an organisation the reader may see. That it was read is kept
 * before it is given out, and the member sees it.
 *
 * @throws Refusal as `memberWithin`
 */
export async function readableMember(
  database: Database,
  reader: Reader,
  id: string,
  kind: ViewKind,
): Promise<CountedMember> {
  const found = await memberWithin(database.read, reader, id)
  await database.transaction((write) =>
    keepView(write, { memberId: id, kind, viewer: reader, at: reader.at }),
  )
  return found
}

/**
 * The same for acts and for what shows nothing of the record: keeps nothing.
 *
 * @throws Refusal forbidden `registry.administrators-read-no-members`; not-found `member.unknown` for everybody else's
 */
export async function memberWithin(read: Read, reader: Reader, id: string): Promise<CountedMember> {
  requireMemberReader(reader)
  const membership = await membershipOn(read, id, reader.day)
  const within =
    membership !== undefined &&
    (await liesWithinAny(read, membership.organisationId, await headsOf(read, reader), reader.day))
  if (!within) throw new Refusal('not-found', 'member.unknown')
  return { member: await getMember(read, id), membership }
}
