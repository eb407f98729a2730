/** Lists of members as files: XLSX and CSV, numbers masked, no text a spreadsheet would take for a formula, sent piece by piece. */
import { PassThrough, Readable } from 'node:stream'
import type { Database } from '../kernel/db.ts'
import { formatDate, type Language } from '../kernel/plain-date.ts'
import { Refusal } from '../kernel/refusal.ts'
import { csvRow } from '../spreadsheets/csv.ts'
import { withoutFormula } from './import/report-workbook.ts'
import { findMembers, type MemberQuery } from './members/search.ts'
import type { MemberTexts } from './members/texts.ts'
import { vagueDateText } from './members/vague-date.ts'
import { shownLine, type ShownLine } from './members/view.ts'

/** More people than this are asked for organisation by organisation: a provincial list is the report's business. */
const MOST_EXPORTED = 20_000
const LINES_AT_A_TIME = 200

/**
 * Everybody a question finds, as at one moment, in the order of name lists.
 *
 * @throws Refusal against-rule `registry.export-too-large` {most}
 */
export async function membersToExport(database: Database, query: MemberQuery): Promise<ShownLine[]> {
  return database.report(async (read) => {
    const lines: ShownLine[] = []
    for (let more = true; more;) {
      const page = await findMembers(read, { ...query, limit: LINES_AT_A_TIME, offset: lines.length })
      lines.push(...page.members.map((line) => shownLine(line, query.day)))
      more = page.more
      if (lines.length > MOST_EXPORTED)
        throw new Refusal('against-rule', 'registry.export-too-large', { facts: { most: MOST_EXPORTED } })
    }
    return lines
  })
}

interface ExportWords {
  readonly texts: MemberTexts
  readonly language: Language
}

function headersOf({ texts }: ExportWords): string[] {
  const { ordinal, name, birth, sex, cell, personalId, card, official, standing } = texts
  return [ordinal, name, birth, sex, cell, personalId, card, official, standing]
}

function cellsOf(line: ShownLine, place: number, { texts, language }: ExportWords): string[] {
  const standing = line.membership === 'in-transit' ? texts.inTransit : texts.standings[line.standing]
  return [
    String(place + 1),
    line.fullName,
    vagueDateText(line.birthDate, line.birthPrecision, language),
    texts.sexes[line.sex],
    line.organisationName,
    line.personalId,
    line.cardNumber ?? '',
    line.probationary || !line.officialOn ? texts.probationary : formatDate(line.officialOn, language),
    standing,
  ].map(withoutFormula)
}

/** Text of a CSV in UTF-8 with its mark, as spreadsheets open it; every cell in quotation marks. */
export function csvOf(lines: readonly ShownLine[], words: ExportWords): Readable {
  function* pieces() {
    yield `\ufeff${csvRow(headersOf(words))}`
    for (const [place, line] of lines.entries()) yield csvRow(cellsOf(line, place, words))
  }
  return Readable.from(pieces())
}

const WIDTHS = [6, 28, 14, 10, 38, 18, 18, 14, 26]

/** A workbook written as it is sent: only what the other side has not taken yet is in memory. */
export function workbookOf(lines: readonly ShownLine[], title: string, words: ExportWords): Readable {
  const stream = new PassThrough()
  void write(stream, lines, title, words).catch((error: unknown) => stream.destroy(error as Error))
  return stream
}

async function write(
  stream: PassThrough,
  lines: readonly ShownLine[],
  title: string,
  words: ExportWords,
): Promise<void> {
  const { default: ExcelJS } = await import('exceljs') // a big package that few requests need
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true })
  const sheet = workbook.addWorksheet(words.texts.members, { views: [{ state: 'frozen', ySplit: 2 }] })
  sheet.columns = WIDTHS.map((width) => ({ width }))
  const heading = sheet.addRow([withoutFormula(title)])
  heading.font = { bold: true }
  heading.commit()
  const headers = sheet.addRow(headersOf(words))
  headers.font = { bold: true }
  headers.commit()
  for (const [place, line] of lines.entries()) {
    sheet.addRow(cellsOf(line, place, words)).commit()
    if (place % 500 === 499) await drained(stream)
  }
  await workbook.commit()
}

/** Waits while the other side is slower than we are; a side that went away ends the writing. */
async function drained(stream: PassThrough): Promise<void> {
  if (stream.destroyed) throw new Error('the reader went away')
  if (!stream.writableNeedDrain) return
  await new Promise<void>((resolve) => {
    stream.once('drain', resolve)
    stream.once('close', resolve)
  })
}
