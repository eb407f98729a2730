/** `start`: from the command to ready on an empty folder (demo filled) and warm, and the memory of server and database. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { machine, median, pssTree } from './parts/machine.ts'
import { startServer } from './parts/running.ts'

const RUNS = 5

const on = machine()
const cold: number[] = []
const warm: number[] = []
const memory: number[] = []
for (let run = 0; run < RUNS; run += 1) {
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
  try {
    const first = await startServer(folder)
    cold.push(first.readyAfterS)
    await first.stop()
    const second = await startServer(folder)
    warm.push(second.readyAfterS)
    for (let page = 0; page < 50; page += 1) await (await fetch(`${second.base}/sign-in`)).text()
    memory.push(pssTree(second.pid))
    await second.stop()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
const figure = (values: number[], digits: number) => ({
  median: Number(median(values).toFixed(digits)),
  worst: Number(Math.max(...values).toFixed(digits)),
})
process.stdout.write(
  `${JSON.stringify({ bench: 'start', runs: RUNS, coldS: figure(cold, 2), warmS: figure(warm, 2), pssMB: figure(memory, 0), aim: { coldS: 15, warmS: 3, pssMB: 350 }, on })}\n`,
)
