/** Whoever sees a member's record is kept before the answer leaves, route by route; the member sees it, and may ask about it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginTransfer, storedTransfer, type Life } from '../../tests/transfer-life.ts'
import type { Visitor } from '../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../tests/transfer-world.ts'
import { sql } from '../kernel/db.ts'
import { READINGS } from '../registry/readings/contract.ts'

/** A name nobody else has, so that an answer that says it says who. */
const NAME = 'Nguyễn Thị Quỳnh Giao'

let world: TransferWorld
let member: Visitor
let life: Life
let number: string
let fileId: string
let paperId: string

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-09-07', '09:00')
  member = await world.member(NAME)
  life = await beginTransfer(world, member)
  await life.to('committee-review')
  await world.work()
  const view = await member.sees(life.id)
  number = view.number ?? ''
  fileId = (await storedTransfer(world, life.id)).state.files[0]?.id ?? ''
  paperId = view.papers.find(({ signatures }) => signatures > 0)?.id ?? ''
  world.day('2026-10-05', '09:00')
})
afterAll(() => world.close())

/** How often somebody else was kept to have read the member's data: alone, or in a list. */
async function kept(): Promise<number> {
  const { count } = await world.database.read.one<{ count: number }>(sql`
    select (select count(*) from record_view where member_id = ${member.memberId})
         + (select count(*) from member_reading where member_id = ${member.memberId})
         + (select count(*) from list_view l
             where l.shown @> array[${member.memberId}::uuid]
                or l.shown is null and exists (
                     select from membership s
                       join organisation_period p on p.organisation_id = s.organisation_id
                       join organisation_period q on q.organisation_id = l.organisation_id
                      where s.member_id = ${member.memberId} and s.until is null
                        and p.path >= q.path and p.path < left(q.path, -1) || '/')) as count`)
  return count
}

/** Why an answer may name a member without being kept: it tells a name and a number of the office's own work, or an office. */
const NOT_A_RECORD: Readonly<Record<string, string>> = {
  '/': 'the office’s own list of what to do: a name and a dossier’s number',
  '/api/v1/dossiers': 'the same list for a program',
}

const addressOf = (url: string): string | undefined => {
  const ids: Record<string, string> = {
    ':year': '2026',
    ':format': 'csv',
    ':paperId': paperId,
    ':fileId': fileId,
  }
  const filled = Object.entries(ids).reduce((path, [name, value]) => path.replace(name, value), url)
  return filled.includes('*') ? undefined : filled
}

/** Each address of a route, with the ids it could be about. */
function addressesOf(url: string): string[] {
  const address = addressOf(url)
  if (address === undefined) return []
  const { cell, ward } = world.places
  const ids = [member.memberId, life.id, cell, ward]
  const all = address.includes(':id') ? ids.map((id) => address.replace(':id', id)) : [address]
  const searching = ['/registry/members', '/api/v1/members', '/registry/members/print', '/']
  const queries = searching.includes(url) ? ['?q=quynh giao', '?member=quynh giao'] : []
  return [...all, ...queries.map((query) => `${url}${query}`)].filter((each) => !/:\w/.test(each))
}

describe('no route names a member to somebody else without keeping it', () => {
  const READERS = [
    'cellSecretary',
    'buildingOfficer',
    'wardDeputy',
    'wardClerk',
    'inspector',
    'cityChief',
    'commissionDeputy',
    'administrator',
  ] as const

  test.each(READERS)('%s', async (role) => {
    const reader = world.officers[role]
    const unkept: string[] = []
    let named = 0
    for (const { method, url } of world.server.routeTable) {
      if (method !== 'GET') continue
      for (const address of addressesOf(url)) {
        const before = await kept()
        const { text, status } = await reader.get(address)
        if (status !== 200 || !text.includes(NAME)) continue
        named += 1
        if ((await kept()) === before && NOT_A_RECORD[url] === undefined) unkept.push(address)
      }
    }
    expect(unkept).toEqual([])
    if (role === 'cellSecretary' || role === 'wardDeputy') expect(named).toBeGreaterThan(8)
    if (role === 'administrator') expect(named).toBe(0)
  })
})

const readings = async (who: Visitor, month = '2026-10') =>
  READINGS.parse(await who.read(`/api/v1/my-record/readings?month=${month}`))

test('looking for oneself is kept nowhere', async () => {
  const before = await kept()
  for (const address of ['/my-record', '/my-record/readings', `/transfers/${life.id}`, '/'])
    expect((await member.get(address)).status).toBe(200)
  expect(await kept()).toBe(before)
})

test('one look is seen within the same minute, several in a row as one line with a count, by office and not by name', async () => {
  world.day('2026-11-02', '09:00')
  const { cellSecretary } = world.officers
  for (const minute of ['09:00', '09:10', '09:35']) {
    world.day('2026-11-02', minute)
    await cellSecretary.get(`/registry/members/${member.memberId}`)
  }
  world.day('2026-11-02', '10:30')
  await cellSecretary.get(`/registry/members/${member.memberId}`)
  const { lines, total } = await readings(member, '2026-11')
  expect(total).toBe(2)
  expect(
    lines.map(({ kind, times, positionName, organisationName }) => ({
      kind,
      times,
      positionName,
      organisationName,
    })),
  ).toEqual([
    { kind: 'record', times: 1, positionName: 'Bí thư chi bộ', organisationName: 'Chi bộ khu phố 3' },
    { kind: 'record', times: 3, positionName: 'Bí thư chi bộ', organisationName: 'Chi bộ khu phố 3' },
  ])
  const { text } = await member.get('/my-record/readings?month=2026-11')
  const main = /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? ''
  expect(main).toContain('3 lần, từ 09:00 đến 09:35 02/11/2026')
  expect(main).not.toContain(cellSecretary.name)
  expect((await readings(cellSecretary, '2026-11')).lines).toEqual([])
})

test('a list is one row however long, and seen by everybody who was counted in it that day', async () => {
  world.day('2026-12-01', '09:00')
  const { wardDeputy, strangerDeputy } = world.officers
  const rows = async () =>
    (await world.database.read.one<{ count: number }>(sql`select count(*) as count from list_view`)).count
  const before = await rows()
  await wardDeputy.get('/registry/members/export.csv')
  expect(await rows()).toBe(before + 1)
  await strangerDeputy.get('/registry/members/export.csv')
  const neighbour = await world.signIn({ name: '', memberId: world.officers.neighbourSecretary.memberId })
  for (const who of [member, neighbour]) {
    const { lines } = await readings(who, '2026-12')
    expect(lines).toMatchObject([{ kind: 'export', listName: 'Đảng bộ Phường Tân Tạo', times: 1 }])
  }
  const outsider = await world.member('Người Phường Khác', world.places.otherCell)
  expect((await readings(outsider, '2026-12')).lines).toEqual([])
})

test('a search is seen by those it found, and by nobody it did not find', async () => {
  world.day('2027-01-04', '09:00')
  const other = await world.member('Phan Văn Khác')
  await world.officers.wardDeputy.get('/registry/members?q=quynh giao')
  expect((await readings(member, '2027-01')).lines).toMatchObject([{ kind: 'search', people: 1 }])
  expect((await readings(other, '2027-01')).lines).toEqual([])
})

test('a dossier, its files and its papers are kept with the dossier’s number; how far it is, is not', async () => {
  world.day('2027-01-11', '09:00')
  const { wardDeputy } = world.officers
  for (const path of ['', `/files/${fileId}`, `/papers/${paperId}`])
    expect((await wardDeputy.get(`/transfers/${life.id}${path}`)).status).toBe(200)
  const { lines } = await readings(member, '2027-01')
  const seen = lines.filter(({ dossierNumber }) => dossierNumber === number).map(({ kind }) => kind)
  expect(seen.sort()).toEqual(['dossier', 'file', 'paper'])
  const before = await kept()
  expect((await wardDeputy.get(`/transfers/${life.id}/sealing`)).status).toBe(200)
  expect(await kept()).toBe(before)
})

test('whoever acts for a member under a delegation is kept too, as somebody the member delegated to', async () => {
  world.day('2027-01-18', '09:00')
  const helper = await world.member('Người Giúp Việc')
  const grantId = randomUUID()
  await world.change(
    `insert into delegation (id, delegator_id, delegate_member_id, procedures, valid_from, valid_to, form, basis, granted_at,
       signed_in_at) values ($1, $2, $3, '{official-transfer}', '2027-01-01', '2027-12-31', 'written', 'giấy', now(), now())`,
    [grantId, member.memberId, helper.memberId],
  )
  const acting = await world.signIn(helper, { officeId: null, grantId })
  expect((await acting.get(`/transfers/${life.id}`)).status).toBe(200)
  const { lines } = await readings(member, '2027-01')
  expect(lines[0]).toMatchObject({ kind: 'dossier', position: 'member', positionName: null, times: 1 })
  expect((await member.get('/my-record/readings?month=2027-01')).text).toContain('Người đồng chí đã ủy quyền')
})

test('a look that seems odd is asked about; another office answers, and the answer comes back', async () => {
  world.day('2027-02-01', '09:00')
  const { inspector, cellSecretary, neighbourSecretary, administrator } = world.officers
  await cellSecretary.get(`/registry/members/${member.memberId}`)
  const [line] = (await readings(member, '2027-02')).lines
  const key = line?.key ?? ''
  expect((await member.get(`/my-record/readings/ask?line=${encodeURIComponent(key)}`)).text).toContain(
    'Đồng chí muốn hỏi điều gì?',
  )
  expect(
    (await neighbourSecretary.get(`/my-record/readings/ask?line=${encodeURIComponent(key)}`)).status,
  ).toBe(404)
  const empty = await member.form('/my-record/readings/ask', { line: key, question: '' })
  expect(empty.status).toBe(400)
  const id = randomUUID()
  const question = { id, line: key, question: 'Vì sao hồ sơ của tôi được mở?' }
  for (const _ of [1, 2]) expect((await member.form('/my-record/readings/ask', question)).status).toBe(303)
  expect((await inspector.get('/notices')).text).toContain('hỏi vì sao hồ sơ của mình được xem')
  expect((await inspector.get('/registry/questions')).text).toContain('Vì sao hồ sơ của tôi được mở?')
  expect((await cellSecretary.get('/registry/questions')).status).toBe(403)
  expect((await administrator.post(`/api/v1/reading-questions/${id}`, { answer: 'không' })).status).toBe(403)
  expect(
    (await world.officers.wardDeputy.post(`/api/v1/reading-questions/${id}`, { answer: 'không' })).status,
  ).toBe(404)
  const answer = { answer: 'Chi bộ rà soát danh sách theo lịch.' }
  expect((await inspector.form(`/registry/questions/${id}`, answer)).status).toBe(303)
  expect((await inspector.post(`/api/v1/reading-questions/${id}`, { answer: 'khác' })).code).toBe(
    'reading.question-answered',
  )
  const { questions } = await readings(member, '2027-02')
  expect(questions).toMatchObject([{ id, answer: answer.answer, toName: 'Đảng bộ Phường Tân Tạo' }])
  expect((await member.get('/notices')).text).toContain('đã được trả lời')
  const inspected = await inspector.get(`/registry/members/${member.memberId}`)
  expect(inspected.status).toBe(200)
})

test('a question nobody answers is told to the leaders, once', async () => {
  world.day('2027-03-01', '09:00')
  await world.officers.cellSecretary.get(`/registry/members/${member.memberId}`)
  const line = (await readings(member, '2027-03')).lines[0]?.key ?? ''
  const asked = await member.post('/api/v1/my-record/readings/questions', { line, question: 'Ai mở?' })
  expect(asked.status).toBe(201)
  const late = async () =>
    (
      await world.database.read.one<{ count: number }>(
        sql`select count(*) as count from notice where code = 'reading.question-late'`,
      )
    ).count
  world.day('2027-03-15', '09:00')
  await world.sweep()
  expect(await late()).toBe(0)
  world.day('2027-03-16', '09:00')
  await world.sweep()
  await world.sweep()
  expect(await late()).toBe(1)
})

test('what was kept stays: not even its owner changes it', async () => {
  for (const change of [
    'update record_view set at = now()',
    'delete from record_view',
    'delete from list_view',
  ])
    await expect(world.change(change)).rejects.toThrow(/history is only added to/)
})
