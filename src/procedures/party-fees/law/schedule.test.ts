/** A schedule says what `assess` says for each month, with neighbours that agree in one stretch. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyFacts, anyPeriod } from '../../../../tests/fee-facts.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { MEMBERS, settingsWith } from './builders.ts'
import { countPeriods, nextPeriod, periodsFrom, type Period } from './period.ts'
import { outcomeOf, scheduleOf } from './schedule.ts'
import { REFERENCE_LEVEL_VND, ROUNDING_VND } from './settings.ts'

const byDefault = () => DEFAULT_SETTINGS

test('a member without insurance, over both regimes and both phases', () => {
  expect(scheduleOf(MEMBERS.TRONG_TUOI, '2025-11', '2028-03', byDefault)).toEqual([
    { from: '2025-11', until: '2026-01', class: 'TRONG_TUOI', amountVnd: 2_000, baseVnd: null },
    { from: '2026-02', until: '2027-12', class: 'TRONG_TUOI', amountVnd: 15_930, baseVnd: 5_310_000 },
    { from: '2028-01', until: '2028-03', class: 'TRONG_TUOI', amountVnd: 26_550, baseVnd: 5_310_000 },
  ])
})

test('a refusal is a stretch of its own, and takes no other month away', () => {
  const facts = { ...MEMBERS.HUU_TRI, joinedOn: '2026-08-15' }
  expect(scheduleOf(facts, '2026-06', '2026-09', byDefault)).toEqual([
    {
      from: '2026-06',
      until: '2026-07',
      class: null,
      amountVnd: null,
      baseVnd: null,
      refusal: 'party-fees.before-first-fee',
    },
    { from: '2026-08', until: '2026-09', class: 'HUU_TRI', amountVnd: 25_000, baseVnd: 5_000_000 },
  ])
})

test('settings are those of each period', () => {
  const settingsOf = (period: Period) =>
    period < '2026-07' ? DEFAULT_SETTINGS : settingsWith([REFERENCE_LEVEL_VND as never, 2_500_000])
  const facts = { insured: true, insuredSalaryPreviousMonthVnd: 90_000_000 }
  expect(
    scheduleOf(facts, '2026-06', '2026-08', settingsOf).map(({ from, amountVnd }) => [from, amountVnd]),
  ).toEqual([
    ['2026-06', 468_000],
    ['2026-07', 500_000],
  ])
})

test('backwards there is nothing', () => {
  expect(scheduleOf(MEMBERS.HSSV, '2026-06', '2026-05', byDefault)).toEqual([])
})

test('equals asking for every month, without gaps, overlaps, or neighbours that say the same', () => {
  const settingsOf = (period: Period) =>
    period < '2027-04' ? DEFAULT_SETTINGS : settingsWith([ROUNDING_VND as never, 10])
  fc.assert(
    fc.property(anyFacts, anyPeriod, anyPeriod, (facts, a, b) => {
      const [from, until] = [a, b].sort() as [Period, Period]
      const segments = scheduleOf(facts, from, until, settingsOf)
      const told = segments.flatMap(({ from: first, until: last, ...outcome }) =>
        periodsFrom(first, last).map((period) => [period, outcome]),
      )
      const asked = periodsFrom(from, until).map((period) => [
        period,
        outcomeOf({ ...facts, period }, settingsOf(period)),
      ])
      expect(told).toEqual(asked)
      expect(told.length).toBe(countPeriods(from, until))
      segments.slice(1).forEach((segment, index) => {
        const { from: _f, until, ...before } = segments[index]!
        const { from: next, until: _u, ...after } = segment
        expect(next).toBe(nextPeriod(until))
        expect(after).not.toEqual(before)
      })
    }),
    { numRuns: 300 },
  )
})
