/** Signing in, told through HTTP: a real server, the development provider, browsers that follow redirects by hand. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AN, BA, freePort, startIdentityServer, type IdentityServer } from '../../tests/identity-server.ts'
import { codeOf, type Browser } from '../../tests/story-browser.ts'
import { sql } from '../kernel/db.ts'
import { UNKNOWN_CITIZEN, type DemoPerson } from './development-provider.ts'
import { createRelyingParty } from './relying-party.ts'

let server: IdentityServer
beforeAll(async () => {
  server = await startIdentityServer()
})
afterAll(() => server.stop())
beforeEach(() => server.reset())

describe('signing in', () => {
  test('a member comes in and lands where she wanted to go', async () => {
    const an = server.browser()
    expect(await codeOf(await an.open('/sessions'))).toBe('identity.sign-in-needed')
    expect(await (await an.open('/sign-in?return=/sessions')).text()).toContain(
      '/sign-in/start?return=%2Fsessions',
    )
    const arrived = await an.signIn(AN, '/sessions?from=story')
    expect(arrived.status).toBe(303)
    expect(arrived.headers.get('location')).toBe('/sessions?from=story')
    expect(await an.session()).toMatchObject({ memberId: server.ids.an, hat: { key: 'member' } })
    expect(await (await an.open('/sessions')).text()).toContain('Firefox · Linux')
    expect((await an.open('/sign-in?return=/x')).headers.get('location')).toBe('/x')
  })

  test('the cookie is closed to scripts and foreign forms; an officer’s ends with the browser', async () => {
    const cookieOf = (response: Response) =>
      response.headers.getSetCookie().find((line) => line.startsWith('dangvu-session=')) ?? ''
    const member = cookieOf(await server.browser().signIn(AN))
    expect(member).toMatch(/HttpOnly/)
    expect(member).toMatch(/SameSite=Lax/)
    expect(member).toMatch(/Max-Age=2592000/)
    expect(cookieOf(await server.browser().signIn(BA))).not.toMatch(/Max-Age|Expires/)
  })

  test('the provider says plainly that it is not the real one, lists people by role and finds others', async () => {
    const browser = server.browser()
    const address = await browser.startSignIn()
    const response = await browser.open(address)
    // Browsers hold the redirects after a form to form-action as well: our callback must be among them.
    expect(response.headers.get('content-security-policy')).toContain(
      `form-action 'self' ${server.publicUrl}`,
    )
    const page = await response.text()
    expect(page).toContain('không phải VNeID thật')
    expect(page).toMatch(/<h2>Bí thư chi bộ<\/h2>[^]*id="person-079155000002"/)
    expect(await (await browser.open(`${address}?words=nguyen`)).text()).toMatch(
      /Tìm thấy[^]*id="person-079185000001"/,
    )
    expect(await (await browser.open(`${address}?words=zzz`)).text()).toContain('Không có ai như vậy')
  })

  test('somebody not listed but in the registry can be chosen too', async () => {
    const chi: DemoPerson = {
      personalId: '079190000003',
      name: 'Lê Thị Chi',
      birthDate: '1990-01-02',
      role: '',
    }
    const memberId = await server.world.member({ ...chi, organisationId: server.ids.cell })
    const browser = server.browser()
    await browser.signIn(chi)
    expect((await browser.session()).memberId).toBe(memberId)
  })

  test.each(['https://evil.example/', '//evil.example', '/sign-out'])(
    'it never leads to %s',
    async (target) => {
      expect((await server.browser().signIn(AN, target)).headers.get('location')).toBe('/')
    },
  )
})

describe('who does not come in', () => {
  test('an account of level 1', async () => {
    const browser = server.browser()
    const page = await browser.startSignIn()
    const answer = await browser.open(await browser.choose(page, { person: AN.personalId, level: '1' }))
    expect(answer.status).toBe(403)
    expect(await codeOf(answer)).toBe('identity.level-too-low')
    expect(await codeOf(await browser.open('/sessions'))).toBe('identity.sign-in-needed')
  })

  test('a citizen who is not in the registry', async () => {
    const answer = await server.browser().signIn(UNKNOWN_CITIZEN)
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'identity.unknown-person'])
  })

  test('who changes their mind', async () => {
    const browser = server.browser()
    const answer = await browser.open(await browser.choose(await browser.startSignIn(), { cancel: 'yes' }))
    expect(await codeOf(answer)).toBe('identity.sign-in-cancelled')
  })

  test('a callback replayed, also in the same browser', async () => {
    const browser = server.browser()
    const callback = await browser.choose(await browser.startSignIn(), { person: AN.personalId, level: '2' })
    expect((await browser.open(callback)).status).toBe(303)
    expect(await codeOf(await browser.open(callback))).toBe('identity.sign-in-not-ours')
  })

  test('a callback begun in another browser', async () => {
    const [thief, victim] = [server.browser(), server.browser()]
    const callback = await thief.choose(await thief.startSignIn(), { person: AN.personalId, level: '2' })
    await victim.startSignIn()
    expect(await codeOf(await victim.open(callback))).toBe('identity.sign-in-not-ours')
    expect(await codeOf(await server.browser().open(callback))).toBe('identity.sign-in-not-ours')
  })

  test('a code that was swapped, a state that is missing, garbage', async () => {
    const browser = server.browser()
    const callback = new URL(
      await browser.choose(await browser.startSignIn(), { person: AN.personalId, level: '2' }),
    )
    callback.searchParams.set('code', 'x'.repeat(43))
    expect(await codeOf(await browser.open(callback.href))).toBe('identity.sign-in-failed')
    for (const query of [
      '',
      '?state=',
      '?state=a&state=b',
      '?state=%00',
      `?code=1&state=${'x'.repeat(600)}`,
    ]) {
      const answer = await browser.open(`/sign-in/callback${query}`)
      expect([answer.status, await codeOf(answer)]).toEqual([403, 'identity.sign-in-not-ours'])
    }
  })

  test('an answer that comes a quarter of an hour late', async () => {
    const browser = server.browser()
    const callback = await browser.choose(await browser.startSignIn(), { person: AN.personalId, level: '2' })
    server.later(16)
    expect(await codeOf(await browser.open(callback))).toBe('identity.sign-in-not-ours')
  })
})

describe('the secret in the cookie', () => {
  const secretOf = (browser: Browser) => sessionCookieOf(browser)[1]
  const sessionCookieOf = (browser: Browser) => {
    const [cookies] = [...browser.jar]
      .filter(([host]) => server.publicUrl.endsWith(host))
      .map(([, jar]) => jar)
    return [...(cookies ?? [])].find(([name]) => name === 'dangvu-session') ?? ['', '']
  }
  const whoHolds = (secret: string) => {
    const thief = server.browser()
    thief.jar.set(new URL(server.publicUrl).host, new Map([['dangvu-session', secret]]))
    return thief.open('/api/v1/session')
  }

  test('is another one after every proof of who one is and in every hat, and the one before opens nothing once it was used', async () => {
    const ba = server.browser()
    await ba.signIn(BA)
    const { csrf } = await ba.session()
    const steps: readonly (() => Promise<unknown>)[] = [
      () => ba.signIn(BA, '/paper'),
      () => ba.post('/hat', { hat: `office:${server.ids.office}`, csrf }),
      () =>
        ba.open('/api/v1/hats/current', {
          method: 'PUT',
          headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
          body: JSON.stringify({ hat: 'member' }),
        }),
    ]
    for (const step of steps) {
      const before = secretOf(ba)
      expect((await whoHolds(before)).status).toBe(200)
      await step()
      expect(secretOf(ba)).not.toBe(before)
      await ba.session()
      expect(await codeOf(await whoHolds(before))).toBe('identity.sign-in-needed')
    }
    // what was half written on a page opened at first can still be sent
    expect((await ba.post('/paper/sign', { csrf })).status).toBe(200)
    const listed = (await (await ba.open('/api/v1/sessions')).json()) as { sessions: unknown[] }
    expect(listed.sessions).toHaveLength(1)
  })

  test('lost with its answer is given again within the minute: nobody is signed out by a poor line', async () => {
    const ba = server.browser()
    await ba.signIn(BA)
    const { csrf } = await ba.session()
    const before = secretOf(ba)
    // the hat is put on, and nothing of the answer comes back
    const lost = await fetch(new URL('/hat', server.publicUrl), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: `dangvu-session=${before}`, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ hat: `office:${server.ids.office}`, csrf }),
    })
    expect(lost.status).toBe(303)
    server.later(0.25)
    expect(await ba.session()).toMatchObject({ hat: { key: `office:${server.ids.office}` } })
    expect(secretOf(ba)).not.toBe(before)
    server.later(2)
    expect(await ba.session()).toMatchObject({ memberId: server.ids.ba })
    expect(await codeOf(await whoHolds(before))).toBe('identity.sign-in-needed')
    server.later(0)
  })

  test('given by somebody else is not the one that is signed in with', async () => {
    const planted = 'x'.repeat(43)
    const browser = server.browser()
    browser.jar.set(new URL(server.publicUrl).host, new Map([['dangvu-session', planted]]))
    await browser.signIn(AN)
    expect(secretOf(browser)).not.toBe(planted)
    expect(await codeOf(await whoHolds(planted))).toBe('identity.sign-in-needed')
  })
})

describe('signing a paper', () => {
  test('needs a sign-in of the last five minutes; signing in again keeps the session and its forms', async () => {
    const browser = server.browser()
    await browser.signIn(AN)
    const { csrf } = await browser.session()
    expect((await browser.post('/paper/sign', { csrf })).status).toBe(200)
    server.later(6)
    const stale = await browser.post('/paper/sign', { csrf })
    expect(stale.status).toBe(403)
    expect(await stale.json()).toMatchObject({ code: 'identity.stale-sign-in', facts: { minutes: 5 } })
    server.later(0)
    await browser.signIn(AN, '/paper')
    expect((await browser.session()).csrf).toBe(csrf)
    expect((await browser.post('/paper/sign', { csrf })).status).toBe(200)
  })

  test('without the form token, or with another session’s, nothing is signed', async () => {
    const [one, other] = [server.browser(), server.browser()]
    await one.signIn(AN)
    await other.signIn(AN)
    const foreign = (await other.session()).csrf
    for (const fields of [{}, { csrf: '' }, { csrf: foreign }])
      expect(await codeOf(await one.post('/paper/sign', fields))).toBe('identity.form-not-ours')
    const header = { 'x-csrf-token': (await one.session()).csrf }
    expect((await one.open('/paper/sign', { method: 'POST', headers: header })).status).toBe(200)
  })
})

describe('one person, two hats', () => {
  test('the secretary switches, acts as such, is remembered, and loses the hat the day the office ends', async () => {
    const ba = server.browser()
    await ba.signIn(BA)
    const { csrf } = await ba.session()
    const { hats } = (await (await ba.open('/api/v1/hats')).json()) as {
      hats: { key: string; positionName?: string }[]
    }
    expect(hats.map((hat) => hat.positionName)).toEqual([undefined, 'Bí thư'])
    const office = `office:${server.ids.office}`
    expect(await codeOf(await ba.post('/hat', { hat: office }))).toBe('identity.form-not-ours')
    expect((await ba.post('/hat', { hat: office, csrf, return: '/queue' })).headers.get('location')).toBe(
      '/queue',
    )
    expect(await (await ba.post('/paper/sign', { csrf })).json()).toMatchObject({
      hat: { position: 'secretary', officeId: server.ids.office },
    })
    expect(await codeOf(await ba.post('/paper/sign', { csrf, openedAs: 'member' }))).toBe(
      'identity.hat-changed',
    )

    const next = server.browser()
    await next.signIn(BA)
    expect((await next.session()).hat.key).toBe(office)

    await server.world.change(`update office set until = '2026-11-19' where id = $1`, [server.ids.office])
    const refused = await ba.post('/paper/sign', { csrf })
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'identity.hat-ended'])
    expect(await ba.session()).toMatchObject({ hat: { key: 'member' }, hatEnded: false })
    expect(await codeOf(await ba.post('/hat', { hat: office, csrf }))).toBe('identity.hat-not-yours')
  })

  test('an unknown hat is refused with its reason', async () => {
    const an = server.browser()
    await an.signIn(AN)
    const { csrf } = await an.session()
    expect(await codeOf(await an.post('/hat', { hat: 'office:1', csrf }))).toBe('identity.unknown-hat')
    expect(await codeOf(await an.post('/hat', { hat: `office:${server.ids.office}`, csrf }))).toBe(
      'identity.hat-not-yours',
    )
    const missing = await an.post('/hat', { csrf })
    expect(missing.status).toBe(400)
    expect(await missing.json()).toMatchObject({ code: 'identity.invalid-input', fields: [{ field: 'hat' }] })
  })
})

describe('sessions', () => {
  test('an officer’s ends after 15 idle minutes, a member’s goes on', async () => {
    const [ba, an] = [server.browser(), server.browser()]
    await ba.signIn(BA)
    await an.signIn(AN)
    server.later(16)
    expect(await codeOf(await ba.open('/sessions'))).toBe('identity.sign-in-needed')
    expect((await an.open('/sessions')).status).toBe(200)
  })

  test('one that was revoked from elsewhere is over at once', async () => {
    const [phone, desk] = [server.browser(), server.browser()]
    await phone.signIn(AN)
    await desk.signIn(AN)
    const { csrf } = await desk.session()
    const { sessions } = (await (await desk.open('/api/v1/sessions')).json()) as {
      sessions: { id: string; current: boolean }[]
    }
    const other = sessions.find((session) => !session.current)!
    expect((await desk.post('/sessions/end', { session: other.id, csrf })).headers.get('location')).toBe(
      '/sessions',
    )
    expect((await phone.open('/sessions')).status).toBe(403)
    expect((await desk.post('/sessions/end', { session: 'all', csrf })).headers.get('location')).toBe(
      '/sign-in',
    )
    expect((await desk.open('/sessions')).status).toBe(403)
  })

  test('signing out ends it, also for who kept the cookie', async () => {
    const an = server.browser()
    await an.signIn(AN)
    const kept = new Map(an.jar.get(new URL(server.publicUrl).host))
    expect(await codeOf(await an.post('/sign-out', {}))).toBe('identity.form-not-ours')
    const out = await an.post('/sign-out', { csrf: (await an.session()).csrf })
    expect(out.headers.get('location')).toBe('/sign-in')
    an.jar.set(new URL(server.publicUrl).host, kept)
    expect((await an.open('/sessions')).status).toBe(403)
    expect((await an.post('/sign-out', {})).headers.get('location')).toBe('/sign-in')
  })

  test('somebody else signing in here ends the first one’s session and starts at home', async () => {
    const shared = server.browser()
    await shared.signIn(AN)
    const arrived = await shared.signIn(BA, '/sessions')
    expect(arrived.headers.get('location')).toBe('/')
    expect((await shared.session()).memberId).toBe(server.ids.ba)
    const reasons = await server.world.database.read.rows(
      sql`select end_reason from session where member_id = ${server.ids.an}`,
    )
    expect(reasons).toEqual([{ end_reason: 'replaced' }])
  })

  test('of a member who died are over', async () => {
    const an = server.browser()
    await an.signIn(AN)
    await server.world.change(`update member set standing = 'deceased' where id = $1`, [server.ids.an])
    expect(await codeOf(await an.open('/sessions'))).toBe('identity.sign-in-needed')
    expect(await codeOf(await an.signIn(AN))).toBe('identity.unknown-person')
  })
})

test('the provider gone: a clear page, and whoever is signed in goes on', async () => {
  const an = server.browser()
  await an.signIn(AN)
  const nobody = `http://127.0.0.1:${await freePort()}`
  const { app, address } = await server.start(
    createRelyingParty({ ...server.provider.configuration, issuer: nobody }),
  )
  try {
    const answer = await server.browser().open(`${address}/sign-in/start?return=/sessions`)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('60')
    const page = await answer.text()
    expect(page).toContain('VNeID hiện không phản hồi (từ ')
    expect(page).toContain('/sign-in/start?return=%2Fsessions')
    an.jar.set(new URL(address).host, an.jar.get(new URL(server.publicUrl).host)!)
    expect((await an.open(`${address}/sessions`)).status).toBe(200)
  } finally {
    await app.close()
  }
})
