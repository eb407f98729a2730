/** Draining (thôi nhận): connections that are there end with their next answer, so that no request meets a closed door. */
import { subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'
import { Server, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { LEAVING } from '../leaving.ts'

/** A connection that is idle so long after we closed to new ones is ended without a request: browsers and proxies ask anew. */
const IDLE_MS = 10_000
const LOOK_MS = 20
/** So long the first process may need to hear that we take nothing new; what it handed us meanwhile goes back to it. */
const ON_THE_WAY_MS = 500

export interface Connections {
  /** Ends all connections in order. */
  drain(): Promise<void>
}

/** Watches every server of this process from here on: called before the first of them listens. */
export function watchConnections(): Connections {
  const servers = new Set<Server>()
  const open = new Set<Socket>()
  const busy = new Set<ServerResponse>()
  let draining = false
  // Also one that nobody came to yet: `localhost` has two addresses, and a server for each.
  subscribe('tracing:net.server.listen:asyncStart', (message) => {
    const { server } = message as { server: Server }
    servers.add(server)
    server.once('close', () => servers.delete(server))
  })
  subscribe('net.server.socket', (message) => {
    const { socket } = message as { socket: Socket & { readonly server: Server } }
    servers.add(socket.server)
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse }
    busy.add(response)
    response.once('close', () => busy.delete(response))
    if (draining) response.setHeader('connection', 'close')
  })

  return {
    async drain() {
      draining = true
      for (const response of busy) if (!response.headersSent) response.setHeader('connection', 'close')
      // Only the ear is closed: an HTTP server that closes ends idle connections at once, and with them requests on their way.
      for (const server of servers) Server.prototype.close.call(server)
      await pause(ON_THE_WAY_MS)
      const began = performance.now()
      const waited = () => performance.now() - began
      while (
        open.size > 0 &&
        (waited() < IDLE_MS || (busy.size > 0 && waited() < LEAVING.requestsMs - ON_THE_WAY_MS))
      )
        await pause(LOOK_MS)
    },
  }
}
