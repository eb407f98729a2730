/** The papers of a temporary stay: the boxes of its referral, the extension, the return; what each says and who signs it. */
import { randomUUID } from 'node:crypto'
import type { Read, Write } from '../../../kernel/db.ts'
import { nextNumber } from '../../../kernel/dossier.ts'
import { formatMonth, type PlainDate, type PlainMonth } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { termOf } from '../../../kernel/register-term.ts'
import { numberVi } from '../../../kernel/vietnamese-numbers.ts'
import { abbreviationOf, bodyName, headingOf, seatOf } from '../../../papers/bodies.ts'
import { issue, type PaperServices } from '../../../papers/issue.ts'
import {
  placeAndDateLine,
  symbolLine,
  type EarlierHop,
  type PaperAttachment,
  type ReferralNamed,
} from '../../../papers/layout.ts'
import {
  linkReplacements,
  loadFile,
  numberPaper,
  papersOf,
  voidPapers,
  type Paper,
} from '../../../papers/store.ts'
import { getMember } from '../../../registry/members/store.ts'
import { findAncestors } from '../../../registry/organisations/store.ts'
import type { Web } from '../../../web/web.ts'
import type { Chain, Place } from '../law/place.ts'
import { hostOf, originCell, originCommittee } from '../law/rules.ts'
import { heirOf, type Act, type Event, type Stay } from '../law/states.ts'
import { memberOnPaper, pathOf, reasonOnPaper } from './paper-words.ts'
import { issueConfirmedReview, issueSelfReview } from './self-review.ts'
import { signerOf, type Case } from './signer.ts'

/** Its letters share one series of numbers, and one register, with those of the official transfer. */
export const LETTER_KIND = 'GGT'
/** Thông báo. */
const NOTICE_KIND = 'TB'

export const REFERRAL_PAPER = 'temporary-referral'
export const EXTENSION_PAPER = 'temporary-extension'
export const RETURN_PAPER = 'temporary-return'

/** What papers are made with; `feesOf` where an act makes one, jobs only seal. */
export type StayPaperServices = PaperServices & Partial<Pick<Web, 'feesOf'>>

/** Everything the papers say about people and places, as it is that day. */
async function subjectOf(read: Read, { stay, context }: Case) {
  const host = stay.hostCell ?? stay.host
  const toward = host ? heirOf(stay, host).id : stay.answers.hostId!
  const [member, hostChain] = await Promise.all([
    getMember(read, stay.memberId),
    findAncestors(read, toward, context.today),
  ])
  return { member: memberOnPaper(member), official: pathOf(stay.origin), hostChain, host: pathOf(hostChain) }
}

/** The next number of an organisation's series with the words it fills into the paper that is signed in the same commit. */
async function takeNumber(
  write: Write,
  from: Place,
  chain: Chain,
  kind: string,
  { today, ...context }: Context,
) {
  const term = termOf(today, context)
  const number = await nextNumber(write, from.id, kind, term)
  const symbol = symbolLine(number, kind, abbreviationOf(from))
  return {
    entry: { series: kind, term, number, symbol, issuedOn: today },
    fill: { number: symbol, date: placeAndDateLine(seatOf(chain, from), today) },
  }
}

/** What the books of fees say goes before the cell's word, and what is open is printed (4.3). */
async function feesOnPaper(read: Read, { stay }: Case, said: PlainMonth, feesOf: Web['feesOf'] | undefined) {
  const known = await feesOf?.(read, stay.memberId)
  if (!known) return { feesPaidThrough: said }
  const amount = known.open.reduce((sum, { amountVnd }) => sum + amountVnd, 0)
  const first = known.open[0]
  return {
    feesPaidThrough: known.paidThrough,
    ...(first
      ? {
          feesOwed: `${known.open.length} tháng, từ ${formatMonth(first.month, 'vi')}: ${numberVi(amount)} đ`,
        }
      : {}),
  }
}

/** Box 1: the cell checks, comments and refers the member to its committee (4.2); a grassroots cell is its own. */
export async function issueCellLetter(write: Write, services: StayPaperServices, the: Case): Promise<void> {
  const { stay, context } = the
  const cell = originCell(stay)
  if (cell.id === originCommittee(stay).id) return
  const id = randomUUID()
  const numbered = await takeNumber(write, cell, stay.origin, LETTER_KIND, context)
  const committee = originCommittee(stay)
  const way = { hop: 0, from: cell, to: committee, above: committee, chain: stay.origin }
  const { signed } = stay.cellComment!
  await issueBox(write, services, the, { ...way, id, signed, fill: numbered.fill })
  await numberPaper(write, id, numbered.entry)
  await issueSelfReview(write, services, the)
}

/** Box 2: the grassroots committee refers to the host's; it is numbered and sealed afterwards. */
export async function issueReferral(write: Write, services: StayPaperServices, the: Case): Promise<void> {
  const { stay } = the
  const { paperId, signed } = stay.referral!
  const from = originCommittee(stay)
  const way = { hop: 1, from, to: hostOf(stay), above: from, chain: stay.origin }
  await issueBox(write, services, the, { ...way, id: paperId, signed })
  await issueConfirmedReview(write, services, the)
}

type Assigned = Extract<Event, { type: 'cell-assigned' }>

/** Box 3: the host committee receives and refers on to its cell. One that referred to another cell before is void. */
export async function issueHostLetter(
  write: Write,
  services: StayPaperServices,
  the: Case,
  { letter, cell }: Assigned,
): Promise<void> {
  const { dossierId, context } = the
  await voidLetters(write, dossierId, ANOTHER_CELL, context.at, HOST_HOP)
  if (!letter) return
  const from = hostOf(the.stay)
  const chain = await findAncestors(write, from.id, context.today)
  const { entry, fill } = await takeNumber(write, from, chain, LETTER_KIND, context)
  const way = { hop: HOST_HOP, from, to: cell, above: from, chain, arrives: true }
  await issueBox(write, services, the, { ...way, id: letter.paperId, signed: letter.signed, fill })
  await numberPaper(write, letter.paperId, entry)
}

/** Why the register says that box 3 is void. */
const ANOTHER_CELL = 'Giới thiệu về chi bộ khác'

async function issueBox(
  write: Write,
  services: StayPaperServices,
  the: Case,
  box: {
    readonly id: string
    readonly hop: number
    readonly from: Place
    readonly to: Place
    /** the committee that signs where nobody is left in a cell to sign */
    readonly above: Place
    /** from the issuer, or below it, upward */
    readonly chain: Chain
    readonly arrives?: boolean
    readonly signed: Act
    readonly fill?: Readonly<Record<string, string>>
  },
): Promise<void> {
  const { dossierId, stay, context } = the
  const { id, hop, from, to, above, chain, arrives, signed, fill } = box
  const [subject, signer, fees, before] = await Promise.all([
    subjectOf(write, the),
    signerOf(write, from, above, signed),
    feesOnPaper(write, the, stay.cellComment!.feesPaidThrough, services.feesOf),
    boxesBefore(write, stay, dossierId, hop),
  ])
  const replaced = await voidedBefore(write, dossierId, hop)
  await issue(
    write,
    services,
    {
      id,
      kind: REFERRAL_PAPER,
      hop,
      dossierId,
      organisationId: from.id,
      title: 'Giấy giới thiệu sinh hoạt đảng tạm thời',
      attachments: before.attachments,
      content: (frame) => ({
        template: 'referral',
        data: {
          ...frame,
          kind: 'temporary',
          heading: headingOf(chain, from),
          hop: before.earlier.length + 1,
          to: bodyName(to),
          member: subject.member,
          origin: subject.official,
          destination: subject.host,
          ...fees,
          reason: reasonOnPaper(stay.answers),
          stay: { from: stay.answers.from!, until: stay.answers.to! },
          ...(arrives ? { arrives } : {}),
          enclosed: [
            'Bản tự kiểm điểm có nhận xét của chi bộ và cấp ủy',
            'Quyết định hoặc giấy tờ làm căn cứ',
          ],
          earlier: before.earlier,
          ...(replaced ? { replaces: replaced } : {}),
          signing: signer.block,
          recipients: [bodyName(to), 'Đảng viên có tên trên', 'Lưu hồ sơ'],
        },
      }),
      sign: { place: 'person', as: signer.as, ...(fill ? { fill } : {}) },
    },
    context.at,
  )
  await linkReplacements(write, dossierId, REFERRAL_PAPER, hop, id)
}

/** The boxes of the letter that stand before this one: listed with number and SHA-256, and carried. */
async function boxesBefore(read: Read, stay: Stay, dossierId: string, before: number) {
  const found = (await papersOf(read, dossierId)).filter(
    ({ kind, hop, voidedAt, number }) =>
      kind === REFERRAL_PAPER && hop! < before && voidedAt === null && number !== null,
  )
  const { host, hostCell } = stay
  const there = [host, hostCell].flatMap((place) => (place ? heirOf(stay, place) : []))
  const ends = [originCell(stay), originCommittee(stay), ...there]
  const earlier = found.map(({ hop, symbol, issuedOn, sha256 }): EarlierHop => ({
    number: symbol!,
    on: issuedOn!,
    from: bodyName(ends[hop!]!),
    to: bodyName(ends[hop! + 1]!),
    sha256: sha256!,
  }))
  const attachments = await Promise.all(
    found.map(async ({ hop, symbol, sha256 }): Promise<PaperAttachment> => ({
      name: `o-${hop! + 1}.pdf`,
      mimeType: 'application/pdf',
      description: `Giấy giới thiệu, ô ${hop! + 1}: ${symbol}`,
      bytes: (await loadFile(read, sha256!)).bytes,
    })),
  )
  return { earlier, attachments }
}

/** The numbered letter of this box that was voided last, as the new one names it. */
async function voidedBefore(read: Read, dossierId: string, hop: number) {
  const letter = (await papersOf(read, dossierId)).findLast(
    (paper) =>
      paper.kind === REFERRAL_PAPER && paper.hop === hop && paper.voidedAt !== null && paper.number !== null,
  )
  return letter && { number: letter.symbol!, on: letter.issuedOn!, reason: letter.voidReason! }
}

/**
 * The request goes back or ends before the stay began: its letters, and the self-reviews that go with them, lose their force
 * from this box on; their numbers stay in the registers.
 */
export async function voidLetters(
  write: Write,
  dossierId: string,
  reason: string,
  at: Date,
  from = 0,
): Promise<void> {
  const made = await papersOf(write, dossierId)
  const letters = made.filter(({ kind, hop }) => kind !== RETURN_PAPER && hop !== null && hop >= from)
  const ids = letters.map(({ id }) => id)
  await voidPapers(write, ids, reason, at)
}

/** The clerk's number stands in the register from now on, whatever becomes of the letter. */
export async function enterReferral(write: Write, stay: Stay, context: Context): Promise<void> {
  const { paperId, numbered } = stay.referral!
  const { number, symbol, issuedOn } = numbered!
  const term = termOf(issuedOn, context)
  await numberPaper(write, paperId, { series: LETTER_KIND, term, number, symbol, issuedOn })
}

/** The letter by which the member came, as later papers name it. */
function referralNamed(stay: Stay): ReferralNamed {
  const { symbol, issuedOn } = stay.referral!.numbered!
  return { number: symbol, on: issuedOn, issuer: bodyName(originCommittee(stay)) }
}

/** The extension is told to both places (01-HD/TW 10.2.2); the seal of the host committee comes after it, by a job. */
export async function issueExtension(
  write: Write,
  services: PaperServices,
  the: Case,
  before: PlainDate,
): Promise<void> {
  const { dossierId, stay, context } = the
  const { until, reason, decided } = stay.extensions.at(-1)!
  const from = hostOf(stay)
  const cell = heirOf(stay, stay.hostCell!)
  const [subject, signer] = await Promise.all([subjectOf(write, the), signerOf(write, from, from, decided!)])
  const chain = chainFrom(subject.hostChain, from)
  const numbered = await takeNumber(write, from, chain, NOTICE_KIND, context)
  await issue(
    write,
    services,
    {
      id: decided!.paperId!,
      kind: EXTENSION_PAPER,
      hop: null,
      dossierId,
      organisationId: from.id,
      title: 'Thông báo gia hạn sinh hoạt đảng tạm thời',
      content: (frame) => ({
        template: 'temporary-extension',
        data: {
          ...frame,
          heading: headingOf(chain, from),
          to: [
            bodyName(originCommittee(stay)),
            cellIn(originCell(stay), originCommittee(stay)),
            cellIn(cell, from),
          ],
          member: subject.member,
          official: subject.official,
          host: subject.host,
          referral: referralNamed(stay),
          stay: { from: stay.from!, until: before },
          until,
          reason,
          signing: signer.block,
          recipients: ['Như trên', 'Đảng viên có tên trên', 'Lưu hồ sơ'],
        },
      }),
      sign: { place: 'person', as: signer.as, fill: numbered.fill },
    },
    context.at,
  )
  await numberPaper(write, decided!.paperId!, numbered.entry)
}

/** The host cell refers the member back with its comment. */
export async function issueReturn(write: Write, services: StayPaperServices, the: Case): Promise<void> {
  const { dossierId, stay, context } = the
  const { paperId, signed, leftOn, comment, feesPaidThrough } = stay.returned!
  const committee = hostOf(stay)
  const cell = heirOf(stay, stay.hostCell!)
  const [subject, signer, fees, before] = await Promise.all([
    subjectOf(write, the),
    signerOf(write, cell, committee, signed),
    feesOnPaper(write, the, feesPaidThrough, services.feesOf),
    boxesBefore(write, stay, dossierId, BOXES_OUT),
  ])
  const numbered = await takeNumber(write, cell, subject.hostChain, LETTER_KIND, context)
  await issue(
    write,
    services,
    {
      id: paperId,
      kind: RETURN_PAPER,
      hop: BOXES_OUT,
      dossierId,
      organisationId: cell.id,
      title: 'Giấy giới thiệu sinh hoạt đảng tạm thời trở về',
      attachments: before.attachments,
      content: (frame) => ({
        template: 'temporary-return',
        data: {
          ...frame,
          heading: headingOf(subject.hostChain, cell),
          to: bodyName(originCommittee(stay)),
          member: subject.member,
          official: subject.official,
          host: subject.host,
          referral: referralNamed(stay),
          stay: { from: stay.from!, until: leftOn },
          ...fees,
          comment: { organisation: cell.name, text: comment },
          earlier: before.earlier,
          signing: signer.block,
          recipients: [
            bodyName(originCommittee(stay)),
            cellIn(originCell(stay), originCommittee(stay)),
            `${bodyName(committee)} (để biết)`,
            'Đảng viên có tên trên',
          ],
        },
      }),
      sign: { place: 'person', as: signer.as, fill: numbered.fill },
    },
    context.at,
  )
  await numberPaper(write, paperId, numbered.entry)
}

/** The box of the host committee among those of the way there; the way back goes on after it. */
export const HOST_HOP = 2
const BOXES_OUT = 3

/** A cell where others of the same name may be meant. */
const cellIn = (cell: Place, above: Place): string =>
  cell.id === above.id ? bodyName(cell) : `${cell.name}, ${above.name}`

/** A chain from this place upward. */
function chainFrom(chain: Chain, from: Place): Chain {
  const at = chain.findIndex(({ id }) => id === from.id)
  return at < 0 ? [from] : chain.slice(at)
}

/** The place in the date line of a paper that an organisation seals. */
export async function dateLineOf(read: Read, from: Place, on: PlainDate): Promise<string> {
  return placeAndDateLine(seatOf(await findAncestors(read, from.id, on), from), on)
}

/** Whether the seal of an issuer that has one stands on a paper. */
export function isSealed({ signers }: Paper): boolean {
  return signers.some(({ place }) => place === 'organisation')
}
