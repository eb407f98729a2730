/** One action for many members (7.5): each member through the same door as one alone, each with its own answer. */
import type { Web } from '../../../web/web.ts'
import { perform, type Context } from '../../../kernel/procedure.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { derivedId } from '../../../web/command-ids.ts'
import { inPieces } from '../../../web/pieces.ts'
import type { Purpose, Status } from '../law/states.ts'
import { residenceComment } from '../procedure.ts'

export interface AskedMany {
  readonly commandId: string
  readonly year: number
  readonly purpose: Purpose
  readonly reason?: string | undefined
  readonly chosen: readonly string[]
}

export interface AskedOne {
  readonly memberId: string
  readonly dossierId?: string
  readonly status?: Status
  readonly refusal?: Refusal
}

/** So many are asked for at once: the rest of the application keeps its connections. */
const AT_ONCE = 3

/**
 * The ids are made from the form's own and the member's: the form sent twice does nothing twice, and a line that dropped is
 * taken up where it broke off. The good ones stand whatever becomes of the others. `rest` was not reached within the time of
 * one answer: the same form goes on with it.
 */
export async function askForMany(
  { database }: Pick<Web, 'database'>,
  { commandId, chosen, year, purpose, reason }: AskedMany,
  context: Context,
): Promise<{ results: AskedOne[]; rest: readonly string[] }> {
  const askFor = async (memberId: string): Promise<AskedOne> => {
    const dossierId = derivedId(`residence-comment ${commandId} ${memberId}`)
    const command = { type: 'request', memberId, year, purpose, ...(reason ? { reason } : {}) } as const
    const request = { dossierId, commandId: derivedId(`${dossierId} request`), command }
    try {
      const { state } = await perform(database, residenceComment, request, context)
      return { memberId, dossierId, status: state.status }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { memberId, refusal: error }
    }
  }
  return inPieces([...new Set(chosen)], AT_ONCE, askFor)
}
