/** The house's own pages over HTTP: preferences, about, offline, the installation's look, and the demonstration with its clock. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type House } from '../../../tests/house.ts'

const DAY_MS = 86_400_000
const PROGRAM = { accept: 'application/json' }

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

const get = (url: string, cookies: Record<string, string> = {}) =>
  house.ask(house.visitors.nobody, { url, cookies })

describe('preferences', () => {
  const choose = (payload: Record<string, string>) =>
    house.ask(house.visitors.nobody, {
      method: 'POST',
      url: '/preferences',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(payload).toString(),
    })

  test('the language and the size of text are kept in cookies, and the reader is back where they were', async () => {
    const answer = await choose({ language: 'en', returnTo: '/about?x=1#personal-data' })
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/about?x=1#personal-data')
    expect(answer.cookies).toEqual([
      expect.objectContaining({
        name: 'dangvu-language',
        value: 'en',
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
      }),
    ])
    expect((await choose({ largerText: 'on' })).cookies[0]).toMatchObject({
      name: 'dangvu-larger-text',
      value: 'on',
    })
    const page = await get('/about', { 'dangvu-language': 'en', 'dangvu-larger-text': 'on' })
    expect(page.body).toContain('<html lang="en" class="govuk-template text-larger"')
    expect(page.body).toContain('About this system')
  })

  test.each([
    ['https://elsewhere.example/', '/'],
    ['//elsewhere.example/', '/'],
    ['/\\elsewhere.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/sign-in?return=%2Fnotices', '/sign-in?return=%2Fnotices'],
    ['/sign-in?return=https%3A%2F%2Felsewhere.example', '/sign-in'],
    ['/sign-in/callback?state=x', '/'],
    ['/sign-out', '/'],
  ])('from %s it leads to %s', async (returnTo, location) => {
    expect((await choose({ language: 'vi', returnTo })).headers.location).toBe(location)
  })

  test('a language that is none is refused', async () => {
    const answer = await choose({ language: 'fr' })
    expect(answer.statusCode).toBe(400)
    expect(answer.cookies).toEqual([])
  })
})

test('about says what it is not, its version and licence, and what is kept of a person', async () => {
  const { body } = await get('/about')
  for (const said of ['Không phải trang chính thức', house.parts.config.version, 'EUPL-1.2', '91/2025/QH15'])
    expect(body).toContain(said)
})

test('the page without a network is nobody’s, whoever asked for it', async () => {
  const { member } = house.visitors
  const { body } = await house.ask(member, { url: '/offline' })
  expect(body).toContain('Đang mất mạng')
  expect(body).not.toContain('data-reader')
  expect(body).not.toContain('Đảng Viên Một')
  expect(body).not.toContain(member.csrf)
})

test('small public files are what they say', async () => {
  const [css, icon, manifest, robots] = await Promise.all(
    ['/brand.css', '/favicon.svg', '/manifest.webmanifest', '/robots.txt'].map((url) => get(url)),
  )
  expect(css?.headers['content-type']).toBe('text/css; charset=utf-8')
  expect(icon?.headers['content-type']).toMatch(/^image\/svg\+xml/)
  expect(manifest?.headers['content-type']).toMatch(/^application\/manifest\+json/)
  expect(manifest?.json()).toMatchObject({ start_url: '/', display: 'standalone', theme_color: '#8a1f1f' })
  expect(robots?.body).toBe('User-agent: *\nDisallow: /\n')
})

test('an emblem is served as a picture in which nothing runs; without one there is none', async () => {
  expect((await get('/brand-emblem')).statusCode).toBe(404)
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-emblem-'))
  const file = join(folder, 'emblem.svg')
  await writeFile(file, '<svg xmlns="http://www.w3.org/2000/svg"/>')
  const other = await openHouse({ env: { INSTALLATION_EMBLEM: file, INSTALLATION_COLOUR: '#005030' } })
  try {
    const emblem = await other.ask(other.visitors.nobody, { url: '/brand-emblem' })
    expect(emblem.headers['content-type']).toMatch(/^image\/svg\+xml/)
    expect(emblem.headers['content-security-policy']).toContain("default-src 'none'")
    expect((await other.ask(other.visitors.nobody, { url: '/brand.css' })).body).toContain('--brand:#005030')
    expect((await other.ask(other.visitors.nobody, { url: '/about' })).body).toContain('src="/brand-emblem"')
  } finally {
    await other.close()
    await rm(folder, { recursive: true })
  }
})

describe('the demonstration', () => {
  const now = () => house.parts.clock.now().getTime()
  const move = (fields: Record<string, string>) =>
    house.ask(house.visitors.member, {
      method: 'POST',
      url: '/demo/clock',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    })

  test('a visitor sees the clock and may not move it', async () => {
    const page = await get('/demo')
    expect(page.body).toContain('Đồng hồ đang chỉ')
    expect(page.body).not.toContain('action="/demo/clock"')
    const answer = await house.ask(house.visitors.nobody, {
      method: 'POST',
      url: '/demo/clock',
      headers: PROGRAM,
    })
    expect(answer.json()).toMatchObject({ code: 'identity.sign-in-needed' })
  })

  test('it goes forward by hours', async () => {
    const before = now()
    const answer = await move({ by: 'hours', hours: '5' })
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/demo?moved#clock')
    expect(now() - before).toBeGreaterThan(5 * 3_600_000 - 5000)
    expect(now() - before).toBeLessThan(5 * 3_600_000 + 60_000)
    const page = await house.ask(house.visitors.member, { url: '/demo?moved' })
    expect(page.body).toContain('Đồng hồ đã đi tới')
    expect(page.body).toMatch(/<dd>5 giờ/)
  })

  test('it goes forward by working days, over days of rest', async () => {
    const before = now()
    await move({ by: 'working-days', 'working-days': '10' })
    const days = (now() - before) / DAY_MS
    expect(days).toBeGreaterThan(11.9)
    expect(days).toBeLessThan(25)
  })

  test('it goes to the morning of a day', async () => {
    const year = new Date(now()).getUTCFullYear() + 1
    await move({ by: 'date', 'date-day': '3', 'date-month': '2', 'date-year': String(year) })
    expect(Math.abs(now() - Date.parse(`${year}-02-03T08:00:00+07:00`))).toBeLessThan(60_000)
  })

  test.each([
    [{ by: 'hours', hours: 'năm' }, 400, 'Ghi số giờ từ 1 đến 1000', 'value="năm"'],
    [{ by: 'working-days', 'working-days': '0' }, 400, 'Ghi số ngày làm việc', 'value="0"'],
    [
      { by: 'date', 'date-day': '31', 'date-month': '2', 'date-year': '2030' },
      400,
      'Ghi một ngày có',
      'value="31"',
    ],
    [{ by: 'date', 'date-day': '1', 'date-month': '1', 'date-year': '2024' }, 422, 'sớm hơn', 'value="2024"'],
    [{ by: 'date', 'date-day': '1', 'date-month': '1', 'date-year': '2090' }, 422, 'năm năm', 'value="2090"'],
  ] as [Record<string, string>, number, string, string][])(
    'what cannot be is shown again with the reason: %o',
    async (fields, status, said, kept) => {
      const before = now()
      const answer = await move(fields)
      expect(answer.statusCode).toBe(status)
      expect(answer.body).toContain(said)
      expect(answer.body).toContain(kept)
      expect(answer.body).toContain('error-summary')
      expect(now() - before).toBeLessThan(60_000)
    },
  )

  test('a program moves it to a moment', async () => {
    const to = new Date(now() + 2 * DAY_MS).toISOString()
    const ask = (payload: object) =>
      house.ask(house.visitors.officer, { method: 'POST', url: '/api/v1/demo/clock', payload })
    const answer = await ask({ to })
    expect(answer.statusCode).toBe(200)
    expect(Math.abs(Date.parse(answer.json<{ now: string }>().now) - Date.parse(to))).toBeLessThan(10_000)
    expect((await ask({ to: '2020-01-01T00:00:00Z' })).json()).toMatchObject({ code: 'clock.never-backward' })
    expect((await ask({ to: 'tomorrow' })).json()).toMatchObject({ code: 'request.invalid' })
  })

  test('in earnest there is no such page, and the clock refuses', async () => {
    const earnest = await openHouse({ demo: false })
    try {
      const { nobody, administrator } = earnest.visitors
      for (const url of ['/demo', '/gallery'])
        expect((await earnest.ask(nobody, { url })).statusCode, url).toBe(404)
      for (const url of ['/demo/clock', '/api/v1/demo/clock']) {
        const answer = await earnest.ask(administrator, {
          method: 'POST',
          url,
          headers: PROGRAM,
          payload: {},
        })
        expect(answer.json()).toMatchObject({ code: 'clock.not-demo', status: 422 })
      }
      expect((await earnest.ask(nobody, { url: '/sign-in' })).body).not.toContain('VNeID thật')
    } finally {
      await earnest.close()
    }
  })
})

test('the sign-in page says that it is not the real VNeID, only on a demonstration', async () => {
  const { body } = await get('/sign-in?return=%2Fnotices')
  expect(body).toContain('Đây không phải VNeID thật')
  expect(body).toContain('/sign-in/start?return=%2Fnotices')
})
