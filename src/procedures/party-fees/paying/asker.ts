/** Who asks for fees to pay: a member for the own ones, or who is in charge of a cell. */
import { requireCovered } from '../../../identity/hats.ts'
import type { ActingSession } from '../../../identity/sessions.ts'
import { MEMBER_HAT, type PersonActor } from '../../../kernel/actor.ts'
import type { Asker } from '../law/ordering.ts'
import { handledBy, ownFeesOf } from '../law/who.ts'
import { PARTY_FEES } from '../law/who.ts'

/** @throws Refusal forbidden `party-fees.handlers-only`, `identity.outside-delegation` */
export function askerOf(actor: PersonActor, session: ActingSession): Asker {
  requireCovered(session.hat, PARTY_FEES)
  return actor.hat.position === MEMBER_HAT
    ? { kind: 'own', memberId: ownFeesOf(actor) }
    : { kind: 'cell', organisationId: handledBy(actor) }
}
