/** Facts of Party fees by chance: periods, amounts and members whose fields are well formed. */
import fc from 'fast-check'
import { addDays, addToMonth } from '../src/kernel/plain-date.ts'
import { HARDSHIPS, type FeeFacts } from '../src/procedures/party-fees/law/facts.ts'
import { periodsFrom, type Period } from '../src/procedures/party-fees/law/period.ts'
import { REGIONS } from '../src/procedures/party-fees/law/tariff.ts'

const PERIODS = periodsFrom('2024-01', '2029-12')
export const anyPeriod: fc.Arbitrary<Period> = fc.constantFrom(...PERIODS)
export const periodOf01: fc.Arbitrary<Period> = fc.constantFrom(...periodsFrom('2026-02', '2029-12'))
export const anyAmount = fc.oneof(
  fc.integer({ min: 0, max: 60_000_000 }),
  fc.integer({ min: 0, max: 1_000_000_000_000 }),
)
const anyDay = (from: string, days: number) => fc.integer({ min: 0, max: days }).map((n) => addDays(from, n))
const sometimes = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined, freq: 2 })

/** Any facts whose fields are well formed, sensible together or not. */
export const anyFacts: fc.Arbitrary<Omit<FeeFacts, 'period'>> = fc.record({
  insured: sometimes(fc.boolean()),
  insuredSalaryPreviousMonthVnd: sometimes(anyAmount),
  contributionSuspended: sometimes(fc.boolean()),
  benefit: sometimes(
    fc.record({ kind: fc.constantFrom('sickness' as const, 'maternity' as const), amountVnd: anyAmount }),
  ),
  pensionVnd: sometimes(anyAmount),
  extraPayVnd: sometimes(anyAmount),
  monthlyAllowanceVnd: sometimes(anyAmount),
  student: sometimes(fc.boolean()),
  // born 1955 to 1985: many reach an age while the schedule runs
  birthDate: fc.option(anyDay('1955-01-01', 11_000), { nil: undefined, freq: 8 }),
  sex: fc.option(fc.constantFrom('male' as const, 'female' as const), { nil: undefined, freq: 8 }),
  region: fc.option(fc.constantFrom(...REGIONS), { nil: undefined, freq: 8 }),
  abroad: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant('mission' as const), allowanceVnd: sometimes(anyAmount) }),
      fc.record({
        kind: fc.constant('other' as const),
        setAmountVnd: sometimes(fc.integer({ min: 0, max: 500_000 })),
      }),
    ),
    { nil: undefined, freq: 1 },
  ),
  // some reach fifty years in the Party, some join, while the schedule runs
  joinedOn: sometimes(fc.oneof(anyDay('1974-01-01', 2_200), anyDay('2024-01-01', 2_200))),
  socialPension: sometimes(fc.constant(false)),
  hardship: fc.option(fc.constantFrom(...HARDSHIPS), { nil: undefined, freq: 1 }),
  // mostly of a length that is allowed, sometimes a month too long, sometimes backwards
  reduction: sometimes(
    fc
      .tuple(fc.constantFrom(30, 50, 70, 100, 40), anyPeriod, fc.integer({ min: -1, max: 12 }))
      .map(([percent, from, months]) => ({ percent, from, to: addToMonth(from, months) })),
  ),
  voluntaryExtraVnd: sometimes(fc.constantFrom(0, 10_000)),
})
