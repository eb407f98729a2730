/** Three months unpaid in a year (01-QĐ/TW, Điều 2): what makes the cell consider, and never more than that. */
import type { Period } from './period.ts'

export const UNPAID_CITATION = '01-QĐ/TW, Điều 2'

/** "Không đóng đảng phí ba tháng trong năm mà không có lý do chính đáng": in the year, not one after the other. */
export const UNPAID_MONTHS = 3

/** A month of a member as it stands: due and open, or not. */
export interface MonthOfYear {
  readonly period: Period
  /** something is due, approved, and not paid */
  readonly open: boolean
}

/** The months of the year of `now` that are over and open still. Whether there is a good reason is for people to say. */
export function unpaidMonths(months: readonly MonthOfYear[], now: Period): Period[] {
  const year = now.slice(0, 4)
  const inYear = (period: Period) => period.slice(0, 4) === year
  return months
    .filter(({ period, open }) => open && inYear(period) && period < now)
    .map(({ period }) => period)
}

export function mustBeConsidered(months: readonly MonthOfYear[], now: Period): boolean {
  return unpaidMonths(months, now).length >= UNPAID_MONTHS
}
