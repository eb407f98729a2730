/** Mail that waits (thư tạm giữ): after a restore nothing is sent until an administrator lets it go. */
import type { Queryable } from '../../kernel/migrations.ts'
import { NOTICE_MAIL_TASK } from '../../kernel/notices.ts'
import { sql, type Database, type Read } from '../../kernel/db.ts'

const HELD_FACT = 'mail-held'

/** A day that does not come. */
export const HELD_UNTIL = new Date('9999-12-31T00:00:00Z')

/** A copy may be a trial beside the real one: its mail would tell people what they were told before. */
export async function holdMail(client: Pick<Queryable, 'query'>): Promise<void> {
  await client.query(
    `insert into instance_fact (key, value) values ('${HELD_FACT}', 'true') on conflict do nothing`,
  )
}

export async function isMailHeld(read: Read): Promise<boolean> {
  return (await read.maybe(sql`select 1 from instance_fact where key = ${HELD_FACT}`)) !== undefined
}

/** Lets go what waited and what comes. @returns how many mails waited; undefined: mail was not held */
export async function releaseMail(database: Database): Promise<number | undefined> {
  return database.transaction(async (write) => {
    if ((await write.run(sql`delete from instance_fact where key = ${HELD_FACT}`)) === 0) return undefined
    const { waiting } = await write.one<{ waiting: number }>(sql`
      select count(*) as waiting from graphile_worker.reschedule_jobs(
        array(select id from graphile_worker.jobs where task_identifier = ${NOTICE_MAIL_TASK} and run_at >= ${HELD_UNTIL}),
        run_at => now())`)
    return waiting
  })
}
