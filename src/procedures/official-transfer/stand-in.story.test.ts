/** A cell secretary without a deputy moves: the committee above does the cell's part under its own name; nobody signs for themselves. */
import { PDF } from '@libpdf/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { A_COMMENT, aReview, beginTransfer, foldedDossiers } from '../../../tests/transfer-life.ts'
import { whereIs, type Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import { addOrganisation } from '../../registry/test-builders.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-09-07', '09:00')
})
afterAll(() => world.close())

/** A cell of the ward with this one officer, who is shown in the own hat and in the office's. */
async function cellOf(name: string, ward: string): Promise<{ cell: string; own: Visitor; office: Visitor }> {
  const cell = await world.database.transaction((write) =>
    addOrganisation(write, `Chi bộ của ${name}`, 'cell', ward),
  )
  const own = await world.member(name, cell)
  return { cell, own, office: await world.office(own.memberId, name, 'cell-secretary', cell) }
}

async function wordsOf(reader: Visitor, dossierId: string, paperId: string): Promise<string> {
  const { bytes } = await reader.get(`/transfers/${dossierId}/papers/${paperId}`)
  const pdf = await PDF.load(bytes)
  const pages = pdf.getPages().map((page) => page.extractText().text)
  return pages.join(' ').replaceAll(/\s+/g, ' ')
}

test('the committee above finds the dossier in its queue, accepts it and signs the cell’s letter as itself', async () => {
  const { buildingOfficer, wardDeputy, wardClerk } = world.officers
  const { cell, own, office } = await cellOf('Lý Thị Một Mình', world.places.ward)
  const life = await beginTransfer(world, own)
  await life.attach('decision')
  const sent = await own.ask(life.id, 'submit', { declared: true })
  expect(whereIs(sent)).toBe('received · Đảng ủy Phường Tân Tạo · 09:00 08/09/2026')
  expect(sent.awaited.insteadOf).toEqual({ id: cell, name: 'Chi bộ của Lý Thị Một Mình' })
  expect(await office.queue('todo'), 'nobody handles the own dossier').toEqual([])
  expect(await buildingOfficer.notices(life.id)).toEqual([
    'Có hồ sơ mới cần kiểm tra. Hạn: 09:00 08/09/2026.',
  ])
  expect(await buildingOfficer.queue('todo')).toContain(life.id)
  const page = await buildingOfficer.get(`/transfers/${life.id}`)
  expect(page.text).toContain('cấp ủy cấp trên làm phần việc của chi bộ')

  await buildingOfficer.ask(life.id, 'accept-intake')
  expect((await wardClerk.refused(life.id, 'sign-referral', aReview(world))).code).toBe('transfer.not-yours')
  const signed = await wardDeputy.ask(life.id, 'sign-referral', aReview(world))
  expect(whereIs(signed)).toMatch(/^committee-review · Đảng ủy Phường Tân Tạo/)
  const letter = signed.papers.find(({ kind }) => kind === 'referral')!
  expect([letter.organisation, letter.symbol]).toEqual(['Đảng ủy Phường Tân Tạo', 'Số 01-GGT/CB'])
  const words = await wordsOf(wardDeputy, life.id, letter.id)
  expect(words).toContain('ĐẢNG ỦY PHƯỜNG TÂN TẠO THAY ')
  expect(words).not.toContain('T/M CHI ỦY')

  await wardDeputy.ask(life.id, 'sign-referral', A_COMMENT)
  const done = await life.to('completed')
  expect(done.papers.filter(({ complete }) => !complete)).toEqual([])
})

test('a deputy in the cell is enough: the dossier stays there', async () => {
  const { cell, own } = await cellOf('Lý Văn Có Phó', world.places.ward)
  const other = await world.member('Phó Của Lý Văn', cell)
  const deputy = await world.office(other.memberId, other.name, 'cell-deputy-secretary', cell)
  const life = await beginTransfer(world, own)
  await life.attach('decision')
  const sent = await own.ask(life.id, 'submit', { declared: true })
  expect([sent.awaited.organisation?.id, sent.awaited.insteadOf]).toEqual([cell, null])
  expect((await deputy.ask(life.id, 'accept-intake')).status).toBe('cell-review')
})

test('a member who is made secretary of the new cell beforehand is admitted by the committee there', async () => {
  const { destinationDeputy } = world.officers
  const member = await world.member('Lý Thị Đi Trước')
  const cell = await world.database.transaction((write) =>
    addOrganisation(write, 'Chi bộ mới lập', 'cell', world.places.otherWard),
  )
  const office = await world.office(member.memberId, member.name, 'cell-secretary', cell)
  const life = await beginTransfer(world, member, {}, cell)
  await life.to('at-destination')
  const assigned = await destinationDeputy.ask(life.id, 'assign-cell', { cellId: cell })
  expect(whereIs(assigned)).toMatch(/^cell-admission · Đảng ủy Phường Cầu Kiệu/)
  expect((await office.refused(life.id, 'admit', { meetingOn: '2026-09-07' })).code).toBe(
    'transfer.not-yours',
  )
  const done = await destinationDeputy.ask(life.id, 'admit', { meetingOn: '2026-09-07' })
  expect(whereIs(done)).toBe('completed')
  const acceptance = done.papers.find(({ kind }) => kind === 'acceptance')!
  expect(await wordsOf(member, life.id, acceptance.id)).toContain('ĐẢNG ỦY PHƯỜNG CẦU KIỆU THAY ')
})

test('folding a dossier’s events gives its stored state, and whose turn it is, and whom it passes', async () => {
  const dossiers = await foldedDossiers(world)
  expect(dossiers).toHaveLength(3)
  for (const { stored, folded } of dossiers) expect(folded).toEqual(stored)
})
