/** What waits (việc tồn): entries of the log not yet sealed, jobs not yet done; counted for the metrics and the doctor. */

export interface Backlog {
  /** entries of the log in no block yet, and how long the oldest has waited */
  readonly unsealed: number
  readonly oldestUnsealedSeconds: number
  /** jobs that are due and not under way, and how long the oldest has been due */
  readonly waiting: number
  readonly oldestWaitingSeconds: number
  readonly running: number
  /** jobs that were tried as often as they may be */
  readonly failed: number
}

interface Queryable {
  query(text: string): Promise<{ rows: unknown[] }>
}

/** Seconds since an instant, whole, never below zero. */
const since = (instant: string) => `coalesce(greatest(0, extract(epoch from now() - ${instant})), 0)::int`

/** One question; the tail's oldest entry is its smallest number, which the log finds by its key. */
export async function measureBacklog(database: Queryable): Promise<Backlog> {
  const { rows } = await database.query(`
    select tail.unsealed::int as unsealed,
           (select ${since('e.at')} from (select at from audit_entry where seq = tail.oldest) e
             union all select 0 limit 1) as "oldestUnsealedSeconds",
           jobs.*
      from (select count(*) as unsealed, min(seq) as oldest from audit_tail) tail,
           (select count(*) filter (where is_available and run_at <= now())::int as waiting,
                   ${since('min(run_at) filter (where is_available and run_at <= now())')} as "oldestWaitingSeconds",
                   count(*) filter (where locked_at is not null)::int as running,
                   count(*) filter (where attempts >= max_attempts and locked_at is null)::int as failed
              from graphile_worker._private_jobs) jobs`)
  return rows[0] as Backlog
}
