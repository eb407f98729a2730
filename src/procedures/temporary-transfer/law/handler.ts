/** What the handlers of all commands are made of: their shape, and until when. */
import type { Context } from '../../../kernel/procedure.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { Setting } from '../../../kernel/settings.ts'
import { addWorkingDays, endOfWorkingDay } from '../../../kernel/working-time.ts'
import type { Facts } from './facts.ts'
import type { Act, Command, CommandType, Event, Stay } from './states.ts'

/** The command of a type, with its fields. */
export type Asked<T extends CommandType> = Extract<Command, { type: T }>

/** Decides one command: events, or a thrown refusal. That the state allows it and the actor may ask is settled before. */
export type Handler<T extends CommandType> = (
  stay: Stay,
  command: Asked<T>,
  facts: Facts,
  context: Context,
) => Event[]

export type Handlers = { readonly [T in CommandType]: Handler<T> }

/** The end of work so many working days from today, as a setting of the day says; an ISO instant. */
export function due({ calendar, today, settings }: Context, days: Setting<number>): string {
  return endOfWorkingDay(calendar, addWorkingDays(calendar, today, settings.get(days))).toISOString()
}

/** The end of work on the last day of a stay. */
export function endOfStay({ calendar }: Context, until: PlainDate): string {
  return endOfWorkingDay(calendar, until).toISOString()
}

/** Who did it and when, for the state to keep. */
export function actOf({ actor, at }: Context): Act {
  if (actor.kind !== 'person') throw new Error('the clock signs nothing')
  const { memberId, hat, onBehalfOf } = actor
  const principal = onBehalfOf ? { onBehalfOf: onBehalfOf.memberId } : {}
  return { by: memberId, ...principal, position: hat.position, at: at.toISOString() }
}
