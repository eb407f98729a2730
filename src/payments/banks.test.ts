/** The list of banks is whole and every row usable. */
import { expect, test } from 'vitest'
import { BanksObject } from 'vietnam-qr-pay'
import { allBanks, findBank } from './banks.ts'
import { encodeVietQr } from './vietqr.ts'

test('each bank has a number of its own, a name, and can be paid', () => {
  const banks = allBanks()
  expect(banks).toHaveLength(58)
  expect(new Set(banks.map(({ bin }) => bin)).size).toBe(banks.length)
  for (const { bin, shortName } of banks) {
    expect(shortName).toMatch(/^\S.*\S$/)
    expect(encodeVietQr({ bin, account: '1' }, '2026-11-26')).toContain(bin)
  }
})

test('names, former names, and who only receives', () => {
  expect(findBank('970436')).toEqual({
    bin: '970436',
    shortName: 'Vietcombank',
    fullName: 'Ngân hàng TMCP Ngoại thương Việt Nam',
    receiveOnly: false,
  })
  expect(findBank('970406')).toEqual({
    bin: '970406',
    shortName: 'Vikki',
    formerName: 'DongA',
    receiveOnly: false,
  })
  expect(allBanks().filter(({ receiveOnly }) => receiveOnly)).toHaveLength(17)
  expect(findBank('000000')).toBeUndefined()
})

test('the numbers are those that an independent list gives', () => {
  const theirs = new Set(Object.values(BanksObject).map(({ bin }) => bin))
  expect(allBanks().filter(({ bin }) => !theirs.has(bin))).toEqual([])
})
