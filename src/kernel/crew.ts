/**
 * A crew (tổ): workers outside the event loop, threads or processes, hired when there is work and let go when there is none.
 * What a lost worker had in hand is taken up again or given up. The press and the readers of foreign files are crews.
 */

/** A worker as its crew sees it. */
export interface CrewWorker {
  /** while it works, the program does not end */
  ref(): void
  unref(): void
  end(): Promise<unknown>
}

/** Something to be done by one worker. */
export interface CrewOrder {
  fail(error: Error): void
}

export interface CrewOptions<Order extends CrewOrder, Worker extends CrewWorker> {
  /** Starts a worker, which calls `lost` once when it ended, whyever. */
  hire(lost: () => void): Worker
  /** Hands an order to a worker. */
  begin(order: Order, worker: Worker): void
  /** at most; usually one for each core */
  readonly workers: number
  /** that a worker has in hand at a time */
  readonly ordersAWorker: number
  /** an order that took so many workers with it takes no further one */
  readonly mostWorkersLost: number
  /** a worker keeps its memory: one that has nothing to do for so long goes */
  readonly idleMs: number
  /** what an order fails with when it is given up, or the crew is closed */
  readonly givenUp: (order: Order) => Error
  readonly closed: () => Error
}

export interface Crew<Order extends CrewOrder> {
  /** orders in line that no worker has yet */
  readonly waiting: number
  /** @throws nothing: an order of a closed crew fails */
  add(order: Order): void
  /** The order is done: its worker is free for another. One that was given up before is not minded. */
  finish(order: Order): void
  close(): Promise<void>
}

interface Hand<Order, Worker> {
  readonly worker: Worker
  readonly orders: Set<Order>
  idle?: NodeJS.Timeout | undefined
}

export function openCrew<Order extends CrewOrder, Worker extends CrewWorker>(
  options: CrewOptions<Order, Worker>,
): Crew<Order> {
  const waiting: Order[] = []
  const hands = new Set<Hand<Order, Worker>>()
  const workersLost = new WeakMap<Order, number>()
  let closed = false

  function hire(): Hand<Order, Worker> {
    const hand: Hand<Order, Worker> = { worker: options.hire(() => lose(hand)), orders: new Set() }
    hand.worker.unref()
    hands.add(hand)
    return hand
  }

  function handOut(): void {
    while (waiting.length > 0) {
      const free = [...hands].sort((one, other) => one.orders.size - other.orders.size)[0]
      const hand = (!free || free.orders.size > 0) && hands.size < options.workers ? hire() : free
      if (!hand || hand.orders.size >= options.ordersAWorker) return
      const order = waiting.shift()!
      hand.orders.add(order)
      clearTimeout(hand.idle)
      hand.worker.ref()
      options.begin(order, hand.worker)
    }
  }

  function rest(hand: Hand<Order, Worker>): void {
    hand.worker.unref()
    hand.idle = setTimeout(() => {
      hands.delete(hand)
      void hand.worker.end()
    }, options.idleMs).unref()
  }

  /** What a lost worker had in hand is done by another one, from the start. */
  function lose(hand: Hand<Order, Worker>): void {
    hands.delete(hand)
    clearTimeout(hand.idle)
    for (const order of hand.orders) {
      const lost = (workersLost.get(order) ?? 0) + 1
      workersLost.set(order, lost)
      if (closed || lost >= options.mostWorkersLost) order.fail(options.givenUp(order))
      else waiting.unshift(order)
    }
    hand.orders.clear()
    if (!closed) handOut()
  }

  return {
    get waiting() {
      return waiting.length
    },
    add(order) {
      if (closed) return order.fail(options.closed())
      waiting.push(order)
      handOut()
    },
    finish(order) {
      const hand = [...hands].find(({ orders }) => orders.delete(order))
      if (hand?.orders.size === 0) rest(hand)
      handOut()
    },
    async close() {
      closed = true
      for (const { idle } of hands) clearTimeout(idle)
      for (const order of waiting.splice(0)) order.fail(options.closed())
      await Promise.all([...hands].map(({ worker }) => worker.end()))
    },
  }
}
