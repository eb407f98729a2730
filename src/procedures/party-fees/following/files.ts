/** Following up as files: XLSX and CSV, no text a spreadsheet would take for a formula. */
import { formatDate, formatMonth, type Language } from '../../../kernel/plain-date.ts'
import { percentVi } from '../../../kernel/vietnamese-numbers.ts'
import { csvRow } from '../../../spreadsheets/csv.ts'
import { withoutFormula } from '../../../registry/import/report-workbook.ts'
import { isNothing, owedVnd } from '../law/follow-up.ts'
import type { OwingMember } from './owing.ts'
import type { FollowingTexts } from './texts.ts'
import type { UnitsProps } from './units-page.tsx'

type Cell = string | number

/** A table with its heading row. */
export interface Sheet {
  readonly title: string
  readonly rows: readonly (readonly Cell[])[]
}

export function sheetOfUnits(props: UnitsProps): Sheet {
  const { texts, units, beside, own, low, language } = props
  const title = `${texts.printTitle}, ${formatMonth(props.month, language)}, ${props.of.name}`
  const heads = [
    'TT',
    texts.unit,
    texts.membersToday,
    texts.lines,
    texts.paidLines,
    texts.share,
    texts.due,
    texts.paid,
  ]
  const more = [texts.owed, texts.exempt, texts.unassessed, texts.withoutAccount, texts.paidOnline]
  const rows = units.map((unit, place): Cell[] => [
    place + 1,
    unit.name,
    unit.members,
    unit.lines,
    unit.paidLines,
    percentVi(unit.paidLines, unit.lines),
    unit.dueVnd,
    unit.paidVnd,
    owedVnd(unit),
    unit.exempt,
    unit.unassessed,
    unit.withoutAccount,
    unit.paidOnline,
  ])
  const sum = (name: string, of: typeof own): Cell[] => [
    '',
    name,
    '',
    of.lines,
    of.paidLines,
    percentVi(of.paidLines, of.lines),
    of.dueVnd,
    of.paidVnd,
    owedVnd(of),
    of.exempt,
  ]
  const below = low ? [] : [...(isNothing(beside) ? [] : [sum(texts.other, beside)]), sum(texts.total, own)]
  return { title, rows: [[...heads, ...more], ...rows, ...below] }
}

export function sheetOfOwing(
  owing: readonly OwingMember[],
  organisation: string,
  { texts, language }: { readonly texts: FollowingTexts; readonly language: Language },
): Sheet {
  const heads = ['TT', texts.name, texts.months, texts.since, texts.owed, texts.reminded]
  const rows = owing.map((row, place): Cell[] => [
    place + 1,
    row.fullName,
    row.months.length,
    formatMonth(row.months[0]!, language),
    row.owedVnd,
    row.remindedOn ? formatDate(row.remindedOn, language) : texts.notReminded,
  ])
  return { title: `${texts.owingTitle}, ${organisation}`, rows: [heads, ...rows] }
}

const safe = (cell: Cell): Cell => (typeof cell === 'string' ? withoutFormula(cell) : cell)

/** UTF-8 with its mark, as spreadsheets open it; every cell in quotation marks. */
export function csvOf({ rows }: Sheet): string {
  return `\ufeff${rows.map((cells) => csvRow(cells.map(safe))).join('')}`
}

export async function workbookOf({ title, rows }: Sheet): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs') // a big package that few requests need
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('1', { views: [{ state: 'frozen', ySplit: 2 }] })
  sheet.columns = (rows[0] ?? []).map((_head, place) => ({ width: place === 0 ? 6 : place === 1 ? 40 : 16 }))
  sheet.addRow([withoutFormula(title)]).font = { bold: true }
  for (const [place, row] of rows.entries()) {
    const added = sheet.addRow(row.map(safe))
    if (place === 0) added.font = { bold: true }
    added.eachCell((cell) => {
      if (typeof cell.value === 'number') cell.numFmt = '#,##0'
    })
  }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}
