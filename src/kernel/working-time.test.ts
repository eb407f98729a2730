/** Working days and hours: told cases around lunch, nights, weekends and Tết, and laws that hold for every instant. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { workCalendar } from './holidays.ts'
import { addDays, formatInstant, instantAt, weekday } from './plain-date.ts'
import { refusalOf } from './refusal.ts'
import type { WeekHours } from './working-time.ts'
import {
  OFFICE_HOURS,
  addWorkingDays,
  addWorkingMinutes,
  calendarFrom,
  endOfNextWorkingDay,
  endOfWorkingDay,
  isWorkingDay,
  nextWorkingDay,
  startOfWork,
  workingDayFrom,
  workingDaysBetween,
  workingMinutesBetween,
} from './working-time.ts'

/** Holidays by the law, no swapped days. */
const calendar = workCalendar([])
const EIGHT_HOURS = 480

/** An instant from what a clock on the wall says, '09:12 16/11/2026'. */
function at(text: string): Date {
  const [, hour, minute, day, month, year] = /^(\d\d):(\d\d) (\d\d)\/(\d\d)\/(\d{4})$/.exec(text) ?? []
  return instantAt(`${year}-${month}-${day}`, Number(hour) * 60 + Number(minute))
}

const someDay = fc.integer({ min: 0, max: 1800 }).map((n) => addDays('2025-01-01', n))
const someInstant = fc
  .tuple(someDay, fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 59_999 }))
  .map(([day, minutes, ms]) => new Date(instantAt(day, minutes).getTime() + ms))

describe('working days', () => {
  it.each([
    ['2026-11-16', 1, '2026-11-17', 'the day after is day 1'],
    ['2026-11-20', 1, '2026-11-23', 'Friday to Monday'],
    ['2026-11-21', 1, '2026-11-23', 'from a Saturday'],
    ['2026-11-21', 0, '2026-11-23', 'none from a Saturday: the next working day'],
    ['2026-11-20', 0, '2026-11-20', 'none from a working day: that day'],
    ['2026-02-13', 1, '2026-02-23', 'over Tết 2026'],
    ['2026-11-23', 1, '2026-11-25', 'over 24 November'],
    ['2026-04-24', 1, '2026-04-28', 'the Hùng Kings fall on a Sunday, Monday is made free'],
    ['2026-01-05', 60, '2026-04-06', 'sixty days to begin a transfer, over Tết'],
    ['2026-06-01', 30, '2026-07-13', 'thirty days to present a letter'],
  ])('%s + %i = %s (%s)', (start, count, expected) => {
    expect(addWorkingDays(calendar, start, count)).toBe(expected)
  })

  it('sixty days counted by hand: ten weeks and more, less the five days of Tết', () => {
    let counted = 0
    for (let day = '2026-01-06'; day <= '2026-04-06'; day = addDays(day, 1)) {
      const tet = day >= '2026-02-16' && day <= '2026-02-20'
      if (weekday(day) <= 5 && !tet) counted++
    }
    expect(counted).toBe(60)
  })

  it('a deadline of ten days that falls on a Saturday moves to Monday', () => {
    const deadline = addDays('2026-11-11', 10)
    expect(weekday(deadline)).toBe(6)
    expect(workingDayFrom(calendar, deadline)).toBe('2026-11-23')
    expect(workingDayFrom(calendar, '2026-11-23')).toBe('2026-11-23')
    expect(nextWorkingDay(calendar, '2026-11-20')).toBe('2026-11-23')
  })

  it('counting back gives what was added', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: 1, max: 90 }), (start, count) => {
        const end = addWorkingDays(calendar, start, count)
        expect(isWorkingDay(calendar, end)).toBe(true)
        expect(workingDaysBetween(calendar, start, end)).toBe(count)
        expect(workingDaysBetween(calendar, end, start)).toBe(-count)
        expect(workingDaysBetween(calendar, start, addDays(end, -1))).toBe(count - 1)
      }),
    )
    expect(workingDaysBetween(calendar, '2026-11-21', '2026-11-21')).toBe(0)
    expect(workingDaysBetween(calendar, '2026-11-22', '2026-11-21')).toBe(0)
  })

  it('adding step by step is adding at once', () => {
    fc.assert(
      fc.property(someDay, fc.nat({ max: 40 }), fc.nat({ max: 40 }), (start, a, b) => {
        const atOnce = addWorkingDays(calendar, start, a + b)
        const first = addWorkingDays(calendar, start, a)
        if (a > 0) expect(addWorkingDays(calendar, first, b)).toBe(atOnce)
      }),
    )
  })

  it('takes no half days and does not go back', () => {
    expect(() => addWorkingDays(calendar, '2026-11-16', -1)).toThrow(RangeError)
    expect(() => addWorkingDays(calendar, '2026-11-16', 1.5)).toThrow(RangeError)
  })
})

describe('eight working hours', () => {
  it.each([
    ['07:30 16/11/2026', '17:00 16/11/2026', 'a whole day ends that day'],
    ['09:12 16/11/2026', '09:12 17/11/2026', 'over the night'],
    ['10:00 19/11/2026', '10:00 20/11/2026', 'over lunch and night'],
    ['12:00 16/11/2026', '11:30 17/11/2026', 'received at lunch'],
    ['11:30 16/11/2026', '11:30 17/11/2026', 'received when lunch begins'],
    ['13:00 16/11/2026', '11:30 17/11/2026', 'received when lunch ends'],
    ['17:00 16/11/2026', '17:00 17/11/2026', 'received when work ends'],
    ['23:59 16/11/2026', '17:00 17/11/2026', 'received at night'],
    ['05:00 17/11/2026', '17:00 17/11/2026', 'received before work'],
    ['16:00 20/11/2026', '16:00 23/11/2026', 'over a weekend'],
    ['10:00 21/11/2026', '17:00 23/11/2026', 'received on a Saturday'],
    ['16:59 23/11/2026', '16:59 25/11/2026', 'over 24 November'],
    ['15:00 13/02/2026', '15:00 23/02/2026', 'over Tết 2026'],
    ['09:00 17/02/2026', '17:00 23/02/2026', 'received on the first day of the year'],
    ['14:00 29/04/2026', '14:00 04/05/2026', 'over 30 April and 1 May'],
  ])('from %s end at %s (%s)', (from, to) => {
    expect(formatInstant(addWorkingMinutes(calendar, at(from), EIGHT_HOURS))).toBe(to)
  })

  it('keep the seconds', () => {
    const received = new Date(at('09:12 16/11/2026').getTime() + 34_567)
    expect(addWorkingMinutes(calendar, received, EIGHT_HOURS).getTime()).toBe(
      at('09:12 17/11/2026').getTime() + 34_567,
    )
  })

  it('run on a swapped Saturday with the hours of a weekday', () => {
    const swapped = calendarFrom({
      holidays: () => ['2026-11-23'],
      workingDays: ['2026-11-21'],
    })
    expect(formatInstant(addWorkingMinutes(swapped, at('16:00 20/11/2026'), EIGHT_HOURS))).toBe(
      '16:00 21/11/2026',
    )
    expect(formatInstant(addWorkingMinutes(swapped, at('16:00 21/11/2026'), EIGHT_HOURS))).toBe(
      '16:00 24/11/2026',
    )
  })

  it('a holiday that is worked after all has the hours of its weekday', () => {
    const worked = calendarFrom({ holidays: () => ['2026-11-24'], workingDays: ['2026-11-24'] })
    expect(worked.spansOf('2026-11-24')).toEqual(OFFICE_HOURS[2])
  })
})

describe('working minutes', () => {
  it.each([
    ['07:30 16/11/2026', '17:00 16/11/2026', 480],
    ['11:00 16/11/2026', '13:30 16/11/2026', 60],
    ['11:30 16/11/2026', '13:00 16/11/2026', 0],
    ['16:30 20/11/2026', '08:00 23/11/2026', 60],
    ['00:00 14/02/2026', '23:59 22/02/2026', 0],
    ['08:00 16/11/2026', '07:30 16/11/2026', -30],
  ])('between %s and %s: %i', (from, to, minutes) => {
    expect(workingMinutesBetween(calendar, at(from), at(to))).toBe(minutes)
  })

  it('counting back gives what was added, from every instant', () => {
    fc.assert(
      fc.property(someInstant, fc.nat({ max: 5000 }), (instant, minutes) => {
        const due = addWorkingMinutes(calendar, instant, minutes)
        expect(due.getTime()).toBeGreaterThanOrEqual(instant.getTime())
        expect(workingMinutesBetween(calendar, instant, due)).toBe(minutes)
        expect(workingMinutesBetween(calendar, due, instant)).toBe(minutes === 0 ? 0 : -minutes)
        if (minutes > 0) {
          expect(workingMinutesBetween(calendar, instant, new Date(due.getTime() - 1))).toBe(minutes - 1)
        }
      }),
    )
  })

  it('a later start is never due earlier', () => {
    fc.assert(
      fc.property(someInstant, someInstant, fc.nat({ max: 2000 }), (a, b, minutes) => {
        const [early, late] = a <= b ? [a, b] : [b, a]
        expect(addWorkingMinutes(calendar, early, minutes).getTime()).toBeLessThanOrEqual(
          addWorkingMinutes(calendar, late, minutes).getTime(),
        )
      }),
    )
  })

  it('a clock can stop and go on: what was used and what is left make the whole', () => {
    fc.assert(
      fc.property(someInstant, fc.integer({ min: 1, max: 479 }), (received, used) => {
        const stopped = addWorkingMinutes(calendar, received, used)
        const left = EIGHT_HOURS - workingMinutesBetween(calendar, received, stopped)
        expect(addWorkingMinutes(calendar, stopped, left)).toEqual(
          addWorkingMinutes(calendar, received, EIGHT_HOURS),
        )
      }),
    )
  })

  it('are not taken away, and not without end', () => {
    expect(() => addWorkingMinutes(calendar, at('09:00 16/11/2026'), -1)).toThrow(RangeError)
    expect(() => addWorkingMinutes(calendar, at('09:00 16/11/2026'), Infinity)).toThrow(RangeError)
    expect(() => addWorkingMinutes(calendar, at('09:00 16/11/2026'), Number.NaN)).toThrow(RangeError)
  })
})

describe('the beginning and end of work', () => {
  it.each([
    ['09:12 16/11/2026', '09:12 16/11/2026'],
    ['07:00 16/11/2026', '07:30 16/11/2026'],
    ['11:30 16/11/2026', '13:00 16/11/2026'],
    ['17:00 20/11/2026', '07:30 23/11/2026'],
    ['10:00 22/11/2026', '07:30 23/11/2026'],
  ])('a clock set at %s starts at %s', (set, starts) => {
    expect(formatInstant(startOfWork(calendar, at(set)))).toBe(starts)
  })

  it.each([
    ['2026-11-20', '17:00 20/11/2026'],
    ['2026-11-21', '17:00 23/11/2026'],
    ['2026-02-14', '17:00 23/02/2026'],
  ])('work on or after %s ends at %s', (date, ends) => {
    expect(formatInstant(endOfWorkingDay(calendar, date))).toBe(ends)
  })

  it.each([
    ['09:12 16/11/2026', '17:00 17/11/2026'],
    ['16:59 20/11/2026', '17:00 23/11/2026'],
    ['23:30 20/11/2026', '17:00 23/11/2026'],
    ['10:00 21/11/2026', '17:00 23/11/2026'],
    ['10:00 13/02/2026', '17:00 23/02/2026'],
    ['00:00 17/11/2026', '17:00 18/11/2026'],
  ])('extended from %s: to %s', (received, ends) => {
    expect(formatInstant(endOfNextWorkingDay(calendar, at(received)))).toBe(ends)
  })

  it('the extension never ends before the eight hours do', () => {
    fc.assert(
      fc.property(someInstant, (received) => {
        expect(endOfNextWorkingDay(calendar, received).getTime()).toBeGreaterThanOrEqual(
          addWorkingMinutes(calendar, received, EIGHT_HOURS).getTime(),
        )
      }),
    )
  })
})

describe('a calendar', () => {
  it('refuses a year it has no holidays for, also in the middle of a count', () => {
    const only2026 = calendarFrom({ holidays: (year) => (year === 2026 ? ['2026-01-01'] : undefined) })
    const unknown = { kind: 'invalid', code: 'calendar.year-unknown', facts: { year: 2027 } }
    expect(refusalOf(() => isWorkingDay(only2026, '2027-01-04'))).toMatchObject(unknown)
    expect(refusalOf(() => addWorkingDays(only2026, '2026-12-30', 2))).toMatchObject(unknown)
    expect(refusalOf(() => addWorkingMinutes(only2026, at('16:00 31/12/2026'), 61))).toMatchObject(unknown)
    expect(refusalOf(() => workingDaysBetween(only2026, '2026-12-30', '2027-01-01'))).toMatchObject(unknown)
    expect(refusalOf(() => endOfNextWorkingDay(only2026, at('09:00 31/12/2026')))).toMatchObject(unknown)
    expect(formatInstant(addWorkingMinutes(only2026, at('16:00 31/12/2026'), 60))).toBe('17:00 31/12/2026')
  })

  const week = (spans: readonly (readonly [number, number])[]): WeekHours => {
    const day = spans.map(([fromMinute, toMinute]) => ({ fromMinute, toMinute }))
    return { ...OFFICE_HOURS, 3: day }
  }

  it.each([
    [
      'overlapping',
      week([
        [450, 690],
        [600, 720],
      ]),
    ],
    [
      'out of order',
      week([
        [780, 1020],
        [450, 690],
      ]),
    ],
    ['empty', week([[450, 450]])],
    ['past midnight', week([[1380, 1500]])],
    ['before midnight', week([[-10, 60]])],
    ['half a minute', week([[450.5, 600]])],
    ['no number', week([[Number.NaN, 600]])],
    ['no work at all', { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }],
  ] as const)('refuses hours that are %s', (_, hours) => {
    expect(refusalOf(() => calendarFrom({ hours, holidays: () => [] }))).toMatchObject({
      kind: 'invalid',
      code: 'calendar.hours-invalid',
    })
  })

  it('takes stretches that touch, a night watch and a week of one morning', () => {
    const hours: WeekHours = {
      ...week([
        [0, 60],
        [60, 1440],
      ]),
      1: [],
      2: [],
      4: [],
      5: [],
    }
    const odd = calendarFrom({ hours, holidays: () => [] })
    expect(formatInstant(addWorkingMinutes(odd, at('12:00 16/11/2026'), 1440))).toBe('00:00 19/11/2026')
    expect(addWorkingDays(odd, '2026-11-16', 2)).toBe('2026-11-25')
  })

  it('gives the default week eight hours a day, forty a week', () => {
    const minutes = Object.values(OFFICE_HOURS)
      .flat()
      .reduce((sum, span) => sum + span.toMinute - span.fromMinute, 0)
    expect(minutes).toBe(5 * EIGHT_HOURS)
  })
})
