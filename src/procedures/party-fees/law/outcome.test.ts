/** What a bank's line means: each outcome by its own case, and the order in which they are asked. */
import { expect, test } from 'vitest'
import { judge, type BankMoney, type KnownOrder } from './outcome.ts'

const LINE = { memberId: 'm', period: '2026-06-01', number: 0, amountVnd: 80_000, taken: false }
const ORDER: KnownOrder = { id: 'o', accountId: 'a', amountVnd: 80_000, paid: false, lines: [LINE] }
const MONEY: BankMoney = { accountId: 'a', direction: 'in', amountVnd: 80_000, key: 'DPX' }

function outcome(money: Partial<BankMoney>, order: Partial<KnownOrder> = {}) {
  return judge([{ ...MONEY, ...money }], new Map([['DPX', { ...ORDER, ...order }]]))[0]!.outcome
}

test.each([
  ['the amount of the order, to the đồng', {}, {}, 'matched'],
  ['one đồng less', { amountVnd: 79_999 }, {}, 'under-paid'],
  ['one đồng more', { amountVnd: 80_001 }, {}, 'over-paid'],
  ['no key', { key: undefined }, {}, 'unknown'],
  ['a key nobody has', { key: 'DPY' }, {}, 'unknown'],
  ['the key of an order on another account', { accountId: 'b' }, {}, 'unknown'],
  ['an order paid before', {}, { paid: true }, 'duplicate'],
  ['an order paid before, by a wrong amount too', { amountVnd: 1 }, { paid: true }, 'duplicate'],
  ['a line paid by another order', {}, { lines: [{ ...LINE, taken: true }] }, 'already-paid'],
  ['money that leaves, whatever it says', { direction: 'out' }, {}, 'out'],
] as const)('%s', (_words, money, order, wanted) => {
  const { key, ...rest } = money as Partial<BankMoney>
  const given = 'key' in money && key === undefined ? { ...rest, key: '' } : money
  expect(outcome(given as Partial<BankMoney>, order as Partial<KnownOrder>)).toBe(wanted)
})

test('of two lines for one order the first pays, the second is a duplicate', () => {
  expect(judge([MONEY, MONEY], new Map([['DPX', ORDER]])).map((each) => each.outcome)).toEqual([
    'matched',
    'duplicate',
  ])
})

test('of two orders with the same line the first is paid', () => {
  const orders = new Map([
    ['DPX', ORDER],
    ['DPY', { ...ORDER, id: 'p' }],
  ])
  const judged = judge([MONEY, { ...MONEY, key: 'DPY' }], orders)
  expect(judged.map((each) => each.outcome)).toEqual(['matched', 'already-paid'])
})
