/** Looks at the pages of the members' rights, on a phone and at a desk: nothing for the ear or the eye is wrong with them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openEyes } from './eyes.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const tokenOf = async (page: Page) =>
  ((await (await page.request.get('/api/v1/session')).json()) as { csrf: string }).csrf
const post = async (page: Page, url: string, data: object) => {
  const answer = await page.request.post(url, { headers: { 'x-csrf-token': await tokenOf(page) }, data })
  expect(answer.ok(), await answer.text()).toBe(true)
  return answer
}

test('the pages of the members’ rights', async () => {
  const eyes = openEyes()
  const member = await stage.personIn('member')
  const secretary = await stage.personIn('cell-secretary')
  const { memberId } = (await (await member.request.get('/api/v1/session')).json()) as { memberId: string }
  for (const _ of [1, 2]) await secretary.goto(`/registry/members/${memberId}`)
  await secretary.goto('/registry')
  await post(member, '/api/v1/my-record/corrections', {
    field: 'ethnicity',
    proposed: 'Tày',
    explanation: 'Giấy khai sinh ghi dân tộc Tày.',
  })
  const { lines } = (await (await member.request.get('/api/v1/my-record/readings')).json()) as {
    lines: { key: string }[]
  }
  const { corrections } = (await (await member.request.get('/api/v1/my-record/corrections')).json()) as {
    corrections: { id: string }[]
  }
  const line = encodeURIComponent(lines[0]?.key ?? '')
  const faults = await eyes.look(member, [
    '/my-record',
    '/my-record/readings',
    `/my-record/readings/ask?line=${line}`,
    '/my-record/report',
    `/my-record/corrections/${corrections[0]?.id}`,
    '/my-record/data',
    '/my-record/choices',
    '/my-record/notice',
  ])
  await post(member, '/api/v1/my-record/readings/questions', {
    line: lines[0]?.key,
    question: 'Tôi không làm thủ tục nào, vì sao hồ sơ được mở?',
  })
  faults.push(...(await eyes.look(member, ['/my-record/readings?page=1'])))
  faults.push(...(await eyes.look(secretary, ['/registry/corrections'])))
  expect(faults).toEqual([])
})
