/** One act on many dossiers: each is a command of its own, and each answers for itself. */
import { sql } from '../../kernel/db.ts'
import { perform, type Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { uuidOf } from '../../kernel/uuid.ts'
import { OFFICIAL_TRANSFER, officialTransfer } from '../../procedures/official-transfer/procedure.ts'
import type { Command } from '../../procedures/official-transfer/states.ts'
import type { Web } from '../../web/web.ts'
import type { BulkName } from './page.tsx'
import type { QueueRow } from './queues.ts'

/** What needs nothing but the decision to do it. A cell's and a grassroots committee's letters need words of their own. */
const COMMANDS: Record<BulkName, Command> = {
  'accept-intake': { type: 'accept-intake' },
  'take-number': { type: 'take-number' },
  'sign-referral': { type: 'sign-referral' },
}

/** Which act several of these rows may get at once. */
export function bulkFor(row: Pick<QueueRow, 'procedure' | 'status'>, position: string): BulkName | undefined {
  if (row.procedure !== OFFICIAL_TRANSFER) return undefined
  if (row.status === 'received') return 'accept-intake'
  if (row.status === 'numbering') return 'take-number'
  return row.status === 'committee-review' && position.startsWith('commission-') ? 'sign-referral' : undefined
}

export interface BulkResult {
  readonly id: string
  readonly member: string
  readonly refusal: Refusal | undefined
}

/** Acts on each in turn; the same form sent again does nothing twice: each command id comes from the form's and the dossier's. */
export async function actOnMany(
  web: Web,
  name: BulkName,
  dossierIds: readonly string[],
  formCommandId: string,
  context: Context,
): Promise<BulkResult[]> {
  const names = await web.database.read.rows<{ id: string; member: string }>(sql`
    select d.id, m.full_name as member from dossier d join member m on m.id = d.subject_id
     where d.id = any(${[...dossierIds]}::uuid[])`)
  const procedure = officialTransfer({ signers: web.signers, publicUrl: web.publicUrl })
  const results: BulkResult[] = []
  for (const dossierId of dossierIds) {
    const member = names.find((each) => each.id === dossierId)?.member ?? ''
    const commandId = uuidOf(`${formCommandId} ${name} ${dossierId}`)
    try {
      await perform(web.database, procedure, { dossierId, commandId, command: COMMANDS[name] }, context)
      results.push({ id: dossierId, member, refusal: undefined })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const unknown = error.kind === 'forbidden' || error.kind === 'not-found'
      results.push({
        id: dossierId,
        member: unknown && error.code === 'transfer.not-yours' ? '' : member,
        refusal: error,
      })
    }
  }
  return results
}
