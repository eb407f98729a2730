/**
 * How much is done at once (giảm tải): bounds on requests under way and on heavy work, and an eye on the event loop and the
 * memory. What does not fit is refused at once with a time to come back, so that what was begun is finished in good time.
 *
 * Most pages are made without waiting for anything: requests that came together are answered in one turn of the event loop, each
 * later than the one before, and a place is free again with the next turn. Those that wait for their turn wait in the kernel, where
 * nobody counts them: so a loop that is never idle while many are asking lets in fewer and fewer strangers, until it rests.
 */
import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
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
  /** of each kind of work so much at once, so many more wait, and so long */
  readonly turns: { readonly atOnce: number; readonly waiting: number; readonly waitMs: number }
  /** the event loop is never idle, and so many are asking: one long job alone is no overload */
  readonly busy: { readonly utilization: number; readonly connections: number }
  /** of the heap that Node allows itself */
  readonly heapShare: number
}

/** A request takes milliseconds, so a hundred under way are a wait of half a second, and some hundred one of seconds. */
export const LOAD_LIMITS: LoadLimits = {
  atOnce: { known: 512, stranger: 128 },
  networkShare: 5 / 8,
  turns: { atOnce: Math.max(2, availableParallelism()), waiting: 32, waitMs: 15_000 },
  busy: { utilization: 0.95, connections: 200 },
  heapShare: 0.85,
}

/** Work that waits for its turn, each kind in a line of its own: who signs never waits behind those who hand in files. */
export type Work = 'heavy' | 'signing'

/** Whoever is refused comes back after so long: what is under way now is done by then. */
const BACK_AFTER_SECONDS = 5

const LOOK_EVERY_MS = 200

/** of the strangers so many more are refused after each look, or fewer again; a few are always let in */
const STEP = 0.1
const REFUSED_MOST = 0.95

export class Load {
  readonly #limits: LoadLimits
  readonly #underWay: Record<Entrance, number> = { known: 0, stranger: 0 }
  readonly #networks = new Map<string, number>()
  readonly #lines: Readonly<Record<Work, Line>>
  readonly #looking: NodeJS.Timeout
  #refusedShare = 0
  #used = performance.eventLoopUtilization()

  /** @param asking how many connections ask something just now */
  constructor(limits: LoadLimits, asking: () => number) {
    this.#limits = limits
    this.#lines = { heavy: new Line(limits.turns), signing: new Line(limits.turns) }
    this.#looking = setInterval(() => this.#look(asking), LOOK_EVERY_MS)
    this.#looking.unref()
  }

  close(): void {
    clearInterval(this.#looking)
  }

  /**
   * Lets a request in.
   *
   * @param again it was in before, and left while its body came
   * @returns to be called once it is over; again does nothing. The place is free with the next turn of the event loop.
   * @throws Refusal overloaded `request.overloaded`
   */
  enter(by: Entrance, network: string, again = false): () => void {
    const { atOnce, networkShare, heapShare } = this.#limits
    const key = `${by} ${network}`
    const ofNetwork = this.#networks.get(key) ?? 0
    const isFull = this.#underWay[by] >= atOnce[by] || ofNetwork >= atOnce[by] * networkShare
    const isUnlucky = by === 'stranger' && !again && Math.random() < this.#refusedShare
    if (isFull || isUnlucky || usedHeapShare() > heapShare) throw overloaded()
    this.#underWay[by] += 1
    this.#networks.set(key, ofNetwork + 1)
    const leave = () => {
      this.#underWay[by] -= 1
      const left = (this.#networks.get(key) ?? 1) - 1
      if (left > 0) this.#networks.set(key, left)
      else this.#networks.delete(key)
    }
    return once(() => setImmediate(leave))
  }

  #look(asking: () => number): void {
    const { busy } = this.#limits
    const used = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(used, this.#used)
    this.#used = used
    const isBusy = utilization > busy.utilization && asking() >= busy.connections
    this.#refusedShare = Math.max(0, Math.min(REFUSED_MOST, this.#refusedShare + (isBusy ? STEP : -STEP)))
  }

  /**
   * Waits until there is room for work of this kind.
   *
   * @returns to be called once it is done; again does nothing
   * @throws Refusal overloaded `request.overloaded` when too many wait already, or it waited too long
   */
  takeTurn(work: Work): Promise<() => void> {
    return this.#lines[work].takeTurn()
  }
}

/** Those who wait for their turn, in the order they came. */
class Line {
  readonly #limits: LoadLimits['turns']
  readonly #waiting: (() => void)[] = []
  #atWork = 0

  constructor(limits: LoadLimits['turns']) {
    this.#limits = limits
  }

  async takeTurn(): Promise<() => void> {
    if (this.#atWork >= this.#limits.atOnce) await this.#turn()
    else this.#atWork += 1
    return once(() => {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#atWork -= 1
    })
  }

  /** Resolves once the place of somebody who is done is handed on. */
  #turn(): Promise<void> {
    if (this.#waiting.length >= this.#limits.waiting) throw overloaded()
    return new Promise((resolve, reject) => {
      const mine = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(mine), 1)
        reject(overloaded())
      }, this.#limits.waitMs)
      this.#waiting.push(mine)
    })
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
