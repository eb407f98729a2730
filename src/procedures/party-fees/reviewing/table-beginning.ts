/** The first rows of a table as they stand in the file, and the row that looks like the names of its columns. */
import type { Readers } from '../../../foreign-files/readers.ts'
import { tidyText } from '../../../kernel/vietnamese-text.ts'
import { decodeBankText } from '../../../payments/statements/bank-text.ts'
import { STATEMENT_LIMITS } from '../../../payments/statements/table-statement.ts'
import { shownText } from '../../../spreadsheets/cell.ts'
import type { Sheet } from '../../../spreadsheets/workbook.ts'

export interface BeginningOfTable {
  readonly rows: readonly { readonly number: number; readonly cells: readonly string[] }[]
  /** the number of the row whose cells are taken for names */
  readonly headerRow: number
  readonly headers: readonly string[]
}

const MOST_ROWS = 15
/** Titles above a table, at most. */
const MOST_LOOKED_AT = 40

/** @throws Refusal invalid `import.…` for what is no table at all */
export async function beginningOf(
  readers: Readers,
  file: { readonly bytes: Uint8Array; readonly name: string },
  headerRow: number | undefined,
): Promise<BeginningOfTable> {
  const isText = /\.(csv|txt)$/i.test(file.name)
  const bytes = isText ? Buffer.from(decodeBankText(file.bytes), 'utf8') : file.bytes
  const name = isText ? file.name.replace(/\.txt$/i, '.csv') : file.name
  return readers.workbook({ bytes, name }, { limits: STATEMENT_LIMITS }, ([sheet]) =>
    beginningOfSheet(sheet, headerRow),
  )
}

async function beginningOfSheet(
  sheet: Sheet | undefined,
  headerRow: number | undefined,
): Promise<BeginningOfTable> {
  const rows: { number: number; cells: string[] }[] = []
  for await (const some of sheet?.rows() ?? []) {
    for (const { number, cells } of some)
      rows.push({
        number,
        cells: [...cells.values()].map((cell) => tidyText(shownText(cell))).filter((text) => text !== ''),
      })
    if (rows.length >= MOST_LOOKED_AT) break
  }
  const filled = rows.filter(({ cells }) => cells.length > 0).slice(0, MOST_LOOKED_AT)
  const names = filled.find(({ number }) => number === headerRow) ?? likeliest(filled)
  return {
    rows: filled.slice(0, MOST_ROWS),
    headerRow: names?.number ?? 1,
    headers: [...new Set(names?.cells ?? [])].map((header) => header.slice(0, 200)),
  }
}

/** The row with the most words: names of columns are words, transfers are half figures. */
function likeliest<Row extends { readonly cells: readonly string[] }>(rows: readonly Row[]): Row | undefined {
  const words = ({ cells }: Row) => cells.filter((text) => !/\d/.test(text)).length
  return rows.reduce<Row | undefined>(
    (best, row) => (best === undefined || words(row) > words(best) ? row : best),
    undefined,
  )
}
