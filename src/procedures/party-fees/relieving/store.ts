/** Reliefs in the database: one of a sort waits at most, and a decided one never changes but for its end. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { firstDayOfPeriod, type Period } from '../law/period.ts'
import { sortOf, type Months, type ReliefKind } from '../law/relief/rules.ts'
import type { Asked, Granting, Relief } from './contract.ts'
import { holdsFor } from './holding.ts'

const nameOf = (column: 'organisation_id' | 'decider_id') => sql`(
  select p.name from organisation_period p where p.organisation_id = r.${sql.ref(column)} order by p.valid_from desc limit 1)`
const monthIn = (column: string) => sql`to_char(r.${sql.ref(column)}, 'YYYY-MM')`

const COLUMNS = sql`r.id, r.member_id as "memberId", m.full_name as "memberName", r.organisation_id as "organisationId",
  ${nameOf('organisation_id')} as "organisationName", r.decider_id as "deciderId", ${nameOf('decider_id')} as "deciderName", r.kind,
  ${monthIn('from_period')} as from, ${monthIn('until_period')} as until, r.hardship, r.percent, r.extra_vnd as "extraVnd",
  r.exemption_number as "exemptionNumber", r.exemption_from as "exemptionFrom", r.exemption_until as "exemptionUntil",
  r.request, r.asked_by as "askedBy", a.full_name as "askedByName", r.asked_at as "askedAt", r.said_by as "saidBy",
  r.due_on as "dueOn", r.status, r.opinion, r.opinion_reason as "opinionReason", r.forwarded_by as "forwardedBy",
  r.forwarded_at as "forwardedAt", r.answered_at as "answeredAt", r.reason, r.decision_number as "decisionNumber",
  ${monthIn('granted_from')} as "grantedFrom", ${monthIn('granted_until')} as "grantedUntil",
  r.granted_percent as "grantedPercent", r.granted_extra_vnd as "grantedExtraVnd", ${monthIn('ended_from')} as "endedFrom",
  r.ended_reason as "endedReason"`
const FROM = sql`fee_relief r join member m on m.id = r.member_id join member a on a.id = r.asked_by`

export function findRelief(read: Read, id: string): Promise<Relief | undefined> {
  return read.maybe<Relief>(sql`select ${COLUMNS} from ${FROM} where r.id = ${id}`)
}

/**
 * A relief that the organisation has to do with: asked of it, or forwarded to it; any other is as unknown as none.
 *
 * @throws Refusal not-found `party-fees.relief-unknown`
 */
export async function reliefIn(read: Read, organisationId: string, id: string): Promise<Relief> {
  const found = await findRelief(read, id)
  if (found?.organisationId === organisationId) return found
  if (found?.deciderId === organisationId && found.forwardedAt !== null) return found
  throw new Refusal('not-found', 'party-fees.relief-unknown')
}

/** All that a member asked for, newest first. */
export function reliefsOf(read: Read, memberId: string): Promise<Relief[]> {
  return read.rows<Relief>(sql`
    select ${COLUMNS} from ${FROM} where r.member_id = ${memberId} order by r.asked_at desc, r.id limit 60`)
}

/**
 * What an organisation has to do with, as `reliefIn`: what waits first by its day, then what holds still in this month by its
 * last month, then all others, newest first. How many there are in all comes along.
 */
export async function reliefsAt(
  read: Read,
  organisationId: string,
  asked: { readonly now: Period; readonly most: number; readonly from: number },
): Promise<{ rows: Relief[]; total: number }> {
  const until = sql`coalesce((r.ended_from - interval '1 month')::date, r.granted_until)`
  const theirs = sql`(r.organisation_id = ${organisationId} or (r.decider_id = ${organisationId} and r.forwarded_at is not null))`
  const part = sql`case when r.status in ('asked', 'forwarded') then 0
    when r.status = 'granted' and ${until} >= ${firstDayOfPeriod(asked.now)}::date then 1 else 2 end`
  const [rows, { total }] = await Promise.all([
    read.rows<Relief>(sql`
      select ${COLUMNS} from ${FROM} where ${theirs}
       order by ${part}, case ${part} when 0 then r.due_on when 1 then ${until} end, r.asked_at desc, r.id
       limit ${asked.most} offset ${asked.from}`),
    read.one<{ total: number }>(sql`select count(*)::int as total from fee_relief r where ${theirs}`),
  ])
  return { rows, total }
}

/** What was granted to a member of the sort, as long as it holds. */
export async function grantedOf(read: Read, memberId: string, kind: ReliefKind): Promise<Months[]> {
  const all = await reliefsOf(read, memberId)
  return all.flatMap((each) => {
    const months = holdsFor(each)
    return sortOf(each.kind) === sortOf(kind) && months ? [months] : []
  })
}

export interface NewRelief {
  readonly id: string
  readonly memberId: string
  readonly organisationId: string
  readonly deciderId: string
  readonly asked: Asked
  readonly askedBy: string
  readonly at: Date
  readonly dueOn: PlainDate
}

export async function addRelief(write: Write, relief: NewRelief): Promise<void> {
  const { id, memberId, organisationId, deciderId, asked, askedBy, at, dueOn } = relief
  const { exemption } = asked
  await write.run(sql`
    insert into fee_relief (id, member_id, organisation_id, decider_id, kind, from_period, until_period, hardship, percent, extra_vnd,
                            exemption_number, exemption_from, exemption_until, request, asked_by, asked_at, said_by, due_on)
    values (${id}, ${memberId}, ${organisationId}, ${deciderId}, ${asked.kind}, ${firstDayOfPeriod(asked.from)},
            ${firstDayOfPeriod(asked.until)}, ${asked.hardship ?? null}, ${asked.percent ?? null}, ${asked.extraVnd ?? null},
            ${exemption?.number ?? null}, ${exemption?.from ?? null}, ${exemption?.until ?? null}, ${asked.request}, ${askedBy}, ${at},
            ${asked.saidBy ?? null}, ${dueOn})`)
}

interface By {
  readonly by: string
  readonly at: Date
}

/** @returns false where it is not waiting for the cell any more; so do the others, each for its own standing */
export async function forwardRelief(
  write: Write,
  id: string,
  {
    by,
    at,
    opinion,
    reason,
  }: By & { readonly opinion: 'for' | 'against'; readonly reason: string | undefined },
): Promise<boolean> {
  const done = await write.run(sql`
    update fee_relief set status = 'forwarded', opinion = ${opinion}, opinion_reason = ${reason ?? null}, forwarded_by = ${by},
           forwarded_at = ${at} where id = ${id} and status = 'asked'`)
  return done === 1
}

export async function closeRelief(
  write: Write,
  id: string,
  { by, at, status, reason }: By & { readonly status: 'refused' | 'withdrawn'; readonly reason?: string },
): Promise<boolean> {
  const done = await write.run(sql`
    update fee_relief set status = ${status}, answered_by = ${by}, answered_at = ${at}, reason = ${reason ?? null}
     where id = ${id} and status in ('asked', 'forwarded')`)
  return done === 1
}

export async function grantRelief(
  write: Write,
  id: string,
  { by, at, ...granting }: By & Granting,
): Promise<boolean> {
  const done = await write.run(sql`
    update fee_relief set status = 'granted', answered_by = ${by}, answered_at = ${at}, reason = ${granting.reason ?? null},
           decision_number = ${granting.number}, granted_from = ${firstDayOfPeriod(granting.from)},
           granted_until = ${firstDayOfPeriod(granting.until)}, granted_percent = ${granting.percent ?? null},
           granted_extra_vnd = ${granting.extraVnd ?? null}
     where id = ${id} and status in ('asked', 'forwarded')`)
  return done === 1
}

export async function endRelief(
  write: Write,
  id: string,
  { by, at, from, reason }: By & { readonly from: Period; readonly reason: string },
): Promise<boolean> {
  const done = await write.run(sql`
    update fee_relief set ended_from = ${firstDayOfPeriod(from)}, ended_by = ${by}, ended_at = ${at}, ended_reason = ${reason}
     where id = ${id} and status = 'granted' and ended_from is null`)
  return done === 1
}
