/** A fee's reasons in words: every place filled, in both languages, whatever the facts. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyFacts, anyPeriod } from '../../../tests/fee-facts.ts'
import { DEFAULT_SETTINGS } from '../../kernel/settings.ts'
import { refusalOf } from '../../kernel/refusal.ts'
import { explain } from './explanation.ts'
import { EXPLANATION_TEXTS } from './explanation-texts.ts'
import { assess } from './law/assess.ts'
import { MEMBERS, settingsWith } from './law/builders.ts'
import type { FeeFacts } from './law/facts.ts'
import { MONTHLY_ALLOWANCE } from './law/settings.ts'

const inJune = (facts: Omit<FeeFacts, 'period'>) =>
  explain(assess({ period: '2026-06', ...facts }, DEFAULT_SETTINGS).why, 'vi')

test('arithmetic, citation and rounding of a reduced fee', () => {
  const reduction = { percent: 30, from: '2026-06', to: '2026-06' }
  const why = inJune({ pensionVnd: 1_234_567, reduction })
  expect(why.slice(-4)).toEqual([
    {
      rule: 'Căn cứ: lương hưu',
      citation: '01-QĐ/TW, Điều 3 khoản 2.1',
      input: 'tháng 6/2026',
      result: '1.234.567 đ',
    },
    {
      rule: 'Mức đóng',
      citation: '01-QĐ/TW, Điều 3 khoản 2.1',
      input: '1.234.567 đ × 0,5 %',
      result: '6.172,835 đ',
    },
    {
      rule: 'Giảm 30 %: còn đóng 70 %',
      citation: '01-QĐ/TW, Điều 5',
      input: '6.172,835 đ × 70 %, từ tháng 6/2026 đến tháng 6/2026',
      result: '4.320,9845 đ',
    },
    {
      rule: 'Làm tròn một lần, nửa đơn vị trở lên thì tăng',
      citation: 'Thiết lập “Làm tròn đảng phí đến (đồng)”',
      input: '4.320,9845 đ, đến 1 đ',
      result: '4.321 đ',
    },
  ])
})

test('what is a setting is cited as one, never as the Regulation', () => {
  const capped = inJune({ insured: true, insuredSalaryPreviousMonthVnd: 90_000_000 })
  const ceiling = capped.find(({ rule }) => rule.includes('trần'))
  expect(ceiling?.citation).toMatch(/^Thiết lập “Mức tham chiếu của bảo hiểm xã hội/)
  expect(ceiling?.result).toBe('46.800.000 đ')
})

test('every place is filled in both languages, and both tell the same steps', () => {
  const told = new Set<string>()
  const settings = settingsWith([MONTHLY_ALLOWANCE as never, 'own-class'])
  const facts = fc.oneof(anyFacts, fc.constantFrom<Omit<FeeFacts, 'period'>>(...Object.values(MEMBERS)))
  const check = (given: Omit<FeeFacts, 'period'>, period: string) => {
    refusalOf(() => {
      const { why } = assess({ ...given, period }, settings)
      for (const { rule } of why) told.add(rule)
      const [vi, en] = [explain(why, 'vi'), explain(why, 'en')]
      expect(vi.map(({ citation }) => citation)).toEqual(en.map(({ citation }) => citation))
      for (const step of [...vi, ...en]) expect(Object.values(step).join(' ')).not.toMatch(/[{}]|undefined/)
    })
  }
  for (const given of Object.values(MEMBERS))
    for (const period of ['2023-05', '2025-06', '2026-06']) check(given, period)
  check({ insured: true, insuredSalaryPreviousMonthVnd: 90_000_000 }, '2026-06')
  check({ socialPension: true }, '2026-06')
  check({ hardship: 'poor', pensionVnd: 1 }, '2025-06')
  check({ hardship: 'poor' }, '2026-06')
  for (const percent of [50, 100])
    check({ pensionVnd: 1, reduction: { percent, from: '2026-06', to: '2026-06' } }, '2026-06')
  check({ birthDate: '1990-01-01', region: 'I' }, '2026-06')
  check({ monthlyAllowanceVnd: 1_000_000 }, '2026-06')
  fc.assert(fc.property(facts, anyPeriod, check), { numRuns: 1000, seed: 7 })
  expect(Object.keys(EXPLANATION_TEXTS.vi.steps).filter((rule) => !told.has(rule))).toEqual([])
})
