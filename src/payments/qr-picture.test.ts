/** The picture of a code: its squares, the light around it, its words. */
import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { qrPicture } from './qr-picture.ts'
import { encodeVietQr } from './vietqr.ts'

const TEXT = encodeVietQr(
  { bin: '970415', account: '113366668888', amountVnd: 15_930, note: 'DP0123' },
  '2026-11-26',
)

/** Draws the path back into squares. */
function squaresOf(svg: string, size: number): boolean[][] {
  const squares = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let step = 0; step < Number(width); step += 1) squares[Number(y)]![Number(x) + step] = true
  return squares
}

test('the path draws the squares of the code, with four light ones around', () => {
  const { data, size } = encode(TEXT, { ecc: 'M', border: 0 })
  const svg = qrPicture(TEXT, { alt: 'x' })
  expect(svg).toContain(`viewBox="0 0 ${size + 8} ${size + 8}"`)
  const squares = squaresOf(svg, size + 8)
  expect(squares.slice(4, -4).map((row) => row.slice(4, -4))).toEqual(data)
  const around = squares.flatMap((row, y) =>
    row.filter((_, x) => y < 4 || x < 4 || y >= size + 4 || x >= size + 4),
  )
  expect(around).toHaveLength((size + 8) ** 2 - size ** 2)
  expect(around.includes(true)).toBe(false)
})

test('the words are the caller’s, whatever is in them; the size is given for print only', () => {
  const svg = qrPicture(TEXT, { alt: 'Chuyển <15.930 đ> & "ghi" DP0123', widthMm: 35 })
  expect(svg).toContain('role="img" aria-label="Chuyển &lt;15.930 đ&gt; &amp; &quot;ghi&quot; DP0123"')
  expect(svg).toContain('width="35mm" height="35mm"')
  expect(qrPicture(TEXT, { alt: 'x' })).not.toContain('mm"')
})
