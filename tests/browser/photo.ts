/** A photo as a phone takes it, too large to send as it is. */
import type { Page } from 'playwright-core'

/** A PNG of several megabytes, larger than 2000 pixels a side; painted by the browser itself. */
export async function largePhoto(page: Page): Promise<Buffer> {
  const text = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(2400, 1200)
    const paint = canvas.getContext('2d')!
    const picture = paint.createImageData(canvas.width, canvas.height)
    let grain = 1
    for (let at = 0; at < picture.data.length; at += 4) {
      // paper and its grain: a PNG keeps every speck, which a JPEG need not
      grain = (grain * 48271) % 2147483647
      const light = 200 + (grain % 24)
      picture.data.set([light, light - 3, light - 9, 255], at)
    }
    paint.putImageData(picture, 0, 0)
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())
    let text = ''
    for (let at = 0; at < bytes.length; at += 8192)
      text += String.fromCharCode(...bytes.subarray(at, at + 8192))
    return btoa(text)
  })
  return Buffer.from(text, 'base64')
}
