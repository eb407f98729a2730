/** Whom a person can call: the secretary of the own cell, or the committee's office. */
import { sql, type Read } from '../kernel/db.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import type { ActingSession } from '../identity/sessions.ts'

const HELPERS = ['cell-secretary', 'cell-deputy-secretary', 'office-clerk', 'office-chief']

/** The first of the helping posts in the organisation one acts in, with the phone in the registry; undefined when none. */
export async function helperOf(
  read: Read,
  session: ActingSession,
  today: PlainDate,
): Promise<{ who: string; phone?: string } | undefined> {
  const row = await read.maybe<{ name: string; position: string; phone: string | null }>(sql`
    select m.full_name as name, p.name as position, m.phone
      from office o join member m on m.id = o.member_id join position p on p.code = o.position
     where o.organisation_id = ${session.hat.organisationId} and o.position = any(${HELPERS})
       and o.since <= ${today}::date and (o.until is null or ${today}::date <= o.until)
       and o.member_id <> ${session.memberId}
     order by array_position(${HELPERS}::text[], o.position) limit 1`)
  return row && { who: `${row.position} ${row.name}`, ...(row.phone ? { phone: row.phone } : {}) }
}
