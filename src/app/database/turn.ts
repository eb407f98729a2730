/** Taking turns at a folder between processes: a lock file that a dead holder does not keep. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

const WAIT_MS = 120_000
const LOOK_AGAIN_MS = 25

/** Lock files held by this very process, so that a lock with our number left by a dead namesake is told apart. */
const held = new Set<string>()

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function tryToTake(file: string): Promise<boolean> {
  if (held.has(file)) return false
  held.add(file)
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    held.delete(file)
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** The holder's process number; undefined while the file is gone or not yet written. */
async function holderOf(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return Number(text) || undefined
}

/** Removes the lock of a holder that died. Renaming lets one of several rivals win; a fresh lock taken by mistake goes back. */
async function removeDeadHolder(file: string): Promise<void> {
  const holder = await holderOf(file)
  if (holder === undefined || held.has(file)) return
  if (holder !== process.pid && isAlive(holder)) return
  const aside = `${file}.${process.pid}`
  await rename(file, aside).catch(() => undefined)
  if ((await holderOf(aside)) === holder) await rm(aside, { force: true })
  else await rename(aside, file).catch(() => undefined)
}

/**
 * Runs `work` while no other process does so under the same lock file.
 *
 * @param file path of the lock file, in an existing folder
 * @throws Error naming the file when no turn came within two minutes
 */
export async function inTurn<T>(file: string, work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + WAIT_MS
  while (!(await tryToTake(file))) {
    if (performance.now() > giveUpAt) throw new Error(`Another process has held ${file} for two minutes.`)
    await removeDeadHolder(file)
    await pause(LOOK_AGAIN_MS)
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
    held.delete(file)
  }
}
