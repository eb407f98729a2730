/** Who may see a comment or a referral at all, and why: to everybody else it is as unknown as none. */
import { actsForMember, MEMBER_HAT, type Hat } from '../../kernel/actor.ts'
import type { Read } from '../../kernel/db.ts'
import type { Party } from '../../kernel/dossier.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { findAncestors } from '../../registry/organisations/store.ts'
import { tookOverFrom } from '../../registry/organisations/successors.ts'
import { mayReadMembers } from '../../registry/reader.ts'
import type { Sight } from '../../web/feature.ts'

/** What sight is decided by: the member, the organisations on the way, and its two ends. */
export interface Concerned {
  readonly memberId: string
  readonly way: readonly Party[]
  readonly workplaceId: string
  readonly communeId: string | undefined
}

/**
 * The member (or who acts for them), every organisation on the way or that took over from one, and the committees above its
 * two ends; never who only keeps the system running.
 */
export async function sightOf(
  read: Read,
  { memberId, way, workplaceId, communeId }: Concerned,
  { actor, today }: Pick<Context, 'actor' | 'today'>,
): Promise<Sight> {
  if (actor.kind !== 'person') return { sees: true, why: 'clock' }
  if (actsForMember(actor, memberId)) return { sees: true, why: 'own' }
  if (actor.hat.position === MEMBER_HAT) return { sees: false, why: 'not-own' }
  if (!mayReadMembers(actor.hat)) return { sees: false, why: 'administrator' }
  const own = actor.hat.organisationId
  const ids = way.map(({ organisationId }) => organisationId)
  if (ids.includes(own)) return { sees: true, why: 'on-the-way' }
  if (await tookOverFrom(read, own, ids)) return { sees: true, why: 'took-over' }
  const isAbove = async (end: string) => (await findAncestors(read, end, today)).some(({ id }) => id === own)
  if (await isAbove(workplaceId)) return { sees: true, why: 'above-origin' }
  if (communeId !== undefined && (await isAbove(communeId))) return { sees: true, why: 'above-destination' }
  return { sees: false, why: 'elsewhere' }
}

/**
 * Lists are for those who work on dossiers.
 *
 * @throws Refusal forbidden `registry.administrators-read-no-members`
 */
export function requireReader(hat: Hat): void {
  if (!mayReadMembers(hat)) throw new Refusal('forbidden', 'registry.administrators-read-no-members')
}
