/** Vouchers (phiếu thu, phiếu chi): money other than fees, in and out of what an organisation retained; undone by another one. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { lastDayOf, monthOf, yearOf, addToMonth, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Handling } from '../assessing/lines.ts'
import { directionOf, type Direction, type Fund, type Purpose } from '../law/books/cash-columns.ts'
import { insertTransfers, type Transfer } from '../paying/booking.ts'
import { lockHand } from '../paying/locks.ts'
import { VOUCHER_MARKS } from './cash-entries.ts'

export interface VoucherMade {
  /** the command's: the same one again makes nothing */
  readonly id: string
  readonly purpose: Purpose
  readonly fund: Fund
  readonly amountVnd: number
  readonly on: PlainDate
  readonly counterpart: string
  readonly explanation: string
}

export interface Voucher extends VoucherMade {
  readonly direction: Direction
  /** 'PC 3/2026' */
  readonly written: string
  readonly number: number
  readonly year: number
  readonly madeBy: string
  /** 'PC 2/2026' */
  readonly undoes: string | null
  readonly undone: boolean
}

interface Row extends Omit<Voucher, 'written' | 'undoes'> {
  readonly undoesNumber: number | null
  readonly undoesYear: number | null
}

const SELECT = sql`
  select v.id, v.purpose, v.fund, v.amount_vnd as "amountVnd", v.on_day as "on", v.counterpart, v.explanation, v.direction,
         v.number, v.voucher_year as year, m.full_name as "madeBy", u.number as "undoesNumber", u.voucher_year as "undoesYear",
         exists (select from fee_voucher x where x.undoes = v.id) as undone
    from fee_voucher v join member m on m.id = v.made_by left join fee_voucher u on u.id = v.undoes`

function voucherOf({ undoesNumber, undoesYear, ...row }: Row): Voucher {
  const mark = VOUCHER_MARKS[row.direction]
  return {
    ...row,
    written: `${mark} ${row.number}/${row.year}`,
    undoes: undoesNumber === null ? null : `${mark} ${undoesNumber}/${undoesYear}`,
  }
}

/** Of a year, the newest first. */
export async function vouchersOf(read: Read, organisationId: string, year: number): Promise<Voucher[]> {
  const rows = await read.rows<Row>(sql`
    ${SELECT} where v.organisation_id = ${organisationId} and v.voucher_year = ${year} order by v.made_at desc, v.id`)
  return rows.map(voucherOf)
}

/** @throws Refusal not-found `party-fees.voucher-unknown` */
export async function getVoucher(
  read: Read,
  organisationId: string,
  { direction, number, year }: Pick<Voucher, 'direction' | 'number' | 'year'>,
): Promise<Voucher> {
  const row = await read.maybe<Row>(sql`
    ${SELECT} where v.organisation_id = ${organisationId} and v.voucher_year = ${year} and v.direction = ${direction} and v.number = ${number}`)
  if (!row) throw new Refusal('not-found', 'party-fees.voucher-unknown')
  return voucherOf(row)
}

/** What may be spent: the part that was retained, and what lies in each fund. */
export interface Available {
  readonly retainedVnd: number
  readonly cash: number
  readonly bank: number
}

export async function availableOf(read: Read, organisationId: string): Promise<Available> {
  const { retainedVnd, cash, bank } = await read.one<Available>(sql`
    select coalesce(sum(credit_vnd - debit_vnd) filter (where account = 'retained'), 0)::bigint as "retainedVnd",
           coalesce(sum(debit_vnd - credit_vnd) filter (where account = 'cash'), 0)::bigint as cash,
           coalesce(sum(debit_vnd - credit_vnd) filter (where account = 'bank'), 0)::bigint as bank
      from ledger_balance where owner = ${organisationId}`)
  return { retainedVnd, cash, bank }
}

/**
 * Books a voucher: what comes in is at the organisation's disposal as what it retained, what goes out is taken from there.
 *
 * @throws Refusal invalid `party-fees.day-to-come`; against-rule `party-fees.voucher-month-over`; conflict
 *   `party-fees.voucher-more-than-retained`, `party-fees.voucher-more-than-fund`
 */
export async function makeVoucher(write: Write, made: VoucherMade, handling: Handling): Promise<string> {
  const { cell } = handling
  await lockHand(write, cell)
  const done = await findById(write, cell, made.id)
  if (done) return done.written
  await requireOpenDay(write, made.on, handling)
  const direction = directionOf(made.purpose)
  if (direction === 'out') await requireAvailable(write, made, cell)
  return book(write, { ...made, direction, undoes: null }, handling)
}

/**
 * Moves a voucher's money back by another of today, in the same column; a voucher that undoes is not undone.
 *
 * @throws Refusal not-found `party-fees.voucher-unknown`; conflict `party-fees.voucher-undone`,
 *   `party-fees.voucher-more-than-retained`, `party-fees.voucher-more-than-fund`
 */
export async function undoVoucher(
  write: Write,
  undone: { readonly id: string; readonly reason: string } & Pick<Voucher, 'direction' | 'number' | 'year'>,
  handling: Handling,
): Promise<string> {
  const { cell, today } = handling
  await lockHand(write, cell)
  const done = await findById(write, cell, undone.id)
  if (done) return done.written
  const voucher = await getVoucher(write, cell, undone)
  if (voucher.undone || voucher.undoes !== null) throw new Refusal('conflict', 'party-fees.voucher-undone')
  if (voucher.direction === 'in') await requireAvailable(write, voucher, cell)
  const again = { ...voucher, id: undone.id, on: today, explanation: undone.reason }
  return book(write, { ...again, undoes: voucher.id }, handling)
}

async function findById(read: Read, organisationId: string, id: string): Promise<Voucher | undefined> {
  const row = await read.maybe<Row>(
    sql`${SELECT} where v.id = ${id} and v.organisation_id = ${organisationId}`,
  )
  return row && voucherOf(row)
}

async function requireOpenDay(read: Read, on: PlainDate, { cell, today }: Handling): Promise<void> {
  if (on > today) throw new Refusal('invalid', 'party-fees.day-to-come')
  const { closed } = await read.one<{ closed: boolean }>(sql`
    select exists (select from fee_report r where r.organisation_id = ${cell} and r.until_month >= date_trunc('month', ${on}::date))
        or exists (select from fee_publication p where p.organisation_id = ${cell} and p.until_month >= date_trunc('month', ${on}::date)) as closed`)
  const tooOld = lastDayOf(monthOf(on)) < `${addToMonth(monthOf(today), -1)}-01`
  if (closed || tooOld) throw new Refusal('against-rule', 'party-fees.voucher-month-over')
}

async function requireAvailable(
  read: Read,
  { amountVnd, fund }: Pick<VoucherMade, 'amountVnd' | 'fund'>,
  organisationId: string,
): Promise<void> {
  const { retainedVnd, [fund]: inFundVnd } = await availableOf(read, organisationId)
  if (amountVnd > retainedVnd)
    throw new Refusal('conflict', 'party-fees.voucher-more-than-retained', { facts: { retainedVnd } })
  if (amountVnd > inFundVnd)
    throw new Refusal('conflict', 'party-fees.voucher-more-than-fund', { facts: { inFundVnd } })
}

async function book(
  write: Write,
  voucher: VoucherMade & { readonly direction: Direction; readonly undoes: string | null },
  { cell, by, at }: Handling,
): Promise<string> {
  const { id, direction, on, fund, purpose, amountVnd, counterpart, explanation, undoes } = voucher
  const year = yearOf(on)
  const { number } = await write.one<{ number: number }>(sql`
    insert into fee_voucher (id, organisation_id, direction, voucher_year, number, on_day, fund, purpose, amount_vnd, counterpart,
                             explanation, undoes, made_by, made_at)
    select ${id}::uuid, ${cell}::uuid, ${direction}, ${year}::smallint, coalesce(max(v.number), 0) + 1, ${on}::date, ${fund}, ${purpose},
           ${amountVnd}::bigint, ${counterpart}, ${explanation}, ${undoes}::uuid, ${by}::uuid, ${at}::timestamptz
      from fee_voucher v where v.organisation_id = ${cell} and v.voucher_year = ${year} and v.direction = ${direction}
    returning number`)
  const comesIn = (direction === 'in') === (undoes === null)
  const [debit, credit] = comesIn ? [fund, 'retained'] : ['retained', fund]
  const transfer: Transfer = {
    kind: direction === 'in' ? 'drawn' : 'spent',
    debit,
    debit_owner: cell,
    credit,
    credit_owner: cell,
    amount_vnd: amountVnd,
    document_id: id,
  }
  await write.run(insertTransfers([transfer], { at, today: on }))
  return `${VOUCHER_MARKS[direction]} ${number}/${year}`
}
