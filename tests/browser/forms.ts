/** Filling in forms as people do, by the words they see. */
import type { Locator, Page } from 'playwright-core'

/** A day in its three boxes, 'YYYY-MM-DD'; a month in its two, 'YYYY-MM'. */
export async function fillDate(page: Page, label: string | RegExp, date: string): Promise<void> {
  const group = page.getByRole('group', { name: label })
  const [year = '', month = '', day] = date.split('-')
  if (day !== undefined) await group.getByLabel('Ngày', { exact: true }).fill(String(Number(day)))
  await group.getByLabel('Tháng', { exact: true }).fill(String(Number(month)))
  await group.getByLabel('Năm', { exact: true }).fill(year)
}

export const main = (page: Page): Locator => page.getByRole('main')

/** Presses a button of the page's main part, and waits for the page that follows. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  await main(page).getByRole('button', { name }).click()
}

/** Follows a link of the page's main part. */
export async function follow(page: Page, name: string | RegExp): Promise<void> {
  await main(page).getByRole('link', { name }).first().click()
}

/** Waits until the page with this heading is there. */
export async function expectPage(page: Page, heading: string | RegExp): Promise<void> {
  await page.getByRole('heading', { name: heading }).first().waitFor()
}

/** Waits until the page says at its head what has just been done. */
export async function expectTold(page: Page, words: string | RegExp): Promise<void> {
  await main(page).getByRole('status').filter({ hasText: words }).waitFor()
}

/** Waits until the page's main part says this. */
export async function expectText(page: Page, words: string | RegExp): Promise<void> {
  await main(page).getByText(words).first().waitFor()
}
