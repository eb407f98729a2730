/** B01/ĐP, the report on collection and remittance (báo cáo thu, nộp đảng phí): its codes, its formulas, and the checks of them. */
import type { BookPeriod } from './book-period.ts'
import { isFirstOfYear } from './book-period.ts'

/** The indicators of the form, by their codes (mã số). */
export const CODES = [
  '01',
  '02',
  '03',
  '04',
  '05',
  '06',
  '07',
  '08',
  '09',
  '10',
  '11',
  '12',
  '13',
  '14',
] as const
export type Code = (typeof CODES)[number]

/** Columns 1, 2 and 3 of the form: which committees the cells stand under; column 4 is their sum. */
export const COLUMNS = ['commune', 'enterprise', 'other'] as const
export type ReportColumn = (typeof COLUMNS)[number]

export type Figures = Readonly<Record<Code, number>>
export type Report = Readonly<Record<ReportColumn, Figures>>

export const NO_FIGURES: Figures = Object.fromEntries(CODES.map((code) => [code, 0])) as Record<Code, number>
export const EMPTY_REPORT: Report = { commune: NO_FIGURES, enterprise: NO_FIGURES, other: NO_FIGURES }

export function addFigures(a: Figures, b: Figures): Figures {
  return Object.fromEntries(CODES.map((code) => [code, a[code] + b[code]])) as Record<Code, number>
}

/** Column 4 = 1 + 2 + 3. */
export const totalOf = (report: Report): Figures =>
  COLUMNS.map((column) => report[column]).reduce(addFigures, NO_FIGURES)

export function addReports(a: Report, b: Report): Report {
  return {
    commune: addFigures(a.commune, b.commune),
    enterprise: addFigures(a.enterprise, b.enterprise),
    other: addFigures(a.other, b.other),
  }
}

/** The figures stand in one column. */
export const inColumn = (column: ReportColumn, figures: Figures): Report => ({
  ...EMPTY_REPORT,
  [column]: figures,
})

/** Whose share it is: the code of the period, and that of the year so far. */
export type Level = 'cell' | 'base' | 'above'
export const LEVEL_CODES: Readonly<Record<Level, readonly [period: Code, year: Code]>> = {
  cell: ['05', '09'],
  base: ['06', '10'],
  above: ['07', '11'],
}

/** The level of an organisation by its tier in the registry: a base cell (chi bộ cơ sở) keeps its share as a base organisation. */
export function levelOf(tier: string): Level {
  if (tier === 'cell' || tier === 'intermediate') return 'cell'
  return tier === 'grassroots' ? 'base' : 'above'
}

/** Words by which an enterprise is told where nobody said what it is [I]. */
const ENTERPRISE = /(?:^|\s)(?:công ty|tập đoàn|doanh nghiệp|ngân hàng|hợp tác xã)(?:\s|$)/iu

/** An organisation, as far as its column depends on it. */
export interface ColumnPlace {
  readonly id: string
  readonly kind: string
  readonly name: string
}

/** A column, and whether somebody said it, of which organisation; else the kinds above and the names tell. */
export interface ColumnFound {
  readonly column: ReportColumn
  readonly saidOf: ColumnPlace | undefined
}

/**
 * The column of an organisation, by those from itself up: what was said of the nearest one. Where nothing was said, an enterprise
 * is told by its name, for the registry has no kind for it; else under a commune 1, and 3 for all others.
 */
export function columnOf(
  chain: readonly ColumnPlace[],
  said: ReadonlyMap<string, ReportColumn> = new Map(),
): ColumnFound {
  for (const saidOf of chain) {
    const column = said.get(saidOf.id)
    if (column) return { column, saidOf }
  }
  const isEnterprise = chain.some(({ name }) => ENTERPRISE.test(name))
  const isCommune = chain.some(({ kind }) => kind === 'commune')
  return { column: isEnterprise ? 'enterprise' : isCommune ? 'commune' : 'other', saidOf: undefined }
}

/** The formulas of the form. */
export const CHECKS = [
  'retained-levels',
  'retained-levels-year',
  'to-remit',
  'to-remit-year',
  'year-not-less',
  'first-of-year',
] as const
export type CheckName = (typeof CHECKS)[number]

export interface Check {
  readonly name: CheckName
  readonly holds: boolean
  /** the code the reader should look at */
  readonly at: Code
  /** what stands there, and what the formula gives */
  readonly standsVnd: number
  readonly formulaVnd: number
}

interface Pair {
  readonly at: Code
  readonly holds: (f: Figures) => boolean
  readonly formula: (f: Figures) => number
}

const equals = (at: Code, formula: (f: Figures) => number): Pair => ({
  at,
  holds: (f) => f[at] === formula(f),
  formula,
})
const yearPairs: readonly (readonly [year: Code, period: Code])[] = [
  ['03', '02'],
  ['08', '04'],
  ['13', '12'],
]

const FORMULAS: Readonly<Record<CheckName, readonly Pair[]>> = {
  'retained-levels': [equals('04', (f) => f['05'] + f['06'] + f['07'])],
  'retained-levels-year': [equals('08', (f) => f['09'] + f['10'] + f['11'])],
  'to-remit': [equals('12', (f) => f['02'] - f['04'])],
  'to-remit-year': [equals('13', (f) => f['03'] - f['08'])],
  'year-not-less': yearPairs.map(([year, period]) => ({
    at: year,
    holds: (f) => f[year] >= f[period],
    formula: (f) => f[period],
  })),
  'first-of-year': yearPairs.map(([year, period]) => equals(year, (f) => f[period])),
}

/**
 * Every formula against every column: one that holds in the sum alone, because two columns are wrong by the same, does not
 * hold. In the first period of a year the figures since its start are those of the period; in others they are not less.
 */
export function checksOf(report: Report, period: BookPeriod): Check[] {
  const total = totalOf(report)
  const columns = [...COLUMNS.map((column) => report[column]), total]
  const asked = CHECKS.filter((name) => name !== (isFirstOfYear(period) ? 'year-not-less' : 'first-of-year'))
  return asked.flatMap((name) =>
    FORMULAS[name].map(({ at, holds, formula }) => {
      const wrong = columns.find((figures) => !holds(figures))
      const shown = wrong && holds(total) ? wrong : total
      return { name, at, holds: wrong === undefined, standsVnd: shown[at], formulaVnd: formula(shown) }
    }),
  )
}
