/**
 * `pay`: money from the bank while the application, the database and the disk are taken away in turn. Callers behave as a
 * bank's go-between: what was not answered is told again, and some of what was answered too. At the end everything that was
 * answered is there once, and ledger and log prove themselves. Standard output is one JSON line; anything lost ends with 1.
 */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, open, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { readPostmaster } from '../src/app/database/postmaster.ts'
import { openDatabase, sql, type Database } from '../src/kernel/db.ts'
import { sepayCallback } from '../src/payments/callbacks/signing.ts'
import { verifyLedger } from '../src/procedures/party-fees/ledger/verify.ts'
import { verifyLog } from '../src/verify-log/verify.ts'
import { FEE_VND, fillFees, type Payable } from '../bench/parts/fees.ts'
import { startServer, type RunningServer } from '../bench/parts/running.ts'

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { cycles: { type: 'string', default: '30' }, disk: { type: 'boolean', default: false } },
})
const CYCLES = Number(values.cycles)
if (!(Number.isInteger(CYCLES) && CYCLES > 0)) throw new Error('--cycles wants a whole number above 0')

const CALLERS = 24
const MEMBERS = 2_000 + 1_000 * CYCLES
/** of the callbacks, so many tell of what was told before */
const TOLD_AGAIN = 0.2
const SLICE_MS = { least: 200, most: 900 }
const AWAY_AT_MOST_MS = 300_000
const DISK_BYTES = 1024 ** 3

interface Told {
  readonly id: number
  readonly payable: Payable
}

const told: Told[] = []
/** answered 200: from then on it may never be lost */
const answered = new Set<number>()
let repeated = 0
let refused = 0
/** the last answer, or why there was none */
let lastSaid = ''
let longestAwayMs = 0
const taken = { application: 0, database: 0, disk: 0 }

const folder = await mkdtemp(join(tmpdir(), 'dangvu-drill-'))
if (values.disk) execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', folder])
const data = join(folder, 'database')
const secret = randomBytes(32).toString('hex')
const sources = join(folder, 'bank-callbacks.json')
await writeFile(sources, JSON.stringify([{ provider: 'sepay', secret }]), { mode: 0o600 })
const start = () => startServer(folder, { BANK_CALLBACKS_FILE: sources, LOG_LEVEL: 'silent' })
let server = await start()
const ground = await startEmbeddedDatabase({ folder: data })
const database = openDatabase(ground.url, { connections: 2 })
try {
  const payables = await fillFees(ground.url, MEMBERS)
  const ways = values.disk ? (['disk'] as const) : (['application', 'database'] as const)
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    const way = ways[cycle % ways.length]!
    let over = false
    const calling = Promise.all(Array.from({ length: CALLERS }, () => callUntil(payables, () => over)))
    await pause(SLICE_MS.least + Math.random() * (SLICE_MS.most - SLICE_MS.least))
    const began = performance.now()
    if (way === 'disk') await fillDisk()
    else await kill(way)
    over = true
    await calling
    taken[way] += 1
    await tellTheRest()
    longestAwayMs = Math.max(longestAwayMs, performance.now() - began)
    const wrong = await wrongOf(database)
    if (wrong.lost + wrong.doubled > 0) throw new Error(`cycle ${cycle} (${way}): ${JSON.stringify(wrong)}`)
    console.error(`${cycle + 1}/${CYCLES} ${way}: ${answered.size}`)
  }
  const { lost, doubled } = await wrongOf(database)
  const { problemCount: ledgerProblems } = await verifyLedger(database)
  const { problemCount: logProblems } = await verifyLog({ url: ground.url })
  const sound = lost + doubled + ledgerProblems + logProblems === 0
  process.stdout.write(
    `${JSON.stringify({ drill: 'pay', cycles: CYCLES, taken, answered: answered.size, repeated, unanswered: refused, lost, doubled, ledgerProblems, logProblems, longestAwayMs: Math.round(longestAwayMs) })}\n`,
  )
  process.exitCode = sound ? 0 : 1
} finally {
  await database.close()
  await ground.stop()
  await server.stop().catch(() => undefined)
  if (values.disk) execFileSync('umount', ['-l', folder])
  await rm(folder, { recursive: true, force: true })
}

/** One caller: new money, and now and then what was told before, until it is over. */
async function callUntil(payables: readonly Payable[], isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const again = told.length > 0 && Math.random() < TOLD_AGAIN
    if (again) await tell(told[Math.floor(Math.random() * told.length)]!)
    else if (told.length < payables.length) {
      const next = { id: told.length + 1, payable: payables[told.length]! }
      told.push(next)
      await tell(next)
    } else throw new Error('no orders are left: fill more')
  }
}

/** @returns whether it was answered that the money is booked */
async function tell({ id, payable }: Told): Promise<boolean> {
  const { headers, body } = sepayCallback(
    {
      id,
      bankReference: `FT${id}`,
      accountNumber: payable.accountNumber,
      amountVnd: FEE_VND,
      direction: 'in',
      content: `chuyen tien ${payable.key}`,
      bookedAt: '2026-06-05 08:00:00',
    },
    { kind: 'signature', secret },
    new Date(),
  )
  const ok = await fetch(`${server.base}/api/v1/bank-callbacks/sepay`, {
    method: 'POST',
    headers: headers as Record<string, string>,
    body: body as Uint8Array<ArrayBuffer>,
  }).then(
    async (answer) => {
      const said = await answer.text()
      lastSaid = `${answer.status} ${said}`
      return answer.status === 200 && said === '{"success":true}'
    },
    (error: unknown) => {
      lastSaid = String((error as Error).cause ?? error)
      return false
    },
  )
  if (!ok) refused += 1
  else if (answered.has(id)) repeated += 1
  else answered.add(id)
  if (!ok) await pause(20)
  return ok
}

/** What was not answered is told again until it is. */
async function tellTheRest(): Promise<void> {
  const until = performance.now() + AWAY_AT_MOST_MS
  for (const each of told)
    while (!answered.has(each.id)) {
      if (performance.now() > until) throw new Error(`the system did not come back: ${lastSaid}`)
      await tell(each)
    }
}

async function kill(what: 'application' | 'database'): Promise<void> {
  if (what === 'application') {
    const dead: RunningServer = server
    process.kill(dead.pid, 'SIGKILL')
    server = await start()
    return
  }
  const postmaster = await readPostmaster(join(data, 'cluster', 'data'))
  process.kill(postmaster!.pid, 'SIGKILL') // nobody starts it but the application, which sees that it is gone
}

/** Leaves no byte free for a while. */
async function fillDisk(): Promise<void> {
  const ballast = join(folder, 'ballast')
  const file = await open(ballast, 'w')
  const block = Buffer.alloc(4 * 1024 * 1024)
  try {
    for (;;) await file.write(block)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  } finally {
    await file.close()
  }
  const { bavail } = await statfs(folder)
  if (bavail > 1024) throw new Error('the disk is not full')
  await pause(3_000)
  await rm(ballast)
}

/** Of what was answered: how much is not there, and how much is there more than once. */
async function wrongOf(from: Database): Promise<{ lost: number; doubled: number }> {
  const rows = await from.read.rows<{ reference: string; payments: number; lines: number }>(sql`
    select b.reference, count(distinct b.id) as lines, count(p.id) as payments
      from bank_line b left join fee_payment p on p.bank_line_id = b.id and p.order_id = b.order_id
     where b.outcome = 'matched' group by b.reference`)
  const known = new Map(rows.map((row) => [Number(row.reference), row]))
  const lost = [...answered].filter((id) => !known.has(id)).length
  const doubled = rows.filter(({ lines, payments }) => lines !== 1 || payments !== 1).length
  return { lost, doubled }
}
