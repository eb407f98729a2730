/** What we ask of an ID token beyond the library's checks: each part that stands in it must be true, said once, and of our time. */
import { createHash } from 'node:crypto'
import type { IDToken } from 'openid-client'
import { Refusal } from '../kernel/refusal.ts'

/** Clocks may differ by so much (`iat`); it was issued while somebody waited. */
const ISSUED_WITHIN_SECONDS = 300
/** OpenID Connect Core 1.0, 2: at most 255 ASCII characters. */
const SUBJECT = /^[\x21-\x7e]{1,255}$/
/** A person's token has some 1,000; nothing that is checked needs more. */
const MOST_LETTERS = 64_000

interface Received {
  readonly idToken: string
  readonly accessToken: string
  readonly clientId: string
  readonly toleranceSeconds: number
}

/**
 * @throws Refusal forbidden `identity.sign-in-failed`; the reason stands in its cause, without anything of the person
 */
export function checkVouched(claims: IDToken, received: Received): void {
  const { idToken, accessToken, clientId, toleranceSeconds } = received
  const now = Date.now() / 1000
  const [header = '', payload = ''] = idToken.split('.', 2)
  const wrong =
    (idToken.length > MOST_LETTERS && 'too long') ||
    (hasNameTwice(textOf(header)) && 'a header twice') ||
    (hasNameTwice(textOf(payload)) && 'a claim twice') ||
    (!SUBJECT.test(claims.sub) && 'sub') ||
    (claims.azp !== undefined && claims.azp !== clientId && 'azp') ||
    (Math.abs(now - claims.iat) > ISSUED_WITHIN_SECONDS && 'iat') ||
    (Number(claims.auth_time) > now + toleranceSeconds && 'auth_time') ||
    (claims.at_hash !== undefined && claims.at_hash !== hashOf(accessToken, textOf(header)) && 'at_hash')
  if (wrong)
    throw Object.assign(new Refusal('forbidden', 'identity.sign-in-failed'), { cause: { code: wrong } })
}

const textOf = (part: string): string => Buffer.from(part, 'base64url').toString('utf8')

/** The left half of the hash that belongs to the signature's algorithm (Core 1.0, 3.1.3.6). */
function hashOf(accessToken: string, header: string): string {
  const { alg } = JSON.parse(header) as { alg: string }
  const digest = createHash(`sha${/\d{3}$/.exec(alg)?.[0] ?? '512'}`)
    .update(accessToken)
    .digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}

/** RFC 7519, 4: names are unique. A reader that takes the first and one that takes the last would see two persons. */
function hasNameTwice(json: string): boolean {
  const names = new Set<unknown>()
  let depth = 0
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    else if (depth === 1 && /^\s*:/.test(json.slice(index + token.length, index + token.length + 20))) {
      const name: unknown = JSON.parse(token)
      if (names.has(name)) return true
      names.add(name)
    }
  }
  return false
}
