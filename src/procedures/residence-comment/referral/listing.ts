/** Referrals an organisation has to do with, and its members nobody has referred yet. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { foldName } from '../../../kernel/vietnamese-text.ts'
import { findOrganisation, pathRange } from '../../../registry/organisations/store.ts'

export interface ReferralLine {
  readonly id: string
  readonly memberId: string
  readonly name: string
  readonly status: string
  readonly place: string | null
}

/** What a reader looks for in a list, and which part of it. */
export interface Part {
  /** of a name; '' for all */
  readonly query: string
  readonly offset: number
  readonly most: number
}

/** A part of a list, and how many there are in all. */
export interface Found<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}

/** Whose name has what was typed, accents or not. */
const named = (query: string) => {
  const folded = foldName(query).replaceAll(/[%_\\]/g, '')
  return sql`(${folded} = '' or m.name_norm like ${`%${folded}%`})`
}

/** As workplace, commune or cell; those that wait first. */
export async function referralsHere(
  read: Read,
  organisationId: string,
  part: Part,
): Promise<Found<ReferralLine>> {
  const here = sql`
      from residence_referral r join dossier d on d.id = r.dossier_id join member m on m.id = r.member_id
     where (r.is_pending or r.is_current)
       and (r.workplace_id = ${organisationId} or r.commune_id = ${organisationId} or r.cell_id = ${organisationId})
       and ${named(part.query)}`
  const { total } = await read.one<{ total: number }>(sql`select count(*)::int as total ${here}`)
  const rows = await read.rows<ReferralLine>(sql`
    select r.dossier_id as id, r.member_id as "memberId", m.full_name as name, r.status,
           coalesce(d.state #>> '{cell,name}', d.state #>> '{commune,name}') as place
      ${here}
     order by r.is_pending desc, r.status = 'needs-cell' desc, m.sort_key, r.dossier_id
     limit ${part.most} offset ${part.offset}`)
  return { rows, total }
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
  part: Part,
): Promise<Found<Unreferred>> {
  const own = await findOrganisation(read, organisationId, today)
  if (own?.tier !== 'grassroots') return { rows: [], total: 0 }
  const { from, to } = pathRange(own.path)
  const missing = sql`
      from organisation_period p
      join membership s on s.organisation_id = p.organisation_id and s.until is null and s.standing = 'active'
      join member m on m.id = s.member_id
     where p.path >= ${from} and p.path < ${to} and p.valid_from <= ${today}::date
       and (p.valid_to is null or ${today}::date < p.valid_to)
       and not exists (select from residence_referral r where r.member_id = m.id and (r.is_pending or r.is_current))
       and ${named(part.query)}`
  const { total } = await read.one<{ total: number }>(sql`select count(*)::int as total ${missing}`)
  const rows = await read.rows<Unreferred>(sql`
    select m.id as "memberId", m.full_name as name, p.name as "cellName"
      ${missing}
     order by m.sort_key, m.id limit ${part.most} offset ${part.offset}`)
  return { rows, total }
}
