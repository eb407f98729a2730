/** The decision (quyết định) by which an organisation ended: of the plan that ended it, or of taking that back. */
import { sql, type Read } from '../../kernel/db.ts'
import { sourceOf } from './apply.ts'
import type { Plan } from './law/plan.ts'

/** As registry rows name it; undefined for one that no plan ended. */
export async function decisionThatEnded(read: Read, organisationId: string): Promise<string | undefined> {
  const row = await read.maybe<{ plan: Plan; undone: boolean }>(sql`
    select r.plan, f.before is null as undone
      from reorganisation_fact f join reorganisation r on r.id = f.reorganisation_id
     where f.organisation_id = ${organisationId} and (f.after is null or f.before is null)
     order by r.changed_at desc limit 1`)
  return row && `${row.undone ? 'Thu hồi ' : ''}${sourceOf(row.plan)}`
}
