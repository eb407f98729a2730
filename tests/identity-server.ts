/** A small application with identity alone, the development provider beside it, and two people: for stories through HTTP. */
import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance } from 'fastify'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parse as parseForm } from 'node:querystring'
import { renderToString } from 'preact-render-to-string'
import { redirectUriOf } from '../src/identity/configuration.ts'
import { DelegationsContent } from '../src/identity/delegation-page.tsx'
import { findDemoPeople } from '../src/identity/development-people.ts'
import {
  startDevelopmentProvider,
  type DemoPerson,
  type DevelopmentProvider,
} from '../src/identity/development-provider.ts'
import {
  giveLostSecret,
  requireSession,
  sessionOf,
  type IdentityContext,
} from '../src/identity/identification.ts'
import { SessionsContent, SignInContent } from '../src/identity/page.tsx'
import { watchProvider, type WatchedProvider } from '../src/identity/provider-watch.ts'
import { createRelyingParty, type RelyingParty } from '../src/identity/relying-party.ts'
import { registerIdentityRoutes } from '../src/identity/routes.ts'
import { requireFresh } from '../src/identity/session-rules.ts'
import { actorOf } from '../src/identity/sessions.ts'
import { Refusal } from '../src/kernel/refusal.ts'
import { STATUS } from '../src/web/http.ts'
import { isChange, requireToken } from '../src/web/own-pages.ts'
import { identityWorld, TODAY, type IdentityWorld } from './identity-world.ts'
import { Browser } from './story-browser.ts'

export const AN: DemoPerson = {
  personalId: '079185000001',
  name: 'Nguyễn Thị An',
  birthDate: '1985-03-08',
  role: 'Đảng viên',
}
export const BA: DemoPerson = {
  personalId: '079155000002',
  name: 'Hồ Văn Ba',
  birthDate: '1955-05-19',
  role: 'Bí thư chi bộ',
}

export interface IdentityServer {
  readonly world: IdentityWorld
  readonly provider: DevelopmentProvider
  /** whether it answers, as the application sees it */
  readonly watch: WatchedProvider
  readonly publicUrl: string
  /** An is a member of the cell, Ba its secretary */
  readonly ids: { readonly an: string; readonly ba: string; readonly cell: string; readonly office: string }
  browser(): Browser
  /** moves the server's real time from now on */
  later(minutes: number): void
  /** another application on the same database */
  start(relyingParty: RelyingParty): Promise<{ app: FastifyInstance; address: string }>
  /** one whose provider must know its address */
  startFor(
    relyingPartyAt: (address: string) => Promise<RelyingParty>,
  ): Promise<{ app: FastifyInstance; address: string }>
  /** everybody signed out, everything in the registry as at first */
  reset(): Promise<void>
  stop(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

export async function startIdentityServer(): Promise<IdentityServer> {
  const world = await identityWorld()
  const cell = await world.organisation('Chi bộ Khu phố 1')
  const an = await world.member({ ...AN, organisationId: cell })
  const ba = await world.member({ ...BA, organisationId: cell })
  const office = await world.office({ memberId: ba, organisationId: cell })
  const publicUrl = `http://127.0.0.1:${await freePort()}`
  const provider = await startDevelopmentProvider({
    port: 0,
    issuerHost: '127.0.0.1',
    redirectUri: redirectUriOf(publicUrl),
    people: async () => [AN, BA],
    search: (words) => findDemoPeople(world.database.read, words),
  })
  let minutes = 0
  const now = () => new Date(Date.now() + minutes * 60_000)
  const watched = (relyingParty: RelyingParty) =>
    watchProvider(relyingParty, {
      database: world.database,
      at: now,
      now: () => now().getTime(),
      trustMs: 0,
    })
  const watch = watched(createRelyingParty(provider.configuration))
  const app = await startApp(world, now, watch, publicUrl)
  return {
    world,
    provider,
    watch,
    publicUrl,
    ids: { an, ba, cell, office },
    browser: () => new Browser(publicUrl),
    later: (more) => {
      minutes = more
    },
    async start(relyingParty) {
      const address = `http://127.0.0.1:${await freePort()}`
      return { app: await startApp(world, now, watched(relyingParty), address), address }
    },
    async startFor(relyingPartyAt) {
      const address = `http://127.0.0.1:${await freePort()}`
      return { app: await startApp(world, now, watched(await relyingPartyAt(address)), address), address }
    },
    async reset() {
      minutes = 0
      provider.reach.setAway(false)
      await watch.look({ atOnce: true })
      await world.change('delete from session')
      await world.change(`update member set standing = 'active'`)
      await world.change('update office set until = null')
      await world.change(`update account set hat = 'member'`)
    },
    async stop() {
      await app.close()
      await provider.stop()
      await world.close()
    },
  }
}

/** An application with identity and one route of its own: sign something. */
async function startApp(
  world: IdentityWorld,
  now: () => Date,
  relyingParty: WatchedProvider,
  address: string,
): Promise<FastifyInstance> {
  const server = Fastify()
  const context: IdentityContext = {
    database: world.database,
    publicUrl: address,
    now,
    today: () => TODAY,
  }
  await server.register(cookie)
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, { ...parseForm(String(body)) }),
  )
  // what the door asks of a session
  server.decorateRequest('session', undefined)
  server.addHook('onRequest', async (request, reply) => {
    request.session = await sessionOf(context, request)
    await giveLostSecret(context, request, reply)
  })
  server.addHook('preValidation', async (request) => {
    if (isChange(request.method)) requireToken(request, request.body)
  })
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
