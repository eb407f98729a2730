/** Following up (theo dõi): which units lag behind, what their superior has beside them, and when time itself reminds. */
import { addDays, lastDayOf, monthOf, type PlainDate } from '../../../kernel/plain-date.ts'

/** A month of an organisation as its totals say it. */
export interface Totals {
  /** lines of more than nothing */
  readonly lines: number
  readonly paidLines: number
  /** lines of nothing */
  readonly exempt: number
  readonly dueVnd: number
  readonly paidVnd: number
}

export const NOTHING: Totals = { lines: 0, paidLines: 0, exempt: 0, dueVnd: 0, paidVnd: 0 }

/** True when fewer of the lines are paid than the share asks; a unit without lines lags behind nobody. */
export function isBelow({ lines, paidLines }: Pick<Totals, 'lines' | 'paidLines'>, percent: number): boolean {
  return lines > 0 && paidLines * 100 < percent * lines
}

export const owedVnd = ({ dueVnd, paidVnd }: Totals): number => dueVnd - paidVnd

/** What a superior's totals hold beside those of the units that lie below it today: of units that ended or lie elsewhere now. */
export function remainderOf(own: Totals, units: readonly Totals[]): Totals {
  return units.reduce(
    (left, unit) => ({
      lines: left.lines - unit.lines,
      paidLines: left.paidLines - unit.paidLines,
      exempt: left.exempt - unit.exempt,
      dueVnd: left.dueVnd - unit.dueVnd,
      paidVnd: left.paidVnd - unit.paidVnd,
    }),
    own,
  )
}

export const isNothing = (totals: Totals): boolean =>
  Object.values(totals).every((value: number) => value === 0)

export const UNIT_SORTS = ['name', 'share', 'owed'] as const
export type UnitSort = (typeof UNIT_SORTS)[number]

/** Names stay as they come; shares from the lowest, where those without lines are last; what is owed from the most. */
export function sortedUnits<Unit extends Totals>(
  units: readonly Unit[],
  sort: UnitSort,
  down: boolean,
): Unit[] {
  const share = ({ lines, paidLines }: Totals) => (lines === 0 ? 2 : paidLines / lines)
  const sorted =
    sort === 'name'
      ? [...units]
      : sort === 'share'
        ? units.toSorted((a, b) => share(a) - share(b))
        : units.toSorted((a, b) => owedVnd(b) - owedVnd(a))
  return down ? sorted.toReversed() : sorted
}

/** A server that was away on the day still reminds on one of the next. */
const FORGIVEN_DAYS = 2

/** Whether members are reminded today; in a shorter month its last day stands for a day it does not have. 0: never. */
export function isReminderDue(today: PlainDate, day: number): boolean {
  if (day === 0) return false
  const last = lastDayOf(monthOf(today))
  const named = `${monthOf(today)}-${String(day).padStart(2, '0')}`
  const first = named < last ? named : last
  return first <= today && today <= addDays(first, FORGIVEN_DAYS)
}
