/** A date of an old file as exactly as it is known: a day, '05/1950', '1950'. */
import { formatDate, yearOf, type Language, type PlainDate } from '../../kernel/plain-date.ts'
import type { DatePrecision } from './store.ts'

export function vagueDateText(date: PlainDate, precision: DatePrecision, language: Language): string {
  if (precision === 'year') return String(yearOf(date))
  return precision === 'month' ? `${date.slice(5, 7)}/${date.slice(0, 4)}` : formatDate(date, language)
}
