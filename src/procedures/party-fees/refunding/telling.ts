/** Who is told of a refund: whoever can do the next step, from the cell upwards, and the payer. */
import type { Read, Write } from '../../../kernel/db.ts'
import { recordNotice } from '../../../kernel/notices.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { holdersOf } from '../../../registry/offices/store.ts'
import { findAncestors } from '../../../registry/organisations/store.ts'
import { HANDLERS } from '../law/who.ts'

/**
 * The nearest organisation, from the cell upwards, in which somebody handles fees whom nothing keeps from the step; the cell
 * where there is nobody.
 *
 * @param except those who may not do it
 */
export async function nearestHandlers(
  read: Read,
  organisationId: string,
  except: readonly (string | null)[],
  today: PlainDate,
): Promise<string> {
  for (const { id } of await findAncestors(read, organisationId, today)) {
    const holders = await holdersOf(read, id, HANDLERS, today)
    if (holders.some(({ memberId }) => !except.includes(memberId))) return id
  }
  return organisationId
}

export async function tellHandlers(
  write: Write,
  organisationId: string,
  code: string,
  { at, onceKey }: { readonly at: Date; readonly onceKey?: string },
): Promise<void> {
  const to = { organisationId, positions: HANDLERS }
  await recordNotice(write, { to, code, at, ...(onceKey === undefined ? {} : { onceKey }) })
}

export async function tellMember(
  write: Write,
  memberId: string,
  code: string,
  at: Date,
  facts: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await recordNotice(write, { to: { memberId }, code, facts, at })
}
