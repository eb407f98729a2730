/** Writes papers: a whole file from its objects, or one more revision behind the bytes of a file (ISO 32000-2, 7.5). */

import type { OpenedPdf } from './revisions.ts'
import { bytesOf, concat, dict, writeValue, type PdfValue } from './values.ts'

const HEADER = concat([bytesOf('%PDF-1.7\n%'), Uint8Array.of(0xe2, 0xe3, 0xcf, 0xd3), bytesOf('\n')])

/** New or changed objects by number. */
export type ObjectsToWrite = ReadonlyMap<number, PdfValue>

/** The whole document as one revision, `changes` in place of or beside what it had. Older revisions are left behind. */
export function writeWhole(pdf: OpenedPdf, changes: ObjectsToWrite): Uint8Array {
  const objects = new Map<number, Uint8Array>()
  for (const revision of pdf.revisions) {
    for (const [number, { from, to }] of revision.objects) objects.set(number, pdf.bytes.subarray(from, to))
  }
  for (const [number, value] of changes) objects.set(number, indirect(number, value))
  const numbers = [...objects.keys()].sort((one, other) => one - other)
  const sorted = numbers.map((number) => [number, objects.get(number) ?? new Uint8Array()] as const)
  return write(HEADER, sorted, trailerOf(pdf, Math.max(...numbers) + 1), true)
}

/** The same bytes, and a revision of these objects behind them. */
export function appendRevision(pdf: OpenedPdf, changes: ObjectsToWrite): Uint8Array {
  const sorted = [...changes.entries()]
    .sort(([one], [other]) => one - other)
    .map(([number, value]) => [number, indirect(number, value)] as const)
  const size = Math.max(nextObject(pdf), ...[...changes.keys()].map((number) => number + 1))
  const trailer = trailerOf(pdf, size).set('Prev', pdf.revisions.at(-1)?.tableAt ?? 0)
  return write(pdf.bytes, sorted, trailer, false)
}

/** The first object number nobody uses. */
export function nextObject(pdf: OpenedPdf): number {
  const size = pdf.revisions.at(-1)?.trailer.get('Size')
  return typeof size === 'number' ? size : 1
}

function indirect(number: number, value: PdfValue): Uint8Array {
  return concat([bytesOf(`${number} 0 obj\n`), writeValue(value), bytesOf('\nendobj')])
}

function trailerOf(pdf: OpenedPdf, size: number): Map<string, PdfValue> {
  const last = pdf.revisions.at(-1)?.trailer
  return dict({ Size: size, Root: last?.get('Root'), Info: last?.get('Info'), ID: last?.get('ID') })
}

function write(
  before: Uint8Array,
  objects: readonly (readonly [number, Uint8Array])[],
  trailer: Map<string, PdfValue>,
  whole: boolean,
): Uint8Array {
  const parts = [before]
  const offsets: [number, number][] = []
  let at = before.length
  for (const [number, bytes] of objects) {
    offsets.push([number, at])
    parts.push(bytes, bytesOf('\n'))
    at += bytes.length + 1
  }
  const table = `${whole ? headedTable(offsets) : tableOf(offsets)}trailer\n`
  parts.push(bytesOf(table), writeValue(trailer), bytesOf(`\nstartxref\n${at}\n%%EOF\n`))
  return concat(parts)
}

/** The table of a whole file starts with the head of the free list, and has no gaps. */
function headedTable(offsets: readonly [number, number][]): string {
  return tableOf([[0, -1], ...offsets])
}

function tableOf(offsets: readonly (readonly [number, number])[]): string {
  let text = 'xref\n'
  for (let index = 0; index < offsets.length;) {
    let end = index + 1
    while (end < offsets.length && offsets[end]?.[0] === (offsets[end - 1]?.[0] ?? 0) + 1) end++
    text += `${offsets[index]?.[0]} ${end - index}\n`
    for (; index < end; index++) text += entryOf(offsets[index]?.[1] ?? -1)
  }
  return text
}

function entryOf(offset: number): string {
  return offset < 0 ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`
}
