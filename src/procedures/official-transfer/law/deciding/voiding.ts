/** What takes its force from signed letters: the steps back, and the letters they void. */
import type { Context } from '../../../../kernel/procedure.ts'
import type { Event, Transfer, VoidedLetter } from '../states.ts'
import { due, reviewDays } from './deadlines.ts'

/** The letters of this hop and those after it lose their force; their numbers stay in the register. */
export function voidFrom(transfer: Transfer, from: number, reason: string, { at }: Context): VoidedLetter[] {
  return transfer.hops.flatMap((hop, index) => {
    if (index < from || !hop.signed) return []
    const symbol = hop.numbered?.symbol ?? null
    return [{ hop: index, paperIds: hop.signed.paperIds, symbol, reason, at: at.toISOString() }]
  })
}

/** The last letter is void, and its hop writes it anew. */
export function voidLast(transfer: Transfer, reason: string, context: Context): Event {
  const toHop = transfer.hops.length - 1
  const voided = voidFrom(transfer, toHop, reason, context)
  const dueAt = due(context, reviewDays(transfer.hops[toHop]!.from.tier))
  return { type: 'referral-voided', reason, toHop, voided, dueAt }
}
