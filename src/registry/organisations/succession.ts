/** Who followed whom (kế thừa): organisations that went into others, and what was theirs is looked up by their successors. */
import { sql, type Read } from '../../kernel/db.ts'
import { addDays, type PlainDate } from '../../kernel/plain-date.ts'
import { trueOn, type LookedAt } from '../day.ts'

/**
 * The organisations that on `day` had still to go into one that lies within `organisationId` today, directly or by way
 * of others that are gone since. On the day of the succession and after it they are none of the successor's.
 */
export async function predecessorsOn(
  read: Read,
  organisationId: string,
  { today, day }: LookedAt,
): Promise<string[]> {
  const rows = await read.rows<{ id: string }>(sql`
    with recursive before(id) as (
      select s.organisation_id
        from organisation_period own
        join organisation_period p on p.path >= own.path and p.path < left(own.path, -1) || '/' and ${trueOn('p', today)}
        join organisation_successor s on s.successor_id = p.organisation_id and s.opens_past and ${day}::date < s.since
       where own.organisation_id = ${organisationId} and ${trueOn('own', today)}
      union
      select s.organisation_id from before
        join organisation_successor s on s.successor_id = before.id and s.opens_past and ${day}::date < s.since)
    select id from before`)
  return rows.map((row) => row.id)
}

/** An organisation that went into another, with its last name and the last day it stood for itself. */
export interface Predecessor {
  readonly id: string
  readonly name: string
  readonly lastDay: PlainDate
}

/** Those that went into the organisation directly, up to a day; the latest first. */
export async function predecessorsOf(
  read: Read,
  organisationId: string,
  day: PlainDate,
): Promise<Predecessor[]> {
  const rows = await read.rows<{ id: string; name: string; since: PlainDate }>(sql`
    select s.organisation_id as id, p.name, s.since from organisation_successor s
      join organisation_period p on p.organisation_id = s.organisation_id and p.valid_from < s.since
                                and (p.valid_to is null or s.since <= p.valid_to)
     where s.successor_id = ${organisationId} and s.opens_past and s.since <= ${day}::date
     order by s.since desc, p.name_norm collate "C" limit 100`)
  return rows.map(({ id, name, since }) => ({ id, name, lastDay: addDays(since, -1) }))
}
