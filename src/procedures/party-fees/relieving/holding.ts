/** For which months a relief holds. */
import { monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { previousPeriod } from '../law/period.ts'
import type { Months } from '../law/relief/rules.ts'
import type { Relief } from './contract.ts'

/** The months a granted relief holds for; undefined where it was never granted, or ended before it began. */
export function holdsFor(
  relief: Pick<Relief, 'status' | 'grantedFrom' | 'grantedUntil' | 'endedFrom'>,
): Months | undefined {
  const { status, grantedFrom: from, grantedUntil, endedFrom } = relief
  if (status !== 'granted' || !from || !grantedUntil) return undefined
  const until = endedFrom ? previousPeriod(endedFrom) : grantedUntil
  return until < from ? undefined : { from, until }
}

/** Of what was granted and runs still: ends this month or the next. */
export function runsOut(relief: Relief, today: PlainDate): boolean {
  const months = holdsFor(relief)
  const now = monthOf(today)
  return months !== undefined && (previousPeriod(months.until) === now || months.until === now)
}
