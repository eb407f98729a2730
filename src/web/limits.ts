/** The limits at the door (giới hạn): every request is let in, paid for and given back, by what its route declares it costs. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { Arrivals, type Arrival } from './arrivals.ts'
import { Budgets, networkOf, type Cost, type Payer } from './budgets.ts'
import { Load, LOAD_LIMITS, type Entrance, type LoadLimits } from './load.ts'
import { Refusal } from '../kernel/refusal.ts'
import { isChange } from './own-pages.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** what a request costs (budgets.ts); by its method unless said. Signing and heavy work wait for their turn (load.ts). */
    cost?: Cost
    /** the route reads a form with a file by itself (uploads.ts); no other is given one */
    takesFile?: true
  }
  interface FastifyRequest {
    /** what the request has of the server */
    held: Held | undefined
  }
}

export interface Limits {
  /** before anything else is done: @throws Refusal overloaded */
  enter(request: FastifyRequest, reply: FastifyReply): void
  /** once it is known who asks: @throws Refusal too-many */
  charge(request: FastifyRequest, reply: FastifyReply): void
  /** for a file of ours that is not there: @throws Refusal too-many */
  chargeMissing(request: FastifyRequest): void
  /** before the body is read, unless the route reads it: while it comes it holds no place. @throws Refusal overloaded */
  awaitBody(request: FastifyRequest): void
  /** before the work begins: @throws Refusal overloaded, invalid */
  awaitTurn(request: FastifyRequest): Promise<void>
}

/** The largest body that is no file's, and the largest of one: 10 MB and the form around it. */
export const BODY_BYTES = 1024 * 1024
export const FILE_BODY_BYTES = 11 * BODY_BYTES

/** A connection that has asked nothing for so long only waits in case it will. */
const IDLE_MS = 5_000

/** Of the connections there may be; beyond that idle ones are closed for those who come. */
const CROWDED = 0.8

/**
 * @param perMinute units that one person may spend in a minute
 * @param bringsSession whether a request carries what may be a session, unproved
 */
export function openLimits(
  server: FastifyInstance,
  perMinute: number,
  bringsSession: (request: FastifyRequest) => boolean,
  loadLimits: LoadLimits = LOAD_LIMITS,
): Limits {
  const budgets = new Budgets(perMinute)
  const arrivals = new Arrivals()
  const load = new Load(loadLimits, watchConnections(server.server))
  server.decorateRequest('held', undefined)
  server.addHook('onClose', async () => {
    load.close()
    arrivals.close()
  })
  server.addHook('onSend', async (request) => request.held?.answered())
  return {
    enter(request, reply) {
      const by = bringsSession(request) || costOf(request) === 'free' ? 'known' : 'stranger'
      const held = new Held(request, load, arrivals, by)
      request.held = held
      reply.raw.once('finish', () => held.over())
      reply.raw.once('close', () => held.over())
    },
    charge(request, reply) {
      requireStillThere(request)
      const cost = costOf(request)
      if (cost === 'free') return
      const left = budgets.take(payerOf(request, cost), cost, performance.now())
      reply.header('x-ratelimit-remaining', String(Math.floor(left)))
    },
    chargeMissing(request) {
      budgets.take({ purse: 'missing', of: request.ip }, 'guessing', performance.now())
    },
    awaitBody(request) {
      const { held, raw } = request
      if (!held || !bringsBody(request) || isForm(request)) return
      const { signal } = held.sends(BODY_BYTES)
      // Told to whoever reads it; the connection stays, so that the reason can be told there.
      signal.addEventListener('abort', () => {
        if (raw.listenerCount('error') > 0) raw.emit('error', signal.reason)
      })
    },
    async awaitTurn(request) {
      if (!request.isMultipart()) return request.held?.takeTurn()
      // Its turn comes once the file is here; nobody else reads such a body.
      if (!request.routeOptions.config.takesFile && !request.is404)
        throw new Refusal('invalid', 'request.malformed')
    },
  }
}

/** What one request has of the server: a place, or room for what it sends; a turn; the memory of what it brought. */
class Held {
  readonly #request: FastifyRequest
  readonly #load: Load
  readonly #arrivals: Arrivals
  readonly #by: Entrance
  #place: () => void
  #turn: (() => void) | undefined
  #arrival: Arrival | undefined
  #isAnswered = false
  isGone = false

  /** @throws Refusal overloaded */
  constructor(request: FastifyRequest, load: Load, arrivals: Arrivals, by: Entrance) {
    this.#request = request
    this.#load = load
    this.#arrivals = arrivals
    this.#by = by
    this.#place = load.enter(by, networkOf(request.ip))
  }

  /**
   * Its body is on its way, of so many bytes at most.
   *
   * @throws Refusal overloaded
   */
  sends(most: number): Arrival {
    const { session, headers, raw, ip } = this.#request
    const announced = Number(headers['content-length']) || most
    const { socket } = raw
    const before = socket.bytesRead
    this.#arrival = this.#arrivals.begin({
      by: session || costOf(this.#request) === 'free' ? 'known' : 'stranger',
      asker: session?.memberId ?? networkOf(ip),
      most: Math.min(announced, most),
      received: () => socket.bytesRead - before,
    })
    this.#place()
    return this.#arrival
  }

  /**
   * Its body is here: it takes a place again.
   *
   * @throws Refusal overloaded; invalid where nobody waits for an answer any more
   */
  hasSent(): void {
    if (!this.#arrival) return
    this.#arrival.arrived()
    requireStillThere(this.#request)
    this.#place = this.#load.enter(this.#by, networkOf(this.#request.ip), true)
  }

  /** @throws Refusal overloaded; invalid where nobody waits for an answer any more */
  async takeTurn(): Promise<void> {
    const cost = costOf(this.#request)
    if (cost !== 'heavy' && cost !== 'signing') return
    const turn = await this.#load.takeTurn(cost)
    if (this.#isAnswered) turn()
    else this.#turn = turn
    requireStillThere(this.#request)
  }

  /** The work is done, however slowly its answer is read. */
  answered(): void {
    this.#isAnswered = true
    this.#turn?.()
    if (this.isGone) this.#giveBack()
  }

  /** The answer was read, or nobody is there any more: who hangs up in the middle has not made room by that. */
  over(): void {
    this.isGone = true
    if (this.#isAnswered) this.#giveBack()
  }

  #giveBack(): void {
    this.#place()
    this.#arrival?.leave()
  }
}

/**
 * Reads a body the route reads by itself, as every other body is: it holds no place while it comes, and what is to be done with it
 * begins when it is here and its turn has come.
 *
 * @throws Refusal overloaded `request.overloaded`, `request.too-slow`; whatever `reading` throws
 */
export async function receiving<T>(request: FastifyRequest, reading: () => Promise<T>): Promise<T> {
  requireStillThere(request)
  const { held } = request
  if (!held) return reading()
  const { signal } = held.sends(FILE_BODY_BYTES)
  const tooSlow = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Refusal), { once: true })
  })
  const read = await Promise.race([reading(), tooSlow])
  held.hasSent()
  await held.takeTurn()
  return read
}

/**
 * Who hung up while we looked for who they are, or while they waited, is refused here: a body that will not come any more would
 * be waited for without end, and what the request took never given back.
 *
 * @throws Refusal invalid `request.malformed`
 */
function requireStillThere(request: FastifyRequest): void {
  if (request.held?.isGone) throw new Refusal('invalid', 'request.malformed')
}

/** What its route declares, or by its method. What no route answers is as much work as reading. */
function costOf(request: FastifyRequest): Cost {
  return request.routeOptions.config.cost ?? (isChange(request.method) ? 'changing' : 'reading')
}

function payerOf({ session, ip }: FastifyRequest, cost: Cost): Payer {
  if (session) return { purse: 'person', of: session.memberId }
  const purse = cost === 'sign-in' ? 'signing-in' : cost === 'watching' ? 'watching' : 'visitors'
  return { purse, of: ip }
}

/** Whether there is more to come: most forms come in one piece with their head. */
function bringsBody({ raw, headers }: FastifyRequest): boolean {
  const announces = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  return announces && isChange(raw.method ?? 'GET') && !raw.complete
}

const isForm = ({ headers }: FastifyRequest): boolean =>
  (headers['content-type'] ?? '').trimStart().toLowerCase().startsWith('multipart/')

/** @returns how many connections have asked something just now; closes idle ones where there are too many */
export function watchConnections(server: Server): () => number {
  const lastAsked = new Map<Socket, number>()
  server.on('connection', (socket) => {
    lastAsked.set(socket, performance.now())
    socket.once('close', () => lastAsked.delete(socket))
    if (lastAsked.size > server.maxConnections * CROWDED) server.closeIdleConnections()
  })
  server.on('request', ({ socket }) => lastAsked.set(socket, performance.now()))
  return () => {
    const since = performance.now() - IDLE_MS
    return [...lastAsked.values()].filter((at) => at > since).length
  }
}
