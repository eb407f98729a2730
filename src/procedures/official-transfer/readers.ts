/** Who may see a transfer at all, and why: to everybody else it is as unknown as none. */
import { actsForMember } from '../../kernel/actor.ts'
import type { Read } from '../../kernel/db.ts'
import type { Context } from '../../kernel/procedure.ts'
import { mayReadMembers } from '../../registry/reader.ts'
import { ancestorsOn, findOrganisation } from '../../registry/organisations/store.ts'
import { tookOverFrom } from '../../registry/organisations/successors.ts'
import type { Sight } from '../../web/feature.ts'
import { parties } from './law/awaited.ts'
import type { Transfer } from './law/states.ts'

/**
 * The member (or who acts for them), every organisation on the way or that took over from one, and the committees above its two
 * ends; never who only keeps the system running. The reason is told to administrators who ask why (`/access`).
 */
export async function sightOf(
  read: Read,
  transfer: Transfer,
  { actor, today }: Pick<Context, 'actor' | 'today'>,
): Promise<Sight> {
  if (actor.kind !== 'person') return { sees: true, why: 'clock' }
  if (actsForMember(actor, transfer.memberId)) return { sees: true, why: 'own' }
  if (actor.hat.position === 'member') return { sees: false, why: 'not-own' }
  if (!mayReadMembers(actor.hat)) return { sees: false, why: 'administrator' }
  if (transfer.status === 'draft') return { sees: false, why: 'draft' }
  const own = actor.hat.organisationId
  const way = parties(transfer).map((party) => party.organisationId)
  if (way.includes(own)) return { sees: true, why: 'on-the-way' }
  if (transfer.origin.some((place) => place.id === own)) return { sees: true, why: 'above-origin' }
  if (await tookOverFrom(read, own, [...way, ...transfer.origin.map((place) => place.id)]))
    return { sees: true, why: 'took-over' }
  // Where its ends lie today: a cell takes its dossiers along when it comes under another committee.
  if (await liesAbove(read, own, transfer.origin[0]?.id, today)) return { sees: true, why: 'above-origin' }
  const destination = transfer.destinationCell?.id ?? transfer.route?.receiver.id
  return (await liesAbove(read, own, destination, today))
    ? { sees: true, why: 'above-destination' }
    : { sees: false, why: 'elsewhere' }
}

async function liesAbove(read: Read, own: string, end: string | undefined, today: string): Promise<boolean> {
  if (end === undefined || !(await findOrganisation(read, end, today))) return false
  return (await ancestorsOn(read, end, today)).some((place) => place.id === own)
}

export async function maySee(
  read: Read,
  transfer: Transfer,
  context: Pick<Context, 'actor' | 'today'>,
): Promise<boolean> {
  return (await sightOf(read, transfer, context)).sees
}
