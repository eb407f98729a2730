/** What an organisation below says of a period by the reports it sent: one of the period itself, or those of its parts put together. */
import { addToMonth } from '../../../../kernel/plain-date.ts'
import type { Period } from '../period.ts'
import type { BookPeriod } from './book-period.ts'
import { COLUMNS, type Code, type Figures, type Report } from './report.ts'

export interface SentReport {
  readonly period: BookPeriod
  readonly report: Report
}

/** Money that moved in the period is added up; what stands at its end, or since the start of the year, is the last one's. */
const OF_PERIOD: readonly Code[] = ['02', '04', '05', '06', '07', '12']

/** Put together, or the first month nothing was sent for. */
export type Together = { readonly report: Report } | { readonly missing: Period }

export function together(sent: readonly SentReport[], asked: BookPeriod): Together {
  const whole = sent.find(({ period }) => period.name === asked.name)
  if (whole) return { report: whole.report }
  const parts: SentReport[] = []
  for (let month = asked.from; month <= asked.until;) {
    const next = sent
      .filter(({ period }) => period.from === month && period.until <= asked.until)
      .toSorted((a, b) => (a.period.until < b.period.until ? 1 : -1))[0]
    if (!next) return { missing: month }
    parts.push(next)
    month = addToMonth(next.period.until, 1)
  }
  const last = parts.at(-1)!.report
  const sum = (figures: readonly Figures[], end: Figures): Figures => ({
    ...end,
    ...(Object.fromEntries(
      OF_PERIOD.map((code) => [code, figures.reduce((all, each) => all + each[code], 0)]),
    ) as Record<Code, number>),
  })
  return {
    report: Object.fromEntries(
      COLUMNS.map((column) => [
        column,
        sum(
          parts.map(({ report }) => report[column]),
          last[column],
        ),
      ]),
    ) as unknown as Report,
  }
}
