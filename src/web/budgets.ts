/** What one asker may ask for (hạn mức): a budget that fills again by itself, and what each kind of request takes of it. */
import { Refusal } from '../kernel/refusal.ts'

/**
 * What a request costs, in units. A route says so where it costs more than its method tells; the weights are by the work it
 * makes (heavy: a paper, a workbook, a file looked through) or by what somebody could learn by trying again and again.
 */
export const COSTS = {
  free: 0,
  reading: 1,
  changing: 2,
  signing: 5,
  guessing: 20,
  heavy: 20,
  'sign-in': 20,
  watching: 5,
} as const

export type Cost = keyof typeof COSTS

/**
 * Who pays: a person for what they ask, in whatever browser, so that an office behind one address never waits for its
 * neighbour; an address only for those who have not signed in, together. What an address has, it has in purses: whoever empties
 * one leaves the others.
 */
export interface Payer {
  readonly purse: Purse
  /** a member, or an address */
  readonly of: string
}

/** So many times what a person has. */
const PURSES = {
  person: 1,
  visitors: 10,
  /** a village behind one gateway of a telephone network signs in on one morning; what could be guessed there has 256 bits */
  'signing-in': 100,
  /** monitors, whom no visitor's curiosity may lock out */
  watching: 10,
  /** files of ours that are not there: what a page of last year asks for as well */
  missing: 10,
} as const

export type Purse = keyof typeof PURSES

/** So many askers are remembered; beyond that those seen longest ago are forgotten, which can only be to their good. */
const MOST_REMEMBERED = 50_000

/** The budgets of one process. Whoever asked nothing for a minute has all of it. */
export class Budgets {
  readonly #perMinute: number
  readonly #kept = new Map<string, { left: number; at: number }>()

  constructor(perMinute: number) {
    this.#perMinute = perMinute
  }

  /**
   * Takes a request's cost.
   *
   * @param now milliseconds of a clock that only goes forward
   * @returns what is left
   * @throws Refusal too-many `request.too-many`, with the seconds to wait; nothing is taken then
   */
  take(payer: Payer, cost: Cost, now: number): number {
    const { purse, of } = payer
    const key = `${purse} ${purse === 'person' ? of : networkOf(of)}`
    const whole = this.#perMinute * PURSES[purse]
    const perMs = whole / 60_000
    const known = this.#kept.get(key)
    const left = known ? Math.min(whole, known.left + (now - known.at) * perMs) : whole
    const after = left - COSTS[cost]
    if (after < 0)
      throw new Refusal('too-many', 'request.too-many', {
        facts: { seconds: Math.ceil(-after / perMs / 1000) },
      })
    this.#kept.delete(key)
    this.#kept.set(key, { left: after, at: now })
    if (this.#kept.size > MOST_REMEMBERED) this.#kept.delete(this.#kept.keys().next().value ?? key)
    return after
  }
}

/** An IPv6 subscriber has a whole /64 of addresses: they count as one. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail = ''] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === '' ? [] : tail.split(':')
  const between = address.includes('::') ? Array<string>(8 - before.length - after.length).fill('0') : []
  const groups = [...before, ...between, ...after].map((group) => Number.parseInt(group, 16).toString(16))
  return groups.slice(0, 4).join(':')
}
