/**
 * A working day's traffic: members who read their own, officers who look at lists and act, at a rate that does not wait for
 * the server. A request's time counts from the moment it was due, so that an answer that is late delays no other's count.
 */
import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { OWN_HAT, type HatChoice } from '../../src/identity/hats.ts'
import { csrfOf, openSession } from '../../src/identity/sessions.ts'
import { sql, type Database } from '../../src/kernel/db.ts'
import { send, type Call } from './calling.ts'

/** One signed-in person: the cookie, the form's token, and the dossier drafts go to. */
export interface Person {
  readonly cookie: string
  readonly csrf: string
  readonly dossierId: string
}

export interface People {
  /** in their own hat */
  readonly members: readonly Person[]
  /** of cells: secretaries */
  readonly secretaries: readonly Person[]
  /** of communes: leaders and officers */
  readonly officers: readonly Person[]
}

/** Signs in so many members and officers, drawn from all over the registry, as sign-in makes sessions. */
export async function signPeopleIn(
  database: Database,
  count: { members: number; officers: number },
): Promise<People> {
  const members = await database.read.rows<{ id: string; openDraft: string | null }>(sql`
    select m.id, (select d.id from dossier d where d.subject_id = m.id and d.procedure = 'official-transfer' and d.is_open) as "openDraft"
      from member m tablesample bernoulli (${await shareOf(database, 20 * count.members)})
     where m.standing = 'active'
       and exists (select from membership s where s.member_id = m.id and s.until is null and s.standing = 'active')
       and not exists (select from office o where o.member_id = m.id) order by md5(m.id::text) limit ${count.members}`)
  const holders = (positions: readonly string[], limit: number) =>
    database.read.rows<{ id: string; officeId: string }>(sql`
      select o.member_id as id, o.id as "officeId" from office o
       where o.until is null and o.position = any(${positions}::text[]) order by md5(o.id::text) limit ${limit}`)
  const signIn = (people: readonly { id: string; officeId?: string; openDraft?: string | null }[]) =>
    database.transaction(async (write) => {
      const signedIn: Person[] = []
      for (const { id, officeId, openDraft } of people) {
        const now = new Date()
        const choice: HatChoice = officeId ? { officeId, grantId: null } : OWN_HAT
        const secret = await openSession(write, {
          memberId: id,
          choice,
          signedInAt: now,
          device: 'bench',
          now,
        })
        signedIn.push({
          cookie: `dangvu-session=${secret}`,
          csrf: csrfOf(secret),
          dossierId: openDraft ?? randomUUID(),
        })
      }
      return signedIn
    })
  return {
    members: await signIn(members),
    secretaries: await signIn(await holders(['cell-secretary'], count.officers)),
    officers: await signIn(
      await holders(['committee-deputy-secretary', 'building-officer', 'office-clerk'], count.officers),
    ),
  }
}

/** The percentage of all members in which about so many are. */
async function shareOf(database: Database, wanted: number): Promise<number> {
  const { members } = await database.read.one<{ members: number }>(
    sql`select count(*) as members from member`,
  )
  return Math.min(100, (100 * wanted) / members)
}

/** What is asked for, and how often of a hundred. */
interface Kind {
  readonly share: number
  readonly who: keyof People
  readonly path: string
  /** a form sent: the fields */
  readonly fields?: (person: Person) => Record<string, string>
}

const KINDS: Readonly<Record<string, Kind>> = {
  'member, home': { share: 25, who: 'members', path: '/' },
  'member, fees': { share: 15, who: 'members', path: '/fees' },
  'member, own record': { share: 10, who: 'members', path: '/my-record' },
  'member, notices': { share: 5, who: 'members', path: '/notices' },
  'member, draft saved': {
    share: 10,
    who: 'members',
    path: '/transfers/:dossier/save-draft',
    fields: () => ({ reasonText: `Chuyển về nơi ở mới, lần ghi ${performance.now()}` }),
  },
  'secretary, home': { share: 10, who: 'secretaries', path: '/' },
  'secretary, members': { share: 6, who: 'secretaries', path: '/registry/members' },
  'secretary, month of fees': { share: 4, who: 'secretaries', path: '/fees/month' },
  'officer, home': { share: 8, who: 'officers', path: '/' },
  'officer, members': { share: 5, who: 'officers', path: '/registry/members' },
  'officer, a search': { share: 2, who: 'officers', path: '/registry/members?q=nguyen+van' },
}

const drawn = Object.entries(KINDS).flatMap(([name, { share }]) => Array<string>(share).fill(name))
const oneOf = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)]!

function callOf(base: string, people: People): { readonly name: string; readonly call: Call } {
  const name = oneOf(drawn)
  const { who, path, fields } = KINDS[name]!
  const person = oneOf(people[who])
  const headers = { cookie: person.cookie }
  const target = path.replace(':dossier', person.dossierId)
  if (!fields) return { name, call: { base, method: 'GET', path: target, headers, status: 200 } }
  const body = new URLSearchParams({
    csrf: person.csrf,
    commandId: randomUUID(),
    ...fields(person),
  }).toString()
  return { name, call: { base, method: 'POST', path: target, headers, body, status: 303 } }
}

export interface Answered {
  readonly name: string
  /** from when it was due */
  readonly ms: number
}

/** Who is answered so late stands in nobody's way: past so many at once the next is not sent, and counts as failed. */
const MOST_AT_ONCE = 2_000

export interface Traffic {
  readonly answered: readonly Answered[]
  /** what went wrong, and how often */
  readonly failed: Readonly<Record<string, number>>
}

/** Sends `rate` requests a second for so many seconds, at moments drawn as people come, and waits for the last answer. */
export async function sendTraffic(
  base: string,
  people: People,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<Traffic> {
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_AT_ONCE })
  const answered: Answered[] = []
  const failed: Record<string, number> = {}
  const under = new Set<Promise<void>>()
  const fail = (what: string) => (failed[what] = (failed[what] ?? 0) + 1)
  const began = performance.now()
  let due = began
  while (due < began + seconds * 1000) {
    due += (-Math.log(1 - Math.random()) * 1000) / rate
    const wait = due - performance.now()
    if (wait > 1) await pause(wait)
    if (under.size >= MOST_AT_ONCE) {
      fail('not sent')
      continue
    }
    const { name, call } = callOf(base, people)
    const at = due
    const one: Promise<void> = send(agent, call)
      .then(
        () => void answered.push({ name, ms: performance.now() - at }),
        (error: unknown) => void fail(`${name}: ${(error as Error).message}`),
      )
      .finally(() => under.delete(one))
    under.add(one)
  }
  await Promise.all(under)
  agent.destroy()
  return { answered, failed }
}

/** The value below which `part` of the values lie. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

/** p50, p95, p99 in milliseconds: of all, and of each kind. */
export function latencies(answered: readonly Answered[]) {
  const of = (values: readonly number[]) => {
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((part) => Math.round(quantile(values, part)))
    return { requests: values.length, p50, p95, p99 }
  }
  const kinds = Object.keys(KINDS).map((name) => [
    name,
    of(answered.filter((one) => one.name === name).map(({ ms }) => ms)),
  ])
  return {
    all: of(answered.map(({ ms }) => ms)),
    kinds: Object.fromEntries(kinds) as Record<string, ReturnType<typeof of>>,
  }
}
