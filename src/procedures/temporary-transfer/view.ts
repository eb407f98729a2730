/** The stay as one reader sees it: what now, whose turn, until when; every button asked of the same rules as the act. */
import { actsForMember, isThisPerson } from '../../kernel/actor.ts'
import { sql, type Database, type Read, type Write } from '../../kernel/db.ts'
import { eventsOf, type RecordedEvent } from '../../kernel/dossier.ts'
import type { Context } from '../../kernel/procedure.ts'
import { refusalOf, type Refusal } from '../../kernel/refusal.ts'
import { maskDigits } from '../../kernel/vietnamese-text.ts'
import { bodyName } from '../../papers/bodies.ts'
import { papersOf } from '../../papers/store.ts'
import { stayFeesOf } from '../../registry/guests/stay-fees.ts'
import { getMember } from '../../registry/members/store.ts'
import { findOrganisation } from '../../registry/organisations/store.ts'
import { gather } from './gather.ts'
import type { StayView } from './contract.ts'
import { awaited } from './law/awaited.ts'
import { decide } from './law/decide.ts'
import type { Place } from './law/place.ts'
import { rightsIn } from './law/rights.ts'
import { hostOf, lastPossible, needFreshSignIn, originCell, originCommittee } from './law/rules.ts'
import { SAMPLES } from './law/samples.ts'
import { heirOf, NEXT, STAYING, type CommandType, type Stay } from './law/states.ts'
import { seenStay } from './readers.ts'

/** @throws Refusal not-found `dossier.unknown` for one that does not exist and for one this reader may not see alike */
export async function viewStay(database: Database, dossierId: string, context: Context): Promise<StayView> {
  return database.transaction(async (write) => {
    const { state: stay, ...dossier } = await seenStay(write, dossierId, context, 'dossier')
    const member = await getMember(write, stay.memberId)
    const papers = await papersOf(write, dossierId)
    const { hostId } = stay.answers
    const asked = hostId === undefined ? undefined : await findOrganisation(write, hostId, context.today)
    return {
      id: dossier.id,
      number: dossier.number,
      version: dossier.version,
      ...standing(stay, asked?.name ?? null, context),
      member: {
        id: member.id,
        name: member.fullName,
        cardNumber: member.cardNumber && maskDigits(member.cardNumber),
        mine: actsForMember(context.actor, member.id),
      },
      fees: await feesOfStay(write, stay, context),
      papers: papers.map((paper) => ({
        id: paper.id,
        kind: paper.kind,
        symbol: paper.symbol,
        issuedOn: paper.issuedOn,
        signatures: paper.signers.length,
        voided: paper.voidReason,
        verify: `/verify/${paper.token}`,
      })),
      actions: (await askedActs(write, stay, context)).flatMap((act) => actionOf(act, context)),
      timeline: await timelineOf(write, await eventsOf(write, dossierId)),
    }
  })
}

async function feesOfStay(read: Read, stay: Stay, { today }: Context): Promise<StayView['fees']> {
  const fees = STAYING.has(stay.status) ? await stayFeesOf(read, stay.memberId, today) : undefined
  return fees ? { from: fees.months?.from ?? null } : null
}

type Standing = Omit<
  StayView,
  'id' | 'number' | 'version' | 'member' | 'fees' | 'papers' | 'actions' | 'timeline'
>

function standing(stay: Stay, asked: string | null, context: Context): Standing {
  const { answers } = stay
  const { settings } = context
  const cell = originCell(stay)
  const host = stay.host && hostOf(stay)
  const hostCell = stay.hostCell && heirOf(stay, stay.hostCell)
  const member = { officialId: cell.id, type: stay.memberType }
  return {
    status: stay.status,
    memberType: stay.memberType,
    origin: { cell: named(cell), committee: named(originCommittee(stay)) },
    host: {
      committee: host ? named(host) : null,
      cell: hostCell ? named(hostCell) : null,
      asked,
    },
    answers,
    from: stay.from ?? answers.from ?? null,
    until: stay.until ?? answers.to ?? null,
    lastPossible:
      answers.case && (stay.from ?? answers.from)
        ? lastPossible(answers.case, (stay.from ?? answers.from)!, settings)
        : null,
    awaited: awaitedLine(stay, context),
    rights:
      STAYING.has(stay.status) && hostCell
        ? { official: rightsIn(cell.id, member), host: rightsIn(hostCell.id, member) }
        : null,
    cellComment: stay.cellComment
      ? {
          meetingOn: stay.cellComment.meetingOn,
          comment: stay.cellComment.comment,
          feesPaidThrough: stay.cellComment.feesPaidThrough,
        }
      : null,
    askBy: stay.status === 'cell-review' ? (stay.askBy ?? null) : null,
    committeeComment: stay.committeeComment ?? null,
    extensions: stay.extensions.map(({ until, reason, decided }) => ({
      until,
      reason,
      granted: decided?.granted ?? null,
      answer: decided?.reason ?? null,
    })),
    yearly: stay.yearly.map(({ year, dueAt, written }) => ({
      year,
      dueAt,
      words: written ? { ...written.words } : null,
    })),
    returned: stay.returned
      ? {
          leftOn: stay.returned.leftOn,
          comment: stay.returned.comment,
          feesPaidThrough: stay.returned.feesPaidThrough,
        }
      : null,
    recalled: stay.recalled ?? null,
    ending: stay.ending ?? null,
    sealFailure: stay.sealFailure ?? null,
    lastReason: stay.lastReason ?? null,
    files: stay.files.map(({ id, name, sha256, pages }) => ({ id, name, sha256, pages })),
  }
}

const named = (place: Place): { id: string; name: string } => ({ id: place.id, name: bodyName(place) })

function awaitedLine(stay: Stay, { actor, at }: Context): StayView['awaited'] {
  const { who, responsible, positions, act, until } = awaited(stay)
  const known = [...Object.values(stay.heirs ?? {}), ...stay.origin, stay.host, stay.hostCell, stay.office]
  const place = known.find((each) => each?.id === responsible)
  const turn =
    actor.kind === 'person' &&
    actor.hat.organisationId === responsible &&
    positions.includes(actor.hat.position) &&
    !isThisPerson(actor, stay.memberId)
  return {
    who,
    organisation: responsible === null ? null : { id: responsible, name: place ? bodyName(place) : '' },
    act,
    until: until?.toISOString() ?? null,
    overdue: until !== null && until < at,
    mine: who === 'member' ? actsForMember(actor, stay.memberId) : who === 'organisation' && turn,
  }
}

/** Every command the state allows, with the refusal this actor would meet if one stands in the way. */
export async function askedActs(
  write: Write,
  stay: Stay,
  context: Context,
): Promise<{ command: CommandType; refusal: Refusal | undefined }[]> {
  const facts = await gather(write, stay, { type: 'withdraw', reason: 'x' }, context)
  const place = stay.host && hostOf(stay)
  const asked = {
    ...facts,
    number: { number: 1, symbol: '' },
    host: place ? [place] : [],
    ...(place ? { cell: { place: { ...place, tier: 'cell' as const }, chain: [place] } } : {}),
  }
  return NEXT[stay.status].map((command) => {
    const sample = SAMPLES[command](stay, context)
    const refusal = refusalOf(() => decide(stay, sample, asked, justSignedIn(context)))
    // A sample is filled in just well enough to be judged: what it lacks, a real form would say.
    return { command, refusal: refusal?.kind === 'invalid' ? undefined : refusal }
  })
}

function actionOf(
  { command, refusal }: { readonly command: CommandType; readonly refusal: Refusal | undefined },
  context: Context,
): StayView['actions'] {
  if (refusal?.code === 'temporary.not-yours') return []
  const needsFreshSignIn = refusalOf(() => needFreshSignIn(command, context)) !== undefined
  if (!refusal) return [{ command, refusal: null, needsFreshSignIn }]
  const { code, citation, facts } = refusal
  return [{ command, refusal: { code, citation: citation ?? null, facts }, needsFreshSignIn: false }]
}

/** What else stands in the way is said before somebody confirms for nothing. */
function justSignedIn(context: Context): Context {
  const { actor, at } = context
  return actor.kind === 'person' ? { ...context, actor: { ...actor, signedInAt: at } } : context
}

/** Events with the words of who did them; notes are what somebody wrote for the record. */
async function timelineOf(read: Read, events: readonly RecordedEvent[]): Promise<StayView['timeline']> {
  const people = [...new Set(events.map((event) => event.actorId).filter((id) => id !== null))]
  const places = [...new Set(events.map((event) => event.organisationId).filter((id) => id !== null))]
  const names = await read.rows<{ id: string; name: string }>(sql`
    select id::text as id, full_name as name from member where id = any(${people}::uuid[])
    union all
    (select distinct on (organisation_id) organisation_id::text, name from organisation_period
      where organisation_id = any(${places}::uuid[]) order by organisation_id, valid_from desc)
    union all
    select code, name from position`)
  const nameOf = new Map(names.map(({ id, name }) => [id, name]))
  const called = (key: string | null): string | null => (key === null ? null : (nameOf.get(key) ?? null))
  return events
    .filter(({ type }) => type !== 'draft-saved')
    .map((event) => ({
      number: event.number,
      type: event.type,
      at: event.at.toISOString(),
      who: called(event.actorId),
      position: called(event.position),
      organisation: event.position === 'member' ? null : called(event.organisationId),
      note: noteOf(event.data),
    }))
}

function noteOf(data: Record<string, unknown>): string | null {
  if (typeof data.reason === 'string') return data.reason
  return (data.numbered as { symbol?: string } | undefined)?.symbol ?? null
}
