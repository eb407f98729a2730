/** A member is lent out for six months, the stay is extended, a yearly comment is asked, and the member comes home; day by day. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginStay, foldedStay, whereIsStay } from '../../../tests/stay-life.ts'
import { countsAt } from '../../../tests/transfer-life.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

test('a member works in another ward for six months, asks for three more, and returns; membership never moves', async () => {
  const { officers, places } = world
  const { cellSecretary, wardDeputy, wardClerk, destinationDeputy, destinationSecretary, cityChief } =
    officers
  const counted = async () => [
    await countsAt(cityChief, places.cell),
    await countsAt(cityChief, places.otherCell),
  ]

  world.day('2026-08-31', '20:00')
  const member = await world.member('Nguyễn Thị Mượn')
  const before = await counted()
  const life = await beginStay(world, member)
  expect(whereIsStay(await life.ask(member, 'submit', { declared: true }))).toBe(
    'cell-review · Chi bộ khu phố 3',
  )
  expect((await life.sees()).number).toBe('79.021-2026-000001')

  // The host sees that somebody is coming; a ward that has no part in it sees nothing.
  expect(await destinationDeputy.queue('coming')).toContain(life.id)
  expect((await officers.strangerDeputy.get(`/temporary-transfers/${life.id}`)).status).toBe(404)
  world.day('2026-09-03', '19:00')
  const commented = await life.ask(cellSecretary, 'comment', {
    meetingOn: '2026-09-03',
    comment: 'Chi bộ nhất trí để đảng viên sinh hoạt tạm thời.',
    feesPaidThrough: '2026-09',
  })
  expect(whereIsStay(commented)).toBe('committee-review · Đảng ủy Phường Tân Tạo')
  world.day('2026-09-04', '09:00')
  await life.ask(wardDeputy, 'sign-referral', { committeeComment: 'Đảng ủy nhất trí.' })
  expect(await life.refused(wardDeputy, 'take-number')).toBe('temporary.not-yours')
  await life.ask(wardClerk, 'take-number')
  await world.work()
  expect(whereIsStay(await life.sees())).toBe('at-host · Đảng ủy Phường Cầu Kiệu')
  expect((await life.sees()).papers.map(({ kind, signatures }) => [kind, signatures])).toEqual([
    ['self-review', 1],
    ['temporary-referral', 1],
    ['self-review-confirmed', 2],
    ['temporary-referral', 2],
  ])

  world.day('2026-09-07', '09:00')
  await life.ask(destinationDeputy, 'assign-cell', { cellId: places.otherCell })
  world.day('2026-09-10', '19:30')
  const admitted = await life.ask(destinationSecretary, 'admit', { meetingOn: '2026-09-10' })
  expect(whereIsStay(admitted)).toMatch(/^active · /)
  expect(admitted).toMatchObject({ from: '2026-08-31', until: '2027-02-27' })
  expect(admitted.rights).toEqual({
    official: { votes: true, elects: true, stands: true, counted: true },
    host: { votes: false, elects: false, stands: false, counted: false },
  })
  expect(await counted()).toEqual(before)
  await listsAreTrue()
  const page = await member.get(`/temporary-transfers/${life.id}`)
  expect(page.text).toContain('không biểu quyết, không bầu cử')

  // November: before the rating the host cell owes its comment, and nothing else goes before it.
  world.day('2026-11-02', '08:30')
  await world.sweep()
  await world.sweep()
  expect(whereIsStay(await life.sees())).toMatch(/^active · .* · yearly-comment$/)
  expect(await destinationSecretary.queue('todo')).toContain(life.id)
  const leaving = { leftOn: '2026-11-02', comment: 'Tốt.', feesPaidThrough: '2026-11' }
  expect(await life.refused(destinationSecretary, 'write-return', leaving)).toBe('temporary.yearly-first')
  await life.ask(destinationSecretary, 'write-yearly-comment', {
    attendance: 'full',
    tasks: 'Hoàn thành tốt.',
    discipline: 'Chấp hành nghiêm.',
    strengths: 'Tận tụy.',
    weaknesses: 'Ít phát biểu.',
    proposal: 'Đề nghị hoàn thành tốt nhiệm vụ.',
  })
  expect((await cellSecretary.notices(life.id))[0]).toContain('đã nhận xét hằng năm')
  await world.sweep()
  expect((await life.sees()).yearly).toHaveLength(1)

  // Thirty days before the end all three are reminded once; the extension is known at both places.
  world.day('2027-01-28', '08:30')
  await world.sweep()
  await world.sweep()
  const reminders = (await member.notices(life.id)).filter((text) => text.includes('hết vào ngày 27/02/2027'))
  expect(reminders).toHaveLength(1)
  await life.ask(member, 'ask-extension', { until: '2027-05-30', reason: 'Việc chưa xong.' })
  for (const told of [cellSecretary, destinationSecretary])
    expect((await told.notices(life.id)).join(' '), told.name).toContain('xin gia hạn')
  const extended = await life.ask(destinationDeputy, 'grant-extension')
  expect(extended).toMatchObject({ status: 'active', until: '2027-05-30' })
  await world.work()
  expect((await life.sees()).papers.at(-1)).toMatchObject({ kind: 'temporary-extension', signatures: 2 })

  world.day('2027-05-28', '10:00')
  const back = { leftOn: '2027-05-28', comment: 'Hoàn thành nhiệm vụ.', feesPaidThrough: '2027-05' }
  const returning = await life.ask(destinationSecretary, 'write-return', back)
  expect(whereIsStay(returning)).toBe('returning · Chi bộ khu phố 3')
  const done = await life.ask(cellSecretary, 'record-return')
  expect(whereIsStay(done)).toBe('completed')
  expect(done.papers.at(-1)!.kind).toBe('temporary-return')
  expect(await counted()).toEqual(before)
  const { stored, folded } = await foldedStay(world, life.id)
  expect(folded).toEqual(stored)
  for (const { id, kind } of done.papers)
    expect((await member.get(`/temporary-transfers/${life.id}/papers/${id}`)).status, kind).toBe(200)
})

/** The host's list marks the guest, who is not counted; the official cell summons one less. */
async function listsAreTrue() {
  const { destinationSecretary, cellSecretary } = world.officers
  const there = (await destinationSecretary.get('/temporary-transfers/guests')).text
  expect(there).toContain('Nguyễn Thị Mượn')
  expect(there).toContain('Không biểu quyết, không tính đảng số')
  expect(there).toContain('Số được triệu tập để tính thành phần: 0 đảng viên chính thức')
  const here = (await cellSecretary.get('/temporary-transfers/guests')).text
  expect(here).toContain('Nguyễn Thị Mượn')
  expect(here).toContain('Đã trừ 1 người')
  expect((await destinationSecretary.get('/')).text).toContain('1 người từ nơi khác đến')
}
