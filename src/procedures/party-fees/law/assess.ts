/** The fee of one member for one period: facts and the settings of its first day in, the amount with all its reasons out. */
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import { refuseContradictions } from './contradictions.ts'
import { ageUnknown, dueOf } from './due.ts'
import { reductionStep, reliefOf, withDecision, type Relief } from './exemption.ts'
import type { Assessment, FeeClass, FeeFacts, Step } from './facts.ts'
import { decimalText, roundHalfUp, times } from './money.ts'
import { payerOf } from './payer.ts'
import { RETIREMENT_CITATION } from './retirement.ts'
import { FIRST_PERIOD_OF_01, ROUNDING_VND } from './settings.ts'
import { REGIME_CITATIONS, regimeOf, type Regime } from './tariff.ts'

/** 01-QĐ/TW, Điều 2: giving more is encouraged; the committee above decides. */
const VOLUNTARY_CITATION = '01-QĐ/TW, Điều 2'

/**
 * Decides the class, then the relief, then the amount. An exempt member needs no more than what tells the reason: income,
 * region and age may be missing.
 *
 * @param settings as they stand on the period's first day: see `settingsForPeriod`
 * @throws Refusal `party-fees.…` where the rules, or what is known, give no amount
 */
export function assess(facts: FeeFacts, settings: SettingsOfDay): Assessment {
  const regime = regimeOf(facts.period, settings.get(FIRST_PERIOD_OF_01))
  refuseContradictions(facts, settings)
  const payer = payerOf(facts, regime, settings)
  const relief = reliefOf(facts, regime)
  const told = [regimeStep(facts, regime), ...payer.why, ...relief.why]
  if (relief.exempt) {
    const presumed = payer.class === undefined ? [presumedStep(relief)] : []
    const feeClass = payer.class ?? presumedClass(relief)
    return withVoluntary({ amountVnd: 0, class: feeClass, baseVnd: null, why: [...told, ...presumed] }, facts)
  }
  if (payer.class === undefined) throw ageUnknown()
  const due = dueOf(payer.class, { facts, regime, settings })
  const reduced = times(due.exact, { num: relief.remainingPercent, den: 100 })
  const amounts = { beforeExact: decimalText(due.exact), afterExact: decimalText(reduced) }
  const unitVnd = settings.get(ROUNDING_VND)
  const amountVnd = roundHalfUp(reduced, unitVnd)
  const rounding: Step = {
    rule: 'rounding',
    citation: `Thiết lập ${ROUNDING_VND.key}`,
    facts: { beforeExact: amounts.afterExact, unitVnd, amountVnd },
  }
  const reduction = relief.remainingPercent < 100 ? [reductionStep(facts, regime, amounts)] : []
  const why = [...told, ...due.why, ...reduction, rounding]
  return withVoluntary({ amountVnd, class: payer.class, baseVnd: due.baseVnd, why }, facts)
}

function regimeStep({ period }: FeeFacts, regime: Regime): Step {
  return { rule: 'regime', citation: REGIME_CITATIONS[regime], facts: { period, regime } }
}

/**
 * The class of an exempt member whose age is not known, since nothing else decides it: who has been in the Party for fifty
 * years, or draws the social pension, is past retirement age; of anybody else the larger class is written. The fee is 0 in both.
 */
function presumedClass({ why }: Relief): FeeClass {
  const past = why.some(({ rule }) => rule === 'exempt-party-age' || rule === 'exempt-social-pension')
  return past ? 'NGOAI_TUOI' : 'TRONG_TUOI'
}

function presumedStep(relief: Relief): Step {
  const facts = { class: presumedClass(relief) }
  return { rule: 'class-presumed', citation: RETIREMENT_CITATION, facts }
}

/** Added last, as it was allowed; the fee itself stays what it is. */
function withVoluntary(assessment: Assessment, { voluntaryExtraVnd = 0, decisions }: FeeFacts): Assessment {
  if (voluntaryExtraVnd === 0) return assessment
  const amountVnd = assessment.amountVnd + voluntaryExtraVnd
  const facts = { feeVnd: assessment.amountVnd, extraVnd: voluntaryExtraVnd, amountVnd }
  const citation = withDecision(VOLUNTARY_CITATION, decisions?.voluntary)
  return {
    ...assessment,
    amountVnd,
    why: [...assessment.why, { rule: 'voluntary', citation, facts }],
  }
}
