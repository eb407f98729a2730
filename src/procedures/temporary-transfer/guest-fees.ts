/** What the registry keeps of a guest, and what notices say of where the fees go: both follow from the days of the stay. */
import type { Read, Write } from '../../kernel/db.ts'
import { addToMonth, monthOf, type PlainDate, type PlainMonth } from '../../kernel/plain-date.ts'
import { firstGuestMonth, type GuestStay } from '../../registry/guests/months.ts'
import { guestPayers, keepGuest } from '../../registry/guests/store.ts'
import { guestDays } from './guest-days.ts'
import type { EventType, Stay } from './law/states.ts'

/** Keeps the days in the transaction of the events; nothing before the admission. */
export async function keepDays(
  write: Write,
  dossierId: string,
  stay: Stay,
  today: PlainDate,
): Promise<GuestStay | undefined> {
  const guest = guestDays(stay, today)
  if (guest) await keepGuest(write, dossierId, guest)
  return guest
}

/** From which month on the fees are paid there, or at the own cell again; neither where the setting leaves them at the own cell. */
export interface FeesTold {
  readonly feesFrom?: PlainMonth
  readonly feesBackFrom?: PlainMonth
}

const COMES_BACK: ReadonlySet<EventType> = new Set([
  'return-recorded',
  'member-recalled',
  'stay-converted',
  'stay-ended',
])

export async function feesTold(
  read: Read,
  type: EventType,
  guest: GuestStay | undefined,
  today: PlainDate,
): Promise<FeesTold> {
  const first = guest && firstGuestMonth(guest)
  if (!first || (type !== 'guest-admitted' && !COMES_BACK.has(type))) return {}
  const month = type === 'guest-admitted' ? first : monthOf(guest.until)
  const asked = month < first ? first : month
  const payers = await guestPayers(read, asked, today, { members: [guest.memberId] })
  if (!payers.has(guest.memberId)) return {}
  return type === 'guest-admitted' ? { feesFrom: first } : { feesBackFrom: addToMonth(asked, 1) }
}
