/** One action on many dossiers: each through the same door as one alone, each with its own answer. */
import { requireCovered, type WornHat } from '../../identity/hats.ts'
import { sql, type Read } from '../../kernel/db.ts'
import type { Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { derivedId } from '../../web/command-ids.ts'
import type { Feature } from '../../web/feature.ts'
import { inPieces } from '../../web/pieces.ts'
import type { Web } from '../../web/web.ts'
import { featureOf } from '../features.ts'

/** A dossier with the number of the event the reader saw last. */
export interface Chosen {
  readonly id: string
  readonly version: number
}

export interface BulkResult {
  readonly id: string
  readonly procedure: string
  /** the step it stands at now, when it was done */
  readonly status?: string
  readonly refusal?: Refusal
}

/**
 * Asks the command of each chosen dossier, one after the other. The ids of the commands are made from the form's own, so
 * that the form sent twice does nothing twice and answers alike. `rest` was not reached within the time of one answer.
 */
export async function performMany(
  web: Web,
  command: string,
  chosen: readonly Chosen[],
  formId: string,
  context: Context,
  hat: WornHat,
): Promise<{ results: BulkResult[]; rest: readonly Chosen[] }> {
  const features = await featuresOf(web.database.read, chosen)
  return inPieces(chosen, 1, async ({ id, version }): Promise<BulkResult> => {
    const feature = features.get(id)
    const about = { id, procedure: feature?.code ?? '' }
    try {
      if (!feature?.ask || !feature.bulk.some((each) => each.command === command))
        throw new Refusal('not-found', 'dossier.unknown')
      requireCovered(hat, feature.code)
      const commandId = derivedId(`${formId} ${id}`)
      const request = { dossierId: id, commandId, expected: version, command: { type: command } }
      const { status } = await feature.ask(web, request, context)
      return { ...about, status }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { ...about, refusal: error }
    }
  })
}

/** Which procedure each dossier is of. */
async function featuresOf(read: Read, chosen: readonly Chosen[]): Promise<ReadonlyMap<string, Feature>> {
  const rows = await read.rows<{ id: string; procedure: string }>(sql`
    select id, procedure from dossier where id = any(${chosen.map(({ id }) => id)}::uuid[])`)
  return new Map(
    rows.flatMap(({ id, procedure }) => {
      const feature = featureOf(procedure)
      return feature ? [[id, feature] as const] : []
    }),
  )
}
