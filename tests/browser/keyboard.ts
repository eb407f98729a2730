/** Somebody without a mouse: goes by Tab, sees where they are, and presses Enter, Space and the arrows. */
import type { Locator, Page } from 'playwright-core'

/** More stops than this between two things nobody would make. */
const MOST_STOPS = 90

/** Goes by Tab from where one is to this element, seeing the focus at every stop. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor({ state: 'attached' })
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
    const unseen = await unseenFocus(page)
    if (unseen !== '') throw new Error(`the focus cannot be seen on ${unseen}`)
  }
  throw new Error(`not reached by Tab: ${String(wanted)}`)
}

/** Goes there and presses. */
export async function pressAt(page: Page, wanted: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, wanted)
  await page.keyboard.press(key)
}

/** Goes there and writes in place of what stood there. */
export async function writeAt(page: Page, wanted: Locator, text: string): Promise<void> {
  await tabTo(page, wanted)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}

/** Goes to the group of radios and moves by the arrows until this one is chosen. */
export async function chooseAt(page: Page, group: Locator, wanted: Locator): Promise<void> {
  const radios = await group.getByRole('radio').all()
  const chosen = group.getByRole('radio', { checked: true })
  await tabTo(page, (await chosen.count()) > 0 ? chosen : radios[0]!)
  await page.keyboard.press('Space')
  for (let moves = 0; moves < radios.length; moves += 1) {
    if (await wanted.isChecked()) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`not chosen by the arrows: ${String(wanted)}`)
}

/**
 * What has the focus without showing it, '' when it shows: a ring, a bar or a frame on it or on what is drawn for it, and not
 * hidden behind something that sticks to the screen.
 */
function unseenFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return ''
    const drawn = [undefined, '::before', '::after'].map((part) => getComputedStyle(element, part))
    const label = element.nextElementSibling
    if (label) drawn.push(getComputedStyle(label), getComputedStyle(label, '::before'))
    const shows = drawn.some(
      ({ outlineStyle, outlineWidth, boxShadow }) =>
        (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
    )
    const { left, top, width, height } = element.getBoundingClientRect()
    const above = document.elementFromPoint(left + width / 2, top + height / 2)
    const free =
      above === null || element.contains(above) || above.contains(element) || label?.contains(above)
    const name = `${element.tagName.toLowerCase()} "${(element.textContent ?? '').trim().slice(0, 40)}"`
    return shows && free ? '' : `${name}${free ? '' : `, behind ${above?.className ?? ''}`}`
  })
}
