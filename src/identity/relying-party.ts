/** OpenID Connect as the relying party: sends a person to the provider (VNeID) and checks what comes back. */
import * as oidc from 'openid-client'
import { isPlainDate } from '../kernel/plain-date.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { ProviderConfiguration } from './configuration.ts'
import { FRESH_SIGN_IN_MINUTES } from '../kernel/actor.ts'
import { checkVouched } from './vouched-claims.ts'

/** A person as the provider vouches for them. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  /** số định danh cá nhân, 12 digits */
  readonly personalId: string
  readonly name: string
  readonly birthDate: string
  /** when the person proved it to the provider (`auth_time`) */
  readonly signedInAt: Date
}

/** What must be remembered between the redirect and the answer. */
export interface PendingSignIn {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

export interface RelyingParty {
  /** Makes a sign-in and the address at the provider to send the browser to. */
  begin(): Promise<PendingSignIn & { url: URL }>
  /** Redeems the provider's answer. `answer` carries the query of the callback, on the registered redirect address. */
  finish(answer: URLSearchParams, pending: PendingSignIn): Promise<Identity>
  /** Asks shortly whether the provider answers. @throws Refusal conflict `identity.provider-unreachable` */
  probe(): Promise<void>
}

const TIMEOUT_SECONDS = 10
/** Somebody waits before the sign-in page while the provider is looked at. */
const PROBE_SECONDS = 4
const CLOCK_TOLERANCE_SECONDS = 30
const METADATA_MS = 3_600_000

/**
 * Reads the provider's metadata at the first sign-in and hourly after that, so the application starts, and goes on,
 * without it.
 *
 * @param aheadMs by how much the installation's time, in which sessions are measured, is ahead of this machine's clock, by which the
 *   provider's answers are checked
 */
export function createRelyingParty(
  provider: ProviderConfiguration,
  aheadMs: () => number = () => 0,
): RelyingParty {
  let known: { client: oidc.Configuration; at: number } | undefined
  async function client(): Promise<oidc.Configuration> {
    if (known === undefined || performance.now() - known.at > METADATA_MS)
      known = { client: await discover(provider, TIMEOUT_SECONDS), at: performance.now() }
    return known.client
  }
  return {
    begin: () => reaching(async () => begin(provider, await client())),
    finish: (answer, pending) =>
      reaching(async () => finish(provider, await client(), answer, pending, aheadMs)),
    probe: () =>
      reaching(async () => {
        known = { client: await discover(provider, PROBE_SECONDS), at: performance.now() }
      }),
  }
}

async function discover(
  provider: ProviderConfiguration,
  timeoutSeconds: number,
): Promise<oidc.Configuration> {
  const authentication =
    provider.clientAuthentication === 'client_secret_basic'
      ? oidc.ClientSecretBasic(provider.clientSecret)
      : oidc.ClientSecretPost(provider.clientSecret)
  const client = await oidc.discovery(
    new URL(provider.issuer),
    provider.clientId,
    { [oidc.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
    authentication,
    {
      timeout: timeoutSeconds,
      [oidc.customFetch]: fetchWithin,
      // Who made the token is proven by its signature too, not by the connection alone.
      execute: [
        oidc.enableNonRepudiationChecks,
        ...(isLocal(provider.issuer) ? [oidc.allowInsecureRequests] : []),
      ],
    },
  )
  client.timeout = TIMEOUT_SECONDS
  return client
}

/** Metadata, keys and claims of one person have some kilobytes. */
const MOST_BYTES = 512 * 1024

/** Whatever the provider answers, no more of it is taken than an answer can have. */
async function fetchWithin(...[url, options]: Parameters<oidc.CustomFetch>): Promise<Response> {
  const { body, status, headers } = await fetch(url, options as RequestInit)
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of (body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    if ((size += piece.length) > MOST_BYTES)
      throw Object.assign(new Error('the answer is too long'), { code: 'ANSWER_TOO_LONG' })
    pieces.push(piece)
  }
  return new Response(pieces.length > 0 ? Buffer.concat(pieces) : null, { status, headers })
}

/** Plain HTTP is for the development provider on this machine only. */
function isLocal(issuer: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(issuer).hostname)
}

async function begin(provider: ProviderConfiguration, client: oidc.Configuration) {
  const pending = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    codeVerifier: oidc.randomPKCECodeVerifier(),
  }
  // The person is asked every time: computers in Party offices are shared, and signing out here must mean it.
  const url = oidc.buildAuthorizationUrl(client, {
    redirect_uri: provider.redirectUri,
    scope: provider.scopes,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pending.codeVerifier),
    code_challenge_method: 'S256',
    acr_values: provider.levels.join(' '),
    max_age: String(FRESH_SIGN_IN_MINUTES * 60),
    prompt: 'login',
  })
  return { ...pending, url }
}

async function finish(
  provider: ProviderConfiguration,
  client: oidc.Configuration,
  answer: URLSearchParams,
  pending: PendingSignIn,
  aheadMs: () => number,
): Promise<Identity> {
  const address = new URL(provider.redirectUri)
  address.search = answer.toString()
  const tokens = await oidc.authorizationCodeGrant(client, address, {
    pkceCodeVerifier: pending.codeVerifier,
    expectedState: pending.state,
    expectedNonce: pending.nonce,
    maxAge: FRESH_SIGN_IN_MINUTES * 60,
    idTokenExpected: true,
  })
  const vouched = tokens.claims()
  if (vouched === undefined) throw new Error('an ID token was expected')
  checkVouched(vouched, {
    idToken: tokens.id_token!,
    accessToken: tokens.access_token,
    clientId: provider.clientId,
    toleranceSeconds: CLOCK_TOLERANCE_SECONDS,
  })
  if (typeof vouched.acr !== 'string' || !provider.levels.includes(vouched.acr))
    throw new Refusal('forbidden', 'identity.level-too-low', { citation: '338-QĐ/TW, Điều 12' })
  const more = client.serverMetadata().userinfo_endpoint
    ? await oidc.fetchUserInfo(client, tokens.access_token, vouched.sub)
    : {}
  return identityOf(provider, { ...more, ...vouched }, aheadMs())
}

/** As the registry takes them. */
const LONGEST_NAME = 200

/** Reads the claims under their configured names. */
function identityOf(provider: ProviderConfiguration, claims: oidc.IDToken, aheadMs: number): Identity {
  const text = (claim: string) => (typeof claims[claim] === 'string' ? claims[claim].trim() : '')
  const personalId = text(provider.claims.personalId)
  const name = text(provider.claims.name)
  const birthDate = dayOf(text(provider.claims.birthDate))
  if (!/^\d{12}$/.test(personalId) || name === '' || name.length > LONGEST_NAME || birthDate === undefined)
    throw new Refusal('forbidden', 'identity.claims-missing')
  const signedInAt = new Date(Math.min(Number(claims.auth_time) * 1000, Date.now()) + aheadMs)
  return { issuer: claims.iss, subject: claims.sub, personalId, name, birthDate, signedInAt }
}

/** A day as OpenID Connect writes it (2001-02-28), or as Vietnamese papers do (28/02/2001). */
function dayOf(text: string): string | undefined {
  const local = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text)
  const day = local ? `${local[3]}-${local[2]}-${local[1]}` : text
  return isPlainDate(day) ? day : undefined
}

/** Runs one leg of the sign-in and says in our own words what went wrong on it; the library's error stays its cause. */
async function reaching<T>(leg: () => Promise<T>): Promise<T> {
  try {
    return await leg()
  } catch (error) {
    if (error instanceof Refusal) throw error
    const code = codeFor(error)
    if (code === undefined) throw error
    const kind = code === 'identity.provider-unreachable' ? 'conflict' : 'forbidden'
    throw Object.assign(new Refusal(kind, code), { cause: error })
  }
}

/** No answer in time, or one that is not the provider's (a proxy's error page). */
const UNREACHABLE = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
])

/** An answer that breaks the protocol: replayed, too old, meant for somebody else, signed by nobody we know. */
const BROKEN = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
  'OAUTH_RESPONSE_BODY_ERROR',
  'OAUTH_WWW_AUTHENTICATE_CHALLENGE',
  'OAUTH_UNSUPPORTED_OPERATION',
  'ANSWER_TOO_LONG',
])

/** The refusal's code for an error of the library; undefined for what is a defect. */
function codeFor(error: unknown): string | undefined {
  if (error instanceof oidc.AuthorizationResponseError) {
    if (error.error === 'access_denied') return 'identity.sign-in-cancelled'
    const busy = ['server_error', 'temporarily_unavailable'].includes(error.error)
    return busy ? 'identity.provider-unreachable' : 'identity.sign-in-failed'
  }
  if (error instanceof oidc.ResponseBodyError && error.status >= 500) return 'identity.provider-unreachable'
  if (error instanceof TypeError && error.message === 'fetch failed') return 'identity.provider-unreachable'
  const { code: own, cause } = error as { code?: unknown; cause?: { code?: unknown } }
  const code = cause?.code === 'ANSWER_TOO_LONG' ? cause.code : String(own)
  if (UNREACHABLE.has(code)) return 'identity.provider-unreachable'
  return BROKEN.has(code) ? 'identity.sign-in-failed' : undefined
}
