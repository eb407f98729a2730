/** Budgets: spent, filled again by time, each person's own, an address's ten times as much. */
import { expect, test } from 'vitest'
import { Refusal, refusalOf } from '../kernel/refusal.ts'
import { Budgets, COSTS, networkOf, type Cost, type Payer } from './budgets.ts'

const AN: Payer = { purse: 'person', of: 'an' }
const OFFICE: Payer = { purse: 'visitors', of: '203.0.113.7' }

/** Asks until it is refused. */
function spend(budgets: Budgets, payer: Payer, cost: Cost, now = 0): { taken: number; refusal: Refusal } {
  for (let taken = 0; ; taken += 1) {
    const refusal = refusalOf(() => budgets.take(payer, cost, now))
    if (refusal) return { taken, refusal }
  }
}

test.each(Object.entries(COSTS).filter(([, units]) => units > 0))(
  'a minute’s budget is for 600 units: %s costs %i',
  (cost, units) => {
    const { taken, refusal } = spend(new Budgets(600), AN, cost as Cost)
    expect(taken).toBe(600 / units)
    expect(refusal).toMatchObject({ kind: 'too-many', code: 'request.too-many' })
    expect(refusal.facts.seconds).toBe(Math.ceil(units / 10))
  },
)

test('after the seconds told it is taken, and not before', () => {
  const budgets = new Budgets(600)
  const { refusal } = spend(budgets, AN, 'heavy')
  const seconds = Number(refusal.facts.seconds)
  expect(refusalOf(() => budgets.take(AN, 'heavy', seconds * 1000 - 1))).toBeInstanceOf(Refusal)
  expect(budgets.take(AN, 'heavy', seconds * 1000)).toBe(0)
})

test('a refusal costs nothing, and an hour of rest fills no more than a minute’s', () => {
  const budgets = new Budgets(600)
  spend(budgets, AN, 'reading')
  spend(budgets, AN, 'reading')
  expect(spend(budgets, AN, 'reading', 3_600_000).taken).toBe(600)
})

test('fifty people of one office do not wait for each other, and visitors of one address share ten times as much', () => {
  const budgets = new Budgets(600)
  for (let person = 0; person < 50; person += 1)
    expect(spend(budgets, { purse: 'person', of: `person ${person}` }, 'heavy').taken).toBe(30)
  expect(spend(budgets, OFFICE, 'guessing').taken).toBe(300)
  expect(spend(budgets, { ...OFFICE, of: '203.0.113.8' }, 'guessing').taken).toBe(300)
})

test('of one address each purse is emptied for itself, and a gateway’s thousands can sign in', () => {
  const budgets = new Budgets(600)
  expect(spend(budgets, { ...OFFICE, purse: 'signing-in' }, 'sign-in').taken).toBe(3_000)
  for (const [purse, cost, times] of [
    ['visitors', 'guessing', 300],
    ['watching', 'watching', 1_200],
    ['missing', 'guessing', 300],
  ] as const)
    expect(spend(budgets, { ...OFFICE, purse }, cost).taken).toBe(times)
})

test('whoever comes from ever new addresses makes it remember no more than it can hold', () => {
  const budgets = new Budgets(600)
  spend(budgets, AN, 'reading')
  for (let each = 0; each < 60_000; each += 1)
    budgets.take({ purse: 'visitors', of: `10.0.${each}` }, 'reading', 0)
  // forgotten, as the one seen longest ago: to one's own good only
  expect(spend(budgets, AN, 'reading').taken).toBe(600)
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network))
