/** The limits at the door (giới hạn): every request is let in, paid for and given back, by what its route declares it costs. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Budgets, networkOf, type Cost } from './budgets.ts'
import { Load, LOAD_LIMITS, type LoadLimits } from './load.ts'
import { Refusal } from '../kernel/refusal.ts'
import { isChange } from './own-pages.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** what a request costs (budgets.ts); by its method unless said. Signing and heavy work wait for their turn (load.ts). */
    cost?: Cost
  }
  interface FastifyRequest {
    /** gives back what the request took of the server */
    giveBack: { place: () => void; turn: () => void; answered: boolean; gone: boolean } | undefined
  }
}

export interface Limits {
  /** before anything else is done: @throws Refusal overloaded */
  enter(request: FastifyRequest, reply: FastifyReply): void
  /** once it is known who asks: @throws Refusal too-many */
  charge(request: FastifyRequest, reply: FastifyReply): void
  /** before the work begins: @throws Refusal overloaded */
  awaitTurn(request: FastifyRequest): Promise<void>
}

const nothing = (): void => undefined

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
  let connections = 0
  server.server.on('connection', (socket) => {
    connections += 1
    socket.once('close', () => (connections -= 1))
  })
  const load = new Load(loadLimits, () => connections)
  server.decorateRequest('giveBack', undefined)
  server.addHook('onClose', async () => load.close())
  // The work is done when its answer is ready, however slowly it is read; the place is free once both are over: who hangs
  // up in the middle has not made room by that.
  server.addHook('onSend', async (request) => {
    const taken = request.giveBack
    if (!taken) return
    taken.answered = true
    taken.turn()
    if (taken.gone) taken.place()
  })
  return {
    enter(request, reply) {
      const by = bringsSession(request) || costOf(request) === 'free' ? 'known' : 'stranger'
      const place = load.enter(by, networkOf(request.ip))
      const taken = { place, turn: nothing, answered: false, gone: false }
      request.giveBack = taken
      const over = () => {
        taken.gone = true
        if (taken.answered) taken.place()
      }
      reply.raw.once('finish', over)
      reply.raw.once('close', over)
    },
    charge(request, reply) {
      requireStillThere(request)
      const cost = costOf(request)
      if (cost === 'free') return
      const payer = request.session ? { memberId: request.session.memberId } : { address: request.ip }
      const left = budgets.take(payer, cost, performance.now())
      reply.header('x-ratelimit-remaining', String(Math.floor(left)))
    },
    async awaitTurn(request) {
      const cost = costOf(request)
      if (cost !== 'heavy' && cost !== 'signing') return
      const turn = await load.takeTurn()
      if (request.giveBack && !request.giveBack.answered) request.giveBack.turn = turn
      else turn()
      requireStillThere(request)
    },
  }
}

/**
 * Who hung up while we looked for who they are, or while they waited, is refused here: a body that will not come any more would
 * be waited for without end, and what the request took never given back.
 *
 * @throws Refusal invalid `request.malformed`
 */
export function requireStillThere(request: FastifyRequest): void {
  if (request.giveBack?.gone) throw new Refusal('invalid', 'request.malformed')
}

/** What its route declares, or by its method. What no route answers is as much work as reading. */
function costOf(request: FastifyRequest): Cost {
  return request.routeOptions.config.cost ?? (isChange(request.method) ? 'changing' : 'reading')
}
