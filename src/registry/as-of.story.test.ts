/** Looking back through HTTP: last month's tree after a change of today, who may look, and that nothing is changed there. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../tests/house.ts'
import { sql } from '../kernel/db.ts'
import { addDays, formatDate, todayIn } from '../kernel/plain-date.ts'
import { MEMBER_LIST, MEMBER_ON_DAY } from './members/contract.ts'
import { admitTo, startTransit } from './members/memberships.ts'
import { endOffice, grantOffice } from './offices/store.ts'
import { changeOrganisation, createOrganisation, endOrganisation } from './organisations/changes.ts'
import { ORGANISATION } from './organisations/contract.ts'
import { addMember, addOrganisation, FOUNDED } from './test-builders.ts'

let house: House
let today: string
let then: string
let mover: string
let merged: string
let part: string
const people: Record<string, Visitor> = {}

async function officer(name: string, position: string, organisationId: string): Promise<Visitor> {
  const { memberId, officeId } = await house.database.transaction(async (write) => {
    const memberId = await addMember(write, name, house.world.city)
    const grant = { memberId, position, organisationId, since: FOUNDED, source: 'kiểm thử' }
    return { memberId, officeId: await grantOffice(write, grant) }
  })
  return house.signIn({ kind: 'officer', memberId, officeId, csrf: '', cookies: {} })
}

const ask = (who: string, url: string) => house.ask(people[who] as Visitor, { method: 'GET', url })
const read = async <T>(who: string, url: string): Promise<T> => {
  const answer = await ask(who, url)
  expect(answer.statusCode, `${url}: ${answer.body.slice(0, 300)}`).toBe(200)
  return answer.json<T>()
}
const codeOf = async (who: string, url: string) => {
  const answer = await ask(who, url)
  return [answer.statusCode, answer.json<{ code?: string }>().code]
}
/** The page without its head and foot: those are the reader's own. */
const mainOf = (body: string) => /<main[\s\S]*?(?=<footer)/.exec(body)?.[0] ?? ''

let treeBefore: unknown
let listBefore: unknown

beforeAll(async () => {
  house = await openHouse()
  today = todayIn(house.parts.clock.now())
  then = addDays(today, -31)
  const { city, ward, cell, otherWard, otherCell } = house.world
  await house.database.transaction(async (write) => {
    mover = await addMember(write, 'Trần Thị Chuyển', cell, { personalId: '099080555001' })
    part = await addOrganisation(write, 'Đảng bộ Trường học', 'part-committee', ward)
    await addMember(write, 'Lê Văn Trường', await addOrganisation(write, 'Chi bộ Khối 9', 'cell', part))
    await addMember(write, 'Lê Văn Xa', otherCell, { personalId: '099080555002' })
  })
  people.ward = await officer('Cán Bộ Phường', 'building-officer', ward)
  people.other = await officer('Cán Bộ Phường Khác', 'building-officer', otherWard)
  people.administrator = house.visitors.administrator
  treeBefore = await read('ward', `/api/v1/organisations/${ward}`)
  listBefore = await read('ward', `/api/v1/members?organisation=${ward}`)

  await house.database.transaction(async (write) => {
    const step = { memberId: mover, on: today, reason: 'kiểm thử', dossierId: null }
    await startTransit(write, { ...step, originId: cell })
    await admitTo(write, { ...step, organisationId: otherCell })
    await changeOrganisation(write, cell, today, { name: 'Chi bộ khu phố 3A' }, 'QĐ 12')
    await changeOrganisation(write, part, today, { parentId: otherWard }, 'QĐ 13')
    const young = { name: 'Đảng bộ Phường Mới', kind: 'commune', code: null, source: 'QĐ 14' }
    merged = await createOrganisation(write, { ...young, parentId: city, validFrom: today })
    await changeOrganisation(write, otherCell, today, { parentId: merged }, 'QĐ 14')
    await changeOrganisation(write, part, today, { parentId: merged }, 'QĐ 14')
    await endOrganisation(write, otherWard, today)
    await write.run(sql`insert into organisation_successor (organisation_id, successor_id, since)
      values (${otherWard}, ${merged}, ${today})`)
  })
  people.merged = await officer('Cán Bộ Phường Mới', 'building-officer', merged)
})
afterAll(() => house.close())

describe('after a change of today', () => {
  test('last month’s tree, counts, offices and list are what they were', async () => {
    const { ward } = house.world
    const now = await read<{ name: string }>('ward', `/api/v1/organisations/${ward}`)
    expect(now).not.toMatchObject({ children: (treeBefore as { children: unknown }).children })
    const past = await read<Record<string, unknown>>('ward', `/api/v1/organisations/${ward}?on=${then}`)
    expect(ORGANISATION.parse(past)).toEqual(past)
    expect(past).toEqual({ ...(treeBefore as object), on: then })
    const list = await read<Record<string, unknown>>(
      'ward',
      `/api/v1/members?organisation=${ward}&on=${then}`,
    )
    expect(MEMBER_LIST.parse(list)).toEqual(list)
    expect(list).toEqual({ ...(listBefore as object), on: then })
    expect(await read('ward', `/api/v1/organisations/${ward}?on=${addDays(today, -1)}`)).toEqual({
      ...(treeBefore as object),
      on: addDays(today, -1),
    })
  })

  test('a search finds who was there then, and not who was elsewhere', async () => {
    const search = (url: string, q: string, on: string) =>
      house.ask(people.ward as Visitor, { method: 'POST', url, payload: { q, on } })
    const found = async (q: string, on: string) =>
      (await search('/api/v1/members/search', q, on)).json<{ total: number }>().total
    expect([await found('thi chuyen', then), await found('thi chuyen', today)]).toEqual([1, 0])
    expect([await found('099080555001', then), await found('van xa', then)]).toEqual([1, 0])
    const link = String((await search('/registry/members', '099080555001', then)).headers.location)
    expect(link, 'the day goes on with the search, the number does not').toMatch(
      new RegExp(`^/registry/members\\?s=[\\w-]+&on=${then}$`),
    )
    expect((await ask('ward', link)).body).toContain('Thị Chuyển')
  })

  test('the page says which day it is of, its links keep the day, nothing can be changed', async () => {
    const { ward, cell } = house.world
    const pages = [
      `/registry?on=${then}`,
      `/registry/organisations/${cell}?on=${then}`,
      `/registry/members?organisation=${ward}&on=${then}`,
      `/registry/members/${mover}?on=${then}`,
    ]
    for (const url of pages) {
      const answer = await ask('ward', url)
      expect(answer.statusCode, url).toBe(200)
      const main = mainOf(answer.body)
      expect(main, url).toContain(`Đồng chí đang xem sổ bộ tại ngày ${formatDate(then)}.`)
      expect(main, url).toContain('Về hôm nay')
      const changing = main.replaceAll('method="post" action="/registry/members"', '') // a search changes nothing
      expect(changing, url).not.toMatch(/method="post"|href="\/import"|\/registry\/corrections/)
      expect(answer.body, url).toMatch(new RegExp(`<title>[^<]*tại ngày ${formatDate(then)}`))
      const hrefs = [...main.matchAll(/href="(\/registry[^"]*)"[^>]*>([^<]*)/g)]
      const astray = hrefs.filter(([, href, text]) => text !== 'Về hôm nay' && !href?.includes(`on=${then}`))
      expect(
        astray.map(([, href]) => href),
        url,
      ).toEqual([])
    }
    expect((await ask('ward', `/registry?on=${then}`)).body).toContain('Chi bộ khu phố 3<')
    const now = mainOf((await ask('ward', `/registry?on=${today}`)).body)
    expect(now).not.toContain('Đồng chí đang xem')
    expect(now).toContain('Chi bộ khu phố 3A')
  })

  test('a day is asked for in three boxes, without scripts', async () => {
    const [year, month, day] = then.split('-').map(Number)
    const boxes = `on-day=${day}&on-month=${month}&on-year=${year}`
    const answer = await ask('ward', `/registry?${boxes}`)
    expect(mainOf(answer.body)).toContain(`tại ngày ${formatDate(then)}`)
    const empty = await ask('ward', '/registry?on-day=&on-month=&on-year=')
    expect(mainOf(empty.body)).not.toContain('Đồng chí đang xem')
  })

  test('a day that is none, one to come, one before anything was recorded', async () => {
    const { ward } = house.world
    const of = (on: string) => codeOf('ward', `/api/v1/organisations/${ward}?on=${on}`)
    expect(await of('2026-02-31')).toEqual([400, 'registry.day-unreadable'])
    expect(await of(addDays(today, 1))).toEqual([422, 'registry.day-to-come'])
    expect(await of('1975-04-30')).toEqual([404, 'registry.day-before-records'])
    expect((await of(FOUNDED))[0]).toBe(200)
    const said = await ask('ward', '/registry?on=1975-04-30')
    expect(said.body).toContain('Ngày đầu tiên sổ bộ có ghi là 01/07/2025')
    for (const url of [
      `/api/v1/members?on=${addDays(today, 1)}`,
      `/api/v1/members/${mover}?on=${addDays(today, 1)}`,
      `/api/v1/organisations/${ward}/members?on=${addDays(today, 1)}`,
      `/api/v1/settings?on=${addDays(today, 1)}`,
    ])
      expect(await codeOf('ward', url), url).toEqual([422, 'registry.day-to-come'])
  })

  test('exports and prints carry the day in name and title', async () => {
    const of = `organisation=${house.world.ward}&on=${then}`
    const csv = await ask('ward', `/registry/members/export.csv?${of}`)
    expect(csv.headers['content-disposition']).toContain(`dang-vien-${then}.csv`)
    expect(csv.body).toContain('Trần Thị Chuyển')
    const xlsx = await ask('ward', `/registry/members/export.xlsx?${of}`)
    expect(xlsx.headers['content-disposition']).toContain(`dang-vien-${then}.xlsx`)
    const print = await ask('ward', `/registry/members/print?${of}`)
    expect(print.body).toMatch(new RegExp(`<title>[^<]*tại ngày ${formatDate(then)}`))
    expect(mainOf(print.body)).toContain('Trần Thị Chuyển')
  })

  test('what changed is told for a chosen period', async () => {
    const { ward } = house.world
    const { changes } = await read<{ changes: unknown }>('ward', `/api/v1/organisations/${ward}?from=${then}`)
    expect(changes).toMatchObject({ from: then, to: today, members: { in: 0, out: 2 }, cut: false })
    const page = mainOf((await ask('ward', `/registry/organisations/${ward}?from=${then}`)).body)
    expect(page).toContain('Chi bộ khu phố 3 đổi tên thành Chi bộ khu phố 3A')
    expect(page).toContain('Đảng bộ Trường học chuyển từ Đảng bộ Phường Tân Tạo về Đảng bộ Phường Mới')
    expect(page).toContain('bớt 2 đảng viên')
    const backwards = `/api/v1/organisations/${ward}?from=${today}&on=${then}`
    expect(await codeOf('ward', backwards)).toEqual([400, 'registry.period-backwards'])
  })
})

describe('a member on a past day', () => {
  test('is what that day’s list shows, for who might look that day, and no more', async () => {
    const past = await read<{ line: object }>('ward', `/api/v1/members/${mover}?on=${then}`)
    expect(MEMBER_ON_DAY.parse(past)).toEqual(past)
    const { since, ...line } = past.line as { since: string }
    expect(since).toBe(FOUNDED)
    expect((listBefore as { lines: object[] }).lines).toContainEqual(line)
    const page = mainOf((await ask('ward', `/registry/members/${mover}?on=${then}`)).body)
    expect(page).toContain('không ghi theo ngày')
    expect(page).not.toContain('099080555001')
    expect(page).not.toContain('Phường Mới')
  })

  test('is unknown where it was not counted, today and then, as one that nobody is', async () => {
    const told = async (who: string, url: string) => {
      const { instance: _, ...problem } = (await ask(who, url)).json()
      return problem as unknown
    }
    expect((await ask('ward', `/api/v1/members/${mover}`)).statusCode).toBe(404)
    expect((await ask('merged', `/api/v1/members/${mover}`)).statusCode).toBe(200)
    for (const on of ['', `?on=${then}`]) {
      const nobody = await told('merged', `/api/v1/members/${randomUUID()}${on}`)
      const foreign = on === '' ? house.visitors.officer.memberId : mover
      expect(await told('merged', `/api/v1/members/${foreign}${on}`)).toEqual(nobody)
      expect(await told('merged', `/api/v1/organisations/${house.world.ward}${on}`)).toEqual(
        await told('merged', `/api/v1/organisations/${randomUUID()}${on}`),
      )
    }
  })

  test('a look at whole numbers is of today: yesterday’s reader has none', async () => {
    const answer = await house.ask(people.ward as Visitor, {
      method: 'POST',
      url: `/api/v1/members/${mover}/readings?on=${then}`,
      payload: { reason: 'đối chiếu hồ sơ' },
    })
    expect(answer.statusCode).toBe(404)
  })

  test('administrators read no members of any day', async () => {
    expect((await ask('administrator', `/api/v1/members/${mover}?on=${then}`)).statusCode).toBe(403)
    expect((await ask('administrator', `/api/v1/members?on=${then}`)).statusCode).toBe(403)
  })
})

describe('officers of an organisation that others went into', () => {
  test('see the past of those, by way of a page that says why their own was not there', async () => {
    const { otherWard, otherCell, city } = house.world
    const page = await ask('merged', `/registry?on=${then}`)
    expect(page.statusCode).toBe(200)
    expect(mainOf(page.body)).toContain('Ngày ấy tổ chức của đồng chí chưa có')
    expect(mainOf(page.body)).toContain(`/registry/organisations/${otherWard}?on=${then}`)
    expect(await codeOf('merged', `/api/v1/members?on=${then}`)).toEqual([404, 'registry.own-not-there'])
    const old = await read<{ children: { id: string }[]; above: unknown[] }>(
      'merged',
      `/api/v1/organisations/${otherWard}?on=${then}`,
    )
    expect(old.children.map(({ id }) => id)).toEqual([otherCell])
    expect(old.above).toEqual([])
    const list = await read<{ lines: { id: string }[] }>(
      'merged',
      `/api/v1/members?organisation=${otherWard}&on=${then}`,
    )
    expect(list.lines.length).toBeGreaterThan(0)
    for (const { id } of list.lines)
      expect((await ask('merged', `/registry/members/${id}?on=${then}`)).statusCode).toBe(200)
    for (const [id, on] of [
      [otherWard, today],
      [city, then],
      [part, then],
    ])
      expect((await ask('merged', `/api/v1/organisations/${id}?on=${on}`)).statusCode).toBe(404)
    const now = mainOf((await ask('merged', '/registry')).body)
    expect(now).toContain(`/registry/organisations/${otherWard}?on=${addDays(today, -1)}`)
  })
})

describe('rules and offices', () => {
  test('each rule has the value in force that day, with where it comes from; nothing is changed there', async () => {
    const key = 'official-transfer.counted-until'
    await house.database.transaction(async (write) => {
      for (const [from, value, reason] of [
        [addDays(today, -60), 'admission', 'Công văn số một'],
        [addDays(today, -10), 'referral', 'Công văn số hai'],
      ] as const)
        await write.run(sql`insert into setting_value (key, valid_from, value, reason)
          values (${key}, ${from}, ${JSON.stringify(value)}, ${reason})`)
    })
    const valueOn = async (on: string) => {
      const all = await read<{ key: string; value: unknown; since: string | null }[]>(
        'administrator',
        `/api/v1/settings?on=${on}`,
      )
      const found = all.find((setting) => setting.key === key)
      return [found?.value, found?.since]
    }
    expect(await valueOn(addDays(today, -61))).toEqual(['referral', null])
    expect(await valueOn(addDays(today, -60))).toEqual(['admission', addDays(today, -60)])
    expect(await valueOn(addDays(today, -11))).toEqual(['admission', addDays(today, -60)])
    expect(await valueOn(addDays(today, -10))).toEqual(['referral', addDays(today, -10)])
    const page = mainOf((await ask('administrator', `/settings?on=${then}`)).body)
    expect(page).toContain(`Áp dụng ngày ${formatDate(then)}`)
    expect(page).toContain('Công văn số một')
    expect(page).not.toContain('method="post"')
    expect(mainOf((await ask('administrator', '/settings')).body)).toContain('method="post"')
  })

  test('who held an office that day: its last day counts', async () => {
    const { cell, ward } = house.world
    const last = addDays(today, -20)
    await house.database.transaction(async (write) => {
      const memberId = await addMember(write, 'Lê Thị Thôi', cell)
      const grant = { memberId, position: 'cell-secretary', organisationId: cell, source: 'kiểm thử' }
      await endOffice(write, await grantOffice(write, { ...grant, since: FOUNDED }), last)
    })
    const holders = async (on: string) =>
      (
        await read<{ offices: { memberName: string; until: string | null }[] }>(
          'ward',
          `/api/v1/organisations/${cell}?on=${on}`,
        )
      ).offices.map(({ memberName, until }) => [memberName, until])
    expect(await holders(then)).toEqual([['Lê Thị Thôi', null]])
    expect(await holders(last)).toEqual([['Lê Thị Thôi', last]])
    expect(await holders(addDays(last, 1))).toEqual([])
    const listed = async (on: string) =>
      mainOf((await ask('administrator', `/settings/offices?on=${on}`)).body).includes('Lê Thị Thôi')
    expect([await listed(last), await listed(addDays(last, 1))]).toEqual([true, false])
    const past = mainOf((await ask('administrator', `/settings/offices?on=${last}`)).body)
    expect(past).not.toMatch(/method="post"|\/end"/)
    expect((await ask('ward', `/api/v1/organisations/${ward}?on=${then}`)).body).not.toContain('Thị Thôi')
  })
})
