/** Silence (im lặng): a database that neither answers nor breaks off would be waited for without end. Who waits long asks over a new connection. */
import pg from 'pg'

const LOOK_EVERY_MS = 2_000
/** A statement that waits longer is asked about. */
const LONG_MS = 4_000
const ASK_MS = 5_000

/** What node-postgres knows and its types leave out. */
type Client = pg.PoolClient & {
  readonly processID: number | null
  readonly _activeQuery?: object | null
  readonly connection: { readonly stream: { destroy(error: Error): void } }
}

interface Waiting {
  readonly query: object
  readonly since: number
}

/**
 * Breaks connections of a pool on which the database fell silent: swallowed packets, a cable pulled, a firewall that forgot
 * them. A statement that takes long is none of these: the database, asked over another connection, says it is at work.
 *
 * Behind a pooler the process number of a connection is nobody's, or somebody else's, and says nothing of our statement: there a
 * connection is broken only while nobody lets us in any more, and the rest is the pooler's own limits'.
 */
export function breakSilence(pool: pg.Pool, url: string): void {
  const held = new Set<Client>()
  const waiting = new WeakMap<Client, Waiting>()
  pool.on('acquire', (client) => void held.add(client as Client))
  pool.on('release', (_error, client) => void held.delete(client as Client))
  pool.on('remove', (client) => void held.delete(client as Client))
  let asking = false
  let pooled = false
  pool.once('connect', (client: Client) => {
    client
      .query<{ pid: number }>('select pg_backend_pid() as pid')
      .then(({ rows }) => (pooled = rows[0]?.pid !== client.processID))
      .catch(() => undefined) // it broke: whoever was to have it is told
  })

  const timer = setInterval(() => {
    if (pool.ended) clearInterval(timer)
    else if (!asking && held.size > 0) void look()
  }, LOOK_EVERY_MS)
  timer.unref()

  async function look(): Promise<void> {
    const long = [...held].filter((client) => waitsLong(client, waiting))
    if (long.length === 0) return
    asking = true
    try {
      const atWork = await backendsAtWork(url, pooled)
      for (const client of long)
        // The very same statement still waits, and nobody over there works on it.
        if (waitsLong(client, waiting) && !atWork(client.processID))
          client.connection.stream.destroy(new Error('the database does not answer'))
    } finally {
      asking = false
    }
  }
}

function waitsLong(client: Client, waiting: WeakMap<Client, Waiting>): boolean {
  const query = client._activeQuery
  if (!query) return false
  const before = waiting.get(client)
  if (before?.query === query) return performance.now() - before.since >= LONG_MS
  waiting.set(client, { query, since: performance.now() })
  return false
}

/**
 * Asked as the login role, which sees what its own connections do.
 *
 * @param pooled a pooler stands in between: that it lets us in is all that can be asked
 * @returns whether a backend is at work; of a database that says no itself, all may be; of one that says nothing, none is
 */
async function backendsAtWork(url: string, pooled: boolean): Promise<(pid: number | null) => boolean> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: ASK_MS,
    query_timeout: ASK_MS,
    application_name: 'dangvu-silence',
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    if (pooled) return () => true
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and state = 'active'`,
    )
    const active = new Set(rows.map(({ pid }) => pid))
    return (pid) => pid !== null && active.has(pid)
  } catch (error) {
    return () => error instanceof pg.DatabaseError
  } finally {
    void client.end().catch(() => undefined)
  }
}
