/** A member moves to another cell while requests wait: they go along, and are answered there; what was answered stays. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { mergeWards, signerOf } from '../../../../tests/reorganisations.ts'
import { beginTransfer } from '../../../../tests/transfer-life.ts'
import type { Visitor } from '../../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../../tests/transfer-world.ts'
import { sql } from '../../../kernel/db.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { addSchedule, FEE_VND } from '../test-builders.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())
afterEach(async () => {
  const { problems } = await verifyLedger(world.database)
  if (problems.length > 0) throw new Error(`the ledger is not clean: ${JSON.stringify(problems)}`)
})

async function somebody(name: string): Promise<Visitor> {
  const member = await world.member(name)
  await world.database.transaction((write) => addSchedule(write, member.memberId, FEE_VND))
  return member
}

async function asked(member: Visitor, kind: object): Promise<string> {
  const commandId = randomUUID()
  const asking = { commandId, from: '2026-09', until: '2026-12', request: 'Gia đình gặp bão', ...kind }
  const answer = await member.post('/api/v1/fees/reliefs', asking)
  expect(answer.status, answer.text).toBe(200)
  return commandId
}

const seenBy = async (who: Visitor): Promise<string[]> =>
  (await who.read<{ reliefs: { id: string }[] }>('/api/v1/fees/reliefs')).reliefs.map(({ id }) => id)

const forwarded = (by: Visitor, id: string) =>
  by.post(`/api/v1/fees/reliefs/${id}/forward`, { opinion: 'for', reason: 'Đúng hoàn cảnh' })
const decided = (by: Visitor, id: string, more: object) =>
  by.post(`/api/v1/fees/reliefs/${id}/decide`, {
    decision: 'grant',
    number: '12-QĐ/ĐU',
    from: '2026-09',
    until: '2026-12',
    ...more,
  })

test('transferred to another ward: one that waited for the cell and one that waited above are answered at the new place', async () => {
  const { cellSecretary, wardDeputy, destinationSecretary, destinationDeputy } = world.officers
  const member = await somebody('Chuyển Khi Đang Chờ')
  const life = await beginTransfer(world, member)
  const reduction = await asked(member, { kind: 'reduction', percent: 50 })
  const more = await asked(member, { kind: 'voluntary', extraVnd: 20_000 })
  expect((await forwarded(cellSecretary, more)).status).toBe(200)
  expect(await seenBy(wardDeputy)).toEqual([more])
  await world.database.transaction((write) =>
    write.run(sql`
      insert into fee_declaration (id, member_id, organisation_id, from_period, facts, declared_by, declared_at)
      values (gen_random_uuid(), ${member.memberId}, ${world.places.cell}, '2026-10-01', '{}', ${member.memberId}, ${world.now()})`),
  )

  // Until the member is admitted elsewhere, they wait where they are.
  await life.to('in-transit')
  await world.sweep()
  expect((await seenBy(cellSecretary)).toSorted()).toEqual([reduction, more].toSorted())
  await life.to('completed')
  await world.sweep()
  await world.sweep()
  expect(await seenBy(cellSecretary)).toEqual([])
  expect(await seenBy(wardDeputy)).toEqual([])
  expect((await seenBy(destinationSecretary)).toSorted()).toEqual([reduction, more].toSorted())
  expect(await seenBy(destinationDeputy)).toEqual([more])
  const told = await member.notices()
  expect(told.filter((text) => text.includes('đã chuyển theo đồng chí'))).toHaveLength(3)
  expect(
    await world.database.read.rows(sql`
      select organisation_id as cell from fee_declaration where member_id = ${member.memberId} and status = 'submitted'`),
  ).toEqual([{ cell: world.places.otherCell }])

  // Answered there: the opinion of the cell before counts for the second, the first is new for everybody.
  expect((await decided(destinationDeputy, more, { extraVnd: 20_000 })).status).toBe(200)
  const early = await decided(destinationDeputy, reduction, { percent: 50 })
  expect(early.status).toBe(404)
  expect((await forwarded(destinationSecretary, reduction)).status).toBe(200)
  const done = await decided(destinationDeputy, reduction, { percent: 50 })
  expect(done.status, done.text).toBe(200)

  // What was granted stays with who granted it, wherever the member goes; asked for again it is one of the new place.
  expect(await seenBy(cellSecretary)).toEqual([])
  expect((await member.get('/fees/relief')).text).toContain('Chi bộ')
})

test('the ward that was to decide becomes part of another one: it waits there, and is decided there', async () => {
  const { cellSecretary } = world.officers
  const member = await somebody('Chờ Phường Quyết Định')
  const waiting = await asked(member, { kind: 'reduction', percent: 30 })
  expect((await forwarded(cellSecretary, waiting)).status).toBe(200)
  const signer = await signerOf(world)
  world.day('2026-08-28')
  const { ward } = await mergeWards(world, signer)
  const { memberId, name } = await world.member('Phó Bí Thư Tân Kiệu', world.places.neighbour)
  const deputy = await world.office(memberId, name, 'committee-deputy-secretary', ward.id)
  await world.sweep()
  expect(await seenBy(deputy)).toContain(waiting)
  const done = await decided(deputy, waiting, { percent: 30 })
  expect(done.status, done.text).toBe(200)
  // What the old ward had granted before may be ended early by the new one.
  const ended = await world.database.read.rows(sql`
    select distinct decider_id as decider from fee_relief where status = 'granted'`)
  expect(ended).toEqual([{ decider: ward.id }])
})
