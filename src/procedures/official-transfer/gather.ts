/** What the rules of a transfer must know beside its state: loaded in the command's own transaction. */
import { randomUUID } from 'node:crypto'
import { READ_HERE, type Readers } from '../../foreign-files/readers.ts'
import { nextNumber } from '../../kernel/dossier.ts'
import { sql, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { termOf } from '../../kernel/register-term.ts'
import { abbreviationOf } from '../../papers/bodies.ts'
import { symbolLine } from '../../papers/layout.ts'
import { loadFile } from '../../papers/store.ts'
import { holdsOf } from '../../registry/members/holds.ts'
import { membershipOf } from '../../registry/members/memberships.ts'
import { findMember, isProbationary, type Member } from '../../registry/members/store.ts'
import { holdersOf } from '../../registry/offices/store.ts'
import {
  advisoryOf,
  findAncestors,
  findOrganisation,
  type Organisation,
} from '../../registry/organisations/store.ts'
import { heirsOf } from '../../registry/organisations/successors.ts'
import type { Web } from '../../web/web.ts'
import type { Facts } from './law/facts.ts'
import type { Chain, Place } from './law/route.ts'
import { signers } from './law/rules.ts'
import { currentHop, type Command, type Transfer } from './law/states.ts'

/** The letter's kind in the register's numbers: 'Số 07-GGT/ĐU'. */
export const LETTER_KIND = 'GGT'

/** Writing on one's own draft asks nothing of the registry. */
const WRITING: ReadonlySet<Command['type']> = new Set(['save-draft', 'attach-file', 'detach-file'])

const NOTHING: Facts = {
  member: undefined,
  origin: [],
  destination: [],
  commission: undefined,
  cell: undefined,
  standIn: undefined,
  holds: [],
  otherOpen: false,
  defects: [],
  paperIds: [],
  number: undefined,
  fees: undefined,
}

export async function gather(
  write: Write,
  transfer: Transfer | undefined,
  command: Command,
  context: Context,
  { feesOf, readers = READ_HERE }: Partial<Pick<Web, 'feesOf' | 'readers'>> = {},
): Promise<Facts> {
  if (transfer && WRITING.has(command.type)) return NOTHING
  const memberId = transfer?.memberId ?? actedFor(context)
  const { today } = context
  const member = memberId === undefined ? undefined : await findMember(write, memberId)
  const following = command.type === 'follow-reorganisation'
  const origin = await originOf(write, following ? undefined : transfer, memberId, today)
  const province = origin.find((place) => place.tier === 'province')
  const commission = province ? await advisoryOf(write, province.id, today) : undefined
  const destinationId =
    ('destinationId' in command ? command.destinationId : undefined) ?? transfer?.answers.destinationId
  if (transfer && following) return followingFacts(write, transfer, { origin, commission, member }, today)
  const cell = command.type === 'assign-cell' ? await cellOf(write, command.cellId, today) : undefined
  return {
    member: member && factsOf(member, today),
    origin,
    destination: await chainOf(write, destinationId, today),
    commission: commission && placeOf(commission),
    cell,
    standIn: transfer && (await standInOf(write, transfer, command, { origin, cell: cell?.chain }, context)),
    holds: member
      ? (await holdsOf(write, member.id)).map(({ id, kind, setIn }) => ({ id, kind, setIn }))
      : [],
    otherOpen: transfer === undefined && memberId !== undefined && (await hasOpen(write, memberId)),
    defects: command.type === 'submit' && transfer ? await defectsOf(write, transfer, readers) : [],
    paperIds:
      command.type === 'sign-referral' || command.type === 'admit'
        ? [randomUUID(), randomUUID(), randomUUID()]
        : [],
    number:
      transfer && takesNumber(transfer, command) ? await takeNumber(write, transfer, context) : undefined,
    fees:
      command.type === 'sign-referral' && transfer?.hop === 0
        ? await feesIn(write, transfer, feesOf)
        : undefined,
  }
}

/** The cell that writes the letter says through which month fees are paid: the books know it first. */
function feesIn(write: Write, { memberId }: Transfer, feesOf: Web['feesOf'] | undefined) {
  if (!feesOf) throw new Error('a cell signs where the books of fees can be asked')
  return feesOf(write, memberId)
}

/** What a reorganisation left of the way: today's origin, who took over on each side, and today's destination. */
async function followingFacts(
  write: Write,
  transfer: Transfer,
  now: { origin: Chain; commission: Organisation | undefined; member: Member | undefined },
  today: PlainDate,
): Promise<Facts> {
  const { origin, commission, member } = now
  const toward = transfer.destinationCell?.id ?? transfer.answers.destinationId
  const cell = toward === undefined ? undefined : await heirsOf(write, [toward], today)
  const destination = await chainOf(write, (toward && cell?.get(toward)?.id) ?? toward, today)
  const way = [...transfer.origin, ...transfer.hops.flatMap((hop) => [hop.from, hop.to])].map(({ id }) => id)
  const there = [transfer.route?.receiver.id, toward].filter((id) => id !== undefined)
  const places = (heirs: Map<string, Organisation>) =>
    Object.fromEntries([...heirs].map(([id, heir]) => [id, placeOf(heir)]))
  const [from, to] = await Promise.all([
    heirsOf(write, transfer.block ? [...way, transfer.block.by] : way, today, idsOf(origin)),
    heirsOf(write, there, today, idsOf(destination)),
  ])
  return {
    ...NOTHING,
    member: member && factsOf(member, today),
    origin,
    destination,
    commission: commission && placeOf(commission),
    heirs: { origin: places(from), destination: places(to) },
  }
}

const idsOf = (chain: Chain): string[] => chain.map(({ id }) => id)

function factsOf(member: Member, today: PlainDate): NonNullable<Facts['member']> {
  const type = isProbationary(member, today) ? 'probationary' : 'official'
  return { id: member.id, type, standing: member.standing }
}

/** Before it is sent the origin is read anew; after that it stays as it stood. */
async function originOf(
  write: Write,
  transfer: Transfer | undefined,
  memberId: string | undefined,
  today: PlainDate,
): Promise<Chain> {
  const settled = transfer && transfer.hops.length > 0 && transfer.status !== 'returned'
  if (settled || memberId === undefined) return transfer?.origin ?? []
  const membership = await membershipOf(write, memberId)
  return chainOf(write, membership?.organisationId, today)
}

async function chainOf(write: Write, organisationId: string | undefined, today: PlainDate): Promise<Chain> {
  return organisationId === undefined ? [] : (await findAncestors(write, organisationId, today)).map(placeOf)
}

async function cellOf(write: Write, cellId: string, today: PlainDate) {
  const found = await findOrganisation(write, cellId, today)
  return found?.holdsMembers
    ? { place: placeOf(found), chain: await chainOf(write, cellId, today) }
    : undefined
}

/**
 * The committee above the cell that now has its part to do, when nobody could do it there: the only officer is the member,
 * or who filed the dossier.
 */
async function standInOf(
  write: Write,
  transfer: Transfer,
  command: Command,
  chains: { readonly origin: Chain; readonly cell: Chain | undefined },
  { actor, today }: Context,
): Promise<Place | undefined> {
  const [cell, above] = await cellReached(write, transfer, command, chains, today)
  if (!cell || !above) return undefined
  const filing = command.type === 'submit' && actor.kind === 'person' ? actor.memberId : transfer.submittedBy
  const officers = await holdersOf(write, cell.id, signers(cell), today)
  const others = officers.filter(({ memberId }) => memberId !== transfer.memberId && memberId !== filing)
  return others.length > 0 ? undefined : above
}

/** The chain of the cell that this command brings the dossier to. */
async function cellReached(
  write: Write,
  { route, hop }: Transfer,
  command: Command,
  { origin, cell }: { readonly origin: Chain; readonly cell: Chain | undefined },
  today: PlainDate,
): Promise<Chain> {
  if (command.type === 'submit' || command.type === 'accept-intake') return origin
  if (command.type === 'assign-cell') return cell ?? []
  const lastOfInternal = route?.kind === 'internal' && hop === route.legs.length - 1
  return command.type === 'record-seal' && lastOfInternal ? chainOf(write, route.legs[hop]!.to.id, today) : []
}

export function placeOf(organisation: Organisation): Place {
  const { id, name, tier, hasSeal, armedForces, abroad } = organisation
  return { id, name, tier, hasSeal, armedForces, abroad }
}

async function hasOpen(write: Write, memberId: string): Promise<boolean> {
  return (
    (await write.maybe(sql`select 1 from official_transfer where member_id = ${memberId} and is_open`)) !==
    undefined
  )
}

/** The automatic technical check (338-QĐ/TW art. 14): the files are there, and what is signed in them is not broken. */
async function defectsOf(write: Write, transfer: Transfer, readers: Readers): Promise<string[]> {
  const trust: string[] = []
  const found = await Promise.all(
    transfer.files.map(async (file) => {
      const stored = await loadFile(write, file.sha256)
      if (stored.kind !== 'pdf') return []
      const { signatures } = await readers.paper(stored.bytes, { trust })
      return signatures.some((signature) => signature.standing === 'broken') ? ['file.signature-broken'] : []
    }),
  )
  return [...new Set(found.flat())]
}

/** A clerk takes the number; a body without a seal takes it with its signature. */
function takesNumber(transfer: Transfer, command: Command): boolean {
  if (command.type === 'take-number') return transfer.status === 'numbering'
  return (
    command.type === 'sign-referral' &&
    (transfer.status === 'cell-review' || transfer.status === 'committee-review') &&
    !currentHop(transfer).from.hasSeal
  )
}

async function takeNumber(write: Write, transfer: Transfer, context: Context) {
  const { from } = currentHop(transfer)
  const number = await nextNumber(write, from.id, LETTER_KIND, termOf(context.today, context))
  return { number, symbol: symbolLine(number, LETTER_KIND, abbreviationOf(from)) }
}

function actedFor({ actor }: Context): string | undefined {
  return actor.kind === 'person' ? (actor.onBehalfOf?.memberId ?? actor.memberId) : undefined
}
