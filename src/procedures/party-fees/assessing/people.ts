/** Who counts as one person where two must act, or where the affair is one's own: who acts, for whom, and who stood in for them. */
import { linkedByDelegation } from '../../../identity/delegations.ts'
import type { Read } from '../../../kernel/db.ts'
import { PARTY_FEES } from '../law/who.ts'

/** @param since the first step of what is decided: a delegation that ended before it links nobody */
export const peopleSince = (read: Read, people: readonly string[], since: Date): Promise<string[]> =>
  linkedByDelegation(read, people, PARTY_FEES, since)
