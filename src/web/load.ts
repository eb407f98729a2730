/**
 * How much is done at once (giảm tải): bounds on requests under way and on heavy work, and an eye on the event loop and the
 * memory. What does not fit is refused at once with a time to come back, so that what was begun is finished in good time.
 */
import { availableParallelism } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import { Refusal } from '../kernel/refusal.ts'

/**
 * Who bring a session's cookie, and machines whose messages are signed, have places of their own: however many strangers come
 * at once, whoever works here is still let in.
 */
export type Entrance = 'known' | 'stranger'

export interface LoadLimits {
  /** requests under way in this process, by entrance */
  readonly atOnce: Readonly<Record<Entrance, number>>
  /** of those from one network: the rest is for the others */
  readonly networkShare: number
  readonly heavyAtOnce: number
  /** heavy requests that wait for their turn */
  readonly heavyWaiting: number
  readonly heavyWaitMs: number
  /** the event loop comes so late on average */
  readonly latestMs: number
  /** of the heap that Node allows itself */
  readonly heapShare: number
}

/** A request takes milliseconds, so a hundred under way are a wait of half a second, and some hundred one of seconds. */
export const LOAD_LIMITS: LoadLimits = {
  atOnce: { known: 512, stranger: 128 },
  networkShare: 5 / 8,
  heavyAtOnce: Math.max(2, availableParallelism()),
  heavyWaiting: 32,
  heavyWaitMs: 15_000,
  latestMs: 1_000,
  heapShare: 0.85,
}

/** Whoever is refused comes back after so long: what is under way now is done by then. */
const BACK_AFTER_SECONDS = 5

const LOOK_EVERY_MS = 500

/** One long job is no overload: what counts is that the loop is late look after look. */
const LATE_LOOKS = 3

export class Load {
  readonly #limits: LoadLimits
  readonly #underWay: Record<Entrance, number> = { known: 0, stranger: 0 }
  readonly #networks = new Map<string, number>()
  readonly #waiting: (() => void)[] = []
  readonly #delay = monitorEventLoopDelay({ resolution: 20 })
  readonly #look: NodeJS.Timeout
  #heavy = 0
  #lateLooks = 0

  constructor(limits: LoadLimits) {
    this.#limits = limits
    this.#delay.enable()
    this.#look = setInterval(() => this.#watch(), LOOK_EVERY_MS)
    this.#look.unref()
  }

  close(): void {
    clearInterval(this.#look)
    this.#delay.disable()
  }

  /**
   * Lets a request in.
   *
   * @returns to be called once it is over; again does nothing
   * @throws Refusal overloaded `request.overloaded`
   */
  enter(by: Entrance, network: string): () => void {
    const { atOnce, networkShare, heapShare } = this.#limits
    const key = `${by} ${network}`
    const ofNetwork = this.#networks.get(key) ?? 0
    const isFull = this.#underWay[by] >= atOnce[by] || ofNetwork >= atOnce[by] * networkShare
    if (isFull || this.#lateLooks >= LATE_LOOKS || usedHeapShare() > heapShare) throw overloaded()
    this.#underWay[by] += 1
    this.#networks.set(key, ofNetwork + 1)
    return once(() => {
      this.#underWay[by] -= 1
      const left = (this.#networks.get(key) ?? 1) - 1
      if (left > 0) this.#networks.set(key, left)
      else this.#networks.delete(key)
    })
  }

  /**
   * Waits until there is room for heavy work.
   *
   * @returns to be called once it is done; again does nothing
   * @throws Refusal overloaded `request.overloaded` when too many wait already, or it waited too long
   */
  async takeTurn(): Promise<() => void> {
    if (this.#heavy >= this.#limits.heavyAtOnce) await this.#turn()
    else this.#heavy += 1
    return once(() => {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#heavy -= 1
    })
  }

  /** Resolves once the place of somebody who is done is handed on. */
  #turn(): Promise<void> {
    if (this.#waiting.length >= this.#limits.heavyWaiting) throw overloaded()
    return new Promise((resolve, reject) => {
      const mine = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(mine), 1)
        reject(overloaded())
      }, this.#limits.heavyWaitMs)
      this.#waiting.push(mine)
    })
  }

  #watch(): void {
    this.#lateLooks = this.#delay.mean / 1e6 > this.#limits.latestMs ? this.#lateLooks + 1 : 0
    this.#delay.reset()
  }
}

const overloaded = () =>
  new Refusal('overloaded', 'request.overloaded', { facts: { seconds: BACK_AFTER_SECONDS } })

function once(act: () => void): () => void {
  let over = false
  return () => {
    if (!over) act()
    over = true
  }
}

function usedHeapShare(): number {
  const { used_heap_size: used, heap_size_limit: most } = getHeapStatistics()
  return used / most
}
