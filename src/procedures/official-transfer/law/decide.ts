/** What each command brings about: events, or a refusal with its reason. Pure: everything known comes in. */
import type { Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { ARRIVAL } from './deciding/arrival.ts'
import type { Handler, Handlers } from './deciding/handler.ts'
import { INTAKE } from './deciding/intake.ts'
import { LETTERS } from './deciding/letters.ts'
import { begin, REQUEST } from './deciding/request.ts'
import { SUCCESSION } from './deciding/succession.ts'
import type { Facts } from './facts.ts'
import { mayAsk, needFreshSignIn } from './rules.ts'
import { NEXT, type Command, type CommandType, type Event, type Transfer } from './states.ts'

/** One handler a command, in the order of a transfer's life; a command without one does not compile. */
const HANDLERS: Handlers = { ...REQUEST, ...INTAKE, ...LETTERS, ...ARRIVAL, ...SUCCESSION }

/**
 * Decides one command on one transfer: is it its time, may this actor, is the sign-in fresh; then its own handler.
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
