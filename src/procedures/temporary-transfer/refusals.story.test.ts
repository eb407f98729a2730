/** What a temporary stay does not allow, and the other ways in which it ends: through the front door. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aStay, beginStay, foldedStay } from '../../../tests/stay-life.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-09-01', '09:00')
})
afterAll(() => world.close())

const submitted = { declared: true }

test('two months are too short, twelve too long, and study may last twenty-four', async () => {
  const short = await beginStay(world, await world.member('Trần Văn Ngắn'), { to: '2026-10-31' })
  expect(await short.refused(short.member, 'submit', submitted)).toBe('temporary.too-short')
  await short.ask(short.member, 'save-draft', { to: '2026-11-30' })
  expect((await short.ask(short.member, 'submit', submitted)).status).toBe('cell-review')

  const long = await beginStay(world, await world.member('Trần Văn Dài'), { to: '2027-08-31' })
  expect(await long.refused(long.member, 'submit', submitted)).toBe('temporary.too-long')
  await long.ask(long.member, 'save-draft', { case: 'study', to: '2028-09-01' })
  expect(await long.refused(long.member, 'submit', submitted)).toBe('temporary.study-too-long')
  await long.ask(long.member, 'save-draft', { to: '2028-08-31' })
  expect((await long.ask(long.member, 'submit', submitted)).status).toBe('cell-review')
})

test('a second stay is refused while one is open, and the page says what to do', async () => {
  const life = await beginStay(world, await world.member('Lê Thị Hai Lần'))
  const second = { commandId: randomUUID(), ...aStay(world) }
  const answer = await life.member.post(`/api/v1/temporary-transfers/${randomUUID()}/save-draft`, second)
  expect(answer.code).toBe('temporary.already-open')
  const begun = { dossierId: randomUUID(), commandId: randomUUID() }
  const form = await life.member.form('/temporary-transfers/begin', begun)
  expect(form.headers.get('location')).toBe(`/temporary-transfers/${life.id}`)
  // Withdrawn, it is out of the way.
  await life.ask(life.member, 'withdraw', { reason: 'Thôi không đi.' })
  const again = await life.member.post(`/api/v1/temporary-transfers/${randomUUID()}/save-draft`, second)
  expect(again.status).toBe(200)
})

test('an extension beyond the maximum of the case is refused, and so is one after the last day', async () => {
  const life = await beginStay(world, await world.member('Phạm Văn Gia Hạn'))
  await life.to('active')
  const { destinationDeputy } = world.officers
  const beyond = { until: '2027-08-31', reason: 'Việc chưa xong.' }
  expect(await life.refused(life.member, 'ask-extension', beyond)).toBe('temporary.too-long')
  const same = { until: '2027-02-28', reason: 'Việc chưa xong.' }
  expect(await life.refused(life.member, 'ask-extension', same)).toBe('temporary.extension-not-later')
  await life.ask(life.member, 'ask-extension', { ...beyond, until: '2027-08-30' })
  const refused = await life.ask(destinationDeputy, 'refuse-extension', { reason: 'Đã đủ người.' })
  expect(refused).toMatchObject({ status: 'active', until: '2027-02-28' })

  // Nobody came home: the flag has an owner, who can call the member back; nothing is asked twice.
  world.day('2027-03-01', '09:00')
  await world.sweep()
  await world.sweep()
  const over = await life.sees()
  expect(over).toMatchObject({ status: 'expired', awaited: { organisation: { id: world.places.cell } } })
  expect(over.timeline.filter(({ type }) => type === 'stay-expired')).toHaveLength(1)
  expect((await life.sees()).actions.map(({ command }) => command)).not.toContain('ask-extension')
  const done = await life.ask(world.officers.cellSecretary, 'recall', { reason: 'Đã hết hạn, gọi về.' })
  expect(done.status).toBe('completed')
  world.day('2026-09-01', '09:00')
})

test('made official, the stay closes and an official transfer waits for the member', async () => {
  const life = await beginStay(world, await world.member('Võ Thị Ở Lại'))
  await life.to('active')
  expect((await life.ask(life.member, 'convert', { reason: 'Ở lại làm việc lâu dài.' })).status).toBe(
    'converted',
  )
  await world.work()
  await world.work()
  const { dossiers } = await life.member.read<{
    dossiers: { id: string; procedure: string; isOpen: boolean }[]
  }>('/api/v1/dossiers?queue=own')
  const open = dossiers.filter(({ id }) => id !== life.id)
  expect(open).toHaveLength(1)
  const official = await life.member.sees(open[0]!.id)
  expect(official).toMatchObject({ status: 'draft', destination: { id: world.places.otherCell } })
  expect(await life.member.notices()).toContain(
    'Hồ sơ chuyển sinh hoạt chính thức đã mở sẵn cho đồng chí. Mời đồng chí viết tiếp và gửi.',
  )
})

test('who dies or leaves ends the stay by the next sweep, at whatever step', async () => {
  const stays = [
    [await beginStay(world, await world.member('Đỗ Văn Mất')), 'active', 'deceased', 'died'],
    [await beginStay(world, await world.member('Đỗ Văn Đi')), 'committee-review', 'left', 'left'],
  ] as const
  for (const [life, step, standing] of stays) {
    await life.to(step)
    await world.change('update member set standing = $1 where id = $2', [standing, life.member.memberId])
  }
  await world.sweep()
  for (const [life, , , ending] of stays) {
    const { stored, folded } = await foldedStay(world, life.id)
    expect(stored).toMatchObject({ status: 'ended', ending })
    expect(folded).toEqual(stored)
  }
})

test('an officer begins it for a member of the cell, and then does not handle it', async () => {
  const { cellSecretary, cellDeputy, strangerDeputy } = world.officers
  const member = await world.member('Bùi Thị Không Mạng')
  const begin = { dossierId: randomUUID(), commandId: randomUUID(), memberId: member.memberId }
  expect((await strangerDeputy.form('/temporary-transfers/begin-for', begin)).status).toBe(404)
  const begun = await cellSecretary.form('/temporary-transfers/begin-for', begin)
  expect(begun.headers.get('location')).toBe(`/temporary-transfers/${begin.dossierId}/request/case`)
  expect((await cellSecretary.get(begun.headers.get('location')!)).text).toContain('Bước 1 / 6')

  const answers = { ...aStay(world), commandId: randomUUID() }
  const at = `/api/v1/temporary-transfers/${begin.dossierId}`
  expect((await cellSecretary.post(`${at}/save-draft`, answers)).status).toBe(200)
  const pdf = await import('../../../tests/transfer-life.ts').then(({ aDecision }) => aDecision())
  const fields = { commandId: randomUUID(), confidentiality: 'NON_SECRET' }
  expect((await cellSecretary.upload(`${at}/files`, fields, pdf)).status).toBe(200)
  const send = await cellSecretary.post(`${at}/submit`, { commandId: randomUUID(), ...submitted })
  expect(send.status).toBe(200)
  const comment = { meetingOn: '2026-09-01', comment: 'Nhất trí.', feesPaidThrough: '2026-09' }
  const own = await cellSecretary.post(`${at}/comment`, { commandId: randomUUID(), ...comment })
  expect(own.code).toBe('temporary.own-dossier')
  const other = await cellDeputy.post(`${at}/comment`, { commandId: randomUUID(), ...comment })
  expect(other.status).toBe(200)
})

test('a secret document is refused unread, and the guided steps keep what was written', async () => {
  const member = await world.member('Hồ Thị Từng Bước')
  const begin = { dossierId: randomUUID(), commandId: randomUUID() }
  await member.form('/temporary-transfers/begin', begin)
  const at = `/temporary-transfers/${begin.dossierId}`
  const saved = await member.form(`${at}/save-draft`, {
    commandId: randomUUID(),
    step: 'case',
    case: 'work',
    reason: 'Biệt phái.',
    'from-day': '1',
    'from-month': '9',
    'from-year': '2026',
  })
  expect(saved.headers.get('location')).toBe(`${at}/request/host?after=case`)
  const wrong = await member.form(`${at}/save-draft`, {
    commandId: randomUUID(),
    step: 'decision',
    decisionIssuer: 'Sở Nội vụ',
    'decisionIssuedOn-day': '31',
    'decisionIssuedOn-month': '2',
    'decisionIssuedOn-year': '2026',
  })
  expect(wrong.status).toBe(400)
  expect(wrong.text).toContain('Sở Nội vụ')
  const found = await member.get(`${at}/request/host?q=cau%20kieu`)
  expect(found.text).toContain('Cầu Kiệu')
  const secret = { commandId: randomUUID(), confidentiality: 'SECRET' }
  const pdf = { name: 'a.pdf', type: 'application/pdf', bytes: new Uint8Array([1, 2, 3]) }
  expect((await member.upload(`/api/v1${at}/files`, secret, pdf)).code).toBe('temporary.file-secret')
  const check = await member.get(`${at}/request/check`)
  expect(check.text).toContain('Còn thiếu')
})

test('a step that lacks something comes back with what was written and the words at its field', async () => {
  const member = await world.member('Hồ Thị Hỏi Lại')
  const begin = { dossierId: randomUUID(), commandId: randomUUID() }
  await member.form('/temporary-transfers/begin', begin)
  const at = `/temporary-transfers/${begin.dossierId}`
  const saveCase = async (to: { day: string; month: string; year: string }) => {
    const saved = await member.form(`${at}/save-draft`, {
      commandId: randomUUID(),
      step: 'case',
      case: 'work',
      reason: 'Biệt phái về trung tâm.',
      'from-day': '1',
      'from-month': '9',
      'from-year': '2026',
      'to-day': to.day,
      'to-month': to.month,
      'to-year': to.year,
    })
    return member.get(saved.headers.get('location')!)
  }
  const short = await saveCase({ day: '20', month: '10', year: '2026' })
  expect(short.headers.get('location')).toBe(`${at}/request/case?again=yes`)
  const again = await member.get(`${at}/request/case?again=yes`)
  for (const said of ['Biệt phái về trung tâm.', 'href="#field-to"', 'Dưới 3 tháng', '294-QĐ/TW'])
    expect(again.text).toContain(said)
  const before = await saveCase({ day: '1', month: '8', year: '2026' })
  expect(before.headers.get('location')).toBe(`${at}/request/case?again=yes`)
  const long = await saveCase({ day: '30', month: '9', year: '2027' })
  expect(long.headers.get('location')).toBe(`${at}/request/case?again=yes`)
  const fits = await saveCase({ day: '28', month: '2', year: '2027' })
  expect([fits.status, fits.text.includes('Bước 2 / 6')]).toEqual([200, true])
  // From the look through a step leads back there; without what is missing nothing can be sent.
  const check = await member.get(`${at}/request/check`)
  expect(check.text).toContain(`${at}/request/review?back=check#field-phone`)
  expect(check.text).not.toContain(`action="${at}/submit"`)
  // One's own grassroots organisation is not offered: nobody is referred temporarily inside it.
  expect((await member.get(`${at}/request/host?q=tan%20tao`)).text).not.toContain('name="hostId"')
})
