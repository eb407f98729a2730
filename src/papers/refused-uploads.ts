/** That somebody handed in a document marked secret (tài liệu mật): nothing else of it is kept. */
import { sql, type Database } from '../kernel/db.ts'
import type { Context } from '../kernel/procedure.ts'

/** Classes of state secrets (độ mật) a caller may name; the page's own answer is SECRET. Other words are not kept. */
const SECRET_CLASSES: ReadonlySet<string> = new Set(['SECRET', 'MAT', 'TOI_MAT', 'TUYET_MAT'])

/** Of a document marked secret nothing is kept but that somebody was refused. */
export async function recordRefusedUpload(
  database: Database,
  confidentiality: string,
  { actor, at }: Pick<Context, 'actor' | 'at'>,
): Promise<void> {
  if (actor.kind !== 'person') return
  await database.transaction((write) =>
    write.run(sql`
      insert into refused_upload (at, member_id, confidentiality)
      values (${at}, ${actor.memberId}, ${SECRET_CLASSES.has(confidentiality) ? confidentiality : 'OTHER'})`),
  )
}
