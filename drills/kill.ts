/**
 * `kill`: the application, a backend of the database, the postmaster, the plug of the database in the middle of a signing, and all at
 * once, killed in turn while people and a bank are at work. After each the journal outside is held against the database.
 */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { chance, readArguments, type Chance } from './parts/chance.ts'
import { acknowledgedOf, BACK_WITHIN_S, endCycle, onGround, type Ground } from './parts/ground.ts'
import { databaseProcesses, embeddedUrl } from './parts/server.ts'

const WAYS = ['application', 'backend', 'postmaster', 'signing', 'machine'] as const
type Way = (typeof WAYS)[number]

const SLICE_MS = { least: 200, most: 1_200 }
/** From the moment a signing is on its way until the plug is pulled. */
const INTO_A_SIGNING_MS = { least: 0, most: 30 }
const ORDERS = { first: 2_000, eachCycle: 400 }

const { cycles, seed } = readArguments(30)

// Ctrl-C: the figures of what was done until then.
const enough = new AbortController()
process.once('SIGINT', () => enough.abort())

await onGround({ orders: ORDERS.first + ORDERS.eachCycle * cycles }, async (ground) => {
  const draw = chance(seed)
  const killed = { application: 0, backend: 0, postmaster: 0, signing: 0, machine: 0 }
  const seconds: number[] = []
  for (let cycle = 0; cycle < cycles && !enough.signal.aborted; cycle += 1) {
    const way = WAYS[cycle % WAYS.length]!
    ground.load.resume()
    await pause(draw.whole(SLICE_MS.least, SLICE_MS.most))
    await kill(way, ground, draw)
    killed[way] += 1
    const ended = await endCycle(ground, `${cycle + 1}/${cycles} ${way}`, acknowledgedOf)
    seconds.push(ended.seconds)
    if (!ended.well) break
  }
  const recoverySecondsMax = Math.max(...seconds)
  return {
    cycles: seconds.length,
    recoverySecondsMax,
    seed,
    killed,
    sound: recoverySecondsMax <= BACK_WITHIN_S,
  }
})

async function kill(way: Way, { server, load, folder }: Ground, drawn: Chance): Promise<void> {
  if (way === 'backend') return killBackend(folder, drawn)
  if (way === 'signing') {
    await load.nextOf('signing')
    await pause(drawn.whole(INTO_A_SIGNING_MS.least, INTO_A_SIGNING_MS.most))
  }
  const database = await databaseProcesses(folder)
  const victims = {
    application: [server.pid()],
    postmaster: database.slice(0, 1),
    signing: database,
    machine: [server.pid(), ...database],
  }[way]
  if (victims.length === 0) throw new Error('there is no database to kill')
  for (const pid of victims) strike(pid)
}

/** One process that answers a connection of the application; where there is a choice, one that is at work. */
async function killBackend(folder: string, drawn: Chance): Promise<void> {
  const client = new pg.Client({ connectionString: await embeddedUrl(folder) })
  client.on('error', () => undefined) // it goes down with the others
  await client.connect()
  const { rows } = await client.query<{ pid: number; busy: boolean }>(
    `select pid, state <> 'idle' as busy from pg_stat_activity
      where backend_type = 'client backend' and datname = current_database() and pid <> pg_backend_pid()`,
  )
  const busy = rows.filter((row) => row.busy)
  strike(drawn.oneOf(busy.length > 0 ? busy : rows).pid)
  await client.end().catch(() => undefined)
}

function strike(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // it went down with its postmaster
  }
}
