/** What one transfer by NAPAS 247 may carry, with the day from which each limit is known. */
import type { PlainDate } from '../kernel/plain-date.ts'

interface TransferLimit {
  readonly from: PlainDate
  /** an amount must be below this */
  readonly belowVnd: number
  readonly source: string
}

/** The document is dated by its month only. */
const TRANSFER_LIMITS: readonly TransferLimit[] = [
  {
    from: '2021-09-01',
    belowVnd: 500_000_000,
    source: 'NAPAS, VietQR format for NAPAS247, v1.0, 09/2021, 8.1.1',
  },
]

/** The limit that stands on a day; undefined for a day of which none is known. */
export function transferLimitOn(day: PlainDate): TransferLimit | undefined {
  return TRANSFER_LIMITS.findLast(({ from }) => from <= day)
}
