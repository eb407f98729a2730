/** Working days and hours (ngày làm việc, giờ làm việc): the arithmetic of every deadline, on a calendar given by the caller. */

import type { PlainDate, Weekday } from './plain-date.ts'
import { addDays, daysBetween, instantAt, localTime, plainDate, weekday, yearOf } from './plain-date.ts'
import { Refusal } from './refusal.ts'

/** A stretch of work within a day, in minutes since midnight: from inclusive, to exclusive. */
export interface WorkSpan {
  readonly fromMinute: number
  readonly toMinute: number
}

/** The stretches of work of each weekday, in order and without overlap; none on a weekly day of rest. */
export type WeekHours = Readonly<Record<Weekday, readonly WorkSpan[]>>

/** What the arithmetic asks of a calendar. Both refuse (`calendar.year-unknown`) a day of a year they have no holidays for. */
export interface WorkCalendar {
  /** The week of the office, as it was set. */
  readonly hours: WeekHours
  /** Whether a day is worked, after public holidays and swapped days. */
  readonly dayKind: (date: PlainDate) => 'working' | 'rest'
  /** The stretches of work of a day; none on a day of rest. */
  readonly spansOf: (date: PlainDate) => readonly WorkSpan[]
}

const OFFICE_DAY: readonly WorkSpan[] = [
  { fromMinute: 7 * 60 + 30, toMinute: 11 * 60 + 30 },
  { fromMinute: 13 * 60, toMinute: 17 * 60 },
]

/** The default week: Monday to Friday, 07:30–11:30 and 13:00–17:00 (8 hours; a setting, no rule fixes it). */
export const OFFICE_HOURS: WeekHours = {
  1: OFFICE_DAY,
  2: OFFICE_DAY,
  3: OFFICE_DAY,
  4: OFFICE_DAY,
  5: OFFICE_DAY,
  6: [],
  7: [],
}

const WEEK: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]
const MINUTE_MS = 60_000

/**
 * A calendar from the office's week, the days of rest of each year and the swapped working days.
 *
 * @param holidays the days of rest of a year (public holidays, compensatory and swapped days), or undefined for a year
 *   that is not known: its days are refused, never guessed
 * @param workingDays days that are worked although the week or a holiday says rest (ngày làm bù); one that falls on a
 *   weekly day of rest has the hours of the first weekday that is worked
 * @throws Refusal `calendar.hours-invalid` when the week has no work or its stretches are disordered
 */
export function calendarFrom(input: {
  readonly hours?: WeekHours
  readonly holidays: (year: number) => readonly PlainDate[] | undefined
  readonly workingDays?: readonly PlainDate[]
}): WorkCalendar {
  const hours = input.hours ?? OFFICE_HOURS
  const swapped = new Set(input.workingDays?.map(plainDate))
  const swappedHours = firstWorkedHours(hours)
  const known = new Map<number, ReadonlySet<PlainDate>>()

  function restDaysOf(year: number): ReadonlySet<PlainDate> {
    let days = known.get(year)
    if (days === undefined) {
      const listed = input.holidays(year)
      if (listed === undefined) throw new Refusal('invalid', 'calendar.year-unknown', { facts: { year } })
      known.set(year, (days = new Set(listed.map(plainDate))))
    }
    return days
  }

  function spansOf(date: PlainDate): readonly WorkSpan[] {
    const rests = restDaysOf(yearOf(date))
    const ofWeekday = hours[weekday(date)]
    if (swapped.has(date)) return ofWeekday.length > 0 ? ofWeekday : swappedHours
    return rests.has(date) ? [] : ofWeekday
  }

  return { hours, spansOf, dayKind: (date) => (spansOf(date).length > 0 ? 'working' : 'rest') }
}

function firstWorkedHours(hours: WeekHours): readonly WorkSpan[] {
  if (!WEEK.every((day) => areOrdered(hours[day]))) throw new Refusal('invalid', 'calendar.hours-invalid')
  const worked = WEEK.find((day) => hours[day].length > 0)
  if (worked === undefined) throw new Refusal('invalid', 'calendar.hours-invalid')
  return hours[worked]
}

function areOrdered(spans: readonly WorkSpan[]): boolean {
  let after = 0
  for (const { fromMinute, toMinute } of spans) {
    if (!Number.isInteger(fromMinute) || !Number.isInteger(toMinute)) return false
    if (fromMinute < after || toMinute <= fromMinute || toMinute > 1440) return false
    after = toMinute
  }
  return true
}

/** Whether `date` is worked. */
export function isWorkingDay(calendar: WorkCalendar, date: PlainDate): boolean {
  return calendar.dayKind(date) === 'working'
}

/** The first working day after `date`. */
export function nextWorkingDay(calendar: WorkCalendar, date: PlainDate): PlainDate {
  return workingDayFrom(calendar, addDays(date, 1))
}

/** `date` itself when it is worked, else the next working day: where a deadline moves that falls on a day of rest. */
export function workingDayFrom(calendar: WorkCalendar, date: PlainDate): PlainDate {
  let day = date
  while (!isWorkingDay(calendar, day)) day = addDays(day, 1)
  return day
}

/**
 * The `count`-th working day after `start`: the day after the starting event is day 1 (domain file, section 9, "Time
 * rules"). With 0 the start itself, or the next working day when it is a day of rest.
 */
export function addWorkingDays(calendar: WorkCalendar, start: PlainDate, count: number): PlainDate {
  if (!Number.isInteger(count) || count < 0) throw new RangeError('working days are added in whole numbers')
  if (count === 0) return workingDayFrom(calendar, start)
  let day = start
  for (let left = count; left > 0; left--) day = nextWorkingDay(calendar, day)
  return day
}

/**
 * How many working days lie after `from` up to and including `to`, negative when `to` is earlier:
 * `workingDaysBetween(c, d, addWorkingDays(c, d, n)) === n` for n ≥ 1.
 */
export function workingDaysBetween(calendar: WorkCalendar, from: PlainDate, to: PlainDate): number {
  if (to < from) return -workingDaysBetween(calendar, to, from) || 0
  let count = 0
  const days = daysBetween(from, to)
  for (let n = 1; n <= days; n++) if (isWorkingDay(calendar, addDays(from, n))) count++
  return count
}

/** The instant itself when work goes on, else the beginning of the next stretch of work: when a clock starts to run. */
export function startOfWork(calendar: WorkCalendar, instant: Date): Date {
  return addWorkingMinutes(calendar, instant, 0)
}

/**
 * The instant by which `minutes` of work have passed. The clock starts at the next working minute and stands still over
 * lunch, nights, days of rest and Tết. What is used up exactly at the end of a stretch is due then, not when the next one
 * begins; seconds are kept.
 */
export function addWorkingMinutes(calendar: WorkCalendar, instant: Date, minutes: number): Date {
  if (!(minutes >= 0 && Number.isFinite(minutes)))
    throw new RangeError('working minutes are added, not taken away')
  let left = minutes * MINUTE_MS
  for (let day = localTime(instant).date; ; day = addDays(day, 1)) {
    for (const span of calendar.spansOf(day)) {
      const from = Math.max(instantAt(day, span.fromMinute).getTime(), instant.getTime())
      const lasts = instantAt(day, span.toMinute).getTime() - from
      if (lasts <= 0) continue
      if (left <= lasts) return new Date(from + left)
      left -= lasts
    }
  }
}

/** The whole minutes of work between two instants, negative when `to` is earlier. */
export function workingMinutesBetween(calendar: WorkCalendar, from: Date, to: Date): number {
  if (to.getTime() < from.getTime()) return -workingMinutesBetween(calendar, to, from) || 0
  let total = 0
  const last = localTime(to).date
  for (let day = localTime(from).date; day <= last; day = addDays(day, 1)) {
    for (const span of calendar.spansOf(day)) {
      const start = Math.max(instantAt(day, span.fromMinute).getTime(), from.getTime())
      const end = Math.min(instantAt(day, span.toMinute).getTime(), to.getTime())
      total += Math.max(0, end - start)
    }
  }
  return Math.floor(total / MINUTE_MS)
}

/** When work ends on `date`; on a day of rest, when it ends on the next working day. */
export function endOfWorkingDay(calendar: WorkCalendar, date: PlainDate): Date {
  const day = workingDayFrom(calendar, date)
  return instantAt(day, calendar.spansOf(day).at(-1)?.toMinute ?? 1440)
}

/** When work ends on the first working day after the day of `instant`. */
export function endOfNextWorkingDay(calendar: WorkCalendar, instant: Date): Date {
  return endOfWorkingDay(calendar, addDays(localTime(instant).date, 1))
}
