/** Connections: who asks counts, who only stays connected does not. */
import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { watchConnections } from './limits.ts'

afterEach(() => vi.useRealTimers())

test('a connection that has asked nothing for a while does not count until it asks again', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const server = createServer((_request, answer) => answer.end('ok'))
  const asking = watchConnections(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const agents = Array.from({ length: 3 }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
  const ask = (agent: Agent) =>
    new Promise<void>((resolve, reject) => {
      const asked = get({ port, host: '127.0.0.1', agent }, (answer) => answer.resume().once('end', resolve))
      asked.once('error', reject)
    })
  await Promise.all(agents.map(ask))
  expect(asking()).toBe(3)
  vi.advanceTimersByTime(6_000)
  expect(asking()).toBe(0)
  await ask(agents[1]!)
  expect(asking()).toBe(1)
  for (const agent of agents) agent.destroy()
  await new Promise((resolve) => server.close(resolve))
  await expect.poll(asking).toBe(0)
})
