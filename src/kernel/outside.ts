/**
 * Waiting for somebody outside (a signer's phone) with no transaction open: the work is done on trial, what it wants is noted
 * and nothing of it stays; then that is waited for; then the work is done anew, in one transaction, with what came.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { Refusal } from './refusal.ts'

interface Going {
  /** what came for the goings before, by what exactly was wanted */
  readonly came: ReadonlyMap<string, unknown>
  readonly used: Set<string>
  readonly wanted: Map<string, () => Promise<unknown>>
  /** what chance gave in the goings before, in order, and how much of it was taken in this one */
  readonly chosen: unknown[]
  taken: number
}

const goings = new AsyncLocalStorage<Going>()

/**
 * Does the work, and again while it wants something from outside: a second seal on a paper is wanted once the first is there.
 *
 * @param transaction runs the work and, before it commits, `ending`, which undoes what was on trial
 * @throws Refusal conflict `signing.changed-meanwhile` when the work wants something else than what was waited for
 */
export async function waitingOutside<T>(transaction: (ending: () => void) => Promise<T>): Promise<T> {
  const came = new Map<string, unknown>()
  const chosen: unknown[] = []
  for (;;) {
    const going: Going = { came, used: new Set(), wanted: new Map(), chosen, taken: 0 }
    try {
      return await goings.run(going, () =>
        transaction(() => {
          if (going.wanted.size > 0) throw going
        }),
      )
    } catch (error) {
      if (error !== going) throw error
    }
    if (going.used.size < came.size) throw new Refusal('conflict', 'signing.changed-meanwhile')
    const fetched = [...going.wanted].map(async ([what, fetch]) => [what, await fetch()] as const)
    for (const [what, found] of await Promise.all(fetched)) came.set(what, found)
  }
}

/**
 * Something that takes longer than a transaction may: fetched between the goings, or at once where no transaction is open.
 *
 * @param what names exactly what is wanted: a hash of it
 * @param onTrial stands in for it in a going that is undone
 */
export async function fromOutside<T>(what: string, fetch: () => Promise<T>, onTrial: T): Promise<T> {
  const going = goings.getStore()
  if (!going) return fetch()
  if (going.came.has(what)) {
    going.used.add(what)
    return going.came.get(what) as T
  }
  going.wanted.set(what, fetch)
  return onTrial
}

/** Undoes the going here, where something is waited for: what comes next rests on it. */
export function endTrial(): void {
  const going = goings.getStore()
  if (going && going.wanted.size > 0) throw going
}

/** What chance gives in the first going, the next are given again: papers are then the same to the byte. */
export function chosenOnce<T>(choose: () => T): T {
  const going = goings.getStore()
  if (!going) return choose()
  if (going.taken === going.chosen.length) going.chosen.push(choose())
  return going.chosen[going.taken++] as T
}
