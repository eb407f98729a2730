/** Health (tình trạng): whether the server lives, and whether it can do its work, tried and not remembered for long. */
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { sql, type Database } from '../kernel/db.ts'
import { FAR_BEHIND_SECONDS } from '../kernel/replica.ts'
import { pendingMigrations, type Queryable } from '../kernel/migrations.ts'
import { CLOCK_WRONG_MS, clockOffset } from './clock-offset.ts'
import { freeSpace, FULL_BYTES } from './disk.ts'
import type { SignerSource } from './signing.ts'

export interface HealthParts {
  readonly database: Database
  readonly signers: SignerSource
  readonly migrationsFolder: string
  readonly log: Logger
  /** where data is written: the data folder and, where it is embedded, the database */
  readonly dataFolders: readonly string[]
  /** this machine's clock; real time, also on a demo whose clock was moved */
  readonly now?: () => Date
}

export interface CheckResult {
  readonly name: 'database' | 'migrations' | 'signing' | 'clock' | 'disk' | 'replica'
  readonly ok: boolean
  /** told only: the work goes on without it */
  readonly optional?: true
  readonly durationMs: number
}

/** Longer than this a check has failed, whatever it would say. */
const CHECK_MS = 5_000

/**
 * Asks everything the work needs: the database answers, it has every migration, the house's own keys are there, the
 * database's clock agrees with ours, and there is room on the disk.
 */
export async function checkReadiness(parts: HealthParts): Promise<CheckResult[]> {
  return Promise.all([
    timed('database', parts.log, async () => {
      await parts.database.read.one(sql`select 1 as alive`)
    }),
    timed('migrations', parts.log, async () => {
      const pending = await pendingMigrations(parts.database.pool as Queryable, parts.migrationsFolder)
      if (pending.length > 0) throw new Error(`${pending.length} migrations are missing`)
    }),
    timed('signing', parts.log, () => parts.signers.check()),
    timed('clock', parts.log, async () => {
      const offset = await clockOffset(parts.now ?? (() => new Date()), async () => {
        const { at } = await parts.database.read.one<{ at: Date }>(sql`select clock_timestamp() as at`)
        return at
      })
      if (Math.abs(offset) > CLOCK_WRONG_MS) throw new Error('the clock and the database differ')
    }),
    timed('disk', parts.log, async () => {
      const free = await Promise.all(parts.dataFolders.map(freeSpace))
      if (Math.min(...free) < FULL_BYTES) throw new Error('the disk is full')
    }),
    ...(parts.database.replica ? [replica(parts)] : []),
  ])
}

/** Without it reports are asked of the primary. */
async function replica({ database, log }: HealthParts): Promise<CheckResult> {
  const result = await timed('replica', log, async () => {
    const standing = await database.replicaStanding()
    if (!standing?.follows) throw new Error('the replica does not follow')
    if (standing.behindSeconds > FAR_BEHIND_SECONDS) throw new Error('the replica is far behind')
  })
  return { ...result, optional: true }
}

async function timed(
  name: CheckResult['name'],
  log: Logger,
  check: () => Promise<void>,
): Promise<CheckResult> {
  const began = performance.now()
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), CHECK_MS)
  })
  const ok = await Promise.race([check(), tooLate]).then(
    () => true,
    (error: unknown) => {
      log.error({ err: error as Error, check: name }, 'not ready')
      return false
    },
  )
  clearTimeout(timer)
  return { name, ok, durationMs: Math.round((performance.now() - began) * 10) / 10 }
}

/** Keys are looked at at most this often: whoever keeps asking makes no work of it, and what broke shows in a moment. */
const SIGNING_AGAIN_MS = 10_000

/** A bad answer is given again for no longer: what was mended meanwhile, often the database alone, is seen at once. */
const BAD_AGAIN_MS = 1_000

/** The same check, its answer given again for a while, and one asked while another runs waits for that one. */
export function seldom(check: () => Promise<void>, againMs: number, now: () => number): () => Promise<void> {
  let last: { readonly answer: Promise<void>; until: number } | undefined
  return () => {
    if (!last || now() >= last.until) {
      const asked = { answer: check(), until: now() + againMs }
      asked.answer.catch(() => (asked.until = Math.min(asked.until, now() + BAD_AGAIN_MS)))
      last = asked
    }
    return last.answer
  }
}

/** `GET /healthz`: the process answers. `GET /readyz`: 200 when every check passes but those that are told only, else 503; it names all. */
export function registerHealth(server: FastifyInstance, parts: HealthParts): void {
  const free = { config: { access: 'public' as const, cost: 'free' as const }, logLevel: 'error' as const }
  const watching = { ...free, config: { access: 'public' as const, cost: 'watching' as const } }
  server.get('/healthz', free, async (_request, reply) => {
    return reply.header('cache-control', 'no-store').send({ status: 'alive' })
  })
  const check = seldom(
    () => parts.signers.check(),
    SIGNING_AGAIN_MS,
    () => performance.now(),
  )
  const remembering = { ...parts, signers: { ...parts.signers, check } }
  let underWay: Promise<CheckResult[]> | undefined
  /** Whoever asks while it is looked into is told what is found: so many askers make no more work than one. */
  const checked = () =>
    (underWay ??= checkReadiness(remembering).finally(() => {
      underWay = undefined
    }))
  server.get('/readyz', watching, async (_request, reply) => {
    const checks = await checked()
    const ready = checks.every(({ ok, optional }) => ok || optional)
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: ready ? 'ready' : 'not ready', checks })
  })
}
