/** On which days of a stay the member is a guest of the host cell, for those who keep and ask that elsewhere (registry/guests). */
import { addDays, todayIn, type PlainDate } from '../../kernel/plain-date.ts'
import type { GuestStay } from '../../registry/guests/months.ts'
import { heirOf, isClosed, type Stay } from './law/states.ts'

/**
 * From the first day that began with the member admitted, to the last of the stay; what ends it earlier, ends that too. After a stay
 * that ran out the official cell answers (ADR 0037), so the days end with it until it is extended. Undefined before the admission.
 *
 * @param today the day of the last event
 */
export function guestDays(stay: Stay, today: PlainDate): GuestStay | undefined {
  const { memberId, hostCell, admission, cellComment, from, until, returned } = stay
  if (!hostCell || !admission || !cellComment || !from || !until) return undefined
  const begins = addDays(admission.admittedOn, 1)
  const ends = [until, ...(returned ? [returned.leftOn] : []), ...(isClosed(stay) ? [today] : [])]
  return {
    memberId,
    organisationId: heirOf(stay, hostCell).id,
    writtenOn: todayIn(new Date(cellComment.signed.at)),
    since: from > begins ? from : begins,
    until: ends.toSorted()[0]!,
  }
}
