/** Too much at the door: told in words with a time to come back, each for themselves, and nothing is done meanwhile. */
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../tests/house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ env: { DANGVU_REQUESTS_PER_MINUTE: '100', TRUST_PROXY: '1' } })
  await house.server.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => house.close())

const from = (address: string) => ({ 'x-forwarded-for': address })

/** Asks for a page until the door says no. */
async function spend(who: Visitor, url: string, address: string) {
  for (let asked = 0; asked < 2_000; asked += 1) {
    const answer = await house.ask(who, { url, headers: { accept: 'text/html', ...from(address) } })
    if (answer.statusCode === 429) return { asked, answer }
  }
  throw new Error('nobody said no')
}

test('a person who asks without end is told to wait, on a plain page that asks nobody anything', async () => {
  const { asked, answer } = await spend(house.visitors.member, '/about', '203.0.113.1')
  expect(asked).toBeGreaterThanOrEqual(100)
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.body).toContain('Thao tác quá nhanh')
  expect(answer.body).toContain(`chờ ${answer.headers['retry-after']} giây`)
  // so small that nothing packs it
  expect(Buffer.byteLength(answer.body)).toBeLessThan(1024)
  const problem = await house.ask(house.visitors.member, {
    url: '/api/v1/verify/ABCDEFGHIJKLMNOPQRSTUVWX',
    headers: from('203.0.113.1'),
  })
  expect(problem.json()).toMatchObject({ status: 429, code: 'request.too-many' })

  // the colleague at the next desk, behind the same address, goes on
  const colleague = await house.ask(house.visitors.officer, { url: '/', headers: from('203.0.113.1') })
  expect(colleague.statusCode).toBe(200)
  // and from another address the same person waits all the same
  const elsewhere = await house.ask(house.visitors.member, { url: '/verify', headers: from('203.0.113.2') })
  expect(elsewhere.statusCode).toBe(429)
})

test('who begins sign-ins without end, or tries tokens of papers, is stopped by the address; others are not', async () => {
  for (const [url, address] of [
    ['/sign-in/start', '198.51.100.1'],
    ['/verify/ABCDEFGHIJKLMNOPQRSTUVWX', '198.51.100.2'],
  ] as const) {
    const { asked } = await spend(house.visitors.nobody, url, address)
    expect(asked).toBeGreaterThanOrEqual(50)
    expect(asked).toBeLessThan(100)
    const other = await house.ask(house.visitors.nobody, { url: '/verify', headers: from('198.51.100.3') })
    expect(other.statusCode).toBe(200)
  }
})

test('health is asked as often as one likes, and so are the site’s own files', async () => {
  await spend(house.visitors.nobody, '/sign-in/start', '198.51.100.9')
  for (const url of ['/healthz', '/assets/app-TESTTEST.css'])
    expect((await house.ask(house.visitors.nobody, { url, headers: from('198.51.100.9') })).statusCode).toBe(
      200,
    )
})

test('who hangs up in the middle, again and again, takes up no place for good', async () => {
  const { port } = house.server.server.address() as AddressInfo
  const hangUp = () =>
    new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          'POST /verify HTTP/1.1\r\nhost: a\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 9999\r\n\r\n--x',
        )
        setImmediate(() => socket.destroy())
      })
      socket.once('close', () => resolve())
      socket.once('error', () => undefined)
    })
  // more than are ever let in at once
  for (let round = 0; round < 12; round += 1) await Promise.all(Array.from({ length: 50 }, hangUp))
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_each, index) =>
      house.ask(house.visitors.nobody, { url: '/about', headers: from(`192.0.2.${index}`) }),
    ),
  )
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array<number>(20).fill(200))
})

test('nor who hangs up while we look for who they are', async () => {
  const { port } = house.server.server.address() as AddressInfo
  const path = '/transfers/00000000-0000-4000-8000-000000000000/save-draft'
  const hangUp = () =>
    new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        // the body is on its way, and never comes
        socket.write(
          `POST ${path} HTTP/1.1\r\nhost: a\r\ncookie: dangvu-session=${'a'.repeat(43)}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 9999\r\n\r\na=`,
          () => socket.destroy(),
        )
      })
      socket.once('close', () => resolve())
      socket.once('error', () => undefined)
    })
  // more than those who bring a session are ever let in at once
  for (let round = 0; round < 12; round += 1) await Promise.all(Array.from({ length: 50 }, hangUp))
  const { statusCode } = await house.ask(house.visitors.officer, { url: '/', headers: from('127.0.0.1') })
  expect(statusCode).toBe(200)
})

test('whatever is made as a file or taken as one says that it is heavy', () => {
  const cheap = house.server.routeTable
    .filter(({ url, token }) => /\.(pdf|xlsx|csv)$/.test(url) || token === 'before-file')
    .filter(({ cost }) => cost !== 'heavy')
  expect(cheap.map(({ method, url }) => `${method} ${url}`)).toEqual([])
})
