/** A cell's month as a file: XLSX and CSV, no text a spreadsheet would take for a formula. */
import { formatDate, todayIn, type Language } from '../../../kernel/plain-date.ts'
import { csvRow } from '../../../spreadsheets/csv.ts'
import { withoutFormula } from '../../../registry/import/report-workbook.ts'
import { classInWords } from '../explanation.ts'
import { sumsOf, type MonthRow } from './month.ts'
import type { CollectingTexts } from './texts.ts'

interface Words {
  readonly texts: CollectingTexts
  readonly language: Language
}

type Cell = string | number

function headersOf({ texts }: Words): string[] {
  return ['TT', texts.name, texts.class, texts.base, texts.due, texts.paid, texts.owed, texts.state]
}

function cellsOf(row: MonthRow, place: number, { texts, language }: Words): Cell[] {
  return [
    place + 1,
    withoutFormula(row.fullName),
    row.class ? classInWords(row.class, language) : '',
    row.baseVnd ?? '',
    row.dueVnd,
    row.paidVnd,
    row.owedBeforeVnd,
    [stateInWords(row, { texts, language }), ...(row.guest ? [texts.guest] : [])].join(', '),
  ]
}

/** 'Đã nộp 05/12/2026', 'Chờ nộp', and who collects where another cell does. */
export function stateInWords({ state, paidAt, collectedBy }: MonthRow, { texts, language }: Words): string {
  if (collectedBy !== null) return `${texts.states[state]}: ${collectedBy}`
  if (state !== 'paid' || !paidAt) return texts.states[state]
  return texts.paidOn.replace('{day}', formatDate(todayIn(paidAt), language))
}

/** UTF-8 with its mark, as spreadsheets open it; every cell in quotation marks. */
export function monthCsv(rows: readonly MonthRow[], words: Words): string {
  return `\ufeff${[headersOf(words), ...rows.map((row, place) => cellsOf(row, place, words))].map(csvRow).join('')}`
}

const WIDTHS = [6, 30, 34, 16, 14, 14, 18, 24]

export async function monthWorkbook(rows: readonly MonthRow[], title: string, words: Words): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs') // a big package that few requests need
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet(words.texts.title, { views: [{ state: 'frozen', ySplit: 2 }] })
  sheet.columns = WIDTHS.map((width) => ({ width }))
  sheet.addRow([withoutFormula(title)]).font = { bold: true }
  sheet.addRow(headersOf(words)).font = { bold: true }
  for (const [place, row] of rows.entries()) sheet.addRow(cellsOf(row, place, words))
  const sums = sumsOf(rows)
  sheet.addRow(['', words.texts.total, '', '', sums.dueVnd, sums.paidVnd, '', '']).font = { bold: true }
  for (const column of [4, 5, 6, 7]) sheet.getColumn(column).numFmt = '#,##0'
  return Buffer.from(await workbook.xlsx.writeBuffer())
}
