/** The tariff's settings of many periods at once: asked once for each stretch in which no value changed. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { settingsOn, type SettingsOfDay } from '../../../kernel/settings.ts'
import { firstDayOfPeriod, type Period } from '../law/period.ts'
import { settingsForPeriod } from '../law/settings.ts'

export type SettingsOfPeriod = (period: Period) => SettingsOfDay

/** @param today the day of assessing, on which settings about the old regime are read */
export async function settingsOfPeriods(read: Read, today: PlainDate): Promise<SettingsOfPeriod> {
  const rows = await read.rows<{ day: PlainDate }>(sql`
    select distinct valid_from as day from setting_value where key like 'party-fees.%' order by 1`)
  const days = ['0001-01-01', ...rows.map(({ day }) => day)]
  const values = await Promise.all(days.map((day) => settingsOn(read, day)))
  const at = (day: PlainDate): SettingsOfDay => values[days.findLastIndex((each) => each <= day)]!
  const ofToday = at(today)
  return (period) => settingsForPeriod(at(firstDayOfPeriod(period)), ofToday)
}
