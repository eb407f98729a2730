/**
 * `command`: a command without a paper (a draft saved) through the whole HTTP stack, signed in, against TPC-B on the same
 * PostgreSQL, in alternating pairs. Standard output is one JSON line.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { OWN_HAT } from '../src/identity/hats.ts'
import { csrfOf, openSession } from '../src/identity/sessions.ts'
import { openDatabase, sql, type Database } from '../src/kernel/db.ts'
import { machine, median } from './parts/machine.ts'
import { startServer } from './parts/running.ts'
import { alternate, bestOf, fillTpcB, measureTpcB } from './parts/tpc-b.ts'

/** as many as the most connections that are tried */
const MEMBERS = 32
const SECONDS = 8

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
const server = await startServer(folder)
const ground = await startEmbeddedDatabase({ folder: join(folder, 'database') })
try {
  const database = openDatabase(ground.url, { connections: 4 })
  const durable = await database.read.one<{ durable: string }>(sql`
    select current_setting('fsync') || current_setting('synchronous_commit') || current_setting('full_page_writes') as durable`)
  if (durable.durable !== 'ononon') throw new Error(`the database is not durable: ${durable.durable}`)
  const members = await signedInMembers(database, MEMBERS)
  const tpcB = await fillTpcB(ground.url)
  await measureCommands(members, 8, 2)
  await measureTpcB(tpcB, 8, 2)
  const best = {
    tpcB: await bestOf((n) => measureTpcB(tpcB, n, 4)),
    ours: await bestOf((n) => measureCommands(members, n, 4)),
  }
  const pairs = await alternate(
    () => measureCommands(members, best.ours, SECONDS),
    () => measureTpcB(tpcB, best.tpcB, SECONDS),
  )
  const ratios = pairs.map((pair) => pair.ratio)
  process.stdout.write(
    `${JSON.stringify({ bench: 'command', ratio: { median: median(ratios), worst: Math.min(...ratios) }, connections: best, pairs, aim: { ratio: 0.25 }, on })}\n`,
  )
  await database.close()
} finally {
  await ground.stop()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}

interface Member {
  readonly cookie: string
  readonly csrf: string
  readonly dossierId: string
}

/** Sessions as sign-in makes them; each member has a draft of their own. */
async function signedInMembers(database: Database, count: number): Promise<Member[]> {
  const ids = await database.read.rows<{ id: string }>(sql`
    select m.id from member m join membership s on s.member_id = m.id and s.until is null and s.standing = 'active'
     where m.standing = 'active' and not exists (select from office o where o.member_id = m.id) order by m.sort_key limit ${count}`)
  return database.transaction(async (write) => {
    const members: Member[] = []
    for (const { id } of ids) {
      const now = new Date()
      const secret = await openSession(write, {
        memberId: id,
        choice: OWN_HAT,
        signedInAt: now,
        device: 'bench',
        now,
      })
      members.push({ cookie: `dangvu-session=${secret}`, csrf: csrfOf(secret), dossierId: randomUUID() })
    }
    return members
  })
}

/** Commands a second: each connection is one member who saves the own draft again and again. */
async function measureCommands(
  members: readonly Member[],
  connections: number,
  seconds: number,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const until = performance.now() + seconds * 1000
  const began = performance.now()
  let done = 0
  await Promise.all(
    members.slice(0, connections).map(async (member) => {
      while (performance.now() < until) {
        await saveDraft(agent, member)
        done += 1
      }
    }),
  )
  const rate = done / ((performance.now() - began) / 1000)
  agent.destroy()
  return rate
}

function saveDraft(agent: Agent, member: Member): Promise<void> {
  const body = new URLSearchParams({
    csrf: member.csrf,
    commandId: randomUUID(),
    reasonText: `Chuyển về nơi ở mới, lần ghi ${performance.now()}`,
  }).toString()
  return new Promise((resolve, reject) => {
    const call = request(
      `${server.base}/transfers/${member.dossierId}/save-draft`,
      {
        agent,
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          cookie: member.cookie,
        },
      },
      (answer) => {
        answer.resume()
        answer.on('end', () =>
          answer.statusCode === 303 ? resolve() : reject(new Error(`status ${answer.statusCode}`)),
        )
      },
    )
    call.on('error', reject)
    call.end(body)
  })
}
