/** What one member owes over many periods, while the facts stay the same: stretches of periods with the same outcome. */
import { Refusal } from '../../../kernel/refusal.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import { assess } from './assess.ts'
import type { FeeClass, FeeFacts } from './facts.ts'
import { periodsFrom, type Period } from './period.ts'

export interface Outcome {
  /** null, as all amounts are, where `refusal` says why there is none */
  readonly class: FeeClass | null
  readonly amountVnd: number | null
  readonly baseVnd: number | null
  /** the code of the refusal */
  readonly refusal?: string
}

/** `from` and `until` are both included. */
export interface Segment extends Outcome {
  readonly from: Period
  readonly until: Period
}

/**
 * Asks `assess` for each period and joins neighbours that say the same, so that it says what `assess` says, always.
 *
 * @param settingsOf the settings of a period (`settingsForPeriod`); keep them, they are asked once a period
 */
export function scheduleOf(
  facts: Omit<FeeFacts, 'period'>,
  from: Period,
  until: Period,
  settingsOf: (period: Period) => SettingsOfDay,
): Segment[] {
  const segments: Segment[] = []
  for (const period of periodsFrom(from, until)) {
    const outcome = outcomeOf({ ...facts, period }, settingsOf(period))
    const last = segments.at(-1)
    if (last && isSame(last, outcome)) segments[segments.length - 1] = { ...last, until: period }
    else segments.push({ from: period, until: period, ...outcome })
  }
  return segments
}

/** A refusal is an outcome here: one month without an answer does not take the answers of the others away. */
export function outcomeOf(facts: FeeFacts, settings: SettingsOfDay): Outcome {
  try {
    const { class: feeClass, amountVnd, baseVnd } = assess(facts, settings)
    return { class: feeClass, amountVnd, baseVnd }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { class: null, amountVnd: null, baseVnd: null, refusal: error.code }
  }
}

function isSame(a: Outcome, b: Outcome): boolean {
  return (
    a.class === b.class && a.amountVnd === b.amountVnd && a.baseVnd === b.baseVnd && a.refusal === b.refusal
  )
}
