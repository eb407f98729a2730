/** The rules of accounts: every standing with every act, by whom it was declared and by others. */
import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../../kernel/refusal.ts'
import {
  ACCOUNT_STANDINGS,
  requireChoosable,
  requireRetirable,
  requireVerifiable,
  standingOf,
  type AccountFacts,
  type AccountStanding,
} from './accounts.ts'
import { holderAsBanksWrite, isSameHolder } from './holder.ts'

const DAY = new Date('2026-06-05T03:00:00Z')
const WAITING: AccountFacts = {
  organisationId: 'cell',
  declaredBy: 'secretary',
  holder: 'DANG UY PHUONG TAN TAO',
  verifiedAt: null,
  setAsideAt: null,
  retiredAt: null,
}
const ACCOUNTS: Readonly<Record<AccountStanding, AccountFacts>> = {
  waiting: WAITING,
  'in-use': { ...WAITING, verifiedAt: DAY },
  'set-aside': { ...WAITING, verifiedAt: DAY, setAsideAt: DAY },
  retired: { ...WAITING, verifiedAt: DAY, retiredAt: DAY },
}
const SEEN = 'Đảng ủy phường Tân Tạo'

test.each(ACCOUNT_STANDINGS)('%s is called so', (standing) => {
  expect(standingOf(ACCOUNTS[standing])).toBe(standing)
})

test('one that was put away without being verified is retired too', () => {
  expect(standingOf({ ...WAITING, retiredAt: DAY })).toBe('retired')
})

describe.each(ACCOUNT_STANDINGS)('%s', (standing) => {
  const account = ACCOUNTS[standing]

  test('is verified only while it waits, by another person', () => {
    const who = [['secretary'], ['delegate', 'secretary'], ['deputy']]
    const codes = who.map((people) => refusalOf(() => requireVerifiable(account, people, SEEN))?.code)
    expect(codes).toEqual(
      standing === 'waiting'
        ? ['party-fees.account-second-person', 'party-fees.account-second-person', undefined]
        : who.map(() => 'party-fees.account-not-waiting'),
    )
  })

  test('is chosen only when verified, by its own organisation', () => {
    const codes = ['cell', 'ward'].map((by) => refusalOf(() => requireChoosable(account, by))?.code)
    const verified = standing === 'in-use' || standing === 'set-aside'
    const unverified = 'party-fees.account-not-verified'
    expect(codes).toEqual(verified ? [undefined, 'party-fees.account-owner-only'] : [unverified, unverified])
  })

  test('is put away by its organisation; by one above only while it waits', () => {
    const codes = ['cell', 'ward'].map((by) => refusalOf(() => requireRetirable(account, by))?.code)
    expect(codes).toEqual([undefined, standing === 'waiting' ? undefined : 'party-fees.account-owner-only'])
  })
})

test('another holder than was declared is not verified', () => {
  const refusal = refusalOf(() => requireVerifiable(WAITING, ['deputy'], 'DANG UY PHUONG TAN TAO A'))
  expect(refusal?.code).toBe('party-fees.account-holder-differs')
  expect(refusal?.fields.map(({ field }) => field)).toEqual(['holderSeen'])
})

test.each([
  ['Đảng ủy  phường Tân Tạo', 'DANG UY PHUONG TAN TAO'],
  ['Đảng uỷ phường Tân Tạo', 'DANG UY PHUONG TAN TAO'],
  ['nguyễn đình hảo ', 'NGUYEN DINH HAO'],
  ['ĐẶNG THỊ ÚT', 'DANG THI UT'],
])('%s is written %s', (name, written) => {
  expect(holderAsBanksWrite(name)).toBe(written)
  expect(isSameHolder(name, written)).toBe(true)
})

test.each([
  ['NGUYEN VAN A', 'NGUYEN VAN B'],
  ['NGUYEN VAN A', 'NGUYEN VANA'],
  ['', 'A'],
])('%s is not %s', (one, other) => {
  expect(isSameHolder(one, other)).toBe(false)
})
