/** The month through which fees are paid ("đã đóng đảng phí hết tháng"), as a letter of a stay may state it. */
import type { PlainMonth } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'

/** What the books say of the member's fees. */
export interface KnownFees {
  readonly paidThrough: PlainMonth
  /** months that are open */
  readonly open: number
}

/**
 * What the books know goes before what somebody types; where they know nothing, the cell's word stands, within reason.
 *
 * @param last the last month that anybody could have paid
 * @throws Refusal against-rule `temporary.fees-contradict`; invalid `temporary.fees-month-impossible`
 */
export function refuseFeesMonth(said: PlainMonth, last: PlainMonth, fees: KnownFees | undefined): void {
  if (fees) {
    if (said === fees.paidThrough) return
    throw new Refusal('against-rule', 'temporary.fees-contradict', {
      facts: { paidThrough: fees.paidThrough, open: fees.open },
      fields: [{ field: 'feesPaidThrough', code: 'fees-contradict' }],
    })
  }
  if (said > last)
    throw new Refusal('invalid', 'temporary.fees-month-impossible', {
      fields: [{ field: 'feesPaidThrough', code: 'date' }],
    })
}
