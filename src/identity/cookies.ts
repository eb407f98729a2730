/** Our cookies: the session's, the one that ties a sign-in under way to its browser, and what a reader likes. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { MEMBER_SESSION_MINUTES } from './session-rules.ts'

type Cookie = 'session' | 'sign-in' | 'language' | 'larger-text'

/** Over https the browser itself sees to it that no other host or path set the cookie (`__Host-`). */
export function cookieName(which: Cookie, publicUrl: string): string {
  return `${publicUrl.startsWith('https:') ? '__Host-' : ''}dangvu-${which}`
}

export function cookieOf(request: FastifyRequest, which: Cookie, publicUrl: string): string | undefined {
  return request.cookies[cookieName(which, publicUrl)] || undefined
}

/** @param minutes how long the browser keeps it; without it, until the browser is closed */
export function setCookie(
  reply: FastifyReply,
  which: Cookie,
  publicUrl: string,
  value: string,
  minutes?: number,
): void {
  reply.setCookie(cookieName(which, publicUrl), value, {
    ...attributes(publicUrl),
    ...(minutes === undefined ? {} : { maxAge: minutes * 60 }),
  })
}

/**
 * The session's secret, kept by the browser.
 *
 * @param session an officer's cookie, and one given for a passkey, ends with the browser; a member's phone may close it any time
 */
export function setSessionCookie(
  reply: FastifyReply,
  publicUrl: string,
  secret: string,
  session: { readonly officer: boolean; readonly level: 'level-2' | 'passkey' },
): void {
  const isKept = !session.officer && session.level === 'level-2'
  setCookie(reply, 'session', publicUrl, secret, isKept ? MEMBER_SESSION_MINUTES : undefined)
}

/** Takes the session's cookie back from the browser, with the pages and drafts it kept of this person. */
export function forgetSession(reply: FastifyReply, publicUrl: string): void {
  reply.clearCookie(cookieName('session', publicUrl), attributes(publicUrl))
  reply.header('clear-site-data', '"cache", "storage"')
}

/** Lax: the provider's redirect back must bring it along, a foreign form must not. */
function attributes(publicUrl: string) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: publicUrl.startsWith('https:') } as const
}
