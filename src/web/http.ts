/** The door: who is asking, what they may reach, and how a refusal becomes an answer. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { actingAs, actOfPerson, type Acting } from '../kernel/acting.ts'
import type { PersonActor } from '../kernel/actor.ts'
import { isAway, isDiskFull } from '../kernel/db.ts'
import { todayIn, type Language } from '../kernel/plain-date.ts'
import type { Context } from '../kernel/procedure.ts'
import { Refusal } from '../kernel/refusal.ts'
import { currentSettings } from '../kernel/settings.ts'
import { cookieOf, setTakenCookie } from '../identity/cookies.ts'
import { giveLostSecret, sessionOf as identify, type IdentityContext } from '../identity/identification.ts'
import { actorOf, type ActingSession } from '../identity/sessions.ts'
import { openLimits } from './limits.ts'
import { isChange, requireOwnSite, requireToken } from './own-pages.ts'
import { requireScope, type Scopes } from './scope.ts'
import { isOfDoor, STATUS } from './status.ts'
import { TROUBLE_TEXTS } from './trouble-texts.ts'
import type { Trouble, Web } from './web.ts'

export { STATUS }

/** Who may reach a route at all; what they may do there is the rules' to say. A route without one is refused at start. */
export type Access = 'public' | 'signed-in' | 'officer' | 'administrator'

/** A JSON route as callers read about it; the schemas are those the route parses with and answers by. */
export interface ApiDescription {
  /** English, an imperative or what is answered */
  readonly summary: string
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly response?: z.ZodType
  /** 200 unless said */
  readonly status?: number
  /** what is answered or taken where it is not JSON, e.g. 'application/pdf' */
  readonly responseType?: string
  readonly bodyType?: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** what its parameters name, and fields of its query or body; see scope.ts */
    scope?: Scopes
    /**
     * Where the form's token is checked, if not at the door. 'before-file': by the route, once the fields before its file are
     * read. 'not-asked': nothing done here is done with a session; only for what is public.
     */
    token?: 'before-file' | 'not-asked'
    /** about the session itself: also from a page made in a hat that was put off since */
    anyHat?: boolean
    /**
     * What a change needs besides `access`; without it the provider's level 2. 'passkey': it only drafts, or is about the
     * session itself; 'queue': it waits for level 2 in the queue of who came in by a passkey. Reading needs nothing.
     */
    level?: 'passkey' | 'queue'
    /** how openapi.json describes a route under /api/v1 */
    api?: ApiDescription
  }
  interface FastifyRequest {
    session: ActingSession | undefined
    language: Language
    largerText: boolean
  }
}

/**
 * Installs the door on a server: limits, visitor, access, refusals, problem documents.
 *
 * @param perMinute what one person may spend in a minute (budgets.ts)
 */
export function installDoor(server: FastifyInstance, web: Web, perMinute: number): void {
  const bringsSession = (request: FastifyRequest) => cookieOf(request, 'session', web.publicUrl) !== undefined
  const limits = openLimits(server, perMinute, bringsSession)
  server.decorateRequest('session', undefined)
  server.decorateRequest('language', 'vi')
  server.decorateRequest('largerText', false)
  server.addHook('onRoute', (route) => {
    if (!route.config?.access) throw new Error(`${String(route.method)} ${route.url} declares no access rule`)
    if (route.config.token === 'not-asked' && route.config.access !== 'public')
      throw new Error(`${String(route.method)} ${route.url} is done with a session: it asks for the token`)
    if (route.config.token === 'before-file' && !route.config.takesFile)
      throw new Error(`${String(route.method)} ${route.url} asks for its token before a file, and takes none`)
    requireScope(route)
  })
  // Who may not come in is told so before a byte of the body is read.
  server.addHook('onRequest', async (request, reply) => {
    readPreferences(request, web)
    if (!isAsset(request.url)) limits.enter(request, reply)
    requireOwnSite(request, web.publicUrl)
    await recognise(request, reply, web)
    limits.charge(request, reply)
    admit(request)
  })
  server.addHook('preParsing', async (request) => limits.awaitBody(request))
  // Before what was sent is looked at: a foreign form learns nothing of what it would have to say.
  server.addHook('preValidation', async (request) => {
    request.held?.hasSent()
    checkToken(request)
  })
  server.addHook('preHandler', (request) => limits.awaitTurn(request))
  // The last hook before the route: whatever it begins is the act of who is asking.
  server.addHook('preHandler', (request, _reply, done) => actingAs(actOf(request), done))
  // A page's form is answered by a page, or led on once it was taken; drafts are kept of who is signed in.
  server.addHook('onSend', async (request, reply) => {
    if (request.session && isChange(request.method) && reply.statusCode === 303)
      setTakenCookie(reply, web.publicUrl, request.url.split('?', 1)[0] ?? '/')
  })
  // What nobody said may be kept is kept by nobody: most answers are about one person.
  server.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  server.setErrorHandler((error, request, reply) => answerError(error as Error, request, reply, web))
  server.setNotFoundHandler((request, reply) => {
    const refusal = new Refusal('not-found', 'page.unknown')
    if (!isAsset(request.url)) return answerError(refusal, request, reply, web)
    // Nobody reads it: no page is made, and who asks on and on is told to wait.
    limits.chargeMissing(request)
    return sendProblem(refusal, request, reply, web)
  })
}

/** Before anybody is refused: in their language. */
function readPreferences(request: FastifyRequest, web: Web): void {
  request.language = cookieOf(request, 'language', web.publicUrl) === 'en' ? 'en' : 'vi'
  request.largerText = cookieOf(request, 'larger-text', web.publicUrl) === 'on'
}

async function recognise(request: FastifyRequest, reply: FastifyReply, web: Web): Promise<void> {
  if (isAsset(request.url)) return
  const context = identityContext(web)
  request.session = await identify(context, request)
  await giveLostSecret(context, request, reply)
}

/** Sessions are measured in real time; offices and delegations must stand on the instance's day. */
export function identityContext(web: Web): IdentityContext {
  return {
    database: web.database,
    publicUrl: web.publicUrl,
    now: () => web.clock.real(),
    today: () => todayIn(web.clock.now()),
  }
}

const isAsset = (url: string): boolean =>
  url.startsWith('/assets/') || url === '/healthz' || url === '/readyz' || url === '/metrics'

function admit(request: FastifyRequest): void {
  const { access } = request.routeOptions.config
  if (access !== undefined) requireLevel(request)
  if (access === 'public' || access === undefined) return // undefined: no route matched
  if (!request.session) throw new Refusal('forbidden', 'identity.sign-in-needed')
  requireAccess(access, request.session.hat)
}

/**
 * What the door asks of a hat.
 *
 * @throws Refusal forbidden `identity.officers-only`, `identity.administrators-only`
 */
export function requireAccess(
  access: Access,
  { position, onBehalfOf }: Pick<ActingSession['hat'], 'position' | 'onBehalfOf'>,
): void {
  if (access === 'officer' && position === 'member') throw new Refusal('forbidden', 'identity.officers-only')
  // A delegation is of procedures; rights over the system are nobody's to pass on.
  if (access === 'administrator' && (position !== 'system-administrator' || onBehalfOf)) {
    throw new Refusal('forbidden', 'identity.administrators-only')
  }
}

/** Whoever came in by a passkey reads and drafts; every other change waits for the provider. Denied unless declared. */
function requireLevel(request: FastifyRequest): void {
  if (request.session?.level !== 'passkey' || request.routeOptions.config.level !== undefined) return
  if (!isChange(request.method)) return
  throw new Refusal('forbidden', 'identity.level-2-needed', { citation: '338-QĐ/TW, Điều 12' })
}

function actOf(request: FastifyRequest): Acting {
  const act = `${request.method} ${request.routeOptions.url ?? ''}`
  if (!request.session) return { kind: 'visitor', act, requestId: request.id }
  return actOfPerson(actorOf(request.session), act, request.id)
}

function checkToken(request: FastifyRequest): void {
  if (!isChange(request.method) || request.routeOptions.config.token !== undefined) return
  requireToken(request, request.body)
}

/** The session, on a route that wants one. */
export function sessionOf(request: FastifyRequest): ActingSession {
  if (!request.session) throw new Refusal('forbidden', 'identity.sign-in-needed')
  return request.session
}

/** Who acts, when, under which calendar and settings. Signing in happens in real time, so the demo's shift is added to it. */
export async function contextOf(
  request: FastifyRequest,
  web: Web,
): Promise<Context & { readonly actor: PersonActor }> {
  const actor = actorOf(sessionOf(request))
  const at = web.clock.now()
  const shift = at.getTime() - web.clock.real().getTime()
  const today = todayIn(at)
  const [calendar, settings] = await Promise.all([web.calendar(), currentSettings(web.database, today)])
  return {
    actor: { ...actor, signedInAt: new Date(actor.signedInAt.getTime() + shift) },
    at,
    today,
    calendar,
    settings,
  }
}

/**
 * What a request says, as its contract wants it.
 *
 * @throws Refusal invalid `request.invalid` naming every field that could not be taken
 */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), code: issue.code }))
  throw new Refusal('invalid', 'request.invalid', { fields })
}

/** True when the asker reads JSON: everything under /api, and who says so. */
export function wantsJson(request: FastifyRequest): boolean {
  if (request.url.startsWith('/api/')) return true
  const accept = request.headers.accept ?? ''
  return accept.includes('json') && !accept.includes('text/html')
}

async function answerError(
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
  web: Web,
): Promise<FastifyReply> {
  const refusal = asRefusal(error)
  if (!refusal) return answerDefect(error, request, reply, web)
  try {
    return await answerRefusal(refusal, request, reply, web)
  } catch (failure) {
    return answerDefect(failure as Error, request, reply, web)
  }
}

/** After so many seconds what is away or full is asked again, at the earliest. */
const TRY_AGAIN_S = 5

/** Logged with the request's id, and told without a word of what it was. */
function answerDefect(error: Error, request: FastifyRequest, reply: FastifyReply, web: Web): FastifyReply {
  request.log.error({ err: { name: error.name, message: error.message, stack: error.stack } }, 'defect')
  const trouble: Trouble = isDiskFull(error) ? 'diskFull' : isAway(error) ? 'away' : 'defect'
  const status = trouble === 'defect' ? 500 : 503
  reply.code(status).header('cache-control', 'no-store')
  if (status === 503) reply.header('retry-after', String(TRY_AGAIN_S))
  if (!wantsJson(request))
    return reply.type('text/html; charset=utf-8').send(web.showDefect(request, trouble))
  const { title, what, mend } = TROUBLE_TEXTS[request.language][trouble]
  return reply.type('application/problem+json').send({
    type: 'about:blank',
    title,
    status,
    code: CODE_OF[trouble],
    detail: `${what} ${mend}`,
    instance: request.id,
  })
}

const CODE_OF: Readonly<Record<Trouble, string>> = {
  defect: 'defect',
  away: 'database-away',
  diskFull: 'disk-full',
}

async function answerRefusal(
  refusal: Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
  web: Web,
): Promise<FastifyReply> {
  if (refusal.code === 'identity.sign-in-needed' && request.method === 'GET' && !wantsJson(request)) {
    return reply.redirect(`/sign-in?return=${encodeURIComponent(request.url)}`, 303)
  }
  const { seconds } = refusal.facts
  reply.code(STATUS[refusal.kind]).header('cache-control', 'no-store')
  if (isOfDoor(refusal)) reply.header('retry-after', String(seconds))
  // What is still on its way is not waited for.
  if (refusal.code === 'request.too-slow') reply.header('connection', 'close')
  if (wantsJson(request)) return sendProblem(refusal, request, reply, web)
  reply.type('text/html; charset=utf-8')
  return reply.send(
    isOfDoor(refusal) ? web.showBusy(request, refusal) : await web.showRefusal(request, refusal),
  )
}

function sendProblem(refusal: Refusal, request: FastifyRequest, reply: FastifyReply, web: Web): FastifyReply {
  return reply
    .code(STATUS[refusal.kind])
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(problemOf(refusal, request, web))
}

/** A problem document (RFC 9457) with the words a person can act on. */
export function problemOf(refusal: Refusal, request: FastifyRequest, web: Web): Record<string, unknown> {
  const words = web.wordsOf(refusal, request.language)
  return {
    type: `/problems/${refusal.code}`,
    title: words.title,
    status: STATUS[refusal.kind],
    code: refusal.code,
    detail: [words.what, words.mend].filter(Boolean).join(' '),
    ...(refusal.citation ? { citation: refusal.citation } : {}),
    facts: refusal.facts,
    ...(refusal.fields.length > 0 ? { fields: refusal.fields } : {}),
    instance: request.id,
  }
}

/** What the framework and the database say no to is a refusal too; the rest is a defect. */
function asRefusal(error: Error): Refusal | undefined {
  if (error instanceof Refusal) return error
  const { code, statusCode } = error as FastifyError
  if (statusCode === 413 || code === 'FST_REQ_FILE_TOO_LARGE')
    return new Refusal('invalid', 'request.too-large')
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Refusal('invalid', 'request.malformed')
  // 22P02, 22P05, 22021: text PostgreSQL cannot take as that type (a zero byte, not an id); 22003/22008: out of range
  if (['22P02', '22P05', '22021', '22003', '22008'].includes(code))
    return new Refusal('invalid', 'request.malformed')
  return undefined
}
