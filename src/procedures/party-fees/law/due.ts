/** What a class pays before any reduction: the base, the rate and their exact product, or a flat or set amount. */
import { Refusal } from '../../../kernel/refusal.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import type { FeeClass, FeeFacts, Step } from './facts.ts'
import { decimalText, exactly, percentText, plus, times, type Exact } from './money.ts'
import { workingAgeOf } from './payer.ts'
import { previousPeriod } from './period.ts'
import {
  CEILING_TIMES,
  OLD_OTHERS_VND,
  OLD_STUDENTS_VND,
  OVERSEAS_LEAST_VND,
  OVERSEAS_MOST_VND,
  REFERENCE_LEVEL_VND,
} from './settings.ts'
import {
  CLAUSES,
  HALF_AFTER_WORKING_AGE,
  REGIME_CITATIONS,
  STUDENT_FLAT,
  minimumWageOf,
  rateOf,
  referenceLevelOf,
  type RateOf,
  type Regime,
} from './tariff.ts'

export interface Due {
  readonly exact: Exact
  readonly baseVnd: number | null
  readonly why: readonly Step[]
}

interface Asked {
  readonly facts: FeeFacts
  readonly regime: Regime
  readonly settings: SettingsOfDay
}

/** A table of the classes; each names what it needs and refuses where that is missing. */
const DUE: Readonly<Record<FeeClass, (asked: Asked) => Due>> = {
  BHXH: ofSalary,
  OM_DAU: (asked) => ofIncome(asked, 'benefit', asked.facts.benefit?.amountVnd),
  THAI_SAN: (asked) => ofIncome(asked, 'benefit', asked.facts.benefit?.amountVnd),
  NGHI_KHAC: ofAge,
  HUU_TRI: (asked) => ofIncome(asked, 'pension', asked.facts.pensionVnd),
  HUU_LAM_THEM: (asked) =>
    added(
      ofIncome(asked, 'pension', asked.facts.pensionVnd),
      ofIncome(asked, 'extra-pay', asked.facts.extraPayVnd),
    ),
  NGUOI_CO_CONG: (asked) => ofIncome(asked, 'monthly-allowance', asked.facts.monthlyAllowanceVnd),
  TRONG_TUOI: ofAge,
  NGOAI_TUOI: ofAge,
  HSSV: ofStudent,
  NN_SHP: ofMission,
  NN_KHAC: ofOthersAbroad,
}

/** @throws Refusal where a fact that the class needs is missing or outside what is allowed */
export function dueOf(feeClass: FeeClass, asked: Asked): Due {
  return DUE[feeClass](asked)
}

/** The age decides the class, or the rate of NGHI_KHAC, and is not known. */
export const ageUnknown = (): Refusal => new Refusal('invalid', 'party-fees.age-unknown')

function rated(asked: Asked, what: RateOf, baseVnd: number, base: readonly Step[]): Due {
  const rate = rateOf(asked.regime, what, asked.facts.period)
  const exact = times(exactly(baseVnd), rate)
  const facts = { baseVnd, rate: percentText(rate), productExact: decimalText(exact) }
  return { exact, baseVnd, why: [...base, { rule: 'rate', citation: rate.citation, facts }] }
}

function ofIncome(
  asked: Asked,
  what: 'benefit' | 'pension' | 'extra-pay' | 'monthly-allowance',
  incomeVnd: number | undefined,
): Due {
  if (incomeVnd === undefined) throw new Error(`the class is decided by ${what}, which is not there`)
  const { citation } = rateOf(asked.regime, what, asked.facts.period)
  const facts = { incomeVnd, month: asked.facts.period }
  return rated(asked, what, incomeVnd, [{ rule: what, citation, facts }])
}

function ofSalary(asked: Asked): Due {
  const { facts, regime, settings } = asked
  const salaryVnd = facts.insuredSalaryPreviousMonthVnd
  const month = previousPeriod(facts.period)
  if (salaryVnd === undefined) throw new Refusal('invalid', 'party-fees.salary-missing', { facts: { month } })
  const { citation } = rateOf(regime, 'salary', facts.period)
  const base: Step = { rule: 'insured-salary', citation, facts: { salaryVnd, month } }
  const levelVnd = referenceLevelOf(facts.period, settings.get(REFERENCE_LEVEL_VND))
  if (levelVnd === undefined) {
    const none: Step = {
      rule: 'no-ceiling-known',
      citation: `Thiết lập ${REFERENCE_LEVEL_VND.key}`,
      facts: { month },
    }
    return rated(asked, 'salary', salaryVnd, [base, none])
  }
  const ceilingVnd = levelVnd * settings.get(CEILING_TIMES)
  if (salaryVnd <= ceilingVnd) return rated(asked, 'salary', salaryVnd, [base])
  const capped: Step = {
    rule: 'ceiling',
    citation: `Thiết lập ${REFERENCE_LEVEL_VND.key}, ${CEILING_TIMES.key}`,
    facts: { salaryVnd, times: settings.get(CEILING_TIMES), levelVnd, ceilingVnd },
  }
  return rated(asked, 'salary', ceilingVnd, [base, capped])
}

/** Classes 5 and 6, and who is insured but contributes nothing: by the regional minimum wage; before 2026 a fixed amount. */
function ofAge(asked: Asked): Due {
  const { facts, regime, settings } = asked
  const age = workingAgeOf(facts)
  if (age === undefined) throw ageUnknown()
  // Of TRONG_TUOI and NGOAI_TUOI the age has been told with the class.
  const told = facts.contributionSuspended === true ? [age.why] : []
  if (regime === 'decision-342') {
    const fixed = ofFixed(settings.get(OLD_OTHERS_VND), OLD_OTHERS_VND.key, told)
    return age.isOver ? halved(fixed) : fixed
  }
  if (facts.region === undefined) throw new Refusal('invalid', 'party-fees.region-missing')
  const { wageVnd, from, citation } = minimumWageOf(facts.region, facts.period)
  const base: Step = {
    rule: 'minimum-wage',
    citation,
    facts: { region: facts.region, wageVnd, sinceMonth: from },
  }
  const what = age.isOver ? 'minimum-wage-retired' : 'minimum-wage-working'
  return rated(asked, what, wageVnd, [...told, base])
}

function ofFixed(amountVnd: number, setting: string, before: readonly Step[] = []): Due {
  const step: Step = { rule: 'flat', citation: `342-QĐ/TW; thiết lập ${setting}`, facts: { amountVnd } }
  return { exact: exactly(amountVnd), baseVnd: null, why: [...before, step] }
}

function halved({ exact, baseVnd, why }: Due): Due {
  const half = times(exact, HALF_AFTER_WORKING_AGE)
  const step: Step = {
    rule: 'half-after-working-age',
    citation: HALF_AFTER_WORKING_AGE.citation,
    facts: { beforeExact: decimalText(exact), afterExact: decimalText(half) },
  }
  return { exact: half, baseVnd, why: [...why, step] }
}

function ofStudent({ regime, settings }: Asked): Due {
  if (regime === 'decision-342') return ofFixed(settings.get(OLD_STUDENTS_VND), OLD_STUDENTS_VND.key)
  const { amountVnd, citation } = STUDENT_FLAT
  return { exact: exactly(amountVnd), baseVnd: null, why: [{ rule: 'flat', citation, facts: { amountVnd } }] }
}

function ofMission(asked: Asked): Due {
  const allowanceVnd = asked.facts.abroad?.allowanceVnd
  if (allowanceVnd === undefined) throw new Refusal('invalid', 'party-fees.living-allowance-missing')
  const { citation } = rateOf(asked.regime, 'living-allowance', asked.facts.period)
  return rated(asked, 'living-allowance', allowanceVnd, [
    { rule: 'living-allowance', citation, facts: { allowanceVnd } },
  ])
}

/** 342-QĐ/TW set these amounts in US dollars: what was set is taken as it is, without a band. */
function ofOthersAbroad({ facts, regime, settings }: Asked): Due {
  const amountVnd = facts.abroad?.setAmountVnd
  if (amountVnd === undefined) throw new Refusal('invalid', 'party-fees.set-amount-missing')
  const exact = exactly(amountVnd)
  if (regime === 'decision-342') {
    const step: Step = { rule: 'flat', citation: REGIME_CITATIONS[regime], facts: { amountVnd } }
    return { exact, baseVnd: null, why: [step] }
  }
  const [leastVnd, mostVnd] = [settings.get(OVERSEAS_LEAST_VND), settings.get(OVERSEAS_MOST_VND)]
  if (amountVnd < leastVnd || amountVnd > mostVnd)
    throw new Refusal('against-rule', 'party-fees.set-amount-outside-band', {
      citation: CLAUSES.abroad,
      facts: { leastVnd, mostVnd },
    })
  const citation = `${CLAUSES.abroad}; thiết lập ${OVERSEAS_LEAST_VND.key}, ${OVERSEAS_MOST_VND.key}`
  return {
    exact,
    baseVnd: null,
    why: [{ rule: 'set-amount', citation, facts: { amountVnd, leastVnd, mostVnd } }],
  }
}

function added(a: Due, b: Due): Due {
  return {
    exact: plus(a.exact, b.exact),
    baseVnd: (a.baseVnd ?? 0) + (b.baseVnd ?? 0),
    why: [...a.why, ...b.why],
  }
}
