/** Days and months: every day of four centuries against the platform's own calendar, and the printed forms. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  addToMonth,
  compare,
  daysBetween,
  firstDayOf,
  formatDate,
  formatInstant,
  formatMonth,
  formatWeekday,
  instantAt,
  isPlainDate,
  isPlainMonth,
  lastDayOf,
  localTime,
  monthOf,
  monthsBetween,
  plainDate,
  plainMonth,
  todayIn,
  weekday,
  yearOf,
} from './plain-date.ts'
import { Refusal, refusalOf } from './refusal.ts'

const someDay = fc.integer({ min: -20_000, max: 80_000 }).map((n) => addDays('2000-01-01', n))
const someInstant = fc.date({
  min: new Date('1976-01-01T00:00:00Z'),
  max: new Date('2199-12-31T00:00:00Z'),
  noInvalidDate: true,
})

describe('a day', () => {
  it('agrees with the platform on every day from 1800 to 2200', () => {
    const wrong: string[] = []
    let day = '1800-01-01'
    for (let ms = Date.UTC(1800, 0, 1); ms < Date.UTC(2200, 0, 1); ms += 86_400_000) {
      const theirs = new Date(ms)
      if (day !== theirs.toISOString().slice(0, 10)) wrong.push(day)
      if (weekday(day) % 7 !== theirs.getUTCDay()) wrong.push(`weekday of ${day}`)
      day = addDays(day, 1)
    }
    expect(wrong).toEqual([])
    expect(day).toBe('2200-01-01')
  })

  it.each(['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31', '2026-11-25'])('exists: %s', (text) => {
    expect(isPlainDate(text)).toBe(true)
    expect(plainDate(text)).toBe(text)
  })

  it.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-01',
    '2026-01-00',
    '2026-01-32',
    '0000-01-01',
    '2026-1-5',
    '25/11/2026',
    '2026-11-25T00:00:00Z',
    '2026-11-25\n',
    ' 2026-11-25',
    '+2026-11-25',
    '',
  ])('does not exist: %j', (text) => {
    expect(isPlainDate(text)).toBe(false)
    const refusal = refusalOf(() => plainDate(text))
    expect(refusal).toMatchObject({ kind: 'invalid', code: 'date.invalid', facts: {} })
  })

  it('refuses what is no day wherever a day is asked for', () => {
    for (const ask of [
      () => addDays('2026-02-30', 1),
      () => addMonths('nonsense', 1),
      () => daysBetween('2026-01-01', '2026-02-30'),
      () => weekday('2026-02-30'),
      () => yearOf('26'),
      () => monthOf('2026-02-30'),
      () => formatDate('2026-02-30'),
      () => instantAt('2026-02-30', 0),
    ]) {
      expect(ask).toThrow(Refusal)
    }
    expect([null, undefined, 20261125, new Date()].map(isPlainDate)).toEqual([false, false, false, false])
  })

  it('ends where the four-digit years end', () => {
    expect(refusalOf(() => addDays('9999-12-31', 1))?.code).toBe('date.out-of-range')
    expect(refusalOf(() => addDays('0001-01-01', -1))?.code).toBe('date.out-of-range')
    expect(refusalOf(() => addMonths('9999-12-01', 1))?.code).toBe('date.out-of-range')
    expect(() => addDays('2026-01-01', 0.5)).toThrow(RangeError)
    expect(() => addMonths('2026-01-01', Number.NaN)).toThrow(RangeError)
  })

  it('adds and counts days as inverses', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -40_000, max: 40_000 }), (day, n) => {
        const later = addDays(day, n)
        expect(daysBetween(day, later)).toBe(n)
        expect(addDays(later, -n)).toBe(day)
        expect(compare(day, later)).toBe(Math.sign(-n) || 0)
      }),
    )
  })
})

describe('months', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-08-31', 1, '2026-09-30'],
    ['2026-05-20', 0, '2026-05-20'],
  ])('%s + %i months = %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected)
  })

  it('never leaves the month aimed at, nor changes a day that fits', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -600, max: 600 }), (day, n) => {
        const later = addMonths(day, n)
        expect(isPlainDate(later)).toBe(true)
        expect(monthsBetween(monthOf(day), monthOf(later))).toBe(n)
        expect(later.slice(8) === day.slice(8) || later === lastDayOf(monthOf(later))).toBe(true)
      }),
    )
  })

  it('know their first and last day', () => {
    expect(firstDayOf('2024-02')).toBe('2024-02-01')
    expect(lastDayOf('2024-02')).toBe('2024-02-29')
    expect(lastDayOf('1900-02')).toBe('1900-02-28')
    fc.assert(
      fc.property(someDay, (day) => {
        const month = monthOf(day)
        expect(addDays(lastDayOf(month), 1)).toBe(firstDayOf(addToMonth(month, 1)))
      }),
    )
  })

  it.each(['2026-00', '2026-13', '2026-1', '2026', '2026-01-01', '0000-01', '2026-01\n', ''])(
    'are not written %j',
    (text) => {
      expect(isPlainMonth(text)).toBe(false)
      expect(refusalOf(() => plainMonth(text))).toMatchObject({ kind: 'invalid', code: 'month.invalid' })
      expect(refusalOf(() => addToMonth(text, 1))?.code).toBe('month.invalid')
    },
  )
})

describe('the time in Viet Nam', () => {
  it('turns the day at 17:00 UTC', () => {
    expect(todayIn(new Date('2026-11-24T16:59:59.999Z'))).toBe('2026-11-24')
    expect(todayIn(new Date('2026-11-24T17:00:00Z'))).toBe('2026-11-25')
    expect(localTime(new Date('2026-11-16T02:12:59Z'))).toEqual({ date: '2026-11-16', minutes: 552 })
  })

  it('agrees with the time-zone database', () => {
    const theirs = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Ho_Chi_Minh',
      dateStyle: 'short',
      timeStyle: 'short',
    })
    fc.assert(
      fc.property(someInstant, (instant) => {
        const { date, minutes } = localTime(instant)
        const clock = [Math.floor(minutes / 60), minutes % 60]
          .map((n) => String(n).padStart(2, '0'))
          .join(':')
        expect(`${date} ${clock}`).toBe(theirs.format(instant))
      }),
    )
  })

  it('goes there and back', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: 0, max: 1439 }), (date, minutes) => {
        expect(localTime(instantAt(date, minutes))).toEqual({ date, minutes })
      }),
    )
    expect(instantAt('2026-11-25', 1440)).toEqual(instantAt('2026-11-26', 0))
  })

  it('takes no minute outside the day and no broken instant', () => {
    expect(() => instantAt('2026-11-25', -1)).toThrow(RangeError)
    expect(() => instantAt('2026-11-25', 1441)).toThrow(RangeError)
    expect(() => instantAt('2026-11-25', Number.NaN)).toThrow(RangeError)
    expect(() => localTime(new Date(Number.NaN))).toThrow(RangeError)
  })
})

describe('the printed forms', () => {
  it('are Vietnamese unless asked otherwise', () => {
    expect(formatDate('2026-11-25')).toBe('25/11/2026')
    expect(formatDate('2026-01-05')).toBe('05/01/2026')
    expect(formatDate('2026-01-05', 'en')).toBe('5 January 2026')
    expect(formatWeekday('2026-11-25')).toBe('thứ Tư, 25/11/2026')
    expect(formatWeekday('2026-11-25', 'en')).toBe('Wednesday, 25 November 2026')
    expect(formatInstant(new Date('2026-11-16T02:12:00Z'))).toBe('09:12 16/11/2026')
    expect(formatInstant(new Date('2026-11-16T02:12:00Z'), 'en')).toBe('09:12, 16 November 2026')
    expect(formatInstant(new Date('2026-11-15T17:00:00Z'))).toBe('00:00 16/11/2026')
  })

  it('name every weekday', () => {
    const week = [0, 1, 2, 3, 4, 5, 6].map((n) => formatWeekday(addDays('2026-11-23', n)).split(',')[0])
    expect(week).toEqual(['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'])
  })

  it('of months carry a zero in January and February only', () => {
    expect(['2026-01', '2026-02', '2026-03', '2026-10'].map((m) => formatMonth(m))).toEqual([
      'tháng 01/2026',
      'tháng 02/2026',
      'tháng 3/2026',
      'tháng 10/2026',
    ])
    expect(formatMonth('2026-03', 'en')).toBe('March 2026')
  })

  it('03/02/2026 is a Tuesday (the day a circular letter was due)', () => {
    expect(formatWeekday('2026-02-03')).toBe('thứ Ba, 03/02/2026')
  })
})
