/** Who is exempt (miễn) and what is taken off (giảm): 01-QĐ/TW, Điều 5; before it, what the base committee decided. */
import { addMonths } from '../../../kernel/plain-date.ts'
import type { FeeFacts, Step } from './facts.ts'
import { firstDayOfPeriod, periodLiesIn } from './period.ts'
import { EXEMPT_PARTY_AGE_YEARS, EXEMPTION_CITATION, OLD_HARDSHIP_CITATION, type Regime } from './tariff.ts'

export interface Relief {
  readonly exempt: boolean
  /** what is still to be paid, in per cent of the fee */
  readonly remainingPercent: number
  readonly why: readonly Step[]
}

/** Rights first, then hardship, then decisions: the strongest reason is the one that is told. */
export function reliefOf(facts: FeeFacts, regime: Regime): Relief {
  const byRight = rightOf(facts)
  const decided = decisionOf(facts, regime)
  if (byRight && regime === 'regulation-01') return { exempt: true, remainingPercent: 0, why: [byRight] }
  if (!byRight) return decided
  // What exempts since 2026 is named, so that nobody wonders why it does not for an older period.
  const { rule: _, ...step } = byRight
  const told: Step = { ...step, rule: 'not-yet-a-right', citation: OLD_HARDSHIP_CITATION }
  return { ...decided, why: [told, ...decided.why] }
}

function rightOf({ period, joinedOn, socialPension, hardship, decisions }: FeeFacts): Step | undefined {
  const citation = EXEMPTION_CITATION
  const today = firstDayOfPeriod(period)
  if (joinedOn !== undefined) {
    const fiftyOn = addMonths(joinedOn, EXEMPT_PARTY_AGE_YEARS * 12)
    if (fiftyOn <= today)
      return { rule: 'exempt-party-age', citation, facts: { joinedOn, fiftyOn, reason: 'party-age' } }
  }
  if (socialPension === true)
    return { rule: 'exempt-social-pension', citation, facts: { reason: 'social-pension' } }
  if (hardship !== undefined)
    return {
      rule: 'exempt-hardship',
      citation: withDecision(citation, decisions?.relief),
      facts: { hardship, reason: hardship },
    }
  return undefined
}

function decisionOf({ period, reduction, decisions }: FeeFacts, regime: Regime): Relief {
  if (reduction === undefined) return { exempt: false, remainingPercent: 100, why: [] }
  const citation = withDecision(citationOf(regime), decisions?.relief)
  const times = { fromMonth: reduction.from, toMonth: reduction.to, percent: reduction.percent }
  if (!periodLiesIn(period, reduction.from, reduction.to))
    return {
      exempt: false,
      remainingPercent: 100,
      why: [{ rule: 'reduction-outside', citation, facts: times }],
    }
  const remaining = 100 - reduction.percent
  if (remaining === 0)
    return { exempt: true, remainingPercent: 0, why: [{ rule: 'exempt-decision', citation, facts: times }] }
  // The step itself comes where the fee is reduced, with the amounts.
  return { exempt: false, remainingPercent: remaining, why: [] }
}

const citationOf = (regime: Regime): string =>
  regime === 'regulation-01' ? EXEMPTION_CITATION : OLD_HARDSHIP_CITATION

/** The regulation, and the decision that applies it. */
export const withDecision = (citation: string, decision: string | undefined): string =>
  decision === undefined ? citation : `${citation}; ${decision}`

export function reductionStep(
  { reduction, decisions }: FeeFacts,
  regime: Regime,
  amounts: { readonly beforeExact: string; readonly afterExact: string },
): Step {
  if (reduction === undefined) throw new Error('nothing is reduced')
  return {
    rule: 'reduction',
    citation: withDecision(citationOf(regime), decisions?.relief),
    facts: {
      percent: reduction.percent,
      remaining: 100 - reduction.percent,
      fromMonth: reduction.from,
      toMonth: reduction.to,
      ...amounts,
    },
  }
}
