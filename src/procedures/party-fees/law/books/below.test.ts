/** Reports of an organisation below put together for a longer period. */
import { expect, test } from 'vitest'
import { together, togetherOf, type SentReport } from './below.ts'
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

test('two that became one in the second month: the first is what the two sent, and the sum is the new one’s from then on', () => {
  const all = new Map([
    ['old', [sent('2026-10', 100, 900, 6)]],
    ['other', [sent('2026-10', 40, 400, 5)]],
    ['new', [sent('2026-11', 30, 1330, 11), sent('2026-12', 20, 1350, 12)]],
  ])
  const there = (month: string) => (month < '2026-11' ? ['other', 'old'] : ['new'])
  const found = togetherOf(all, 'new', QUARTER, there)
  if (!('report' in found)) throw new Error('not together')
  expect(totalOf(found.report)).toMatchObject({ '01': 12, '02': 190, '03': 1350 })
  all.delete('other')
  expect(togetherOf(all, 'new', QUARTER, there)).toEqual({ missing: '2026-10' })
  // Its own report of the whole period tells of the two already.
  all.set('new', [sent('2026-Q4', 7, 7)])
  expect(togetherOf(all, 'new', QUARTER, there)).toEqual({ report: sent('2026-Q4', 7, 7).report })
})

test('months in which it was not there, and nobody whose books it goes on with, say nothing', () => {
  const all = new Map([['split', [sent('2026-12', 30, 30)]]])
  const found = togetherOf(all, 'split', QUARTER, (month) => (month < '2026-12' ? [] : ['split']))
  expect('report' in found && totalOf(found.report)).toMatchObject({ '02': 30, '03': 30 })
})
