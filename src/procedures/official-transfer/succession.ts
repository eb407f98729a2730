/** Reorganisations and transfers: every open dossier that an ended or moved organisation is on the way of follows it. */
import { randomUUID } from 'node:crypto'
import { CLOCK } from '../../kernel/actor.ts'
import { sql, type Read, type Write } from '../../kernel/db.ts'
import { performIn, type Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { PaperServices } from '../../papers/issue.ts'
import { OFFICIAL_TRANSFER, officialTransfer } from './procedure.ts'

/**
 * In the transaction of the reorganisation. A dossier that stays as it is is left alone.
 *
 * @param touched organisations that ended or lie elsewhere now
 * @returns ids of the dossiers that changed hands
 */
export async function followReorganisation(
  write: Write,
  services: PaperServices,
  touched: readonly string[],
  context: Context,
): Promise<string[]> {
  const followed: string[] = []
  for (const id of await affected(write, touched))
    if (await followOne(write, services, id, context)) followed.push(id)
  return followed
}

async function followOne(
  write: Write,
  services: PaperServices,
  dossierId: string,
  context: Context,
): Promise<boolean> {
  const request = {
    dossierId,
    commandId: randomUUID(),
    command: { type: 'follow-reorganisation' } as const,
  }
  try {
    await performIn(write, officialTransfer(services), request, { ...context, actor: CLOCK })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'transfer.nothing-to-follow') return false
    throw error
  }
}

async function affected(read: Read, touched: readonly string[]): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(sql`
    select d.id from dossier d
     where d.procedure = ${OFFICIAL_TRANSFER} and d.is_open
       and d.id in (
         select p.dossier_id from dossier_party p where p.organisation_id = any(${touched}::uuid[])
         union
         select t.dossier_id from official_transfer t
          where t.is_open and (t.origin_id = any(${touched}::uuid[]) or t.destination_id = any(${touched}::uuid[])))
     order by d.id`)
  return rows.map((row) => row.id)
}

/** Open dossiers that wait for an organisation which is no longer there: an act that came between finds its heir here. */
export async function orphans(read: Read, today: string): Promise<string[]> {
  const rows = await read.rows<{ organisationId: string }>(sql`
    select distinct d.awaited_organisation as "organisationId" from dossier d
     where d.procedure = ${OFFICIAL_TRANSFER} and d.is_open and d.awaited_organisation is not null
       and not exists (select from organisation_period p
                        where p.organisation_id = d.awaited_organisation and p.valid_from <= ${today}::date
                          and (p.valid_to is null or ${today}::date < p.valid_to))`)
  return rows.map((row) => row.organisationId)
}
