/** When those concerned are reminded that a temporary stay comes to its end. That it ran out is an event of its own. */
import { daysBetween, type PlainDate } from '../../../kernel/plain-date.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import { REMIND_FIRST, REMIND_LAST, REMIND_SECOND } from './settings.ts'

const MARKS = [REMIND_FIRST, REMIND_SECOND, REMIND_LAST]

/**
 * The mark, in days before the last day, of the reminder that is due. A sweep that was late sends the nearest one only: its
 * words name the day, so an earlier one has nothing to add.
 */
export function reminderDue(until: PlainDate, today: PlainDate, settings: SettingsOfDay): number | undefined {
  const left = daysBetween(today, until)
  const reached = MARKS.map((mark) => settings.get(mark)).filter((mark) => left <= mark)
  return left < 0 || reached.length === 0 ? undefined : Math.min(...reached)
}

/** No stay that ends later than this is reminded of today. */
export function furthestReminder(settings: SettingsOfDay): number {
  return Math.max(...MARKS.map((mark) => settings.get(mark)))
}
