/** The table inside a sheet: the header row found among title rows, columns by their words, not by their places. */
import { Refusal } from '../kernel/refusal.ts'
import { foldName, tidyText } from '../kernel/vietnamese-text.ts'
import { isBlank, shownText, type Cell, type SheetRow } from './cell.ts'
import type { Sheet } from './workbook.ts'

/** A column that is looked for. */
export interface Column<Field extends string> {
  readonly field: Field
  /** as lists write it; the first is used when it is missed */
  readonly headers: readonly string[]
  /** without it the list is refused */
  readonly mandatory?: true
  /** filled in advance by those who make lists: a row with nothing else is empty */
  readonly prefilled?: true
}

export interface TableRow<Field extends string> {
  readonly number: number
  readonly cells: Readonly<Partial<Record<Field, Cell>>>
}

export interface Table<Field extends string> {
  /** the texts above the header row */
  readonly titles: readonly string[]
  readonly fields: ReadonlySet<Field>
  /** headers nobody asked for */
  readonly unknownColumns: readonly string[]
  rows(): AsyncIterable<TableRow<Field>[]>
}

/** The header row is looked for among so many rows that hold something. */
const TITLE_ROWS = 30

/** 'Họ và tên (*)' → 'ho va ten' */
function headerKey(text: string): string {
  return foldName(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

interface Header<Field extends string> {
  readonly row: number
  readonly columns: ReadonlyMap<number, Column<Field>>
  readonly unknown: readonly string[]
}

/** Which columns a row names; undefined when it does not look like a header. */
function readHeader<Field extends string>(
  row: SheetRow,
  byKey: ReadonlyMap<string, Column<Field>>,
): Header<Field> | undefined {
  const columns = new Map<number, Column<Field>>()
  const unknown: string[] = []
  const seen = new Set<Field>()
  for (const [place, cell] of row.cells) {
    const column = byKey.get(headerKey(shownText(cell)))
    if (column === undefined) {
      if (!isBlank(cell)) unknown.push(tidyText(shownText(cell)))
      continue
    }
    if (seen.has(column.field))
      throw new Refusal('invalid', 'import.column-twice', { facts: { column: tidyText(shownText(cell)) } })
    seen.add(column.field)
    columns.set(place, column)
  }
  return columns.size >= Math.min(3, byKey.size) ? { row: row.number, columns, unknown } : undefined
}

function refuseMissing<Field extends string>(header: Header<Field>, columns: readonly Column<Field>[]): void {
  const found = new Set(header.columns.values())
  const missing = columns.filter((column) => column.mandatory === true && !found.has(column))
  if (missing.length === 0) return
  throw new Refusal('invalid', 'import.columns-missing', {
    facts: { columns: missing.map((column) => column.headers[0] ?? column.field) },
  })
}

/** The numbers (1) (2) (3) that lists put below their header. */
function isColumnNumbers(row: SheetRow): boolean {
  const texts = [...row.cells.values()].map((cell) => shownText(cell).trim())
  return texts.length >= 3 && texts.every((text, place) => text.replace(/[()]/g, '') === String(place + 1))
}

/** Looks through the first rows of a sheet; undefined when it has no such header. */
async function findHeader<Field extends string>(
  sheet: Sheet,
  byKey: ReadonlyMap<string, Column<Field>>,
): Promise<{ header: Header<Field>; titles: string[] } | undefined> {
  const titles: string[] = []
  let looked = 0
  for await (const rows of sheet.rows())
    for (const row of rows) {
      const header = readHeader(row, byKey)
      if (header) return { header, titles }
      if ((looked += 1) >= TITLE_ROWS) return undefined
      titles.push(...[...row.cells.values()].map((cell) => tidyText(shownText(cell))))
    }
  return undefined
}

/**
 * Finds the table in the first sheet that has it.
 *
 * @throws Refusal invalid `import.no-header`, `import.columns-missing`, `import.column-twice`
 */
export async function openTable<Field extends string>(
  sheets: readonly Sheet[],
  columns: readonly Column<Field>[],
): Promise<Table<Field>> {
  const byKey = new Map(
    columns.flatMap((column) => column.headers.map((header) => [headerKey(header), column])),
  )
  for (const sheet of sheets) {
    const found = await findHeader(sheet, byKey)
    if (found === undefined) continue
    const { header, titles } = found
    refuseMissing(header, columns)
    return {
      titles,
      fields: new Set([...header.columns.values()].map((column) => column.field)),
      unknownColumns: header.unknown,
      rows: () => rowsBelow(sheet, header),
    }
  }
  const wanted = columns
    .filter((column) => column.mandatory)
    .map((column) => column.headers[0] ?? column.field)
  throw new Refusal('invalid', 'import.no-header', { facts: { columns: wanted } })
}

async function* rowsBelow<Field extends string>(
  sheet: Sheet,
  header: Header<Field>,
): AsyncGenerator<TableRow<Field>[]> {
  for await (const rows of sheet.rows()) {
    const taken: TableRow<Field>[] = []
    for (const row of rows) {
      if (row.number <= header.row || (row.number === header.row + 1 && isColumnNumbers(row))) continue
      const cells: Partial<Record<Field, Cell>> = {}
      let empty = true
      for (const [place, column] of header.columns) {
        const cell = row.cells.get(place)
        if (cell === undefined) continue
        cells[column.field] = cell
        if (column.prefilled !== true && (!isBlank(cell) || cell.formula === true)) empty = false
      }
      if (!empty) taken.push({ number: row.number, cells })
    }
    if (taken.length > 0) yield taken
  }
}
