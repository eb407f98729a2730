/** What a reorganisation does to people: memberships move, offices of bodies that end are over or go on in the successor. */
import { sql, type Write } from '../../kernel/db.ts'
import { addDays, type PlainDate } from '../../kernel/plain-date.ts'
import type { MemberMove } from './law/compile.ts'

/** Why a membership began or ended, as `membership.reason` has it. */
export const REORGANISATION = 'reorganisation'

/** Counted in, or on the way from, the other organisation from the day on; a transfer under way keeps its dossier. */
export async function moveMembers(
  write: Write,
  move: MemberMove,
  day: PlainDate,
): Promise<{ memberId: string; standing: string }[]> {
  const picked = move.memberIds === 'all' ? sql`true` : sql`s.member_id = any(${[...move.memberIds]}::uuid[])`
  return write.rows<{ memberId: string; standing: string }>(sql`
    with leaving as (
      update membership s set until = ${day}::date
       where s.organisation_id = ${move.from} and s.until is null and s.since <= ${day}::date and ${picked}
      returning s.member_id, s.standing, s.dossier_id)
    insert into membership (member_id, organisation_id, standing, since, reason, dossier_id)
    select member_id, ${move.to}, standing, ${day}::date, ${REORGANISATION}, dossier_id from leaving
    returning member_id as "memberId", standing`)
}

/** The offices of bodies that end are over with the day before; one that began on the day is over with it. */
export async function endOfficesIn(
  write: Write,
  organisationIds: readonly string[],
  day: PlainDate,
  by: string,
): Promise<string[]> {
  const rows = await write.rows<{ id: string }>(sql`
    update office set until = greatest(since, ${addDays(day, -1)}::date), ended_by = ${by}
     where organisation_id = any(${organisationIds}::uuid[]) and (until is null or until >= ${day}::date)
       and since <= ${day}::date
    returning id`)
  return rows.map((row) => row.id)
}

/**
 * An office goes on, with the same position, in another organisation; who holds it there already holds it once.
 *
 * @returns the new office's id, or undefined when the person holds it there
 */
export async function continueOffice(
  write: Write,
  officeId: string,
  organisationId: string,
  day: PlainDate,
  source: string,
  by: string,
): Promise<string | undefined> {
  const made = await write.maybe<{ id: string }>(sql`
    insert into office (member_id, position, organisation_id, since, source, granted_by)
    select o.member_id, o.position, ${organisationId}::uuid, ${day}::date, ${source}::text, ${by}::uuid
      from office o
     where o.id = ${officeId}
       and not exists (select from office x
                        where x.member_id = o.member_id and x.position = o.position
                          and x.organisation_id = ${organisationId}::uuid
                          and (x.until is null or x.until >= ${day}::date))
    returning id`)
  return made?.id
}
