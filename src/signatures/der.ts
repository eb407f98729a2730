/** The little of ASN.1 DER (ITU-T X.690) that certificates and signatures need: written plainly, read strictly. */

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  utcTime: 0x17,
  generalTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** Thrown when bytes are not DER, or not the structure that was asked for. */
export class DerError extends Error {
  override readonly name = 'DerError'
}

/** One element as it stands in the bytes. */
export interface DerNode {
  readonly tag: number
  /** tag, length and content */
  readonly whole: Uint8Array
  readonly content: Uint8Array
}

export function tlv(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(contents)
  return Buffer.concat([Uint8Array.of(tag), lengthOf(content.length), content])
}

export function sequence(...items: readonly Uint8Array[]): Uint8Array {
  return tlv(TAG.sequence, ...items)
}

/** A SET OF: its elements in the order of their encodings, as DER wants (X.690, 11.6). */
export function setOf(...items: readonly Uint8Array[]): Uint8Array {
  return tlv(TAG.set, ...[...items].sort(Buffer.compare))
}

/** An explicit or constructed context tag `[n]`. */
export function tagged(number: number, ...items: readonly Uint8Array[]): Uint8Array {
  return tlv(0xa0 | number, ...items)
}

export function octets(bytes: Uint8Array): Uint8Array {
  return tlv(TAG.octets, bytes)
}

export function bits(bytes: Uint8Array, unused = 0): Uint8Array {
  return tlv(TAG.bits, Uint8Array.of(unused), bytes)
}

/** A whole number of zero or more, given as big-endian bytes or as a small number. */
export function integer(value: Uint8Array | number): Uint8Array {
  const bytes = typeof value === 'number' ? Buffer.from(hexOf(value), 'hex') : Buffer.from(value)
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const short = bytes.subarray(start)
  return tlv(TAG.integer, (short[0] ?? 0) > 127 ? Buffer.concat([Uint8Array.of(0), short]) : short)
}

function hexOf(value: number): string {
  const hex = value.toString(16)
  return hex.length % 2 ? `0${hex}` : hex
}

export function nothing(): Uint8Array {
  return tlv(TAG.nothing)
}

export function yes(): Uint8Array {
  return tlv(TAG.boolean, Uint8Array.of(255))
}

export function utf8(text: string): Uint8Array {
  return tlv(TAG.utf8, Buffer.from(text, 'utf8'))
}

export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes: number[] = []
  for (const arc of [first * 40 + second, ...rest]) {
    const groups = [arc % 128]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift(128 + (left % 128))
    bytes.push(...groups)
  }
  return tlv(TAG.oid, Uint8Array.from(bytes))
}

/** A time: UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280, 4.1.2.5). Seconds, in UTC. */
export function time(at: Date): Uint8Array {
  const digits = at.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  return at.getUTCFullYear() < 2050
    ? tlv(TAG.utcTime, Buffer.from(`${digits.slice(2)}Z`))
    : tlv(TAG.generalTime, Buffer.from(`${digits}Z`))
}

export function generalTime(at: Date): Uint8Array {
  return tlv(TAG.generalTime, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`))
}

function lengthOf(length: number): Uint8Array {
  if (length < 128) return Uint8Array.of(length)
  const bytes = Buffer.from(hexOf(length), 'hex')
  return Buffer.concat([Uint8Array.of(128 | bytes.length), bytes])
}

/** Reads the element at `at`: definite length in its shortest form, inside the bytes. @throws DerError */
export function readNode(bytes: Uint8Array, at = 0): DerNode {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined || (tag & 31) === 31) throw new DerError('no element')
  let length = first
  let from = at + 2
  if (first > 127) {
    const count = first & 127
    if (count < 1 || count > 3) throw new DerError('bad length')
    length = 0
    for (let index = 0; index < count; index++) length = length * 256 + (bytes[from++] ?? 0)
    if (length < 128 || length < 256 ** (count - 1)) throw new DerError('length not in its shortest form')
  }
  if (from + length > bytes.length) throw new DerError('element cut short')
  return { tag, whole: bytes.subarray(at, from + length), content: bytes.subarray(from, from + length) }
}

/** Reads an element that must be all there is. */
export function readOnly(bytes: Uint8Array): DerNode {
  const node = readNode(bytes)
  if (node.whole.length !== bytes.length) throw new DerError('bytes behind the element')
  return node
}

/** The elements inside a constructed element. */
export function childrenOf(node: DerNode, tag?: number): DerNode[] {
  if (tag !== undefined) expectTag(node, tag)
  const children: DerNode[] = []
  for (let at = 0; at < node.content.length;) {
    const child = readNode(node.content, at)
    children.push(child)
    at += child.whole.length
    if (children.length > 1000) throw new DerError('too many elements')
  }
  return children
}

export function expectTag(node: DerNode | undefined, tag: number): DerNode {
  if (node?.tag !== tag) throw new DerError(`expected tag ${tag}, found ${node?.tag}`)
  return node
}

/** The dotted form of an object identifier. */
export function readOid(node: DerNode | undefined): string {
  const { content } = expectTag(node, TAG.oid)
  const arcs: number[] = []
  let arc = 0
  for (const byte of content) {
    arc = arc * 128 + (byte & 127)
    if (byte < 128) {
      arcs.push(arc)
      arc = 0
    }
  }
  const first = arcs.shift() ?? 0
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - top * 40, ...arcs].join('.')
}

/** The moment of a UTCTime or GeneralizedTime. @throws DerError when it is neither, or not in UTC */
export function readTime(node: DerNode | undefined): Date {
  const text = Buffer.from(node?.content ?? []).toString('latin1')
  const digits = node?.tag === TAG.utcTime ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(digits)
  if (!found || (node?.tag !== TAG.utcTime && node?.tag !== TAG.generalTime)) throw new DerError('bad time')
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number)
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second))
}

/** The moment of a time-stamp: GeneralizedTime in UTC, perhaps with a fraction of a second (RFC 3161, 2.4.2). @throws DerError */
export function readMoment(node: DerNode | undefined): Date {
  const text = Buffer.from(expectTag(node, TAG.generalTime).content).toString('latin1')
  const [, whole, fraction = ''] = /^(\d{14})(\.\d{0,8}[1-9])?Z$/.exec(text) ?? []
  if (whole === undefined) throw new DerError('bad time')
  const at = readTime(readOnly(tlv(TAG.generalTime, Buffer.from(`${whole}Z`))))
  return new Date(at.getTime() + Math.floor(Number(`0${fraction}`) * 1000))
}
