/** The main job clicked through by its people: from the member's phone to the new cell, and the letter checked by a stranger. */
import { PDF } from '@libpdf/core'
import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { decisionPdf } from '../../src/app/story/decision.ts'
import { addDays, todayIn } from '../../src/kernel/plain-date.ts'
import { expectPage, expectText, expectTold, fillDate, follow, main, press } from './forms.ts'
import { largePhoto } from './photo.ts'
import { identify, openStage, PHONE, type Stage } from './stage.ts'

let stage: Stage
let today: string
/** path of the dossier's page */
let dossier: string
let member: Page

beforeAll(async () => {
  stage = await openStage()
  today = todayIn(stage.instance.parts.clock.now())
})
afterEach((context) => stage.review(context))
afterAll(() => stage.close())

test('the member answers question by question on a phone, with a PDF and a photo', async () => {
  member = await stage.personIn('member', { viewport: PHONE })
  await follow(member, 'Chuyển sinh hoạt đảng chính thức')
  await press(member, 'Bắt đầu')

  await expectPage(member, 'Vì sao đồng chí chuyển sinh hoạt đảng?')
  await member.getByLabel('Chuyển nơi ở lâu dài').check()
  await member.getByLabel('Nói rõ thêm một chút').fill('Gia đình chuyển về ở lâu dài tại nơi mới.')
  await press(member, 'Tiếp tục')

  await expectPage(member, 'Quyết định hoặc giấy tờ làm căn cứ')
  dossier = new URL(member.url()).pathname.split('/questions')[0]!
  await member.getByLabel('Số quyết định').fill('15/XN-CT')
  await member.getByLabel('Cơ quan ban hành').fill('Công an phường Cầu Kiệu')
  await fillDate(member, 'Ngày ký', addDays(today, -10))
  await fillDate(member, /Ngày có hiệu lực/, addDays(today, -10))
  await press(member, 'Tiếp tục')

  await expectPage(member, 'Đính kèm quyết định hoặc giấy tờ làm căn cứ')
  await member.getByLabel('Không', { exact: true }).check()
  await press(member, 'Tiếp tục')
  await upload(member, {
    name: 'xac-nhan.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from(await decisionPdf()),
  })
  await main(member).getByRole('link', { name: 'xac-nhan.pdf' }).waitFor()

  const photo = await largePhoto(member)
  const chooser = member.getByLabel('Chọn ảnh chụp hoặc tệp')
  await chooser.setInputFiles({ name: 'trang-2.png', mimeType: 'image/png', buffer: photo })
  await member.getByText(/Ảnh đã thu nhỏ từ .* còn .* để gửi nhanh hơn/).waitFor()
  await press(member, 'Gửi tệp này')
  const sent = main(member).getByRole('link', { name: 'trang-2.jpg' })
  await sent.waitFor()
  const stored = await (await member.request.get((await sent.getAttribute('href'))!)).body()
  expect(stored.length, 'the photo was made smaller before it was sent').toBeLessThan(photo.length / 2)
})

test('goes back and forth, leaves, and finds everything again', async () => {
  await follow(member, 'Xong, tiếp tục')
  await expectPage(member, 'Đồng chí chuyển đến tổ chức đảng nào?')
  await member.getByRole('link', { name: 'Quay lại' }).click()
  await expectPage(member, 'Đính kèm quyết định hoặc giấy tờ làm căn cứ')
  await member.getByRole('link', { name: 'Quay lại' }).click()
  await expectPage(member, 'Quyết định hoặc giấy tờ làm căn cứ')
  expect(await member.getByLabel('Cơ quan ban hành').inputValue()).toBe('Công an phường Cầu Kiệu')
  await follow(member, 'Để sau, về trang chính')

  await follow(member, 'Làm tiếp')
  await expectPage(member, 'Đồng chí chuyển đến tổ chức đảng nào?')
})

test('chooses the destination from the suggestions and sees the way of the letter', async () => {
  const field = member.getByRole('combobox', { name: 'Tên đảng bộ, chi bộ nơi đến' })
  await field.pressSequentially('khu pho 5 cau kieu')
  const { organisationName } = stage.person('destination-cell-secretary')
  await member.getByRole('option', { name: new RegExp(`^${organisationName}\\b`) }).click()
  await press(member, 'Tìm')
  await expectPage(member, 'Nơi đến đồng chí đã chọn')
  await expectText(member, /Ban Tổ chức .* giới thiệu đến/)
  await follow(member, 'Tiếp tục')
})

test('reviews oneself, reads everything once more, and sends', async () => {
  await expectPage(member, 'Tự kiểm điểm một năm trước khi chuyển')
  await member.getByLabel('Ưu điểm').fill('Chấp hành tốt chủ trương; sinh hoạt đầy đủ.')
  await member.getByLabel('Khuyết điểm').fill('Có lúc chưa mạnh dạn góp ý.')
  await press(member, 'Tiếp tục')
  await expectPage(member, 'Liên hệ với đồng chí bằng cách nào?')
  await member.getByLabel('Số điện thoại').fill('0900000001')
  await press(member, 'Tiếp tục')

  await expectPage(member, 'Xem lại trước khi gửi')
  await expectText(member, 'Công an phường Cầu Kiệu')
  await stage.ageSignIn('member')
  await member.reload()
  await follow(member, 'Xác nhận bằng VNeID để gửi')
  await identify(member, stage.person('member'))
  await member.getByLabel(/Tôi cam đoan/).check()
  await press(member, 'Gửi hồ sơ')
  await expectPage(member, 'Đã gửi hồ sơ')
})

test('the cell secretary accepts, writes the comment, confirms anew and signs', async () => {
  const secretary = await stage.personIn('cell-secretary')
  await openFromQueue(secretary)
  await press(secretary, 'Hồ sơ đủ, nhận xử lý')
  await follow(secretary, 'Xem và ký giấy giới thiệu')
  await fillDate(secretary, 'Ngày chi bộ họp', today)
  await secretary.getByLabel(/Nhận xét của chi bộ/).fill('Chi bộ nhất trí với bản tự kiểm điểm.')
  await stage.ageSignIn('cell-secretary')
  await press(secretary, 'Ký giấy giới thiệu')
  await expectPage(secretary, 'Xác nhận lại bằng VNeID trước khi ký')
  stage.allow(/403/)
  await follow(secretary, 'Xác nhận bằng VNeID')
  await identify(secretary, stage.person('cell-secretary'))
  expect(await secretary.getByLabel(/Nhận xét của chi bộ/).inputValue(), 'what was written is kept').toBe(
    'Chi bộ nhất trí với bản tự kiểm điểm.',
  )
  await press(secretary, 'Ký giấy giới thiệu')
  await expectTold(secretary, 'Ký giấy giới thiệu: đã ghi nhận')
  await secretary.context().close()
})

test('the ward refers, numbers and seals; its page waits by itself', async () => {
  const deputy = await stage.personIn('ward-deputy-secretary')
  await openFromQueue(deputy)
  await follow(deputy, 'Xem và ký giấy giới thiệu')
  await deputy.getByLabel(/Nhận xét của cấp ủy cơ sở/).fill('Đảng ủy nhất trí với nhận xét của chi bộ.')
  await deputy.getByLabel(/Phiếu bổ sung hồ sơ/).check()
  await press(deputy, 'Ký giấy giới thiệu')
  await expectTold(deputy, 'Ký giấy giới thiệu: đã ghi nhận')
  await deputy.context().close()
  await numberAndSeal('ward-clerk', 'Ban Tổ chức')
})

test('the organisation commission refers on', async () => {
  const signer = await stage.personIn('commission-signer')
  await openFromQueue(signer)
  await follow(signer, 'Ký giấy giới thiệu')
  await press(signer, 'Ký giấy giới thiệu')
  await expectTold(signer, 'Ký giấy giới thiệu: đã ghi nhận')
  await signer.context().close()
  await numberAndSeal('commission-clerk', 'Đảng ủy Phường Tân Tạo')
})

test('the sealed paper file is handed over, and the destination receives and assigns', async () => {
  const clerk = await stage.personIn('ward-clerk')
  await openFromQueue(clerk)
  await follow(clerk, 'Giao hồ sơ niêm phong')
  await clerk.getByLabel('Số niêm phong').fill('NP-0001')
  await press(clerk, 'Đã giao hồ sơ')
  await expectTold(clerk, 'Giao hồ sơ niêm phong: đã ghi nhận')
  await clerk.context().close()

  const deputy = await stage.personIn('destination-deputy-secretary')
  await follow(deputy, /Sắp đến tôi/)
  await openFromQueue(deputy)
  await follow(deputy, 'Tiếp nhận hồ sơ')
  await deputy.getByLabel('Còn nguyên', { exact: true }).check()
  await press(deputy, 'Ghi tiếp nhận')
  await expectTold(deputy, 'Tiếp nhận hồ sơ: đã ghi nhận')
  await follow(deputy, 'Phân về chi bộ')
  await deputy
    .getByLabel(stage.person('destination-cell-secretary').organisationName, { exact: true })
    .check()
  await press(deputy, 'Phân về chi bộ này')
  await expectTold(deputy, 'Phân về chi bộ: đã ghi nhận')
  await deputy.context().close()
})

test('the new cell admits, and the member sees it', async () => {
  const secretary = await stage.personIn('destination-cell-secretary')
  await openFromQueue(secretary)
  await follow(secretary, 'Tiếp nhận vào chi bộ')
  await press(secretary, 'Ký tiếp nhận')
  await expectTold(secretary, 'Tiếp nhận vào chi bộ: đã ghi nhận')
  await secretary.context().close()

  await member.goto('/')
  await member.getByText(/Đã xong/).click()
  await follow(member, /Chuyển sinh hoạt đảng chính thức/)
  await member.goto(dossier)
  const answer = await member.request.get(dossier.replace('/transfers/', '/api/v1/official-transfers/'))
  expect(((await answer.json()) as { status: string }).status).toBe('completed')
})

test('the letter is downloaded, and a stranger checks it by its address and as a file', async () => {
  const side = member.getByRole('complementary')
  const item = side
    .getByRole('listitem')
    .filter({ hasText: /Giấy giới thiệu/ })
    .filter({ hasText: 'Ban Tổ chức' })
  const [download] = await Promise.all([
    member.waitForEvent('download'),
    item.getByRole('link', { name: /Giấy giới thiệu/ }).click(),
  ])
  const bytes = await readFile(await download.path())
  const words = (await PDF.load(new Uint8Array(bytes))).extractText().map(({ text }) => text)
  const [printed] = /http\S+\/verify\/\S+/.exec(words.join('\n')) ?? []

  const stranger = await stage.visit({ viewport: PHONE })
  await stranger.goto(printed ?? '') // the address that the QR code beside it holds
  await expectText(stranger, 'Còn hiệu lực')
  await expectText(stranger, 'Giấy giới thiệu sinh hoạt đảng')
  expect(await main(stranger).innerText()).not.toContain(stage.person('member').fullName)

  await stranger.goto('/verify')
  const file = { name: download.suggestedFilename(), mimeType: 'application/pdf', buffer: bytes }
  await stranger.getByLabel('Chọn tệp PDF cần kiểm tra').setInputFiles(file)
  await press(stranger, 'Kiểm tra tệp này')
  await stranger.getByText('Tệp nguyên vẹn, đúng là giấy do hệ thống này phát hành.').waitFor()
  await stranger.context().close()
})

test('both registers carry the line', async () => {
  for (const role of ['ward-clerk', 'destination-clerk'] as const) {
    const clerk = await stage.personIn(role)
    await clerk.getByRole('navigation').getByRole('link', { name: 'Sổ giới thiệu' }).click()
    await expectText(clerk, stage.person('member').fullName)
    await clerk.context().close()
  }
})

async function upload(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.getByLabel('Chọn ảnh chụp hoặc tệp').setInputFiles(file)
  await press(page, 'Gửi tệp này')
}

/** An officer's first page holds the dossier; opening it there. */
async function openFromQueue(page: Page): Promise<void> {
  await follow(page, stage.person('member').fullName)
  await page.waitForURL(`**${dossier}`)
}

async function numberAndSeal(role: 'ward-clerk' | 'commission-clerk', next: string): Promise<void> {
  const clerk = await stage.personIn(role)
  await openFromQueue(clerk)
  await press(clerk, 'Lấy số và đóng dấu')
  // The page loads itself again until the seal is there.
  await clerk.getByText(`Đang ở: ${next}`).first().waitFor()
  await clerk.context().close()
}
