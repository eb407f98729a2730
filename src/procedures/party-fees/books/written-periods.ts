/** How books write periods and amounts. */
import { formatMonth, type Language } from '../../../kernel/plain-date.ts'
import { fill } from '../../../ui/words.ts'
import { bookPeriod, type BookPeriod } from '../law/books/book-period.ts'
import { BOOK_TEXTS } from './texts.ts'

const ROMAN = ['I', 'II', 'III', 'IV'] as const

/** 'Tháng 11/2026', 'Quý IV năm 2026', 'Năm 2026'. */
export function periodInWords(period: BookPeriod | string, language: Language): string {
  const known = typeof period === 'string' ? bookPeriod(period) : period
  if (!known) return String(period)
  const texts = BOOK_TEXTS[language]
  const year = known.until.slice(0, 4)
  if (known.kind === 'year') return fill(texts.year, { year })
  if (known.kind === 'month') return fill(texts.month, { month: `${known.from.slice(5)}/${year}` })
  return fill(texts.quarter, { quarter: quarterInWords(known), year })
}

export const quarterInWords = ({ until }: BookPeriod): string => ROMAN[Number(until.slice(5)) / 3 - 1] ?? ''

export const monthInWords = (month: string, language: Language): string => formatMonth(month, language)
