/** What the form of a declaration asks, and the facts its answers are; amounts as people write them: 8.000.000. */
import { z } from 'zod'
import { isPlainMonth } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { DECLARED_FACTS, type DeclaredFacts } from '../fact-contract.ts'
import { MAX_AMOUNT_VND } from '../law/money.ts'

/** How somebody stands who declares: one answer decides which amounts are asked. */
export const PAYER_KINDS = [
  'insured',
  'sickness',
  'maternity',
  'suspended',
  'pension',
  'pension-work',
  'none',
  'student',
  'social-pension',
  'allowance',
  'mission',
  'abroad',
] as const
export type PayerKind = (typeof PAYER_KINDS)[number]

/** Amounts the form asks, each under its own name: without scripts all of them are on the page. */
export const AMOUNT_FIELDS = [
  'salaryVnd',
  'sicknessVnd',
  'maternityVnd',
  'pensionVnd',
  'workingPensionVnd',
  'extraPayVnd',
  'allowanceVnd',
  'livingAllowanceVnd',
  'setAmountVnd',
] as const
export type AmountField = (typeof AMOUNT_FIELDS)[number]

export const AMOUNTS_OF: Readonly<Record<PayerKind, readonly AmountField[]>> = {
  insured: ['salaryVnd'],
  sickness: ['sicknessVnd'],
  maternity: ['maternityVnd'],
  suspended: [],
  pension: ['pensionVnd'],
  'pension-work': ['workingPensionVnd', 'extraPayVnd'],
  none: [],
  student: [],
  'social-pension': [],
  allowance: ['allowanceVnd'],
  mission: ['livingAllowanceVnd'],
  abroad: ['setAmountVnd'],
}

type Amounts = Readonly<Partial<Record<AmountField, number>>>

const FACTS_OF: Readonly<Record<PayerKind, (amounts: Amounts) => DeclaredFacts>> = {
  insured: ({ salaryVnd }) => ({ insured: true, insuredSalaryPreviousMonthVnd: salaryVnd }),
  sickness: ({ sicknessVnd = 0 }) => ({
    insured: true,
    benefit: { kind: 'sickness', amountVnd: sicknessVnd },
  }),
  maternity: ({ maternityVnd = 0 }) => ({
    insured: true,
    benefit: { kind: 'maternity', amountVnd: maternityVnd },
  }),
  suspended: () => ({ insured: true, contributionSuspended: true }),
  pension: ({ pensionVnd }) => ({ pensionVnd }),
  'pension-work': ({ workingPensionVnd, extraPayVnd }) => ({ pensionVnd: workingPensionVnd, extraPayVnd }),
  none: () => ({}),
  student: () => ({ student: true }),
  'social-pension': () => ({ socialPension: true }),
  allowance: ({ allowanceVnd }) => ({ monthlyAllowanceVnd: allowanceVnd }),
  mission: ({ livingAllowanceVnd }) => ({ abroad: { kind: 'mission', allowanceVnd: livingAllowanceVnd } }),
  abroad: ({ setAmountVnd }) => ({ abroad: { kind: 'other', setAmountVnd } }),
}

export interface Declared {
  readonly fromPeriod: string
  readonly facts: DeclaredFacts
}

/** '8.000.000', '8 000 000 đ', '8000000' → 8000000; undefined for anything else. */
export function amountIn(text: unknown): number | undefined {
  const digits = String(text ?? '')
    .replace(/\s*(đ|đồng|vnd|vnđ)\.?$/i, '')
    .replace(/[.,\s](?=\d{3}(?:\D|$))/g, '')
  return /^\d{1,16}$/.test(digits) && Number(digits) <= MAX_AMOUNT_VND ? Number(digits) : undefined
}

/**
 * What a form says.
 *
 * @throws Refusal invalid `request.invalid` naming every field that is missing or cannot be taken
 */
export function readForm(fields: Readonly<Record<string, unknown>>): Declared {
  const problems: { field: string; code: string }[] = []
  const kind = PAYER_KINDS.find((each) => each === fields.kind)
  if (!kind) problems.push({ field: 'kind', code: 'missing' })
  const amounts: Partial<Record<AmountField, number>> = {}
  for (const name of kind ? AMOUNTS_OF[kind] : []) {
    const amount = amountIn(fields[name])
    if (amount === undefined) problems.push({ field: name, code: fields[name] ? 'amount' : 'missing' })
    else amounts[name] = amount
  }
  const fromPeriod = fields.fromPeriod
  if (!isPlainMonth(fromPeriod))
    problems.push({ field: 'fromPeriod', code: fromPeriod ? 'month' : 'missing' })
  if (!kind || !isPlainMonth(fromPeriod) || problems.length > 0)
    throw new Refusal('invalid', 'request.invalid', { fields: problems })
  return { fromPeriod, facts: DECLARED_FACTS.parse(FACTS_OF[kind](amounts)) }
}

/** The form's answers that give these facts: for what is declared again, and for looking at what was declared. */
export function formOf({ facts, fromPeriod }: Declared): Readonly<Record<string, string>> {
  const kind = kindOf(facts)
  const amounts: Amounts = {
    salaryVnd: facts.insuredSalaryPreviousMonthVnd,
    sicknessVnd: facts.benefit?.amountVnd,
    maternityVnd: facts.benefit?.amountVnd,
    pensionVnd: facts.pensionVnd,
    workingPensionVnd: facts.pensionVnd,
    extraPayVnd: facts.extraPayVnd,
    allowanceVnd: facts.monthlyAllowanceVnd,
    livingAllowanceVnd: facts.abroad?.allowanceVnd,
    setAmountVnd: facts.abroad?.setAmountVnd,
  } as Amounts
  const asked = AMOUNTS_OF[kind].flatMap((name) => {
    const amount = amounts[name]
    return amount === undefined ? [] : [[name, String(amount)] as const]
  })
  return { kind, fromPeriod, ...Object.fromEntries(asked) }
}

export function kindOf(facts: DeclaredFacts): PayerKind {
  if (facts.abroad) return facts.abroad.kind === 'mission' ? 'mission' : 'abroad'
  if (facts.benefit) return facts.benefit.kind
  if (facts.contributionSuspended) return 'suspended'
  if (facts.insured) return 'insured'
  if (facts.student) return 'student'
  if (facts.pensionVnd !== undefined) return facts.extraPayVnd === undefined ? 'pension' : 'pension-work'
  if (facts.socialPension) return 'social-pension'
  return facts.monthlyAllowanceVnd === undefined ? 'none' : 'allowance'
}

export interface Declaration {
  readonly id: string
  readonly memberId: string
  readonly memberName: string
  readonly organisationId: string
  readonly fromPeriod: string
  readonly facts: DeclaredFacts
  readonly status: 'submitted' | 'approved' | 'returned' | 'withdrawn'
  readonly declaredBy: string
  readonly declaredByName: string
  readonly declaredAt: Date
  readonly answeredAt: Date | null
  readonly reason: string | null
}

export const ID = z.object({ id: z.uuid() })
export const SENDING = z.object({ commandId: z.uuid() })
export const RETURNING = z.object({ reason: z.string().trim().min(1).max(1000) })
export const CHOOSING = z.object({
  chosen: z.preprocess(
    (given) => (given === undefined ? [] : [given].flat()),
    z.array(z.uuid()).min(1).max(500),
  ),
})

/** A declaration as programs send it. */
export const DECLARATION_BODY = z.object({
  commandId: z.uuid(),
  fromPeriod: z.string().refine(isPlainMonth),
  facts: DECLARED_FACTS,
  /** "I declare the content is true" */
  declared: z.literal(true),
})
