/** The content security policy in a real browser: nothing of our own pages is refused by it, and what is foreign is. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterEach((context) => stage.review(context))
afterAll(() => stage.close())

const VISITORS = [
  '/about',
  '/sign-in',
  '/verify',
  '/demo',
  '/demo/bank',
  '/offline',
  '/gallery',
  '/no-such-page',
]
const OFFICERS =
  `/ /notices /sessions /delegations /my-record /my-record/choices /registry /registry/members /registers
  /settings /settings/calendar /fees /transfers/begin`.split(/\s+/)

/** Every violation a page meets from its first byte on, told by the browser itself. */
async function listen(page: Page): Promise<string[]> {
  const told: string[] = []
  await page.exposeFunction('tellViolation', (what: string) => told.push(what))
  await page.addInitScript(`
    document.addEventListener('securitypolicyviolation', (event) =>
      tellViolation([location.pathname, event.effectiveDirective, event.blockedURI].join(' ')))`)
  return told
}

test('no page of ours is refused anything', async () => {
  const visitor = await stage.visit()
  const ofVisitors = await listen(visitor)
  for (const path of VISITORS) await visitor.goto(path, { waitUntil: 'load' })
  expect(ofVisitors).toEqual([])
  // a page that is not there says so on the console
  stage.allow(/404/)

  const officer = await stage.personIn('cell-secretary')
  const ofOfficers = await listen(officer)
  for (const path of OFFICERS) await officer.goto(path, { waitUntil: 'load' })
  expect(ofOfficers).toEqual([])
})

test('script and style within the page, foreign pictures and frames are refused', async () => {
  const page = await stage.visit()
  const told = await listen(page)
  await page.goto('/about')
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.tricked = true'
    const style = document.createElement('style')
    style.textContent = 'body { display: none }'
    const picture = document.createElement('img')
    picture.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='
    const frame = document.createElement('iframe')
    frame.src = '/about'
    const pressed = document.createElement('button')
    pressed.setAttribute('onclick', 'window.tricked = true')
    document.body.append(script, style, picture, frame, pressed)
    pressed.click()
  })
  await expect
    .poll(() => new Set(told.map((each) => each.split(' ')[1])))
    .toEqual(new Set(['script-src-elem', 'script-src-attr', 'style-src-elem', 'img-src', 'frame-src']))
  expect(await page.evaluate(() => 'tricked' in window)).toBe(false)
  stage.allow(/Content Security Policy|Refused to|violates/)
})
