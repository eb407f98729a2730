/** The life of a residence comment, told through the front door: referral, request, draft, signature, seal, filing; and what goes wrong. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer, Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import { sql } from '../../kernel/db.ts'
import { endMember } from '../../registry/members/memberships.ts'
import { addOrganisation } from '../../registry/test-builders.ts'
import type { CommentView, Listed, ReferralView } from './contract.ts'

const COMMENTS = '/api/v1/residence-comments'
const REFERRALS = '/api/v1/residence-referrals'
const TICKS = {
  example: 'good',
  'civic-duty': 'fair',
  attendance: 'good',
  contact: 'fair',
  contribution: 'fair',
  proposal: 'fair',
}

let world: TransferWorld
/** the member works in the ward of Tân Tạo and lives in the ward of Cầu Kiệu */
let workplace: Visitor
let commune: Visitor
let cell: Visitor

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-11-02')
  workplace = world.officers.wardDeputy
  commune = world.officers.destinationDeputy
  cell = world.officers.destinationSecretary
})
afterAll(() => world.close())

const act = (who: Visitor, api: string, id: string, command: string, fields: object = {}) =>
  who.post(`${api}/${id}/${command}`, { commandId: randomUUID(), ...fields })

async function done<View>(answer: Promise<Answer>): Promise<View> {
  const { status, text, json } = await answer
  if (status !== 200) throw new Error(`${status} ${text.slice(0, 500)}`)
  return json<{ dossier: View }>().dossier
}
const comment = (who: Visitor, id: string, command: string, fields: object = {}) =>
  done<CommentView>(act(who, COMMENTS, id, command, fields))
const referral = (who: Visitor, id: string, command: string, fields: object = {}) =>
  done<ReferralView>(act(who, REFERRALS, id, command, fields))
const refused = async (answer: Promise<Answer>) => (await answer).code

/** Referred by the workplace, accepted by the commune, in the cell. */
async function settled(memberId: string, more: object = {}): Promise<string> {
  const id = randomUUID()
  const fields = { memberId, communeId: world.places.otherWard, address: '12 Lê Lợi', ...more }
  expect((await referral(workplace, id, 'refer', fields)).status).toBe('referred')
  const accepted = await referral(commune, id, 'accept', { cellId: world.places.otherCell })
  expect(accepted).toMatchObject({ status: 'accepted', cell: { id: world.places.otherCell } })
  return id
}

const asking = (memberIds: readonly string[], commandId: string = randomUUID()) =>
  workplace
    .post(`${COMMENTS}/ask`, { commandId, year: 2026, purpose: 'yearly', chosen: memberIds })
    .then((answer) => {
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text.slice(0, 500)}`)
      return answer.json<{
        asked: number
        results: {
          memberId: string
          dossierId: string | null
          status: string | null
          refusal: { code: string } | null
        }[]
      }>()
    })

const requested = async (memberId: string): Promise<string> =>
  (await asking([memberId])).results[0]!.dossierId!

/** Up to the cell's signature. */
async function signed(id: string): Promise<void> {
  const drafted = await comment(cell, id, 'save-draft', { ticks: TICKS, frontBoardMetOn: '2026-11-01' })
  expect(drafted.status).toBe('drafted')
  await comment(cell, id, 'sign')
}

test('from the referral to the filed comment', async () => {
  const member = await world.member('Lê Thị Cư Trú')
  await settled(member.memberId)
  expect(await member.notices()).toContain(
    'Nơi cư trú đã tiếp nhận đồng chí, giữ mối liên hệ tại Chi bộ khu phố 3.',
  )
  const id = await requested(member.memberId)
  const started = await cell.read<CommentView>(`${COMMENTS}/${id}`)
  expect(started).toMatchObject({ status: 'with-cell', returnBy: '2026-12-10', awaited: { mine: true } })

  // Saved tick by tick; what is missing is said when it is to be signed.
  await comment(cell, id, 'save-draft', { ticks: { example: 'good' } })
  const early = await act(cell, COMMENTS, id, 'sign')
  expect(early.json()).toMatchObject({
    code: 'residence-comment.incomplete',
    facts: {
      missing: ['civic-duty', 'attendance', 'contact', 'contribution', 'proposal', 'frontBoardMetOn'],
    },
  })
  await comment(cell, id, 'save-draft', {
    ticks: TICKS,
    freeText: 'Nhiệt tình',
    frontBoardMetOn: '2026-11-01',
  })
  // Neither the member nor the workplace reads a draft.
  expect((await member.read<CommentView>(`${COMMENTS}/${id}`)).draft).toBeNull()
  expect((await workplace.read<CommentView>(`${COMMENTS}/${id}`)).draft).toBeNull()
  const ownData = async () => (await member.get('/my-record/export')).text
  expect(await ownData()).toContain(id)
  expect(await ownData()).not.toContain('Nhiệt tình')
  expect((await comment(cell, id, 'sign')).status).toBe('cell-signed')
  expect(await refused(act(cell, COMMENTS, id, 'save-draft', { freeText: 'khác' }))).toBe(
    'residence-comment.not-now',
  )

  expect((await comment(commune, id, 'confirm')).status).toBe('sealing')
  await world.work()
  const back = await workplace.read<CommentView>(`${COMMENTS}/${id}`)
  expect(back).toMatchObject({
    status: 'returned-to-workplace',
    draft: { ticks: TICKS, freeText: 'Nhiệt tình' },
  })
  expect(back.paperId).not.toBeNull()
  expect((await comment(workplace, id, 'file')).status).toBe('filed')
  expect((await member.read<CommentView>(`${COMMENTS}/${id}`)).draft).toMatchObject({ ticks: TICKS })
  expect(await ownData()).toContain('Nhiệt tình')

  // A mistake found later: a new comment that names the old one, and only that.
  expect((await workplace.get(`/residence-comments/${id}`)).text).toContain('xin phiếu mới thay phiếu này')
  const again = { memberId: member.memberId, year: 2026, purpose: 'yearly' }
  expect(await refused(act(workplace, COMMENTS, randomUUID(), 'request', again))).toBe(
    'residence-comment.already-filed',
  )
  const newer = await comment(workplace, randomUUID(), 'request', { ...again, corrects: id })
  expect(newer).toMatchObject({ status: 'with-cell', corrects: id })
})

test('the member starts it, follows it, and takes it back before the cell begins', async () => {
  const member = await world.member('Lê Văn Tự Xin')
  const yearly = { year: 2026, purpose: 'yearly' }
  expect(await refused(act(member, COMMENTS, randomUUID(), 'request', yearly))).toBe(
    'residence-comment.no-referral',
  )
  await settled(member.memberId)
  const id = randomUUID()
  expect((await comment(member, id, 'request', yearly)).status).toBe('with-cell')
  expect(await refused(act(member, COMMENTS, randomUUID(), 'request', yearly))).toBe(
    'residence-comment.already-open',
  )
  expect((await member.get(`/residence-comments/${id}`)).text).toContain('Chờ chi bộ nơi cư trú nhận xét')
  expect((await comment(member, id, 'cancel', { reason: 'Nhầm năm' })).status).toBe('cancelled')
})

test('asking for many: the good ones stand, the bad ones say why, and asked again only the rest is done', async () => {
  const names = ['Một', 'Hai', 'Ba', 'Chưa Giới Thiệu', 'Miễn', 'Từ Trần', 'Chuyển Đi', 'Đang Mở']
  const people = await Promise.all(names.map((name) => world.member(`Lê Văn ${name}`)))
  const [one, two, three, without, exempt, dead, moved, open] = people.map(({ memberId }) => memberId) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  for (const id of [one, two, three, dead, moved, open]) await settled(id)
  await settled(exempt, { exempt: 'mobile-work' })
  await requested(open)
  await world.database.transaction((write) =>
    endMember(write, { memberId: dead, standing: 'deceased', on: '2026-11-01', reason: 'từ trần' }),
  )
  await world.change(`update membership set until = '2026-11-01' where member_id = $1`, [moved])
  await world.change(
    `insert into membership (member_id, organisation_id, standing, since, reason) values ($1, $2, 'active', '2026-11-01', 'x')`,
    [moved, world.places.foreignCell],
  )
  const stranger = await world.member('Người Nơi Khác', world.places.foreignCell)

  const formId = randomUUID()
  const chosen = [one, two, three, without, exempt, dead, moved, open, stranger.memberId]
  const first = await asking(chosen, formId)
  expect(first.asked).toBe(3)
  expect(
    Object.fromEntries(first.results.map(({ memberId, refusal }) => [memberId, refusal?.code ?? 'asked'])),
  ).toEqual({
    [one]: 'asked',
    [two]: 'asked',
    [three]: 'asked',
    [without]: 'residence-comment.no-referral',
    [exempt]: 'residence-comment.exempt',
    [dead]: 'residence-comment.member-left',
    [moved]: 'residence-comment.member-moved',
    [open]: 'residence-comment.already-open',
    [stranger.memberId]: 'member.unknown',
  })
  // The same form once more: answered alike. Another form, once one of them was mended: only what is left.
  expect(await asking(chosen, formId)).toEqual(first)
  await settled(without)
  const again = await asking(chosen)
  expect(again.results.filter(({ refusal }) => !refusal).map(({ memberId }) => memberId)).toEqual([without])
  const { count } = await world.database.read.one<{ count: number }>(
    sql`select count(*)::int as count from residence_comment where is_open and member_id = any(${chosen}::uuid[])`,
  )
  expect(count).toBe(5)

  // A commune confirms a batch with one act, and a person without a yearly comment is commented on when needed.
  const ids = first.results.flatMap(({ dossierId }) => dossierId ?? [])
  for (const id of ids) await signed(id)
  const page = await commune.get('/?queue=todo')
  expect(page.status).toBe(200)
  const needed = { memberId: exempt, year: 2026, purpose: 'when-needed', reason: 'Bổ nhiệm' }
  expect(await comment(workplace, randomUUID(), 'request', needed)).toMatchObject({
    status: 'with-cell',
    exempt: true,
    returnBy: null,
  })
  const listed = await workplace.read<Listed>(`${COMMENTS}?year=2026`)
  expect(listed.byStatus['cell-signed']).toBe(3)
  const asPage = await workplace.get('/residence-comments/ask')
  expect(asPage.status).toBe(200)
})

test('one form confirms many for the commune; the cell’s list and the workplace’s follow', async () => {
  const members = await Promise.all(['A', 'B'].map((name) => world.member(`Lê Thị Loạt ${name}`)))
  const ids: string[] = []
  for (const { memberId } of members) {
    await settled(memberId)
    const id = await requested(memberId)
    await signed(id)
    ids.push(id)
  }
  const versions = await Promise.all(
    ids.map(async (id) => (await commune.read<CommentView>(`${COMMENTS}/${id}`)).version),
  )
  // One of them goes back meanwhile: the other is confirmed all the same.
  await comment(commune, ids[1]!, 'return-to-cell', { reason: 'Ghi rõ ngày họp' })
  const answer = await commune.form('/queue/bulk', {
    commandId: randomUUID(),
    command: 'confirm',
    chosen: ids.map((id, index) => `${id}_${versions[index]!}`),
  })
  expect(answer.status).toBe(200)
  const statuses = await Promise.all(
    ids.map(async (id) => (await commune.read<CommentView>(`${COMMENTS}/${id}`)).status),
  )
  expect(statuses).toEqual(['sealing', 'drafted'])
})

test('a secretary never signs about himself: the deputy does, and where there is none the commune', async () => {
  const alone = await world.member('Bí Thư Cũng Là Đảng Viên')
  await world.office(alone.memberId, alone.name, 'cell-secretary', world.places.neighbour)
  await settled(alone.memberId)
  // The residence cell has another secretary: that one comments.
  const id = await requested(alone.memberId)
  expect((await cell.read<CommentView>(`${COMMENTS}/${id}`)).communeActs).toBe(false)
  const self = await world.member('Bí Thư Nơi Cư Trú')
  const lonely = await world.database.transaction((write) =>
    addOrganisation(write, 'Chi bộ khu phố 77', 'cell', world.places.otherWard),
  )
  const secretary = await world.office(self.memberId, self.name, 'cell-secretary', lonely)
  const referred = randomUUID()
  await referral(workplace, referred, 'refer', {
    memberId: self.memberId,
    communeId: world.places.otherWard,
    address: '1 Phan Đình Phùng',
  })
  await referral(commune, referred, 'accept', { cellId: lonely })
  const about = await requested(self.memberId)
  const seen = await commune.read<CommentView>(`${COMMENTS}/${about}`)
  expect(seen).toMatchObject({ status: 'with-cell', communeActs: true, awaited: { mine: true } })
  expect(await refused(act(secretary, COMMENTS, about, 'save-draft', { ticks: TICKS }))).not.toBe('')
  await comment(commune, about, 'save-draft', { ticks: TICKS, frontBoardMetOn: '2026-11-01' })
  await comment(commune, about, 'sign')
  // Two signatures are two people's.
  expect(await refused(act(commune, COMMENTS, about, 'confirm'))).toBe('residence-comment.same-hand')
})

test('who signed in long ago confirms again, and comes back to the comment', async () => {
  const member = await world.member('Lê Thị Phiên Cũ')
  await settled(member.memberId)
  const id = await requested(member.memberId)
  await comment(cell, id, 'save-draft', { ticks: TICKS, frontBoardMetOn: '2026-11-01' })
  const officeId = (
    await world.database.read.one<{ id: string }>(sql`
      select id from office where member_id = ${cell.memberId} and organisation_id = ${world.places.otherCell}`)
  ).id
  const stale = await world.signIn(cell, { officeId, grantId: null }, 10)
  const answer = await stale.form(`/residence-comments/${id}/sign`, { commandId: randomUUID() })
  expect(answer.status).toBe(403)
  expect(answer.text).toContain(`/sign-in/start?return=${encodeURIComponent(`/residence-comments/${id}`)}`)
})

test('sent back with a reason, asked again, and cancelled when the member has died', async () => {
  const member = await world.member('Lê Văn Trả Lại')
  await settled(member.memberId)
  const id = await requested(member.memberId)
  const back = await comment(cell, id, 'send-back', {
    ground: 'not-managed',
    reason: 'Không cư trú ở khu phố',
  })
  expect(back).toMatchObject({ status: 'sent-back', lastGround: 'not-managed' })
  expect(await comment(workplace, id, 'ask-again')).toMatchObject({ status: 'with-cell' })
  await comment(cell, id, 'save-draft', { ticks: TICKS, frontBoardMetOn: '2026-11-01' })
  await world.database.transaction((write) =>
    endMember(write, {
      memberId: member.memberId,
      standing: 'deceased',
      on: '2026-11-02',
      reason: 'từ trần',
    }),
  )
  expect(await refused(act(cell, COMMENTS, id, 'sign'))).toBe('residence-comment.member-left')
  expect((await comment(workplace, id, 'cancel', { reason: 'Đảng viên đã từ trần' })).status).toBe(
    'cancelled',
  )
})

test('who moves home is referred anew, the old referral ends, and the year is commented on where most of it was spent', async () => {
  const member = await world.member('Lê Thị Chuyển Nhà')
  world.day('2026-08-03')
  const old = await settled(member.memberId)
  world.day('2026-11-02')
  const id = randomUUID()
  await referral(workplace, id, 'refer', {
    memberId: member.memberId,
    communeId: world.places.ward,
    address: '9 Tân Tạo',
  })
  await referral(workplace, id, 'accept', { cellId: world.places.cell })
  const closed = await member.read<ReferralView>(`${REFERRALS}/${old}`)
  expect(closed).toMatchObject({ status: 'closed', closedOn: '2026-11-02', lastReason: 'replaced' })
  const yearly = await requested(member.memberId)
  expect((await member.read<CommentView>(`${COMMENTS}/${yearly}`)).cell?.id).toBe(world.places.otherCell)
  const needed = { memberId: member.memberId, year: 2026, purpose: 'when-needed', reason: 'Khen thưởng' }
  expect((await comment(workplace, randomUUID(), 'request', needed)).cell?.id).toBe(world.places.cell)
})

test('a refused form comes back with what was written and the words at its field; lists come as workbooks', async () => {
  const { memberId } = await world.member('Hồ Thị Viết Lại')
  await settled(memberId)
  const id = await requested(memberId)
  const at = `/residence-comments/${id}`
  const sent = await cell.form(`${at}/send-back`, { commandId: randomUUID(), reason: 'Đã chuyển đi' })
  expect(sent.status).toBe(400)
  for (const said of ['href="#send-back-ground"', 'Chọn vì sao trả lại', 'Đã chuyển đi</textarea>'])
    expect(sent.text).toContain(said)
  const before = await cell.get(at)
  expect(before.text).toContain('Đường đi của phiếu')
  expect(before.text).toContain('Nơi công tác đưa vào hồ sơ kiểm điểm')
  const none = await workplace.form('/residence-comments/ask', {
    commandId: randomUUID(),
    year: '2026',
    purpose: 'when-needed',
    reason: 'Bổ nhiệm',
  })
  expect([none.status, none.text.includes('value="Bổ nhiệm"')]).toEqual([400, true])
  expect(none.text).toContain('href="#field-chosen"')
  for (const address of ['/residence-comments/list.xlsx?year=2026', '/temporary-transfers/guests.xlsx']) {
    const file = await workplace.get(address)
    expect(file.headers.get('content-type')).toContain('spreadsheetml')
    expect(Buffer.from(file.bytes.slice(0, 2)).toString()).toBe('PK')
  }
  const found = await workplace.get('/residence-referrals?list=here&q=viet%20lai')
  expect(found.text).toContain('Hồ Thị Viết Lại')
})
