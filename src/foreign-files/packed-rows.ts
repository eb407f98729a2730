/** Rows of a sheet as they travel between processes: flat lists, which are packed several times faster than maps of objects. */
import type { Cell, SheetRow } from '../spreadsheets/cell.ts'

/** The row's number, then column and value in turn; a text, a number and a truth stand for themselves. */
export type PackedRow = readonly (number | string | boolean | Cell)[]

export const packRows = (rows: readonly SheetRow[]): PackedRow[] =>
  rows.map(({ number, cells }) => {
    const packed: (number | string | boolean | Cell)[] = [number]
    for (const [column, cell] of cells) packed.push(column, packCell(cell))
    return packed
  })

function packCell(cell: Cell): string | number | boolean | Cell {
  if (cell.formula || cell.kind === 'error' || cell.kind === 'date') return cell
  return cell.kind === 'text' ? cell.text : cell.value
}

export const unpackRows = (rows: readonly PackedRow[]): SheetRow[] =>
  rows.map((packed) => {
    const cells = new Map<number, Cell>()
    for (let place = 1; place < packed.length; place += 2)
      cells.set(packed[place] as number, unpackCell(packed[place + 1]!))
    return { number: packed[0] as number, cells }
  })

function unpackCell(value: string | number | boolean | Cell): Cell {
  if (typeof value === 'string') return { kind: 'text', text: value }
  if (typeof value === 'number') return { kind: 'number', value }
  return typeof value === 'boolean' ? { kind: 'boolean', value } : value
}
