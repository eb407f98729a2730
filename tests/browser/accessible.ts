/** What every page must be: free of axe's violations, and no wider than the screen. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** WCAG 2.2 A and AA, and the good practices axe knows beside them. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** @returns one line for each fault: the rule and where it is broken; none when all is well */
export async function faultsOf(page: Page): Promise<string[]> {
  // The legacy mode stays within the page; it leaves out frames of other origins, which there are none of.
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode(true).analyze()
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${target.join(' ')} (${(failureSummary ?? '').split('\n').slice(1).join(' ').trim()})`,
    ),
  )
  return [...faults, ...(await tooWide(page))]
}

/** A page one has to push sideways is lost on most readers. */
async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const widest = Array.from(document.body.querySelectorAll('*'))
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .slice(-3)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
    return [`wider than the screen (${scrollWidth} > ${clientWidth}): ${widest.join(', ')}`]
  })
}
