/** Acting for another: a member's delegate files, an office's delegate signs, a grant that was taken back counts no more; and nobody handles the own dossier. */
import { randomUUID } from 'node:crypto'
import { PDF } from '@libpdf/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { A_COMMENT, aReview, beginTransfer, foldedDossiers } from '../../../tests/transfer-life.ts'
import { whereIs, type Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

/** `from` entrusts `to` with the procedure until the end of the year, in the hat `from` wears; `to` comes back wearing that hat. */
async function entrust(from: Visitor, to: Visitor, today: string, officeId?: string) {
  const { rows } = await world.change('select personal_id from member where id = $1', [to.memberId])
  const grantId = randomUUID()
  const answer = await from.post('/api/v1/delegations', {
    id: grantId,
    ...(officeId ? { officeId } : {}),
    procedures: ['official-transfer'],
    validFrom: today,
    validTo: '2026-12-31',
    form: 'written',
    basis: 'Giấy ủy quyền ngày ký',
    delegateKind: 'member',
    delegatePersonalId: String(rows[0]?.personal_id),
    delegateName: to.name,
  })
  expect(answer.status, answer.text).toBe(200)
  return { grantId, delegate: await world.signIn(to, { officeId: null, grantId }) }
}

async function officeOf(who: Visitor): Promise<string> {
  const { rows } = await world.change('select id from office where member_id = $1', [who.memberId])
  return String(rows[0]?.id)
}

async function printed(reader: Visitor, id: string, kind: string): Promise<string> {
  const { papers } = await reader.sees(id)
  const paper = papers.findLast((each) => each.kind === kind)!
  const { bytes } = await reader.get(`/transfers/${id}/papers/${paper.id}`)
  const pdf = await PDF.load(bytes)
  return pdf
    .getPages()
    .map((page) => page.extractText().text)
    .join(' ')
    .replaceAll(/\s+/g, ' ')
}

test('a daughter files for her father: his dossier, her hand on every step, and nothing left to her once he takes the right back', async () => {
  world.day('2026-09-07', '09:00')
  const father = await world.member('Bùi Văn Cha')
  const daughter = await world.member('Bùi Thị Con')
  const { grantId, delegate } = await entrust(father, daughter, '2026-09-07')
  const life = await beginTransfer(world, delegate)
  await life.attach('decision', undefined, delegate)
  const sent = await delegate.ask(life.id, 'submit', { declared: true })
  expect(sent.member).toMatchObject({ id: father.memberId, name: 'Bùi Văn Cha', mine: true })
  expect(sent.timeline.at(-1)).toMatchObject({ who: 'Bùi Thị Con', onBehalfOf: 'Bùi Văn Cha' })
  expect((await father.get(`/transfers/${life.id}`)).text).toContain(
    'thực hiện theo ủy quyền của Bùi Văn Cha',
  )
  await world.work()
  expect(await printed(father, life.id, 'transfer-request')).toContain(
    'Đồng chí Bùi Thị Con đã xác nhận thay cho đồng chí Bùi Văn Cha, theo ủy quyền còn hiệu lực',
  )

  // In her own affairs she sees nothing of his; he sees it all.
  expect((await daughter.get(`/transfers/${life.id}`)).status).toBe(404)
  expect((await father.notices(life.id)).length).toBeGreaterThan(0)
  expect(await delegate.notices(life.id)).toEqual(await father.notices(life.id))

  expect((await father.post(`/api/v1/delegations/${grantId}/revoke`, {})).status).toBe(200)
  const withdraw = { commandId: randomUUID(), reason: 'Thôi.' }
  const path = `/api/v1/official-transfers/${life.id}/withdraw`
  expect((await delegate.post(path, withdraw)).code).toBe('identity.hat-ended')
  expect((await delegate.post(path, withdraw)).code).toBe('dossier.unknown')
  expect((await delegate.get(`/transfers/${life.id}`)).status).toBe(404)
  expect((await father.sees(life.id)).status).toBe('received')
})

test('who filed for another does not also decide about it, in whatever office', async () => {
  const { cellDeputy } = world.officers
  world.day('2026-09-08', '09:00')
  const member = await world.member('Bùi Văn Nhờ')
  const own = await world.signIn(cellDeputy)
  const { delegate } = await entrust(member, own, '2026-09-08')
  const life = await beginTransfer(world, delegate)
  await life.attach('decision', undefined, delegate)
  await delegate.ask(life.id, 'submit', { declared: true })
  expect(await cellDeputy.refused(life.id, 'accept-intake')).toMatchObject({
    status: 403,
    code: 'transfer.own-dossier',
  })
  const { actions } = await cellDeputy.sees(life.id)
  expect(actions.find(({ command }) => command === 'accept-intake')?.refusal?.code).toBe(
    'transfer.own-dossier',
  )
  await world.officers.cellSecretary.ask(life.id, 'accept-intake')
})

test('a secretary who moves cannot handle the own dossier; the deputy does', async () => {
  const { cellDeputy } = world.officers
  world.day('2026-09-09', '09:00')
  const member = await world.member('Bùi Thị Bí Thư')
  const asSecretary = await world.office(member.memberId, member.name, 'cell-secretary', world.places.cell)
  const life = await beginTransfer(world, member)
  await life.to('received')
  for (const [command, fields] of [
    ['accept-intake', {}],
    ['return', { reason: 'Tôi xem lại.' }],
    ['refuse', { reason: 'Tôi thôi.' }],
  ] as const)
    expect(await asSecretary.refused(life.id, command, fields), command).toMatchObject({
      code: 'transfer.own-dossier',
    })
  await cellDeputy.ask(life.id, 'accept-intake')
  expect(await asSecretary.refused(life.id, 'sign-referral', aReview(world))).toMatchObject({
    code: 'transfer.own-dossier',
  })
  const signed = await cellDeputy.ask(life.id, 'sign-referral', aReview(world))
  expect(whereIs(signed)).toMatch(/^committee-review · Đảng ủy Phường Tân Tạo/)
  expect(await printed(member, life.id, 'referral')).toMatch(
    /T\/M CHI ỦY .*PHÓ BÍ THƯ .*Phó Bí Thư Khu Phố Ba/,
  )
})

test('an office’s delegate signs under the own name and as a delegate; the same hand takes no number; the right ends at once', async () => {
  const { wardDeputy, wardClerk } = world.officers
  world.day('2026-09-14', '09:00')
  const { grantId, delegate } = await entrust(wardDeputy, wardClerk, '2026-09-14', await officeOf(wardDeputy))
  const life = await beginTransfer(world, await world.member('Bùi Thị Chuyển'))
  await life.to('committee-review', 1)
  const signed = await delegate.ask(life.id, 'sign-referral', A_COMMENT)
  expect(signed.timeline.at(-1)).toMatchObject({
    type: 'referral-signed',
    who: 'Văn Thư Tân Tạo',
    position: 'Phó Bí thư Đảng ủy',
    onBehalfOf: 'Phó Bí Thư Tân Tạo',
  })
  expect((await life.member.get(`/transfers/${life.id}`)).text).toContain(
    'thực hiện theo ủy quyền của Phó Bí Thư Tân Tạo',
  )
  expect(await printed(life.member, life.id, 'referral')).toMatch(
    /T\/UQ PHÓ BÍ THƯ .*NGƯỜI ĐƯỢC ỦY QUYỀN .*Văn Thư Tân Tạo/,
  )
  const { verify } = signed.papers.findLast(({ kind }) => kind === 'referral')!
  const { signers } = await life.member.read<{ signers: { office: string }[] }>(`/api/v1${verify}`)
  expect(signers.map(({ office }) => office)).toEqual(['Phó Bí thư Đảng ủy (theo ủy quyền)'])

  // The clerk who signed as the deputy's delegate is not another hand.
  expect(await wardClerk.refused(life.id, 'take-number')).toMatchObject({
    status: 403,
    code: 'transfer.signer-takes-no-number',
  })
  const otherId = (await world.member('Văn Thư Khác', world.places.neighbour)).memberId
  const otherClerk = await world.office(otherId, 'Văn Thư Khác', 'office-clerk', world.places.ward)
  await otherClerk.ask(life.id, 'take-number')
  await world.work()
  expect((await life.member.sees(life.id)).status).toBe('committee-review')

  const next = await beginTransfer(world, await world.member('Bùi Văn Kế'))
  await next.to('committee-review', 1)
  expect((await wardDeputy.post(`/api/v1/delegations/${grantId}/revoke`, {})).status).toBe(200)
  expect(await delegate.refused(next.id, 'sign-referral', A_COMMENT)).toMatchObject({
    code: 'identity.hat-ended',
  })
  expect((await next.member.sees(next.id)).status).toBe('committee-review')
})

test('a signature wants a sign-in of the last five minutes; what was written is kept for when one comes back', async () => {
  const { wardDeputy } = world.officers
  world.day('2026-09-21', '09:00')
  const life = await beginTransfer(world, await world.member('Bùi Thị Lâu'))
  await life.to('committee-review', 1)
  const stale = await world.signIn(wardDeputy, { officeId: await officeOf(wardDeputy), grantId: null }, 6)
  expect(await stale.refused(life.id, 'sign-referral', A_COMMENT)).toMatchObject({
    status: 403,
    code: 'identity.stale-sign-in',
    citation: '379-QĐ/TW, Điều 12',
  })
  const { actions } = await stale.sees(life.id)
  expect(actions.find(({ command }) => command === 'sign-referral')?.needsFreshSignIn).toBe(true)
  const form = await stale.form(`/transfers/${life.id}/sign-referral`, {
    commandId: randomUUID(),
    committeeComment: 'Nhất trí với nhận xét của chi bộ về đồng chí Lâu.',
    supplementUpToDate: 'yes',
  })
  expect(form.status).toBe(403)
  expect(form.text).toContain('Xác nhận bằng VNeID')
  const again = await wardDeputy.get(`/transfers/${life.id}?do=sign-referral`)
  expect(again.text).toContain('Nhất trí với nhận xét của chi bộ về đồng chí Lâu.')
  await wardDeputy.ask(life.id, 'sign-referral', A_COMMENT)
})

test('folding a dossier’s events gives its stored state, and whose turn it is, and whom it passes', async () => {
  const dossiers = await foldedDossiers(world)
  expect(dossiers.length).toBeGreaterThan(4)
  for (const { stored, folded } of dossiers) expect(folded).toEqual(stored)
})
