/** Time reminds members of what is open: once a month, on the day a setting names. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { Sweep } from '../../../kernel/jobs.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { addToMonth, monthOf } from '../../../kernel/plain-date.ts'
import type { BackgroundServices } from '../../../web/feature.ts'
import { isReminderDue } from '../law/follow-up.ts'
import { firstDayOfPeriod, periodsFrom, type Period } from '../law/period.ts'
import { REMINDER_DAY } from './settings.ts'

type Services = Pick<BackgroundServices, 'database' | 'contextNow'>

/** So many members in one transaction. */
const AT_A_TIME = 500
/** Older months are followed up by people. */
const MONTHS_BACK = 11

export function followingSweeps(services: Services): readonly Sweep[] {
  return [{ name: 'party-fees-reminder', everyMinutes: 24 * 60, run: () => remindNow(services) }]
}

/** The oldest month first: each member is told once, and since when. */
export async function remindNow({ database, contextNow }: Services): Promise<void> {
  const { today, at, settings } = await contextNow()
  if (!isReminderDue(today, settings.get(REMINDER_DAY))) return
  const now = monthOf(today)
  for (const period of periodsFrom(addToMonth(now, -MONTHS_BACK), now)) {
    let after = '00000000-0000-0000-0000-000000000000'
    for (;;) {
      const members = await openIn(database.read, period, after)
      const last = members.at(-1)
      if (last === undefined) break
      await database.transaction(async (write) => {
        for (const memberId of members)
          await recordNotice(write, {
            to: { memberId },
            code: 'party-fees.reminded',
            facts: { since: period },
            onceKey: `party-fees-remind ${memberId} ${now}`,
            at,
          })
      })
      after = last
    }
  }
}

/** Members after one, by id, with something open of the month. */
async function openIn(read: Read, period: Period, after: string): Promise<string[]> {
  const rows = await read.rows<{ memberId: string }>(sql`
    select distinct l.member_id as "memberId" from fee_line_now l
     where l.period = ${firstDayOfPeriod(period)}::date and l.member_id > ${after}::uuid and not l.replaced
       and l.payment_id is null and not l.waiting and l.amount_vnd > 0
     order by 1 limit ${AT_A_TIME}`)
  return rows.map(({ memberId }) => memberId)
}
