/**
 * The tariff (mức đóng đảng phí) as dated data: who pays what from which period on, each figure under its citation. What no
 * readable text fixes stands in `settings.ts`.
 */
import { Refusal } from '../../../kernel/refusal.ts'
import { previousPeriod, type Period } from './period.ts'
import type { Rate } from './money.ts'

/** In force from a period on, until the next row of its table. */
export interface Dated {
  readonly from: Period
  readonly citation: string
}

/** The row in force in a period; undefined before the first. Rows stand in the order of time. */
export function inForce<T extends Dated>(rows: readonly T[], period: Period): T | undefined {
  return rows.findLast(({ from }) => from <= period)
}

/** 342-QĐ/TW (Bộ Chính trị, 28/12/2010) from 01/04/2011; 01-QĐ/TW (Bộ Chính trị, 03/02/2026) from 01/02/2026. */
export type Regime = 'decision-342' | 'regulation-01'

export const FIRST_PERIOD_342: Period = '2011-04'

export const REGIME_CITATIONS: Readonly<Record<Regime, string>> = {
  'decision-342': '342-QĐ/TW (28/12/2010)',
  'regulation-01': '01-QĐ/TW (03/02/2026)',
}

/** @throws Refusal against-rule `party-fees.period-before-tariff` before April 2011 */
export function regimeOf(period: Period, firstPeriodOf01: Period): Regime {
  if (period >= firstPeriodOf01) return 'regulation-01'
  if (period >= FIRST_PERIOD_342) return 'decision-342'
  throw new Refusal('against-rule', 'party-fees.period-before-tariff', {
    citation: REGIME_CITATIONS['decision-342'],
    facts: { period, first: FIRST_PERIOD_342 },
  })
}

/** What a rate is applied to. */
export type RateOf =
  | 'salary'
  | 'benefit'
  | 'pension'
  | 'extra-pay'
  | 'monthly-allowance'
  | 'living-allowance'
  | 'minimum-wage-working'
  | 'minimum-wage-retired'

type DatedRate = Dated & Rate

/** Where 01-QĐ/TW says what each group pays. The number of the article on members abroad is not readable. */
export const CLAUSES = {
  insured: '01-QĐ/TW, Điều 3 khoản 1',
  notInsured: '01-QĐ/TW, Điều 3 khoản 2',
  pensioners: '01-QĐ/TW, Điều 3 khoản 2.1',
  others: '01-QĐ/TW, Điều 3 khoản 2.2',
  abroad: '01-QĐ/TW, mức đóng của đảng viên ở ngoài nước',
} as const
const OLD = '342-QĐ/TW'

/**
 * Rates by regime. The two phases of khoản 2.2 are dated as the Regulation writes them (01/01/2026–31/12/2027, then from
 * 01/01/2028), though it takes effect on 01/02/2026. `extra-pay` and `monthly-allowance` of 01-QĐ/TW rest on one source and
 * count only where a setting says so.
 */
const RATES: Readonly<Record<Regime, Readonly<Partial<Record<RateOf, readonly DatedRate[]>>>>> = {
  'decision-342': {
    salary: [{ from: '2011-04', num: 1, den: 100, citation: OLD }],
    benefit: [{ from: '2011-04', num: 5, den: 1000, citation: `${OLD}; 03-HD/VPTW (2016)` }],
    pension: [{ from: '2011-04', num: 5, den: 1000, citation: `${OLD}; 03-HD/VPTW (2016)` }],
    'monthly-allowance': [{ from: '2011-04', num: 5, den: 1000, citation: OLD }],
    'living-allowance': [{ from: '2011-04', num: 1, den: 100, citation: OLD }],
  },
  'regulation-01': {
    salary: [{ from: '2026-01', num: 1, den: 100, citation: CLAUSES.insured }],
    benefit: [{ from: '2026-01', num: 1, den: 100, citation: CLAUSES.insured }],
    pension: [{ from: '2026-01', num: 5, den: 1000, citation: CLAUSES.pensioners }],
    'extra-pay': [
      { from: '2026-01', num: 5, den: 1000, citation: 'Thiết lập party-fees.pensioner-extra-pay' },
    ],
    'monthly-allowance': [
      { from: '2026-01', num: 5, den: 1000, citation: 'Thiết lập party-fees.monthly-allowance' },
    ],
    'living-allowance': [{ from: '2026-01', num: 1, den: 100, citation: CLAUSES.abroad }],
    'minimum-wage-working': [
      { from: '2026-01', num: 3, den: 1000, citation: CLAUSES.others },
      { from: '2028-01', num: 5, den: 1000, citation: CLAUSES.others },
    ],
    'minimum-wage-retired': [
      { from: '2026-01', num: 2, den: 1000, citation: CLAUSES.others },
      { from: '2028-01', num: 3, den: 1000, citation: CLAUSES.others },
    ],
  },
}

export function rateOf(regime: Regime, what: RateOf, period: Period): DatedRate {
  const row = inForce(RATES[regime][what] ?? [], period)
  if (row === undefined) throw new Error(`${regime} has no rate for ${what}`)
  return row
}

/** Pupils and students (học sinh, sinh viên) who are not insured. */
export const STUDENT_FLAT = { amountVnd: 5_000, citation: CLAUSES.notInsured } as const

/** 342-QĐ/TW: who is above working age pays half of the fixed amount. */
export const HALF_AFTER_WORKING_AGE: Rate & { readonly citation: string } = { num: 1, den: 2, citation: OLD }

export const REGIONS = ['I', 'II', 'III', 'IV'] as const
export type Region = (typeof REGIONS)[number]

/** Regional monthly minimum wage (lương tối thiểu tháng theo vùng). */
const MINIMUM_WAGES: readonly (Dated & { readonly vnd: Readonly<Record<Region, number>> })[] = [
  {
    from: '2024-07',
    citation: 'Nghị định 74/2024/NĐ-CP',
    vnd: { I: 4_960_000, II: 4_410_000, III: 3_860_000, IV: 3_450_000 },
  },
  {
    from: '2026-01',
    citation: 'Nghị định 293/2025/NĐ-CP',
    vnd: { I: 5_310_000, II: 4_730_000, III: 4_140_000, IV: 3_700_000 },
  },
]

export function minimumWageOf(
  region: Region,
  period: Period,
): { readonly wageVnd: number; readonly from: Period; readonly citation: string } {
  const row = inForce(MINIMUM_WAGES, period)
  if (row === undefined) throw new Error(`no minimum wage is known for ${period}`)
  return { wageVnd: row.vnd[region], from: row.from, citation: row.citation }
}

/** Since when the reference level (mức tham chiếu) of the setting holds, and what stood before it. Before July 2023 none is kept here. */
const REFERENCE_LEVEL_SINCE: Period = '2024-07'
const EARLIER_REFERENCE_LEVELS: readonly (Dated & { readonly vnd: number })[] = [
  { from: '2023-07', vnd: 1_800_000, citation: 'Nghị định 24/2023/NĐ-CP' },
]

/** The level behind the ceiling of the salary contributed on in the month before the period; undefined where none is known. */
export function referenceLevelOf(period: Period, presentVnd: number): number | undefined {
  const month = previousPeriod(period)
  return month >= REFERENCE_LEVEL_SINCE ? presentVnd : inForce(EARLIER_REFERENCE_LEVELS, month)?.vnd
}

/** 01-QĐ/TW, Điều 5: exempt by right. */
export const EXEMPT_PARTY_AGE_YEARS = 50
export const EXEMPTION_CITATION = '01-QĐ/TW, Điều 5'

/** 01-QĐ/TW, Điều 5: what may be taken off by a decision; 100 exempts. */
export const REDUCTION_PERCENTS: readonly number[] = [30, 50, 70, 100]

/** 01-QĐ/TW, Điều 5: a decision runs at most so long; then a new request is needed. */
export const REDUCTION_MAX_PERIODS = 12

/** Hardship under 342-QĐ/TW: decided by the base committee, on the cell's proposal. */
export const OLD_HARDSHIP_CITATION = '342-QĐ/TW; 03-HD/VPTW (2016), mục II.12'
