/** Public holidays: years as they were announced, the lunar days where Viet Nam differs from China, and the shipped table. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { HolidayRow } from './holidays.ts'
import {
  FIRST_HOLIDAY_YEAR,
  LAST_HOLIDAY_YEAR,
  lunarDay,
  statutoryHolidays,
  workCalendar,
} from './holidays.ts'
import { addDays, daysBetween, isPlainDate, weekday } from './plain-date.ts'
import { refusalOf } from './refusal.ts'
import { OFFICE_HOURS, isWorkingDay } from './working-time.ts'

const shipped = JSON.parse(
  readFileSync(new URL('../../data/holidays.json', import.meta.url), 'utf8'),
) as HolidayRow[]

function daysOf(year: number): string[] {
  return statutoryHolidays(year).map((row) => row.date.slice(5))
}

describe('the lunar calendar', () => {
  it.each([
    [2024, '2024-02-10'],
    [2025, '2025-01-29'],
    [2026, '2026-02-17'],
    [2027, '2027-02-06'],
    [2028, '2028-01-26'],
  ])('Tết %i is on %s', (year, day) => {
    expect(lunarDay(year, 1, 1)).toBe(day)
  })

  it.each([
    [1985, '1985-01-21', '1985-02-20'],
    [2007, '2007-02-17', '2007-02-18'],
    [2030, '2030-02-02', '2030-02-03'],
  ])("Tết %i is on %s, where China's new year is on %s", (year, day, china) => {
    expect(lunarDay(year, 1, 1)).toBe(day)
    expect(lunarDay(year, 1, 1)).not.toBe(china)
  })

  it.each([
    [2007, '2007-04-26'],
    [2023, '2023-04-29'],
    [2025, '2025-04-07'],
    [2026, '2026-04-26'],
  ])('the Hùng Kings of %i are remembered on %s', (year, day) => {
    expect(lunarDay(year, 3, 10)).toBe(day)
  })
})

describe('the holidays of a year', () => {
  it.each([
    [2021, '01-01 02-10 02-11 02-12 02-13 02-14 02-15 02-16 04-21 04-30 05-01 05-03 09-02 09-03'],
    [2022, '01-01 01-03 01-31 02-01 02-02 02-03 02-04 04-10 04-11 04-30 05-01 05-02 05-03 09-01 09-02'],
    [
      2023,
      '01-01 01-02 01-20 01-21 01-22 01-23 01-24 01-25 01-26 04-29 04-30 05-01 05-02 05-03 09-01 09-02 09-04',
    ],
    [2024, '01-01 02-08 02-09 02-10 02-11 02-12 02-13 02-14 04-18 04-30 05-01 09-02 09-03'],
    [2025, '01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 09-01 09-02'],
    [2026, '01-01 02-16 02-17 02-18 02-19 02-20 04-26 04-27 04-30 05-01 09-01 09-02 11-24'],
  ])('%i as it was announced', (year, days) => {
    expect(daysOf(year)).toEqual(days.split(' '))
  })

  it('before 2021 National Day was one day, and Labour Code 10/2012/QH13 is the source', () => {
    expect(daysOf(2019)).toEqual(
      '01-01 02-04 02-05 02-06 02-07 02-08 04-14 04-15 04-30 05-01 09-02'.split(' '),
    )
    expect(new Set(statutoryHolidays(2020).map((row) => row.source))).toEqual(
      new Set(['Bộ luật Lao động 10/2012/QH13, Điều 115']),
    )
  })

  it('every year: eleven days by the code, each once, in order, and as many compensatory days as fall on weekends', () => {
    for (let year = FIRST_HOLIDAY_YEAR; year <= LAST_HOLIDAY_YEAR; year++) {
      const rows = statutoryHolidays(year)
      const dates = rows.map((row) => row.date)
      expect(dates).toEqual([...new Set(dates)].sort())
      expect(dates.every((date) => isPlainDate(date) && date.startsWith(`${year}-`))).toBe(true)
      const made = rows.filter((row) => row.name.startsWith('Nghỉ bù'))
      const named = rows.filter((row) => !made.includes(row))
      expect(named).toHaveLength(year < 2021 ? 10 : year < 2026 ? 11 : 12)
      expect(made).toHaveLength(named.filter((row) => weekday(row.date) >= 6).length)
      expect(made.every((row) => weekday(row.date) <= 5)).toBe(true)
      const tet = named.filter((row) => row.name === 'Tết Âm lịch')
      expect(daysBetween(tet[0]?.date ?? '', tet[4]?.date ?? '')).toBe(4)
      expect(tet.filter((row) => row.standing === 'by-law').map((row) => row.date)).toEqual([
        lunarDay(year, 1, 1),
      ])
    }
  })

  it('the second National Day touches the first', () => {
    for (let year = 2021; year <= LAST_HOLIDAY_YEAR; year++) {
      const days = statutoryHolidays(year).filter((row) => row.name === 'Quốc khánh')
      expect(days.map((row) => row.date)).toContain(`${year}-09-02`)
      expect(daysBetween(days[0]?.date ?? '', days[1]?.date ?? '')).toBe(1)
    }
  })

  it('24 November is a holiday from 2026, and says that this is not certain', () => {
    expect(statutoryHolidays(2025).some((row) => row.date.endsWith('11-24'))).toBe(false)
    const row = statutoryHolidays(2026).find(({ date }) => date === '2026-11-24')
    expect(row).toMatchObject({ standing: 'uncertain', source: expect.stringContaining('80-NQ/TW') })
    expect(statutoryHolidays(2029).find(({ date }) => date === '2029-11-26')?.standing).toBe('uncertain')
  })

  it('an office that works on Saturdays gets no day back for a Saturday', () => {
    const hours = { ...OFFICE_HOURS, 6: [{ fromMinute: 450, toMinute: 690 }] }
    expect(statutoryHolidays(2021).map((row) => row.date)).toContain('2021-05-03')
    expect(statutoryHolidays(2021, hours).map((row) => row.date)).not.toContain('2021-05-03')
  })

  it.each([1899, 2013, 2200, 2026.5, Number.NaN])('%d is refused, not guessed', (year) => {
    expect(refusalOf(() => statutoryHolidays(year))).toMatchObject({ code: 'calendar.year-unknown' })
  })
})

describe('the shipped table', () => {
  it('has rows of the right shape, one a day, in order', () => {
    expect(shipped.map((row) => row.date)).toEqual([...new Set(shipped.map((row) => row.date))].sort())
    for (const row of shipped) {
      expect(isPlainDate(row.date)).toBe(true)
      expect(['holiday', 'swapped-rest', 'swapped-working']).toContain(row.kind)
      expect(['by-law', 'announced', 'derived', 'uncertain']).toContain(row.standing)
      expect(row.name).not.toBe('')
      expect(row.source).not.toBe('')
    }
  })

  it('is the rule itself from 2027 to 2030, and agrees with it on the holidays of 2025 and 2026', () => {
    for (const year of [2025, 2026, 2027, 2028, 2029, 2030]) {
      const rows = shipped.filter((row) => row.date.startsWith(String(year)))
      if (year >= 2027) expect(rows).toEqual(statutoryHolidays(year))
      const holidays = rows.filter((row) => row.kind === 'holiday').map((row) => row.date)
      expect(holidays).toEqual(statutoryHolidays(year).map((row) => row.date))
    }
  })

  it('has Tết 2026 from 14 to 22 February', () => {
    const calendar = workCalendar(shipped)
    for (let day = '2026-02-14'; day <= '2026-02-22'; day = addDays(day, 1)) {
      expect(isWorkingDay(calendar, day)).toBe(false)
    }
    expect(isWorkingDay(calendar, '2026-02-13')).toBe(true)
    expect(isWorkingDay(calendar, '2026-02-23')).toBe(true)
  })

  it('swaps a day of rest for every swapped working day', () => {
    const swapped = (kind: HolidayRow['kind']) => shipped.filter((row) => row.kind === kind)
    expect(swapped('swapped-rest').map((row) => row.source)).toEqual(
      [...swapped('swapped-working')].map((row) => row.source),
    )
    expect(swapped('swapped-rest').every((row) => weekday(row.date) <= 5)).toBe(true)
    expect(swapped('swapped-working').every((row) => weekday(row.date) === 6)).toBe(true)
  })
})

describe("an office's calendar", () => {
  const row = (date: string, kind: HolidayRow['kind']): HolidayRow => ({
    date,
    kind,
    name: 'x',
    standing: 'announced',
    source: 'x',
  })

  it('without rows follows the law', () => {
    expect(isWorkingDay(workCalendar([]), '2026-02-17')).toBe(false)
    expect(isWorkingDay(workCalendar([]), '2031-05-02')).toBe(true)
  })

  it('takes a year with a holiday row from the rows alone', () => {
    const calendar = workCalendar([row('2026-02-17', 'holiday')])
    expect(isWorkingDay(calendar, '2026-02-17')).toBe(false)
    expect(isWorkingDay(calendar, '2026-02-18')).toBe(true)
    expect(isWorkingDay(calendar, '2027-02-05')).toBe(false)
  })

  it('adds swapped days on top of the law', () => {
    const calendar = workCalendar([row('2027-03-01', 'swapped-rest'), row('2027-03-06', 'swapped-working')])
    expect(isWorkingDay(calendar, '2027-03-01')).toBe(false)
    expect(isWorkingDay(calendar, '2027-03-06')).toBe(true)
    expect(isWorkingDay(calendar, '2027-02-05')).toBe(false)
  })

  it('knows a year beyond the law only through its rows', () => {
    expect(refusalOf(() => isWorkingDay(workCalendar([]), '2200-01-02'))).toMatchObject({
      kind: 'invalid',
      code: 'calendar.year-unknown',
      facts: { year: 2200 },
    })
    expect(isWorkingDay(workCalendar([row('2200-01-01', 'holiday')]), '2200-01-02')).toBe(true)
    expect(refusalOf(() => isWorkingDay(workCalendar([]), '2013-12-31'))?.facts).toEqual({ year: 2013 })
  })

  it('refuses a row that is no day', () => {
    expect(refusalOf(() => workCalendar([row('2026-02-30', 'holiday')]))?.code).toBe('date.invalid')
  })
})
