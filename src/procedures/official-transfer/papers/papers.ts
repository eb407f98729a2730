/** The papers a transfer produces: what each says, who signs it, and what it carries. */
import type { Read, Write } from '../../../kernel/db.ts'
import { sql } from '../../../kernel/db.ts'
import { nextNumber } from '../../../kernel/dossier.ts'
import { termOf } from '../../../kernel/register-term.ts'
import { addToMonth, formatMonth, monthOf, todayIn, type PlainDate } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { abbreviationOf, bodyName, headingOf, seatOf, signingBlock } from '../../../papers/bodies.ts'
import {
  placeAndDateLine,
  symbolLine,
  type EarlierHop,
  type PaperAttachment,
  type ReviewComment,
} from '../../../papers/layout.ts'
import { issue, type PaperServices } from '../../../papers/issue.ts'
import {
  findPapers,
  getPaper,
  linkReplacements,
  loadFile,
  numberPaper,
  type Paper,
} from '../../../papers/store.ts'
import { getMember, type Member } from '../../../registry/members/store.ts'
import { ancestorsOn } from '../../../registry/organisations/store.ts'
import { LETTER_KIND, placeOf } from '../gather.ts'
import { memberOnPaper, pathOf, REASON_ON_PAPER } from './paper-words.ts'
import { actingFor, originCommittee, presentBy } from '../law/rules.ts'
import type { Chain, Place } from '../law/route.ts'
import type { Act, Event, FeesOwed, Hop, Transfer } from '../law/states.ts'

/** Everything the papers of one dossier say about people and places. */
interface Subject {
  readonly dossierId: string
  readonly transfer: Transfer
  readonly member: Member
  readonly origin: Chain
  readonly destination: Chain
}

async function subjectOf(
  read: Read,
  dossierId: string,
  transfer: Transfer,
  today: PlainDate,
): Promise<Subject> {
  const toward = transfer.destinationCell?.id ?? transfer.answers.destinationId!
  const [member, destination] = await Promise.all([
    getMember(read, transfer.memberId),
    ancestorsOn(read, toward, today),
  ])
  return { dossierId, transfer, member, origin: transfer.origin, destination: destination.map(placeOf) }
}

/** The request as the member sent it, confirmed by the fresh sign-in and kept whole by the system's seal (379-QĐ/TW art. 12b). */
export async function issueRequest(
  write: Write,
  services: PaperServices,
  dossier: { id: string; number: string; transfer: Transfer; confirmedAt: Date; delegate: string | null },
  at: Date,
  today: PlainDate,
): Promise<void> {
  const subject = await subjectOf(write, dossier.id, dossier.transfer, today)
  const { answers, files } = dossier.transfer
  const internal = pathOf(subject.destination).grassroots === pathOf(subject.origin).grassroots
  await issue(
    write,
    services,
    {
      kind: 'transfer-request',
      hop: null,
      dossierId: dossier.id,
      organisationId: subject.origin[0]!.id,
      title: `Đề nghị chuyển sinh hoạt đảng – ${dossier.number}`,
      content: (frame) => ({
        template: 'transfer-request',
        data: {
          ...frame,
          dossierNumber: dossier.number,
          addressee: subject.origin[0]!.name,
          member: memberOnPaper(subject.member),
          contact: { phone: answers.phone!, currentAddress: answers.address! },
          origin: pathOf(subject.origin),
          destination: pathOf(subject.destination),
          internal,
          reason: REASON_ON_PAPER[answers.reason!],
          reasonNote: answers.reasonText!,
          decision: {
            ...(answers.decisionNumber ? { number: answers.decisionNumber } : {}),
            issuedOn: answers.decisionIssuedOn ?? answers.decisionEffectiveOn!,
            effectiveOn: answers.decisionEffectiveOn!,
            issuer: answers.decisionIssuer!,
          },
          ...(answers.lastDayOn ? { lastDayAtOrigin: answers.lastDayOn } : {}),
          enclosed: files.map(({ name, sha256 }) => ({ name, sha256 })),
          confirmation: confirmationOf(dossier),
          sentAt: dossier.confirmedAt.toISOString(),
        },
      }),
      sign: { place: 'system', as: 'system' },
    },
    at,
  )
}

function confirmationOf(dossier: { confirmedAt: Date; delegate: string | null }) {
  return {
    at: dossier.confirmedAt.toISOString(),
    method: 'VNeID mức độ 2',
    ...(dossier.delegate ? { delegate: dossier.delegate } : {}),
  }
}

type SignedEvent = Extract<Event, { type: 'referral-signed' }>

/** Who signed for this place, with the words papers use: a committee that stands in for a cell signs under its own name. */
async function signerOf(
  read: Read,
  transfer: Transfer,
  from: Place,
  signed: Omit<SignedEvent['signed'], 'at'>,
) {
  const row = await read.one<{ name: string; office: string }>(sql`
    select m.full_name as name, p.name as office from member m, position p
     where m.id = ${signed.by} and p.code = ${signed.position}`)
  const delegated = signed.onBehalfOf !== undefined
  const acting = actingFor(transfer, from)
  const standIn = acting.id !== from.id
  const office = delegated ? `${row.office} (theo ủy quyền)` : row.office
  return {
    block: signingBlock(signed.position, row.name, from.hasSeal, delegated, standIn && bodyName(acting)),
    as: { memberId: signed.by, office, organisation: bodyName(acting) },
  }
}

/** The letter of one hop, with the self-review where this hop comments on it, and the notice with the last letter. */
export async function issueLetters(
  write: Write,
  services: PaperServices,
  dossierId: string,
  transfer: Transfer,
  event: SignedEvent,
  context: Context,
): Promise<void> {
  const subject = await subjectOf(write, dossierId, transfer, context.today)
  const hop = transfer.hops[event.hop]!
  const signer = await signerOf(write, transfer, hop.from, event.signed)
  const [letterId, reviewId, noticeId] = event.paperIds as [string, string, string]
  await issueReferral(write, services, subject, event, letterId, signer, context)
  await linkReplacements(write, dossierId, 'referral', event.hop, letterId)
  if (event.cellReview ?? event.committeeComment) {
    await issueSelfReview(write, services, subject, event, reviewId, signer, context)
  }
  const last = event.hop === transfer.hops.length - 1
  if (last && transfer.route!.kind === 'official') {
    await issueNotice(write, services, subject, event, noticeId, signer, context)
  }
}

type Signer = Awaited<ReturnType<typeof signerOf>>

async function issueReferral(
  write: Write,
  services: PaperServices,
  subject: Subject,
  event: SignedEvent,
  id: string,
  signer: Signer,
  context: Context,
): Promise<void> {
  const { transfer, member, origin, destination } = subject
  const hop = transfer.hops[event.hop]!
  const { earlier, attachments } = await earlierLetters(write, transfer, event.hop)
  const replaced = await replacedLetter(write, transfer, event.hop)
  const official = transfer.route!.kind === 'official'
  await issue(
    write,
    services,
    {
      id,
      kind: 'referral',
      hop: event.hop,
      dossierId: subject.dossierId,
      organisationId: hop.from.id,
      title: 'Giấy giới thiệu sinh hoạt đảng',
      attachments,
      content: (frame) => ({
        template: 'referral',
        data: {
          ...frame,
          kind: transfer.route!.kind,
          heading: headingOf(origin, hop.from, hop.from.tier === 'advisory'),
          hop: event.hop + 1,
          to: bodyName(hop.to),
          member: memberOnPaper(member),
          origin: pathOf(origin),
          destination: pathOf(destination),
          feesPaidThrough: transfer.cellReview!.feesPaidThrough,
          ...(transfer.cellReview!.feesOwed ? { feesOwed: feesOwedLine(transfer.cellReview!.feesOwed) } : {}),
          reason: REASON_ON_PAPER[transfer.answers.reason!],
          enclosed: enclosedOf(transfer),
          earlier,
          ...(replaced ? { replaces: replaced } : {}),
          ...(official && event.hop === transfer.hops.length - 1
            ? { presentBy: presentBy(context.today, context.calendar) }
            : {}),
          signing: signer.block,
          recipients: [bodyName(hop.to), 'Đảng viên có tên trên', 'Lưu hồ sơ'],
        },
      }),
      sign: { place: 'person', as: signer.as, ...fillOf(event, origin, hop) },
    },
    context.at,
  )
  if (event.numbered) await enter(write, id, event.numbered, context)
}

/** The numbered letter of this hop that was voided last, as the new one names it. */
async function replacedLetter(read: Read, { voided }: Transfer, hop: number) {
  const letter = voided.findLast((each) => each.hop === hop && each.symbol !== null)
  if (!letter) return undefined
  const { issuedOn } = await getPaper(read, letter.paperIds[0]!)
  return { number: letter.symbol!, on: issuedOn!, reason: letter.reason }
}

/** A body without a seal numbers with its signature: number and date stand in the same revision. */
function fillOf(event: SignedEvent, origin: Chain, hop: Hop) {
  if (!event.numbered) return {}
  const { symbol, issuedOn } = event.numbered
  return { fill: { number: symbol, date: placeAndDateLine(seatOf(origin, hop.from), issuedOn) } }
}

/** Enters a numbered letter in the register of the organisation that issued it. */
export async function enter(
  write: Write,
  paperId: string,
  numbered: NonNullable<Hop['numbered']>,
  context: Pick<Context, 'settings'>,
): Promise<void> {
  const { number, symbol, issuedOn } = numbered
  await numberPaper(write, paperId, {
    series: LETTER_KIND,
    term: termOf(issuedOn, context),
    number,
    symbol,
    issuedOn,
  })
}

/** The letters before this hop: listed with number and SHA-256, and carried. */
async function earlierLetters(
  read: Read,
  transfer: Transfer,
  before: number,
): Promise<{ earlier: EarlierHop[]; attachments: PaperAttachment[] }> {
  const earlier: EarlierHop[] = []
  const attachments: PaperAttachment[] = []
  for (const [index, hop] of transfer.hops.slice(0, before).entries()) {
    const paper = await getPaper(read, hop.signed!.paperIds[0]!)
    const { bytes } = await loadFile(read, paper.sha256!)
    const { symbol, issuedOn } = hop.numbered!
    earlier.push({
      number: symbol,
      on: issuedOn,
      from: bodyName(hop.from),
      to: bodyName(hop.to),
      sha256: paper.sha256!,
    })
    attachments.push({
      name: `o-${index + 1}.pdf`,
      mimeType: 'application/pdf',
      description: `Giấy giới thiệu, ô ${index + 1}: ${symbol}`,
      bytes,
    })
  }
  return { earlier, attachments }
}

/** 4.4: what goes with the letter. The sealed member file travels on paper; nothing electronic is asked again. */
function enclosedOf(transfer: Transfer): string[] {
  const file =
    transfer.memberType === 'probationary'
      ? 'Hồ sơ kết nạp đảng viên (bản giấy, niêm phong)'
      : 'Hồ sơ đảng viên (bản giấy, niêm phong)'
  const card = transfer.memberType === 'probationary' ? [] : ['Thẻ đảng viên']
  const paperFile = transfer.route!.kind === 'internal' ? [] : [file]
  return [
    'Bản tự kiểm điểm có nhận xét của chi bộ và cấp ủy',
    'Quyết định hoặc giấy tờ làm căn cứ',
    ...card,
    ...paperFile,
  ]
}

async function issueSelfReview(
  write: Write,
  services: PaperServices,
  subject: Subject,
  event: SignedEvent,
  id: string,
  signer: Signer,
  context: Context,
): Promise<void> {
  const { transfer, member, origin } = subject
  const { answers, cellReview } = transfer
  const hop = transfer.hops[event.hop]!
  const cellHop = transfer.hops[0]!
  const cellSigner = event.hop === 0 ? signer : await signerOf(write, transfer, cellHop.from, cellHop.signed!)
  const cellComment: ReviewComment = {
    organisation: cellHop.from.name,
    metOn: cellReview!.meetingOn,
    text: cellReview!.comment,
    signing: cellSigner.block,
  }
  const committeeComment: ReviewComment | undefined = event.committeeComment
    ? {
        organisation: bodyName(hop.from),
        metOn: context.today,
        text: event.committeeComment,
        signing: signer.block,
      }
    : undefined
  const attachments = committeeComment ? await cellVersion(write, cellHop) : []
  await issue(
    write,
    services,
    {
      id,
      kind: committeeComment ? 'self-review-confirmed' : 'self-review',
      hop: event.hop,
      dossierId: subject.dossierId,
      organisationId: hop.from.id,
      title: 'Bản tự kiểm điểm',
      attachments,
      content: (frame) => ({
        template: 'self-review',
        data: {
          ...frame,
          member: memberOnPaper(member),
          origin: pathOf(origin),
          periodFrom: answers.reviewFrom!,
          periodTo: answers.reviewTo!,
          strengths: answers.strengths!,
          weaknesses: answers.weaknesses!,
          confirmation: { at: transfer.receivedAt!, method: 'VNeID mức độ 2' },
          cellComment,
          ...(committeeComment ? { committeeComment } : {}),
        },
      }),
      sign: { place: committeeComment ? 'person' : 'cell', as: signer.as },
    },
    context.at,
  )
}

/** The self-review as the cell signed it travels inside the one the committee confirms. */
async function cellVersion(read: Read, cellHop: Hop): Promise<PaperAttachment[]> {
  const paper = await getPaper(read, cellHop.signed!.paperIds[1]!)
  const { bytes } = await loadFile(read, paper.sha256!)
  return [
    {
      name: 'tu-kiem-diem-chi-bo-ky.pdf',
      mimeType: 'application/pdf',
      description: 'Bản tự kiểm điểm chi bộ đã ký',
      bytes,
    },
  ]
}

async function issueNotice(
  write: Write,
  services: PaperServices,
  subject: Subject,
  event: SignedEvent,
  id: string,
  signer: Signer,
  context: Context,
): Promise<void> {
  const { transfer, member, origin, destination } = subject
  const hop = transfer.hops[event.hop]!
  await issue(
    write,
    services,
    {
      id,
      kind: 'notice-of-transfer',
      hop: event.hop,
      dossierId: subject.dossierId,
      organisationId: hop.from.id,
      title: 'Phiếu báo đảng viên chuyển sinh hoạt đảng',
      content: (frame) => ({
        template: 'notice-of-transfer',
        data: {
          ...frame,
          heading: headingOf(origin, hop.from, hop.from.tier === 'advisory'),
          to: bodyName(hop.to),
          member: memberOnPaper(member),
          origin: pathOf(origin),
          destination: pathOf(destination),
          referral: earlierReferral(transfer, event.hop, context.today),
          reason: REASON_ON_PAPER[transfer.answers.reason!],
          presentBy: presentBy(context.today, context.calendar),
          signing: signer.block,
          recipients: [bodyName(hop.to), bodyName(originCommittee(transfer)), 'Lưu hồ sơ'],
        },
      }),
      sign: { place: 'person', as: signer.as },
    },
    context.at,
  )
}

/** The letter of the grassroots committee, which the notice goes with: the last hop's own number is not taken yet. */
function earlierReferral(transfer: Transfer, hop: number, today: PlainDate): { number: string; on: string } {
  const before = transfer.hops[hop - 1]?.numbered
  return before ? { number: before.symbol, on: before.issuedOn } : { number: 'cùng ngày', on: today }
}

/** The destination cell says the member was admitted (4192-QĐ/BTCTW, step 3). */
export async function issueAcceptance(
  write: Write,
  services: PaperServices,
  dossierId: string,
  transfer: Transfer,
  act: Pick<Act, 'by' | 'position' | 'onBehalfOf'>,
  context: Context,
): Promise<void> {
  const subject = await subjectOf(write, dossierId, transfer, context.today)
  const cell = transfer.destinationCell!
  const last = transfer.hops.at(-1)!
  const signer = await signerOf(write, transfer, cell, act)
  const { paperId, meetingOn, admittedOn } = transfer.admission!
  const term = termOf(context.today, context)
  const number = await nextNumber(write, cell.id, 'TB', term)
  const symbol = symbolLine(number, 'TB', abbreviationOf(cell))
  await issue(
    write,
    services,
    {
      id: paperId,
      kind: 'acceptance',
      hop: null,
      dossierId,
      organisationId: cell.id,
      title: 'Thông báo tiếp nhận đảng viên',
      content: (frame) => ({
        template: 'acceptance',
        data: {
          ...frame,
          heading: headingOf(subject.destination, cell),
          to: [bodyName(originCommittee(transfer)), bodyName(transfer.route!.receiver)],
          member: memberOnPaper(subject.member),
          origin: pathOf(subject.origin),
          destination: pathOf(subject.destination),
          referral: {
            number: last.numbered!.symbol,
            on: last.numbered!.issuedOn,
            issuer: bodyName(last.from),
          },
          meetingOn,
          admittedOn,
          firstFeeMonth: firstFeeMonth(transfer),
          signing: signer.block,
          recipients: ['Như trên', 'Đảng viên có tên trên', 'Lưu chi bộ'],
        },
      }),
      sign: {
        place: 'person',
        as: signer.as,
        fill: { number: symbol, date: placeAndDateLine(seatOf(subject.destination, cell), context.today) },
      },
    },
    context.at,
  )
  await numberPaper(write, paperId, { series: 'TB', term, number, symbol, issuedOn: context.today })
}

/** '2 tháng, từ tháng 10/2026: 160.000 đ' */
function feesOwedLine({ since, months, amountVnd }: FeesOwed): string {
  return `${months} tháng, từ ${formatMonth(since, 'vi')}: ${numberVi(amountVnd)} đ`
}

/** The origin collects the whole month in which its cell wrote the letter, and what was paid beyond; the destination begins after it. */
function firstFeeMonth(transfer: Transfer): string {
  const written = monthOf(todayIn(new Date(transfer.hops[0]!.signed!.at)))
  const paid = transfer.cellReview!.feesPaidThrough
  return addToMonth(paid > written ? paid : written, 1)
}

/** The papers of a hop that the organisation seals: the letter, the self-review it confirmed, the notice. */
export function papersToSeal(read: Read, transfer: Transfer): Promise<Paper[]> {
  const ids = transfer.hops[transfer.hop]!.signed!.paperIds
  return findPapers(read, ids)
}

/** The place in the date line of what an organisation seals: a commission sits where its province does. */
export function seatOfHop(transfer: Transfer, place: Place): string {
  return seatOf(transfer.origin, place.tier === 'advisory' ? (transfer.origin.at(-1) ?? place) : place)
}
