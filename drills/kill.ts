/**
 * `kill`: application, a backend of the database, the postmaster, the plug of the database in the middle of a signing, and all at
 * once, killed in turn while people and a bank are at work. After each the journal outside is held against the database.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { machine } from '../bench/parts/machine.ts'
import { chance, readArguments, type Chance } from './parts/chance.ts'
import { check, wrongIn } from './parts/check.ts'
import { openJournal } from './parts/journal.ts'
import { openLoad, type Load } from './parts/load.ts'
import { databaseProcesses, logOf, supervise, type Supervised } from './parts/server.ts'
import { openWorld, type World } from './parts/world.ts'

const WAYS = ['application', 'backend', 'postmaster', 'signing', 'machine'] as const
type Way = (typeof WAYS)[number]

const SLICE_MS = { least: 200, most: 1_200 }
/** From the moment a signing is on its way until the plug is pulled. */
const INTO_A_SIGNING_MS = { least: 0, most: 30 }
const BACK_WITHIN_S = 10
/** Ready, and writes acknowledged, without a break for so long: it is back. */
const STEADY_MS = 1_000
const GIVE_UP_MS = 120_000
const ORDERS = { first: 2_000, eachCycle: 400 }

const { cycles, seed } = readArguments(30)
const around = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-drill-'))
const outside = await mkdtemp(join(tmpdir(), 'dangvu-journal-'))
const secret = randomBytes(32).toString('hex')
const sources = join(outside, 'bank-callbacks.json')
await writeFile(sources, JSON.stringify([{ provider: 'sepay', secret }]), { mode: 0o600 })
const journal = await openJournal(join(outside, 'journal'))
const server = await supervise(folder, { BANK_CALLBACKS_FILE: sources })
const load = openLoad(journal)
const draw = chance(seed)
const killed = { application: 0, backend: 0, postmaster: 0, signing: 0, machine: 0 }
let recoverySecondsMax = 0
try {
  const orders = ORDERS.first + ORDERS.eachCycle * cycles
  const world = await openWorld(server.base, await server.databaseUrl(), { orders, secret })
  world.work(load)
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const way = WAYS[cycle % WAYS.length]!
    load.resume()
    await pause(draw.whole(SLICE_MS.least, SLICE_MS.most))
    await kill(way, server, load, draw)
    killed[way] += 1
    const seconds = await recovery(server, load, world)
    recoverySecondsMax = Math.max(recoverySecondsMax, seconds)
    await load.quiet()
    load.check()
    const found = await check(await server.databaseUrl(), await journal.read())
    const wrong = wrongIn(found)
    console.error(
      `${cycle + 1}/${cycles} ${way}: back after ${seconds} s, ${found.acknowledged} of ${found.sent} acknowledged ${wrong.join(', ')}`,
    )
    if (wrong.length > 0) break
  }
  await load.quiet()
  const entries = await journal.read()
  const found = await check(await server.databaseUrl(), entries)
  const { sent, acknowledged, lost, doubled, ...more } = found
  const figures = { cycles, sent, acknowledged, lost, doubled, recoverySecondsMax }
  const kinds = Object.fromEntries(Object.entries(load.unanswered).map(([kind, count]) => [kind, count]))
  process.stdout.write(
    `${JSON.stringify({ ...figures, ...more, seed, killed, unanswered: kinds, refused: Object.fromEntries(load.refusals), restarts: server.restarts(), ...around })}\n`,
  )
  const sound = wrongIn(found).length === 0 && sent === acknowledged
  process.exitCode = sound && recoverySecondsMax <= BACK_WITHIN_S ? 0 : 1
} catch (error) {
  console.error(await logOf(folder), [...load.refusals])
  throw error
} finally {
  await load.end()
  await server.stop()
  await journal.close()
  await rm(folder, { recursive: true, force: true })
  await rm(outside, { recursive: true, force: true })
}

async function kill(way: Way, victim: Supervised, under: Load, drawn: Chance): Promise<void> {
  if (way === 'backend') return killBackend(victim, drawn)
  if (way === 'signing') {
    await under.nextOf('signing')
    await pause(drawn.whole(INTO_A_SIGNING_MS.least, INTO_A_SIGNING_MS.most))
  }
  const database = await databaseProcesses(victim.folder)
  const victims = {
    application: [victim.pid()],
    postmaster: database.slice(0, 1),
    signing: database,
    machine: [victim.pid(), ...database],
  }[way]
  if (victims.length === 0) throw new Error('there is no database to kill')
  for (const pid of victims) strike(pid)
}

/** One process that answers a connection of the application; where there is a choice, one that is at work. */
async function killBackend(victim: Supervised, drawn: Chance): Promise<void> {
  const client = new pg.Client({ connectionString: await victim.databaseUrl(), application_name: 'drill' })
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

/** @returns seconds from now until the system is ready and acknowledges writes for good */
async function recovery(victim: Supervised, under: Load, world: World): Promise<number> {
  const began = performance.now()
  let since: number | undefined
  for (;;) {
    const at = performance.now()
    const before = under.unanswered.paying
    const { ok } = await victim.ready()
    const money = ok ? world.newMoney() : undefined
    if (ok && !money) throw new Error('no orders are left: fill more')
    const outcome = money && (await under.perform(money))
    const fine = outcome === 'acknowledged' && under.unanswered.paying === before
    since = fine ? (since ?? performance.now()) : undefined
    if (since !== undefined && performance.now() - since >= STEADY_MS) return Math.round(since - began) / 1000
    if (at - began > GIVE_UP_MS) throw new Error('the system did not come back within two minutes')
    await pause(25)
  }
}
