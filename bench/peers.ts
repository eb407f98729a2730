/**
 * `peers`: one more entry of a dossier and a page of a list of members, through HTTP, signed in, beside Directus 10 and Parse
 * Server 8 on the same PostgreSQL with the same members; in alternating rounds. Standard output is one JSON line.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { OWN_HAT, type HatChoice } from '../src/identity/hats.ts'
import { csrfOf, openSession } from '../src/identity/sessions.ts'
import { openDatabase, sql, type Database } from '../src/kernel/db.ts'
import { rateOf } from './parts/calling.ts'
import { machine, median } from './parts/machine.ts'
import {
  installPeers,
  startDirectus,
  startParse,
  type Peer,
  type PeerMember,
  type Side,
} from './parts/peers.ts'
import { startServer } from './parts/running.ts'

const CONNECTIONS = [8, 32]
const SECONDS = Number(process.argv[3] ?? 8)
const ROUNDS = 5
const WRITERS = Math.max(...CONNECTIONS)

const on = machine()
const programs = await installPeers()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
const server = await startServer(folder)
const ground = await startEmbeddedDatabase({ folder: join(folder, 'database') })
const peers: Peer[] = []
try {
  const database = openDatabase(ground.url, { connections: 4 })
  const members = await database.read.rows<PeerMember>(sql`
    select m.id, m.full_name as "fullName", m.sort_key as "sortKey", m.birth_date as "birthDate",
           coalesce(m.card_number, '') as "cardNumber", s.organisation_id as "organisationId"
      from member m join membership s on s.member_id = m.id and s.until is null and s.standing = 'active'`)
  const ours = await ourselves(database, members)
  await database.close()
  peers.push(await startDirectus(programs, ground.url, members))
  peers.push(await startParse(programs, ground.url, members))
  const sides = [ours, ...peers]
  process.stdout.write(
    `${JSON.stringify({
      bench: 'peers',
      members: members.length,
      create: await sideBySide(sides, 'create'),
      list: await sideBySide(sides, 'list'),
      aim: { create: 10, list: 2 },
      on,
    })}\n`,
  )
} finally {
  for (const peer of peers) await peer.stop()
  await ground.stop()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}

/** Who saves drafts, each the own; and who reads the list of members of each cell below: the office that sees most. */
async function ourselves(database: Database, members: readonly PeerMember[]): Promise<Side> {
  const writers = await database.read.rows<{ id: string }>(sql`
    select m.id from member m join membership s on s.member_id = m.id and s.until is null and s.standing = 'active'
     where m.standing = 'active' and not exists (select from office o where o.member_id = m.id) order by m.sort_key limit ${WRITERS}`)
  const reader = await database.read.one<{ id: string; officeId: string; path: string }>(sql`
    select o.member_id as id, o.id as "officeId", p.path from office o
      join organisation_period p on p.organisation_id = o.organisation_id and p.valid_to is null
     where o.until is null and o.position = 'committee-deputy-secretary'
     order by (select count(*) from organisation_period c join membership s on s.organisation_id = c.organisation_id and s.until is null
                where c.valid_to is null and starts_with(c.path, p.path)) desc limit 1`)
  const below = await database.read.rows<{ id: string }>(sql`
    select organisation_id as id from organisation_period where valid_to is null and kind = 'cell' and starts_with(path, ${reader.path})`)
  const seen = new Set(below.map(({ id }) => id))
  const cells = members.map(({ organisationId }) => organisationId).filter((id) => seen.has(id))
  const session = (memberId: string, choice: HatChoice) =>
    database.transaction(async (write) => {
      const now = new Date()
      return openSession(write, { memberId, choice, signedInAt: now, device: 'bench', now })
    })
  const drafts: { cookie: string; csrf: string; dossierId: string }[] = []
  for (const { id } of writers) {
    const secret = await session(id, OWN_HAT)
    drafts.push({ cookie: `dangvu-session=${secret}`, csrf: csrfOf(secret), dossierId: randomUUID() })
  }
  const reading = {
    cookie: `dangvu-session=${await session(reader.id, { officeId: reader.officeId, grantId: null })}`,
  }
  const { base } = server
  return {
    name: 'ours',
    create: (connection) => {
      const { cookie, csrf, dossierId } = drafts[connection]!
      const body = new URLSearchParams({
        csrf,
        commandId: randomUUID(),
        reasonText: `Chuyển về nơi ở mới, lần ghi ${performance.now()}`,
      }).toString()
      return {
        base,
        method: 'POST',
        path: `/transfers/${dossierId}/save-draft`,
        headers: { cookie },
        body,
        status: 303,
      }
    },
    list: () => {
      const cell = cells[Math.floor(Math.random() * cells.length)]!
      return {
        base,
        method: 'GET',
        path: `/api/v1/members?organisation=${cell}`,
        headers: reading,
        status: 200,
      }
    },
  }
}

/** Requests a second of each side with its best number of connections, ours over each of the others, round after round. */
async function sideBySide(sides: readonly Side[], what: 'create' | 'list') {
  const connections: Record<string, number> = {}
  for (const side of sides) {
    await rateOf(side[what], CONNECTIONS[0]!, 2)
    const tried: [number, number][] = []
    for (const count of CONNECTIONS) tried.push([await rateOf(side[what], count, 3), count])
    connections[side.name] = tried.sort(([one], [other]) => other - one)[0]![1]
  }
  const rounds: Record<string, number>[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const rates: Record<string, number> = {}
    for (const side of sides)
      rates[side.name] = Math.round(await rateOf(side[what], connections[side.name]!, SECONDS))
    rounds.push(rates)
  }
  const over = (name: string) => {
    const ratios = rounds.map((rates) => Number((rates['ours']! / rates[name]!).toFixed(2)))
    return { median: median(ratios), worst: Math.min(...ratios) }
  }
  return { overDirectus: over('directus'), overParse: over('parse'), connections, rounds }
}
