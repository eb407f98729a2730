/** Room on a disk, for the readiness check, the metrics and the doctor. */
import { stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Config } from './config.ts'

/** Below this PostgreSQL may stop in the middle of what it writes. */
export const FULL_BYTES = 100 * 1024 ** 2

/** Below this somebody must act soon: a day of a province's papers and the log of the database fit in. */
export const NEARLY_FULL_BYTES = 2 * 1024 ** 3

/** Where an installation writes: its data folder and, where it is embedded, the database, which may lie on another disk. */
export function dataFoldersOf({
  dataFolder,
  databaseUrl,
}: Pick<Config, 'dataFolder' | 'databaseUrl'>): string[] {
  return databaseUrl === undefined ? [dataFolder, join(dataFolder, 'database')] : [dataFolder]
}

/** Bytes that an ordinary user may still write where `folder` lies, or will be made. */
export async function freeSpace(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(await nearestExisting(folder))
  return bavail * bsize
}

/** The folder itself, or the one in which it will be made. */
export async function nearestExisting(folder: string): Promise<string> {
  for (let path = folder; ; path = dirname(path)) {
    const there = await stat(path).then(
      () => true,
      () => false,
    )
    if (there || path === dirname(path)) return path
  }
}
