/** The checking part: intake, supplements, holds, and the ways back and out while it is checked. */
import { compare, todayIn } from '../../../../kernel/plain-date.ts'
import type { Context } from '../../../../kernel/procedure.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import {
  addWorkingDays,
  addWorkingMinutes,
  endOfNextWorkingDay,
  startOfWork,
  workingDaysBetween,
  workingMinutesBetween,
} from '../../../../kernel/working-time.ts'
import type { Facts } from '../facts.ts'
import { INTAKE_CITATION, INTAKE_WORKING_MINUTES, originCommittee } from '../rules.ts'
import * as setting from '../settings.ts'
import { currentHop, type Block, type Event, type Supplement, type Transfer } from '../states.ts'
import { due, endOfDay, inMinutes, minutesUntil, reviewDays, workingDayBefore } from './deadlines.ts'
import { decideRoute, refuseGone, refuseHeld, type Asked, type Handlers } from './handler.ts'
import { voidFrom } from './voiding.ts'

export const INTAKE = {
  'accept-intake': (_transfer, _command, facts, context) => {
    refuseGone(facts)
    refuseHeld(facts)
    const route = decideRoute(facts, context)
    const dueAt = due(context, reviewDays(route.legs[0]!.from.tier))
    const { origin, standIn } = facts
    return [{ type: 'intake-accepted', origin, route, ...(standIn ? { standIn } : {}), dueAt }]
  },

  'extend-intake': extendIntake,

  'ask-supplement': askSupplement,

  'answer-supplement': (transfer, { note }, _facts, context) => {
    if (!transfer.files.some((file) => file.role === 'decision')) {
      throw new Refusal('invalid', 'transfer.incomplete', {
        fields: [{ field: 'decisionFile', code: 'missing' }],
      })
    }
    const { minutesLeft } = lastSupplement(transfer)
    const dueAt =
      minutesLeft === null
        ? due(context, reviewDays(currentHop(transfer).from.tier))
        : inMinutes(context, minutesLeft)
    return [{ type: 'supplement-answered', note, dueAt }]
  },

  'remind-supplement': (transfer, _command, _facts, context) => {
    const { closableOn, remindedAt } = lastSupplement(transfer)
    if (remindedAt) throw new Refusal('conflict', 'transfer.already-reminded')
    if (context.at < new Date(transfer.dueAt!)) throw new Refusal('against-rule', 'transfer.not-overdue')
    return [{ type: 'supplement-reminded', dueAt: endOfDay(context, workingDayBefore(closableOn, context)) }]
  },

  'close-unanswered': (transfer, { reason }, _facts, context) => {
    const { closableOn, remindedAt } = lastSupplement(transfer)
    if (!remindedAt || compare(context.today, closableOn) < 0) {
      throw new Refusal('against-rule', 'transfer.close-too-early', { facts: { closableOn } })
    }
    return [{ type: 'transfer-closed-unanswered', reason, voided: voidFrom(transfer, 0, reason, context) }]
  },

  block: (transfer, { holdId }, facts, context) => {
    const hold = facts.holds.find((each) => each.id === holdId)
    if (!hold) throw new Refusal('not-found', 'transfer.hold-unknown')
    const blockedBy =
      context.actor.kind === 'person' ? context.actor.hat.organisationId : originCommittee(transfer).id
    const minutesLeft = minutesUntil(new Date(transfer.dueAt!), context)
    const dueAt = due(context, setting.BLOCK_REVIEW_DAYS)
    return [{ type: 'transfer-blocked', holdId, kind: hold.kind, blockedBy, minutesLeft, dueAt }]
  },

  'lift-block': liftBlock,

  return: (transfer, { reason }, _facts, context) => {
    const toHop = returnsTo(transfer)
    const days = toHop === null ? setting.CORRECTION_DAYS : reviewDays(transfer.hops[toHop]!.from.tier)
    const voided = voidFrom(transfer, toHop ?? 0, reason, context)
    return [{ type: 'transfer-returned', reason, toHop, voided, dueAt: due(context, days) }]
  },

  refuse: (transfer, { reason }, _facts, context) => [
    { type: 'transfer-refused', reason, voided: voidFrom(transfer, 0, reason, context) },
  ],
} satisfies Partial<Handlers>

/**
 * 338-QĐ/TW art. 14: to the end of the working day after reception at the latest. What a supplement or a block stopped
 * stays stopped: the extension adds the minutes between the two limits, and never takes any away.
 */
function extendIntake(
  transfer: Transfer,
  { reason }: Asked<'extend-intake'>,
  _facts: Facts,
  { calendar }: Context,
): Event[] {
  if (transfer.intakeExtended)
    throw new Refusal('against-rule', 'transfer.extended-once', { citation: INTAKE_CITATION })
  const start = startOfWork(calendar, new Date(transfer.receivedAt!))
  const longest = workingMinutesBetween(calendar, start, endOfNextWorkingDay(calendar, start))
  const more = Math.max(0, longest - INTAKE_WORKING_MINUTES)
  const dueAt = addWorkingMinutes(calendar, new Date(transfer.dueAt!), more)
  return [{ type: 'intake-extended', reason, dueAt: dueAt.toISOString() }]
}

/** One full instruction a stage; a second needs a written reason, which is reported (338-QĐ/TW art. 14). */
function askSupplement(
  transfer: Transfer,
  command: Asked<'ask-supplement'>,
  _facts: Facts,
  context: Context,
): Event[] {
  const stage = transfer.status === 'received' ? 'intake' : `hop-${transfer.hop}`
  const again = transfer.supplements.some((each) => each.stage === stage)
  if (again && !command.overrideReason) {
    throw new Refusal('against-rule', 'transfer.one-supplement', { citation: INTAKE_CITATION })
  }
  const { calendar, at, today, settings } = context
  const supplement = {
    stage,
    items: command.items,
    askedAt: at.toISOString(),
    ...(again && command.overrideReason ? { overrideReason: command.overrideReason } : {}),
    closableOn: addWorkingDays(calendar, today, settings.get(setting.SUPPLEMENT_CLOSE_DAYS) + 1),
    minutesLeft: stage === 'intake' ? minutesUntil(new Date(transfer.dueAt!), context) : null,
  }
  return [{ type: 'supplement-asked', supplement, dueAt: due(context, setting.SUPPLEMENT_REMINDER_DAYS) }]
}

function lastSupplement({ supplements }: Transfer): Supplement {
  const last = supplements.at(-1)
  if (!last) throw new Error('a supplement is awaited that nobody asked for')
  return last
}

/** The stopped deadlines run on with what they had left. */
function liftBlock(
  transfer: Transfer,
  { holdId }: Asked<'lift-block'>,
  facts: Facts,
  context: Context,
): Event[] {
  refuseHeld(facts)
  const { calendar, today } = context
  const { resume, minutesLeft, at: blockedAt } = blockOf(transfer)
  const dueAt = inMinutes(context, minutesLeft)
  if (resume !== 'supplement-requested') return [{ type: 'block-lifted', holdId, dueAt }]
  const { closableOn } = lastSupplement(transfer)
  const daysLeft = Math.max(0, workingDaysBetween(calendar, todayIn(new Date(blockedAt)), closableOn))
  return [{ type: 'block-lifted', holdId, closableOn: addWorkingDays(calendar, today, daysLeft), dueAt }]
}

function blockOf({ block }: Transfer): Block {
  if (!block) throw new Error('a block is lifted that nobody set')
  return block
}

/** Back one step: to the hop before whose letter is then void, or from the cell to the member. */
function returnsTo(transfer: Transfer): number | null {
  if (transfer.status === 'numbering' || transfer.status === 'sealing-failed') return transfer.hop
  return transfer.status === 'committee-review' ? transfer.hop - 1 : null
}
