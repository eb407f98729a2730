/** Cells that ended since, and who collects in their place now. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { heirsOf } from '../../../registry/organisations/successors.ts'

/**
 * For each cell that ended the one that took over, a cell of these members first; those that are there have none.
 *
 * @returns by the cell that ended
 */
export async function livingCells(
  read: Read,
  cells: readonly string[],
  members: readonly string[],
  today: PlainDate,
): Promise<ReadonlyMap<string, string>> {
  const own = await read.rows<{ id: string }>(sql`
    select distinct organisation_id as id from membership where member_id = any(${[...members]}::uuid[]) and until is null`)
  const heirs = await heirsOf(
    read,
    cells,
    today,
    own.map(({ id }) => id),
  )
  return new Map([...heirs].map(([cell, { id }]) => [cell, id]))
}
