/** What the handlers of all commands are made of: their shape, who acts, and the refusals they share. */
import type { Actor } from '../../../../kernel/actor.ts'
import type { Context } from '../../../../kernel/procedure.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Facts } from '../facts.ts'
import { routeOf, type Route } from '../route.ts'
import { BLOCK_CITATION, isStillMember } from '../rules.ts'
import { WITHIN_PROVINCE } from '../settings.ts'
import type { Act, Command, CommandType, Event, Transfer } from '../states.ts'

/** Decides one command: events, or a thrown refusal. That the state allows it and the actor may ask is settled before. */
export type Handler<T extends CommandType> = (
  transfer: Transfer,
  command: Asked<T>,
  facts: Facts,
  context: Context,
) => Event[]

/** The command of a type, with its fields. */
export type Asked<T extends CommandType> = Extract<Command, { type: T }>

export type Handlers = { readonly [T in CommandType]: Handler<T> }

/** Who did it and when, for the state to keep. */
export function actOf({ actor, at }: { readonly actor: Actor; readonly at: Date }): Act {
  if (actor.kind !== 'person') throw new Error('the clock signs nothing')
  const { memberId, hat, onBehalfOf } = actor
  const principal = onBehalfOf ? { onBehalfOf: onBehalfOf.memberId } : {}
  return { by: memberId, ...principal, position: hat.position, at: at.toISOString() }
}

/** Who left, was removed or died is transferred no further. */
export function refuseGone({ member }: Facts): void {
  if (!isStillMember(member)) throw new Refusal('against-rule', 'transfer.not-active')
}

/** While a hold stands nothing moves the dossier on. */
export function refuseHeld({ holds }: Facts): void {
  if (holds.length === 0) return
  throw new Refusal('against-rule', 'transfer.member-held', {
    citation: BLOCK_CITATION,
    facts: { kinds: holds.map((hold) => hold.kind) },
  })
}

/** The way from today's origin to the chosen destination; `routeOf` says why there is none. */
export function decideRoute(facts: Facts, { settings }: Context): Route {
  const { origin, destination, commission } = facts
  if (destination.length === 0) {
    throw new Refusal('against-rule', 'transfer.destination-unknown', {
      fields: [{ field: 'destinationId', code: 'unknown' }],
    })
  }
  return routeOf({ origin, destination, commission, withinProvince: settings.get(WITHIN_PROVINCE) })
}
