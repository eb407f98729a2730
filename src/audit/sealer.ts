/** Sealing (niêm phong): what is committed and in no block yet goes into the next block of the log, twice a second. */
import { sql, type Database } from '../kernel/db.ts'

const MOST_IN_A_BLOCK = 10_000
const LOOK_EVERY_MS = 400

export interface Sealer {
  /** Seals what is there, and no more. */
  stop(): Promise<void>
}

/**
 * Seals until nothing is left.
 *
 * @returns how many entries; 0 also when another process is sealing just now
 */
export async function sealAll(database: Database): Promise<number> {
  let sealed = 0
  for (;;) {
    const { now } = await database.transaction((write) =>
      write.one<{ now: number }>(sql`select seal_audit(${MOST_IN_A_BLOCK}) as now`),
    )
    sealed += now
    if (now < MOST_IN_A_BLOCK) return sealed
  }
}

/**
 * Seals as long as the application runs. Every process has a sealer; the database lets one at a time seal.
 *
 * @param onTrouble told when sealing begins to fail, once until it works again; entries wait in the database meanwhile
 */
export function startSealer(database: Database, onTrouble: (error: Error) => void): Sealer {
  let stopped = false
  let failing = false
  let timer: NodeJS.Timeout | undefined
  let sealing = look()

  async function look(): Promise<void> {
    try {
      await sealAll(database)
      failing = false
    } catch (error) {
      if (!failing && !stopped) onTrouble(error as Error)
      failing = true
    }
    if (stopped) return
    timer = setTimeout(() => void (sealing = look()), LOOK_EVERY_MS)
    timer.unref()
  }

  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await sealing
      await sealAll(database).catch(() => undefined) // it stays in the tail for the next who starts
    },
  }
}
