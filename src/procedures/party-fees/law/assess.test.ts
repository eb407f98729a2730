/** The tariff case by case: the worked cases, the last period of each rule and the first of the next, and every refusal. */
import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { refusalOf } from '../../../kernel/refusal.ts'
import { assess } from './assess.ts'
import { MEMBERS, settingsWith } from './builders.ts'
import type { FeeClass, FeeFacts } from './facts.ts'
import * as SETTINGS from './settings.ts'

type Facts = Omit<FeeFacts, 'period'>
const JUNE = '2026-06'

const feeOf = (facts: Facts, period = JUNE, settings = DEFAULT_SETTINGS) =>
  assess({ period, ...facts }, settings)
const amountOf = (facts: Facts, period = JUNE, settings = DEFAULT_SETTINGS) =>
  feeOf(facts, period, settings).amountVnd
const codeOf = (facts: Facts, period = JUNE, settings = DEFAULT_SETTINGS) =>
  refusalOf(() => feeOf(facts, period, settings))?.code
const rulesOf = (facts: Facts, period = JUNE, settings = DEFAULT_SETTINGS) =>
  feeOf(facts, period, settings).why.map(({ rule }) => rule)

const FORTY = { birthDate: '1986-05-19', sex: 'male' } as const
const RETIRED = { birthDate: '1950-05-19', sex: 'male' } as const

test.each<[string, Facts, string, number, FeeClass]>([
  ['C01', { insured: true, insuredSalaryPreviousMonthVnd: 8_000_000 }, '2026-03', 80_000, 'BHXH'],
  ['C03', { pensionVnd: 5_000_000 }, JUNE, 25_000, 'HUU_TRI'],
  ['C05', { ...FORTY, region: 'I' }, JUNE, 15_930, 'TRONG_TUOI'],
  ['C07', { ...FORTY, region: 'III' }, JUNE, 12_420, 'TRONG_TUOI'],
  ['C09', { ...RETIRED, region: 'I' }, JUNE, 10_620, 'NGOAI_TUOI'],
  ['C11', { ...RETIRED, region: 'III' }, JUNE, 8_280, 'NGOAI_TUOI'],
  ['C13', { student: true }, JUNE, 5_000, 'HSSV'],
  ['C15', { insured: true, benefit: { kind: 'maternity', amountVnd: 4_000_000 } }, JUNE, 40_000, 'THAI_SAN'],
  [
    'C17',
    { ...FORTY, region: 'I', reduction: { percent: 70, from: '2026-01', to: '2026-12' } },
    JUNE,
    4_779,
    'TRONG_TUOI',
  ],
  ['C19', { joinedOn: '1976-06-01', pensionVnd: 5_000_000 }, JUNE, 0, 'HUU_TRI'],
])('worked case %s', (_id, facts, period, amountVnd, feeClass) => {
  expect(feeOf(facts, period)).toMatchObject({ amountVnd, class: feeClass })
})

test('every class of a member with all its facts, and what its base is', () => {
  const fees = Object.entries(MEMBERS).map(([expected, facts]) => [expected, feeOf(facts)] as const)
  expect(fees.map(([, fee]) => fee.class)).toEqual(fees.map(([expected]) => expected))
  expect(Object.fromEntries(fees.map(([name, fee]) => [name, [fee.amountVnd, fee.baseVnd]]))).toEqual({
    BHXH: [80_000, 8_000_000],
    OM_DAU: [30_000, 3_000_000],
    THAI_SAN: [40_000, 4_000_000],
    NGHI_KHAC: [15_930, 5_310_000],
    HUU_TRI: [25_000, 5_000_000],
    HUU_LAM_THEM: [35_000, 7_000_000],
    TRONG_TUOI: [15_930, 5_310_000],
    NGOAI_TUOI: [10_620, 5_310_000],
    HSSV: [5_000, null],
    NN_SHP: [300_000, 30_000_000],
    NN_KHAC: [100_000, null],
  })
})

describe('what goes before what', () => {
  test.each<[string, Facts, FeeClass, number]>([
    ['abroad before insurance', { ...MEMBERS.BHXH, ...MEMBERS.NN_KHAC }, 'NN_KHAC', 100_000],
    ['an insured student pays on the salary', { ...MEMBERS.BHXH, student: true }, 'BHXH', 80_000],
    ['an insured pensioner too', { ...MEMBERS.BHXH, pensionVnd: 9_000_000, extraPayVnd: 1 }, 'BHXH', 80_000],
    ['a benefit before the salary', { ...MEMBERS.BHXH, ...MEMBERS.THAI_SAN }, 'THAI_SAN', 40_000],
    [
      'a benefit with the contribution suspended',
      { ...MEMBERS.OM_DAU, contributionSuspended: true },
      'OM_DAU',
      30_000,
    ],
    [
      'the salary, where contributions are said to go on',
      { ...MEMBERS.BHXH, ...MEMBERS.OM_DAU, contributionSuspended: false },
      'BHXH',
      80_000,
    ],
    [
      'suspended past retirement age: the lower rate',
      { ...MEMBERS.NGHI_KHAC, ...RETIRED },
      'NGHI_KHAC',
      10_620,
    ],
    [
      'suspended with a pension: the pension',
      { ...MEMBERS.NGHI_KHAC, pensionVnd: 5_000_000 },
      'HUU_TRI',
      25_000,
    ],
    ['a student before a pension', { student: true, pensionVnd: 5_000_000 }, 'HSSV', 5_000],
    ['a pension before age', { ...MEMBERS.TRONG_TUOI, pensionVnd: 5_000_000 }, 'HUU_TRI', 25_000],
    ['an extra pay of nothing is none', { pensionVnd: 5_000_000, extraPayVnd: 0 }, 'HUU_TRI', 25_000],
    [
      'an allowance does not count, by default',
      { ...MEMBERS.TRONG_TUOI, monthlyAllowanceVnd: 1_000_000 },
      'TRONG_TUOI',
      15_930,
    ],
  ])('%s', (_what, facts, feeClass, amountVnd) => {
    expect(feeOf(facts)).toMatchObject({ class: feeClass, amountVnd })
  })

  test('what is there and does not count is named', () => {
    expect(rulesOf({ ...MEMBERS.BHXH, student: true })).toContain('not-counted')
    expect(rulesOf(MEMBERS.BHXH)).not.toContain('not-counted')
  })
})

describe('boundaries', () => {
  test('of the phases: 2027-12 and 2028-01', () => {
    const young = { ...FORTY, region: 'I' } as const
    const old = { ...RETIRED, region: 'I' } as const
    expect([amountOf(young, '2027-12'), amountOf(young, '2028-01')]).toEqual([15_930, 26_550])
    expect([amountOf(old, '2027-12'), amountOf(old, '2028-01')]).toEqual([10_620, 15_930])
  })

  test('of the regimes: 2026-01 and 2026-02', () => {
    const sick = MEMBERS.OM_DAU
    expect([amountOf(sick, '2026-01'), amountOf(sick, '2026-02')]).toEqual([15_000, 30_000])
    expect([amountOf(MEMBERS.HSSV, '2026-01'), amountOf(MEMBERS.HSSV, '2026-02')]).toEqual([2_000, 5_000])
    const young = MEMBERS.TRONG_TUOI
    expect([amountOf(young, '2026-01'), amountOf(young, '2026-02')]).toEqual([2_000, 15_930])
  })

  test('the first period of 01-QĐ/TW is a setting; January 2026 then has its rates and its minimum wage', () => {
    const january = settingsWith([SETTINGS.FIRST_PERIOD_OF_01 as never, '2026-01'])
    expect(amountOf(MEMBERS.TRONG_TUOI, '2026-01', january)).toBe(15_930)
    expect(amountOf(MEMBERS.TRONG_TUOI, '2025-12', january)).toBe(2_000)
  })

  test('of age: the last month before retirement and the first one after it', () => {
    const man = { birthDate: '1964-12-05', sex: 'male', region: 'I' } as const // 61 years 6 months, in June 2026
    expect([feeOf(man, '2026-06').class, feeOf(man, '2026-07').class]).toEqual(['TRONG_TUOI', 'NGOAI_TUOI'])
  })

  test('a yearly raise never takes retirement back', () => {
    const man = { birthDate: '1965-06-20', sex: 'male', region: 'I' } as const // 61 years 6 months, on 2026-12-20
    for (const period of ['2027-01', '2027-02', '2027-06', '2028-01'])
      expect(feeOf(man, period).class).toBe('NGOAI_TUOI')
    expect(feeOf(man, '2026-12').class).toBe('TRONG_TUOI')
  })

  test('without the sex the age is judged where both agree, and only there', () => {
    expect(feeOf({ birthDate: '1986-05-19', region: 'I' }).class).toBe('TRONG_TUOI')
    expect(feeOf({ birthDate: '1950-05-19', region: 'I' }).class).toBe('NGOAI_TUOI')
    expect(codeOf({ birthDate: '1966-05-19', region: 'I' })).toBe('party-fees.age-unknown')
  })

  test('of Party age: fifty years on the period’s first day, not a day later', () => {
    const pension = { pensionVnd: 5_000_000 }
    expect(amountOf({ ...pension, joinedOn: '1976-06-01' })).toBe(0)
    expect(amountOf({ ...pension, joinedOn: '1976-06-02' })).toBe(25_000)
    expect(amountOf({ ...pension, joinedOn: '1976-06-02' }, '2026-07')).toBe(0)
  })

  test('of the ceiling: 46,800,000, and one đồng more changes nothing but the reasons', () => {
    const earning = (vnd: number) => ({ insured: true, insuredSalaryPreviousMonthVnd: vnd })
    expect(amountOf(earning(46_800_000))).toBe(468_000)
    expect(feeOf(earning(90_000_000))).toMatchObject({ amountVnd: 468_000, baseVnd: 46_800_000 })
    expect(rulesOf(earning(46_800_000))).not.toContain('ceiling')
    expect(rulesOf(earning(46_800_001))).toContain('ceiling')
    expect(amountOf(earning(90_000_000), '2024-08')).toBe(468_000)
    expect(amountOf(earning(90_000_000), '2024-07'), 'the salary of June 2024').toBe(360_000)
    expect(amountOf(earning(90_000_000), '2023-08')).toBe(360_000)
    expect(rulesOf(earning(90_000_000), '2023-07')).toContain('no-ceiling-known')
    const raised = settingsWith([SETTINGS.REFERENCE_LEVEL_VND as never, 2_500_000])
    expect(amountOf(earning(90_000_000), JUNE, raised)).toBe(500_000)
    expect(amountOf(earning(90_000_000), '2024-07', raised)).toBe(360_000)
  })

  test('of the overseas band, both ends inside', () => {
    const set = (setAmountVnd: number) => ({ abroad: { kind: 'other', setAmountVnd } }) as const
    expect([amountOf(set(30_000)), amountOf(set(400_000))]).toEqual([30_000, 400_000])
    for (const outside of [29_999, 400_001])
      expect(codeOf(set(outside))).toBe('party-fees.set-amount-outside-band')
    expect(amountOf(set(29_999), '2026-01'), 'before 2026 there was no band in đồng').toBe(29_999)
  })

  test('the oldest period is April 2011', () => {
    expect(amountOf(MEMBERS.BHXH, '2011-04')).toBe(80_000)
    expect(codeOf(MEMBERS.BHXH, '2011-03')).toBe('party-fees.period-before-tariff')
  })

  test('the first fee: the month of joining, or the next one by a setting', () => {
    const member = { ...MEMBERS.BHXH, joinedOn: '2026-05-30' }
    expect([codeOf(member, '2026-04'), amountOf(member, '2026-05')]).toEqual([
      'party-fees.before-first-fee',
      80_000,
    ])
    const next = settingsWith([SETTINGS.FIRST_FEE_MONTH as never, 'next-month'])
    expect([codeOf(member, '2026-05', next), amountOf(member, '2026-06', next)]).toEqual([
      'party-fees.before-first-fee',
      80_000,
    ])
  })
})

describe('exempt and reduced', () => {
  test.each<[string, Facts]>([
    ['the social pension', { socialPension: true }],
    ['a poor household', { hardship: 'poor' }],
    ['a near-poor household', { hardship: 'near-poor' }],
    ['critical illness', { hardship: 'critical-illness' }],
    ['a decision that exempts', { reduction: { percent: 100, from: '2026-06', to: '2026-06' } }],
  ])('%s: 0, the class is still told', (_what, relief) => {
    for (const [feeClass, facts] of Object.entries(MEMBERS))
      expect(feeOf({ ...facts, ...relief })).toMatchObject({ amountVnd: 0, class: feeClass, baseVnd: null })
  })

  test('an exempt member needs no income, no region and no age; the class is the one that can be answered for', () => {
    expect(feeOf({ joinedOn: '1970-01-01' })).toMatchObject({ amountVnd: 0, class: 'NGOAI_TUOI' })
    expect(feeOf({ socialPension: true })).toMatchObject({ amountVnd: 0, class: 'NGOAI_TUOI' })
    expect(feeOf({ hardship: 'poor' })).toMatchObject({ amountVnd: 0, class: 'TRONG_TUOI' })
    expect(feeOf({ hardship: 'poor', insured: true })).toMatchObject({ amountVnd: 0, class: 'BHXH' })
    expect(rulesOf({ socialPension: true })).toContain('class-presumed')
  })

  test('who is exempt may still give, and who pays may give more', () => {
    expect(amountOf({ joinedOn: '1970-01-01', voluntaryExtraVnd: 50_000 })).toBe(50_000)
    expect(amountOf({ ...MEMBERS.TRONG_TUOI, voluntaryExtraVnd: 70 })).toBe(16_000)
  })

  test.each([
    [30, 11_151],
    [50, 7_965],
    [70, 4_779],
    [100, 0],
  ])('%d %% off 15,930 leaves %d', (percent, left) => {
    const reduction = { percent, from: '2026-03', to: '2027-02' }
    expect(amountOf({ ...MEMBERS.TRONG_TUOI, reduction })).toBe(left)
  })

  test('a reduction counts from its first to its last month', () => {
    const facts = { ...MEMBERS.TRONG_TUOI, reduction: { percent: 50, from: '2026-03', to: '2027-02' } }
    expect(['2026-02', '2026-03', '2027-02', '2027-03'].map((period) => amountOf(facts, period))).toEqual([
      15_930, 7_965, 7_965, 15_930,
    ])
    expect(rulesOf(facts, '2027-03')).toContain('reduction-outside')
  })

  test('rounded once, after the reduction: half a đồng goes up', () => {
    const reduction = { percent: 50, from: '2026-06', to: '2026-06' }
    expect(amountOf({ pensionVnd: 1_000_200, reduction })).toBe(2_501) // 5,001 × 50 % = 2,500.5
    expect(amountOf({ pensionVnd: 1_000_199, reduction })).toBe(2_500) // 5,000.995 × 50 %; rounding twice gives 2,501
    const thousands = settingsWith([SETTINGS.ROUNDING_VND as never, 1000])
    expect(amountOf(MEMBERS.TRONG_TUOI, JUNE, thousands)).toBe(16_000)
  })

  test('twelve months are allowed, thirteen are not; nor another percentage', () => {
    const reduced = (percent: number, from: string, to: string) =>
      codeOf({ ...MEMBERS.HSSV, reduction: { percent, from, to } })
    expect(reduced(30, '2026-03', '2027-02')).toBeUndefined()
    expect(reduced(30, '2026-03', '2027-03')).toBe('party-fees.reduction-too-long')
    expect(reduced(40, '2026-03', '2026-04')).toBe('party-fees.reduction-percent')
    expect(reduced(30, '2026-03', '2026-02')).toBe('party-fees.reduction-ends-before')
    expect(reduced(40, '2023-01', '2026-01'), 'ended before 01-QĐ/TW: not judged by it').toBeUndefined()
  })
})

describe('342-QĐ/TW, until January 2026', () => {
  test.each<[string, Facts, number]>([
    ['pension 0.5 %', MEMBERS.HUU_TRI, 25_000],
    ['a pensioner’s extra pay does not count', MEMBERS.HUU_LAM_THEM, 25_000],
    ['monthly allowance 0.5 %', { monthlyAllowanceVnd: 1_000_000 }, 5_000],
    ['past working age half of the fixed amount', MEMBERS.NGOAI_TUOI, 1_000],
    ['a mission 1 %', MEMBERS.NN_SHP, 300_000],
    ['no right of Party age yet', { ...MEMBERS.HUU_TRI, joinedOn: '1970-01-01' }, 25_000],
    ['nor of hardship without a decision', { ...MEMBERS.HUU_TRI, hardship: 'poor' }, 25_000],
    [
      'a decision of that time, of any percentage',
      { ...MEMBERS.HUU_TRI, reduction: { percent: 40, from: '2025-01', to: '2025-12' } },
      15_000,
    ],
  ])('%s', (_what, facts, amountVnd) => {
    expect(amountOf(facts, '2025-06')).toBe(amountVnd)
  })

  test('the fixed amounts are settings', () => {
    const area = settingsWith(
      [SETTINGS.OLD_OTHERS_VND as never, 5_001],
      [SETTINGS.OLD_STUDENTS_VND as never, 3_000],
    )
    expect(amountOf(MEMBERS.TRONG_TUOI, '2025-06', area)).toBe(5_001)
    expect(amountOf(MEMBERS.NGOAI_TUOI, '2025-06', area), 'half a đồng goes up').toBe(2_501)
    expect(amountOf(MEMBERS.HSSV, '2025-06', area)).toBe(3_000)
  })
})

test('classes 10 and 11 are settings', () => {
  const off = settingsWith([SETTINGS.PENSIONER_EXTRA_PAY as never, 'not-counted'])
  expect(feeOf(MEMBERS.HUU_LAM_THEM, JUNE, off)).toMatchObject({ class: 'HUU_TRI', amountVnd: 25_000 })
  const on = settingsWith([SETTINGS.MONTHLY_ALLOWANCE as never, 'own-class'])
  expect(feeOf({ monthlyAllowanceVnd: 1_000_000 }, JUNE, on)).toMatchObject({
    class: 'NGUOI_CO_CONG',
    amountVnd: 5_000,
  })
})

test.each<[string, Facts]>([
  ['salary-missing', { insured: true }],
  ['region-missing', FORTY],
  ['region-missing', { ...FORTY, insured: true, contributionSuspended: true }],
  ['age-unknown', { region: 'I' }],
  ['age-unknown', { region: 'I', sex: 'male' }],
  ['age-unknown', { region: 'I', insured: true, contributionSuspended: true }],
  ['living-allowance-missing', { abroad: { kind: 'mission' } }],
  ['set-amount-missing', { abroad: { kind: 'other' } }],
  ['set-amount-of-mission', { abroad: { kind: 'mission', allowanceVnd: 1, setAmountVnd: 1 } }],
  ['allowance-outside-mission', { abroad: { kind: 'other', allowanceVnd: 1 } }],
  ['benefit-without-insurance', { benefit: { kind: 'sickness', amountVnd: 1 } }],
  ['benefit-without-insurance', { insured: false, benefit: { kind: 'sickness', amountVnd: 1 } }],
  ['suspension-without-insurance', { contributionSuspended: true }],
  ['salary-without-insurance', { insuredSalaryPreviousMonthVnd: 8_000_000 }],
  ['extra-pay-without-pension', { extraPayVnd: 1 }],
  ['joined-before-birth', { student: true, birthDate: '1990-01-01', joinedOn: '1990-01-01' }],
  ['born-after-period', { student: true, birthDate: '2026-06-01' }],
])('refused: %s', (reason, facts) => {
  expect(codeOf(facts)).toBe(`party-fees.${reason}`)
})

test('a contradiction is refused of an exempt member too', () => {
  expect(codeOf({ socialPension: true, contributionSuspended: true })).toBe(
    'party-fees.suspension-without-insurance',
  )
})

test('every step cites, and the last of the fee is the rounding', () => {
  for (const facts of Object.values(MEMBERS)) {
    const { why } = feeOf(facts)
    expect(why.every(({ citation }) => citation.length > 5)).toBe(true)
    expect([why[0]?.rule, why.at(-1)?.rule]).toEqual(['regime', 'rounding'])
  }
})
