/** Who may see a temporary stay at all, and why. */
import type { Read, Write } from '../../kernel/db.ts'
import type { StoredDossier } from '../../kernel/dossier.ts'
import type { Context } from '../../kernel/procedure.ts'
import { shownDossier } from '../../registry/readings/shown.ts'
import { sightOf } from '../../registry/readings/sight.ts'
import type { Sight } from '../../web/feature.ts'
import { parties } from './law/awaited.ts'
import { heirOf, wasSent, type Stay } from './law/states.ts'
import { TEMPORARY_TRANSFER } from './tasks.ts'

export function staySight(read: Read, stay: Stay, context: Pick<Context, 'actor' | 'today'>): Promise<Sight> {
  const { memberId, origin, host, referral } = stay
  const concerned = {
    memberId,
    unsent: !wasSent(stay),
    way: parties(stay),
    origin,
    from: origin[0]?.id,
    // Above the host nobody needs to know before the referral is sealed.
    to: referral?.sealedAt && host ? heirOf(stay, host).id : undefined,
  }
  return sightOf(read, concerned, context)
}

export async function maySee(
  read: Read,
  stay: Stay,
  context: Pick<Context, 'actor' | 'today'>,
): Promise<boolean> {
  return (await staySight(read, stay, context)).sees
}

/**
 * The one way to show a stay to somebody.
 *
 * @throws Refusal as `shownDossier`
 */
export const seenStay = (
  write: Write,
  id: string,
  context: Pick<Context, 'actor' | 'today' | 'at'>,
  kept: 'dossier' | 'file' | 'paper' | 'nothing',
): Promise<StoredDossier<Stay>> =>
  shownDossier(write, { name: TEMPORARY_TRANSFER, maySee }, id, context, kept)
