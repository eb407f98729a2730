/** S01/ĐP, a cell's ledger (sổ thu, nộp đảng phí): what part I and part II say of a month, from lines and the days things happened to them. */
import { lastDayOf, firstDayOf, type PlainDate } from '../../../../kernel/plain-date.ts'
import type { Period } from '../period.ts'
import { quarterOf } from './book-period.ts'

/** A line that is due, with the days on which it was made, replaced, paid and paid back. */
export interface BookLine {
  readonly memberId: string
  readonly period: Period
  readonly number: number
  readonly baseVnd: number | null
  readonly amountVnd: number
  readonly madeOn: PlainDate
  readonly replacedOn: PlainDate | null
  readonly paidOn: PlainDate | null
  readonly refundedOn: PlainDate | null
}

/** A member in part I. */
export interface CollectionRow {
  readonly memberId: string
  /** column 3: X, income and fee stay blank */
  readonly exempt: boolean
  readonly baseVnd: number | null
  /** columns 6 to 10; 8 = 6 + 7, 10 = 8 − 9 */
  readonly dueVnd: number
  readonly earlierVnd: number
  readonly totalVnd: number
  readonly collectedVnd: number
  readonly unpaidVnd: number
}

/** Whether a line stands at the end of a day: made, and not replaced by then. */
const stands = ({ madeOn, replacedOn }: BookLine, day: PlainDate): boolean =>
  madeOn <= day && (replacedOn === null || replacedOn > day)

/** Whether it is paid at the end of a day, and not paid back by then. */
const isPaid = ({ paidOn, refundedOn }: BookLine, day: PlainDate): boolean =>
  paidOn !== null && paidOn <= day && (refundedOn === null || refundedOn > day)

/**
 * Part I of a month, as it stood at the end of `cut`: its lines of that day, whatever replaced them later. A line paid in an
 * earlier month is settled and no longer due; one that was paid back is due again by the line that replaced it. Members
 * without any line have none of the figures.
 */
export function collectionRows(
  lines: readonly BookLine[],
  month: Period,
  cut: PlainDate,
): Map<string, CollectionRow> {
  const begin = firstDayOf(month)
  const byMember = grouped(
    lines.filter((line) => stands(line, cut)),
    ({ memberId }) => memberId,
  )
  const rows = new Map<string, CollectionRow>()
  for (const [memberId, own] of byMember) {
    const ofMonth = own.filter(({ period }) => period === month)
    const due = own.filter(
      (line) =>
        !(line.paidOn !== null && line.paidOn < begin && isPaid(line, cut)) &&
        (line.period <= month || isPaid(line, cut)),
    )
    const sum = (some: readonly BookLine[]) => some.reduce((all, { amountVnd }) => all + amountVnd, 0)
    const earlierVnd = sum(due.filter(({ period }) => period < month))
    const dueVnd = sum(due) - earlierVnd
    const collectedVnd = sum(due.filter((line) => isPaid(line, cut)))
    const exempt = ofMonth.length > 0 && sum(ofMonth) === 0
    if (ofMonth.length === 0 && dueVnd + earlierVnd === 0) continue
    const totalVnd = dueVnd + earlierVnd
    const baseVnd = exempt ? null : (ofMonth.toSorted((a, b) => b.number - a.number)[0]?.baseVnd ?? null)
    rows.set(memberId, {
      memberId,
      exempt,
      baseVnd,
      dueVnd,
      earlierVnd,
      totalVnd,
      collectedVnd,
      unpaidVnd: totalVnd - collectedVnd,
    })
  }
  return rows
}

/** What the lines say of a month in part II; what was collected is the ledger's. */
export interface MonthSum {
  readonly month: Period
  readonly exempt: number
  readonly unpaidVnd: number
}

export function monthSum(lines: readonly BookLine[], month: Period, today: PlainDate): MonthSum {
  const last = lastDayOf(month)
  const rows = [...collectionRows(lines, month, today < last ? today : last).values()]
  return {
    month,
    exempt: rows.filter(({ exempt }) => exempt).length,
    unpaidVnd: rows.reduce((all, { unpaidVnd }) => all + unpaidVnd, 0),
  }
}

/** A line of part II. */
export interface RemittanceRow extends MonthSum {
  readonly members: number
  /** by the day of the money, what was paid back taken off */
  readonly collectedVnd: number
  readonly retainedVnd: number
  readonly toRemitVnd: number
  readonly remittedVnd: number
  /** not yet remitted = to remit − remitted */
  readonly notRemittedVnd: number
  readonly remittedOn: PlainDate | null
  readonly receiver: string | null
}

type Sums = Pick<
  RemittanceRow,
  | 'members'
  | 'exempt'
  | 'unpaidVnd'
  | 'collectedVnd'
  | 'retainedVnd'
  | 'toRemitVnd'
  | 'remittedVnd'
  | 'notRemittedVnd'
>

/** People, and what is not yet paid, are those at the end of the last month; money that moved is added up. */
export function subtotalOf(rows: readonly RemittanceRow[]): Sums {
  const last = rows.at(-1)
  const sum = (key: keyof Sums) => rows.reduce((all, row) => all + row[key], 0)
  return {
    members: last?.members ?? 0,
    exempt: last?.exempt ?? 0,
    unpaidVnd: last?.unpaidVnd ?? 0,
    collectedVnd: sum('collectedVnd'),
    retainedVnd: sum('retainedVnd'),
    toRemitVnd: sum('toRemitVnd'),
    remittedVnd: sum('remittedVnd'),
    notRemittedVnd: sum('notRemittedVnd'),
  }
}

/** The rows of a year in order, each quarter followed by its subtotal. */
export function byQuarter(
  rows: readonly RemittanceRow[],
): { readonly quarter: string; readonly rows: readonly RemittanceRow[]; readonly subtotal: Sums }[] {
  return [...grouped(rows, ({ month }) => quarterOf(month))].map(([quarter, own]) => ({
    quarter,
    rows: own,
    subtotal: subtotalOf(own),
  }))
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const own = groups.get(key)
    if (own) own.push(item)
    else groups.set(key, [item])
  }
  return groups
}
