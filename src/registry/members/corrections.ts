/** "Report an error" (đề nghị đính chính): a member says what is wrong in the own record; an officer answers. */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { countedOn, trueOn } from '../day.ts'
import { inScope, scopeOf } from '../organisations/store.ts'
import { FACT_COLUMNS, type MemberFacts } from './store.ts'

export interface CorrectionRequest {
  readonly id: string
  readonly memberId: string
  readonly memberName: string
  readonly field: keyof MemberFacts
  readonly proposed: string
  readonly explanation: string
  readonly status: 'open' | 'accepted' | 'declined'
  readonly askedAt: Date
  readonly answeredAt: Date | null
  readonly answeredBy: string | null
  readonly answer: string | null
}

const COLUMNS = sql`c.id, c.member_id as "memberId", m.full_name as "memberName", c.field, c.proposed, c.explanation, c.status,
  c.asked_at as "askedAt", c.answered_at as "answeredAt", c.answered_by as "answeredBy", c.answer`

/** The same id twice asks once. @throws Refusal invalid `correction.field-unknown` or `correction.empty` */
export async function askCorrection(
  write: Write,
  ask: { id: string; memberId: string; field: string; proposed: string; explanation: string },
): Promise<void> {
  if (!Object.hasOwn(FACT_COLUMNS, ask.field))
    throw new Refusal('invalid', 'correction.field-unknown', {
      fields: [{ field: 'field', code: 'unknown' }],
    })
  if (ask.proposed.trim() === '' && ask.explanation.trim() === '')
    throw new Refusal('invalid', 'correction.empty', { fields: [{ field: 'proposed', code: 'missing' }] })
  await write.run(sql`
    insert into correction_request (id, member_id, field, proposed, explanation)
    values (${ask.id}, ${ask.memberId}, ${ask.field}, ${ask.proposed.trim()}, ${ask.explanation.trim()})
    on conflict (id) do nothing`)
}

/**
 * Answers a request. An accepted one changes nothing by itself: the officer who holds the papers records the fact.
 *
 * @throws Refusal not-found `correction.unknown`; conflict `correction.already-answered`; forbidden
 *   `correction.own-record` when somebody answers for the own record
 */
export async function answerCorrection(
  write: Write,
  answer: { id: string; status: 'accepted' | 'declined'; by: string; answer: string; at: Date },
): Promise<void> {
  const request = await getCorrection(write, answer.id)
  if (request.memberId === answer.by) throw new Refusal('forbidden', 'correction.own-record')
  const answered = await write.run(sql`
    update correction_request
       set status = ${answer.status}, answered_at = ${answer.at}, answered_by = ${answer.by}, answer = ${answer.answer.trim()}
     where id = ${answer.id} and status = 'open'`)
  if (answered !== 1) throw new Refusal('conflict', 'correction.already-answered')
}

/** @throws Refusal not-found `correction.unknown` */
export async function getCorrection(read: Read, id: string): Promise<CorrectionRequest> {
  const found = await read.maybe<CorrectionRequest>(
    sql`select ${COLUMNS} from correction_request c join member m on m.id = c.member_id where c.id = ${id}`,
  )
  if (!found) throw new Refusal('not-found', 'correction.unknown')
  return found
}

/** A member's own, the newest first. */
export async function correctionsOf(read: Read, memberId: string): Promise<CorrectionRequest[]> {
  return read.rows<CorrectionRequest>(sql`
    select ${COLUMNS} from correction_request c join member m on m.id = c.member_id
     where c.member_id = ${memberId} order by c.asked_at desc, c.id`)
}

/** Open ones of members counted in the subtrees of these organisations, the oldest first. */
export async function openCorrections(
  read: Read,
  within: readonly string[],
  day: PlainDate,
): Promise<CorrectionRequest[]> {
  const scope = await scopeOf(read, within, day)
  return read.rows<CorrectionRequest>(sql`
    select ${COLUMNS} from correction_request c join member m on m.id = c.member_id
      join membership s on s.member_id = m.id and ${countedOn('s', day)}
      join organisation_period p on p.organisation_id = s.organisation_id and ${trueOn('p', day)}
     where ${inScope(scope)} and c.status = 'open' order by c.asked_at, c.id`)
}
