/** A photo as a phone takes it, too large to send as it is. */
import type { Page } from 'playwright-core'

/** A PNG of several megabytes, larger than 2000 pixels a side; painted by the browser itself. */
export async function largePhoto(page: Page): Promise<Buffer> {
  const text = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(2600, 1000)
    const paint = canvas.getContext('2d')!
    const picture = paint.createImageData(canvas.width, canvas.height)
    for (let at = 0; at < picture.data.length; at += 4) {
      // a rough texture that packs badly, from a fixed rule
      const grain = (at * 2654435761) >>> 24
      picture.data.set([grain, 255 - grain, (grain * 7) & 255, 255], at)
    }
    paint.putImageData(picture, 0, 0)
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())
    let text = ''
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
    return btoa(text)
  })
  return Buffer.from(text, 'base64')
}
