/** Notices over HTTP: in words, day by day, only one's own, page after page, read one by one or all at once. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openHouse, type House } from '../../../tests/house.ts'
import { sql } from '../../kernel/db.ts'
import { recordNotice, type NoticeRequest } from '../../kernel/notices.ts'

let house: House

beforeEach(async () => {
  house = await openHouse()
})

afterEach(() => house.close())

interface Listed {
  readonly notices: readonly {
    readonly id: string
    readonly text: string
    readonly href: string | null
    readonly readAt: string | null
  }[]
  readonly unread: number
  readonly next: string | null
}

const tell = (notice: Partial<NoticeRequest> = {}) =>
  house.database.transaction((write) =>
    recordNotice(write, {
      to: { memberId: house.visitors.member.memberId },
      code: 'transfer.transfer-returned',
      at: house.parts.clock.now(),
      ...notice,
    }),
  )

async function list(query = '', who = house.visitors.member): Promise<Listed> {
  const answer = await house.ask(who, { url: `/api/v1/notices${query}` })
  expect(answer.statusCode).toBe(200)
  return answer.json()
}

const read = (ids: string, more: Record<string, string> = {}, who = house.visitors.member) =>
  house.ask(who, {
    method: 'POST',
    url: '/notices/read',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ids, ...more }).toString(),
  })

/** A dossier of the member's, just enough to lead to. */
async function addDossier(): Promise<string> {
  const id = randomUUID()
  const { memberId } = house.visitors.member
  await house.database.transaction((write) =>
    write.run(sql`
      insert into dossier (id, procedure, subject_id, status, is_open, version, state, opened_at, changed_at,
                           awaited_kind, awaited_act)
      values (${id}, 'official-transfer', ${memberId}, 'draft', true, 1, '{}', now(), now(), 'member', 'submit')`),
  )
  return id
}

test('a notice is a sentence with its day and the way to its dossier', async () => {
  const dossierId = await addDossier()
  await tell({ dossierId })
  const { notices, unread } = await list()
  expect(unread).toBe(1)
  expect(notices).toEqual([
    expect.objectContaining({
      code: 'transfer.transfer-returned',
      dossierId,
      href: `/transfers/${dossierId}`,
      readAt: null,
    }),
  ])
  expect(notices[0]?.text).toMatch(/hồ sơ/i)
  const page = await house.ask(house.visitors.member, { url: '/notices' })
  expect(page.body).toContain(notices[0]?.text)
  expect(page.body).toContain('Hôm nay, ')
  expect(page.body).toContain('Có 1 thông báo chưa đọc.')
  const english = await house.ask(house.visitors.member, {
    url: '/notices',
    cookies: { 'dangvu-language': 'en' },
  })
  expect(english.body).toContain('1 not read yet.')
})

test('a code without words is still told', async () => {
  await tell({ code: 'transfer.of-tomorrow' })
  expect((await list()).notices[0]?.text).toBe('Có việc mới trong hồ sơ')
})

test('opening the dossier of a notice marks it as read', async () => {
  const dossierId = await addDossier()
  await tell({ dossierId })
  await tell()
  const first = (await list()).notices.find(({ href }) => href !== null)
  const opened = await read(first?.id ?? '', { open: 'yes' })
  expect(opened.statusCode).toBe(303)
  expect(opened.headers.location).toBe(`/transfers/${dossierId}`)
  expect((await list()).unread).toBe(1)
  expect((await read('all')).headers.location).toBe('/notices?read')
  expect((await list()).unread).toBe(0)
})

test('one reads and marks only what is for the hat worn', async () => {
  await tell()
  const { world, visitors } = house
  await tell({ to: { organisationId: world.ward, positions: ['office-clerk'] }, code: 'transfer.turn' })
  const ofMember = await list()
  const ofOfficer = await list('', visitors.officer)
  expect([ofMember.notices.length, ofOfficer.notices.length]).toEqual([1, 1])
  expect(ofMember.notices[0]?.id).not.toBe(ofOfficer.notices[0]?.id)
  const foreign = await read(ofMember.notices[0]?.id ?? '', { open: 'yes' }, visitors.officer)
  expect(foreign.headers.location).toBe('/notices?read')
  expect((await list()).unread).toBe(1)
})

test('long lists come page after page, nothing twice and nothing left out', async () => {
  const start = house.parts.clock.now().getTime()
  for (let index = 0; index < 45; index++)
    await tell({ at: new Date(start - Math.floor(index / 3) * 60_000) })
  const seen: string[] = []
  let next: string | null = ''
  for (let pages = 0; next !== null && pages < 5; pages++) {
    const listed: Listed = await list(next === '' ? '' : `?before=${encodeURIComponent(next)}`)
    seen.push(...listed.notices.map(({ id }) => id))
    next = listed.next
  }
  expect(seen).toHaveLength(45)
  expect(new Set(seen).size).toBe(45)
  const page = await house.ask(house.visitors.member, { url: '/notices' })
  expect(page.body).toContain('Xem thông báo cũ hơn')
})

test('a program marks several, and what it sends is checked', async () => {
  await tell()
  await tell()
  const ids = (await list()).notices.map(({ id }) => id)
  const post = (payload: object) =>
    house.ask(house.visitors.member, { method: 'POST', url: '/api/v1/notices/read', payload })
  expect((await post({ ids })).json()).toEqual({ read: 2, unread: 0 })
  expect((await post({ ids: ['x'] })).statusCode).toBe(400)
  expect((await post({})).json()).toMatchObject({ code: 'request.invalid', fields: [{ field: 'ids' }] })
  for (const before of [
    'x',
    '2026-13-99T00:00:00.000Z_' + randomUUID(),
    '2026-01-01T00:00:00.000Z_' + 'f'.repeat(36),
  ]) {
    const answer = await house.ask(house.visitors.member, { url: `/api/v1/notices?before=${before}` })
    expect(answer.statusCode, before).toBe(400)
  }
})
