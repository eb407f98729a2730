/** Who a request comes from: the session behind its cookie. The door (web/http.ts) asks it before anything else. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../kernel/db.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import { Refusal } from '../kernel/refusal.ts'
import { cookieOf, setSessionCookie } from './cookies.ts'
import { findSession, type ActingSession, type FoundSession } from './sessions.ts'

export interface IdentityContext {
  readonly database: Database
  /** the address people use, e.g. http://localhost:3000 */
  readonly publicUrl: string
  /** real time: sessions and sign-ins are measured in it, also when a demo's clock was moved */
  now(): Date
  /** the day on which offices and delegations must stand (the demo's day in a demo) */
  today(): PlainDate | Promise<PlainDate>
}

const found = new WeakMap<FastifyRequest, Promise<FoundSession | undefined>>()

/** The session of a request, asked of the database once; undefined for somebody not signed in. Needs @fastify/cookie. */
export async function sessionOf(
  context: IdentityContext,
  request: FastifyRequest,
): Promise<ActingSession | undefined> {
  return (await foundFor(context, request))?.session
}

/** Gives the browser the secret that an answer before should have brought. */
export async function giveLostSecret(
  context: IdentityContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { session, lostSecret } = (await foundFor(context, request)) ?? {}
  if (session && lostSecret) setSessionCookie(reply, context.publicUrl, lostSecret, session)
}

function foundFor(context: IdentityContext, request: FastifyRequest): Promise<FoundSession | undefined> {
  const known = found.get(request)
  if (known) return known
  const asked = askSession(context, request)
  found.set(request, asked)
  return asked
}

async function askSession(
  context: IdentityContext,
  request: FastifyRequest,
): Promise<FoundSession | undefined> {
  const secret = cookieOf(request, 'session', context.publicUrl)
  if (secret === undefined) return undefined
  return findSession(context.database, secret, context.now(), await context.today())
}

/** @throws Refusal forbidden `identity.sign-in-needed` */
export async function requireSession(
  context: IdentityContext,
  request: FastifyRequest,
): Promise<ActingSession> {
  const session = await sessionOf(context, request)
  if (session === undefined) throw new Refusal('forbidden', 'identity.sign-in-needed')
  return session
}
