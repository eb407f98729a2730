/** Following up as files: XLSX and CSV, no text a spreadsheet would take for a formula. */
import { formatDate, formatMonth, type Language } from '../../../kernel/plain-date.ts'
import { percentVi } from '../../../kernel/vietnamese-numbers.ts'
import { csvRow } from '../../../spreadsheets/csv.ts'
import { safeCell, type Cell, type Sheet } from '../../../registry/list-workbook.ts'
import { isNothing, owedVnd } from '../law/follow-up.ts'
import type { OwingMember } from './owing.ts'
import type { FollowingTexts } from './texts.ts'
import type { UnitsProps } from './units-page.tsx'

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

/** UTF-8 with its mark, as spreadsheets open it; every cell in quotation marks. */
export function csvOf({ rows }: Sheet): string {
  return `\ufeff${rows.map((cells) => csvRow(cells.map(safeCell))).join('')}`
}
