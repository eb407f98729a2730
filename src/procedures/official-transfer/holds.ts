/** Holds (tạm dừng) and the transfer: an open one stops when a hold is set, and goes on when the last one is lifted. */
import type { Read, Write } from '../../kernel/db.ts'
import { performIn, type Context } from '../../kernel/procedure.ts'
import type { HeldDossier } from '../../web/feature.ts'
import { NEXT, type CommandType, type Status } from './law/states.ts'
import type { PaperServices } from '../../papers/issue.ts'
import { officialTransfer } from './procedure.ts'
import { findOpenTransfer } from './store.ts'

const mayFollow = (status: Status, command: CommandType): boolean =>
  (NEXT[status] as readonly CommandType[]).includes(command)

/** The member's open transfer as a hold meets it; a draft is nobody's but the member's. */
export async function heldTransfer(read: Read, memberId: string): Promise<HeldDossier | undefined> {
  const open = await findOpenTransfer(read, memberId)
  if (!open || open.status === 'draft') return undefined
  const { id, status } = open
  return { id, status, stopsLater: status !== 'blocked' && !mayFollow(status, 'block') }
}

/** Blocks the open transfer or lets it go on, if it stands where it can be: in the transaction of the hold. */
export async function tellTransfer(
  write: Write,
  services: PaperServices,
  hold: { memberId: string; commandId: string; holdId: string; set: boolean },
  context: Context,
): Promise<void> {
  const { memberId, commandId, holdId, set } = hold
  const open = await findOpenTransfer(write, memberId)
  const type = set ? 'block' : 'lift-block'
  if (!open || !mayFollow(open.status, type)) return
  const request = { dossierId: open.id, commandId, command: { type, holdId } as const }
  await performIn(write, officialTransfer(services), request, context)
}
