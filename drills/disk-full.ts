/**
 * `disk-full`: the disk under the database has no byte left, again and again, while people are at work. Who writes is told so in words,
 * nothing that was acknowledged is lost, and it goes on by itself once there is room. Only root can mount the small disk for it.
 */
import { execFileSync } from 'node:child_process'
import { mkdtemp, open, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readArguments } from './parts/chance.ts'
import { BACK_WITHIN_S, NOT_RUN, endCycle, onGround, type Ground } from './parts/ground.ts'

const DISK_BYTES = 1024 ** 3
const FULL_MS = 4_000
const ORDERS = { first: 2_000, eachCycle: 1_500 }
const PAGE_BYTES = 8_192
/** What the database frees while we look is no room to work in. */
const ALMOST_NOTHING_BYTES = 64 * PAGE_BYTES

const { cycles } = readArguments(5)
if (process.getuid?.() !== 0) {
  console.error('Cần quyền root để gắn đĩa nhỏ: chưa thử (root is needed to mount a small disk: not run).')
  process.exit(NOT_RUN)
}

const folder = await mkdtemp(join(tmpdir(), 'dangvu-full-'))
execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder])
try {
  await onGround({ orders: ORDERS.first + ORDERS.eachCycle * cycles, folder }, async (ground) => {
    const seconds: number[] = []
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      ground.load.resume()
      await pause(1_000)
      await whileFull(ground)
      const told = () => `told ${JSON.stringify([...ground.load.troubles])}`
      const ended = await endCycle(ground, `${cycle + 1}/${cycles}`, told)
      seconds.push(ended.seconds)
      if (!ended.well) break
    }
    const toldFull = ground.load.troubles.get('disk-full') ?? 0
    const recoverySecondsMax = Math.max(...seconds)
    const sound = recoverySecondsMax <= BACK_WITHIN_S && toldFull > 0
    return { cycles: seconds.length, recoverySecondsMax, toldFull, sound }
  })
} finally {
  execFileSync('umount', ['-l', folder])
  await rm(folder, { recursive: true, force: true })
}

/** Leaves no room for a while. */
async function whileFull({ folder: disk }: Ground): Promise<void> {
  const ballast = join(disk, 'ballast')
  const file = await open(ballast, 'w')
  const until = performance.now() + FULL_MS
  try {
    while (performance.now() < until) {
      await fill(file)
      await pause(50)
    }
    const { bavail, bsize } = await statfs(disk)
    if (bavail * bsize > ALMOST_NOTHING_BYTES) throw new Error('the disk was not full')
  } finally {
    await file.close()
    await rm(ballast)
  }
}

/** What others free is taken too: writes until nothing goes. */
async function fill(file: Awaited<ReturnType<typeof open>>): Promise<void> {
  for (const bytes of [4 * 1024 * 1024, PAGE_BYTES])
    try {
      for (;;) await file.write(Buffer.alloc(bytes))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
}
