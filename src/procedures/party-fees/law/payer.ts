/** Which class (nhóm đóng) a member is of in one period, and why: decided anew each period, from the facts of its first day. */
import { monthOf } from '../../../kernel/plain-date.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import type { FeeClass, FeeFacts, Step } from './facts.ts'
import { firstDayOfPeriod } from './period.ts'
import { RETIREMENT_CITATION, retirementOf } from './retirement.ts'
import { MONTHLY_ALLOWANCE, PENSIONER_EXTRA_PAY } from './settings.ts'
import { CLAUSES, REGIME_CITATIONS, type Regime } from './tariff.ts'

/** `class` is undefined where only the age would tell and it is not known. */
export interface Payer {
  readonly class: FeeClass | undefined
  readonly why: readonly Step[]
}

/** What is there but does not count, and under which words. */
type NotCounted =
  | 'insurance-abroad'
  | 'pension-of-insured'
  | 'extra-pay-of-insured'
  | 'student-insured'
  | 'contribution-still-due'
  | 'pension-of-student'
  | 'extra-pay'
  | 'monthly-allowance'

/** Where 01-QĐ/TW puts each class. */
const CITATIONS: Readonly<Record<FeeClass, string>> = {
  BHXH: CLAUSES.insured,
  OM_DAU: CLAUSES.insured,
  THAI_SAN: CLAUSES.insured,
  NGHI_KHAC: CLAUSES.insured,
  HUU_TRI: CLAUSES.pensioners,
  HUU_LAM_THEM: `Thiết lập ${PENSIONER_EXTRA_PAY.key}`,
  NGUOI_CO_CONG: `Thiết lập ${MONTHLY_ALLOWANCE.key}`,
  TRONG_TUOI: CLAUSES.others,
  NGOAI_TUOI: CLAUSES.others,
  HSSV: CLAUSES.notInsured,
  NN_SHP: CLAUSES.abroad,
  NN_KHAC: CLAUSES.abroad,
}

/**
 * Order of precedence: abroad; insured (benefit, suspended, salary); student; pension; allowance; age. An insured student pays
 * on the salary, one who is not insured the flat amount, since the line of students stands among those not insured [I].
 */
export function payerOf(facts: FeeFacts, regime: Regime, settings: SettingsOfDay): Payer {
  const is = (feeClass: FeeClass, ...ignored: (NotCounted | false | undefined)[]): Payer => ({
    class: feeClass,
    why: [
      payerStep(feeClass, regime),
      ...ignored
        .filter((what) => what !== false && what !== undefined)
        .map((what) => notCounted(what, regime)),
    ],
  })
  if (facts.abroad)
    return is(
      facts.abroad.kind === 'mission' ? 'NN_SHP' : 'NN_KHAC',
      facts.insured === true && 'insurance-abroad',
    )
  if (facts.insured === true && !isSuspendedPensioner(facts)) return insuredPayer(facts, is)
  if (facts.student === true && facts.insured !== true)
    return is('HSSV', facts.pensionVnd !== undefined && 'pension-of-student')
  if (facts.pensionVnd !== undefined) {
    const extra = (facts.extraPayVnd ?? 0) > 0
    const counted = regime === 'regulation-01' && settings.get(PENSIONER_EXTRA_PAY) === 'counted'
    return extra && counted ? is('HUU_LAM_THEM') : is('HUU_TRI', extra && 'extra-pay')
  }
  if (facts.monthlyAllowanceVnd === undefined) return byAge(facts, regime)
  if (regime === 'decision-342' || settings.get(MONTHLY_ALLOWANCE) === 'own-class') return is('NGUOI_CO_CONG')
  const payer = byAge(facts, regime)
  return { ...payer, why: [...payer.why, notCounted('monthly-allowance', regime)] }
}

/** Nothing is contributed and no benefit paid: a pension is then what the member lives on. */
function isSuspendedPensioner({ contributionSuspended, benefit, pensionVnd }: FeeFacts): boolean {
  return contributionSuspended === true && benefit === undefined && pensionVnd !== undefined
}

function insuredPayer(
  facts: FeeFacts,
  is: (feeClass: FeeClass, ...ignored: (NotCounted | false | undefined)[]) => Payer,
): Payer {
  const { benefit, contributionSuspended } = facts
  const pension = facts.pensionVnd !== undefined && 'pension-of-insured'
  if (benefit && contributionSuspended !== false)
    return is(benefit.kind === 'sickness' ? 'OM_DAU' : 'THAI_SAN', pension)
  if (contributionSuspended === true) return is('NGHI_KHAC')
  return is(
    'BHXH',
    pension,
    facts.extraPayVnd !== undefined && 'extra-pay-of-insured',
    facts.student === true && 'student-insured',
    benefit && 'contribution-still-due',
  )
}

function payerStep(feeClass: FeeClass, regime: Regime): Step {
  const citation = regime === 'regulation-01' ? CITATIONS[feeClass] : REGIME_CITATIONS[regime]
  return { rule: 'payer', citation, facts: { class: feeClass } }
}

function notCounted(what: NotCounted, regime: Regime): Step {
  const setting = what === 'extra-pay' ? PENSIONER_EXTRA_PAY : MONTHLY_ALLOWANCE
  const isSetting = regime === 'regulation-01' && (what === 'extra-pay' || what === 'monthly-allowance')
  return {
    rule: 'not-counted',
    citation: isSetting ? `Thiết lập ${setting.key}` : REGIME_CITATIONS[regime],
    facts: { what },
  }
}

function byAge(facts: FeeFacts, regime: Regime): Payer {
  const age = workingAgeOf(facts)
  if (age === undefined) return { class: undefined, why: [] }
  const feeClass = age.isOver ? 'NGOAI_TUOI' : 'TRONG_TUOI'
  return { class: feeClass, why: [age.why, payerStep(feeClass, regime)] }
}

/**
 * Whether the member has reached retirement age on the period's first day. Without the sex it is still known for who is older
 * than both ages or younger than both; undefined where it is not.
 */
export function workingAgeOf({
  period,
  birthDate,
  sex,
}: FeeFacts): { readonly isOver: boolean; readonly why: Step } | undefined {
  if (birthDate === undefined) return undefined
  const today = firstDayOfPeriod(period)
  if (sex !== undefined) {
    const { ageMonths, on } = retirementOf(birthDate, sex)
    const years = Math.floor(ageMonths / 12)
    const facts = { sex, bornMonth: monthOf(birthDate), years, months: ageMonths % 12, retirementOn: on }
    return {
      isOver: on <= today,
      why: {
        rule: 'retirement',
        citation: RETIREMENT_CITATION,
        facts: { ...facts, over: yesNo(on <= today) },
      },
    }
  }
  const [man, woman] = [retirementOf(birthDate, 'male').on, retirementOf(birthDate, 'female').on]
  const isOver = man <= today
  if (isOver !== woman <= today) return undefined
  const facts = {
    bornMonth: monthOf(birthDate),
    womanOn: woman,
    manOn: man,
    over: yesNo(isOver),
  }
  return { isOver, why: { rule: 'retirement-whatever-sex', citation: RETIREMENT_CITATION, facts } }
}

const yesNo = (so: boolean): 'yes' | 'no' => (so ? 'yes' : 'no')
