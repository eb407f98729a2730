/** Who has not paid in a cell, since when and how much, and reminding them: once a day at most, without an amount. */
import { LOCAL_DAY, sql, type Read, type Write } from '../../../kernel/db.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { firstDayOfPeriod, type Period } from '../law/period.ts'

export interface OwingMember {
  readonly memberId: string
  readonly fullName: string
  /** open months, the oldest first */
  readonly months: readonly Period[]
  readonly owedVnd: number
  /** counted elsewhere by now: what is open is still collected here */
  readonly elsewhere: boolean
  /** on a temporary stay here, now or before: never counted here */
  readonly guest: boolean
  readonly remindedOn: PlainDate | null
}

/** Those with approved lines of this month or earlier that are not paid, by name. */
export function owingIn(read: Read, cell: string, today: PlainDate): Promise<OwingMember[]> {
  return read.rows(sql`
    select m.id as "memberId", m.full_name as "fullName", o.months, o.owed as "owedVnd",
           not exists (select from membership s where s.member_id = m.id and s.until is null and s.organisation_id = ${cell}) as elsewhere,
           exists (select from guest_stay g where g.member_id = m.id and g.organisation_id = ${cell}) as guest,
           (select max(${LOCAL_DAY('n.at')}) from notice n
             where n.member_id = m.id and n.code = 'party-fees.reminded') as "remindedOn"
      from (select l.member_id, array_agg(distinct to_char(l.period, 'YYYY-MM') order by to_char(l.period, 'YYYY-MM')) as months,
                   sum(l.amount_vnd)::bigint as owed
              from fee_line_now l
             where l.organisation_id = ${cell} and l.period <= ${firstDayOfPeriod(monthOf(today))}::date and not l.replaced
               and l.payment_id is null and not l.waiting and l.amount_vnd > 0
             group by l.member_id) o
      join member m on m.id = o.member_id
     order by m.sort_key, m.id`)
}

/** @returns how many were told just now: who was reminded today already is not told again */
export async function remind(
  write: Write,
  members: readonly Pick<OwingMember, 'memberId' | 'months'>[],
  { today, at }: { readonly today: PlainDate; readonly at: Date },
): Promise<number> {
  const keyOf = (memberId: string) => `party-fees-remind ${memberId} ${today}`
  const keys = members.map(({ memberId }) => keyOf(memberId))
  const told = await write.rows<{ key: string }>(
    sql`select once_key as key from notice where once_key = any(${keys}::text[])`,
  )
  const before = new Set(told.map(({ key }) => key))
  const fresh = members.filter(({ memberId }) => !before.has(keyOf(memberId)))
  for (const { memberId, months } of fresh)
    await recordNotice(write, {
      to: { memberId },
      code: 'party-fees.reminded',
      facts: { since: months[0] ?? monthOf(today) },
      onceKey: keyOf(memberId),
      at,
    })
  return fresh.length
}
