/** Sealing (đóng dấu xác nhận) as a job: the comment moves on when its paper is stored. */
import { randomUUID } from 'node:crypto'
import { CLOCK } from '../../../kernel/actor.ts'
import { loadDossier } from '../../../kernel/dossier.ts'
import { performIn } from '../../../kernel/procedure.ts'
import type { BackgroundServices } from '../../../web/feature.ts'
import type { Comment } from '../law/states.ts'
import { RESIDENCE_COMMENT } from '../names.ts'
import { residenceComment } from '../procedure.ts'

/** Once: a job that comes again finds nothing to do. */
export async function sealTask(
  services: BackgroundServices,
  payload: Readonly<Record<string, unknown>>,
): Promise<void> {
  const dossierId = String(payload.dossierId)
  const context = { ...(await services.contextNow()), actor: CLOCK }
  await services.database.transaction(async (write) => {
    const dossier = await loadDossier<Comment>(write, RESIDENCE_COMMENT, dossierId)
    if (dossier?.state.status !== 'sealing') return
    const command = { type: 'record-seal', paperId: randomUUID() } as const
    const request = { dossierId, commandId: randomUUID(), expected: dossier.version, command }
    await performIn(write, residenceComment, request, context)
  })
}
