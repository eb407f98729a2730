/** The period of a book or report (kỳ của sổ, báo cáo): a month, a quarter or a year, as whole fee periods. */
import type { PlainDate } from '../../../../kernel/plain-date.ts'
import {
  addToMonth,
  firstDayOf,
  isPlainMonth,
  lastDayOf,
  monthOf,
  yearOf,
} from '../../../../kernel/plain-date.ts'
import { periodsFrom, type Period } from '../period.ts'

export type PeriodKind = 'month' | 'quarter' | 'year'

export interface BookPeriod {
  readonly kind: PeriodKind
  /** '2026-11', '2026-Q4', '2026' */
  readonly name: string
  readonly from: Period
  readonly until: Period
}

/** Nothing older is kept in the books: 342-QĐ/TW took effect on 01/04/2011. */
const FIRST_YEAR = 2011
const LAST_YEAR = 2199

/** The period of this name; undefined where there is none. */
export function bookPeriod(name: string): BookPeriod | undefined {
  const year = Number(name.slice(0, 4))
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return undefined
  const month: unknown = name
  if (isPlainMonth(month)) return { kind: 'month', name, from: month, until: month }
  if (/^\d{4}$/.test(name)) return { kind: 'year', name, from: `${name}-01`, until: `${name}-12` }
  const quarter = /^\d{4}-Q([1-4])$/.exec(name)?.[1]
  if (!quarter) return undefined
  const from = addToMonth(`${name.slice(0, 4)}-01`, (Number(quarter) - 1) * 3)
  return { kind: 'quarter', name, from, until: addToMonth(from, 2) }
}

export const quarterOf = (month: Period): string =>
  `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`

export const firstDayIn = ({ from }: BookPeriod): PlainDate => firstDayOf(from)
export const lastDayIn = ({ until }: BookPeriod): PlainDate => lastDayOf(until)

/** The first month of its year: what a report counts "since the start of the year" (lũy kế từ đầu năm) from. */
export const yearBegin = ({ until }: BookPeriod): Period => `${until.slice(0, 4)}-01`

export const isFirstOfYear = (period: BookPeriod): boolean => period.from === yearBegin(period)

export const isOver = (period: BookPeriod, today: PlainDate): boolean => lastDayIn(period) < today

/** Its last day, or today while it runs: the day its books are cut off at. */
export function cutOff(period: BookPeriod, today: PlainDate): PlainDate {
  const last = lastDayIn(period)
  return today < last ? today : last
}

export const monthsIn = ({ from, until }: BookPeriod): Period[] => periodsFrom(from, until)

/** What one may choose: the last twelve months, the last five quarters, this year and the one before; the latest first. */
export function periodsOffered(today: PlainDate): string[] {
  const now = monthOf(today)
  const months = Array.from({ length: 12 }, (_each, back) => addToMonth(now, -back))
  const quarters = Array.from({ length: 5 }, (_each, back) => quarterOf(addToMonth(now, -3 * back)))
  return [...months, ...quarters, String(yearOf(today)), String(yearOf(today) - 1)]
}
