/** Sessions on the real database: found, aged, switched, revoked, ended from outside; and the plan of the query behind each request. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { identityWorld, minutesLater, NOW, TODAY, type IdentityWorld } from '../../tests/identity-world.ts'
import { sql } from '../kernel/db.ts'
import { Refusal } from '../kernel/refusal.ts'
import { choiceOf, OWN_HAT } from './hats.ts'
import { sessionQuery } from './session-lookup.ts'
import {
  actorOf,
  checkCsrf,
  endSessionsOf,
  findSession,
  forgetOldSessions,
  openSession,
  refreshSession,
  renewSecret,
  revokeSession,
  sessionsOf,
  sha256Hex,
  switchHat,
  type ActingSession,
} from './sessions.ts'

let world: IdentityWorld
let cell: string
let an: string
let digits = 200_000_000_000

beforeAll(async () => {
  world = await identityWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  cell = await world.organisation('Chi bộ Khu phố 1')
  an = await world.member({ name: 'Nguyễn Thị An', personalId: String(++digits), organisationId: cell })
})

const write = <T>(work: Parameters<IdentityWorld['database']['transaction']>[0]) =>
  world.database.transaction(work) as Promise<T>
const open = (memberId = an) =>
  write<string>((w) =>
    openSession(w, { memberId, choice: OWN_HAT, signedInAt: NOW, device: 'Firefox · Linux', now: NOW }),
  )
const found = (secret: string, minutes = 0, today = TODAY) =>
  findSession(world.database, secret, minutesLater(minutes), today)
const find = async (secret: string, minutes = 0) => (await found(secret, minutes))?.session
const mustFind = async (secret: string, minutes = 0): Promise<ActingSession> => {
  const session = await find(secret, minutes)
  if (session === undefined) throw new Error('a session was expected')
  return session
}
const endReasons = async (memberId = an) =>
  (
    await world.database.read.rows<{ end_reason: string | null }>(sql`
    select end_reason from session where member_id = ${memberId} order by created_at`)
  ).map((row) => row.end_reason)

describe('a session', () => {
  test('is found by its secret alone, which the database does not know', async () => {
    const secret = await open()
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    const session = await mustFind(secret)
    expect(session).toMatchObject({
      memberId: an,
      memberName: 'Nguyễn Thị An',
      officer: false,
      hatEnded: false,
      signedInAt: NOW,
    })
    expect(await find(`${secret.slice(0, -1)}_`)).toBeUndefined()
    const [row] = await world.database.read.rows(sql`select * from session where member_id = ${an}`)
    expect(JSON.stringify(row)).not.toContain(secret)
    expect(JSON.stringify(row)).toContain(sha256Hex(secret))
  })
  test('acts as its person, in its hat', async () => {
    const office = await world.office({ memberId: an, organisationId: cell })
    const secret = await open()
    await write((w) =>
      mustFind(secret).then((session) => switchHat(w, session, choiceOf(`office:${office}`), TODAY)),
    )
    expect(actorOf(await mustFind(secret))).toEqual({
      kind: 'person',
      memberId: an,
      hat: { position: 'secretary', organisationId: cell, officeId: office },
      signedInAt: NOW,
    })
  })
})

describe('time', () => {
  test("a member's ends after 12 idle hours and is written down as expired", async () => {
    const secret = await open()
    expect(await find(secret, 12 * 60)).toBeDefined()
    const other = await open()
    expect(await find(other, 12 * 60 + 1)).toBeUndefined()
    expect((await endReasons()).toSorted()).toEqual(['expired', null])
  })
  test("an officer's ends after 15 idle minutes, also while the own hat is worn", async () => {
    await world.office({ memberId: an, organisationId: cell })
    const [kept, left] = [await open(), await open()]
    expect(await find(kept, 15)).toMatchObject({ officer: true, hat: { key: 'member' } })
    expect(await find(left, 16)).toBeUndefined()
    expect(await find(kept, 29)).toBeDefined()
  })
  test('last seen is written at most once a minute', async () => {
    const secret = await open()
    const seen = async () =>
      (
        await world.database.read.one<{ at: Date }>(
          sql`select last_seen_at as at from session where member_id = ${an}`,
        )
      ).at
    await find(secret, 0.9)
    expect(await seen()).toEqual(NOW)
    await find(secret, 1.5)
    expect(await seen()).toEqual(minutesLater(1.5))
  })
  test('signing in again freshens it and keeps its form token', async () => {
    const secret = await open()
    const before = await mustFind(secret)
    await write((w) => refreshSession(w, before.id, minutesLater(40), minutesLater(40)))
    const after = await mustFind(secret, 41)
    expect(after).toMatchObject({ id: before.id, csrf: before.csrf, signedInAt: minutesLater(40) })
  })
  test('those nobody used for three months are forgotten, the others stay', async () => {
    await open()
    await write((w) => forgetOldSessions(w, minutesLater(92 * 24 * 60)))
    expect(await endReasons()).toHaveLength(1)
    await write((w) => forgetOldSessions(w, minutesLater(92 * 24 * 60 + 1)))
    expect(await endReasons()).toHaveLength(0)
  })
})

describe('a secret renewed', () => {
  const seconds = (count: number) => count / 60
  const renew = async (secret: string, at = 0) => {
    const session = await mustFind(secret, at)
    return write<string | undefined>((w) => renewSecret(w, session, secret, minutesLater(at)))
  }

  test('whose answer was lost still opens its session for a minute, proves nothing, and is given the new one again', async () => {
    const secret = await open()
    const before = await mustFind(secret)
    const renewed = await renew(secret)
    expect(renewed).not.toBe(secret)
    const onItsWay = await found(secret, seconds(4))
    expect(onItsWay).toMatchObject({ lostSecret: undefined, session: { id: before.id, csrf: before.csrf } })
    for (const late of [5, 30, 60]) {
      const lost = await found(secret, seconds(late))
      expect(lost, `${late} s`).toMatchObject({ lostSecret: renewed, session: { id: before.id } })
      expect(actorOf(lost!.session).signedInAt, 'never fresh').toEqual(new Date(0))
    }
    expect(await found(secret, seconds(61))).toBeUndefined()
    expect(await found(renewed!, seconds(61))).toMatchObject({
      lostSecret: undefined,
      session: { id: before.id, csrf: before.csrf, signedInAt: NOW },
    })
  })
  test('opens nothing any more from the first use of the new one on, whoever has it', async () => {
    const secret = await open()
    const renewed = await renew(secret)
    expect(await find(secret, seconds(1))).toBeDefined()
    await mustFind(renewed!, seconds(2))
    for (const late of [2, 10, 59]) expect(await find(secret, seconds(late))).toBeUndefined()
    const again = await renew(renewed!, seconds(20))
    await mustFind(again!, seconds(21))
    for (const old of [secret, renewed!]) expect(await find(old, seconds(22))).toBeUndefined()
  })
  test('by two requests at once is renewed once, and one that comes with the old one renews nothing', async () => {
    const secret = await open()
    const session = await mustFind(secret)
    const renewing = () => write<string | undefined>((w) => renewSecret(w, session, secret, NOW))
    const renewed = (await Promise.all([renewing(), renewing()])).filter((each) => each !== undefined)
    expect(renewed).toHaveLength(1)
    expect(await renew(secret, seconds(3))).toBeUndefined()
    expect(await find(renewed[0]!, seconds(4))).toMatchObject({ id: session.id })
  })
  test('of a session that ended opens nothing, old or new', async () => {
    const secret = await open()
    const renewed = await renew(secret)
    await write((w) => endSessionsOf(w, an, 'revoked', NOW))
    for (const each of [secret, renewed!]) expect(await find(each)).toBeUndefined()
  })
})

describe('what changes in the registry counts at the next request', () => {
  test('an office that ended takes its hat along, once, and the own hat stays', async () => {
    const office = await world.office({ memberId: an, organisationId: cell })
    const secret = await open()
    await write((w) =>
      mustFind(secret).then((session) => switchHat(w, session, choiceOf(`office:${office}`), TODAY)),
    )
    await world.change(`update office set until = '2026-11-19' where id = $1`, [office])
    expect(await find(secret)).toMatchObject({ hat: { key: 'member' }, hatEnded: true, officer: false })
    expect(await find(secret)).toMatchObject({ hat: { key: 'member' }, hatEnded: false })
  })
  test.each(['left', 'removed', 'deceased'])('a member who %s is out', async (standing) => {
    const secret = await open()
    await world.change(`update member set standing = $2 where id = $1`, [an, standing])
    expect(await find(secret)).toBeUndefined()
    expect(await endReasons()).toEqual(['member-gone'])
  })
})

describe('hats', () => {
  test('of others are refused and nothing changes', async () => {
    const other = await world.member({
      name: 'Người Khác',
      personalId: String(++digits),
      organisationId: cell,
    })
    const office = await world.office({ memberId: other, organisationId: cell })
    const secret = await open()
    const session = await mustFind(secret)
    await expect(
      write((w) => switchHat(w, session, choiceOf(`office:${office}`), TODAY)),
    ).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'identity.hat-not-yours',
    })
    expect((await mustFind(secret)).hat.key).toBe('member')
  })
})

describe('my sessions', () => {
  test('are listed, revoked one by one or all but this one', async () => {
    const secrets = [await open(), await open(), await open()]
    const here = await mustFind(secrets[0]!)
    const list = () => sessionsOf(world.database.read, an, NOW, TODAY)
    expect(await list()).toHaveLength(3)
    const third = await mustFind(secrets[2]!)
    await write((w) => revokeSession(w, an, third.id, NOW))
    await write((w) => revokeSession(w, an, third.id, NOW)) // twice is once
    expect(await find(secrets[2]!)).toBeUndefined()
    expect(await find(secrets[1]!)).toBeDefined()
    await write((w) => endSessionsOf(w, an, 'revoked', NOW, here.id))
    expect((await list()).map((session) => session.id)).toEqual([here.id])
  })
  test("somebody else's is unknown to me", async () => {
    const other = await world.member({
      name: 'Người Khác',
      personalId: String(++digits),
      organisationId: cell,
    })
    const secret = await open(other)
    const theirs = await mustFind(secret)
    await expect(write((w) => revokeSession(w, an, theirs.id, NOW))).rejects.toMatchObject({
      code: 'identity.unknown-session',
    })
    expect(await find(secret)).toBeDefined()
  })
  test('that are over are not listed', async () => {
    await open()
    expect(await sessionsOf(world.database.read, an, minutesLater(12 * 60 + 1), TODAY)).toEqual([])
  })
})

test('a form token fits its session only', async () => {
  const [mine, other] = [await mustFind(await open()), await mustFind(await open())]
  expect(() => checkCsrf(mine, mine.csrf)).not.toThrow()
  for (const token of [other.csrf, '', undefined, ['x'], mine.csrf.slice(1)])
    expect(() => checkCsrf(mine, token)).toThrow(Refusal)
})

test('the query of every request reads by keys, also in a big registry', async () => {
  await world.change(`insert into member (full_name, name_norm, sort_key, sex, birth_date, personal_id)
    select 'Ai đó', 'ai do', 'x', 'male', '1980-01-01', lpad((300000000000 + n)::text, 12, '0') from generate_series(1, 20000) n`)
  await world.change(
    `insert into membership (member_id, organisation_id, standing, since, reason)
    select id, $1, 'active', '2026-01-01', 'test' from member where name_norm = 'ai do'`,
    [cell],
  )
  await world.change(`insert into session (secret_sha256, member_id, created_at, signed_in_at, last_seen_at, device)
    select encode(sha256(id::text::bytea), 'hex'), id, now(), now(), now(), 'test' from member where name_norm = 'ai do'`)
  await world.change(
    `insert into office (member_id, position, organisation_id, since, source)
    select id, 'secretary', $1, '2026-01-01', 'test' from member where name_norm = 'ai do'`,
    [cell],
  )
  await world.change(
    `insert into delegation (id, delegator_id, delegate_member_id, procedures, valid_from, valid_to, form, basis,
      granted_at, signed_in_at)
    select gen_random_uuid(), $1, id, '{x}', '2026-01-01', '2026-01-02', 'written', 'test', now(), now()
      from member where name_norm = 'ai do' limit 5000`,
    [await world.member({ name: 'Nhiều', personalId: String(++digits) })],
  )
  await world.change('analyze')
  const secret = await open()
  for (const mode of ['force_custom_plan', 'force_generic_plan'])
    await world.database.transaction(async (w) => {
      await w.run(sql`select set_config('plan_cache_mode', ${mode}, true)`)
      expect(await w.rows(sessionQuery([sha256Hex(secret)], TODAY))).toHaveLength(1)
      const scanned = await w.rows<{ relname: string }>(sql`
        select relname from pg_stat_xact_user_tables where seq_scan > 0 and relname <> 'position'`)
      expect(scanned, mode).toEqual([])
    })
})
