/** The facts of a fee as they travel (the file of `fee`, forms, imports), checked field by field before the law sees them. */
import { z } from 'zod'
import { isPlainDate, isPlainMonth, addDays, addToMonth, monthOf } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { HARDSHIPS, type FeeFacts } from './law/facts.ts'
import { MAX_AMOUNT_VND } from './law/money.ts'
import { REGIONS } from './law/tariff.ts'

const amount = z
  .number()
  .refine((value) => value >= 0, 'amount-negative')
  .refine((value) => Number.isInteger(value), 'amount-fractional')
  .refine((value) => value <= MAX_AMOUNT_VND, 'amount-too-large')
  .optional()
const yes = z.boolean().optional()
const month = z.string().refine(isPlainMonth, 'month-invalid')
const date = z.string().refine(isPlainDate, 'date-invalid')

/** Ends of a decision: months as the forms have them, or days; only periods that begin within the days count. */
const end = z.string().refine((text) => isPlainMonth(text) || isPlainDate(text), 'month-invalid')
const firstMonthFrom = (text: string): string =>
  isPlainMonth(text) ? text : addToMonth(monthOf(addDays(text, -1)), 1)
const lastMonthTo = (text: string): string => (isPlainMonth(text) ? text : monthOf(text))

export const FEE_FACTS = z.strictObject({
  period: month,
  insured: yes,
  insuredSalaryPreviousMonthVnd: amount,
  contributionSuspended: yes,
  benefit: z.strictObject({ kind: z.enum(['sickness', 'maternity']), amountVnd: amount.unwrap() }).optional(),
  pensionVnd: amount,
  extraPayVnd: amount,
  monthlyAllowanceVnd: amount,
  student: yes,
  birthDate: date.optional(),
  sex: z.enum(['male', 'female']).optional(),
  region: z.enum(REGIONS).optional(),
  abroad: z
    .strictObject({ kind: z.enum(['mission', 'other']), allowanceVnd: amount, setAmountVnd: amount })
    .optional(),
  joinedOn: date.optional(),
  socialPension: yes,
  hardship: z.enum(HARDSHIPS).optional(),
  reduction: z
    .strictObject({
      percent: z.number().refine((value) => Number.isInteger(value) && value >= 1 && value <= 100, 'percent'),
      from: end.transform(firstMonthFrom),
      to: end.transform(lastMonthTo),
    })
    .optional(),
  voluntaryExtraVnd: amount,
})

/** What a member declares (kê khai) of it: the rest is the registry's, the cell's, or was decided by somebody. */
export const DECLARED_FACTS = FEE_FACTS.pick({
  insured: true,
  insuredSalaryPreviousMonthVnd: true,
  contributionSuspended: true,
  benefit: true,
  pensionVnd: true,
  extraPayVnd: true,
  monthlyAllowanceVnd: true,
  student: true,
  abroad: true,
  socialPension: true,
})
export type DeclaredFacts = z.infer<typeof DECLARED_FACTS>

/** What the first defect of a field is called; the words stand in `tariff-refusal-texts.ts`. */
const PROBLEMS: Readonly<Record<string, (facts: { readonly field: string }) => Refusal>> = {
  'amount-negative': (facts) => new Refusal('invalid', 'party-fees.amount-negative', { facts }),
  'amount-fractional': (facts) => new Refusal('invalid', 'party-fees.amount-fractional', { facts }),
  'amount-too-large': (facts) =>
    new Refusal('invalid', 'party-fees.amount-too-large', { facts: { ...facts, mostVnd: MAX_AMOUNT_VND } }),
  'month-invalid': (facts) => new Refusal('invalid', 'party-fees.month-invalid', { facts }),
  'date-invalid': (facts) => new Refusal('invalid', 'party-fees.date-invalid', { facts }),
  percent: (facts) => new Refusal('invalid', 'party-fees.percent-invalid', { facts }),
  unknown: (facts) => new Refusal('invalid', 'party-fees.field-unknown', { facts }),
  missing: (facts) => new Refusal('invalid', 'party-fees.field-missing', { facts }),
  choice: (facts) => new Refusal('invalid', 'party-fees.field-not-a-choice', { facts }),
}

/** @throws Refusal invalid, naming the field, for anything that is not a whole set of facts */
export function readFeeFacts(given: unknown): FeeFacts {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Refusal('invalid', 'party-fees.facts-not-an-object')
  const parsed = FEE_FACTS.safeParse(given)
  if (parsed.success) return parsed.data
  throw problemOf(parsed.error.issues[0], given)
}

function problemOf(issue: z.core.$ZodIssue | undefined, given: object): Refusal {
  const path = (issue?.path ?? []).map(String)
  const field = path.join('.')
  if (issue?.code === 'unrecognized_keys')
    return PROBLEMS['unknown']!({ field: [...path, issue.keys[0] ?? ''].join('.').slice(0, 80) })
  if (issue?.code === 'invalid_value') return PROBLEMS['choice']!({ field })
  const value = valueAt(given, path)
  if (issue?.code === 'invalid_type' && value === undefined) return PROBLEMS['missing']!({ field })
  // JSON reads 1e999 as Infinity, which zod takes for no number.
  if (value === Infinity) return PROBLEMS['amount-too-large']!({ field })
  const known = PROBLEMS[issue?.message ?? '']
  return known
    ? known({ field })
    : new Refusal('invalid', 'party-fees.field-wrong-type', { facts: { field } })
}

function valueAt(given: object, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], given)
}
