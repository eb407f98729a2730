/** A book or report as a table: one shape that the screen, the workbook, the paper and programs are made from. */
import type { BookTexts } from './texts.ts'

export const BOOKS = ['s01-collection', 's01-remittance', 's02', 'b01', 'cash', 'bank'] as const
export type BookName = (typeof BOOKS)[number]

export interface BookColumn {
  readonly key: string
  /** as the form marks it: 'A', '1' */
  readonly mark: string
  readonly title: string
  /** figures: set to the right, added up */
  readonly numeric: boolean
  /** of the width on paper */
  readonly weight: number
}

export interface BookRow {
  readonly key: string
  readonly kind: 'line' | 'subtotal' | 'total'
  readonly cells: Readonly<Record<string, string | number | null>>
  /** by column: where the list behind a figure is */
  readonly behind?: Readonly<Record<string, string>> | undefined
  /** a check that does not hold, in words */
  readonly alarm?: string | undefined
}

export interface Book {
  readonly name: BookName
  readonly period: string
  readonly columns: readonly BookColumn[]
  /** names the row on screen */
  readonly head: string
  readonly rows: readonly BookRow[]
  readonly notes: readonly string[]
  /** what does not hold, in words; empty where everything does */
  readonly failed: readonly string[]
  readonly checked: boolean
  /** whom it names */
  readonly people: readonly string[]
}

export const columnsOf = (
  titles: BookTexts['columns'] & Readonly<Record<string, string>>,
  columns: readonly (readonly [key: string, mark: string, weight: number, numeric?: boolean])[],
): BookColumn[] =>
  columns.map(([key, mark, weight, numeric = false]) => ({
    key,
    mark,
    title: titles[key] ?? key,
    numeric,
    weight,
  }))
