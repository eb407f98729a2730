/** Room on a disk, for the readiness check, the metrics and the doctor. */
import { statfs } from 'node:fs/promises'

/** Below this somebody must act soon: a day of a province's papers and the log of the database fit in. */
export const NEARLY_FULL_BYTES = 2 * 1024 ** 3

/** Bytes that an ordinary user may still write where `folder` lies. @throws when it is not there */
export async function freeSpace(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
