/**
 * Bodies on their way (dữ liệu đang gửi lên): so many at once, so many bytes, and none slower than a poor line. Whoever sends
 * holds a part of this and no place among the requests under way (load.ts): however slowly some send, the others are answered.
 */
import { Refusal } from '../kernel/refusal.ts'
import type { Entrance } from './load.ts'

export interface ArrivalLimits {
  /** bodies on their way, by entrance */
  readonly atOnce: Readonly<Record<Entrance, number>>
  /** what they bring together, as announced: in memory until their requests are answered */
  readonly bytes: Readonly<Record<Entrance, number>>
  /** of both, the most that one asker has: a person, or a network of strangers */
  readonly share: Readonly<Record<Entrance, number>>
  /** a body may take so long, and a second more for every so many bytes that came */
  readonly graceMs: number
  readonly bytesPerSecond: number
}

const MB = 1024 * 1024

/** A photograph of 10 MB may take four minutes (a poor line of a telephone), a form half a minute. */
export const ARRIVAL_LIMITS: ArrivalLimits = {
  atOnce: { known: 512, stranger: 128 },
  bytes: { known: 160 * MB, stranger: 48 * MB },
  share: { known: 1 / 4, stranger: 5 / 8 },
  graceMs: 30_000,
  bytesPerSecond: 48 * 1024,
}

const LOOK_EVERY_MS = 1_000

/** When room for another body is sought again: most are through by then. */
const LATER = { facts: { seconds: 10 } }

/** A body about to come. */
export interface Coming {
  readonly by: Entrance
  /** who sends: a person, or a stranger's network */
  readonly asker: string
  /** bytes it will have at most */
  readonly most: number
  /** how many have come so far */
  readonly received: () => number
}

export interface Arrival {
  /** aborted with a refusal, overloaded `request.too-slow`, once the body comes too slowly */
  readonly signal: AbortSignal
  /** It is here. Its bytes count until `leave`; again does nothing. */
  arrived(): void
  /** Its request is over; again does nothing. */
  leave(): void
}

interface Counted {
  bodies: number
  bytes: number
}

export class Arrivals {
  readonly #limits: ArrivalLimits
  readonly #all: Record<Entrance, Counted> = {
    known: { bodies: 0, bytes: 0 },
    stranger: { bodies: 0, bytes: 0 },
  }
  readonly #askers = new Map<string, Counted>()
  readonly #coming = new Set<{ coming: Coming; since: number; abort: AbortController }>()
  readonly #looking: NodeJS.Timeout

  constructor(limits: ArrivalLimits = ARRIVAL_LIMITS) {
    this.#limits = limits
    this.#looking = setInterval(() => this.look(performance.now()), LOOK_EVERY_MS)
    this.#looking.unref()
  }

  close(): void {
    clearInterval(this.#looking)
  }

  /**
   * Makes room for a body.
   *
   * @param now milliseconds of a clock that only goes forward
   * @throws Refusal overloaded `request.overloaded`
   */
  begin(coming: Coming, now = performance.now()): Arrival {
    const { by, asker, most } = coming
    const { atOnce, bytes, share } = this.#limits
    const key = `${by} ${asker}`
    const all = this.#all[by]
    const own = this.#askers.get(key) ?? { bodies: 0, bytes: 0 }
    const isFull =
      all.bodies >= atOnce[by] ||
      own.bodies >= atOnce[by] * share[by] ||
      all.bytes + most > bytes[by] ||
      own.bytes + most > bytes[by] * share[by]
    if (isFull) throw new Refusal('overloaded', 'request.overloaded', LATER)
    this.#askers.set(key, own)
    const count = (bodies: number, more: number) => {
      for (const each of [all, own]) {
        each.bodies += bodies
        each.bytes += more
      }
      if (own.bodies === 0 && own.bytes === 0) this.#askers.delete(key)
    }
    count(1, most)
    const entry = { coming, since: now, abort: new AbortController() }
    this.#coming.add(entry)
    let kept = most
    const arrived = () => {
      if (this.#coming.delete(entry)) count(-1, 0)
    }
    return {
      signal: entry.abort.signal,
      arrived,
      leave() {
        arrived()
        count(0, -kept)
        kept = 0
      },
    }
  }

  /** Breaks off what comes too slowly. */
  look(now: number): void {
    const { graceMs, bytesPerSecond } = this.#limits
    for (const { coming, since, abort } of this.#coming) {
      const allowedMs = graceMs + (coming.received() / bytesPerSecond) * 1000
      if (now - since > allowedMs) abort.abort(new Refusal('overloaded', 'request.too-slow', LATER))
    }
  }
}
