/** On the first page of whoever handles fees: what waits for them, what is asked of them, and the month: the share that is paid, how much of how much. */
import type { Read } from '../../../kernel/db.ts'
import { formatMonth, monthOf, type Language, type PlainDate } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { percentVi } from '../../../kernel/vietnamese-numbers.ts'
import { addWorkingDays, endOfWorkingDay } from '../../../kernel/working-time.ts'
import { fill } from '../../../ui/words.ts'
import { deadlineOf } from '../../../web/deadline.ts'
import type { HomeCard } from '../../../web/feature.ts'
import { dong } from '../amount-text.ts'
import { handlesFees, peopleOf } from '../law/who.ts'
import { REVIEW_WORKING_DAYS } from '../reviewing/settings.ts'
import { asksForRegion } from './said-of.ts'
import { FOLLOWING_TEXTS } from './texts.ts'
import { ownTotals } from './totals.ts'
import { waitingFor, type Waiting, type WaitingPage } from './waiting.ts'

type Office = { readonly organisationId: string; readonly position: string }

/** Nothing is asked for an office that handles no fees. */
export async function officeCards(
  read: Read,
  hat: Office,
  context: Context,
  language: Language,
): Promise<HomeCard[]> {
  if (!handlesFees(hat)) return []
  const cards = await Promise.all([
    waitingCard(read, hat, context, language),
    regionCard(read, hat, context, language),
    monthCard(read, hat, context, language),
  ])
  return cards.flat()
}

const PLACES: Readonly<Record<WaitingPage, string>> = {
  month: '/fees/month',
  declarations: '/fees/declarations',
  reliefs: '/fees/reliefs',
  refunds: '/fees/refunds',
  bank: '/fees/bank/review',
  below: '/fees/remit/below',
  remit: '/fees/remit',
  accounts: '/fees/accounts',
}

/** How many of each, the earliest day of all, and the page where that one lies; nothing where nothing waits. */
async function waitingCard(
  read: Read,
  hat: Office,
  context: Context,
  language: Language,
): Promise<HomeCard[]> {
  const { actor, at, today, calendar } = context
  if (actor.kind !== 'person') return []
  const officer = { cell: hat.organisationId, people: peopleOf(actor), at, today }
  const waiting = await waitingFor(read, officer)
  if (waiting.length === 0) return []
  const texts = FOLLOWING_TEXTS[language]
  const [first] = waiting
    .map((each) => ({ ...each, until: untilOf(each, context) }))
    .toSorted((a, b) => (a.until ?? LAST_DAY).localeCompare(b.until ?? LAST_DAY))
  const { page, until, month } = first!
  const count = waiting.reduce((sum, each) => sum + each.count, 0)
  return [
    {
      key: 'party-fees-waiting',
      title: fill(texts.waitingTitle, { count }),
      status: `${waiting.map((each) => texts.waiting[each.page](each.count)).join('; ')}.`,
      ...(until ? { deadline: deadlineOf(endOfWorkingDay(calendar, until), at, calendar, language) } : {}),
      action: {
        href: month ? `${PLACES[page]}?month=${month}` : PLACES[page],
        text: texts.waitingAct[page],
      },
      now: true,
    },
  ]
}

const LAST_DAY: PlainDate = '9999-12-31'

/** A line of the bank's has no day of its own: it is to be looked at within the working days of the setting. */
function untilOf({ dueOn, since }: Waiting, { calendar, settings }: Context): PlainDate | undefined {
  if (since) return addWorkingDays(calendar, since, settings.get(REVIEW_WORKING_DAYS))
  return dueOn ?? undefined
}

/** Asked until somebody says it, where those that became one lay in several regions. */
async function regionCard(
  read: Read,
  hat: Office,
  { today }: Context,
  language: Language,
): Promise<HomeCard[]> {
  if (!(await asksForRegion(read, hat.organisationId, today))) return []
  const texts = FOLLOWING_TEXTS[language]
  return [
    {
      key: 'party-fees-region',
      title: texts.regionTitle,
      status: texts.regionStatus,
      action: { href: '/fees/region', text: texts.regionAct },
      now: true,
    },
  ]
}

/** One row by its key; nothing where nothing is due. */
async function monthCard(
  read: Read,
  hat: Office,
  { today }: Context,
  language: Language,
): Promise<HomeCard[]> {
  const totals = await ownTotals(read, hat.organisationId, monthOf(today))
  if (!totals || totals.lines === 0) return []
  const texts = FOLLOWING_TEXTS[language]
  const share = percentVi(totals.paidLines, totals.lines)
  return [
    {
      key: 'party-fees-month',
      title: fill(texts.cardTitle, { month: formatMonth(monthOf(today), language), share }),
      status: fill(texts.cardStatus, { paid: dong(totals.paidVnd), due: dong(totals.dueVnd) }),
      action: { href: '/fees/follow', text: texts.cardAct },
    },
  ]
}
