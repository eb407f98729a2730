/** What each command brings about: events, or a refusal with its reason. Pure: everything known comes in. */
import type { Actor } from '../../kernel/actor.ts'
import { addDays, compare, todayIn, yearOf, type PlainDate } from '../../kernel/plain-date.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import {
  addWorkingDays,
  addWorkingMinutes,
  endOfNextWorkingDay,
  endOfWorkingDay,
  isWorkingDay,
  startOfWork,
  workingDaysBetween,
  workingMinutesBetween,
} from '../../kernel/working-time.ts'
import type { Setting } from '../../kernel/settings.ts'
import {
  BLOCK_CITATION,
  feesCover,
  FEES_CITATION,
  INTAKE_CITATION,
  INTAKE_WORKING_MINUTES,
  isLate,
  isSameHand,
  isStillMember,
  mayAsk,
  mayAttach,
  missingAnswers,
  needFreshSignIn,
  originCommittee,
  presentBy,
  PRESENT_CITATION,
  SEGREGATION_CITATION,
  startBy,
  START_CITATION,
  SUPPLEMENT_SHEET_CITATION,
  TRUTH_CITATION,
} from './rules.ts'
import { canHoldMembers, routeOf, type Chain, type Place, type Tier } from './route.ts'
import * as setting from './settings.ts'
import {
  currentHop,
  isLastHop,
  NEXT,
  type Act,
  type Command,
  type CommandType,
  type Event,
  type Transfer,
  type VoidedLetter,
} from './states.ts'

/** What the rules must know beside the state; `gather.ts` loads it in the command's transaction. */
export interface Facts {
  /** the member the dossier is about, as the registry has it today; undefined when it has none */
  readonly member:
    { readonly id: string; readonly type: Transfer['memberType']; readonly standing: string } | undefined
  /** the chain from the member's cell to the province, today */
  readonly origin: Chain
  /** the chain from the chosen destination upward; empty when none was chosen or it does not exist today */
  readonly destination: Chain
  readonly commission: Place | undefined
  /** an organisation named by the command itself: the cell to assign */
  readonly cell: { readonly place: Place; readonly chain: Chain } | undefined
  readonly holds: readonly { readonly id: string; readonly kind: string }[]
  readonly otherOpen: boolean
  /** what the technical check found wrong in the attached files: codes */
  readonly defects: readonly string[]
  /** ids made up for what this command creates */
  readonly paperIds: readonly string[]
  /** the number taken for a letter, when the command needs one */
  readonly number: { readonly number: number; readonly symbol: string } | undefined
}

type Handler<T extends CommandType> = (
  transfer: Transfer,
  command: Extract<Command, { type: T }>,
  facts: Facts,
  context: Context,
) => Event[]

/**
 * Decides one command on one transfer.
 *
 * @throws Refusal when the state, the actor or a rule says no
 */
export function decide(
  transfer: Transfer | undefined,
  command: Command,
  facts: Facts,
  context: Context,
): Event[] {
  if (!transfer) return begin(command, facts, context)
  if (!(NEXT[transfer.status] as readonly CommandType[]).includes(command.type)) {
    throw new Refusal('against-rule', 'transfer.not-now', {
      facts: { command: command.type, status: transfer.status },
    })
  }
  mayAsk(command.type, transfer, context.actor)
  needFreshSignIn(command.type, context)
  const handler = HANDLERS[command.type] as Handler<CommandType>
  return handler(transfer, command, facts, context)
}

function begin(command: Command, facts: Facts, { actor }: Context): Event[] {
  if (command.type !== 'save-draft' || actor.kind !== 'person')
    throw new Refusal('not-found', 'dossier.unknown')
  const memberId = actor.onBehalfOf?.memberId ?? actor.memberId
  if (actor.hat.position !== 'member')
    throw new Refusal('forbidden', 'transfer.not-yours', { facts: { command: command.type } })
  if (facts.member?.id !== memberId)
    throw new Refusal('forbidden', 'transfer.not-yours', { facts: { command: command.type } })
  if (facts.otherOpen) throw new Refusal('conflict', 'transfer.already-open')
  refuseGone(facts)
  if (facts.origin.length === 0) throw new Refusal('against-rule', 'transfer.not-active')
  return [
    { type: 'transfer-drafted', memberId, memberType: facts.member.type, origin: facts.origin },
    { type: 'draft-saved', answers: command.answers },
  ]
}

const HANDLERS: { [T in CommandType]: Handler<T> } = {
  'save-draft': (_transfer, command) => [{ type: 'draft-saved', answers: command.answers }],

  'attach-file': (transfer, { file }) => {
    mayAttach(file.role, transfer)
    if (transfer.files.length >= 20)
      throw new Refusal('against-rule', 'transfer.too-many-files', { facts: { max: 20 } })
    return [{ type: 'file-attached', file }]
  },

  'detach-file': (transfer, { fileId }) => {
    const file = transfer.files.find((each) => each.id === fileId)
    if (!file) throw new Refusal('not-found', 'transfer.file-unknown')
    mayAttach(file.role, transfer)
    return [{ type: 'file-detached', fileId }]
  },

  submit: submit,

  withdraw: (transfer, { reason }, _facts, context) => {
    if (isLastHop(transfer) && transfer.hops[transfer.hop]?.signed) {
      throw new Refusal('against-rule', 'transfer.signed-by-last')
    }
    return [{ type: 'transfer-withdrawn', reason, voided: voidFrom(transfer, 0, reason, context) }]
  },

  'accept-intake': (_transfer, _command, facts, context) => {
    refuseGone(facts)
    refuseHeld(facts)
    const route = decideRoute(facts, context)
    const dueAt = due(context, reviewDays(route.legs[0]!.from.tier))
    return [{ type: 'intake-accepted', origin: facts.origin, route, dueAt }]
  },

  'extend-intake': extendIntake,

  'ask-supplement': askSupplement,

  'answer-supplement': (transfer, { note }, _facts, context) => {
    if (!transfer.files.some((file) => file.role === 'decision')) {
      throw new Refusal('invalid', 'transfer.incomplete', {
        fields: [{ field: 'decisionFile', code: 'missing' }],
      })
    }
    const minutes = transfer.supplements.at(-1)!.minutesLeft
    const dueAt =
      minutes === null
        ? due(context, reviewDays(currentHop(transfer).from.tier))
        : addWorkingMinutes(context.calendar, context.at, minutes).toISOString()
    return [{ type: 'supplement-answered', note, dueAt }]
  },

  'remind-supplement': (transfer, _command, _facts, context) => {
    const { closableOn, remindedAt } = transfer.supplements.at(-1)!
    if (remindedAt) throw new Refusal('conflict', 'transfer.already-reminded')
    if (context.at < new Date(transfer.dueAt!)) throw new Refusal('against-rule', 'transfer.not-overdue')
    return [{ type: 'supplement-reminded', dueAt: endOfDay(context, workingDayBefore(closableOn, context)) }]
  },

  'close-unanswered': (transfer, { reason }, _facts, context) => {
    const { closableOn, remindedAt } = transfer.supplements.at(-1)!
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

  'sign-referral': signReferral,

  'take-number': (transfer, _command, facts, context) => {
    refuseHeld(facts)
    const hop = currentHop(transfer)
    const act = actOf(context)
    if (isSameHand(hop.signed!, act)) {
      throw new Refusal('forbidden', 'transfer.signer-takes-no-number', { citation: SEGREGATION_CITATION })
    }
    const numbered = { ...act, ...facts.number!, issuedOn: context.today }
    return [
      { type: 'number-taken', hop: transfer.hop, numbered, dueAt: due(context, setting.NUMBERING_DAYS) },
    ]
  },

  'record-seal': (transfer, command, _facts, context) => {
    refuseOtherHop(transfer, command)
    return afterLetter(transfer, context)
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

  return: (transfer, { reason }, _facts, context) => {
    const toHop = returnsTo(transfer)
    const days = toHop === null ? setting.CORRECTION_DAYS : reviewDays(transfer.hops[toHop]!.from.tier)
    const voided = voidFrom(transfer, toHop ?? 0, reason, context)
    return [{ type: 'transfer-returned', reason, toHop, voided, dueAt: due(context, days) }]
  },

  refuse: (transfer, { reason }, _facts, context) => [
    { type: 'transfer-refused', reason, voided: voidFrom(transfer, 0, reason, context) },
  ],

  'hand-over-file': (transfer, { sealNumber, handedOn }, _facts, context) => {
    if (compare(handedOn, transfer.referredOn!) < 0 || compare(handedOn, context.today) > 0) {
      throw new Refusal('invalid', 'transfer.handed-on-impossible', {
        fields: [{ field: 'handedOn', code: 'date' }],
      })
    }
    const custody = { sealNumber, handedOn, handedBy: actOf(context).by }
    return [{ type: 'file-handed-over', custody, dueAt: endOfDay(context, transfer.presentBy!) }]
  },

  'note-overdue': (transfer, _command, _facts, { today }) => {
    if (transfer.presentationOverdue) throw new Refusal('conflict', 'transfer.already-noted')
    if (compare(today, transfer.presentBy!) <= 0) {
      throw new Refusal('against-rule', 'transfer.not-overdue', { citation: PRESENT_CITATION })
    }
    return [{ type: 'presentation-overdue' }]
  },

  'explain-lateness': (transfer, { explanation }) => {
    if (!transfer.presentationOverdue)
      throw new Refusal('against-rule', 'transfer.not-overdue', { citation: PRESENT_CITATION })
    return [{ type: 'lateness-explained', explanation }]
  },

  'report-lost': (_transfer, { account }, _facts, context) => [
    { type: 'papers-lost', account, dueAt: due(context, setting.COMMITTEE_DAYS) },
  ],

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

  receive: receive,

  'assign-cell': (transfer, _command, facts, context) => {
    const { cell } = facts
    if (!cell || !mayAssign(transfer, cell)) {
      throw new Refusal('invalid', 'transfer.cell-unknown', {
        fields: [{ field: 'cellId', code: 'unknown' }],
      })
    }
    return [{ type: 'cell-assigned', cell: cell.place, dueAt: due(context, setting.ADMISSION_DAYS) }]
  },

  'return-from-destination': (transfer, { reason }, _facts, context) =>
    transfer.status === 'cell-admission' && transfer.route!.kind === 'official'
      ? [{ type: 'assignment-returned', reason, dueAt: due(context, setting.RECEPTION_DAYS) }]
      : [{ type: 'destination-returned', reason, dueAt: due(context, setting.COMMITTEE_DAYS) }],

  admit: (transfer, { meetingOn }, facts, context) => {
    refuseGone(facts)
    const since = transfer.custody?.receivedOn ?? transfer.referredOn!
    if (compare(meetingOn, context.today) > 0 || compare(meetingOn, since) < 0) {
      throw new Refusal('invalid', 'transfer.meeting-impossible', {
        fields: [{ field: 'meetingOn', code: 'date' }],
      })
    }
    return [{ type: 'member-admitted', meetingOn, admittedOn: context.today, paperId: facts.paperIds[0]! }]
  },
}

function submit(
  transfer: Transfer,
  command: Extract<Command, { type: 'submit' }>,
  facts: Facts,
  context: Context,
): Event[] {
  if (!command.declared)
    throw new Refusal('against-rule', 'transfer.not-declared', { citation: TRUTH_CITATION })
  refuseGone(facts)
  refuseImpossibleDates(transfer, context.today)
  // What was received in time and is corrected later did start in time.
  const late = isLate(transfer.answers, transfer.startedOn ?? context.today, context.calendar)
  const missing = missingAnswers(transfer, late)
  if (missing.length > 0) {
    const lateOnly = missing.length === 1 && missing[0] === 'lateExplanation'
    throw new Refusal('invalid', lateOnly ? 'transfer.late-unexplained' : 'transfer.incomplete', {
      ...(late ? { citation: START_CITATION } : {}),
      facts: late ? { startBy: startBy(transfer.answers.decisionEffectiveOn!, context.calendar) } : {},
      fields: missing.map((field) => ({ field, code: 'missing' })),
    })
  }
  decideRoute(facts, context) // a destination nobody may refer to is said now, not after a week
  const submitted: Event = {
    type: 'transfer-submitted',
    late,
    memberType: facts.member!.type,
    origin: facts.origin,
    destinationName: facts.destination[0]!.name,
    by: actOf(context).by,
  }
  if (facts.defects.length > 0)
    return [submitted, { type: 'transfer-technically-rejected', defects: facts.defects }]
  const dueAt = addWorkingMinutes(context.calendar, context.at, INTAKE_WORKING_MINUTES).toISOString()
  const received: Event = { type: 'transfer-received', receivedAt: context.at.toISOString(), dueAt }
  const hold = facts.holds[0]
  if (!hold) return [submitted, received]
  const blockedBy = originCommittee({ origin: facts.origin }).id
  const reviewAt = due(context, setting.BLOCK_REVIEW_DAYS)
  return [
    submitted,
    received,
    {
      type: 'transfer-blocked',
      holdId: hold.id,
      kind: hold.kind,
      blockedBy,
      minutesLeft: INTAKE_WORKING_MINUTES,
      dueAt: reviewAt,
    },
  ]
}

function refuseImpossibleDates({ answers }: Transfer, today: PlainDate): void {
  const fields: { field: string; code: string }[] = []
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

/**
 * 338-QĐ/TW art. 14: to the end of the working day after reception at the latest. What a supplement or a block stopped
 * stays stopped: the extension adds the minutes between the two limits, and never takes any away.
 */
function extendIntake(
  transfer: Transfer,
  { reason }: Extract<Command, { type: 'extend-intake' }>,
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

/** The stopped deadlines run on with what they had left. */
function liftBlock(
  transfer: Transfer,
  { holdId }: Extract<Command, { type: 'lift-block' }>,
  facts: Facts,
  context: Context,
): Event[] {
  refuseHeld(facts)
  const { calendar, at, today } = context
  const { resume, minutesLeft, at: blockedAt } = transfer.block!
  const dueAt = addWorkingMinutes(calendar, at, minutesLeft).toISOString()
  if (resume !== 'supplement-requested') return [{ type: 'block-lifted', holdId, dueAt }]
  const { closableOn } = transfer.supplements.at(-1)!
  const daysLeft = Math.max(0, workingDaysBetween(calendar, todayIn(new Date(blockedAt)), closableOn))
  return [{ type: 'block-lifted', holdId, closableOn: addWorkingDays(calendar, today, daysLeft), dueAt }]
}

/** One full instruction a stage; a second needs a written reason, which is reported (338-QĐ/TW art. 14). */
function askSupplement(
  transfer: Transfer,
  command: Extract<Command, { type: 'ask-supplement' }>,
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

function signReferral(
  transfer: Transfer,
  command: Extract<Command, { type: 'sign-referral' }>,
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
    ...(transfer.hop === 0 ? sayAsCell(command, context) : {}),
    ...(hop.from.id === originCommittee(transfer).id ? sayAsCommittee(transfer, command) : {}),
  }
  const signed = actOf(context)
  const base = {
    type: 'referral-signed' as const,
    hop: transfer.hop,
    signed,
    paperIds: facts.paperIds,
    ...said,
  }
  if (hop.from.hasSeal) return [{ ...base, dueAt: due(context, setting.NUMBERING_DAYS) }]
  const numbered = { ...signed, ...facts.number!, issuedOn: context.today }
  const next = transfer.hops[transfer.hop + 1]!
  return [{ ...base, numbered, dueAt: due(context, reviewDays(next.from.tier)) }]
}

function sayAsCell(command: Extract<Command, { type: 'sign-referral' }>, { today }: Context) {
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
  if (!feesCover(review.feesPaidThrough, today)) {
    throw new Refusal('against-rule', 'transfer.fees-unpaid', {
      citation: FEES_CITATION,
      facts: { paidThrough: review.feesPaidThrough },
    })
  }
  return { cellReview: review }
}

/**
 * The grassroots organisation comments on the self-review and confirms the supplement sheet; those after it only refer. A
 * grassroots cell has said its comment as the cell.
 */
function sayAsCommittee(transfer: Transfer, command: Extract<Command, { type: 'sign-referral' }>) {
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
function afterLetter(transfer: Transfer, context: Context): Event[] {
  const next = transfer.hops[transfer.hop + 1]
  if (next)
    return [{ type: 'referral-sealed', hop: transfer.hop, dueAt: due(context, reviewDays(next.from.tier)) }]
  const referredOn = currentHop(transfer).numbered!.issuedOn
  const days = transfer.route!.kind === 'internal' ? setting.ADMISSION_DAYS : setting.HAND_OVER_DAYS
  const dueAt = due(context, days)
  return [
    { type: 'referral-sealed', hop: transfer.hop, dueAt },
    { type: 'transfer-referred', referredOn, presentBy: presentBy(referredOn, context.calendar), dueAt },
  ]
}

function receive(
  transfer: Transfer,
  command: Extract<Command, { type: 'receive' }>,
  _facts: Facts,
  context: Context,
): Event[] {
  const { receivedOn, explanation } = command
  const earliest = transfer.custody?.handedOn ?? transfer.referredOn!
  if (compare(receivedOn, context.today) > 0 || compare(receivedOn, earliest) < 0) {
    throw new Refusal('invalid', 'transfer.received-on-impossible', {
      fields: [{ field: 'receivedOn', code: 'date' }],
    })
  }
  // What the destination sent back was presented when it first came; an internal letter is not carried by the member.
  const presentedOn = transfer.custody?.receivedOn ?? receivedOn
  const late = transfer.route!.kind === 'official' && compare(presentedOn, transfer.presentBy!) > 0
  if (late && !explanation && !transfer.latenessExplained) {
    throw new Refusal('invalid', 'transfer.presentation-unexplained', {
      citation: PRESENT_CITATION,
      facts: { presentBy: transfer.presentBy! },
      fields: [{ field: 'explanation', code: 'missing' }],
    })
  }
  if (command.sealIntact === false && !command.exception) {
    throw new Refusal('invalid', 'transfer.broken-seal-unexplained', {
      fields: [{ field: 'exception', code: 'missing' }],
    })
  }
  const custody = transfer.custody && {
    ...transfer.custody,
    receivedOn: presentedOn,
    receivedBy: actOf(context).by,
    ...(command.sealIntact === undefined ? {} : { sealIntact: command.sealIntact }),
    ...(command.exception ? { exception: command.exception } : {}),
  }
  const dueAt = due(context, setting.RECEPTION_DAYS)
  return [
    {
      type: 'received-at-destination',
      receivedOn,
      late,
      ...(custody ? { custody } : {}),
      ...(explanation ? { explanation } : {}),
      dueAt,
    },
  ]
}

/** A cell under the receiving committee, or that organisation itself when it is one; an internal letter names its cell. */
function mayAssign({ route }: Transfer, { place, chain }: NonNullable<Facts['cell']>): boolean {
  if (route!.kind === 'internal') return place.id === route!.legs.at(-1)!.to.id
  return canHoldMembers(place) && chain.some((each) => each.id === route!.receiver.id)
}

/** Back one step: to the hop before whose letter is then void, or from the cell to the member. */
function returnsTo(transfer: Transfer): number | null {
  if (transfer.status === 'numbering' || transfer.status === 'sealing-failed') return transfer.hop
  return transfer.status === 'committee-review' ? transfer.hop - 1 : null
}

function reviewDays(tier: Tier): Setting<number> {
  if (tier === 'cell') return setting.CELL_REVIEW_DAYS
  return tier === 'intermediate' ? setting.INTERMEDIATE_DAYS : setting.COMMITTEE_DAYS
}

function voidLast(transfer: Transfer, reason: string, context: Context): Event {
  const toHop = transfer.hops.length - 1
  const voided = voidFrom(transfer, toHop, reason, context)
  return {
    type: 'referral-voided',
    reason,
    toHop,
    voided,
    dueAt: due(context, reviewDays(transfer.hops[toHop]!.from.tier)),
  }
}

/** The letters of this hop and those after it lose their force; their numbers stay in the register. */
function voidFrom(transfer: Transfer, from: number, reason: string, { at }: Context): VoidedLetter[] {
  return transfer.hops.flatMap((hop, index) =>
    index >= from && hop.signed
      ? [
          {
            hop: index,
            paperIds: hop.signed.paperIds,
            symbol: hop.numbered?.symbol ?? null,
            reason,
            at: at.toISOString(),
          },
        ]
      : [],
  )
}

function decideRoute(facts: Facts, { settings }: Context) {
  if (facts.destination.length === 0) {
    throw new Refusal('against-rule', 'transfer.destination-unknown', {
      fields: [{ field: 'destinationId', code: 'unknown' }],
    })
  }
  return routeOf({
    origin: facts.origin,
    destination: facts.destination,
    commission: facts.commission,
    withinProvince: settings.get(setting.WITHIN_PROVINCE),
  })
}

function refuseHeld(facts: Facts): void {
  if (facts.holds.length === 0) return
  throw new Refusal('against-rule', 'transfer.member-held', {
    citation: BLOCK_CITATION,
    facts: { kinds: facts.holds.map((hold) => hold.kind) },
  })
}

/** A sealing job that comes late speaks of a hop that is no longer the one being sealed. */
function refuseOtherHop(
  transfer: Transfer,
  command: { readonly type: CommandType; readonly hop: number },
): void {
  if (command.hop !== transfer.hop)
    throw new Refusal('conflict', 'transfer.not-now', { facts: { command: command.type } })
}

function refuseGone({ member }: Facts): void {
  if (!isStillMember(member)) throw new Refusal('against-rule', 'transfer.not-active')
}

function actOf({ actor, at }: { actor: Actor; at: Date }): Act {
  if (actor.kind !== 'person') throw new Error('the clock signs nothing')
  const { memberId, hat, onBehalfOf } = actor
  const principal = onBehalfOf ? { onBehalfOf: onBehalfOf.memberId } : {}
  return { by: memberId, ...principal, position: hat.position, at: at.toISOString() }
}

function workingDayBefore(date: PlainDate, { calendar }: Context): PlainDate {
  let day = addDays(date, -1)
  while (!isWorkingDay(calendar, day)) day = addDays(day, -1)
  return day
}

function minutesUntil(dueAt: Date, { calendar, at }: Context): number {
  return Math.max(0, workingMinutesBetween(calendar, at, dueAt))
}

function due(context: Context, days: Setting<number>): string {
  return endOfDay(context, addWorkingDays(context.calendar, context.today, context.settings.get(days)))
}

function endOfDay({ calendar }: Context, day: PlainDate): string {
  return endOfWorkingDay(calendar, day).toISOString()
}
