/** The ground of every drill: an application under a supervisor, people at work, the journal outside, and one line of figures at the end. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { machine } from '../../bench/parts/machine.ts'
import { check, wrongIn, type Found } from './check.ts'
import { openJournal } from './journal.ts'
import { openLoad, type Load } from './load.ts'
import { embeddedUrl, logOf, supervise, type Supervised } from './server.ts'
import { openWorld, type World } from './world.ts'

export interface Ground {
  readonly folder: string
  readonly server: Supervised
  readonly load: Load
  readonly world: World
  /** Lets nobody begin anything, and holds the journal against the database. */
  check(): Promise<Found>
  /** Ready, and writes acknowledged, without a break: @returns seconds from now until then, to thousandths */
  recovery(): Promise<number>
}

/**
 * The end of a cycle: waits until work goes on, holds the journal against the database, and says both in a line on standard error.
 *
 * @param cycle which one, as in '3/30 postmaster'
 * @param beside what else the line says
 * @returns seconds until work went on, and whether nothing is wrong
 */
export async function endCycle(
  ground: Ground,
  cycle: string,
  beside: (found: Found) => string,
): Promise<{ seconds: number; well: boolean }> {
  const seconds = await ground.recovery()
  const found = await ground.check()
  const wrong = wrongIn(found)
  console.error([`${cycle}: back after ${seconds} s`, beside(found), ...wrong].join(', '))
  return { seconds, well: wrong.length === 0 }
}

/** How much of what was sent was acknowledged, for that line. */
export const acknowledgedOf = ({ acknowledged, sent }: Found): string =>
  `${acknowledged} of ${sent} acknowledged`

/** Exit code where a drill could not be run on this machine, and said why. */
export const NOT_RUN = 77

/** What no drill may exceed: from the fault until work goes on. */
export const BACK_WITHIN_S = 10

const STEADY_MS = 1_000
const GIVE_UP_MS = 180_000

interface Wanted {
  /** how many payments the bank can tell of */
  readonly orders: number
  readonly variables?: Readonly<Record<string, string>>
  /** the database where it is not the embedded one in the folder */
  readonly databaseUrl?: string
  /** an empty folder, or one with the demo; a new one where none is given */
  readonly folder?: string
  readonly sealsMayFail?: boolean
}

/** Does a drill on a ground of its own, prints its figures in one line, and takes everything away again. */
export async function onGround(
  wanted: Wanted,
  drill: (ground: Ground) => Promise<Readonly<Record<string, unknown>> & { readonly sound: boolean }>,
): Promise<void> {
  const around = machine()
  const folder = wanted.folder ?? (await mkdtemp(join(tmpdir(), 'dangvu-drill-')))
  const outside = await mkdtemp(join(tmpdir(), 'dangvu-journal-'))
  const secret = randomBytes(32).toString('hex')
  const sources = join(outside, 'bank-callbacks.json')
  await writeFile(sources, JSON.stringify([{ provider: 'sepay', secret }]), { mode: 0o600 })
  const journal = await openJournal(join(outside, 'journal'))
  const load = openLoad(journal)
  const urlNow = async () => wanted.databaseUrl ?? (await embeddedUrl(folder))
  let server: Supervised | undefined
  try {
    server = await supervise(folder, { BANK_CALLBACKS_FILE: sources, ...wanted.variables })
    const world = await openWorld(server.base, await urlNow(), {
      orders: wanted.orders,
      secret,
      ...(wanted.sealsMayFail ? { sealsMayFail: true } : {}),
    })
    const ground: Ground = {
      folder,
      server,
      load,
      world,
      recovery: () => recovery(ground),
      async check() {
        await load.quiet()
        load.check()
        return check(await urlNow(), await journal.read())
      },
    }
    world.work(load)
    const { sound, ...figures } = await drill(ground)
    const found = await ground.check()
    const { sent, acknowledged, lost, doubled, ...more } = found
    const unanswered = load.unanswered
    const troubles = Object.fromEntries(load.troubles)
    const refused = Object.fromEntries(load.refusals)
    const first = { sent, acknowledged, lost, doubled }
    process.stdout.write(
      `${JSON.stringify({ ...first, ...figures, ...more, unanswered, troubles, refused, restarts: server.restarts(), ...around })}\n`,
    )
    process.exitCode = sound && wrongIn(found).length === 0 && sent === acknowledged ? 0 : 1
  } catch (error) {
    console.error(await logOf(folder), [...load.refusals])
    throw error
  } finally {
    await load.end()
    await server?.stop()
    await journal.close()
    await rm(outside, { recursive: true, force: true })
    if (wanted.folder === undefined) await rm(folder, { recursive: true, force: true })
  }
}

/** A payment is told of again and again; the first of a second of unbroken answers is when it was back. */
async function recovery({ server, load, world }: Ground): Promise<number> {
  const began = performance.now()
  let since: number | undefined
  for (;;) {
    const before = load.unanswered.paying
    const { ok } = await server.ready()
    const money = ok ? world.newMoney() : undefined
    if (ok && !money) throw new Error('no orders are left: fill more')
    const outcome = money && (await load.perform(money))
    const fine = outcome === 'acknowledged' && load.unanswered.paying === before
    since = fine ? (since ?? performance.now()) : undefined
    if (since !== undefined && performance.now() - since >= STEADY_MS) return Math.round(since - began) / 1000
    if (performance.now() - began > GIVE_UP_MS)
      throw new Error('the system did not come back within three minutes')
    await pause(25)
  }
}
