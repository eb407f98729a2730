/** The region of the minimum wage as handlers set it for their organisation and all below. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { firstDayOfPeriod, type Period } from '../law/period.ts'
import type { Region } from '../law/tariff.ts'

export interface RegionRow {
  readonly validFrom: PlainDate
  readonly region: Region
  readonly source: string
  readonly setBy: string | null
  /** it holds until the organisation says which it is */
  readonly provisional: boolean
}

/** What was set for this very organisation, the latest first. */
export function regionsSet(read: Read, organisationId: string): Promise<RegionRow[]> {
  return read.rows<RegionRow>(sql`
    select r.valid_from as "validFrom", r.region, r.source, (select full_name from member where id = r.set_by) as "setBy",
           r.provisional
      from fee_region r where r.organisation_id = ${organisationId} order by r.valid_from desc`)
}

/** What holds from later on for the time being was asked for, and is answered by this too. */
export async function setRegion(
  write: Write,
  organisationId: string,
  set: {
    readonly from: Period
    readonly region: Region
    readonly source: string
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  await write.run(sql`
    insert into fee_region (organisation_id, valid_from, region, source, set_by, set_at)
    values (${organisationId}, ${firstDayOfPeriod(set.from)}, ${set.region}, ${set.source}, ${set.by}, ${set.at})
    on conflict (organisation_id, valid_from) do update
      set region = excluded.region, source = excluded.source, provisional = false, set_by = excluded.set_by,
          set_at = excluded.set_at
    where (fee_region.region, fee_region.source, fee_region.provisional)
          is distinct from (excluded.region, excluded.source, false)`)
  await write.run(sql`
    update fee_region set region = ${set.region}, source = ${set.source}, provisional = false, set_by = ${set.by}, set_at = ${set.at}
     where organisation_id = ${organisationId} and valid_from > ${firstDayOfPeriod(set.from)} and provisional`)
}
