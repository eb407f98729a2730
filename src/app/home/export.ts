/** A queue as a file: CSV for any program, a workbook for Excel. */
import { formatInstant, type Language } from '../../kernel/plain-date.ts'
import { featureOf } from '../features.ts'
import type { QueueLine } from './queues.ts'
import { HOME_TEXTS, type HomeWords } from './texts.ts'

/** The most lines of one file. */
export const MOST_LINES = 5000

function rowsOf(lines: readonly QueueLine[], language: Language): string[][] {
  const { queues } = HOME_TEXTS[language]
  const head = [queues.number, queues.memberName, queues.procedure, queues.step, queues.with, queues.due]
  return [
    head,
    ...lines.map((line) => {
      const words = featureOf(line.procedure)?.words[language]
      return [
        line.number ?? '',
        line.member,
        words?.title ?? line.procedure,
        words?.statuses[line.act] ?? line.act,
        holderOf(line, HOME_TEXTS[language]),
        line.dueAt ? formatInstant(line.dueAt, language) : '',
      ]
    }),
  ]
}

/** Who has a dossier, in words. */
export function holderOf(line: QueueLine, words: HomeWords): string {
  if (line.awaitedKind === 'member') return words.queues.theMember
  return line.awaitedName ?? words.member.system
}

/** With the mark by which Excel knows UTF-8; a cell that a program would run is kept as text. */
export function queueCsv(lines: readonly QueueLine[], language: Language): string {
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const rows = rowsOf(lines, language).map((row) => row.map(cell).join(','))
  return `\ufeff${rows.join('\r\n')}\r\n`
}

export async function queueWorkbook(lines: readonly QueueLine[], language: Language): Promise<Uint8Array> {
  const { default: excel } = await import('exceljs')
  const workbook = new excel.Workbook()
  const sheet = workbook.addWorksheet(HOME_TEXTS[language].queues.title)
  sheet.addRows(rowsOf(lines, language))
  sheet.getRow(1).font = { bold: true }
  for (const [index, width] of [24, 28, 34, 34, 34, 20].entries()) sheet.getColumn(index + 1).width = width
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}
