/** The server as a whole: its headers, its public files, and that no input whatsoever becomes a defect. */
import { connect, type AddressInfo } from 'node:net'
import fc from 'fast-check'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../tests/house.ts'
import type { RouteEntry } from './route-table.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
  await house.server.listen({ port: 0, host: '127.0.0.1' })
})

afterAll(() => house.close())

const nobody = () => house.visitors.nobody
const get = (url: string, headers: Record<string, string> = {}) =>
  house.ask(nobody(), { method: 'GET', url, headers })

test('every page carries the headers that keep foreign code and frames out', async () => {
  for (const url of ['/about', '/sign-in', '/no-such-page', '/api/v1/no-such-thing', '/brand.css']) {
    const { headers } = await get(url)
    const policy = String(headers['content-security-policy'])
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ])
      expect(policy, url).toContain(rule)
    expect(policy, url).not.toMatch(/unsafe-|\*|https?:|data:|blob:|report/)
    expect(headers['permissions-policy'], url).toMatch(/camera=\(\).*publickey-credentials-get=\(self\)/)
    expect(headers['cross-origin-opener-policy'], url).toBe('same-origin')
    expect(headers['cross-origin-resource-policy'], url).toBe('same-origin')
    expect(headers['x-frame-options'], url).toBe('DENY')
    expect(headers['x-content-type-options'], url).toBe('nosniff')
    expect(headers['referrer-policy'], url).toBe('same-origin')
    expect(headers['x-powered-by'], url).toBeUndefined()
  }
})

test('pages hold neither inline script nor inline style, so the policy costs them nothing', async () => {
  for (const url of ['/about', '/demo', '/offline', '/sign-in', '/verify', '/gallery']) {
    const { body, statusCode } = await get(url)
    expect(statusCode, url).toBe(200)
    expect(body.match(/<script(?![^>]*\ssrc=)[^>]*>/g), url).toBeNull()
    expect(body.match(/\s(style|on\w+)="/g), url).toBeNull()
  }
})

test('pages are kept by no cache, built files for ever, the service worker is asked for each time', async () => {
  expect((await get('/about')).headers['cache-control']).toBe('no-store')
  const asset = await get('/assets/app-TESTTEST.css')
  expect(asset.statusCode).toBe(200)
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  const worker = await get('/service-worker.js')
  expect(worker.headers['cache-control']).toBe('no-cache')
  expect(worker.headers['content-type']).toMatch(/javascript/)
  expect((await get('/assets/../../package.json')).statusCode).toBe(404)
  expect((await get('/assets/%2e%2e%2fpackage.json')).statusCode).toBe(400)
})

test('an address that does not exist is a page for people and a problem document for programs', async () => {
  const page = await get('/no-such-page', { accept: 'text/html' })
  expect(page.statusCode).toBe(404)
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(page.body).toContain('Không có trang này')
  const english = await house.ask(nobody(), { url: '/no-such-page', cookies: { 'dangvu-language': 'en' } })
  expect(english.body).toContain('There is no such page')
  const problem = await get('/api/v1/no-such-thing')
  expect(problem.statusCode).toBe(404)
  expectProblem(problem)
  expect(problem.json()).toMatchObject({ code: 'page.unknown', status: 404, title: 'Không có trang này' })
})

test('an address too long or not to be decoded does not exist either', async () => {
  for (const wrong of [`/verify/${'x'.repeat(4_000)}`, '/verify/%zz', '/%', '/transfers/%E0%A4%A']) {
    const page = await get(wrong, { accept: 'text/html' })
    expect([page.statusCode, wrong.slice(0, 20)]).toEqual([404, wrong.slice(0, 20)])
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.body).toContain('Không có trang này')
    const problem = await get(`/api/v1${wrong}`)
    expect(problem.statusCode).toBe(404)
    expectProblem(problem)
  }
  const spaces = await get('/verify/kh%C3%B4ng%20c%C3%B3?x=%zz', { accept: 'text/html' })
  expect(spaces.statusCode, 'what can be decoded reaches its route').not.toBe(400)
})

test('what is no HTTP, and too much of it, is told so in words and the connection ends', async () => {
  const { port } = house.server.server.address() as AddressInfo
  const told = (bytes: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
      let answer = ''
      socket.on('data', (piece) => (answer += String(piece)))
      socket.on('close', () => resolve(answer))
      socket.on('error', reject)
    })
  for (const [bytes, status] of [
    ['NOT HTTP AT ALL\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nhost: a\r\nx-much: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ] as const) {
    const answer = await told(bytes)
    expect(answer.split(' ')[1]).toBe(String(status))
    expect(answer).toContain('content-type: application/problem+json')
    const problem = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))) as Record<string, unknown>
    expect(problem).toMatchObject({ status, code: 'request.malformed', title: expect.any(String) })
  }
})

test('a page behind the sign-in leads there and back', async () => {
  const answer = await get('/notices?before=x', { accept: 'text/html' })
  expect(answer.statusCode).toBe(303)
  expect(answer.headers.location).toBe('/sign-in?return=%2Fnotices%3Fbefore%3Dx')
})

test('a defect is told without a word of what it was, as a page or as a problem document', async () => {
  const { clock } = house.parts
  const { now } = clock
  clock.now = () => {
    throw new Error('secret of the house')
  }
  try {
    const page = await get('/about', { accept: 'text/html' })
    const problem = await get('/about', { accept: 'application/json' })
    expect([page.statusCode, problem.statusCode]).toEqual([500, 500])
    expect(page.body).toContain('Hệ thống gặp lỗi')
    expect(problem.json()).toMatchObject({ code: 'defect', status: 500 })
    expect(page.body + problem.body).not.toContain('secret')
  } finally {
    clock.now = now
  }
})

test.each([
  { code: 'ECONNREFUSED', said: 'database-away', title: 'Cơ sở dữ liệu đang tạm ngừng' },
  { code: '53100', said: 'disk-full', title: 'Máy chủ đã hết chỗ lưu' },
])('$said is told as such, and when to come again', async ({ code, said, title }) => {
  const { clock } = house.parts
  const { now } = clock
  clock.now = () => {
    throw Object.assign(new Error('secret of the house'), { code })
  }
  try {
    const page = await get('/about', { accept: 'text/html' })
    const problem = await get('/about', { accept: 'application/json' })
    expect([page.statusCode, problem.statusCode]).toEqual([503, 503])
    expect(page.headers['retry-after']).toBe('5')
    expect(page.body).toContain(title)
    expect(problem.json()).toMatchObject({ code: said, status: 503, title })
    expect(page.body + problem.body).not.toContain('secret')
  } finally {
    clock.now = now
  }
})

test.each([
  ['POST', '/sign-out'],
  ['DELETE', '/api/v1/session'],
] as const)('%s %s takes back the cookie and what the browser kept', async (method, url) => {
  const who = await house.signIn(house.visitors.member)
  const answer = await house.ask(who, { method, url, payload: { csrf: who.csrf } })
  expect(answer.headers['clear-site-data']).toBe('"cache", "storage"')
  expect(answer.cookies).toContainEqual(
    expect.objectContaining({ name: 'dangvu-session', value: '', maxAge: 0 }),
  )
  expect((await house.ask(who, { url: '/api/v1/session' })).json()).toMatchObject({
    code: 'identity.sign-in-needed',
  })
})

test('a form sent after the session ended says where to sign in, and leads back to its page', async () => {
  const answer = await house.ask(nobody(), {
    method: 'POST',
    url: '/notices/read',
    headers: { accept: 'text/html', referer: `${house.parts.publicUrl}/notices?before=x` },
    payload: { ids: 'all' },
  })
  expect(answer.statusCode).toBe(403)
  expect(answer.body).toContain('href="/sign-in?return=%2Fnotices%3Fbefore%3Dx"')
  const foreign = await house.ask(nobody(), {
    method: 'POST',
    url: '/notices/read',
    headers: { accept: 'text/html', referer: 'https://elsewhere.example/trap' },
    payload: { ids: 'all' },
  })
  expect(foreign.body).toContain('href="/sign-in?return=%2F"')
})

function expectProblem(answer: LightMyRequestResponse, where = ''): void {
  expect(answer.headers['content-type'], where).toMatch(/^application\/problem\+json/)
  expect(answer.headers['cache-control'], where).toBe('no-store')
  const { title, detail, status, code, instance } = answer.json<Record<string, unknown>>()
  expect(status).toBe(answer.statusCode)
  for (const said of [title, detail, code, instance]) expect(said).toEqual(expect.stringMatching(/\S/))
}

/** Routes that change something, with an id put where one is wanted. */
const changing = (): (RouteEntry & { path: string })[] =>
  house.server.routeTable
    .filter(({ method }) => method !== 'GET')
    .map((route) => ({ ...route, path: route.url.replace(/:\w+/g, '0b6a1ad9-6c1f-4f0e-9d0a-1f5c8f6a7b10') }))

const PROGRAM = { accept: 'application/json' }

/** What a broken or hostile client sends: none of it is what any route wants. */
const BROKEN: readonly (readonly [name: string, request: InjectOptions])[] = [
  ['JSON cut off', { payload: '{"commandId": "', headers: { 'content-type': 'application/json' } }],
  ['JSON that is a list', { payload: '[[[]]]', headers: { 'content-type': 'application/json' } }],
  ['JSON that is null', { payload: 'null', headers: { 'content-type': 'application/json' } }],
  ['an empty JSON body', { payload: '', headers: { 'content-type': 'application/json' } }],
  [
    'JSON that reaches for the prototype',
    { payload: '{"__proto__":{"admin":true}}', headers: { 'content-type': 'application/json' } },
  ],
  [
    'a form with bytes that are no text',
    { payload: 'a=%ff%fe%00&b=%', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  ],
  [
    'a form whose every field is a list of zero bytes',
    {
      payload: ['commandId', 'ids', 'hat', 'language', 'day', 'reason', 'key', 'value', 'id', 'session']
        .flatMap((name) => [`${name}=%00`, `${name}=%00`])
        .join('&'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
  ],
  ['a content type nobody knows', { payload: '<x/>', headers: { 'content-type': 'application/xml' } }],
  ['a content type that is none', { payload: 'x', headers: { 'content-type': ';;;' } }],
  [
    'a multipart body without its parts',
    { payload: 'x', headers: { 'content-type': 'multipart/form-data; boundary=y' } },
  ],
  [
    'a multipart body without a boundary',
    { payload: 'x', headers: { 'content-type': 'multipart/form-data' } },
  ],
  [
    'a body larger than any',
    {
      payload: `a=${'x'.repeat(1_100_000)}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
  ],
]

test.each(BROKEN)('%s is refused in words on every route that changes something', async (_name, request) => {
  for (const route of changing())
    for (const who of [house.visitors.nobody, house.visitors.administrator])
      await expectRefusedOrDone(route, who, { ...request, headers: { ...request.headers, ...PROGRAM } })
})

/** Whatever came: no defect; and what was refused is a problem document with words. */
async function expectRefusedOrDone(
  route: RouteEntry & { path: string },
  who: Visitor,
  request: InjectOptions,
): Promise<void> {
  const answer = await house.ask(await house.signIn(who), {
    ...request,
    method: route.method as 'POST',
    url: route.path,
    remoteAddress: freshAddress(),
  })
  const where = `${route.method} ${route.url} as ${who.kind}: ${answer.statusCode} ${answer.body.slice(0, 200)}`
  expect(answer.statusCode, where).toBeLessThan(500)
  if (answer.statusCode < 400) return
  // A form's own page comes again with what was written and why it was refused.
  const isForm =
    String(answer.headers['content-type']).startsWith('text/html') && !route.url.startsWith('/api/')
  if (isForm) expect(answer.body, where).toMatch(/role="alert"|error-summary/)
  else expectProblem(answer, where)
}

let asked = 0
/** Another computer each time: what is limited by the minute is not what is tested here. */
const freshAddress = (): string => {
  asked += 1
  return `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`
}

const anyValue = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    '',
    '\u0000',
    'a'.repeat(5000),
    '0',
    '-1',
    '1e999',
    'NaN',
    'all',
    'yes',
    '2026-02-30',
    "'; --",
  ),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }),
  fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), { maxKeys: 3 }),
)
/** Names of fields that some route wants, and one that every object has. */
const FIELDS = (
  'commandId expectedNumber reason ids hat session to by hours date day kind key value validFrom id personalId position ' +
  'organisationCode since language return returnTo delegateKind procedures validTo form basis meetingOn cellId items toString'
).split(' ')
const fieldName = fc.constantFrom(...FIELDS)

test('whatever fields come, as JSON or as a form, no route answers with a defect', async () => {
  const routes = changing()
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...routes),
      fc.constantFrom(house.visitors.member, house.visitors.officer),
      fc.dictionary(fieldName, anyValue, { maxKeys: 6 }),
      fc.boolean(),
      async (route, who, fields, asForm) => {
        const body = asForm
          ? new URLSearchParams(
              Object.entries(fields).map(([k, v]) => [k, typeof v === 'string' ? v : JSON.stringify(v)]),
            )
          : fields
        await expectRefusedOrDone(route, who, {
          payload: asForm ? String(body) : JSON.stringify(fields),
          headers: {
            'content-type': asForm ? 'application/x-www-form-urlencoded' : 'application/json',
            ...PROGRAM,
          },
        })
      },
    ),
    { numRuns: 400 },
  )
})

test('whatever a query or a path says, no route answers with a defect', async () => {
  const routes = house.server.routeTable.filter(({ method, url }) => method === 'GET' && url !== '/readyz')
  const part = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom('%00', '%ff', '..%2f..', '\u0000', 'x'.repeat(300), '2026-99-99', '-1', '9'.repeat(30)),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...routes),
      fc.constantFrom(house.visitors.member, house.visitors.officer, house.visitors.administrator),
      fc.dictionary(
        fc.constantFrom(
          'before',
          'q',
          'page',
          'year',
          'return',
          'saved',
          'state',
          'id',
          'from',
          'to',
          'limit',
          'on',
        ),
        part,
        { maxKeys: 3 },
      ),
      part,
      async (route, who, query, segment) => {
        const encode = (text: string) => (/^[%.]/.test(text) ? text : encodeURIComponent(text))
        const path = route.url.replace(/:\w+/g, encode(segment)).replace('*', encode(segment))
        const words = Object.entries(query).map(([key, value]) => `${key}=${encode(value)}`)
        const answer = await house.ask(who, {
          method: 'GET',
          url: `${path}?${words.join('&')}`,
          headers: PROGRAM,
          remoteAddress: freshAddress(),
        })
        expect(answer.statusCode, `${path} ${answer.body.slice(0, 200)}`).toBeLessThan(500)
      },
    ),
    { numRuns: 400 },
  )
})

test.each([
  ['a session nobody has', { 'dangvu-session': 'x'.repeat(43) }],
  ['a session that is no text', { 'dangvu-session': '%00%ff' }],
  ['a language that is none', { language: '../../en', largerText: '<script>' }],
  ['a very long cookie', { 'dangvu-session': 'x'.repeat(6000) }],
])('%s is a visitor nobody knows', async (_name, cookies) => {
  const page = await house.ask(nobody(), { method: 'GET', url: '/about', cookies })
  expect(page.statusCode).toBe(200)
  expect(page.body).toContain('Về hệ thống này')
  const closed = await house.ask(nobody(), { method: 'GET', url: '/api/v1/session', cookies })
  expect(closed.statusCode).toBe(403)
  expect(closed.json()).toMatchObject({ code: 'identity.sign-in-needed' })
})

test('a change without the session’s token is refused, and so is one with another’s', async () => {
  const { member, officer } = house.visitors
  const url = '/notices/read'
  const post = (token: string | undefined) =>
    house.server.inject({
      method: 'POST',
      url,
      cookies: { ...member.cookies },
      headers: { ...PROGRAM, ...(token === undefined ? {} : { 'x-csrf-token': token }) },
      payload: { ids: 'all' },
    })
  expect((await post(undefined)).json()).toMatchObject({ code: 'identity.form-not-ours', status: 403 })
  expect((await post(officer.csrf)).statusCode).toBe(403)
  expect((await post(member.csrf)).statusCode).toBe(303)
})
