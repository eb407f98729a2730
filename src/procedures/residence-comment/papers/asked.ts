/** What the workplace's papers say (phiếu xin ý kiến, 7.6; giấy giới thiệu nơi cư trú, 7.2), and whose signature belongs where. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { eventsOf, loadDossier, type RecordedEvent, type StoredDossier } from '../../../kernel/dossier.ts'
import { formatDate, todayIn } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { bodyName, headingOf, seatOf, signingBlock, written } from '../../../papers/bodies.ts'
import { issue, type PaperServices, type Typeset } from '../../../papers/issue.ts'
import { placeAndDateLine, type MemberOnPaper, type ResidenceRequestPaper } from '../../../papers/layout.ts'
import { findPapers, loadFile, papersOf, type Paper } from '../../../papers/store.ts'
import { getMember, type Member } from '../../../registry/members/store.ts'
import type { Place } from '../law/place.ts'
import type { Comment, Event } from '../law/states.ts'
import { RESIDENCE_REFERRAL } from '../names.ts'
import { chainOf } from '../places.ts'
import type { Event as ReferralEvent, Referral } from '../referral/law/states.ts'
import { REFERRAL_KIND, REQUEST_KIND, requestPaperId } from './follow.ts'
import { standing } from './standing.ts'

type Asked = Extract<Event, { type: 'comment-requested' }>
type Referred = Extract<ReferralEvent, { type: 'member-referred' | 'referral-corrected' }>
type Accepted = Extract<ReferralEvent, { type: 'referral-accepted' }>

/** One signature to come: by whom, in which words, under which moment. */
export interface Hand {
  readonly by: { readonly memberId: string } | { readonly organisationId: string }
  readonly office: string
  readonly organisation: string
  /** of a person: when they acted; a seal is put now */
  readonly at?: Date
  readonly fill?: Readonly<Record<string, string>>
}

/** A paper that is typeset once and signed place by place. */
export interface ToSign extends Typeset {
  readonly hands: Readonly<Record<string, () => Promise<Hand>>>
}

/** The request as it was sent, whatever became of its organisations since: the bytes, made at once where nobody signs it. */
export async function requestPaper(
  write: Write,
  services: PaperServices,
  { id, state }: StoredDossier<Comment>,
  at: Date,
): Promise<Uint8Array> {
  const paperId = requestPaperId(id)
  // Two who open it at one moment are given one paper.
  await write.rows(sql`select pg_advisory_xact_lock(hashtextextended(${paperId}, 0)) is null as held`)
  const [known] = await findPapers(write, [paperId])
  if (known) return bytesOf(write, known)
  const [first] = await eventsOf(write, id)
  const asked = first!.data as unknown as Asked
  const { name, office } = await officeOf(write, first!)
  const by = { askedBy: [name, office].filter(Boolean).join(', '), askedAt: first!.at.toISOString() }
  const content = await requestSays(write, first!, state.memberId, by)
  // Who asked was signed in and signs for nobody: the system keeps it whole (379-QĐ/TW art. 12b).
  const sign = { place: 'system', as: 'system' } as const
  const of = { id: paperId, kind: REQUEST_KIND, hop: null, dossierId: id, organisationId: asked.workplace.id }
  await issue(write, services, { ...of, ...content, sign }, at)
  return bytesOf(write, (await findPapers(write, [paperId]))[0]!)
}

/** The referral as it was sent last, with the reply once it is signed. */
export async function referralPaper(read: Read, dossierId: string): Promise<Uint8Array> {
  const paper = standing(await papersOf(read, dossierId), REFERRAL_KIND)
  if (!paper) throw new Refusal('not-found', 'paper.unknown')
  return bytesOf(read, paper)
}

/** @throws Refusal conflict `residence-comment.paper-not-yet` while it waits for its first signature */
async function bytesOf(read: Read, { sha256 }: Paper): Promise<Uint8Array> {
  if (sha256 === null) throw new Refusal('conflict', 'residence-comment.paper-not-yet')
  return (await loadFile(read, sha256)).bytes
}

/** What a paper that waits says, and who signs it; read from the acts themselves, as they were. */
export async function toSign(read: Read, { kind, dossierId, organisationId }: Paper): Promise<ToSign> {
  const events = await eventsOf(read, dossierId!)
  return kind === REQUEST_KIND
    ? signedRequest(read, events[0]!, organisationId)
    : signedReferral(read, dossierId!, events)
}

async function signedRequest(read: Read, first: RecordedEvent, workplaceId: string): Promise<ToSign> {
  const { workplace, memberId } = first.data as unknown as Asked
  const { signing, hand } = await signedBy(read, first, workplace)
  return {
    ...(await requestSays(read, first, memberId, { signing })),
    hands: { person: async () => hand, organisation: async () => sealOf(workplace, workplaceId) },
  }
}

async function signedReferral(read: Read, dossierId: string, events: RecordedEvent[]): Promise<ToSign> {
  const sent = events.findLast(({ type }) => type === 'member-referred' || type === 'referral-corrected')!
  const { commune, address, exempt } = sent.data as unknown as Referred
  const { memberId, workplace } = events[0]!.data as unknown as Extract<
    ReferralEvent,
    { type: 'member-referred' }
  >
  const { signing, hand } = await signedBy(read, sent, workplace)
  const told = await toldBy(read, workplace, commune, sent)
  const member = onPaper(await getMember(read, memberId))
  return {
    title: 'Giấy giới thiệu giữ mối liên hệ nơi cư trú',
    content: (frame) => ({
      template: 'residence-referral',
      data: {
        ...frame,
        ...told,
        member,
        address,
        ...(exempt ? { exempt: EXEMPT } : {}),
        signing,
        replySeal: commune.hasSeal,
      },
    }),
    hands: {
      person: async () => hand,
      organisation: async () => sealOf(workplace, workplace.id),
      reply: () => replyHand(read, dossierId, events),
      'reply-organisation': async () => {
        const replying = await replyingPlace(read, dossierId, events)
        return sealOf(replying, replying.id)
      },
    },
  }
}

/** The commune's committee answers: since when, in which cell, and who says so (7.2). */
async function replyHand(read: Read, dossierId: string, events: RecordedEvent[]): Promise<Hand> {
  const accepted = acceptedIn(events)
  const { cell, acceptedOn } = accepted.data as unknown as Accepted
  const { signing, hand } = await signedBy(read, accepted, await replyingPlace(read, dossierId, events))
  return {
    ...hand,
    fill: {
      'received-on': formatDate(acceptedOn, 'vi'),
      cell: cell.name,
      'reply-position': signing.position,
      'reply-name': signing.name,
    },
  }
}

const acceptedIn = (events: readonly RecordedEvent[]): RecordedEvent =>
  events.findLast(({ type }) => type === 'referral-accepted')!

/** The committee under whose hat it was accepted: the one asked, or who took over from it. */
async function replyingPlace(
  read: Read,
  dossierId: string,
  events: readonly RecordedEvent[],
): Promise<Place> {
  const { organisationId, at } = acceptedIn(events)
  const referral = await loadDossier<Referral>(read, RESIDENCE_REFERRAL, dossierId)
  const place = referral!.state.commune!
  if (organisationId === null || organisationId === place.id) return place
  return (await chainOf(read, organisationId, todayIn(at)))[0] ?? place
}

const EXEMPT = 'Thuộc đối tượng giới thiệu nhưng được miễn sinh hoạt nơi cư trú'

async function requestSays(
  read: Read,
  first: RecordedEvent,
  memberId: string,
  by: ResidenceRequestPaper['by'],
): Promise<Typeset> {
  const asked = first.data as unknown as Asked
  const told = await toldBy(read, asked.workplace, asked.commune, first)
  const { fullName, bornOn, cardNumber } = onPaper(await getMember(read, memberId))
  const occasion =
    asked.purpose === 'yearly' ? `Kiểm điểm, xếp loại năm ${asked.year}` : `Khi cần: ${asked.reason ?? ''}`
  return {
    title: 'Phiếu xin ý kiến nhận xét nơi cư trú',
    content: (frame) => ({
      template: 'residence-request',
      data: {
        ...frame,
        ...told,
        by,
        member: { fullName, bornOn, ...(cardNumber ? { cardNumber } : {}) },
        occasion,
        ...(asked.returnBy ? { returnBy: asked.returnBy } : {}),
      },
    }),
  }
}

function onPaper(member: Member): MemberOnPaper {
  return {
    fullName: member.fullName,
    sex: member.sex,
    bornOn: written(member.birthDate, member.birthPrecision),
    joinedOn: member.joinedOn ? written(member.joinedOn, member.joinedPrecision) : '',
    ...(member.officialOn ? { officialOn: member.officialOn } : {}),
    ...(member.cardNumber ? { cardNumber: member.cardNumber } : {}),
  }
}

/** Who wrote to whom, and when. */
async function toldBy(read: Read, workplace: Place, commune: Place, event: RecordedEvent) {
  const on = todayIn(event.at)
  const chain = await chainOf(read, workplace.id, on)
  return {
    heading: headingOf(chain, workplace),
    placeAndDate: placeAndDateLine(seatOf(chain, workplace), on),
    to: bodyName(commune),
    workplace: bodyName(workplace),
  }
}

async function officeOf(read: Read, { actorId, position }: RecordedEvent) {
  const row = await read.maybe<{ name: string; office: string | null }>(sql`
    select m.full_name as name, p.name as office from member m left join position p on p.code = ${position}
     where m.id = ${actorId}`)
  return { name: row?.name ?? '', office: row?.office ?? '' }
}

/** Whoever acted signs, under the moment of the act. */
async function signedBy(read: Read, event: RecordedEvent, place: Place) {
  const { actorId, position, onBehalfOf, at } = event
  const { name, office } = await officeOf(read, event)
  const delegated = onBehalfOf !== null
  const hand: Hand = {
    by: { memberId: actorId! },
    office: delegated ? `${office} (theo ủy quyền)` : office,
    organisation: bodyName(place),
    at,
  }
  return { signing: signingBlock(position!, name, place.hasSeal, delegated), hand }
}

function sealOf(place: Place, organisationId: string): Hand {
  const organisation = bodyName(place)
  return { by: { organisationId }, office: organisation, organisation }
}
