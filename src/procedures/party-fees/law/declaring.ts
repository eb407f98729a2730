/** From which month a declaration may hold: not further back than a setting says, not beyond what a schedule reaches. */
import { addToMonth, monthOf, type PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import type { Period } from './period.ts'
import { DECLARE_MONTHS_BACK } from './settings.ts'

/** @throws Refusal against-rule `party-fees.from-too-early` {first}, `party-fees.from-too-late` {last} */
export function refuseFrom(
  from: Period,
  {
    today,
    settings,
    last,
  }: { readonly today: PlainDate; readonly settings: SettingsOfDay; readonly last: Period },
): void {
  const first = addToMonth(monthOf(today), -settings.get(DECLARE_MONTHS_BACK))
  if (from < first)
    throw new Refusal('against-rule', 'party-fees.from-too-early', {
      facts: { first },
      fields: [{ field: 'fromPeriod', code: 'too-early' }],
    })
  if (from > last)
    throw new Refusal('against-rule', 'party-fees.from-too-late', {
      facts: { last },
      fields: [{ field: 'fromPeriod', code: 'too-late' }],
    })
}
