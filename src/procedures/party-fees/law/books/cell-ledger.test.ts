/** S01/ĐP by hand and by chance: columns that add up, a closed month that stays, refunds taken off in the month they happen. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, firstDayOf, lastDayOf } from '../../../../kernel/plain-date.ts'
import {
  byQuarter,
  collectionRows,
  monthSum,
  subtotalOf,
  type BookLine,
  type RemittanceRow,
} from './cell-ledger.ts'

const line = (more: Partial<BookLine> & Pick<BookLine, 'memberId'>): BookLine => ({
  period: '2026-10',
  number: 0,
  baseVnd: 8_000_000,
  amountVnd: 80_000,
  madeOn: '2026-10-01',
  replacedOn: null,
  paidOn: null,
  refundedOn: null,
  ...more,
})
/** What the ledger says of a month: by the day of the money, what was paid back taken off; and what of that came in earlier. */
function moneyOf(lines: readonly BookLine[], month: string) {
  const isIn = (day: string | null) => day !== null && day.startsWith(month)
  const sum = (some: readonly BookLine[]) => some.reduce((all, { amountVnd }) => all + amountVnd, 0)
  const back = lines.filter(({ refundedOn }) => isIn(refundedOn))
  return {
    collectedVnd: sum(lines.filter(({ paidOn }) => isIn(paidOn))) - sum(back),
    paidBackOfBeforeVnd: sum(back.filter(({ paidOn }) => !isIn(paidOn))),
  }
}
const october = (lines: readonly BookLine[]) => collectionRows(lines, '2026-10', '2026-10-31')
const november = (lines: readonly BookLine[]) => collectionRows(lines, '2026-11', '2026-11-30')

test('paid, unpaid and exempt', () => {
  const rows = october([
    line({ memberId: 'paid', paidOn: '2026-10-05' }),
    line({ memberId: 'late', paidOn: '2026-11-02' }),
    line({ memberId: 'exempt', amountVnd: 0, baseVnd: 5_000_000 }),
  ])
  expect(rows.get('paid')).toMatchObject({
    dueVnd: 80_000,
    earlierVnd: 0,
    totalVnd: 80_000,
    collectedVnd: 80_000,
    unpaidVnd: 0,
  })
  expect(rows.get('late')).toMatchObject({ totalVnd: 80_000, collectedVnd: 0, unpaidVnd: 80_000 })
  expect(rows.get('exempt')).toMatchObject({ exempt: true, baseVnd: null, totalVnd: 0 })
})

test('a month not paid is due for an earlier month in the next, and settled after that', () => {
  const lines = [
    line({ memberId: 'a', paidOn: '2026-11-02' }),
    line({ memberId: 'a', period: '2026-11', madeOn: '2026-11-01', paidOn: '2026-11-02' }),
  ]
  expect(november(lines).get('a')).toMatchObject({
    dueVnd: 80_000,
    earlierVnd: 80_000,
    totalVnd: 160_000,
    collectedVnd: 160_000,
  })
  expect(collectionRows(lines, '2026-12', '2026-12-31').get('a')).toBeUndefined()
})

test('arrears found later are due in the month they were found, not in the one they are for', () => {
  const lines = [
    line({ memberId: 'a', paidOn: '2026-10-05' }),
    line({ memberId: 'a', number: 1, amountVnd: 10_000, madeOn: '2026-11-10' }),
  ]
  expect(october(lines).get('a')).toMatchObject({ totalVnd: 80_000, unpaidVnd: 0 })
  expect(november(lines).get('a')).toMatchObject({ dueVnd: 0, earlierVnd: 10_000, unpaidVnd: 10_000 })
})

test('a line replaced after the month leaves its book as it was', () => {
  const before = [line({ memberId: 'a' })]
  const after = [
    line({ memberId: 'a', replacedOn: '2026-11-03' }),
    line({ memberId: 'a', number: 1, amountVnd: 40_000, madeOn: '2026-11-03', paidOn: '2026-11-04' }),
  ]
  expect(october(after)).toEqual(october(before))
  expect(november(after).get('a')).toMatchObject({ earlierVnd: 40_000, collectedVnd: 40_000, unpaidVnd: 0 })
})

test('paid back in the next month: taken off there, and due again', () => {
  const lines = [
    line({ memberId: 'a', paidOn: '2026-10-05', refundedOn: '2026-11-10', replacedOn: '2026-11-10' }),
    line({ memberId: 'a', number: 1, madeOn: '2026-11-10' }),
  ]
  expect(monthSum(lines, '2026-10', '2026-12-01')).toMatchObject({ unpaidVnd: 0 })
  expect(october(lines).get('a')).toMatchObject({ collectedVnd: 80_000, unpaidVnd: 0 })
  expect(monthSum(lines, '2026-11', '2026-12-01')).toMatchObject({ unpaidVnd: 80_000 })
  expect(moneyOf(lines, '2026-11')).toEqual({ collectedVnd: -80_000, paidBackOfBeforeVnd: 80_000 })
})

const row = (month: string, more: Partial<RemittanceRow> = {}): RemittanceRow => ({
  month,
  members: 10,
  exempt: 1,
  unpaidVnd: 5,
  collectedVnd: 100,
  retainedVnd: 70,
  toRemitVnd: 30,
  remittedVnd: 30,
  notRemittedVnd: 0,
  remittedOn: null,
  receiver: null,
  ...more,
})

test('part II: quarters and the year add up money, and take people and what is open from the last month', () => {
  const rows = [
    row('2026-08', { members: 8 }),
    row('2026-09', { members: 9, unpaidVnd: 7 }),
    row('2026-10', { members: 10, remittedVnd: 10, notRemittedVnd: 20 }),
  ]
  const [third, fourth] = byQuarter(rows)
  expect(third).toMatchObject({
    quarter: '2026-Q3',
    subtotal: { members: 9, unpaidVnd: 7, collectedVnd: 200 },
  })
  expect(fourth).toMatchObject({ quarter: '2026-Q4', subtotal: { notRemittedVnd: 20 } })
  expect(subtotalOf(rows)).toMatchObject({
    members: 10,
    collectedVnd: 300,
    retainedVnd: 210,
    remittedVnd: 70,
  })
  expect(subtotalOf([])).toMatchObject({ members: 0, collectedVnd: 0 })
})

/** A life of one line, by days after the first of its month: made, maybe paid, maybe paid back and replaced, maybe replaced unpaid. */
const life = fc
  .record({
    memberId: fc.constantFrom('a', 'b', 'c'),
    period: fc.constantFrom('2026-08', '2026-09', '2026-10', '2026-11'),
    number: fc.nat(3),
    amountVnd: fc.nat(100_000),
    after: fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40)),
    ends: fc.constantFrom('open', 'paid', 'paid-back', 'replaced'),
  })
  .map(({ after: [made, paid, back], ends, ...rest }): BookLine => {
    const madeOn = addDays(firstDayOf(rest.period), made)
    const paidOn = addDays(madeOn, paid)
    const backOn = addDays(paidOn, back)
    return {
      ...rest,
      baseVnd: null,
      madeOn,
      paidOn: ends === 'paid' || ends === 'paid-back' ? paidOn : null,
      refundedOn: ends === 'paid-back' ? backOn : null,
      replacedOn: ends === 'paid-back' ? backOn : ends === 'replaced' ? paidOn : null,
    }
  })
const MONTHS = ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12', '2027-01', '2027-02', '2027-03']
const END = '2027-12-31'

test('column 8 is 6 + 7, column 10 is 8 − 9, and column 9 less what was paid back of earlier months is what was collected', () => {
  fc.assert(
    fc.property(fc.array(life, { maxLength: 30 }), (lines) => {
      for (const month of MONTHS) {
        const rows = [...collectionRows(lines, month, lastDayOf(month)).values()]
        for (const each of rows) {
          expect(each.totalVnd).toBe(each.dueVnd + each.earlierVnd)
          expect(each.unpaidVnd).toBe(each.totalVnd - each.collectedVnd)
          expect(each.unpaidVnd).toBeGreaterThanOrEqual(0)
        }
        const nine = rows.reduce((all, { collectedVnd }) => all + collectedVnd, 0)
        const money = moneyOf(lines, month)
        expect(nine - money.paidBackOfBeforeVnd).toBe(money.collectedVnd)
      }
    }),
  )
})

test('a month that is over says the same whatever happens later', () => {
  fc.assert(
    fc.property(fc.array(life, { maxLength: 30 }), fc.constantFrom(...MONTHS.slice(0, 4)), (lines, month) => {
      const last = lastDayOf(month)
      const later = (day: string | null) => (day !== null && day > last ? null : day)
      const known = lines
        .filter(({ madeOn }) => madeOn <= last)
        .map((each) => ({
          ...each,
          paidOn: later(each.paidOn),
          refundedOn: later(each.refundedOn),
          replacedOn: later(each.replacedOn),
        }))
      expect(monthSum(lines, month, END)).toEqual(monthSum(known, month, END))
      expect(collectionRows(lines, month, last)).toEqual(collectionRows(known, month, last))
    }),
  )
})
