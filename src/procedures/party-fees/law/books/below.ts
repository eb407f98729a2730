/** What an organisation below says of a period by the reports it sent: one of the period itself, or those of its parts put together. */
import { addToMonth } from '../../../../kernel/plain-date.ts'
import { periodsFrom, type Period } from '../period.ts'
import type { BookPeriod } from './book-period.ts'
import { addReports, COLUMNS, EMPTY_REPORT, type Code, type Figures, type Report } from './report.ts'

/** Whole months. */
export type Months = Pick<BookPeriod, 'from' | 'until'>

export interface SentReport {
  readonly period: Months
  readonly report: Report
}

/** Money that moved in the period is added up; what stands at its end, or since the start of the year, is the last one's. */
const OF_PERIOD: readonly Code[] = ['02', '04', '05', '06', '07', '12']

/** Put together, or the first month nothing was sent for. */
export type Together = { readonly report: Report } | { readonly missing: Period }

const ofVery = (sent: readonly SentReport[], { from, until }: Months): Report | undefined =>
  sent.find(({ period }) => period.from === from && period.until === until)?.report

export function together(sent: readonly SentReport[], asked: Months): Together {
  const whole = ofVery(sent, asked)
  if (whole) return { report: whole }
  const parts: Report[] = []
  for (let month = asked.from; month <= asked.until;) {
    const next = sent
      .filter(({ period }) => period.from === month && period.until <= asked.until)
      .toSorted((a, b) => (a.period.until < b.period.until ? 1 : -1))[0]
    if (!next) return { missing: month }
    parts.push(next.report)
    month = addToMonth(next.period.until, 1)
  }
  return { report: oneAfterTheOther(parts) }
}

function oneAfterTheOther(parts: readonly Report[]): Report {
  const last = parts.at(-1) ?? EMPTY_REPORT
  const sum = (figures: readonly Figures[], end: Figures): Figures => ({
    ...end,
    ...(Object.fromEntries(
      OF_PERIOD.map((code) => [code, figures.reduce((all, each) => all + each[code], 0)]),
    ) as Record<Code, number>),
  })
  return Object.fromEntries(
    COLUMNS.map((column) => [
      column,
      sum(
        parts.map((report) => report[column]),
        last[column],
      ),
    ]),
  ) as unknown as Report
}

/**
 * The same of an organisation that others went into: its own report of the period, which tells of them, or of each stretch of
 * months what those sent that were there then.
 *
 * @param there whose reports a month has, of the organisation and those that went into it; nobody where it was split off later
 */
export function togetherOf(
  sent: ReadonlyMap<string, readonly SentReport[]>,
  organisationId: string,
  asked: Months,
  there: (month: Period) => readonly string[],
): Together {
  const whole = ofVery(sent.get(organisationId) ?? [], asked)
  if (whole) return { report: whole }
  const parts: Report[] = []
  for (const { ids, ...months } of stretches(asked, there)) {
    let sum = EMPTY_REPORT
    for (const id of ids) {
      const said = together(sent.get(id) ?? [], months)
      if ('missing' in said) return said
      sum = addReports(sum, said.report)
    }
    parts.push(sum)
  }
  return { report: oneAfterTheOther(parts) }
}

interface Stretch extends Months {
  readonly ids: readonly string[]
}

/** Months one after the other in which the same ones were there. */
function stretches({ from, until }: Months, there: (month: Period) => readonly string[]): Stretch[] {
  const found: Stretch[] = []
  for (const month of periodsFrom(from, until)) {
    const ids = [...there(month)].toSorted()
    const before = found.at(-1)
    if (before && before.ids.join(' ') === ids.join(' '))
      found[found.length - 1] = { ...before, until: month }
    else found.push({ from: month, until: month, ids })
  }
  return found
}
