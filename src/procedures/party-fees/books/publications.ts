/** What a cell makes public (công khai) to its members: B01/ĐP and part II of S01/ĐP of a period, kept as they were, with sealed papers. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { firstDayOf, type Language, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { settingsOn } from '../../../kernel/settings.ts'
import type { PaperServices } from '../../../papers/issue.ts'
import { countedOn } from '../../../registry/day.ts'
import type { Handling } from '../assessing/lines.ts'
import { cutOff, isOver, lastDayIn, type BookPeriod } from '../law/books/book-period.ts'
import type { RemittanceRow } from '../law/books/cell-ledger.ts'
import { totalOf, type Report } from '../law/books/report.ts'
import type { Book } from './book.ts'
import { bookPaper } from './book-papers.ts'
import { collectionOf, remittanceRowsOf } from './cell-lines.ts'
import { booksOfUnit, reportOf, requireThere, unitOf } from './figures.ts'
import { sinceYearBegin } from './open-book.ts'
import { codesChanged } from './reports.ts'
import { PUBLISHED_OF_MEMBERS } from './settings.ts'
import { remittanceBook, reportBook } from './tables.ts'

/** A member as made public: never with an amount. */
export interface PublishedMember {
  readonly fullName: string
  readonly state: 'paid' | 'unpaid' | 'exempt'
}

/** What is kept, from which the page is made in either language. */
export interface Published {
  readonly report: Report
  readonly rows: readonly RemittanceRow[]
  /** absent where the setting of the day said sums alone */
  readonly members?: readonly PublishedMember[]
}

/** Code or month, before and after. */
export interface PublishedChange {
  readonly code: string
  readonly before: number
  readonly after: number
}

export interface Publication {
  readonly id: string
  readonly period: string
  readonly number: number
  readonly publishedOn: PlainDate
  readonly published: Published
  readonly changes: readonly PublishedChange[]
  readonly reason: string | null
  readonly reportSha256: string
  readonly ledgerSha256: string
}

const SELECT = sql`
  select f.id, f.period_name as period, f.number, f.published_on as "publishedOn", f.books as published, f.changes, f.reason,
         r.sha256 as "reportSha256", l.sha256 as "ledgerSha256"
    from fee_publication f join paper r on r.id = f.report_paper_id join paper l on l.id = f.ledger_paper_id`

/** The latest of each period, the latest period first. */
export function publicationsOf(read: Read, cell: string): Promise<Omit<Publication, 'published'>[]> {
  return read.rows<Publication>(sql`
    select p.* from (
      select distinct on (f.period_name) f.id, f.period_name as period, f.number, f.published_on as "publishedOn", f.changes, f.reason,
             f.until_month
        from fee_publication f where f.organisation_id = ${cell} order by f.period_name, f.number desc) p
     order by p.until_month desc, p.period desc limit 60`)
}

/** Of a period, the latest unless another is asked for. */
export function findPublication(
  read: Read,
  cell: string,
  period: string,
  number?: number,
): Promise<Publication | undefined> {
  return read.maybe<Publication>(sql`
    ${SELECT} where f.organisation_id = ${cell} and f.period_name = ${period}
       and (${number ?? null}::smallint is null or f.number = ${number ?? null}::smallint)
     order by f.number desc limit 1`)
}

/** The cell that counts a member today. */
export async function cellOf(read: Read, memberId: string, day: PlainDate): Promise<string | undefined> {
  const row = await read.maybe<{ id: string }>(sql`
    select s.organisation_id as id from membership s
     where s.member_id = ${memberId} and s.standing = 'active' and ${countedOn('s', day)} limit 1`)
  return row?.id
}

/** The figures of every code and of the last month's row that differ; who reads it sees what was put right. */
export function changesBetween(before: Published, after: Published): PublishedChange[] {
  const [old, now] = [totalOf(before.report), totalOf(after.report)]
  const codes = codesChanged(before.report, after.report) as (keyof typeof old)[]
  const rows = after.rows.flatMap((row) => {
    const was = before.rows.find(({ month }) => month === row.month)
    const keys = ['unpaidVnd', 'collectedVnd', 'retainedVnd', 'toRemitVnd', 'remittedVnd'] as const
    return keys.flatMap((key) =>
      was && was[key] !== row[key]
        ? [{ code: `${row.month} ${key}`, before: was[key], after: row[key] }]
        : [],
    )
  })
  return [...codes.map((code) => ({ code, before: old[code], after: now[code] })), ...rows]
}

/** The two tables of a publication. */
export function publishedBooks(
  { report, rows }: Published,
  period: BookPeriod,
  language: Language,
): readonly Book[] {
  return [
    reportBook({ report }, period, language, true),
    remittanceBook(rows, sinceYearBegin(period), language),
  ].map((book) => ({ ...book, rows: book.rows.map(({ behind: _behind, ...row }) => row) }))
}

export async function toPublish(
  read: Read,
  cell: string,
  period: BookPeriod,
  today: PlainDate,
): Promise<Published> {
  const unit = await unitOf(read, cell, cutOff(period, today))
  const [{ report }, rows, settings] = await Promise.all([
    reportOf(read, unit, period, today),
    remittanceRowsOf(read, unit.continued, sinceYearBegin(period), today),
    settingsOn(read, today),
  ])
  if (settings.get(PUBLISHED_OF_MEMBERS) === 'sums') return { report, rows }
  const people = await collectionOf(read, booksOfUnit(unit), period.until, today)
  // A cell makes public what it collects of its own: a guest's is the other cell's to tell, and of who pays elsewhere nothing is known.
  const own = people.filter(({ guest, elsewhere, unpaidVnd }) => !guest && (!elsewhere || unpaidVnd > 0))
  const members = own.map(({ fullName, exempt, unpaidVnd }): PublishedMember => ({
    fullName,
    state: unpaidVnd > 0 ? 'unpaid' : exempt ? 'exempt' : 'paid',
  }))
  return { report, rows, members }
}

/**
 * Makes a period that is over public to the cell's members, who are told. Again with other figures, it says what changed and why.
 * The same act again does nothing.
 *
 * @throws Refusal against-rule `party-fees.period-not-over`, `party-fees.publish-cells-only`, `party-fees.period-before-unit`; conflict
 *   `party-fees.publication-unchanged`; invalid `party-fees.publication-reason`
 */
export async function publish(
  write: Write,
  services: PaperServices,
  asked: {
    readonly commandId: string
    readonly period: BookPeriod
    readonly reason: string | undefined
    readonly makerName: string
  },
  { cell, by, at, today }: Handling,
): Promise<void> {
  const { commandId, period, reason, makerName } = asked
  if (
    await write.maybe(
      sql`select 1 from fee_publication where id = ${commandId} and organisation_id = ${cell}`,
    )
  )
    return
  if (!isOver(period, today)) throw new Refusal('against-rule', 'party-fees.period-not-over')
  const unit = await unitOf(write, cell, lastDayIn(period))
  if (!unit.holdsMembers) throw new Refusal('against-rule', 'party-fees.publish-cells-only')
  requireThere(unit, period)
  const published = await toPublish(write, cell, period, today)
  const before = await findPublication(write, cell, period.name)
  const changes = before ? changesBetween(before.published, published) : []
  if (before && changes.length === 0) throw new Refusal('conflict', 'party-fees.publication-unchanged')
  if (before && !reason) throw new Refusal('invalid', 'party-fees.publication-reason')
  const papers = []
  for (const book of publishedBooks(published, period, 'vi'))
    papers.push(
      await bookPaper(write, services, { book, unit, period, maker: { id: by, name: makerName } }, at),
    )
  await write.run(sql`
    insert into fee_publication (id, organisation_id, period_name, until_month, number, books, changes, reason, report_paper_id,
                                 ledger_paper_id, names_members, published_by, published_on, published_at)
    values (${commandId}, ${cell}, ${period.name}, ${firstDayOf(period.until)}, ${(before?.number ?? 0) + 1}, ${JSON.stringify(published)},
            ${JSON.stringify(changes)}, ${before ? reason! : null}, ${papers[0]!.id}, ${papers[1]!.id},
            ${published.members !== undefined}, ${by}, ${today}, ${at})`)
  const members = await write.rows<{ id: string }>(sql`
    select s.member_id as id from membership s
     where s.organisation_id = ${cell} and s.standing = 'active' and ${countedOn('s', today)}`)
  for (const { id } of members)
    await recordNotice(write, {
      to: { memberId: id },
      code: before ? 'party-fees.published-again' : 'party-fees.published',
      facts: { period: period.name },
      at,
    })
}
