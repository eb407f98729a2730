/** One's own record: all that is kept about oneself, who looked at it, what was reported as wrong and what became of it. */
import { sql, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { correctionsOf, type CorrectionRequest } from '../members/corrections.ts'
import { readingsOf, type MemberReading } from '../members/readings.ts'
import { getMember } from '../members/store.ts'
import { recordView, type MemberView } from '../members/view.ts'
import type { CorrectableField } from './correcting.ts'

export interface OwnCorrection {
  readonly id: string
  readonly field: CorrectableField
  readonly proposed: string
  readonly explanation: string
  readonly status: CorrectionRequest['status']
  readonly askedAt: Date
  readonly answeredAt: Date | null
  readonly answer: string | null
}

export interface OwnRecordView {
  readonly record: MemberView
  readonly corrections: readonly OwnCorrection[]
  readonly readings: readonly MemberReading[]
}

export async function ownRecord(
  read: Read,
  memberId: string,
  today: PlainDate,
  whole: boolean,
): Promise<OwnRecordView> {
  const member = await getMember(read, memberId)
  const [record, corrections, readings] = await Promise.all([
    recordView(read, member, today, whole),
    correctionsOf(read, memberId),
    readingsOf(read, memberId),
  ])
  return { record, corrections: corrections.map(ownCorrection), readings }
}

function ownCorrection(request: CorrectionRequest): OwnCorrection {
  const { id, proposed, explanation, status, askedAt, answeredAt, answer } = request
  return {
    id,
    field: request.field as CorrectableField,
    proposed,
    explanation,
    status,
    askedAt,
    answeredAt,
    answer,
  }
}

/**
 * Everything kept about a person, for the person (91/2025/QH15 art. 4: access to the own data): the whole record, the
 * notes of lists, requests, looks, and the dossiers by number; their papers are in the dossiers.
 */
export async function ownRecordExport(read: Read, memberId: string, today: PlainDate) {
  const [member, own, dossiers] = await Promise.all([
    getMember(read, memberId),
    ownRecord(read, memberId, today, true),
    read.rows<{ id: string; procedure: string; number: string | null; status: string; openedAt: Date }>(sql`
      select id, procedure, number, status, opened_at as "openedAt" from dossier
       where subject_id = ${memberId} order by opened_at, id`),
  ])
  const { counted, offices } = own.record
  const { corrections, readings } = own
  return { exportedOn: today, member, counted, offices, corrections, readings, dossiers }
}
