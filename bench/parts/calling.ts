/** Requests to a server on this machine over connections kept open, as many at once as asked. */
import { Agent, request } from 'node:http'

export interface Call {
  readonly base: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** an object goes as JSON, a string as a form; at the call's own time */
  readonly body?: object | string
  /** what it must be answered with */
  readonly status: number
}

/** Calls answered a second, `connections` at once for so many seconds. An answer with another status ends the measurement. */
export async function rateOf(
  next: (connection: number) => Call,
  connections: number,
  seconds: number,
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const began = performance.now()
  const until = began + seconds * 1000
  let done = 0
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      while (performance.now() < until) {
        await send(agent, next(connection))
        done += 1
      }
    }),
  )
  const rate = done / ((performance.now() - began) / 1000)
  agent.destroy()
  return rate
}

/** One request; an answer with another status than expected is an error. */
export function send(agent: Agent, { base, method, path, headers, body, status }: Call): Promise<void> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? 'application/x-www-form-urlencoded' : 'application/json'
  const about = text === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(text) }
  return new Promise((resolve, reject) => {
    const call = request(`${base}${path}`, { agent, method, headers: { ...headers, ...about } }, (answer) => {
      answer.resume()
      answer.on('end', () =>
        answer.statusCode === status ? resolve() : reject(new Error(`status ${answer.statusCode}`)),
      )
    })
    call.on('error', reject)
    call.end(text)
  })
}
