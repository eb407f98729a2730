/** The share and the direction that the organisation above sets for one organisation. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { firstDayOf, type PlainDate, type PlainMonth } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { findOrganisation, liesWithin, type Organisation } from '../../../registry/organisations/store.ts'
import type { Direction } from './place.ts'

export interface ShareRow {
  readonly validFrom: PlainDate
  readonly keepPercent: number | null
  readonly direction: Direction
  readonly source: string
  readonly setBy: string | null
}

/** What was set for it, the latest first. */
export function sharesSet(read: Read, organisationId: string): Promise<ShareRow[]> {
  return read.rows<ShareRow>(sql`
    select s.valid_from as "validFrom", s.keep_percent::float8 as "keepPercent", s.direction, s.source,
           (select full_name from member where id = s.set_by) as "setBy"
      from fee_share s where s.organisation_id = ${organisationId} order by s.valid_from desc`)
}

/**
 * An organisation below, however far.
 *
 * @throws Refusal not-found `party-fees.not-below`
 */
export async function getBelow(
  read: Read,
  organisationId: string,
  superiorId: string,
  today: PlainDate,
): Promise<Organisation> {
  const found = await findOrganisation(read, organisationId, today)
  const isBelow = organisationId !== superiorId && (await liesWithin(read, organisationId, superiorId, today))
  if (!found || !isBelow) throw new Refusal('not-found', 'party-fees.not-below')
  return found
}

export interface ShareSet {
  readonly from: PlainMonth
  readonly keepPercent: number | null
  readonly direction: Direction
  readonly source: string
}

/**
 * From a month on that was not shared out yet: what was shared out keeps the share it had.
 *
 * @throws Refusal conflict `party-fees.share-month-closed`
 */
export async function setShare(
  write: Write,
  organisationId: string,
  set: ShareSet,
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<void> {
  const closed = await write.maybe<{ month: PlainMonth }>(sql`
    select to_char(max(period), 'YYYY-MM') as month from fee_remittance
     where organisation_id = ${organisationId} and returned_at is null having max(period) >= ${firstDayOf(set.from)}::date`)
  if (closed)
    throw new Refusal('conflict', 'party-fees.share-month-closed', { facts: { month: closed.month } })
  await write.run(sql`
    insert into fee_share (organisation_id, valid_from, keep_percent, direction, source, set_by, set_at)
    values (${organisationId}, ${firstDayOf(set.from)}, ${set.keepPercent}, ${set.direction}, ${set.source}, ${by}, ${at})
    on conflict (organisation_id, valid_from) do update
      set keep_percent = excluded.keep_percent, direction = excluded.direction, source = excluded.source,
          set_by = excluded.set_by, set_at = excluded.set_at
    where (fee_share.keep_percent, fee_share.direction, fee_share.source)
          is distinct from (excluded.keep_percent, excluded.direction, excluded.source)`)
}
