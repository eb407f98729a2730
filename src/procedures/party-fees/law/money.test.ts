/** Fractions of đồng: exact until they are rounded, once, half up. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalText, exactly, MAX_AMOUNT_VND, percentText, plus, roundHalfUp, times } from './money.ts'

test.each([
  [1, 2, 1, 1],
  [1, 3, 1, 0],
  [2, 3, 1, 1],
  [499, 1, 1000, 0],
  [500, 1, 1000, 1000],
  [1499, 1, 1000, 1000],
])('%d/%d to %d đồng is %d', (num, den, unit, expected) => {
  expect(roundHalfUp(times(exactly(1), { num, den }), unit)).toBe(expected)
})

test('rounding moves by at most half a đồng, however large the amount', () => {
  const amount = fc.integer({ min: 0, max: MAX_AMOUNT_VND })
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 1000 }), (vnd, num) => {
      const rounded = BigInt(roundHalfUp(times(exactly(vnd), { num, den: 1000 }), 1)) * 1000n
      const exact = BigInt(vnd) * BigInt(num)
      expect(rounded - exact <= 500n && exact - rounded < 500n).toBe(true)
    }),
  )
})

test('what is exact is written exactly', () => {
  expect(decimalText(times(exactly(15_931), { num: 30, den: 100 }))).toBe('4779.3')
  expect(decimalText(plus(exactly(1), times(exactly(1), { num: 5, den: 1000 })))).toBe('1.005')
  expect([percentText({ num: 3, den: 1000 }), percentText({ num: 1, den: 100 })]).toEqual(['0.3', '1'])
})
