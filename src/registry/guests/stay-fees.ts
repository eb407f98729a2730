/** Where a member who is on a temporary stay pays: for the member's own pages and for both cells. */
import type { Read } from '../../kernel/db.ts'
import { addToMonth, monthOf, type PlainDate, type PlainMonth } from '../../kernel/plain-date.ts'
import { firstGuestMonth } from './months.ts'
import { guestPayers, stayOf } from './store.ts'

export interface StayFees {
  readonly hostId: string
  readonly host: string
  /** the last day of the stay as it stands */
  readonly until: PlainDate
  /** the months collected at the host, as far as the stay goes today; undefined: the official cell collects them all */
  readonly months: { readonly from: PlainMonth; readonly to: PlainMonth } | undefined
}

/** Undefined of somebody who is on no stay today. */
export async function stayFeesOf(
  read: Read,
  memberId: string,
  today: PlainDate,
): Promise<StayFees | undefined> {
  const stay = await stayOf(read, memberId, today)
  if (!stay) return undefined
  const { organisationId: hostId, host, until } = stay
  const first = firstGuestMonth(stay)
  if (!first) return { hostId, host, until, months: undefined }
  const now = monthOf(today)
  // The setting is asked for the present month, or for the first to come.
  const asked = now < first ? first : now
  const there = (await guestPayers(read, asked, today, { members: [memberId] })).has(memberId)
  return { hostId, host, until, months: there ? { from: first, to: monthOf(until) } : undefined }
}

/** The first month that is the official cell's again. */
export const backFrom = ({ to }: { readonly to: PlainMonth }): PlainMonth => addToMonth(to, 1)
