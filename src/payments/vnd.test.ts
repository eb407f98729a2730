/** Amounts as banks print them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberVi } from '../kernel/vietnamese-numbers.ts'
import { readVnd } from './vnd.ts'

test.each([
  ['1.234.567', 1_234_567],
  ['1,234,567', 1_234_567],
  ['1.234.567,00', 1_234_567],
  ['1,234,567.00 VND', 1_234_567],
  ['1 234 567 đ', 1_234_567],
  ['+50.000', 50_000],
  ['-50.000', -50_000],
  ['(50,000)', -50_000],
  ['15930', 15_930],
  ['0', 0],
  ['-0', 0],
])('%s is %d', (text, amount) => {
  expect(readVnd(text)).toBe(amount)
})

test.each([
  '',
  '1.23',
  '1.234,567',
  '1,234.567',
  '1.2345',
  '1.234.56',
  '12,5',
  '1.234,50',
  'abc',
  '1e5',
  '--5',
  '(-5)',
  '(5',
  '99999999999999',
  '1..000',
])('%s is no amount', (text) => {
  expect(readVnd(text)).toBeUndefined()
})

test('what is printed is read back, with either separator', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9_999_999_999_999, max: 9_999_999_999_999 }), (amount) => {
      expect(readVnd(numberVi(amount))).toBe(amount)
      expect(readVnd(amount.toLocaleString('en-US'))).toBe(amount)
    }),
  )
})
