/** What a stranger would try on a temporary stay: drafts nobody was told of, hostile words and dates, a member who moves meanwhile, silence. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aStay, beginStay, foldedStay, type StayLife } from '../../../tests/stay-life.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

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
