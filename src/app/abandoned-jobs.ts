/** Abandoned jobs (việc bị bỏ dở): locked by a process that died, or by an answer that was lost. The queue would wait four hours for them. */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'
import { sql, type Database } from '../kernel/db.ts'

/** The class of the advisory locks by which a process shows that it lives; beside it the hash of its queue's name. */
export const PRESENCE_LOCK = 1_635_083_371

const LOOK_EVERY_MS = 2_000
/** So many looks in a row without a sign of life: a database that was just started again has forgotten everybody for a moment. */
const GONE_AFTER_LOOKS = 3
const AGAIN_MS = 500

export interface Presence {
  stop(): Promise<void>
}

/**
 * Shows that this process lives, and frees what dead ones left locked. Jobs are idempotent, so one freed too early would
 * only be done twice.
 *
 * @param name under which this process's queue locks its jobs
 */
export function keepPresence({
  url,
  database,
  name,
  underWay,
  log,
}: {
  readonly url: string
  readonly database: Database
  readonly name: string
  /** ids of the jobs it works on just now */
  readonly underWay: ReadonlySet<string>
  readonly log: Logger
}): Presence {
  const over = new AbortController()
  const showing = show(url, name, over.signal)
  const absent = new Map<string, number>()
  const timer = setInterval(() => void look().catch(() => absent.clear()), LOOK_EVERY_MS)
  timer.unref()

  async function look(): Promise<void> {
    await bringBack(database)
    const { names, ids } = await abandoned(database, name, [...underWay])
    const gone = [...names, ...ids.filter((id) => !underWay.has(id))]
    for (const each of absent.keys()) if (!gone.includes(each)) absent.delete(each)
    for (const each of gone) absent.set(each, (absent.get(each) ?? 0) + 1)
    const long = (each: string) => (absent.get(each) ?? 0) >= GONE_AFTER_LOOKS
    const dead = names.filter(long)
    const lost = ids.filter(long)
    if (dead.length + lost.length === 0) return
    await letGo(database, name, dead, lost)
    for (const each of [...dead, ...lost]) absent.delete(each)
    log.warn({ count: dead.length + lost.length }, 'jobs that nobody works on are freed')
  }

  return {
    async stop() {
      clearInterval(timer)
      over.abort()
      await showing
    },
  }
}

/** Holds the lock as long as the process runs; where the connection broke, on a new one. */
async function show(url: string, name: string, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 10_000,
      options: '-c role=dangvu_app',
    })
    const ended = new Promise<void>((resolve) => {
      client.once('end', resolve)
      client.on('error', () => resolve())
      over.addEventListener('abort', () => resolve(), { once: true })
    })
    try {
      await client.connect()
      await client.query('select pg_advisory_lock_shared($1, hashtext($2))', [PRESENCE_LOCK, name])
      await ended
    } catch {
      await pause(AGAIN_MS, undefined, { signal: over, ref: false }).catch(() => undefined)
    }
    await client.end().catch(() => undefined)
  }
}

interface Abandoned {
  /** who has jobs or a queue locked, and holds no lock of presence */
  readonly names: readonly string[]
  /** jobs that are locked for us and that we do not work on: the answer that gave them to us was lost on its way */
  readonly ids: readonly string[]
}

async function abandoned({ read }: Database, name: string, underWay: readonly string[]): Promise<Abandoned> {
  const { names, ids } = await read.one<Abandoned>(sql`
    select array(
      select l.name
        from (select locked_by as name from graphile_worker._private_jobs where locked_by <> ${name}
              union select locked_by from graphile_worker._private_job_queues where locked_by <> ${name}) l
       where not exists (
         select from pg_locks k
          where k.locktype = 'advisory' and k.granted and k.objsubid = 2 and k.classid = ${PRESENCE_LOCK}
            and k.objid = (hashtext(l.name)::bigint & 4294967295)::oid
            and k.database = (select oid from pg_database where datname = current_database()))) as names,
      array(
        select id::text from graphile_worker._private_jobs
         where locked_by = ${name} and not id::text = any(${underWay}::text[])) as ids`)
  return { names, ids }
}

/** Clocks of machines beside each other may differ by so much. */
const CLOCKS_APART = sql`interval '1 minute'`

/**
 * Jobs that were planned, or failed, while the database's clock stood ahead would wait for that day: each waits as long as it was
 * to wait, from now on; one that failed is tried at once.
 */
async function bringBack(database: Database): Promise<void> {
  const fromDaysToCome = sql`locked_at is null and (
    greatest(created_at, updated_at) > now() + ${CLOCKS_APART}
    or attempts > 0 and run_at > now() + ${CLOCKS_APART} + exp(least(attempts, 10)) * interval '1 second')`
  const { some } = await database.read.one<{ some: boolean }>(
    sql`select exists (select from graphile_worker._private_jobs where ${fromDaysToCome}) as some`,
  )
  if (!some) return
  await database.transaction((write) =>
    write.run(sql`
      update graphile_worker._private_jobs
         set run_at = case when attempts > 0 then now() else run_at - (greatest(created_at, updated_at) - now()) end,
             created_at = least(created_at, now()), updated_at = least(updated_at, now())
       where ${fromDaysToCome}`),
  )
}

/** Of dead processes everything, of ours the jobs named, with the queues they stand in. */
async function letGo(
  database: Database,
  name: string,
  dead: readonly string[],
  lost: readonly string[],
): Promise<void> {
  await database.transaction(async (write) => {
    await write.rows(sql`select graphile_worker.force_unlock_workers(${dead}::text[])`)
    await write.run(sql`
      with freed as (
        update graphile_worker._private_jobs set locked_at = null, locked_by = null
         where id::text = any(${lost}::text[]) and locked_by = ${name} returning job_queue_id)
      update graphile_worker._private_job_queues set locked_at = null, locked_by = null
       where id in (select job_queue_id from freed) and locked_by = ${name}`)
  })
}
