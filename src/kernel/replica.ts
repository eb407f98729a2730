/**
 * A read replica (bản sao để đọc): a PostgreSQL that follows the primary. Reports are asked of it where it has everything that was
 * written before; where it is away, behind or no replica, it is left alone for a moment and the primary is asked.
 */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { breakSilence } from './silence.ts'

/** A report waits so long for the replica to have what was written before it. */
const CATCH_UP_MS = 2_000
const LOOK_EVERY_MS = 20
const CONNECT_MS = 2_000
/** After it was no use nobody waits for it for so long. */
const REST_MS = 10_000

/** Farther behind than this is told as a fault; a report waits for nothing like it. */
export const FAR_BEHIND_SECONDS = 60

export interface ReplicaStanding {
  /** it answers, and follows a primary */
  readonly follows: boolean
  /** bytes of the log it has yet to replay, and how old what it last replayed is; 0 where it has everything */
  readonly behindBytes: number
  readonly behindSeconds: number
}

export interface Replica {
  readonly url: string
  readonly pool: pg.Pool
  /** so many reports it gave, and so many that the primary gave in its place, since this process began */
  readonly reports: { given: number; passedOn: number }
  /** Waits shortly until it has replayed the primary's log up to a place. @returns false where the primary is to be asked */
  reaches(place: string): Promise<boolean>
  /** Nobody waits for it for a while. */
  rest(): void
  /** Asked whether or not it rests. @param place where the primary's log is now */
  standing(place: string): Promise<ReplicaStanding>
}

const AWAY: ReplicaStanding = { follows: false, behindBytes: 0, behindSeconds: 0 }

/**
 * Asks a server how far it follows. One that was promoted, or never followed anybody, has another history.
 *
 * @param place where the primary's log is
 */
export async function standingOf(
  server: Pick<pg.Pool, 'query'> | Pick<pg.Client, 'query'>,
  place: string,
): Promise<ReplicaStanding> {
  const { rows } = await (server as Pick<pg.Pool, 'query'>).query<ReplicaStanding>(
    `select pg_is_in_recovery() and pg_last_wal_replay_lsn() is not null as follows,
            greatest(0, coalesce(pg_wal_lsn_diff($1::pg_lsn, pg_last_wal_replay_lsn()), 0))::bigint as "behindBytes",
            case when pg_last_wal_replay_lsn() >= $1::pg_lsn then 0
                 else coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()), 0) end::int
              as "behindSeconds"`,
    [place],
  )
  return rows[0] ?? AWAY
}

/** @param url of the replica, whose roles and tables are the primary's */
export function openReplica(url: string, connections: number): Replica {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_MS,
    options: '-c role=dangvu_app',
  })
  breakSilence(pool, url)
  pool.on('error', () => undefined) // an idle connection that broke is replaced at the next use
  pool.on('connect', (client) => client.on('error', () => undefined))
  let restsUntil = -Infinity
  const rest = () => void (restsUntil = performance.now() + REST_MS)

  const inTime = (place: string) =>
    Promise.race([standingOf(pool, place), pause(CATCH_UP_MS, AWAY, { ref: false })]).catch(() => AWAY)

  return {
    url,
    pool,
    reports: { given: 0, passedOn: 0 },
    rest,
    standing: inTime,
    async reaches(place) {
      if (performance.now() < restsUntil) return false
      const until = performance.now() + CATCH_UP_MS
      for (;;) {
        const { follows, behindBytes } = await inTime(place)
        if (follows && behindBytes === 0) return true
        if (!follows || performance.now() > until) {
          rest()
          return false
        }
        await pause(LOOK_EVERY_MS)
      }
    },
  }
}
