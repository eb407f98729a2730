/**
 * Opens a paper revision by revision, strictly: every byte of the file must belong to the header, to an object its
 * own cross-reference table names, or to that table. What cannot be read so is not one of our papers.
 */

import {
  cursorOn,
  expectWord,
  isDigit,
  isSpace,
  PdfSyntaxError,
  readIndirect,
  readValue,
  takeWhole,
  takeWord,
  type Cursor,
  type IndirectObject,
} from './reading.ts'
import { isDict, isRef, latinOf, type PdfDict, type PdfValue } from './values.ts'

/** One revision (ISO 32000-2, 7.5.6): the objects it brought, its trailer, and where it begins and ends. */
export interface Revision {
  readonly from: number
  readonly to: number
  readonly objects: ReadonlyMap<number, IndirectObject>
  readonly trailer: PdfDict
  /** where its cross-reference table begins */
  readonly tableAt: number
}

/** A file opened: its revisions, oldest first. */
export interface OpenedPdf {
  readonly bytes: Uint8Array
  readonly revisions: readonly Revision[]
}

/** How much of a file is looked at: what a stranger sends in may not keep everybody waiting. */
export interface OpeningLimits {
  readonly objects: number
  readonly values: number
}

const MOST_BYTES = 64 * 1024 * 1024
const MOST_REVISIONS = 64
const OUR_OWN: OpeningLimits = { objects: 200_000, values: 10_000_000 }
const TRAILER_KEYS = ['Size', 'Root', 'Info', 'ID', 'Prev']

/**
 * @throws PdfSyntaxError when a byte is out of place, a table and its objects disagree, or a limit is passed
 */
export function openPdf(bytes: Uint8Array, limits: OpeningLimits = OUR_OWN): OpenedPdf {
  if (bytes.length > MOST_BYTES) throw new PdfSyntaxError('file too large', MOST_BYTES)
  const budget = { ...limits }
  const revisions: Revision[] = []
  let from = readHeader(bytes)
  for (const table of tablesOf(bytes, budget)) {
    const revision = readRevision(bytes, from, table, revisions.at(-1), budget)
    revisions.push(revision)
    from = revision.to
  }
  return { bytes, revisions }
}

/** The object as of revision `at` (the last one by default); a reference is followed, at most once. */
export function resolve(
  pdf: OpenedPdf,
  value: PdfValue | undefined,
  at = pdf.revisions.length - 1,
): PdfValue {
  if (!isRef(value)) return value ?? null
  for (let index = at; index >= 0; index--) {
    const found = pdf.revisions[index]?.objects.get(value.object)
    if (found) return found.generation === value.generation && !isRef(found.value) ? found.value : null
  }
  return null
}

export function dictAt(pdf: OpenedPdf, value: PdfValue | undefined, at?: number): PdfDict | undefined {
  const found = resolve(pdf, value, at)
  return isDict(found) ? found : undefined
}

/** The document's catalog, as of the last revision. @throws PdfSyntaxError when there is none */
export function catalogOf(pdf: OpenedPdf): PdfDict {
  const catalog = dictAt(pdf, pdf.revisions.at(-1)?.trailer.get('Root'))
  if (!catalog) throw new PdfSyntaxError('no catalog', 0)
  return catalog
}

/** The pages in order, as of the last revision. @throws PdfSyntaxError on a tree that is no tree */
export function pagesOf(pdf: OpenedPdf): { object: number; page: PdfDict }[] {
  const pages: { object: number; page: PdfDict }[] = []
  const seen = new Set<number>()
  const walk = (node: PdfValue | undefined): void => {
    if (!isRef(node) || seen.has(node.object)) throw new PdfSyntaxError('broken page tree', 0)
    seen.add(node.object)
    const entries = dictAt(pdf, node)
    const kids = resolve(pdf, entries?.get('Kids'))
    if (Array.isArray(kids)) for (const kid of kids) walk(kid)
    else if (entries) pages.push({ object: node.object, page: entries })
    else throw new PdfSyntaxError('broken page tree', 0)
  }
  walk(catalogOf(pdf).get('Pages'))
  return pages
}

/** The tables of all revisions, oldest first, found by following `/Prev` from the end. */
function tablesOf(bytes: Uint8Array, budget: Budget): Table[] {
  const tables: Table[] = []
  let tableAt: number | undefined = lastStartxref(bytes)
  while (tableAt !== undefined) {
    if (tables.length >= MOST_REVISIONS) throw new PdfSyntaxError('too many revisions', tableAt)
    if (tables.some((table) => table.tableAt <= (tableAt ?? 0)))
      throw new PdfSyntaxError('tables in a ring', tableAt)
    const table: Table = readTable(bytes, tableAt, budget)
    tables.push(table)
    const previous = table.trailer.get('Prev')
    if (previous !== undefined && typeof previous !== 'number') throw new PdfSyntaxError('bad /Prev', tableAt)
    tableAt = previous
  }
  return tables.reverse()
}

function lastStartxref(bytes: Uint8Array): number {
  const tail = String.fromCharCode(...bytes.subarray(Math.max(0, bytes.length - 64)))
  const found = /startxref\n(\d{1,10})\n%%EOF\n?$/.exec(tail)
  if (!found) throw new PdfSyntaxError('the file does not end with its table', bytes.length)
  return Number(found[1])
}

/** `%PDF-1.7` and the line of four high bytes that marks the file as binary (7.5.2). */
function readHeader(bytes: Uint8Array): number {
  const cursor = cursorOn(bytes)
  if (!takeWord(cursor, '%PDF-1.7\n') && !takeWord(cursor, '%PDF-2.0\n')) {
    throw new PdfSyntaxError('no header', 0)
  }
  expectWord(cursor, '%')
  for (let index = 0; index < 4; index++) {
    if ((bytes[cursor.at++] ?? 0) < 128) throw new PdfSyntaxError('no binary mark', cursor.at)
  }
  return cursor.at
}

/** What is left of the limits. */
type Budget = { -readonly [Limit in keyof OpeningLimits]: number }

interface Table {
  readonly tableAt: number
  readonly offsets: ReadonlyMap<number, number>
  readonly trailer: PdfDict
  readonly to: number
}

function readTable(bytes: Uint8Array, tableAt: number, budget: Budget): Table {
  const cursor: Cursor = { ...cursorOn(bytes, tableAt), values: budget.values }
  expectWord(cursor, 'xref\n')
  const offsets = new Map<number, number>()
  while (isDigit(bytes[cursor.at])) readSection(cursor, offsets, budget)
  expectWord(cursor, 'trailer\n')
  const trailer = readValue(cursor)
  if (!isDict(trailer)) throw new PdfSyntaxError('no trailer', cursor.at)
  for (const key of trailer.keys()) {
    if (!TRAILER_KEYS.includes(key)) throw new PdfSyntaxError(`trailer with ${key}`, tableAt)
  }
  expectWord(cursor, '\nstartxref\n')
  if (takeWhole(cursor) !== tableAt) throw new PdfSyntaxError('startxref points elsewhere', cursor.at)
  expectWord(cursor, '\n%%EOF')
  if (cursor.at < bytes.length) expectWord(cursor, '\n')
  return { tableAt, offsets, trailer, to: cursor.at }
}

/** Bytes of one line of a table (7.5.4). */
const ENTRY = 20

function readSection(cursor: Cursor, offsets: Map<number, number>, { objects }: Budget): void {
  const first = takeWhole(cursor)
  expectWord(cursor, ' ')
  const count = takeWhole(cursor)
  expectWord(cursor, '\n')
  if (offsets.size + count > objects) throw new PdfSyntaxError('too many objects', cursor.at)
  const entries = latinOf(cursor.bytes.subarray(cursor.at, cursor.at + count * ENTRY))
  for (let index = 0; index < count; index++) {
    const object = first + index
    const entry = entries.slice(index * ENTRY, (index + 1) * ENTRY)
    if (!/^\d{10} \d{5} [nf](?: \n|\r\n| \r)$/.test(entry))
      throw new PdfSyntaxError('bad table entry', cursor.at)
    const isHead = object === 0 && entry.startsWith('0000000000 65535 f')
    if (!isHead && !entry.startsWith(' 00000 n', 10)) throw new PdfSyntaxError('freed object', cursor.at)
    if (offsets.has(object)) throw new PdfSyntaxError('object listed twice', cursor.at)
    if (!isHead) offsets.set(object, Number(entry.slice(0, 10)))
    cursor.at += ENTRY
  }
}

function readRevision(
  bytes: Uint8Array,
  from: number,
  table: Table,
  previous: Revision | undefined,
  budget: Budget,
): Revision {
  const { tableAt } = table
  if (tableAt < from) throw new PdfSyntaxError('table inside an earlier revision', tableAt)
  if (table.trailer.get('Prev') !== previous?.tableAt) throw new PdfSyntaxError('bad /Prev', tableAt)
  const objects = new Map<number, IndirectObject>()
  const cursor: Cursor = { ...cursorOn(bytes, from, tableAt), values: budget.values }
  for (skipOnlySpace(cursor); cursor.at < tableAt; skipOnlySpace(cursor)) {
    const read = readIndirect(cursor)
    if (table.offsets.get(read.object) !== read.from || read.generation !== 0) {
      throw new PdfSyntaxError('object its table does not name', read.from)
    }
    objects.set(read.object, read)
  }
  budget.values = cursor.values ?? 0
  budget.objects -= objects.size
  if (objects.size !== table.offsets.size)
    throw new PdfSyntaxError('table names an object that is not there', tableAt)
  checkSize(table, previous, tableAt)
  return { from, to: table.to, objects, trailer: table.trailer, tableAt }
}

/** `/Size` is one more than the highest object number so far (7.5.5). */
function checkSize(table: Table, previous: Revision | undefined, tableAt: number): void {
  const before = previous?.trailer.get('Size')
  let highest = typeof before === 'number' ? before - 1 : 0
  for (const object of table.offsets.keys()) highest = Math.max(highest, object) // too many to be arguments
  if (table.trailer.get('Size') !== highest + 1) throw new PdfSyntaxError('bad /Size', tableAt)
}

function skipOnlySpace(cursor: Cursor): void {
  while (cursor.at < cursor.end && isSpace(cursor.bytes[cursor.at])) cursor.at++
}
