/** Signing in, told through HTTP: a real server, the development provider, browsers that follow redirects by hand. */
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance } from 'fastify'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parse as parseForm } from 'node:querystring'
import { renderToString } from 'preact-render-to-string'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { identityWorld, TODAY, type IdentityWorld } from '../../tests/identity-world.ts'
import { sql } from '../kernel/db.ts'
import { Refusal } from '../kernel/refusal.ts'
import { redirectUriOf } from './configuration.ts'
import { DelegationsContent } from './delegation-page.tsx'
import { findDemoPeople } from './development-people.ts'
import {
  startDevelopmentProvider,
  UNKNOWN_CITIZEN,
  type DemoPerson,
  type DevelopmentProvider,
} from './development-provider.ts'
import { requireSession, type IdentityContext } from './identification.ts'
import { SessionsContent, SignInContent } from './page.tsx'
import { createRelyingParty } from './relying-party.ts'
import { registerIdentityRoutes } from './routes.ts'
import { requireFresh } from './session-rules.ts'
import { actorOf } from './sessions.ts'

const AN: DemoPerson = {
  personalId: '079185000001',
  name: 'Nguyễn Thị An',
  birthDate: '1985-03-08',
  role: 'Đảng viên',
}
const BA: DemoPerson = {
  personalId: '079155000002',
  name: 'Hồ Văn Ba',
  birthDate: '1955-05-19',
  role: 'Bí thư chi bộ',
}
const STATUS = { 'not-found': 404, forbidden: 403, invalid: 400, conflict: 409, 'against-rule': 422 } as const

let world: IdentityWorld
let provider: DevelopmentProvider
let app: FastifyInstance
let publicUrl: string
let minutes = 0
const ids: Record<'an' | 'ba' | 'cell' | 'office', string> = { an: '', ba: '', cell: '', office: '' }

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

beforeAll(async () => {
  world = await identityWorld()
  ids.cell = await world.organisation('Chi bộ Khu phố 1')
  ids.an = await world.member({ ...AN, organisationId: ids.cell })
  ids.ba = await world.member({ ...BA, organisationId: ids.cell })
  ids.office = await world.office({ memberId: ids.ba, organisationId: ids.cell })
  publicUrl = `http://127.0.0.1:${await freePort()}`
  provider = await startDevelopmentProvider({
    port: 0,
    issuerHost: '127.0.0.1',
    redirectUri: redirectUriOf(publicUrl),
    people: async () => [AN, BA],
    search: (words) => findDemoPeople(world.database.read, words),
  })
  app = await startApp(createRelyingParty(provider.configuration), publicUrl)
})
afterAll(async () => {
  await app.close()
  await provider.stop()
  await world.close()
})
beforeEach(async () => {
  minutes = 0
  await world.change('delete from session')
  await world.change(`update member set standing = 'active'`)
  await world.change('update office set until = null')
  await world.change(`update account set hat = 'member'`)
})

/** An application with identity and three routes of its own: who am I, sign something, act as secretary. */
async function startApp(
  relyingParty: ReturnType<typeof createRelyingParty>,
  address: string,
): Promise<FastifyInstance> {
  const server = Fastify()
  const context: IdentityContext = {
    database: world.database,
    publicUrl: address,
    now: () => new Date(Date.now() + minutes * 60_000),
    today: () => TODAY,
  }
  await server.register(cookie)
  await server.register(rateLimit, { global: false })
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, { ...parseForm(String(body)) }),
  )
  server.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refusal)
      return reply
        .code(STATUS[error.kind])
        .send({ code: error.code, fields: error.fields, facts: error.facts })
    const status = (error as { statusCode?: number }).statusCode ?? 500
    return reply.code(status).send({ code: status === 500 ? String(error) : 'http' })
  })
  await registerIdentityRoutes(server, {
    ...context,
    relyingParty,
    procedures: [
      { code: 'official-transfer', name: 'Chuyển sinh hoạt đảng chính thức', nameEn: 'Official transfer' },
    ],
    pages: {
      signIn: (view) => renderToString(SignInContent({ view, language: 'vi' })!),
      sessions: (view) => renderToString(SessionsContent({ view, language: 'vi' })!),
      delegations: (view) => renderToString(DelegationsContent({ view, language: 'vi' })!),
    },
  })
  server.post('/paper/sign', { config: { access: 'signed-in' } }, async (request) => {
    const actor = actorOf(await requireSession(context, request))
    requireFresh(actor, context.now())
    return { signedBy: actor.memberId, hat: actor.hat, onBehalfOf: actor.onBehalfOf ?? null }
  })
  await server.listen({ port: Number(new URL(address).port), host: '127.0.0.1' })
  return server
}

/** A browser: keeps cookies by host and port, follows redirects only when told. */
class Browser {
  readonly jar = new Map<string, Map<string, string>>()

  async open(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, publicUrl)
    const cookies = this.jar.get(url.host) ?? new Map<string, string>()
    this.jar.set(url.host, cookies)
    const headers = new Headers(init.headers)
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    headers.set('user-agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0')
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }

  post(address: string, fields: Record<string, string | string[]>): Promise<Response> {
    const body = new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) =>
        [value].flat().map((each): [string, string] => [name, each]),
      ),
    )
    return this.open(address, { method: 'POST', body })
  }

  /** Follows redirects until a page, or until the address matches. */
  async follow(
    response: Response,
    from: string,
    until?: RegExp,
  ): Promise<{ response: Response; address: string }> {
    let [current, address] = [response, from]
    while (current.status >= 300 && current.status < 400) {
      address = new URL(current.headers.get('location') ?? '', new URL(address, publicUrl)).href
      if (until?.test(address)) break
      current = await this.open(address)
    }
    return { response: current, address }
  }

  /** To the provider's page. Returns its address. */
  async startSignIn(returnTo = '/sessions'): Promise<string> {
    const start = `/sign-in/start?return=${encodeURIComponent(returnTo)}`
    const { response, address } = await this.follow(await this.open(start), start)
    expect(response.status).toBe(200)
    expect(new URL(address).origin).toBe(provider.issuer)
    return address
  }

  /** Chooses a person at the provider and stops at our callback's address. */
  async choose(page: string, fields: Record<string, string>): Promise<string> {
    const { address } = await this.follow(await this.post(page, fields), page, /\/sign-in\/callback/)
    return address
  }

  async signIn(person: DemoPerson, returnTo?: string): Promise<Response> {
    const page = await this.startSignIn(returnTo)
    return this.open(await this.choose(page, { person: person.personalId, level: '2' }))
  }

  async session(): Promise<{
    csrf: string
    memberId: string
    hat: { key: string }
    hatEnded: boolean
    signedInAt: string
  }> {
    const response = await this.open('/api/v1/session')
    expect(response.status).toBe(200)
    return response.json() as never
  }
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code
}

describe('signing in', () => {
  test('a member comes in and lands where she wanted to go', async () => {
    const an = new Browser()
    expect(await codeOf(await an.open('/sessions'))).toBe('identity.sign-in-needed')
    expect(await (await an.open('/sign-in?return=/sessions')).text()).toContain(
      '/sign-in/start?return=%2Fsessions',
    )
    const arrived = await an.signIn(AN, '/sessions?from=story')
    expect(arrived.status).toBe(303)
    expect(arrived.headers.get('location')).toBe('/sessions?from=story')
    expect(await an.session()).toMatchObject({ memberId: ids.an, hat: { key: 'member' } })
    expect(await (await an.open('/sessions')).text()).toContain('Firefox · Linux')
    expect((await an.open('/sign-in?return=/x')).headers.get('location')).toBe('/x')
  })

  test('the cookie is closed to scripts and foreign forms; an officer’s ends with the browser', async () => {
    const cookieOf = (response: Response) =>
      response.headers.getSetCookie().find((line) => line.startsWith('dangvu-session=')) ?? ''
    const member = cookieOf(await new Browser().signIn(AN))
    expect(member).toMatch(/HttpOnly/)
    expect(member).toMatch(/SameSite=Lax/)
    expect(member).toMatch(/Max-Age=2592000/)
    expect(cookieOf(await new Browser().signIn(BA))).not.toMatch(/Max-Age|Expires/)
  })

  test('the provider says plainly that it is not the real one, lists people by role and finds others', async () => {
    const browser = new Browser()
    const address = await browser.startSignIn()
    const page = await (await browser.open(address)).text()
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
    const memberId = await world.member({ ...chi, organisationId: ids.cell })
    const browser = new Browser()
    await browser.signIn(chi)
    expect((await browser.session()).memberId).toBe(memberId)
  })

  test.each(['https://evil.example/', '//evil.example', '/sign-out'])(
    'it never leads to %s',
    async (target) => {
      expect((await new Browser().signIn(AN, target)).headers.get('location')).toBe('/')
    },
  )
})

describe('who does not come in', () => {
  test('an account of level 1', async () => {
    const browser = new Browser()
    const page = await browser.startSignIn()
    const answer = await browser.open(await browser.choose(page, { person: AN.personalId, level: '1' }))
    expect(answer.status).toBe(403)
    expect(await codeOf(answer)).toBe('identity.level-too-low')
    expect(await codeOf(await browser.open('/sessions'))).toBe('identity.sign-in-needed')
  })

  test('a citizen who is not in the registry', async () => {
    const answer = await new Browser().signIn(UNKNOWN_CITIZEN)
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'identity.unknown-person'])
  })

  test('who changes their mind', async () => {
    const browser = new Browser()
    const answer = await browser.open(await browser.choose(await browser.startSignIn(), { cancel: 'yes' }))
    expect(await codeOf(answer)).toBe('identity.sign-in-cancelled')
  })

  test('a callback replayed, also in the same browser', async () => {
    const browser = new Browser()
    const callback = await browser.choose(await browser.startSignIn(), { person: AN.personalId, level: '2' })
    expect((await browser.open(callback)).status).toBe(303)
    expect(await codeOf(await browser.open(callback))).toBe('identity.sign-in-not-ours')
  })

  test('a callback begun in another browser', async () => {
    const [thief, victim] = [new Browser(), new Browser()]
    const callback = await thief.choose(await thief.startSignIn(), { person: AN.personalId, level: '2' })
    await victim.startSignIn()
    expect(await codeOf(await victim.open(callback))).toBe('identity.sign-in-not-ours')
    expect(await codeOf(await new Browser().open(callback))).toBe('identity.sign-in-not-ours')
  })

  test('a code that was swapped, a state that is missing, garbage', async () => {
    const browser = new Browser()
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
    const browser = new Browser()
    const callback = await browser.choose(await browser.startSignIn(), { person: AN.personalId, level: '2' })
    minutes = 16
    expect(await codeOf(await browser.open(callback))).toBe('identity.sign-in-not-ours')
  })
})

describe('signing a paper', () => {
  test('needs a sign-in of the last five minutes; signing in again keeps the session and its forms', async () => {
    const browser = new Browser()
    await browser.signIn(AN)
    const { csrf } = await browser.session()
    expect((await browser.post('/paper/sign', { csrf })).status).toBe(200)
    minutes = 6
    const stale = await browser.post('/paper/sign', { csrf })
    expect(stale.status).toBe(403)
    expect(await stale.json()).toMatchObject({ code: 'identity.stale-sign-in', facts: { minutes: 5 } })
    minutes = 0
    await browser.signIn(AN, '/paper')
    expect((await browser.session()).csrf).toBe(csrf)
    expect((await browser.post('/paper/sign', { csrf })).status).toBe(200)
  })

  test('without the form token, or with another session’s, nothing is signed', async () => {
    const [one, other] = [new Browser(), new Browser()]
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
    const ba = new Browser()
    await ba.signIn(BA)
    const { csrf } = await ba.session()
    const { hats } = (await (await ba.open('/api/v1/hats')).json()) as {
      hats: { key: string; positionName?: string }[]
    }
    expect(hats.map((hat) => hat.positionName)).toEqual([undefined, 'Bí thư'])
    const office = `office:${ids.office}`
    expect(await codeOf(await ba.post('/hat', { hat: office }))).toBe('identity.form-not-ours')
    expect((await ba.post('/hat', { hat: office, csrf, return: '/queue' })).headers.get('location')).toBe(
      '/queue',
    )
    expect(await (await ba.post('/paper/sign', { csrf })).json()).toMatchObject({
      hat: { position: 'secretary', officeId: ids.office },
    })
    expect(await codeOf(await ba.post('/paper/sign', { csrf, openedAs: 'member' }))).toBe(
      'identity.hat-changed',
    )

    const next = new Browser()
    await next.signIn(BA)
    expect((await next.session()).hat.key).toBe(office)

    await world.change(`update office set until = '2026-11-19' where id = $1`, [ids.office])
    const refused = await ba.post('/paper/sign', { csrf })
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'identity.hat-ended'])
    expect(await ba.session()).toMatchObject({ hat: { key: 'member' }, hatEnded: false })
    expect(await codeOf(await ba.post('/hat', { hat: office, csrf }))).toBe('identity.hat-not-yours')
  })

  test('an unknown hat is refused with its reason', async () => {
    const an = new Browser()
    await an.signIn(AN)
    const { csrf } = await an.session()
    expect(await codeOf(await an.post('/hat', { hat: 'office:1', csrf }))).toBe('identity.unknown-hat')
    expect(await codeOf(await an.post('/hat', { hat: `office:${ids.office}`, csrf }))).toBe(
      'identity.hat-not-yours',
    )
    const missing = await an.post('/hat', { csrf })
    expect(missing.status).toBe(400)
    expect(await missing.json()).toMatchObject({ code: 'identity.invalid-input', fields: [{ field: 'hat' }] })
  })
})

describe('sessions', () => {
  test('an officer’s ends after 15 idle minutes, a member’s goes on', async () => {
    const [ba, an] = [new Browser(), new Browser()]
    await ba.signIn(BA)
    await an.signIn(AN)
    minutes = 16
    expect(await codeOf(await ba.open('/sessions'))).toBe('identity.sign-in-needed')
    expect((await an.open('/sessions')).status).toBe(200)
  })

  test('one that was revoked from elsewhere is over at once', async () => {
    const [phone, desk] = [new Browser(), new Browser()]
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
    const an = new Browser()
    await an.signIn(AN)
    const kept = new Map(an.jar.get(new URL(publicUrl).host))
    expect(await codeOf(await an.post('/sign-out', {}))).toBe('identity.form-not-ours')
    const out = await an.post('/sign-out', { csrf: (await an.session()).csrf })
    expect(out.headers.get('location')).toBe('/sign-in')
    an.jar.set(new URL(publicUrl).host, kept)
    expect((await an.open('/sessions')).status).toBe(403)
    expect((await an.post('/sign-out', {})).headers.get('location')).toBe('/sign-in')
  })

  test('somebody else signing in here ends the first one’s session and starts at home', async () => {
    const shared = new Browser()
    await shared.signIn(AN)
    const arrived = await shared.signIn(BA, '/sessions')
    expect(arrived.headers.get('location')).toBe('/')
    expect((await shared.session()).memberId).toBe(ids.ba)
    const reasons = await world.database.read.rows(
      sql`select end_reason from session where member_id = ${ids.an}`,
    )
    expect(reasons).toEqual([{ end_reason: 'replaced' }])
  })

  test('of a member who died are over', async () => {
    const an = new Browser()
    await an.signIn(AN)
    await world.change(`update member set standing = 'deceased' where id = $1`, [ids.an])
    expect(await codeOf(await an.open('/sessions'))).toBe('identity.sign-in-needed')
    expect(await codeOf(await an.signIn(AN))).toBe('identity.unknown-person')
  })
})

describe('delegation', () => {
  const form = (csrf: string, change: Record<string, string | string[]> = {}) => ({
    csrf,
    id: crypto.randomUUID(),
    delegateKind: 'member',
    delegatePersonalId: AN.personalId,
    delegateName: 'NGUYEN THI AN',
    procedures: 'official-transfer',
    'validFrom-day': '20',
    'validFrom-month': '11',
    'validFrom-year': '2026',
    'validTo-day': '1',
    'validTo-month': '12',
    'validTo-year': '2026',
    form: 'written',
    basis: 'Giấy ủy quyền ngày 19/11/2026',
    ...change,
  })

  test('old Ba lets An act for him; she does so by name; he takes it back and it is over at once', async () => {
    const [ba, an] = [new Browser(), new Browser()]
    await ba.signIn(BA)
    await an.signIn(AN)
    const given = form((await ba.session()).csrf)
    expect((await ba.post('/delegations', given)).headers.get('location')).toBe('/delegations')
    expect((await ba.post('/delegations', given)).status).toBe(303) // sent twice, given once
    expect(await (await ba.open('/delegations')).text()).toContain('Nguyễn Thị An')

    const { csrf } = await an.session()
    expect((await an.post('/hat', { hat: `grant:${given.id}`, csrf })).status).toBe(303)
    expect(await (await an.post('/paper/sign', { csrf })).json()).toEqual({
      signedBy: ids.an,
      hat: { position: 'member', organisationId: ids.cell },
      onBehalfOf: { memberId: ids.ba, grantId: given.id },
    })
    const further = await an.post(
      '/delegations',
      form(csrf, { delegatePersonalId: BA.personalId, delegateName: BA.name }),
    )
    expect(further.status).toBe(403)
    expect(await further.text()).toContain('Không ủy quyền lại')

    expect((await ba.post(`/delegations/${given.id}/revoke`, { csrf: given.csrf })).status).toBe(303)
    expect(await codeOf(await an.post('/paper/sign', { csrf }))).toBe('identity.hat-ended')
    expect((await an.session()).hat.key).toBe('member')
  })

  test('what was written stays on the page when it cannot be taken', async () => {
    const ba = new Browser()
    await ba.signIn(BA)
    const { csrf } = await ba.session()
    const unknown = await ba.post('/delegations', form(csrf, { delegateName: 'Ai Đó Khác' }))
    expect(unknown.status).toBe(422)
    const page = await unknown.text()
    for (const words of ['Chưa xác định được người nhận', 'Ai Đó Khác', 'Giấy ủy quyền ngày 19/11/2026'])
      expect(page).toContain(words)
    const broken = await ba.post(
      '/delegations',
      form(csrf, { basis: '', 'validTo-month': '13', delegatePersonalId: '12' }),
    )
    expect(broken.status).toBe(400)
    const mended = await broken.text()
    for (const field of ['field-basis', 'field-validTo', 'field-delegatePersonalId'])
      expect(mended).toContain(`href="#${field}"`)
  })

  test('a stale sign-in is asked to be renewed, and the same form then goes through', async () => {
    const ba = new Browser()
    await ba.signIn(BA)
    const given = form((await ba.session()).csrf)
    minutes = 6
    const stale = await ba.post('/delegations', given)
    expect(stale.status).toBe(403)
    expect(await stale.text()).toMatch(/target="_blank"[^]*Giấy ủy quyền ngày 19\/11\/2026/)
    minutes = 0
    await ba.signIn(BA)
    expect((await ba.post('/delegations', given)).status).toBe(303)
  })

  test('as JSON: an office, given in that office only', async () => {
    const ba = new Browser()
    await ba.signIn(BA)
    const { csrf } = await ba.session()
    const ask = (path: string, method: string, body: unknown) =>
      ba.open(path, {
        method,
        headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
        body: JSON.stringify(body),
      })
    const grant = {
      id: crypto.randomUUID(),
      officeId: ids.office,
      delegateKind: 'member',
      delegatePersonalId: AN.personalId,
      delegateName: AN.name,
      procedures: ['official-transfer'],
      validFrom: '2026-11-20',
      validTo: '2026-11-27',
      form: 'account-auth',
      basis: 'Đi công tác',
    }
    expect(await codeOf(await ask('/api/v1/delegations', 'POST', grant))).toBe('identity.delegate-in-own-hat')
    expect((await ask('/api/v1/hats/current', 'PUT', { hat: `office:${ids.office}` })).status).toBe(200)
    const given = await ask('/api/v1/delegations', 'POST', grant)
    expect(given.status).toBe(200)
    const lists = (await given.json()) as { given: Record<string, unknown>[] }
    expect(lists.given.find((each) => each.id === grant.id)).toMatchObject({
      standing: 'running',
      delegateName: AN.name,
      office: { id: ids.office, position: 'Bí thư' },
    })
    const an = new Browser()
    await an.signIn(AN)
    const { hats } = (await (await an.open('/api/v1/hats')).json()) as { hats: unknown[] }
    expect(hats).toContainEqual(
      expect.objectContaining({
        key: `grant:${grant.id}`,
        position: 'secretary',
        onBehalfOf: expect.objectContaining({ name: BA.name }),
      }),
    )
    expect((await ask(`/api/v1/delegations/${grant.id}/revoke`, 'POST', {})).status).toBe(200)
    expect((await ask('/api/v1/delegations', 'POST', { id: 1 })).status).toBe(400)
    expect((await ask('/api/v1/session', 'DELETE', {})).status).toBe(204)
    expect((await ba.open('/sessions')).status).toBe(403)
  })
})

test('the provider gone: a clear page, and whoever is signed in goes on', async () => {
  const an = new Browser()
  await an.signIn(AN)
  const address = `http://127.0.0.1:${await freePort()}`
  const dead = await startApp(
    createRelyingParty({ ...provider.configuration, issuer: `http://127.0.0.1:${await freePort()}` }),
    address,
  )
  try {
    const answer = await new Browser().open(`${address}/sign-in/start?return=/sessions`)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('60')
    const page = await answer.text()
    expect(page).toContain('Chưa kết nối được với VNeID')
    expect(page).toContain('/sign-in/start?return=%2Fsessions')
    an.jar.set(new URL(address).host, an.jar.get(new URL(publicUrl).host)!)
    expect((await an.open(`${address}/sessions`)).status).toBe(200)
  } finally {
    await dead.close()
  }
})

test('nobody begins sign-ins without end', async () => {
  const address = `http://127.0.0.1:${await freePort()}`
  const fresh = await startApp(createRelyingParty(provider.configuration), address)
  try {
    const answers = await Promise.all(
      Array.from({ length: 61 }, () => new Browser().open(`${address}/sign-in/start`)),
    )
    expect(answers.filter((answer) => answer.status === 303)).toHaveLength(60)
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(1)
  } finally {
    await fresh.close()
  }
})
