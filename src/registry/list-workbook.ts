/** A list as an XLSX workbook: a title, headings, rows; no text a spreadsheet would take for a formula. */
import { withoutFormula } from './import/report-workbook.ts'

export type Cell = string | number

/** A table with its heading row. */
export interface Sheet {
  readonly title: string
  readonly rows: readonly (readonly Cell[])[]
}

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const safeCell = (cell: Cell): Cell => (typeof cell === 'string' ? withoutFormula(cell) : cell)

export async function workbookOf({ title, rows }: Sheet): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs') // a big package that few requests need
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('1', { views: [{ state: 'frozen', ySplit: 2 }] })
  sheet.columns = (rows[0] ?? []).map((_head, place) => ({ width: place === 0 ? 6 : place === 1 ? 40 : 16 }))
  sheet.addRow([withoutFormula(title)]).font = { bold: true }
  for (const [place, row] of rows.entries()) {
    const added = sheet.addRow(row.map(safeCell))
    if (place === 0) added.font = { bold: true }
    added.eachCell((cell) => {
      if (typeof cell.value === 'number') cell.numFmt = '#,##0'
    })
  }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}
