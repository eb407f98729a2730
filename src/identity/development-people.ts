/** Finds members to sign in as on the development provider, besides those it lists. */
import { sql, type Read } from '../kernel/db.ts'
import { foldName } from '../kernel/vietnamese-text.ts'
import type { DemoPerson } from './development-provider.ts'

/** Members whose name contains the words, or whose personal ID begins with them: at most twenty, by name. */
export function findDemoPeople(read: Read, words: string): Promise<DemoPerson[]> {
  const folded = foldName(words)
  if (folded === '') return Promise.resolve([])
  return read.rows<DemoPerson>(sql`
    select m.personal_id as "personalId", m.full_name as name, m.birth_date as "birthDate",
           coalesce(p.name, '–') as role
      from member m
      left join membership s on s.member_id = m.id and s.until is null
      left join organisation_period p on p.organisation_id = s.organisation_id and p.valid_to is null
     where m.standing in ('active', 'exempt')
       and (starts_with(m.personal_id, ${folded}) or position(${folded} in m.name_norm) > 0)
     order by m.sort_key limit 20`)
}
