/** Reports of an organisation below put together for a longer period. */
import { expect, test } from 'vitest'
import { together, type SentReport } from './below.ts'
import { bookPeriod } from './book-period.ts'
import { inColumn, NO_FIGURES, totalOf } from './report.ts'

const sent = (name: string, collected: number, year: number, members = 10): SentReport => ({
  period: bookPeriod(name)!,
  report: inColumn('commune', {
    ...NO_FIGURES,
    '01': members,
    '02': collected,
    '03': year,
    '14': collected / 10,
  }),
})
const QUARTER = bookPeriod('2026-Q4')!

test('the report of the period itself comes first', () => {
  const all = [sent('2026-10', 100, 900), sent('2026-Q4', 777, 7777)]
  const found = together(all, QUARTER)
  expect('report' in found && totalOf(found.report)['02']).toBe(777)
})

test('months put together: money adds up, what stands at the end is the last one’s', () => {
  const all = [sent('2026-12', 30, 1160, 12), sent('2026-10', 100, 1100, 10), sent('2026-11', 30, 1130, 11)]
  const found = together(all, QUARTER)
  if (!('report' in found)) throw new Error('not together')
  expect(totalOf(found.report)).toMatchObject({ '01': 12, '02': 160, '03': 1160, '14': 3 })
})

test('a month that is missing is named, and nothing is guessed', () => {
  expect(together([sent('2026-10', 1, 1), sent('2026-12', 1, 1)], QUARTER)).toEqual({ missing: '2026-11' })
  expect(together([], QUARTER)).toEqual({ missing: '2026-10' })
  expect(together([sent('2026', 1, 1)], QUARTER)).toEqual({ missing: '2026-10' })
})

test('a year of quarters and months', () => {
  const all = ['2026-Q1', '2026-Q2', '2026-07', '2026-08', '2026-09', '2026-Q4'].map((name) =>
    sent(name, 10, 10),
  )
  const found = together(all, bookPeriod('2026')!)
  expect('report' in found && totalOf(found.report)['02']).toBe(60)
})
