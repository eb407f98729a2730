/** A member on a past day: the line that the list of that day has, since when it stood so, and the offices of that day. */
import { sql, type Database, type Read } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { trueOn } from '../day.ts'
import { officesOf, type Office } from '../offices/store.ts'
import { inScope, scopeOf } from '../organisations/store.ts'
import { keepView } from '../readings/keeping.ts'
import { headsOf, requireMemberReader, type Reader } from '../reader.ts'
import { lineOf } from './search.ts'
import { shownLine, type HeldOffice, type ShownLine } from './view.ts'

export interface MemberOnDay {
  readonly on: PlainDate
  readonly line: ShownLine & { readonly since: PlainDate }
  /** in organisations the reader may see on that day */
  readonly offices: readonly HeldOffice[]
}

/**
 * What the reader may see of a member on the day looked at; that it was read is kept. The person's own facts are not dated: they are today's.
 *
 * @throws Refusal forbidden `registry.administrators-read-no-members`; not-found `member.unknown` for everybody who was
 *   not counted that day where the reader may look
 */
export async function memberOnDay(database: Database, reader: Reader, id: string): Promise<MemberOnDay> {
  requireMemberReader(reader)
  const { read } = database
  const { day } = reader
  const within = await headsOf(read, reader)
  const line = await lineOf(read, id, { within, day })
  if (!line) throw new Refusal('not-found', 'member.unknown')
  await database.transaction((write) =>
    keepView(write, { memberId: id, kind: 'record', viewer: reader, at: reader.at }),
  )
  const offices = await officesWithin(read, await officesOf(read, id, day), within, day)
  return {
    on: day,
    line: shownLine(line, day),
    offices: offices.map(({ positionName, positionNameEn, organisationName, since, ...office }) => ({
      id: office.id,
      positionName,
      positionNameEn,
      organisationName,
      since,
      until: null, // what came after the day is not told
    })),
  }
}

async function officesWithin(
  read: Read,
  offices: readonly Office[],
  heads: readonly string[],
  day: PlainDate,
): Promise<Office[]> {
  const scope = await scopeOf(read, heads, day)
  const rows = await read.rows<{ id: string }>(sql`
    select p.organisation_id as id from organisation_period p
     where ${inScope(scope)} and p.organisation_id = any(${offices.map((office) => office.organisationId)}::uuid[]) and ${trueOn('p', day)}`)
  const inside = new Set(rows.map((row) => row.id))
  return offices.filter((office) => inside.has(office.organisationId))
}
