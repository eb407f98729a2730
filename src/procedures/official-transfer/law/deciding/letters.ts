/** The letters: what each who signs must say, number and seal, and what voids a letter that was issued. */
import { compare } from '../../../../kernel/plain-date.ts'
import type { Context } from '../../../../kernel/procedure.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Facts } from '../facts.ts'
import {
  feesCover,
  FEES_CITATION,
  feesOwedAfter,
  isSameHand,
  originCommittee,
  presentBy,
  SEGREGATION_CITATION,
  SUPPLEMENT_SHEET_CITATION,
} from '../rules.ts'
import * as setting from '../settings.ts'
import { currentHop, type CommandType, type Event, type Transfer } from '../states.ts'
import { due, reviewDays } from './deadlines.ts'
import { actOf, decideRoute, refuseGone, refuseHeld, type Asked, type Handlers } from './handler.ts'
import { voidFrom, voidLast } from './voiding.ts'

export const LETTERS = {
  'sign-referral': signReferral,

  'take-number': (transfer, _command, facts, context) => {
    refuseHeld(facts)
    const act = actOf(context)
    if (isSameHand(currentHop(transfer).signed!, act)) {
      throw new Refusal('forbidden', 'transfer.signer-takes-no-number', { citation: SEGREGATION_CITATION })
    }
    const numbered = { ...act, ...facts.number!, issuedOn: context.today }
    return [
      { type: 'number-taken', hop: transfer.hop, numbered, dueAt: due(context, setting.NUMBERING_DAYS) },
    ]
  },

  'record-seal': (transfer, command, facts, context) => {
    refuseOtherHop(transfer, command)
    return afterLetter(transfer, facts, context)
  },

  'record-seal-failure': (transfer, command, _facts, context) => {
    refuseOtherHop(transfer, command)
    const { hop, failure } = command
    return [{ type: 'sealing-failed', hop, failure, dueAt: due(context, setting.NUMBERING_DAYS) }]
  },

  'retry-seal': (transfer, _command, facts, context) => {
    refuseHeld(facts)
    return [{ type: 'sealing-retried', hop: transfer.hop, dueAt: due(context, setting.NUMBERING_DAYS) }]
  },

  reissue: (transfer, { reason }, _facts, context) => {
    const confirmations = transfer.files.filter((file) => file.role === 'police-confirmation')
    if (confirmations.length < transfer.losses) {
      throw new Refusal('against-rule', 'transfer.police-confirmation-missing', {
        citation: '01-HD/TW (2021)',
      })
    }
    return [voidLast(transfer, reason, context)]
  },

  'void-referral': (transfer, { reason, destinationId }, facts, context) => {
    if (destinationId === undefined || destinationId === transfer.answers.destinationId) {
      return [voidLast(transfer, reason, context)]
    }
    const route = decideRoute(facts, context)
    const voided = voidFrom(transfer, 0, reason, context)
    const destinationName = facts.destination[0]!.name
    const dueAt = due(context, setting.CELL_REVIEW_DAYS)
    return [
      { type: 'referral-voided', reason, toHop: 0, voided, route, destinationId, destinationName, dueAt },
    ]
  },

  revert: (transfer, { reason, decisionNumber }, _facts, context) => [
    { type: 'transfer-reverted', reason, decisionNumber, voided: voidFrom(transfer, 0, reason, context) },
  ],
} satisfies Partial<Handlers>

function signReferral(
  transfer: Transfer,
  command: Asked<'sign-referral'>,
  facts: Facts,
  context: Context,
): Event[] {
  refuseGone(facts)
  refuseHeld(facts)
  const hop = currentHop(transfer)
  if (!facts.destination.some((place) => place.id === transfer.route!.receiver.id)) {
    throw new Refusal('against-rule', 'transfer.destination-gone', {
      facts: { destination: transfer.answers.destinationName ?? '' },
    })
  }
  const said = {
    ...(transfer.hop === 0 ? sayAsCell(command, facts, context) : {}),
    ...(hop.from.id === originCommittee(transfer).id ? sayAsCommittee(transfer, command) : {}),
  }
  const signed = actOf(context)
  const { paperIds } = facts
  const base = { type: 'referral-signed' as const, hop: transfer.hop, signed, paperIds, ...said }
  if (hop.from.hasSeal) return [{ ...base, dueAt: due(context, setting.NUMBERING_DAYS) }]
  const numbered = { ...signed, ...facts.number!, issuedOn: context.today }
  const next = transfer.hops[transfer.hop + 1]!
  return [{ ...base, numbered, dueAt: due(context, reviewDays(next.from.tier)) }]
}

/** What the books know of the fees goes before what somebody writes; where they know nothing, the cell's word stands. */
function sayAsCell(command: Asked<'sign-referral'>, { fees }: Facts, { today, settings }: Context) {
  const review = command.cellReview
  if (!review)
    throw new Refusal('invalid', 'transfer.cell-review-missing', {
      fields: [{ field: 'comment', code: 'missing' }],
    })
  if (compare(review.meetingOn, today) > 0) {
    throw new Refusal('invalid', 'transfer.meeting-impossible', {
      fields: [{ field: 'meetingOn', code: 'future' }],
    })
  }
  if (fees && review.feesPaidThrough !== fees.paidThrough && !review.feesReason) {
    throw new Refusal('against-rule', 'transfer.fees-contradict', {
      facts: { paidThrough: fees.paidThrough },
    })
  }
  const printed = fees !== undefined && settings.get(setting.FEES_OPEN) === 'print'
  if (!printed && !feesCover(review.feesPaidThrough, today)) {
    throw new Refusal('against-rule', 'transfer.fees-unpaid', {
      citation: FEES_CITATION,
      facts: { paidThrough: review.feesPaidThrough },
    })
  }
  const feesOwed = fees && feesOwedAfter(review.feesPaidThrough, fees)
  return { cellReview: { ...review, ...(feesOwed ? { feesOwed } : {}) } }
}

/**
 * The grassroots organisation comments on the self-review and confirms the supplement sheet; those after it only refer. A
 * grassroots cell has said its comment as the cell.
 */
function sayAsCommittee(transfer: Transfer, command: Asked<'sign-referral'>) {
  if (transfer.hop > 0 && !command.committeeComment) {
    throw new Refusal('invalid', 'transfer.committee-comment-missing', {
      fields: [{ field: 'committeeComment', code: 'missing' }],
    })
  }
  if (!command.supplementUpToDate) {
    throw new Refusal('against-rule', 'transfer.supplement-sheet', { citation: SUPPLEMENT_SHEET_CITATION })
  }
  return command.committeeComment ? { committeeComment: command.committeeComment } : {}
}

/** The letter of this hop is sealed: on to the next, or referred. */
function afterLetter(transfer: Transfer, { standIn }: Facts, context: Context): Event[] {
  const next = transfer.hops[transfer.hop + 1]
  if (next)
    return [{ type: 'referral-sealed', hop: transfer.hop, dueAt: due(context, reviewDays(next.from.tier)) }]
  const referredOn = currentHop(transfer).numbered!.issuedOn
  const days = transfer.route!.kind === 'internal' ? setting.ADMISSION_DAYS : setting.HAND_OVER_DAYS
  const dueAt = due(context, days)
  return [
    { type: 'referral-sealed', hop: transfer.hop, dueAt },
    {
      type: 'transfer-referred',
      referredOn,
      presentBy: presentBy(referredOn, context.calendar),
      ...(standIn ? { standIn } : {}),
      dueAt,
    },
  ]
}

/** A sealing job that comes late speaks of a hop that is no longer the one being sealed. */
function refuseOtherHop(
  transfer: Transfer,
  command: { readonly type: CommandType; readonly hop: number },
): void {
  if (command.hop !== transfer.hop)
    throw new Refusal('conflict', 'transfer.not-now', { facts: { command: command.type } })
}
