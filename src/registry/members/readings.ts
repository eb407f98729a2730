/** Looks at numbers that are masked otherwise: each has a reason, is kept, and the member sees it (domain G.4). */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Reader } from '../reader.ts'

export interface MemberReading {
  readonly id: string
  readonly at: Date
  readonly positionName: string
  readonly positionNameEn: string
  readonly organisationName: string
  readonly reason: string
}

/** A look shows the numbers for so long; afterwards it needs a reason again. */
export const READING_MINUTES = 10

/** Keeps a look under an id the page made up; the same id again is the same look. */
export async function recordReading(
  write: Write,
  reading: { id: string; memberId: string; reader: Reader; reason: string; at: Date },
): Promise<void> {
  const { reader } = reading
  await write.run(sql`
    insert into member_reading (id, member_id, read_by, position, organisation_id, reason, read_at)
    values (${reading.id}, ${reading.memberId}, ${reader.memberId}, ${reader.position}, ${reader.organisationId},
            ${reading.reason}, ${reading.at})
    on conflict (id) do nothing`)
}

/**
 * Until when a look lasts.
 *
 * @throws Refusal forbidden `reading.over` when it is too old, somebody else's, of another member, or never was
 */
export async function readingEnd(
  read: Read,
  reading: { id: string; memberId: string; reader: Reader; at: Date },
): Promise<Date> {
  const found = await read.maybe<{ readAt: Date }>(sql`
    select read_at as "readAt" from member_reading
     where id = ${reading.id} and member_id = ${reading.memberId} and read_by = ${reading.reader.memberId}`)
  const end = found && new Date(found.readAt.getTime() + READING_MINUTES * 60_000)
  if (!end || end < reading.at) throw new Refusal('forbidden', 'reading.over')
  return end
}

const MOST_SHOWN = 100

/** Who looked at a member's numbers, the newest first: by office, for the office looks and answers for it. */
export async function readingsOf(read: Read, memberId: string): Promise<MemberReading[]> {
  return read.rows<MemberReading>(sql`
    select r.id, r.read_at as at, n.name as "positionName", n.name_en as "positionNameEn", p.name as "organisationName", r.reason
      from member_reading r
      join position n on n.code = r.position
      join lateral (select name from organisation_period o where o.organisation_id = r.organisation_id
                     order by o.valid_from desc limit 1) p on true
     where r.member_id = ${memberId} order by r.read_at desc, r.id limit ${MOST_SHOWN}`)
}
