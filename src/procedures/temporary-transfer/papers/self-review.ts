/** The self-review (bản tự kiểm điểm) of a temporary stay: with the cell's comment, then confirmed by the committee (01-HD/TW 10.2.2). */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { addMonths, todayIn } from '../../../kernel/plain-date.ts'
import { bodyName } from '../../../papers/bodies.ts'
import { issue, type PaperServices } from '../../../papers/issue.ts'
import type { Confirmation, PaperAttachment, ReviewComment } from '../../../papers/layout.ts'
import { loadFile, papersOf } from '../../../papers/store.ts'
import { getMember } from '../../../registry/members/store.ts'
import { originCell, originCommittee } from '../law/rules.ts'
import type { Stay } from '../law/states.ts'
import { memberOnPaper, pathOf } from './paper-words.ts'
import { signerOf, type Case } from './signer.ts'

const WITH_COMMENT = 'self-review'
export const CONFIRMED = 'self-review-confirmed'

/** As the cell signs it, with its comment. */
export async function issueSelfReview(write: Write, services: PaperServices, the: Case): Promise<void> {
  const { dossierId, stay, context } = the
  const cell = originCell(stay)
  const signer = await signerOf(write, cell, originCommittee(stay), stay.cellComment!.signed)
  const data = await said(write, stay)
  await issue(
    write,
    services,
    {
      kind: WITH_COMMENT,
      hop: 0,
      dossierId,
      organisationId: cell.id,
      title: 'Bản tự kiểm điểm',
      content: (frame) => ({ template: 'self-review', data: { ...frame, ...data } }),
      sign: { place: 'cell', as: signer.as },
    },
    context.at,
  )
}

/** As the committee confirms it: what the cell signed travels inside. Its seal comes with the letter's. */
export async function issueConfirmedReview(write: Write, services: PaperServices, the: Case): Promise<void> {
  const { dossierId, stay, context } = the
  const committee = originCommittee(stay)
  const signer = await signerOf(write, committee, committee, stay.referral!.signed)
  const data = await said(write, stay)
  const committeeComment: ReviewComment = {
    organisation: bodyName(committee),
    metOn: context.today,
    text: stay.committeeComment!,
    signing: signer.block,
  }
  await issue(
    write,
    services,
    {
      kind: CONFIRMED,
      hop: 1,
      dossierId,
      organisationId: committee.id,
      title: 'Bản tự kiểm điểm',
      attachments: await cellVersion(write, dossierId),
      content: (frame) => ({ template: 'self-review', data: { ...frame, ...data, committeeComment } }),
      sign: { place: 'person', as: signer.as },
    },
    context.at,
  )
}

/** What it says before the committee's part: the year before the request, in the member's words, and the cell's. */
async function said(read: Read, stay: Stay) {
  const cell = originCell(stay)
  const { signed, meetingOn, comment } = stay.cellComment!
  const [member, signer, confirmation] = await Promise.all([
    getMember(read, stay.memberId),
    signerOf(read, cell, originCommittee(stay), signed),
    confirmationOf(read, stay),
  ])
  const sentOn = todayIn(new Date(stay.receivedAt!))
  return {
    member: memberOnPaper(member),
    origin: pathOf(stay.origin),
    periodFrom: addMonths(sentOn, -12),
    periodTo: sentOn,
    text: stay.answers.review!,
    confirmation,
    cellComment: { organisation: cell.name, metOn: meetingOn, text: comment, signing: signer.block },
  }
}

/** The member, a delegate of the member, or an office that wrote it for them. */
async function confirmationOf(read: Read, stay: Stay): Promise<Confirmation> {
  const { memberId, submittedBy, office, receivedAt } = stay
  const how = { at: receivedAt!, method: 'VNeID mức độ 2' }
  if (office) return { ...how, office: bodyName(office) }
  if (submittedBy === undefined || submittedBy === memberId) return how
  const { name } = await read.one<{ name: string }>(
    sql`select full_name as name from member where id = ${submittedBy}`,
  )
  return { ...how, delegate: name }
}

async function cellVersion(read: Read, dossierId: string): Promise<PaperAttachment[]> {
  const paper = (await papersOf(read, dossierId)).find(
    ({ kind, voidedAt }) => kind === WITH_COMMENT && voidedAt === null,
  )
  if (!paper) return []
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
