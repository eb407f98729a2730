/** Abandoned jobs (việc bị bỏ dở): locked by a process that died, or by an answer that was lost. The queue would wait four hours for them. */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'
import { sql, type Database } from '../kernel/db.ts'
import { JOB_LOCK } from './job-claims.ts'

/** The class of the advisory locks by which a process shows that it lives; beside it the hash of its queue's name. */
export const PRESENCE_LOCK = 1_635_083_371

const LOOK_EVERY_MS = 2_000
/** So many looks in a row without a sign of life: a database that was just started again has forgotten everybody for a moment. */
const GONE_AFTER_LOOKS = 3
const AGAIN_MS = 500

/** So often the connection that shows us is spoken on: no router takes it for forgotten, and we hear soon when it is. */
const BEAT_MS = 1_000
const BEAT_ANSWERED_MS = 4_000
/** A farewell that is not answered is not waited for longer. */
const FAREWELL_MS = 1_000
const KEEP_ALIVE_MS = 10_000
/** The server, too, asks whether we are there: of a machine that vanished it would hold the lock for two hours. */
const ASKED_BY_SERVER = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3'

export interface Presence {
  stop(): Promise<void>
}

/**
 * Shows that this process lives, and frees what dead ones left locked. A job under way is held by a claim of its own, so that
 * it stays with a process that could not show itself for a while.
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
    const count = await letGo(database, name, dead, lost)
    for (const each of [...dead, ...lost]) absent.delete(each)
    if (count > 0) log.warn({ count }, 'jobs that nobody works on are freed')
  }

  return {
    async stop() {
      clearInterval(timer)
      over.abort()
      await showing
    },
  }
}

/** Holds the lock as long as the process runs; where the connection broke, or nothing is heard on it, on a new one. */
async function show(url: string, name: string, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 10_000,
      query_timeout: BEAT_ANSWERED_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      application_name: 'dangvu-jobs',
      options: `-c role=dangvu_app ${ASKED_BY_SERVER}`,
    })
    client.on('error', () => undefined) // told by the next beat
    try {
      await client.connect()
      await client.query('select pg_advisory_lock_shared($1, hashtext($2))', [PRESENCE_LOCK, name])
      for (;;) {
        await pause(BEAT_MS, undefined, { signal: over, ref: false })
        await client.query('select 1')
      }
    } catch {
      await pause(AGAIN_MS, undefined, { signal: over, ref: false }).catch(() => undefined)
    }
    const farewell = client.end().catch(() => undefined)
    await Promise.race([farewell, pause(FAREWELL_MS, undefined, { ref: false })])
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

/**
 * Of dead processes everything, of ours the jobs named, with the queues they stand in; but no job that is under a claim. Who is
 * about to claim one waits here, and finds that it is no longer theirs.
 *
 * @returns how many jobs and queues
 */
async function letGo(
  database: Database,
  name: string,
  dead: readonly string[],
  lost: readonly string[],
): Promise<number> {
  const { freed } = await database.transaction((write) =>
    write.one<{ freed: number }>(sql`
      with locked as materialized (
        select id, locked_by from graphile_worker._private_jobs
         where locked_by = any(${dead}::text[]) or (locked_by = ${name} and id::text = any(${lost}::text[]))),
      left_alone as materialized (
        select id, locked_by from locked where pg_try_advisory_xact_lock(${JOB_LOCK}::int, (id & 2147483647)::int)),
      jobs as (
        update graphile_worker._private_jobs j set locked_at = null, locked_by = null
          from left_alone l where j.id = l.id and j.locked_by = l.locked_by returning j.id, j.job_queue_id),
      queues as (
        update graphile_worker._private_job_queues q set locked_at = null, locked_by = null
         where (q.locked_by = any(${dead}::text[])
                or (q.locked_by = ${name} and q.id in (select job_queue_id from jobs)))
           and not exists (
             select from graphile_worker._private_jobs j
              where j.job_queue_id = q.id and j.locked_by = q.locked_by and j.id not in (select id from jobs))
        returning q.id)
      select (select count(*) from jobs) + (select count(*) from queues) as freed`),
  )
  return freed
}
