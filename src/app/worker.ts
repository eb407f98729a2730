/** Jobs and sweeps (việc nền, việc rà soát): what the application does by itself, in this process, under its own role. */
import { EventEmitter } from 'node:events'
import {
  Logger as QueueLogger,
  run,
  type LogLevel as QueueLevel,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker'
import type pg from 'pg'
import type { Logger } from 'pino'
import { actingAs } from '../kernel/acting.ts'
import { sql, type Database } from '../kernel/db.ts'
import type { Sweep, Tasks } from '../kernel/jobs.ts'
import { keepPresence } from './abandoned-jobs.ts'
import type { RunningClock } from './clock.ts'
import { NotOurs, underClaim } from './job-claims.ts'
import { atMost, LEAVING } from './leaving.ts'
import { openQueuePool } from './queue-pool.ts'

export interface Worker {
  /** Takes no new job and waits for those under way, at most as long as leaving allows: what is cut off is done again later. */
  stop(): Promise<void>
}

const JOBS_AT_ONCE = 2
/** For each job its claim and what the queue writes of it, and one that hears of new jobs. */
export const QUEUE_CONNECTIONS = 2 * JOBS_AT_ONCE + 1
const LOOK_FOR_JOBS_MS = 2_000
const LOOK_FOR_SWEEPS_MS = 5_000
const SWEEP_AGAIN_MINUTES = 5
/** Clocks of machines beside each other may differ by so much. */
const CLOCKS_APART_MS = 60_000

export async function startWorker(options: {
  readonly url: string
  readonly database: Database
  readonly clock: RunningClock
  readonly tasks: Tasks
  readonly sweeps: readonly Sweep[]
  readonly log: Logger
  readonly leaveMs?: number
}): Promise<Worker> {
  const { log, leaveMs = LEAVING.workMs } = options
  const { pool, giveUp } = openQueuePool(options.url, QUEUE_CONNECTIONS, log)
  const events: WorkerEvents = new EventEmitter()
  const named = new Promise<string>((resolve) =>
    events.once('pool:create', ({ workerPool }) => resolve(workerPool.id)),
  )
  const underWay = new Set<string>()
  events.on('job:start', ({ job }) => void underWay.add(job.id))
  events.on('job:complete', ({ job }) => void underWay.delete(job.id))
  const runner = await run({
    pgPool: pool,
    events,
    taskList: taskList(options.tasks, pool, log),
    concurrency: JOBS_AT_ONCE,
    pollInterval: LOOK_FOR_JOBS_MS,
    noHandleSignals: true,
    logger: queueLogger(log),
    parsedCronItems: [],
  })
  runner.promise.catch((error: unknown) => log.fatal({ err: error as Error }, 'the queue stopped'))
  const presence = keepPresence({ ...options, name: await named, underWay })
  const sweeper = startSweeps(options)
  return {
    async stop() {
      giveUp()
      const jobs = runner.stop().catch(() => undefined) // it had stopped by itself
      if (!(await atMost(leaveMs, Promise.all([sweeper.stop(), jobs]))))
        log.warn({ jobs: underWay.size }, 'work under way is cut off')
      await atMost(
        LEAVING.partMs,
        presence.stop().then(() => pool.end()),
      )
    },
  }
}

/** Failures are thrown on to the queue, which tries again; what it logs itself quotes errors, so we log and it does not. */
function taskList(tasks: Tasks, pool: pg.Pool, log: Logger): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      async (payload, { job }) => {
        const { id, attempts, max_attempts, locked_by } = job
        const work = () =>
          actingAs({ kind: 'job', act: `${name} ${id}` }, () =>
            task(payload as Record<string, unknown>, {
              attempt: attempts,
              lastAttempt: attempts >= max_attempts,
            }),
          )
        try {
          await underClaim(pool, { id, lockedBy: locked_by ?? '' }, work)
        } catch (error) {
          if (error instanceof NotOurs) log.warn({ task: name, jobId: id }, 'job was given to somebody else')
          else log.error({ err: error as Error, task: name, jobId: id, attempt: attempts }, 'job failed')
          throw withoutWords(error)
        }
      },
    ]),
  )
}

/** The queue keeps a job's last error in its table: its kind is enough there. */
function withoutWords(error: unknown): Error {
  const { name, code } = error as { name?: string; code?: string }
  return new Error([name ?? 'Error', code].filter(Boolean).join(' '))
}

const QUEUE_LEVELS: Record<string, 'error' | 'warn' | 'debug'> = { error: 'error', warning: 'warn' }

/** The queue's own words, as far as they are about the queue: of a failed task our own line says more, and less. */
function queueLogger(log: Logger): QueueLogger {
  return new QueueLogger(({ taskIdentifier }) => (level: QueueLevel, message: string) => {
    const [firstLine = ''] = message.split('\n')
    if (taskIdentifier !== undefined || firstLine.startsWith('Failed task')) return
    log[QUEUE_LEVELS[level] ?? 'debug'](firstLine)
  })
}

/**
 * Runs each sweep when it is due by the application's clock. When it ran last stands in the database, so that of several
 * processes one runs it, a restart does not repeat it, and a moved clock makes it due at once. While the database's clock was set a
 * moment ago none runs: what time brings about cannot be taken back.
 */
function startSweeps(options: {
  readonly database: Database
  readonly clock: RunningClock
  readonly sweeps: readonly Sweep[]
  readonly log: Logger
}): { stop(): Promise<void> } {
  const { database, clock, sweeps, log } = options
  let stopped = false
  let looking: Promise<void> | undefined

  async function look(): Promise<void> {
    if (!clock.isSettled()) return
    for (const sweep of sweeps) {
      if (stopped) return
      await runWhenDue(database, sweep, clock.now()).catch((error: unknown) =>
        log.error({ err: error as Error, sweep: sweep.name }, 'sweep failed'),
      )
    }
  }
  function lookSoon(): void {
    if (stopped || looking) return
    looking = look().finally(() => (looking = undefined))
  }

  lookSoon()
  const timer = setInterval(lookSoon, LOOK_FOR_SWEEPS_MS)
  timer.unref()
  clock.onMove(() => void (looking ?? Promise.resolve()).then(lookSoon))
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      await looking
    },
  }
}

async function runWhenDue(database: Database, sweep: Sweep, at: Date): Promise<void> {
  const key = `sweep.${sweep.name}`
  const last = (ranAt: Date) => JSON.stringify(ranAt.getTime())
  const dueBefore = at.getTime() - sweep.everyMinutes * 60_000
  // Ran in the future: the machine's clock stood wrong then, and the sweep would rest until that day comes again.
  const aheadOf = at.getTime() + CLOCKS_APART_MS
  const claimed = await database.transaction((write) =>
    write.maybe(sql`
      insert into instance_fact (key, value) values (${key}, ${last(at)})
      on conflict (key) do update set value = excluded.value
        where instance_fact.value::bigint <= ${dueBefore} or instance_fact.value::bigint > ${aheadOf}
      returning key`),
  )
  if (!claimed) return
  try {
    await actingAs({ kind: 'clock', act: sweep.name }, () => sweep.run(at))
  } catch (error) {
    const againIn = Math.min(sweep.everyMinutes, SWEEP_AGAIN_MINUTES) * 60_000
    const before = new Date(dueBefore + againIn)
    await database.transaction((write) =>
      write.run(sql`update instance_fact set value = ${last(before)} where key = ${key}`),
    )
    throw error
  }
}
