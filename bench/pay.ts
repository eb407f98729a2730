/**
 * `pay`: payments a second through HTTP as a bank's go-between tells of them (signed callbacks), booked with receipt, ledger,
 * log and totals of all levels in the same commit, against TPC-B on the same PostgreSQL. Standard output is one JSON line.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { openDatabase, sql } from '../src/kernel/db.ts'
import { sepayCallback } from '../src/payments/callbacks/signing.ts'
import { verifyLedger } from '../src/procedures/party-fees/ledger/verify.ts'
import { FEE_VND, fillFees, type Payable } from './parts/fees.ts'
import { machine, median, pssTree } from './parts/machine.ts'
import { startServer } from './parts/running.ts'
import { alternate, bestOf, fillTpcB, measureTpcB } from './parts/tpc-b.ts'

const CONNECTIONS = 256
const SECONDS = 8
const MEMBERS = 330_000

/** callbacks told so far: each its own number */
let told = 0

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
const secret = randomBytes(32).toString('hex')
const sources = join(folder, 'bank-callbacks.json')
await writeFile(sources, JSON.stringify([{ provider: 'sepay', secret }]), { mode: 0o600 })
const server = await startServer(folder, { BANK_CALLBACKS_FILE: sources })
const ground = await startEmbeddedDatabase({ folder: join(folder, 'database') })
try {
  const orders = await fillFees(ground.url, MEMBERS, false)
  const tpcB = await fillTpcB(ground.url)
  const database = openDatabase(ground.url, { connections: 2 })
  let place = 0
  const next = (count: number) => orders.slice(place, (place += count))

  await measurePayments(next(16_000), CONNECTIONS, 2)
  await measureTpcB(tpcB, 8, 2)
  const one = await measurePayments(next(8000), 1, 4)
  const best = await bestOf((n) => measureTpcB(tpcB, n, 4))
  const pairs = await alternate(
    async () => (await measurePayments(next(60_000), CONNECTIONS, SECONDS)).rate,
    () => measureTpcB(tpcB, best, SECONDS),
  )
  const memoryMB = pssTree(server.pid)
  const { paid } = await database.read.one<{ paid: number }>(sql`select count(*) as paid from fee_payment`)
  const { problemCount } = await verifyLedger(database)
  const ratios = pairs.map(({ ratio }) => ratio)
  process.stdout.write(
    `${JSON.stringify({ bench: 'pay', ratio: { median: median(ratios), worst: Math.min(...ratios) }, oneClientMs: one.p50, memoryMB: Math.round(memoryMB), tpcBConnections: best, pairs, paid, ledgerProblems: problemCount, aim: { ratio: 2, oneClientMs: 5, memoryMB: 300 }, on })}\n`,
  )
  await database.close()
} finally {
  await ground.stop()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}

/** Each connection sends the next callback when the one before was answered 200; the requests are made beforehand. */
async function measurePayments(
  payables: readonly Payable[],
  connections: number,
  seconds: number,
): Promise<{ rate: number; p50: number }> {
  const requests = payables.map(requestOf)
  const times: number[] = []
  let sent = 0
  const began = performance.now()
  const until = began + seconds * 1000
  const { port } = new URL(server.base)
  await Promise.all(
    Array.from({ length: connections }, () => {
      const socket = connect(Number(port), 'localhost')
      socket.setNoDelay(true)
      return new Promise<void>((resolve, reject) => {
        let at = 0
        let answer = ''
        const go = () => {
          const request = requests[sent]
          if (request === undefined) return reject(new Error('no orders are left: fill more'))
          if (performance.now() >= until) return void socket.end(resolve)
          sent += 1
          at = performance.now()
          socket.write(request)
        }
        socket.on('connect', go)
        socket.on('error', reject)
        socket.on('data', (bytes) => {
          answer += bytes.toString('latin1')
          if (!answer.endsWith('{"success":true}')) {
            if (!answer.startsWith('HTTP/1.1 200')) reject(new Error(answer.slice(-600)))
            return
          }
          times.push(performance.now() - at)
          answer = ''
          go()
        })
      })
    }),
  )
  return { rate: times.length / ((performance.now() - began) / 1000), p50: Number(median(times).toFixed(2)) }
}

function requestOf({ key, accountNumber }: Payable): Buffer {
  const transfer = {
    id: (told += 1),
    bankReference: `FT${told}`,
    accountNumber,
    amountVnd: FEE_VND,
    direction: 'in' as const,
    content: `NGUYEN VAN A chuyen tien ${key}`,
    bookedAt: '2026-06-05 08:00:00',
  }
  const { headers, body } = sepayCallback(transfer, { kind: 'signature', secret }, new Date())
  const head = Object.entries({ ...headers, host: 'localhost', 'content-length': body.length })
    .map(([name, value]) => `${name}: ${String(value)}\r\n`)
    .join('')
  return Buffer.concat([Buffer.from(`POST /api/v1/bank-callbacks/sepay HTTP/1.1\r\n${head}\r\n`), body])
}
