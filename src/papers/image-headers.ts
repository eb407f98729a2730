/** Reads from JPEG, PNG and HEIC files how large the picture is, and whether the file is whole; decodes no pixel. */

import { crc32 } from 'node:zlib'

export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** @returns undefined when the file is cut, or not built as its kind demands */
export type ReadImage = (bytes: Buffer) => ImageSize | undefined

/** Frame headers: C0–CF without C4, C8 and CC (ITU-T T.81, B.1.1.3). */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
const isBare = (marker: number) => (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01

/** ITU-T T.81: segments up to the end mark; behind it telephones keep things of their own. */
export const readJpeg: ReadImage = (bytes) => {
  let size: ImageSize | undefined
  let scanned = false
  for (let at = 2; at + 1 < bytes.length;) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === 0xd9) return scanned ? size : undefined
    if (isBare(marker)) {
      at += 2
      continue
    }
    if (at + 4 > bytes.length) return undefined
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2 || at + 2 + length > bytes.length) return undefined
    if (isFrame(marker) && length >= 8) {
      size ??= { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    }
    at += 2 + length
    if (marker === 0xda) {
      scanned = true
      at = endOfScan(bytes, at)
    }
  }
  return undefined
}

/** The next marker that ends the coded data: not a stuffed zero, not a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && !isBare(next)) return at
  }
  return bytes.length
}

const LONGEST_CHUNK = 2 ** 31 - 1

/** PNG (ISO/IEC 15948): IHDR first, every checksum right, IEND last with nothing behind. */
export const readPng: ReadImage = (bytes) => {
  let size: ImageSize | undefined
  let pixels = false
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    if (length > LONGEST_CHUNK || end > bytes.length) return undefined
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return undefined
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (!size) {
      if (type !== 'IHDR' || length !== 13) return undefined
      size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) }
    }
    if (type === 'IDAT') pixels = true
    if (type === 'IEND') return pixels && end === bytes.length ? size : undefined
    at = end
  }
  return undefined
}

interface Box {
  readonly type: string
  readonly from: number
  readonly to: number
}

/** Boxes of ISO/IEC 14496-12 between two offsets; undefined when they do not fill the space exactly. */
function boxesWithin(bytes: Buffer, from: number, to: number): Box[] | undefined {
  const boxes: Box[] = []
  for (let at = from; at < to;) {
    if (at + 8 > to || boxes.length > 1000) return undefined
    const short = bytes.readUInt32BE(at)
    const long = short === 1
    if (long && at + 16 > to) return undefined
    const length = long ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? to - at : short
    const head = long ? 16 : 8
    if (length < head || at + length > to) return undefined
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), from: at + head, to: at + length })
    at += length
  }
  return boxes
}

/** HEIF (ISO/IEC 23008-12): the largest `ispe` property; the boxes must fill the file to its last byte. */
export const readHeic: ReadImage = (bytes) => {
  const top = boxesWithin(bytes, 0, bytes.length)
  const meta = top?.find((box) => box.type === 'meta')
  if (!top?.some((box) => box.type === 'mdat') || !meta) return undefined
  const properties = inside(bytes, inside(bytes, { ...meta, from: meta.from + 4 }, 'iprp'), 'ipco')
  const sizes = properties && boxesWithin(bytes, properties.from, properties.to)
  let largest: ImageSize | undefined
  for (const box of sizes ?? []) {
    if (box.type !== 'ispe' || box.to - box.from < 12) continue
    const size = { width: bytes.readUInt32BE(box.from + 4), height: bytes.readUInt32BE(box.from + 8) }
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size
  }
  return largest
}

function inside(bytes: Buffer, box: Box | undefined, type: string): Box | undefined {
  return box && boxesWithin(bytes, box.from, box.to)?.find((inner) => inner.type === type)
}
