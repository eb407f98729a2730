/** What holds of every fee, whatever the facts: never more than the base, never less for more income, whole đồng, a reason. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyAmount, anyFacts, anyPeriod, periodOf01 } from '../../../../tests/fee-facts.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { assess } from './assess.ts'
import { MEMBERS } from './builders.ts'
import type { Assessment, FeeFacts } from './facts.ts'
import { outcomeOf } from './schedule.ts'

const RUNS = { numRuns: 1000 }

test('any facts give an amount of whole đồng or a refusal with a code of this part; nothing breaks', () => {
  fc.assert(
    fc.property(anyFacts, anyPeriod, (facts, period) => {
      const outcome = outcomeOf({ ...facts, period }, DEFAULT_SETTINGS)
      if (outcome.refusal === undefined)
        expect(Number.isSafeInteger(outcome.amountVnd) && outcome.amountVnd! >= 0).toBe(true)
      else expect(outcome.refusal).toMatch(/^party-fees\./)
    }),
    RUNS,
  )
})

test('by chance both happen: amounts and refusals', () => {
  const sample = fc.sample(fc.tuple(anyFacts, anyPeriod), { numRuns: 500, seed: 1 })
  const outcomes = sample.map(([facts, period]) => outcomeOf({ ...facts, period }, DEFAULT_SETTINGS))
  expect(outcomes.filter(({ refusal }) => refusal === undefined).length).toBeGreaterThan(50)
  expect(new Set(outcomes.map(({ refusal }) => refusal)).size).toBeGreaterThan(8)
})

test('the fee is never above its base, nor is a reduced fee above the whole one', () => {
  const percent = fc.constantFrom(30, 50, 70, 100)
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values<Omit<FeeFacts, 'period'>>(MEMBERS)),
      anyPeriod,
      percent,
      (member, period, off) => {
        const whole = assess({ ...member, period }, DEFAULT_SETTINGS)
        const reduction = { percent: off, from: period, to: period }
        const reduced = assess({ ...member, period, reduction }, DEFAULT_SETTINGS)
        expect(whole.amountVnd).toBeLessThanOrEqual(whole.baseVnd ?? whole.amountVnd)
        expect(reduced.amountVnd).toBeLessThanOrEqual(whole.amountVnd)
      },
    ),
    RUNS,
  )
})

const INCOMES: readonly (readonly [string, (vnd: number) => Omit<FeeFacts, 'period'>])[] = [
  ['salary', (vnd) => ({ insured: true, insuredSalaryPreviousMonthVnd: vnd })],
  ['sickness benefit', (vnd) => ({ insured: true, benefit: { kind: 'sickness', amountVnd: vnd } })],
  ['pension', (vnd) => ({ pensionVnd: vnd })],
  ['extra pay', (vnd) => ({ pensionVnd: 5_000_000, extraPayVnd: vnd })],
  ['living allowance', (vnd) => ({ abroad: { kind: 'mission', allowanceVnd: vnd } })],
]

test.each(INCOMES)('more %s never means a lower fee, and the fee never passes it', (_what, withIncome) => {
  fc.assert(
    fc.property(anyAmount, anyAmount, anyPeriod, (a, b, period) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)]
      const fee = (vnd: number): Assessment => assess({ period, ...withIncome(vnd) }, DEFAULT_SETTINGS)
      expect(fee(less).amountVnd).toBeLessThanOrEqual(fee(more).amountVnd)
      expect(fee(more).amountVnd).toBeLessThanOrEqual(fee(more).baseVnd ?? 0)
    }),
    RUNS,
  )
})

test('nobody who is retired becomes younger: once NGOAI_TUOI, always', () => {
  const born = fc.integer({ min: 1955, max: 1975 })
  const month = fc.integer({ min: 1, max: 12 }).map((n) => String(n).padStart(2, '0'))
  const sex = fc.constantFrom('male' as const, 'female' as const)
  fc.assert(
    fc.property(born, month, sex, periodOf01, periodOf01, (year, m, of, a, b) => {
      const [earlier, later] = [a, b].sort() as [string, string]
      const classOf = (period: string) =>
        assess({ period, birthDate: `${year}-${m}-15`, sex: of, region: 'IV' }, DEFAULT_SETTINGS).class
      expect(classOf(earlier) === 'NGOAI_TUOI' && classOf(later) === 'TRONG_TUOI').toBe(false)
    }),
    RUNS,
  )
})

test('what a member gives voluntarily is added to the đồng, and to nothing else', () => {
  fc.assert(
    fc.property(anyFacts, anyPeriod, anyAmount, (facts, period, voluntaryExtraVnd) => {
      const without = outcomeOf({ ...facts, period, voluntaryExtraVnd: 0 }, DEFAULT_SETTINGS)
      const amountVnd = without.amountVnd === null ? null : without.amountVnd + voluntaryExtraVnd
      expect(outcomeOf({ ...facts, period, voluntaryExtraVnd }, DEFAULT_SETTINGS)).toEqual({
        ...without,
        amountVnd,
      })
    }),
    RUNS,
  )
})
