/** B01/ĐP sent to the organisation above: its figures kept as they were, with the sealed paper. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { firstDayOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { PaperServices } from '../../../papers/issue.ts'
import type { Handling } from '../assessing/lines.ts'
import { isOver, lastDayIn, type BookPeriod } from '../law/books/book-period.ts'
import { checksOf, CODES, totalOf, type Report } from '../law/books/report.ts'
import { COMMITTEE_HANDLERS } from '../law/who.ts'
import { bookPaper } from './book-papers.ts'
import { reportOf, requireThere, unitOf } from './figures.ts'
import { reportBook } from './tables.ts'

export interface SentByUs {
  readonly number: number
  readonly sentOn: PlainDate
  readonly report: Report
}

/** The latest of a period that this organisation sent. */
export function lastSent(
  read: Read,
  organisationId: string,
  { name }: BookPeriod,
): Promise<SentByUs | undefined> {
  return read.maybe<SentByUs>(sql`
    select r.number, r.sent_on as "sentOn", r.report from fee_report r
     where r.organisation_id = ${organisationId} and r.period_name = ${name} order by r.number desc limit 1`)
}

/** The codes whose sums differ. */
export function codesChanged(before: Report, after: Report): string[] {
  const [old, now] = [totalOf(before), totalOf(after)]
  return CODES.filter((code) => old[code] !== now[code])
}

/**
 * Sends a period that is over; formulas that do not hold go with it. The same act again sends nothing.
 *
 * @throws Refusal against-rule `party-fees.period-not-over`, `party-fees.period-before-unit`; conflict `party-fees.report-unchanged`
 */
export async function sendReport(
  write: Write,
  services: PaperServices,
  sent: { readonly commandId: string; readonly period: BookPeriod; readonly makerName: string },
  { cell, by, at, today }: Handling,
): Promise<void> {
  const { commandId, period, makerName } = sent
  if (await write.maybe(sql`select 1 from fee_report where id = ${commandId} and organisation_id = ${cell}`))
    return
  if (!isOver(period, today)) throw new Refusal('against-rule', 'party-fees.period-not-over')
  const unit = await unitOf(write, cell, lastDayIn(period))
  requireThere(unit, period)
  const found = await reportOf(write, unit, period, today)
  const before = await lastSent(write, cell, period)
  if (before && codesChanged(before.report, found.report).length === 0)
    throw new Refusal('conflict', 'party-fees.report-unchanged')
  const book = reportBook(found, period, 'vi', unit.holdsMembers)
  const maker = { id: by, name: makerName }
  const paper = await bookPaper(write, services, { book, unit, period, maker }, at)
  const superior = unit.chain[1]?.id ?? null
  const failed = checksOf(found.report, period).filter(({ holds }) => !holds).length
  await write.run(sql`
    insert into fee_report (id, organisation_id, superior_id, period_name, from_month, until_month, number, report, failed, paper_id,
                            sent_by, sent_on, sent_at)
    values (${commandId}, ${cell}, ${superior}, ${period.name}, ${firstDayOf(period.from)}, ${firstDayOf(period.until)},
            ${(before?.number ?? 0) + 1}, ${JSON.stringify(found.report)}, ${failed}, ${paper.id}, ${by}, ${today}, ${at})`)
  if (superior)
    await recordNotice(write, {
      to: { organisationId: superior, positions: COMMITTEE_HANDLERS },
      code: 'party-fees.report-sent',
      facts: { period: period.name, unit: unit.name },
      at,
    })
}
