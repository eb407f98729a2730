/** Periods of books: what their names mean, and which day cuts them off. */
import { expect, test } from 'vitest'
import {
  bookPeriod,
  cutOff,
  isFirstOfYear,
  isOver,
  lastDayIn,
  monthsIn,
  periodsOffered,
} from './book-period.ts'

test('a month, a quarter, a year', () => {
  expect(bookPeriod('2026-11')).toMatchObject({ kind: 'month', from: '2026-11', until: '2026-11' })
  expect(bookPeriod('2026-Q1')).toMatchObject({ kind: 'quarter', from: '2026-01', until: '2026-03' })
  expect(bookPeriod('2026-Q4')).toMatchObject({ kind: 'quarter', from: '2026-10', until: '2026-12' })
  expect(bookPeriod('2026')).toMatchObject({ kind: 'year', from: '2026-01', until: '2026-12' })
  expect(monthsIn(bookPeriod('2026-Q2')!)).toEqual(['2026-04', '2026-05', '2026-06'])
  expect(lastDayIn(bookPeriod('2028-02')!)).toBe('2028-02-29')
})

test('what is no period', () => {
  for (const name of [
    '',
    '2026-13',
    '2026-Q5',
    '2026-Q0',
    '2010',
    '1999-01',
    '2200',
    '2026-1',
    'abcd',
    '2026-11-01',
  ])
    expect(bookPeriod(name), name).toBeUndefined()
})

test('a running period is cut off today, one that is over at its last day', () => {
  const month = bookPeriod('2026-11')!
  expect(cutOff(month, '2026-11-27')).toBe('2026-11-27')
  expect(cutOff(month, '2026-12-01')).toBe('2026-11-30')
  expect(isOver(month, '2026-11-30')).toBe(false)
  expect(isOver(month, '2026-12-01')).toBe(true)
})

test('the first period of a year is told by where it begins', () => {
  const first = ['2026-01', '2026-Q1', '2026', '2026-02', '2026-Q2'].map((name) =>
    isFirstOfYear(bookPeriod(name)!),
  )
  expect(first).toEqual([true, true, true, false, false])
})

test('all that is offered are periods, no two the same', () => {
  const offered = periodsOffered('2026-11-27')
  expect(offered.every((name) => bookPeriod(name))).toBe(true)
  expect(new Set(offered).size).toBe(offered.length)
  expect(offered).toContain('2025-12')
  expect(offered).toContain('2025-Q4')
})
