/** Chance with a seed: the same seed breaks the same things in the same order; the moments between depend on the machine. */
import { parseArgs } from 'node:util'

export interface Chance {
  /** from `least` up to `most`, both reached */
  whole(least: number, most: number): number
  oneOf<T>(choices: readonly T[]): T
}

/** The generator known as mulberry32: 32 bits of state are plenty for a drill. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return { whole, oneOf: (choices) => choices[whole(0, choices.length - 1)]! }
}

/** `--cycles N` and `--seed S` of a drill. @throws Error naming what is not a whole number above 0 */
export function readArguments(cycles: number): { readonly cycles: number; readonly seed: number } {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: {
      cycles: { type: 'string', default: String(cycles) },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  })
  const asked = { cycles: Number(values.cycles), seed: Number(values.seed) }
  for (const [name, value] of Object.entries(asked))
    if (!Number.isInteger(value) || value <= 0) throw new Error(`--${name} wants a whole number above 0`)
  return asked
}
