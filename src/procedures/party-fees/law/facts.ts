/** What the fee of one member for one period is decided from (căn cứ tính đảng phí), and what the answer looks like. */
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { Period } from './period.ts'
import type { Region } from './tariff.ts'

/** Payer classes (nhóm đóng đảng phí). 342-QĐ/TW is told in the same codes, so that one history has one language. */
export const FEE_CLASSES = [
  'BHXH',
  'OM_DAU',
  'THAI_SAN',
  'NGHI_KHAC',
  'HUU_TRI',
  'HUU_LAM_THEM',
  'NGUOI_CO_CONG',
  'TRONG_TUOI',
  'NGOAI_TUOI',
  'HSSV',
  'NN_SHP',
  'NN_KHAC',
] as const

export type FeeClass = (typeof FEE_CLASSES)[number]

export const HARDSHIPS = ['poor', 'near-poor', 'critical-illness'] as const
export type Hardship = (typeof HARDSHIPS)[number]

export type Sex = 'male' | 'female'

/** A decision to reduce (giảm) or, at 100, to exempt: `percent` is what is taken off, both months included. */
export interface Reduction {
  readonly percent: number
  readonly from: Period
  readonly to: Period
}

/** The decisions behind what was granted, as people name them: they are cited beside the regulation. */
export interface Decisions {
  readonly relief?: string | undefined
  readonly voluntary?: string | undefined
}

/**
 * Facts of one member as they stand on the period's first day. What is absent is not known or not so: nobody is insured,
 * a student or exempt unless it is said. Amounts are whole đồng.
 */
export interface FeeFacts {
  readonly period: Period
  /** belongs to those with compulsory social insurance (BHXH bắt buộc) */
  readonly insured?: boolean | undefined
  /** salary the contribution was computed on, of the month immediately before the period */
  readonly insuredSalaryPreviousMonthVnd?: number | undefined
  /** insured, but nothing is contributed this month (unpaid leave, contract suspended) */
  readonly contributionSuspended?: boolean | undefined
  readonly benefit?: { readonly kind: 'sickness' | 'maternity'; readonly amountVnd: number } | undefined
  readonly pensionVnd?: number | undefined
  /** pay or allowance of a pensioner who works on without compulsory insurance */
  readonly extraPayVnd?: number | undefined
  /** monthly allowance of people of merit, for lost capacity to work, of social assistance */
  readonly monthlyAllowanceVnd?: number | undefined
  readonly student?: boolean | undefined
  readonly birthDate?: PlainDate | undefined
  readonly sex?: Sex | undefined
  /** region of the minimum wage where the member's cell lies, not the member's home */
  readonly region?: Region | undefined
  readonly abroad?:
    | {
        readonly kind: 'mission' | 'other'
        readonly allowanceVnd?: number | undefined
        readonly setAmountVnd?: number | undefined
      }
    | undefined
  readonly joinedOn?: PlainDate | undefined
  /** receives the social pension (trợ cấp hưu trí xã hội) */
  readonly socialPension?: boolean | undefined
  /** written request (đơn) to the cell is there */
  readonly hardship?: Hardship | undefined
  readonly reduction?: Reduction | undefined
  /** what a member gives beyond the fee, as the committee above allowed */
  readonly voluntaryExtraVnd?: number | undefined
  readonly decisions?: Decisions | undefined
}

/** Values a step of the reasoning speaks of. Endings tell how they are written: `…Vnd`, `…Exact` (đồng with decimals), `…On`, `…Month`. */
export type StepFacts = Readonly<Record<string, string | number>>

/** One step of the reasoning; its words stand in `explanation-texts.ts` under `rule`. */
export interface Step {
  readonly rule: StepRule
  readonly citation: string
  readonly facts: StepFacts
}

export type StepRule =
  | 'regime'
  | 'payer'
  | 'not-counted'
  | 'retirement'
  | 'retirement-whatever-sex'
  | 'class-presumed'
  | 'insured-salary'
  | 'ceiling'
  | 'no-ceiling-known'
  | 'benefit'
  | 'pension'
  | 'extra-pay'
  | 'monthly-allowance'
  | 'minimum-wage'
  | 'living-allowance'
  | 'rate'
  | 'flat'
  | 'set-amount'
  | 'half-after-working-age'
  | 'exempt-party-age'
  | 'exempt-social-pension'
  | 'exempt-hardship'
  | 'exempt-decision'
  | 'not-yet-a-right'
  | 'reduction'
  | 'reduction-outside'
  | 'rounding'
  | 'voluntary'

export interface Assessment {
  /** what is due, the voluntary part included */
  readonly amountVnd: number
  readonly class: FeeClass
  /** what the rate was applied to; null for a flat or set amount and for an exempt member */
  readonly baseVnd: number | null
  readonly why: readonly Step[]
}
