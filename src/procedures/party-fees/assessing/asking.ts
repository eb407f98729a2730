/** The tariff asked for one member and any month, by what holds now and, if one likes, by something more that might be granted. */
import type { Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { Period } from '../law/period.ts'
import { outcomeOf, type Outcome } from '../law/schedule.ts'
import { grantedReliefs, type GrantedRelief } from './granted.ts'
import { settingsOfPeriods } from './period-settings.ts'
import { declaredIn, factsOf, peopleOf, regionsOf, reliefsIn } from './schedule.ts'

/** What a month costs; undefined where nothing is declared and something would be owed. */
export type TariffOf = (
  period: Period,
  supposed?: (granted: readonly GrantedRelief[]) => readonly GrantedRelief[],
) => Outcome | undefined

/** Good for the months from `from` to `until`. */
export async function tariffOf(
  read: Read,
  memberId: string,
  months: { readonly from: Period; readonly until: Period; readonly today: PlainDate },
): Promise<TariffOf> {
  const [people, regionOf, reliefs, settingsOf] = await Promise.all([
    peopleOf(read, [memberId]),
    regionsOf(read, [memberId], months),
    grantedReliefs(read, [memberId]),
    settingsOfPeriods(read, months.today),
  ])
  const [person] = people
  return (period, supposed = (granted) => granted) => {
    if (!person) return undefined
    const declared = declaredIn(person.declarations, period)
    const facts = factsOf(
      person.known,
      declared?.facts ?? {},
      regionOf(memberId, period),
      reliefsIn(supposed(reliefs), period),
    )
    const outcome = outcomeOf({ ...facts, period }, settingsOf(period))
    return declared || outcome.amountVnd === 0 ? outcome : undefined
  }
}
