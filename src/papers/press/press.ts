/**
 * The press (xưởng in): makes many papers at once, a worker for each core. A worker typesets and lays out; the private key
 * never goes there: what is to be signed comes back, is signed here, beside the event loop, and goes there again.
 */
import { Worker } from 'node:worker_threads'
import { openCrew, type CrewWorker } from '../../kernel/crew.ts'
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
  /** why the key did not sign: thrown as it is, once the worker says that it stopped */
  unsigned?: unknown
}

/** A worker keeps some 100 MB. */
const IDLE_MS = 30_000
/** One is typeset while another waits for its signature. */
const ORDERS_A_WORKER = 2
/** A paper that took two workers with it takes no third. */
const MOST_WORKERS_LOST = 2

/**
 * @param program the built program of a worker (`main.press.ts`)
 * @param workers at most; usually one for each core
 */
export function openPress(program: URL | string, workers: number): Press {
  const orders = new Map<number, Order>()
  let last = 0

  const crew = openCrew<Order, PressWorker>({
    workers,
    ordersAWorker: ORDERS_A_WORKER,
    mostWorkersLost: MOST_WORKERS_LOST,
    idleMs: IDLE_MS,
    givenUp: () => new Error('the press lost its worker'),
    closed: () => new Error('the press is closed'),
    hire(lost) {
      const worker = new Worker(program)
      const send = (message: ToWorker) => worker.postMessage(message, [])
      worker.on('message', (said: FromWorker) => hear(said, send))
      worker.on('error', () => undefined) // its exit follows
      worker.on('exit', lost)
      return { ref: () => worker.ref(), unref: () => worker.unref(), end: () => worker.terminate(), send }
    },
    begin({ id, making, key: { certificate, chain, algorithm, stamp } }, { send }) {
      send({ id, making, key: { certificate, chain, algorithm }, stamped: stamp !== undefined })
    },
  })

  function hear(said: FromWorker, send: (message: ToWorker) => void): void {
    const order = orders.get(said.id)
    if (!order) return
    if ('toSign' in said) return void answer(order, sign(order, said.toSign), send)
    if ('toStamp' in said) return void answer(order, stamp(order, said.toStamp), send)
    if ('made' in said) order.settle(said.made)
    else if ('refused' in said) {
      const { kind, code, ...more } = said.refused
      order.fail(new Refusal(kind, code, more))
    } else order.fail(order.unsigned ?? new Error(said.failed))
    crew.finish(order)
  }

  async function answer(
    order: Order,
    asked: Promise<ToWorker>,
    send: (message: ToWorker) => void,
  ): Promise<void> {
    try {
      send(await asked)
    } catch (error) {
      order.unsigned = error
      send({ id: order.id, unsigned: 'the key did not sign' })
    }
  }

  return {
    abreast: workers * ORDERS_A_WORKER,
    make(making, key) {
      const id = (last += 1)
      const made = new Promise<Uint8Array>((settle, fail) => {
        const order = { id, making, key, settle, fail }
        orders.set(id, order)
        crew.add(order)
      })
      return made.finally(() => orders.delete(id))
    },
    close: () => crew.close(),
  }
}

interface PressWorker extends CrewWorker {
  send(message: ToWorker): void
}

async function sign({ id, key }: Order, data: Uint8Array): Promise<ToWorker> {
  return { id, signature: await key.sign(data) }
}

async function stamp({ id, key }: Order, signature: Uint8Array): Promise<ToWorker> {
  return { id, stamp: await key.stamp?.(signature) }
}
