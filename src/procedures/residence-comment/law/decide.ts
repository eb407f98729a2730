/** What each command on a comment brings about: events, or a refusal with its reason. Pure: everything known comes in. */
import { actsForMember, holds, isThisPerson } from '../../../kernel/actor.ts'
import { compare, yearOf } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Facts, Residence } from './facts.ts'
import { criteriaOf, foreignTicks, formOf, formOn } from './form.ts'
import { preparers, type Place } from './place.ts'
import {
  cellDueAt,
  DELAY_CITATION,
  dueIn,
  escalationDue,
  EXEMPT_CITATION,
  FRONT_BOARD_CITATION,
  isComplete,
  isSameHand,
  isStillMember,
  mayAsk,
  missingIn,
  needFresh,
  needFreshSignIn,
  NOT_REFERRED_CITATION,
  OWN_CITATION,
  REFERRAL_CITATION,
  residenceFor,
  SIGNED_CITATION,
  losesCell,
  signsRequest,
  written,
} from './rules.ts'
import { seasonOf } from './season.ts'
import { COMMUNE_DAYS, CORRECT_DAYS, FILE_DAYS, ROUTE_DAYS } from './settings.ts'
import { NEXT, type Act, type Command, type CommandType, type Comment, type Event } from './states.ts'

type Asked<T extends CommandType> = Extract<Command, { type: T }>
type Handler<T extends CommandType> = (
  comment: Comment,
  command: Asked<T>,
  facts: Facts,
  context: Context,
) => Event[]

/**
 * Decides one command on one comment: is it its time, may this actor, is the sign-in fresh; then its own handler.
 *
 * @throws Refusal when the state, the actor or a rule says no
 */
export function decide(
  comment: Comment | undefined,
  command: Command,
  facts: Facts,
  context: Context,
): Event[] {
  if (!comment) return begin(command, facts, context)
  if (
    command.type === 'request' ||
    !(NEXT[comment.status] as readonly CommandType[]).includes(command.type)
  ) {
    throw new Refusal('against-rule', 'residence-comment.not-now', {
      facts: { command: command.type, status: comment.status },
      ...(comment.cellSigned ? { citation: SIGNED_CITATION } : {}),
    })
  }
  mayAsk(command.type, comment, context.actor)
  needFreshSignIn(command.type, context)
  const handler = HANDLERS[command.type] as Handler<CommandType>
  return handler(comment, command, facts, context)
}

/** Somebody asks: the member, or the workplace committee for one of its members. */
function begin(command: Command, facts: Facts, context: Context): Event[] {
  if (command.type !== 'request') throw new Refusal('not-found', 'dossier.unknown')
  const { year, purpose } = command
  const { startedBy, workplace } = askerOf(command, facts, context)
  const signs = startedBy === 'workplace' && signsRequest(workplace, context.actor)
  if (signs) needFresh(context)
  requireMember(facts)
  const season = seasonOf(year, facts.province, context.settings)
  if (purpose === 'yearly') {
    if (compare(context.today, season.askFrom) < 0)
      throw new Refusal('against-rule', 'residence-comment.too-early', { facts: { from: season.askFrom } })
    if (compare(context.today, season.latest) > 0)
      throw new Refusal('against-rule', 'residence-comment.too-late', { facts: { until: season.latest } })
  } else {
    if (year !== yearOf(context.today)) throw new Refusal('invalid', 'residence-comment.wrong-year')
    if (!command.reason) throw new Refusal('invalid', 'residence-comment.reason-missing')
  }
  requireNotAskedYet(command, facts)
  const residence = residenceOf(command, facts, context)
  const returnBy = purpose === 'yearly' ? season.returnBy : null
  if (signs) requireCertificate(facts)
  return [
    {
      type: 'comment-requested',
      memberId: facts.member!.id,
      year,
      purpose,
      ...(command.reason ? { reason: command.reason } : {}),
      startedBy,
      ...(signs ? { requestSigned: actOf(context) } : {}),
      late: purpose === 'yearly' && compare(context.today, season.askUntil) > 0,
      ...(command.corrects ? { corrects: command.corrects } : {}),
      workplace,
      referralId: residence.referralId,
      commune: residence.commune,
      exempt: residence.exempt,
      form: formOn(context.today).version,
      returnBy,
      dueAt: dueIn(context.settings.get(ROUTE_DAYS), context),
    },
    ...routed(residence, facts, returnBy, context),
  ]
}

/** To the cell of the accepted referral at once; where there is none, the commune chooses. */
function routed(residence: Residence, facts: Facts, returnBy: string | null, context: Context): Event[] {
  if (!residence.cell) return []
  return [
    {
      type: 'comment-routed',
      cell: residence.cell,
      communeActs: !facts.othersCanSign,
      dueAt: cellDueAt(returnBy, context),
    },
  ]
}

function askerOf(
  { memberId }: Asked<'request'>,
  { member, workplace, wasHere }: Facts,
  { actor }: Context,
): { startedBy: Comment['startedBy']; workplace: Place } {
  if (memberId === undefined || actsForMember(actor, memberId)) {
    if (!member || !actsForMember(actor, member.id))
      throw new Refusal('forbidden', 'residence-comment.not-yours', { facts: { command: 'request' } })
    if (!workplace) throw new Refusal('against-rule', 'residence-comment.no-workplace')
    return { startedBy: 'member', workplace }
  }
  if (member && workplace && holds(actor, workplace.id, preparers(workplace))) {
    if (isThisPerson(actor, member.id))
      throw new Refusal('forbidden', 'residence-comment.own', { citation: OWN_CITATION })
    return { startedBy: 'workplace', workplace }
  }
  // Who was here once is told of, who never was is as unknown as nobody.
  if (!wasHere) throw new Refusal('not-found', 'member.unknown')
  requireMember({ member })
  throw new Refusal('against-rule', 'residence-comment.member-moved')
}

/** A comment confirms no ended membership (7.9 [I]). */
function requireMember({ member }: Pick<Facts, 'member'>): void {
  if (!isStillMember(member))
    throw new Refusal('against-rule', 'residence-comment.member-left', {
      facts: { standing: member?.standing ?? 'unknown' },
    })
}

/** Told before anything is written: the paper is made after the act, and then it would be too late. */
function requireCertificate({ cannotSign }: Facts): void {
  if (cannotSign) throw cannotSign
}

/** One open comment a member, year and purpose. The year's own, once filed, is only replaced by one that names it; needs come anew. */
function requireNotAskedYet({ corrects, purpose }: Asked<'request'>, { last }: Facts): void {
  if (last && !last.filed) throw new Refusal('conflict', 'residence-comment.already-open')
  if (last && corrects === undefined && purpose === 'yearly')
    throw new Refusal('conflict', 'residence-comment.already-filed')
  if (corrects !== undefined && corrects !== last?.id)
    throw new Refusal('invalid', 'residence-comment.corrects-unknown')
}

function residenceOf({ purpose, year }: Asked<'request'>, facts: Facts, { today }: Context): Residence {
  if (facts.notReferred)
    throw new Refusal('against-rule', 'residence-comment.not-referred', { citation: NOT_REFERRED_CITATION })
  const residence = residenceFor(facts.residences, purpose, year, today)
  if (!residence)
    throw new Refusal('against-rule', 'residence-comment.no-referral', {
      citation: REFERRAL_CITATION,
      facts: { pending: facts.referralPending },
    })
  if (residence.exempt && purpose === 'yearly')
    throw new Refusal('against-rule', 'residence-comment.exempt', { citation: EXEMPT_CITATION })
  return residence
}

const HANDLERS: { [T in Exclude<CommandType, 'request'>]: Handler<T> } = {
  route: (comment, _command, { cell, othersCanSign }, context) => {
    if (!cell || cell.communeId !== comment.commune.id)
      throw new Refusal('invalid', 'residence-comment.cell-elsewhere')
    // The same cell once more makes sense where the commune now has to do its part, or no longer has to.
    if (cell.place.id === comment.cell?.id && comment.communeActs !== othersCanSign)
      throw new Refusal('conflict', 'residence-comment.same-cell')
    return [
      {
        type: 'comment-routed',
        cell: cell.place,
        communeActs: !othersCanSign,
        dueAt: cellDueAt(comment.returnBy, context),
      },
    ]
  },

  'save-draft': (comment, command, _facts, { today }) => {
    const ticks = command.ticks ?? {}
    const foreign = foreignTicks(criteriaOf(formOf(comment.form), comment.exempt), ticks)
    if (foreign.length > 0)
      throw new Refusal('invalid', 'residence-comment.tick-unknown', { facts: { foreign } })
    const met = command.frontBoardMetOn
    if (met && compare(met, today) > 0)
      throw new Refusal('invalid', 'residence-comment.front-board-in-future', {
        citation: FRONT_BOARD_CITATION,
      })
    const draft = {
      ticks,
      ...(command.freeText === undefined ? {} : { freeText: command.freeText }),
      ...(met === undefined ? {} : { frontBoardMetOn: met }),
    }
    return [{ type: 'draft-saved', ...draft, complete: isComplete(comment, written(comment.draft, draft)) }]
  },

  sign: (comment, _command, facts, context) => {
    requireMember(facts)
    const missing = missingIn(comment, comment.draft)
    if (missing.length > 0)
      throw new Refusal('against-rule', 'residence-comment.incomplete', {
        citation: FRONT_BOARD_CITATION,
        facts: { missing },
      })
    requireCertificate(facts)
    return [
      {
        type: 'comment-signed',
        act: actOf(context),
        dueAt: dueIn(context.settings.get(COMMUNE_DAYS), context),
      },
    ]
  },

  'return-to-cell': (comment, { reason }, { othersCanSign }, context) => [
    {
      type: 'comment-returned-to-cell',
      reason,
      communeActs: !othersCanSign,
      dueAt: cellDueAt(comment.returnBy, context),
    },
  ],

  confirm: (comment, _command, facts, context) => {
    requireMember(facts)
    const act = actOf(context)
    if (comment.cellSigned && isSameHand(comment.cellSigned, act))
      throw new Refusal('forbidden', 'residence-comment.same-hand', { citation: OWN_CITATION })
    return [{ type: 'comment-confirmed', act }]
  },

  'record-seal': (_comment, { paperId }, _facts, context) => [
    { type: 'comment-sealed', paperId, dueAt: dueIn(context.settings.get(FILE_DAYS), context) },
  ],
  'record-seal-failure': (_comment, { failure }) => [{ type: 'sealing-failed', failure }],
  'retry-seal': () => [{ type: 'sealing-retried' }],

  'send-back': (_comment, { ground, reason }, _facts, context) => [
    { type: 'comment-sent-back', ground, reason, dueAt: dueIn(context.settings.get(CORRECT_DAYS), context) },
  ],

  'ask-again': (comment, _command, facts, context) => {
    requireMember(facts)
    const residence = residenceOf({ ...comment, type: 'request' }, facts, context)
    return [
      {
        type: 'comment-asked-again',
        referralId: residence.referralId,
        commune: residence.commune,
        exempt: residence.exempt,
        dueAt: dueIn(context.settings.get(ROUTE_DAYS), context),
      },
      ...routed(residence, facts, comment.returnBy, context),
    ]
  },

  file: (_comment, _command, _facts, context) => [{ type: 'comment-filed', act: actOf(context) }],
  cancel: (_comment, { reason }, { member }, { actor }) => {
    // By itself it ends only with the membership (7.9 [I]).
    if (actor.kind === 'clock' && isStillMember(member))
      throw new Refusal('against-rule', 'residence-comment.nothing-ended')
    return [{ type: 'comment-cancelled', reason }]
  },

  escalate: (comment, { level }, _facts, context) => {
    if (escalationDue(comment, context) !== level)
      throw new Refusal('against-rule', 'residence-comment.not-overdue', { citation: DELAY_CITATION })
    return [{ type: 'comment-escalated', level }]
  },

  'follow-member': (comment, _command, { workplace }, context) => {
    if (!workplace || workplace.id === comment.workplace.id)
      throw new Refusal('against-rule', 'residence-comment.nothing-to-follow')
    const days = { 'sent-back': CORRECT_DAYS, 'returned-to-workplace': FILE_DAYS }[comment.status as string]
    const dueAt = days ? dueIn(context.settings.get(days), context) : comment.dueAt
    return [{ type: 'member-followed', workplace, dueAt }]
  },

  'follow-reorganisation': (comment, _command, { now, othersCanSign }, context) => {
    if (!now) throw new Refusal('against-rule', 'residence-comment.nothing-to-follow')
    const same =
      now.workplace.id === comment.workplace.id &&
      now.commune.id === comment.commune.id &&
      now.cell?.id === comment.cell?.id
    if (same) throw new Refusal('against-rule', 'residence-comment.nothing-to-follow')
    return [
      {
        type: 'reorganisation-followed',
        workplace: now.workplace,
        commune: now.commune,
        ...(now.cell ? { cell: now.cell } : {}),
        communeActs: now.cell !== undefined && !othersCanSign,
        dueAt: losesCell(comment, now.cell)
          ? dueIn(context.settings.get(ROUTE_DAYS), context)
          : comment.dueAt,
      },
    ]
  },
}

function actOf({ actor, at }: Context): Act {
  if (actor.kind !== 'person') throw new Error('the clock signs nothing')
  return {
    by: actor.memberId,
    ...(actor.onBehalfOf ? { onBehalfOf: actor.onBehalfOf.memberId } : {}),
    position: actor.hat.position,
    organisationId: actor.hat.organisationId,
    at: at.toISOString(),
  }
}
