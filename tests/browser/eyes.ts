/** Looks at pages on a phone and at a desk, and keeps what was seen; what looks alike is judged once. */
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { faultsOf } from './accessible.ts'
import { DESK, PHONE } from './stage.ts'

/** Where a picture of every page goes, when somebody wants to look at them. */
const PICTURES = process.env.PAGE_PICTURES

export interface Eyes {
  /** Opens each address and looks. @returns one line for each fault, also another answer than `expected` */
  look(page: Page, addresses: readonly string[], expected?: readonly number[]): Promise<string[]>
  /** Looks at what is open. */
  lookHere(page: Page): Promise<string[]>
  /** the paths that were looked at and are pages, not refusals */
  seen(): string[]
}

export function openEyes(): Eyes {
  const judged = new Set<string>()
  const paths = new Set<string>()
  const pictures = new Map<string, number>()

  const lookHere = async (page: Page): Promise<string[]> => {
    const { pathname, search } = new URL(page.url())
    const faults: string[] = []
    for (const size of [PHONE, DESK]) {
      await page.setViewportSize(size)
      const fresh = (await shapesOf(page))
        .map((shape) => `${size.width} ${shape}`)
        .filter((shape) => !judged.has(shape))
      if (fresh.length === 0) continue
      for (const shape of fresh) judged.add(shape)
      if (PICTURES) await takePicture(page, `${pathname}${search}`, size.width)
      faults.push(...(await faultsOf(page)).map((fault) => `${pathname}${search} at ${size.width}: ${fault}`))
    }
    return faults
  }

  const takePicture = async (page: Page, address: string, width: number): Promise<void> => {
    const hat = await page.getByRole('banner').locator('summary').allInnerTexts()
    const name = `${address} ${hat[0]?.split('·')[0]?.split(':').at(-1) ?? ''}`
      .replaceAll(/[0-9a-f-]{36}/g, 'ID')
      .replaceAll(/[^\p{L}\d?=-]+/gu, '_')
    const nth = (pictures.get(`${name} ${width}`) ?? 0) + 1
    pictures.set(`${name} ${width}`, nth)
    mkdirSync(PICTURES!, { recursive: true })
    await page.screenshot({ path: join(PICTURES!, `${name}-${nth}-${width}.png`), fullPage: true })
  }

  return {
    async look(page, addresses, expected = [200]) {
      const faults: string[] = []
      for (const address of addresses) {
        const status = (await page.goto(address))?.status() ?? 0
        if (!expected.includes(status)) faults.push(`${address}: ${status}`)
        faults.push(...(await lookHere(page)))
        if (status === 200) paths.add(new URL(page.url()).pathname)
      }
      return faults
    },
    lookHere,
    seen: () => [...paths],
  }
}

/**
 * The shapes of a page's parts (head, navigation, main part, side, foot, what is around them): elements with what styles
 * and describes them, without words, and alike ones among brothers once. What looks alike is judged alike.
 */
async function shapesOf(page: Page): Promise<string[]> {
  const shapes = await page.evaluate(() => {
    const parts = Array.from(document.querySelectorAll('header, nav, main, aside, footer'))
    const told =
      /^(class|role|type|lang|hidden|open|disabled|checked|tabindex|aria-(?!label$|labelledby$|describedby$|controls$).*)$/
    const shapeOf = (element: Element): string => {
      const attributes = Array.from(element.attributes).filter(({ name }) => told.test(name))
      const children = Array.from(element.children)
        .filter((child) => !parts.includes(child))
        .map(shapeOf)
      const named = attributes.map(({ name, value }) => `${name}=${value}`).join(' ')
      return `${element.tagName} ${named} (${[...new Set(children)].join()})`
    }
    return [document.documentElement, ...parts].map(shapeOf)
  })
  return shapes.map((shape) => createHash('sha256').update(shape).digest('hex'))
}
