/** Facts that cannot all be true, and what the rules do not take: refused before anything is computed, nothing is guessed. */
import { Refusal } from '../../../kernel/refusal.ts'
import { monthOf } from '../../../kernel/plain-date.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import type { FeeFacts } from './facts.ts'
import { countPeriods, firstDayOfPeriod, nextPeriod } from './period.ts'
import { FIRST_FEE_MONTH, FIRST_PERIOD_OF_01 } from './settings.ts'
import { EXEMPTION_CITATION, REDUCTION_MAX_PERIODS, REDUCTION_PERCENTS } from './tariff.ts'

/** @throws Refusal of the first contradiction found */
export function refuseContradictions(facts: FeeFacts, settings: SettingsOfDay): void {
  refuseWithoutInsurance(facts)
  refuseMixedAbroad(facts)
  refuseDates(facts)
  refuseBeforeMembership(facts, settings)
  refuseReduction(facts, settings)
}

function refuseWithoutInsurance(facts: FeeFacts): void {
  if (facts.insured !== true) {
    if (facts.benefit) throw new Refusal('invalid', 'party-fees.benefit-without-insurance')
    if (facts.contributionSuspended === true)
      throw new Refusal('invalid', 'party-fees.suspension-without-insurance')
    if (facts.insuredSalaryPreviousMonthVnd !== undefined)
      throw new Refusal('invalid', 'party-fees.salary-without-insurance')
    if ((facts.extraPayVnd ?? 0) > 0 && facts.pensionVnd === undefined)
      throw new Refusal('invalid', 'party-fees.extra-pay-without-pension')
  }
}

function refuseMixedAbroad({ abroad }: FeeFacts): void {
  if (abroad?.kind === 'mission' && abroad.setAmountVnd !== undefined)
    throw new Refusal('invalid', 'party-fees.set-amount-of-mission')
  if (abroad?.kind === 'other' && abroad.allowanceVnd !== undefined)
    throw new Refusal('invalid', 'party-fees.allowance-outside-mission')
}

function refuseDates({ period, birthDate, joinedOn }: FeeFacts): void {
  if (birthDate === undefined) return
  if (joinedOn !== undefined && joinedOn <= birthDate)
    throw new Refusal('invalid', 'party-fees.joined-before-birth')
  if (birthDate >= firstDayOfPeriod(period)) throw new Refusal('invalid', 'party-fees.born-after-period')
}

function refuseBeforeMembership({ period, joinedOn }: FeeFacts, settings: SettingsOfDay): void {
  if (joinedOn === undefined) return
  const joined = monthOf(joinedOn)
  const first = settings.get(FIRST_FEE_MONTH) === 'next-month' ? nextPeriod(joined) : joined
  if (period < first)
    throw new Refusal('against-rule', 'party-fees.before-first-fee', { facts: { period, first } })
}

/** A decision that ended before 01-QĐ/TW is left as it was: its steps and its longest time are of that Regulation. */
function refuseReduction({ reduction }: FeeFacts, settings: SettingsOfDay): void {
  if (reduction === undefined) return
  const { percent, from, to } = reduction
  if (to < from) throw new Refusal('invalid', 'party-fees.reduction-ends-before')
  if (to < settings.get(FIRST_PERIOD_OF_01)) return
  if (!REDUCTION_PERCENTS.includes(percent))
    throw new Refusal('against-rule', 'party-fees.reduction-percent', {
      citation: EXEMPTION_CITATION,
      facts: { percent },
    })
  const periods = countPeriods(from, to)
  if (periods > REDUCTION_MAX_PERIODS)
    throw new Refusal('against-rule', 'party-fees.reduction-too-long', {
      citation: EXEMPTION_CITATION,
      facts: { periods, most: REDUCTION_MAX_PERIODS },
    })
}
