/** A book as an Excel file: the very cells of the screen, figures as figures, no text a spreadsheet would take for a formula. */
import { withoutFormula } from '../../../registry/import/report-workbook.ts'
import type { Book } from './book.ts'

export async function bookWorkbook(
  book: Book,
  words: { readonly title: string; readonly unit: string; readonly about: readonly string[] },
): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs') // a big package that few requests need
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet(book.name, { views: [{ state: 'frozen', ySplit: 4 }] })
  sheet.columns = book.columns.map(({ weight }) => ({ width: Math.max(6, Math.round(weight * 1.5)) }))
  sheet.addRow([withoutFormula(words.title)]).font = { bold: true }
  sheet.addRow([withoutFormula(words.unit)])
  sheet.addRow(book.columns.map(({ title }) => title)).font = { bold: true }
  sheet.addRow(book.columns.map(({ mark }) => mark)).font = { italic: true }
  for (const { cells, kind } of book.rows) {
    const row = sheet.addRow(
      book.columns.map(({ key }) => {
        const value = cells[key] ?? ''
        return typeof value === 'string' ? withoutFormula(value) : value
      }),
    )
    if (kind !== 'line') row.font = { bold: true }
  }
  sheet.addRow([])
  for (const note of [...words.about, ...book.failed, ...book.notes]) sheet.addRow([withoutFormula(note)])
  for (const [index, { numeric }] of book.columns.entries())
    if (numeric) sheet.getColumn(index + 1).numFmt = '#,##0'
  sheet.getRow(3).alignment = { wrapText: true, vertical: 'middle' }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}
