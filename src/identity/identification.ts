/** Who a request comes from: the session behind its cookie, and the checks every change must pass. */
import type { FastifyRequest } from 'fastify'
import type { Database } from '../kernel/db.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import { Refusal } from '../kernel/refusal.ts'
import { cookieOf } from './cookies.ts'
import { checkCsrf, findSession, type ActingSession } from './sessions.ts'

export interface IdentityContext {
  readonly database: Database
  /** the address people use, e.g. http://localhost:3000 */
  readonly publicUrl: string
  /** real time: sessions and sign-ins are measured in it, also when a demo's clock was moved */
  now(): Date
  /** the day on which offices and delegations must stand (the demo's day in a demo) */
  today(): PlainDate | Promise<PlainDate>
}

const found = new WeakMap<FastifyRequest, Promise<ActingSession | undefined>>()

/** The session of a request, asked of the database once; undefined for somebody not signed in. Needs @fastify/cookie. */
export function sessionOf(
  context: IdentityContext,
  request: FastifyRequest,
): Promise<ActingSession | undefined> {
  const known = found.get(request)
  if (known) return known
  const asked = askSession(context, request)
  found.set(request, asked)
  return asked
}

async function askSession(
  context: IdentityContext,
  request: FastifyRequest,
): Promise<ActingSession | undefined> {
  const secret = cookieOf(request, 'session', context.publicUrl)
  if (secret === undefined) return undefined
  return findSession(context.database, secret, context.now(), await context.today())
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * The session of a request that needs one. A request that changes something must also carry the session's form token
 * (field `csrf` or header `x-csrf-token`), must not come in a hat that just fell, and, where the form says in
 * `openedAs` in which hat it was opened, must still come in that one.
 *
 * @throws Refusal forbidden `identity.sign-in-needed`, `identity.form-not-ours`, `identity.hat-ended`; conflict `identity.hat-changed`
 */
export async function requireSession(
  context: IdentityContext,
  request: FastifyRequest,
): Promise<ActingSession> {
  const session = await sessionOf(context, request)
  if (session === undefined) throw new Refusal('forbidden', 'identity.sign-in-needed')
  if (READING.has(request.method)) return session
  const { anyHat } = request.routeOptions.config
  requireForm(session, fieldsOf(request), { anyHat })
  if (session.hatEnded) throw new Refusal('forbidden', 'identity.hat-ended')
  return session
}

/** What every form carries: its token, and (if it wants) the key of the hat it was opened in. */
export interface FormToken {
  readonly csrf?: unknown
  readonly openedAs?: unknown
}

/**
 * Checks the form's token and, if token or form name one, the hat it was opened in.
 *
 * @param options `anyHat` for what concerns the session itself: signing out, putting on a hat
 * @throws Refusal forbidden `identity.form-not-ours`; conflict `identity.hat-changed`
 */
export function requireForm(
  session: ActingSession,
  fields: FormToken,
  options: { anyHat?: boolean | undefined } = {},
): void {
  checkCsrf(session, fields.csrf)
  if (options.anyHat) return
  if (String(fields.csrf).includes('.') && fields.csrf !== session.csrf)
    throw new Refusal('conflict', 'identity.hat-changed')
  if (typeof fields.openedAs === 'string' && fields.openedAs !== session.hat.key)
    throw new Refusal('conflict', 'identity.hat-changed')
}

function fieldsOf(request: FastifyRequest): FormToken {
  const body =
    typeof request.body === 'object' && request.body !== null ? (request.body as Record<string, unknown>) : {}
  return { csrf: request.headers['x-csrf-token'] ?? body.csrf, openedAs: body.openedAs }
}
