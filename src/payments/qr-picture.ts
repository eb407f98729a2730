/** A QR code as a picture (SVG) for the screen and for print. */
import { encode } from 'uqr'

export interface QrPicture {
  /** what somebody hears who cannot see the picture: give what to type instead, not "QR code" */
  readonly alt: string
  /** the width on paper; without it the picture fills its place */
  readonly widthMm?: number
}

/** Light around the code on each side, in squares: ISO/IEC 18004 asks for four. */
const QUIET_ZONE = 4

/** Level M survives 15 % of damage: enough for paper that was folded, and squares stay large for old phones. */
const CORRECTION = 'M'

const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')

/** The picture as SVG, black on white whatever the page's colours are: some readers fail on light squares. */
export function qrPicture(text: string, { alt, widthMm }: QrPicture): string {
  const { data, size } = encode(text, { ecc: CORRECTION, border: QUIET_ZONE })
  const width = widthMm === undefined ? '' : ` width="${widthMm}mm" height="${widthMm}mm"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"${width} role="img" aria-label="${escape(alt)}" shape-rendering="crispEdges">`,
    `<rect width="${size}" height="${size}" fill="#fff"/>`,
    `<path d="${darkRuns(data)}" fill="#000"/></svg>`,
  ].join('')
}

/** One piece of the path a run of dark squares. */
function darkRuns(rows: readonly (readonly boolean[])[]): string {
  const runs: string[] = []
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      const from = x
      while (row[x] === true) x += 1
      if (x > from) runs.push(`M${from} ${y}h${x - from}v1h${from - x}z`)
    }
  })
  return runs.join('')
}
