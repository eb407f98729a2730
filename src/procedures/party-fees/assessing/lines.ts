/** What a cell does with lines (khoản phải nộp) one by one: approves, takes an approval back, adjusts, adds arrears. A line itself never changes. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { cellOfGuestMonth } from './guest-month.ts'

/** Who does it, for which cell, and when. */
export interface Handling {
  readonly cell: string
  readonly by: string
  readonly at: Date
  readonly today: PlainDate
}

/** The same where it matters whose hand it is: who acts, and the officer whom a deputy stands in for. */
export interface Handler extends Handling {
  readonly people: readonly string[]
}

export interface LineAddress {
  readonly memberId: string
  /** the month's first day */
  readonly period: PlainDate
  readonly number: number
}

export interface Line extends LineAddress {
  readonly organisationId: string
  readonly kind: 'month' | 'arrears' | 'replacement'
  readonly class: string
  readonly baseVnd: number | null
  readonly amountVnd: number
  readonly replaced: boolean
  readonly paidAt: Date | null
  readonly paymentId: string | null
  readonly waiting: boolean
  /** why it was added; null for a month's own */
  readonly reason: string | null
}

const LINE = sql`l.member_id as "memberId", l.period, l.number, l.organisation_id as "organisationId", l.kind, l.class,
  l.base_vnd as "baseVnd", l.amount_vnd as "amountVnd", l.replaced, l.paid_at as "paidAt",
  l.payment_id as "paymentId", l.waiting, c.reason`
const WITH_REASON = sql`fee_line_now l
  left join fee_change c on c.member_id = l.member_id and c.period = l.period and c.number = l.number`

/** Every line of a member in a cell's books since a month, newest month first; replaced ones too. */
export function linesSince(read: Read, memberId: string, cell: string, since: PlainDate): Promise<Line[]> {
  return read.rows<Line>(sql`
    select ${LINE} from ${WITH_REASON}
     where l.member_id = ${memberId} and l.organisation_id = ${cell} and l.period >= ${since}::date
     order by l.period desc, l.number`)
}

/** The lines of a member's months that stand, whoever collects them. */
export function standingLines(
  read: Read,
  memberId: string,
  from: PlainDate,
  until: PlainDate,
): Promise<Line[]> {
  return read.rows<Line>(sql`
    select ${LINE} from ${WITH_REASON}
     where l.member_id = ${memberId} and l.period between ${from}::date and ${until}::date and not l.replaced
     order by l.period, l.number`)
}

/**
 * A line of the cell's that is still to be paid.
 *
 * @throws Refusal not-found `party-fees.change-unknown-line`; conflict `party-fees.change-replaced-line`,
 *   `party-fees.change-paid-line`
 */
async function openLine(read: Read, { memberId, period, number }: LineAddress, cell: string): Promise<Line> {
  const line = await read.maybe<Line>(sql`
    select ${LINE} from ${WITH_REASON}
     where l.member_id = ${memberId} and l.period = ${period}::date and l.number = ${number} and l.organisation_id = ${cell}`)
  if (!line) throw new Refusal('not-found', 'party-fees.change-unknown-line')
  if (line.replaced) throw new Refusal('conflict', 'party-fees.change-replaced-line')
  if (line.paidAt) throw new Refusal('conflict', 'party-fees.change-paid-line')
  return line
}

/** Approves what waits in a month: these members' lines, or all. @returns how many lines */
export function approveWaiting(
  write: Write,
  { cell, by, at }: Handling,
  month: PlainDate,
  members?: readonly string[],
): Promise<number> {
  const only = members ? sql`and member_id = any(${[...members]}::uuid[])` : sql``
  return write.run(sql`
    update fee_waiting set approved_by = ${by}, approved_at = ${at}
     where organisation_id = ${cell} and period = ${month}::date and approved_at is null ${only}`)
}

/** Takes an approval back while nothing is paid: the line waits for the cell again. */
export async function takeApprovalBack(
  write: Write,
  address: LineAddress,
  { cell }: Handling,
): Promise<void> {
  const line = await openLine(write, address, cell)
  if (line.amountVnd === 0) throw new Refusal('conflict', 'party-fees.nothing-due')
  await write.run(sql`
    insert into fee_waiting (member_id, period, number, organisation_id)
    values (${line.memberId}, ${line.period}, ${line.number}, ${cell})
    on conflict (member_id, period, number) do update set approved_by = null, approved_at = null`)
}

/** Whether the cell looks at each month of a member's, or they are approved by themselves. */
export async function setAutoApprove(
  write: Write,
  memberId: string,
  autoApprove: boolean,
  { by, at }: Handling,
): Promise<void> {
  await write.run(sql`
    insert into fee_member (member_id, auto_approve, set_by, set_at) values (${memberId}, ${autoApprove}, ${by}, ${at})
    on conflict (member_id) do update set auto_approve = excluded.auto_approve, set_by = excluded.set_by, set_at = excluded.set_at
     where fee_member.auto_approve <> excluded.auto_approve`)
}

export interface Change {
  /** the form's command: the same one again changes nothing */
  readonly id: string
  readonly amountVnd: number
  readonly reason: string
}

/** Replaces a line by one of another amount, with the reason. What the cell adjusted, it has approved. @returns whether it is new */
export async function adjustLine(
  write: Write,
  address: LineAddress,
  change: Change,
  handling: Handling,
): Promise<boolean> {
  if (await isDone(write, change.id)) return false
  const line = await openLine(write, address, handling.cell)
  if (line.amountVnd === change.amountVnd) throw new Refusal('invalid', 'party-fees.amount-unchanged')
  await replaceLine(write, line, change, 'adjusted', handling)
  return true
}

export async function replaceLine(
  write: Write,
  line: Line,
  change: Change,
  kind: 'adjusted' | 'relief' | 'redeclared',
  handling: Handling,
): Promise<void> {
  await addLine(write, { ...line, kind: 'replacement', replaces: line.number }, change, kind, handling)
}

/**
 * Adds arrears (truy thu) to an earlier month; what the month says already stays.
 *
 * @throws Refusal against-rule `party-fees.arrears-not-earlier`, `party-fees.arrears-elsewhere`, `party-fees.arrears-without-class`
 */
export async function addArrears(
  write: Write,
  { memberId, period }: Pick<LineAddress, 'memberId' | 'period'>,
  change: Change,
  handling: Handling,
): Promise<boolean> {
  if (await isDone(write, change.id)) return false
  if (period >= `${monthOf(handling.today)}-01` || period < FIRST_MONTH)
    throw new Refusal('against-rule', 'party-fees.arrears-not-earlier')
  const guestCell = await cellOfGuestMonth(write, memberId, period, handling.today)
  if (guestCell !== undefined && guestCell !== handling.cell)
    throw new Refusal('against-rule', 'party-fees.arrears-elsewhere')
  const { class: feeClass } = await write.one<{ class: string | null }>(sql`
    select coalesce((select l.class from fee_line l where l.member_id = ${memberId} and l.period = ${period}::date order by l.number desc limit 1),
                    (select s.class from fee_schedule s where s.member_id = ${memberId} and s.class is not null
                      order by s.from_period <= ${period}::date desc, abs(s.from_period - ${period}::date) limit 1)) as class`)
  if (!feeClass) throw new Refusal('against-rule', 'party-fees.arrears-without-class')
  const line = { memberId, period, class: feeClass, baseVnd: null, kind: 'arrears', replaces: null } as const
  await addLine(write, line, change, 'arrears', handling)
  return true
}

/** Nothing older is kept in the books: 342-QĐ/TW took effect on 01/04/2011. */
const FIRST_MONTH = '2011-04-01'

async function isDone(read: Read, id: string): Promise<boolean> {
  const { done } = await read.one<{ done: boolean }>(
    sql`select exists (select from fee_change where id = ${id}) as done`,
  )
  return done
}

interface NewLine extends Pick<Line, 'memberId' | 'period' | 'class' | 'baseVnd'> {
  readonly kind: 'arrears' | 'replacement'
  readonly replaces: number | null
}

async function addLine(
  write: Write,
  line: NewLine,
  { id, amountVnd, reason }: Change,
  kind: 'adjusted' | 'arrears' | 'relief' | 'redeclared',
  { cell, by, at, today }: Handling,
): Promise<void> {
  await write.rows(sql`select open_fee_month(${line.period}::date)`)
  const { number } = await write.one<{ number: number }>(sql`
    insert into fee_line (member_id, period, number, organisation_id, kind, class, base_vnd, amount_vnd, replaces, made_on)
    select ${line.memberId}::uuid, ${line.period}::date, coalesce(max(l.number), 0) + 1, ${cell}::uuid, ${line.kind}, ${line.class},
           ${line.baseVnd}::bigint, ${amountVnd}::bigint, ${line.replaces}::smallint, ${today}::date
      from fee_line l where l.member_id = ${line.memberId} and l.period = ${line.period}::date
    returning number`)
  await write.run(sql`
    insert into fee_change (id, member_id, period, number, replaces, kind, amount_vnd, reason, made_by, made_at)
    values (${id}, ${line.memberId}, ${line.period}, ${number}, ${line.replaces}, ${kind}, ${amountVnd}, ${reason}, ${by}, ${at})`)
}

/** Arrears over the difference where a month turned out to be dearer. */
export async function addDifference(
  write: Write,
  like: Pick<Line, 'memberId' | 'period' | 'class' | 'baseVnd'>,
  change: Change,
  handling: Handling,
): Promise<void> {
  await addLine(write, { ...like, kind: 'arrears', replaces: null }, change, 'redeclared', handling)
}
