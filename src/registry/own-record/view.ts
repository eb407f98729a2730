/** One's own record: all that is kept about oneself, who looked at it, what was reported as wrong and what became of it. */
import type { Read } from '../../kernel/db.ts'
import { monthOf, type PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import {
  correctionsOf,
  getCorrection,
  stepsOf,
  type CorrectionRequest,
  type CorrectionStep,
} from '../members/corrections.ts'
import { readingsOf, type MemberReading } from '../members/readings.ts'
import { getMember } from '../members/store.ts'
import { recordView, type MemberView } from '../members/view.ts'
import { findOrganisations } from '../organisations/store.ts'
import { latestReadings, type ReadingLine } from '../readings/reading-list.ts'
import type { CorrectableField } from './correcting.ts'

export interface OwnCorrection {
  readonly id: string
  readonly field: CorrectableField
  readonly proposed: string
  readonly explanation: string
  readonly status: CorrectionRequest['status']
  readonly stage: CorrectionRequest['stage']
  /** whose turn it is; null: nobody's, or nobody holds the office yet */
  readonly awaitedName: string | null
  readonly dueAt: Date | null
  readonly askedAt: Date
  readonly answeredAt: Date | null
  readonly answer: string | null
  readonly undoes: string | null
  readonly undoneBy: string | null
}

export interface OwnRecordView {
  readonly record: MemberView
  readonly corrections: readonly OwnCorrection[]
  /** looks at whole numbers, each with its reason */
  readonly readings: readonly MemberReading[]
  /** the newest of all looks */
  readonly lately: readonly ReadingLine[]
}

const SHOWN_LATELY = 3

export async function ownRecord(
  read: Read,
  memberId: string,
  today: PlainDate,
  whole: boolean,
): Promise<OwnRecordView> {
  const member = await getMember(read, memberId)
  const [record, corrections, readings, lately] = await Promise.all([
    recordView(read, member, today, whole),
    ownCorrections(read, memberId, today),
    readingsOf(read, memberId),
    latestReadings(read, memberId, monthOf(today), SHOWN_LATELY),
  ])
  return { record, corrections, readings, lately }
}

export async function ownCorrections(
  read: Read,
  memberId: string,
  today: PlainDate,
): Promise<OwnCorrection[]> {
  return shownCorrections(read, await correctionsOf(read, memberId), today)
}

/**
 * One of the member's own, with its steps.
 *
 * @throws Refusal not-found `correction.unknown` for another's
 */
export async function ownCorrectionWithSteps(
  read: Read,
  memberId: string,
  id: string,
  today: PlainDate,
): Promise<{ correction: OwnCorrection; steps: CorrectionStep[] }> {
  const request = await getCorrection(read, id)
  if (request.memberId !== memberId) throw new Refusal('not-found', 'correction.unknown')
  const [correction] = await shownCorrections(read, [request], today)
  return { correction: correction as OwnCorrection, steps: await stepsOf(read, id) }
}

async function shownCorrections(
  read: Read,
  requests: readonly CorrectionRequest[],
  today: PlainDate,
): Promise<OwnCorrection[]> {
  const ids = requests.flatMap(({ awaitedOrganisation }) => awaitedOrganisation ?? [])
  const places = await findOrganisations(read, [...new Set(ids)], today)
  const names = new Map(places.map((place) => [place.id, place.name]))
  return requests.map((request) => ({
    id: request.id,
    field: request.field as CorrectableField,
    proposed: request.proposed,
    explanation: request.explanation,
    status: request.status,
    stage: request.stage,
    awaitedName: names.get(request.awaitedOrganisation ?? '') ?? null,
    dueAt: request.dueAt,
    askedAt: request.askedAt,
    answeredAt: request.answeredAt,
    answer: request.answer,
    undoes: request.undoes,
    undoneBy: request.undoneBy,
  }))
}
