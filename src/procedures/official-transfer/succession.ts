/** Reorganisations and transfers: every open dossier that an ended or moved organisation is on the way of follows it. */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import type { Context } from '../../kernel/procedure.ts'
import type { PaperServices } from '../../papers/issue.ts'
import { followEach } from '../../registry/reorganisation/following.ts'
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
  return followEach(write, officialTransfer(services), await affected(write, touched), context)
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
