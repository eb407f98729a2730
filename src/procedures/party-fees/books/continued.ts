/** Books go on (sổ nối tiếp): an organisation's tell also of those that went into it, as if it had been one all along. */
import { sql, type Read } from '../../../kernel/db.ts'
import { lastDayOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { goneInto } from '../../../registry/organisations/successors.ts'
import type { Period } from '../law/period.ts'

/** By organisation: whose books tell of it. Each stands once, so that nothing is told twice. */
export type Continued = ReadonlyMap<string, string>

/** These organisations, with those that went into them until the day. */
export async function continuedOn(read: Read, ids: readonly string[], day: PlainDate): Promise<Continued> {
  return new Map([...ids.map((id) => [id, id] as const), ...(await goneInto(read, ids, day))])
}

/** Adds up what is said of each organisation for the one whose books tell of it. */
export function byBooks(figures: ReadonlyMap<string, number>, continued: Continued): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [id, figure] of figures) {
    const books = continued.get(id) ?? id
    sums.set(books, (sums.get(books) ?? 0) + figure)
  }
  return sums
}

export interface HandedAcross {
  readonly id: string
  readonly onDay: PlainDate
  /** negative for who gave it */
  readonly amountVnd: number
}

/**
 * Fees collected and not shared out that went from one's books into another's: a merger was taken back, and each has again what
 * it brought. It counts where it is shared out, and no longer where it was collected. What goes along with a whole organisation
 * stays in the same books.
 */
export async function handedAcross(
  read: Read,
  continued: Continued,
  from: PlainDate,
  until: PlainDate,
): Promise<HandedAcross[]> {
  const ids = [...continued.keys()]
  const rows = await read.rows<{ giver: string; taker: string; onDay: PlainDate; amountVnd: number }>(sql`
    select id, debit_owner as giver, credit_owner as taker, on_day as "onDay", amount_vnd as "amountVnd" from ledger_transfer
     where kind = 'handed-over' and debit = 'dues' and debit_owner = any(${ids}::uuid[]) and on_day between ${from}::date and ${until}::date
    union
    select id, debit_owner, credit_owner, on_day, amount_vnd from ledger_transfer
     where kind = 'handed-over' and kind <> 'paid' and debit = 'dues' and credit_owner = any(${ids}::uuid[])
       and on_day between ${from}::date and ${until}::date`)
  return rows.flatMap(({ giver, taker, onDay, amountVnd }) => {
    const [left, came] = [continued.get(giver), continued.get(taker)]
    if (left === came) return []
    return [
      ...(left ? [{ id: left, onDay, amountVnd: -amountVnd }] : []),
      ...(came ? [{ id: came, onDay, amountVnd }] : []),
    ]
  })
}

/** Which of these are there at the end of each month. */
export async function thereAtEndOf(
  read: Read,
  ids: readonly string[],
  months: readonly Period[],
): Promise<ReadonlyMap<Period, readonly string[]>> {
  const rows = await read.rows<{ month: Period; id: string }>(sql`
    select m.month, p.organisation_id as id
      from unnest(${[...months]}::text[], ${months.map(lastDayOf)}::date[]) as m(month, day)
      join organisation_period p on p.organisation_id = any(${[...ids]}::uuid[]) and p.valid_from <= m.day
                                and (p.valid_to is null or m.day < p.valid_to)`)
  return new Map(
    months.map((month) => [month, rows.filter((row) => row.month === month).map(({ id }) => id)]),
  )
}
