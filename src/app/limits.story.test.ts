/** Too much at the door: told in words with a time to come back, each for themselves, and nothing is done meanwhile. */
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { openHouse, type House, type Visitor } from '../../tests/house.ts'

let house: House
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'performance'] })
  house = await openHouse({ env: { DANGVU_REQUESTS_PER_MINUTE: '100', TRUST_PROXY: '1' } })
  await house.server.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await house.close()
  vi.useRealTimers()
})

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
  for (const [url, address, times] of [
    // so many that a village behind one gateway signs in
    ['/sign-in/start', '198.51.100.1', 500],
    ['/verify/ABCDEFGHIJKLMNOPQRSTUVWX', '198.51.100.2', 50],
    ['/readyz', '198.51.100.4', 200],
    ['/metrics', '198.51.100.5', 200],
    ['/assets/of-last-year.css', '198.51.100.6', 50],
  ] as const) {
    expect(await spend(house.visitors.nobody, url, address)).toMatchObject({ asked: times })
    const other = await house.ask(house.visitors.nobody, { url: '/verify', headers: from('198.51.100.3') })
    expect(other.statusCode).toBe(200)
  }
})

test('who tries papers or files that are not there leaves to the others of that address the sign-in, the files and the monitor', async () => {
  const address = from('198.51.100.9')
  await spend(house.visitors.nobody, '/verify/ABCDEFGHIJKLMNOPQRSTUVWX', '198.51.100.9')
  await spend(house.visitors.nobody, '/assets/of-last-year.css', '198.51.100.9')
  for (const [url, status] of [
    ['/healthz', 200],
    ['/readyz', 200],
    ['/assets/app-TESTTEST.css', 200],
    ['/sign-in/start', 409], // no provider here
  ] as const)
    expect((await house.ask(house.visitors.nobody, { url, headers: address })).statusCode, url).toBe(status)
})

const sockets: Socket[] = []
afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()))

/** A connection on which something is said; what came back is in `heard`. */
function converse(said: string): {
  socket: Socket
  heard: () => string
  hears: (text: string) => Promise<void>
} {
  const { port } = house.server.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1', () => socket.write(said))
  sockets.push(socket)
  let heard = ''
  socket.on('data', (bytes) => (heard += String(bytes)))
  socket.on('error', () => undefined)
  const hears = async (text: string) => {
    await expect.poll(() => heard, { timeout: 10_000, interval: 5 }).toContain(text)
  }
  return { socket, heard: () => heard, hears }
}

/** A body of which only the beginning comes; the server has read the head of its request. */
async function trickle(path: string, address: string, type: string, beginning: string, length = 9_999) {
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: a',
    `x-forwarded-for: ${address}`,
    `content-type: ${type}`,
    `content-length: ${length}`,
    'expect: 100-continue',
  ]
  const conversation = converse(`${head.join('\r\n')}\r\n\r\n${beginning}`)
  await conversation.hears('100 Continue')
  return conversation
}

const trickleForm = (address: string) =>
  trickle('/preferences', address, 'application/x-www-form-urlencoded', 'language=')
const FILE = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-'
const trickleFile = (address: string, length?: number) =>
  trickle('/verify', address, 'multipart/form-data; boundary=x', FILE, length)

test('who sends slowly, on ever so many connections, takes no place from those who read', async () => {
  // as many as strangers are ever let in at once, and room for no other body
  for (let each = 0; each < 128; each += 1) await trickleForm(`192.0.2.${each % 4}`)
  const { hears } = await trickleForm('192.0.2.200')
  await hears('503 Service Unavailable')
  const { statusCode } = await house.ask(house.visitors.nobody, { url: '/about', headers: from('192.0.2.9') })
  expect(statusCode).toBe(200)
  // who works here has room of their own
  const change = { method: 'POST' as const, url: '/preferences', payload: { language: 'vi' } }
  expect(
    (await house.ask(house.visitors.officer, { ...change, headers: from('192.0.2.1') })).statusCode,
  ).toBe(303)
  for (const socket of sockets.splice(0)) socket.destroy()
  await expect
    .poll(async () => (await house.ask(house.visitors.nobody, change)).statusCode, { timeout: 10_000 })
    .toBe(303)
})

test('files that come slowly hold nobody’s turn, and more than there is memory for is not begun', async () => {
  for (let each = 0; each < 40; each += 1) await trickleFile(`192.0.2.${each}`)
  const whole = `${FILE}\r\n--x--\r\n`
  const quick = {
    method: 'POST' as const,
    url: '/verify',
    headers: { 'content-type': 'multipart/form-data; boundary=x', ...from('192.0.2.100') },
    payload: whole,
  }
  expect((await house.ask(house.visitors.nobody, quick)).statusCode).toBe(200)
  for (let each = 0; each < 4; each += 1) await trickleFile(`192.0.2.${each}`, 11_000_000)
  const { hears } = await trickleFile('192.0.2.101', 11_000_000)
  await hears('503 Service Unavailable')
})

test('a body that comes too slowly is told so in words, with a time to come back, and its connection ended', async () => {
  const slow = [await trickleForm('192.0.2.1'), await trickleFile('192.0.2.1')]
  vi.advanceTimersByTime(29_000)
  const steady = await trickleForm('192.0.2.2')
  vi.advanceTimersByTime(3_000)
  for (const { heard, hears, socket } of slow) {
    await hears('Đường truyền quá chậm')
    expect(heard()).toContain('HTTP/1.1 503 Service Unavailable')
    expect(heard()).toMatch(/retry-after: \d+/)
    await expect.poll(() => socket.closed, { timeout: 10_000 }).toBe(true)
  }
  expect(steady.socket.closed).toBe(false)
  steady.socket.write('v'.repeat(9_999 - 'language='.length))
  await steady.hears('HTTP/1.1 400')
})

test('connections that only wait in case somebody asks again are closed for those who come', async () => {
  const { server } = house.server
  const before = server.maxConnections
  server.maxConnections = 10
  try {
    for (let each = 0; each < 30; each += 1) {
      const { heard, hears } = converse('GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n')
      await hears('{"status":"alive"}')
      expect(heard()).toMatch(/connection: keep-alive/i)
    }
  } finally {
    server.maxConnections = before
  }
})

test('a form with a file is given to no route that takes none', async () => {
  const sent = await house.ask(house.visitors.nobody, {
    method: 'POST',
    url: '/preferences',
    headers: { 'content-type': 'multipart/form-data; boundary=x', accept: 'application/json' },
    payload: `${FILE}\r\n--x--\r\n`,
  })
  expect(sent.json()).toMatchObject({ status: 400, code: 'request.malformed' })
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
    .filter(({ url, takesFile }) => /\.(pdf|xlsx|csv)$/.test(url) || takesFile)
    .filter(({ cost }) => cost !== 'heavy')
  expect(cheap.map(({ method, url }) => `${method} ${url}`)).toEqual([])
})
