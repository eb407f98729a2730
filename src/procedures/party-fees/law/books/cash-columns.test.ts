/** Columns and balances of the cash book. */
import { expect, test } from 'vitest'
import { balances, cashColumn, directionOf, PURPOSES } from './cash-columns.ts'

test('fees, shares paid down, and what has no column of its own', () => {
  expect(cashColumn('paid', 'in')).toBe('fees')
  expect(cashColumn('received', 'in')).toBe('fees')
  expect(cashColumn('drawn', 'in')).toBe('from-above')
  expect(cashColumn('drawn', 'out')).toBe('other-out')
  expect(cashColumn('unmatched', 'in')).toBe('other-in')
  expect(cashColumn('remitted', 'out')).toBe('other-out')
  expect(cashColumn('spent', 'out', 'newspapers')).toBe('newspapers')
})

test('a voucher’s direction follows from what it is for', () => {
  expect(PURPOSES.filter((purpose) => directionOf(purpose) === 'in')).toEqual(['from-above', 'other-in'])
})

test('balances: what undoes a payment gives it back', () => {
  expect(
    balances(100, [
      { column: 'fees', direction: 'in', amountVnd: 50 },
      { column: 'newspapers', direction: 'out', amountVnd: 30 },
      { column: 'newspapers', direction: 'out', amountVnd: -30 },
    ]),
  ).toEqual([150, 120, 150])
})
