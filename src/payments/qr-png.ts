/** A QR code as a PNG file: what a phone keeps among its photos, for a bank's app to pick. */
import { crc32, deflateSync } from 'node:zlib'
import { encode } from 'uqr'

/** A square of the code, in points of the picture: the whole is some 700 across, as phones take screenshots. */
const SCALE = 14
/** As in qr-picture.ts: four squares of light around, and level M. */
const QUIET_ZONE = 4
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** One bit a point, black on white (ISO/IEC 15948). */
export function qrPng(text: string): Buffer {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE })
  const width = size * SCALE
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(width, 4)
  header[8] = 1 // bits a point; colour type 0 (grey), the only compression, filter and no interlacing are 0
  const lines = data.flatMap((row) => Array<Buffer>(SCALE).fill(lineOf(row, width)))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A line of points behind its filter, none; a light point is a 1. */
function lineOf(row: readonly boolean[], width: number): Buffer {
  const line = Buffer.alloc(1 + Math.ceil(width / 8))
  for (let x = 0; x < width; x += 1)
    if (row[Math.floor(x / SCALE)] !== true) line[1 + (x >> 3)]! |= 0x80 >> (x & 7)
  return line
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(body.length, 0)
  frame.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}
