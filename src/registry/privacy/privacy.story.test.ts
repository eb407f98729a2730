/** The notice by version, and consent purpose by purpose: silence is none, a withdrawal works at once, everything is kept. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../../tests/house.ts'
import { sql } from '../../kernel/db.ts'
import { CHOICES, NOTICE } from './contract.ts'
import { changesSince, getVersion, TEXT_VERSIONS, versionOn, versionsOf } from './texts-by-version.ts'

let house: House
let member: Visitor

beforeAll(async () => {
  house = await openHouse()
  member = house.visitors.member
})
afterAll(() => house.close())

const get = (url: string, who = member) => house.ask(who, { method: 'GET', url })
const post = (url: string, payload: object, who = member) => house.ask(who, { method: 'POST', url, payload })
const form = (url: string, fields: Record<string, string>) =>
  house.ask(member, {
    method: 'POST',
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
const ASKS = 'Mời đồng chí đọc thông báo xử lý dữ liệu cá nhân.'

test('versions of a text are numbered without gaps, their days go on, and a later one says what changed', () => {
  for (const text of new Set(TEXT_VERSIONS.map((each) => each.text))) {
    const versions = versionsOf(text)
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => index + 1))
    for (const [index, each] of versions.entries()) {
      expect(each.vi.changes.length > 0).toBe(index > 0)
      expect(each.en.parts.map(({ lines }) => lines.length)).toEqual(
        each.vi.parts.map(({ lines }) => lines.length),
      )
      if (index > 0) expect(each.from > (versions[index - 1]?.from ?? '')).toBe(true)
    }
  }
})

test('the version of a day is the last that began; an old one can be shown, and the changes since the one read', () => {
  const first = getVersion('processing-notice', 1)
  const words = { ...first.vi, changes: ['Thêm một việc'] }
  const all = [first, { ...first, version: 2, from: '2027-01-01', vi: words }]
  expect(versionOn('processing-notice', '2026-12-31', all).version).toBe(1)
  expect(versionOn('processing-notice', '2027-01-01', all).version).toBe(2)
  expect(versionOn('processing-notice', '2020-01-01', all).version).toBe(1)
  expect(changesSince('processing-notice', 1, 2, 'vi', all)).toEqual(['Thêm một việc'])
  expect(changesSince('processing-notice', 2, 2, 'vi', all)).toEqual([])
  expect(() => getVersion('processing-notice', 3, all)).toThrow('privacy.version-unknown')
})

test('every page asks for the notice until it was read, once, by that member', async () => {
  expect((await get('/')).body).toContain(ASKS)
  const page = await get('/my-record/notice')
  expect(page.body).toContain('Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15')
  expect((await get('/my-record/notice?version=9')).statusCode).toBe(404)
  for (const _ of [1, 2]) expect((await form('/my-record/notice', { version: '1' })).statusCode).toBe(303)
  expect((await get('/')).body).not.toContain(ASKS)
  expect((await get('/', house.visitors.officer)).body).toContain(ASKS)
  expect((await get('/my-record/notice')).body).toContain('Đồng chí đã đọc bản này.')
  const notice = (await get('/api/v1/my-record/notice')).json()
  expect(NOTICE.parse(notice)).toMatchObject({ version: 1, readVersion: 1 })
  const kept = await house.database.read.rows(sql`select version, way from text_reading`)
  expect(kept).toEqual([{ version: 1, way: 'page' }])
})

test('nothing is agreed to until somebody says so; each purpose for itself; withdrawn at once', async () => {
  const choices = async () => CHOICES.parse((await get('/api/v1/my-record/choices')).json())
  const given = async () =>
    (await choices()).choices.filter((each) => each.given).map(({ purpose }) => purpose)
  expect(await given()).toEqual([])
  expect((await form('/my-record/choices', { purpose: 'mail' })).statusCode).toBe(400)
  const wrong = await form('/my-record/choices', { purpose: 'mail', given: 'yes', address: 'không phải thư' })
  expect(wrong.statusCode).toBe(400)
  expect(wrong.body).toContain('value="không phải thư"')
  expect(await given()).toEqual([])

  const yes = { id: randomUUID(), purpose: 'mail', given: 'yes', address: 'mot@example.vn' }
  for (const _ of [1, 2]) expect((await form('/my-record/choices', yes)).statusCode).toBe(303)
  expect(await given()).toEqual(['mail'])
  expect((await choices()).address).toBe('mot@example.vn')
  expect((await get('/my-record/choices')).body).toContain('Thư gửi đến mot@example.vn')
  await post('/api/v1/my-record/choices', { purpose: 'mail', given: 'no' })
  expect(await choices()).toMatchObject({ address: null })
  expect(await given()).toEqual([])
  const rows = await house.database.read.rows(
    sql`select given, version, way from consent where member_id = ${member.memberId} order by number`,
  )
  expect(rows).toEqual([
    { given: true, version: 1, way: 'page' },
    { given: false, version: 1, way: 'api' },
  ])
})

test('pages are kept on the device only after a yes, and the device forgets after a no', async () => {
  const html = async () => /<html[^>]*>/.exec((await get('/')).body)?.[0]
  expect(await html()).toContain('data-keep-nothing')
  await post('/api/v1/my-record/choices', { purpose: 'device', given: 'yes' })
  expect(await html()).toContain('data-keep-offline')
  expect(await html()).not.toContain('data-keep-nothing')
  await post('/api/v1/my-record/choices', { purpose: 'device', given: 'no' })
  expect(await html()).toContain('data-keep-nothing')
})

test('whoever opens the record sees whether the member wants reminders by phone', async () => {
  const url = `/api/v1/members/${member.memberId}`
  expect((await get(url, house.visitors.officer)).json()).toMatchObject({ remindByPhone: false })
  await post('/api/v1/my-record/choices', { purpose: 'phone', given: 'yes' })
  expect((await get(url, house.visitors.officer)).json()).toMatchObject({ remindByPhone: true })
})
