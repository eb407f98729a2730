/** A provider that plays VNeID on one's own machine: real OpenID Connect, made-up people, keys that live as long as it runs. */
import { createHash, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Configuration, JWK, Provider } from 'oidc-provider'
import type { ProviderConfiguration } from './configuration.ts'
import { brokenPage, loginPage, LOGIN_STYLE, type DemoPerson } from './development-provider-page.tsx'

export type { DemoPerson } from './development-provider-page.tsx'

export interface DevelopmentProviderOptions {
  /** 0 takes a free one */
  readonly port: number
  /** the host people's browsers call it by, e.g. localhost; it listens on 127.0.0.1 only */
  readonly issuerHost: string
  /** where the application takes the answer: `redirectUriOf(publicUrl)` */
  readonly redirectUri: string
  /** whom the page lists, by role */
  readonly people: () => Promise<readonly DemoPerson[]>
  /** finds others by words of the name or by the personal ID */
  readonly search?: (words: string) => Promise<readonly DemoPerson[]>
}

export interface DevelopmentProvider {
  readonly issuer: string
  /** what `createRelyingParty` takes */
  readonly configuration: ProviderConfiguration
  /** plays that nobody reaches it: connections are cut without an answer */
  readonly reach: { isAway(): boolean; setAway(away: boolean): void }
  stop(): Promise<void>
}

const LEVELS: Readonly<Record<string, string>> = { '1': 'level-1', '2': 'level-2' }

/** A citizen whom no registry holds, to see the refusal. */
export const UNKNOWN_CITIZEN: DemoPerson = {
  personalId: '001099999999',
  name: 'Người không có trong sổ bộ',
  birthDate: '1999-09-09',
  role: 'Công dân',
}

/**
 * Starts the provider. Never for a real installation: it lets anybody in as anybody; whether to start it is the
 * caller's decision.
 */
export async function startDevelopmentProvider(
  options: DevelopmentProviderOptions,
): Promise<DevelopmentProvider> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const issuer = `http://${options.issuerHost}:${(server.address() as AddressInfo).port}`
  const configuration = clientConfiguration(issuer, options.redirectUri)
  const signedIn = new Map<string, DemoPerson>()
  const provider = await createProvider(issuer, providerConfiguration(configuration, signedIn))
  const play = provider.callback()
  let away = false
  server.on('request', (request, response) => {
    if (away) return void request.socket.destroy()
    forgetFormer(request)
    const path = new URL(request.url ?? '/', issuer).pathname
    if (!path.startsWith('/interaction/')) return void play(request, response)
    interact(provider, options, signedIn, request, response).catch(() =>
      answer(response, 400, brokenPage(), []),
    )
  })
  return {
    issuer,
    configuration,
    reach: {
      isAway: () => away,
      setAway(on) {
        away = on
        if (on) server.closeAllConnections()
      },
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/**
 * Loads the library only where it is used. Its warnings are left out: it keeps all in memory, as is wanted here, and
 * runs on Node 20 although it names 22.
 */
/* oxlint-disable eslint/no-console -- the library warns there and nowhere else */
async function createProvider(issuer: string, configuration: Configuration): Promise<Provider> {
  const { warn } = console
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes('oidc-provider WARNING')) warn(...words)
  }
  try {
    const library = await import('oidc-provider')
    return new library.Provider(issuer, configuration)
  } finally {
    console.warn = warn
  }
}

/* oxlint-enable eslint/no-console */

function clientConfiguration(issuer: string, redirectUri: string): ProviderConfiguration {
  return {
    issuer,
    clientId: 'dangvu-development',
    clientSecret: randomBytes(24).toString('base64url'),
    clientAuthentication: 'client_secret_basic',
    redirectUri,
    scopes: 'openid profile',
    levels: ['level-2'],
    claims: { personalId: 'personal_id', name: 'name', birthDate: 'birthdate' },
  }
}

function providerConfiguration(
  client: ProviderConfiguration,
  signedIn: ReadonlyMap<string, DemoPerson>,
): Configuration {
  return {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [client.redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    acrValues: Object.values(LEVELS),
    claims: { openid: ['sub'], profile: ['name', 'birthdate', 'personal_id'] },
    scopes: ['openid', 'profile'],
    jwks: { keys: [signingKey()] },
    cookies: {
      keys: [randomBytes(24).toString('base64url')],
      names: { session: SESSION_COOKIE, interaction: 'vneid-play-step', resume: 'vneid-play-resume' },
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: { enabled: false },
    },
    pkce: { required: () => true },
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 300, Interaction: 900, Session: 900, Grant: 900 },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async (context) => {
      const { client: asking, session } = context.oidc
      const grant = new context.oidc.provider.Grant({
        clientId: asking!.clientId,
        accountId: session!.accountId!,
      })
      grant.addOIDCScope(client.scopes)
      await grant.save()
      return grant
    },
    findAccount: (_context, subject) => {
      const person = signedIn.get(subject)
      return person && { accountId: subject, claims: () => claimsOf(subject, person) }
    },
    renderError: (context) => {
      context.type = 'html'
      context.body = brokenPage()
    },
  }
}

/** An elliptic key takes a millisecond: each start makes its own and nothing is kept. */
function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'ES256', use: 'sig' } as JWK
}

/** The same person always has the same subject, which tells nothing about the ID. */
function subjectOf(person: DemoPerson): string {
  return createHash('sha256').update(`vneid-play ${person.personalId}`).digest('base64url').slice(0, 32)
}

function claimsOf(subject: string, person: DemoPerson) {
  return { sub: subject, name: person.name, birthdate: person.birthDate, personal_id: person.personalId }
}

const SESSION_COOKIE = 'vneid-play'

/** Nobody stays signed in here, so that one browser can play all people one after the other. */
function forgetFormer(request: IncomingMessage): void {
  const cookies = (request.headers.cookie ?? '').split(/;\s*/)
  const kept = cookies.filter(
    (each) => !each.startsWith(`${SESSION_COOKIE}=`) && !each.startsWith(`${SESSION_COOKIE}.sig=`),
  )
  request.headers.cookie = kept.join('; ')
}

/** Shows whom one can be, or takes the choice. */
async function interact(
  provider: Provider,
  options: DevelopmentProviderOptions,
  signedIn: Map<string, DemoPerson>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { uid } = await provider.interactionDetails(request, response)
  if (request.method === 'POST') return takeChoice(provider, options, signedIn, request, response)
  const words = (new URL(request.url ?? '/', 'http://x').searchParams.get('words') ?? '').trim().slice(0, 100)
  const found = words === '' ? [] : await (options.search?.(words) ?? [])
  const people = await options.people()
  const page = loginPage({ action: `/interaction/${uid}`, people, words, found, unknown: UNKNOWN_CITIZEN })
  answer(response, 200, page, [new URL(options.redirectUri).origin])
}

async function takeChoice(
  provider: Provider,
  options: DevelopmentProviderOptions,
  signedIn: Map<string, DemoPerson>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (Number(request.headers['content-length'] ?? 0) > 10_000) throw new Error('too long')
  const form = new URLSearchParams(await text(request))
  if (form.has('cancel')) {
    await provider.interactionFinished(request, response, { error: 'access_denied' })
    return
  }
  const person = await findPerson(options, form.get('person') ?? '')
  const acr = LEVELS[form.get('level') ?? '2']
  if (person === undefined || acr === undefined) throw new Error('no such choice')
  const accountId = subjectOf(person)
  signedIn.set(accountId, person)
  await provider.interactionFinished(request, response, { login: { accountId, acr, remember: false } })
}

async function findPerson(
  options: DevelopmentProviderOptions,
  personalId: string,
): Promise<DemoPerson | undefined> {
  const those = (people: readonly DemoPerson[]) => people.find((person) => person.personalId === personalId)
  if (personalId === UNKNOWN_CITIZEN.personalId) return UNKNOWN_CITIZEN
  return those(await options.people()) ?? those((await options.search?.(personalId)) ?? [])
}

const STYLE_HASH = createHash('sha256').update(LOGIN_STYLE).digest('base64')

/** @param origins where the form may lead in the end: browsers hold redirects after a form to `form-action` too */
function answer(response: ServerResponse, status: number, page: string, origins: readonly string[]): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'; ` +
      `form-action 'self' ${origins.join(' ')}`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  response.end(page)
}
