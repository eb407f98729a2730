/** Delegations on the real database: given once, taken back at once, seen by both sides, and nobody else's. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { identityWorld, NOW, TODAY, type IdentityWorld } from '../../tests/identity-world.ts'
import type { PersonActor } from '../kernel/actor.ts'
import { sql } from '../kernel/db.ts'
import { storeFile } from '../papers/store.ts'
import type { GrantDelegation } from './delegation-rules.ts'
import {
  delegableOrganisations,
  delegationsOf,
  findDelegateMember,
  grantDelegation,
  linkedByDelegation,
  revokeDelegation,
  standingOf,
} from './delegations.ts'

let world: IdentityWorld
let ward: string
let cell: string
let ba: string
let chau: string
let digits = 500_000_000_000

beforeAll(async () => {
  world = await identityWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  ward = await world.organisation('Đảng bộ Phường Tân Tạo')
  cell = await world.organisation('Chi bộ Khu phố 1', { parentId: ward })
  ba = await world.member({ name: 'Hồ Thị Bà', personalId: String(++digits), organisationId: cell })
  chau = await world.member({ name: 'Hồ Văn Cháu', personalId: String(++digits), organisationId: cell })
})

const as = (memberId: string): PersonActor => ({
  kind: 'person',
  memberId,
  hat: { position: 'member', organisationId: cell },
  signedInAt: NOW,
})
const toChau = (change: Partial<GrantDelegation> = {}): GrantDelegation => ({
  id: randomUUID(),
  delegate: { kind: 'member', memberId: chau },
  procedures: ['official-transfer'],
  validFrom: TODAY,
  validTo: '2026-12-31',
  form: 'written',
  basis: 'Giấy ủy quyền ngày 19/11/2026',
  ...change,
})
const grant = (which: GrantDelegation, actor = as(ba)) =>
  world.database.transaction((write) =>
    grantDelegation(write, actor, which, { now: NOW, today: TODAY, procedures: ['official-transfer'] }),
  )
/** A file this member attached somewhere. @returns its sum */
const handedInBy = (memberId: string) =>
  world.database.transaction(async (write) => {
    const sha256 = await storeFile(write, Buffer.from(`giấy của ${memberId}`), 'pdf')
    await write.run(sql`
      insert into dossier_file (id, dossier_id, role, name, sha256, added_by, added_at)
      values (${randomUUID()}, ${randomUUID()}, 'decision', 'giay.pdf', ${sha256}, ${memberId}, ${NOW})`)
    return sha256
  })
const revoke = (id: string, actor: PersonActor) =>
  world.database.transaction((write) => revokeDelegation(write, actor, id, NOW))

describe('giving', () => {
  test('is seen by both sides', async () => {
    const given = toChau()
    await grant(given)
    const mine = await delegationsOf(world.database.read, ba)
    expect(mine).toMatchObject({
      given: [{ id: given.id, delegateName: 'Hồ Văn Cháu', office: null, revokedAt: null }],
      received: [],
    })
    const theirs = await delegationsOf(world.database.read, chau)
    expect(theirs).toMatchObject({
      given: [],
      received: [{ id: given.id, delegatorName: 'Hồ Thị Bà', validTo: '2026-12-31' }],
    })
  })
  test('names the office delegated', async () => {
    const officeId = await world.office({ memberId: ba, organisationId: cell })
    const secretary: PersonActor = {
      ...as(ba),
      hat: { position: 'secretary', organisationId: cell, officeId },
    }
    await grant(toChau({ officeId }), secretary)
    const { given } = await delegationsOf(world.database.read, ba)
    expect(given[0]?.office).toEqual({ id: officeId, position: 'Bí thư', organisation: 'Chi bộ Khu phố 1' })
  })
  test('twice with the same id is once, also at the same moment', async () => {
    const given = toChau()
    await Promise.allSettled([grant(given), grant(given)])
    await grant(given)
    expect((await delegationsOf(world.database.read, ba)).given).toHaveLength(1)
  })
  test('another one with a used id is refused', async () => {
    const given = toChau()
    await grant(given)
    await expect(grant({ ...given, validTo: '2026-12-30' })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'identity.delegation-id-used',
    })
    await expect(
      grant({ ...given, delegate: { kind: 'member', memberId: ba } }, as(chau)),
    ).rejects.toMatchObject({ code: 'identity.delegation-id-used' })
  })
  test.each(['left', 'deceased'])('not to a member who %s', async (standing) => {
    await world.change('update member set standing = $2 where id = $1', [chau, standing])
    await expect(grant(toChau())).rejects.toMatchObject({ code: 'identity.delegate-unknown' })
  })
  test('not to an organisation that has ended', async () => {
    const organisationId = await world.organisation('Cũ', { validTo: TODAY })
    await expect(grant(toChau({ delegate: { kind: 'organisation', organisationId } }))).rejects.toMatchObject(
      { code: 'identity.delegate-unknown' },
    )
  })
  test('not on evidence that is not kept', async () => {
    await expect(grant(toChau({ evidenceSha256: 'a'.repeat(64) }))).rejects.toMatchObject({
      code: 'identity.evidence-unknown',
    })
  })
  test('on evidence one handed in; what others handed in is as unknown as what nobody did', async () => {
    const sha256 = await handedInBy(chau)
    await expect(grant(toChau({ evidenceSha256: sha256 }))).rejects.toMatchObject({
      code: 'identity.evidence-unknown',
    })
    await grant(toChau({ evidenceSha256: await handedInBy(ba) }))
  })
})

describe('taking back', () => {
  test('by the giver, or laid down by the taker; twice is once, and the first counts', async () => {
    const given = toChau()
    await grant(given)
    await revoke(given.id, as(chau))
    await revoke(given.id, as(ba))
    const [row] = (await delegationsOf(world.database.read, ba)).given
    expect(row).toMatchObject({ revokedAt: NOW })
    expect(standingOf(row!, TODAY)).toBe('revoked')
  })
  test('not by a stranger, and not one that does not exist', async () => {
    const given = toChau()
    await grant(given)
    const stranger = await world.member({ name: 'Người Lạ', personalId: String(++digits) })
    for (const id of [given.id, randomUUID()])
      await expect(revoke(id, as(stranger))).rejects.toMatchObject({
        kind: 'not-found',
        code: 'identity.unknown-delegation',
      })
  })
})

test('links two people in both directions, for its procedure, unless it had ended before', async () => {
  await grant(toChau())
  const linked = async (who: string, procedure: string, day: string) =>
    (await linkedByDelegation(world.database.read, [who], procedure, new Date(`${day}T03:00:00Z`))).toSorted()
  const both = [ba, chau].toSorted()
  expect(await linked(ba, 'official-transfer', '2026-12-31')).toEqual(both)
  expect(await linked(chau, 'official-transfer', '2026-12-31')).toEqual(both)
  expect(await linked(ba, 'official-transfer', '2027-01-01')).toEqual([ba])
  expect(await linked(ba, 'party-fees', '2026-12-31')).toEqual([ba])
})

test('its standing on each day', async () => {
  await grant(toChau({ validFrom: '2026-11-22', validTo: '2026-11-23' }))
  const [row] = (await delegationsOf(world.database.read, ba)).given
  const days = ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24']
  expect(days.map((day) => standingOf(row!, day))).toEqual(['coming', 'running', 'running', 'ended'])
})

describe('naming the delegate', () => {
  const find = (personalId: string, name: string) => findDelegateMember(world.database.read, personalId, name)
  test('takes ID and name together, the name without diacritics too', async () => {
    expect(await find(String(digits), 'HỒ VĂN  CHÁU')).toBe(chau)
    expect(await find(String(digits), 'ho van chau')).toBe(chau)
    expect(await find(String(digits), 'Hồ Thị Bà')).toBeUndefined()
    expect(await find('999999999999', 'Hồ Văn Cháu')).toBeUndefined()
  })
  test('offers the own organisation and those above', async () => {
    expect(await delegableOrganisations(world.database.read, ba, TODAY)).toEqual([
      { id: cell, name: 'Chi bộ Khu phố 1' },
      { id: ward, name: 'Đảng bộ Phường Tân Tạo' },
    ])
  })
})
