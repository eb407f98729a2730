/** Requests without end to this machine: what a flood asks for, and how each was answered. Bounded in time and in what is open. */
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

export interface FloodOrder {
  readonly port: number
  readonly seconds: number
  /** they come from so many addresses: 127.0.0.2 and on */
  readonly addresses: number
  /** so many a second, answered or not … */
  readonly perSecond?: number
  /** … or so many askers, each of whom waits for its answer */
  readonly abreast?: number
}

export interface FloodTold {
  readonly sent: number
  /** answered by what was asked for */
  readonly served: number
  /** told to come back, and when */
  readonly shed: number
  /** the connection broke, or nothing came within half a minute */
  readonly unanswered: number
  readonly byStatus: Readonly<Record<string, number>>
  /** answers that should not be: defects, and a no without its time */
  readonly wrong: readonly string[]
  readonly servedP95Ms: number
  readonly shedP95Ms: number
}

const LONGEST_MS = 30_000
/** more than the server lets in, and few enough for this machine */
const MOST_OPEN = 600
const TICK_MS = 10

interface Asked {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: string
}

const FILE = [
  '--x',
  'content-disposition: form-data; name="file"; filename="a.pdf"',
  'content-type: application/pdf',
  '',
  `%PDF-1.7\n${'x'.repeat(20_000)}`,
  '--x--',
  '',
].join('\r\n')

/** Pages, what could be guessed, and what is heavy, as strangers may ask for them. */
function next(index: number): Asked {
  const turn = index % 20
  if (turn === 0) return { method: 'POST', path: '/verify', body: FILE }
  if (turn < 3) return { method: 'GET', path: `/verify/${'A'.repeat(16)}${String(index).padStart(6, '0')}` }
  return { method: 'GET', path: turn < 8 ? '/sign-in' : '/about' }
}

export async function sendFlood(order: FloodOrder): Promise<FloodTold> {
  const agents = Array.from({ length: order.addresses }, (_each, index) => ({
    agent: new Agent({ keepAlive: true, maxSockets: 400 }),
    localAddress: `127.0.0.${index + 2}`,
  }))
  const byStatus: Record<string, number> = {}
  const times = { served: [] as number[], shed: [] as number[] }
  const wrong = new Set<string>()
  const under = { sent: 0, open: 0, unanswered: 0 }

  const send = (): Promise<void> =>
    new Promise((resolve) => {
      const { method, path, body } = next(under.sent)
      const from = agents[under.sent % agents.length]!
      const began = performance.now()
      under.sent += 1
      under.open += 1
      const over = () => {
        under.open -= 1
        resolve()
      }
      const asking = request(
        {
          ...from,
          host: '127.0.0.1',
          port: order.port,
          method,
          path,
          timeout: LONGEST_MS,
          headers: {
            accept: 'text/html',
            ...(body
              ? { 'content-type': 'multipart/form-data; boundary=x', 'content-length': body.length }
              : {}),
          },
        },
        (answer) => {
          const status = answer.statusCode ?? 0
          byStatus[status] = (byStatus[status] ?? 0) + 1
          const isShed = status === 429 || status === 503
          if (isShed && !(Number(answer.headers['retry-after']) > 0)) wrong.add(`${status} without its time`)
          if (status >= 500 && status !== 503) wrong.add(`${status} ${method} ${path.slice(0, 8)}`)
          answer.resume()
          answer.once('close', () => {
            times[isShed ? 'shed' : 'served'].push(performance.now() - began)
            over()
          })
        },
      )
      asking.once('timeout', () => asking.destroy(new Error('no answer')))
      asking.once('error', () => {
        under.unanswered += 1
        over()
      })
      asking.end(body)
    })

  const until = performance.now() + order.seconds * 1000
  if (order.abreast !== undefined) {
    const asker = async () => {
      while (performance.now() < until) await send()
    }
    await Promise.all(Array.from({ length: order.abreast }, asker))
  } else {
    const began = performance.now()
    while (performance.now() < until) {
      const due = ((performance.now() - began) / 1000) * (order.perSecond ?? 0)
      while (under.sent < due && under.open < MOST_OPEN) void send()
      await pause(TICK_MS)
    }
    const late = performance.now() + LONGEST_MS
    while (under.open > 0 && performance.now() < late) await pause(50)
  }
  for (const { agent } of agents) agent.destroy()
  const p95 = (list: number[]) =>
    Math.round(list.sort((a, b) => a - b)[Math.ceil(list.length * 0.95) - 1] ?? 0)
  return {
    sent: under.sent,
    served: times.served.length,
    shed: times.shed.length,
    unanswered: under.unanswered + under.open,
    byStatus,
    wrong: [...wrong],
    servedP95Ms: p95(times.served),
    shedP95Ms: p95(times.shed),
  }
}
