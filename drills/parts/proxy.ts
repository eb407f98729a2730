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
  /**
   * As a router that forgot them: connections that introduced themselves with these words, and new ones that do, are reset towards
   * the database, and hear nothing here. Without words: no more of it.
   */
  forget(introduction?: string): void
  close(): Promise<void>
}

/** As `kernel/db.ts` names the statement on each connection: its text once, then the name. */
const COMMIT_NAME = createHash('sha256').update('commit').digest('hex').slice(0, 24)

interface Pair {
  readonly near: Socket
  readonly far: Socket
  /** the first packet: whose connection it is */
  introduction?: string
}

/** How the server tells the number of the process that serves a connection: BackendKeyData, and its length. */
const PROCESS_NUMBER_FOLLOWS = Buffer.from([0x4b, 0, 0, 0, 12])

/** @param processNumber told in place of the server's own, as a pooler does */
export async function openProxy(target: number, processNumber?: number): Promise<Proxy> {
  const pairs = new Set<Pair>()
  const unheard = new Set<Socket>()
  let forgotten: string | undefined
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
    const pair: Pair = { near, far: connect(target, '127.0.0.1') }
    pairs.add(pair)
    let deaf = false
    pair.near.on('data', (bytes) => {
      pair.introduction ??= bytes.toString('latin1')
      if (isForgotten(pair)) return forget(pair)
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
    let greeted = processNumber === undefined
    pair.far.on('data', (bytes) => {
      const place = greeted ? -1 : bytes.indexOf(PROCESS_NUMBER_FOLLOWS)
      if (place >= 0) {
        greeted = true
        bytes.writeInt32BE(processNumber ?? 0, place + PROCESS_NUMBER_FOLLOWS.length)
      }
      if (!deaf) pair.near.write(bytes)
    })
    for (const socket of [pair.near, pair.far]) {
      socket.setNoDelay(true)
      socket.on('error', () => end(pair))
      socket.on('close', () => end(pair))
      if (standing === 'black-hole') socket.pause()
    }
  }

  const isForgotten = ({ introduction }: Pair) =>
    forgotten !== undefined && introduction !== undefined && introduction.includes(forgotten)

  function forget(pair: Pair): void {
    if (!pairs.delete(pair)) return
    unheard.add(pair.near)
    pair.far.resetAndDestroy()
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
    forget(introduction) {
      forgotten = introduction
      for (const pair of pairs) if (isForgotten(pair)) forget(pair)
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const pair of pairs) end(pair)
      for (const near of unheard) near.destroy()
      await closed
    },
  }
}
