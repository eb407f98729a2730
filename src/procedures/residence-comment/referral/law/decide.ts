/** What each command on a referral brings about: events, or a refusal with its reason. Pure: everything known comes in. */
import { holds, isThisPerson } from '../../../../kernel/actor.ts'
import type { Context } from '../../../../kernel/procedure.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import { COMMUNE_KIND, preparers, signers, type Place } from '../../law/place.ts'
import { dueIn, isStillMember } from '../../law/rules.ts'
import { ACCEPT_DAYS, CORRECT_DAYS } from '../../law/settings.ts'
import type { Facts } from './facts.ts'
import { mayAsk, needFreshSignIn, OWN_CITATION, REFERRAL_CITATION } from './rules.ts'
import { NEXT, type Command, type CommandType, type Event, type Referral } from './states.ts'

type Asked<T extends CommandType> = Extract<Command, { type: T }>
type Later = Exclude<CommandType, 'refer' | 'mark-unreferred'>
type Handler<T extends CommandType> = (
  referral: Referral,
  command: Asked<T>,
  facts: Facts,
  context: Context,
) => Event[]

/** @throws Refusal when the state, the actor or a rule says no */
export function decide(
  referral: Referral | undefined,
  command: Command,
  facts: Facts,
  context: Context,
): Event[] {
  if (!referral) return begin(command, facts, context)
  const isFirst = command.type === 'refer' || command.type === 'mark-unreferred'
  if (isFirst || !(NEXT[referral.status] as readonly CommandType[]).includes(command.type)) {
    throw new Refusal('against-rule', 'residence-referral.not-now', {
      facts: { command: command.type, status: referral.status },
    })
  }
  mayAsk(command.type, referral, context.actor)
  needFreshSignIn(command.type, context)
  const handler = HANDLERS[command.type] as Handler<Later>
  return handler(referral, command as Asked<Later>, facts, context)
}

function begin(command: Command, facts: Facts, context: Context): Event[] {
  const { member, workplace } = facts
  const { actor } = context
  if (command.type !== 'refer' && command.type !== 'mark-unreferred')
    throw new Refusal('not-found', 'dossier.unknown')
  // Whoever is counted elsewhere is as unknown here as nobody.
  const positions = workplace && (command.type === 'refer' ? signers(workplace) : preparers(workplace))
  if (!member || !workplace || !holds(actor, workplace.id, preparers(workplace)))
    throw new Refusal('not-found', 'member.unknown')
  if (!holds(actor, workplace.id, positions!))
    throw new Refusal('forbidden', 'residence-referral.not-yours', { facts: { command: command.type } })
  if (isThisPerson(actor, member.id))
    throw new Refusal('forbidden', 'residence-referral.own', { citation: OWN_CITATION })
  needFreshSignIn(command.type, context)
  if (!isStillMember(member))
    throw new Refusal('against-rule', 'residence-referral.member-left', {
      facts: { standing: member.standing },
    })
  if (facts.pending) throw new Refusal('conflict', 'residence-referral.already-pending')
  if (command.type === 'mark-unreferred')
    return [{ type: 'member-unreferred', memberId: member.id, workplace, ground: command.ground }]
  const commune = communeFor(facts)
  requireCertificate(facts)
  return [
    {
      type: 'member-referred',
      memberId: member.id,
      workplace,
      commune,
      address: command.address,
      ...(command.exempt ? { exempt: command.exempt } : {}),
      dueAt: dueIn(context.settings.get(ACCEPT_DAYS), context),
    },
  ]
}

/** Told before anything is written: the paper is made after the act, and then it would be too late. */
function requireCertificate({ cannotSign }: Facts): void {
  if (cannotSign) throw cannotSign
}

function communeFor({ commune }: Facts): Place {
  if (commune?.kind !== COMMUNE_KIND)
    throw new Refusal('invalid', 'residence-referral.no-commune', { citation: REFERRAL_CITATION })
  return commune
}

/** A cell of the commune: members are not sent where the commune does not lead. */
function cellFor(referral: Referral, { cell }: Facts): Place {
  if (!cell || cell.communeId === undefined || cell.communeId !== referral.commune?.id)
    throw new Refusal('invalid', 'residence-referral.cell-elsewhere')
  return cell.place
}

const HANDLERS: { [T in Later]: Handler<T> } = {
  correct: (_referral, command, facts, context) => {
    const commune = communeFor(facts)
    requireCertificate(facts)
    return [
      {
        type: 'referral-corrected',
        commune,
        address: command.address,
        ...(command.exempt ? { exempt: command.exempt } : {}),
        dueAt: dueIn(context.settings.get(ACCEPT_DAYS), context),
      },
    ]
  },
  withdraw: (_referral, { reason }, { member }, { actor }) => {
    // By itself it ends only with the membership.
    if (actor.kind === 'clock' && isStillMember(member))
      throw new Refusal('against-rule', 'residence-referral.nothing-ended')
    return [{ type: 'referral-withdrawn', reason }]
  },
  accept: (referral, _command, facts, { today }) => {
    if (!isStillMember(facts.member))
      throw new Refusal('against-rule', 'residence-referral.member-left', {
        facts: { standing: facts.member?.standing ?? 'unknown' },
      })
    const cell = cellFor(referral, facts)
    requireCertificate(facts)
    return [{ type: 'referral-accepted', cell, acceptedOn: today }]
  },
  'send-back': (_referral, { reason }, _facts, context) => [
    { type: 'referral-sent-back', reason, dueAt: dueIn(context.settings.get(CORRECT_DAYS), context) },
  ],
  'assign-cell': (referral, _command, facts) => {
    const cell = cellFor(referral, facts)
    if (cell.id === referral.cell?.id) throw new Refusal('conflict', 'residence-referral.same-cell')
    return [{ type: 'cell-assigned', cell }]
  },
  'set-exemption': (referral, { exempt, reason }) => {
    if ((referral.exempt ?? '') === exempt) throw new Refusal('conflict', 'residence-referral.same-exemption')
    return [{ type: 'exemption-set', exempt, reason }]
  },
  close: (_referral, { reason }, _facts, { today }) => [{ type: 'referral-closed', reason, closedOn: today }],
  'follow-member': (referral, _command, { workplace }, context) => {
    if (!workplace || workplace.id === referral.workplace.id)
      throw new Refusal('against-rule', 'residence-referral.nothing-to-follow')
    const dueAt =
      referral.status === 'sent-back' ? dueIn(context.settings.get(CORRECT_DAYS), context) : referral.dueAt
    return [{ type: 'member-followed', workplace, dueAt }]
  },
  'follow-reorganisation': (referral, _command, { now }, context) => {
    const changed =
      now &&
      (now.workplace.id !== referral.workplace.id ||
        now.commune?.id !== referral.commune?.id ||
        now.cell?.id !== referral.cell?.id)
    if (!changed) throw new Refusal('against-rule', 'residence-referral.nothing-to-follow')
    const orphaned = referral.cell !== undefined && now.cell === undefined
    return [
      {
        type: 'reorganisation-followed',
        workplace: now.workplace,
        ...(now.commune ? { commune: now.commune } : {}),
        ...(now.cell ? { cell: now.cell } : {}),
        dueAt: orphaned ? dueIn(context.settings.get(ACCEPT_DAYS), context) : referral.dueAt,
      },
    ]
  },
}
