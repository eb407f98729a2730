/** Whom a workplace may ask about: its members, with what stands in the way of each, read in one question. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { getOrganisation, pathRange } from '../../../registry/organisations/store.ts'
import type { Purpose } from '../law/states.ts'

export interface ToAsk {
  readonly memberId: string
  readonly name: string
  readonly cellName: string
  /** where the member keeps contact; null: no accepted referral */
  readonly residence: string | null
  readonly exempt: boolean
  readonly unreferred: boolean
}

/** Those nobody has asked about yet for this year and purpose, by name. */
export async function membersToAsk(
  read: Read,
  workplaceId: string,
  asked: { readonly year: number; readonly purpose: Purpose; readonly most: number },
  today: PlainDate,
): Promise<{ rows: ToAsk[]; total: number }> {
  const { from, to } = pathRange((await getOrganisation(read, workplaceId, today)).path)
  const rows = await read.rows<ToAsk & { total: number }>(sql`
    select m.id as "memberId", m.full_name as name, p.name as "cellName",
           (select r.name from organisation_period r
             where r.organisation_id = coalesce(f.cell_id, f.commune_id) and r.valid_from <= ${today}::date
               and (r.valid_to is null or ${today}::date < r.valid_to)) as residence,
           coalesce(f.exempt, false) as exempt, coalesce(f.status = 'not-referred', false) as unreferred,
           count(*) over ()::int as total
      from organisation_period p
      join membership s on s.organisation_id = p.organisation_id and s.until is null and s.standing = 'active'
      join member m on m.id = s.member_id
      left join residence_referral f on f.member_id = m.id and f.is_current
     where p.path >= ${from} and p.path < ${to} and p.valid_from <= ${today}::date
       and (p.valid_to is null or ${today}::date < p.valid_to)
       and not exists (select from residence_comment c
                        where c.member_id = m.id and c.year = ${asked.year} and c.purpose = ${asked.purpose}
                          and c.status <> 'cancelled')
     order by f.cell_id is null, coalesce(f.exempt, false), m.sort_key, m.id
     limit ${asked.most}`)
  return { rows, total: rows[0]?.total ?? 0 }
}
