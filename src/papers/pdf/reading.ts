/** Reads PDF values from bytes (ISO 32000-2, 7.2 and 7.3): bounded in depth, never beyond the bytes it was given. */

import { dictOf, isName, name, ref, type PdfDict, type PdfRef, type PdfValue } from './values.ts'

/** Thrown when the bytes are not PDF syntax. Callers turn it into a problem or a refusal. */
export class PdfSyntaxError extends Error {
  override readonly name = 'PdfSyntaxError'
  readonly offset: number

  constructor(reason: string, offset: number) {
    super(`${reason} at byte ${offset}`)
    this.offset = offset
  }
}

/** Where the reader stands; it moves `at` forward. */
export interface Cursor {
  readonly bytes: Uint8Array
  at: number
  /** one past the last byte that may be read */
  readonly end: number
  /** how many more values may be read; without it only the bytes set a limit */
  values?: number
  /** keeps both values of a key that stands twice and takes odd numbers, as some writers make them */
  readonly lenient?: boolean
}

export interface IndirectObject {
  readonly object: number
  readonly generation: number
  readonly value: PdfValue
  /** where `N G obj` begins and where `endobj` ends */
  readonly from: number
  readonly to: number
}

const MOST_DEPTH = 64

export function cursorOn(bytes: Uint8Array, at = 0, end = bytes.length): Cursor {
  return { bytes, at, end }
}

/** What a byte is to the reader (7.2.3): a paper is some thousand tokens, and each of its bytes is asked about. */
const SPACE = 1
const DELIMITER = 2
const DIGIT = 4
const KINDS = new Uint8Array(256)
for (const byte of [0, 9, 10, 12, 13, 32]) KINDS[byte] = SPACE
for (const char of '()<>[]{}/%') KINDS[char.charCodeAt(0)] = DELIMITER
for (const char of '0123456789') KINDS[char.charCodeAt(0)] = DIGIT

export function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && KINDS[byte] === SPACE
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && KINDS[byte] === DIGIT
}

function endsName(byte: number): boolean {
  return KINDS[byte] === SPACE || KINDS[byte] === DELIMITER
}

function peek(cursor: Cursor, ahead = 0): number | undefined {
  const at = cursor.at + ahead
  return at < cursor.end ? cursor.bytes[at] : undefined
}

/** Skips white space and comments. */
export function skipSpace(cursor: Cursor): void {
  for (;;) {
    const byte = peek(cursor)
    if (isSpace(byte)) cursor.at++
    else if (byte === 37) {
      while (cursor.at < cursor.end && peek(cursor) !== 10 && peek(cursor) !== 13) cursor.at++
    } else return
  }
}

/** Whether `word` stands here; moves past it when it does. */
export function takeWord(cursor: Cursor, word: string): boolean {
  const { bytes, at, end } = cursor
  if (at + word.length > end) return false
  for (let index = 0; index < word.length; index++) {
    if (bytes[at + index] !== word.charCodeAt(index)) return false
  }
  cursor.at += word.length
  return true
}

export function expectWord(cursor: Cursor, word: string): void {
  if (!takeWord(cursor, word)) throw new PdfSyntaxError(`expected ${word}`, cursor.at)
}

/** A whole number without sign, of at most ten digits. */
export function takeWhole(cursor: Cursor): number {
  const from = cursor.at
  let value = 0
  for (
    let byte = peek(cursor);
    byte !== undefined && isDigit(byte) && cursor.at - from < 10;
    byte = peek(cursor)
  ) {
    value = value * 10 + byte - 48
    cursor.at++
  }
  if (cursor.at === from) throw new PdfSyntaxError('expected a number', from)
  return value
}

/** Reads one value, white space before it included. */
export function readValue(cursor: Cursor, depth = 0): PdfValue {
  if (depth > MOST_DEPTH) throw new PdfSyntaxError('nested too deep', cursor.at)
  if (cursor.values !== undefined && cursor.values-- <= 0)
    throw new PdfSyntaxError('too many values', cursor.at)
  skipSpace(cursor)
  const byte = peek(cursor)
  if (byte === undefined) throw new PdfSyntaxError('unexpected end', cursor.at)
  if (byte === 47) return name(readName(cursor))
  if (byte === 40) return readLiteral(cursor)
  if (byte === 60) return peek(cursor, 1) === 60 ? readDict(cursor, depth) : readHex(cursor)
  if (byte === 91) return readArray(cursor, depth)
  if (isDigit(byte) || byte === 43 || byte === 45 || byte === 46) return readNumberOrRef(cursor)
  if (takeWord(cursor, 'true')) return true
  if (takeWord(cursor, 'false')) return false
  if (takeWord(cursor, 'null')) return null
  throw new PdfSyntaxError('no value', cursor.at)
}

/**
 * Reads `N G obj … endobj`. `lengthOf` resolves a stream length that is a reference; without it such a stream is refused.
 *
 * @throws PdfSyntaxError
 */
export function readIndirect(
  cursor: Cursor,
  lengthOf?: (value: PdfValue) => number | undefined,
): IndirectObject {
  const from = cursor.at
  const object = takeWhole(cursor)
  skipSpace(cursor)
  const generation = takeWhole(cursor)
  skipSpace(cursor)
  expectWord(cursor, 'obj')
  let value = readValue(cursor)
  skipSpace(cursor)
  if (value instanceof Map && takeWord(cursor, 'stream')) value = readStream(cursor, value, lengthOf)
  skipSpace(cursor)
  expectWord(cursor, 'endobj')
  return { object, generation, value, from, to: cursor.at }
}

function readStream(
  cursor: Cursor,
  dict: PdfDict,
  lengthOf?: (value: PdfValue) => number | undefined,
): PdfValue {
  if (peek(cursor) === 13) cursor.at++
  if (peek(cursor) !== 10) throw new PdfSyntaxError('no line end after stream', cursor.at)
  cursor.at++
  const stated = dict.get('Length') ?? null
  const length = typeof stated === 'number' ? stated : lengthOf?.(stated)
  if (length === undefined || !Number.isInteger(length) || length < 0 || cursor.at + length > cursor.end) {
    throw new PdfSyntaxError('stream without a usable length', cursor.at)
  }
  const raw = cursor.bytes.subarray(cursor.at, cursor.at + length)
  cursor.at += length
  if (peek(cursor) === 13) cursor.at++
  if (peek(cursor) === 10) cursor.at++
  expectWord(cursor, 'endstream')
  return { kind: 'stream', dict, raw }
}

const HASH = 35

function readName(cursor: Cursor): string {
  const { bytes, end } = cursor
  let text = ''
  for (let at = cursor.at + 1; ; at++) {
    const byte = at < end ? bytes[at]! : undefined
    if (byte === undefined || endsName(byte)) {
      cursor.at = at
      return text
    }
    const code = byte === HASH && at + 2 < end ? hexPair(bytes[at + 1], bytes[at + 2]) : undefined
    text += String.fromCharCode(code ?? byte)
    if (code !== undefined) at += 2
  }
}

function hexDigit(byte: number | undefined): number | undefined {
  if (byte === undefined) return undefined
  if (isDigit(byte)) return byte - 48
  const lower = byte | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : undefined
}

function hexPair(high: number | undefined, low: number | undefined): number | undefined {
  const first = hexDigit(high)
  const second = hexDigit(low)
  return first === undefined || second === undefined ? undefined : first * 16 + second
}

const CLOSES_HEX = 62

function readHex(cursor: Cursor): PdfValue {
  const from = cursor.at++
  const { bytes: file, end } = cursor
  let count = 0
  let to = cursor.at
  for (; to < end && file[to] !== CLOSES_HEX; to++) {
    if (hexDigit(file[to]) !== undefined) count++
    else if (!isSpace(file[to])) break
  }
  if (to >= end || file[to] !== CLOSES_HEX) throw new PdfSyntaxError('bad hexadecimal string', to)
  const bytes = new Uint8Array(Math.ceil(count / 2)) // an odd last digit stands before a zero
  for (let at = cursor.at, half = 0; at < to; at++) {
    const digit = hexDigit(file[at])
    if (digit !== undefined) bytes[half >> 1]! |= half++ % 2 === 0 ? digit << 4 : digit
  }
  cursor.at = to + 1
  return { kind: 'text', bytes, hex: true, from, to: cursor.at }
}

const ESCAPES: Record<number, number> = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12 }

function readLiteral(cursor: Cursor): PdfValue {
  const from = cursor.at++
  const bytes: number[] = []
  for (let open = 1; ; cursor.at++) {
    const byte = peek(cursor)
    if (byte === undefined) throw new PdfSyntaxError('string without end', from)
    if (byte === 92) {
      cursor.at++
      readEscape(cursor, bytes)
      continue
    }
    if (byte === 40) open++
    if (byte === 41 && --open === 0) break
    bytes.push(byte)
  }
  cursor.at++
  return { kind: 'text', bytes: Uint8Array.from(bytes), hex: false, from, to: cursor.at }
}

/** Reads what follows a backslash and leaves the cursor on its last byte. */
function readEscape(cursor: Cursor, bytes: number[]): void {
  const byte = peek(cursor)
  if (byte === undefined) return
  if (byte >= 48 && byte <= 55) {
    let code = 0
    let count = 0
    for (; count < 3; count++) {
      const digit = peek(cursor, count)
      if (digit === undefined || digit < 48 || digit > 55) break
      code = code * 8 + digit - 48
    }
    cursor.at += count - 1
    bytes.push(code & 255)
  } else if (byte === 13) {
    if (peek(cursor, 1) === 10) cursor.at++
  } else if (byte !== 10) bytes.push(ESCAPES[byte] ?? byte)
}

function readArray(cursor: Cursor, depth: number): PdfValue[] {
  cursor.at++
  const items: PdfValue[] = []
  for (;;) {
    skipSpace(cursor)
    if (peek(cursor) === 93) break
    items.push(readValue(cursor, depth + 1))
  }
  cursor.at++
  return items
}

function readDict(cursor: Cursor, depth: number): PdfDict {
  cursor.at += 2
  const entries: PdfDict = new Map()
  for (;;) {
    skipSpace(cursor)
    if (peek(cursor) === 62 && peek(cursor, 1) === 62) break
    if (peek(cursor) !== 47) throw new PdfSyntaxError('expected a key', cursor.at)
    const key = readName(cursor)
    const twice = entries.has(key)
    if (twice && !cursor.lenient) throw new PdfSyntaxError(`key ${key} twice`, cursor.at)
    entries.set(twice ? `${key}\0${entries.size}` : key, readValue(cursor, depth + 1))
  }
  cursor.at += 2
  return entries
}

const SIGN_OR_POINT = [43, 45, 46]

function readNumberOrRef(cursor: Cursor): PdfValue {
  const reference = readRef(cursor)
  if (reference !== undefined) return reference
  const from = cursor.at
  for (let byte = peek(cursor); isDigit(byte) || SIGN_OR_POINT.includes(byte ?? 0); byte = peek(cursor)) {
    cursor.at++
  }
  const text = String.fromCharCode(...cursor.bytes.subarray(from, Math.min(cursor.at, from + 32)))
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) return Number(text)
  if (cursor.lenient) return 0
  throw new PdfSyntaxError('bad number', from)
}

const LETTER_R = 82

/** `N G R`, or a plain whole number, or nothing: then the cursor stands where it stood. */
function readRef(cursor: Cursor): PdfRef | number | undefined {
  const start = cursor.at
  if (!isDigit(peek(cursor))) return undefined
  const object = takeWhole(cursor)
  const after = cursor.at
  if (takeSpaces(cursor) && isDigit(peek(cursor))) {
    const generation = takeWhole(cursor)
    if (takeSpaces(cursor) && peek(cursor) === LETTER_R) {
      const next = peek(cursor, 1)
      if (next === undefined || endsName(next)) {
        cursor.at++
        return ref(object, generation)
      }
    }
  }
  const next = cursor.bytes[after]
  const isWhole = after >= cursor.end || (!isDigit(next) && !SIGN_OR_POINT.includes(next ?? 0))
  cursor.at = isWhole ? after : start
  return isWhole ? object : undefined
}

function takeSpaces(cursor: Cursor): boolean {
  const from = cursor.at
  while (isSpace(peek(cursor))) cursor.at++
  return cursor.at > from
}

/** Whether the value is a dictionary or stream of this `/Type`. */
export function hasType(value: PdfValue | undefined, type: string): boolean {
  return isName(dictOf(value)?.get('Type'), type)
}
