/** The yearly round (đợt hằng năm): when comments are asked for and returned, as the province has it or by the default. */
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { SettingsOfDay } from '../../../kernel/settings.ts'
import { lastDayOf, yearOf } from '../../../kernel/plain-date.ts'
import { ASK_FROM_MONTH, ASK_UNTIL_MONTH, LATEST_JANUARY_DAY, RETURN_DECEMBER_DAY } from './settings.ts'

/** What a province set for its communes and cells. */
export interface ProvinceSeason {
  readonly askFromMonth: number
  readonly askUntilMonth: number
  readonly returnDecemberDay: number
}

export interface Season {
  readonly askFrom: PlainDate
  readonly askUntil: PlainDate
  readonly returnBy: PlainDate
  /** after it nobody asks for that year any more */
  readonly latest: PlainDate
}

const two = (value: number): string => String(value).padStart(2, '0')

/** The year whose round is on: last year's until the last day on which its comments may still be asked for. */
export function roundYear(today: PlainDate, settings: SettingsOfDay): number {
  const year = yearOf(today)
  return today <= `${year}-01-${two(settings.get(LATEST_JANUARY_DAY))}` ? year - 1 : year
}

export function seasonOf(
  year: number,
  province: ProvinceSeason | undefined,
  settings: SettingsOfDay,
): Season {
  const from = province?.askFromMonth ?? settings.get(ASK_FROM_MONTH)
  const until = province?.askUntilMonth ?? settings.get(ASK_UNTIL_MONTH)
  const day = province?.returnDecemberDay ?? settings.get(RETURN_DECEMBER_DAY)
  return {
    askFrom: `${year}-${two(from)}-01`,
    askUntil: lastDayOf(`${year}-${two(until)}`),
    returnBy: `${year}-12-${two(day)}`,
    latest: `${year + 1}-01-${two(settings.get(LATEST_JANUARY_DAY))}`,
  }
}
