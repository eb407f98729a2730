/** Signing in and out over HTTP: to the provider, back from it, and away. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { MEMBER_HAT } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { admitIdentity, type Account } from './accounts.ts'
import { callbackQuery, signInQuery } from './contract.ts'
import { deviceOf } from './device.ts'
import { hatsOf, wornLast } from './hats.ts'
import { cookieOf, forgetSession, setCookie, setSessionCookie } from './cookies.ts'
import { sessionOf } from './identification.ts'
import { isPasskeyOffered } from './passkey-routes.ts'
import type { Identity, RelyingParty } from './relying-party.ts'
import { safeReturn } from './return-path.ts'
import { sendPage, type IdentityRouteOptions } from './route-options.ts'
import { SIGN_IN_MINUTES } from './session-rules.ts'
import { endSession, newSecret, openSession, refreshSession, renewSecret } from './sessions.ts'
import { rememberSignIn, takeSignIn } from './sign-ins.ts'

export function registerSignInRoutes(app: FastifyInstance, options: IdentityRouteOptions): void {
  app.get('/sign-in', { config: { access: 'public' } }, async (request, reply) => {
    const returnTo = safeReturn(signInQuery.safeParse(request.query).data?.return)
    if (await sessionOf(options, request)) return reply.redirect(returnTo, 303)
    const problem = options.relyingParty ? undefined : new Refusal('conflict', 'identity.no-provider')
    // While it is away, whoever waits here sees by themselves that it is back.
    if (await options.relyingParty?.awaySince()) await options.relyingParty?.look()
    return showSignIn(options, request, reply, returnTo, problem)
  })

  app.get('/sign-in/start', { config: { access: 'public', cost: 'sign-in' } }, async (request, reply) => {
    const returnTo = safeReturn(signInQuery.safeParse(request.query).data?.return)
    try {
      return reply.redirect(await start(options, request, reply, returnTo), 303)
    } catch (error) {
      return showUnreachable(error, options, request, reply, returnTo)
    }
  })

  app.get('/sign-in/callback', { config: { access: 'public', cost: 'sign-in' } }, async (request, reply) => {
    try {
      return reply.redirect(await finish(options, request, reply), 303)
    } catch (error) {
      return showUnreachable(error, options, request, reply, '/')
    }
  })

  app.post(
    '/sign-out',
    { config: { access: 'public', anyHat: true, level: 'passkey' } },
    async (request, reply) => {
      const session = await sessionOf(options, request)
      if (session)
        await options.database.transaction((write) =>
          endSession(write, session.id, 'signed-out', options.now()),
        )
      forgetSession(reply, options.publicUrl)
      return reply.redirect('/sign-in', 303)
    },
  )
}

async function showSignIn(
  options: IdentityRouteOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  returnTo: string,
  problem?: Refusal,
): Promise<FastifyReply> {
  const startHref = `/sign-in/start?return=${encodeURIComponent(returnTo)}`
  const [awaySince, byPasskey] = await Promise.all([
    options.relyingParty?.awaySince(),
    isPasskeyOffered(options),
  ])
  // That it is away is said once, with the time, and not as a failure of the one who tried.
  const told = problem?.code === 'identity.provider-unreachable' && awaySince ? undefined : problem
  const session = await sessionOf(options, request)
  const view = {
    startHref,
    returnTo,
    csrf: session?.csrf,
    byPasskey: byPasskey && !session,
    ...(awaySince ? { awaySince } : {}),
    ...(told ? { problem: told } : {}),
  }
  const page = await options.pages.signIn(view, request)
  return sendPage(reply, page)
}

/** Without the provider nobody new comes in: the page says so and can be tried again; whoever is signed in goes on. */
function showUnreachable(
  error: unknown,
  options: IdentityRouteOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  returnTo: string,
): Promise<FastifyReply> {
  if (error instanceof Refusal) {
    const cause = error.cause as { code?: unknown; error?: unknown } | undefined
    request.log.warn({ refused: error.code, reason: cause?.error ?? cause?.code }, 'sign-in')
  }
  if (!(error instanceof Refusal) || error.code !== 'identity.provider-unreachable') throw error
  reply.code(503).header('retry-after', '60')
  return showSignIn(options, request, reply, returnTo, error)
}

function providerOf(options: IdentityRouteOptions): RelyingParty {
  if (options.relyingParty === undefined) throw new Refusal('conflict', 'identity.no-provider')
  return options.relyingParty
}

async function start(
  options: IdentityRouteOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  returnTo: string,
): Promise<string> {
  const { url, ...pending } = await providerOf(options).begin()
  // One secret a browser, so that two tabs may sign in at the same time.
  const browser = cookieOf(request, 'sign-in', options.publicUrl) ?? newSecret()
  await options.database.transaction((write) =>
    rememberSignIn(write, pending, { browser, returnTo, now: options.now() }),
  )
  setCookie(reply, 'sign-in', options.publicUrl, browser, SIGN_IN_MINUTES)
  return url.href
}

/** Redeems the answer and returns where to go. */
async function finish(
  options: IdentityRouteOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string> {
  const { data: query } = callbackQuery.safeParse(request.query)
  const browser = cookieOf(request, 'sign-in', options.publicUrl)
  if (query === undefined || browser === undefined)
    throw new Refusal('forbidden', 'identity.sign-in-not-ours')
  const now = options.now()
  const pending = await options.database.transaction((write) =>
    takeSignIn(write, { state: query.state, browser, now }),
  )
  const answer = new URL(request.url, options.publicUrl).searchParams
  const identity = await providerOf(options).finish(answer, pending)
  const account = await admitIdentity(options.database, identity, now)
  const samePerson = await letIn(options, request, reply, identity, account)
  return samePerson ? pending.returnTo : '/'
}

/**
 * Opens the session, or freshens the one there is; a session of somebody else in this browser ends.
 * Returns false in that last case: the page that person came from is not this one's.
 */
async function letIn(
  options: IdentityRouteOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  identity: Identity,
  account: Account,
): Promise<boolean> {
  const { database } = options
  const now = options.now()
  const before = await sessionOf(options, request)
  const same = before?.memberId === account.memberId
  // A session opened by a passkey does not rise: its cookie was given for less.
  if (same && before.level === 'level-2') {
    const renewed = await database.transaction(async (write) => {
      await refreshSession(write, before.id, identity.signedInAt, now)
      return renewSecret(write, before, cookieOf(request, 'session', options.publicUrl) ?? '', now)
    })
    if (renewed) setSessionCookie(reply, options.publicUrl, renewed, before)
    return true
  }
  const today = await options.today()
  const hats = await hatsOf(database.read, account.memberId, today)
  // Somebody counted nowhere has no hat of their own to wear, and nobody can act for them.
  if (!hats.some((hat) => hat.key === MEMBER_HAT)) throw new Refusal('forbidden', 'identity.nowhere-counted')
  const choice = wornLast(hats, account.hatKey)
  const secret = await database.transaction(async (write) => {
    if (before) await endSession(write, before.id, 'replaced', now)
    const device = deviceOf(request.headers['user-agent'])
    return openSession(write, {
      memberId: account.memberId,
      choice,
      signedInAt: identity.signedInAt,
      device,
      now,
    })
  })
  const officer = hats.some((hat) => hat.officeId !== undefined)
  setSessionCookie(reply, options.publicUrl, secret, { officer, level: 'level-2' })
  return before === undefined || same
}
