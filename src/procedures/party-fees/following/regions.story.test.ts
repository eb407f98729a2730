/** Communes become one: the region of the minimum wage goes on where they agree; where they do not, one holds for the time being and the new commune is asked. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { mergeWards, reorganise, signerOf } from '../../../../tests/reorganisations.ts'
import type { Visitor } from '../../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../../tests/transfer-world.ts'
import { sql } from '../../../kernel/db.ts'
import { todayIn } from '../../../kernel/plain-date.ts'
import { addOrganisation } from '../../../registry/test-builders.ts'
import { writeSchedule } from '../assessing/schedule.ts'
import { verifyLedger } from '../ledger/verify.ts'

let world: TransferWorld
let signer: Visitor

beforeAll(async () => {
  world = await openTransferWorld()
  signer = await signerOf(world)
})
afterAll(() => world.close())
afterEach(async () => {
  const { problems } = await verifyLedger(world.database)
  if (problems.length > 0) throw new Error(`the ledger is not clean: ${JSON.stringify(problems)}`)
})

/** Of working age, without a salary: pays by the minimum wage of the region. */
async function payer(name: string, cell: string): Promise<Visitor> {
  const member = await world.member(name, cell)
  await world.database.transaction(async (write) => {
    await write.run(sql`
      insert into fee_declaration (id, member_id, organisation_id, from_period, facts, status, declared_by, declared_at, answered_by, answered_at)
      values (${randomUUID()}, ${member.memberId}, ${cell}, '2026-06-01', '{}', 'approved', ${member.memberId}, ${world.now()},
              ${member.memberId}, ${world.now()})`)
    await writeSchedule(write, member.memberId, { from: '2026-06', today: todayIn(world.now()) })
  })
  return member
}

async function regionSet(by: Visitor, region: string, from: string): Promise<void> {
  const answer = await by.form('/fees/region', {
    region,
    'from-month': from.slice(5),
    'from-year': from.slice(0, 4),
    source: 'Phụ lục 293/2025/NĐ-CP',
  })
  expect(answer.status, answer.text.slice(0, 400)).toBe(303)
}

/** What the schedule says of a month. */
async function owed(member: Visitor, month: string): Promise<string> {
  const row = await world.database.read.one<{ region: string | null; amount: number | null }>(sql`
    select region, amount_vnd as amount from fee_schedule
     where member_id = ${member.memberId} and from_period <= ${month}::date and (until_period is null or until_period >= ${month}::date)`)
  return `${row.region} ${row.amount}`
}

const lineOf = (member: Visitor, month: string) =>
  world.database.read.one<{ amount: number }>(sql`
    select amount_vnd as amount from fee_line_now where member_id = ${member.memberId} and period = ${month}::date and not replaced`)

const ASKED = 'Đặt vùng lương tối thiểu'

async function clerkOf(name: string, organisationId: string): Promise<Visitor> {
  const { memberId } = await world.member(name, world.places.otherCell)
  return world.office(memberId, name, 'office-clerk', organisationId)
}

test('two communes of one region become one: it is theirs. With one of another region: asked for, and computed meanwhile', async () => {
  const { cell, otherCell, thirdWard } = world.places
  const { wardClerk, destinationClerk, strangerClerk } = world.officers
  await regionSet(wardClerk, 'II', '2026-01')
  await regionSet(destinationClerk, 'II', '2026-03')
  await regionSet(strangerClerk, 'I', '2026-01')
  const thirdCell = await world.database.transaction((write) =>
    addOrganisation(write, 'Chi bộ khu phố 51', 'cell', thirdWard),
  )
  const one = await payer('Vùng Hai', cell)
  const two = await payer('Cũng Vùng Hai', otherCell)
  const three = await payer('Vùng Một', thirdCell)
  await world.sweep()
  expect([await owed(one, '2026-08-01'), await owed(three, '2026-08-01')]).toEqual(['II 14190', 'I 15930'])

  world.day('2026-08-25')
  const { ward } = await mergeWards(world, signer)
  await world.sweep()
  for (const member of [one, two]) expect(await owed(member, '2026-09-01')).toBe('II 14190')
  const clerk = await clerkOf('Văn Thư Tân Kiệu', ward.id)
  expect((await clerk.get('/')).text).not.toContain(ASKED)
  expect((await clerk.get('/fees/region')).text).toContain('Theo vùng của các tổ chức đã nhập lại')

  // With the third, of region I: nobody knows which it is, and everybody pays by the lower wage meanwhile.
  world.day('2026-09-01')
  const whole = {
    id: randomUUID(),
    code: '79.098.000.000.000',
    name: 'Đảng bộ Phường Tân Hạnh',
    kind: 'commune',
    parentId: world.places.city,
  }
  const plan = await reorganise(world, signer, {
    steps: [{ type: 'merge', from: [ward.id, thirdWard], into: whole.id }],
    bodies: [whole],
  })
  await world.sweep()
  for (const member of [one, two, three]) {
    expect(await owed(member, '2026-09-01')).toBe('II 14190')
    expect(await lineOf(member, '2026-09-01')).toEqual({ amount: 14_190 })
  }
  const asked = await clerkOf('Văn Thư Tân Hạnh', whole.id)
  expect((await asked.get('/')).text).toContain(ASKED)
  expect((await asked.get('/fees/region')).text).toContain('Vùng tạm tính')
  expect(await asked.notices()).toContainEqual(
    expect.stringContaining('Đề nghị đơn vị đặt vùng đúng tại mục Đảng phí'),
  )

  // Taken back, each is what it was; done again, it is asked for again.
  world.day('2026-09-03')
  const back = await signer.post(`/api/v1/reorganisations/${plan}/undo`, {
    commandId: randomUUID(),
    reason: 'Sắp xếp nhầm.',
  })
  expect(back.status, back.text).toBe(200)
  await world.sweep()
  expect([await owed(one, '2026-10-01'), await owed(three, '2026-10-01')]).toEqual(['II 14190', 'I 15930'])
  expect((await clerk.get('/')).text).not.toContain(ASKED)
  world.day('2026-09-04')
  const again = { ...whole, id: randomUUID(), code: '79.096.000.000.000' }
  await reorganise(world, signer, {
    steps: [{ type: 'merge', from: [ward.id, thirdWard], into: again.id }],
    bodies: [again],
  })
  const said = await clerkOf('Văn Thư Nói Vùng', again.id)
  expect((await said.get('/')).text).toContain(ASKED)

  // Said, it holds from its month on for all, and nobody is asked any more.
  await regionSet(said, 'I', '2026-09')
  expect((await said.get('/')).text).not.toContain(ASKED)
  expect((await said.get('/fees/region')).text).not.toContain('Vùng tạm tính')
  world.day('2026-10-01')
  await world.sweep()
  for (const member of [one, two, three]) {
    expect(await owed(member, '2026-10-01')).toBe('I 15930')
    expect(await lineOf(member, '2026-10-01')).toEqual({ amount: 15_930 })
  }
})

test('one goes into another of another region: that one keeps its own and is asked', async () => {
  const { city } = world.places
  const add = (name: string) =>
    world.database.transaction((write) => addOrganisation(write, name, 'commune', city))
  const [small, large] = [await add('Đảng bộ Xã Nhỏ'), await add('Đảng bộ Phường Lớn')]
  const smallCell = await world.database.transaction((write) =>
    addOrganisation(write, 'Chi bộ ấp 1', 'cell', small),
  )
  const clerks = [await clerkOf('Văn Thư Xã', small), await clerkOf('Văn Thư Phường', large)] as const
  await regionSet(clerks[0], 'III', '2026-01')
  await regionSet(clerks[1], 'II', '2026-01')
  const member = await payer('Người Xã', smallCell)
  expect(await owed(member, '2026-10-01')).toBe('III 12420')
  await reorganise(world, signer, { steps: [{ type: 'merge', from: [small], into: large }] })
  await world.sweep()
  expect(await owed(member, '2026-10-01')).toBe('II 14190')
  expect((await clerks[1].get('/')).text).toContain(ASKED)
  await regionSet(clerks[1], 'II', '2026-10')
  expect((await clerks[1].get('/')).text).not.toContain(ASKED)
})

test('answered from an earlier month on, nothing holds for the time being any more, and fees are computed anew', async () => {
  const { city } = world.places
  const add = (name: string) =>
    world.database.transaction((write) => addOrganisation(write, name, 'commune', city))
  const [small, large] = [await add('Đảng bộ Xã Sớm'), await add('Đảng bộ Phường Sớm')]
  const cell = await world.database.transaction((write) =>
    addOrganisation(write, 'Chi bộ ấp Sớm', 'cell', small),
  )
  const clerks = [await clerkOf('Văn Thư Xã Sớm', small), await clerkOf('Văn Thư Phường Sớm', large)] as const
  await regionSet(clerks[0], 'III', '2026-01')
  await regionSet(clerks[1], 'II', '2026-10')
  const member = await payer('Người Xã Sớm', cell)
  await reorganise(world, signer, { steps: [{ type: 'merge', from: [small], into: large }] })
  await world.sweep()
  expect((await clerks[1].get('/')).text).toContain(ASKED)
  // Asked anew of what was said this month already: who said it stays there to be read.
  const page = (await clerks[1].get('/fees/region')).text
  expect(page).toContain('Phụ lục 293/2025/NĐ-CP')
  expect(page).toContain('Văn Thư Phường Sớm</td>')
  expect(page).toMatch(/name="from-month"[^>]*value="10"/)
  expect(page).toMatch(/name="from-year"[^>]*value="2026"/)

  await regionSet(clerks[1], 'I', '2026-01')
  expect((await clerks[1].get('/')).text).not.toContain(ASKED)
  expect((await clerks[1].get('/fees/region')).text).not.toContain('Vùng tạm tính')
  await world.sweep()
  expect(await owed(member, '2026-11-01')).toBe('I 15930')
})
