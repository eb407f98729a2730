/** Passkeys over HTTP: registered by who is freshly signed in with the provider, removed by their owner, and a way in while it is away. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { MEMBER_HAT } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { currentSettings } from '../kernel/settings.ts'
import { newPasskeyBody, passkeySignInBody, removePasskeyForm } from './contract.ts'
import { lastHatOf } from './accounts.ts'
import { cookieOf, setCookie, setSessionCookie } from './cookies.ts'
import { deviceOf } from './device.ts'
import { hatsOf, wornLast } from './hats.ts'
import { requireSession, sessionOf } from './identification.ts'
import {
  authenticationOptions,
  challengeIn,
  checkAuthentication,
  checkRegistration,
  passkeyPartyOf,
  registrationOptions,
} from './passkey-checks.ts'
import { PASSKEY_SESSION_MINUTES, PASSKEY_USE } from './passkey-settings.ts'
import {
  addPasskey,
  credentialIdsOf,
  findPasskey,
  notePasskeyUse,
  rememberChallenge,
  removePasskeys,
  takeChallenge,
  tellOfCopy,
  type StoredPasskey,
} from './passkeys.ts'
import { safeReturn } from './return-path.ts'
import type { IdentityRouteOptions } from './route-options.ts'
import { requireFresh, SIGN_IN_MINUTES } from './session-rules.ts'
import { actorOf, endSession, newSecret, openSession, renewSecret } from './sessions.ts'

const OWN = { access: 'signed-in', anyHat: true } as const
const PUBLIC = { access: 'public', level: 'passkey', cost: 'sign-in' } as const

export function registerPasskeyRoutes(app: FastifyInstance, options: IdentityRouteOptions): void {
  registerOwn(app, options)
  registerSignIn(app, options)
}

function registerOwn(app: FastifyInstance, options: IdentityRouteOptions): void {
  const { database, publicUrl } = options
  const party = passkeyPartyOf(publicUrl)
  const typed = app.withTypeProvider<ZodTypeProvider>()

  typed.post('/passkeys/options', { config: OWN }, async (request, reply) => {
    const session = await requireSession(options, request)
    requireFresh(actorOf(session), options.now())
    const member = { id: session.memberId, name: session.memberName }
    const asked = await registrationOptions(party, member, await credentialIdsOf(database.read, member.id))
    await remember(options, request, reply, asked.challenge, member.id)
    return reply.header('cache-control', 'no-store').send(asked)
  })

  typed.post('/passkeys', { config: OWN, schema: { body: newPasskeyBody } }, async (request, reply) => {
    const session = await requireSession(options, request)
    requireFresh(actorOf(session), options.now())
    const answer = request.body.answer as RegistrationResponseJSON
    const challenge = await take(options, request, answer.response.clientDataJSON, session.memberId)
    const made = await checkRegistration(party, answer, challenge)
    const id = await database.transaction((write) =>
      addPasskey(write, {
        ...made,
        memberId: session.memberId,
        name: request.body.name,
        now: options.now(),
      }),
    )
    return reply.code(201).send({ id, next: '/sessions?done=passkey-added#passkeys' })
  })

  // Taking a way in away is allowed to whoever has come in: a lost telephone does not wait for the provider.
  typed.post(
    '/passkeys/remove',
    {
      config: { ...OWN, level: 'passkey', scope: { passkey: 'own' } },
      schema: { body: removePasskeyForm },
    },
    async (request, reply) => {
      const { memberId } = await requireSession(options, request)
      const removal = { memberId, which: request.body.passkey, why: 'owner', now: options.now() } as const
      await database.transaction((write) => removePasskeys(write, removal))
      return reply.redirect('/sessions?done=passkey-removed#passkeys', 303)
    },
  )
}

function registerSignIn(app: FastifyInstance, options: IdentityRouteOptions): void {
  const party = passkeyPartyOf(options.publicUrl)
  const typed = app.withTypeProvider<ZodTypeProvider>()

  typed.post('/sign-in/passkey/options', { config: PUBLIC }, async (request, reply) => {
    await requireOffered(options)
    const asked = await authenticationOptions(party)
    await remember(options, request, reply, asked.challenge, null)
    return reply.header('cache-control', 'no-store').send(asked)
  })

  typed.post(
    '/sign-in/passkey',
    { config: PUBLIC, schema: { body: passkeySignInBody } },
    async (request, reply) => {
      await requireOffered(options)
      const answer = request.body.answer as AuthenticationResponseJSON
      const challenge = await take(options, request, answer.response.clientDataJSON, null)
      const passkey = await findPasskey(options.database.read, answer.id)
      if (passkey === undefined) throw new Refusal('forbidden', 'identity.passkey-not-taken')
      const counter = await checkAuthentication(party, answer, challenge, passkey).catch((error: unknown) =>
        reported(options, passkey, error),
      )
      const samePerson = await letIn(options, request, reply, passkey, counter)
      return reply.send({ next: samePerson ? safeReturn(request.body.return) : '/' })
    },
  )
}

/** Whether a passkey opens a session now: by the setting of the day, and whether the provider answers. */
export async function isPasskeyOffered(options: IdentityRouteOptions): Promise<boolean> {
  const settings = await currentSettings(options.database, await options.today())
  const use = settings.get(PASSKEY_USE)
  if (use === 'never' || options.relyingParty === undefined) return false
  return use === 'always' || (await options.relyingParty.awaySince()) !== undefined
}

async function requireOffered(options: IdentityRouteOptions): Promise<void> {
  if (!(await isPasskeyOffered(options))) throw new Refusal('conflict', 'identity.passkey-not-now')
}

/** Ties a challenge to this browser by the cookie of sign-ins under way. */
async function remember(
  options: IdentityRouteOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  challenge: string,
  memberId: string | null,
): Promise<void> {
  const browser = cookieOf(request, 'sign-in', options.publicUrl) ?? newSecret()
  await options.database.transaction((write) =>
    rememberChallenge(write, { challenge, browser, memberId, now: options.now() }),
  )
  setCookie(reply, 'sign-in', options.publicUrl, browser, SIGN_IN_MINUTES)
}

/** The challenge of an answer, taken out for good whatever becomes of the answer. */
async function take(
  options: IdentityRouteOptions,
  request: FastifyRequest,
  clientDataJson: string,
  memberId: string | null,
): Promise<string> {
  const challenge = challengeIn(clientDataJson)
  const browser = cookieOf(request, 'sign-in', options.publicUrl)
  const ours =
    browser !== undefined &&
    (await options.database.transaction((write) =>
      takeChallenge(write, { challenge, browser, memberId, now: options.now() }),
    ))
  if (!ours) throw new Refusal('forbidden', 'identity.passkey-too-late')
  return challenge
}

/** A key whose counter went back is refused, and its owner is told. */
async function reported(
  options: IdentityRouteOptions,
  passkey: StoredPasskey,
  error: unknown,
): Promise<never> {
  if (error instanceof Refusal && error.code === 'identity.passkey-copied')
    await options.database.transaction((write) => tellOfCopy(write, passkey, options.now()))
  throw error
}

/**
 * Opens a session of the lower level; one of the same person that runs already goes on, one of somebody else ends.
 * Returns false where the page one came from was another person's.
 */
async function letIn(
  options: IdentityRouteOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  passkey: StoredPasskey,
  counter: number,
): Promise<boolean> {
  const { database } = options
  const now = options.now()
  const today = await options.today()
  const before = await sessionOf(options, request)
  const hats = await hatsOf(database.read, passkey.memberId, today)
  if (!hats.some((hat) => hat.key === MEMBER_HAT)) throw new Refusal('forbidden', 'identity.nowhere-counted')
  const choice = wornLast(hats, await lastHatOf(database.read, passkey.memberId))
  const settings = await currentSettings(database, today)
  const minutes = settings.get(PASSKEY_SESSION_MINUTES)
  const same = before?.memberId === passkey.memberId
  const secret = await database.transaction(async (write) => {
    if (!(await notePasskeyUse(write, { id: passkey.id, counter, now })))
      throw new Refusal('forbidden', 'identity.passkey-not-taken')
    // The running session goes on, at the level it has.
    if (same) return renewSecret(write, before, cookieOf(request, 'session', options.publicUrl) ?? '', now)
    if (before) await endSession(write, before.id, 'replaced', now)
    return openSession(write, {
      memberId: passkey.memberId,
      choice,
      signedInAt: now,
      device: deviceOf(request.headers['user-agent']),
      now,
      passkey: { id: passkey.id, endsBy: new Date(now.getTime() + minutes * 60_000) },
    })
  })
  if (secret)
    setSessionCookie(reply, options.publicUrl, secret, same ? before : { officer: true, level: 'passkey' })
  return same || before === undefined
}
