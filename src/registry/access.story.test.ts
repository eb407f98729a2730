/** Who sees what of the registry: an office its own organisation and below, a member the own record, nobody what lies beside. */
import { randomUUID } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../tests/house.ts'
import { sql } from '../kernel/db.ts'
import { MEMBER, MEMBER_LIST, WHOLE_MEMBER } from './members/contract.ts'
import { startTransit } from './members/memberships.ts'
import { setHold } from './members/holds.ts'
import { grantOffice } from './offices/store.ts'
import { ORGANISATION, SUGGESTIONS } from './organisations/contract.ts'
import { addMember, addOrganisation, FOUNDED } from './test-builders.ts'

let house: House
let member: string
let elsewhere: string
const people: Record<string, Visitor> = {}

/** Somebody who holds an office, counted in a cell that has nothing to do with it. */
async function officer(name: string, position: string, organisationId: string): Promise<Visitor> {
  const { memberId, officeId } = await house.database.transaction(async (write) => {
    const memberId = await addMember(write, name, house.world.otherCell)
    const officeId = await grantOffice(write, {
      memberId,
      position,
      organisationId,
      since: FOUNDED,
      source: 'kiểm thử',
    })
    return { memberId, officeId }
  })
  return house.signIn({ kind: 'officer', memberId, officeId, csrf: '', cookies: {} })
}

beforeAll(async () => {
  house = await openHouse()
  const { city, ward, cell, neighbour, otherWard, otherCell } = house.world
  await house.database.transaction(async (write) => {
    member = await addMember(write, 'Trần Thị Ánh', cell, { personalId: '099080777001' })
    elsewhere = await addMember(write, 'Lê Văn Xa', otherCell, { personalId: '099080777002' })
  })
  people.own = await officer('Bí Thư Chi Bộ', 'cell-secretary', cell)
  people.above = await officer('Cán Bộ Phường', 'building-officer', ward)
  people.top = await officer('Phó Bí Thư Thành Ủy', 'committee-deputy-secretary', city)
  people.sibling = await officer('Bí Thư Bên Cạnh', 'cell-secretary', neighbour)
  people.foreign = await officer('Cán Bộ Phường Khác', 'building-officer', otherWard)
  people.inspector = await officer('Chủ Nhiệm Kiểm Tra', 'inspection-chair', ward)
  people.administrator = house.visitors.administrator
  people.member = await house.signIn({
    kind: 'member',
    memberId: member,
    officeId: null,
    csrf: '',
    cookies: {},
  })
})
afterAll(() => house.close())

const ask = (who: string, url: string): Promise<LightMyRequestResponse> =>
  house.ask(people[who] as Visitor, { method: 'GET', url })

const search = (who: string, url: string, payload: object): Promise<LightMyRequestResponse> =>
  house.ask(people[who] as Visitor, { method: 'POST', url, payload })

/** Everything about the cell, and everything about the member counted in it, by the one who asks. */
const CELL_PAGES = (cell: string) => [`/registry/organisations/${cell}`, `/api/v1/organisations/${cell}`]
const MEMBER_PAGES = (cell: string, id: string) => [
  `/registry/members?organisation=${cell}`,
  `/registry/members/print?organisation=${cell}`,
  `/registry/members/export.csv?organisation=${cell}`,
  `/registry/members/export.xlsx?organisation=${cell}`,
  `/api/v1/members?organisation=${cell}`,
  `/api/v1/organisations/${cell}/members`,
  `/registry/members/${id}`,
  `/api/v1/members/${id}`,
]

describe('a cell and its member', () => {
  const SEEN: readonly (readonly [who: string, cell: number, members: number])[] = [
    ['own', 200, 200],
    ['above', 200, 200],
    ['top', 200, 200],
    ['inspector', 200, 200],
    ['sibling', 404, 404],
    ['foreign', 404, 404],
    ['administrator', 200, 403],
    ['member', 403, 403],
  ]

  test.each(SEEN)('%s: the cell %i, its members %i', async (who, cellStatus, memberStatus) => {
    const { cell } = house.world
    for (const url of CELL_PAGES(cell)) expect((await ask(who, url)).statusCode, url).toBe(cellStatus)
    for (const url of MEMBER_PAGES(cell, member))
      expect((await ask(who, url)).statusCode, url).toBe(memberStatus)
  })

  test('the level above is as unknown as what lies beside', async () => {
    const { ward, city } = house.world
    for (const [who, url] of [
      ['own', `/api/v1/organisations/${ward}`],
      ['above', `/api/v1/organisations/${city}`],
    ] as const)
      expect((await ask(who, url)).statusCode, url).toBe(404)
  })

  test('a foreign id answers exactly like one nobody has', async () => {
    const told = async (url: string) => {
      const { instance: _, ...problem } = (await ask('sibling', url)).json()
      return problem as unknown
    }
    const { cell } = house.world
    expect(await told(`/api/v1/members/${member}`)).toEqual(await told(`/api/v1/members/${randomUUID()}`))
    expect(await told(`/api/v1/organisations/${cell}`)).toEqual(
      await told(`/api/v1/organisations/${randomUUID()}`),
    )
  })

  test('a search finds one’s own members only, without diacritics, by number and by card', async () => {
    const found = async (who: string, q: string) => {
      const answer = (await search(who, '/api/v1/members/search', { q })).json()
      expect(MEMBER_LIST.parse(answer)).toEqual(answer)
      return (answer as { lines: { fullName: string }[] }).lines.map((line) => line.fullName)
    }
    expect(await found('above', 'anh tran')).toEqual(['Trần Thị Ánh'])
    expect(await found('above', '099080777')).toEqual(['Trần Thị Ánh'])
    expect(await found('top', '099080777')).toEqual(['Trần Thị Ánh', 'Lê Văn Xa'])
    expect(await found('sibling', 'anh')).toEqual([])
    expect(await found('above', '0990')).toEqual([])
  })

  test('a blank after the last word says that it is whole, in the page as in the API', async () => {
    const { ward, otherCell } = house.world
    await house.database.transaction((write) => addMember(write, 'Lê Thị An', otherCell))
    for (const [typed, names] of [
      ['tran th', true],
      ['tran thi ', true],
      ['tran th ', true],
      ['anh', true],
      ['an', true],
      ['an ', false],
    ] as const) {
      const { lines } = (await search('above', '/api/v1/members/search', { q: typed })).json<{ lines: [] }>()
      expect(lines.length > 0, typed).toBe(names)
      const sent = await search('above', '/registry/members', { q: typed, organisation: ward, csrf: '' })
      const page = (await ask('above', String(sent.headers.location))).body
      expect(page.includes('Trần Thị Ánh'), typed).toBe(names)
    }
  })

  test('a number typed into the page’s search stands in no address, and pages, files and prints are links', async () => {
    const typed = { q: '0990 8077 7001', organisation: house.world.ward, csrf: '' }
    const answer = await search('above', '/registry/members', typed)
    const link = String(answer.headers.location)
    expect([answer.statusCode, link]).toEqual([
      303,
      expect.stringMatching(/^\/registry\/members\?organisation=/),
    ])
    expect(link).not.toMatch(/0990|8077/)
    const page = (await ask('above', link)).body
    expect(page).toContain('Trần Thị Ánh')
    const links = [...page.matchAll(/href="(\/registry\/members[^"]+)"/g)].map(([, href]) => href!)
    expect(links.join(' ')).not.toMatch(/0990|8077/)
    const files = links
      .filter((href) => /export|print/.test(href))
      .map((href) => href.replaceAll('&amp;', '&'))
    expect(files).toHaveLength(3)
    for (const href of files) expect((await ask('above', href)).body, href).toMatch(/Trần Thị Ánh|^PK/)
    expect((await ask('top', link)).statusCode, 'another session reads nothing in it').toBe(400)
    for (const url of [
      '/registry/members?q=099080777001',
      '/registry/members/print?q=0990.8077.7001',
      '/api/v1/members?q=099080',
      `/api/v1/organisations/${house.world.ward}/members?q=0990 80777001`,
    ]) {
      const refused = await ask('above', encodeURI(url))
      expect([refused.statusCode, url]).toEqual([422, url])
    }
  })

  test('a commission sees the tree of the committee it advises, its clerk and other advisory bodies their own', async () => {
    const { city, commission, cell } = house.world
    const propaganda = await house.database.transaction((write) =>
      addOrganisation(write, 'Ban Tuyên giáo Thành ủy', 'advisory-body', city),
    )
    people.commission = await officer('Chuyên Viên Ban', 'commission-officer', commission)
    people.clerk = await officer('Văn Thư Ban', 'commission-clerk', commission)
    people.propaganda = await officer('Trưởng Ban Tuyên Giáo', 'commission-head', propaganda)
    const status = async (who: string, url: string) => (await ask(who, url)).statusCode
    for (const url of [...CELL_PAGES(cell), ...CELL_PAGES(city), ...MEMBER_PAGES(cell, member)]) {
      expect(await status('commission', url), url).toBe(200)
      expect(await status('clerk', url), url).toBe(404)
      expect(await status('propaganda', url), url).toBe(404)
    }
    const start = (await ask('commission', '/registry')).body
    expect(start).toContain('Đảng bộ Phường Tân Tạo')
    expect((await ask('clerk', '/registry')).body).not.toContain('Đảng bộ Phường Tân Tạo')
    const below = ORGANISATION.parse((await ask('commission', `/api/v1/organisations/${cell}`)).json())
    expect(below.above.map(({ name }) => name)).toEqual([
      'Đảng bộ Thành phố Hồ Chí Minh',
      'Đảng bộ Phường Tân Tạo',
    ])
    // It reads; what others may do there it may not.
    expect(await status('commission', `/members/${member}/holds`)).toBe(404)
    expect(await status('commission', '/import')).toBe(403)
    expect(MEMBER.parse((await ask('commission', `/api/v1/members/${member}`)).json()).holds).toBeUndefined()
  })
})

describe('figures', () => {
  test('the sum of the children and of its own is the total, also while a member is in transit', async () => {
    const conserved = async () => {
      const view = ORGANISATION.parse((await ask('top', `/api/v1/organisations/${house.world.city}`)).json())
      for (const line of ['active', 'inTransit'] as const) {
        const sum = view.children.reduce((total, child) => total + child[line], view.own[line])
        expect(sum, line).toBe(view.counts[line])
      }
      return view.counts
    }
    const before = await conserved()
    const leaving = await house.database.transaction((write) =>
      addMember(write, 'Người Chuyển Đi', house.world.cell),
    )
    await house.database.transaction((write) =>
      startTransit(write, {
        memberId: leaving,
        originId: house.world.cell,
        on: '2026-01-05',
        reason: 'kiểm thử',
        dossierId: null,
      }),
    )
    expect(await conserved()).toEqual({ active: before.active, inTransit: before.inTransit + 1 })
    expect((await ask('own', `/registry/organisations/${house.world.cell}`)).body).toContain('Đang chuyển')
  })

  test('pages say what the interface says, and the interface what its description says', async () => {
    const answer = (await ask('above', `/api/v1/organisations/${house.world.ward}`)).json()
    expect(ORGANISATION.parse(answer)).toEqual(answer)
    expect(answer).toMatchObject({ name: 'Đảng bộ Phường Tân Tạo', childrenTotal: 2 })
    const { body } = await ask('above', '/registry')
    expect(body).toContain('Đảng bộ Phường Tân Tạo')
    expect(body).toContain('Chi bộ khu phố 10')
  })

  test('levels are dated: the ward was above the grassroots until 26 July 2026, and is grassroots since', async () => {
    const view = ORGANISATION.parse((await ask('top', `/api/v1/organisations/${house.world.ward}`)).json())
    expect(view.history.map(({ since, tier }) => [since, tier])).toEqual([
      ['2026-07-26', 'grassroots'],
      ['2025-07-01', 'direct-superior'],
    ])
  })
})

describe('whole numbers', () => {
  const post = (who: string, url: string, body: object) =>
    house.ask(people[who] as Visitor, { method: 'POST', url, payload: body })

  test('are masked everywhere until a reason is given, which is kept and shown to the member', async () => {
    const { cell } = house.world
    for (const url of MEMBER_PAGES(cell, member)) {
      const { body } = await ask('above', url)
      expect(body, url).not.toContain('099080777001')
    }
    const answer = (await ask('above', `/api/v1/members/${member}`)).json()
    expect(MEMBER.parse(answer)).toEqual(answer)
    expect(answer).toMatchObject({ whole: false, facts: { personalId: '0990******01' } })

    const looked = await post('above', `/api/v1/members/${member}/readings`, { reason: 'đối chiếu căn cước' })
    expect(looked.statusCode).toBe(200)
    expect(WHOLE_MEMBER.parse(looked.json())).toEqual(looked.json())
    expect(looked.json()).toMatchObject({ member: { whole: true, facts: { personalId: '099080777001' } } })

    const own = await ask('member', '/my-record')
    expect(own.body).toContain('đối chiếu căn cước')
    expect(own.body).toContain('Chuyên viên Ban Xây dựng Đảng, Đảng bộ Phường Tân Tạo')
  })

  test('the page asks for a reason, shows the numbers for a while, and to nobody else', async () => {
    const form = { payload: 'reason=ai', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    const url = `/registry/members/${member}/readings`
    const refused = await house.ask(people.above as Visitor, { method: 'POST', url, ...form })
    expect(refused.statusCode).toBe(400)
    expect(refused.body).toContain('Đồng chí ghi lý do')
    expect(refused.body).not.toContain('099080777001')

    const given = await house.ask(people.above as Visitor, {
      method: 'POST',
      url,
      ...form,
      payload: 'reason=ki%E1%BB%83m+tra+h%E1%BB%93+s%C6%A1',
    })
    expect(given.statusCode).toBe(303)
    const shown = String(given.headers.location)
    expect((await ask('above', shown)).body).toContain('099080777001')
    expect((await ask('own', shown)).statusCode).toBe(403)
    await house.database.transaction((write) =>
      write.run(sql`insert into member_reading
        select gen_random_uuid(), member_id, read_by, position, organisation_id, 'cũ', read_at - interval '11 minutes'
          from member_reading where reason = 'kiểm tra hồ sơ'`),
    )
    const old = await house.database.read.one<{ id: string }>(
      sql`select id from member_reading where reason = 'cũ'`,
    )
    expect((await ask('above', `/registry/members/${member}?reading=${old.id}`)).statusCode).toBe(403)
  })

  test('an officer beside, and an administrator, cannot look', async () => {
    const url = `/api/v1/members/${member}/readings`
    expect((await post('sibling', url, { reason: 'tò mò thôi mà' })).statusCode).toBe(404)
    expect((await post('administrator', url, { reason: 'tò mò thôi mà' })).statusCode).toBe(403)
    expect(
      (await post('above', `/api/v1/members/${elsewhere}/readings`, { reason: 'tò mò thôi mà' })).statusCode,
    ).toBe(404)
  })
})

test('holds are known to the inspection chair and the committee’s leaders alone', async () => {
  await house.database.transaction((write) =>
    setHold(write, {
      id: randomUUID(),
      memberId: member,
      kind: 'inspection',
      basis: 'Quyết định 12-QĐ/UBKT',
      setOn: '2026-01-05',
      setBy: (people.inspector as Visitor).memberId,
      setByOffice: null,
    }),
  )
  const knows = async (who: string) =>
    (await ask(who, `/registry/members/${member}`)).body.includes('12-QĐ/UBKT')
  expect(await knows('inspector')).toBe(true)
  expect(await knows('top')).toBe(true)
  expect(await knows('above')).toBe(false)
  expect(await knows('own')).toBe(false)
  expect((await ask('member', '/my-record')).body).not.toContain('12-QĐ/UBKT')
})

test('a hat worn for somebody else opens no registry', async () => {
  const { officeId, memberId: delegatorId } = people.own as Visitor
  const delegate = house.visitors.member
  const grantId = randomUUID()
  await house.database.transaction((write) =>
    write.run(sql`
      insert into delegation (id, delegator_id, office_id, delegate_member_id, procedures, valid_from, valid_to, form, basis,
                              granted_at, signed_in_at)
      values (${grantId}, ${delegatorId}, ${officeId}, ${delegate.memberId}, array['official-transfer'], '2025-08-01',
              '2099-01-01', 'written', 'kiểm thử', now(), now())`),
  )
  const visitor = await house.signIn(delegate)
  await house.database.transaction((write) =>
    write.run(sql`update session set grant_id = ${grantId} where member_id = ${delegate.memberId}`),
  )
  const answer = await house.ask(visitor, { url: '/registry', headers: { accept: 'application/json' } })
  expect(answer.statusCode).toBe(403)
  expect(answer.json()).toMatchObject({ code: 'registry.not-delegated', citation: '338-QĐ/TW, Điều 11' })
})

test('names of organisations are for everybody who is signed in', async () => {
  const lookup = async (q: string, more = '') =>
    (await ask('member', `/api/v1/organisations/search?q=${encodeURIComponent(q)}${more}`)).json<unknown[]>()
  const found = await lookup('khu pho 3', '&holding=1')
  expect(SUGGESTIONS.parse(found)).toEqual(found)
  expect(found).toEqual([
    {
      value: house.world.cell,
      text: 'Chi bộ khu phố 3',
      about: 'Đảng bộ Phường Tân Tạo · Đảng bộ Thành phố Hồ Chí Minh · 79.021.013.000.001',
    },
    {
      value: house.world.otherCell,
      text: 'Chi bộ khu phố 3',
      about: 'Đảng bộ Phường Cầu Kiệu · Đảng bộ Thành phố Hồ Chí Minh · 79.035.013.000.001',
    },
  ])
  expect(await lookup('79021000000000')).toHaveLength(1)
  expect(await lookup('79.021.000.000.000', '&holding=1')).toEqual([])
  expect(await lookup('k')).toEqual([])
})

describe('files', () => {
  test('a name that looks like a formula comes out as text', async () => {
    const cell = house.world.neighbour
    await house.database.transaction((write) => addMember(write, '=1+1 "Tên"', cell))
    const csv = (await ask('sibling', `/registry/members/export.csv?organisation=${cell}`)).body
    expect(csv.startsWith('\ufeff"TT","Họ và tên"')).toBe(true)
    expect(csv).toContain(`"'=1+1 ""Tên"""`)
    expect(csv.trimEnd().split('\r\n')).toHaveLength(2)
  })

  test('a workbook holds everybody in the order of given names', async () => {
    const answer = await ask('top', `/registry/members/export.xlsx`)
    expect(answer.headers['content-type']).toContain('spreadsheetml')
    expect(answer.rawPayload.readUInt32LE(0)).toBe(0x04034b50)
    const { openWorkbook } = await import('../spreadsheets/workbook.ts')
    const [sheet] = await openWorkbook(answer.rawPayload, 'a.xlsx')
    const names: string[] = []
    for await (const rows of sheet?.rows() ?? [])
      for (const row of rows) {
        const name = row.cells.get(1)
        if (name?.kind === 'text' && row.number > 2) names.push(name.text)
      }
    expect(names.length).toBeGreaterThan(8)
    expect(names.indexOf('Trần Thị Ánh')).toBeLessThan(names.indexOf('Lê Văn Xa'))
  })
})
