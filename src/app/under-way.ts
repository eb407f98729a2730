/**
 * Requests under way, waited for when the server stops. The framework itself waits for those of its first address alone,
 * and `localhost` has two: a request on the other would be cut off in the middle.
 */
import type { FastifyInstance } from 'fastify'

/** To be called before the server listens. */
export function watchRequests(server: FastifyInstance): { finished(): Promise<void> } {
  let underWay = 0
  let tell = (): void => undefined
  server.addHook('onRequest', (_request, reply, done) => {
    underWay += 1
    reply.raw.once('close', () => {
      underWay -= 1
      if (underWay === 0) tell()
    })
    done()
  })
  return {
    async finished() {
      if (underWay > 0) await new Promise<void>((resolve) => (tell = resolve))
    },
  }
}
