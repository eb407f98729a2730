/** The values a PDF file is made of (ISO 32000-2, 7.3), and how they are written back as bytes. */

/** A name such as `/Type`, without its slash, decoded. */
export interface PdfName {
  readonly kind: 'name'
  readonly name: string
}

/** A string, decoded; `from` and `to` are where it stood in the file it was read from (0 when made by us). */
export interface PdfText {
  readonly kind: 'text'
  readonly bytes: Uint8Array
  readonly hex: boolean
  readonly from: number
  readonly to: number
}

/** A pointer to an indirect object. */
export interface PdfRef {
  readonly kind: 'ref'
  readonly object: number
  readonly generation: number
}

export type PdfDict = Map<string, PdfValue>

/** A stream: its dictionary, and its bytes as they stand in the file (still filtered). */
export interface PdfStream {
  readonly kind: 'stream'
  readonly dict: PdfDict
  readonly raw: Uint8Array
}

/** Bytes that are written as they are: a placeholder to be filled in later. */
export interface PdfVerbatim {
  readonly kind: 'verbatim'
  readonly bytes: Uint8Array
}

export type PdfValue =
  null | boolean | number | PdfName | PdfText | PdfRef | PdfStream | PdfVerbatim | PdfValue[] | PdfDict

const latin = new TextDecoder('latin1')
const utf8 = new TextEncoder()

export function bytesOf(text: string): Uint8Array {
  return utf8.encode(text)
}

export function latinOf(bytes: Uint8Array): string {
  return latin.decode(bytes)
}

export function name(value: string): PdfName {
  return { kind: 'name', name: value }
}

export function ref(object: number, generation = 0): PdfRef {
  return { kind: 'ref', object, generation }
}

export function dict(entries: Record<string, PdfValue | undefined>): PdfDict {
  const made: PdfDict = new Map()
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) made.set(key, value)
  return made
}

/** A stream whose `/Length` is set from its bytes. */
export function stream(entries: PdfDict, raw: Uint8Array): PdfStream {
  return { kind: 'stream', dict: new Map(entries).set('Length', raw.length), raw }
}

/** A text string: plain ASCII as it is, anything else as UTF-16BE with its mark (7.9.2.2). */
export function textString(text: string): PdfText {
  if (/^[\x20-\x7e]*$/.test(text)) {
    return { kind: 'text', bytes: bytesOf(text), hex: false, from: 0, to: 0 }
  }
  const bytes = new Uint8Array(2 + text.length * 2)
  bytes.set([0xfe, 0xff])
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    bytes[2 + index * 2] = unit >> 8
    bytes[3 + index * 2] = unit & 255
  }
  return { kind: 'text', bytes, hex: true, from: 0, to: 0 }
}

/** What a text string says, whether it is UTF-16BE, UTF-8 (with its mark) or Latin. */
export function readTextString(value: PdfValue | undefined): string | undefined {
  if (!isText(value)) return undefined
  const { bytes } = value
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    let text = ''
    for (let at = 2; at + 1 < bytes.length; at += 2) {
      text += String.fromCharCode(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0))
    }
    return text
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return new TextDecoder().decode(bytes.subarray(3))
  }
  return latinOf(bytes)
}

export function isName(value: PdfValue | undefined, expected?: string): value is PdfName {
  return hasKind(value, 'name') && (expected === undefined || (value as PdfName).name === expected)
}

export function isText(value: PdfValue | undefined): value is PdfText {
  return hasKind(value, 'text')
}

export function isRef(value: PdfValue | undefined): value is PdfRef {
  return hasKind(value, 'ref')
}

export function isStream(value: PdfValue | undefined): value is PdfStream {
  return hasKind(value, 'stream')
}

export function isDict(value: PdfValue | undefined): value is PdfDict {
  return value instanceof Map
}

function hasKind(value: PdfValue | undefined, kind: string): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind
}

/** The dictionary of a value, be it a dictionary or a stream. */
export function dictOf(value: PdfValue | undefined): PdfDict | undefined {
  if (isDict(value)) return value
  return isStream(value) ? value.dict : undefined
}

/** Every value inside `value`, itself included, without following references. */
export function* valuesWithin(value: PdfValue): Generator<PdfValue> {
  yield value
  if (Array.isArray(value)) for (const item of value) yield* valuesWithin(item)
  const entries = dictOf(value)
  if (entries) for (const item of entries.values()) yield* valuesWithin(item)
}

/** Writes a value; a stream with its `stream … endstream`. The same value always gives the same bytes. */
export function writeValue(value: PdfValue): Uint8Array {
  const parts: Part[] = []
  put(value, parts)
  return joined(parts)
}

export function sameValue(one: PdfValue | undefined, other: PdfValue | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return Buffer.compare(writeValue(one), writeValue(other)) === 0
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Bytes as they are, or ASCII. */
type Part = Uint8Array | string

/** Neighbouring texts become bytes at once: a dictionary is some dozens of them. */
function joined(parts: readonly Part[]): Uint8Array {
  const whole: Uint8Array[] = []
  let text = ''
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    if (text !== '') whole.push(bytesOf(text))
    text = ''
    whole.push(part)
  }
  if (text !== '') whole.push(bytesOf(text))
  return whole.length === 1 ? whole[0]! : concat(whole)
}

function put(value: PdfValue, parts: Part[]): void {
  if (value === null || typeof value === 'boolean') parts.push(String(value))
  else if (typeof value === 'number') parts.push(writeNumber(value))
  else if (Array.isArray(value)) putArray(value, parts)
  else if (value instanceof Map) putDict(value, parts)
  else if (value.kind === 'name') parts.push(writeName(value.name))
  else if (value.kind === 'text') parts.push(writeText(value))
  else if (value.kind === 'ref') parts.push(`${value.object} ${value.generation} R`)
  else if (value.kind === 'verbatim') parts.push(value.bytes)
  else {
    putDict(value.dict, parts)
    parts.push('\nstream\n', value.raw, '\nendstream')
  }
}

function putArray(items: PdfValue[], parts: Part[]): void {
  parts.push('[')
  items.forEach((item, index) => {
    if (index > 0) parts.push(' ')
    put(item, parts)
  })
  parts.push(']')
}

function putDict(entries: PdfDict, parts: Part[]): void {
  parts.push('<<')
  for (const [key, value] of entries) {
    parts.push(` ${writeName(key)} `)
    put(value, parts)
  }
  parts.push(' >>')
}

function writeNumber(value: number): string {
  if (Number.isInteger(value)) return String(value)
  return value.toFixed(5).replace(/0+$/, '').replace(/\.$/, '')
}

function writeName(value: string): string {
  return `/${value.replace(/[^\x21-\x7e]|[#()<>[\]{}/%]/g, (char) => {
    return `#${char.charCodeAt(0).toString(16).padStart(2, '0')}`
  })}`
}

function writeText(value: PdfText): Part {
  if (value.hex) return `<${Buffer.from(value.bytes).toString('hex')}>`
  const escaped: number[] = [40]
  for (const byte of value.bytes) {
    if (byte === 40 || byte === 41 || byte === 92) escaped.push(92, byte)
    else if (byte === 13) escaped.push(92, 114)
    else escaped.push(byte)
  }
  return Uint8Array.from([...escaped, 41])
}
