/** The transfer as one reader sees it: what now, whose turn, until when; every button asked of the same rules as the act. */
import type { Actor } from '../../kernel/actor.ts'
import { actsForMember, isThisPerson } from '../../kernel/actor.ts'
import { sql, type Database, type Read, type Write } from '../../kernel/db.ts'
import { eventsOf, type RecordedEvent, type StoredDossier } from '../../kernel/dossier.ts'
import { isPlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { refusalOf, type Refusal } from '../../kernel/refusal.ts'
import { maskDigits } from '../../kernel/vietnamese-text.ts'
import { papersOf, type Paper } from '../../papers/store.ts'
import { getMember, type Member } from '../../registry/members/store.ts'
import { ancestorsOn, findOrganisation } from '../../registry/organisations/store.ts'
import { awaited } from './law/awaited.ts'
import type { TransferView } from './contract.ts'
import { decide } from './law/decide.ts'
import type { Facts } from './law/facts.ts'
import { gather } from './gather.ts'
import { bodyName } from '../../papers/bodies.ts'
import { actingFor, needFreshSignIn, originCell, startBy } from './law/rules.ts'
import { grassrootsIn, type Place } from './law/route.ts'
import { SAMPLES } from './law/samples.ts'
import { seenTransfer } from './seen.ts'
import { NEXT, type CommandType, type Transfer } from './law/states.ts'

/**
 * The dossier for this reader.
 *
 * @throws Refusal not-found `dossier.unknown` for one that does not exist and for one this reader may not see alike
 */
export async function viewTransfer(
  database: Database,
  dossierId: string,
  context: Context,
): Promise<TransferView> {
  return database.transaction(async (write) => {
    const dossier = await seenTransfer(write, dossierId, context, 'dossier')
    const [member, events, papers, actions, committee] = [
      await getMember(write, dossier.state.memberId),
      await eventsOf(write, dossierId),
      await papersOf(write, dossierId),
      await actionsOf(write, dossier.state, context),
      await destinationCommittee(write, dossier.state, context),
    ]
    return {
      ...basics(dossier, member, committee, context),
      actions,
      papers: papers.map((paper) => paperLine(paper, dossier.state)),
      timeline: await timelineOf(write, events),
    }
  })
}

/** Every command the state allows and this reader could ask, with the refusal that stands in its way if one does. */
async function actionsOf(
  write: Write,
  transfer: Transfer,
  context: Context,
): Promise<TransferView['actions']> {
  const asked = await askedActs(write, transfer, context)
  return asked.flatMap((act) => actionOf(act, context) ?? [])
}

/** Every command the state allows, with the refusal this actor would meet if one stands in the way. */
export async function askedActs(
  write: Write,
  transfer: Transfer,
  context: Context,
): Promise<{ command: CommandType; refusal: Refusal | undefined }[]> {
  const facts = await gather(write, transfer, { type: 'withdraw', reason: 'x' }, context)
  const asked = { ...facts, ...sampleFacts(transfer) }
  return NEXT[transfer.status].map((command) => {
    const sample = SAMPLES[command](transfer, context)
    const refusal = refusalOf(() => decide(transfer, sample, asked, justSignedIn(context)))
    // A sample is filled in just well enough to be judged: what it lacks, a real form would say.
    return { command, refusal: refusal?.kind === 'invalid' ? undefined : refusal }
  })
}

function actionOf(
  { command, refusal }: { readonly command: CommandType; readonly refusal: Refusal | undefined },
  context: Context,
): TransferView['actions'][number] | undefined {
  if (refusal?.code === 'transfer.not-yours') return undefined
  const needsFreshSignIn = refusalOf(() => needFreshSignIn(command, context)) !== undefined
  if (!refusal) return { command, refusal: null, needsFreshSignIn }
  const { code, citation, facts: said } = refusal
  return { command, refusal: { code, citation: citation ?? null, facts: said }, needsFreshSignIn: false }
}

/** Whether the sign-in is fresh is asked apart: what else stands in the way is said before somebody confirms for nothing. */
function justSignedIn(context: Context): Context {
  const { actor, at } = context
  return actor.kind === 'person' ? { ...context, actor: { ...actor, signedInAt: at } } : context
}

/** What a command would bring along by itself: asking about it takes no number and makes no paper. */
function sampleFacts(transfer: Transfer): Partial<Facts> {
  const receiver = transfer.route?.receiver
  return {
    paperIds: ['', '', ''],
    number: { number: 1, symbol: '' },
    ...(receiver ? { cell: { place: receiver, chain: [receiver] } } : {}),
  }
}

function basics(
  dossier: StoredDossier<Transfer>,
  member: Member,
  committee: string | null,
  context: Context,
): Omit<TransferView, 'actions' | 'papers' | 'timeline'> {
  const transfer = dossier.state
  const { answers } = transfer
  return {
    id: dossier.id,
    number: dossier.number,
    version: dossier.version,
    status: transfer.status,
    kind: transfer.route?.kind ?? null,
    memberType: transfer.memberType,
    member: {
      id: member.id,
      name: member.fullName,
      cardNumber: member.cardNumber && maskDigits(member.cardNumber),
      joinedOn: member.joinedOn,
      mine: actsForMember(context.actor, member.id),
    },
    origin: { cell: placeLine(originCell(transfer)), committee: committeeOf(transfer) },
    destination: {
      id: answers.destinationId ?? null,
      name: answers.destinationName ?? transfer.route?.receiver.name ?? null,
      committee,
      cell: transfer.destinationCell ? placeLine(transfer.destinationCell) : null,
    },
    answers,
    late: transfer.late,
    startBy: answers.decisionEffectiveOn ? startByOf(answers.decisionEffectiveOn, context) : null,
    awaited: awaitedLine(transfer, context),
    hops: hopLines(transfer),
    files: transfer.files.map(({ id, role, name, sha256, pages }) => ({ id, role, name, sha256, pages })),
    cellReview: transfer.cellReview ?? null,
    committeeComment: transfer.committeeComment ?? null,
    supplements: transfer.supplements.map((each) => ({
      stage: each.stage,
      items: [...each.items],
      askedAt: each.askedAt,
      answeredAt: each.answeredAt ?? null,
      overrideReason: each.overrideReason ?? null,
      closableOn: each.closableOn,
    })),
    custody: transfer.custody
      ? {
          sealNumber: transfer.custody.sealNumber,
          handedOn: transfer.custody.handedOn,
          receivedOn: transfer.custody.receivedOn ?? null,
          sealIntact: transfer.custody.sealIntact ?? null,
          exception: transfer.custody.exception ?? null,
        }
      : null,
    technicalDefects: [...transfer.technicalDefects],
    sealFailure: transfer.sealFailure ?? null,
    referredOn: transfer.referredOn ?? null,
    presentBy: transfer.presentBy ?? null,
    presentationOverdue: transfer.presentationOverdue,
    latenessExplained: transfer.latenessExplained ?? null,
    lastReason: transfer.lastReason ?? null,
    admission: transfer.admission
      ? { meetingOn: transfer.admission.meetingOn, admittedOn: transfer.admission.admittedOn }
      : null,
  }
}

/** The grassroots organisation of the destination: cells of two of them share names. */
async function destinationCommittee(
  read: Read,
  { route, answers }: Transfer,
  { today }: Pick<Context, 'today'>,
): Promise<string | null> {
  if (route) return bodyName(route.receiver)
  const { destinationId } = answers
  if (destinationId === undefined || !(await findOrganisation(read, destinationId, today))) return null
  const chain = await ancestorsOn(read, destinationId, today)
  const committee = chain[grassrootsIn(chain)]
  return committee ? bodyName(committee) : null
}

/** A day the calendar does not know (before 2014) has no last day to tell. */
function startByOf(effectiveOn: string, { calendar }: Context): string | null {
  if (!isPlainDate(effectiveOn)) return null
  let last: string | null = null
  refusalOf(() => {
    last = startBy(effectiveOn, calendar)
  })
  return last
}

const placeLine = (place: Place): { id: string; name: string } => ({ id: place.id, name: place.name })

function committeeOf(transfer: Transfer) {
  const committee = transfer.origin[grassrootsIn(transfer.origin)]
  return committee ? { id: committee.id, name: bodyName(committee) } : null
}

function awaitedLine(transfer: Transfer, { actor, at }: Context): TransferView['awaited'] {
  const { who, responsible, positions, act, until } = awaited(transfer)
  const known = [
    ...transfer.origin,
    ...transfer.hops.flatMap((hop) => [hop.from, hop.to]),
    transfer.destinationCell,
  ]
  const place = known.find((each) => each?.id === responsible)
  return {
    who,
    organisation: responsible === null ? null : { id: responsible, name: place ? bodyName(place) : '' },
    act,
    until: until?.toISOString() ?? null,
    overdue: until !== null && until < at,
    mine:
      who === 'member'
        ? actsForMember(actor, transfer.memberId)
        : who === 'organisation' &&
          isMyTurn(actor, responsible, positions) &&
          !isThisPerson(actor, transfer.memberId),
    insteadOf: insteadOf(transfer),
  }
}

/** The cell whose part a committee does now, because only the member could do it there. */
function insteadOf(transfer: Transfer) {
  const { status, origin, destinationCell } = transfer
  const ofOrigin = status === 'received' || status === 'cell-review'
  const cell = ofOrigin ? origin[0] : status === 'cell-admission' ? destinationCell : undefined
  return cell && actingFor(transfer, cell).id !== cell.id ? placeLine(cell) : null
}

function isMyTurn(actor: Actor, responsible: string | null, positions: readonly string[]): boolean {
  return (
    actor.kind === 'person' &&
    actor.hat.organisationId === responsible &&
    positions.includes(actor.hat.position)
  )
}

function hopLines(transfer: Transfer): TransferView['hops'] {
  const open = transfer.status !== 'completed' && transfer.hops.length > 0
  return transfer.hops.map((hop, index) => ({
    from: { id: hop.from.id, name: bodyName(hop.from) },
    to: { id: hop.to.id, name: bodyName(hop.to) },
    hasSeal: hop.from.hasSeal,
    standing: hop.sealedAt ? 'done' : open && index === transfer.hop ? 'now' : 'next',
    symbol: hop.numbered?.symbol ?? null,
    issuedOn: hop.numbered?.issuedOn ?? null,
    signedAt: hop.signed?.at ?? null,
  }))
}

function paperLine(paper: Paper, transfer: Transfer): TransferView['papers'][number] {
  const from = paper.hop === null ? undefined : transfer.hops[paper.hop]?.from
  const issuer = paper.signers.find((signer) => signer.organisation !== '')?.organisation ?? from?.name ?? ''
  return {
    id: paper.id,
    kind: paper.kind,
    hop: paper.hop,
    symbol: paper.symbol,
    issuedOn: paper.issuedOn,
    organisation: issuer,
    signatures: paper.signers.length,
    complete: from?.hasSeal === true ? paper.signers.some((signer) => signer.place === 'organisation') : true,
    voided: paper.voidReason,
    verify: `/verify/${paper.token}`,
  }
}

/** Events with the words of who did them; notes are what somebody wrote for the record. */
async function timelineOf(read: Read, events: readonly RecordedEvent[]): Promise<TransferView['timeline']> {
  const people = [
    ...new Set(events.flatMap((event) => [event.actorId, event.onBehalfOf]).filter((id) => id !== null)),
  ]
  const places = [...new Set(events.map((event) => event.organisationId).filter((id) => id !== null))]
  const names = await read.rows<{ id: string; name: string }>(sql`
    select id, full_name as name from member where id = any(${people}::uuid[])
    union all
    (select distinct on (organisation_id) organisation_id, name from organisation_period
      where organisation_id = any(${places}::uuid[]) order by organisation_id, valid_from desc)`)
  const positions = await read.rows<{ code: string; name: string; nameEn: string }>(
    sql`select code, name, name_en as "nameEn" from position`,
  )
  const nameOf = new Map(names.map(({ id, name }) => [id, name]))
  const positionOf = new Map(positions.map((position) => [position.code, position]))
  const called = (key: string | null): string | null => (key === null ? null : (nameOf.get(key) ?? null))
  return events
    .filter((event) => event.type !== 'draft-saved')
    .map((event) => ({
      number: event.number,
      type: event.type,
      at: event.at.toISOString(),
      who: called(event.actorId),
      position: positionOf.get(event.position ?? '')?.name ?? null,
      positionEn: positionOf.get(event.position ?? '')?.nameEn ?? null,
      organisation: event.position === 'member' ? null : called(event.organisationId),
      onBehalfOf: called(event.onBehalfOf),
      note: noteOf(event.data),
    }))
}

function noteOf(data: Record<string, unknown>): string | null {
  const said = data.reason ?? data.note ?? data.explanation ?? data.account ?? null
  if (typeof said === 'string') return said
  const numbered = data.numbered as { symbol?: string } | undefined
  if (numbered?.symbol) return numbered.symbol
  const supplement = data.supplement as { items?: string[] } | undefined
  return supplement?.items?.join('; ') ?? null
}
