/** Trying the stage. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage, PHONE } from './stage.ts'
let stage: Stage
beforeAll(async () => {
  const t = Date.now()
  stage = await openStage()
  console.log('stage', Date.now() - t)
})
afterAll(() => stage.close())
test('people', async () => {
  for (const p of stage.people) {
    const t = Date.now()
    const page = await stage.personIn(p.role, { viewport: PHONE })
    console.log(p.role, Date.now() - t, page.url(), await page.getByRole('heading').allInnerTexts())
    await page.screenshot({ path: `/tmp/browser/shots/home-${p.role}-390.png`, fullPage: true })
    await page.context().close()
  }
  expect(stage.takeProblems()).toEqual([])
})
