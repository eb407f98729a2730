/** Retirement by the month of birth: appendix I of Nghị định 135/2020/NĐ-CP, row by row, and the first and last month of each. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, addToMonth, monthOf } from '../../../kernel/plain-date.ts'
import type { Sex } from './facts.ts'
import { retirementOf } from './retirement.ts'

/** Born from, born until (the appendix's months), age in years and months. */
const MEN = [
  ['1955-01', '1960-12', 60, 0],
  ['1961-01', '1961-09', 60, 3],
  ['1961-10', '1962-06', 60, 6],
  ['1962-07', '1963-03', 60, 9],
  ['1963-04', '1963-12', 61, 0],
  ['1964-01', '1964-09', 61, 3],
  ['1964-10', '1965-06', 61, 6],
  ['1965-07', '1966-03', 61, 9],
  ['1966-04', '1999-12', 62, 0],
] as const

const WOMEN = [
  ['1955-01', '1965-12', 55, 0],
  ['1966-01', '1966-08', 55, 4],
  ['1966-09', '1967-04', 55, 8],
  ['1967-05', '1967-12', 56, 0],
  ['1968-01', '1968-08', 56, 4],
  ['1968-09', '1969-04', 56, 8],
  ['1969-05', '1969-12', 57, 0],
  ['1970-01', '1970-08', 57, 4],
  ['1970-09', '1971-04', 57, 8],
  ['1971-05', '1971-12', 58, 0],
  ['1972-01', '1972-08', 58, 4],
  ['1972-09', '1973-04', 58, 8],
  ['1973-05', '1973-12', 59, 0],
  ['1974-01', '1974-08', 59, 4],
  ['1974-09', '1975-04', 59, 8],
  ['1975-05', '1999-12', 60, 0],
] as const

const ROWS = [
  ...MEN.map((row) => ['male' as const, ...row] as const),
  ...WOMEN.map((row) => ['female' as const, ...row] as const),
]

test.each(ROWS)('%s, born %s to %s: %i years %i months', (sex, from, until, years, months) => {
  const ageMonths = years * 12 + months
  for (const born of [from, until])
    for (const birthDate of [`${born}-01`, `${born}-28`])
      expect(retirementOf(birthDate, sex)).toEqual({
        ageMonths,
        on: `${addToMonth(born, ageMonths + 1)}-01`,
      })
})

test('the dates the appendix prints: a man born in January 1961 leaves on 01/05/2021, born in September on 01/01/2022', () => {
  expect(retirementOf('1961-01-31', 'male').on).toBe('2021-05-01')
  expect(retirementOf('1961-09-01', 'male').on).toBe('2022-01-01')
  expect(retirementOf('1966-01-15', 'female').on).toBe('2021-06-01')
})

test('whoever is older is retired no later', () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('1945-01-01', n))
  const sex = fc.constantFrom<Sex>('male', 'female')
  fc.assert(
    fc.property(day, day, sex, (a, b, of) => {
      const [older, younger] = [a, b].sort() as [string, string]
      expect(retirementOf(older, of).on <= retirementOf(younger, of).on).toBe(true)
      expect(retirementOf(older, of).on > monthOf(older)).toBe(true)
    }),
  )
})
