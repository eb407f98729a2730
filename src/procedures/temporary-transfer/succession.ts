/** Reorganisations and temporary stays: every open one that an ended or moved organisation has a part in follows it. */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import type { Context } from '../../kernel/procedure.ts'
import type { PaperServices } from '../../papers/issue.ts'
import { followEach } from '../../registry/reorganisation/following.ts'
import { temporaryTransfer } from './procedure.ts'

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
  return followEach(write, temporaryTransfer(services), await affected(write, touched), context)
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
