/** The month's fees on the first page of whoever handles them: the share that is paid, how much of how much; and what is asked of them. */
import type { Read } from '../../../kernel/db.ts'
import { formatMonth, monthOf, type Language } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { percentVi } from '../../../kernel/vietnamese-numbers.ts'
import { fill } from '../../../ui/words.ts'
import type { HomeCard } from '../../../web/feature.ts'
import { dong } from '../amount-text.ts'
import { handlesFees } from '../law/who.ts'
import { asksForRegion } from './said-of.ts'
import { FOLLOWING_TEXTS, type FollowingTexts } from './texts.ts'
import { ownTotals } from './totals.ts'

const regionCard = (texts: FollowingTexts): HomeCard => ({
  key: 'party-fees-region',
  title: texts.regionTitle,
  status: texts.regionStatus,
  action: { href: '/fees/region', text: texts.regionAct },
})

/** Two rows by their keys; nothing where nothing is due and nothing is asked. */
export async function monthCards(
  read: Read,
  hat: { readonly organisationId: string; readonly position: string },
  { today }: Context,
  language: Language,
): Promise<HomeCard[]> {
  if (!handlesFees(hat)) return []
  const texts = FOLLOWING_TEXTS[language]
  const asked = (await asksForRegion(read, hat.organisationId, today)) ? [regionCard(texts)] : []
  const totals = await ownTotals(read, hat.organisationId, monthOf(today))
  if (!totals || totals.lines === 0) return asked
  const share = percentVi(totals.paidLines, totals.lines)
  return [
    ...asked,
    {
      key: 'party-fees-month',
      title: fill(texts.cardTitle, { month: formatMonth(monthOf(today), language), share }),
      status: fill(texts.cardStatus, { paid: dong(totals.paidVnd), due: dong(totals.dueVnd) }),
      action: { href: '/fees/follow', text: texts.cardAct },
    },
  ]
}
