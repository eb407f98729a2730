/** Members as a cell's fees know them: those it counts, and those whose lines it collects still. */
import { sql, type Read } from '../../../kernel/db.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'

export interface HandledMember {
  readonly id: string
  readonly fullName: string
  readonly autoApprove: boolean
  /** false: only earlier lines are the cell's still */
  readonly counted: boolean
}

/**
 * A member whose fees the cell handles; anybody else's member is as unknown as nobody.
 *
 * @throws Refusal not-found `party-fees.member-unknown`
 */
export async function memberHandledBy(
  read: Read,
  cell: string,
  memberId: string,
  today: PlainDate,
): Promise<HandledMember> {
  const found = await read.maybe<HandledMember & { lines: boolean }>(sql`
    select m.id, m.full_name as "fullName", coalesce(f.auto_approve, true) as "autoApprove",
           exists (select from membership s where s.member_id = m.id and s.organisation_id = ${cell} and s.standing = 'active'
                      and s.since <= ${today}::date and (s.until is null or s.until > ${today}::date)) as counted,
           exists (select from fee_line l where l.member_id = m.id and l.organisation_id = ${cell}) as lines
      from member m left join fee_member f on f.member_id = m.id where m.id = ${memberId}`)
  if (!found || (!found.counted && !found.lines)) throw new Refusal('not-found', 'party-fees.member-unknown')
  const { lines: _lines, ...member } = found
  return member
}
