/** Who may see a transfer at all, and why. */
import type { Read } from '../../kernel/db.ts'
import type { Context } from '../../kernel/procedure.ts'
import { sightOf } from '../../registry/readings/sight.ts'
import type { Sight } from '../../web/feature.ts'
import { neverReceived, parties } from './law/awaited.ts'
import type { Transfer } from './law/states.ts'

export function transferSight(
  read: Read,
  transfer: Transfer,
  context: Pick<Context, 'actor' | 'today'>,
): Promise<Sight> {
  const { memberId, origin, destinationCell, route } = transfer
  const concerned = {
    memberId,
    unsent: neverReceived(transfer),
    way: parties(transfer),
    origin,
    from: origin[0]?.id,
    to: destinationCell?.id ?? route?.receiver.id,
  }
  return sightOf(read, concerned, context)
}

export async function maySee(
  read: Read,
  transfer: Transfer,
  context: Pick<Context, 'actor' | 'today'>,
): Promise<boolean> {
  return (await transferSight(read, transfer, context)).sees
}
