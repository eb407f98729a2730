/** The member's request and the secretary's signature by keyboard alone. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { decisionPdf } from '../../src/app/story/decision.ts'
import { addDays, todayIn } from '../../src/kernel/plain-date.ts'
import type { DemoRole } from '../../src/registry/demo.ts'
import { expectPage, expectTold, main } from './forms.ts'
import { chooseAt, pressAt, tabTo, writeAt } from './keyboard.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let today: string
let member: Page

beforeAll(async () => {
  stage = await openStage()
  today = todayIn(stage.instance.parts.clock.now())
})
afterEach((context) => stage.review(context))
afterAll(() => stage.close())

test('the first stop of a page leads past its head', async () => {
  member = await stage.visit()
  await member.goto('/sign-in')
  await member.keyboard.press('Tab')
  const skip = member.getByRole('link', { name: 'Đến nội dung chính' })
  expect(await skip.evaluate((element) => element === document.activeElement)).toBe(true)
  expect(await skip.isVisible()).toBe(true)
  await member.keyboard.press('Enter')
  expect(await member.evaluate(() => document.activeElement?.id)).toBe('main')
})

test('the member signs in, begins, and is led to what is missing', async () => {
  await signInByKeyboard(member, 'member')
  await pressAt(member, main(member).getByRole('link', { name: 'Chuyển sinh hoạt đảng chính thức' }))
  await pressAt(member, button('Bắt đầu'))

  await expectPage(member, 'Vì sao đồng chí chuyển sinh hoạt đảng?')
  const reasons = member.getByRole('group', { name: /Vì sao đồng chí chuyển/ })
  await chooseAt(member, reasons, member.getByLabel('Chuyển nơi ở lâu dài'))
  await writeAt(member, member.getByLabel('Nói rõ thêm một chút'), 'Gia đình chuyển về ở lâu dài.')
  await pressAt(member, button('Tiếp tục'))

  await expectPage(member, 'Quyết định hoặc giấy tờ làm căn cứ')
  await pressAt(member, button('Tiếp tục'))
  const summary = member.getByRole('alert')
  await summary.getByRole('link').first().waitFor()
  stage.allow(/400 \(/)
  await expect
    .poll(
      () =>
        summary.evaluate(
          (alert) => document.activeElement?.contains(alert) && document.activeElement !== document.body,
        ),
      {
        message: 'the summary has the focus',
      },
    )
    .toBe(true)
  await pressAt(member, summary.getByRole('link', { name: /cơ quan ban hành/i }))
  const issuer = member.getByLabel('Cơ quan ban hành')
  expect(
    await issuer.evaluate((element) => element === document.activeElement),
    'its link leads to the field',
  ).toBe(true)
  await member.keyboard.type('Công an phường Cầu Kiệu')
  await writeDate(/Ngày có hiệu lực/, addDays(today, -10))
  await pressAt(member, button('Tiếp tục'))
})

test('hands in the file and chooses the destination', async () => {
  await expectPage(member, 'Đính kèm quyết định hoặc giấy tờ làm căn cứ')
  const classes = member.getByRole('group', { name: 'Tài liệu có đóng dấu mật không?' })
  await chooseAt(member, classes, member.getByLabel('Không', { exact: true }))
  await pressAt(member, button('Tiếp tục'))
  const field = member.getByLabel('Chọn ảnh chụp hoặc tệp')
  await tabTo(member, field)
  // Space acts when it is let go, Enter when it goes down: then the browser may not know yet that a test chooses.
  const [chooser] = await Promise.all([member.waitForEvent('filechooser'), member.keyboard.press('Space')])
  await chooser.setFiles({
    name: 'xac-nhan.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from(await decisionPdf()),
  })
  await pressAt(member, button('Gửi tệp này'))
  await main(member).getByRole('link', { name: 'xac-nhan.pdf' }).waitFor()
  await pressAt(member, main(member).getByRole('link', { name: 'Xong, tiếp tục' }))

  await expectPage(member, 'Đồng chí chuyển đến tổ chức đảng nào?')
  const destination = member.getByRole('combobox', { name: 'Tên đảng bộ, chi bộ nơi đến' })
  await writeAt(member, destination, 'khu pho 1 cau kieu')
  await member.getByRole('option').first().waitFor()
  await member.keyboard.press('ArrowDown')
  expect(await member.getByRole('option', { selected: true }).innerText()).toContain('Cầu Kiệu')
  await member.keyboard.press('Enter')
  await pressAt(member, button('Tìm'))
  await expectPage(member, 'Nơi đến đồng chí đã chọn')
  await pressAt(member, main(member).getByRole('link', { name: 'Tiếp tục' }))
})

test('reviews oneself, declares and sends', async () => {
  await expectPage(member, 'Tự kiểm điểm một năm trước khi chuyển')
  await writeAt(member, member.getByLabel('Ưu điểm'), 'Sinh hoạt đầy đủ.')
  await writeAt(member, member.getByLabel('Khuyết điểm'), 'Ít góp ý.')
  await pressAt(member, button('Tiếp tục'))
  await expectPage(member, 'Liên hệ với đồng chí bằng cách nào?')
  await pressAt(member, button('Tiếp tục'))
  await expectPage(member, 'Xem lại trước khi gửi')
  await pressAt(member, member.getByLabel(/Tôi cam đoan/), 'Space')
  await pressAt(member, button('Gửi hồ sơ'))
  await expectPage(member, 'Đã gửi hồ sơ')
})

test('the secretary opens the menu, accepts and signs', async () => {
  const page = await stage.visit()
  await page.goto('/sign-in')
  await signInByKeyboard(page, 'cell-secretary')
  await wearByKeyboard(page, 'cell-secretary')
  await pressAt(page, main(page).getByRole('link', { name: stage.person('member').fullName }))
  await pressAt(page, main(page).getByRole('button', { name: 'Hồ sơ đủ, nhận xử lý' }))
  await expectTold(page, 'Nhận xử lý: đã ghi nhận')
  await pressAt(page, main(page).getByRole('link', { name: 'Xem và ký giấy giới thiệu' }))
  const met = page.getByRole('group', { name: 'Ngày chi bộ họp' })
  await writeAt(page, met.getByLabel('Ngày', { exact: true }), String(Number(today.slice(8))))
  await writeAt(page, met.getByLabel('Tháng', { exact: true }), String(Number(today.slice(5, 7))))
  await writeAt(page, met.getByLabel('Năm', { exact: true }), today.slice(0, 4))
  await writeAt(page, page.getByLabel(/Nhận xét của chi bộ/), 'Chi bộ nhất trí.')
  await pressAt(page, main(page).getByRole('button', { name: 'Ký giấy giới thiệu' }))
  await expectTold(page, 'Ký giấy giới thiệu: đã ghi nhận')
})

const button = (name: string) => main(member).getByRole('button', { name })

async function writeDate(label: RegExp, date: string): Promise<void> {
  const group = member.getByRole('group', { name: label })
  const [year = '', month = '', day = ''] = date.split('-')
  await writeAt(member, group.getByLabel('Ngày', { exact: true }), String(Number(day)))
  await writeAt(member, group.getByLabel('Tháng', { exact: true }), String(Number(month)))
  await writeAt(member, group.getByLabel('Năm', { exact: true }), year)
}

async function signInByKeyboard(page: Page, role: DemoRole): Promise<void> {
  const { fullName, personalId } = stage.person(role)
  await pressAt(page, page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }))
  await pressAt(
    page,
    page.getByRole('button', { name: new RegExp(`${fullName}.*…${personalId.slice(-4)}`) }).first(),
  )
  await page.getByRole('banner').locator('summary').waitFor()
}

/** The menu of hats: opened, and closed again by Escape, before one is chosen in it. */
async function wearByKeyboard(page: Page, role: DemoRole): Promise<void> {
  const { positionName } = stage.person(role)
  const chip = page.getByRole('banner').locator('summary')
  const hat = page.getByRole('banner').getByRole('button', { name: new RegExp(`^${positionName ?? ''}`) })
  await pressAt(page, chip)
  await hat.waitFor()
  await page.keyboard.press('Escape')
  await hat.waitFor({ state: 'hidden' })
  await page.keyboard.press('Enter')
  await pressAt(page, hat)
  await chip.getByText(positionName ?? '').waitFor()
}
