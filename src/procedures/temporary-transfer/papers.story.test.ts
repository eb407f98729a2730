/** The papers of a temporary stay through the front door: what they say, that they are whole, and how the register keeps them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginTransfer } from '../../../tests/transfer-life.ts'
import type { Answer } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import { addOrganisation } from '../../registry/test-builders.ts'
import { attachmentsOf } from '../../signatures/attachments.ts'
import { beginStay, type StayLife } from '../../../tests/stay-life.ts'
import { stayPaper, wordsIn } from '../../../tests/stay-papers.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

/** A paper with what its public page says to a stranger, and what anybody's check of the file finds. */
async function paperOf(life: StayLife, kind: string, place = 0) {
  const paper = await stayPaper(life, kind, place)
  const handedIn = { name: 'giay.pdf', type: 'application/pdf', bytes: paper.file.bytes }
  const checked = (await life.member.upload('/api/v1/verify', {}, handedIn)).json()
  return { ...paper, checked, page: await world.officers.foreignDeputy.get(paper.verify) }
}

const register = async (who: { get(path: string): Promise<Answer> }, year = 2026) =>
  (await who.get(`/registers?year=${year}`)).text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

test('a member is lent out for six months, extended and brought back: every paper is whole, numbered and in its registers', async () => {
  const { officers } = world
  world.day('2026-09-07', '09:00')
  const life = await beginStay(world, await world.member('Lê Thị Biệt Phái'), {
    from: '2026-09-14',
    to: '2027-03-13',
  })
  await life.to('committee-review')

  const box = await paperOf(life, 'temporary-referral')
  expect(box.symbol).toBe('Số 01-GGT/CB')
  expect(box.checked).toMatchObject({ result: 'ours', problems: [], paper: { standing: 'valid' } })

  await life.to('at-host')
  const referral = await paperOf(life, 'temporary-referral', 1)
  expect(referral.symbol).toBe('Số 01-GGT/ĐU')
  expect(referral.checked).toMatchObject({
    result: 'ours',
    problems: [],
    paper: { kind: 'temporary-referral', standing: 'valid' },
    signatures: [
      { place: 'person', standing: 'valid' },
      { place: 'organisation', standing: 'valid' },
    ],
  })
  expect(referral.page.text).toContain('Giấy giới thiệu sinh hoạt đảng tạm thời')
  expect(referral.page.text).not.toContain('Lê Thị Biệt Phái')
  for (const part of [
    'Ô giới thiệu số 2',
    'Đã đóng đảng phí đến hết: tháng 9 năm 2026',
    'từ ngày 14 tháng 9 năm 2026 đến hết ngày 13 tháng 3 năm 2027',
    'không có quyền biểu quyết, ứng cử và bầu cử',
    'Thay đổi nơi công tác trong một thời gian',
  ])
    expect(referral.text).toContain(part)
  expect(attachmentsOf(referral.file.bytes).map(({ description }) => description)).toEqual([
    'Giấy giới thiệu, ô 1: Số 01-GGT/CB',
  ])

  world.day('2026-09-14', '09:00')
  await life.to('host-admission')
  await world.work()
  const third = await paperOf(life, 'temporary-referral', 2)
  expect(third.symbol).toBe('Số 01-GGT/ĐU')
  expect(third.checked).toMatchObject({
    result: 'ours',
    problems: [],
    paper: { standing: 'valid', issuer: 'Đảng ủy Phường Cầu Kiệu' },
    signatures: [
      { place: 'person', standing: 'valid' },
      { place: 'organisation', standing: 'valid' },
    ],
  })
  for (const part of [
    'Ô giới thiệu số 3',
    'Đã tiếp nhận và giới thiệu về chi bộ',
    'Kính gửi: Chi bộ khu phố 3',
  ])
    expect(third.text).toContain(part)
  expect(attachmentsOf(third.file.bytes)).toHaveLength(2)
  await life.to('active')

  world.day('2027-02-01', '09:00')
  await life.ask(life.member, 'ask-extension', { until: '2027-06-30', reason: 'Công trình kéo dài.' })
  await life.ask(officers.destinationDeputy, 'grant-extension')
  await world.work()
  const extension = await paperOf(life, 'temporary-extension')
  expect(extension.symbol).toBe('Số 01-TB/ĐU')
  expect(extension.checked).toMatchObject({ result: 'ours', problems: [], paper: { standing: 'valid' } })
  for (const part of [
    'Đảng ủy Phường Tân Tạo',
    'đến hết ngày 13 tháng 3 năm 2027',
    'Gia hạn đến hết: ngày 30 tháng 6 năm 2027',
    'số 01-GGT/ĐU, ngày 07 tháng 9 năm 2026',
  ])
    expect(extension.text).toContain(part)

  world.day('2027-06-28', '09:00')
  await life.ask(officers.destinationSecretary, 'write-return', {
    leftOn: '2027-06-25',
    comment: 'Đồng chí sinh hoạt đều, hoàn thành việc được giao.',
    feesPaidThrough: '2027-06',
  })
  const back = await paperOf(life, 'temporary-return')
  expect(back.symbol).toBe('Số 01-GGT/CB')
  expect(back.checked).toMatchObject({ result: 'ours', problems: [], paper: { standing: 'valid' } })
  for (const part of [
    'trở về nơi sinh hoạt chính thức',
    'Ô giới thiệu số 4',
    'Đồng chí sinh hoạt đều, hoàn thành việc được giao.',
    'từ ngày 14 tháng 9 năm 2026 đến ngày 25 tháng 6 năm 2027',
  ])
    expect(back.text).toContain(part)
  expect(attachmentsOf(back.file.bytes)).toHaveLength(3)
  await life.ask(officers.cellSecretary, 'record-return')

  // One book: what went out, what came in, and the way back, at both committees.
  const out = await register(officers.wardClerk)
  expect(out).toContain('Lê Thị Biệt Phái')
  expect(out).toMatch(/Giới thiệu đi Tạm thời 01-GGT\/ĐU Đảng bộ Phường Cầu Kiệu/)
  expect(await register(officers.destinationClerk)).toMatch(
    /Tiếp nhận Tạm thời 01-GGT\/ĐU Đảng bộ Phường Tân Tạo/,
  )
  expect(await register(officers.destinationClerk)).toMatch(
    /Giới thiệu đi Tạm thời 01-GGT\/ĐU Chi bộ khu phố 3/,
  )
  expect(await register(officers.wardClerk, 2027)).toMatch(/Tiếp nhận Tạm thời 01-GGT\/CB .*Trở về/)
  expect(await register(officers.destinationSecretary, 2027)).toMatch(/Giới thiệu đi Tạm thời 01-GGT\/CB/)
  const pdf = await officers.wardClerk.get('/registers/2026.pdf')
  expect(await wordsIn(pdf)).toContain('Lê Thị Biệt Phái')
  expect((await officers.wardClerk.get('/registers/2026.xlsx')).bytes.length).toBeGreaterThan(2000)
})

test('sent back, its letters are void and keep their numbers; the new ones name them; one book and one series holds official letters too', async () => {
  const { officers } = world
  world.day('2026-10-05', '09:00')
  const official = await beginTransfer(world, await world.member('Lê Thị Đi Hẳn'))
  await official.to('committee-review', 1)
  const life = await beginStay(world, await world.member('Lê Văn Sửa Lại'))
  await life.to('committee-review')
  await life.ask(officers.wardDeputy, 'send-back', { reason: 'Ghi lại nơi công tác.' })
  const voided = await paperOf(life, 'temporary-referral')
  expect(voided.symbol).toBe('Số 03-GGT/CB')
  expect(voided.checked).toMatchObject({ result: 'voided' })

  await life.to('at-host')
  const again = await paperOf(life, 'temporary-referral', 1)
  expect(again.symbol).toBe('Số 04-GGT/CB')
  expect(again.text).toContain(
    'thay cho giấy giới thiệu số 03-GGT/CB, ngày 05 tháng 10 năm 2026. Lý do: Ghi lại nơi công tác.',
  )
  expect((await paperOf(life, 'temporary-referral')).page.text).toContain('có giấy khác thay thế')
  const kept = await register(officers.cellSecretary)
  expect([...kept.matchAll(/(\d\d)-GGT\/CB/g)].map(([, number]) => number)).toEqual(['01', '02', '03', '04'])
  expect(kept).toMatch(/Lê Thị Đi Hẳn 05\/10\/2026 Giới thiệu đi Chính thức 02-GGT\/CB/)
  expect(kept).toContain('Đã hủy: Ghi lại nơi công tác.')
})

test('another cell is found: the box that named the first is void and says why, its number stays; who only prepares signs none', async () => {
  const { officers, places } = world
  world.day('2026-10-06', '09:00')
  const life = await beginStay(world, await world.member('Lê Văn Đổi Chi Bộ'))
  await life.to('host-admission')
  const second = await world.database.transaction((write) =>
    addOrganisation(write, 'Chi bộ khu phố 8', 'cell', places.otherWard),
  )
  await life.ask(officers.destinationDeputy, 'assign-cell', { cellId: second })
  await world.work()
  const [was, now] = [
    await paperOf(life, 'temporary-referral', 2),
    await paperOf(life, 'temporary-referral', 3),
  ]
  expect(was.checked).toMatchObject({ result: 'voided' })
  expect(now.checked).toMatchObject({ result: 'ours', problems: [], paper: { standing: 'valid' } })
  expect(now.text).toContain(`thay cho giấy giới thiệu ${was.symbol!.replace('Số', 'số')}`)
  expect(await register(officers.destinationClerk)).toContain('Đã hủy: Giới thiệu về chi bộ khác')
})
