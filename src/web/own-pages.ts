/**
 * Whose page a request came from (chống giả mạo yêu cầu, CSRF): the one place that tells our own pages from another site's.
 * Two proofs, each enough against a foreign page: the browser says which site asks, and the form carries its session's token.
 */
import type { FastifyRequest } from 'fastify'
import { checkCsrf, type ActingSession } from '../identity/sessions.ts'
import { Refusal } from '../kernel/refusal.ts'

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether a request of this method may change something. */
export function isChange(method: string): boolean {
  return !READING.has(method)
}

/**
 * What the browser itself says (Fetch Metadata; `Origin` where it does not send that, as over plain http). Another site may
 * lead here by a link and nothing else: neither send a form nor show or read anything of ours within its own page. Who says
 * nothing is no browser, or an old one: the token is asked all the same.
 *
 * @throws Refusal forbidden `request.foreign-page`
 */
export function requireOwnSite(request: FastifyRequest, publicUrl: string): void {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers
  if (site) {
    if (site === 'same-origin' || site === 'none') return
    if (!isChange(request.method) && mode === 'navigate') return
  } else if (!isChange(request.method) || isOwnOrigin(request, publicUrl)) return
  throw new Refusal('forbidden', 'request.foreign-page')
}

/** People may come by another name of this machine than the public one: then origin and `Host` agree. */
function isOwnOrigin({ headers, host }: FastifyRequest, publicUrl: string): boolean {
  const { origin } = headers
  if (origin === undefined || origin === new URL(publicUrl).origin) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

/**
 * The token of the session, in the form's field `csrf` or in the header `x-csrf-token`. Somebody without a session has
 * nothing that a foreign page could use. Token and field `openedAs` also tell in which hat the page was made: it is sent in no
 * other, but where the change is about the session itself (`anyHat`), and never in one that just fell. The door asks this of every
 * change; a route that declares `token: 'before-file'` asks it itself, of the fields that stand before its file.
 *
 * @throws Refusal forbidden `identity.form-not-ours`, `identity.hat-ended`; conflict `identity.hat-changed`
 */
export function requireToken(request: FastifyRequest, fields: unknown): void {
  if (!request.session) return
  const given = (fields ?? {}) as Readonly<Record<string, unknown>>
  const csrf = request.headers['x-csrf-token'] ?? given.csrf
  checkCsrf(request.session, csrf)
  if (!request.routeOptions.config.anyHat) requireSameHat(request.session, csrf, given.openedAs)
  if (request.session.hatEnded) throw new Refusal('forbidden', 'identity.hat-ended')
}

function requireSameHat(session: ActingSession, csrf: unknown, openedAs: unknown): void {
  const isOther =
    (String(csrf).includes('.') && csrf !== session.csrf) ||
    (typeof openedAs === 'string' && openedAs !== session.hat.key)
  if (isOther) throw new Refusal('conflict', 'identity.hat-changed')
}
