/**
 * The press (xưởng in): makes many papers at once, a worker for each core. A worker typesets and lays out; the private key
 * never goes there: what is to be signed comes back, is signed here, beside the event loop, and goes there again.
 */
import { Worker } from 'node:worker_threads'
import { Refusal, type RefusalFacts, type RefusalKind } from '../../kernel/refusal.ts'
import type { SigningKey } from '../../signatures/authority.ts'
import { makePaper, type Making } from './make.ts'

export interface Press {
  /** how many papers may be asked for at once with profit; more wait in line and take memory */
  readonly abreast: number
  /**
   * @returns the signed paper
   * @throws Refusal what signing refuses (an expired certificate, a place that is taken)
   * @throws Error when the paper cannot be made, or two workers were lost over it
   */
  make(making: Making, key: SigningKey): Promise<Uint8Array>
  close(): Promise<void>
}

/** Makes papers in this very thread: for the command line, for tests, and where there is one core. */
export const HERE: Press = { abreast: 1, make: makePaper, close: async () => undefined }

/** What goes to a worker. */
export type ToWorker =
  | {
      readonly id: number
      readonly making: Making
      readonly key: Pick<SigningKey, 'certificate' | 'chain' | 'algorithm'>
      /** whether the key has time-stamps for what it signs */
      readonly stamped: boolean
    }
  | { readonly id: number; readonly signature: Uint8Array }
  | { readonly id: number; readonly stamp: Uint8Array | undefined }
  | { readonly id: number; readonly unsigned: string }

/** What comes from one. */
export type FromWorker =
  | { readonly id: number; readonly toSign: Uint8Array }
  | { readonly id: number; readonly toStamp: Uint8Array }
  | { readonly id: number; readonly made: Uint8Array }
  | { readonly id: number; readonly failed: string }
  | {
      readonly id: number
      readonly refused: { kind: RefusalKind; code: string; citation?: string; facts: RefusalFacts }
    }

interface Order {
  readonly id: number
  readonly making: Making
  readonly key: SigningKey
  readonly settle: (made: Uint8Array) => void
  readonly fail: (error: unknown) => void
  workersLost: number
  /** why the key did not sign: thrown as it is, once the worker says that it stopped */
  unsigned?: unknown
}

interface Hand {
  readonly worker: Worker
  readonly orders: Map<number, Order>
  idle?: NodeJS.Timeout | undefined
}

/** One is typeset while another waits for its signature. */
const ORDERS_A_WORKER = 2
/** A worker keeps some 100 MB: one that has nothing to do for so long goes. */
const IDLE_MS = 30_000
/** A paper that took two workers with it takes no third. */
const MOST_WORKERS_LOST = 2

/**
 * @param program the built program of a worker (`main.press.ts`)
 * @param workers at most; usually one for each core. They are hired when there is work and let go when there is none.
 */
export function openPress(program: URL | string, workers: number): Press {
  const waiting: Order[] = []
  const hands = new Set<Hand>()
  let last = 0
  let closed = false

  function hire(): Hand {
    const hand: Hand = { worker: new Worker(program), orders: new Map() }
    hand.worker.unref()
    hand.worker.on('message', (said: FromWorker) => hear(hand, said))
    hand.worker.on('error', () => undefined) // its exit follows
    hand.worker.on('exit', () => lose(hand))
    hands.add(hand)
    return hand
  }

  function handOut(): void {
    while (waiting.length > 0) {
      const free = [...hands].sort((one, other) => one.orders.size - other.orders.size)[0]
      const hand = (!free || free.orders.size > 0) && hands.size < workers ? hire() : free
      if (!hand || hand.orders.size >= ORDERS_A_WORKER) return
      const order = waiting.shift()!
      hand.orders.set(order.id, order)
      clearTimeout(hand.idle)
      hand.worker.ref()
      const { certificate, chain, algorithm } = order.key
      const stamped = order.key.stamp !== undefined
      send(hand, { id: order.id, making: order.making, key: { certificate, chain, algorithm }, stamped })
    }
  }

  function hear(hand: Hand, said: FromWorker): void {
    const order = hand.orders.get(said.id)
    if (!order) return
    if ('toSign' in said) return void answer(hand, order, () => sign(order, said.toSign))
    if ('toStamp' in said) return void answer(hand, order, () => stamp(order, said.toStamp))
    hand.orders.delete(order.id)
    if (hand.orders.size === 0) rest(hand)
    if ('made' in said) order.settle(said.made)
    else if ('refused' in said) {
      const { kind, code, ...more } = said.refused
      order.fail(new Refusal(kind, code, more))
    } else order.fail(order.unsigned ?? new Error(said.failed))
    handOut()
  }

  function rest(hand: Hand): void {
    hand.worker.unref()
    hand.idle = setTimeout(() => {
      hands.delete(hand)
      void hand.worker.terminate()
    }, IDLE_MS).unref()
  }

  async function answer(hand: Hand, order: Order, ask: () => Promise<ToWorker>): Promise<void> {
    try {
      send(hand, await ask())
    } catch (error) {
      order.unsigned = error
      send(hand, { id: order.id, unsigned: 'the key did not sign' })
    }
  }

  /** What a lost worker had in hand is made by another one, from the start. */
  function lose(hand: Hand): void {
    hands.delete(hand)
    for (const order of hand.orders.values()) {
      order.workersLost += 1
      if (closed || order.workersLost >= MOST_WORKERS_LOST) order.fail(new Error('the press lost its worker'))
      else waiting.unshift(order)
    }
    hand.orders.clear()
    if (!closed) handOut()
  }

  return {
    abreast: workers * ORDERS_A_WORKER,
    make(making, key) {
      if (closed) return Promise.reject(new Error('the press is closed'))
      return new Promise((settle, fail) => {
        last += 1
        waiting.push({ id: last, making, key, settle, fail, workersLost: 0 })
        handOut()
      })
    },
    async close() {
      closed = true
      for (const { idle } of hands) clearTimeout(idle)
      for (const order of waiting.splice(0)) order.fail(new Error('the press is closed'))
      await Promise.all([...hands].map(({ worker }) => worker.terminate()))
    },
  }
}

async function sign({ id, key }: Order, data: Uint8Array): Promise<ToWorker> {
  return { id, signature: await key.sign(data) }
}

async function stamp({ id, key }: Order, signature: Uint8Array): Promise<ToWorker> {
  return { id, stamp: await key.stamp?.(signature) }
}

function send(hand: Hand, message: ToWorker): void {
  hand.worker.postMessage(message, [])
}
