/** While the member lives at the host place, and the ways in which the stay ends. */
import { compare, yearOf } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Facts } from './facts.ts'
import { refuseFeesMonth } from './fees.ts'
import { actOf, due, endOfStay, type Asked, type Handlers } from './handler.ts'
import { committeeOf } from './place.ts'
import {
  actingFor,
  hostOf,
  mendableUntil,
  originCell,
  originCommittee,
  refuseBeyond,
  yearToAsk,
} from './rules.ts'
import {
  COMMITTEE_DAYS,
  DURATION_CITATION,
  EXTENSION_DAYS,
  MOST_EXTENSIONS,
  RETURN_DAYS,
  YEARLY_CITATION,
  YEARLY_DAYS,
} from './settings.ts'
import { heirOf, lastExtension, openYearly, type Ending, type Event, type Stay } from './states.ts'

export const STAYING_ACTS = {
  'ask-extension': askExtension,

  'grant-extension': (stay, _command, { paperId }, context) => {
    const { until } = lastExtension(stay)!
    const decided = { ...actOf(context), granted: true, paperId }
    return [{ type: 'extension-granted', decided, until, dueAt: endOfStay(context, until) }]
  },

  'refuse-extension': (stay, { reason }, _facts, context) => {
    const expired = compare(context.today, stay.until!) > 0
    const dueAt = expired ? due(context, RETURN_DAYS) : endOfStay(context, stay.until!)
    const decided = { ...actOf(context), granted: false, reason }
    return [{ type: 'extension-refused', decided, reason, expired, dueAt }]
  },

  'note-expired': (stay, _command, _facts, context) => {
    // While an extension is looked at in time the stay goes on; unanswered it runs out like any other, and has an owner.
    const waits = stay.status === 'extension-asked' && context.at <= new Date(stay.dueAt!)
    if (waits || compare(context.today, stay.until!) <= 0)
      throw new Refusal('against-rule', 'temporary.not-expired', { facts: { until: stay.until! } })
    return [{ type: 'stay-expired', dueAt: due(context, RETURN_DAYS) }]
  },

  'write-return': writeReturn,

  'record-return': (_stay, _command, _facts, { today }) => [{ type: 'return-recorded', recordedOn: today }],

  recall: (_stay, { reason }, _facts, { today }) => [{ type: 'member-recalled', reason, recordedOn: today }],

  convert: (stay, { reason }) => [
    { type: 'stay-converted', reason, destination: heirOf(stay, stay.hostCell ?? hostOf(stay)) },
  ],

  end: (stay, { ending, reason }, facts, context) => {
    if (!HAPPENED[ending](facts, stay, context))
      throw new Refusal('against-rule', 'temporary.nothing-ended', { facts: { ending } })
    return [{ type: 'stay-ended', ending, reason }]
  },

  'ask-yearly-comment': (stay, { year }, _facts, context) => {
    if (yearToAsk(stay, context.today, context.settings) !== year)
      throw new Refusal('conflict', 'temporary.yearly-not-now', { citation: YEARLY_CITATION })
    const askedAt = context.at.toISOString()
    return [{ type: 'yearly-comment-asked', yearly: { year, askedAt, dueAt: due(context, YEARLY_DAYS) } }]
  },

  'write-yearly-comment': (stay, command, _facts, context) => {
    const open = openYearly(stay)
    if (!open) throw new Refusal('against-rule', 'temporary.yearly-not-asked', { citation: YEARLY_CITATION })
    const { type: _type, ...words } = command
    return [{ type: 'yearly-comment-written', year: open.year, written: { ...actOf(context), words } }]
  },

  'follow-reorganisation': (stay, _command, { origin: now, heirs }, context) => {
    const origin = now.length > 0 ? now : stay.origin
    if (isSame(origin, stay.origin) && isSame(heirs, stay.heirs ?? {}))
      throw new Refusal('conflict', 'temporary.nothing-to-follow')
    const followed: Event = { type: 'reorganisation-followed', origin, heirs }
    const unsealed = ['numbering', 'sealing', 'sealing-failed'].includes(stay.status)
    if (!unsealed || committeeOf(origin)?.id === originCommittee(stay).id) return [followed]
    // Who signed can no longer number or seal it: whoever took over signs anew.
    const dueAt = due(context, COMMITTEE_DAYS)
    return [followed, { type: 'stay-sent-back', reason: BODY_ENDED, to: 'committee', dueAt }]
  },
} satisfies Partial<Handlers>

/** Why a letter that can no longer be sealed is void, as the register says it. */
const BODY_ENDED = 'Tổ chức đảng ký giấy đã kết thúc hoạt động; tổ chức kế thừa lập giấy mới'

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What must be true for a stay to end by itself. */
const HAPPENED: Readonly<Record<Ending, (facts: Facts, stay: Stay, context: Context) => boolean>> = {
  died: ({ member }) => member?.standing === 'deceased',
  left: ({ member }) => member?.standing === 'left',
  removed: ({ member }) => member?.standing === 'removed',
  dissolved: ({ hostGone }) => hostGone,
  moved: ({ moved }) => moved,
  unanswered: (_facts, stay, context) => {
    const last = mendableUntil(stay, context)
    return last !== undefined && compare(context.today, last) > 0
  },
}

/** 01-HD/TW 10.2.2: asked of the committee of the stay, reported to the official place; within the most the case allows. */
function askExtension(
  stay: Stay,
  { until, reason }: Asked<'ask-extension'>,
  _facts: Facts,
  context: Context,
): Event[] {
  const { today, settings } = context
  if (compare(today, stay.until!) > 0)
    throw new Refusal('against-rule', 'temporary.extension-too-late', { citation: DURATION_CITATION })
  if (compare(until, stay.until!) <= 0)
    throw new Refusal('invalid', 'temporary.extension-not-later', {
      fields: [{ field: 'until', code: 'before-start' }],
    })
  const most = settings.get(MOST_EXTENSIONS)
  if (stay.extensions.filter(({ decided }) => decided?.granted).length >= most)
    throw new Refusal('against-rule', 'temporary.too-many-extensions', { facts: { most } })
  refuseBeyond(stay.answers.case!, stay.from!, until, settings)
  const extension = { until, reason, askedAt: context.at.toISOString() }
  return [{ type: 'extension-asked', extension, dueAt: due(context, EXTENSION_DAYS) }]
}

function writeReturn(
  stay: Stay,
  { leftOn, comment, feesPaidThrough }: Asked<'write-return'>,
  { paperId, fees }: Facts,
  context: Context,
): Event[] {
  const open = openYearly(stay)
  if (open)
    throw new Refusal('against-rule', 'temporary.yearly-first', {
      citation: YEARLY_CITATION,
      facts: { year: String(open.year) },
    })
  if (compare(leftOn, context.today) > 0 || compare(leftOn, stay.admission!.admittedOn) < 0)
    throw new Refusal('invalid', 'temporary.left-on-impossible', {
      fields: [{ field: 'leftOn', code: 'date' }],
    })
  refuseFeesMonth(feesPaidThrough, `${yearOf(context.today) + 1}-12`, fees)
  const returned = { signed: actOf(context), paperId, leftOn, comment, feesPaidThrough }
  return [{ type: 'return-written', returned, dueAt: due(context, RETURN_DAYS) }]
}

/** The organisations a stay's home and host parts are done by today: for notices to both places. */
export function bothPlaces(stay: Stay) {
  const home = actingFor(stay, originCell(stay))
  return { home, host: stay.hostCell ? actingFor(stay, stay.hostCell) : hostOf(stay) }
}
