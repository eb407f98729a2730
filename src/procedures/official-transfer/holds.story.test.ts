/** Inspection, complaint, discipline: while one is open a member is not transferred; the dossier stops, its deadline too, and both go on when it is lifted. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { A_COMMENT, beginTransfer, foldedDossiers } from '../../../tests/transfer-life.ts'
import { whereIs, type Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

interface Hold {
  readonly id: string
  readonly kind: string
  readonly liftedOn: string | null
}

/** The inspector holds a member under a document; the id of the hold comes back. */
async function hold(member: Visitor, kind = 'inspection'): Promise<string> {
  const body = { commandId: randomUUID(), kind, basis: 'Quyết định 21-QĐ/UBKT' }
  const answer = await world.officers.inspector.post(`/api/v1/members/${member.memberId}/holds`, body)
  expect(answer.status, answer.text).toBe(200)
  return answer.json<{ holds: Hold[] }>().holds.find((each) => each.kind === kind && each.liftedOn === null)!
    .id
}

async function lift(member: Visitor, holdId: string): Promise<void> {
  const body = { commandId: randomUUID(), basis: 'Kết luận 5-KL/UBKT: không vi phạm' }
  const path = `/api/v1/members/${member.memberId}/holds/${holdId}/lift`
  expect((await world.officers.inspector.post(path, body)).status).toBe(200)
}

test('the inspector stops a transfer under way; nobody signs meanwhile; lifted, it goes on with the time that was left', async () => {
  const { inspector, wardDeputy } = world.officers
  world.day('2026-09-07', '09:00')
  const member = await world.member('Đỗ Văn Kiểm')
  const life = await beginTransfer(world, member)
  expect(whereIs(await life.to('committee-review', 1))).toBe(
    'committee-review · Đảng ủy Phường Tân Tạo · 17:00 14/09/2026',
  )

  world.day('2026-09-09', '10:00')
  const fields = { commandId: randomUUID(), kind: 'complaint', basis: 'Đơn tố cáo số 12, ngày 8/9/2026' }
  const set = await inspector.form(`/members/${member.memberId}/holds`, fields)
  expect([set.status, set.headers.get('location')]).toEqual([
    303,
    `/members/${member.memberId}/holds?done=set`,
  ])
  expect(whereIs(await member.sees(life.id))).toBe('blocked · Đảng ủy Phường Tân Tạo · 17:00 21/10/2026')
  expect((await member.notices(life.id))[0]).toBe(
    'Hồ sơ của đồng chí tạm dừng. Mời đồng chí mở hồ sơ để xem lý do.',
  )
  expect(await inspector.notices(life.id)).toEqual([
    'Một hồ sơ tạm dừng, cần theo dõi và kết luận. Hạn: 17:00 21/10/2026.',
  ])
  expect(await inspector.queue('todo')).toContain(life.id)
  expect(await wardDeputy.queue('todo')).not.toContain(life.id)
  expect(await wardDeputy.refused(life.id, 'sign-referral', A_COMMENT)).toMatchObject({
    status: 422,
    code: 'transfer.not-now',
  })
  // The page says that it stopped and under which rule; what the complaint is about stands nowhere in the dossier.
  const page = await member.get(`/transfers/${life.id}`)
  expect(page.text).toContain('294-QĐ/TW')
  expect(page.text).not.toContain('Đơn tố cáo số 12')

  // Three and a half working days were left on 9 September at 10:00.
  world.day('2026-09-21', '08:00')
  const { holds } = await inspector.read<{ holds: Hold[] }>(`/api/v1/members/${member.memberId}/holds`)
  await lift(member, holds[0]!.id)
  expect(whereIs(await member.sees(life.id))).toBe(
    'committee-review · Đảng ủy Phường Tân Tạo · 15:00 24/09/2026',
  )
  expect((await member.notices(life.id))[0]).toBe(
    'Hồ sơ của đồng chí đã được gỡ tạm dừng và đi tiếp. Hạn: 15:00 24/09/2026.',
  )
  await life.to('referred')
})

test('a member held before sending sends, is received and stops there; the eight hours begin when the hold is lifted', async () => {
  const { cellSecretary } = world.officers
  world.day('2026-09-28', '09:00')
  const member = await world.member('Đỗ Thị Chờ')
  const inspected = await hold(member, 'discipline')
  const complained = await hold(member, 'complaint')
  const life = await beginTransfer(world, member)
  await life.attach('decision')
  const sent = await member.form(`/transfers/${life.id}/submit`, { commandId: randomUUID(), declared: 'yes' })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, `/transfers/${life.id}/sent`])
  expect((await member.get(`/transfers/${life.id}/sent`)).status).toBe(200)
  expect(whereIs(await member.sees(life.id))).toMatch(/^blocked · Đảng ủy Phường Tân Tạo/)
  expect(await cellSecretary.queue('todo')).not.toContain(life.id)

  // Each of the two must be lifted.
  world.day('2026-10-05', '09:00')
  await lift(member, inspected)
  expect((await member.sees(life.id)).status).toBe('blocked')
  world.day('2026-10-06', '07:30')
  await lift(member, complained)
  expect(whereIs(await member.sees(life.id))).toBe('received · Chi bộ khu phố 3 · 17:00 06/10/2026')
  await life.to('cell-review')
})

test('a hold that comes while a letter is sealed stops the next signature, and a member may withdraw what is blocked', async () => {
  const { commissionDeputy } = world.officers
  world.day('2026-10-12', '09:00')
  const member = await world.member('Đỗ Văn Rút')
  const life = await beginTransfer(world, member)
  await life.to('sealing', 1)
  const holdId = await hold(member)
  await world.work()
  expect((await member.sees(life.id)).status).toBe('committee-review')
  expect(await commissionDeputy.refused(life.id, 'sign-referral')).toMatchObject({
    code: 'transfer.member-held',
    citation: '294-QĐ/TW, mục 6.3.1 (khoản cuối)',
    facts: { kinds: ['inspection'] },
  })
  await lift(member, holdId)

  await hold(member)
  expect((await member.sees(life.id)).status).toBe('blocked')
  const withdrawn = await member.ask(life.id, 'withdraw', { reason: 'Chờ có kết luận rồi làm lại.' })
  expect(whereIs(withdrawn)).toBe('withdrawn')
  expect(withdrawn.papers.filter(({ kind }) => kind === 'referral').map(({ voided }) => voided)).toEqual([
    'Chờ có kết luận rồi làm lại.',
    'Chờ có kết luận rồi làm lại.',
  ])
})

test('only the inspection chair above the member sets and lifts; to others the member is unknown', async () => {
  const { inspector, wardDeputy, wardClerk, strangerDeputy } = world.officers
  world.day('2026-10-13', '09:00')
  const member = await world.member('Đỗ Thị Riêng')
  const elsewhere = await world.member('Đỗ Văn Phường Khác', world.places.otherCell)
  const body = { commandId: randomUUID(), kind: 'inspection', basis: 'Quyết định 22-QĐ/UBKT' }
  for (const who of [wardDeputy, wardClerk, strangerDeputy]) {
    const answer = await who.post(`/api/v1/members/${member.memberId}/holds`, body)
    expect([answer.status, answer.code], who.name).toEqual([404, 'member.unknown'])
  }
  for (const memberId of [elsewhere.memberId, randomUUID(), inspector.memberId]) {
    const answer = await inspector.post(`/api/v1/members/${memberId}/holds`, body)
    expect([answer.status, answer.code]).toEqual([404, 'member.unknown'])
  }
  // Nor does the dossier's own door know these commands.
  const life = await beginTransfer(world, member)
  await life.to('received')
  expect((await inspector.post(`/api/v1/official-transfers/${life.id}/block`, body)).code).toBe(
    'page.unknown',
  )
})

test('what a higher inspection set, a lower one does not lift; what a lower one set, a higher one may', async () => {
  const { inspector } = world.officers
  world.day('2026-10-14', '09:00')
  const chair = await world.member('Chủ Nhiệm Cấp Trên', world.places.neighbour)
  const higher = await world.office(chair.memberId, chair.name, 'inspection-chair', world.places.city)
  const member = await world.member('Đỗ Văn Hai Cấp')
  const path = `/api/v1/members/${member.memberId}/holds`
  const set = async (who: Visitor) => {
    const body = { commandId: randomUUID(), kind: 'inspection', basis: 'Quyết định 30-QĐ/UBKT' }
    const { holds } = (await who.post(path, body)).json<{ holds: Hold[] }>()
    return holds.find(({ liftedOn }) => liftedOn === null)!.id
  }
  const lifted = async (who: Visitor, holdId: string) => {
    const body = { commandId: randomUUID(), basis: 'Kết luận 9-KL/UBKT' }
    const answer = await who.post(`${path}/${holdId}/lift`, body)
    return [answer.status, answer.code]
  }
  const fromAbove = await set(higher)
  const life = await beginTransfer(world, member)
  await life.attach('decision')
  const sent = await member.ask(life.id, 'submit', { declared: true })
  expect([sent.status, sent.awaited.organisation?.id], 'who set it answers for it').toEqual([
    'blocked',
    world.places.city,
  ])
  expect(await lifted(inspector, fromAbove)).toEqual([403, 'hold.set-above'])
  const page = await inspector.get(`/members/${member.memberId}/holds`)
  expect(page.text).toContain('Do Ủy ban Kiểm tra của Đảng bộ Thành phố Hồ Chí Minh đặt')
  expect(page.text).not.toContain(`/holds/${fromAbove}/lift`)
  const inVain = await higher.form(`/members/${member.memberId}/holds/${fromAbove}/lift`, {
    commandId: randomUUID(),
    basis: '',
  })
  expect(inVain.status).toBe(400)
  expect(inVain.text, 'the error leads to the form that was sent').toContain(`href="#lift-${fromAbove}"`)
  const form = await inspector.form(`/members/${member.memberId}/holds/${fromAbove}/lift`, {
    commandId: randomUUID(),
    basis: 'Kết luận 9-KL/UBKT',
  })
  expect(form.status).toBe(403)
  expect(form.text).toContain('có kết luận thì nơi đó gỡ')
  expect(form.text, 'no words land in the form that sets a hold').not.toContain('Kết luận 9-KL/UBKT')
  expect((await member.sees(life.id)).status).toBe('blocked')
  expect(await lifted(higher, fromAbove)).toEqual([200, ''])
  expect((await member.sees(life.id)).status).toBe('received')
  expect(await lifted(higher, await set(inspector))).toEqual([200, ''])
})

test('folding a dossier’s events gives its stored state, and whose turn it is, and whom it passes', async () => {
  const dossiers = await foldedDossiers(world)
  expect(dossiers).toHaveLength(5)
  for (const { stored, folded } of dossiers) expect(folded).toEqual(stored)
})
