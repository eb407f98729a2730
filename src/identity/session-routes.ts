/** The session over HTTP: who am I, which hats, switching, where am I signed in, ending it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import {
  endSessionForm,
  hatForm,
  hatsAnswer,
  idParams,
  sessionAnswer,
  sessionsAnswer,
  sessionsQuery,
} from './contract.ts'
import { cookieOf, forgetSession, setSessionCookie } from './cookies.ts'
import { choiceOf, hatsOf, type WornHat } from './hats.ts'
import { requireSession } from './identification.ts'
import { safeReturn } from './return-path.ts'
import { sendPage, type IdentityRouteOptions } from './route-options.ts'
import {
  endSession,
  endSessionsOf,
  renewSecret,
  revokeSession,
  sessionToken,
  switchHat,
  type ActingSession,
} from './sessions.ts'
import type { Scopes } from '../web/scope.ts'
import { sessionsView } from './view.ts'

/** about the session itself: also for who came in by a passkey */
const OWN = { access: 'signed-in', anyHat: true, level: 'passkey' } as const
/** a route of the interface, with what openapi.json says of it */
const described = (summary: string, scope: Scopes = {}) => ({ ...OWN, scope, api: { summary } })

export function registerSessionRoutes(app: FastifyInstance, options: IdentityRouteOptions): void {
  registerPages(app, options)
  registerJson(app, options)
}

function registerPages(app: FastifyInstance, options: IdentityRouteOptions): void {
  const { database } = options
  const typed = app.withTypeProvider<ZodTypeProvider>()

  typed.post(
    '/hat',
    { config: { ...OWN, scope: { hat: 'own' } }, schema: { body: hatForm } },
    async (request, reply) => {
      await wear(options, request, reply, request.body.hat)
      return reply.redirect(safeReturn(request.body.return), 303)
    },
  )

  typed.get('/sessions', { config: OWN }, async (request, reply) => {
    const session = await requireSession(options, request)
    const view = await sessionsView(database.read, session, options.now(), await options.today())
    const { done } = sessionsQuery.parse(request.query)
    return sendPage(reply, await options.pages.sessions({ ...view, done }, request))
  })

  typed.post(
    '/sessions/end',
    { config: { ...OWN, scope: { session: 'own' } }, schema: { body: endSessionForm } },
    async (request, reply) => {
      const session = await requireSession(options, request)
      const ended = await endChosen(options, session, request.body.session)
      if (!ended) return reply.redirect('/sessions', 303)
      forgetSession(reply, options.publicUrl)
      return reply.redirect('/sign-in', 303)
    },
  )
}

/** Puts on a hat, and gives the browser another secret with it. */
async function wear(
  options: IdentityRouteOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  hat: string,
): Promise<WornHat> {
  const session = await requireSession(options, request)
  const today = await options.today()
  const before = cookieOf(request, 'session', options.publicUrl) ?? ''
  const { worn, secret } = await options.database.transaction(async (write) => ({
    worn: await switchHat(write, session, choiceOf(hat), today),
    secret: await renewSecret(write, session, before, options.now()),
  }))
  if (secret) setSessionCookie(reply, options.publicUrl, secret, session)
  return worn
}

/** Ends one, the others or all; true when the reader's own is among them. */
async function endChosen(
  options: IdentityRouteOptions,
  session: ActingSession,
  which: string,
): Promise<boolean> {
  const now = options.now()
  await options.database.transaction(async (write) => {
    if (which === 'all') await endSessionsOf(write, session.memberId, 'revoked', now)
    else if (which === 'others') await endSessionsOf(write, session.memberId, 'revoked', now, session.id)
    else await revokeSession(write, session.memberId, which, now)
  })
  return which === 'all' || which === session.id
}

function registerJson(app: FastifyInstance, options: IdentityRouteOptions): void {
  const { database } = options
  const typed = app.withTypeProvider<ZodTypeProvider>()

  typed.get(
    '/api/v1/session',
    {
      config: described('Who is signed in, in which hat, with the form’s token'),
      schema: { response: { 200: sessionAnswer } },
    },
    async (request) => {
      const session = await requireSession(options, request)
      return {
        ...session,
        csrf: sessionToken(session.csrf),
        signedInAt: session.signedInAt.toISOString(),
        endsAt: session.endsAt.toISOString(),
      }
    },
  )

  typed.delete('/api/v1/session', { config: described('Sign out') }, async (request, reply) => {
    const session = await requireSession(options, request)
    await database.transaction((write) => endSession(write, session.id, 'signed-out', options.now()))
    forgetSession(reply, options.publicUrl)
    return reply.code(204).send()
  })

  typed.get(
    '/api/v1/hats',
    { config: described('Hats one may wear today'), schema: { response: { 200: hatsAnswer } } },
    async (request) => {
      const session = await requireSession(options, request)
      return { hats: await hatsOf(database.read, session.memberId, await options.today()) }
    },
  )

  typed.put(
    '/api/v1/hats/current',
    {
      config: described('Put on a hat', { hat: 'own' }),
      schema: { body: hatForm, response: { 200: hatsAnswer.shape.hats.element } },
    },
    (request, reply) => wear(options, request, reply, request.body.hat),
  )

  typed.get(
    '/api/v1/sessions',
    { config: described('Where one is signed in'), schema: { response: { 200: sessionsAnswer } } },
    async (request) => {
      const session = await requireSession(options, request)
      const view = await sessionsView(database.read, session, options.now(), await options.today())
      return {
        sessions: view.sessions.map((each) => ({
          ...each,
          signedInAt: each.signedInAt.toISOString(),
          lastSeenAt: each.lastSeenAt.toISOString(),
          endsAt: each.endsAt.toISOString(),
        })),
      }
    },
  )

  typed.delete(
    '/api/v1/sessions/:id',
    { config: described('End a sign-in', { id: 'own' }), schema: { params: idParams } },
    async (request, reply) => {
      const session = await requireSession(options, request)
      await endChosen(options, session, request.params.id)
      return reply.code(204).send()
    },
  )
}
