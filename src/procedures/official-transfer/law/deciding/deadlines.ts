/** Until when: deadlines as the end of a working day some days on, or as working minutes that were stopped and run on. */
import { addDays, type PlainDate } from '../../../../kernel/plain-date.ts'
import type { Context } from '../../../../kernel/procedure.ts'
import type { Setting } from '../../../../kernel/settings.ts'
import {
  addWorkingDays,
  addWorkingMinutes,
  endOfWorkingDay,
  isWorkingDay,
  workingMinutesBetween,
} from '../../../../kernel/working-time.ts'
import type { Tier } from '../route.ts'
import * as setting from '../settings.ts'

/** The end of work so many working days from today, as a setting of the day says; an ISO instant. */
export function due(context: Context, days: Setting<number>): string {
  return endOfDay(context, addWorkingDays(context.calendar, context.today, context.settings.get(days)))
}

export function endOfDay({ calendar }: Context, day: PlainDate): string {
  return endOfWorkingDay(calendar, day).toISOString()
}

/** A stopped deadline runs on: so many working minutes from now. */
export function inMinutes({ calendar, at }: Context, minutes: number): string {
  return addWorkingMinutes(calendar, at, minutes).toISOString()
}

/** The working minutes left until then; 0 when it has passed. */
export function minutesUntil(dueAt: Date, { calendar, at }: Context): number {
  return Math.max(0, workingMinutesBetween(calendar, at, dueAt))
}

export function workingDayBefore(date: PlainDate, { calendar }: Context): PlainDate {
  let day = addDays(date, -1)
  while (!isWorkingDay(calendar, day)) day = addDays(day, -1)
  return day
}

/** How long an organisation of this tier has to look at the dossier and sign. */
export function reviewDays(tier: Tier): Setting<number> {
  if (tier === 'cell') return setting.CELL_REVIEW_DAYS
  return tier === 'intermediate' ? setting.INTERMEDIATE_DAYS : setting.COMMITTEE_DAYS
}
