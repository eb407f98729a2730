/** Organisations of the registry as the rules of this slice see them, and those who took over from them. */
import type { Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { findAncestors, findOrganisation, type Organisation } from '../../registry/organisations/store.ts'
import { heirsOf } from '../../registry/organisations/successors.ts'
import { membershipOf } from '../../registry/members/memberships.ts'
import { holdersOf } from '../../registry/offices/store.ts'
import { communeIn, signers, workplaceIn, type Chain, type Place } from './law/place.ts'

export function placeOf({ id, name, tier, kind, hasSeal }: Organisation): Place {
  return { id, name, tier, kind, hasSeal }
}

export async function chainOf(
  read: Read,
  organisationId: string | undefined,
  today: PlainDate,
): Promise<Chain> {
  if (organisationId === undefined) return []
  return (await findAncestors(read, organisationId, today)).map(placeOf)
}

/** A cell that is there and takes members, with the commune it lies in. */
export async function cellOf(
  read: Read,
  cellId: string,
  today: PlainDate,
): Promise<{ place: Place; communeId: string | undefined } | undefined> {
  const found = await findOrganisation(read, cellId, today)
  if (!found?.holdsMembers) return undefined
  return { place: placeOf(found), communeId: communeIn(await chainOf(read, cellId, today))?.id }
}

/** The grassroots organisation that counts a member today; undefined for one on the way or counted nowhere. */
export async function workplaceOf(
  read: Read,
  memberId: string,
  today: PlainDate,
): Promise<Place | undefined> {
  const membership = await membershipOf(read, memberId)
  if (membership?.standing !== 'active') return undefined
  return workplaceIn(await chainOf(read, membership.organisationId, today))
}

/**
 * Each of the organisations, as it is there today, or whoever took over from it, one of the preferred where several did;
 * those nobody took over are absent.
 */
export async function thereToday(
  read: Read,
  ids: readonly string[],
  today: PlainDate,
  preferred: readonly string[] = [],
): Promise<ReadonlyMap<string, Place>> {
  const there = new Map<string, Place>()
  const heirs = await heirsOf(read, ids, today, preferred)
  for (const id of new Set(ids)) {
    const found = heirs.get(id) ?? (await findOrganisation(read, id, today))
    if (found) there.set(id, placeOf(found))
  }
  return there
}

/** A residence after reorganisations: the cell (or its heir), and the commune it lies in today. */
export async function residenceToday(
  read: Read,
  { commune, cell }: { readonly commune?: Place | undefined; readonly cell?: Place | undefined },
  today: PlainDate,
): Promise<{ commune: Place | undefined; cell: Place | undefined }> {
  const ids = [commune?.id, cell?.id].filter((id) => id !== undefined)
  const there = await thereToday(read, ids, today)
  const cellNow = cell && there.get(cell.id)
  const communeNow = cellNow && communeIn(await chainOf(read, cellNow.id, today))
  return { commune: communeNow ?? (commune && there.get(commune.id)), cell: communeNow && cellNow }
}

/** Whether somebody other than the member could sign for the cell (7.9: the secretary never signs about himself). */
export async function othersCanSign(
  read: Read,
  cell: Place | undefined,
  memberId: string,
  today: PlainDate,
): Promise<boolean> {
  if (!cell) return false
  const holders = await holdersOf(read, cell.id, signers(cell), today)
  return holders.some((holder) => holder.memberId !== memberId)
}

/** The workplace as it is there today; where it was shared out, the part that counts the member. */
export async function workplaceToday(
  read: Read,
  { memberId, workplace }: { readonly memberId: string; readonly workplace: Place },
  today: PlainDate,
): Promise<Place> {
  const counting = await workplaceOf(read, memberId, today)
  const there = await thereToday(read, [workplace.id], today, counting ? [counting.id] : [])
  return there.get(workplace.id) ?? counting ?? workplace
}
