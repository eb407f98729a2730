/** Declarations (kê khai) in the database: one waits at most, an answered one never changes. */
import { sql, type Read, type Write } from '../../../kernel/db.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { DeclaredFacts } from '../fact-contract.ts'
import { firstDayOfPeriod, type Period } from '../law/period.ts'
import type { Declaration } from './contract.ts'

const COLUMNS = sql`d.id, d.member_id as "memberId", m.full_name as "memberName", d.organisation_id as "organisationId",
  to_char(d.from_period, 'YYYY-MM') as "fromPeriod", d.facts, d.status, d.declared_by as "declaredBy",
  by.full_name as "declaredByName", d.declared_at as "declaredAt", d.answered_at as "answeredAt", d.reason`
const FROM = sql`fee_declaration d join member m on m.id = d.member_id join member by on by.id = d.declared_by`

export function findDeclaration(read: Read, id: string): Promise<Declaration | undefined> {
  return read.maybe<Declaration>(sql`select ${COLUMNS} from ${FROM} where d.id = ${id}`)
}

/**
 * A declaration that was made to this cell; one made to another is as unknown as none.
 *
 * @throws Refusal not-found `party-fees.declaration-unknown`
 */
export async function declarationIn(read: Read, cell: string, id: string): Promise<Declaration> {
  const found = await findDeclaration(read, id)
  if (!found || found.organisationId !== cell)
    throw new Refusal('not-found', 'party-fees.declaration-unknown')
  return found
}

/** The last ones of a member, newest first. */
export function declarationsOf(read: Read, memberId: string): Promise<Declaration[]> {
  return read.rows<Declaration>(
    sql`select ${COLUMNS} from ${FROM} where d.member_id = ${memberId} order by d.declared_at desc, d.id limit 24`,
  )
}

/** What waits for a cell, the oldest first. */
export function waitingIn(read: Read, cell: string): Promise<Declaration[]> {
  return read.rows<Declaration>(sql`
    select ${COLUMNS} from ${FROM} where d.organisation_id = ${cell} and d.status = 'submitted'
     order by d.declared_at, d.id limit 500`)
}

export interface NewDeclaration {
  readonly id: string
  readonly memberId: string
  readonly organisationId: string
  readonly fromPeriod: Period
  readonly facts: DeclaredFacts
  readonly declaredBy: string
  readonly at: Date
}

export async function addDeclaration(write: Write, declaration: NewDeclaration): Promise<void> {
  const { id, memberId, organisationId, fromPeriod, facts, declaredBy, at } = declaration
  await write.run(sql`
    insert into fee_declaration (id, member_id, organisation_id, from_period, facts, declared_by, declared_at)
    values (${id}, ${memberId}, ${organisationId}, ${firstDayOfPeriod(fromPeriod)}, ${JSON.stringify(facts)}::jsonb, ${declaredBy}, ${at})`)
}

/** Answers one that waits. @returns false where it was answered meanwhile */
export async function answerDeclaration(
  write: Write,
  id: string,
  answer: {
    readonly status: 'approved' | 'returned' | 'withdrawn'
    readonly by: string
    readonly at: Date
    readonly reason?: string
  },
): Promise<boolean> {
  const { status, by, at, reason = null } = answer
  const answered = await write.run(sql`
    update fee_declaration set status = ${status}, answered_by = ${by}, answered_at = ${at}, reason = ${reason}
     where id = ${id} and status = 'submitted'`)
  return answered === 1
}
