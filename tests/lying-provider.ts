/** A provider that speaks OpenID Connect and can be told to lie: every part of its answer may be another than it should. */
import {
  createHash,
  createHmac,
  createSign,
  generateKeyPairSync,
  randomUUID,
  type KeyObject,
} from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { ProviderConfiguration } from '../src/identity/configuration.ts'
import type { DemoPerson } from '../src/identity/development-provider.ts'

type Claims = Record<string, unknown>

/** What it was asked for at the authorization endpoint. */
export interface Authorization {
  readonly state: string
  readonly nonce: string
  readonly challenge: string
  readonly redirectUri: string
}

export interface Key {
  readonly kid: string
  readonly private: KeyObject
  readonly public: KeyObject
}

/** Each part as it should be is handed to the lie, which answers what is sent. */
export interface Lie {
  header?(header: Claims): Claims
  claims?(claims: Claims): Claims
  /** the whole token, made otherwise */
  token?(made: { header: Claims; claims: Claims; key: Key; sign: typeof signed }): string
  answer?(answer: Claims): Claims
  userinfo?(claims: Claims): unknown
  keys?(keys: Claims[], own: Key): Claims[]
  /** what the browser brings back */
  callback?(query: URLSearchParams): void
}

export interface LyingProvider {
  readonly configuration: ProviderConfiguration
  readonly key: Key
  /** Answers an authorization request: the address the browser goes back to. */
  authorize(url: URL): string
  tell(lie: Lie): void
  stop(): Promise<void>
}

const encoded = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** A token signed by ES256, from texts or values. */
export function signed(header: unknown, claims: unknown, key: KeyObject): string {
  const input = `${encoded(header)}.${encoded(claims)}`
  return `${input}.${createSign('sha256').update(input).sign({ key, dsaEncoding: 'ieee-p1363' }, 'base64url')}`
}

/** HS256 under whatever secret. */
export function hmacSigned(header: Claims, claims: Claims, secret: string | Buffer): string {
  const input = `${encoded(header)}.${encoded(claims)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

export const unsigned = (header: Claims, claims: Claims): string => `${encoded(header)}.${encoded(claims)}.`

export function newKey(kid: string = randomUUID()): Key {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { kid, private: privateKey, public: publicKey }
}

export const jwkOf = (key: Key): Claims => ({
  ...key.public.export({ format: 'jwk' }),
  kid: key.kid,
  alg: 'ES256',
  use: 'sig',
})

export async function startLyingProvider(redirectUri: string, person: DemoPerson): Promise<LyingProvider> {
  const key = newKey()
  const codes = new Map<string, Authorization>()
  let lie: Lie = {}
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', issuer).pathname
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (path === '/.well-known/openid-configuration') return void json(metadata())
    if (path === '/jwks') return void json({ keys: lie.keys?.([jwkOf(key)], key) ?? [jwkOf(key)] })
    if (path === '/me') return void json(lie.userinfo?.(personal()) ?? personal())
    if (path === '/token')
      return void text(request).then((body) => {
        const form = new URLSearchParams(body)
        const asked = codes.get(form.get('code') ?? '')
        codes.delete(form.get('code') ?? '') // a code is good once
        const verifier = form.get('code_verifier') ?? ''
        const proven = createHash('sha256').update(verifier).digest('base64url') === asked?.challenge
        if (!asked || !proven) return json({ error: 'invalid_grant' }, 400)
        return json(tokensFor(asked))
      })
    return void response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const configuration: ProviderConfiguration = {
    issuer,
    clientId: 'dangvu-test',
    clientSecret: 'a secret of the test',
    clientAuthentication: 'client_secret_post',
    redirectUri,
    scopes: 'openid profile',
    levels: ['level-2'],
    claims: { personalId: 'personal_id', name: 'name', birthDate: 'birthdate' },
  }
  const metadata = () => ({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/me`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  })
  const personal = (): Claims => ({
    sub: 'subject-1',
    name: person.name,
    birthdate: person.birthDate,
    personal_id: person.personalId,
  })

  function tokensFor(asked: Authorization): Claims {
    const now = Math.floor(Date.now() / 1000)
    const whole: Claims = {
      iss: issuer,
      aud: configuration.clientId,
      iat: now,
      exp: now + 300,
      auth_time: now,
      acr: 'level-2',
      nonce: asked.nonce,
      ...personal(),
    }
    const header = { alg: 'ES256', kid: key.kid, typ: 'JWT' }
    const made = {
      header: lie.header?.(header) ?? header,
      claims: lie.claims?.(whole) ?? whole,
      key,
      sign: signed,
    }
    const answer = {
      access_token: randomUUID(),
      token_type: 'Bearer',
      expires_in: 60,
      id_token: lie.token?.(made) ?? signed(made.header, made.claims, key.private),
    }
    return lie.answer?.(answer) ?? answer
  }

  return {
    configuration,
    key,
    authorize(url) {
      const asked: Authorization = {
        state: url.searchParams.get('state') ?? '',
        nonce: url.searchParams.get('nonce') ?? '',
        challenge: url.searchParams.get('code_challenge') ?? '',
        redirectUri: url.searchParams.get('redirect_uri') ?? '',
      }
      const code = randomUUID()
      codes.set(code, asked)
      const query = new URLSearchParams({ code, state: asked.state, iss: issuer })
      lie.callback?.(query)
      return `${asked.redirectUri}?${query}`
    },
    tell(told) {
      lie = told
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
