/** Which cell collects a month of somebody who is, or was, a guest elsewhere: what is added to the month is due there too. */
import { sql, type Read } from '../../../kernel/db.ts'
import { monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { trueOn } from '../../../registry/day.ts'
import { guestPayers } from '../../../registry/guests/store.ts'

/**
 * Where the month's lines stand already, else where the guest pays, else the own cell. Undefined of somebody who never was a guest,
 * and of who is counted nowhere.
 *
 * @param period the month's first day
 */
export async function cellOfGuestMonth(
  read: Read,
  memberId: string,
  period: PlainDate,
  today: PlainDate,
): Promise<string | undefined> {
  const known = await read.maybe<{ lined: string | null; own: string | null }>(sql`
    select (select l.organisation_id from fee_line_now l
             where l.member_id = ${memberId} and l.period = ${period}::date and not l.replaced
               and exists (select from organisation_period p where p.organisation_id = l.organisation_id and ${trueOn('p', today)})
             order by l.number limit 1) as lined,
           (select s.organisation_id from membership s
             where s.member_id = ${memberId} and s.until is null and s.standing = 'active') as own
     where exists (select from guest_stay g where g.member_id = ${memberId})`)
  if (!known) return undefined
  if (known.lined) return known.lined
  const guests = await guestPayers(read, monthOf(period), today, { members: [memberId] })
  return guests.get(memberId) ?? known.own ?? undefined
}
