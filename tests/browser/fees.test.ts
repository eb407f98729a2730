/** A month of fees clicked through by its people: declared, paid on the phone, collected, paid back, remitted, and the report that adds up. */
import { PDF } from '@libpdf/core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { addToMonth, monthOf, todayIn } from '../../src/kernel/plain-date.ts'
import { verifyLedger } from '../../src/procedures/party-fees/ledger/verify.ts'
import { expectPage, expectText, expectTold, follow, main, press } from './forms.ts'
import { openStage, PHONE, type Stage } from './stage.ts'

let stage: Stage
let member: Page
let secretary: Page
let ward: Page
let month: string

beforeAll(async () => {
  stage = await openStage()
  month = monthOf(todayIn(stage.instance.parts.clock.now()))
  member = await stage.personIn('member', { viewport: PHONE })
  secretary = await stage.personIn('cell-secretary')
  ward = await stage.personIn('ward-clerk')
})
afterEach((context) => stage.review(context))
afterAll(() => stage.close())

test('a member declares another salary, and the cell approves it', async () => {
  await member.goto('/fees')
  await follow(member, /Kê khai lại/)
  await member.getByRole('radio', { name: 'Đang đi làm, đóng BHXH bắt buộc' }).check()
  const salary = member.getByLabel('Tiền lương làm căn cứ đóng BHXH của tháng trước')
  await salary.fill('8.000.000')
  // refused at the door, and another page opened: what was written is still there
  await member
    .locator('form[data-autosave] input[name=csrf]')
    .evaluate((field) => field.setAttribute('value', 'x'))
  await press(member, 'Xem mức đóng')
  await expectPage(member, 'Biểu mẫu đã cũ')
  stage.allow(/403/)
  await member.goto('/')
  await member.goto('/fees')
  await follow(member, /Kê khai lại/)
  expect(await salary.inputValue()).toBe('8.000.000')
  await press(member, 'Xem mức đóng')
  await expectText(member, '80.000 đ')
  await member.getByRole('checkbox', { name: /Tôi cam đoan/ }).check()
  await press(member, 'Gửi kê khai')
  await expectPage(member, 'Kê khai đang chờ chi bộ duyệt')
  await secretary.goto('/fees/declarations')
  await main(secretary).getByRole('table').getByRole('link').first().click()
  await press(secretary, 'Duyệt')
  await expectText(secretary, 'Đã duyệt 1 kê khai')
})

test('three presses from the first page to the code; the receipt is checked by what its QR code holds', async () => {
  await member.goto('/')
  await follow(member, /Nộp/)
  await press(member, 'Nộp bằng mã QR')
  await payAtTheBank(member)
  await expectText(member, /Biên lai số/)
  const receipt = await main(member).getByRole('link', { name: 'Mở biên lai (PDF)' }).getAttribute('href')
  const bytes = await (await member.request.get(receipt!)).body()
  const words = (await PDF.load(new Uint8Array(bytes))).extractText().map(({ text }) => text)
  const [printed] = /http\S+\/verify\/\S+/.exec(words.join('\n')) ?? []
  const stranger = await stage.visit({ viewport: PHONE })
  await stranger.goto(printed ?? '')
  await expectText(stranger, 'Còn hiệu lực')
  await stranger.goto('/verify')
  const file = { name: 'bien-lai.pdf', mimeType: 'application/pdf', buffer: bytes }
  await stranger.getByLabel('Chọn tệp PDF cần kiểm tra').setInputFiles(file)
  await press(stranger, 'Kiểm tra tệp này')
  await expectText(stranger, 'Tệp nguyên vẹn, đúng là giấy do hệ thống này phát hành.')
  await stranger.context().close()
})

test('the secretary pays for a list with one code, and takes cash from others', async () => {
  await secretary.goto('/fees/collect')
  await tick(3)
  await press(secretary, 'Tạo một mã QR nộp thay')
  await payAtTheBank(secretary)
  await expectText(secretary, /Biên lai số/)
  await secretary.goto('/fees/collect')
  await tick(4)
  await press(secretary, 'Đã nhận tiền mặt')
  await expectText(secretary, /Đã ghi \d biên lai/)
})

test('on a phone the month is short: who has to pay, then who paid, folded; a name is found once; the next step stays in sight', async () => {
  const phone = await stage.personIn('cell-secretary', { viewport: PHONE })
  await phone.goto(`/fees/month?month=${addToMonth(month, -1)}`)
  expect(await main(phone).getByRole('table').count()).toBe(0)
  const titles = await main(phone).getByRole('heading', { level: 2 }).allInnerTexts()
  expect(titles[0]).toMatch(/^Chờ nộp \(\d+\)$/)
  const fold = phone.getByText(/^Đã nộp: \d+ đồng chí, /)
  const paid = phone.locator('details', { has: fold }).getByRole('listitem')
  expect(await paid.count(), 'folded').toBe(0)
  await fold.click()
  const name = await paid.first().getByRole('link').innerText()
  expect(await phone.getByRole('link', { name: 'Thu tiền' }).last().isVisible()).toBe(true)
  await phone.getByLabel('Tìm theo tên').fill(name)
  await expectText(phone, 'Tìm thấy 1 kết quả')
  await phone.context().close()
})

test('what was paid by mistake is asked back, decided by two, paid out, and the month is open again', async () => {
  await member.goto('/fees')
  await follow(member, /Xin hoàn tiền/)
  await member.getByRole('radio', { name: 'Đã nộp hai lần' }).check()
  await member.getByLabel('Ngân hàng').selectOption({ label: 'Agribank' })
  await member.getByLabel('Số tài khoản').fill('0071000123')
  await press(member, 'Gửi yêu cầu')
  await expectText(member, 'Đã gửi yêu cầu hoàn, điều chỉnh')
  const refund = new URL(member.url()).pathname
  await secretary.goto(refund)
  await press(secretary, 'Đã đối chiếu, chuyển duyệt')
  await expectText(secretary, 'Đã đối chiếu, chuyển người thứ hai')
  await ward.goto(refund)
  await press(ward, 'Duyệt')
  await expectText(ward, 'Đã duyệt; tháng đã mở lại')
  await secretary.goto(refund)
  await secretary.getByLabel('Mã giao dịch ngân hàng').fill('FT26001')
  await press(secretary, 'Ghi đã trả')
  await expectText(secretary, 'Đã ghi trả tiền')
  await member.goto('/fees')
  await expectText(member, /chưa nộp/)
})

test('the month is shared out and remitted, the ward has it, and B01 adds up', async () => {
  const shared = addToMonth(month, -2)
  await secretary.goto('/fees/remit')
  await press(secretary, /^Trích tháng/)
  await secretary.getByRole('heading', { name: 'Báo đã nộp' }).waitFor()
  await secretary.getByLabel(/^Chuyển khoản/).check()
  await press(secretary, 'Đã nộp')
  await secretary.getByRole('heading', { name: 'Chờ cấp trên xác nhận' }).waitFor()
  const remittance = new URL(secretary.url()).pathname
  await ward.goto(remittance)
  await press(ward, 'Đã nhận đủ')
  await expectText(ward, 'Mở biên nhận')
  await secretary.goto(`/fees/books?book=b01&period=${shared}`)
  await expectPage(secretary, /^B01\/ĐP/)
  const answer = await secretary.request.get(`/api/v1/fees/books?book=b01&period=${shared}`)
  const book = (await answer.json()) as Book
  const of = (code: string) => Number(book.rows.find(({ cells }) => cells.code === code)?.cells.all)
  expect(book.failed).toEqual([])
  expect(of('02')).toBeGreaterThan(0)
  expect(of('04')).toBe(of('05') + of('06') + of('07'))
  expect(of('12')).toBe(of('02') - of('04'))
  expect(of('14')).toBe(of('12')) // at the end of that month nothing had gone up yet
  const paper = await secretary.request.get(`/fees/books.pdf?book=b01&period=${shared}`)
  expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await verifyLedger(stage.instance.parts.database)).problems).toEqual([])
})

interface Book {
  readonly failed: readonly string[]
  readonly rows: readonly { readonly cells: Readonly<Record<string, string | number | null>> }[]
}

/** The code's own way into the demonstration's bank, and back to what was paid. */
async function payAtTheBank(page: Page): Promise<void> {
  const order = page.url()
  await follow(page, /Ngân hàng giả lập|ngân hàng giả lập/)
  await press(page, 'Chuyển tiền')
  await expectTold(page, 'Ngân hàng đã báo có')
  await page.goto(order)
}

/** So many of the lines that are open, the first ones. */
async function tick(count: number): Promise<void> {
  const boxes = main(secretary).getByRole('table').getByRole('row').getByRole('checkbox')
  for (let place = 1; place <= count; place += 1) await boxes.nth(place).check()
}
