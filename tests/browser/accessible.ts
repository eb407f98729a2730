/** What every page must be: free of axe's violations, and no wider than the screen. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** WCAG 2.2 A and AA, and the good practices axe knows beside them. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** @returns one line for each fault: the rule, where it is broken and how; none when all is well */
export async function faultsOf(page: Page): Promise<string[]> {
  const known = await page.evaluate(() => 'axe' in window)
  if (!known) await page.evaluate(axe.source)
  return [...(await violations(page)), ...(await tooWide(page))]
}

/** Judged within the page, and told in a few words: whole results are megabytes. */
function violations(page: Page): Promise<string[]> {
  return page.evaluate(async (tags) => {
    const judge = (window as unknown as { axe: typeof axe }).axe
    const { violations } = await judge.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => {
        const how = (failureSummary ?? '').split('\n').slice(1).join(' ').trim()
        return `${id}: ${target.join(' ')} (${how})`
      }),
    )
  }, TAGS)
}

/** A page one has to push sideways is lost on most readers. */
function tooWide(page: Page): Promise<string[]> {
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
