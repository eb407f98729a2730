/** Jobs (việc nền): planned in the transaction of the act that needs them, done after it, retried, idempotent. */
import { sql, type Write } from './db.ts'

export interface Job {
  readonly task: string
  readonly payload: Readonly<Record<string, unknown>>
  /** the same key replaces a job not yet started */
  readonly key?: string
  /** jobs of one queue run one after the other */
  readonly queue?: string
  readonly at?: Date
  readonly attempts?: number
}

/** Does one job. It may run again after a crash, so doing it twice must change nothing. */
export type Task = (
  payload: Readonly<Record<string, unknown>>,
  job: { readonly attempt: number; readonly lastAttempt: boolean },
) => Promise<void>

/** Tasks by the name that `planJob` was given. */
export type Tasks = Readonly<Record<string, Task>>

/** Something looked after regularly: overdue dossiers, old sessions. */
export interface Sweep {
  readonly name: string
  /** minutes of the application's clock between two runs */
  readonly everyMinutes: number
  /** @param at the time the rules see, also on a demo whose clock was moved */
  run(at: Date): Promise<void>
}

/** Plans a job: it exists if and only if the transaction commits. */
export async function planJob(write: Write, job: Job): Promise<void> {
  await write.rows(sql`
    select graphile_worker.add_job(${job.task}, ${JSON.stringify(job.payload)}::json,
      queue_name => ${job.queue ?? null}::text, job_key => ${job.key ?? null}::text, run_at => ${job.at ?? null}::timestamptz,
      max_attempts => ${job.attempts ?? 12}::int) is not null as planned`)
}
