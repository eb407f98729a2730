/** Transfers meet fees: the letter states what the ledger knows, and each month is collected by one cell, whenever the member is admitted. */
import { randomUUID } from 'node:crypto'
import { PDF } from '@libpdf/core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { beginStay } from '../../../../tests/stay-life.ts'
import { stayPaper } from '../../../../tests/stay-papers.ts'
import { A_COMMENT, aReview, beginTransfer, type Life } from '../../../../tests/transfer-life.ts'
import type { Visitor } from '../../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../../tests/transfer-world.ts'
import { sql } from '../../../kernel/db.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { addAccount, addSchedule, FEE_VND } from '../test-builders.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
  await world.database.transaction((write) => addAccount(write, world.places.cell))
})
afterAll(() => world.close())
afterEach(async () => {
  const { problems } = await verifyLedger(world.database)
  if (problems.length > 0) throw new Error(`the ledger is not clean: ${JSON.stringify(problems)}`)
})

/** Time goes on by a day, and what is regular is looked after. */
async function on(day: string): Promise<void> {
  world.day(day)
  await world.sweep()
}

async function somebody(name: string): Promise<Visitor> {
  const member = await world.member(name)
  await world.database.transaction((write) => addSchedule(write, member.memberId, FEE_VND))
  return member
}

/** Each line that stands: its month, and whose it is. */
async function months(member: Visitor): Promise<string[]> {
  const rows = await world.database.read.rows<{ month: string; cell: string }>(sql`
    select to_char(period, 'YYYY-MM') as month, organisation_id as cell from fee_line
     where member_id = ${member.memberId} order by period, number`)
  const { cell, otherCell } = world.places
  const names: Readonly<Record<string, string>> = { [cell]: 'nơi đi', [otherCell]: 'nơi đến' }
  return rows.map((row) => `${row.month} ${names[row.cell]}`)
}

async function lettersText({ id, member }: Life): Promise<string> {
  const { papers } = await member.sees(id)
  const { id: paperId } = papers.find(({ kind }) => kind === 'referral')!
  const pdf = await PDF.load((await member.get(`/transfers/${id}/papers/${paperId}`)).bytes)
  return pdf
    .getPages()
    .map((page) => page.extractText().text)
    .join('\n')
    .replaceAll(/\s+/g, ' ')
}

test('the cell finds the month filled in from the ledger with what is open; another month needs its reason; the letter prints both', async () => {
  await on('2026-07-02')
  const { cellSecretary } = world.officers
  const member = await somebody('Đảng Viên Còn Nợ')
  await world.sweep()
  await on('2026-08-03')
  expect(await months(member)).toEqual(['2026-07 nơi đi', '2026-08 nơi đi'])
  const life = await beginTransfer(world, member)
  await life.to('cell-review')

  const form = (await cellSecretary.get(`/transfers/${life.id}?do=sign-referral`)).text
  expect(form).toContain('Theo sổ đảng phí: đã đóng hết tháng 6/2026.')
  expect(form).toContain('Còn 2 tháng chưa đóng, từ tháng 7/2026: 160.000 đ.')
  expect(form).toContain(`/fees/members/${member.memberId}`)
  expect(form).toMatch(/name="feesPaidThrough-month"[^>]*value="0?6"/)
  expect((await cellSecretary.get(`/fees/members/${member.memberId}`)).status).toBe(200)

  const refusal = await cellSecretary.refused(life.id, 'sign-referral', aReview(world))
  expect(refusal).toMatchObject({ status: 422, code: 'transfer.fees-contradict' })
  await cellSecretary.ask(life.id, 'sign-referral', aReview(world, { feesPaidThrough: '2026-06' }))
  await life.to('committee-review', 1)
  const words = await lettersText(life)
  expect(words).toContain('Đã đóng đảng phí đến hết: tháng 6 năm 2026')
  expect(words).toContain('2 tháng, từ tháng 7/2026: 160.000 đ')

  // What is open stays with the cell that wrote the letter: it collects it, and the member can pay it there.
  await life.to('completed')
  await world.sweep()
  expect(await months(member)).toEqual(['2026-07 nơi đi', '2026-08 nơi đi'])
  expect((await cellSecretary.get('/fees/collect')).text).toContain('Đảng Viên Còn Nợ')
  expect((await world.officers.destinationSecretary.get('/fees/collect')).text).not.toContain(
    'Đảng Viên Còn Nợ',
  )
  const order = await member.post('/api/v1/fees/orders', {
    commandId: randomUUID(),
    lines: [{ period: '2026-07' }, { period: '2026-08' }],
  })
  expect(order.status, order.text).toBe(200)
  expect(order.json()).toMatchObject({ amountVnd: 2 * FEE_VND })
})

test('somebody the books know nothing of: the cell states the month, as it always did', async () => {
  const member = await world.member('Chưa Xác Định')
  const life = await beginTransfer(world, member)
  await life.to('cell-review')
  const { cellSecretary } = world.officers
  const form = (await cellSecretary.get(`/transfers/${life.id}?do=sign-referral`)).text
  expect(form).not.toContain('Theo sổ đảng phí')
  expect(form).not.toContain('feesReason')
  const early = await cellSecretary.refused(
    life.id,
    'sign-referral',
    aReview(world, { feesPaidThrough: '2026-07' }),
  )
  expect(early.code).toBe('transfer.fees-unpaid')
  await cellSecretary.ask(life.id, 'sign-referral', aReview(world))
  expect((await lettersText(life)).includes('còn nợ')).toBe(false)
})

test('admitted in the letter’s month, the next, and the one after: no month twice, none lost', async () => {
  await on('2026-09-02')
  const people = [
    await somebody('Tới Ngay'),
    await somebody('Tới Tháng Sau'),
    await somebody('Tới Hai Tháng Sau'),
  ]
  await world.sweep()
  const lives: Life[] = []
  for (const member of people) {
    const life = await beginTransfer(world, member)
    await life.to('cell-review')
    await world.officers.cellSecretary.ask(
      life.id,
      'sign-referral',
      aReview(world, { feesPaidThrough: '2026-08' }),
    )
    await life.to('referred')
    lives.push(life)
  }
  await lives[0]!.to('completed')
  await on('2026-09-20')
  for (const member of people) expect(await months(member)).toEqual(['2026-09 nơi đi'])

  await on('2026-10-01')
  await world.sweep()
  expect(await months(people[0]!)).toEqual(['2026-09 nơi đi', '2026-10 nơi đến'])
  expect(await months(people[1]!)).toEqual(['2026-09 nơi đi'])
  world.day('2026-10-10')
  await lives[1]!.to('completed')
  await world.sweep()
  expect(await months(people[1]!)).toEqual(['2026-09 nơi đi', '2026-10 nơi đến'])

  await on('2026-11-03')
  expect(await months(people[2]!)).toEqual(['2026-09 nơi đi'])
  await lives[2]!.to('in-transit')
  await world.officers.destinationDeputy.ask(lives[2]!.id, 'receive', {
    receivedOn: '2026-11-03',
    sealIntact: true,
    explanation: 'Nằm viện điều trị dài ngày.',
  })
  await lives[2]!.to('completed')
  await world.sweep()
  await world.sweep()
  const whole = ['2026-09 nơi đi', '2026-10 nơi đến', '2026-11 nơi đến']
  for (const member of people) expect(await months(member)).toEqual(whole)
})

test('signed by the cell at a month’s end and referred in the next: the next month waits for the destination', async () => {
  await on('2026-11-30')
  const member = await somebody('Qua Tháng')
  await world.sweep()
  const life = await beginTransfer(world, member)
  await life.to('cell-review')
  await world.officers.cellSecretary.ask(
    life.id,
    'sign-referral',
    aReview(world, { feesPaidThrough: '2026-10' }),
  )
  await on('2026-12-01')
  expect(await months(member)).toEqual(['2026-11 nơi đi'])
  await world.officers.wardDeputy.ask(life.id, 'sign-referral', A_COMMENT)
  await life.to('completed')
  await world.sweep()
  expect(await months(member)).toEqual(['2026-11 nơi đi', '2026-12 nơi đến'])
})

test('given back by the ward, or withdrawn from the road: the months since the letter are the origin’s after all', async () => {
  await on('2027-01-04')
  const members = [await somebody('Bị Trả Lại'), await somebody('Không Đi Nữa')]
  await world.sweep()
  const lives: Life[] = []
  for (const member of members) {
    const life = await beginTransfer(world, member)
    await life.to('cell-review')
    await world.officers.cellSecretary.ask(
      life.id,
      'sign-referral',
      aReview(world, { feesPaidThrough: '2026-12' }),
    )
    lives.push(life)
  }
  await lives[1]!.to('in-transit')
  await on('2027-03-02')
  for (const member of members) expect(await months(member)).toEqual(['2027-01 nơi đi'])

  const because = { reason: 'Chưa chuyển nữa.' }
  await world.officers.wardDeputy.ask(lives[0]!.id, 'return', because)
  await world.officers.wardDeputy.ask(lives[1]!.id, 'revert', { ...because, decisionNumber: '9-QĐ/ĐU' })
  await world.sweep()
  await world.sweep()
  const whole = ['2027-01 nơi đi', '2027-02 nơi đi', '2027-03 nơi đi']
  for (const member of members) expect(await months(member)).toEqual(whole)
})

test('the letter of a temporary stay states the month of the books and what is open; another month is refused with what they say', async () => {
  await on('2027-08-02')
  const { cellSecretary } = world.officers
  const member = await somebody('Đảng Viên Đi Tạm')
  await world.sweep()
  const life = await beginStay(world, member)
  await life.to('cell-review')
  const form = (await cellSecretary.get(`/temporary-transfers/${life.id}?do=comment`)).text
  expect(form).toContain('Theo sổ đảng phí: đã đóng hết tháng 7/2027, còn 1 tháng chưa đóng.')
  expect(form).toMatch(/name="feesPaidThrough-month"[^>]*value="0?7"/)
  const typed = { meetingOn: '2027-08-02', comment: 'Nhất trí.', feesPaidThrough: '2027-08' }
  expect(await life.refused(cellSecretary, 'comment', typed)).toBe('temporary.fees-contradict')
  const fields = {
    commandId: randomUUID(),
    'meetingOn-day': '2',
    'meetingOn-month': '8',
    'meetingOn-year': '2027',
    comment: 'Nhất trí.',
    'feesPaidThrough-month': '8',
    'feesPaidThrough-year': '2027',
  }
  const refused = await cellSecretary.form(`/temporary-transfers/${life.id}/comment`, fields)
  expect(refused.text).toContain('Theo sổ, đảng phí đã đóng hết tháng 7/2027')
  expect(refused.text).toContain('khác với sổ đảng phí')
  await life.to('committee-review')
  const { text } = await stayPaper(life, 'temporary-referral')
  expect(text).toContain('Đã đóng đảng phí đến hết: tháng 7 năm 2027')
  expect(text).toContain('Đảng phí còn nợ: 1 tháng, từ tháng 8/2027: 80.000 đ')
})
