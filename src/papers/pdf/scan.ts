/**
 * Looks through a PDF from anywhere: every object that stands in the bytes, listed in a table or not, packed in object
 * streams or not. What some reader might find, this finds. Bounded in time and memory; it renders nothing.
 */

import { inflateSync } from 'node:zlib'
import {
  cursorOn,
  hasType,
  isSpace,
  PdfSyntaxError,
  readValue,
  skipSpace,
  takeWord,
  type Cursor,
} from './reading.ts'
import { isDict, isName, isRef, isStream, type PdfDict, type PdfStream, type PdfValue } from './values.ts'

export interface ScannedObject {
  /** object number; a trailer has none */
  readonly object: number | undefined
  readonly value: PdfValue
}

const MOST_OBJECTS = 200_000
const MOST_VALUES = 1_500_000
/** all object streams of one file together, unpacked */
const MOST_UNPACKED_BYTES = 24 * 1024 * 1024

interface Budget {
  objects: number
  values: number
  unpacked: number
}

/**
 * @throws PdfSyntaxError when an object is broken, a limit is passed, or objects are packed in a way that cannot be
 *   looked into: what is not understood here, another reader might understand
 */
export function* scanPdf(bytes: Buffer): Generator<ScannedObject> {
  const budget: Budget = {
    objects: MOST_OBJECTS,
    values: MOST_VALUES,
    unpacked: MOST_UNPACKED_BYTES,
  }
  // Looked for once and not before each object: in a file full of objects that would be its length times their number.
  let trailer = bytes.indexOf(TRAILER)
  for (let at = 0; at >= 0 && at < bytes.length;) {
    if (trailer >= 0 && trailer < at) trailer = bytes.indexOf(TRAILER, at)
    const found = nextKeyword(bytes, at, trailer)
    if (!found) return
    const read = readAt(bytes, found.valueAt, budget)
    at = read.to
    if (budget.objects-- <= 0) throw new PdfSyntaxError('too many objects', at)
    yield { object: found.object, value: read.value }
    if (isStream(read.value) && hasType(read.value, 'ObjStm')) yield* packedObjects(read.value, budget)
  }
}

const TRAILER = 'trailer'

/** The next `N G obj`, or the `trailer` where it comes first (-1: there is none). */
function nextKeyword(
  bytes: Buffer,
  from: number,
  trailer: number,
): { object: number | undefined; valueAt: number } | undefined {
  const before = bytes.subarray(0, trailer < 0 ? bytes.length : trailer)
  for (let at = before.indexOf('obj', from); at >= 0; at = before.indexOf('obj', at + 3)) {
    const object = numberBefore(bytes, at)
    if (object !== undefined) return { object, valueAt: at + 3 }
  }
  return trailer < 0 ? undefined : { object: undefined, valueAt: trailer + TRAILER.length }
}

/** N of the `N G ` that stands before `obj`. */
function numberBefore(bytes: Buffer, at: number): number | undefined {
  const before = bytes.toString('latin1', Math.max(0, at - 24), at)
  const found = /(?:^|\D)(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]*$/.exec(before)
  return found ? Number(found[1]) : undefined
}

/** The value there; `to` is where to look on. */
function readAt(bytes: Buffer, at: number, budget: Budget): { value: PdfValue; to: number } {
  const cursor: Cursor = { ...cursorOn(bytes, at), values: budget.values, lenient: true }
  try {
    const value = readValue(cursor)
    skipSpace(cursor)
    if (!isDict(value) || !takeWord(cursor, 'stream')) return { value, to: cursor.at }
    return streamAt(bytes, value, cursor.at)
  } finally {
    budget.values = cursor.values ?? 0
  }
}

/** A stream's bytes: as long as it says when that is followed by `endstream`, else until the next one. */
function streamAt(bytes: Buffer, dict: PdfDict, after: number): { value: PdfValue; to: number } {
  const from = after + (bytes[after] === 13 && bytes[after + 1] === 10 ? 2 : 1)
  const stated = dict.get('Length')
  let end = typeof stated === 'number' && stated >= 0 ? from + stated : -1
  if (end < 0 || end > bytes.length || !/^\s*endstream/.test(bytes.toString('latin1', end, end + 16))) {
    end = bytes.indexOf('endstream', from)
    if (end < 0) throw new PdfSyntaxError('stream without end', after)
  }
  return { value: { kind: 'stream', dict, raw: bytes.subarray(from, end) }, to: end }
}

/** The objects inside an object stream (ISO 32000-2, 7.5.7). */
function* packedObjects(stream: PdfStream, budget: Budget): Generator<ScannedObject> {
  const unpacked = unpack(stream, budget)
  const count = stream.dict.get('N')
  const first = stream.dict.get('First')
  if (typeof count !== 'number' || typeof first !== 'number' || count > MOST_OBJECTS) {
    throw new PdfSyntaxError('bad object stream', 0)
  }
  const head = cursorOn(unpacked, 0, Math.min(first, unpacked.length))
  for (let index = 0; index < count; index++) {
    const [object, offset] = [readValue(head), readValue(head)]
    if (typeof object !== 'number' || typeof offset !== 'number')
      throw new PdfSyntaxError('bad object stream', 0)
    const { value } = readAt(unpacked, Math.max(0, first + offset), budget)
    if (budget.objects-- <= 0) throw new PdfSyntaxError('too many objects', 0)
    yield { object, value }
  }
}

function unpack(stream: PdfStream, budget: Budget): Buffer {
  const filter = stream.dict.get('Filter')
  const names = filter === undefined ? [] : Array.isArray(filter) ? filter : [filter]
  if (names.length === 0) return Buffer.from(stream.raw)
  const parameters = stream.dict.get('DecodeParms')
  const predicted = isDict(parameters) && (parameters.get('Predictor') ?? 1) !== 1
  if (names.length > 1 || !isName(names[0], 'FlateDecode') || predicted || isRef(parameters)) {
    throw new PdfSyntaxError('objects packed in an unknown way', 0)
  }
  try {
    const unpacked = inflateSync(stream.raw, { maxOutputLength: Math.max(1, budget.unpacked) })
    budget.unpacked -= unpacked.length
    return unpacked
  } catch {
    throw new PdfSyntaxError('objects that do not unpack', 0)
  }
}

/** Whether only white space stands behind the last `%%EOF`, and how the file begins. */
export function isFramed(bytes: Buffer): boolean {
  if (!/^%PDF-[12]\.\d/.test(bytes.toString('latin1', 0, 8))) return false
  const end = bytes.lastIndexOf('%%EOF')
  if (end < 0) return false
  for (let at = end + 5; at < bytes.length; at++) if (!isSpace(bytes[at])) return false
  return true
}
