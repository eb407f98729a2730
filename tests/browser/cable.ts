/** The cable between the browser and the server, which can be pulled out: what a browser's own "offline" leaves open is shut too. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Cable {
  /** of the end at the browser */
  readonly port: number
  /** Leads to the server's port. */
  leadTo(port: number): void
  pull(): void
  plugIn(): void
  close(): Promise<void>
}

/** Lays a cable from a free port. */
export async function layCable(): Promise<Cable> {
  const sockets = new Set<Socket>()
  let target: number | undefined
  let pulled = false
  const server = createServer((near) => {
    if (pulled || target === undefined) return near.destroy()
    const far = connect(target, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (port) => void (target = port),
    pull() {
      pulled = true
      cut()
    },
    plugIn: () => void (pulled = false),
    async close() {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
