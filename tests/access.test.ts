/** Who reaches which route: each declares it, and each kind of visitor is answered as declared, route by route. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Access } from '../src/web/http.ts'
import { openHouse, VISITORS, type House, type VisitorKind } from './house.ts'

/** Who is let through to what the route itself decides. */
const REACHES: Readonly<Record<Access, readonly VisitorKind[]>> = {
  public: VISITORS,
  'signed-in': ['member', 'officer', 'administrator'],
  officer: ['officer', 'administrator'],
  administrator: ['administrator'],
}

/** What the door says to those it keeps out. */
const KEPT_OUT: readonly string[] = [
  'identity.sign-in-needed',
  'identity.officers-only',
  'identity.administrators-only',
]

/** Let in by the door and refused by the route with the same words: an administrator has no queue. */
const REFUSED_INSIDE = ['administrator GET /queue.csv', 'administrator GET /queue.xlsx']

/** Routes anybody may reach: each one is a decision, so each is named. */
const PUBLIC = [
  'GET /about',
  'GET /api/v1/openapi.json',
  'GET /api/v1/verify/:token',
  'GET /assets/*',
  'GET /brand-emblem',
  'GET /brand.css',
  'GET /demo',
  'GET /demo/bank',
  'GET /favicon.svg',
  'GET /gallery',
  'GET /healthz',
  'GET /manifest.webmanifest',
  'GET /metrics',
  'GET /offline',
  'GET /readyz',
  'GET /robots.txt',
  'GET /service-worker.js',
  'GET /sign-in',
  'GET /sign-in/callback',
  'GET /sign-in/start',
  'GET /verify',
  'GET /verify/:token',
  'POST /api/v1/bank-callbacks/casso',
  'POST /api/v1/bank-callbacks/payos',
  'POST /api/v1/bank-callbacks/sepay',
  'POST /api/v1/verify',
  'POST /demo/bank',
  'POST /demo/vneid',
  'POST /preferences',
  'POST /sign-in/passkey',
  'POST /sign-in/passkey/options',
  'POST /sign-out',
  'POST /verify',
  'POST /verify/:token',
]

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

const nameOf = ({ method, url }: { method: string; url: string }) => `${method} ${url}`

test('routes are declared, and those open to anybody are these and no others', () => {
  const table = house.server.routeTable
  expect(table.length).toBeGreaterThan(60)
  expect(
    table
      .filter(({ access }) => access === 'public')
      .map(nameOf)
      .sort(),
  ).toEqual(PUBLIC)
})

test('a route without a declaration does not even start', () => {
  expect(() => house.server.get('/undeclared', async () => '')).toThrow(/declares no access rule|already/)
})

test.each(VISITORS)('%s reaches what is declared for them and nothing else', async (kind) => {
  const wrong: string[] = []
  for (const route of house.server.routeTable) {
    const { code, status } = await knock(kind, route)
    const through = !KEPT_OUT.includes(code) || REFUSED_INSIDE.includes(`${kind} ${nameOf(route)}`)
    const declared = REACHES[route.access].includes(kind)
    if (through !== declared) wrong.push(`${nameOf(route)}: ${status} ${code}, declared ${route.access}`)
    if (!through && status !== 403) wrong.push(`${nameOf(route)}: kept out with ${status}`)
  }
  expect(wrong).toEqual([])
})

test('an officer in the own affairs is a member like any other', async () => {
  const officer = await house.signIn({ ...house.visitors.officer, officeId: null })
  const answer = await house.ask(officer, {
    method: 'GET',
    url: '/settings',
    headers: { accept: 'application/json' },
  })
  expect(answer.statusCode).toBe(403)
  expect(answer.json()).toMatchObject({ code: 'identity.officers-only' })
})

let knocks = 0

/** Asks with nothing in hand: whoever is let through is refused by the route itself, in its own words. */
async function knock(kind: VisitorKind, route: { method: string; url: string }) {
  const who = await house.signIn(house.visitors[kind])
  knocks += 1
  const answer = await house.ask(who, {
    method: route.method as 'GET',
    url: route.url.replace(/:\w+/g, '0b6a1ad9-6c1f-4f0e-9d0a-1f5c8f6a7b10').replace('*', 'app-TESTTEST.css'),
    headers: { accept: 'application/json' },
    remoteAddress: `10.9.${knocks >> 8}.${knocks & 255}`,
    ...(route.method === 'GET' ? {} : { payload: {} }),
  })
  const isProblem = String(answer.headers['content-type']).includes('problem+json')
  return { status: answer.statusCode, code: isProblem ? String(answer.json<{ code: string }>().code) : '' }
}
