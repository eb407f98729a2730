/** One action on many, done in pieces: what does not fit into one answer is sent again by the page itself, so nobody waits blindly. */
import type { ActingSession } from '../identity/sessions.ts'
import type { ItemResult } from '../ui/bulk.tsx'
import { openWords, sealWords } from './sealed-address.ts'

/** So long one piece takes at most; then the page shows how far it is, and goes on. */
const PIECE_MS = 3000

/** Acts on one after the other, `abreast` at a time, until the time of a piece is over. At least one round is done. */
export async function inPieces<Item, Result>(
  items: readonly Item[],
  abreast: number,
  act: (item: Item) => Promise<Result>,
  milliseconds = PIECE_MS,
): Promise<{ results: Result[]; rest: readonly Item[] }> {
  const until = performance.now() + milliseconds
  const results: Result[] = []
  let next = 0
  do {
    const some = items.slice(next, next + abreast)
    results.push(...(await Promise.all(some.map(act))))
    next += abreast
  } while (next < items.length && performance.now() < until)
  return { results, rest: items.slice(next) }
}

type Told = readonly (Omit<ItemResult, 'about'> & { readonly about: string })[]

/** What became of those before, carried by the page that goes on: sealed for its session, nobody else writes it. */
export function sealTold(session: Pick<ActingSession, 'csrf'>, told: Told): string {
  return sealWords(session, JSON.stringify(told))
}

/** Nothing for what is not this session's. */
export function openTold(session: Pick<ActingSession, 'csrf'>, sealed: string | undefined): Told {
  const words = sealed === undefined ? undefined : openWords(session, sealed)
  return words === undefined ? [] : (JSON.parse(words) as Told)
}
