/** TPC-B as pgbench plays it: seven statements a transaction at scale 50, through `pg` with named statements. */
import pg from 'pg'

const SCALE = 50

/** Makes and fills the four tables in a database of their own on the same server. @returns its address */
export async function fillTpcB(url: string): Promise<string> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  await owner.query('create database tpc_b')
  await owner.end()
  const address = new URL(url)
  address.pathname = '/tpc_b'
  const client = new pg.Client({ connectionString: address.href })
  await client.connect()
  await client.query(`
    create table pgbench_branches (bid int not null, bbalance int, filler char(88)) with (fillfactor = 100);
    create table pgbench_tellers (tid int not null, bid int, tbalance int, filler char(84)) with (fillfactor = 100);
    create table pgbench_accounts (aid int not null, bid int, abalance int, filler char(84)) with (fillfactor = 100);
    create table pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
    insert into pgbench_branches select n, 0 from generate_series(1, ${SCALE}) n;
    insert into pgbench_tellers select n, (n - 1) / 10 + 1, 0 from generate_series(1, ${SCALE * 10}) n;
    insert into pgbench_accounts select n, (n - 1) / 100000 + 1, 0, '' from generate_series(1, ${SCALE * 100_000}) n;
    alter table pgbench_branches add primary key (bid);
    alter table pgbench_tellers add primary key (tid);
    alter table pgbench_accounts add primary key (aid);`)
  await client.query('vacuum analyze')
  await client.end()
  return address.href
}

const random = (below: number): number => 1 + Math.floor(Math.random() * below)

async function oneTransaction(client: pg.Client): Promise<void> {
  const [aid, tid, bid] = [random(SCALE * 100_000), random(SCALE * 10), random(SCALE)]
  const delta = random(10_001) - 5001
  const run = (name: string, text: string, values: unknown[] = []) => client.query({ name, text, values })
  await run('begin', 'begin')
  await run('account', 'update pgbench_accounts set abalance = abalance + $1 where aid = $2', [delta, aid])
  await run('balance', 'select abalance from pgbench_accounts where aid = $1', [aid])
  await run('teller', 'update pgbench_tellers set tbalance = tbalance + $1 where tid = $2', [delta, tid])
  await run('branch', 'update pgbench_branches set bbalance = bbalance + $1 where bid = $2', [delta, bid])
  await run(
    'history',
    'insert into pgbench_history (tid, bid, aid, delta, mtime) values ($1, $2, $3, $4, current_timestamp)',
    [tid, bid, aid, delta],
  )
  await run('end', 'commit')
}

/** Transactions a second with so many connections for so many seconds. */
export async function measureTpcB(url: string, connections: number, seconds: number): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      return client
    }),
  )
  let done = 0
  const until = performance.now() + seconds * 1000
  const began = performance.now()
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < until) {
        await oneTransaction(client)
        done += 1
      }
    }),
  )
  const rate = done / ((performance.now() - began) / 1000)
  await Promise.all(clients.map((client) => client.end()))
  return rate
}

const CONNECTIONS = [8, 16, 32]

/** The number of connections, of 8, 16 and 32, with which a measurement is fastest. */
export async function bestOf(measure: (connections: number) => Promise<number>): Promise<number> {
  let best = { connections: 0, rate: 0 }
  for (const connections of CONNECTIONS) {
    const rate = await measure(connections)
    if (rate > best.rate) best = { connections, rate }
  }
  return best.connections
}

const PAIRS = 5

export interface Pair {
  readonly tpcB: number
  readonly ours: number
  readonly ratio: number
}

/** Ours and TPC-B in turns; both answer what they did a second. */
export async function alternate(
  ours: () => Promise<number>,
  tpcB: () => Promise<number>,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = []
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const [done, beside] = [await ours(), await tpcB()]
    pairs.push({
      tpcB: Math.round(beside),
      ours: Math.round(done),
      ratio: Number((done / beside).toFixed(3)),
    })
  }
  return pairs
}
