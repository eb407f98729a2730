/** The law of the referral to the residence: who may do what, each under its citation. */
import { hasFreshSignIn, holds, isThisPerson, type Actor } from '../../../../kernel/actor.ts'
import type { Context } from '../../../../kernel/procedure.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import { preparers, signers } from '../../law/place.ts'
import type { CommandType, Referral } from './states.ts'

/** 213-QĐ/TW: the grassroots committee refers, the commune's committee receives and assigns a cell. */
export const REFERRAL_CITATION = '213-QĐ/TW; 33-HD/BTCTW'
/** Inferred, not a readable Party rule [I]: nobody handles the own referral. */
export const OWN_CITATION = 'Nguyên tắc của hệ thống: không ai tự giải quyết hồ sơ của mình'

type May = (referral: Referral, actor: Actor) => boolean
const theClock: May = (_referral, actor) => actor.kind === 'clock'
/** The letter is signed for the committee by its secretary or a deputy (7.2). */
const signing: May = ({ workplace }, actor) => holds(actor, workplace.id, signers(workplace))
const preparing: May = ({ workplace }, actor) => holds(actor, workplace.id, preparers(workplace))
/** So is the reply (7.2), for the commune's committee. */
const replying: May = ({ commune: place }, actor) =>
  place !== undefined && holds(actor, place.id, signers(place))
const commune: May = (referral, actor) =>
  referral.commune !== undefined && holds(actor, referral.commune.id, preparers(referral.commune))

const MAY: Record<Exclude<CommandType, 'refer' | 'mark-unreferred'>, May> = {
  correct: signing,
  withdraw: (referral, actor) => theClock(referral, actor) || preparing(referral, actor),
  accept: replying,
  'send-back': commune,
  'assign-cell': commune,
  'set-exemption': preparing,
  close: (referral, actor) => theClock(referral, actor) || preparing(referral, actor),
  'follow-member': theClock,
  'follow-reorganisation': theClock,
}

/** One rule a command, and nobody else anywhere. */
export function mayAsk(
  command: Exclude<CommandType, 'refer' | 'mark-unreferred'>,
  referral: Referral,
  actor: Actor,
): void {
  if (!MAY[command](referral, actor))
    throw new Refusal('forbidden', 'residence-referral.not-yours', { facts: { command } })
  if (isThisPerson(actor, referral.memberId))
    throw new Refusal('forbidden', 'residence-referral.own', { citation: OWN_CITATION })
}

/** Acts by which somebody signs: 379-QĐ/TW art. 12 wants the person authenticated for the act. */
export const SIGNING: ReadonlySet<CommandType> = new Set(['refer', 'correct', 'accept'])

export function needFreshSignIn(command: CommandType, { actor, at }: Pick<Context, 'actor' | 'at'>): void {
  if (SIGNING.has(command) && actor.kind === 'person' && !hasFreshSignIn(actor, at))
    throw new Refusal('forbidden', 'identity.stale-sign-in', {
      citation: '379-QĐ/TW, Điều 12',
      facts: { minutes: 5 },
    })
}
