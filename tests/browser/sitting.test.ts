/** A cell comments on its members by keyboard alone, the line drops in the middle and comes back, and all are signed in one act. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { sql } from '../../src/kernel/db.ts'
import type { Comment } from '../../src/procedures/residence-comment/law/states.ts'
import { layCable, type Cable } from './cable.ts'
import { openEyes } from './eyes.ts'
import { expectPage, expectText, fillDate, main, press } from './forms.ts'
import { pressAt, tabTo } from './keyboard.ts'
import { clearTable, commentsAtCell } from './residence.ts'
import { openStage, PHONE, type Stage } from './stage.ts'

const SITTING = '/residence-comments/sitting'
const MEMBERS = 5
/** What the browser says of a line that is down. */
const DOWN = /ERR_(INTERNET_DISCONNECTED|CONNECTION_\w+|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|FAILED)/

let stage: Stage
let cable: Cable
let secretary: Page
let ids: string[]
const eyes = openEyes()

beforeAll(async () => {
  cable = await layCable()
  stage = await openStage({ cable })
  await clearTable(stage)
  ids = (await commentsAtCell(stage, MEMBERS)).map(({ comment }) => comment)
  secretary = await stage.personIn('destination-cell-secretary')
})
afterEach((context) => stage.review(context))
afterAll(async () => {
  await stage.close()
  await cable.close()
})

const stateOf = async (id: string) =>
  (
    await stage.instance.parts.database.read.one<{ state: Comment }>(
      sql`select state from dossier where id = ${id}`,
    )
  ).state

const choices = (page: Page) => main(page).locator('tbody').getByRole('combobox')

test('the day of the front board is written once, the page is readable, at a desk and on a telephone', async () => {
  await secretary.goto(SITTING)
  await expectPage(secretary, 'Bàn nhận xét')
  await expectText(secretary, `Chi bộ có ${MEMBERS} phiếu chờ nhận xét.`)
  await main(secretary).getByText('Làm nhanh bằng bàn phím').click()
  await expectText(secretary, '1, 2, 3: chọn mức của tiêu chí')
  await fillDate(secretary, 'Ngày họp', '2026-11-20')
  await press(secretary, 'Ghi ngày họp cho mọi phiếu')
  await expectText(secretary, `Đã ghi ngày họp cho ${MEMBERS} phiếu.`)
  expect(await eyes.lookHere(secretary)).toEqual([])
  await secretary.setViewportSize(PHONE)
  expect(await eyes.lookHere(secretary)).toEqual([])
  await secretary.setViewportSize({ width: 1280, height: 900 })
})

test('by keyboard: a digit chooses and goes on, arrows walk; each change is saved as it is made', async () => {
  await tabTo(secretary, choices(secretary).first())
  for (const digit of '123123') await secretary.keyboard.press(digit)
  await secretary.keyboard.press('ArrowUp')
  await expectText(secretary, /Đã lưu lúc \d\d:\d\d/)
  await main(secretary).getByText(`Đã đủ 1/${MEMBERS} phiếu`).waitFor()
  expect((await rowState(0)).draft.ticks).toEqual({
    example: 'good',
    'civic-duty': 'fair',
    attendance: 'not',
    contact: 'good',
    contribution: 'fair',
    proposal: 'not',
  })
})

test('the line drops in the middle: one goes on, is told so, and nothing is lost when it is back, also after a reload', async () => {
  cable.pull()
  await choices(secretary).nth(6).focus()
  for (const digit of '111111222222') await secretary.keyboard.press(digit)
  await main(secretary).getByText('Mất kết nối: 2 phiếu còn giữ trên máy này').waitFor()
  expect((await rowState(1)).draft.ticks).toEqual({})
  cable.plugIn()
  await main(secretary).getByText(`Đã đủ 3/${MEMBERS} phiếu`).waitFor()
  expect(Object.values((await rowState(2)).draft.ticks)).toEqual(Array.from({ length: 6 }, () => 'fair'))

  cable.pull()
  await choices(secretary).nth(18).focus()
  for (const digit of '333333') await secretary.keyboard.press(digit)
  await main(secretary).getByText('Mất kết nối: 1 phiếu còn giữ trên máy này').waitFor()
  cable.plugIn()
  await secretary.reload()
  await main(secretary).getByText(`Đã đủ 4/${MEMBERS} phiếu`).waitFor()
  expect(Object.values((await rowState(3)).draft.ticks)).toEqual(Array.from({ length: 6 }, () => 'not'))
  stage.allow(DOWN)
})

test('what is complete is signed in one act, each with its result; what is not stays on the table', async () => {
  await pressAt(secretary, main(secretary).getByRole('button', { name: 'Ký các phiếu đã chọn' }))
  await expectText(secretary, 'Đã làm xong 4 hồ sơ.')
  const statuses = await Promise.all(ids.map(async (id) => (await stateOf(id)).status))
  expect(statuses.filter((status) => status === 'cell-signed')).toHaveLength(4)
  await secretary.goto(SITTING)
  await expectText(secretary, 'Chi bộ có 1 phiếu chờ nhận xét.')
  // The press of the running instance puts them on paper.
  await expect.poll(papersMade, { timeout: 60_000 }).toBe(4)
})

async function papersMade(): Promise<number> {
  const { made } = await stage.instance.parts.database.read.one<{ made: number }>(sql`
    select count(*)::int as made from paper where kind = 'residence-comment' and dossier_id = any(${ids}::uuid[])`)
  return made
}

/** The comment of a row, as the server has it. */
async function rowState(row: number): Promise<Comment> {
  const id = await main(secretary).locator('tbody tr').nth(row).getAttribute('id')
  return stateOf((id ?? '').slice('row-'.length))
}
