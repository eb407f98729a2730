/** Until when a month is to be paid, and how near that is. */
import {
  daysBetween,
  formatWeekday,
  lastDayOf,
  type Language,
  type PlainDate,
} from '../../../kernel/plain-date.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import type { DeadlineProps } from '../../../ui/pill.tsx'
import { PAY_UNTIL_DAY } from './settings.ts'

/** So many days before, the last day is called near. */
const NEAR_DAYS = 5

/** @param period 'YYYY-MM-01' */
export function payUntil(period: PlainDate, settings: SettingsOfDay): PlainDate {
  const month = period.slice(0, 7)
  const day = `${month}-${String(settings.get(PAY_UNTIL_DAY)).padStart(2, '0')}`
  const last = lastDayOf(month)
  return day < last ? day : last
}

export function untilInWords(until: PlainDate, today: PlainDate, language: Language): DeadlineProps {
  const day = formatWeekday(until, language)
  if (until < today)
    return { tone: 'late', text: language === 'vi' ? `Đã quá ngày: ${day}` : `Was to be paid by ${day}` }
  const tone = daysBetween(today, until) <= NEAR_DAYS ? 'soon' : 'ok'
  return { tone, text: language === 'vi' ? `Nộp đến hết ${day}` : `Pay until the end of ${day}` }
}
