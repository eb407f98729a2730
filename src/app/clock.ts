/**
 * The clock (đồng hồ). Its time is the database's: one for all processes and for the log, whatever a machine's own clock shows. On a
 * demo what the rules see can be moved forward, for all processes of the installation.
 */
import { sql, type Database, type Read } from '../kernel/db.ts'
import { Refusal } from '../kernel/refusal.ts'
import { carryTime } from './carried-time.ts'

export interface Clock {
  /** the time the rules see: real time, plus the shift of a demo */
  now(): Date
}

export interface RunningClock extends Clock {
  /** real time, also on a demo: what proves who somebody is (sessions, sign-in) is measured in it */
  real(): Date
  /**
   * Moves a demo's clock forward; other processes see it within a second.
   *
   * @throws Refusal against-rule `clock.not-demo` outside a demo, `clock.never-backward`, `clock.too-far`;
   *   invalid `clock.invalid` for what is no time
   */
  moveTo(to: Date): Promise<void>
  /** Called after the clock was moved, here or elsewhere. */
  onMove(listener: () => void): void
  /** Called with milliseconds when the database's clock was set; forward is above 0. */
  onStep(listener: (ms: number) => void): void
  /** False for three minutes after the database's clock was set: what only time brings about waits until then, for it may be set back. */
  isSettled(): boolean
  close(): void
}

const DEMO_FACT = 'demo'
const ASKED_FACT = 'demo-asked'
const SHIFT_FACT = 'demo-clock-shift'

const LOOK_EVERY_MS = 5_000
/** On a demo, so that all processes move together. */
const LOOK_EVERY_ON_A_DEMO_MS = 500

const SETTLED_AFTER_MS = 180_000

/** Farther ahead no demo needs, and the certificates of the test authority would end. */
const FARTHEST_MS = 5 * 366 * 86_400_000

/** True when this database was filled with the demo. */
export function isDemo(read: Read): Promise<boolean> {
  return hasFact(read, DEMO_FACT)
}

/** Remembers for ever that this database is a demo. */
export function markDemo(database: Database): Promise<void> {
  return addFact(database, DEMO_FACT)
}

/** True when the demo was asked for while this database was empty, whether or not it was filled in to the end. */
export function wasDemoAsked(read: Read): Promise<boolean> {
  return hasFact(read, ASKED_FACT)
}

export function markDemoAsked(database: Database): Promise<void> {
  return addFact(database, ASKED_FACT)
}

async function hasFact(read: Read, key: string): Promise<boolean> {
  return (await read.maybe(sql`select 1 from instance_fact where key = ${key}`)) !== undefined
}

async function addFact(database: Database, key: string): Promise<void> {
  await database.transaction((write) =>
    write.run(sql`insert into instance_fact (key, value) values (${key}, 'true') on conflict do nothing`),
  )
}

/** The database's time and the shift of its demo, 0 where it is none. */
function look(read: Read): Promise<{ at: Date; shift: number }> {
  return read.one(sql`
    select clock_timestamp() as at,
           coalesce((select value::bigint from instance_fact where key = ${SHIFT_FACT}), 0) as shift`)
}

/** Opens the clock. It looks regularly at the database's, and whether another process moved a demo's. */
export async function openClock(database: Database): Promise<RunningClock> {
  const demo = await isDemo(database.read)
  const time = carryTime(() => performance.now())
  const moved: (() => void)[] = []
  const stepped: ((ms: number) => void)[] = []
  let shift = 0

  async function refresh(): Promise<void> {
    const asked = performance.now()
    const found = await look(database.read)
    const step = time.hear(found.at, asked, performance.now())
    if (step !== 0) for (const listener of stepped) listener(step)
    if (!demo || found.shift <= shift) return // an older answer that came late
    shift = found.shift
    for (const listener of moved) listener()
  }

  await refresh()
  let looking: Promise<void> | undefined
  const timer = setInterval(
    () => {
      looking ??= refresh()
        .catch(() => undefined)
        .finally(() => (looking = undefined))
    },
    demo ? LOOK_EVERY_ON_A_DEMO_MS : LOOK_EVERY_MS,
  )
  timer.unref()

  return {
    now: () => new Date(time.now().getTime() + shift),
    real: time.now,
    onMove: (listener) => void moved.push(listener),
    onStep: (listener) => void stepped.push(listener),
    isSettled: () => time.sinceStep() >= SETTLED_AFTER_MS,
    close: () => clearInterval(timer),
    async moveTo(to) {
      await storeShift(database, to, time.now())
      await refresh()
    },
  }
}

async function storeShift(database: Database, to: Date, real: Date): Promise<void> {
  const wanted = to.getTime() - real.getTime()
  if (Number.isNaN(wanted)) throw new Refusal('invalid', 'clock.invalid')
  await database.transaction(async (write) => {
    if (!(await isDemo(write))) throw new Refusal('against-rule', 'clock.not-demo')
    if (wanted > FARTHEST_MS) throw new Refusal('against-rule', 'clock.too-far')
    await write.run(
      sql`insert into instance_fact (key, value) values (${SHIFT_FACT}, '0') on conflict do nothing`,
    )
    const moved = await write.run(sql`
      update instance_fact set value = to_jsonb(${Math.round(wanted)}::bigint)
       where key = ${SHIFT_FACT} and value::bigint <= ${Math.round(wanted)}`)
    if (moved === 0) throw new Refusal('against-rule', 'clock.never-backward')
  })
}
