/** The registry as of any day: the day of a change, the day before and after; sums that lose nobody; any history, replayed. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { openDatabase, sql, type Database, type Write } from '../kernel/db.ts'
import { addDays } from '../kernel/plain-date.ts'
import { Refusal } from '../kernel/refusal.ts'
import { onDay } from './day.ts'
import { admitTo, endMember, returnToOrigin, startTransit } from './members/memberships.ts'
import { findMembers, sizeOfList } from './members/search.ts'
import { changesBetween } from './organisations/between.ts'
import { changeOrganisation, createOrganisation, endOrganisation } from './organisations/changes.ts'
import { childrenOn, countedOrganisation, countsOf } from './organisations/counting.ts'
import { findOrganisation, firstDayKnown, subtreeOn } from './organisations/store.ts'
import { predecessorsOf, predecessorsOn } from './organisations/succession.ts'
import { headsOf, readableOrganisation, type Reader } from './reader.ts'
import { addMember, addOrganisation, addTwoWards, FOUNDED } from './test-builders.ts'

const TODAY = '2026-11-21'
const MOVED = '2026-09-15'
let testDatabase: TestDatabase
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

/** Within one transaction that is undone: a Party of its own for each test. */
async function within(test: (write: Write, party: Awaited<ReturnType<typeof addTwoWards>>) => Promise<void>) {
  const undone = new Error('undone')
  const done = database.transaction(async (write) => {
    await test(write, await addTwoWards(write))
    throw undone
  })
  await expect(done).rejects.toBe(undone)
}

const step = { reason: 'kiểm thử', dossierId: null }
const reader = (organisationId: string, day: string): Reader => ({
  memberId: organisationId,
  position: 'building-officer',
  organisationId,
  officeId: null,
  today: TODAY,
  day,
  at: new Date(),
})

describe('the day of a change, the day before, the day after', () => {
  test('a member referred on one day and admitted on another', () =>
    within(async (write, { city, ward, cell, otherWard, otherCell }) => {
      const memberId = await addMember(write, 'Trần Văn Đi', cell)
      await startTransit(write, { memberId, originId: cell, on: MOVED, ...step })
      await admitTo(write, { memberId, organisationId: otherCell, on: addDays(MOVED, 3), ...step })
      const seen = async (day: string) => {
        const [one, other] = [
          await countedOrganisation(write, ward, day),
          await countedOrganisation(write, otherWard, day),
        ]
        const whole = await countedOrganisation(write, city, day)
        expect([whole.active, whole.inTransit]).toEqual([
          one.active + other.active,
          one.inTransit + other.inTransit,
        ])
        return [one.active, one.inTransit, other.active]
      }
      expect(await seen(addDays(FOUNDED, -1)).catch((error: Refusal) => error.code)).toBe(
        'organisation.unknown',
      )
      expect(await seen(FOUNDED)).toEqual([1, 0, 0])
      expect(await seen(addDays(MOVED, -1))).toEqual([1, 0, 0])
      expect(await seen(MOVED)).toEqual([0, 1, 0])
      expect(await seen(addDays(MOVED, 2))).toEqual([0, 1, 0])
      expect(await seen(addDays(MOVED, 3))).toEqual([0, 0, 1])
    }))

  test('referred and admitted on the same day: counted once, at the new place', () =>
    within(async (write, { city, cell, neighbour }) => {
      const memberId = await addMember(write, 'Trần Văn Nhanh', cell)
      await startTransit(write, { memberId, originId: cell, on: MOVED, ...step })
      await admitTo(write, { memberId, organisationId: neighbour, on: MOVED, ...step })
      const found = async (day: string) =>
        (await findMembers(write, { within: [city], day })).members.map((line) => line.organisationId)
      expect(await found(addDays(MOVED, -1))).toEqual([cell])
      expect(await found(MOVED)).toEqual([neighbour])
    }))

  test('what is known of a later day is not told of an earlier one', () =>
    within(async (write, { city, cell }) => {
      const memberId = await addMember(write, 'Trần Văn Mất', cell, { officialOn: '2026-08-01' })
      await endMember(write, { memberId, standing: 'deceased', on: MOVED, reason: 'từ trần' })
      const line = async (day: string) => (await findMembers(write, { within: [city], day })).members[0]
      expect(await line(addDays(MOVED, -1))).toMatchObject({ standing: 'active', officialOn: '2026-08-01' })
      expect(await line('2026-07-31')).toMatchObject({ standing: 'active', officialOn: null })
      expect(await line(MOVED)).toBeUndefined()
    }))

  test('an organisation that moved with its subtree, and one that ended', () =>
    within(async (write, { ward, otherWard, otherCell }) => {
      const part = await addOrganisation(write, 'Đảng bộ Trường học', 'part-committee', ward)
      const cell = await addOrganisation(write, 'Chi bộ Khối 9', 'cell', part)
      const memberId = await addMember(write, 'Trần Văn Ở', cell)
      await changeOrganisation(write, part, MOVED, { parentId: otherWard }, 'QĐ 7')
      const total = async (id: string, day: string) => (await countedOrganisation(write, id, day)).active
      expect([await total(ward, addDays(MOVED, -1)), await total(otherWard, addDays(MOVED, -1))]).toEqual([
        1, 0,
      ])
      expect([await total(ward, MOVED), await total(otherWard, MOVED)]).toEqual([0, 1])
      const names = async (day: string) => (await subtreeOn(write, otherWard, day)).map(({ id }) => id)
      expect(await names(addDays(MOVED, -1))).not.toContain(cell)
      expect(await names(MOVED)).toContain(cell)

      await startTransit(write, { memberId, originId: cell, on: '2026-10-01', ...step })
      await admitTo(write, { memberId, organisationId: otherCell, on: '2026-10-01', ...step })
      await endOrganisation(write, cell, '2026-10-02')
      expect(await findOrganisation(write, cell, '2026-10-01')).toMatchObject({ name: 'Chi bộ Khối 9' })
      expect(await findOrganisation(write, cell, '2026-10-02')).toBeUndefined()
      expect(await total(part, '2026-09-30')).toBe(1)
      expect(await total(part, '2026-10-01')).toBe(0)
      expect((await childrenOn(write, part, '2026-10-01')).length).toBe(1)
      expect((await childrenOn(write, part, '2026-10-02')).length).toBe(0)
    }))

  test('the first day known is that of the first organisation, under rules that are known', () =>
    within(async (write) => {
      expect(await firstDayKnown(write)).toBe(FOUNDED)
    }))
})

describe('what changed between two days', () => {
  test('began, renamed, moved, changed its kind, ended; below a subtree that moved nothing changed', () =>
    within(async (write, { ward, otherWard, cell }) => {
      const part = await addOrganisation(write, 'Đảng bộ Chợ', 'part-committee', ward)
      await addOrganisation(write, 'Chi bộ Quầy hàng', 'cell', part)
      const of = { kind: 'cell', code: null, source: 'QĐ 1' }
      const young = await createOrganisation(write, {
        ...of,
        name: 'Chi bộ Mới',
        parentId: ward,
        validFrom: '2026-09-01',
      })
      await changeOrganisation(write, cell, '2026-09-02', { name: 'Chi bộ khu phố 3A' }, 'QĐ 2')
      await changeOrganisation(write, part, '2026-09-03', { parentId: otherWard }, 'QĐ 3')
      await changeOrganisation(write, cell, '2026-09-04', { kind: 'grassroots-cell' }, 'QĐ 4')
      await endOrganisation(write, young, '2026-09-05')
      const changes = await changesBetween(write, reader(ward, '2026-09-05'), ward, '2026-08-31')
      expect(
        changes.lines.map(({ on, kind, name, before, after }) => [on, kind, name, before, after]),
      ).toEqual([
        ['2026-09-05', 'ended', 'Chi bộ Mới', 'Đảng bộ Phường Tân Tạo', null],
        ['2026-09-04', 'kind-changed', 'Chi bộ khu phố 3A', 'Chi bộ', 'Chi bộ cơ sở'],
        ['2026-09-03', 'moved', 'Đảng bộ Chợ', 'Đảng bộ Phường Tân Tạo', 'Đảng bộ Phường Cầu Kiệu'],
        ['2026-09-02', 'renamed', 'Chi bộ khu phố 3A', 'Chi bộ khu phố 3', 'Chi bộ khu phố 3A'],
        ['2026-09-01', 'began', 'Chi bộ Mới', null, 'Đảng bộ Phường Tân Tạo'],
      ])
      const arrived = await changesBetween(write, reader(otherWard, '2026-09-05'), otherWard, '2026-08-31')
      expect(arrived.lines.map(({ kind, name }) => [kind, name])).toEqual([['moved', 'Đảng bộ Chợ']])
      const later = await changesBetween(write, reader(ward, '2026-09-05'), ward, '2026-09-04')
      expect(later.lines.map(({ kind }) => kind)).toEqual(['ended'])
    }))

  test('members in and out make up the difference, also when an organisation brings or takes them', () =>
    within(async (write, { ward, cell, otherWard, otherCell }) => {
      const leaves = await addMember(write, 'Trần Văn Ra', cell)
      await addMember(write, 'Trần Văn Ở Lại', cell)
      await addMember(write, 'Trần Văn Vào', otherCell)
      await startTransit(write, { memberId: leaves, originId: cell, on: MOVED, ...step })
      await changeOrganisation(write, otherCell, addDays(MOVED, 1), { parentId: ward }, 'QĐ')
      const changed = async (id: string, from: string, to: string) => {
        const { members } = await changesBetween(write, reader(id, to), id, from)
        const [before, after] = [
          (await countedOrganisation(write, id, from)).active,
          (await countedOrganisation(write, id, to)).active,
        ]
        expect(before + (members?.in ?? 0) - (members?.out ?? 0)).toBe(after)
        return members
      }
      expect(await changed(ward, addDays(MOVED, -1), TODAY)).toEqual({ in: 1, out: 1 })
      expect(await changed(ward, addDays(MOVED, -1), MOVED)).toEqual({ in: 0, out: 1 })
      expect(await changed(otherWard, addDays(MOVED, -1), TODAY)).toEqual({ in: 0, out: 1 })
      // a cell that belonged to somebody else on the first day tells no number of that day
      const foreign = await changesBetween(write, reader(ward, TODAY), otherCell, addDays(MOVED, -1))
      expect(foreign.members).toBeNull()
    }))
})

describe('who may look', () => {
  const follow = (write: Write, from: string, to: string, since: string) =>
    write.run(
      sql`insert into organisation_successor (organisation_id, successor_id, since) values (${from}, ${to}, ${since})`,
    )

  test('what lay within one’s own organisation that day, and what has gone into it since', () =>
    within(async (write, { city, ward, otherWard, otherCell, cell }) => {
      const merged = await createOrganisation(write, {
        name: 'Đảng bộ Phường Mới',
        kind: 'commune',
        code: null,
        parentId: city,
        validFrom: MOVED,
        source: 'QĐ',
      })
      await changeOrganisation(write, otherCell, MOVED, { parentId: merged }, 'QĐ')
      await follow(write, otherWard, merged, MOVED)
      await endOrganisation(write, otherWard, MOVED)

      const may = async (own: string, id: string, day: string) =>
        readableOrganisation(write, reader(own, day), id).then(
          ({ name }) => name,
          ({ code }: Refusal) => code,
        )
      const before = addDays(MOVED, -1)
      expect(await may(merged, otherWard, before)).toBe('Đảng bộ Phường Cầu Kiệu')
      expect(await may(merged, otherCell, before)).toBe('Chi bộ khu phố 3')
      expect(await may(merged, otherCell, MOVED)).toBe('Chi bộ khu phố 3')
      for (const [id, day] of [
        [otherWard, MOVED],
        [otherWard, TODAY],
        [city, before],
        [ward, before],
        [cell, before],
        [cell, TODAY],
      ] as const)
        expect(await may(merged, id, day)).toBe('organisation.unknown')
      // the old neighbour sees nothing of it, the city all
      expect(await may(ward, otherCell, before)).toBe('organisation.unknown')
      expect(await may(city, otherWard, before)).toBe('Đảng bộ Phường Cầu Kiệu')
      // who had it once sees the past of that time, and no more
      expect(await may(otherWard, otherCell, before)).toBe('Chi bộ khu phố 3')
      expect(await may(otherWard, otherCell, TODAY)).toBe('organisation.unknown')
      expect(await predecessorsOf(write, merged, TODAY)).toEqual([
        { id: otherWard, name: 'Đảng bộ Phường Cầu Kiệu', lastDay: before },
      ])
      expect(await predecessorsOf(write, merged, before)).toEqual([])
    }))

  test('by way of others that are gone; each only before it was followed; a ring ends', () =>
    within(async (write, { ward, cell, neighbour, otherCell }) => {
      await follow(write, otherCell, neighbour, '2026-03-01')
      await follow(write, neighbour, cell, '2026-06-01')
      const on = (day: string) => predecessorsOn(write, ward, { today: TODAY, day })
      expect((await on('2026-02-28')).sort()).toEqual([neighbour, otherCell].sort())
      expect(await on('2026-03-01')).toEqual([neighbour])
      expect(await on('2026-06-01')).toEqual([])
      await follow(write, cell, otherCell, '2026-02-01')
      expect((await on('2026-01-31')).sort()).toEqual([cell, neighbour, otherCell].sort())
      expect(await headsOf(write, reader(ward, TODAY))).toEqual([ward])
    }))
})

test('an address keeps the day it is looked at, and today’s keeps none', () => {
  const past = { today: TODAY, day: MOVED }
  expect(onDay('/registry', past)).toBe(`/registry?on=${MOVED}`)
  expect(onDay('/registry?page=2#below', past)).toBe(`/registry?page=2&on=${MOVED}#below`)
  expect(onDay('/registry#below', { today: TODAY, day: TODAY })).toBe('/registry#below')
})

/** What one organisation is called and where it belongs; where a member is counted. */
interface State {
  readonly organisations: Map<string, { name: string; parent: string | null }>
  readonly members: Map<string, { at: string; standing: 'active' | 'in-transit' }>
}
const copyOf = (state: State): State => ({
  organisations: new Map([...state.organisations].map(([id, one]) => [id, { ...one }])),
  members: new Map([...state.members].map(([id, one]) => [id, { ...one }])),
})

const OPERATION = fc.record({
  what: fc.constantFrom('refer', 'admit', 'return', 'leave', 'move', 'rename', 'begin', 'end'),
  /** days since the one before: several things happen on one day */
  later: fc.integer({ min: 0, max: 2 }),
  first: fc.nat({ max: 99 }),
  second: fc.nat({ max: 99 }),
})
type Operation = typeof OPERATION extends fc.Arbitrary<infer T> ? T : never

const pick = <T>(all: readonly T[], place: number): T => all[place % all.length] as T

/** Does it in the registry, and where the registry lets it be, in the replay. */
async function perform(state: State, { what, first, second }: Operation, on: string): Promise<void> {
  const organisation = pick([...state.organisations.keys()].slice(1), first) // never the root
  const target = pick([...state.organisations.keys()], second)
  const memberId = pick([...state.members.keys()], first)
  const member = state.members.get(memberId)
  if (organisation === undefined) return
  const move = { memberId, on, ...step }
  const attempt = async (work: (write: Write) => Promise<unknown>, then: () => void) => {
    try {
      await database.transaction(work)
    } catch (error) {
      if (error instanceof Refusal) return
      throw error
    }
    then()
  }
  const set = (at: string, standing: 'active' | 'in-transit') => () =>
    state.members.set(memberId, { at, standing })
  if (what === 'refer' && member)
    await attempt(
      (write) => startTransit(write, { ...move, originId: member.at }),
      set(member.at, 'in-transit'),
    )
  if (what === 'admit' && member)
    await attempt((write) => admitTo(write, { ...move, organisationId: target }), set(target, 'active'))
  if (what === 'return' && member)
    await attempt((write) => returnToOrigin(write, move), set(member.at, 'active'))
  if (what === 'leave' && member)
    await attempt(
      (write) => endMember(write, { memberId, standing: 'left', on, reason: 'ra khỏi Đảng' }),
      () => state.members.delete(memberId),
    )
  if (what === 'move')
    await attempt(
      (write) => changeOrganisation(write, organisation, on, { parentId: target }, 'QĐ'),
      () => Object.assign(state.organisations.get(organisation)!, { parent: target }),
    )
  const name = `Tổ chức ${on} ${second}`
  if (what === 'rename')
    await attempt(
      (write) => changeOrganisation(write, organisation, on, { name }, 'QĐ'),
      () => Object.assign(state.organisations.get(organisation)!, { name }),
    )
  if (what === 'begin') {
    let id = ''
    await attempt(
      async (write) => {
        const young = { name, kind: 'cell', code: null, parentId: target, validFrom: on, source: 'QĐ' }
        id = await createOrganisation(write, young)
      },
      () => state.organisations.set(id, { name, parent: target }),
    )
  }
  if (what === 'end')
    await attempt(
      (write) => endOrganisation(write, organisation, on),
      () => state.organisations.delete(organisation),
    )
}

/** The replay's numbers of an organisation with everything below it. */
function numbersOf({ organisations, members }: State, id: string) {
  const liesBelow = (other: string | null): boolean =>
    other !== null && (other === id || liesBelow(organisations.get(other)?.parent ?? null))
  const counted = [...members.values()].filter(({ at }) => liesBelow(at))
  const active = counted.filter(({ standing }) => standing === 'active').length
  return { active, inTransit: counted.length - active }
}

async function compare(state: State, root: string, day: string): Promise<void> {
  const { read } = database
  const all = await subtreeOn(read, root, day)
  expect(new Map(all.map(({ id, name, parentId }) => [id, { name, parent: parentId }]))).toEqual(
    state.organisations,
  )
  for (const { id } of all) {
    const [whole, children, own] = await Promise.all([
      countedOrganisation(read, id, day),
      childrenOn(read, id, day),
      countsOf(read, [id], day),
    ])
    expect({ active: whole.active, inTransit: whole.inTransit }).toEqual(numbersOf(state, id))
    for (const child of children)
      expect({ active: child.active, inTransit: child.inTransit }).toEqual(numbersOf(state, child.id))
    const sum = (count: (one: { active: number; inTransit: number }) => number) =>
      [...children, own.get(id) ?? { active: 0, inTransit: 0 }].reduce((total, one) => total + count(one), 0)
    expect(sum((one) => one.active)).toBe(whole.active)
    expect(sum((one) => one.inTransit)).toBe(whole.inTransit)
  }
  const { members } = await findMembers(read, { within: [root], day })
  const walked = await findMembers(read, {
    within: [root],
    day,
    size: { total: 1_000_000, everybody: 1_000_000 },
  })
  expect(walked.members).toEqual(members)
  expect(
    new Map(members.map((line) => [line.id, { at: line.organisationId, standing: line.membership }])),
  ).toEqual(state.members)
  expect((await sizeOfList(read, { within: [root], day })).total).toBe(state.members.size)
}

test('whatever happened, each day is as its replay has it', { timeout: 120_000 }, async () => {
  let eventful = 0
  await fc.assert(
    fc.asyncProperty(fc.array(OPERATION, { minLength: 8, maxLength: 24 }), async (operations) => {
      const state: State = { organisations: new Map(), members: new Map() }
      const root = await database.transaction(async (write) => {
        const add = async (name: string, kind: string, parent: string | null) => {
          const id = await addOrganisation(write, name, kind, parent)
          state.organisations.set(id, { name, parent })
          return id
        }
        const ward = await add('Phường', 'commune', null)
        const part = await add('Bộ phận', 'part-committee', ward)
        const cells = [
          await add('Một', 'cell', ward),
          await add('Hai', 'cell', part),
          await add('Ba', 'cell', part),
        ]
        for (const at of [...cells, ...cells])
          state.members.set(await addMember(write, 'Trần Văn Lịch', at), { at, standing: 'active' })
        return ward
      })
      let day = '2026-01-01'
      const days: [string, State][] = [[addDays(day, -1), copyOf(state)]]
      for (const operation of operations) {
        for (let passed = 0; passed < operation.later; passed += 1) {
          days.push([day, copyOf(state)])
          day = addDays(day, 1)
        }
        await perform(state, operation, day)
      }
      days.push([day, copyOf(state)], [addDays(day, 30), copyOf(state)])
      eventful += Number(JSON.stringify([...state.members]) !== JSON.stringify([...days[0]![1].members]))
      for (const [on, then] of days) await compare(then, root, on)
    }),
    { numRuns: 8 },
  )
  expect(eventful, 'histories in which something happened').toBeGreaterThan(2)
})
