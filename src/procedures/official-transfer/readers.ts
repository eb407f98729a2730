/** Who may see a transfer at all: to everybody else it is as unknown as none. */
import { actsForMember } from '../../kernel/actor.ts'
import type { Read } from '../../kernel/db.ts'
import type { Context } from '../../kernel/procedure.ts'
import { mayReadMembers } from '../../registry/reader.ts'
import { ancestorsOn, findOrganisation } from '../../registry/organisations/store.ts'
import { tookOverFrom } from '../../registry/organisations/successors.ts'
import { parties } from './law/awaited.ts'
import type { Transfer } from './law/states.ts'

/**
 * The member (or who acts for them), every organisation on the way or that took over from one, and the committees above one of them; never who only
 * keeps the system running.
 */
export async function maySee(
  read: Read,
  transfer: Transfer,
  { actor, today }: Pick<Context, 'actor' | 'today'>,
): Promise<boolean> {
  if (actor.kind !== 'person') return true
  if (actsForMember(actor, transfer.memberId)) return true
  if (actor.hat.position === 'member' || transfer.status === 'draft') return false
  if (!mayReadMembers(actor.hat)) return false
  const own = actor.hat.organisationId
  const way = parties(transfer).map((party) => party.organisationId)
  if (way.includes(own) || transfer.origin.some((place) => place.id === own)) return true
  if (await tookOverFrom(read, own, [...way, ...transfer.origin.map((place) => place.id)])) return true
  // Where its ends lie today: a cell takes its dossiers along when it comes under another committee.
  for (const end of [transfer.origin[0]?.id, transfer.destinationCell?.id ?? transfer.route?.receiver.id]) {
    if (!end || !(await findOrganisation(read, end, today))) continue
    if ((await ancestorsOn(read, end, today)).some((place) => place.id === own)) return true
  }
  return false
}
