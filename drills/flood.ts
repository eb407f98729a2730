/**
 * `flood`: ten times as many requests as the server can answer, from a few dozen addresses of this machine, while one member
 * goes on reading. What does not fit is to be told to come back (429, 503, with the time), the memory stays flat, the member is
 * answered, and afterwards everything is as before. How many of the ten times could be sent at all is in the figures. Standard
 * output is one JSON line; anything else ends with 1.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { visitor, type Visitor } from '../src/app/story/visitor.ts'
import { openDatabase, sql } from '../src/kernel/db.ts'
import { startServer } from '../bench/parts/running.ts'
import { sendFlood, type FloodOrder, type FloodTold } from './parts/flooding.ts'

/** this program as it was built: the flood is a thread of it */
const PROGRAM = join(import.meta.dirname, '..', 'build', 'drills-flood.mjs')

const TIMES = 10
const CALM_SECONDS = 5
/** a page every so often is a quick reader */
const READS_EVERY_MS = 500
/** of the reader's pages so many are answered during the flood */
const ANSWERED_AT_LEAST = 0.95
const MEMORY_MOST_MB = 1_024

if (isMainThread) await drill(secondsAsked())
else parentPort?.postMessage(await sendFlood(workerData as FloodOrder), [])

function secondsAsked(): number {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: { seconds: { type: 'string', default: '30' } },
  })
  const seconds = Number(values.seconds)
  if (Number.isInteger(seconds) && seconds >= 5 && seconds <= 300) return seconds
  throw new Error('--seconds wants a whole number from 5 to 300')
}

async function drill(seconds: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-drill-'))
  const server = await startServer(folder, { LOG_LEVEL: 'silent', DANGVU_REQUESTS_PER_MINUTE: '600' })
  const ground = await startEmbeddedDatabase({ folder: join(folder, 'database') })
  try {
    const reader = await signIn(server.base, ground.url)
    const port = Number(new URL(server.base).port)
    const calm = await readFor(reader, CALM_SECONDS * 1000)
    // What the server can do: so many askers that it is never idle, each waiting for its answer.
    const able = await flood({ port, seconds: CALM_SECONDS, addresses: 16, abreast: 16 })
    const capacity = able.served / CALM_SECONDS
    const before = await memoryMb(server.pid)
    const perSecond = Math.round(capacity * TIMES)
    const [flooded, during] = await Promise.all([
      flood({ port, seconds, addresses: 40, perSecond }),
      readFor(reader, seconds * 1000),
    ])
    const peak = await memoryMb(server.pid)
    await pause(2_000)
    const after = await readFor(reader, CALM_SECONDS * 1000)
    const ready = (await fetch(`${server.base}/readyz`)).status
    const share = during.answered / Math.max(1, during.asked)
    const sound =
      flooded.wrong.length === 0 &&
      flooded.shed > 0 &&
      share >= ANSWERED_AT_LEAST &&
      after.answered === after.asked &&
      peak.most < MEMORY_MOST_MB &&
      ready === 200
    const told = {
      drill: 'flood',
      seconds,
      capacityPerSecond: Math.round(capacity),
      wantedPerSecond: perSecond,
      sentPerSecond: Math.round(flooded.sent / seconds),
      ...flooded,
      memoryBeforeMb: before.now,
      memoryMostMb: peak.most,
      readerCalm: calm,
      readerDuring: during,
      readerAfter: after,
      ready,
      sound,
    }
    process.stdout.write(`${JSON.stringify(told)}\n`)
    process.exitCode = sound ? 0 : 1
  } finally {
    await ground.stop()
    await server.stop().catch(() => undefined)
    await rm(folder, { recursive: true, force: true })
  }
}

async function signIn(base: string, databaseUrl: string): Promise<Visitor> {
  const database = openDatabase(databaseUrl, { connections: 1 })
  const { id } = await database.read.one<{ id: string }>(sql`
    select personal_id as id from member where standing = 'active' order by id limit 1`)
  await database.close()
  return visitor(base, 'reader', { personalId: id })
}

interface Read {
  readonly asked: number
  readonly answered: number
  readonly p95Ms: number
  readonly mostMs: number
}

/** Opens the own first page again and again, and waits for each. */
async function readFor(reader: Visitor, milliseconds: number): Promise<Read> {
  const until = performance.now() + milliseconds
  const times: number[] = []
  let asked = 0
  while (performance.now() < until) {
    const began = performance.now()
    asked += 1
    const answer = await reader.get('/')
    await answer.arrayBuffer()
    if (answer.status === 200) times.push(performance.now() - began)
    await pause(Math.max(0, READS_EVERY_MS - (performance.now() - began)))
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(times[Math.ceil(times.length * share) - 1] ?? 0)
  return { asked, answered: times.length, p95Ms: at(0.95), mostMs: at(1) }
}

/** In a thread of its own, so that making the requests does not hold up the reader. */
function flood(order: FloodOrder): Promise<FloodTold> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(PROGRAM, { workerData: order })
    thread.once('message', resolve)
    thread.once('error', reject)
  })
}

async function memoryMb(pid: number): Promise<{ now: number; most: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const mb = (name: string) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024)
  return { now: mb('VmRSS'), most: mb('VmHWM') }
}
