/** Facts put into words: `{name}` in a text becomes the fact of that name, days and moments as the language writes them. */
import {
  formatDate,
  formatInstant,
  formatMonth,
  isPlainDate,
  isPlainMonth,
  type Language,
} from '../kernel/plain-date.ts'
import { numberVi } from '../kernel/vietnamese-numbers.ts'

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/

/** The text with its places filled, amounts (`…Vnd`) with dots; a fact that is not there leaves '…', so that nobody reads a bare `{name}`. */
export function withFacts(
  text: string,
  facts: Readonly<Record<string, unknown>>,
  language: Language,
): string {
  return text.replace(/\{(\w+)\}/g, (_all, key: string) => {
    const fact = facts[key]
    return key.endsWith('Vnd') && typeof fact === 'number' ? numberVi(fact) : factInWords(fact, language)
  })
}

/** One fact: '2026-11-25' → '25/11/2026', an ISO moment → '09:12 16/11/2026', a list with commas. */
export function factInWords(fact: unknown, language: Language): string {
  if (fact === undefined || fact === null || fact === '') return '…'
  if (Array.isArray(fact)) return fact.map((each) => factInWords(each, language)).join(', ')
  if (isPlainDate(fact)) return formatDate(fact, language)
  if (isPlainMonth(fact)) return formatMonth(fact, language)
  if (fact instanceof Date) return formatInstant(fact, language)
  if (typeof fact === 'string' && INSTANT.test(fact)) return formatInstant(new Date(fact), language)
  return typeof fact === 'object' ? '…' : String(fact as string | number | boolean)
}
