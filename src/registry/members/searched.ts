/** What a list of members is searched for: sealed in the page's own links, or words as they are; never a number in an address. */
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../../kernel/refusal.ts'
import { sessionOf } from '../../web/http.ts'
import { openWords, sealWords } from '../../web/sealed-address.ts'
import { FEWEST_DIGITS } from './finding.ts'

/** Words to find by, and how a link of the page repeats them. */
export interface Searched {
  readonly q: string
  readonly link: Readonly<Record<string, string>>
}

/** @throws Refusal against-rule `registry.number-in-address`; invalid `registry.search-ended` */
export function searchedFor(
  request: FastifyRequest,
  { q, s }: { readonly q: string; readonly s?: string | undefined },
): Searched {
  if (s === undefined) return { q: withoutNumber(q), link: q === '' ? {} : { q } }
  const words = openWords(sessionOf(request), s)
  if (words === undefined) throw new Refusal('invalid', 'registry.search-ended')
  return { q: words, link: { s } }
}

/** The link of a search that was sent by a form. */
export function searchLink(request: FastifyRequest, q: string): Readonly<Record<string, string>> {
  return q === '' ? {} : { s: sealWords(sessionOf(request), q) }
}

/**
 * Words that may stand in an address, where servers and proxies write them down.
 *
 * @throws Refusal against-rule `registry.number-in-address`
 */
export function withoutNumber(q: string): string {
  if (new RegExp(`\\d{${FEWEST_DIGITS},}`).test(q.replace(/[\s.-]/g, '')))
    throw new Refusal('against-rule', 'registry.number-in-address')
  return q
}
