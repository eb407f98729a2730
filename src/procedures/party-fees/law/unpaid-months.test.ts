/** Three unpaid months in a year: in the year, over, not one after the other. */
import { expect, test } from 'vitest'
import { mustBeConsidered, unpaidMonths, type MonthOfYear } from './unpaid-months.ts'

const months = (...open: string[]): MonthOfYear[] =>
  ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07'].map((period) => ({
    period,
    open: open.includes(period),
  }))

test('paid Jan, Feb, missed Mar, paid Apr, missed May, June: considered once June is over', () => {
  const missed = months('2026-03', '2026-05', '2026-06')
  expect(unpaidMonths(missed, '2026-07')).toEqual(['2026-03', '2026-05', '2026-06'])
  expect(mustBeConsidered(missed, '2026-07')).toBe(true)
  expect(mustBeConsidered(missed, '2026-06')).toBe(false)
})

test('two months are not three, and the next year begins anew', () => {
  expect(mustBeConsidered(months('2026-03', '2026-05'), '2026-12')).toBe(false)
  expect(mustBeConsidered(months('2026-03', '2026-05', '2026-06'), '2027-01')).toBe(false)
})
