/** Foreign pages: another site neither sends our forms nor shows what is ours, whether its browser tells of it or not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../tests/house.ts'
import type { RouteEntry } from './route-table.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const PROGRAM = { accept: 'application/json' }

const changing = (): RouteEntry[] => house.server.routeTable.filter(({ method }) => method !== 'GET')
const pathOf = ({ url }: RouteEntry) => url.replace(/:\w+/g, '0b6a1ad9-6c1f-4f0e-9d0a-1f5c8f6a7b10')

/** Somebody the door lets in. */
const allowed = ({ access }: RouteEntry): Visitor =>
  house.visitors[access === 'administrator' ? 'administrator' : access === 'officer' ? 'officer' : 'member']

async function codeAt(route: RouteEntry, who: Visitor, headers: Record<string, string>, payload?: string) {
  const answer = await house.ask(who, {
    method: route.method as 'POST',
    url: pathOf(route),
    headers: { ...PROGRAM, ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
  return answer.json<{ code?: string }>().code
}

describe('a change', () => {
  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
    ['a neighbour of ours', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }],
    ['an origin that is not ours', { 'sec-fetch-site': '', origin: 'https://trap.example' }],
    ['an origin that is hidden', { 'sec-fetch-site': '', origin: 'null' }],
  ])('from %s is taken by no route, token or not', async (_from, headers) => {
    expect(changing().length).toBeGreaterThan(150)
    for (const route of changing())
      expect(await codeAt(route, allowed(route), headers), route.url).toBe('request.foreign-page')
  })

  test('without its token is taken by no route, but where nothing is done with a session', async () => {
    const unasked = changing().filter(({ token }) => token === 'not-asked')
    expect(unasked.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
      'POST /api/v1/bank-callbacks/casso',
      'POST /api/v1/bank-callbacks/payos',
      'POST /api/v1/bank-callbacks/sepay',
      'POST /api/v1/verify',
      'POST /preferences',
      'POST /verify',
      'POST /verify/:token',
    ])
    for (const route of changing().filter(({ token }) => token === undefined))
      expect(await codeAt(route, { ...allowed(route), csrf: '' }, {}), `${route.method} ${route.url}`).toBe(
        'identity.form-not-ours',
      )
  })

  test('with a file is refused before the file is read', async () => {
    const uploads = changing().filter(({ token }) => token === 'before-file')
    expect(uploads.length).toBeGreaterThan(5)
    const parts = [
      '--x',
      'content-disposition: form-data; name="file"; filename="a.pdf"',
      '',
      '%PDF-',
      '--x--',
    ]
    const codes = new Set<string | undefined>()
    for (const route of uploads) {
      const headers = { 'content-type': 'multipart/form-data; boundary=x' }
      codes.add(await codeAt(route, { ...allowed(route), csrf: '' }, headers, parts.join('\r\n')))
    }
    // a foreign dossier is not found, and a clerk brings no lists, whoever asks; else it is the token that is missing
    expect([...codes].sort()).toEqual(['dossier.unknown', 'identity.form-not-ours', 'import.not-your-office'])
  })

  test('from a page of ours is taken by every name this machine has', async () => {
    const { publicUrl } = house.parts
    const sent = (headers: Record<string, string>) =>
      house.server.inject({
        method: 'POST',
        url: '/preferences',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        payload: 'language=vi',
      })
    for (const headers of [
      { 'sec-fetch-site': 'same-origin' },
      { origin: publicUrl },
      { origin: 'http://192.168.1.20:3000', host: '192.168.1.20:3000' },
      {},
    ])
      expect((await sent(headers as Record<string, string>)).statusCode, JSON.stringify(headers)).toBe(303)
  })
})

test('a form that was taken is told to its page’s script, by the path it went to; one that was refused is not', async () => {
  const { member } = house.visitors
  const sent = (payload: Record<string, string>, csrf = member.csrf) =>
    house.ask({ ...member, csrf }, { method: 'POST', url: '/preferences?x=1', payload })
  const told = ({ cookies }: Awaited<ReturnType<typeof sent>>) =>
    cookies.find(({ name }) => name === 'dangvu-taken')
  const taken = told(await sent({ language: 'vi' }))
  expect(taken).toMatchObject({ value: '/preferences', path: '/' })
  expect(taken).not.toHaveProperty('httpOnly')
  expect(told(await sent({ language: 'tlh' }))).toBeUndefined()
  const reading = await house.ask(member, { url: '/' })
  expect(reading.cookies.map(({ name }) => name)).not.toContain('dangvu-taken')
})

describe('reading', () => {
  const from = (headers: Record<string, string>) =>
    house.ask(house.visitors.member, { url: '/', headers: { accept: 'text/html', ...headers } })

  test('another site leads here by a link', async () => {
    const led = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    expect((await from(led)).statusCode).toBe(200)
  })

  test('and loads nothing of ours into its own page', async () => {
    for (const mode of ['no-cors', 'cors', 'websocket'])
      expect((await from({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode })).statusCode).toBe(403)
  })

  test('the refusal is a page in words, and says how to go on', async () => {
    const { body, headers } = await from({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })
    expect(headers['content-type']).toContain('text/html')
    expect(body).toContain('Yêu cầu đến từ một trang khác')
    expect(body).not.toContain('name="csrf"')
  })
})
