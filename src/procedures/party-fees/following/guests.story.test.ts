/** Stays elsewhere meet fees: each month is collected by one cell, under both values of the setting, whatever becomes of the stay. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { beginStay, type StayLife } from '../../../../tests/stay-life.ts'
import type { Visitor } from '../../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../../tests/transfer-world.ts'
import { followReorganisation } from '../../../app/features.ts'
import type { PersonActor } from '../../../kernel/actor.ts'
import { sql } from '../../../kernel/db.ts'
import { todayIn } from '../../../kernel/plain-date.ts'
import type { Context } from '../../../kernel/procedure.ts'
import { changeSetting, DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { GUEST_PAYS_AT } from '../../../registry/guests/settings.ts'
import { endMember } from '../../../registry/members/memberships.ts'
import { know } from '../../../registry/reorganisation/know.ts'
import { savePlan, signPlan } from '../../../registry/reorganisation/plans.ts'
import { digestOf, seenNow } from '../../../registry/reorganisation/seen.ts'
import { addOrganisation } from '../../../registry/test-builders.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { addAccount, addSchedule, FEE_VND } from '../test-builders.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
  await world.database.transaction(async (write) => {
    await addAccount(write, world.places.cell)
    await addAccount(write, world.places.otherCell)
  })
})
afterAll(() => world.close())
afterEach(async () => {
  const { problems } = await verifyLedger(world.database)
  if (problems.length > 0) throw new Error(`the ledger is not clean: ${JSON.stringify(problems)}`)
})

/** Time goes on by a day, and what is regular is looked after. */
async function on(day: string): Promise<void> {
  world.day(day, '09:00')
  await world.sweep()
  await world.work()
}

async function somebody(name: string): Promise<Visitor> {
  const member = await world.member(name)
  await world.database.transaction((write) => addSchedule(write, member.memberId, FEE_VND))
  return member
}

/** Each line that stands, by month: whose it is. */
async function months(member: Visitor): Promise<Record<string, string>> {
  const rows = await world.database.read.rows<{ month: string; cell: string }>(sql`
    select to_char(period, 'YYYY-MM') as month, organisation_id as cell from fee_line_now
     where member_id = ${member.memberId} and not replaced order by period, number`)
  const { cell, otherCell } = world.places
  const names: Readonly<Record<string, string>> = { [cell]: 'nhà', [otherCell]: 'nơi tạm thời' }
  expect(new Set(rows.map(({ month }) => month)).size).toBe(rows.length)
  return Object.fromEntries(rows.map((row) => [row.month, names[row.cell] ?? row.cell]))
}

async function lend(member: Visitor, from: string, to: string): Promise<StayLife> {
  const life = await beginStay(world, member, { from, to })
  await life.to('active')
  return life
}

/** 'Đảng viên, chi bộ đến': what was told of where the fees go. */
async function told(memberId: string): Promise<string[]> {
  const rows = await world.database.read.rows<{ code: string; facts: Record<string, unknown> }>(sql`
    select code, facts from notice where member_id = ${memberId} and (facts ? 'feesFrom' or facts ? 'feesBackFrom') order by at`)
  return rows.map(({ code, facts }) => `${code} ${String(facts.feesFrom ?? facts.feesBackFrom)}`)
}

const words = (text: string): string => text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

/** Row of a name in the table of a cell's month, as a program reads it. */
async function rowOf(who: Visitor, month: string, name: string) {
  const answer = await who.get(`/api/v1/fees/month?month=${month}`)
  const { rows } = JSON.parse(answer.text) as {
    rows: {
      fullName: string
      state: string
      guest: boolean
      collectedBy: string | null
      baseVnd: number | null
    }[]
  }
  return rows.find(({ fullName }) => fullName === name)
}

const RETURN = { comment: 'Hoàn thành nhiệm vụ.' }

test('lent out from March to September: March at home, April to September there, October at home again', async () => {
  const { cellSecretary, destinationSecretary } = world.officers
  await on('2027-03-02')
  const member = await somebody('Lan')
  await on('2027-03-03')
  const life = await lend(member, '2027-03-10', '2027-09-10')
  expect(await told(member.memberId)).toEqual(['temporary.guest-admitted 2027-04'])
  expect((await life.sees()).fees).toEqual({ from: '2027-04' })
  expect((await member.get(`/temporary-transfers/${life.id}`)).text).toContain(
    'Từ tháng 4/2027 chi bộ nơi tạm thời thu',
  )
  await on('2027-03-20')
  // What was open when she left stays with the cell that wrote the letter.
  expect(await months(member)).toEqual({ '2027-03': 'nhà' })
  expect(words((await member.get('/fees')).text)).toMatch(
    /từ tháng 4\/2027: Chi bộ khu phố \d+ thu.*từ tháng 10\/2027/,
  )

  await on('2027-04-01')
  expect(await rowOf(cellSecretary, '2027-03', 'Lan')).toMatchObject({ state: 'to-pay', guest: false })
  expect(await rowOf(destinationSecretary, '2027-03', 'Lan')).toBeUndefined()
  expect(await rowOf(cellSecretary, '2027-04', 'Lan')).toMatchObject({
    state: 'elsewhere',
    collectedBy: 'Chi bộ khu phố 3',
    baseVnd: null,
  })
  expect(await rowOf(destinationSecretary, '2027-04', 'Lan')).toMatchObject({ state: 'to-pay', guest: true })
  const host = words((await destinationSecretary.get('/fees/month?month=2027-04')).text)
  expect(host).toContain('đảng viên sinh hoạt tạm thời')
  expect(host).toContain('chưa đọc được văn bản')
  expect(words((await cellSecretary.get('/fees/month?month=2027-04')).text)).toContain(
    'Nơi khác thu: Chi bộ khu phố',
  )

  // The host opens the lines it collects, and nothing else of the member: no declaration, no relief.
  const page = await destinationSecretary.get(`/fees/members/${member.memberId}`)
  expect(words(page.text)).toContain('Đảng viên của chi bộ khác, sinh hoạt tạm thời ở đây')
  expect(page.text).not.toContain(`/fees/members/${member.memberId}/declare`)
  expect((await cellSecretary.get(`/fees/members/${member.memberId}`)).text).toContain('/declare')
  expect((await destinationSecretary.get('/fees/collect')).text).toContain('Lan')
  const paid = await destinationSecretary.form('/fees/collect', {
    commandId: randomUUID(),
    by: 'cash',
    chosen: [`${member.memberId}_2027-04_0`],
  })
  expect(paid.status).toBe(303)

  // Books: counted at home, collected and shared out where the money came in; each row says where counting and collecting part.
  const namesIn = async (who: Visitor) => {
    const { rows } = JSON.parse(
      (await who.get('/api/v1/fees/books?book=s01-collection&period=2027-04')).text,
    ) as { rows: { cells: { name: string; collected: number | null } }[] }
    return rows.map(({ cells }) => `${cells.name} ${String(cells.collected)}`)
  }
  expect(await namesIn(destinationSecretary)).toContain(`Lan (sinh hoạt tạm thời) ${FEE_VND}`)
  expect(await namesIn(cellSecretary)).toContain('Lan (nơi khác thu) 0')
  const figuresOf = async (who: Visitor) => {
    const { rows } = JSON.parse((await who.get('/api/v1/fees/books?book=b01&period=2027-04')).text) as {
      rows: { cells: Record<string, unknown> }[]
    }
    return ['01', '02'].map((code) => rows.find(({ cells }) => cells.code === code)?.cells.all)
  }
  expect(await figuresOf(destinationSecretary)).toEqual([0, FEE_VND])
  expect(await figuresOf(cellSecretary)).toEqual([1, 0])

  for (const month of [5, 6, 7, 8, 9]) await on(`2027-0${month}-01`)
  await life.ask(destinationSecretary, 'write-return', {
    ...RETURN,
    leftOn: '2027-09-01',
    feesPaidThrough: '2027-02',
  })
  await life.ask(cellSecretary, 'record-return')
  expect((await told(member.memberId)).at(-1)).toBe('temporary.return-recorded 2027-10')
  await on('2027-10-01')
  const there = Object.fromEntries([4, 5, 6, 7, 8, 9].map((month) => [`2027-0${month}`, 'nơi tạm thời']))
  expect(await months(member)).toEqual({ '2027-03': 'nhà', ...there, '2027-10': 'nhà' })
  expect(await rowOf(destinationSecretary, '2027-10', 'Lan')).toBeUndefined()

  // Five months unpaid there, March at home: it is her own cell that considers it, and arrears have one cell too.
  const home = words((await cellSecretary.get('/fees/month?month=2027-10')).text)
  expect(home).toContain('Lan: chưa nộp tháng 3/2027, tháng 5/2027')
  expect(words((await destinationSecretary.get('/fees/month?month=2027-09')).text)).not.toContain(
    'Lan: chưa nộp',
  )
  const arrears = (who: Visitor, month: string) =>
    who.form(`/fees/members/${member.memberId}/arrears`, {
      commandId: randomUUID(),
      'arrearsMonth-month': month,
      'arrearsMonth-year': '2027',
      arrearsAmount: '10000',
      arrearsReason: 'Thiếu phụ cấp.',
    })
  expect((await arrears(cellSecretary, '5')).text).toContain('Tháng này do chi bộ khác thu')
  expect((await arrears(destinationSecretary, '3')).text).toContain('Tháng này do chi bộ khác thu')
  expect((await arrears(destinationSecretary, '5')).status).toBe(303)
})

test('the setting changes in the middle: months of before stay, a month that had begun keeps its cell, later ones are paid at home', async () => {
  await on('2028-01-03')
  const member = await somebody('Mai')
  await on('2028-01-04')
  await lend(member, '2028-01-10', '2028-06-30')
  await on('2028-02-01')
  await world.database.transaction((write) =>
    changeSetting(write, GUEST_PAYS_AT, {
      value: 'official-cell',
      validFrom: '2028-02-15',
      reason: 'Thử',
      setBy: null,
    }),
  )
  await on('2028-03-01')
  expect(words((await member.get('/fees')).text)).toContain('vẫn do chi bộ nơi sinh hoạt chính thức thu')
  expect(await rowOf(world.officers.destinationSecretary, '2028-03', 'Mai')).toBeUndefined()
  expect(await rowOf(world.officers.cellSecretary, '2028-03', 'Mai')).toMatchObject({ state: 'to-pay' })

  // Whoever is admitted meanwhile is told nothing of another place.
  const other = await somebody('Hoa')
  await on('2028-03-02')
  await lend(other, '2028-03-10', '2028-08-31')
  expect(await told(other.memberId)).toEqual([])

  await world.database.transaction((write) =>
    changeSetting(write, GUEST_PAYS_AT, {
      value: 'temporary-cell',
      validFrom: '2028-04-01',
      reason: 'Thử',
      setBy: null,
    }),
  )
  await on('2028-04-01')
  expect(await months(member)).toEqual({
    '2028-01': 'nhà',
    '2028-02': 'nơi tạm thời',
    '2028-03': 'nhà',
    '2028-04': 'nơi tạm thời',
  })
  expect(await months(other)).toEqual({ '2028-03': 'nhà', '2028-04': 'nơi tạm thời' })
})

test('extended, the months go on there; run out, called back, converted or ended, they are the own cell’s again', async () => {
  const { cellSecretary, destinationDeputy } = world.officers
  await on('2029-01-03')
  const names = ['Gia Hạn', 'Hết Hạn', 'Gọi Về', 'Chuyển Hẳn', 'Từ Trần'] as const
  const people = {} as Record<(typeof names)[number], { member: Visitor; life: StayLife }>
  const members = new Map<string, Visitor>()
  for (const name of names) members.set(name, await somebody(name))
  await on('2029-01-04')
  for (const name of names) {
    const member = members.get(name)!
    people[name] = { member, life: await lend(member, '2029-01-10', '2029-04-20') }
  }
  await on('2029-02-01')
  await people['Gia Hạn'].life.ask(people['Gia Hạn'].member, 'ask-extension', {
    until: '2029-06-30',
    reason: 'Việc chưa xong.',
  })
  await people['Gia Hạn'].life.ask(destinationDeputy, 'grant-extension')
  await people['Chuyển Hẳn'].life.ask(people['Chuyển Hẳn'].member, 'convert', { reason: 'Ở lại hẳn.' })
  await world.database.transaction((write) =>
    endMember(write, {
      memberId: people['Từ Trần'].member.memberId,
      standing: 'deceased',
      on: '2029-02-15',
      reason: 'giấy báo tử',
    }),
  )
  for (const day of ['2029-02-16', '2029-03-01', '2029-04-01', '2029-05-02']) await on(day)
  await people['Gọi Về'].life.ask(cellSecretary, 'recall', { reason: 'Hết hạn đã lâu.' })
  await on('2029-06-01')
  const whose = async (name: (typeof names)[number]) => Object.values(await months(people[name].member))
  const [home, there] = ['nhà', 'nơi tạm thời']
  expect(await whose('Gia Hạn')).toEqual([home, there, there, there, there, there])
  expect(await whose('Hết Hạn')).toEqual([home, there, there, there, home, home])
  expect(await whose('Gọi Về')).toEqual([home, there, there, there, home, home])
  expect(await whose('Chuyển Hẳn')).toEqual([home, there, home, home, home, home])
  expect(await whose('Từ Trần')).toEqual([home, there])
})

test('what the member declares late is approved by the own cell, and due where each month is collected', async () => {
  const { cellSecretary, destinationSecretary } = world.officers
  await on('2029-08-02')
  const member = await world.member('Khai Muộn')
  await on('2029-08-03')
  const life = await beginStay(world, member, { from: '2029-08-10', to: '2029-12-31' })
  await life.to('active')
  await on('2029-10-02')
  // Nothing is declared: that is the own cell's to see to, and nobody's to collect.
  expect(await months(member)).toEqual({})
  expect(await rowOf(cellSecretary, '2029-10', 'Khai Muộn')).toMatchObject({ state: 'no-declaration' })
  expect(words((await destinationSecretary.get('/fees/month?month=2029-10')).text)).toContain('Khai Muộn')
  expect((await destinationSecretary.get(`/fees/members/${member.memberId}`)).status).toBe(404)

  const declare = async (salaryVnd: number) => {
    const commandId = randomUUID()
    const body = {
      commandId,
      fromPeriod: '2029-08',
      facts: { insured: true, insuredSalaryPreviousMonthVnd: salaryVnd },
      declared: true,
    }
    const sent = await member.post('/api/v1/fees/declarations', body)
    expect(sent.status, sent.text).toBe(200)
    const foreign = await destinationSecretary.post(`/api/v1/fees/declarations/${commandId}/approve`, {})
    expect(foreign.status).toBe(404)
    const approved = await cellSecretary.post(`/api/v1/fees/declarations/${commandId}/approve`, {})
    expect(approved.status, approved.text).toBe(200)
  }
  await declare(8_000_000)
  expect(await months(member)).toEqual({
    '2029-08': 'nhà',
    '2029-09': 'nơi tạm thời',
    '2029-10': 'nơi tạm thời',
  })

  // Dearer than was thought: what is missing is due to the cell that has the month.
  world.day('2029-10-03', '09:00')
  await declare(9_000_000)
  const rows = await world.database.read.rows<{ month: string; cell: string; kind: string }>(sql`
    select to_char(period, 'YYYY-MM') as month, organisation_id as cell, kind from fee_line_now
     where member_id = ${member.memberId} and number > 0 order by period`)
  const { cell, otherCell } = world.places
  expect(rows).toEqual([
    { month: '2029-08', cell, kind: 'arrears' },
    { month: '2029-09', cell: otherCell, kind: 'arrears' },
    { month: '2029-10', cell: otherCell, kind: 'arrears' },
  ])
})

test('the cell of the stay merges into another: its open months and those to come are collected by the one that took over', async () => {
  const { places } = world
  await on('2030-01-03')
  const member = await somebody('Sáp Nhập')
  await on('2030-01-04')
  await lend(member, '2030-01-10', '2030-06-30')
  await on('2030-02-01')

  world.day('2030-02-10', '09:00')
  const person = await world.member('Phó Bí Thư Thành Ủy', places.neighbour)
  await world.office(person.memberId, person.name, 'committee-standing-deputy', places.city)
  const actor: PersonActor = {
    kind: 'person',
    memberId: person.memberId,
    hat: { position: 'committee-standing-deputy', organisationId: places.city },
    signedInAt: world.now(),
  }
  const today = todayIn(world.now())
  const calendar = await world.parts.calendar()
  const context: Context = { actor, at: world.now(), today, calendar, settings: DEFAULT_SETTINGS }
  const other = await world.database.transaction((write) =>
    addOrganisation(write, 'Chi bộ khu phố 4', 'cell', places.otherWard, '79.035.014.000.001'),
  )
  const cell = {
    id: randomUUID(),
    code: '79.035.099.000.001',
    name: 'Chi bộ khu phố 34',
    kind: 'cell',
    parentId: places.otherWard,
  } as const
  const plan = {
    title: 'Sắp xếp',
    decision: { number: '12-QĐ/TU', issuer: 'Ban Thường vụ Thành ủy', signedOn: today },
    effectiveOn: today,
    bodies: [cell],
    continuing: [],
    steps: [{ type: 'merge' as const, from: [places.otherCell, other], into: cell.id }],
  }
  const id = randomUUID()
  await savePlan(world.database, { id, commandId: randomUUID(), underId: places.city, plan }, context)
  const known = await know(world.database.read, places.city, plan)
  const asked = { id, commandId: randomUUID(), digest: digestOf(plan, seenNow(plan, known)) }
  await signPlan(world.database, asked, context, (write, touched, at) =>
    followReorganisation(write, world.parts, touched, at),
  )
  await on('2030-03-01')
  expect(await months(member)).toEqual({ '2030-01': 'nhà', '2030-02': cell.id, '2030-03': cell.id })
})
