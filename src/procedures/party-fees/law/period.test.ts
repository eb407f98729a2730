/** Periods follow one another without a gap, over the ends of years. */
import { expect, test } from 'vitest'
import {
  comparePeriods,
  countPeriods,
  firstDayOfPeriod,
  lastDayOfPeriod,
  nextPeriod,
  periodLiesIn,
  periodsFrom,
  previousPeriod,
} from './period.ts'

test('next and previous, over the end of a year', () => {
  expect([nextPeriod('2026-12'), previousPeriod('2026-01')]).toEqual(['2027-01', '2025-12'])
})

test('the days of a period', () => {
  expect([firstDayOfPeriod('2028-02'), lastDayOfPeriod('2028-02')]).toEqual(['2028-02-01', '2028-02-29'])
})

test('counting has both ends in it, and nothing backwards', () => {
  expect(countPeriods('2026-03', '2027-02')).toBe(12)
  expect(countPeriods('2026-03', '2026-03')).toBe(1)
  expect(countPeriods('2026-03', '2026-02')).toBe(0)
  expect(periodsFrom('2026-11', '2027-01')).toEqual(['2026-11', '2026-12', '2027-01'])
  expect(periodsFrom('2026-11', '2026-10')).toEqual([])
})

test('comparing and lying between, the ends included', () => {
  expect(['2027-01', '2026-02', '2026-12'].sort(comparePeriods)).toEqual(['2026-02', '2026-12', '2027-01'])
  expect(
    ['2026-02', '2026-03', '2026-05', '2026-06'].map((period) => periodLiesIn(period, '2026-03', '2026-05')),
  ).toEqual([false, true, true, false])
})
