/** The hats of a day, on the real database: own, offices, delegations, and each way in which one falls. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { identityWorld, NOW, TODAY, type IdentityWorld } from '../../tests/identity-world.ts'
import { refusalOf } from '../kernel/refusal.ts'
import { grantDelegation } from './delegations.ts'
import type { Delegate } from './delegation-rules.ts'
import { choiceOf, findHat, hatsOf, keyOf, OWN_HAT, requireCovered } from './hats.ts'

let world: IdentityWorld
let cell: string
let ward: string
let digits = 100_000_000_000

beforeAll(async () => {
  world = await identityWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  ward = await world.organisation('Đảng bộ Phường Tân Tạo')
  cell = await world.organisation('Chi bộ Khu phố 1', { parentId: ward })
})

const member = (name: string, more: Partial<Parameters<IdentityWorld['member']>[0]> = {}) =>
  world.member({ name, personalId: String(++digits), organisationId: cell, ...more })

async function delegate(
  from: string,
  to: Delegate,
  more: { officeId?: string; validFrom?: string; validTo?: string } = {},
) {
  const id = randomUUID()
  const position = more.officeId === undefined ? 'member' : 'secretary'
  const hat = { position, organisationId: cell, ...(more.officeId ? { officeId: more.officeId } : {}) }
  await world.database.transaction((write) =>
    grantDelegation(
      write,
      { kind: 'person', memberId: from, hat, signedInAt: NOW },
      {
        id,
        delegate: to,
        procedures: ['official-transfer'],
        validFrom: more.validFrom ?? TODAY,
        validTo: more.validTo ?? TODAY,
        form: 'written',
        basis: 'Giấy ủy quyền',
        ...(more.officeId ? { officeId: more.officeId } : {}),
      },
      { now: NOW, today: TODAY, procedures: ['official-transfer'] },
    ),
  )
  return id
}

const keysOf = async (memberId: string, day = TODAY) =>
  (await hatsOf(world.database.read, memberId, day)).map((hat) => hat.key)

describe('the own hat', () => {
  test('lies where the membership is', async () => {
    const an = await member('Nguyễn Thị An')
    expect(await hatsOf(world.database.read, an, TODAY)).toEqual([
      { key: 'member', position: 'member', organisationId: cell, organisationName: 'Chi bộ Khu phố 1' },
    ])
  })
  test('stays in transit', async () => {
    expect(await keysOf(await member('Lê Văn Bình', { inTransit: true }))).toEqual(['member'])
  })
  test('stays when the organisation itself has ended, under its last name', async () => {
    const old = await world.organisation('Chi bộ cũ', { validTo: '2026-06-01' })
    const [hat] = await hatsOf(
      world.database.read,
      await member('Trần Văn Cũ', { organisationId: old }),
      TODAY,
    )
    expect(hat).toMatchObject({ key: 'member', organisationName: 'Chi bộ cũ' })
  })
  test.each(['left', 'removed', 'deceased'])('nobody who %s has a hat', async (standing) => {
    const gone = await member('Phạm Thị Cũ', { standing })
    await world.office({ memberId: gone, organisationId: cell })
    expect(await keysOf(gone)).toEqual([])
  })
  test('who is counted nowhere has none', async () => {
    const id = await world.member({ name: 'Không Nơi', personalId: String(++digits) })
    expect(await keysOf(id)).toEqual([])
  })
})

describe('offices', () => {
  test('on their first and last day, not before or after', async () => {
    const an = await member('Nguyễn Thị An')
    const office = await world.office({
      memberId: an,
      organisationId: ward,
      since: '2026-11-01',
      until: TODAY,
    })
    expect(await keysOf(an, '2026-10-31')).toEqual(['member'])
    expect(await keysOf(an, '2026-11-01')).toEqual(['member', `office:${office}`])
    expect(await keysOf(an, TODAY)).toEqual(['member', `office:${office}`])
    expect(await keysOf(an, '2026-11-21')).toEqual(['member'])
  })
  test('higher rank first, each with its names', async () => {
    const an = await member('Nguyễn Thị An')
    await world.office({ memberId: an, organisationId: ward, position: 'deputy' })
    const first = await world.office({ memberId: an, organisationId: cell, position: 'secretary' })
    const hats = await hatsOf(world.database.read, an, TODAY)
    expect(hats.map((hat) => hat.positionName)).toEqual([undefined, 'Bí thư', 'Phó Bí thư'])
    expect(hats[1]).toMatchObject({
      officeId: first,
      position: 'secretary',
      organisationName: 'Chi bộ Khu phố 1',
    })
  })
  test('not in an organisation that has ended', async () => {
    const an = await member('Nguyễn Thị An')
    await world.office({ memberId: an, organisationId: await world.organisation('Cũ', { validTo: TODAY }) })
    expect(await keysOf(an)).toEqual(['member'])
  })
})

describe('delegations received', () => {
  test("of a member's own affairs: the member's hat, on behalf of", async () => {
    const ba = await member('Hồ Thị Bà')
    const chau = await member('Hồ Văn Cháu')
    const id = await delegate(ba, { kind: 'member', memberId: chau })
    expect((await hatsOf(world.database.read, chau, TODAY))[1]).toEqual({
      key: `grant:${id}`,
      position: 'member',
      organisationId: cell,
      organisationName: 'Chi bộ Khu phố 1',
      onBehalfOf: { memberId: ba, grantId: id, name: 'Hồ Thị Bà', procedures: ['official-transfer'] },
    })
  })
  test("of an office: the office's hat, on behalf of its holder; it ends with the office", async () => {
    const secretary = await member('Võ Bí Thư')
    const deputy = await member('Đỗ Phó')
    const office = await world.office({ memberId: secretary, organisationId: cell })
    const id = await delegate(secretary, { kind: 'member', memberId: deputy }, { officeId: office })
    const hat = await findHat(world.database.read, deputy, choiceOf(`grant:${id}`), TODAY)
    expect(hat).toMatchObject({
      position: 'secretary',
      officeId: office,
      onBehalfOf: { memberId: secretary },
    })
    await world.change(`update office set until = '2026-11-19' where id = $1`, [office])
    expect(await keysOf(deputy)).toEqual(['member'])
  })
  test('by an organisation: its officers, as long as they are', async () => {
    const ba = await member('Hồ Thị Bà')
    const officer = await member('Cán Bộ Phường')
    const office = await world.office({ memberId: officer, organisationId: ward })
    const id = await delegate(ba, { kind: 'organisation', organisationId: ward })
    expect(await keysOf(officer)).toEqual(['member', `office:${office}`, `grant:${id}`])
    expect(await keysOf(await member('Người Khác'))).toEqual(['member'])
    await world.change(`update office set until = '2026-11-19' where id = $1`, [office])
    expect(await keysOf(officer)).toEqual(['member'])
  })
  test('only on its days, not when revoked, not when the giver has left', async () => {
    const ba = await member('Hồ Thị Bà')
    const chau = await member('Hồ Văn Cháu')
    const id = await delegate(
      ba,
      { kind: 'member', memberId: chau },
      { validFrom: '2026-11-22', validTo: '2026-11-23' },
    )
    const stands = async (day: string) => (await keysOf(chau, day)).includes(`grant:${id}`)
    expect([
      await stands('2026-11-21'),
      await stands('2026-11-22'),
      await stands('2026-11-23'),
      await stands('2026-11-24'),
    ]).toEqual([false, true, true, false])
    await world.change(`update member set standing = 'left' where id = $1`, [ba])
    expect(await stands('2026-11-22')).toBe(false)
    await world.change(`update member set standing = 'active' where id = $1`, [ba])
    await world.change(`update delegation set revoked_at = now(), revoked_by = $2 where id = $1`, [id, ba])
    expect(await stands('2026-11-22')).toBe(false)
  })
  test('covers the procedures it names and no other', async () => {
    const ba = await member('Hồ Thị Bà')
    const chau = await member('Hồ Văn Cháu')
    await delegate(ba, { kind: 'member', memberId: chau })
    const [own, grant] = await hatsOf(world.database.read, chau, TODAY)
    expect(refusalOf(() => requireCovered(grant!, 'official-transfer'))).toBeUndefined()
    expect(refusalOf(() => requireCovered(grant!, 'party-fees'))?.code).toBe('identity.outside-delegation')
    expect(refusalOf(() => requireCovered(own!, 'party-fees'))).toBeUndefined()
  })
})

describe("somebody else's hats", () => {
  test('are not worn', async () => {
    const an = await member('Nguyễn Thị An')
    const other = await member('Người Khác')
    const office = await world.office({ memberId: an, organisationId: cell })
    const grant = await delegate(an, { kind: 'member', memberId: await member('Người Nhận') })
    expect(await findHat(world.database.read, other, choiceOf(`office:${office}`), TODAY)).toBeUndefined()
    expect(await findHat(world.database.read, other, choiceOf(`grant:${grant}`), TODAY)).toBeUndefined()
  })
  test.each(['', 'office', 'office:x', 'secretary', `office:${randomUUID()} `, `member:${randomUUID()}`])(
    '%j is no key',
    (key) => {
      expect(refusalOf(() => choiceOf(key))?.code).toBe('identity.unknown-hat')
    },
  )
  test('keys are read as they were written', () => {
    for (const key of ['member', `office:${randomUUID()}`, `grant:${randomUUID()}`])
      expect(keyOf(choiceOf(key))).toBe(key)
    expect(choiceOf('member')).toEqual(OWN_HAT)
  })
})
