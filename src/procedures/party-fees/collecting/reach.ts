/** How far those who handle fees see: their own organisation and all below it, as the tree stands on the day. */
import type { Read } from '../../../kernel/db.ts'
import { liesWithin, scopeOf, type PathRange } from '../../../registry/organisations/store.ts'
import type { Handling } from '../assessing/lines.ts'

type Reach = Pick<Handling, 'cell' | 'today'>

/** Whether an organisation is the handlers' own or lies below it. */
export async function isWithinReach(
  read: Read,
  organisationId: string,
  { cell, today }: Reach,
): Promise<boolean> {
  return liesWithin(read, organisationId, cell, today)
}

/** All of them, as ranges of paths. */
export async function reachOf(read: Read, { cell, today }: Reach): Promise<PathRange[]> {
  return scopeOf(read, [cell], today)
}
