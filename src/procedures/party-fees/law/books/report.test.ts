/** B01/ĐP: real figures of a police unit (domain 7.3, 11 C21), each formula broken once, and formulas under chance. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bookPeriod } from './book-period.ts'
import {
  addReports,
  checksOf,
  CODES,
  columnOf,
  EMPTY_REPORT,
  inColumn,
  levelOf,
  NO_FIGURES,
  totalOf,
  type Code,
  type Figures,
} from './report.ts'

const JUNE = bookPeriod('2026-06')!
const JANUARY = bookPeriod('2026-01')!

/** Cells collected 44 994 000, kept 18 893 200 and remitted 26 100 800; the base kept 18 270 560 and is to remit 7 830 240. */
const REAL: Figures = {
  '01': 210,
  '02': 44_994_000,
  '03': 44_994_000,
  '04': 37_163_760,
  '05': 18_893_200,
  '06': 18_270_560,
  '07': 0,
  '08': 37_163_760,
  '09': 18_893_200,
  '10': 18_270_560,
  '11': 0,
  '12': 7_830_240,
  '13': 7_830_240,
  '14': 0,
}
const wrong = (figures: Figures, period = JUNE) =>
  checksOf(inColumn('other', figures), period).filter(({ holds }) => !holds)

test('real figures: every formula holds, in the first period of the year too', () => {
  expect(wrong(REAL)).toEqual([])
  expect(wrong(REAL, JANUARY)).toEqual([])
})

test('each formula, broken by one đồng, is told with what stands there and what it should be', () => {
  const broken: [Code, string, Code][] = [
    ['04', 'retained-levels', '04'],
    ['05', 'retained-levels', '04'],
    ['06', 'retained-levels', '04'],
    ['07', 'retained-levels', '04'],
    ['08', 'retained-levels-year', '08'],
    ['11', 'retained-levels-year', '08'],
    ['02', 'to-remit', '12'],
    ['12', 'to-remit', '12'],
    ['03', 'to-remit-year', '13'],
    ['13', 'to-remit-year', '13'],
  ]
  for (const [code, name, at] of broken) {
    const found = wrong({ ...REAL, [code]: REAL[code] + 1 })
    expect(found, code).toContainEqual(expect.objectContaining({ name, at, holds: false }))
  }
  expect(wrong({ ...REAL, '12': 7_830_239 })).toContainEqual({
    name: 'to-remit',
    at: '12',
    holds: false,
    standsVnd: 7_830_239,
    formulaVnd: 7_830_240,
  })
})

test('since the start of the year is never less than the period, and the same in the first', () => {
  const less = { ...REAL, '03': 44_993_999 }
  expect(wrong(less).map(({ name }) => name)).toContain('year-not-less')
  const more = { ...REAL, '03': REAL['03'] + 10, '13': REAL['13'] + 10 }
  expect(wrong(more)).toEqual([])
  expect(wrong(more, JANUARY).map(({ name, at }) => [name, at])).toEqual([
    ['first-of-year', '03'],
    ['first-of-year', '13'],
  ])
})

test('two columns that are wrong by the same do not make each other right', () => {
  const report = {
    ...EMPTY_REPORT,
    commune: { ...REAL, '12': REAL['12'] + 5 },
    other: { ...REAL, '12': REAL['12'] - 5 },
  }
  const [found] = checksOf(report, JUNE).filter(({ holds }) => !holds)
  expect(found).toMatchObject({ name: 'to-remit', standsVnd: REAL['12'] + 5, formulaVnd: REAL['12'] })
})

const amount = fc.integer({ min: 0, max: 2 ** 40 })
/** Figures made by the formulas themselves. */
const figures = fc
  .record({
    people: amount,
    kept: fc.tuple(amount, amount, amount),
    rest: amount,
    before: fc.tuple(amount, amount, amount, amount),
  })
  .map(({ people, kept, rest, before }): Figures => {
    const retained = kept[0] + kept[1] + kept[2]
    const year = kept.map((each, index) => each + before[index]!)
    const retainedYear = year.reduce((all, each) => all + each, 0)
    const restYear = rest + before[3]
    const [five, six, seven] = kept
    const [nine = 0, ten = 0, eleven = 0] = year
    return {
      ...NO_FIGURES,
      '01': people,
      '02': retained + rest,
      '03': retainedYear + restYear,
      '04': retained,
      '05': five,
      '06': six,
      '07': seven,
      '08': retainedYear,
      '09': nine,
      '10': ten,
      '11': eleven,
      '12': rest,
      '13': restYear,
    }
  })

test('what holds for each holds for their sum, column by column', () => {
  fc.assert(
    fc.property(figures, figures, figures, (a, b, c) => {
      const sum = addReports(addReports(inColumn('commune', a), inColumn('other', b)), inColumn('commune', c))
      expect(checksOf(sum, JUNE).every(({ holds }) => holds)).toBe(true)
      for (const code of CODES) expect(totalOf(sum)[code]).toBe(a[code] + b[code] + c[code])
    }),
  )
})

test('any one figure of a formula that is another breaks a check', () => {
  const checked = CODES.filter((code) => code !== '01' && code !== '14')
  fc.assert(
    fc.property(figures, fc.constantFrom(...checked), fc.integer({ min: 1, max: 1000 }), (good, code, by) => {
      expect(wrong({ ...good, [code]: good[code] + by }).length).toBeGreaterThan(0)
    }),
  )
})

test('whose share is whose code, and whose cell stands in which column', () => {
  expect(
    ['cell', 'intermediate', 'grassroots', 'direct-superior', 'province', 'centre'].map(levelOf),
  ).toEqual(['cell', 'cell', 'base', 'above', 'above', 'above'])
  const cell = { id: '1', kind: 'cell', name: 'Chi bộ khu phố 3' }
  const commune = { id: '2', kind: 'commune', name: 'Đảng bộ Phường Tân Tạo' }
  const company = { id: '3', kind: 'grassroots-committee', name: 'Đảng bộ Công ty Cổ phần May' }
  const hospital = { id: '4', kind: 'grassroots-committee', name: 'Đảng bộ Bệnh viện 175' }
  const byDefault = [commune, company, hospital].map((above) => columnOf([cell, above]))
  expect(byDefault).toEqual(
    ['commune', 'enterprise', 'other'].map((column) => ({ column, saidOf: undefined })),
  )
})

test('what was said of an organisation holds for all below it, the nearest first, whatever the names are', () => {
  const cell = { id: '1', kind: 'cell', name: 'Chi bộ Phân xưởng 2' }
  const company = { id: '2', kind: 'grassroots-committee', name: 'Đảng bộ Dệt may Tân Tạo' }
  const commune = { id: '3', kind: 'commune', name: 'Đảng bộ Phường Tân Tạo' }
  const chain = [cell, company, commune]
  expect(columnOf(chain).column).toBe('commune')
  expect(columnOf(chain, new Map([['2', 'enterprise']]))).toEqual({ column: 'enterprise', saidOf: company })
  expect(
    columnOf(
      chain,
      new Map([
        ['3', 'commune'],
        ['2', 'enterprise'],
      ]),
    ).column,
  ).toBe('enterprise')
  const bank = { id: '4', kind: 'grassroots-committee', name: 'Đảng bộ Trường Đại học Ngân hàng' }
  expect(columnOf([bank]).column).toBe('enterprise')
  expect(columnOf([bank], new Map([['4', 'other']])).column).toBe('other')
})
