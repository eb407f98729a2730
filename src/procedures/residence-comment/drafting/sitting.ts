/** The comments that lie on a cell's table (bàn nhận xét): those it has to write, with what is written so far. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { Ticks } from '../law/form.ts'
import type { Comment } from '../law/states.ts'

export interface SittingRow {
  readonly id: string
  readonly version: number
  readonly memberId: string
  readonly name: string
  readonly comment: Comment
}

/** A hamlet had 163 members (Nghệ An, 2020); beyond this the rest comes when these are signed. */
export const MOST_ROWS = 200

/** Of the cell, or of the commune where it does the cell's part; by name, so that a break changes no order. */
export function sittingOf(read: Read, organisationId: string): Promise<SittingRow[]> {
  return read.rows<SittingRow>(sql`
    select d.id, d.version, m.id as "memberId", m.full_name as name, d.state as comment
      from residence_comment c join dossier d on d.id = c.dossier_id join member m on m.id = c.member_id
     where c.status in ('with-cell', 'drafted')
       and (case when c.commune_acts then c.commune_id else c.cell_id end) = ${organisationId}
       and (c.cell_id = ${organisationId} or c.commune_id = ${organisationId})
     order by m.sort_key, d.id limit ${MOST_ROWS}`)
}

/** The ticks a command saved in a comment; undefined where it saved nothing there. */
export async function draftSavedBy(
  read: Read,
  dossierId: string,
  commandId: string,
): Promise<Ticks | undefined> {
  const event = await read.maybe<{ ticks: Ticks | null }>(sql`
    select data -> 'ticks' as ticks from dossier_event
     where dossier_id = ${dossierId} and command_id = ${commandId} and type = 'draft-saved'`)
  return event?.ticks ?? undefined
}
