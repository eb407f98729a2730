/** A declaration's form: amounts as people write them, each kind's facts, and back again. */
import { expect, test } from 'vitest'
import { Refusal } from '../../../kernel/refusal.ts'
import { DEFAULT_SETTINGS } from '../../../kernel/settings.ts'
import { assess } from '../law/assess.ts'
import { amountIn, AMOUNTS_OF, formOf, PAYER_KINDS, readForm } from './contract.ts'

test.each([
  ['8000000', 8_000_000],
  ['8.000.000', 8_000_000],
  ['8,000,000 đ', 8_000_000],
  ['8 000 000 đồng', 8_000_000],
  ['0', 0],
  ['8.5', undefined],
  ['-5', undefined],
  ['tám triệu', undefined],
  ['', undefined],
  ['99999999999999999', undefined],
])('%s', (text, amount) => {
  expect(amountIn(text)).toBe(amount)
})

const KNOWN = { birthDate: '1990-05-19', sex: 'male', region: 'I', joinedOn: '2015-01-01' } as const

test.each(PAYER_KINDS)('%s: the tariff takes its facts, and the form says them again', (kind) => {
  const amounts = Object.fromEntries(AMOUNTS_OF[kind].map((name) => [name, '100000']))
  const declared = readForm({ kind, ...amounts, fromPeriod: '2026-12' })
  expect(formOf(declared)).toEqual({ kind, ...amounts, fromPeriod: '2026-12' })
  const { amountVnd } = assess({ ...KNOWN, ...declared.facts, period: '2026-12' }, DEFAULT_SETTINGS)
  expect(amountVnd).toBeGreaterThanOrEqual(0)
})

test('every field that is missing or wrong is named', () => {
  const fieldsOf = (form: Record<string, unknown>) => {
    try {
      readForm(form)
      return []
    } catch (error) {
      return error instanceof Refusal ? error.fields.map(({ field }) => field) : []
    }
  }
  expect(fieldsOf({})).toEqual(['kind', 'fromPeriod'])
  expect(fieldsOf({ kind: 'pension-work', fromPeriod: '2026-13' })).toEqual([
    'workingPensionVnd',
    'extraPayVnd',
    'fromPeriod',
  ])
})
