/** Chance that can be had again: the same seed and number draw the same. */

export interface Chance {
  /** from 0 to 1 */
  next(): number
  /** a whole number from 0 to below `end` */
  below(end: number): number
  /** true in this share of cases */
  in(share: number): boolean
  /** @throws Error when there is nothing to choose from */
  one<T>(of: readonly T[]): T
}

/** Mulberry32 (Tommy Ettinger, public domain): enough for choosing, useless for secrets. */
export function chanceOf(seed: number, number: number): Chance {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(number + 1, 0xc2b2ae35)) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (end: number): number => Math.floor(next() * end)
  return {
    next,
    below,
    in: (share) => next() < share,
    one: (of) => {
      if (of.length === 0) throw new Error('nothing to choose from')
      return of[below(of.length)]!
    },
  }
}
