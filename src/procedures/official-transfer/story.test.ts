/** The happy life of an official transfer: from the evening a member sends it to the meeting that admits them, day by day. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { A_COMMENT, aReview, beginTransfer, countsAt, foldedDossiers } from '../../../tests/transfer-life.ts'
import { whereIs, type Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import type { TransferView } from './contract.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

/** How many are counted at the origin's cell and ward, at the destination, and in the whole city; and on the way. */
async function counted() {
  const { cityChief } = world.officers
  const { cell, ward, otherCell, otherWard, city } = world.places
  const [fromCell, fromWard, toCell, toWard, all] = await Promise.all(
    [cell, ward, otherCell, otherWard, city].map((id) => countsAt(cityChief, id)),
  )
  return { fromCell, fromWard, toCell, toWard, all }
}

test('a member moves from a cell of one ward to a cell of another, over weekends and a holiday, and is lost sight of by nobody', async () => {
  const { officers, places } = world
  const { cellSecretary, wardDeputy, wardClerk, commissionDeputy, commissionClerk } = officers
  const { destinationDeputy, destinationSecretary } = officers
  const member = await world.member('Nguyễn Thị Chuyển')
  await world.member('Trần Văn Ở Lại')
  const before = await counted()
  const [inCity] = before.all!
  expect(before).toMatchObject({ fromCell: [2, 0], toCell: [0, 0] })

  // Thursday evening: received at once by the system, the cell's eight hours begin on Friday morning.
  world.day('2026-08-27', '20:30')
  const life = await beginTransfer(world, member)
  await life.attach('decision')
  const sent = await member.ask(life.id, 'submit', { declared: true })
  expect(whereIs(sent)).toBe('received · Chi bộ khu phố 3 · 17:00 28/08/2026')
  expect(sent.number).toBe('79.021-2026-000001')
  await world.work()
  expect(await member.notices()).toEqual([
    'Hồ sơ chuyển sinh hoạt của đồng chí đã được tiếp nhận. Chi bộ đang kiểm tra. Hạn: 17:00 28/08/2026.',
  ])
  expect(await cellSecretary.notices()).toEqual(['Có hồ sơ mới cần kiểm tra. Hạn: 17:00 28/08/2026.'])
  expect(await queuesOf(life.id, { cellSecretary, wardDeputy, commissionDeputy, destinationDeputy })).toEqual(
    {
      cellSecretary: 'todo',
    },
  )

  // Friday: five working days from now pass over a weekend, and over the holiday of 1 and 2 September.
  world.day('2026-08-28', '09:00')
  const accepted = await cellSecretary.ask(life.id, 'accept-intake')
  expect(whereIs(accepted)).toBe('cell-review · Chi bộ khu phố 3 · 17:00 08/09/2026')
  expect(accepted.hops.map(({ from, to }) => [from.name, to.name])).toEqual([
    ['Chi bộ khu phố 3', 'Đảng ủy Phường Tân Tạo'],
    ['Đảng ủy Phường Tân Tạo', 'Ban Tổ chức Thành ủy'],
    ['Ban Tổ chức Thành ủy', 'Đảng ủy Phường Cầu Kiệu'],
  ])
  expect(await queuesOf(life.id, { cellSecretary, wardDeputy, commissionDeputy, destinationDeputy })).toEqual(
    {
      cellSecretary: 'todo',
      wardDeputy: 'coming',
      commissionDeputy: 'coming',
      destinationDeputy: 'coming',
    },
  )

  // Monday: the cell meets. It has no seal, so its letter is numbered with the signature.
  world.day('2026-08-31', '19:00')
  const byCell = await cellSecretary.ask(life.id, 'sign-referral', aReview(world))
  expect(whereIs(byCell)).toBe('committee-review · Đảng ủy Phường Tân Tạo · 17:00 09/09/2026')
  expect(byCell.hops[0]).toMatchObject({ standing: 'done', symbol: 'Số 01-GGT/CB', issuedOn: '2026-08-31' })
  expect(await wardDeputy.notices()).toEqual(['Một giấy giới thiệu chờ ký. Hạn: 17:00 09/09/2026.'])

  // Thursday after the holiday: the ward signs; Friday its clerk numbers and seals.
  world.day('2026-09-03', '15:00')
  const byWard = await wardDeputy.ask(life.id, 'sign-referral', A_COMMENT)
  expect(whereIs(byWard)).toBe('numbering · Đảng ủy Phường Tân Tạo · 17:00 04/09/2026')
  world.day('2026-09-04', '10:00')
  const numbered = await wardClerk.ask(life.id, 'take-number')
  expect(whereIs(numbered)).toMatch(/^sealing · Đảng ủy Phường Tân Tạo/)
  await world.work()
  const sealed = await member.sees(life.id)
  expect(whereIs(sealed)).toBe('committee-review · Ban Tổ chức Thành ủy · 17:00 11/09/2026')
  expect(await counted()).toEqual(before)

  // The commission refers beyond the ward: from here on the member is counted nowhere, and on the way everywhere above.
  world.day('2026-09-07', '11:00')
  await commissionDeputy.ask(life.id, 'sign-referral')
  world.day('2026-09-08', '08:15')
  await commissionClerk.ask(life.id, 'take-number')
  await world.work()
  const referred = await member.sees(life.id)
  expect(whereIs(referred)).toBe('referred · Đảng ủy Phường Tân Tạo · 17:00 09/09/2026')
  expect(referred).toMatchObject({ referredOn: '2026-09-08', presentBy: '2026-10-20' })
  const onTheWay = await counted()
  expect(onTheWay).toMatchObject({ fromCell: [1, 1], toCell: [0, 0], all: [inCity! - 1, 1] })
  expect(onTheWay.fromWard).toEqual([before.fromWard![0]! - 1, 1])

  world.day('2026-09-09', '14:00')
  const handed = { sealNumber: 'NP-0117', handedOn: '2026-09-09' }
  const carried = await wardClerk.ask(life.id, 'hand-over-file', handed)
  expect(whereIs(carried)).toBe('in-transit · đảng viên · 17:00 20/10/2026')
  expect(await queuesOf(life.id, { wardClerk, destinationDeputy })).toEqual({
    wardClerk: 'waiting',
    destinationDeputy: 'coming',
  })

  // Monday: presented; the ward looks for a cell, the cell meets ten days later.
  world.day('2026-09-14', '09:20')
  const received = await destinationDeputy.ask(life.id, 'receive', {
    receivedOn: '2026-09-14',
    sealIntact: true,
  })
  expect(whereIs(received)).toBe('at-destination · Đảng ủy Phường Cầu Kiệu · 17:00 21/09/2026')
  expect(received.custody).toEqual({
    ...handed,
    receivedOn: '2026-09-14',
    sealIntact: true,
    exception: null,
  })
  world.day('2026-09-15', '09:00')
  const assigned = await destinationDeputy.ask(life.id, 'assign-cell', { cellId: places.otherCell })
  expect(whereIs(assigned)).toBe('cell-admission · Chi bộ khu phố 3 · 17:00 15/10/2026')
  expect(await counted()).toEqual(onTheWay)
  world.day('2026-09-25', '19:30')
  const done = await destinationSecretary.ask(life.id, 'admit', { meetingOn: '2026-09-25' })
  expect(whereIs(done)).toBe('completed')
  expect(await counted()).toEqual({
    ...before,
    fromCell: [1, 0],
    fromWard: [before.fromWard![0]! - 1, 0],
    toCell: [1, 0],
    toWard: [1, 0],
  })

  for (const told of [cellSecretary, wardDeputy, destinationDeputy])
    expect((await told.notices(life.id))[0], told.name).toBe(
      'Một đảng viên đã được chi bộ nơi đến tiếp nhận. Việc chuyển sinh hoạt đã xong.',
    )
  await theWayIsTold(await member.sees(life.id))
  await thePapersAreWhole(life.id, member)
  await theRegistersAreKept()
  expect(await member.notices()).toEqual(
    expect.arrayContaining([
      'Giấy giới thiệu của đồng chí đã hoàn thành. Chờ nhận hồ sơ giấy niêm phong để mang đến nơi mới.',
      'Đồng chí đã nhận hồ sơ giấy niêm phong. Mang đến nơi mới cùng thẻ đảng viên. Hạn: 17:00 20/10/2026.',
      'Nơi đến đã nhận hồ sơ của đồng chí và đang phân về chi bộ.',
      'Chi bộ mới đã họp tiếp nhận đồng chí. Thủ tục hoàn thành.',
    ]),
  )
})

/** Which queue of each office the dossier lies in; offices that do not have it are left out. */
async function queuesOf(id: string, offices: Readonly<Record<string, Visitor>>) {
  const found: Record<string, string> = {}
  for (const [name, office] of Object.entries(offices))
    for (const queue of ['todo', 'waiting', 'coming'] as const)
      if ((await office.queue(queue)).includes(id))
        found[name] = [found[name], queue].filter(Boolean).join(' ')
  return found
}

async function theWayIsTold({ timeline }: TransferView) {
  expect(timeline.map(({ type, position, organisation }) => [type, position, organisation])).toEqual([
    ['transfer-drafted', null, null],
    ['file-attached', null, null],
    ['transfer-submitted', null, null],
    ['transfer-received', null, null],
    ['intake-accepted', 'Bí thư chi bộ', 'Chi bộ khu phố 3'],
    ['referral-signed', 'Bí thư chi bộ', 'Chi bộ khu phố 3'],
    ['referral-signed', 'Phó Bí thư Đảng ủy', 'Đảng bộ Phường Tân Tạo'],
    ['number-taken', 'Văn thư Văn phòng Đảng ủy', 'Đảng bộ Phường Tân Tạo'],
    ['referral-sealed', null, null],
    ['referral-signed', 'Phó Trưởng Ban Tổ chức', 'Ban Tổ chức Thành ủy'],
    ['number-taken', 'Văn thư Ban Tổ chức', 'Ban Tổ chức Thành ủy'],
    ['referral-sealed', null, null],
    ['transfer-referred', null, null],
    ['file-handed-over', 'Văn thư Văn phòng Đảng ủy', 'Đảng bộ Phường Tân Tạo'],
    ['received-at-destination', 'Phó Bí thư Đảng ủy', 'Đảng bộ Phường Cầu Kiệu'],
    ['cell-assigned', 'Phó Bí thư Đảng ủy', 'Đảng bộ Phường Cầu Kiệu'],
    ['member-admitted', 'Bí thư chi bộ', 'Chi bộ khu phố 3'],
  ])
}

/** Each paper is whole when anybody checks its file, and its public page says nothing of the member. */
async function thePapersAreWhole(id: string, member: Visitor) {
  const { papers } = await member.sees(id)
  expect(papers.map(({ kind, symbol, signatures }) => [kind, symbol, signatures])).toEqual([
    ['transfer-request', null, 1],
    ['referral', 'Số 01-GGT/CB', 1],
    ['self-review', null, 1],
    ['referral', 'Số 01-GGT/ĐU', 2],
    ['self-review-confirmed', null, 2],
    ['notice-of-transfer', 'Số 01-PB/BTCTU', 2],
    ['referral', 'Số 01-GGT/BTCTU', 2],
    ['acceptance', 'Số 01-TB/CB', 1],
  ])
  for (const { id: paperId, kind, verify } of papers) {
    const file = await member.get(`/transfers/${id}/papers/${paperId}`)
    expect(file.status, kind).toBe(200)
    const checked = await member.upload(
      '/api/v1/verify',
      {},
      { name: 'a.pdf', type: 'application/pdf', bytes: file.bytes },
    )
    expect(checked.json(), kind).toMatchObject({ result: 'ours', problems: [], test: true })
    const page = await member.get(verify)
    expect(page.text, kind).toContain('Còn hiệu lực')
    expect(page.text.split('<main')[1], kind).not.toContain('Chuyển')
  }
}

/** Each side's register has its line, on the page, in the sealed extract and in the workbook. */
async function theRegistersAreKept() {
  const { wardClerk, destinationClerk, commissionClerk } = world.officers
  const sides = [
    [wardClerk, ['Nguyễn Thị Chuyển', '01-GGT/ĐU', 'Giới thiệu đi']],
    [commissionClerk, ['Nguyễn Thị Chuyển', '01-GGT/BTCTU', 'Giới thiệu đi']],
    [destinationClerk, ['Nguyễn Thị Chuyển', '01-GGT/BTCTU', 'Tiếp nhận']],
  ] as const
  for (const [clerk, words] of sides) {
    const page = await clerk.get('/registers?year=2026')
    for (const word of words) expect(page.text, clerk.name).toContain(word)
    expect((await clerk.get('/registers/2026.xlsx')).bytes.length).toBeGreaterThan(2000)
    const pdf = await clerk.get('/registers/2026.pdf')
    const file = { name: 'a.pdf', type: 'application/pdf', bytes: pdf.bytes }
    expect((await clerk.upload('/api/v1/verify', {}, file)).json(), clerk.name).toMatchObject({
      result: 'ours',
    })
  }
}

test('folding a dossier’s events gives its stored state, and whose turn it is, and whom it passes', async () => {
  const dossiers = await foldedDossiers(world)
  expect(dossiers.length).toBeGreaterThan(0)
  for (const { stored, folded } of dossiers) expect(folded).toEqual(stored)
})
