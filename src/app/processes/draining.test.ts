/** Draining: what listens is closed, whether or not somebody came to it. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { watchConnections } from './draining.ts'

test('an address that nobody came to yet is closed as well', async () => {
  const connections = watchConnections()
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  await connections.drain()
  expect(server.listening).toBe(false)
})
