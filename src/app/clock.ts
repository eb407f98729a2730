/** The clock (đồng hồ): the time the rules see. On a demo it can be moved forward, for all processes of the installation. */
import { sql, type Database, type Read } from '../kernel/db.ts'
import { Refusal } from '../kernel/refusal.ts'

export interface Clock {
  /** real time, plus the shift of a demo. What proves who somebody is (sessions, sign-in) uses real time: `new Date()`. */
  now(): Date
}

export interface RunningClock extends Clock {
  /**
   * Moves a demo's clock forward; other processes see it within a second.
   *
   * @throws Refusal against-rule `clock.not-demo` outside a demo, `clock.never-backward`, `clock.too-far`;
   *   invalid `clock.invalid` for what is no time
   */
  moveTo(to: Date): Promise<void>
  /** Called after the clock was moved, here or elsewhere. */
  onMove(listener: () => void): void
  close(): void
}

const DEMO_FACT = 'demo'
const ASKED_FACT = 'demo-asked'
const SHIFT_FACT = 'demo-clock-shift'

const LOOK_EVERY_MS = 500

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

async function shiftOf(read: Read): Promise<number> {
  const row = await read.maybe<{ value: number }>(
    sql`select value from instance_fact where key = ${SHIFT_FACT}`,
  )
  return row?.value ?? 0
}

/** Opens the clock. On a demo it looks twice a second whether another process moved it. */
export async function openClock(database: Database): Promise<RunningClock> {
  const demo = await isDemo(database.read)
  const listeners: (() => void)[] = []
  let shift = demo ? await shiftOf(database.read) : 0

  async function refresh(): Promise<void> {
    const found = await shiftOf(database.read)
    if (found <= shift) return // an older answer that came late
    shift = found
    for (const listener of listeners) listener()
  }

  const timer = demo ? setInterval(() => void refresh().catch(() => undefined), LOOK_EVERY_MS) : undefined
  timer?.unref()

  return {
    now: () => new Date(Date.now() + shift),
    onMove: (listener) => void listeners.push(listener),
    close: () => clearInterval(timer),
    async moveTo(to) {
      await storeShift(database, to)
      await refresh()
    },
  }
}

async function storeShift(database: Database, to: Date): Promise<void> {
  const wanted = to.getTime() - Date.now()
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
