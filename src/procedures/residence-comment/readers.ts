/** Who reads lists of residence comments and referrals. */
import type { Hat } from '../../kernel/actor.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { mayReadMembers } from '../../registry/reader.ts'

/**
 * Lists are for those who work on dossiers.
 *
 * @throws Refusal forbidden `registry.administrators-read-no-members`
 */
export function requireReader(hat: Hat): void {
  if (!mayReadMembers(hat)) throw new Refusal('forbidden', 'registry.administrators-read-no-members')
}
