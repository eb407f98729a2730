/** Answering what members reported as wrong: by an office of the cell or committee, never in one's own record. */
import type { Database, Read } from '../../kernel/db.ts'
import { recordNotice } from '../../kernel/notices.ts'
import { Refusal } from '../../kernel/refusal.ts'
import {
  answerCorrection,
  askCorrection,
  correctionsOf,
  getCorrection,
  openCorrections,
  type CorrectionRequest,
} from '../members/corrections.ts'
import { membershipOf } from '../members/memberships.ts'
import { getMember } from '../members/store.ts'
import {
  BUILDING_HEAD,
  BUILDING_OFFICER,
  CELL_COMMITTEE_MEMBER,
  CELL_DEPUTY_SECRETARY,
  CELL_SECRETARY,
  COMMITTEE_DEPUTY_SECRETARY,
  COMMITTEE_SECRETARY,
  COMMITTEE_STANDING_DEPUTY,
} from '../offices/positions.ts'
import { findOrganisations } from '../organisations/store.ts'
import { readableMember, type Reader } from '../reader.ts'
import {
  correctedFacts,
  listValue,
  writeFacts,
  type CorrectableField,
  type JudgingOptions,
} from './correcting.ts'

/** The cell that keeps the papers, then the committee's building commission (domain G.4), and the committee's leaders. */
export const ANSWERING: readonly string[] = [
  CELL_SECRETARY,
  CELL_DEPUTY_SECRETARY,
  CELL_COMMITTEE_MEMBER,
  BUILDING_HEAD,
  BUILDING_OFFICER,
  COMMITTEE_SECRETARY,
  COMMITTEE_STANDING_DEPUTY,
  COMMITTEE_DEPUTY_SECRETARY,
]

const TOLD = [CELL_SECRETARY, CELL_DEPUTY_SECRETARY]

/** Where a member's request is told, and what became of it: the codes of their notices. */
export const CORRECTION_ASKED = 'correction.asked'
export const CORRECTION_ACCEPTED = 'correction.accepted'
export const CORRECTION_DECLINED = 'correction.declined'

/** More than there are facts nobody has to report at once. */
const MOST_OPEN = 30

export interface AskedCorrection {
  readonly id: string
  readonly field: CorrectableField
  readonly proposed: string
  readonly explanation: string
}

/**
 * A member reports a fact as wrong; the cell is told. The same id twice asks once.
 *
 * @throws Refusal against-rule `correction.does-not-fit` when the record could not hold what is proposed; conflict
 *   `correction.too-many-open`
 */
export async function reportCorrection(
  database: Database,
  memberId: string,
  asked: AskedCorrection,
  options: JudgingOptions & { at: Date },
): Promise<void> {
  await database.transaction(async (write) => {
    const member = await getMember(write, memberId)
    try {
      correctedFacts(member, asked.field, asked.proposed, options)
    } catch (error) {
      // of another fact that is wrong too the officer will think; the member may still say this one
      if (!(error instanceof Refusal && error.code === 'correction.record-unfit')) throw error
    }
    const open = (await correctionsOf(write, memberId)).filter(({ status }) => status === 'open')
    if (open.length >= MOST_OPEN && !open.some(({ id }) => id === asked.id))
      throw new Refusal('conflict', 'correction.too-many-open', { facts: { most: MOST_OPEN } })
    await askCorrection(write, { memberId, ...asked })
    const membership = await membershipOf(write, memberId)
    if (membership)
      await recordNotice(write, {
        to: { organisationId: membership.organisationId, positions: TOLD },
        code: CORRECTION_ASKED,
        onceKey: `${CORRECTION_ASKED} ${asked.id}`,
        at: options.at,
      })
  })
}

export interface CorrectionAnswer {
  readonly status: 'accepted' | 'declined'
  /** what is written into the record when accepted, as a list writes it */
  readonly value: string
  readonly answer: string
}

/**
 * Answers a request; an accepted one changes the fact in the same transaction. Asked again by the same person with the
 * same answer, nothing more happens.
 *
 * @throws Refusal forbidden `correction.not-your-office`, `correction.own-record`; not-found `correction.unknown`;
 *   conflict `correction.already-answered`, `correction.personal-id-taken`; invalid `correction.reason-missing`;
 *   against-rule `correction.does-not-fit`, `correction.record-unfit`
 */
export async function settleCorrection(
  database: Database,
  reader: Reader,
  id: string,
  { status, value, answer }: CorrectionAnswer,
  options: JudgingOptions & { at: Date },
): Promise<void> {
  requireAnswering(reader)
  if (status === 'declined' && answer.trim() === '')
    throw new Refusal('invalid', 'correction.reason-missing', {
      fields: [{ field: 'answer', code: 'missing' }],
    })
  await database.transaction(async (write) => {
    const request = await answerableCorrection(write, reader, id)
    if (request.answeredBy === reader.memberId && request.status === status) return
    const { member } = await readableMember(write, reader, request.memberId)
    const field = request.field as CorrectableField
    const words = status === 'accepted' ? [`Đã ghi: ${value || 'bỏ trống'}.`, answer.trim()] : [answer]
    await answerCorrection(write, {
      id,
      status,
      by: reader.memberId,
      answer: words.filter(Boolean).join(' '),
      at: options.at,
    })
    if (status === 'accepted')
      await writeFacts(write, member.id, correctedFacts(member, field, value, options))
    await recordNotice(write, {
      to: { memberId: member.id },
      code: status === 'accepted' ? CORRECTION_ACCEPTED : CORRECTION_DECLINED,
      at: options.at,
    })
  })
}

/** @throws Refusal forbidden `correction.not-your-office` */
export function requireAnswering(reader: Reader): void {
  if (!ANSWERING.includes(reader.position)) throw new Refusal('forbidden', 'correction.not-your-office')
}

/** A request about a member the reader may see; about anybody else's it is unknown. */
async function answerableCorrection(read: Read, reader: Reader, id: string): Promise<CorrectionRequest> {
  const request = await getCorrection(read, id)
  try {
    await readableMember(read, reader, request.memberId)
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'not-found')
      throw new Refusal('not-found', 'correction.unknown')
    throw error
  }
  return request
}

/** A request as the one who may answer it sees it. */
export interface OpenCorrection {
  readonly id: string
  readonly memberId: string
  readonly memberName: string
  readonly organisationName: string
  readonly field: CorrectableField
  /** what stands in the record now */
  readonly now: string
  readonly proposed: string
  readonly explanation: string
  readonly askedAt: Date
  /** of the reader's own record: somebody else answers it */
  readonly own: boolean
}

export const CORRECTIONS_A_PAGE = 20

/** Open requests of the reader's members, the oldest first, a page of them. */
export async function correctionsFor(
  read: Read,
  reader: Reader,
  page: number,
): Promise<{ total: number; corrections: OpenCorrection[] }> {
  requireAnswering(reader)
  const open = await openCorrections(read, [reader.organisationId], reader.today)
  const first = (page - 1) * CORRECTIONS_A_PAGE
  const shown = open.slice(first, first + CORRECTIONS_A_PAGE)
  const corrections = await Promise.all(shown.map((request) => openCorrection(read, reader, request)))
  return { total: open.length, corrections }
}

async function openCorrection(
  read: Read,
  reader: Reader,
  request: CorrectionRequest,
): Promise<OpenCorrection> {
  const { id, memberId, memberName, proposed, explanation, askedAt } = request
  const field = request.field as CorrectableField
  const [member, membership] = await Promise.all([getMember(read, memberId), membershipOf(read, memberId)])
  const [organisation] = membership
    ? await findOrganisations(read, [membership.organisationId], reader.today)
    : []
  return {
    id,
    memberId,
    memberName,
    organisationName: organisation?.name ?? '',
    field,
    now: listValue(member, field),
    proposed,
    explanation,
    askedAt,
    own: memberId === reader.memberId,
  }
}
