/** Our cookies: the session's, the one that ties a sign-in under way to its browser, what a reader likes, and which form was taken. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { MEMBER_SESSION_MINUTES } from './session-rules.ts'

type Cookie = 'session' | 'sign-in' | 'language' | 'larger-text' | 'taken'

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

/** Enough for the next page to come, over whatever line. */
const TAKEN_MINUTES = 10

/**
 * Tells the page's script that the form sent to this path was taken (`autosave.browser.ts`): it alone may then forget what was
 * written. Nothing else tells it for certain: a refusal, a line that broke, a page that never came look the same to the next page.
 */
export function setTakenCookie(reply: FastifyReply, publicUrl: string, path: string): void {
  const options = { ...attributes(publicUrl), httpOnly: false, maxAge: TAKEN_MINUTES * 60 }
  reply.setCookie(cookieName('taken', publicUrl), path, options)
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
