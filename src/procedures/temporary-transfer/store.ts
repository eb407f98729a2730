/** SQL of the temporary transfer's own table: what a list, a sweep or a unique index must know. */
import { isUniqueViolation, sql, type Read, type Write } from '../../kernel/db.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { originCell } from './law/rules.ts'
import { heirOf, isClosed, STAYING, type Status, type Stay } from './law/states.ts'

function columnsOf(stay: Stay) {
  return {
    memberId: stay.memberId,
    originId: originCell(stay).id,
    hostId: stay.host ? heirOf(stay, stay.host).id : null,
    hostCellId: stay.hostCell ? heirOf(stay, stay.hostCell).id : null,
    status: stay.status,
    isOpen: !isClosed(stay),
    isStaying: STAYING.has(stay.status),
    from: stay.from ?? null,
    until: stay.until ?? null,
  }
}

/** Keeps the columns; the database has the last word on "one open stay a member" (6.5). */
export async function keep(
  write: Write,
  dossierId: string,
  stay: Stay,
  before: Stay | undefined,
): Promise<void> {
  const now = columnsOf(stay)
  if (before && JSON.stringify(columnsOf(before)) === JSON.stringify(now)) return
  try {
    await write.run(sql`
      insert into temporary_transfer (dossier_id, member_id, origin_id, host_id, host_cell_id, status, is_open, is_staying,
                                      stay_from, stay_until)
      values (${dossierId}, ${now.memberId}, ${now.originId}, ${now.hostId}, ${now.hostCellId}, ${now.status}, ${now.isOpen},
              ${now.isStaying}, ${now.from}, ${now.until})
      on conflict (dossier_id) do update set origin_id = excluded.origin_id, host_id = excluded.host_id,
        host_cell_id = excluded.host_cell_id, status = excluded.status, is_open = excluded.is_open,
        is_staying = excluded.is_staying, stay_from = excluded.stay_from, stay_until = excluded.stay_until`)
  } catch (error) {
    if (isUniqueViolation(error, 'temporary_transfer_one_open'))
      throw new Refusal('conflict', 'temporary.already-open')
    throw error
  }
}

/** The member's open stay, if there is one. */
export function findOpenStay(
  read: Read,
  memberId: string,
): Promise<{ id: string; status: Status } | undefined> {
  return read.maybe(sql`
    select dossier_id as id, status from temporary_transfer where member_id = ${memberId} and is_open`)
}

/** Somebody who lives at one place and belongs to another. */
export interface StayLine {
  readonly id: string
  readonly memberId: string
  readonly name: string
  readonly originId: string
  readonly originName: string
  readonly hostName: string
  readonly status: Status
  readonly from: PlainDate
  readonly until: PlainDate
}

const LINES = sql`
  select t.dossier_id as id, t.member_id as "memberId", m.full_name as name, t.origin_id as "originId", t.status, t.stay_from as "from",
         t.stay_until as "until", o.name as "originName", h.name as "hostName"
    from temporary_transfer t
    join member m on m.id = t.member_id
    cross join lateral (select name from organisation_period where organisation_id = t.origin_id
                         order by valid_from desc limit 1) o
    cross join lateral (select name from organisation_period where organisation_id = t.host_cell_id
                         order by valid_from desc limit 1) h
   where t.is_staying`

/** Guests (đảng viên sinh hoạt tạm thời) of an organisation: its cells' where it is a committee. */
export function guestsOf(read: Read, organisationId: string): Promise<StayLine[]> {
  return read.rows<StayLine>(sql`
    ${LINES} and (t.host_cell_id = ${organisationId} or t.host_id = ${organisationId}) order by t.stay_until, m.full_name`)
}

/** Members of an organisation who live elsewhere for a time; of its cells too where it is a committee. */
export function awayFrom(read: Read, cellIds: readonly string[]): Promise<StayLine[]> {
  return read.rows<StayLine>(sql`
    ${LINES} and t.origin_id = any(${cellIds}::uuid[]) order by t.stay_until, m.full_name`)
}

/** Stays whose last day has passed and that are not marked yet, bounded; an extension is waited for as long as it is in time. */
export function staysOver(read: Read, today: PlainDate, at: Date): Promise<{ id: string }[]> {
  return read.rows(sql`
    select t.dossier_id as id from temporary_transfer t join dossier d on d.id = t.dossier_id
     where t.is_staying and t.stay_until < ${today}::date
       and (t.status = 'active' or t.status = 'extension-asked' and (d.state ->> 'dueAt')::timestamptz < ${at})
     order by t.stay_until limit 500`)
}

/** Stays that were sent and whose member is counted in another cell now, bounded. */
export function staysMoved(read: Read): Promise<{ id: string }[]> {
  return read.rows(sql`
    select t.dossier_id as id from temporary_transfer t
      join membership s on s.member_id = t.member_id and s.until is null and s.standing = 'active'
                       and s.organisation_id <> t.origin_id
     where t.is_open and (t.status <> 'draft' or exists (select from dossier d where d.id = t.dossier_id and d.state ? 'office'))
     order by t.dossier_id limit 500`)
}

/** Requests that were sent back and whose time is over, bounded. */
export function staysUnmended(read: Read, at: Date): Promise<{ id: string; state: Stay }[]> {
  return read.rows(sql`
    select d.id, d.state from temporary_transfer t join dossier d on d.id = t.dossier_id
     where t.is_open and t.status = 'sent-back' and d.due_at < ${at} order by d.due_at limit 500`)
}

/** Guests whose cell was not asked for its comment of this year yet, bounded. */
export function yearlyUnasked(read: Read, year: number, today: PlainDate): Promise<{ id: string }[]> {
  return read.rows(sql`
    select t.dossier_id as id from temporary_transfer t join dossier d on d.id = t.dossier_id
     where t.is_staying and t.status <> 'returning' and t.stay_from <= ${today}::date
       and not exists (select from jsonb_array_elements(d.state -> 'yearly') y where (y ->> 'year')::int = ${year})
     order by t.dossier_id limit 500`)
}

/** Open stays of members who died, left or were removed; and those whose host is no longer there, with nobody after it. */
export function staysEnded(
  read: Read,
  today: PlainDate,
): Promise<{ id: string; ending: 'died' | 'left' | 'removed' | 'dissolved' }[]> {
  return read.rows(sql`
    select t.dossier_id as id,
           case m.standing when 'deceased' then 'died' when 'left' then 'left' when 'removed' then 'removed'
                else 'dissolved' end as ending
      from temporary_transfer t join member m on m.id = t.member_id
     where t.is_open and (m.standing in ('deceased', 'left', 'removed')
       or exists (select from unnest(array[t.host_id, t.host_cell_id]) host(id)
                   where host.id is not null
                     and not exists (select from organisation_period p
                                      where p.organisation_id = host.id and p.valid_from <= ${today}::date
                                        and (p.valid_to is null or ${today}::date < p.valid_to))
                     and not exists (select from organisation_successor s
                                      where s.organisation_id = host.id and s.since <= ${today}::date)))
     limit 500`)
}
