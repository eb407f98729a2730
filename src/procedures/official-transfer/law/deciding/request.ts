/** The member's part: beginning, writing, sending and withdrawing the request. */
import { MEMBER_HAT } from '../../../../kernel/actor.ts'
import { compare, yearOf, type PlainDate } from '../../../../kernel/plain-date.ts'
import type { Context } from '../../../../kernel/procedure.ts'
import { Refusal, type FieldProblem } from '../../../../kernel/refusal.ts'
import type { Facts } from '../facts.ts'
import {
  INTAKE_WORKING_MINUTES,
  isLate,
  mayAttach,
  missingAnswers,
  originCommittee,
  startBy,
  START_CITATION,
  TRUTH_CITATION,
} from '../rules.ts'
import { BLOCK_REVIEW_DAYS } from '../settings.ts'
import { isLastHop, type Command, type Event, type Transfer } from '../states.ts'
import { due, inMinutes } from './deadlines.ts'
import { actOf, decideRoute, refuseGone, type Asked, type Handlers } from './handler.ts'
import { voidFrom } from './voiding.ts'

/** More is no request but an archive. */
const MOST_FILES = 20

/** A dossier begins with the first answers its member, or the member's delegate, writes down. */
export function begin(command: Command, facts: Facts, { actor }: Context): Event[] {
  if (command.type !== 'save-draft' || actor.kind !== 'person')
    throw new Refusal('not-found', 'dossier.unknown')
  const memberId = actor.onBehalfOf?.memberId ?? actor.memberId
  if (actor.hat.position !== MEMBER_HAT || facts.member?.id !== memberId)
    throw new Refusal('forbidden', 'transfer.not-yours', { facts: { command: command.type } })
  if (facts.otherOpen) throw new Refusal('conflict', 'transfer.already-open')
  refuseGone(facts)
  if (facts.origin.length === 0) throw new Refusal('against-rule', 'transfer.not-active')
  return [
    { type: 'transfer-drafted', memberId, memberType: facts.member.type, origin: facts.origin },
    { type: 'draft-saved', answers: command.answers },
  ]
}

export const REQUEST = {
  'save-draft': (_transfer, command) => [{ type: 'draft-saved', answers: command.answers }],

  'attach-file': (transfer, { file }) => {
    mayAttach(file.role, transfer)
    if (transfer.files.length >= MOST_FILES)
      throw new Refusal('against-rule', 'transfer.too-many-files', { facts: { max: MOST_FILES } })
    return [{ type: 'file-attached', file }]
  },

  'detach-file': (transfer, { fileId }) => {
    const file = transfer.files.find((each) => each.id === fileId)
    if (!file) throw new Refusal('not-found', 'transfer.file-unknown')
    mayAttach(file.role, transfer)
    return [{ type: 'file-detached', fileId }]
  },

  submit,

  withdraw: (transfer, { reason }, _facts, context) => {
    if (isLastHop(transfer) && transfer.hops[transfer.hop]?.signed)
      throw new Refusal('against-rule', 'transfer.signed-by-last')
    return [{ type: 'transfer-withdrawn', reason, voided: voidFrom(transfer, 0, reason, context) }]
  },
} satisfies Partial<Handlers>

function submit(transfer: Transfer, command: Asked<'submit'>, facts: Facts, context: Context): Event[] {
  if (!command.declared)
    throw new Refusal('against-rule', 'transfer.not-declared', { citation: TRUTH_CITATION })
  refuseGone(facts)
  refuseImpossibleDates(transfer, context.today)
  // What was received in time and is corrected later did start in time.
  const late = isLate(transfer.answers, transfer.startedOn ?? context.today, context.calendar)
  refuseIncomplete(transfer, late, context)
  decideRoute(facts, context) // a destination nobody may refer to is said now, not after a week
  const submitted: Event = {
    type: 'transfer-submitted',
    late,
    memberType: facts.member!.type,
    origin: facts.origin,
    destinationName: facts.destination[0]!.name,
    by: actOf(context).by,
    ...(facts.standIn ? { standIn: facts.standIn } : {}),
  }
  if (facts.defects.length > 0)
    return [submitted, { type: 'transfer-technically-rejected', defects: facts.defects }]
  const dueAt = inMinutes(context, INTAKE_WORKING_MINUTES)
  const received: Event = { type: 'transfer-received', receivedAt: context.at.toISOString(), dueAt }
  return [submitted, received, ...heldFromTheStart(facts, context)]
}

/** A member under inspection may send, so that the start is in time; the dossier stops with its reception. */
function heldFromTheStart({ holds, origin }: Facts, context: Context): Event[] {
  const hold = holds[0]
  if (!hold) return []
  return [
    {
      type: 'transfer-blocked',
      holdId: hold.id,
      kind: hold.kind,
      blockedBy: hold.setIn ?? originCommittee({ origin }).id,
      minutesLeft: INTAKE_WORKING_MINUTES,
      dueAt: due(context, BLOCK_REVIEW_DAYS),
    },
  ]
}

function refuseIncomplete(transfer: Transfer, late: boolean, { calendar }: Context): void {
  const missing = missingAnswers(transfer, late)
  if (missing.length === 0) return
  const lateOnly = missing.length === 1 && missing[0] === 'lateExplanation'
  throw new Refusal('invalid', lateOnly ? 'transfer.late-unexplained' : 'transfer.incomplete', {
    ...(late ? { citation: START_CITATION } : {}),
    facts: late ? { startBy: startBy(transfer.answers.decisionEffectiveOn!, calendar) } : {},
    fields: missing.map((field) => ({ field, code: 'missing' })),
  })
}

function refuseImpossibleDates({ answers }: Transfer, today: PlainDate): void {
  const fields: FieldProblem[] = []
  const { reviewFrom, reviewTo, decisionIssuedOn, decisionEffectiveOn } = answers
  if (reviewFrom && reviewTo && compare(reviewFrom, reviewTo) >= 0)
    fields.push({ field: 'reviewTo', code: 'before-start' })
  if (reviewTo && compare(reviewTo, today) > 0) fields.push({ field: 'reviewTo', code: 'future' })
  const yearsAhead = decisionEffectiveOn ? yearOf(decisionEffectiveOn) - yearOf(today) : 0
  if (yearsAhead < -5) fields.push({ field: 'decisionEffectiveOn', code: 'too-old' })
  if (yearsAhead > 1) fields.push({ field: 'decisionEffectiveOn', code: 'future' })
  if (decisionIssuedOn && compare(decisionIssuedOn, today) > 0)
    fields.push({ field: 'decisionIssuedOn', code: 'future' })
  if (fields.length > 0) throw new Refusal('invalid', 'transfer.dates-impossible', { fields })
}
