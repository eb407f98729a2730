/**
 * `mixed [SECONDS [RATE]] [--data FOLDER]`: members reading, secretaries and officers looking at lists and acting, 300 requests a
 * second whatever the server does, after a minute's warming up. Standard output is one JSON line.
 */
import { onGround } from './parts/ground.ts'
import { cpuSeconds, machine } from './parts/machine.ts'
import { latencies, sendTraffic } from './parts/traffic.ts'

const [SECONDS = 120, RATE = 300] = process.argv
  .slice(3)
  .filter((word) => /^\d+$/.test(word))
  .map(Number)

const on = machine()
const figures = await onGround(async ({ server, postmaster, people, members }) => {
  await sendTraffic(server.base, people, { rate: RATE / 3, seconds: Math.min(60, SECONDS) })
  const before = { server: cpuSeconds(server.pid), postgres: cpuSeconds(postmaster) }
  const { answered, failed } = await sendTraffic(server.base, people, { rate: RATE, seconds: SECONDS })
  const cpuMs = (now: number, then: number) => Number((((now - then) * 1000) / answered.length).toFixed(2))
  const postgres = cpuMs(cpuSeconds(postmaster), before.postgres)
  // PostgreSQL was started by the server, and counts as below it.
  const cpuMsARequest = {
    server: Number((cpuMs(cpuSeconds(server.pid), before.server) - postgres).toFixed(2)),
    postgres,
  }
  return { members, rate: RATE, seconds: SECONDS, cpuMsARequest, failed, ...latencies(answered) }
})
process.stdout.write(`${JSON.stringify({ bench: 'mixed', ...figures, aim: { p95: 200, p99: 500 }, on })}\n`)
