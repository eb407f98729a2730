/** What a stranger would try on a temporary stay: drafts nobody was told of, hostile words and dates, a member who moves meanwhile, silence. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aStay, beginStay, foldedStay, type StayLife } from '../../../tests/stay-life.ts'
import { stayPaper } from '../../../tests/stay-papers.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import { todayIn } from '../../kernel/plain-date.ts'
import { admitTo, startTransit } from '../../registry/members/memberships.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-09-01', '09:00')
})
afterAll(() => world.close())

const page = (life: StayLife) => `/temporary-transfers/${life.id}`

test('a draft that is given up, or whose writer leaves the Party, stays as unknown to others as it was', async () => {
  const { cellSecretary, wardDeputy } = world.officers
  const givenUp = await beginStay(world, await world.member('Trần Thị Thôi'))
  const told = (await cellSecretary.notices()).length
  await givenUp.ask(givenUp.member, 'withdraw', { reason: 'Thôi không đi.' })
  const left = await beginStay(world, await world.member('Trần Văn Rời'))
  await world.change("update member set standing = 'left' where id = $1", [left.member.memberId])
  await world.sweep()
  expect((await foldedStay(world, left.id)).stored.status).toBe('ended')
  for (const life of [givenUp, left])
    for (const officer of [cellSecretary, wardDeputy]) {
      expect((await officer.get(page(life))).status, officer.name).toBe(404)
      expect(await life.refused(officer, 'withdraw', { reason: 'x' })).toBe('dossier.unknown')
    }
  expect((await cellSecretary.notices()).length).toBe(told)
  expect((await givenUp.sees()).status).toBe('withdrawn')
})

test('hostile words are written plainly, hostile days are refused, and the draft can always be opened', async () => {
  const life = await beginStay(world, await world.member('Lê Thị Chữ'))
  const turned = 'Biệt phái\u202e gnàođ\u2066 \u0007một\nhai <script>=CMD()'
  await life.ask(life.member, 'save-draft', { reason: turned })
  expect((await life.sees()).answers.reason).toBe('Biệt phái gnàođ một\nhai <script>=CMD()')
  const shown = (await life.member.get(`${page(life)}/request/case`)).text
  expect(shown).not.toContain('<script>=')
  for (const from of ['9999-12-31', '0001-01-01', '2300-01-01'])
    expect(await life.refused(life.member, 'save-draft', { from }), from).toBe('request.invalid')
  expect((await life.sees()).status).toBe('draft')
})

test('a file whose name is long and full of signs is kept and fetched', async () => {
  const life = await beginStay(world, await world.member('Lê Văn Tệp'))
  const { aDecision } = await import('../../../tests/transfer-life.ts')
  const fields = { commandId: randomUUID(), confidentiality: 'NON_SECRET' }
  const named = { ...(await aDecision()), name: `${'📄'.repeat(120)}\u202efdp.pdf` }
  const answer = await life.member.upload(`/api/v1${page(life)}/files`, fields, named)
  expect(answer.status, answer.text).toBe(200)
  const file = (await life.sees()).files.at(-1)!
  expect(file.name).not.toContain('\u202e')
  expect((await life.member.get(`${page(life)}/files/${file.id}`)).status).toBe(200)
})

test('that a secret document was handed in is kept, and nothing else of it', async () => {
  const life = await beginStay(world, await world.member('Lê Thị Mật'))
  const pdf = { name: 'a.pdf', type: 'application/pdf', bytes: new Uint8Array([1, 2, 3]) }
  const fields = { commandId: randomUUID(), confidentiality: 'TUYET_MAT' }
  expect((await life.member.upload(`/api/v1${page(life)}/files`, fields, pdf)).code).toBe(
    'temporary.file-secret',
  )
  const { rows } = await world.change('select confidentiality from refused_upload where member_id = $1', [
    life.member.memberId,
  ])
  expect(rows).toEqual([{ confidentiality: 'TUYET_MAT' }])
})

test('whoever acts for a member in other affairs learns nothing of a stay by beginning one', async () => {
  const { member } = await beginStay(world, await world.member('Võ Thị Ủy Quyền'))
  const delegate = await world.member('Võ Văn Thay')
  const grantId = randomUUID()
  await world.change(
    `insert into delegation (id, delegator_id, delegate_member_id, procedures, valid_from, valid_to, form, basis, granted_at,
                             signed_in_at)
     values ($1, $2, $3, array['official-transfer'], '2026-01-01', '2027-12-31', 'written', 'Giấy ủy quyền', now(), now())`,
    [grantId, member.memberId, delegate.memberId],
  )
  const acting = await world.signIn(delegate, { officeId: null, grantId })
  expect((await acting.get('/temporary-transfers/begin')).status).toBe(403)
})

test('who is on the way to another cell is counted nowhere and begins or sends no stay', async () => {
  const life = await beginStay(world, await world.member('Hồ Thị Đang Đi'))
  const other = await world.member('Hồ Văn Đang Đi')
  for (const { memberId } of [life.member, other])
    await world.change(
      "update membership set standing = 'in-transit' where member_id = $1 and until is null",
      [memberId],
    )
  expect(await life.refused(life.member, 'submit', { declared: true })).toBe('temporary.not-active')
  const begin = { commandId: randomUUID(), ...aStay(world) }
  const answer = await other.post(`/api/v1/temporary-transfers/${randomUUID()}/save-draft`, begin)
  expect(answer.code).toBe('temporary.not-active')
})

/** Counted in another cell from today on, as an official transfer leaves it. */
async function moves(
  memberId: string,
  organisationId: string,
  from: string = world.places.cell,
): Promise<void> {
  await world.database.transaction(async (write) => {
    const move = { memberId, on: todayIn(world.now()), reason: 'chuyển chính thức', dossierId: null }
    await startTransit(write, { ...move, originId: from })
    await admitTo(write, { ...move, organisationId })
  })
}
const stored = async (life: StayLife) => (await foldedStay(world, life.id)).stored

test('who moves officially under another committee is lent out no more; under another cell of the same one the stay goes on', async () => {
  const { neighbour, foreignCell } = world.places
  const away = await beginStay(world, await world.member('Bùi Văn Chuyển Hẳn'))
  await away.to('active')
  const waiting = await beginStay(world, await world.member('Bùi Thị Chưa Đến'))
  await waiting.to('host-admission')
  const near = await beginStay(world, await world.member('Bùi Văn Chi Bộ Bên'))
  await near.to('active')
  const draft = await beginStay(world, await world.member('Bùi Thị Còn Viết'))
  for (const life of [away, waiting, draft]) await moves(life.member.memberId, foreignCell)
  await moves(near.member.memberId, neighbour)
  await world.sweep()
  await world.sweep()
  expect(await stored(away)).toMatchObject({ status: 'ended', ending: 'moved' })
  expect(await away.member.notices()).toContain(
    'Một hồ sơ sinh hoạt tạm thời đã kết thúc. Lý do ghi trong hồ sơ.',
  )
  // The letter of one who never came is void, and the public page tells nothing of why.
  expect(await stored(waiting)).toMatchObject({ status: 'ended' })
  const { verify } = await stayPaper(waiting, 'temporary-referral', 1)
  const told = await waiting.member.get(`/api/v1${verify}`)
  expect(told.json<{ standing: string }>().standing).toBe('voided')
  expect(told.text).not.toContain('chuyển')
  expect(await stored(near)).toMatchObject({ status: 'active', origin: [{ id: neighbour }, {}, {}] })
  await near.ask(world.officers.destinationSecretary, 'write-return', {
    leftOn: '2026-09-01',
    comment: 'Tốt.',
    feesPaidThrough: '2026-09',
  })
  expect((await near.ask(world.officers.neighbourSecretary, 'record-return')).status).toBe('completed')
  // A draft is its writer's, wherever they are: it is sent from there.
  expect((await draft.ask(draft.member, 'submit', { declared: true })).origin.cell.id).toBe(foreignCell)
})

test('an office whose member came under another one sends nothing of theirs any more', async () => {
  const { cellSecretary } = world.officers
  const { memberId } = await world.member('Bùi Văn Nhờ Viết')
  const begin = { dossierId: randomUUID(), commandId: randomUUID(), memberId }
  await cellSecretary.form('/temporary-transfers/begin-for', begin)
  const at = `/api/v1/temporary-transfers/${begin.dossierId}`
  await cellSecretary.post(`${at}/save-draft`, { commandId: randomUUID(), ...aStay(world) })
  await moves(memberId, world.places.foreignCell)
  const send = await cellSecretary.post(`${at}/submit`, { commandId: randomUUID(), declared: true })
  expect(send.code).toBe('temporary.not-yours')
  // The member, whose it is, goes on with it: what is still missing is all that stands in the way.
  const own = await world.signIn({ name: 'Bùi Văn Nhờ Viết', memberId })
  expect((await own.post(`${at}/submit`, { commandId: randomUUID(), declared: true })).code).toBe(
    'temporary.incomplete',
  )
  await world.sweep()
  expect((await cellSecretary.get(`/temporary-transfers/${begin.dossierId}`)).status).toBe(404)
})

test('what is missing is said in eight working hours; a request nobody mends is reminded of, then closed', async () => {
  const { cellSecretary, wardDeputy } = world.officers
  world.day('2026-09-07', '09:00')
  const life = await beginStay(world, await world.member('Đinh Thị Thiếu Giấy'))
  await life.ask(life.member, 'submit', { declared: true })
  expect((await life.sees()).askBy).toBe('2026-09-08T02:00:00.000Z')
  expect((await cellSecretary.get(page(life))).text).toContain('338-QĐ/TW, Điều 14')
  world.day('2026-09-08', '09:01')
  await life.ask(cellSecretary, 'send-back', { reason: 'Thiếu quyết định' })
  expect((await wardDeputy.notices()).filter((each) => each.includes('8 giờ làm việc'))).toHaveLength(1)
  const reminded = async () => (await life.member.notices()).filter((each) => each.includes('đã quá hạn'))
  world.day('2026-09-22', '10:00')
  await world.sweep()
  expect(await reminded()).toEqual([])
  world.day('2026-09-23', '09:00')
  await world.sweep()
  await world.sweep()
  expect(await reminded()).toHaveLength(1)
  world.day('2026-10-06', '09:00')
  await world.sweep()
  expect((await stored(life)).status).toBe('sent-back')
  world.day('2026-10-07', '09:00')
  await world.sweep()
  await world.sweep()
  expect(await stored(life)).toMatchObject({ status: 'ended', ending: 'unanswered' })
  // Nothing of it is lost, and a new request may be made at once.
  expect((await life.sees()).answers.reason).toContain('Biệt phái')
  const again = { commandId: randomUUID(), ...aStay(world) }
  expect(
    (await life.member.post(`/api/v1/temporary-transfers/${randomUUID()}/save-draft`, again)).status,
  ).toBe(200)
  world.day('2026-09-01', '09:00')
})

test('an extension nobody answers keeps the stay from running out only as long as it is in time', async () => {
  const { cellSecretary, destinationSecretary } = world.officers
  const life = await beginStay(world, await world.member('Đinh Văn Không Ai Trả Lời'))
  await life.to('active')
  world.day('2027-02-26', '09:00')
  await life.ask(destinationSecretary, 'ask-extension', { until: '2027-05-31', reason: 'Việc chưa xong.' })
  // Asked by the host cell, it is known to the member.
  expect((await life.member.notices()).some((each) => each.includes('xin gia hạn'))).toBe(true)
  world.day('2027-03-01', '09:00')
  await world.sweep()
  expect((await stored(life)).status).toBe('extension-asked')
  world.day('2027-03-08', '09:00')
  await world.sweep()
  await world.sweep()
  const view = await life.sees(cellSecretary)
  expect(view).toMatchObject({ status: 'expired', awaited: { organisation: { id: world.places.cell } } })
  expect(view.timeline.filter(({ type }) => type === 'stay-expired')).toHaveLength(1)
  expect((await cellSecretary.get(page(life))).text).toContain('không được trả lời trong hạn')
  world.day('2026-09-01', '09:00')
})

test('two officers at once: one act stands, the other is told what happened; the same id with other words is refused', async () => {
  const { destinationSecretary, destinationDeputy, cellSecretary } = world.officers
  const life = await beginStay(world, await world.member('Đinh Thị Cùng Lúc'))
  await life.to('active')
  const api = `/api/v1${page(life)}`
  const leaving = { leftOn: '2026-09-01', comment: 'Tốt.', feesPaidThrough: '2026-09' }
  const both = await Promise.all([
    life.member.post(`${api}/ask-extension`, { commandId: randomUUID(), until: '2027-05-31', reason: 'x' }),
    destinationSecretary.post(`${api}/write-return`, { commandId: randomUUID(), ...leaving }),
  ])
  expect(both.some(({ status }) => status === 200)).toBe(true)
  expect(both.every(({ status }) => status < 500)).toBe(true)
  if ((await stored(life)).status === 'extension-asked')
    await life.ask(destinationSecretary, 'write-return', leaving)
  expect(await life.refused(destinationDeputy, 'grant-extension')).toBe('temporary.not-now')
  const commandId = randomUUID()
  const twice = await Promise.all([
    cellSecretary.post(`${api}/record-return`, { commandId }),
    cellSecretary.post(`${api}/record-return`, { commandId }),
  ])
  expect(twice.map(({ status }) => status)).toEqual([200, 200])
  expect((await stored(life)).status).toBe('completed')
  const other = await cellSecretary.post(`${api}/recall`, { commandId, reason: 'x' })
  expect(other.code).toBe('command.reused')
  const { timeline } = await life.sees()
  expect(timeline.filter(({ type }) => type === 'return-recorded')).toHaveLength(1)
})
