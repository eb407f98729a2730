/** What a stranger would try on residence comments: words before their time, members who die or change jobs, needs, January, papers that block. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askAs, confirmed, drafted, servicesOf } from '../../../tests/residence-comments.ts'
import type { Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import { sql } from '../../kernel/db.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { admitTo, endMember, startTransit } from '../../registry/members/memberships.ts'
import { addOrganisation } from '../../registry/test-builders.ts'
import type { CommentView, ReferralView } from './contract.ts'
import { sealTask } from './papers/seal.ts'

const COMMENTS = '/api/v1/residence-comments'
const REFERRALS = '/api/v1/residence-referrals'
let world: TransferWorld
let workplace: Visitor
let commune: Visitor
let cell: Visitor
/** For whom there is no certificate just now. */
const without = new Set<string>()

beforeAll(async () => {
  world = await openTransferWorld({
    signers: (test) => ({
      ...test,
      async forPerson(id) {
        if (without.has(id)) throw new Refusal('against-rule', 'signing.no-certificate')
        return test.forPerson(id)
      },
    }),
  })
  world.day('2026-11-02', '09:00')
  workplace = world.officers.wardDeputy
  commune = world.officers.destinationDeputy
  cell = world.officers.destinationSecretary
})
afterAll(() => world.close())

const ask = async (who: Visitor, api: string, id: string, command: string, fields: object = {}) => {
  const answer = await who.post(`${api}/${id}/${command}`, { commandId: randomUUID(), ...fields })
  if (answer.status !== 200) throw new Error(`${who.name}, ${command}: ${answer.status} ${answer.text}`)
}
const code = async (who: Visitor, api: string, id: string, command: string, fields: object = {}) =>
  (await who.post(`${api}/${id}/${command}`, { commandId: randomUUID(), ...fields })).code

async function referred(memberId: string): Promise<string> {
  const id = randomUUID()
  const refer = { memberId, communeId: world.places.otherWard, address: '12 Lê Lợi' }
  await ask(workplace, REFERRALS, id, 'refer', refer)
  await ask(commune, REFERRALS, id, 'accept', { cellId: world.places.otherCell })
  return id
}

async function requested(memberId: string, fields: object = {}): Promise<string> {
  const id = randomUUID()
  await ask(workplace, COMMENTS, id, 'request', { memberId, year: 2026, purpose: 'yearly', ...fields })
  return id
}

const statusOf = async (id: string) =>
  (await world.database.read.one<{ status: string }>(sql`select status from dossier where id = ${id}`)).status

test('the deputy of the very cell reads nothing of what is written about himself, nor who stands above the workplace', async () => {
  const deputy = await world.member('Ngô Văn Phó')
  const inOffice = await world.office(
    deputy.memberId,
    deputy.name,
    'cell-deputy-secretary',
    world.places.otherCell,
  )
  await referred(deputy.memberId)
  const id = await requested(deputy.memberId)
  await drafted(world, id)
  await ask(cell, COMMENTS, id, 'save-draft', { freeText: 'Ít dự họp khu phố' })
  await ask(cell, COMMENTS, id, 'sign')
  await world.work()
  await ask(commune, COMMENTS, id, 'return-to-cell', { reason: 'Xem lại ý: ít dự họp' })
  const readers = [inOffice, deputy, workplace, world.officers.cityChief]
  for (const reader of readers) {
    const view = await reader.read<CommentView>(`${COMMENTS}/${id}`)
    expect(view, reader.name).toMatchObject({ draft: null, lastReason: null })
    const page = await reader.get(`/residence-comments/${id}`)
    expect(page.text, reader.name).not.toContain('dự họp')
    expect((await reader.get(`/residence-comments/${id}/comment.pdf`)).status, reader.name).toBe(404)
  }
  const own = JSON.stringify(await deputy.read('/api/v1/my-record/data'))
  expect(own).not.toContain('dự họp')
  expect((await commune.read<CommentView>(`${COMMENTS}/${id}`)).draft?.freeText).toContain('dự họp')
})

test('a paper that cannot be made keeps no other waiting', async () => {
  const ids: string[] = []
  for (const name of ['Lý Thị Một', 'Lý Thị Hai', 'Lý Thị Ba']) {
    const { memberId } = await world.member(name)
    await referred(memberId)
    ids.push(await requested(memberId))
  }
  ids.sort()
  const [stuck, ...rest] = ids as [string, ...string[]]
  const { memberId } = await world.member('Phó Không Chữ Ký', world.places.otherCell)
  await world.office(memberId, 'Phó', 'cell-deputy-secretary', world.places.otherCell)
  const unsigned = await world.signIn(
    { name: 'Phó', memberId },
    {
      officeId: (
        await world.database.read.one<{ id: string }>(
          sql`select id from office where member_id = ${memberId} and position = 'cell-deputy-secretary'`,
        )
      ).id,
      grantId: null,
    },
  )
  without.add(memberId)
  await drafted(world, stuck)
  await ask(unsigned, COMMENTS, stuck, 'sign')
  for (const id of rest) await confirmed(world, id)
  await sealTask(servicesOf(world), {}, { lastAttempt: false, atOnce: 1 })
  expect(await statusOf(stuck)).toBe('cell-signed')
  for (const id of rest) expect(await statusOf(id)).toBe('returned-to-workplace')
  // What was on its way to the press when its organisations changed is taken up again by itself.
  without.clear()
  await askAs(world, 'destinationDeputy', stuck, { type: 'confirm' })
  await world.work()
  expect(await statusOf(stuck)).toBe('returned-to-workplace')
})

test('who dies or leaves is commented on no more, whatever the step, and waits nowhere', async () => {
  const steps = ['with-cell', 'drafted', 'cell-signed', 'sent-back'] as const
  const dossiers: { comment: string; referral: string }[] = []
  for (const step of steps) {
    const { memberId } = await world.member(`Đỗ Văn ${step}`)
    const referral = await referred(memberId)
    const comment = await requested(memberId)
    if (step === 'sent-back')
      await ask(cell, COMMENTS, comment, 'send-back', { ground: 'other', reason: 'x' })
    if (step === 'drafted' || step === 'cell-signed') await drafted(world, comment)
    if (step === 'cell-signed') await ask(cell, COMMENTS, comment, 'sign')
    dossiers.push({ comment, referral })
    await world.database.transaction((write) =>
      endMember(write, { memberId, standing: 'removed', on: '2026-11-02', reason: 'khai trừ' }),
    )
  }
  const waiting = await world.member('Đỗ Thị Chờ Nhận')
  const pending = randomUUID()
  const refer = { memberId: waiting.memberId, communeId: world.places.otherWard, address: 'x' }
  await ask(workplace, REFERRALS, pending, 'refer', refer)
  await world.change("update member set standing = 'left' where id = $1", [waiting.memberId])
  await world.sweep()
  await world.sweep()
  for (const { comment, referral } of dossiers) {
    expect(await statusOf(comment)).toBe('cancelled')
    expect(await statusOf(referral)).toBe('closed')
  }
  expect(await statusOf(pending)).toBe('withdrawn')
  expect((await cell.get('/residence-comments/sitting')).text).not.toContain('Đỗ Văn')
})

test('who changes jobs takes referral and comment along: the new workplace is told, files it, and the old one knows no more', async () => {
  const member = await world.member('Hà Thị Đổi Việc')
  const referral = await referred(member.memberId)
  const id = await requested(member.memberId)
  const { thirdWard, cell: oldCell } = world.places
  const newCell = await world.database.transaction((write) =>
    addOrganisation(write, 'Chi bộ khu phố 9', 'cell', thirdWard),
  )
  await world.database.transaction(async (write) => {
    const move = { memberId: member.memberId, on: '2026-11-02', reason: 'chuyển công tác', dossierId: null }
    await startTransit(write, { ...move, originId: oldCell })
    await admitTo(write, { ...move, organisationId: newCell })
  })
  await world.sweep()
  await world.sweep()
  const there = world.officers.strangerDeputy
  expect((await there.read<CommentView>(`${COMMENTS}/${id}`)).workplace.id).toBe(thirdWard)
  const carried = await there.read<ReferralView>(`${REFERRALS}/${referral}`)
  expect(carried).toMatchObject({ status: 'accepted', workplace: { id: thirdWard } })
  expect((await there.notices()).filter((each) => each.includes('mới chuyển đến'))).toHaveLength(2)
  expect((await workplace.notices()).some((each) => each.includes('đã chuyển công tác'))).toBe(true)
  expect((await workplace.get(`/residence-comments/${id}`)).status).toBe(404)
  expect(await code(workplace, COMMENTS, id, 'cancel', { reason: 'x' })).toBe('dossier.unknown')
  await confirmed(world, id)
  await world.work()
  await ask(there, COMMENTS, id, 'file')
  expect(await statusOf(id)).toBe('filed')
})

test('needs come more than once a year; what stands in for a mistaken comment takes the force from its paper', async () => {
  const { memberId } = await world.member('Mai Thị Khi Cần')
  await referred(memberId)
  const done = async (fields: object) => {
    const id = await requested(memberId, fields)
    await confirmed(world, id)
    await world.work()
    await ask(workplace, COMMENTS, id, 'file')
    return id
  }
  const first = await done({ purpose: 'when-needed', reason: 'Bổ nhiệm' })
  await done({ purpose: 'when-needed', reason: 'Khen thưởng' })
  const yearly = await done({})
  const again = { memberId, year: 2026, purpose: 'yearly' }
  expect(await code(workplace, COMMENTS, randomUUID(), 'request', again)).toBe(
    'residence-comment.already-filed',
  )
  const voided = async (id: string) =>
    (
      await world.database.read.one<{ count: number }>(sql`
        select count(*)::int as count from paper
         where dossier_id = ${id} and kind = 'residence-comment' and voided_at is not null`)
    ).count
  expect(await voided(yearly)).toBe(0)
  await done({ corrects: yearly })
  expect([await voided(yearly), await voided(first)]).toEqual([1, 0])
  expect((await workplace.get(`/residence-comments/${yearly}/comment.pdf`)).status).toBe(200)
})

test('a referral goes to a special zone as to any commune, found among however many cells of its name', async () => {
  const rows = readFileSync(join(import.meta.dirname, '../../../data/administrative-units.csv'), 'utf8')
  const types = new Set([...rows.matchAll(/^commune,\d+,\d+,([^,]+),/gm)].map(([, type]) => type!))
  expect([...types].sort()).toEqual(['Phường', 'Xã', 'Đặc khu'])
  for (const type of types) {
    const name = `Đảng bộ ${type.toLowerCase()}`
    const kind = await world.database.read.maybe(
      sql`select kind from organisation_kind_name where name = ${name} and kind = 'commune'`,
    )
    expect(kind, name).toBeDefined()
  }
  const { city, commission } = world.places
  const [zone, zoneCell] = await world.database.transaction(async (write) => {
    for (let each = 1; each <= 201; each += 1)
      await addOrganisation(write, `Chi bộ Phú Quốc ${each}`, 'cell', commission)
    const made = await addOrganisation(write, 'Đảng bộ Đặc khu Phú Quốc', 'commune', city)
    return [made, await addOrganisation(write, 'Chi bộ khu phố 1', 'cell', made)]
  })
  const person = await world.member('Phó Bí Thư Đặc Khu', zoneCell)
  const deputy = await world.office(person.memberId, person.name, 'committee-deputy-secretary', zone)
  const { memberId } = await world.member('Tạ Văn Đảo')
  const page = await workplace.get(`/residence-referrals/new?member=${memberId}&q=phu%20quoc`)
  expect(page.text).toContain(zone)
  const id = randomUUID()
  await ask(workplace, REFERRALS, id, 'refer', { memberId, communeId: zone, address: 'Dương Đông' })
  await ask(deputy, REFERRALS, id, 'accept', { cellId: zoneCell })
  expect((await deputy.read<ReferralView>(`${REFERRALS}/${id}`)).status).toBe('accepted')
})

test('two officers ask for the same members in the same second: each is asked about once, and the other told so', async () => {
  const people = await Promise.all([1, 2, 3, 4].map((each) => world.member(`Kim Thị Cùng Lúc ${each}`)))
  const chosen = people.map(({ memberId }) => memberId)
  for (const memberId of chosen) await referred(memberId)
  const asking = async (who: Visitor) => {
    const body = { commandId: randomUUID(), year: 2026, purpose: 'yearly', chosen }
    const answer = await who.post(`${COMMENTS}/ask`, body)
    return answer.json<{ asked: number; results: { refusal: { code: string } | null }[] }>()
  }
  const both = await Promise.all([asking(workplace), asking(world.officers.buildingOfficer)])
  expect(both[0].asked + both[1].asked).toBe(chosen.length)
  const refusals = both.flatMap(({ results }) => results.flatMap(({ refusal }) => refusal?.code ?? []))
  expect(new Set(refusals)).toEqual(new Set(['residence-comment.already-open']))
  const { count } = await world.database.read.one<{ count: number }>(
    sql`select count(*)::int as count from residence_comment where member_id = any(${chosen}::uuid[])`,
  )
  expect(count).toBe(chosen.length)
})

test('in January the round of last year is still on every page', async () => {
  const { memberId } = await world.member('Cao Thị Tháng Giêng')
  await referred(memberId)
  world.day('2027-01-05', '09:00')
  const page = (await workplace.get('/residence-comments/ask')).text
  expect(page).toContain('Cao Thị Tháng Giêng')
  expect(page).toMatch(/<option value="2026" selected/)
  const asked = await workplace.post(`${COMMENTS}/ask`, {
    commandId: randomUUID(),
    year: 2026,
    purpose: 'yearly',
    chosen: [memberId, memberId, randomUUID(), world.officers.foreignDeputy.memberId],
  })
  expect(asked.json<{ asked: number; results: unknown[] }>()).toMatchObject({ asked: 1 })
  expect(asked.json<{ results: unknown[] }>().results).toHaveLength(3)
  expect((await workplace.get('/')).text).toContain('2026')
  expect((await commune.get('/residence-comments')).text).toContain('Cao Thị Tháng Giêng')
})
