/** Reading one row of a list: texts, days and numbers out of its cells, every mending named as a problem. */
import { isPlainDate, type PlainDate } from '../../kernel/plain-date.ts'
import { nfc, tidyText } from '../../kernel/vietnamese-text.ts'
import type { DatePrecision } from '../members/store.ts'
import { dateOfSerial, isBlank, shownText, type Cell } from '../../spreadsheets/cell.ts'
import type { Problem, ProblemCode, Severity } from './problems.ts'
import type { TableRow } from '../../spreadsheets/table.ts'
import { problemOf } from './texts.ts'

/** Longer texts belong into a document. */
const LONGEST_TEXT = 500

export interface ReadDate {
  readonly date: PlainDate
  readonly precision: DatePrecision
}

export interface RowReader<Field extends string> {
  readonly row: number
  readonly problems: Problem[]
  cell(field: Field): Cell | undefined
  /** what the cell shows, as it stands */
  shown(field: Field): string
  /** tidy, composed text; null for an empty cell */
  text(field: Field): string | null
  /** a day, or what of it the cell says; undefined when it is empty or was held back */
  date(field: Field): ReadDate | undefined
  /** a day known exactly; a vague one is held back, or left out with a warning */
  exactDate(field: Field, vague: Exclude<Severity, 'repaired'>): PlainDate | null
  /** names a problem of a field; the words to mend it come with the code unless others are given */
  report(
    code: ProblemCode,
    severity: Severity,
    field: Field | 'row',
    more?: { found?: string; repair?: string; fix?: string },
  ): void
}

export function readRow<Field extends string>(row: TableRow<Field>): RowReader<Field> {
  const problems: Problem[] = []
  const formulasNamed = new Set<Field>()

  const cell = (field: Field): Cell | undefined => row.cells[field]
  const shown = (field: Field): string => shownText(cell(field))
  const report: RowReader<Field>['report'] = (code, severity, field, more = {}) => {
    const found = more.found ?? (field === 'row' ? '' : shown(field))
    problems.push(problemOf(row.number, code, severity, field, { ...more, found }))
  }

  /** A formula's result is taken and named once; an error is no value. */
  function usable(field: Field): Cell | undefined {
    const found = cell(field)
    if (found?.kind === 'error') {
      report('cell.error', 'held-back', field)
      return undefined
    }
    if (found?.formula === true && !formulasNamed.has(field)) {
      formulasNamed.add(field)
      report('cell.formula', 'repaired', field, { repair: shown(field) })
    }
    return isBlank(found) ? undefined : found
  }

  function text(field: Field): string | null {
    const found = usable(field)
    if (found === undefined) return null
    const raw = shownText(found)
    const tidy = tidyText(raw)
    if (raw !== nfc(raw)) report('text.decomposed', 'repaired', field, { repair: tidy })
    if (tidy.length > LONGEST_TEXT) {
      report('text.too-long', 'held-back', field, { found: `${tidy.slice(0, 100)}…` })
      return null
    }
    return tidy === '' ? null : tidy
  }

  function date(field: Field): ReadDate | undefined {
    const found = usable(field)
    if (found === undefined) return undefined
    const read = readDate(found)
    if (read === undefined) {
      report('date.unreadable', 'held-back', field)
      return undefined
    }
    if (read.precision === 'year') report('date.year-only', 'warning', field)
    else if (read.precision === 'month') report('date.month-only', 'warning', field)
    else reportDateRepair(field, found, read)
    return read
  }

  /** A cell of the date kind may look like the text it becomes: that it was of that kind is what was mended. */
  function reportDateRepair(field: Field, from: Cell, { date: day, repair }: CellDate): void {
    if (repair === undefined) return
    const found = from.kind === 'date' ? `${shownText(from)} (kiểu ngày)` : shownText(from)
    report(repair, 'repaired', field, { found, repair: listDate(day) })
  }

  function exactDate(field: Field, vague: Exclude<Severity, 'repaired'>): PlainDate | null {
    const found = usable(field)
    if (found === undefined) return null
    const read = readDate(found)
    if (read === undefined || read.precision !== 'day') {
      report(read === undefined ? 'date.unreadable' : 'date.not-exact', vague, field)
      return null
    }
    reportDateRepair(field, found, read)
    return read.date
  }

  return { row: row.number, problems, cell, shown, text, date, exactDate, report }
}

/** A day as lists write it. */
export function listDate(date: PlainDate): string {
  return `${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)}`
}

interface CellDate extends ReadDate {
  /** how it had to be mended */
  readonly repair?: 'date.from-excel' | 'date.form'
}

/** Whole years are years; five digits without a date format are the serial of a day (1927 to 2064). */
const FIRST_SERIAL = 10_000
const LAST_SERIAL = 60_000

function readDate(cell: Cell): CellDate | undefined {
  if (cell.kind === 'date') return { date: cell.date, precision: 'day', repair: 'date.from-excel' }
  if (cell.kind === 'number') {
    if (cell.value < FIRST_SERIAL) return wholeYear(String(cell.value))
    const date = cell.value <= LAST_SERIAL ? dateOfSerial(cell.value, false) : undefined
    return date === undefined ? undefined : { date, precision: 'day', repair: 'date.from-excel' }
  }
  return cell.kind === 'text' ? dateOfText(nfc(cell.text)) : undefined
}

function wholeYear(text: string): CellDate | undefined {
  return /^(1[89]|20)\d\d$/.test(text) ? { date: `${text}-01-01`, precision: 'year' } : undefined
}

/** dd/mm/yyyy as lists want it; other orders only where the year stands first, years of two digits never. */
function dateOfText(raw: string): CellDate | undefined {
  const text = raw.trim()
  const year = wholeYear(text)
  if (year) return year
  const month = /^(\d{1,2})[/.-](\d{4})$/.exec(text)
  if (month) return made(month[2], month[1], '01', { precision: 'month' })
  const day = /^(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})$/.exec(text)
  if (day) {
    const asWanted = /^\d\d\/\d\d\/\d{4}$/.test(raw)
    return made(day[3], day[2], day[1], { precision: 'day', ...(asWanted ? {} : { repair: 'date.form' }) })
  }
  const iso = /^(\d{4})-(\d\d)-(\d\d)(?:T[\d:.]*Z?)?$/.exec(text)
  return iso ? made(iso[1], iso[2], iso[3], { precision: 'day', repair: 'date.form' }) : undefined
}

function made(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  rest: Omit<CellDate, 'date'>,
): CellDate | undefined {
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  return isPlainDate(date) ? { date, ...rest } : undefined
}
