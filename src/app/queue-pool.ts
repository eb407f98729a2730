/** The queue's own connections (kết nối của hàng việc): it takes an outage for the end of the program, so here outages are waited out. */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'
import { CONNECT_WAIT_MS, isAway } from '../kernel/db.ts'
import { breakSilence } from '../kernel/silence.ts'

const AGAIN_MS = 500

/** A failure with this code is tried again by the queue; any other of writing down how a job ended is caught by nobody. */
const TRIED_AGAIN = 'EHOSTUNREACH'

export interface QueuePool {
  readonly pool: pg.Pool
  /** From now on a database that is away is a failure, so that whoever waits for it may end. */
  giveUp(): void
}

/** Opens a pool that graphile-worker can live on while the database comes and goes. */
export function openQueuePool(url: string, connections: number, log: Logger): QueuePool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_WAIT_MS,
    keepAlive: true, // the one that hears of new jobs, and a long job's claim, say nothing for hours
    keepAliveInitialDelayMillis: 10_000,
    options: '-c role=dangvu_app',
  })
  breakSilence(pool, url)
  // Where a connection broke, the queue connects anew by itself; these two listeners tell it that somebody listens.
  pool.on('error', (error) => log.warn({ err: error }, 'the queue lost a connection'))
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    askPatiently(client)
  })
  const connect = pool.connect.bind(pool) as (told?: unknown) => Promise<pg.PoolClient>
  let givenUp = false
  const patiently = async (): Promise<pg.PoolClient> => {
    for (;;) {
      try {
        return await connect()
      } catch (error) {
        if (givenUp || !isAway(error)) throw error
        await pause(AGAIN_MS, undefined, { ref: false })
      }
    }
  }
  // Who is told by a function is the one that listens for new jobs, and comes again by itself.
  pool.connect = ((told?: unknown) =>
    told === undefined ? patiently() : connect(told)) as typeof pool.connect
  return { pool, giveUp: () => void (givenUp = true) }
}

/** A statement whose connection was cut fails as one that is tried again. What the queue writes may be written twice. */
function askPatiently(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...asked: unknown[]) => unknown
  client.query = ((...asked: unknown[]) => {
    const answer = query(...asked)
    return answer instanceof Promise ? answer.catch(asTriedAgain) : answer
  }) as typeof client.query
}

function asTriedAgain(error: unknown): never {
  if (!isAway(error)) throw error
  throw Object.assign(new Error('the database went away'), { code: TRIED_AGAIN, cause: error })
}
