/** What a new answer does to months that have begun. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { catchUpOf, type Answer } from './catching-up.ts'

const month = (more: Partial<Answer>): Answer => ({
  period: '2026-06',
  class: 'BHXH',
  amountVnd: 80_000,
  baseVnd: 8_000_000,
  counted: true,
  decided: false,
  lines: [],
  ...more,
})
const line = (number: number, amountVnd: number, paid = false) => ({ number, amountVnd, paid })

test.each([
  ['never assessed', month({}), 'assess'],
  ['dearer than before', month({ lines: [line(0, 70_000, true)] }), 'arrears'],
  ['decided by hand', month({ lines: [line(1, 70_000)], decided: true }), 'kept'],
  ['cheaper than before', month({ lines: [line(0, 90_000)] }), 'replace'],
])('%s', (_words, answer, kind) => {
  expect(catchUpOf([answer]).map((step) => step.kind)).toEqual([kind])
})

test('nothing for a month that agrees, or that another cell collects', () => {
  expect(catchUpOf([month({ lines: [line(0, 80_000)] }), month({ counted: false })])).toEqual([])
})

test('less is taken off what is unpaid, the last line first; what is paid beyond it is said', () => {
  const lines = [line(0, 50_000, true), line(1, 30_000), line(2, 10_000)]
  expect(catchUpOf([month({ amountVnd: 40_000, lines })])).toMatchObject([
    {
      kind: 'replace',
      replacements: [
        { number: 2, amountVnd: 0 },
        { number: 1, amountVnd: 0 },
      ],
      leftVnd: 10_000,
    },
  ])
})

test('whatever stands: afterwards the lines add up to the new answer, or to it and what was paid beyond it', () => {
  const lines = fc.array(fc.record({ amountVnd: fc.integer({ min: 0, max: 1000 }), paid: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  })
  fc.assert(
    fc.property(lines, fc.integer({ min: 0, max: 3000 }), (given, amountVnd) => {
      const numbered = given.map((each, number) => ({ ...each, number }))
      const before = numbered.reduce((sum, each) => sum + each.amountVnd, 0)
      const [step] = catchUpOf([month({ amountVnd, lines: numbered })])
      expect(step?.kind).toBe(before === amountVnd ? undefined : before < amountVnd ? 'arrears' : 'replace')
      if (step?.kind !== 'replace') return
      const replaced = new Map(step.replacements.map((each) => [each.number, each.amountVnd]))
      const after = numbered.reduce((sum, each) => sum + (replaced.get(each.number) ?? each.amountVnd), 0)
      expect(after).toBe(amountVnd + step.leftVnd)
      expect(numbered.some(({ number, paid }) => paid && replaced.has(number))).toBe(false)
    }),
  )
})
