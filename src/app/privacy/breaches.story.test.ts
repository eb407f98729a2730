/** Breaches with their 72 hours, and the register of processing: for administrators alone, nothing taken back. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House } from '../../../tests/house.ts'
import { sql } from '../../kernel/db.ts'
import { formatDate, todayIn } from '../../kernel/plain-date.ts'
import { PURPOSE_OF_COLUMN, purposeOf } from './processing.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const get = (url: string) => house.ask(house.visitors.administrator, { method: 'GET', url })
const post = (url: string, payload: object) =>
  house.ask(house.visitors.administrator, { method: 'POST', url, payload })

test('every column of the table of members has its purpose, and no other has', async () => {
  const rows = await house.database.read.rows<{ name: string }>(sql`
    select attname as name from pg_attribute where attrelid = 'member'::regclass and attnum > 0 and not attisdropped`)
  expect(Object.keys(PURPOSE_OF_COLUMN).sort()).toEqual(rows.map(({ name }) => name).sort())
  for (const { name } of rows)
    for (const language of ['vi', 'en'] as const) expect(purposeOf(name, language)).toMatch(/\S{3}/)
  const { body } = await get('/settings/processing')
  expect(body).toContain('personal_id')
  expect(body).toContain('Lịch lưu giữ')
})

test('a breach shows its deadline from the moment it was found, and what was done; told in time, it says so', async () => {
  const id = randomUUID()
  const foundAt = new Date(Date.now() - 3_600_000)
  const breach = { id, what: '=gửi nhầm danh sách', dataKinds: 'họ tên, số thẻ', people: 12 }
  for (const _ of [1, 2])
    expect((await post('/api/v1/breaches', { ...breach, foundAt: foundAt.toISOString() })).statusCode).toBe(
      201,
    )
  const { breaches } = (await get('/api/v1/breaches')).json<{ breaches: { id: string; dueAt: string }[] }>()
  expect(breaches).toHaveLength(1)
  expect(new Date(breaches[0]?.dueAt ?? '').getTime()).toBe(foundAt.getTime() + 72 * 3_600_000)
  expect((await get('/settings/breaches')).body).toContain('Báo cơ quan có thẩm quyền trước')
  const step = {
    id: randomUUID(),
    kind: 'authority-told',
    told: 'cơ quan có thẩm quyền',
    words: 'Gửi mẫu 08.',
  }
  for (const _ of [1, 2]) expect((await post(`/api/v1/breaches/${id}/steps`, step)).statusCode).toBe(200)
  expect((await get('/settings/breaches')).body).toContain('Đã báo cơ quan có thẩm quyền lúc')
  expect((await get('/settings/breaches.csv')).body).toContain(`"'=gửi nhầm danh sách"`)
  await post(`/settings/breaches/${id}`, { kind: 'closed', words: 'Xong.' })
  const late = await post(`/api/v1/breaches/${id}/steps`, { kind: 'measure', words: 'Thêm việc.' })
  expect(late.json()).toMatchObject({ status: 409, code: 'breach.closed' })
  const unknown = await post(`/api/v1/breaches/${randomUUID()}/steps`, {
    kind: 'measure',
    words: 'Không có.',
  })
  expect(unknown.json()).toMatchObject({ status: 404, code: 'breach.unknown' })
})

test('one that was told too late, or is not told at all, says so; one of tomorrow is refused', async () => {
  const foundAt = new Date(Date.now() - 73 * 3_600_000)
  await post('/api/v1/breaches', {
    what: 'mất máy',
    dataKinds: 'tệp',
    people: 1,
    foundAt: foundAt.toISOString(),
  })
  expect((await get('/settings/breaches')).body).toContain('Quá hạn báo từ')
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  const refused = await post('/api/v1/breaches', {
    what: 'mai',
    dataKinds: 'tệp',
    people: 1,
    foundAt: tomorrow,
  })
  expect(refused.statusCode).toBe(422)
})

test('a form that lacks something is shown again with what was written', async () => {
  const [day, month, year] = formatDate(todayIn(new Date())).split('/')
  const fields = {
    what: 'lộ tệp',
    'foundOn-day': day,
    'foundOn-month': month,
    'foundOn-year': year,
    people: 'mấy',
  }
  const refused = await post('/settings/breaches', fields)
  expect(refused.statusCode).toBe(400)
  expect(refused.body).toContain('lộ tệp')
  const whole = { ...fields, foundTime: '00:00', dataKinds: 'tệp đính kèm', people: '3' }
  expect((await post('/settings/breaches', whole)).statusCode).toBe(303)
})
