/** What the comment's paper (phiếu nhận xét, 7.7) says: read from the comment as it was signed, and from the registry. */
import { sql, type Read } from '../../../kernel/db.ts'
import { loadDossier } from '../../../kernel/dossier.ts'
import { todayIn } from '../../../kernel/plain-date.ts'
import { bodyName, headingOf, seatOf, signingBlock, written } from '../../../papers/bodies.ts'
import {
  placeAndDateLine,
  type PaperFrame,
  type ResidenceCommentPaper,
  type SigningBlock,
} from '../../../papers/layout.ts'
import { getMember } from '../../../registry/members/store.ts'
import { criteriaOf, formOf } from '../law/form.ts'
import type { Place } from '../law/place.ts'
import { writingPlace } from '../law/rules.ts'
import type { Act, Comment } from '../law/states.ts'
import { RESIDENCE_COMMENT } from '../names.ts'

/** Who signed, as the paper and the public page say it. */
export interface CommentSigner {
  readonly memberId: string
  readonly office: string
  readonly organisation: string
}

export interface CommentOnPaper {
  readonly title: string
  readonly says: Omit<ResidenceCommentPaper, keyof PaperFrame>
  readonly signer: CommentSigner
}

/** @throws Error where the cell has not signed: there is nothing to put on paper */
export async function commentOnPaper(read: Read, comment: Comment): Promise<CommentOnPaper> {
  const signed = comment.cellSigned
  if (!signed) throw new Error('the comment is not signed')
  const writer = writingPlace(comment) ?? comment.commune
  const [member, { block, signer }, replaces] = await Promise.all([
    getMember(read, comment.memberId),
    signerOf(read, comment, signed, writer),
    replacedBy(read, comment),
  ])
  const form = formOf(comment.form)
  const chain = writer.id === comment.commune.id ? [comment.commune] : [writer, comment.commune]
  const occasion = comment.purpose === 'yearly' ? `Năm ${comment.year}` : `Khi cần: ${comment.reason ?? ''}`
  const { ticks, freeText, frontBoardMetOn } = comment.draft
  return {
    title: `Phiếu nhận xét nơi cư trú năm ${comment.year} – ${member.fullName}`,
    signer,
    says: {
      heading: headingOf(chain, writer),
      placeAndDate: placeAndDateLine(seatOf(chain, writer), todayIn(new Date(signed.at))),
      occasion,
      body: writer.tier === 'cell' ? `Chi ủy ${writer.name}` : bodyName(writer),
      consultedOn: frontBoardMetOn ?? null,
      member: { fullName: member.fullName, bornOn: written(member.birthDate, member.birthPrecision) },
      workplace: { grassroots: comment.workplace.name },
      criteria: criteriaOf(form, comment.exempt).map(({ code, text, scale }) => ({
        words: text.vi,
        scale: scale.map((step) => step.text.vi),
        chosen: scale.findIndex((step) => step.code === ticks[code]),
      })),
      ...(freeText ? { remarks: freeText } : {}),
      ...(replaces ? { replaces } : {}),
      signing: block,
      confirming: bodyName(comment.commune),
    },
  }
}

/** T/M CHI BỘ (7.7), or the committee in place of the cell. */
async function signerOf(
  read: Read,
  comment: Comment,
  signed: Act,
  writer: Place,
): Promise<{ block: SigningBlock; signer: CommentSigner }> {
  const row = await read.one<{ name: string; office: string }>(sql`
    select m.full_name as name, p.name as office from member m, position p
     where m.id = ${signed.by} and p.code = ${signed.position}`)
  const delegated = signed.onBehalfOf !== undefined
  const ofCell = writer.id !== comment.commune.id
  const block = signingBlock(
    signed.position,
    row.name,
    false,
    delegated,
    !ofCell && bodyName(comment.commune),
  )
  return {
    block: ofCell && !delegated ? { ...block, authority: 'T/M CHI BỘ' } : block,
    signer: {
      memberId: signed.by,
      office: delegated ? `${row.office} (theo ủy quyền)` : row.office,
      organisation: bodyName(writer),
    },
  }
}

/** The filed comment that this one stands in for, as the new paper names it. */
async function replacedBy(
  read: Read,
  { corrects, reason }: Comment,
): Promise<ResidenceCommentPaper['replaces']> {
  if (!corrects) return undefined
  const dossier = await loadDossier<Comment>(read, RESIDENCE_COMMENT, corrects)
  const signed = dossier?.state.cellSigned
  return signed && { on: todayIn(new Date(signed.at)), reason: reason ?? 'đính chính' }
}

/** 'Tân Tạo, ngày 05 tháng 12 năm 2026': what the commune fills in with its seal. */
export function confirmedOn({ commune }: Comment, at: Date): string {
  return placeAndDateLine(seatOf([commune], commune), todayIn(at))
}
