/** Letters that lose their force: returned step by step, a changed destination, a member who does not go, lost papers; numbers stay in the registers. */
import { PDF } from '@libpdf/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  aDecision,
  beginTransfer,
  countsAt,
  foldedDossiers,
  type Life,
} from '../../../tests/transfer-life.ts'
import { whereIs, type Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import { addOrganisation } from '../../registry/test-builders.ts'

let world: TransferWorld
/** a cell of a third ward, and its secretary */
let thirdCell: string
let thirdSecretary: Visitor

beforeAll(async () => {
  world = await openTransferWorld()
  const { thirdWard } = world.places
  thirdCell = await world.database.transaction((write) =>
    addOrganisation(write, 'Chi bộ khu phố 7', 'cell', thirdWard),
  )
  const { memberId, name } = await world.member('Bí Thư Hạnh Thông', thirdCell)
  thirdSecretary = await world.office(memberId, name, 'cell-secretary', thirdCell)
})
afterAll(() => world.close())

/** The referral letters of a dossier in their order, each with what its public page says of it. */
async function letters({ id, member }: Life) {
  const { papers } = await member.sees(id)
  const found = papers.filter(({ kind }) => kind === 'referral')
  return Promise.all(
    found.map(async (paper) => {
      const { standing } = await member.read<{ standing: string }>(`/api/v1${paper.verify}`)
      return { ...paper, standing }
    }),
  )
}

const standings = async (life: Life): Promise<string[]> =>
  (await letters(life)).map(({ symbol, standing }) => `${symbol ?? 'chưa có số'}: ${standing}`)

/** What is printed on a letter. */
async function words({ id, member }: Life, paperId: string): Promise<string> {
  const file = await member.get(`/transfers/${id}/papers/${paperId}`)
  const pdf = await PDF.load(file.bytes)
  return pdf
    .getPages()
    .map((page) => page.extractText().text)
    .join('\n')
    .replaceAll(/\s+/g, ' ')
}

const because = (reason: string) => ({ reason })

test('returned from the commission to the ward, to the cell, to the member; corrected it goes the whole way again under new numbers', async () => {
  const { officers } = world
  world.day('2026-09-07', '09:00')
  const life = await beginTransfer(world, await world.member('Lê Thị Trả Lại'))
  await life.to('committee-review', 2)
  expect(await standings(life)).toEqual(['Số 01-GGT/CB: valid', 'Số 01-GGT/ĐU: valid'])

  world.day('2026-09-08', '10:00')
  const toWard = await officers.commissionDeputy.ask(life.id, 'return', because('Giấy ghi sai tên nơi đến.'))
  expect(whereIs(toWard)).toBe('committee-review · Đảng ủy Phường Tân Tạo · 17:00 15/09/2026')
  expect(await standings(life)).toEqual(['Số 01-GGT/CB: valid', 'Số 01-GGT/ĐU: voided'])
  expect(await life.member.notices(life.id)).toContain(
    'Hồ sơ được trả lại một bước. Mời đồng chí mở hồ sơ để xem lý do. Hạn: 17:00 15/09/2026.',
  )

  const toCell = await officers.buildingOfficer.ask(life.id, 'return', because('Chi bộ nhận xét chưa đủ.'))
  expect(whereIs(toCell)).toBe('cell-review · Chi bộ khu phố 3 · 17:00 15/09/2026')
  const toMember = await officers.cellSecretary.ask(life.id, 'return', because('Sửa lại bản tự kiểm điểm.'))
  expect(whereIs(toMember)).toBe('returned · đảng viên · 17:00 22/09/2026')
  expect(toMember.lastReason).toBe('Sửa lại bản tự kiểm điểm.')
  expect(await standings(life)).toEqual(['Số 01-GGT/CB: voided', 'Số 01-GGT/ĐU: voided'])

  world.day('2026-09-10', '08:00')
  await life.member.ask(life.id, 'save-draft', { weaknesses: 'Vắng hai buổi sinh hoạt trong năm.' })
  const done = await life.to('referred')
  expect(done.answers.weaknesses).toBe('Vắng hai buổi sinh hoạt trong năm.')
  const made = await letters(life)
  expect(made.map(({ symbol, standing }) => `${symbol}: ${standing}`)).toEqual([
    'Số 01-GGT/CB: replaced',
    'Số 01-GGT/ĐU: replaced',
    'Số 02-GGT/CB: valid',
    'Số 02-GGT/ĐU: valid',
    'Số 01-GGT/BTCTU: valid',
  ])

  // The new letter names the one it stands for, by its number and its day, and it is whole; the old one is known as void.
  expect(await words(life, made[3]!.id)).toContain(
    'Giấy này thay cho giấy giới thiệu số 01-GGT/ĐU, ngày 07 tháng 9 năm 2026. Lý do: Giấy ghi sai tên nơi đến.',
  )
  expect(await checked(life, made[3]!.id)).toMatchObject({ result: 'ours', problems: [] })
  expect(await checked(life, made[1]!.id)).toMatchObject({
    result: 'voided',
    paper: { standing: 'replaced' },
  })
  const page = await life.member.get(made[1]!.verify)
  expect(page.text).toContain('Đã hủy từ ngày 08/09/2026, có giấy khác thay thế')

  // The register keeps every number it gave, in order.
  const register = (await officers.wardClerk.get('/registers?year=2026')).text
  expect([...register.matchAll(/(\d\d)-GGT\/ĐU/g)].map(([, number]) => number)).toEqual(['01', '02'])
  expect(register).toContain('Đã hủy: Giấy ghi sai tên nơi đến.')
})

async function checked({ id, member }: Life, paperId: string) {
  const { bytes } = await member.get(`/transfers/${id}/papers/${paperId}`)
  const file = { name: 'giay.pdf', type: 'application/pdf', bytes }
  return (await member.upload('/api/v1/verify', {}, file)).json()
}

test('a clerk who finds a mistake returns the letter to its signer before it has a number; the register has no gap', async () => {
  const { wardClerk, wardDeputy } = world.officers
  world.day('2026-09-14', '09:00')
  const life = await beginTransfer(world, await world.member('Lê Văn Sót'))
  await life.to('numbering', 1)
  const back = await wardClerk.ask(life.id, 'return', because('Nhận xét gõ thiếu một dòng.'))
  expect(whereIs(back)).toBe('committee-review · Đảng ủy Phường Tân Tạo · 17:00 21/09/2026')
  const [, unnumbered] = await letters(life)
  expect(unnumbered).toMatchObject({ symbol: null, standing: 'voided' })
  world.day('2026-09-15', '09:00')
  await wardDeputy.ask(life.id, 'sign-referral', {
    committeeComment: 'Đảng ủy nhất trí, đề nghị tiếp nhận.',
    supplementUpToDate: true,
  })
  await life.to('committee-review', 2)
  expect((await letters(life)).at(-1)).toMatchObject({ symbol: 'Số 03-GGT/ĐU', standing: 'valid' })
})

test('the destination returns it; the origin changes the destination: a new way, new letters, and the former destination is out of it', async () => {
  const { officers, places } = world
  world.day('2026-09-21', '09:00')
  const life = await beginTransfer(world, await world.member('Phạm Thị Đổi Nơi'))
  await life.to('cell-admission')
  const before = await countsAt(officers.cityChief, places.cell)

  // The cell says it is not theirs: back to its ward, which sends it back to where it came from.
  const notOurs = because('Đồng chí ở khu phố 7, phường Hạnh Thông.')
  await officers.destinationSecretary.ask(life.id, 'return-from-destination', notOurs)
  expect((await officers.destinationSecretary.get(`/transfers/${life.id}`)).status).toBe(404)
  const toWard = await officers.destinationDeputy.sees(life.id)
  expect(whereIs(toWard)).toBe('at-destination · Đảng ủy Phường Cầu Kiệu · 17:00 28/09/2026')
  world.day('2026-09-22', '09:00')
  const toOrigin = await officers.destinationDeputy.ask(life.id, 'return-from-destination', notOurs)
  expect(whereIs(toOrigin)).toBe('destination-returned · Ban Tổ chức Thành ủy · 17:00 29/09/2026')
  expect(await officers.commissionDeputy.notices(life.id)).toContain(
    'Nơi đến trả lại một hồ sơ. Hạn: 17:00 29/09/2026.',
  )
  expect(await countsAt(officers.cityChief, places.cell)).toEqual(before)

  const changed = { ...notOurs, destinationId: thirdCell }
  const voided = await officers.wardDeputy.ask(life.id, 'void-referral', changed)
  expect(whereIs(voided)).toBe('cell-review · Chi bộ khu phố 3 · 17:00 29/09/2026')
  expect(voided.hops.at(-1)!.to.name).toBe('Đảng ủy Phường Hạnh Thông')
  expect(voided.destination.name).toBe('Chi bộ khu phố 7')
  expect((await standings(life)).map((each) => each.split(': ')[1])).toEqual(['voided', 'voided', 'voided'])
  const [counted, transit] = before
  expect(await countsAt(officers.cityChief, places.cell)).toEqual([counted + 1, transit - 1])

  await life.to('in-transit')
  await officers.strangerDeputy.ask(life.id, 'receive', { receivedOn: '2026-09-22', sealIntact: true })
  await officers.strangerDeputy.ask(life.id, 'assign-cell', { cellId: thirdCell })
  expect(whereIs(await thirdSecretary.ask(life.id, 'admit', { meetingOn: '2026-09-22' }))).toBe('completed')
  expect((await officers.destinationDeputy.get(`/transfers/${life.id}`)).status).toBe(404)
  expect(await countsAt(officers.cityChief, thirdCell)).toEqual([2, 0])
})

test('a member who does not go is counted at the origin again, by a written decision; the letters are void', async () => {
  const { officers, places } = world
  world.day('2026-10-05', '09:00')
  const life = await beginTransfer(world, await world.member('Phạm Văn Ở Lại'))
  const before = await countsAt(officers.cityChief, places.cell)
  await life.to('in-transit')
  expect(await countsAt(officers.cityChief, places.cell)).toEqual([before[0] - 1, before[1] + 1])
  const reason = because('Đảng viên xin ở lại nơi cũ.')
  expect(await officers.wardDeputy.refused(life.id, 'revert', reason)).toMatchObject({
    fields: [{ field: 'decisionNumber' }],
  })
  expect(
    await officers.destinationDeputy.refused(life.id, 'revert', { ...reason, decisionNumber: '7-QĐ/ĐU' }),
  ).toMatchObject({ code: 'transfer.not-yours' })
  world.day('2026-10-12', '09:00')
  const reverted = await officers.wardDeputy.ask(life.id, 'revert', { ...reason, decisionNumber: '7-QĐ/ĐU' })
  expect(whereIs(reverted)).toBe('reverted')
  expect(await countsAt(officers.cityChief, places.cell)).toEqual(before)
  expect((await standings(life)).map((each) => each.split(': ')[1])).toEqual(['voided', 'voided', 'voided'])
  expect(await life.member.notices(life.id)).toContain(
    'Việc chuyển đã hủy. Đồng chí trở lại sinh hoạt ở nơi cũ.',
  )
})

test('papers lost on the way: reported, confirmed by the police, issued anew under a new number with a new last day', async () => {
  const { officers } = world
  // 24 November is a holiday too, since 2026.
  world.day('2026-10-19', '09:00')
  const life = await beginTransfer(world, await world.member('Phạm Thị Mất'))
  expect((await life.to('in-transit')).presentBy).toBe('2026-12-01')
  world.day('2026-10-26', '09:00')
  const lost = await life.member.ask(life.id, 'report-lost', { account: 'Mất túi trên xe buýt số 8.' })
  expect(whereIs(lost)).toBe('papers-lost · Ban Tổ chức Thành ủy · 17:00 02/11/2026')
  const reissue = because('Mất giấy, có xác nhận của công an.')
  expect(await officers.commissionDeputy.refused(life.id, 'reissue', reissue)).toMatchObject({
    status: 422,
    code: 'transfer.police-confirmation-missing',
  })

  world.day('2026-10-28', '09:00')
  await life.attach('police-confirmation', await aDecision('xac-nhan-cong-an.pdf'))
  const again = await officers.commissionDeputy.ask(life.id, 'reissue', reissue)
  expect(whereIs(again)).toBe('committee-review · Ban Tổ chức Thành ủy · 17:00 04/11/2026')
  const carried = await life.to('in-transit')
  expect(carried).toMatchObject({ referredOn: '2026-10-28', presentBy: '2026-12-10' })
  const made = (await letters(life)).filter(({ hop }) => hop === 2)
  expect(made.map(({ standing }) => standing)).toEqual(['replaced', 'valid'])
  expect(made[0]!.symbol).not.toBe(made[1]!.symbol)
  expect(await words(life, made[1]!.id)).toContain(
    `thay cho giấy giới thiệu ${made[0]!.symbol!.replace('Số', 'số')}, ngày 19 tháng 10 năm 2026.`,
  )
  expect(whereIs(await life.to('completed'))).toBe('completed')
})

test('folding a dossier’s events gives its stored state, and whose turn it is, and whom it passes', async () => {
  const dossiers = await foldedDossiers(world)
  expect(dossiers).toHaveLength(5)
  for (const { stored, folded } of dossiers) expect(folded).toEqual(stored)
})
