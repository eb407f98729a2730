/** The picture as a file: read back point by point, it is the code with light around it. */
import { crc32, inflateSync } from 'node:zlib'
import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { qrPng } from './qr-png.ts'

/** Name and body of each chunk, the sums checked. */
function chunksOf(png: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>()
  for (let at = 8; at < png.length;) {
    const size = png.readUInt32BE(at)
    const named = png.subarray(at + 4, at + 8 + size)
    expect(png.readUInt32BE(at + 8 + size)).toBe(crc32(named))
    found.set(named.toString('latin1', 0, 4), named.subarray(4))
    at += 12 + size
  }
  return found
}

test('each square of the code is where it belongs', () => {
  const png = qrPng('00020101021238')
  expect(png.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'))
  const chunks = chunksOf(png)
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND'])
  const width = chunks.get('IHDR')!.readUInt32BE(0)
  expect([...chunks.get('IHDR')!.subarray(4)]).toEqual([...chunks.get('IHDR')!.subarray(0, 4), 1, 0, 0, 0, 0])
  const points = inflateSync(chunks.get('IDAT')!)
  const line = 1 + Math.ceil(width / 8)
  expect(points).toHaveLength(line * width)
  const { data, size } = encode('00020101021238', { ecc: 'M', border: 4 })
  const scale = width / size
  const isDark = (x: number, y: number) => ((points[y * line + 1 + (x >> 3)]! >> (7 - (x & 7))) & 1) === 0
  for (const at of [0, scale - 1])
    expect(data.map((row, y) => row.map((_, x) => isDark(x * scale + at, y * scale + at)))).toEqual(data)
})
