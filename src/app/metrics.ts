/**
 * Metrics (số đo) for a monitor, as Prometheus reads them. Labels come from short fixed lists, never from what somebody
 * typed; without METRICS_TOKEN nobody is told that they exist.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { sql } from '../kernel/db.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Press } from '../papers/press/press.ts'
import { clockOffset } from './clock-offset.ts'
import { measureBacklog, type Backlog } from './backlog.ts'
import type { Config } from './config.ts'
import type { HealthParts } from './health.ts'
import { freeSpace } from './disk.ts'

/** Seconds: a page is to take less than 0.2, an act that signs less than 1 (docs/benchmarks.md). */
const DURATIONS = [0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]

/** Routes by their first part, so that a new route is no new label. */
const CLASSES: readonly (readonly [beginning: string, routeClass: string])[] = [
  ['/healthz', 'health'],
  ['/readyz', 'health'],
  ['/metrics', 'health'],
  ['/assets/', 'asset'],
  ['/api/', 'api'],
  ['/sign-in', 'sign-in'],
  ['/sign-out', 'sign-in'],
  ['/verify', 'verify'],
]

/** @param pattern of the route; undefined where none matched */
export function routeClassOf(method: string, pattern: string | undefined): string {
  if (pattern === undefined) return 'unknown'
  const found = CLASSES.find(([beginning]) => pattern.startsWith(beginning))?.[1]
  return found ?? (method === 'GET' || method === 'HEAD' ? 'page' : 'act')
}

export interface Metrics {
  /** The same press, its papers counted. */
  countingPapers(press: Press): Press
  /** Measures every request of a server, and answers `GET /metrics`. */
  install(server: FastifyInstance, parts: MetricsParts): void
}

export type MetricsParts = Pick<HealthParts, 'database' | 'dataFolders'> & {
  readonly config: Pick<Config, 'version' | 'metricsToken'>
}

export function openMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'dangvu_request_seconds',
    help: 'Requests by class of route and of status: how long until the answer was sent',
    labelNames: ['class', 'status'],
    buckets: DURATIONS,
    registers,
  })
  const signIns = new Counter({
    name: 'dangvu_sign_ins_total',
    help: 'Answers of the identity provider that were taken or refused',
    labelNames: ['outcome'],
    registers,
  })
  const papers = new Counter({
    name: 'dangvu_papers_total',
    help: 'Papers made by the press, or not',
    labelNames: ['outcome'],
    registers,
  })

  function measure(request: FastifyRequest, reply: FastifyReply): void {
    const pattern = request.routeOptions.url
    const status = `${Math.floor(reply.statusCode / 100)}xx`
    requests.observe({ class: routeClassOf(request.method, pattern), status }, reply.elapsedTime / 1000)
    if (pattern === '/sign-in/callback')
      signIns.inc({ outcome: reply.statusCode < 400 ? 'taken' : 'refused' })
  }

  return {
    countingPapers: (press) => ({
      ...press,
      make: (making, key) =>
        press.make(making, key).then(
          (paper) => (papers.inc({ outcome: 'made' }), paper),
          (error: unknown) => {
            papers.inc({ outcome: 'failed' })
            throw error
          },
        ),
    }),
    install(server, parts) {
      const refresh = gaugesOf(registry, parts)
      server.addHook('onResponse', async (request, reply) => measure(request, reply))
      const options = {
        config: { access: 'public' as const, cost: 'watching' as const },
        logLevel: 'error' as const,
      }
      server.get('/metrics', options, async (request, reply) => {
        if (!carries(request, parts.config.metricsToken)) throw new Refusal('not-found', 'page.unknown')
        await refresh()
        return reply
          .type(registry.contentType)
          .header('cache-control', 'no-store')
          .send(await registry.metrics())
      })
    },
  }
}

/** Compared by digest, so that neither length nor time tells anything. */
function carries(request: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`))
}

/** What is looked up when somebody asks; @returns how. Where the database does not answer, `dangvu_database_up` is 0 and its gauges are left out. */
function gaugesOf(registry: Registry, { config, database, dataFolders }: MetricsParts): () => Promise<void> {
  const registers = [registry]
  const backlogGauges: Readonly<Record<keyof Backlog, Gauge>> = {
    unsealed: gauge('dangvu_log_unsealed', 'Entries of the log in no block yet'),
    oldestUnsealedSeconds: gauge('dangvu_log_oldest_unsealed_seconds', 'Age of the oldest of them'),
    waiting: gauge('dangvu_jobs_waiting', 'Jobs that are due and not under way'),
    oldestWaitingSeconds: gauge(
      'dangvu_jobs_oldest_waiting_seconds',
      'How long the oldest of them has been due',
    ),
    running: gauge('dangvu_jobs_running', 'Jobs under way, in all processes'),
    failed: gauge('dangvu_jobs_failed', 'Jobs tried as often as they may be'),
  }
  function gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers })
  }
  new Gauge({ name: 'dangvu_build_info', help: 'The version', labelNames: ['version'], registers }).set(
    { version: config.version },
    1,
  )
  const up = gauge('dangvu_database_up', 'Whether the database answers')
  const pool = new Gauge({
    name: 'dangvu_pool_connections',
    help: 'Connections of the pool: all, idle, and how many wait for one',
    labelNames: ['state'],
    registers,
  })
  const free = gauge('dangvu_disk_free_bytes', 'Room on the disk of the data folder')
  const offset = gauge(
    'dangvu_clock_offset_seconds',
    'How far the database’s clock is ahead of this machine’s',
  )
  const { replica } = database
  const replicaGauges = replica && {
    follows: gauge('dangvu_replica_up', 'Whether the read replica answers and follows'),
    behindSeconds: gauge(
      'dangvu_replica_behind_seconds',
      'How old what it last replayed is; 0 where it has everything',
    ),
    behindBytes: gauge('dangvu_replica_behind_bytes', 'What it has yet to replay'),
  }
  const reports =
    replica &&
    new Gauge({
      name: 'dangvu_reports',
      help: 'Reports since this process began, by where they were asked',
      labelNames: ['where'],
      registers,
    })

  return async function refresh() {
    free.set(Math.min(...(await Promise.all(dataFolders.map(freeSpace)))))
    pool.set({ state: 'all' }, database.pool.totalCount)
    pool.set({ state: 'idle' }, database.pool.idleCount)
    pool.set({ state: 'waiting' }, database.pool.waitingCount)
    reports?.set({ where: 'replica' }, replica!.reports.given)
    reports?.set({ where: 'primary' }, replica!.reports.passedOn)
    const standing = replicaGauges && (await database.replicaStanding().catch(() => undefined))
    replicaGauges?.follows.set(standing?.follows ? 1 : 0)
    for (const name of ['behindSeconds', 'behindBytes'] as const) {
      if (standing?.follows) replicaGauges?.[name].set(standing[name])
      else replicaGauges?.[name].remove()
    }
    const backlog = await measureBacklog(database.pool).catch(() => undefined)
    up.set(backlog ? 1 : 0)
    const apartMs = await clockOffset(
      () => new Date(),
      async () => (await database.read.one<{ at: Date }>(sql`select clock_timestamp() as at`)).at,
    ).catch(() => undefined)
    if (apartMs === undefined) offset.remove()
    else offset.set(apartMs / 1000)
    for (const [name, each] of Object.entries(backlogGauges)) {
      if (backlog) each.set(backlog[name as keyof Backlog])
      else each.remove()
    }
  }
}
