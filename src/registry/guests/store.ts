/** Guests (đảng viên sinh hoạt tạm thời) as the registry keeps them: who lives in which cell beside the one that counts them, and when. */
import { sql, type Read, type Write } from '../../kernel/db.ts'
import { firstDayOf, type PlainDate, type PlainMonth } from '../../kernel/plain-date.ts'
import { settingsOn } from '../../kernel/settings.ts'
import { trueOn } from '../day.ts'
import { isGuestMonth, type GuestStay } from './months.ts'
import { GUEST_PAYS_AT } from './settings.ts'

/** Keeps what a stay is now, in the transaction that changed it; one that is as it was is not written. */
export async function keepGuest(write: Write, dossierId: string, stay: GuestStay): Promise<void> {
  await write.run(sql`
    insert into guest_stay (dossier_id, member_id, organisation_id, written_on, since, until)
    values (${dossierId}, ${stay.memberId}, ${stay.organisationId}, ${stay.writtenOn}, ${stay.since}, ${stay.until})
    on conflict (dossier_id) do update set organisation_id = excluded.organisation_id, written_on = excluded.written_on,
        since = excluded.since, until = excluded.until
     where (guest_stay.organisation_id, guest_stay.written_on, guest_stay.since, guest_stay.until)
           is distinct from (excluded.organisation_id, excluded.written_on, excluded.since, excluded.until)`)
}

/** A member's stay that is not over, with the host's name. */
export function stayOf(
  read: Read,
  memberId: string,
  today: PlainDate,
): Promise<(GuestStay & { readonly host: string }) | undefined> {
  return read.maybe(sql`
    select g.member_id as "memberId", g.organisation_id as "organisationId", g.written_on as "writtenOn", g.since, g.until, p.name as host
      from guest_stay g join organisation_period p on p.organisation_id = g.organisation_id and ${trueOn('p', today)}
     where g.member_id = ${memberId} and g.until >= ${today}::date
     order by g.since limit 1`)
}

/** Whose guests are asked for: these members', or a cell's, with the members of it that are guests elsewhere. */
export type Whose = { readonly members: readonly string[] } | { readonly cell: string } | 'everybody'

/**
 * Who pays a month's fees as a guest, and in which cell: nobody where the setting of the month's first day says the official cell,
 * nor where the host is there no longer. Each member once.
 *
 * @param today on which the host must be there
 */
export async function guestPayers(
  read: Read,
  month: PlainMonth,
  today: PlainDate,
  whose: Whose = 'everybody',
): Promise<ReadonlyMap<string, string>> {
  const stays = await read.rows<GuestStay>(sql`
    select g.member_id as "memberId", g.organisation_id as "organisationId", g.written_on as "writtenOn", g.since, g.until
      from guest_stay g
     where g.until >= ${firstDayOf(month)}::date ${only(whose)}
       and exists (select from organisation_period p where p.organisation_id = g.organisation_id and ${trueOn('p', today)})
     order by g.since`)
  const guests = stays.filter((stay) => isGuestMonth(stay, month))
  if (guests.length === 0) return new Map()
  const settings = await settingsOn(read, firstDayOf(month))
  if (settings.get(GUEST_PAYS_AT) !== 'temporary-cell') return new Map()
  return new Map(guests.map(({ memberId, organisationId }) => [memberId, organisationId]))
}

function only(whose: Whose) {
  if (whose === 'everybody') return sql``
  if ('members' in whose) return sql`and g.member_id = any(${[...whose.members]}::uuid[])`
  return sql`and (g.organisation_id = ${whose.cell}
                  or g.member_id in (select s.member_id from membership s where s.organisation_id = ${whose.cell}))`
}
