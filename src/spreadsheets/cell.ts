/** What one cell of a list holds, whichever program wrote it. */
import { isPlainDate, type PlainDate } from '../kernel/plain-date.ts'

/** `formula`: the value is what the writing program calculated last; nothing is calculated here. */
export type Cell = { readonly formula?: true } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  /** a number that the sheet shows as a date */
  | { readonly kind: 'date'; readonly date: PlainDate }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** #N/A, #REF! … */
  | { readonly kind: 'error'; readonly text: string }
)

/** A row of a sheet: cells by their column, counted from 0. `number` is the row's number in the sheet, counted from 1. */
export interface SheetRow {
  readonly number: number
  readonly cells: ReadonlyMap<number, Cell>
}

/** What a person sees in the cell. */
export function shownText(cell: Cell | undefined): string {
  if (cell === undefined) return ''
  if (cell.kind === 'text' || cell.kind === 'error') return cell.text
  if (cell.kind === 'number') return String(cell.value)
  if (cell.kind === 'boolean') return cell.value ? 'TRUE' : 'FALSE'
  const [year, month, day] = cell.date.split('-')
  return `${day}/${month}/${year}`
}

export function isBlank(cell: Cell | undefined): boolean {
  return shownText(cell).trim() === ''
}

const DAY_MS = 86_400_000
/** Serials after 60 count from 30 December 1899, because 1900 is taken for a leap year; those before it from the day after. */
const EPOCH = Date.UTC(1899, 11, 30)
const FALSE_LEAP_DAY = 60
/** Days between the two systems in use: 1904 is that of old Macintosh workbooks. */
const DAYS_TO_1904 = 1462

/**
 * The day of a spreadsheet's serial number; a time of day is left off. Undefined for a day no calendar has: the serial
 * 60 is 29 February 1900, which never was.
 */
export function dateOfSerial(serial: number, since1904: boolean): PlainDate | undefined {
  const whole = Math.floor(serial) + (since1904 ? DAYS_TO_1904 : 0)
  if (!(whole >= 1 && whole <= 2_958_465) || whole === FALSE_LEAP_DAY) return undefined
  const date = new Date(EPOCH + (whole < FALSE_LEAP_DAY ? whole + 1 : whole) * DAY_MS)
    .toISOString()
    .slice(0, 10)
  return isPlainDate(date) ? date : undefined
}
