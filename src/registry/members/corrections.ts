/** "Report an error" (đề nghị đính chính) as it is kept: the request, whose turn it is until when, and its steps. */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { countedOn, trueOn } from '../day.ts'
import { inScope, PATH, scopeOf } from '../organisations/store.ts'
import { FACT_COLUMNS, type MemberFacts } from './store.ts'

export interface CorrectionRequest {
  readonly id: string
  readonly memberId: string
  readonly memberName: string
  readonly field: keyof MemberFacts
  readonly proposed: string
  readonly explanation: string
  readonly status: 'open' | 'accepted' | 'declined' | 'withdrawn'
  /** null: not routed yet */
  readonly stage: 'cell' | 'building' | null
  readonly awaitedOrganisation: string | null
  readonly awaitedPositions: readonly string[]
  readonly dueAt: Date | null
  readonly askedAt: Date
  readonly answeredAt: Date | null
  readonly answeredBy: string | null
  readonly answer: string | null
  /** the facts as they were, and as they were written, of an accepted one */
  readonly factsBefore: Partial<MemberFacts> | null
  readonly factsWritten: Partial<MemberFacts> | null
  /** the correction this one takes back */
  readonly undoes: string | null
  /** the correction that took this one back */
  readonly undoneBy: string | null
}

const COLUMNS = sql`c.id, c.member_id as "memberId", m.full_name as "memberName", c.field, c.proposed, c.explanation, c.status,
  c.stage, c.awaited_organisation as "awaitedOrganisation", c.awaited_positions as "awaitedPositions", c.due_at as "dueAt",
  c.asked_at as "askedAt", c.answered_at as "answeredAt", c.answered_by as "answeredBy", c.answer,
  c.facts_before as "factsBefore", c.facts_written as "factsWritten", c.undoes,
  (select u.id from correction_request u where u.undoes = c.id) as "undoneBy"`

const REQUEST = sql`correction_request c join member m on m.id = c.member_id`

/**
 * The same id twice asks once.
 *
 * @returns false when it was asked before
 * @throws Refusal invalid `correction.field-unknown` or `correction.empty`
 */
export async function askCorrection(
  write: Write,
  ask: { id: string; memberId: string; field: string; proposed: string; explanation: string; at: Date },
): Promise<boolean> {
  if (!Object.hasOwn(FACT_COLUMNS, ask.field))
    throw new Refusal('invalid', 'correction.field-unknown', {
      fields: [{ field: 'field', code: 'unknown' }],
    })
  if (ask.proposed.trim() === '' && ask.explanation.trim() === '')
    throw new Refusal('invalid', 'correction.empty', { fields: [{ field: 'proposed', code: 'missing' }] })
  const asked = await write.run(sql`
    insert into correction_request (id, member_id, field, proposed, explanation, asked_at)
    values (${ask.id}, ${ask.memberId}, ${ask.field}, ${ask.proposed.trim()}, ${ask.explanation.trim()}, ${ask.at})
    on conflict (id) do nothing`)
  return asked === 1
}

/** Whose turn it is from now on; nobody's where `awaited` is undefined. */
export async function routeCorrection(
  write: Write,
  id: string,
  turn: {
    readonly stage: 'cell' | 'building'
    readonly awaited: { readonly organisationId: string; readonly positions: readonly string[] } | undefined
    readonly dueAt: Date
  },
): Promise<void> {
  await write.run(sql`
    update correction_request
       set stage = ${turn.stage}, awaited_organisation = ${turn.awaited?.organisationId ?? null},
           awaited_positions = ${[...(turn.awaited?.positions ?? [])]}, due_at = ${turn.dueAt}
     where id = ${id} and status = 'open'`)
}

/**
 * Ends a request. What is written into the record, and what stood there, is kept with it.
 *
 * @throws Refusal conflict `correction.already-answered`
 */
export async function endCorrection(
  write: Write,
  end: {
    id: string
    status: 'accepted' | 'declined' | 'withdrawn'
    by: string
    answer: string
    at: Date
    before?: Partial<MemberFacts>
    written?: Partial<MemberFacts>
  },
): Promise<void> {
  const json = (facts: Partial<MemberFacts> | undefined) => (facts ? JSON.stringify(facts) : null)
  const ended = await write.run(sql`
    update correction_request
       set status = ${end.status}, answered_at = ${end.at}, answered_by = ${end.by}, answer = ${end.answer.trim()},
           facts_before = ${json(end.before)}, facts_written = ${json(end.written)},
           awaited_organisation = null, awaited_positions = '{}', due_at = null
     where id = ${end.id} and status = 'open'`)
  if (ended !== 1) throw new Refusal('conflict', 'correction.already-answered')
}

export interface CorrectionStep {
  readonly number: number
  readonly kind: 'asked' | 'passed-on' | 'went-up' | 'accepted' | 'declined' | 'withdrawn' | 'undone'
  readonly at: Date
  readonly positionName: string | null
  readonly positionNameEn: string | null
  readonly organisationName: string | null
  readonly verdict: 'as-papers' | 'unclear' | null
  readonly words: string
}

/** What happened to it, for ever. */
export async function addStep(
  write: Write,
  id: string,
  step: {
    readonly kind: CorrectionStep['kind']
    readonly at: Date
    readonly actor?: {
      readonly memberId: string
      readonly position?: string
      readonly organisationId?: string
    }
    readonly verdict?: 'as-papers' | 'unclear'
    readonly words?: string
  },
): Promise<void> {
  const { actor } = step
  await write.run(sql`
    insert into correction_step (request_id, number, kind, at, actor_id, position, organisation_id, verdict, words)
    select ${id}::uuid, 1 + count(*), ${step.kind}, ${step.at}::timestamptz, ${actor?.memberId ?? null}::uuid,
           ${actor?.position ?? null}::text, ${actor?.organisationId ?? null}::uuid, ${step.verdict ?? null}::text,
           ${step.words ?? ''}::text
      from correction_step where request_id = ${id}`)
}

/** In the order they happened. */
export async function stepsOf(read: Read, id: string): Promise<CorrectionStep[]> {
  return read.rows<CorrectionStep>(sql`
    select s.number, s.kind, s.at, n.name as "positionName", n.name_en as "positionNameEn", s.verdict, s.words,
           (select name from organisation_period p where p.organisation_id = s.organisation_id
             order by p.valid_from desc limit 1) as "organisationName"
      from correction_step s left join position n on n.code = s.position
     where s.request_id = ${id} order by s.number`)
}

/** @throws Refusal not-found `correction.unknown` */
export async function getCorrection(read: Read, id: string): Promise<CorrectionRequest> {
  const found = await read.maybe<CorrectionRequest>(sql`select ${COLUMNS} from ${REQUEST} where c.id = ${id}`)
  if (!found) throw new Refusal('not-found', 'correction.unknown')
  return found
}

/** The same, and nobody else changes it before the transaction ends. @throws Refusal not-found `correction.unknown` */
export async function lockCorrection(write: Write, id: string): Promise<CorrectionRequest> {
  await write.rows(sql`select 1 from correction_request where id = ${id} for update`)
  return getCorrection(write, id)
}

/** A member's own, the newest first. */
export async function correctionsOf(read: Read, memberId: string): Promise<CorrectionRequest[]> {
  return read.rows<CorrectionRequest>(sql`
    select ${COLUMNS} from ${REQUEST} where c.member_id = ${memberId} order by c.asked_at desc, c.id`)
}

/** Open ones of members counted in the subtrees of these organisations, the oldest first. */
export async function openCorrections(
  read: Read,
  within: readonly string[],
  day: PlainDate,
): Promise<CorrectionRequest[]> {
  const scope = await scopeOf(read, within, day)
  return read.rows<CorrectionRequest>(sql`
    select ${COLUMNS} from ${REQUEST}
      join membership s on s.member_id = m.id and ${countedOn('s', day)}
      join organisation_period p on p.organisation_id = s.organisation_id and ${trueOn('p', day)}
     where ${inScope(scope)} and c.status = 'open' order by c.asked_at, c.id`)
}

/** Accepted by this person since then, the newest first. */
export async function writtenBy(read: Read, memberId: string, since: Date): Promise<CorrectionRequest[]> {
  return read.rows<CorrectionRequest>(sql`
    select ${COLUMNS} from ${REQUEST}
     where c.answered_by = ${memberId} and c.status = 'accepted' and c.undoes is null and c.answered_at >= ${since}
     order by c.answered_at desc, c.id`)
}

/**
 * Requests nobody may look at as they stand: never routed, overdue, without an office, or of a member who is counted
 * elsewhere by now. The rows are locked; those another process has are left out.
 */
export async function strayCorrections(write: Write, day: PlainDate, at: Date): Promise<string[]> {
  const rows = await write.rows<{ id: string }>(sql`
    select c.id from correction_request c
      join membership s on s.member_id = c.member_id and s.until is null
     where c.status = 'open'
       and (c.stage is null or c.awaited_organisation is null or c.due_at < ${at}
            or not exists (
              select from organisation_on(${day}::date) o, organisation_on(${day}::date) a
               where o.id = s.organisation_id and a.id = c.awaited_organisation
                 and ${PATH} >= a.path and ${PATH} < left(a.path, -1) || '/')
            or not exists (
              select from office x
               where x.organisation_id = c.awaited_organisation and x.position = any(c.awaited_positions)
                 and x.member_id <> c.member_id and x.since <= ${day}::date
                 and (x.until is null or ${day}::date <= x.until)))
     order by c.asked_at for update of c skip locked`)
  return rows.map(({ id }) => id)
}

/** Writes a correction that takes another back, answered as it is asked. */
export async function insertUndo(
  write: Write,
  undo: {
    id: string
    old: CorrectionRequest
    reason: string
    by: string
    at: Date
    proposed: string
    before: Partial<MemberFacts>
    written: Partial<MemberFacts>
  },
): Promise<void> {
  await write.run(sql`
    insert into correction_request (id, member_id, field, proposed, explanation, status, stage, asked_at, answered_at,
                                    answered_by, answer, facts_before, facts_written, undoes)
    values (${undo.id}, ${undo.old.memberId}, ${undo.old.field}, ${undo.proposed}, ${undo.reason}, 'accepted', 'building',
            ${undo.at}, ${undo.at}, ${undo.by}, ${undo.reason}, ${JSON.stringify(undo.before)},
            ${JSON.stringify(undo.written)}, ${undo.old.id})`)
}
