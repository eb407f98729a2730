/** Where one may be referred to for a time: grassroots organisations and cells, found by name without diacritics, outside one's own. */
import type { Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { findOrganisations, searchOrganisations, subtreeOn } from '../../../registry/organisations/store.ts'

const MOST_SHOWN = 20

export async function findHosts(
  read: Read,
  text: string,
  day: PlainDate,
  ownCommittee: string,
): Promise<{ id: string; name: string; about: string }[]> {
  const all = await searchOrganisations(read, text, day, { limit: 100 })
  const own = new Set((await subtreeOn(read, ownCommittee, day)).map(({ id }) => id))
  const found = all
    .filter(({ id, tier }) => (tier === 'cell' || tier === 'grassroots') && !own.has(id))
    .slice(0, MOST_SHOWN)
  const ids = [...new Set(found.flatMap(({ parentId }) => parentId ?? []))]
  const parents = new Map((await findOrganisations(read, ids, day)).map(({ id, name }) => [id, name]))
  return found.map(({ id, name, parentId, kindName }) => ({
    id,
    name,
    about: [kindName, parentId && parents.get(parentId)].filter(Boolean).join(' · '),
  }))
}

/** Cells of an organisation that hold members; itself when it is one. */
export async function cellsOf(
  read: Read,
  organisationId: string,
  day: PlainDate,
): Promise<{ id: string; name: string }[]> {
  const all = await subtreeOn(read, organisationId, day)
  return all.filter(({ holdsMembers }) => holdsMembers).map(({ id, name }) => ({ id, name }))
}
