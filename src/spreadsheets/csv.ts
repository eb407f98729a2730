/** Lists as text with separators (CSV): UTF-8 with or without its mark; comma, semicolon or tab, whichever the first rows use. */
import { Refusal } from '../kernel/refusal.ts'
import type { Cell, SheetRow } from './cell.ts'

const LONGEST_FIELD = 32_767
const ROWS_AT_A_TIME = 1_000

/** The separator that the first lines hold most of. */
function separatorOf(text: string): string {
  const start = text.split('\n', 20).join('\n')
  const count = (separator: string) => start.split(separator).length
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best))
}

/** @throws Refusal invalid `import.not-utf8` */
export function decodeCsv(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('invalid', 'import.not-utf8')
  }
}

/**
 * The rows that hold something; a row's number is its line in a spreadsheet program. Quotes may hold separators, line
 * ends and doubled quotes.
 *
 * @throws Refusal invalid `import.damaged` for an endless quote or field
 */
export function* readCsv(text: string): Generator<SheetRow[]> {
  const separator = separatorOf(text)
  let ready: SheetRow[] = []
  let cells = new Map<number, Cell>()
  let number = 1
  let column = 0
  let at = 0
  const endRow = () => {
    if (cells.size > 0) ready.push({ number, cells })
    cells = new Map()
    number += 1
    column = 0
  }
  while (at < text.length) {
    const { field, next } = fieldAt(text, at, separator)
    if (field.length > LONGEST_FIELD) throw new Refusal('invalid', 'import.damaged')
    if (field !== '') cells.set(column, { kind: 'text', text: field })
    at = next
    if (text[at] === separator) {
      column += 1
      at += 1
      continue
    }
    if (text[at] === '\r') at += 1
    if (text[at] === '\n') at += 1
    endRow()
    if (ready.length >= ROWS_AT_A_TIME) {
      yield ready
      ready = []
    }
  }
  if (cells.size > 0) endRow()
  if (ready.length > 0) yield ready
}

/** One field and where it ends: at a separator, a line end, or the end of the text. */
function fieldAt(text: string, start: number, separator: string): { field: string; next: number } {
  if (text[start] !== '"') {
    let end = start
    while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1
    return { field: text.slice(start, end), next: end }
  }
  let field = ''
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote === -1) throw new Refusal('invalid', 'import.damaged')
    field += text.slice(at, quote)
    if (text[quote + 1] !== '"') {
      const after = fieldAt(text, quote + 1, separator)
      return { field: field + after.field, next: after.next }
    }
    field += '"'
    at = quote + 2
  }
}

/** A row to be written: every cell in quotation marks, as spreadsheets open it after the mark of UTF-8. */
export function csvRow(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(',')}\r\n`
}
