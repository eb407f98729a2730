/** Paying ahead (nộp trước): the months a member may pay before they come, and their lines, made when the member wants to pay. */
import { sql, type Database, type Read } from '../../../kernel/db.ts'
import { firstDayOf, monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { assessMonthIn } from '../assessing/assess.ts'
import { atOnce } from '../assessing/at-once.ts'
import { allowancesOf } from '../assessing/granted.ts'
import { firstDayOfPeriod, nextPeriod, periodsFrom, type Period } from '../law/period.ts'

/** Coming months that may be paid ahead, whose fee is known and which have no line yet; in their order. */
export async function monthsAhead(read: Read, memberId: string, today: PlainDate): Promise<Period[]> {
  const next = nextPeriod(monthOf(today))
  const allowed = (await allowancesOf(read, memberId, today))
    .filter(({ kind }) => kind === 'advance')
    .flatMap(({ from, until }) => periodsFrom(from > next ? from : next, until))
  if (allowed.length === 0) return []
  const rows = await read.rows<{ period: Period }>(sql`
    select to_char(month, 'YYYY-MM') as period
      from unnest(${allowed.map(firstDayOfPeriod)}::date[]) month
      join fee_schedule s on s.member_id = ${memberId} and s.from_period <= month and (s.until_period is null or s.until_period >= month)
     where s.refusal is null
       and not exists (select from fee_line l where l.member_id = ${memberId} and l.period = month)
     order by month`)
  return rows.map(({ period }) => period)
}

/**
 * Makes the lines of the months that may be paid ahead, up to one of them. What is there already stays.
 *
 * @throws Refusal against-rule `party-fees.nothing-ahead`
 */
export async function assessAhead(
  database: Database,
  memberId: string,
  through: Period,
  today: PlainDate,
): Promise<void> {
  await atOnce(database, async (write) => {
    const allowed = await allowancesOf(write, memberId, today)
    const may = allowed.some(
      ({ kind, from, until }) => kind === 'advance' && from <= through && through <= until,
    )
    if (!may || through <= monthOf(today)) throw new Refusal('against-rule', 'party-fees.nothing-ahead')
    const months = await monthsAhead(write, memberId, today)
    for (const month of months.filter((each) => each <= through))
      await assessMonthIn(write, firstDayOf(month), today, [memberId])
  })
}
