/** The one way to show a transfer to somebody: whoever may not see it learns nothing, and that it was seen is kept. */
import type { Write } from '../../kernel/db.ts'
import { loadDossier, type StoredDossier } from '../../kernel/dossier.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { keepView } from '../../registry/readings/keeping.ts'
import type { Transfer } from './law/states.ts'
import { OFFICIAL_TRANSFER } from './procedure.ts'
import { maySee } from './readers.ts'

/**
 * A dossier this reader may see; a foreign one is as unknown as none. That it was looked at is kept with it, and the
 * member sees by which office; one's own looks are not kept.
 *
 * @param kept what is shown; `nothing` for answers that tell only how far it is
 * @throws Refusal not-found `dossier.unknown`
 */
export async function seenTransfer(
  write: Write,
  id: string,
  context: Pick<Context, 'actor' | 'today' | 'at'>,
  kept: 'dossier' | 'file' | 'paper' | 'nothing',
): Promise<StoredDossier<Transfer>> {
  const { actor, at } = context
  const dossier = await loadDossier<Transfer>(write, OFFICIAL_TRANSFER, id)
  if (!dossier || !(await maySee(write, dossier.state, context)))
    throw new Refusal('not-found', 'dossier.unknown')
  if (actor.kind === 'person' && kept !== 'nothing') {
    const { position, organisationId } = actor.hat
    const grantId = actor.onBehalfOf?.grantId ?? null
    const viewer = { memberId: actor.memberId, position, organisationId, grantId }
    await keepView(write, { memberId: dossier.state.memberId, kind: kept, viewer, dossierId: id, at })
  }
  return dossier
}
