/** An untrusted list file, told by its content, opened within bounds of memory and time: XLSX or CSV, sheet by sheet. */
import { Refusal } from '../kernel/refusal.ts'
import type { SheetRow } from './cell.ts'
import { decodeCsv, readCsv } from './csv.ts'
import {
  readDateStyles,
  readRelations,
  readRows,
  readSharedStrings,
  readWorkbookPart,
  type SheetContext,
} from './sheet.ts'
import { inflateEntry, readZipDirectory, type ZipEntry } from './zip.ts'

/** The largest list of one province, 366,000 people with 33 columns, is 46 MB packed, 400 MB of XML and 90 MB of strings. */
export const LIMITS = {
  fileBytes: 64 * 1024 * 1024,
  sheetBytes: 512 * 1024 * 1024,
  stringsBytes: 128 * 1024 * 1024,
  strings: 2_000_000,
  otherPartBytes: 4 * 1024 * 1024,
  emptyRows: 100_000,
} as const
export type Limits = Readonly<Record<keyof typeof LIMITS, number>>

export interface Sheet {
  readonly name: string
  rows(): AsyncIterable<SheetRow[]>
}

const isZip = (bytes: Buffer): boolean => bytes.length > 4 && bytes.readUInt32LE(0) === 0x04034b50
/** The container of password-protected workbooks and of .xls. */
const isOldContainer = (bytes: Buffer): boolean => bytes.length > 8 && bytes.readUInt32BE(0) === 0xd0cf11e0

/**
 * The visible sheets of a list file.
 *
 * @param fileName its ending must agree with its content
 * @throws Refusal invalid `import.too-large`, `import.empty-file`, `import.encrypted-or-old`, `import.not-a-list`,
 *   `import.name-differs`, `import.macros`, `import.damaged`, `import.zip-bomb`, `import.not-utf8`
 */
export async function openWorkbook(
  content: Uint8Array,
  fileName: string,
  limits: Limits = LIMITS,
): Promise<Sheet[]> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  if (bytes.length === 0) throw new Refusal('invalid', 'import.empty-file')
  if (bytes.length > limits.fileBytes)
    throw new Refusal('invalid', 'import.too-large', { facts: { mostBytes: limits.fileBytes } })
  if (isOldContainer(bytes)) throw new Refusal('invalid', 'import.encrypted-or-old')
  const ending = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase()
  if (isZip(bytes)) {
    if (ending !== 'xlsx') throw new Refusal('invalid', 'import.name-differs')
    return openXlsx(bytes, limits)
  }
  if (ending === 'csv' && !bytes.includes(0)) return [openCsv(bytes)]
  throw new Refusal('invalid', ending === 'xlsx' ? 'import.name-differs' : 'import.not-a-list')
}

function openCsv(bytes: Buffer): Sheet {
  const text = decodeCsv(bytes)
  return {
    name: 'CSV',
    async *rows() {
      yield* readCsv(text)
    },
  }
}

async function openXlsx(bytes: Buffer, limits: Limits): Promise<Sheet[]> {
  const entries = readZipDirectory(bytes)
  if ([...entries.keys()].some((name) => /vbaProject\.bin$/i.test(name)))
    throw new Refusal('invalid', 'import.macros')
  const part = (name: string): ZipEntry | undefined => entries.get(name)
  const small = (entry: ZipEntry) => inflateEntry(bytes, entry, limits.otherPartBytes)

  const workbook = part('xl/workbook.xml')
  const relations = part('xl/_rels/workbook.xml.rels')
  if (!workbook || !relations) throw new Refusal('invalid', 'import.not-a-list')
  const { sheets, since1904 } = await readWorkbookPart(small(workbook))
  const targets = await readRelations(small(relations))
  const stylesPart = part('xl/styles.xml')
  const dateStyles = stylesPart ? await readDateStyles(small(stylesPart)) : []
  const stringsPart = part('xl/sharedStrings.xml')
  const strings = stringsPart
    ? await readSharedStrings(inflateEntry(bytes, stringsPart, limits.stringsBytes), limits.strings)
    : []
  const context: SheetContext = { strings, dateStyles, since1904 }

  return sheets.flatMap(({ name, relation, hidden }): Sheet[] => {
    const target = targets.get(relation)
    const entry =
      target === undefined ? undefined : part(target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    if (hidden || entry === undefined) return []
    return [
      {
        name,
        rows: () => readRows(inflateEntry(bytes, entry, limits.sheetBytes), context, limits.emptyRows),
      },
    ]
  })
}
