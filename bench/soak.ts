/**
 * `soak [MINUTES] [--data FOLDER]`: the same traffic as `mixed` at 60 % of its rate, half an hour long; what the server's
 * processes keep in memory is looked at every ten seconds, and by how much it grows a minute after the first third. Standard
 * output is one JSON line.
 */
import { onGround } from './parts/ground.ts'
import { machine, pssTree } from './parts/machine.ts'
import { latencies, sendTraffic } from './parts/traffic.ts'

const RATE = 180
const EVERY_MS = 10_000
const MINUTES = Number(process.argv[3]?.match(/^\d+$/)?.[0] ?? 30)

const on = machine()
const figures = await onGround(async ({ server, people, members }) => {
  const began = performance.now()
  const seen: { minute: number; mb: number }[] = []
  const look = () => seen.push({ minute: (performance.now() - began) / 60_000, mb: pssTree(server.pid) })
  const looking = setInterval(look, EVERY_MS)
  const { answered, failed } = await sendTraffic(server.base, people, { rate: RATE, seconds: MINUTES * 60 })
  clearInterval(looking)
  const later = seen.filter(({ minute }) => minute >= MINUTES / 3)
  const memory = later.map(({ mb }) => mb)
  return {
    members,
    rate: RATE,
    minutes: MINUTES,
    growthMBaMinute: Number(slope(later).toFixed(2)),
    memoryMB: { least: Math.round(Math.min(...memory)), most: Math.round(Math.max(...memory)) },
    failed,
    ...latencies(answered),
  }
})
process.stdout.write(`${JSON.stringify({ bench: 'soak', ...figures, aim: { growthMBaMinute: 1 }, on })}\n`)

/** MB a minute: the straight line nearest to what was seen. */
function slope(points: readonly { minute: number; mb: number }[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [minute, mb] = [mean(points.map((point) => point.minute)), mean(points.map((point) => point.mb))]
  const together = points.reduce((sum, point) => sum + (point.minute - minute) * (point.mb - mb), 0)
  return together / points.reduce((sum, point) => sum + (point.minute - minute) ** 2, 0)
}
