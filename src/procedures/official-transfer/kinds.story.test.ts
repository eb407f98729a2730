/** Transfers that go another way: inside one ward, of a probationary member, straight between two wards, counted until admission. */
import { PDF } from '@libpdf/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { A_COMMENT, beginTransfer, countsAt, foldedDossiers } from '../../../tests/transfer-life.ts'
import { whereIs, type Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

/** What is printed on the letter of a leg, its line breaks as spaces. */
async function letterWords(reader: Visitor, id: string, hop: number): Promise<string> {
  const { papers } = await reader.sees(id)
  const letter = papers.find((paper) => paper.kind === 'referral' && paper.hop === hop)!
  const { bytes } = await reader.get(`/transfers/${id}/papers/${letter.id}`)
  const pdf = await PDF.load(bytes)
  return pdf
    .getPages()
    .map((page) => page.extractText().text)
    .join(' ')
    .replaceAll(/\s+/g, ' ')
}

test('inside one ward: the ward’s letter leads straight to the cell’s meeting, and the member is counted somewhere all the time', async () => {
  const { wardDeputy, wardClerk, neighbourSecretary, cityChief } = world.officers
  const { cell, neighbour, ward } = world.places
  world.day('2026-09-07', '09:00')
  const member = await world.member('Võ Thị Gần')
  const life = await beginTransfer(world, member, { reason: 'new-unit' }, neighbour)
  const asked = await life.to('cell-review')
  expect(asked).toMatchObject({ kind: 'internal', destination: { name: 'Chi bộ khu phố 10' } })
  expect(asked.hops.map(({ from, to }) => `${from.name} → ${to.name}`)).toEqual([
    'Chi bộ khu phố 3 → Đảng ủy Phường Tân Tạo',
    'Đảng ủy Phường Tân Tạo → Chi bộ khu phố 10',
  ])
  const before = await Promise.all([cell, neighbour, ward].map((id) => countsAt(cityChief, id)))
  await life.to('committee-review', 1)
  await wardDeputy.ask(life.id, 'sign-referral', A_COMMENT)
  await wardClerk.ask(life.id, 'take-number')
  await world.work()
  const sealed = await member.sees(life.id)
  expect(whereIs(sealed)).toBe('cell-admission · Chi bộ khu phố 10 · 17:00 07/10/2026')
  expect(await letterWords(member, life.id, 1)).toMatch(/giấy giới thiệu sinh hoạt đảng nội bộ/i)
  expect(await Promise.all([cell, neighbour, ward].map((id) => countsAt(cityChief, id)))).toEqual(before)

  world.day('2026-09-10', '19:00')
  const done = await neighbourSecretary.ask(life.id, 'admit', { meetingOn: '2026-09-10' })
  expect(whereIs(done)).toBe('completed')
  const [inCell, inNeighbour, inWard] = before.map(([counted]) => counted)
  expect(await Promise.all([cell, neighbour, ward].map((id) => countsAt(cityChief, id)))).toEqual([
    [inCell! - 1, 0],
    [inNeighbour! + 1, 0],
    [inWard!, 0],
  ])
  expect(done.papers.map(({ kind }) => kind)).not.toContain('notice-of-transfer')
  expect((await wardClerk.get('/registers?year=2026')).text).toContain('Võ Thị Gần')
})

test('a cell that declines an internal transfer sends it back to the ward, which undoes it; nobody was uncounted meanwhile', async () => {
  const { wardDeputy, neighbourSecretary, cityChief } = world.officers
  world.day('2026-09-14', '09:00')
  const life = await beginTransfer(world, await world.member('Võ Văn Lui'), {}, world.places.neighbour)
  await life.to('cell-admission')
  const before = await countsAt(cityChief, world.places.cell)
  const reason = { reason: 'Đồng chí không ở khu phố 10.' }
  const back = await neighbourSecretary.ask(life.id, 'return-from-destination', reason)
  expect(whereIs(back)).toBe('destination-returned · Đảng ủy Phường Tân Tạo · 17:00 21/09/2026')
  const undone = await wardDeputy.ask(life.id, 'revert', { ...reason, decisionNumber: '9-QĐ/ĐU' })
  expect(whereIs(undone)).toBe('reverted')
  expect(await countsAt(cityChief, world.places.cell)).toEqual(before)
})

test('a probationary member carries the file of admission and has no card yet', async () => {
  world.day('2026-09-21', '09:00')
  const member = await world.member('Võ Thị Dự Bị', world.places.cell, { officialOn: null })
  const life = await beginTransfer(world, member)
  const done = await life.to('referred')
  expect(done.memberType).toBe('probationary')
  const letter = await letterWords(member, life.id, 2)
  expect(letter).toContain('Hồ sơ kết nạp đảng viên (bản giấy, niêm phong)')
  expect(letter).not.toContain('Thẻ đảng viên')
  await life.to('completed')
})

/** The administrator sets a value from today on, as the settings page does. */
async function set(key: string, value: string, today: string): Promise<void> {
  const [year = '', month = '', day = ''] = today.split('-')
  const validFrom = { 'validFrom-day': day, 'validFrom-month': month, 'validFrom-year': year }
  const fields = { key: `official-transfer.${key}`, value, ...validFrom, reason: 'Thống nhất của Thành ủy' }
  const answer = await world.officers.administrator.form('/settings', fields)
  expect(answer.status, answer.text.slice(0, 300)).toBe(303)
}

test('where the city lets two wards refer straight to each other, the ward’s letter is the last; one under way keeps its way', async () => {
  const { wardDeputy, wardClerk } = world.officers
  world.day('2026-09-28', '09:00')
  const under = await beginTransfer(world, await world.member('Võ Văn Vòng'))
  await under.to('cell-review')
  await set('within-province', 'direct', '2026-09-28')
  const life = await beginTransfer(world, await world.member('Võ Thị Thẳng'))
  const accepted = await life.to('cell-review')
  expect(accepted.hops.map(({ to }) => to.name)).toEqual([
    'Đảng ủy Phường Tân Tạo',
    'Đảng ủy Phường Cầu Kiệu',
  ])
  expect((await under.member.sees(under.id)).hops).toHaveLength(3)
  await life.to('committee-review', 1)
  await wardDeputy.ask(life.id, 'sign-referral', A_COMMENT)
  await wardClerk.ask(life.id, 'take-number')
  await world.work()
  expect(whereIs(await life.member.sees(life.id))).toMatch(/^referred · Đảng ủy Phường Tân Tạo/)
  const done = await life.to('completed')
  expect(done.papers.filter(({ kind }) => kind === 'notice-of-transfer')).toHaveLength(1)
})

test('where the origin counts until admission, nobody is on the way in any count', async () => {
  const { cityChief } = world.officers
  const { cell, otherCell } = world.places
  world.day('2026-10-05', '09:00')
  await set('counted-until', 'admission', '2026-10-05')
  const life = await beginTransfer(world, await world.member('Võ Văn Còn'))
  const before = await Promise.all([cell, otherCell].map((id) => countsAt(cityChief, id)))
  await life.to('cell-admission')
  expect(await Promise.all([cell, otherCell].map((id) => countsAt(cityChief, id)))).toEqual(before)
  await life.to('completed')
  const [from, to] = before.map(([counted]) => counted)
  expect(await Promise.all([cell, otherCell].map((id) => countsAt(cityChief, id)))).toEqual([
    [from! - 1, 0],
    [to! + 1, 0],
  ])
})

test('the armed forces, abroad and one’s own cell are refused by name when the request is sent', async () => {
  world.day('2026-10-12', '09:00')
  const { city, otherWard, cell } = world.places
  await world.change(`update organisation_period set armed_forces = true where organisation_id = $1`, [
    world.places.foreignWard,
  ])
  await world.change(`update organisation_period set abroad = true where organisation_id = $1`, [
    world.places.thirdWard,
  ])
  for (const [destination, code] of [
    [world.places.foreignCell, 'transfer.armed-forces'],
    [world.places.thirdWard, 'transfer.abroad'],
    [cell, 'transfer.same-cell'],
    [city, 'transfer.no-grassroots'],
  ] as const) {
    const life = await beginTransfer(world, await world.member('Võ Thị Nơi Khác'), {}, destination)
    await life.attach('decision')
    expect(await life.member.refused(life.id, 'submit', { declared: true }), code).toMatchObject({
      status: 422,
      code,
    })
  }
  // A ward may be named without its cell: its committee finds one.
  const life = await beginTransfer(world, await world.member('Võ Văn Phường'), {}, otherWard)
  expect((await life.to('received')).status).toBe('received')
})

test('folding a dossier’s events gives its stored state, and whose turn it is, and whom it passes', async () => {
  const dossiers = await foldedDossiers(world)
  expect(dossiers.length).toBeGreaterThan(5)
  for (const { stored, folded } of dossiers) expect(folded).toEqual(stored)
})
