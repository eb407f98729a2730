/** Reorganisations and temporary stays: every open one that an ended or moved organisation has a part in follows it. */
import { randomUUID } from 'node:crypto'
import { CLOCK } from '../../kernel/actor.ts'
import { sql, type Read, type Write } from '../../kernel/db.ts'
import { performIn, type Context } from '../../kernel/procedure.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { PaperServices } from '../../papers/issue.ts'
import { temporaryTransfer } from './procedure.ts'
import { TEMPORARY_TRANSFER } from './tasks.ts'

/**
 * In the transaction of the reorganisation. A stay that remains as it is is left alone.
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
  const command = { type: 'follow-reorganisation' } as const
  const request = { dossierId, commandId: randomUUID(), command }
  try {
    await performIn(write, temporaryTransfer(services), request, { ...context, actor: CLOCK })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'temporary.nothing-to-follow') return false
    throw error
  }
}

async function affected(read: Read, touched: readonly string[]): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(sql`
    select t.dossier_id as id from temporary_transfer t
     where t.is_open
       and (t.origin_id = any(${touched}::uuid[]) or t.host_id = any(${touched}::uuid[])
         or t.host_cell_id = any(${touched}::uuid[])
         or exists (select from dossier_party p
                     where p.dossier_id = t.dossier_id and p.organisation_id = any(${touched}::uuid[])))
     order by t.dossier_id`)
  return rows.map((row) => row.id)
}

/** Organisations that open stays wait for and that are no longer there: an act that came between finds its heir here. */
export async function orphans(read: Read, today: string): Promise<string[]> {
  const rows = await read.rows<{ organisationId: string }>(sql`
    select distinct d.awaited_organisation as "organisationId" from dossier d
     where d.procedure = ${TEMPORARY_TRANSFER} and d.is_open and d.awaited_organisation is not null
       and not exists (select from organisation_period p
                        where p.organisation_id = d.awaited_organisation and p.valid_from <= ${today}::date
                          and (p.valid_to is null or ${today}::date < p.valid_to))`)
  return rows.map((row) => row.organisationId)
}
