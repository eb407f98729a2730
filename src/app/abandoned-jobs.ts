/** Jobs of a process that died (việc bị bỏ dở): the queue would keep them for four hours; whoever lives sees who is gone, and lets go. */
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
  log,
}: {
  readonly url: string
  readonly database: Database
  readonly name: string
  readonly log: Logger
}): Presence {
  const over = new AbortController()
  const showing = show(url, name, over.signal)
  const absent = new Map<string, number>()
  const timer = setInterval(() => void look().catch(() => absent.clear()), LOOK_EVERY_MS)
  timer.unref()

  async function look(): Promise<void> {
    const gone = (await withoutSignOfLife(database)).filter((each) => each !== name)
    for (const each of absent.keys()) if (!gone.includes(each)) absent.delete(each)
    for (const each of gone) absent.set(each, (absent.get(each) ?? 0) + 1)
    const dead = gone.filter((each) => absent.get(each)! >= GONE_AFTER_LOOKS)
    if (dead.length === 0) return
    await database.transaction((write) =>
      write.rows(sql`select graphile_worker.force_unlock_workers(${dead}::text[])`),
    )
    for (const each of dead) absent.delete(each)
    log.warn({ processes: dead.length }, 'jobs of a process that died are done by others')
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

/** Who has jobs or a queue locked, and holds no lock of presence. */
async function withoutSignOfLife({ read }: Database): Promise<string[]> {
  const rows = await read.rows<{ name: string }>(sql`
    select l.name
      from (select locked_by as name from graphile_worker._private_jobs where locked_by is not null
            union select locked_by from graphile_worker._private_job_queues where locked_by is not null) l
     where not exists (
       select from pg_locks k
        where k.locktype = 'advisory' and k.granted and k.objsubid = 2 and k.classid = ${PRESENCE_LOCK}
          and k.objid = (hashtext(l.name)::bigint & 4294967295)::oid
          and k.database = (select oid from pg_database where datname = current_database()))`)
  return rows.map(({ name }) => name)
}
