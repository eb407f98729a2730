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

export interface Continuing {
  readonly officeId: string
  readonly organisationId: string
}

/**
 * Offices go on, with the same position, in other organisations; who holds it there already, or comes to it twice, holds it
 * once.
 *
 * @returns by the office's id, the one it goes on as; missing when the person held it there before
 */
export async function continueOffices(
  write: Write,
  continuing: readonly Continuing[],
  day: PlainDate,
  source: string,
  by: string,
): Promise<Map<string, string>> {
  if (continuing.length === 0) return new Map()
  const rows = await write.rows<{ officeId: string; id: string }>(sql`
    with wanted as (
      select o.id, o.member_id, o.position, x."organisationId" as organisation_id
        from jsonb_to_recordset(${JSON.stringify(continuing)}::jsonb) as x("officeId" uuid, "organisationId" uuid)
        join office o on o.id = x."officeId"),
    made as (
      insert into office (member_id, position, organisation_id, since, source, granted_by)
      select distinct w.member_id, w.position, w.organisation_id, ${day}::date, ${source}::text, ${by}::uuid
        from wanted w
       where not exists (select from office x
                          where x.member_id = w.member_id and x.position = w.position
                            and x.organisation_id = w.organisation_id
                            and (x.until is null or x.until >= ${day}::date))
      returning id, member_id, position, organisation_id)
    select w.id as "officeId", m.id from wanted w join made m using (member_id, position, organisation_id)`)
  return new Map(rows.map((row) => [row.officeId, row.id]))
}
