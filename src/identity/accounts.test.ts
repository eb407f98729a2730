/** Who is taken in, and as whom: identities against the registry, the tie of the first sign-in, and how it is loosened. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { identityWorld, minutesLater, NOW, TODAY, type IdentityWorld } from '../../tests/identity-world.ts'
import { sql } from '../kernel/db.ts'
import { accountReports, admitIdentity, releaseAccount } from './accounts.ts'
import { OWN_HAT } from './hats.ts'
import type { Identity } from './relying-party.ts'
import { findSession, openSession } from './sessions.ts'

let world: IdentityWorld
let an: string
let digits = 400_000_000_000

beforeAll(async () => {
  world = await identityWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  const cell = await world.organisation('Chi bộ Khu phố 1')
  an = await world.member({ name: 'Nguyễn Thị An', personalId: String(++digits), organisationId: cell })
  await world.change('delete from account_report')
})

const identity = (change: Partial<Identity> = {}): Identity => ({
  issuer: 'https://vneid.example',
  subject: `subject-${digits}`,
  personalId: String(digits),
  name: 'NGUYỄN THỊ AN',
  birthDate: '1985-03-08',
  signedInAt: NOW,
  ...change,
})
const admit = (change: Partial<Identity> = {}, now = NOW) =>
  admitIdentity(world.database, identity(change), now)
const reports = async () =>
  (await accountReports(world.database.read)).map(({ code, memberId }) => ({ code, memberId }))

test('a member of the registry comes in, again and again, with the hat worn last', async () => {
  expect(await admit()).toEqual({ memberId: an, hatKey: 'member' })
  await world.change(`update account set hat = 'office:x' where member_id = $1`, [an])
  expect(await admit({}, minutesLater(60))).toEqual({ memberId: an, hatKey: 'office:x' })
  expect(await reports()).toEqual([])
})

test('two first sign-ins at the same moment tie the same identity once', async () => {
  const both = await Promise.all([admit(), admit()])
  expect(both.map((account) => account.memberId)).toEqual([an, an])
})

describe('who is not taken in', () => {
  test('an ID that the registry does not know', async () => {
    await expect(admit({ personalId: '999999999999' })).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'identity.unknown-person',
    })
  })
  test.each(['left', 'removed', 'deceased'])('a member who %s', async (standing) => {
    await world.change(`update member set standing = $2 where id = $1`, [an, standing])
    await expect(admit()).rejects.toMatchObject({ code: 'identity.unknown-person' })
  })
  test('the ID of a member with another day of birth; it is reported', async () => {
    await expect(admit({ birthDate: '1985-03-09' })).rejects.toMatchObject({
      code: 'identity.person-differs',
    })
    expect(await reports()).toEqual([{ code: 'identity.person-differs', memberId: an }])
  })
  test.each([
    ['year', '1985-12-31', true],
    ['year', '1986-03-08', false],
    ['month', '1985-03-31', true],
    ['month', '1985-04-08', false],
  ])('births known to the %s: %s passes %s', async (precision, birthDate, passes) => {
    await world.change(`update member set birth_precision = $2 where id = $1`, [an, precision])
    const outcome = await admit({ birthDate }).then(
      () => true,
      () => false,
    )
    expect(outcome).toBe(passes)
  })
  test('another identity for the same member; it is reported, without the identity itself', async () => {
    await admit()
    await expect(admit({ subject: 'stolen' })).rejects.toMatchObject({ code: 'identity.other-account' })
    expect(await reports()).toEqual([{ code: 'identity.other-account', memberId: an }])
    const rows = await world.database.read.rows(sql`select * from account_report`)
    expect(JSON.stringify(rows)).not.toContain('stolen')
    expect(await admit()).toMatchObject({ memberId: an }) // the rightful one goes on
  })
  test('the same identity for another member', async () => {
    await admit()
    const subject = identity().subject
    const other = await world.member({ name: 'Người Khác', personalId: String(++digits) })
    await expect(admit({ subject })).rejects.toMatchObject({ code: 'identity.other-account' })
    expect(await reports()).toEqual([{ code: 'identity.other-account', memberId: other }])
  })
})

describe('releasing an account that was lost or spoofed', () => {
  const release = (basis = 'Cấp lại tài khoản, biên bản 12') =>
    world.database.transaction((write) => releaseAccount(write, { memberId: an, basis, by: an, now: NOW }))
  test('ends the sessions, leaves a trace, and the next sign-in ties anew', async () => {
    await admit()
    const secret = await world.database.transaction((write) =>
      openSession(write, { memberId: an, choice: OWN_HAT, signedInAt: NOW, device: '', now: NOW }),
    )
    await release()
    expect(await findSession(world.database, secret, NOW, TODAY)).toBeUndefined()
    expect(await accountReports(world.database.read)).toMatchObject([
      {
        code: 'identity.account-released',
        basis: 'Cấp lại tài khoản, biên bản 12',
        memberName: 'Nguyễn Thị An',
      },
    ])
    expect(await admit({ subject: 'new' })).toMatchObject({ memberId: an })
  })
  test('needs an account and a basis', async () => {
    await expect(release()).rejects.toMatchObject({ code: 'identity.no-account' })
    await admit()
    await expect(release('  ')).rejects.toMatchObject({ code: 'identity.basis-missing' })
  })
})
