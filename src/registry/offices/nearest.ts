/** The nearest office upwards: whoever is asked when a member needs an answer, and is not the member. */
import type { Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { ancestorsOn, findOrganisation } from '../organisations/store.ts'
import { holdersOf } from './store.ts'

export interface OfficeAddress {
  readonly organisationId: string
  readonly positions: readonly string[]
}

/**
 * From an organisation upwards, the first in which somebody else holds one of the positions on the day.
 *
 * @param except the member it is about, who is never asked
 */
export async function nearestOffice(
  read: Read,
  organisationId: string,
  positions: readonly string[],
  day: PlainDate,
  except: string,
): Promise<OfficeAddress | undefined> {
  if (!(await findOrganisation(read, organisationId, day))) return undefined
  for (const place of await ancestorsOn(read, organisationId, day)) {
    const holders = await holdersOf(read, place.id, positions, day)
    if (holders.some(({ memberId }) => memberId !== except)) return { organisationId: place.id, positions }
  }
  return undefined
}

/** Whether somebody other than the member holds one of the positions in this very organisation. */
export async function isHeldHere(
  read: Read,
  organisationId: string,
  positions: readonly string[],
  day: PlainDate,
  except: string,
): Promise<boolean> {
  const holders = await holdersOf(read, organisationId, positions, day)
  return holders.some(({ memberId }) => memberId !== except)
}
