/** Who may see a temporary stay at all, and why: to everybody else it is as unknown as none. */
import { actsForMember } from '../../kernel/actor.ts'
import type { Read, Write } from '../../kernel/db.ts'
import type { StoredDossier } from '../../kernel/dossier.ts'
import type { Context } from '../../kernel/procedure.ts'
import { ancestorsOn, findOrganisation } from '../../registry/organisations/store.ts'
import { tookOverFrom } from '../../registry/organisations/successors.ts'
import { mayReadMembers } from '../../registry/reader.ts'
import { shownDossier } from '../../registry/readings/shown.ts'
import type { Sight } from '../../web/feature.ts'
import { parties } from './law/awaited.ts'
import { heirOf, type Stay } from './law/states.ts'
import { TEMPORARY_TRANSFER } from './tasks.ts'

/** The member (or who acts for them), every organisation on the way or that took over from one, and the committees above both ends. */
export async function sightOf(
  read: Read,
  stay: Stay,
  { actor, today }: Pick<Context, 'actor' | 'today'>,
): Promise<Sight> {
  if (actor.kind !== 'person') return { sees: true, why: 'clock' }
  if (actsForMember(actor, stay.memberId)) return { sees: true, why: 'own' }
  if (actor.hat.position === 'member') return { sees: false, why: 'not-own' }
  if (!mayReadMembers(actor.hat)) return { sees: false, why: 'administrator' }
  const own = actor.hat.organisationId
  const way = parties(stay).map((party) => party.organisationId)
  if (way.includes(own)) return { sees: true, why: 'on-the-way' }
  if (stay.status === 'draft') return { sees: false, why: 'draft' }
  if (stay.origin.some((place) => place.id === own)) return { sees: true, why: 'above-origin' }
  if (await tookOverFrom(read, own, [...way, ...stay.origin.map((place) => place.id)]))
    return { sees: true, why: 'took-over' }
  if (await liesAbove(read, own, stay.origin[0]?.id, today)) return { sees: true, why: 'above-origin' }
  // Above the host nobody needs to know before the referral is sealed.
  const host = stay.referral?.sealedAt ? stay.host && heirOf(stay, stay.host).id : undefined
  return (await liesAbove(read, own, host, today))
    ? { sees: true, why: 'above-destination' }
    : { sees: false, why: 'elsewhere' }
}

async function liesAbove(read: Read, own: string, end: string | undefined, today: string): Promise<boolean> {
  if (end === undefined || !(await findOrganisation(read, end, today))) return false
  return (await ancestorsOn(read, end, today)).some((place) => place.id === own)
}

export async function maySee(
  read: Read,
  stay: Stay,
  context: Pick<Context, 'actor' | 'today'>,
): Promise<boolean> {
  return (await sightOf(read, stay, context)).sees
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
