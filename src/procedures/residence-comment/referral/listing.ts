/** Referrals an organisation has to do with, and its members nobody has referred yet. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { findOrganisation, pathRange } from '../../../registry/organisations/store.ts'

export interface ReferralLine {
  readonly id: string
  readonly memberId: string
  readonly name: string
  readonly status: string
  readonly place: string | null
}

/** As workplace, commune or cell; those that wait first. */
export function referralsHere(read: Read, organisationId: string): Promise<ReferralLine[]> {
  return read.rows(sql`
    select r.dossier_id as id, r.member_id as "memberId", m.full_name as name, r.status,
           coalesce(d.state #>> '{cell,name}', d.state #>> '{commune,name}') as place
      from residence_referral r join dossier d on d.id = r.dossier_id join member m on m.id = r.member_id
     where (r.is_pending or r.is_current)
       and (r.workplace_id = ${organisationId} or r.commune_id = ${organisationId} or r.cell_id = ${organisationId})
     order by r.is_pending desc, r.status = 'needs-cell' desc, m.sort_key, r.dossier_id limit 2000`)
}

export interface Unreferred {
  readonly memberId: string
  readonly name: string
  readonly cellName: string
}

/** Members a grassroots organisation counts that have no referral, neither waiting nor holding. */
export async function unreferredHere(
  read: Read,
  organisationId: string,
  today: PlainDate,
): Promise<Unreferred[]> {
  const own = await findOrganisation(read, organisationId, today)
  if (own?.tier !== 'grassroots') return []
  const { from, to } = pathRange(own.path)
  return read.rows(sql`
    select m.id as "memberId", m.full_name as name, p.name as "cellName"
      from organisation_period p
      join membership s on s.organisation_id = p.organisation_id and s.until is null and s.standing = 'active'
      join member m on m.id = s.member_id
     where p.path >= ${from} and p.path < ${to} and p.valid_from <= ${today}::date
       and (p.valid_to is null or ${today}::date < p.valid_to)
       and not exists (select from residence_referral r where r.member_id = m.id and (r.is_pending or r.is_current))
     order by m.sort_key, m.id limit 2000`)
}
