/** What a reader's process can be asked for, by name: each answers one value or, pulled, one after the other. */
import { inspectUpload } from '../papers/hostile-files.ts'
import { readStatement } from '../payments/statements/read-statement.ts'
import { openWorkbook, type Limits } from '../spreadsheets/workbook.ts'
import { packRows, type PackedRow } from './packed-rows.ts'
import { readPaper, type ForeignFile } from './readers.ts'

/** Begun when it is pulled: what it throws is somebody's to hear. */
function once<Asked extends readonly unknown[], T>(read: (...asked: Asked) => T | Promise<T>) {
  return async function* (...asked: Asked): AsyncGenerator<T> {
    yield await read(...asked)
  }
}

/**
 * Answers the names of the sheets, then the rows of whichever is asked for, until another one is; null where one ends.
 * Sheets are asked for by their place.
 */
async function* workbook(
  { bytes, name }: ForeignFile,
  limits: Limits | undefined,
): AsyncGenerator<readonly string[] | readonly PackedRow[] | null, void, number | undefined> {
  const sheets = await openWorkbook(bytes, name, limits)
  let place = yield sheets.map((sheet) => sheet.name)
  for (;;) {
    let next: number | undefined
    const sheet = sheets[place ?? -1]
    for await (const rows of sheet?.rows() ?? []) {
      next = yield packRows(rows)
      if (next !== undefined) break
    }
    place = next ?? (yield null)
  }
}

export const READINGS = {
  inspect: once(({ bytes, name }: ForeignFile) => inspectUpload(bytes, name)),
  paper: once(readPaper),
  statement: once(readStatement),
  workbook,
} as const

export type Reading = keyof typeof READINGS
