/** What the rules of a temporary stay must know beside its state: loaded in the command's own transaction. */
import { randomUUID } from 'node:crypto'
import type { Write } from '../../kernel/db.ts'
import { nextNumber } from '../../kernel/dossier.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { termOf } from '../../kernel/register-term.ts'
import { abbreviationOf } from '../../papers/bodies.ts'
import { symbolLine } from '../../papers/layout.ts'
import { membershipOf } from '../../registry/members/memberships.ts'
import { findMember, isProbationary } from '../../registry/members/store.ts'
import { holdersOf } from '../../registry/offices/store.ts'
import { findAncestors, findOrganisation, type Organisation } from '../../registry/organisations/store.ts'
import { heirsOf } from '../../registry/organisations/successors.ts'
import type { Web } from '../../web/web.ts'
import type { Facts } from './law/facts.ts'
import { committeeOf, type Chain, type Place } from './law/place.ts'
import { originCommittee, signers } from './law/rules.ts'
import { isClosed, type Command, type Heirs, type Stay } from './law/states.ts'
import { LETTER_KIND } from './papers/papers.ts'
import { findOpenStay } from './store.ts'

export async function gather(
  write: Write,
  stay: Stay | undefined,
  command: Command,
  context: Context,
  feesOf?: Web['feesOf'],
): Promise<Facts> {
  const { today } = context
  const memberId = stay?.memberId ?? askedFor(command, context)
  const member = memberId === undefined ? undefined : await findMember(write, memberId)
  const origin = await originOf(write, stay, command, memberId, today)
  const hostId = stay?.answers.hostId
  const cell = command.type === 'assign-cell' ? await cellOf(write, command.cellId, today) : undefined
  const following = command.type === 'follow-reorganisation' || command.type === 'end'
  const heirs = stay && following ? await heirsIn(write, stay, today) : {}
  return {
    member: member && {
      id: member.id,
      type: isProbationary(member, today) ? 'probationary' : 'official',
      standing: member.standing,
    },
    origin,
    host: hostId !== undefined && command.type === 'submit' ? await chainOf(write, hostId, today) : [],
    cell,
    standIn: stay !== undefined && (await needsStandIn(write, stay, command, { origin, cell }, context)),
    otherOpen:
      stay === undefined && memberId !== undefined && (await findOpenStay(write, memberId)) !== undefined,
    paperId: randomUUID(),
    number:
      stay?.status === 'numbering' && command.type === 'take-number'
        ? await takeNumber(write, stay, context)
        : undefined,
    fees:
      stay && (command.type === 'comment' || command.type === 'write-return')
        ? await feesIn(write, stay, feesOf)
        : undefined,
    heirs,
    moved: stay !== undefined && command.type === 'end' && (await hasMoved(write, stay, today)),
    hostGone: stay !== undefined && command.type === 'end' && (await isHostGone(write, stay, heirs, today)),
  }
}

/** Who writes a letter says through which month fees are paid: the books know it first. */
async function feesIn(write: Write, { memberId }: Stay, feesOf: Web['feesOf'] | undefined) {
  if (!feesOf) throw new Error('a cell writes its letter where the books of fees can be asked')
  const standing = await feesOf(write, memberId)
  return standing && { paidThrough: standing.paidThrough, open: standing.open.length }
}

/** Whom a first draft is about: the one an office names, or who asks. */
function askedFor(command: Command, { actor }: Context): string | undefined {
  if (command.type === 'save-draft' && command.memberId !== undefined) return command.memberId
  return actor.kind === 'person' ? (actor.onBehalfOf?.memberId ?? actor.memberId) : undefined
}

/** Read anew until the request is sent, and when an organisation changed; else as it stood. */
async function originOf(
  write: Write,
  stay: Stay | undefined,
  command: Command,
  memberId: string | undefined,
  today: PlainDate,
): Promise<Chain> {
  const anew = !stay || command.type === 'submit' || command.type === 'follow-reorganisation'
  if (!anew || memberId === undefined) return stay?.origin ?? []
  const membership = await membershipOf(write, memberId)
  // Who is on the way to another cell (chuyển chính thức) is counted nowhere, and lent out by nobody.
  const isCounted = membership?.standing === 'active' || command.type === 'follow-reorganisation'
  return membership && isCounted ? chainOf(write, membership.organisationId, today) : []
}

async function chainOf(write: Write, organisationId: string, today: PlainDate): Promise<Chain> {
  return (await findAncestors(write, organisationId, today)).map(placeOf)
}

async function cellOf(write: Write, cellId: string, today: PlainDate) {
  const found = await findOrganisation(write, cellId, today)
  return found?.holdsMembers
    ? { place: placeOf(found), chain: await chainOf(write, cellId, today) }
    : undefined
}

/** Whether the cell that now has its part to do has nobody for it but the member and who filed the request. */
async function needsStandIn(
  write: Write,
  stay: Stay,
  command: Command,
  { origin, cell }: { readonly origin: Chain; readonly cell: Facts['cell'] },
  { actor, today }: Context,
): Promise<boolean> {
  const reached = command.type === 'submit' ? origin[0] : cell?.place
  if (!reached) return false
  const filing = command.type === 'submit' && actor.kind === 'person' ? actor.memberId : stay.submittedBy
  const officers = await holdersOf(write, reached.id, signers(reached), today)
  return officers.every(({ memberId }) => memberId === stay.memberId || memberId === filing)
}

/** Who took over from whatever of the stay is no longer there. */
async function heirsIn(write: Write, stay: Stay, today: PlainDate): Promise<Heirs> {
  const places = [...stay.origin, stay.host, stay.hostCell, stay.office]
  const ids = [...new Set(places.flatMap((place) => (place ? [place.id] : [])))]
  const heirs = await heirsOf(write, ids, today)
  return Object.fromEntries([...heirs].map(([id, heir]) => [id, placeOf(heir)]))
}

/** Counted today under another grassroots organisation: whoever lent the member out has nobody to take back. */
async function hasMoved(write: Write, stay: Stay, today: PlainDate): Promise<boolean> {
  const membership = await membershipOf(write, stay.memberId)
  if (membership?.standing !== 'active') return false
  const now = committeeOf(await chainOf(write, membership.organisationId, today))
  return now !== undefined && now.id !== originCommittee(stay).id
}

async function isHostGone(write: Write, stay: Stay, heirs: Heirs, today: PlainDate): Promise<boolean> {
  if (isClosed(stay)) return false
  for (const place of [stay.host, stay.hostCell]) {
    if (!place || heirs[place.id]) continue
    if (!(await findOrganisation(write, place.id, today))) return true
  }
  return false
}

export function placeOf({ id, name, tier, hasSeal }: Organisation): Place {
  return { id, name, tier, hasSeal }
}

async function takeNumber(write: Write, stay: Stay, context: Context) {
  const from = originCommittee(stay)
  const number = await nextNumber(write, from.id, LETTER_KIND, termOf(context.today, context))
  return { number, symbol: symbolLine(number, LETTER_KIND, abbreviationOf(from)) }
}
