/** Members: searched within one's organisations, counted in one place at a time, held, and asking for corrections. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase, type Database } from '../../kernel/db.ts'
import { addMember, addTwoWards } from '../test-builders.ts'
import { askCorrection, correctionsOf, endCorrection, openCorrections } from './corrections.ts'
import { holdHistory, holdsOf, liftHold, setHold } from './holds.ts'
import {
  admitTo,
  endMember,
  membershipOf,
  membershipsOf,
  returnToOrigin,
  startTransit,
} from './memberships.ts'
import { findMembers, sizeOfList } from './search.ts'
import { findMember, findMemberByPersonalId, getMember, isProbationary } from './store.ts'

const TODAY = '2026-11-21'
let testDatabase: TestDatabase
let database: Database
let party: Awaited<ReturnType<typeof addTwoWards>>

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
  party = await database.transaction(addTwoWards)
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

const newMember = (name: string, organisationId: string, facts = {}) =>
  database.transaction((write) => addMember(write, name, organisationId, facts))

describe('looking up', () => {
  test('by id, by personal ID, or not at all', async () => {
    const id = await newMember('Võ Thị Sáu', party.neighbour, {
      personalId: '099180000001',
      officialOn: null,
    })
    const member = await getMember(database.read, id)
    expect(member).toMatchObject({ fullName: 'Võ Thị Sáu', birthDate: '1980-01-01', joinedOn: '2005-01-01' })
    expect(isProbationary(member, TODAY)).toBe(true)
    expect((await findMemberByPersonalId(database.read, '099180000001'))?.id).toBe(id)
    expect(await findMember(database.read, randomUUID())).toBeUndefined()
    await expect(getMember(database.read, randomUUID())).rejects.toMatchObject({ code: 'member.unknown' })
  })

  test('by the beginnings of words, without diacritics, who fits best first', async () => {
    for (const name of ['Đặng Văn Ước', 'Đặng Thị Ánh', 'Đặng Văn Ân', 'Hoàng Đặng An'])
      await newMember(name, party.otherCell)
    const found = async (text: string, within = [party.otherWard]) =>
      (await findMembers(database.read, { text, within, day: TODAY })).members.map((line) => line.fullName)
    expect(await found('dang')).toEqual(['Đặng Thị Ánh', 'Đặng Văn Ân', 'Đặng Văn Ước', 'Hoàng Đặng An'])
    expect(await found('ĐẶNG VĂN Ư')).toEqual(['Đặng Văn Ước'])
    expect(await found("an:* | '")).toEqual(['Hoàng Đặng An', 'Đặng Văn Ân', 'Đặng Thị Ánh'])
    expect(await found('dang', [party.ward])).toEqual([])
    expect(await found('dang', [])).toEqual([])
    expect(await found('&')).toEqual([])
  })

  test('by personal ID, by card, by their first digits, by the last ones of the ID; two digits find nothing', async () => {
    const id = await newMember('Mai Số Đỏ', party.neighbour, {
      personalId: '099077123456',
      cardNumber: '099077654321',
    })
    const found = async (text: string) =>
      (await findMembers(database.read, { text, within: [party.city], day: TODAY })).members.map(
        (line) => line.id,
      )
    for (const text of [
      '099077123456',
      '099 077 123 456',
      '0990771',
      '099077654321',
      '0990776',
      '3456',
      '7123456',
    ])
      expect(await found(text)).toEqual([id])
    expect(await found('345')).toEqual([])
    expect(await found('4567')).toEqual([])
    expect(await found('09')).toEqual([])
    expect(await found('0990771234567')).toEqual([])
  })

  test('page by page, and how many in all', async () => {
    const query = { within: [party.otherWard], day: TODAY }
    const all = (await findMembers(database.read, query)).members
    expect((await sizeOfList(database.read, query)).total).toBe(all.length)
    const first = await findMembers(database.read, { ...query, limit: 3 })
    const second = await findMembers(database.read, { ...query, limit: 3, offset: 3 })
    expect([first.more, second.more]).toEqual([true, false])
    expect([...first.members, ...second.members]).toEqual(all)
  })
})

describe('counted in one place', () => {
  const move = (memberId: string, on: string) => ({ memberId, on, reason: 'transfer', dossierId: null })

  test('referred, admitted: each day has one place or none', async () => {
    const memberId = await newMember('Phan Chuyển Đi', party.cell)
    await database.transaction((write) =>
      startTransit(write, { ...move(memberId, '2026-08-03'), originId: party.cell }),
    )
    expect(await membershipOf(database.read, memberId)).toMatchObject({ standing: 'in-transit' })
    await database.transaction((write) =>
      admitTo(write, { ...move(memberId, '2026-08-10'), organisationId: party.otherCell }),
    )
    const history = await membershipsOf(database.read, memberId)
    expect(
      history.map(({ organisationId, standing, since, until }) => [organisationId, standing, since, until]),
    ).toEqual([
      [party.cell, 'active', '2025-07-01', '2026-08-03'],
      [party.cell, 'in-transit', '2026-08-03', '2026-08-10'],
      [party.otherCell, 'active', '2026-08-10', null],
    ])
  })

  test('both on one day leave a transit of no day', async () => {
    const memberId = await newMember('Phan Nội Bộ', party.cell)
    await database.transaction(async (write) => {
      await startTransit(write, { ...move(memberId, TODAY), originId: party.cell })
      await admitTo(write, { ...move(memberId, TODAY), organisationId: party.neighbour })
    })
    const history = await membershipsOf(database.read, memberId)
    expect(history.map(({ since, until }) => [since, until])).toEqual([
      ['2025-07-01', TODAY],
      [TODAY, TODAY],
      [TODAY, null],
    ])
  })

  test('returned to the origin', async () => {
    const memberId = await newMember('Phan Trở Lại', party.cell)
    await database.transaction((write) =>
      startTransit(write, { ...move(memberId, TODAY), originId: party.cell }),
    )
    const origin = await database.transaction((write) => returnToOrigin(write, move(memberId, TODAY)))
    expect(origin).toBe(party.cell)
    expect(await membershipOf(database.read, memberId)).toMatchObject({
      standing: 'active',
      organisationId: party.cell,
    })
  })

  test('refused: from elsewhere, twice, before it began, into a committee, back without having left', async () => {
    const memberId = await newMember('Phan Bị Từ Chối', party.cell)
    const refused = (work: Promise<unknown>, code: string) => expect(work).rejects.toMatchObject({ code })
    const inTransaction = database.transaction
    await refused(
      inTransaction((write) => startTransit(write, { ...move(memberId, TODAY), originId: party.neighbour })),
      'membership.not-counted-there',
    )
    await refused(
      inTransaction((write) =>
        startTransit(write, { ...move(memberId, '2025-06-30'), originId: party.cell }),
      ),
      'membership.not-counted-there',
    )
    await refused(
      inTransaction((write) => admitTo(write, { ...move(memberId, TODAY), organisationId: party.otherCell })),
      'membership.counted-elsewhere',
    )
    await refused(
      inTransaction((write) => admitTo(write, { ...move(memberId, TODAY), organisationId: party.ward })),
      'membership.organisation-takes-no-members',
    )
    await refused(
      inTransaction((write) => returnToOrigin(write, move(memberId, TODAY))),
      'membership.not-in-transit',
    )
    expect(await membershipsOf(database.read, memberId)).toHaveLength(1)
  })

  test('two at the same moment: one refers, the other is refused', async () => {
    const memberId = await newMember('Phan Tranh Chấp', party.cell)
    const once = () =>
      database.transaction((write) => startTransit(write, { ...move(memberId, TODAY), originId: party.cell }))
    const done = await Promise.allSettled([once(), once()])
    expect(done.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(done.find((each) => each.status === 'rejected')).toMatchObject({ reason: { kind: 'conflict' } })
  })

  test('one who died is counted nowhere', async () => {
    const memberId = await newMember('Phan Đã Mất', party.cell)
    const end = { memberId, standing: 'deceased', on: TODAY, reason: 'giấy báo tử' } as const
    await database.transaction((write) => endMember(write, end))
    expect(await membershipOf(database.read, memberId)).toBeUndefined()
    expect(await getMember(database.read, memberId)).toMatchObject({ standing: 'deceased', endedOn: TODAY })
  })
})

describe('holds', () => {
  test('set once under an id, lifted once on a basis', async () => {
    const memberId = await newMember('Cao Bị Kiểm Tra', party.cell)
    const setBy = await newMember('Tô Kiểm Tra', party.cell)
    const id = randomUUID()
    const hold = {
      id,
      memberId,
      kind: 'inspection',
      basis: 'QĐ 12-QĐ/UBKT',
      setOn: TODAY,
      setBy,
      setByOffice: null,
    } as const
    await database.transaction((write) => setHold(write, hold))
    await database.transaction((write) => setHold(write, hold))
    expect(await holdsOf(database.read, memberId)).toHaveLength(1)
    const lift = { id, on: TODAY, by: setBy, basis: 'TB 3-TB/UBKT' }
    await database.transaction((write) => liftHold(write, lift))
    expect(await holdsOf(database.read, memberId)).toEqual([])
    expect(await holdHistory(database.read, memberId)).toMatchObject([{ liftBasis: 'TB 3-TB/UBKT' }])
    const again = database.transaction((write) => liftHold(write, lift))
    await expect(again).rejects.toMatchObject({ code: 'hold.already-lifted' })
    const unknown = database.transaction((write) => liftHold(write, { ...lift, id: randomUUID() }))
    await expect(unknown).rejects.toMatchObject({ code: 'hold.unknown' })
    const baseless = database.transaction((write) =>
      setHold(write, { ...hold, id: randomUUID(), basis: ' ' }),
    )
    await expect(baseless).rejects.toMatchObject({ code: 'hold.basis-missing' })
  })
})

describe('corrections', () => {
  test('asked by the member, answered by another, within the subtree', async () => {
    const memberId = await newMember('Lý Sửa Ngày', party.cell)
    const officer = await newMember('Lý Cán Bộ', party.neighbour)
    const id = randomUUID()
    const ask = {
      id,
      memberId,
      field: 'birthDate',
      proposed: '02/01/1980',
      explanation: 'theo giấy khai sinh',
      at: new Date(),
    }
    await database.transaction((write) => askCorrection(write, ask))
    expect(await openCorrections(database.read, [party.ward], TODAY)).toMatchObject([{ id, status: 'open' }])
    expect(await openCorrections(database.read, [party.otherWard], TODAY)).toEqual([])
    const answer = { id, status: 'accepted', answer: 'đã sửa', at: new Date() } as const
    await database.transaction((write) => endCorrection(write, { ...answer, by: officer }))
    expect(await correctionsOf(database.read, memberId)).toMatchObject([
      { status: 'accepted', answeredBy: officer },
    ])
    const twice = database.transaction((write) => endCorrection(write, { ...answer, by: officer }))
    await expect(twice).rejects.toMatchObject({ code: 'correction.already-answered' })
    const field = database.transaction((write) =>
      askCorrection(write, { ...ask, id: randomUUID(), field: 'rank' }),
    )
    await expect(field).rejects.toMatchObject({ code: 'correction.field-unknown' })
  })
})
