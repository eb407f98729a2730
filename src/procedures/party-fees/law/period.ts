/** The fee period (kỳ nộp đảng phí): one calendar month, 'YYYY-MM', and how periods follow one another. */
import {
  addToMonth,
  compare,
  firstDayOf,
  lastDayOf,
  monthsBetween,
  type PlainDate,
  type PlainMonth,
} from '../../../kernel/plain-date.ts'

/** Comparing the strings compares the periods. */
export type Period = PlainMonth

export const nextPeriod = (period: Period): Period => addToMonth(period, 1)

/** The month immediately before (tháng trước liền kề), whose insured salary a fee is computed on. */
export const previousPeriod = (period: Period): Period => addToMonth(period, -1)

/** For sorting: negative when `a` is earlier. */
export const comparePeriods = (a: Period, b: Period): -1 | 0 | 1 => compare(a, b)

/** Ages, exemptions and settings are judged on this day. */
export const firstDayOfPeriod = (period: Period): PlainDate => firstDayOf(period)

export const lastDayOfPeriod = (period: Period): PlainDate => lastDayOf(period)

/** How many periods lie from `from` to `until`, both counted; 0 when `until` is earlier. */
export function countPeriods(from: Period, until: Period): number {
  return Math.max(0, monthsBetween(from, until) + 1)
}

export function periodLiesIn(period: Period, from: Period, until: Period): boolean {
  return from <= period && period <= until
}

/** Every period from `from` to `until`, both included. */
export function periodsFrom(from: Period, until: Period): Period[] {
  return Array.from({ length: countPeriods(from, until) }, (_, index) => addToMonth(from, index))
}
