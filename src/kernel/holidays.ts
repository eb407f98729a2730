/** Public holidays of Viet Nam (nghỉ lễ, Tết): what the Labour Code says of a year, and the rows an office may correct. */

import { getSolarDate } from '@dqcai/vn-lunar'
import type { PlainDate } from './plain-date.ts'
import { addDays, plainDate, weekday } from './plain-date.ts'
import { Refusal } from './refusal.ts'
import type { WeekHours, WorkCalendar } from './working-time.ts'
import { OFFICE_HOURS, calendarFrom } from './working-time.ts'

/**
 * How sure a row is: the law names the day; it was announced for that year; it follows from the rule or from practice
 * and waits for the yearly announcement (art. 112.3); or its legal effect is not settled.
 */
export type HolidayStanding = 'by-law' | 'announced' | 'derived' | 'uncertain'

/** One day that differs from the ordinary week. Rows are settings: an office corrects them when the year is announced. */
export interface HolidayRow {
  readonly date: PlainDate
  /** The holiday's name in Vietnamese. */
  readonly name: string
  /** A holiday (with its compensatory day), a working day swapped for rest, or the day of rest worked in its place. */
  readonly kind: 'holiday' | 'swapped-rest' | 'swapped-working'
  readonly standing: HolidayStanding
  readonly source: string
}

/** The first year the rules below hold for: Tết of five days stands in Labour Code 10/2012/QH13, in force 1/5/2013. */
export const FIRST_HOLIDAY_YEAR = 2014

/** The last year the lunar calendar is known for. */
export const LAST_HOLIDAY_YEAR = 2199

/** Labour Code 45/2019/QH14 art. 112, in force since 1/1/2021: National Day became two days. */
const TWO_NATIONAL_DAYS_SINCE = 2021

/**
 * 24 November, Ngày Văn hóa Việt Nam: resolution 80-NQ/TW of 7/1/2026 wants it to be a paid holiday. That the Labour
 * Code was amended accordingly has not been seen, so the row says so and may be removed.
 */
const CULTURE_DAY_SINCE = 2026

/**
 * The public holidays of a year, in order, with the compensatory days of rest.
 *
 * What the Prime Minister decides each year (art. 112.3) is filled as it was announced in such a situation from 2021 to
 * 2026, and stands as `derived`: Tết is the last two days of the old year and the first three of the new, or one and
 * four when the new year falls on a Tuesday (then they are Monday to Friday); the second day of National Day is
 * 1 September, but 3 September when that is a Friday or when 1 September lies on a weekend.
 *
 * @param hours the office's week: a holiday on its weekly day of rest is made up for on the next working day (art. 111.3)
 * @throws Refusal `calendar.year-unknown` outside FIRST_HOLIDAY_YEAR–LAST_HOLIDAY_YEAR
 */
export function statutoryHolidays(year: number, hours: WeekHours = OFFICE_HOURS): HolidayRow[] {
  if (!Number.isInteger(year) || year < FIRST_HOLIDAY_YEAR || year > LAST_HOLIDAY_YEAR) {
    throw new Refusal('invalid', 'calendar.year-unknown', { facts: { year } })
  }
  const law = year < TWO_NATIONAL_DAYS_SINCE ? '10/2012/QH13, Điều 115' : '45/2019/QH14, Điều 112'
  const holiday = (date: PlainDate, name: string, standing: HolidayStanding): HolidayRow => ({
    date,
    name,
    kind: 'holiday',
    standing,
    source: `Bộ luật Lao động ${law}`,
  })
  const named = (monthAndDay: string, name: string) => holiday(`${year}-${monthAndDay}`, name, 'by-law')
  const rows = [
    named('01-01', 'Tết Dương lịch'),
    ...tetDays(year).map((date) =>
      holiday(date, 'Tết Âm lịch', date === lunarDay(year, 1, 1) ? 'by-law' : 'derived'),
    ),
    holiday(lunarDay(year, 3, 10), 'Giỗ Tổ Hùng Vương', 'by-law'),
    named('04-30', 'Ngày Chiến thắng'),
    named('05-01', 'Ngày Quốc tế lao động'),
    named('09-02', 'Quốc khánh'),
    ...(year < TWO_NATIONAL_DAYS_SINCE ? [] : [holiday(secondNationalDay(year), 'Quốc khánh', 'derived')]),
    ...(year < CULTURE_DAY_SINCE ? [] : [cultureDay(year)]),
  ].sort(byDate)
  return [...rows, ...compensatoryDays(rows, hours, law)].sort(byDate)
}

/** The Gregorian day of a lunar day (not of a leap month) by Viet Nam's own calendar, which differs from China's in some years. */
export function lunarDay(lunarYear: number, lunarMonth: number, lunarDayOfMonth: number): PlainDate {
  const { year, month, day } = getSolarDate(lunarDayOfMonth, lunarMonth, lunarYear)
  const text = [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')]
  return plainDate(text.join('-'))
}

function tetDays(year: number): PlainDate[] {
  const newYear = lunarDay(year, 1, 1)
  const first = weekday(newYear) === 2 ? -1 : -2
  return [0, 1, 2, 3, 4].map((n) => addDays(newYear, first + n))
}

function secondNationalDay(year: number): PlainDate {
  const before: PlainDate = `${year}-09-01`
  const after: PlainDate = `${year}-09-03`
  return weekday(after) === 5 || weekday(before) >= 6 ? after : before
}

function cultureDay(year: number): HolidayRow {
  return {
    date: `${year}-11-24`,
    name: 'Ngày Văn hóa Việt Nam',
    kind: 'holiday',
    standing: 'uncertain',
    source: 'Nghị quyết 80-NQ/TW ngày 07/01/2026; chưa thấy văn bản sửa Bộ luật Lao động',
  }
}

/** Art. 111.3: a holiday on the weekly day of rest is made up for on the next day that is neither rest nor holiday. */
function compensatoryDays(rows: readonly HolidayRow[], hours: WeekHours, law: string): HolidayRow[] {
  const isWeeklyRest = (date: PlainDate) => hours[weekday(date)].length === 0
  const taken = new Set(rows.map((row) => row.date))
  const made: HolidayRow[] = []
  for (const row of rows) {
    if (!isWeeklyRest(row.date)) continue
    let date = addDays(row.date, 1)
    while (isWeeklyRest(date) || taken.has(date)) date = addDays(date, 1)
    taken.add(date)
    const article = law.startsWith('45/') ? '45/2019/QH14, Điều 111 khoản 3' : law
    const source = row.standing === 'uncertain' ? row.source : `Bộ luật Lao động ${article}`
    const standing = row.standing === 'uncertain' ? 'uncertain' : 'derived'
    made.push({ date, name: `Nghỉ bù ${row.name}`, kind: 'holiday', standing, source })
  }
  return made
}

function byDate(a: HolidayRow, b: HolidayRow): number {
  return a.date < b.date ? -1 : a.date > b.date ? 1 : 0
}

/**
 * The calendar of an office. A year with at least one row of kind `holiday` is read from the rows alone; of any other
 * year the statutory holidays are taken, and swapped days in the rows come on top. Years outside
 * FIRST_HOLIDAY_YEAR–LAST_HOLIDAY_YEAR without such a row are refused.
 */
export function workCalendar(rows: readonly HolidayRow[], hours: WeekHours = OFFICE_HOURS): WorkCalendar {
  const datesOf = (kind: HolidayRow['kind']) =>
    rows.filter((row) => row.kind === kind).map((row) => plainDate(row.date))
  const holidays = datesOf('holiday')
  const swappedRest = datesOf('swapped-rest')
  return calendarFrom({
    hours,
    workingDays: datesOf('swapped-working'),
    holidays: (year) => {
      const listed = holidays.filter((date) => Number(date.slice(0, 4)) === year)
      if (listed.length > 0) return [...listed, ...swappedRest]
      if (year < FIRST_HOLIDAY_YEAR || year > LAST_HOLIDAY_YEAR) return undefined
      return [...statutoryHolidays(year, hours).map((row) => row.date), ...swappedRest]
    },
  })
}
