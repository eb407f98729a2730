/** Stopping: a request whose body still arrives is finished, on each address that the server has. */
import { request } from 'node:http'
import { lookup } from 'node:dns/promises'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { watchRequests } from './under-way.ts'

const addresses = (await lookup('localhost', { all: true })).map(({ address }) => address)

test.each(addresses)(
  'an upload on %s, a name’s address, that the stop finds half way is answered',
  async (host) => {
    const server = Fastify()
    const underWay = watchRequests(server)
    let begun = (): void => undefined
    const arrived = new Promise<void>((resolve) => (begun = resolve))
    server.addHook('onRequest', async () => begun())
    server.post('/upload', async ({ body }) => ({ length: String(body).length }))
    await server.listen({ port: 0, host: 'localhost' })
    const { port } = server.server.address() as AddressInfo

    const upload = request({
      host,
      port,
      path: '/upload',
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'content-length': 10 },
    })
    const answer = new Promise<string>((resolve, reject) => {
      upload.once('error', reject)
      upload.once('response', (response) => response.once('data', (chunk) => resolve(String(chunk))))
    })
    upload.write('hello')
    await arrived
    let stopped = false
    const stop = (async () => {
      await server.close()
      await underWay.finished()
      stopped = true
    })()
    expect(stopped).toBe(false)
    upload.end('world')
    expect(await answer).toBe('{"length":10}')
    await stop
  },
)

test('with nothing under way, and one that went away, nothing is waited for', async () => {
  const server = Fastify()
  const underWay = watchRequests(server)
  let begun = (): void => undefined
  const arrived = new Promise<void>((resolve) => (begun = resolve))
  server.addHook('onRequest', async () => begun())
  server.post('/upload', async () => 'never')
  await server.listen({ port: 0, host: '127.0.0.1' })
  await expect(underWay.finished()).resolves.toBeUndefined()
  const { port } = server.server.address() as AddressInfo
  const upload = request({
    host: '127.0.0.1',
    port,
    path: '/upload',
    method: 'POST',
    headers: { 'content-length': 10 },
  })
  upload.once('error', () => undefined)
  upload.write('hello')
  await arrived
  upload.destroy()
  await expect(underWay.finished()).resolves.toBeUndefined()
  await server.close()
})
