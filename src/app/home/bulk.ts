/** One action on many dossiers: each through the same door as one alone, each with its own answer. */
import { perform, type Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { officialTransfer } from '../../procedures/official-transfer/procedure.ts'
import { derivedId } from '../../web/command-ids.ts'
import type { Web } from '../../web/web.ts'

/** What may be asked of many at once: nothing has to be written for it. */
export const BULK_COMMANDS = ['accept-intake', 'take-number', 'sign-referral'] as const
export type BulkCommand = (typeof BULK_COMMANDS)[number]

/** The step at which each makes sense. */
export const BULK_ACTS: Readonly<Record<BulkCommand, string>> = {
  'accept-intake': 'received',
  'take-number': 'numbering',
  'sign-referral': 'committee-review',
}

/** A dossier with the number of the event the reader saw last. */
export interface Chosen {
  readonly id: string
  readonly version: number
}

export interface BulkResult {
  readonly id: string
  /** the step it stands at now, when it was done */
  readonly status?: string
  readonly refusal?: Refusal
}

/**
 * Asks the command of each chosen dossier, one after the other. The ids of the commands are made from the form's own, so
 * that the form sent twice does nothing twice and answers alike.
 */
export async function performMany(
  web: Web,
  command: BulkCommand,
  chosen: readonly Chosen[],
  formId: string,
  context: Context,
): Promise<BulkResult[]> {
  const procedure = officialTransfer(web)
  const results: BulkResult[] = []
  for (const { id, version } of chosen) {
    const commandId = derivedId(`${formId} ${id}`)
    const request = { dossierId: id, commandId, expected: version, command: { type: command } }
    try {
      const { state } = await perform(web.database, procedure, request, context)
      results.push({ id, status: state.status })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      results.push({ id, refusal: error })
    }
  }
  return results
}
