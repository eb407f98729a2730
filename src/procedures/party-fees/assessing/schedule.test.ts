/** Schedules on a real database: declarations one after the other, regions down the tree, moves, and going on each year. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../../kernel/db.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { admitTo, startTransit } from '../../../registry/members/memberships.ts'
import { addMember, addTwoWards } from '../../../registry/test-builders.ts'
import { setRegion } from '../collecting/region.ts'
import type { DeclaredFacts } from '../fact-contract.ts'
import { firstDayOfPeriod } from '../law/period.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { addAccount, addOrder } from '../test-builders.ts'
import { settleLines } from '../paying/settle.ts'
import { writeSchedule } from './schedule.ts'
import { assessNow, warnNow } from './sweeps.ts'
import { monthOfCell } from '../collecting/month.ts'

let made: TestDatabase
let database: Database
let places: Awaited<ReturnType<typeof addTwoWards>>
let member: string

/** A Party of its own for each test: regions that one sets are not another's. */
beforeEach(async () => {
  made = await createTestDatabase()
  database = openDatabase(made.url, { connections: 3 })
  places = await database.transaction((write) => addTwoWards(write))
  member = await database.transaction((write) => addMember(write, 'Đảng Viên Một', places.cell))
})
afterEach(async () => {
  await database.close()
  await made.drop()
})

const on = (today: string) => ({
  database,
  introductions: () => Promise.resolve([]),
  contextNow: async () => ({
    at: new Date(`${today}T03:00:00Z`),
    today,
    calendar: { days: new Map() } as never,
    settings: DEFAULT_SETTINGS,
  }),
})

async function declared(from: string, facts: DeclaredFacts, today = '2026-06-10'): Promise<void> {
  await database.transaction(async (write) => {
    await write.run(sql`
      insert into fee_declaration (id, member_id, organisation_id, from_period, facts, declared_by, declared_at, status, answered_by, answered_at)
      values (${randomUUID()}, ${member}, ${places.cell}, ${firstDayOfPeriod(from)}, ${JSON.stringify(facts)}, ${member}, ${today}, 'approved',
              ${member}, clock_timestamp())`)
    await writeSchedule(write, member, { from, today })
  })
}
const region = (organisation: string, from: string, value: 'I' | 'II' | 'III' | 'IV') =>
  database.transaction((write) =>
    setRegion(write, organisation, { from, region: value, source: 'kiểm thử', by: member, at: new Date() }),
  )
const schedule = () =>
  database.read.rows(sql`
    select to_char(from_period, 'YYYY-MM') || '..' || to_char(until_period, 'YYYY-MM') as months, class, amount_vnd as amount, refusal, region
      from fee_schedule where member_id = ${member} order by from_period`)
const stretch = (months: string, feeClass: string | null, amount: number | null, more = {}) => ({
  months,
  class: feeClass,
  amount,
  refusal: null,
  region: null,
  ...more,
})

test('a declaration holds until the next one; what lies before stays as it was written', async () => {
  await declared('2026-03', { insured: true, insuredSalaryPreviousMonthVnd: 8_000_000 })
  await declared('2026-09', { pensionVnd: 5_000_000 })
  await declared('2026-06', { student: true })
  expect(await schedule()).toEqual([
    stretch('2026-03..2026-05', 'BHXH', 80_000),
    stretch('2026-06..2026-08', 'HSSV', 5_000),
    stretch('2026-09..2027-12', 'HUU_TRI', 25_000),
  ])
})

test('of two that begin in one month the one approved last counts', async () => {
  await declared('2026-06', { student: true })
  await declared('2026-06', { pensionVnd: 5_000_000 })
  expect(await schedule()).toEqual([stretch('2026-06..2027-12', 'HUU_TRI', 25_000)])
})

test('the region comes from above, the nearest wins, each from its month', async () => {
  await declared('2026-06', {})
  expect(await schedule()).toEqual([
    stretch('2026-06..2027-12', null, null, { refusal: 'party-fees.region-missing' }),
  ])
  await region(places.city, '2026-01', 'II')
  await region(places.ward, '2026-10', 'I')
  await database.transaction((write) =>
    writeSchedule(write, member, { from: '2026-06', today: '2026-06-10' }),
  )
  expect(await schedule()).toEqual([
    stretch('2026-06..2026-09', 'TRONG_TUOI', 14_190, { region: 'II' }),
    stretch('2026-10..2027-12', 'TRONG_TUOI', 15_930, { region: 'I' }),
  ])
})

test('who moves to a cell of another region pays by it from the next month that is assessed; the month before stays', async () => {
  await region(places.ward, '2026-01', 'I')
  await region(places.otherWard, '2026-01', 'III')
  await declared('2026-06', {})
  await assessNow(on('2026-06-10'))
  await database.transaction(async (write) => {
    const move = { memberId: member, reason: 'x', dossierId: null }
    await startTransit(write, { ...move, originId: places.cell, on: '2026-06-20' })
    await admitTo(write, { ...move, organisationId: places.otherCell, on: '2026-06-25' })
  })
  await assessNow(on('2026-06-28'))
  await assessNow(on('2026-07-01'))
  await assessNow(on('2026-07-01'))
  const lines = await database.read.rows(sql`
    select to_char(period, 'YYYY-MM') as month, organisation_id as cell, amount_vnd as amount from fee_line
     where member_id = ${member} order by period, number`)
  expect(lines).toEqual([
    { month: '2026-06', cell: places.cell, amount: 15_930 },
    { month: '2026-07', cell: places.otherCell, amount: 12_420 },
  ])
  expect((await verifyLedger(database)).problems).toEqual([])
})

test('in January schedules are written on by a year', async () => {
  await declared('2026-06', { student: true })
  await assessNow(on('2027-01-01'))
  expect(await schedule()).toEqual([
    stretch('2026-06..2027-12', 'HSSV', 5_000),
    stretch('2028-01..2028-12', 'HSSV', 5_000),
  ])
})

test('a date known to the year counts from its last day', async () => {
  await database.transaction((write) =>
    write.run(
      sql`update member set joined_on = '1976-01-01', joined_precision = 'year', birth_date = '1950-01-01' where id = ${member}`,
    ),
  )
  await declared('2026-12', { pensionVnd: 5_000_000 })
  expect(await schedule()).toEqual([
    stretch('2026-12..2026-12', 'HUU_TRI', 25_000),
    stretch('2027-01..2027-12', 'HUU_TRI', 0),
  ])
})

test('paid Jan, Feb, missed Mar, paid Apr, missed May, June: the cell is told once, and nobody is struck off', async () => {
  await declared('2026-01', { insured: true, insuredSalaryPreviousMonthVnd: 8_000_000 })
  const account = await database.transaction((write) => addAccount(write, places.cell))
  for (const month of ['01', '02', '03', '04', '05', '06']) {
    const today = `2026-${month}-01`
    await assessNow(on(today))
    if (!['01', '02', '04'].includes(month)) continue
    const order = { organisationId: places.cell, accountId: account, members: [member] }
    const key = await database.transaction((write) =>
      addOrder(write, { ...order, month: today, amountVnd: 80_000 }),
    )
    const told = {
      accountId: account,
      reference: key,
      amountVnd: 80_000,
      direction: 'in',
      content: key,
    } as const
    const at = new Date(`${today}T04:00:00Z`)
    await settleLines(database, [{ ...told, bookedAt: at, source: 'sepay', key }], { at, today })
  }
  const notices = () =>
    database.read.rows(sql`select code, facts from notice where organisation_id = ${places.cell}`)
  await warnNow(on('2026-06-30'))
  expect(await notices()).toEqual([])
  await warnNow(on('2026-07-01'))
  await warnNow(on('2026-07-02'))
  expect(await notices()).toEqual([
    { code: 'party-fees.three-months-unpaid', facts: { people: 1, year: 2026 } },
  ])
  const standing = await database.read.one(
    sql`select standing from membership where member_id = ${member} and until is null`,
  )
  expect(standing).toEqual({ standing: 'active' })
  expect((await verifyLedger(database)).problems).toEqual([])
})

/** Granted by somebody else of the cell's, without the way there. */
async function granted(
  kind: 'reduction' | 'late' | 'hardship',
  from: string,
  until: string,
): Promise<string> {
  const id = randomUUID()
  await database.transaction(async (write) => {
    const decider = await addMember(write, 'Cán Bộ Xét', places.ward)
    const [first, last] = [firstDayOfPeriod(from), firstDayOfPeriod(until)]
    const late = kind === 'late'
    await write.run(sql`
      insert into fee_relief (id, member_id, organisation_id, decider_id, kind, from_period, until_period, percent, hardship, exemption_number,
                              exemption_from, exemption_until, request, asked_by, asked_at, due_on, status, answered_by, answered_at,
                              decision_number, granted_from, granted_until, granted_percent)
      values (${id}, ${member}, ${places.cell}, ${places.cell}, ${kind}, ${first}, ${last}, ${kind === 'reduction' ? 50 : null},
              ${kind === 'hardship' ? 'poor' : null}, ${late ? '3' : null}, ${late ? first : null}, ${late ? '2026-12-31' : null}, 'x',
              ${member}, '2026-01-05', '2026-01-20', 'granted', ${decider}, '2026-01-06', '5-QĐ/ĐU', ${first}, ${last},
              ${kind === 'reduction' ? 50 : null})`)
  })
  return id
}

test('months that may be paid late are not counted as unpaid while the allowance runs; afterwards they are', async () => {
  await declared('2026-01', { insured: true, insuredSalaryPreviousMonthVnd: 8_000_000 })
  for (const month of ['02', '03', '04', '05']) await assessNow(on(`2026-${month}-01`))
  const unpaid = async (today: string) =>
    (await monthOfCell(database.read, places.cell, today.slice(0, 7), today)).find(
      ({ memberId }) => memberId === member,
    )?.unpaid
  const warned = () =>
    database.read.rows(sql`select 1 from notice where code = 'party-fees.three-months-unpaid'`)
  expect(await unpaid('2026-06-10')).toHaveLength(4)
  await granted('late', '2026-03', '2026-07')
  expect(await unpaid('2026-06-10')).toEqual([])
  for (const day of ['2026-06-10', '2026-07-31']) await warnNow(on(day))
  expect(await warned()).toHaveLength(0)
  await warnNow(on('2026-08-01'))
  expect(await warned()).toHaveLength(1)
})

test('what was granted stays in the schedule through a move, a new region and a new year', async () => {
  await region(places.ward, '2026-01', 'I')
  await region(places.otherWard, '2026-01', 'III')
  await declared('2026-06', {})
  await granted('reduction', '2026-08', '2027-02')
  await assessNow(on('2026-06-10'))
  await database.transaction((write) =>
    writeSchedule(write, member, { from: '2026-08', today: '2026-06-10' }),
  )
  await database.transaction(async (write) => {
    const move = { memberId: member, reason: 'x', dossierId: null }
    await startTransit(write, { ...move, originId: places.cell, on: '2026-09-20' })
    await admitTo(write, { ...move, organisationId: places.otherCell, on: '2026-09-25' })
  })
  await assessNow(on('2026-10-01'))
  await assessNow(on('2027-01-01'))
  expect(await schedule()).toEqual([
    stretch('2026-06..2026-07', 'TRONG_TUOI', 15_930, { region: 'I' }),
    stretch('2026-08..2026-09', 'TRONG_TUOI', 7_965, { region: 'I' }),
    stretch('2026-10..2027-02', 'TRONG_TUOI', 6_210, { region: 'III' }),
    stretch('2027-03..2027-12', 'TRONG_TUOI', 12_420, { region: 'III' }),
    stretch('2028-01..2028-12', 'TRONG_TUOI', 20_700, { region: 'III' }),
  ])
  expect((await verifyLedger(database)).problems).toEqual([])
})

test('exempt without a declaration: fifty years in the Party, or an exemption while it runs; nobody else', async () => {
  const oldest = await database.transaction(async (write) => {
    const id = await addMember(write, 'Đảng Viên Lão Thành', places.cell)
    await write.run(
      sql`update member set joined_on = '1976-08-01', joined_precision = 'month', birth_date = '1950-01-01' where id = ${id}`,
    )
    return id
  })
  await granted('hardship', '2026-07', '2026-08')
  await database.transaction((write) =>
    writeSchedule(write, member, { from: '2026-07', today: '2026-07-01' }),
  )
  for (const month of ['07', '08', '09', '10']) await assessNow(on(`2026-${month}-01`))
  const lines = await database.read.rows(sql`
    select to_char(period, 'YYYY-MM') as month, member_id = ${oldest} as oldest, amount_vnd as amount from fee_line order by period, member_id`)
  expect(lines).toEqual([
    { month: '2026-07', oldest: false, amount: 0 },
    { month: '2026-08', oldest: false, amount: 0 },
    { month: '2026-09', oldest: true, amount: 0 },
    { month: '2026-10', oldest: true, amount: 0 },
  ])
  await assessNow(on('2027-01-01'))
  await assessNow(on('2027-01-01'))
  const until = await database.read.rows(sql`
    select distinct on (member_id) to_char(until_period, 'YYYY-MM') as until, member_id = ${oldest} as oldest from fee_schedule
     order by member_id, until_period desc`)
  expect(until).toEqual(
    expect.arrayContaining([
      { until: '2028-12', oldest: true },
      { until: '2026-08', oldest: false },
    ]),
  )
})
