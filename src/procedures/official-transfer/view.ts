/** The transfer as one reader sees it: what now, whose turn, until when; every button asked of the same rules as the act. */
import type { Actor } from '../../kernel/actor.ts'
import { actsForMember, MEMBER_HAT } from '../../kernel/actor.ts'
import { sql, type Database, type Read, type Write } from '../../kernel/db.ts'
import { eventsOf, loadDossier, type RecordedEvent, type StoredDossier } from '../../kernel/dossier.ts'
import { isPlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal, refusalOf } from '../../kernel/refusal.ts'
import { maskDigits } from '../../kernel/vietnamese-text.ts'
import { papersOf, type Paper } from '../../papers/store.ts'
import { getMember, type Member } from '../../registry/members/store.ts'
import { SYSTEM_ADMINISTRATOR } from '../../registry/offices/positions.ts'
import { ancestorsOn } from '../../registry/organisations/store.ts'
import { awaited, parties } from './awaited.ts'
import type { TransferView } from './contract.ts'
import { decide, type Facts } from './decide.ts'
import { gather } from './gather.ts'
import { bodyName } from './paper-words.ts'
import { OFFICIAL_TRANSFER } from './procedure.ts'
import { originCell, startBy } from './rules.ts'
import type { Place } from './route.ts'
import { SAMPLES } from './samples.ts'
import { NEXT, type CommandType, type Transfer } from './states.ts'

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
    const dossier = await loadDossier<Transfer>(write, OFFICIAL_TRANSFER, dossierId)
    if (!dossier || !(await maySee(write, dossier.state, context)))
      throw new Refusal('not-found', 'dossier.unknown')
    const [member, events, papers, actions] = [
      await getMember(write, dossier.state.memberId),
      await eventsOf(write, dossierId),
      await papersOf(write, dossierId),
      await actionsOf(write, dossier.state, context),
    ]
    return {
      ...basics(dossier, member, context),
      actions,
      papers: papers.map((paper) => paperLine(paper, dossier.state)),
      timeline: await timelineOf(write, events),
    }
  })
}

/** The member (or who acts for them), every organisation on the way, and the committees above one of them. */
export async function maySee(
  read: Read,
  transfer: Transfer,
  { actor, today }: Pick<Context, 'actor' | 'today'>,
): Promise<boolean> {
  if (actor.kind !== 'person') return true
  if (actsForMember(actor, transfer.memberId)) return true
  if (CLOSED_TO.has(actor.hat.position) || transfer.status === 'draft') return false
  const own = actor.hat.organisationId
  const way = parties(transfer).map((party) => party.organisationId)
  if (way.includes(own) || transfer.origin.some((place) => place.id === own)) return true
  const destination = transfer.destinationCell?.id ?? transfer.route?.receiver.id
  if (!destination) return false
  return (await ancestorsOn(read, destination, today)).some((place) => place.id === own)
}

/** A member's hat opens the own dossiers alone; a system administrator works on the technical side and opens none. */
const CLOSED_TO: ReadonlySet<string> = new Set([MEMBER_HAT, SYSTEM_ADMINISTRATOR])

/** Every command the state allows and this reader could ask, with the refusal that stands in its way if one does. */
async function actionsOf(
  write: Write,
  transfer: Transfer,
  context: Context,
): Promise<TransferView['actions']> {
  const facts = await gather(write, transfer, { type: 'withdraw', reason: 'x' }, context)
  const actions: TransferView['actions'] = []
  for (const command of NEXT[transfer.status]) {
    const shown = actionOf(command, transfer, facts, context)
    if (shown) actions.push(shown)
  }
  return actions
}

function actionOf(
  command: CommandType,
  transfer: Transfer,
  facts: Facts,
  context: Context,
): TransferView['actions'][number] | undefined {
  const sample = SAMPLES[command](transfer, context)
  const refusal = refusalOf(() => decide(transfer, sample, { ...facts, ...sampleFacts(transfer) }, context))
  if (!refusal) return { command, refusal: null, needsFreshSignIn: false }
  if (refusal.code === 'transfer.not-yours') return undefined
  if (refusal.code === 'identity.stale-sign-in') return { command, refusal: null, needsFreshSignIn: true }
  if (refusal.kind === 'invalid') return { command, refusal: null, needsFreshSignIn: false }
  const { code, citation, facts: said } = refusal
  return { command, refusal: { code, citation: citation ?? null, facts: said }, needsFreshSignIn: false }
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
  const committee = transfer.origin.find((place) => place.tier === 'grassroots')
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
      who === 'member' ? actsForMember(actor, transfer.memberId) : isMyTurn(actor, responsible, positions),
  }
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
    select distinct on (organisation_id) organisation_id, name from organisation_period
     where organisation_id = any(${places}::uuid[]) order by 1`)
  const positions = await read.rows<{ code: string; name: string }>(sql`select code, name from position`)
  const nameOf = new Map([
    ...names.map(({ id, name }) => [id, name] as const),
    ...positions.map(({ code, name }) => [code, name] as const),
  ])
  const called = (key: string | null): string | null => (key === null ? null : (nameOf.get(key) ?? null))
  return events
    .filter((event) => event.type !== 'draft-saved')
    .map((event) => ({
      number: event.number,
      type: event.type,
      at: event.at.toISOString(),
      who: called(event.actorId),
      position: called(event.position),
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
