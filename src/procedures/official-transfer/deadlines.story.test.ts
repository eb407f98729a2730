/** The 60 working days to begin and the 30 to present the letter: what comes late is accepted with an explanation, marked and reminded of. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginTransfer, foldedDossiers, type Life } from '../../../tests/transfer-life.ts'
import { whereIs } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

/** A decision in effect on Monday, 1 June: 24 August is the sixtieth working day after it. */
const OF_JUNE = { decisionIssuedOn: '2026-05-28', decisionEffectiveOn: '2026-06-01' }

async function sent(life: Life) {
  await life.attach('decision')
  return life.member.ask(life.id, 'submit', { declared: true })
}

test('on the sixtieth working day a request is in time, also when it is corrected later; on the next it wants an explanation', async () => {
  world.day('2026-08-24', '16:00')
  const inTime = await beginTransfer(world, await world.member('Hồ Thị Kịp'), OF_JUNE)
  expect(await sent(inTime)).toMatchObject({ status: 'received', late: false, startBy: '2026-08-24' })
  await world.officers.cellSecretary.ask(inTime.id, 'return', { reason: 'Ghi lại lý do chuyển.' })

  world.day('2026-08-25', '08:00')
  const member = await world.member('Hồ Văn Muộn')
  const late = await beginTransfer(world, member, OF_JUNE)
  await late.attach('decision')
  expect(await member.refused(late.id, 'submit', { declared: true })).toMatchObject({
    status: 400,
    code: 'transfer.late-unexplained',
    citation: '294-QĐ/TW, mục 6.3.1a (208-QĐ/TW kế thừa)',
    facts: { startBy: '2026-08-24' },
    fields: [{ field: 'lateExplanation', code: 'missing' }],
  })
  // The guided request asks for it by itself.
  const asked = await member.get(`/transfers/${late.id}/questions`)
  expect(asked.headers.get('location')).toBe(`/transfers/${late.id}/questions/late`)
  const answered = await member.form(`/transfers/${late.id}/questions/late`, {
    commandId: randomUUID(),
    lateExplanation: 'Đi điều trị dài ngày, có giấy ra viện.',
  })
  expect(answered.headers.get('location')).toBe(`/transfers/${late.id}/questions/check`)
  const received = await member.ask(late.id, 'submit', { declared: true })
  expect(received).toMatchObject({
    status: 'received',
    late: true,
    answers: { lateExplanation: 'Đi điều trị dài ngày, có giấy ra viện.' },
  })

  const again = await inTime.member.ask(inTime.id, 'submit', { declared: true })
  expect(again).toMatchObject({ status: 'received', late: false })
})

test('who carries the letter is reminded on the 10th, 20th, 25th and 30th working day, marked overdue on the 31st, and received with an explanation', async () => {
  const { destinationDeputy } = world.officers
  world.day('2026-08-26', '09:00')
  const life = await beginTransfer(world, await world.member('Hồ Thị Đường Xa'))
  const carried = await life.to('in-transit')
  expect(carried).toMatchObject({
    referredOn: '2026-08-26',
    presentBy: '2026-10-09',
    presentationOverdue: false,
  })
  const reminders = async () =>
    (await life.member.notices(life.id)).filter((text) => text.startsWith('Nhắc đồng chí xuất trình')).length

  // Days on which the sweep comes by, and how many reminders there are after it.
  const days = [
    ['2026-09-10', 0],
    ['2026-09-11', 1],
    ['2026-09-12', 1],
    ['2026-09-24', 1],
    ['2026-09-25', 2],
    ['2026-10-02', 3],
    ['2026-10-08', 3],
    ['2026-10-09', 4],
  ] as const
  for (const [day, count] of days) {
    world.day(day)
    await world.sweep()
    await world.sweep()
    expect(await reminders(), day).toBe(count)
  }
  expect((await life.member.notices(life.id))[0]).toBe(
    'Nhắc đồng chí xuất trình hồ sơ tại nơi đến trước hết ngày 09/10/2026.',
  )
  expect(await life.member.refused(life.id, 'explain-lateness', { explanation: 'Ốm.' })).toMatchObject({
    code: 'transfer.not-overdue',
  })
  expect((await life.member.sees(life.id)).presentationOverdue).toBe(false)

  world.day('2026-10-12')
  await world.sweep()
  await world.sweep()
  const overdue = await life.member.sees(life.id)
  expect(overdue).toMatchObject({
    status: 'in-transit',
    presentationOverdue: true,
    awaited: { overdue: true },
  })
  expect(overdue.timeline.filter(({ type }) => type === 'presentation-overdue')).toHaveLength(1)
  expect(await reminders()).toBe(4)
  expect((await life.member.notices(life.id))[0]).toContain('Đã quá 30 ngày làm việc')

  const received = { receivedOn: '2026-10-12', sealIntact: false, exception: 'Niêm phong rách một góc.' }
  expect(await destinationDeputy.refused(life.id, 'receive', received)).toMatchObject({
    status: 400,
    code: 'transfer.presentation-unexplained',
    citation: '294-QĐ/TW, mục 6.3.1c',
    facts: { presentBy: '2026-10-09' },
  })
  await life.member.ask(life.id, 'explain-lateness', { explanation: 'Nằm viện từ 20/9 đến 10/10.' })
  const done = await destinationDeputy.ask(life.id, 'receive', received)
  expect(whereIs(done)).toBe('at-destination · Đảng ủy Phường Cầu Kiệu · 17:00 19/10/2026')
  expect(done).toMatchObject({
    latenessExplained: 'Nằm viện từ 20/9 đến 10/10.',
    custody: { sealIntact: false, exception: 'Niêm phong rách một góc.' },
  })
  await life.to('completed')
})

test('of one who has not come after three months the receiving committee is told once a quarter', async () => {
  const { destinationDeputy, strangerDeputy } = world.officers
  world.day('2026-10-13', '09:00')
  const life = await beginTransfer(world, await world.member('Hồ Văn Biệt'))
  await life.to('in-transit')
  const told = async () =>
    (await destinationDeputy.notices(life.id)).filter((text) => text.includes('đã hơn 3 tháng')).length
  for (const [day, count] of [
    ['2027-01-13', 0],
    ['2027-01-14', 1],
    ['2027-03-31', 1],
    ['2027-04-01', 2],
  ] as const) {
    world.day(day)
    await world.sweep()
    expect(await told(), day).toBe(count)
  }
  expect(await strangerDeputy.notices(life.id)).toEqual([])
})

test('folding a dossier’s events gives its stored state, and whose turn it is, and whom it passes', async () => {
  const dossiers = await foldedDossiers(world)
  expect(dossiers).toHaveLength(4)
  for (const { stored, folded } of dossiers) expect(folded).toEqual(stored)
})
