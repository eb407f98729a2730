/** A small proxy between the application and its database, which can refuse, swallow, and cut in the middle of a commit. */
import { createHash } from 'node:crypto'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** 'through'; 'refused': nobody listens, whoever was connected is cut; 'black-hole': connected, and not a packet comes or goes. */
export type Standing = 'through' | 'refused' | 'black-hole'

/** Where a commit is cut: before it reached the database, or after it was done and before its answer was passed on. */
export type Cut = 'before' | 'after'

export interface Proxy {
  readonly port: number
  stand(standing: Standing): Promise<void>
  /** Resets the connection of the next commit. @returns once that was done */
  cutNextCommit(where: Cut): Promise<void>
  close(): Promise<void>
}

/** As `kernel/db.ts` names the statement on each connection: its text once, then the name. */
const COMMIT_NAME = createHash('sha256').update('commit').digest('hex').slice(0, 24)

interface Pair {
  readonly near: Socket
  readonly far: Socket
}

export async function openProxy(target: number): Promise<Proxy> {
  const pairs = new Set<Pair>()
  let standing: Standing = 'through'
  let cutting: { readonly where: Cut; readonly done: () => void } | undefined
  let server = await listen(0)
  const { port } = server.address() as AddressInfo

  async function listen(on: number): Promise<Server> {
    const listening = createServer(join)
    await new Promise<void>((resolve, reject) =>
      listening.once('error', reject).listen(on, '127.0.0.1', resolve),
    )
    return listening
  }

  function join(near: Socket): void {
    const pair = { near, far: connect(target, '127.0.0.1') }
    pairs.add(pair)
    let deaf = false
    pair.near.on('data', (bytes) => {
      const cut = cutting && bytes.includes(COMMIT_NAME) ? cutting : undefined
      if (!cut) return void pair.far.write(bytes)
      cutting = undefined
      deaf = true
      if (cut.where === 'before') end(pair)
      else {
        pair.far.once('data', () => end(pair))
        pair.far.write(bytes)
      }
      cut.done()
    })
    pair.far.on('data', (bytes) => {
      if (!deaf) pair.near.write(bytes)
    })
    for (const socket of [pair.near, pair.far]) {
      socket.setNoDelay(true)
      socket.on('error', () => end(pair))
      socket.on('close', () => end(pair))
      if (standing === 'black-hole') socket.pause()
    }
  }

  /** Both sides see a reset, not a farewell. */
  function end(pair: Pair): void {
    if (!pairs.delete(pair)) return
    pair.near.resetAndDestroy()
    pair.far.resetAndDestroy()
  }

  return {
    port,
    async stand(next) {
      if (standing === 'refused' && next !== 'refused') server = await listen(port)
      standing = next
      if (next === 'refused') {
        const closed = new Promise((resolve) => server.close(resolve))
        for (const pair of pairs) end(pair)
        await closed
      }
      for (const { near, far } of pairs)
        for (const socket of [near, far])
          if (next === 'black-hole') socket.pause()
          else socket.resume()
    },
    cutNextCommit: (where) => new Promise((resolve) => (cutting = { where, done: resolve })),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const pair of pairs) end(pair)
      await closed
    },
  }
}
