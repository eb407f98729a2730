/** The column of B01/ĐP as handlers said it of their organisation and all below. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { columnOf, type ColumnFound, type ColumnPlace, type ReportColumn } from '../law/books/report.ts'
import { firstDayOfPeriod, type Period } from '../law/period.ts'

export interface ColumnRow {
  readonly validFrom: PlainDate
  readonly column: ReportColumn
  readonly source: string
  readonly setBy: string | null
}

/** What was said of this very organisation, the latest first. */
export function columnsSet(read: Read, organisationId: string): Promise<ColumnRow[]> {
  return read.rows<ColumnRow>(sql`
    select c.valid_from as "validFrom", c.report_column as column, c.source,
           (select full_name from member where id = c.set_by) as "setBy"
      from fee_report_column c where c.organisation_id = ${organisationId} order by c.valid_from desc`)
}

/** The column in a month. @param chain itself first, then up */
export async function columnIn(
  read: Read,
  chain: readonly ColumnPlace[],
  month: Period,
): Promise<ColumnFound> {
  const rows = await read.rows<{ id: string; column: ReportColumn }>(sql`
    select distinct on (c.organisation_id) c.organisation_id as id, c.report_column as column from fee_report_column c
     where c.organisation_id = any(${chain.map(({ id }) => id)}::uuid[]) and c.valid_from <= ${firstDayOfPeriod(month)}::date
     order by c.organisation_id, c.valid_from desc`)
  return columnOf(chain, new Map(rows.map(({ id, column }) => [id, column])))
}

export async function setColumn(
  write: Write,
  organisationId: string,
  set: {
    readonly from: Period
    readonly column: ReportColumn
    readonly source: string
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  await write.run(sql`
    insert into fee_report_column (organisation_id, valid_from, report_column, source, set_by, set_at)
    values (${organisationId}, ${firstDayOfPeriod(set.from)}, ${set.column}, ${set.source}, ${set.by}, ${set.at})
    on conflict (organisation_id, valid_from) do update
      set report_column = excluded.report_column, source = excluded.source, set_by = excluded.set_by, set_at = excluded.set_at
    where (fee_report_column.report_column, fee_report_column.source) is distinct from (excluded.report_column, excluded.source)`)
}
