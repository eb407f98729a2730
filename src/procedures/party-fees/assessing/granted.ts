/** What was granted to members (fee_relief) as the tariff and the warnings of unpaid months want it. */
import type { RawBuilder } from 'kysely'
import { sql, type Read } from '../../../kernel/db.ts'
import { formatDate, lastDayOf, monthOf, todayIn, type PlainDate } from '../../../kernel/plain-date.ts'
import type { FeeFacts, Hardship } from '../law/facts.ts'
import { firstDayOfPeriod, type Period } from '../law/period.ts'

/** What was granted to a member: it goes into the facts of the months it lies in. */
export interface GrantedRelief extends Pick<FeeFacts, 'hardship' | 'reduction' | 'voluntaryExtraVnd'> {
  readonly memberId: string
  readonly from: Period
  readonly until: Period
  /** as people name it: '12-QĐ/ĐU, 27/11/2026' */
  readonly decision: string
}

/** The last month, first day, that a granted relief `r` holds for; before `granted_from` where it ended before it began. */
const LAST_MONTH = sql`coalesce((r.ended_from - interval '1 month')::date, r.granted_until)`

/** Everything granted that changes an amount, of these members. */
export async function grantedReliefs(read: Read, memberIds: readonly string[]): Promise<GrantedRelief[]> {
  const rows = await read.rows<{
    memberId: string
    from: Period
    until: Period
    hardship: Hardship | null
    percent: number | null
    extraVnd: number | null
    number: string
    decidedAt: Date
  }>(sql`
    select r.member_id as "memberId", to_char(r.granted_from, 'YYYY-MM') as from, to_char(${LAST_MONTH}, 'YYYY-MM') as until,
           r.hardship, r.granted_percent as percent, r.granted_extra_vnd as "extraVnd", r.decision_number as number,
           r.answered_at as "decidedAt"
      from fee_relief r
     where r.member_id = any(${[...memberIds]}::uuid[]) and r.status = 'granted' and r.kind in ('hardship', 'reduction', 'voluntary')
       and ${LAST_MONTH} >= r.granted_from
     order by r.granted_from, r.id`)
  return rows.map(({ memberId, from, until, hardship, percent, extraVnd, number, decidedAt }) => ({
    memberId,
    from,
    until,
    decision: decisionInWords(number, decidedAt),
    ...(hardship ? { hardship } : {}),
    ...(percent === null ? {} : { reduction: { percent, from, to: until } }),
    ...(extraVnd === null ? {} : { voluntaryExtraVnd: extraVnd }),
  }))
}

/** The citation of a decision, in Vietnamese as documents are. */
export const decisionInWords = (number: string, decidedAt: Date): string =>
  `quyết định ${number} ngày ${formatDate(todayIn(decidedAt))}`

/** Of a line by its alias: its month may be paid late, and the allowance runs still. */
export const allowedLate = (line: RawBuilder<unknown>, now: Period) => sql`exists (
  select from fee_relief r
   where r.member_id = ${line}.member_id and r.status = 'granted' and r.kind = 'late'
     and ${line}.period between r.granted_from and ${LAST_MONTH} and ${LAST_MONTH} >= ${firstDayOfPeriod(now)}::date)`

export interface Allowance {
  readonly kind: 'late' | 'advance'
  readonly from: Period
  readonly until: Period
}

/** What a member may pay late, or ahead, by allowances that run still. */
export function allowancesOf(read: Read, memberId: string, today: PlainDate): Promise<Allowance[]> {
  return read.rows<Allowance>(sql`
    select r.kind, to_char(r.granted_from, 'YYYY-MM') as from, to_char(${LAST_MONTH}, 'YYYY-MM') as until
      from fee_relief r
     where r.member_id = ${memberId} and r.status = 'granted' and r.kind in ('late', 'advance')
       and ${LAST_MONTH} >= ${firstDayOfPeriod(monthOf(today))}::date and ${LAST_MONTH} >= r.granted_from
     order by r.granted_from, r.id`)
}

/** Until when a month may be paid by an allowance of paying late; undefined where there is none. */
export function lateUntil(allowances: readonly Allowance[], period: Period): PlainDate | undefined {
  const late = allowances.find(
    ({ kind, from, until }) => kind === 'late' && from <= period && period <= until,
  )
  return late && lastDayOf(late.until)
}
