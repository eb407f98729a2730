/** What is refused before the law sees it: each defect of a field under a code of its own, with the field's name and no value. */
import { expect, test } from 'vitest'
import { refusalOf } from '../../kernel/refusal.ts'
import { readFeeFacts } from './fact-contract.ts'

const refused = (given: unknown) => {
  const refusal = refusalOf(() => readFeeFacts(given))
  return refusal && [refusal.code.replace('party-fees.', ''), refusal.facts['field']]
}
const withField = (field: object) => ({ period: '2026-06', ...field })

test('everything there is to know is taken as it is', () => {
  const facts = {
    period: '2026-06',
    insured: true,
    insuredSalaryPreviousMonthVnd: 1_000_000_000_000,
    contributionSuspended: false,
    benefit: { kind: 'sickness', amountVnd: 0 },
    pensionVnd: 0,
    extraPayVnd: 1,
    monthlyAllowanceVnd: 1,
    student: false,
    birthDate: '1984-02-29',
    sex: 'female',
    region: 'IV',
    abroad: { kind: 'mission', allowanceVnd: 1 },
    joinedOn: '2010-01-01',
    socialPension: false,
    hardship: 'near-poor',
    reduction: { percent: 70, from: '2026-03', to: '2027-02' },
    voluntaryExtraVnd: 1,
  }
  expect(readFeeFacts(facts)).toEqual(facts)
})

test('days of a decision become the periods that begin within them', () => {
  const months = (from: string, to: string) => {
    const { reduction } = readFeeFacts(withField({ reduction: { percent: 30, from, to } }))
    return [reduction?.from, reduction?.to]
  }
  expect(months('2026-03-01', '2027-02-28')).toEqual(['2026-03', '2027-02'])
  expect(months('2026-03-02', '2027-03-01')).toEqual(['2026-04', '2027-03'])
})

test.each([
  [null, 'facts-not-an-object', undefined],
  [[], 'facts-not-an-object', undefined],
  ['2026-06', 'facts-not-an-object', undefined],
  [{}, 'field-missing', 'period'],
  [{ period: '2026-13' }, 'month-invalid', 'period'],
  [{ period: '2026-6' }, 'month-invalid', 'period'],
  [{ period: 202606 }, 'field-wrong-type', 'period'],
  [withField({ pensionVnd: -1 }), 'amount-negative', 'pensionVnd'],
  [withField({ pensionVnd: 0.5 }), 'amount-fractional', 'pensionVnd'],
  [withField({ pensionVnd: 1_000_000_000_001 }), 'amount-too-large', 'pensionVnd'],
  [withField({ pensionVnd: 1e300 }), 'amount-too-large', 'pensionVnd'],
  [withField({ pensionVnd: Infinity }), 'amount-too-large', 'pensionVnd'],
  [withField({ pensionVnd: '5000000' }), 'field-wrong-type', 'pensionVnd'],
  [withField({ pensionVnd: null }), 'field-wrong-type', 'pensionVnd'],
  [withField({ insured: 'yes' }), 'field-wrong-type', 'insured'],
  [withField({ pension: 1 }), 'field-unknown', 'pension'],
  [withField({ benefit: { kind: 'holiday', amountVnd: 1 } }), 'field-not-a-choice', 'benefit.kind'],
  [withField({ benefit: { kind: 'sickness' } }), 'field-missing', 'benefit.amountVnd'],
  [withField({ benefit: { kind: 'sickness', amountVnd: -1 } }), 'amount-negative', 'benefit.amountVnd'],
  [withField({ benefit: { kind: 'sickness', amountVnd: 1, days: 3 } }), 'field-unknown', 'benefit.days'],
  [withField({ region: 'V' }), 'field-not-a-choice', 'region'],
  [withField({ birthDate: '2025-02-29' }), 'date-invalid', 'birthDate'],
  [withField({ joinedOn: '1976' }), 'date-invalid', 'joinedOn'],
  [withField({ abroad: { kind: 'mission', setAmountVnd: 0.1 } }), 'amount-fractional', 'abroad.setAmountVnd'],
  [
    withField({ reduction: { percent: 0, from: '2026-01', to: '2026-02' } }),
    'percent-invalid',
    'reduction.percent',
  ],
  [withField({ reduction: { percent: 30, from: '2026', to: '2026-02' } }), 'month-invalid', 'reduction.from'],
  [withField({ reduction: { percent: 30, from: '2026-01' } }), 'field-missing', 'reduction.to'],
])('%j: %s', (given, code, field) => {
  expect(refused(given)).toEqual([code, field])
})

test('what a prototype holds is no field', () => {
  expect(refused(JSON.parse('{"period":"2026-06","__proto__":{"insured":true}}'))).toEqual([
    'field-unknown',
    '__proto__',
  ])
})
