/** "Hỏi lại": a member asks about a look at the record; another office than the one that looked answers in time. */
import { sql, type Database, type Read, type Write } from '../../kernel/db.ts'
import { recordNotice } from '../../kernel/notices.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { addWorkingDays, endOfWorkingDay } from '../../kernel/working-time.ts'
import { membershipOf } from '../members/memberships.ts'
import { nearestOffice, type OfficeAddress } from '../offices/nearest.ts'
import {
  BUILDING_HEAD,
  BUILDING_OFFICER,
  COMMITTEE_DEPUTY_SECRETARY,
  COMMITTEE_SECRETARY,
  COMMITTEE_STANDING_DEPUTY,
  INSPECTION_CHAIR,
} from '../offices/positions.ts'
import { QUESTION_DAYS } from '../own-record/settings.ts'
import type { Reader } from '../reader.ts'
import { readingLine, type ReadingLine } from './reading-list.ts'

/** Who is asked: the inspection committee, else the Building commission, else the committee's leaders. */
const ASKED: readonly (readonly string[])[] = [
  [INSPECTION_CHAIR],
  [BUILDING_HEAD, BUILDING_OFFICER],
  [COMMITTEE_SECRETARY, COMMITTEE_STANDING_DEPUTY, COMMITTEE_DEPUTY_SECRETARY],
]

/** Every office that may have questions to answer. */
export const ANSWERS_QUESTIONS: readonly string[] = ASKED.flat()

export const QUESTION_NOTICE = 'reading.question'
export const QUESTION_LATE = 'reading.question-late'
export const QUESTION_ANSWERED = 'reading.question-answered'

const MOST_OPEN = 10

export interface ReadingQuestion {
  readonly id: string
  readonly memberId: string
  readonly memberName: string
  readonly about: ReadingLine
  readonly question: string
  readonly askedAt: Date
  readonly toOrganisation: string
  readonly toName: string
  readonly toPositions: readonly string[]
  readonly dueAt: Date
  readonly answeredAt: Date | null
  readonly answeredBy: string | null
  readonly answer: string | null
}

const COLUMNS = sql`q.id, q.member_id as "memberId", m.full_name as "memberName", q.about, q.question, q.asked_at as "askedAt",
  q.to_organisation as "toOrganisation", q.to_positions as "toPositions", q.due_at as "dueAt",
  q.answered_at as "answeredAt", q.answered_by as "answeredBy", q.answer,
  (select name from organisation_period p where p.organisation_id = q.to_organisation
    order by p.valid_from desc limit 1) as "toName"`

type Row = Omit<ReadingQuestion, 'about'> & {
  readonly about: Omit<ReadingLine, 'firstAt' | 'lastAt'> & {
    readonly firstAt: string
    readonly lastAt: string
  }
}

/** Instants travel as text in the kept line. */
function fromRow(row: Row): ReadingQuestion {
  const { about } = row
  return {
    ...row,
    about: { ...about, firstAt: new Date(about.firstAt), lastAt: new Date(about.lastAt) },
  }
}

/**
 * A member asks about one line of the readings; an office that did not look is told. The same id twice asks once.
 *
 * @throws Refusal not-found `reading.line-unknown`; conflict `reading.too-many-questions`, `reading.nobody-to-ask`
 */
export async function askAboutReading(
  database: Database,
  memberId: string,
  asked: { readonly id: string; readonly line: string; readonly question: string },
  now: Pick<Context, 'at' | 'today' | 'calendar' | 'settings'>,
): Promise<void> {
  await database.transaction(async (write) => {
    const about = await readingLine(write, memberId, asked.line)
    if (!about) throw new Refusal('not-found', 'reading.line-unknown')
    const questions = await questionsOf(write, memberId)
    if (questions.some(({ id }) => id === asked.id)) return
    if (questions.filter(({ answeredAt }) => answeredAt === null).length >= MOST_OPEN)
      throw new Refusal('conflict', 'reading.too-many-questions', { facts: { most: MOST_OPEN } })
    const to = await officeToAsk(write, memberId, about, now.today)
    if (!to) throw new Refusal('conflict', 'reading.nobody-to-ask')
    const days = now.settings.get(QUESTION_DAYS)
    const dueAt = endOfWorkingDay(now.calendar, addWorkingDays(now.calendar, now.today, days))
    await write.run(sql`
      insert into reading_question (id, member_id, about, question, asked_at, to_organisation, to_positions, due_at)
      values (${asked.id}, ${memberId}, ${JSON.stringify(about)}, ${asked.question}, ${now.at}, ${to.organisationId},
              ${[...to.positions]}, ${dueAt}) on conflict (id) do nothing`)
    const onceKey = `${QUESTION_NOTICE} ${asked.id}`
    await recordNotice(write, { to, code: QUESTION_NOTICE, onceKey, at: now.at })
  })
}

/** Nobody is asked about the own look, and nobody about the own record. */
async function officeToAsk(
  read: Read,
  memberId: string,
  about: ReadingLine,
  today: string,
): Promise<OfficeAddress | undefined> {
  const membership = await membershipOf(read, memberId)
  if (!membership) return undefined
  for (const positions of ASKED) {
    const found = await nearestOffice(read, membership.organisationId, positions, today, memberId)
    const looked = found?.organisationId === about.organisationId && found.positions.includes(about.position)
    if (found && !looked) return found
  }
  return undefined
}

/** A member's questions, the newest first. */
export async function questionsOf(read: Read, memberId: string): Promise<ReadingQuestion[]> {
  const rows = await read.rows<Row>(sql`
    select ${COLUMNS} from reading_question q join member m on m.id = q.member_id
     where q.member_id = ${memberId} order by q.asked_at desc, q.id`)
  return rows.map(fromRow)
}

/** Open questions to the office worn, the most urgent first; never those of the reader's own. */
export async function questionsFor(read: Read, reader: Reader): Promise<ReadingQuestion[]> {
  if (!ANSWERS_QUESTIONS.includes(reader.position)) throw new Refusal('forbidden', 'reading.not-your-office')
  const rows = await read.rows<Row>(sql`
    select ${COLUMNS} from reading_question q join member m on m.id = q.member_id
     where q.to_organisation = ${reader.organisationId} and ${reader.position} = any(q.to_positions)
       and q.answered_at is null and q.member_id <> ${reader.memberId} order by q.due_at, q.id`)
  return rows.map(fromRow)
}

/**
 * Answers one; the member is told. The same answer by the same person twice is one.
 *
 * @throws Refusal forbidden `reading.not-your-office`; not-found `reading.question-unknown`; conflict
 *   `reading.question-answered`
 */
export async function answerQuestion(
  database: Database,
  reader: Reader,
  id: string,
  answer: string,
): Promise<void> {
  if (!ANSWERS_QUESTIONS.includes(reader.position)) throw new Refusal('forbidden', 'reading.not-your-office')
  await database.transaction(async (write) => {
    const row = await write.maybe<Row>(sql`
      select ${COLUMNS} from reading_question q join member m on m.id = q.member_id
       where q.id = ${id} and q.to_organisation = ${reader.organisationId}
         and ${reader.position} = any(q.to_positions) and q.member_id <> ${reader.memberId} for update of q`)
    if (!row) throw new Refusal('not-found', 'reading.question-unknown')
    if (row.answeredBy === reader.memberId && row.answer === answer) return
    if (row.answeredAt) throw new Refusal('conflict', 'reading.question-answered')
    await write.run(sql`
      update reading_question set answered_at = ${reader.at}, answered_by = ${reader.memberId}, answer = ${answer}
       where id = ${id}`)
    await recordNotice(write, { to: { memberId: row.memberId }, code: QUESTION_ANSWERED, at: reader.at })
  })
}

/** Tells the leaders of questions nobody answered in time, once each. */
export async function tellLateQuestions(write: Write, at: Date): Promise<void> {
  const late = await write.rows<{ id: string; toOrganisation: string }>(sql`
    select id, to_organisation as "toOrganisation" from reading_question
     where answered_at is null and due_at < ${at}`)
  for (const { id, toOrganisation } of late)
    await recordNotice(write, {
      to: { organisationId: toOrganisation, positions: ASKED[2] ?? [] },
      code: QUESTION_LATE,
      onceKey: `${QUESTION_LATE} ${id}`,
      at,
    })
}
