/** Clocks that a drill can set (libfaketime): what is started under one sees its time within a second; monotonic time goes on as it does. */
import { existsSync, readdirSync } from 'node:fs'
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** The library looks into its file once a second. */
const SEEN_AFTER_MS = 1_100

export interface FakeClock {
  /** variables for the programs that are to live under this clock */
  readonly environment: Readonly<Record<string, string>>
  /** Milliseconds ahead of the true time; below 0 behind it. */
  set(aheadMs: number): Promise<void>
  /** The same, and everybody sees it. */
  setForAll(aheadMs: number): Promise<void>
  remove(): Promise<void>
}

export interface Libraries {
  /** for programs of several threads */
  readonly threaded: string
  /** For PostgreSQL: the other takes a lock to tell the time, and waits for itself where a signal's handler asks meanwhile. */
  readonly single: string
}

/** Where Debian's package puts them; undefined where it is not installed. */
export function findLibraries(): Libraries | undefined {
  const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`) : []
  const folder = ['/usr/lib', ...folders]
    .map((each) => join(each, 'faketime'))
    .find((each) => existsSync(join(each, 'libfaketimeMT.so.1')))
  if (folder === undefined) return undefined
  return { threaded: join(folder, 'libfaketimeMT.so.1'), single: join(folder, 'libfaketime.so.1') }
}

export async function openFakeClock(library: string): Promise<FakeClock> {
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-clock-'))
  await chmod(folder, 0o755) // the database reads it as another user
  const file = join(folder, 'clock')
  /** Whole or not at all: it is read at any moment. */
  async function set(aheadMs: number): Promise<void> {
    const seconds = (aheadMs / 1000).toFixed(3)
    await writeFile(`${file}.new`, `${aheadMs < 0 ? '' : '+'}${seconds}\n`)
    await rename(`${file}.new`, file)
  }
  await set(0)
  return {
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    set,
    async setForAll(aheadMs) {
      await set(aheadMs)
      await pause(SEEN_AFTER_MS)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
