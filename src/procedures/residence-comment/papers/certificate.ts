/** Whether who asks could sign now: only of those who sign for some place, so that nobody else waits for it. */
import type { Context } from '../../../kernel/procedure.ts'
import type { Refusal } from '../../../kernel/refusal.ts'
import type { SignerSource } from '../../../signatures/signer-source.ts'
import { SIGNERS } from '../law/place.ts'

/** Where the keys of people are. */
export interface Signing {
  readonly signers: Pick<SignerSource, 'whyNotPerson'>
}

export async function cannotSign({ signers }: Signing, { actor }: Context): Promise<Refusal | undefined> {
  if (actor.kind !== 'person' || !SIGNERS.includes(actor.hat.position)) return undefined
  return signers.whyNotPerson(actor.memberId)
}
