/** The workplace's papers (phiếu xin ý kiến, 7.6; giấy giới thiệu nơi cư trú, 7.2): typeset, sealed and kept when first opened. */
import { sql, type Write } from '../../../kernel/db.ts'
import { eventsOf, type RecordedEvent, type StoredDossier } from '../../../kernel/dossier.ts'
import { todayIn } from '../../../kernel/plain-date.ts'
import { bodyName, headingOf, seatOf, written } from '../../../papers/bodies.ts'
import { issue, type PaperServices, type Typeset } from '../../../papers/issue.ts'
import { placeAndDateLine, type MemberOnPaper } from '../../../papers/layout.ts'
import { findPapers, loadFile } from '../../../papers/store.ts'
import { getMember, type Member } from '../../../registry/members/store.ts'
import { derivedId } from '../../../web/command-ids.ts'
import type { Place } from '../law/place.ts'
import type { Comment, Event } from '../law/states.ts'
import { chainOf } from '../places.ts'
import type { Event as ReferralEvent, Referral } from '../referral/law/states.ts'

type Asked = Extract<Event, { type: 'comment-requested' }>
type Referred = Extract<ReferralEvent, { type: 'member-referred' | 'referral-corrected' }>

/** The request as it was sent, whatever became of its organisations since. */
export async function requestPaper(
  write: Write,
  services: PaperServices,
  { id, state }: StoredDossier<Comment>,
  at: Date,
): Promise<Uint8Array> {
  const [first] = await eventsOf(write, id)
  const asked = first!.data as unknown as Asked
  const member = await getMember(write, state.memberId)
  const told = await toldBy(write, asked.workplace, asked.commune, first!)
  const { fullName, bornOn, cardNumber } = onPaper(member)
  const occasion =
    asked.purpose === 'yearly' ? `Kiểm điểm, xếp loại năm ${asked.year}` : `Khi cần: ${asked.reason ?? ''}`
  const title = 'Phiếu xin ý kiến nhận xét nơi cư trú'
  return once(write, services, at, {
    id: derivedId(`residence-request ${id}`),
    kind: 'residence-request',
    dossierId: id,
    organisationId: asked.workplace.id,
    title,
    content: (frame) => ({
      template: 'residence-request',
      data: {
        ...frame,
        ...told,
        member: { fullName, bornOn, ...(cardNumber ? { cardNumber } : {}) },
        occasion,
        ...(asked.returnBy ? { returnBy: asked.returnBy } : {}),
      },
    }),
  })
}

/** The referral as it was sent last, with the reply once there is one: the paper with a reply is another paper. */
export async function referralPaper(
  write: Write,
  services: PaperServices,
  { id, state }: StoredDossier<Referral>,
  at: Date,
): Promise<Uint8Array | undefined> {
  const events = await eventsOf(write, id)
  const sent = events.findLast(({ type }) => type === 'member-referred' || type === 'referral-corrected')
  if (!sent) return undefined
  const { commune, address, exempt } = sent.data as unknown as Referred
  const accepted = events.find(({ type, number }) => type === 'referral-accepted' && number > sent.number)
  const reply = accepted?.data as Extract<ReferralEvent, { type: 'referral-accepted' }> | undefined
  const first = events[0]!.data as unknown as Extract<ReferralEvent, { type: 'member-referred' }>
  const told = await toldBy(write, first.workplace, commune, sent)
  const member = onPaper(await getMember(write, state.memberId))
  return once(write, services, at, {
    id: derivedId(`residence-referral ${id} ${sent.number} ${accepted?.number ?? ''}`),
    kind: 'residence-referral',
    dossierId: id,
    organisationId: first.workplace.id,
    title: 'Giấy giới thiệu giữ mối liên hệ nơi cư trú',
    content: (frame) => ({
      template: 'residence-referral',
      data: {
        ...frame,
        ...told,
        member,
        address,
        ...(exempt ? { exempt: EXEMPT } : {}),
        ...(reply ? { reply: { receivedOn: reply.acceptedOn, cell: reply.cell.name } } : {}),
      },
    }),
  })
}

const EXEMPT = 'Thuộc đối tượng giới thiệu nhưng được miễn sinh hoạt nơi cư trú'

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
async function toldBy(write: Write, workplace: Place, commune: Place, event: RecordedEvent) {
  const on = todayIn(event.at)
  const chain = await chainOf(write, workplace.id, on)
  const asker = await write.maybe<{ name: string; office: string | null }>(sql`
    select m.full_name as name, p.name as office from member m left join position p on p.code = ${event.position}
     where m.id = ${event.actorId}`)
  return {
    heading: headingOf(chain, workplace),
    placeAndDate: placeAndDateLine(seatOf(chain, workplace), on),
    to: bodyName(commune),
    workplace: bodyName(workplace),
    askedBy: [asker?.name, asker?.office].filter(Boolean).join(', '),
    askedAt: event.at.toISOString(),
  }
}

/** Made once, sealed by the system (379-QĐ/TW art. 12b: who sent it was signed in), and the same ever after. */
async function once(
  write: Write,
  services: PaperServices,
  at: Date,
  paper: Typeset & {
    readonly id: string
    readonly kind: string
    readonly dossierId: string
    readonly organisationId: string
  },
): Promise<Uint8Array> {
  // Two who open it at one moment are given one paper.
  await write.rows(sql`select pg_advisory_xact_lock(hashtextextended(${paper.id}, 0)) is null as held`)
  const [known] = await findPapers(write, [paper.id])
  if (!known)
    await issue(write, services, { ...paper, hop: null, sign: { place: 'system', as: 'system' } }, at)
  const made = known ?? (await findPapers(write, [paper.id]))[0]!
  const { bytes } = await loadFile(write, made.sha256!)
  return bytes
}
