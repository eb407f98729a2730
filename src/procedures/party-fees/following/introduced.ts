/** Months of members with a letter of introduction: assessed for the cell they belong to, none twice and none forgotten. */
import { sql, type Database, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { Introduction } from '../../../web/introductions.ts'
import { assessMonthIn } from '../assessing/assess.ts'
import { isLeftOpen, ownedMonths } from '../law/introduced.ts'
import { firstDayOfPeriod, type Period } from '../law/period.ts'

/** Members whose month is left to whoever will admit them. */
export function leftTo(introduced: readonly Introduction[], period: Period): string[] {
  return introduced.filter((letter) => isLeftOpen(letter, period)).map(({ memberId }) => memberId)
}

/** Adds what is missing of the months since the letters. Run again it adds nothing. */
export async function assessIntroduced(
  database: Database,
  introduced: readonly Introduction[],
  today: PlainDate,
): Promise<void> {
  const out = new Set(introduced.filter((letter) => letter.out).map(({ memberId }) => memberId))
  // Of somebody who is introduced once more, the letter that is out has the last word.
  const wanted = introduced
    .filter((letter) => letter.out || !out.has(letter.memberId))
    .flatMap((letter) =>
      ownedMonths(letter, today).map(({ period, day }) => ({
        memberId: letter.memberId,
        month: firstDayOfPeriod(period),
        day,
      })),
    )
  for (const { memberId, month, day } of await missing(database.read, wanted))
    await database.transaction((write) => assessMonthIn(write, month, day, [memberId]))
}

interface Wanted {
  readonly memberId: string
  readonly month: PlainDate
  readonly day: PlainDate
}

/** Those without a line whose schedule knows the month. */
function missing(read: Read, wanted: readonly Wanted[]): Promise<Wanted[]> {
  return read.rows(sql`
    select w.member_id as "memberId", w.month, w.day
      from unnest(${wanted.map(({ memberId }) => memberId)}::uuid[], ${wanted.map(({ month }) => month)}::date[],
                  ${wanted.map(({ day }) => day)}::date[]) as w(member_id, month, day)
     where exists (select from fee_schedule s where s.member_id = w.member_id and s.refusal is null
                      and s.from_period <= w.month and (s.until_period is null or s.until_period >= w.month))
       and not exists (select from fee_line l where l.member_id = w.member_id and l.period = w.month)
     order by w.month, w.member_id`)
}
