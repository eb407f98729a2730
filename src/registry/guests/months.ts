/** Which months of a stay elsewhere (sinh hoạt tạm thời) are a guest's: for whoever tells of them and whoever collects in them. Pure. */
import { addToMonth, firstDayOf, monthOf, type PlainDate, type PlainMonth } from '../../kernel/plain-date.ts'

/** One stay of a member in a cell that does not count the member. */
export interface GuestStay {
  readonly memberId: string
  /** the cell that has the guest, or took over from it */
  readonly organisationId: string
  /** the day on which the own cell wrote the letter */
  readonly writtenOn: PlainDate
  /** the first day that began with the member as a guest, and the last */
  readonly since: PlainDate
  readonly until: PlainDate
}

/**
 * True of a month whose first day the member began as a guest. The month in which the letter was written is settled at the own
 * cell, whatever its first day was ("đã đóng đảng phí hết tháng", on the referral).
 */
export function isGuestMonth({ writtenOn, since, until }: GuestStay, month: PlainMonth): boolean {
  const first = firstDayOf(month)
  return writtenOn < first && since <= first && first <= until
}

/** The first such month; undefined where a stay has none. */
export function firstGuestMonth(stay: GuestStay): PlainMonth | undefined {
  const latest = stay.since > stay.writtenOn ? stay.since : stay.writtenOn
  const months = [monthOf(latest), addToMonth(monthOf(latest), 1)]
  return months.find((month) => isGuestMonth(stay, month))
}
