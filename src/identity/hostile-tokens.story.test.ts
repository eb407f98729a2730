/** Hostile answers of a provider, each through the front door: nobody is signed in, and it is said why. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AN, startIdentityServer, type IdentityServer } from '../../tests/identity-server.ts'
import {
  hmacSigned,
  jwkOf,
  newKey,
  startLyingProvider,
  unsigned,
  type Lie,
  type LyingProvider,
} from '../../tests/lying-provider.ts'
import { Browser } from '../../tests/story-browser.ts'
import { sql } from '../kernel/db.ts'
import { redirectUriOf } from './configuration.ts'
import { createRelyingParty } from './relying-party.ts'

let server: IdentityServer
let provider: LyingProvider
let address = ''
let stopApp: () => Promise<unknown>

beforeAll(async () => {
  server = await startIdentityServer()
})
afterAll(async () => {
  await stopApp?.()
  await provider?.stop()
  await server.stop()
})
/** A provider's keys and metadata are kept for an hour: each lie is told by one that nobody knows yet. */
beforeEach(async () => {
  await stopApp?.()
  await provider?.stop()
  await server.reset()
  await server.world.change('delete from account')
  const started = await server.startFor(async (publicUrl) => {
    provider = await startLyingProvider(redirectUriOf(publicUrl), AN)
    return createRelyingParty(provider.configuration)
  })
  address = started.address
  stopApp = () => started.app.close()
})

interface Outcome {
  readonly status: number
  readonly code: string
  readonly sessions: number
}

/** Begins a sign-in, lets the provider answer with the lie, and comes back with it. */
async function signIn(
  lie: Lie,
  browser = new Browser(address),
  back?: (callback: string) => string,
): Promise<Outcome> {
  provider.tell(lie)
  const begun = await browser.open('/sign-in/start')
  const callback = provider.authorize(new URL(begun.headers.get('location')!))
  return comeBack(browser, back ? back(callback) : callback)
}

async function comeBack(browser: Browser, callback: string): Promise<Outcome> {
  const answered = await browser.open(callback)
  const text = await answered.text()
  const code = answered.headers.get('content-type')?.includes('json')
    ? (JSON.parse(text) as { code: string }).code
    : ''
  const { count } = await server.world.database.read.one<{ count: number }>(
    sql`select count(*) as count from session where ended_at is null`,
  )
  return { status: answered.status, code, sessions: count }
}

const now = () => Math.floor(Date.now() / 1000)
const with_ = (more: Record<string, unknown>): Lie => ({ claims: (claims) => ({ ...claims, ...more }) })
const without = (name: string): Lie => ({
  claims: (claims) => ({ ...claims, [name]: undefined }),
  userinfo: (claims) => ({ ...claims, [name]: undefined }),
})
const headed = (more: Record<string, unknown>): Lie => ({ header: (header) => ({ ...header, ...more }) })
const foreign = newKey()

const FAILED = 'identity.sign-in-failed'
const MISSING = 'identity.claims-missing'
const LOW = 'identity.level-too-low'
/** a page, not a problem document */
const AWAY = ''
const NOT_OURS = 'identity.sign-in-not-ours'

const LIES: readonly (readonly [string, Lie, string])[] = [
  [
    'no signature, alg none',
    { token: ({ header, claims }) => unsigned({ ...header, alg: 'none' }, claims) },
    FAILED,
  ],
  [
    'alg none written otherwise',
    { token: ({ header, claims }) => unsigned({ ...header, alg: 'nOnE' }, claims) },
    FAILED,
  ],
  [
    'no alg',
    { token: ({ header, claims, key, sign }) => sign({ ...header, alg: undefined }, claims, key.private) },
    FAILED,
  ],
  [
    'HS256 under the public key',
    {
      token: ({ header, claims, key }) =>
        hmacSigned({ ...header, alg: 'HS256' }, claims, key.public.export({ type: 'spki', format: 'pem' })),
    },
    FAILED,
  ],
  [
    'HS256 under the client secret',
    {
      token: ({ header, claims }) => hmacSigned({ ...header, alg: 'HS256' }, claims, 'a secret of the test'),
    },
    FAILED,
  ],
  ['RS256 in the header of an elliptic signature', headed({ alg: 'RS256' }), FAILED],
  ['another algorithm of the same family', headed({ alg: 'ES384' }), FAILED],
  [
    'signed by another key under the known kid',
    { token: ({ header, claims, sign }) => sign(header, claims, foreign.private) },
    FAILED,
  ],
  ['a kid nobody published', headed({ kid: 'unknown' }), FAILED],
  ['a kid that is no text', headed({ kid: { a: 1 } }), FAILED],
  ['two keys under one kid', { keys: (keys) => [...keys, { ...jwkOf(foreign), kid: keys[0]!.kid }] }, FAILED],
  ['no keys published', { keys: () => [] }, FAILED],
  ['a key published for encryption', { keys: ([key]) => [{ ...key, use: 'enc' }] }, FAILED],
  [
    'its own key in the header (jwk)',
    {
      token: ({ header, claims, sign }) =>
        sign({ ...header, kid: undefined, jwk: jwkOf(foreign) }, claims, foreign.private),
    },
    FAILED,
  ],
  [
    'where its key is in the header (jku)',
    {
      token: ({ header, claims, sign }) =>
        sign({ ...header, kid: foreign.kid, jku: 'http://127.0.0.1:1/jwks' }, claims, foreign.private),
    },
    FAILED,
  ],
  [
    'where its certificate is in the header (x5u)',
    {
      token: ({ header, claims, sign }) =>
        sign({ ...header, kid: foreign.kid, x5u: 'http://127.0.0.1:1/a.pem' }, claims, foreign.private),
    },
    FAILED,
  ],
  ['a critical extension we do not know (crit)', headed({ crit: ['exp-of-ours'], 'exp-of-ours': 1 }), FAILED],
  [
    'a changed claim under an old signature',
    {
      token: ({ header, claims, key, sign }) => {
        const [head, , signature] = sign(header, claims, key.private).split('.')
        return `${head}.${Buffer.from(JSON.stringify({ ...claims, sub: 'other' })).toString('base64url')}.${signature}`
      },
    },
    FAILED,
  ],
  [
    'a cut signature',
    { token: ({ header, claims, key, sign }) => sign(header, claims, key.private).slice(0, -8) },
    FAILED,
  ],
  [
    'an encrypted token (five parts)',
    { token: () => 'eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d' },
    FAILED,
  ],
  ['no token at all', { answer: (answer) => ({ ...answer, id_token: undefined }) }, FAILED],
  ['a token that is an object', { answer: (answer) => ({ ...answer, id_token: { a: 1 } }) }, FAILED],
  [
    'bytes that are no UTF-8',
    {
      token: ({ header, key, sign }) => {
        const [, , signature] = sign(header, 'x', key.private).split('.')
        return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${Buffer.from([0xff, 0xfe, 0x7b]).toString('base64url')}.${signature}`
      },
    },
    AWAY,
  ],
  ['claims that are a list', { token: ({ header, key, sign }) => sign(header, '[]', key.private) }, FAILED],
  ['a token of six megabytes', with_({ padding: 'x'.repeat(6_000_000) }), FAILED],
  [
    'the sub twice, ours last',
    {
      token: ({ header, claims, key, sign }) =>
        sign(header, JSON.stringify(claims).replace('{', '{"sub":"other","aud":"other",'), key.private),
    },
    FAILED,
  ],
  ['another issuer', with_({ iss: 'https://evil.example' }), FAILED],
  [
    'the issuer with a slash more',
    { claims: (claims) => ({ ...claims, iss: `${String(claims.iss)}/` }) },
    FAILED,
  ],
  ['for another client', with_({ aud: 'another' }), FAILED],
  ['for two clients, without azp', with_({ aud: ['dangvu-test', 'another'] }), FAILED],
  ['for two clients, azp another', with_({ aud: ['dangvu-test', 'another'], azp: 'another' }), FAILED],
  ['azp another', with_({ azp: 'another' }), FAILED],
  ['no audience', without('aud'), FAILED],
  ['another nonce', with_({ nonce: 'another' }), FAILED],
  ['no nonce', without('nonce'), FAILED],
  ['expired', with_({ iat: now() - 900, exp: now() - 600 }), FAILED],
  ['no expiry', without('exp'), FAILED],
  ['an expiry that is a text', with_({ exp: String(now() + 300) }), FAILED],
  ['not valid before tomorrow', with_({ nbf: now() + 86_400 }), FAILED],
  ['issued tomorrow', with_({ iat: now() + 86_400, exp: now() + 90_000 }), FAILED],
  ['issued last year, valid for ever', with_({ iat: now() - 31_536_000, exp: now() + 31_536_000 }), FAILED],
  ['no time of issue', without('iat'), FAILED],
  ['no subject', without('sub'), FAILED],
  [
    'a subject that is empty',
    { claims: (claims) => ({ ...claims, sub: '' }), userinfo: (claims) => ({ ...claims, sub: '' }) },
    FAILED,
  ],
  [
    'a subject that is a number',
    { claims: (claims) => ({ ...claims, sub: 7 }), userinfo: (claims) => ({ ...claims, sub: 7 }) },
    FAILED,
  ],
  [
    'a subject longer than the standard lets it be',
    {
      claims: (claims) => ({ ...claims, sub: 's'.repeat(10_000) }),
      userinfo: (claims) => ({ ...claims, sub: 's'.repeat(10_000) }),
    },
    FAILED,
  ],
  ['no level', without('acr'), LOW],
  ['level 1', with_({ acr: 'level-1' }), LOW],
  ['a level that is a list', with_({ acr: ['level-2'] }), LOW],
  ['a level that only looks like ours', with_({ acr: 'level-2 ' }), LOW],
  ['no time of signing in', without('auth_time'), FAILED],
  ['signed in an hour ago', with_({ auth_time: now() - 3_600 }), FAILED],
  ['signed in tomorrow', with_({ auth_time: now() + 86_400 }), FAILED],
  ['a time of signing in that is a text', with_({ auth_time: 'now' }), FAILED],
  ['an access token that is another (at_hash)', with_({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }), FAILED],
  ['no personal ID', without('personal_id'), MISSING],
  ['a personal ID that is a list', with_({ personal_id: [AN.personalId] }), MISSING],
  ['a personal ID that is an object', with_({ personal_id: { value: AN.personalId } }), MISSING],
  ['a personal ID that is a number', with_({ personal_id: Number(AN.personalId) }), MISSING],
  ['a personal ID of thirteen digits', with_({ personal_id: `${AN.personalId}0` }), MISSING],
  ['a personal ID of other digits', with_({ personal_id: '٠٧٩١٨٥٠٠٠٠٠١' }), MISSING],
  ['a personal ID of a thousand digits', with_({ personal_id: '0'.repeat(1_000) }), MISSING],
  ['a day of birth that is none', with_({ birthdate: '1985-02-30' }), MISSING],
  ['a name longer than any', with_({ name: 'A'.repeat(1_000) }), MISSING],
  ['userinfo of somebody else', { userinfo: (claims) => ({ ...claims, sub: 'subject-2' }) }, FAILED],
  ['userinfo without subject', { userinfo: (claims) => ({ ...claims, sub: undefined }) }, FAILED],
  ['userinfo that is a list', { userinfo: () => [] }, FAILED],
  [
    'a callback of another issuer (mix-up)',
    { callback: (query) => query.set('iss', 'https://evil.example') },
    FAILED,
  ],
  ['a callback without issuer, though it is promised', { callback: (query) => query.delete('iss') }, FAILED],
  [
    'two issuers in the callback',
    { callback: (query) => query.append('iss', 'https://evil.example') },
    FAILED,
  ],
  ['a callback without code', { callback: (query) => query.delete('code') }, FAILED],
  ['a code nobody gave', { callback: (query) => query.set('code', 'guessed') }, FAILED],
  ['two codes in the callback', { callback: (query) => query.append('code', 'guessed') }, FAILED],
  ['the token in the callback itself', { callback: (query) => query.set('id_token', 'a.b.c') }, FAILED],
  ['another state', { callback: (query) => query.set('state', 'another') }, NOT_OURS],
  ['no state', { callback: (query) => query.delete('state') }, NOT_OURS],
  ['two states', { callback: (query) => query.append('state', 'another') }, NOT_OURS],
]

describe('what a provider may not say', () => {
  test('the truth signs in', async () => {
    const { status, sessions } = await signIn({})
    expect({ status, sessions }).toEqual({ status: 303, sessions: 1 })
  })

  test.each(LIES)('%s', async (_, lie, code) => {
    const { status, sessions, code: said } = await signIn(lie)
    // What cannot be read at all is as a provider that is not there: the sign-in page says so, and can be tried again.
    expect({ status, sessions, said }).toEqual({ status: code === AWAY ? 503 : 403, sessions: 0, said: code })
  })

  test('an answer is taken once: the same callback again, and the code in a new sign-in', async () => {
    const browser = new Browser(address)
    let callback = ''
    expect(await signIn({}, browser, (given) => (callback = given))).toMatchObject({
      status: 303,
      sessions: 1,
    })
    expect(await comeBack(browser, callback)).toMatchObject({ status: 403, code: NOT_OURS, sessions: 1 })
    const code = new URL(callback).searchParams.get('code')!
    const again = await signIn({ callback: (query) => query.set('code', code) }, browser)
    expect(again).toMatchObject({ status: 403, code: FAILED, sessions: 1 })
  })

  test('an answer nobody asked for, and one that another browser asked for', async () => {
    expect(await comeBack(new Browser(address), `${address}/sign-in/callback?code=a&state=b`)).toMatchObject({
      status: 403,
      code: NOT_OURS,
      sessions: 0,
    })
    let callback = ''
    const asking = new Browser(address)
    const begun = await asking.open('/sign-in/start')
    callback = provider.authorize(new URL(begun.headers.get('location')!))
    const other = new Browser(address)
    await other.open('/sign-in/start')
    expect(await comeBack(other, callback)).toMatchObject({ status: 403, code: NOT_OURS, sessions: 0 })
  })

  test('a code that another sign-in was given does not open this one (PKCE)', async () => {
    const stolen = new Browser(address)
    const begun = await stolen.open('/sign-in/start')
    const code = new URL(provider.authorize(new URL(begun.headers.get('location')!))).searchParams.get(
      'code',
    )!
    const outcome = await signIn({ callback: (query) => query.set('code', code) })
    expect(outcome).toMatchObject({ status: 403, code: FAILED, sessions: 0 })
  })

  test('every sign-in is asked with state, nonce and S256', async () => {
    const asked = async () => {
      const begun = await new Browser(address).open('/sign-in/start')
      return new URL(begun.headers.get('location')!).searchParams
    }
    const [one, other] = [await asked(), await asked()]
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(one.get(name)!.length).toBeGreaterThanOrEqual(43)
      expect(one.get(name)).not.toBe(other.get(name))
    }
    expect(one.get('code_challenge_method')).toBe('S256')
  })
})
