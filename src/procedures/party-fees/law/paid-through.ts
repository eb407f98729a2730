/** Through which month somebody's fees are paid (đã đóng đảng phí hết tháng), as the ledger knows it. */
import { previousPeriod, type Period } from './period.ts'

/** What a month of a member comes to; nothing open is paid, or was free. */
export interface MonthOpen {
  readonly period: Period
  readonly openVnd: number
}

export interface PaidThrough {
  readonly through: Period
  /** the oldest first */
  readonly open: readonly MonthOpen[]
}

/**
 * The last month such that neither it nor one before is open: before the first open one, else the last that was assessed.
 * A later month that is paid changes nothing. Undefined where no month was ever assessed.
 *
 * @param months each once, the oldest first
 */
export function paidThroughOf(months: readonly MonthOpen[]): PaidThrough | undefined {
  const last = months.at(-1)
  if (!last) return undefined
  const open = months.filter(({ openVnd }) => openVnd > 0)
  return { through: open[0] ? previousPeriod(open[0].period) : last.period, open }
}
