/** What the rules of a referral must know beside its state: loaded in the command's own transaction. */
import { sql, type Write } from '../../../kernel/db.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { findMember } from '../../../registry/members/store.ts'
import { findOrganisation } from '../../../registry/organisations/store.ts'
import { cellOf, placeOf, residenceToday, workplaceOf, workplaceToday } from '../places.ts'
import { NOTHING, type Facts } from './law/facts.ts'
import type { Command, Referral } from './law/states.ts'

export async function gather(
  write: Write,
  referral: Referral | undefined,
  command: Command,
  { today }: Context,
): Promise<Facts> {
  const memberId = referral?.memberId ?? ('memberId' in command ? command.memberId : undefined)
  const found = memberId === undefined ? undefined : await findMember(write, memberId)
  if (!found) return NOTHING
  const member = { id: found.id, standing: found.standing }
  if (referral && command.type === 'follow-reorganisation') {
    const workplace = await workplaceToday(write, referral, today)
    const { commune, cell } = await residenceToday(write, referral, today)
    const now = { workplace, commune: commune ?? referral.commune, cell }
    return { ...NOTHING, member, now }
  }
  const commune = 'communeId' in command ? await findOrganisation(write, command.communeId, today) : undefined
  const first = command.type === 'refer' || command.type === 'mark-unreferred'
  return {
    ...NOTHING,
    member,
    workplace:
      first || command.type === 'follow-member' ? await workplaceOf(write, member.id, today) : undefined,
    commune: commune && placeOf(commune),
    cell: 'cellId' in command ? await cellOf(write, command.cellId, today) : undefined,
    pending: first && (await hasPending(write, member.id)),
  }
}

async function hasPending(write: Write, memberId: string): Promise<boolean> {
  const found = await write.maybe(
    sql`select 1 from residence_referral where member_id = ${memberId} and is_pending`,
  )
  return found !== undefined
}
