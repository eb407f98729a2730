/** Reorganisations: every referral that holds and every open comment follows the organisations that ended or moved. */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import type { Context } from '../../kernel/procedure.ts'
import { followEach } from '../../registry/reorganisation/following.ts'
import { residenceComment } from './procedure.ts'
import { residenceReferral } from './referral/procedure.ts'

/** One that is over by now stays as it is, too. */
const LEFT_ALONE = ['.nothing-to-follow', '.not-now']

/**
 * In the transaction of the reorganisation. Referrals first: the member is asked nothing and brings no paper again
 * (338-QĐ/TW art. 4(7)).
 *
 * @param touched organisations that ended or lie elsewhere now
 * @returns ids of the referrals that changed hands
 */
export async function followWithReferrals(
  write: Write,
  touched: readonly string[],
  context: Context,
): Promise<string[]> {
  const ids = await write.rows<{ id: string }>(sql`
    select dossier_id as id from residence_referral
     where (is_pending or is_current)
       and (workplace_id = any(${touched}::uuid[]) or commune_id = any(${touched}::uuid[]) or cell_id = any(${touched}::uuid[]))
     order by dossier_id`)
  return followEach(
    write,
    residenceReferral,
    ids.map(({ id }) => id),
    context,
    LEFT_ALONE,
  )
}

/** The same of open comments. */
export async function followWithComments(
  write: Write,
  touched: readonly string[],
  context: Context,
): Promise<string[]> {
  const ids = await write.rows<{ id: string }>(sql`
    select dossier_id as id from residence_comment
     where is_open
       and (workplace_id = any(${touched}::uuid[]) or commune_id = any(${touched}::uuid[]) or cell_id = any(${touched}::uuid[]))
     order by dossier_id`)
  return followEach(
    write,
    residenceComment,
    ids.map(({ id }) => id),
    context,
    LEFT_ALONE,
  )
}

/** Organisations that something of this slice waits for or holds to and that are no longer there. */
export async function orphans(read: Read, today: string): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(sql`
    with held as (
      select commune_id as id from residence_referral where is_current
      union select cell_id from residence_referral where is_current
      union select workplace_id from residence_referral where is_pending or is_current
      union select commune_id from residence_comment where is_open
      union select cell_id from residence_comment where is_open
      union select workplace_id from residence_comment where is_open)
    select id from held
     where id is not null
       and not exists (select from organisation_period p
                        where p.organisation_id = held.id and p.valid_from <= ${today}::date
                          and (p.valid_to is null or ${today}::date < p.valid_to))`)
  return rows.map(({ id }) => id)
}
