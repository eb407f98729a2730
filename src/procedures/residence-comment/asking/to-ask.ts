/** Whom a workplace may ask about: its members with an accepted referral; of the others, how many and what is in the way. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { getOrganisation, pathRange } from '../../../registry/organisations/store.ts'
import type { Purpose } from '../law/states.ts'

export interface ToAsk {
  readonly memberId: string
  readonly name: string
  readonly cellName: string
  /** where the member keeps contact */
  readonly residence: string | null
}

/** How many stand in the way of nothing, and of how many what does. */
export interface ToAskCounts {
  readonly able: number
  readonly withoutReferral: number
  readonly exempt: number
  readonly unreferred: number
}

/** So many on one page: they are asked about, and the next ones come. */
export const MOST_ON_PAGE = 200

/** Those who can be asked about and nobody has yet, for this year and purpose, by name; and how many cannot, by what is in the way. */
export async function membersToAsk(
  read: Read,
  workplaceId: string,
  asked: { readonly year: number; readonly purpose: Purpose; readonly most: number },
  today: PlainDate,
): Promise<{ rows: ToAsk[]; counts: ToAskCounts }> {
  const { from, to } = pathRange((await getOrganisation(read, workplaceId, today)).path)
  // Who is exempt is commented on only when needed (33-HD/BTCTW 1.1).
  const yearly = asked.purpose === 'yearly'
  const left = sql`
      from organisation_period p
      join membership s on s.organisation_id = p.organisation_id and s.until is null and s.standing = 'active'
      join member m on m.id = s.member_id
      left join residence_referral f on f.member_id = m.id and f.is_current
     where p.path >= ${from} and p.path < ${to} and p.valid_from <= ${today}::date
       and (p.valid_to is null or ${today}::date < p.valid_to)
       and not exists (select from residence_comment c
                        where c.member_id = m.id and c.year = ${asked.year} and c.purpose = ${asked.purpose}
                          and c.status <> 'cancelled')`
  const rows = await read.rows<ToAsk>(sql`
    select m.id as "memberId", m.full_name as name, p.name as "cellName",
           (select r.name from organisation_period r
             where r.organisation_id = coalesce(f.cell_id, f.commune_id) and r.valid_from <= ${today}::date
               and (r.valid_to is null or ${today}::date < r.valid_to)) as residence
      ${left} and f.status is distinct from 'not-referred' and f.member_id is not null and not (${yearly}::boolean and f.exempt)
     order by m.sort_key, m.id limit ${asked.most}`)
  const counts = await read.one<ToAskCounts>(sql`
    select count(*) filter (where f.member_id is null)::int as "withoutReferral",
           count(*) filter (where f.status = 'not-referred')::int as unreferred,
           count(*) filter (where f.status <> 'not-referred' and ${yearly}::boolean and f.exempt)::int as exempt,
           count(*) filter (where f.status <> 'not-referred' and not (${yearly}::boolean and f.exempt))::int as able
      ${left}`)
  return { rows, counts }
}
