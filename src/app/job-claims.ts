/** Claims (giữ việc): while a job is worked on, a transaction holds it, and nobody takes it for abandoned; it also writes down that the job is done. */
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { isAway, isDiskFull } from '../kernel/db.ts'

/** The class of the advisory locks on jobs; beside it the lower 31 bits of the job's id. */
export const JOB_LOCK = 1_635_083_372

const AGAIN_MS = 500

/** The job was given to somebody else before it was begun. */
export class NotOurs extends Error {
  override readonly name = 'NotOurs'
}

export interface ClaimedJob {
  readonly id: string
  /** the name under which the queue locked it for us */
  readonly lockedBy: string
}

const CLAIM = `select pg_advisory_xact_lock(${JOB_LOCK}, ($1::bigint & 2147483647)::int)`
const OURS = `select 1 from graphile_worker._private_jobs where id = $1 and locked_by = $2`

/** Whoever has it locked meanwhile: what is done is not done again. */
const DONE = `
  with done as (delete from graphile_worker._private_jobs where id = $1 returning job_queue_id, locked_by)
  update graphile_worker._private_job_queues q set locked_by = null, locked_at = null
    from done where q.id = done.job_queue_id and q.locked_by = done.locked_by`

/**
 * Does a job under a claim. When this returns, it is written down as done; until then the database is waited for. The lock is
 * of a transaction, so that it also holds behind a pooler that gives a connection to another after each.
 *
 * @throws NotOurs when it was not begun; else what `work` throws: the job is the queue's again
 */
export async function underClaim(pool: pg.Pool, job: ClaimedJob, work: () => Promise<void>): Promise<void> {
  const client = await claim(pool, job)
  try {
    await work()
  } catch (error) {
    await end(client, ['rollback']).catch(() => undefined) // broken: then there is no claim either
    throw error
  }
  await end(client, [DONE, [job.id]], ['commit']).catch(async (error: unknown) => {
    if (!passes(error)) throw error
    await writeDone(pool, job)
  })
}

async function claim(pool: pg.Pool, { id, lockedBy }: ClaimedJob): Promise<pg.PoolClient> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(CLAIM, [id])
    const { rowCount } = await client.query(OURS, [id, lockedBy])
    if (rowCount === 0) throw new NotOurs('the job was given to somebody else')
    return client
  } catch (error) {
    client.release(true)
    throw error
  }
}

/** The last that is asked on a connection; one that failed is thrown away. */
async function end(client: pg.PoolClient, ...last: [text: string, values?: unknown[]][]): Promise<void> {
  try {
    for (const [text, values] of last) await client.query(text, values)
  } catch (error) {
    client.release(true)
    throw error
  }
  client.release()
}

/** @throws Error when the database is away and nobody waits for it any more */
async function writeDone(pool: pg.Pool, { id }: ClaimedJob): Promise<void> {
  for (;;) {
    const client = await pool.connect()
    try {
      return await end(client, [DONE, [id]])
    } catch (error) {
      if (!passes(error)) throw error
      await pause(AGAIN_MS)
    }
  }
}

const passes = (error: unknown) => isAway(error) || isDiskFull(error)
