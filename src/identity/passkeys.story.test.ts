/** Passkeys through HTTP: registered while VNeID works, a way in while it is away, and every lie about them refused. */
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeDevice, type Device, type Lies } from '../../tests/authenticator.ts'
import { AN, BA, startIdentityServer, type IdentityServer } from '../../tests/identity-server.ts'
import { codeOf, type Browser } from '../../tests/story-browser.ts'
import { sql } from '../kernel/db.ts'
import { releaseAccount } from './accounts.ts'
import { passkeysOf } from './passkeys.ts'

let server: IdentityServer
beforeAll(async () => {
  server = await startIdentityServer()
})
afterAll(() => server.stop())
beforeEach(async () => {
  await server.reset()
  await server.world.change('delete from passkey')
  await server.world.change('delete from provider_outage')
})

async function send(browser: Browser, path: string, body: object, csrf = ''): Promise<Response> {
  return browser.open(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
  })
}

/** Signs in with VNeID and registers a device; returns it with the browser. */
async function registered(person = AN, lies: Lies = {}) {
  const browser = server.browser()
  await browser.signIn(person)
  const device = makeDevice(server.publicUrl)
  const answer = await register(browser, device, lies)
  return { browser, device, answer }
}

async function register(browser: Browser, device: Device, lies: Lies = {}): Promise<Response> {
  const { csrf } = await browser.session()
  const options = await (await send(browser, '/passkeys/options', {}, csrf)).json()
  return send(browser, '/passkeys', { name: 'Điện thoại', answer: device.register(options, lies) }, csrf)
}

/** Comes in by a device in a new browser. */
async function comeIn(device: Device, lies: Lies = {}, browser = server.browser()) {
  const asked = await send(browser, '/sign-in/passkey/options', {})
  const { challenge } = (await asked.json()) as { challenge: string }
  const body = { return: '/sessions', answer: device.answer(challenge, lies) }
  return { browser, body, answer: await send(browser, '/sign-in/passkey', body) }
}

async function vneidGoesAway(): Promise<void> {
  server.provider.reach.setAway(true)
  const answer = await server.browser().open('/sign-in/start')
  expect(answer.status).toBe(503)
}

test('registered beforehand, it opens a session that only reads and drafts, while VNeID is away', async () => {
  const { answer, device } = await registered()
  expect(answer.status).toBe(201)
  await vneidGoesAway()
  const page = await (await server.browser().open('/sign-in?return=%2Fsessions')).text()
  expect(page).toContain('VNeID hiện không phản hồi (từ ')
  expect(page).toContain('data-passkey="sign-in"')

  const inside = await comeIn(device)
  expect(inside.answer.status).toBe(200)
  expect(await inside.answer.json()).toEqual({ next: '/sessions' })
  const session = await inside.browser.session()
  expect(session).toMatchObject({ memberId: server.ids.an, level: 'passkey' })
  const signing = await inside.browser.post('/paper/sign', { csrf: session.csrf })
  expect([signing.status, await codeOf(signing)]).toEqual([403, 'identity.stale-sign-in'])
  expect(await codeOf(await send(inside.browser, '/passkeys/options', {}, session.csrf))).toBe(
    'identity.stale-sign-in',
  )
})

test('it ends after its own time, however busy', async () => {
  const { device } = await registered()
  await vneidGoesAway()
  const { browser } = await comeIn(device)
  server.later(239)
  await browser.session()
  server.later(241)
  expect((await browser.open('/api/v1/session')).status).not.toBe(200)
})

test('while VNeID works it is not taken, unless the setting of the day says so', async () => {
  const { device } = await registered()
  const refused = await send(server.browser(), '/sign-in/passkey/options', {})
  expect([refused.status, await codeOf(refused)]).toEqual([409, 'identity.passkey-not-now'])
  const set = (value: string) =>
    server.world.change(
      `insert into setting_value (key, valid_from, value, reason) values ('passkey.use', '2020-01-01', $1, 'kiểm thử')
       on conflict (key, valid_from) do update set value = excluded.value`,
      [JSON.stringify(value)],
    )
  await set('never')
  const { forgetSettings } = await import('../kernel/settings.ts')
  forgetSettings(server.world.database)
  await vneidGoesAway()
  expect((await send(server.browser(), '/sign-in/passkey/options', {})).status).toBe(409)
  await set('always')
  forgetSettings(server.world.database)
  expect((await comeIn(device)).answer.status).toBe(200)
  await server.world.change(`delete from setting_value where key = 'passkey.use'`)
  forgetSettings(server.world.database)
})

test('VNeID back, the same person signs in to a session of full level, with another cookie', async () => {
  const { device } = await registered()
  await vneidGoesAway()
  const { browser } = await comeIn(device)
  const before = await browser.session()
  server.provider.reach.setAway(false)
  server.later(2)
  await browser.signIn(AN)
  const after = await browser.session()
  expect(after).toMatchObject({ memberId: server.ids.an, level: 'level-2' })
  expect(after.csrf).not.toBe(before.csrf)
  const rows = await server.world.database.read.rows<{ level: string; end_reason: string | null }>(sql`
    select level, end_reason from session where member_id = ${server.ids.an} and level = 'passkey'`)
  expect(rows).toEqual([{ level: 'passkey', end_reason: 'replaced' }])
})

const OTHER_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

test.each<[string, Lies]>([
  ['another origin', { origin: 'https://vneid.example' }],
  ['another name', { rpId: 'vneid.example' }],
  ['nobody verified', { verified: false }],
  ['another key', { key: OTHER_KEY }],
  ['another person’s handle', { userHandle: 'AAAA' }],
])('a sign-in with %s is refused', async (_what, lies) => {
  const { device } = await registered()
  await vneidGoesAway()
  const { answer, browser } = await comeIn(device, lies)
  expect([answer.status, await codeOf(answer)]).toEqual([403, 'identity.passkey-not-taken'])
  expect((await browser.open('/api/v1/session')).status).toBe(403)
})

test.each<[string, Lies]>([
  ['another origin', { origin: 'https://vneid.example' }],
  ['another name', { rpId: 'vneid.example' }],
  ['nobody verified', { verified: false }],
])('a registration with %s is refused', async (_what, lies) => {
  const { answer } = await registered(AN, lies)
  expect([answer.status, await codeOf(answer)]).toEqual([403, 'identity.passkey-not-taken'])
  expect(await passkeysOf(server.world.database.read, server.ids.an)).toEqual([])
})

test('an answer counts once, in its own browser, to its own challenge, within minutes', async () => {
  const { device, browser: own } = await registered()
  await vneidGoesAway()
  const first = await comeIn(device)
  expect(first.answer.status).toBe(200)
  const token = (await first.browser.session()).csrf
  expect(await codeOf(await send(first.browser, '/sign-in/passkey', first.body, token))).toBe(
    'identity.passkey-too-late',
  )

  const asking = server.browser()
  const { challenge } = (await (await send(asking, '/sign-in/passkey/options', {})).json()) as {
    challenge: string
  }
  const body = { answer: device.answer(challenge) }
  expect(await codeOf(await send(server.browser(), '/sign-in/passkey', body))).toBe(
    'identity.passkey-too-late',
  )
  server.later(6)
  expect(await codeOf(await send(asking, '/sign-in/passkey', body))).toBe('identity.passkey-too-late')
  server.later(0)

  const made = await comeIn(device, { challenge: 'AAAAAAAAAAAA' })
  expect(await codeOf(made.answer)).toBe('identity.passkey-too-late')
  // A challenge of a registration opens no session.
  const { csrf } = await own.session()
  const options = (await (await send(own, '/passkeys/options', {}, csrf)).json()) as { challenge: string }
  const crossing = { answer: device.answer(options.challenge) }
  const crossed = await send(own, '/sign-in/passkey', crossing, csrf)
  expect(await codeOf(crossed)).toBe('identity.passkey-too-late')
})

test('a counter that goes back is refused, and its owner is told', async () => {
  const { device } = await registered()
  await vneidGoesAway()
  expect((await comeIn(device, { counter: 9 })).answer.status).toBe(200)
  for (const counter of [9, 3, 0]) {
    const { answer } = await comeIn(device, { counter })
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'identity.passkey-copied'])
  }
  const told = await server.world.database.read.rows(sql`
    select 1 from notice where member_id = ${server.ids.an} and code = 'passkey.copied'`)
  expect(told).toHaveLength(1)
  expect((await comeIn(device, { counter: 10 })).answer.status).toBe(200)
})

test('only somebody freshly signed in with VNeID registers one, on a page of the own session', async () => {
  const browser = server.browser()
  expect((await send(browser, '/passkeys/options', {})).status).toBe(403)
  await browser.signIn(AN)
  expect(await codeOf(await send(browser, '/passkeys/options', {}))).toBe('identity.form-not-ours')
  const { csrf } = await browser.session()
  server.later(6)
  expect(await codeOf(await send(browser, '/passkeys/options', {}, csrf))).toBe('identity.stale-sign-in')
})

test('a challenge given to one member registers nothing for another, and a key is registered once', async () => {
  const an = server.browser()
  await an.signIn(AN)
  const options = await (await send(an, '/passkeys/options', {}, (await an.session()).csrf)).json()
  const device = makeDevice(server.publicUrl)
  const made = device.register(options)
  await an.signIn(BA)
  const { csrf } = await an.session()
  expect(await codeOf(await send(an, '/passkeys', { name: 'x', answer: made }, csrf))).toBe(
    'identity.passkey-too-late',
  )

  expect((await register(an, device)).status).toBe(201)
  const again = await register(an, device)
  expect([again.status, await codeOf(again)]).toEqual([409, 'identity.passkey-known'])
})

test('removed by its owner it opens nothing, and what it opened ends; nobody else removes it', async () => {
  const { device, browser } = await registered()
  const ba = await registered(BA)
  const [passkey] = await passkeysOf(server.world.database.read, server.ids.an)
  const foreign = await ba.browser.post('/passkeys/remove', {
    csrf: (await ba.browser.session()).csrf,
    passkey: passkey!.id,
  })
  expect([foreign.status, await codeOf(foreign)]).toEqual([404, 'identity.unknown-passkey'])

  await vneidGoesAway()
  const inside = await comeIn(device)
  const { csrf } = await browser.session()
  const removed = await browser.post('/passkeys/remove', { csrf, passkey: passkey!.id })
  expect(removed.headers.get('location')).toBe('/sessions?done=passkey-removed#passkeys')
  expect((await inside.browser.open('/api/v1/session')).status).toBe(403)
  expect(await codeOf((await comeIn(device)).answer)).toBe('identity.passkey-not-taken')
  expect((await comeIn(ba.device)).answer.status).toBe(200)
  const codes = await server.world.database.read.rows<{ code: string }>(sql`
    select distinct code from notice where member_id = ${server.ids.an} and code <> 'passkey.copied' order by code`)
  expect(codes.map(({ code }) => code)).toEqual(['passkey.added', 'passkey.removed'])
})

test('it falls with the tie of the account, and with the membership', async () => {
  const { device } = await registered()
  const ba = await registered(BA)
  const { database } = server.world
  await database.transaction((write) =>
    releaseAccount(write, {
      memberId: server.ids.an,
      basis: 'Mất điện thoại',
      by: server.ids.ba,
      now: new Date(),
    }),
  )
  await server.world.change(`update member set standing = 'left' where id = $1`, [server.ids.ba])
  await vneidGoesAway()
  for (const gone of [device, ba.device])
    expect(await codeOf((await comeIn(gone)).answer)).toBe('identity.passkey-not-taken')
  expect(await passkeysOf(database.read, server.ids.an)).toEqual([])
})

test('the application itself can neither change a key nor bring a removed one back', async () => {
  await registered()
  const { database } = server.world
  const change = (text: ReturnType<typeof sql>) => database.transaction((write) => write.run(text))
  await expect(change(sql`update passkey set public_key = ''`)).rejects.toThrow(/permission denied/)
  await expect(change(sql`update passkey set member_id = ${server.ids.ba}`)).rejects.toThrow(
    /permission denied/,
  )
  await expect(change(sql`delete from passkey`)).rejects.toThrow(/permission denied/)
  await change(sql`update passkey set removed_at = now(), removed_why = 'owner'`)
  await expect(change(sql`update passkey set removed_at = null, removed_why = null`)).rejects.toThrow(
    /history is only added to/,
  )
})
