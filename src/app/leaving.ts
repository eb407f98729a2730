/** Leaving (rời đi): how long each part of it may take, so that all of them fit into what whoever waits for it allows. */
import { setTimeout as pause } from 'node:timers/promises'

export const LEAVING = {
  /** requests under way, from the moment nothing new is taken; then they are cut off */
  requestsMs: 40_000,
  /** then jobs and sweeps under way; one that is cut off is done again by whoever comes */
  workMs: 30_000,
  /** then each of the few other parts that have something to finish: readers, press, keys, the log */
  partMs: 3_000,
} as const

/** One of several processes that has not left by then is killed by the first. */
export const LEAVE_MS = 90_000

/** Waits for what ends, and no longer than that. @returns whether it ended @throws what it throws in time */
export async function atMost(ms: number, ending: Promise<unknown>): Promise<boolean> {
  const over = new AbortController()
  const late = pause(ms, false, { signal: over.signal }).catch(() => false)
  try {
    return await Promise.race([ending.then(() => true), late])
  } finally {
    over.abort()
  }
}
