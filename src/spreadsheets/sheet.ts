/** The XML parts of a workbook: its sheets, shared strings, which styles show dates, and the rows of a sheet, streamed. */
import { Refusal } from '../kernel/refusal.ts'
import { dateOfSerial, type Cell, type SheetRow } from './cell.ts'
import { attributeOf, readXml, type XmlReader } from './xml.ts'

type Pieces = AsyncIterable<Uint8Array>

const damaged = () => new Refusal('invalid', 'import.damaged')

async function readAll(pieces: Pieces, reader: XmlReader): Promise<void> {
  for await (const _ of readXml(pieces, reader));
}

export interface SheetReference {
  readonly name: string
  readonly relation: string
  readonly hidden: boolean
}

/** The sheets in their order, and whether days are counted from 1904. */
export async function readWorkbookPart(
  pieces: Pieces,
): Promise<{ sheets: SheetReference[]; since1904: boolean }> {
  const sheets: SheetReference[] = []
  let since1904 = false
  await readAll(pieces, {
    open(name, attributes) {
      if (name === 'workbookPr') since1904 = /^(1|true)$/.test(attributeOf(attributes, 'date1904') ?? '')
      if (name !== 'sheet') return
      const state = attributeOf(attributes, 'state') ?? 'visible'
      sheets.push({
        name: attributeOf(attributes, 'name') ?? '',
        relation: attributeOf(attributes, 'id') ?? '',
        hidden: state !== 'visible',
      })
    },
    close() {},
    text() {},
  })
  return { sheets, since1904 }
}

/** Targets of relations by their ids. */
export async function readRelations(pieces: Pieces): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  await readAll(pieces, {
    open(name, attributes) {
      if (name !== 'Relationship') return
      targets.set(attributeOf(attributes, 'Id') ?? '', attributeOf(attributes, 'Target') ?? '')
    },
    close() {},
    text() {},
  })
  return targets
}

/** Excel writes characters that XML cannot hold as _x000D_. */
const unescape = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

/** The strings that cells refer to by number: rich text as one string, reading aids (rPh) left out. */
export async function readSharedStrings(pieces: Pieces, mostStrings: number): Promise<string[]> {
  const strings: string[] = []
  let current = ''
  let inText = false
  let reading = 0
  let whole = false
  await readAll(pieces, {
    open(name) {
      if (name === 'si') current = ''
      else if (name === 'rPh') reading += 1
      else if (name === 't') inText = reading === 0
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') reading -= 1
      else if (name === 'sst') whole = true
      else if (name === 'si' && strings.push(unescape(current)) > mostStrings)
        throw new Refusal('invalid', 'import.too-large')
    },
    text(text) {
      if (inText) current += text
    },
  })
  if (!whole) throw damaged()
  return strings
}

/** Number formats built into spreadsheets that show a day (ECMA-376 18.8.30). */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

/** A format with a day or a year outside quotes, escapes and brackets: dd/mm/yyyy, but not 0.00 "đồng" or [Red]. */
const showsDay = (code: string): boolean => /[dy]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''))

/** For every cell style, whether it shows a date. */
export async function readDateStyles(pieces: Pieces): Promise<boolean[]> {
  const styles: boolean[] = []
  const ownFormats = new Map<number, boolean>()
  let inCellFormats = false
  await readAll(pieces, {
    open(name, attributes) {
      if (name === 'cellXfs') inCellFormats = true
      if (name === 'numFmt')
        ownFormats.set(
          Number(attributeOf(attributes, 'numFmtId')),
          showsDay(attributeOf(attributes, 'formatCode') ?? ''),
        )
      if (name !== 'xf' || !inCellFormats) return
      const format = Number(attributeOf(attributes, 'numFmtId') ?? 0)
      styles.push(ownFormats.get(format) ?? isBuiltInDate(format))
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
    text() {},
  })
  return styles
}

export interface SheetContext {
  readonly strings: readonly string[]
  readonly dateStyles: readonly boolean[]
  readonly since1904: boolean
}

/** Columns beyond these are no list of people. */
const MOST_COLUMNS = 256
const LAST_ROW = 1_048_576

/** 'AB12' → 27; undefined when the reference is missing. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = reference === undefined ? undefined : /^([A-Za-z]{1,3})\d*$/.exec(reference)?.[1]
  if (letters === undefined) return undefined
  let column = 0
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

interface OpenCell {
  column: number
  type: string
  style: number
  value: string
  formula: boolean
}

/** What the marks of a cell mean; undefined for an empty one. */
function cellOf(open: OpenCell, context: SheetContext): Cell | undefined {
  const formula = open.formula ? { formula: true as const } : {}
  const raw = open.value
  if (raw === '') return open.formula ? { kind: 'text', text: '', formula: true } : undefined
  if (open.type === 's') {
    const text = /^\s*\d+\s*$/.test(raw) ? context.strings[Number(raw)] : undefined
    if (text === undefined) throw damaged()
    return text === '' ? undefined : { kind: 'text', text, ...formula }
  }
  if (open.type === 'inlineStr' || open.type === 'str' || open.type === 'd')
    return { kind: 'text', text: unescape(raw), ...formula }
  if (open.type === 'b') return { kind: 'boolean', value: raw.trim() === '1', ...formula }
  if (open.type === 'e') return { kind: 'error', text: raw, ...formula }
  const value = Number(raw)
  if (!Number.isFinite(value)) throw damaged()
  const date = context.dateStyles[open.style] === true ? dateOfSerial(value, context.since1904) : undefined
  return date === undefined ? { kind: 'number', value, ...formula } : { kind: 'date', date, ...formula }
}

/**
 * The rows that hold something, in the order of the sheet, as many at a time as one piece of XML brings.
 *
 * @param mostEmptyRows as many rows marked but empty are passed over; more are refused
 * @throws Refusal invalid `import.damaged`, `import.empty-rows`
 */
export async function* readRows(
  pieces: Pieces,
  context: SheetContext,
  mostEmptyRows: number,
): AsyncGenerator<SheetRow[]> {
  let ready: SheetRow[] = []
  let number = 0
  let cells = new Map<number, Cell>()
  let cell: OpenCell | undefined
  let column = -1
  let collecting = false
  let reading = 0
  let emptyRows = 0
  let whole = false
  const reader: XmlReader = {
    open(name, attributes) {
      if (name === 'row') {
        const given = Number(attributeOf(attributes, 'r') ?? number + 1)
        if (!Number.isInteger(given) || given <= number || given > LAST_ROW) throw damaged()
        number = given
        cells = new Map()
        column = -1
      } else if (name === 'c') {
        column = columnOf(attributeOf(attributes, 'r')) ?? column + 1
        const style = Number(attributeOf(attributes, 's') ?? -1)
        cell = { column, type: attributeOf(attributes, 't') ?? 'n', style, value: '', formula: false }
      } else if (name === 'f') {
        if (cell) cell.formula = true
      } else if (name === 'rPh') reading += 1
      else if (name === 'v' || name === 't') collecting = cell !== undefined && reading === 0
    },
    close(name) {
      if (name === 'v' || name === 't') collecting = false
      else if (name === 'rPh') reading -= 1
      else if (name === 'sheetData') whole = true
      else if (name === 'c' && cell) {
        const meant = cell.column < MOST_COLUMNS ? cellOf(cell, context) : undefined
        if (meant) cells.set(cell.column, meant)
        cell = undefined
      } else if (name === 'row') {
        if (cells.size > 0) ready.push({ number, cells })
        else if ((emptyRows += 1) > mostEmptyRows)
          throw new Refusal('invalid', 'import.empty-rows', { facts: { rows: emptyRows } })
      }
    },
    text(text) {
      if (collecting && cell) cell.value += text
    },
  }
  for await (const _ of readXml(pieces, reader)) {
    if (ready.length > 0) yield ready
    ready = []
  }
  if (ready.length > 0) yield ready
  if (!whole) throw damaged()
}
