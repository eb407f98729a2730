/** Where the member is counted follows the transfer, also when the unit changes its setting while somebody is on the way. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginTransfer } from '../../../tests/transfer-life.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import { membershipOf, membershipsOf } from '../../registry/members/memberships.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

const setCounting = (until: 'referral' | 'admission', from: string) =>
  world.change(
    `insert into setting_value (key, valid_from, value, reason) values ('official-transfer.counted-until', $1, $2, 'x')`,
    [from, JSON.stringify(until)],
  )

test('referred under one setting, admitted under the other: the member arrives all the same, counted once each day', async () => {
  world.day('2026-09-07', '09:00')
  const byReferral = await beginTransfer(world, await world.member('Lê Thị Giới'))
  await byReferral.to('at-destination')
  expect(await membershipOf(world.database.read, byReferral.member.memberId)).toMatchObject({
    standing: 'in-transit',
    organisationId: world.places.cell,
  })

  await setCounting('admission', '2026-09-08')
  world.day('2026-09-08', '09:00')
  expect((await byReferral.to('completed')).status).toBe('completed')
  const byAdmission = await beginTransfer(world, await world.member('Lê Văn Nhận'))
  await byAdmission.to('at-destination')
  expect(await membershipOf(world.database.read, byAdmission.member.memberId)).toMatchObject({
    standing: 'active',
    organisationId: world.places.cell,
  })

  await setCounting('referral', '2026-09-09')
  world.day('2026-09-09', '09:00')
  expect((await byAdmission.to('completed')).status).toBe('completed')
  for (const { member } of [byReferral, byAdmission]) {
    const rows = await membershipsOf(world.database.read, member.memberId)
    expect(rows.filter(({ until }) => until === null)).toMatchObject([
      { standing: 'active', organisationId: world.places.otherCell },
    ])
  }
})

test('referred under one setting and sent back under the other: counted at the origin again', async () => {
  world.day('2026-09-10', '09:00')
  const life = await beginTransfer(world, await world.member('Lê Thị Về'))
  await life.to('referred')
  expect(await membershipOf(world.database.read, life.member.memberId)).toMatchObject({
    standing: 'in-transit',
  })
  await setCounting('admission', '2026-09-11')
  world.day('2026-09-11', '09:00')
  await world.officers.commissionDeputy.ask(life.id, 'void-referral', { reason: 'Ghi sai tên chi bộ' })
  expect(await membershipOf(world.database.read, life.member.memberId)).toMatchObject({
    standing: 'active',
    organisationId: world.places.cell,
  })
})
