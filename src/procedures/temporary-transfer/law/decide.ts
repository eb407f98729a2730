/** What each command brings about: events, or a refusal with its reason. Pure: everything known comes in. */
import type { Actor } from '../../../kernel/actor.ts'
import { actsForMember, MEMBER_HAT } from '../../../kernel/actor.ts'
import { addMonths, compare, monthOf } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Facts } from './facts.ts'
import { refuseFeesMonth } from './fees.ts'
import type { Asked, Handler, Handlers } from './handler.ts'
import { actOf, due, endOfStay } from './handler.ts'
import { committeeOf, type Place } from './place.ts'
import * as rules from './rules.ts'
import * as setting from './settings.ts'
import { STAYING_ACTS } from './staying.ts'
import { NEXT, type Command, type CommandType, type Event, type Stay } from './states.ts'

/** More is no request but an archive. */
const MOST_FILES = 10

/**
 * Decides one command on one stay: is it its time, may this actor, is the sign-in fresh; then its own handler.
 *
 * @throws Refusal when the state, the actor or a rule says no
 */
export function decide(stay: Stay | undefined, command: Command, facts: Facts, context: Context): Event[] {
  if (!stay) return begin(command, facts, context)
  if (!(NEXT[stay.status] as readonly CommandType[]).includes(command.type)) {
    throw new Refusal('against-rule', 'temporary.not-now', {
      facts: { command: command.type, status: stay.status },
    })
  }
  rules.mayAsk(command.type, stay, context.actor)
  rules.needFreshSignIn(command.type, context)
  const handler = HANDLERS[command.type] as Handler<CommandType>
  return handler(stay, command, facts, context)
}

/** A dossier begins with the first answers its member, a delegate, or an office of the origin writes down. */
function begin(command: Command, facts: Facts, { actor }: Context): Event[] {
  if (command.type !== 'save-draft' || actor.kind !== 'person')
    throw new Refusal('not-found', 'dossier.unknown')
  const { member, origin } = facts
  // Whom an office may not write for is as unknown to it as nobody.
  if (command.memberId !== undefined && (!member || !officeOf(actor, origin)))
    throw new Refusal('not-found', 'dossier.unknown')
  const office = officeOf(actor, origin)
  const isMember =
    actor.hat.position === MEMBER_HAT && (actor.onBehalfOf?.memberId ?? actor.memberId) === member?.id
  if (!member || (!isMember && !office) || (office && actor.memberId === member.id))
    throw new Refusal('forbidden', 'temporary.not-yours', { facts: { command: command.type } })
  if (facts.otherOpen) throw new Refusal('conflict', 'temporary.already-open')
  refuseGone(facts)
  if (origin.length === 0 || !committeeOf(origin)) throw new Refusal('against-rule', 'temporary.not-active')
  const opened: Event = {
    type: 'stay-drafted',
    memberId: member.id,
    memberType: member.type,
    origin,
    ...(office ? { office } : {}),
  }
  return [opened, { type: 'draft-saved', answers: command.answers }]
}

/** The office of the member's cell or its grassroots committee under whose hat this person writes. */
function officeOf(actor: Actor, origin: Facts['origin']): Place | undefined {
  const places = [origin[0], committeeOf(origin)]
  return places.find((place) => place && isOfficer(actor, place))
}
const isOfficer = (actor: Actor, place: Place): boolean =>
  actor.kind === 'person' &&
  actor.hat.organisationId === place.id &&
  rules.checkers(place).includes(actor.hat.position)

/** Who left, was removed or died goes nowhere any more. */
function refuseGone({ member }: Facts): void {
  if (!rules.isStillMember(member)) throw new Refusal('against-rule', 'temporary.not-active')
}

const atField = (field: string, code = 'date') => ({ fields: [{ field, code }] })

const HANDLERS: Handlers = {
  ...STAYING_ACTS,

  'save-draft': (_stay, { answers }) => [{ type: 'draft-saved', answers }],

  'attach-file': ({ files }, { file }) => {
    if (files.length >= MOST_FILES)
      throw new Refusal('against-rule', 'temporary.too-many-files', { facts: { max: MOST_FILES } })
    return [{ type: 'file-attached', file }]
  },

  'detach-file': ({ files }, { fileId }) => {
    if (!files.some((each) => each.id === fileId)) throw new Refusal('not-found', 'temporary.file-unknown')
    return [{ type: 'file-detached', fileId }]
  },

  submit,

  withdraw: (_stay, { reason }) => [{ type: 'stay-withdrawn', reason }],

  'send-back': ({ status, askBy }, { reason }, _facts, context) => {
    const to = status === 'numbering' ? 'committee' : 'asker'
    const days = to === 'committee' ? setting.COMMITTEE_DAYS : setting.CORRECTION_DAYS
    const late = status === 'cell-review' && askBy !== undefined && context.at > new Date(askBy)
    const dueAt = due(context, days)
    return [{ type: 'stay-sent-back', reason, to, ...(late ? { late } : {}), dueAt }]
  },

  refuse: (_stay, { reason }) => [{ type: 'stay-refused', reason }],

  comment: (stay, { meetingOn, comment, feesPaidThrough }, facts, context) => {
    refuseGone(facts)
    if (compare(meetingOn, context.today) > 0 || compare(meetingOn, addMonths(context.today, -6)) < 0)
      throw new Refusal('invalid', 'temporary.meeting-impossible', atField('meetingOn'))
    // The month in which the letter is written is settled at the origin; who has paid ahead says so.
    refuseFeesMonth(feesPaidThrough, monthOf(stay.answers.to ?? context.today), facts.fees)
    const words = { meetingOn, comment, feesPaidThrough, signed: actOf(context) }
    return [{ type: 'cell-commented', comment: words, dueAt: due(context, setting.COMMITTEE_DAYS) }]
  },

  'sign-referral': (stay, { committeeComment }, facts, context) => {
    refuseGone(facts)
    refuseOver(stay, context)
    const { paperId } = facts
    const dueAt = due(context, setting.NUMBERING_DAYS)
    return [{ type: 'referral-signed', signed: actOf(context), paperId, committeeComment, dueAt }]
  },

  'take-number': (stay, _command, { number }, context) => {
    const act = actOf(context)
    if (rules.isSameHand(act, stay.referral!.signed))
      throw new Refusal('forbidden', 'temporary.same-hand', { citation: rules.SEGREGATION_CITATION })
    if (!number) throw new Error('a number was to be taken')
    const numbered = { ...act, ...number, issuedOn: context.today }
    return [{ type: 'number-taken', numbered, dueAt: due(context, setting.NUMBERING_DAYS) }]
  },

  'record-seal': (_stay, _command, _facts, context) => [
    { type: 'referral-sealed', at: context.at.toISOString(), dueAt: due(context, setting.RECEPTION_DAYS) },
  ],
  'record-seal-failure': (_stay, { failure }, _facts, context) => [
    { type: 'sealing-failed', failure, dueAt: due(context, setting.NUMBERING_DAYS) },
  ],
  'retry-seal': (_stay, _command, _facts, context) => [
    { type: 'sealing-retried', dueAt: due(context, setting.NUMBERING_DAYS) },
  ],

  'assign-cell': (stay, _command, { cell, standIn, paperId }, context) => {
    const committee = rules.hostOf(stay)
    if (!cell || !mayAssign(committee, cell))
      throw new Refusal('invalid', 'temporary.cell-unknown', atField('cellId', 'unknown'))
    const letter = cell.place.id === committee.id ? {} : { letter: { paperId, signed: actOf(context) } }
    const dueAt = due(context, setting.ADMISSION_DAYS)
    return [{ type: 'cell-assigned', cell: cell.place, standIn, ...letter, dueAt }]
  },

  decline: (_stay, { reason }) => [{ type: 'stay-declined', reason }],

  admit: (stay, { meetingOn }, facts, context) => {
    refuseGone(facts)
    refuseOver(stay, context)
    const issuedOn = stay.referral!.numbered!.issuedOn
    if (compare(meetingOn, context.today) > 0 || compare(meetingOn, issuedOn) < 0)
      throw new Refusal('invalid', 'temporary.meeting-impossible', atField('meetingOn'))
    const { from, to } = stay.answers as { from: string; to: string }
    return [
      {
        type: 'guest-admitted',
        meetingOn,
        admittedOn: context.today,
        from,
        until: to,
        dueAt: endOfStay(context, to),
      },
    ]
  },
}

/** Whoever would come when the stay is over already, does not come. */
function refuseOver({ answers }: Stay, { today }: Context): void {
  if (answers.to !== undefined && compare(today, answers.to) > 0)
    throw new Refusal('against-rule', 'temporary.already-over')
}

/** A cell under the host committee, or the grassroots cell itself. */
function mayAssign(committee: Place, { place, chain }: NonNullable<Facts['cell']>): boolean {
  return (
    (place.tier === 'cell' || place.tier === 'grassroots') && chain.some((each) => each.id === committee.id)
  )
}

function submit(stay: Stay, command: Asked<'submit'>, facts: Facts, context: Context): Event[] {
  if (!command.declared)
    throw new Refusal('against-rule', 'temporary.not-declared', { citation: rules.TRUTH_CITATION })
  refuseGone(facts)
  // An office whose member came under another one meanwhile no longer sends anything of theirs.
  const isWriter = actsForMember(context.actor, stay.memberId) || officeOf(context.actor, facts.origin)
  if (!isWriter) throw new Refusal('forbidden', 'temporary.not-yours', { facts: { command: command.type } })
  const missing = rules.missingAnswers(stay)
  if (missing.length > 0)
    throw new Refusal('invalid', 'temporary.incomplete', {
      fields: missing.map((field) => ({ field, code: 'missing' })),
    })
  rules.refuseDays(stay.answers, context)
  const host = hostFor(facts)
  return [
    {
      type: 'stay-requested',
      memberType: facts.member!.type,
      origin: facts.origin,
      host,
      by: actOf(context).by,
      receivedAt: context.at.toISOString(),
      standIn: facts.standIn,
      askBy: rules.askUntil(context),
      dueAt: due(context, setting.CELL_REVIEW_DAYS),
    },
  ]
}

/** The grassroots organisation to be referred to; inside one's own nobody is referred temporarily [I]. */
function hostFor({ origin, host }: Facts): Place {
  const place = committeeOf(host)
  if (!place) throw new Refusal('invalid', 'temporary.host-unknown', atField('hostId', 'unknown'))
  const own = committeeOf(origin)
  if (!own) throw new Refusal('against-rule', 'temporary.not-active')
  if (own.id === place.id)
    throw new Refusal('against-rule', 'temporary.same-committee', {
      fields: [{ field: 'hostId', code: 'same-committee' }],
    })
  return place
}
