/** A running instance: everything started in order, and stopped in the opposite one. */
import { availableParallelism } from 'node:os'
import type { Logger } from 'pino'
import { startSealer } from '../audit/sealer.ts'
import { findDemoPeople } from '../identity/development-people.ts'
import { redirectUriOf } from '../identity/configuration.ts'
import { forgetOldPasskeys } from '../identity/passkeys.ts'
import { watchProvider } from '../identity/provider-watch.ts'
import { createRelyingParty } from '../identity/relying-party.ts'
import { forgetOldSessions } from '../identity/sessions.ts'
import { openReaders } from '../foreign-files/open-readers.ts'
import { openDatabase, POOL_CONNECTIONS, type Database } from '../kernel/db.ts'
import type { Sweep } from '../kernel/jobs.ts'
import { todayIn } from '../kernel/plain-date.ts'
import { PRESS_PROGRAM, PUBLIC_FOLDER, READER_PROGRAM, readAssets } from './assets.ts'
import { openCalendar } from './calendar.ts'
import { wasDemoAsked, isDemo, markDemo, markDemoAsked, openClock, type RunningClock } from './clock.ts'
import { openPress } from '../papers/press/press.ts'
import { simulatedSource } from '../payments/callbacks/sources.ts'
import type { Config } from './config.ts'
import { listDemoPeople } from './demo-people.ts'
import {
  isEmpty,
  isTrial,
  MIGRATIONS_FOLDER,
  openInstallation,
  StartError,
  type Installation,
} from './installation.ts'
import { signersFor } from './installation-signers.ts'
import { atMost, LEAVING } from './leaving.ts'
import { makeLog } from './logging.ts'
import { openMetrics } from './metrics.ts'
import { noticeMailTasks } from './notices/mail.ts'
import type { Parts } from './parts.ts'
import type { Shared } from './processes/orders.ts'
import { portError, refuseSecondServer, removeNote, requirePort, writeNote } from './running.ts'
import { watchRequests } from './under-way.ts'
import { QUEUE_CONNECTIONS, startWorker } from './worker.ts'

/** For looking up keys while all others are taken. */
const KEY_CONNECTIONS = 2

/** What one process takes of the database server's connections. */
export const CONNECTIONS_OF_A_PROCESS = POOL_CONNECTIONS + KEY_CONNECTIONS + QUEUE_CONNECTIONS

export interface Instance {
  readonly parts: Parts
  /** true when the demo's people are there to sign in as */
  readonly demo: boolean
  /**
   * Takes no new request, finishes those under way and the jobs, leaves the database.
   *
   * @param since when nothing new was taken any more, where that was before (as `performance.now()` tells it)
   */
  stop(since?: number): Promise<void>
}

/** How a part that was started is ended. */
type Ending = (since: number) => Promise<unknown>

export interface StartOptions {
  /** listen for requests; without it the parts are there, and jobs are done */
  readonly serve: boolean
  /** one of several processes behind one address: what their first process did for all, and is not done again */
  readonly shared?: Shared
  /** told what takes a while */
  readonly onProgress?: (words: string) => void
  /** in place of one made from the configuration */
  readonly log?: Logger
}

/**
 * Starts an instance.
 *
 * @throws StartError when it cannot run here: a port in use, a second server on one folder, a database out of reach, two tokens
 *   of one label
 */
export async function startInstance(config: Config, options: StartOptions): Promise<Instance> {
  const started: Ending[] = []
  const stop = async (since = performance.now()) => {
    for (const end of started.splice(0).reverse()) await end(since)
  }
  try {
    return await start(config, options, started, stop)
  } catch (error) {
    await stop().catch(() => undefined) // what began the trouble is what matters
    throw error
  }
}

async function start(
  asked: Config,
  options: StartOptions,
  started: Ending[],
  stop: Instance['stop'],
): Promise<Instance> {
  const { shared } = options
  const alone = options.serve && !shared
  if (alone) await refuseSecondServer(asked.dataFolder)
  const config = alone ? await withPort(asked) : { ...asked, ...shared?.address }
  const log = options.log ?? makeLog(config.log)

  const installation = await openInstallation(config, { onProgress: options.onProgress })
  started.push(installation.close)
  const { database } = installation
  const sealer = startSealer(database, (error) => log.error({ err: error }, 'the log cannot be sealed'))
  started.push(soon(sealer.stop))
  // Keys are looked up in the middle of a command: with connections of their own, many who sign at once cannot keep each
  // other waiting for the last connection for ever.
  const keyDatabase = openDatabase(installation.url, { connections: KEY_CONNECTIONS })
  started.push(soon(keyDatabase.close))
  const demo = shared
    ? await isDemo(database.read)
    : await fillWhenAsked(installation, keyDatabase, config, options.onProgress)

  const clock = await openClock(database)
  started.push(async () => clock.close())
  clock.onStep((ms) => log.warn({ ms }, 'the clock of the database was set: sweeps rest for three minutes'))
  const calendar = openCalendar(database, clock)
  const signers = signersFor(installation.trial, keyDatabase, config, clock, log)
  await signers.refuseDoubt?.().catch((error: unknown) => {
    throw new StartError((error as Error).message, { cause: error })
  })
  const press = openPress(PRESS_PROGRAM, availableParallelism())
  const metrics = openMetrics()
  started.push(soon(press.close))
  const readers = openReaders({ program: READER_PROGRAM, atOnce: availableParallelism() })
  started.push(soon(readers.close))
  const own =
    alone && installation.trial && !config.identity
      ? await startDevelopment(database, clock, config, developmentPort(asked, config))
      : undefined
  if (own) started.push(soon(own.stop))
  const development = own ?? shared?.development

  const provider = config.identity ?? development?.configuration
  const parts: Parts = {
    config,
    database,
    clock,
    log,
    signers,
    press: metrics.countingPapers(press),
    metrics,
    readers,
    bankCallbacks:
      installation.trial && config.bankCallbacks.length === 0 ? [simulatedSource()] : config.bankCallbacks,
    development,
    calendar: calendar.get,
    invalidateCalendar: calendar.invalidate,
    publicUrl: config.publicUrl,
    demo: installation.trial,
    relyingParty:
      provider &&
      watchProvider(
        createRelyingParty(provider, () => clock.real().getTime() - Date.now()),
        { database, at: clock.now },
      ),
    assets: await readAssets(),
    publicFolder: PUBLIC_FOLDER,
    migrationsFolder: MIGRATIONS_FOLDER,
  }
  const worker = await startWork(installation, parts, clock)
  started.push(worker.stop)
  if (options.serve) started.push(await serve(parts, alone))
  return { parts, demo, stop }
}

const soon = (end: () => Promise<unknown>) => () => atMost(LEAVING.partMs, end())

/**
 * Both ports are asked for before anything is started. Port 0 takes a free one, which the address that people open must
 * name.
 */
export async function withPort(config: Config): Promise<Config> {
  const port = await requirePort(config.port, config.host)
  if (isTrial(config) && !config.identity && config.port !== 0) await requirePort(port + 1, DEVELOPMENT_HOST)
  if (config.port !== 0) return config
  return {
    ...config,
    port,
    publicUrl: config.publicUrl.replace(/^http:\/\/localhost:0$/, `http://localhost:${port}`),
  }
}

/** An empty embedded database is filled with the demo, any other when it was asked for. @returns whether it is a demo */
export async function fillWhenAsked(
  { database, embedded }: Installation,
  keys: Database,
  config: Config,
  onProgress: StartOptions['onProgress'],
): Promise<boolean> {
  if (await isDemo(database.read)) return true
  const wanted =
    config.demo || (embedded && ((await isEmpty(database.read)) || (await wasDemoAsked(database.read))))
  if (!wanted) return false
  onProgress?.('Đang nạp dữ liệu dùng thử… (filling in the demo)')
  const { fillInDemo } = await import('./demo.ts')
  await markDemoAsked(database) // whoever is interrupted now goes on at the next start: lists imported again change nothing
  await fillInDemo(database, keys, config, todayIn(new Date()))
  await markDemo(database)
  return true
}

/** Beside the server's port, or a free one where that is free, too. */
export function developmentPort(asked: Config, config: Config): number {
  return asked.port === 0 ? 0 : config.port + 1
}

export async function startDevelopment(
  database: Database,
  clock: RunningClock,
  config: Config,
  port: number,
) {
  const { startDevelopmentProvider } = await import('../identity/development-provider.ts')
  try {
    return await startDevelopmentProvider({
      port,
      issuerHost: 'localhost',
      redirectUri: redirectUriOf(config.publicUrl),
      people: () => listDemoPeople(database.read, todayIn(clock.now())),
      search: (words) => findDemoPeople(database.read, words),
    })
  } catch (error) {
    throw portError(error, port)
  }
}

/** Where the development provider listens: it lets anybody in as anybody, so only on this machine. */
const DEVELOPMENT_HOST = '127.0.0.1'

async function startWork(installation: Installation, parts: Parts, clock: RunningClock) {
  const { database, log, publicUrl } = parts
  const { sweepsOf, tasksOf } = await import('./features.ts')
  const mailer = parts.config.mail && (await import('./notices/smtp.ts')).smtpMailer(parts.config.mail)
  const forgetting: Sweep = {
    name: 'old-sessions',
    everyMinutes: 60,
    // sessions live in real time, whatever the demo's clock says
    run: () =>
      database.transaction(async (write) => {
        await forgetOldSessions(write, clock.real())
        await forgetOldPasskeys(write, clock.real())
      }),
  }
  return startWorker({
    url: installation.url,
    database,
    clock,
    log,
    tasks: { ...tasksOf(parts), ...noticeMailTasks({ database, clock, publicUrl, mailer }) },
    sweeps: [...sweepsOf(parts), forgetting, ...watching(parts)],
  })
}

/** While the provider is away somebody looks whether it is back, though nobody signs in: the outage ends when it ended. */
function watching({ relyingParty }: Parts): Sweep[] {
  if (relyingParty === undefined) return []
  return [
    {
      name: 'provider-watch',
      everyMinutes: 1,
      run: async () => {
        if (await relyingParty.awaySince()) await relyingParty.look()
      },
    },
  ]
}

/** Builds the server, makes sure the system can sign, listens, and leaves the note where it serves alone. @returns how to end it */
async function serve(parts: Parts, alone: boolean): Promise<Ending> {
  const { port, host, dataFolder, publicUrl } = parts.config
  const { buildServer } = await import('./server.ts')
  const server = await buildServer(parts)
  const underWay = watchRequests(server)
  try {
    await server.listen({ port, host })
  } catch (error) {
    await server.close()
    throw portError(error, port)
  }
  await parts.signers
    .check()
    .catch((error: unknown) => parts.log.warn({ err: error as Error }, 'nothing can be signed'))
  const startedAt = new Date().toISOString()
  if (alone) await writeNote(dataFolder, { pid: process.pid, port, url: publicUrl, startedAt, processes: 1 })
  return async (since) => {
    if (alone) await removeNote(dataFolder)
    const left = Math.max(0, since + LEAVING.requestsMs - performance.now())
    if (!(await atMost(left, server.close().then(underWay.finished)))) server.server.closeAllConnections()
  }
}
