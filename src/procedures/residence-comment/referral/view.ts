/** The referral to the residence as one reader sees it. */
import type { Database } from '../../../kernel/db.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { shownDossier } from '../../../registry/readings/shown.ts'
import { findMember } from '../../../registry/members/store.ts'
import type { ReferralView } from '../contract.ts'
import { actionsOf, basics } from '../dossier.ts'
import { decide } from './law/decide.ts'
import { awaited } from './law/evolve.ts'
import { NOTHING } from './law/facts.ts'
import { NEXT, type Command, type CommandType, type Referral } from './law/states.ts'
import { papersOf } from '../../../papers/store.ts'
import { REFERRAL_KIND } from '../papers/follow.ts'
import { standing, standingOf } from '../papers/standing.ts'
import { residenceReferral } from './procedure.ts'

/** @throws Refusal not-found `dossier.unknown` */
export async function viewReferral(database: Database, id: string, context: Context): Promise<ReferralView> {
  return database.transaction(async (write) => {
    const dossier = await shownDossier<Referral>(write, residenceReferral, id, context, 'dossier')
    const { state } = dossier
    const member = await findMember(write, state.memberId)
    const paper = standing(await papersOf(write, id), REFERRAL_KIND)
    const facts = { ...NOTHING, member: member && { id: member.id, standing: member.standing } }
    const ask = (command: string, fresh: Context) =>
      decide(state, SAMPLES[command as keyof typeof SAMPLES], facts, fresh)
    return {
      ...(await basics(write, dossier, awaited(state), context)),
      actions: actionsOf(NEXT[state.status], ask, context),
      address: state.address ?? null,
      exempt: state.exempt ?? null,
      unreferred: state.unreferred ?? null,
      acceptedOn: state.acceptedOn ?? null,
      closedOn: state.closedOn ?? null,
      paper: paper ? standingOf(paper) : null,
    }
  })
}

/** A well-formed example of each, to ask the rules without acting. */
const SAMPLES: { [T in Exclude<CommandType, 'refer' | 'mark-unreferred'>]: Extract<Command, { type: T }> } = {
  correct: { type: 'correct', communeId: 'x', address: 'x' },
  withdraw: { type: 'withdraw', reason: 'x' },
  accept: { type: 'accept', cellId: 'x' },
  'send-back': { type: 'send-back', reason: 'x' },
  'assign-cell': { type: 'assign-cell', cellId: 'x' },
  'set-exemption': { type: 'set-exemption', exempt: '', reason: 'x' },
  close: { type: 'close', reason: 'x' },
  'follow-member': { type: 'follow-member' },
  'follow-reorganisation': { type: 'follow-reorganisation' },
}
