/**
 * Normal retirement age (tuổi nghỉ hưu): Bộ luật Lao động 2019, Điều 169; Nghị định 135/2020/NĐ-CP, Điều 4 and appendix I,
 * which lists months of birth. The yearly steps below give those months; the test holds them against the appendix.
 */
import {
  addToMonth,
  firstDayOf,
  monthOf,
  type PlainDate,
  type PlainMonth,
} from '../../../kernel/plain-date.ts'
import type { Sex } from './facts.ts'

export const RETIREMENT_CITATION = 'Nghị định 135/2020/NĐ-CP, Điều 4 và Phụ lục I'

/** In months. Until 2020: 60 and 55 years; then a step each year up to 62 (2028) and 60 (2035). */
const AGES: Readonly<
  Record<Sex, { readonly until2020: number; readonly step: number; readonly last: number }>
> = {
  male: { until2020: 60 * 12, step: 3, last: 62 * 12 },
  female: { until2020: 55 * 12, step: 4, last: 60 * 12 },
}
const LAST_YEAR_OF_OLD_AGES = 2020

/** The age in force in a year, in months. */
export function retirementAgeIn(year: number, sex: Sex): number {
  const { until2020, step, last } = AGES[sex]
  return Math.min(last, until2020 + step * Math.max(0, year - LAST_YEAR_OF_OLD_AGES))
}

export interface Retirement {
  readonly ageMonths: number
  /** the first day of the month after the age is reached; it never moves afterwards */
  readonly on: PlainDate
}

/** The first year whose age somebody reaches within it decides; later raises do not concern them. */
export function retirementOf(birthDate: PlainDate, sex: Sex): Retirement {
  const born = monthOf(birthDate)
  for (let year = LAST_YEAR_OF_OLD_AGES; ; year += 1) {
    const ageMonths = retirementAgeIn(year, sex)
    const reached: PlainMonth = addToMonth(born, ageMonths)
    if (reached <= `${year}-12` || ageMonths === AGES[sex].last)
      return { ageMonths, on: firstDayOf(addToMonth(reached, 1)) }
  }
}
