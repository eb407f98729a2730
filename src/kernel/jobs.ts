/** Jobs (việc nền): planned in the transaction of the act that needs them, done after it, retried, idempotent. */
import { sql, type Write } from './db.ts'

export interface Job {
  readonly task: string
  readonly payload: Readonly<Record<string, unknown>>
  /** the same key replaces a job not yet started */
  readonly key?: string
  readonly at?: Date
  readonly attempts?: number
}

/** Plans a job: it exists if and only if the transaction commits. */
export async function planJob(write: Write, job: Job): Promise<void> {
  await write.rows(sql`
    select graphile_worker.add_job(${job.task}, ${JSON.stringify(job.payload)}::json,
      job_key => ${job.key ?? null}::text, run_at => ${job.at ?? null}::timestamptz,
      max_attempts => ${job.attempts ?? 12}::int) is not null as planned`)
}
