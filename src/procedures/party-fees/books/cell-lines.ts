/** What a cell's ledger (S01/ĐP) is read from: its lines with their days, whom it counts, what it remitted. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { guestPayers } from '../../../registry/guests/store.ts'
import { countedOn } from '../../../registry/day.ts'
import {
  collectionRows,
  monthSum,
  type BookLine,
  type CollectionRow,
  type RemittanceRow,
} from '../law/books/cell-ledger.ts'
import { cutOff, firstDayIn, lastDayIn, monthsIn, type BookPeriod } from '../law/books/book-period.ts'
import { firstDayOfPeriod, lastDayOfPeriod, type Period } from '../law/period.ts'
import { byBooks, handedAcross, type Continued } from './continued.ts'
import { remittancesOf } from './remittances.ts'

/** Lines that say anything of the period: those settled or replaced before it began are left out. */
export function linesOfCell(
  read: Read,
  cells: readonly string[],
  from: PlainDate,
  until: PlainDate,
): Promise<BookLine[]> {
  return read.rows<BookLine>(sql`
    select l.member_id as "memberId", to_char(l.period, 'YYYY-MM') as period, l.number, l.base_vnd as "baseVnd",
           l.amount_vnd as "amountVnd", l.made_on as "madeOn", r.made_on as "replacedOn", p.on_day as "paidOn", b.on_day as "refundedOn"
      from fee_line l
      left join fee_line r on r.member_id = l.member_id and r.period = l.period and r.replaces = l.number
      left join ledger_transfer p on p.kind = 'paid' and p.member_id = l.member_id and p.period = l.period and p.line = l.number
      left join ledger_transfer b on b.kind = 'refunded' and b.member_id = l.member_id and b.period = l.period and b.line = l.number
     where l.organisation_id = any(${[...cells]}::uuid[]) and l.made_on <= ${until}::date and (r.made_on is null or r.made_on >= ${from}::date or b.on_day >= ${from}::date)
       and (p.on_day is null or p.on_day >= ${from}::date or l.period >= ${from}::date or b.on_day >= ${from}::date)`)
}

export interface NamedRow extends CollectionRow {
  readonly fullName: string
  /** false: counted, and without any line that is due */
  readonly lined: boolean
  /** of another cell, on a temporary stay here */
  readonly guest: boolean
  /** counted here, and another cell collects the month */
  readonly elsewhere: boolean
}

/** Part I of a month: everybody the cell, or one that went into it, counted at its end, and whoever has a line there, guests too; in the order of name lists. */
export async function collectionOf(
  read: Read,
  cells: readonly string[],
  month: Period,
  today: PlainDate,
  /** read already, of a period that has the month in it */
  lines?: readonly BookLine[],
): Promise<NamedRow[]> {
  const [first, last] = [firstDayOfPeriod(month), lastDayOfPeriod(month)]
  const cut = today < last ? today : last
  const rows = collectionRows(lines ?? (await linesOfCell(read, cells, first, cut)), month, cut)
  const people = await read.rows<{
    id: string
    fullName: string
    counted: boolean
    linedHere: boolean
    linedElsewhere: boolean
  }>(sql`
    select m.id, m.full_name as "fullName",
           exists (select from membership s
                    where s.member_id = m.id and s.organisation_id = any(${[...cells]}::uuid[]) and s.standing = 'active' and ${countedOn('s', cut)}) as counted,
           exists (select from fee_line l
                    where l.member_id = m.id and l.period = ${first}::date and l.organisation_id = any(${[...cells]}::uuid[])) as "linedHere",
           exists (select from fee_line l
                    where l.member_id = m.id and l.period = ${first}::date and l.organisation_id <> all(${[...cells]}::uuid[])) as "linedElsewhere"
      from member m
     where m.id = any(${[...rows.keys()]}::uuid[])
        or m.id in (select s.member_id from membership s
                     where s.organisation_id = any(${[...cells]}::uuid[]) and s.standing = 'active' and ${countedOn('s', cut)})
     order by m.sort_key, m.id`)
  const nothing = { exempt: false, baseVnd: null, dueVnd: 0, earlierVnd: 0, totalVnd: 0 }
  const guests = await guestPayers(read, month, today, { members: people.map(({ id }) => id) })
  return people.map(({ id, fullName, counted, linedHere, linedElsewhere }) => {
    const host = guests.get(id)
    const here = host !== undefined && cells.includes(host)
    return {
      ...(rows.get(id) ?? { ...nothing, memberId: id, collectedVnd: 0, unpaidVnd: 0 }),
      fullName,
      lined: rows.has(id),
      guest: here && !counted,
      elsewhere: counted && !linedHere && (linedElsewhere || (host !== undefined && !here)),
    }
  })
}

/** How many members organisations count on a day, by organisation. */
export async function membersOn(
  read: Read,
  organisations: readonly string[],
  day: PlainDate,
): Promise<ReadonlyMap<string, number>> {
  const rows = await read.rows<{ id: string; members: number }>(sql`
    select s.organisation_id as id, count(*) as members from membership s
     where s.organisation_id = any(${[...organisations]}::uuid[]) and s.standing = 'active' and ${countedOn('s', day)}
     group by s.organisation_id`)
  return new Map(rows.map(({ id, members }) => [id, members]))
}

/**
 * Fees that cells, and those that went into them, received between two days: by the day of the money, what was paid back taken
 * off. Asked of the ledger and not of lines: where one ended into several, another than who has its lines may pay its money back.
 */
export async function receivedBy(
  read: Read,
  continued: Continued,
  from: PlainDate,
  until: PlainDate,
): Promise<Map<string, number>> {
  const rows = await read.rows<{ id: string; received: number }>(sql`
    select t.debit_owner as id, sum(case t.kind when 'paid' then t.amount_vnd else -t.amount_vnd end)::bigint as received
      from ledger_transfer t
     where t.debit_owner = any(${[...continued.keys()]}::uuid[]) and t.on_day between ${from}::date and ${until}::date
       and t.kind in ('paid', 'refunded')
     group by t.debit_owner`)
  return byBooks(new Map(rows.map(({ id, received }) => [id, received])), continued)
}

/** What they collected: what they received, and what went across between them and others. The one source of S01 and B01. */
export async function collectedBy(
  read: Read,
  continued: Continued,
  from: PlainDate,
  until: PlainDate,
): Promise<ReadonlyMap<string, number>> {
  const collected = await receivedBy(read, continued, from, until)
  for (const { id, amountVnd } of await handedAcross(read, continued, from, until))
    collected.set(id, (collected.get(id) ?? 0) + amountVnd)
  return collected
}

/** Part II: the months of a year up to the end of the period, those that have not begun left out. */
export async function remittanceRowsOf(
  read: Read,
  continued: Continued,
  period: BookPeriod,
  today: PlainDate,
): Promise<RemittanceRow[]> {
  const cells = [...continued.keys()]
  const cut = cutOff(period, today)
  const months = monthsIn(period).filter((month) => firstDayOfPeriod(month) <= today)
  const lines = await linesOfCell(read, cells, firstDayIn(period), cut)
  const made = await remittancesOf(read, cells, firstDayIn(period), lastDayIn(period))
  const rows: RemittanceRow[] = []
  for (const month of months) {
    const last = lastDayOfPeriod(month)
    const day = today < last ? today : last
    const own = made.filter((each) => each.period === month)
    const sent = own.filter(({ sentOn }) => sentOn !== null)
    const sum = (some: typeof own, key: 'keepVnd' | 'remitVnd') =>
      some.reduce((all, each) => all + each[key], 0)
    const toRemitVnd = sum(own, 'remitVnd')
    const remittedVnd = sum(sent, 'remitVnd')
    const collected = await collectedBy(read, continued, firstDayOfPeriod(month), day)
    const counted = await membersOn(read, cells, day)
    rows.push({
      ...monthSum(lines, month, today),
      collectedVnd: [...collected.values()].reduce((all, each) => all + each, 0),
      members: [...counted.values()].reduce((all, each) => all + each, 0),
      retainedVnd: sum(own, 'keepVnd'),
      toRemitVnd,
      remittedVnd,
      notRemittedVnd: toRemitVnd - remittedVnd,
      remittedOn: sent.at(-1)?.sentOn ?? null,
      receiver: sent.at(-1)?.receiver ?? null,
    })
  }
  return rows
}
