/** When those concerned are reminded that a temporary stay comes to its end: days before it, and once it ran out. */
import { daysBetween, type PlainDate } from '../../../kernel/plain-date.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import { REMIND_FIRST, REMIND_LAST, REMIND_SECOND } from './settings.ts'
import type { Status } from './states.ts'

/** The stays whose last day somebody should think of; of one who is on the way back nobody is reminded. */
export const REMINDED: readonly Status[] = ['active', 'extension-asked', 'expired']

/** A reminder: so many days before the last day, or that the last day has passed. */
export type Reminder = number | 'expired'

/**
 * The reminder that is due. The last day still belongs to the stay. A sweep that was late sends the nearest one only: its
 * words name the day, so an earlier one has nothing to add.
 */
export function reminderDue(
  until: PlainDate,
  today: PlainDate,
  settings: SettingsOfDay,
): Reminder | undefined {
  const left = daysBetween(today, until)
  if (left < 0) return 'expired'
  const marks = [REMIND_FIRST, REMIND_SECOND, REMIND_LAST].map((mark) => settings.get(mark))
  const reached = marks.filter((mark) => left <= mark)
  return reached.length > 0 ? Math.min(...reached) : undefined
}

/** No stay that ends later than this is reminded of today. */
export function furthestReminder(settings: SettingsOfDay): number {
  return Math.max(...[REMIND_FIRST, REMIND_SECOND, REMIND_LAST].map((mark) => settings.get(mark)))
}
