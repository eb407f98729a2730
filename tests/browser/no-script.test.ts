/** Without JavaScript: the member's request, and the secretary's signature. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { decisionPdf } from '../../src/app/story/decision.ts'
import { addDays, todayIn } from '../../src/kernel/plain-date.ts'
import { expectPage, expectTold, fillDate, follow, main, press } from './forms.ts'
import { identify, openStage, PHONE, type Stage } from './stage.ts'

let stage: Stage
let today: string

beforeAll(async () => {
  stage = await openStage()
  today = todayIn(stage.instance.parts.clock.now())
})
afterEach((context) => stage.review(context))
afterAll(() => stage.close())

test('the member sends the request', async () => {
  const member = await stage.personIn('member', { viewport: PHONE, javaScriptEnabled: false })
  await follow(member, 'Chuyển sinh hoạt đảng chính thức')
  await press(member, 'Bắt đầu')
  await member.getByLabel('Chuyển nơi ở lâu dài').check()
  await member.getByLabel('Nói rõ thêm một chút').fill('Gia đình chuyển về ở lâu dài tại nơi mới.')
  await press(member, 'Tiếp tục')

  await expectPage(member, 'Quyết định hoặc giấy tờ làm căn cứ')
  await member.getByLabel('Cơ quan ban hành').fill('Công an phường Cầu Kiệu')
  await press(member, 'Tiếp tục')
  await member
    .getByRole('alert')
    .getByRole('link', { name: /ngày có hiệu lực/i })
    .waitFor()
  stage.allow(/400 \(/)
  expect(await member.getByLabel('Cơ quan ban hành').inputValue(), 'what was written is there').toBe(
    'Công an phường Cầu Kiệu',
  )
  await fillDate(member, /Ngày có hiệu lực/, addDays(today, -10))
  await press(member, 'Tiếp tục')

  await expectPage(member, 'Đính kèm quyết định hoặc giấy tờ làm căn cứ')
  await member.getByLabel('Không', { exact: true }).check()
  await press(member, 'Tiếp tục')
  await member.getByLabel('Chọn ảnh chụp hoặc tệp').setInputFiles({
    name: 'xac-nhan.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from(await decisionPdf()),
  })
  await press(member, 'Gửi tệp này')
  await follow(member, 'Xong, tiếp tục')

  await member.getByLabel('Tên đảng bộ, chi bộ nơi đến').fill('khu pho cau kieu')
  await press(member, 'Tìm')
  await member
    .getByRole('radio', { name: stage.person('destination-cell-secretary').organisationName, exact: true })
    .first()
    .check()
  await press(member, 'Chọn nơi này')
  await expectPage(member, 'Nơi đến đồng chí đã chọn')
  await follow(member, 'Tiếp tục')

  await member.getByLabel('Ưu điểm').fill('Sinh hoạt đầy đủ.')
  await member.getByLabel('Khuyết điểm').fill('Ít góp ý.')
  await press(member, 'Tiếp tục')
  await expectPage(member, 'Liên hệ với đồng chí bằng cách nào?')
  await press(member, 'Tiếp tục')
  await member.getByLabel(/Tôi cam đoan/).check()
  await press(member, 'Gửi hồ sơ')
  await expectPage(member, 'Đã gửi hồ sơ')
})

test('the secretary accepts, confirms anew and signs', async () => {
  const secretary = await stage.personIn('cell-secretary', { javaScriptEnabled: false })
  await follow(secretary, stage.person('member').fullName)
  await press(secretary, 'Hồ sơ đủ, nhận xử lý')
  await follow(secretary, 'Xem và ký giấy giới thiệu')
  await fillDate(secretary, 'Ngày chi bộ họp', today)
  await secretary.getByLabel(/Nhận xét của chi bộ/).fill('Chi bộ nhất trí.')
  await stage.ageSignIn('cell-secretary')
  await press(secretary, 'Ký giấy giới thiệu')
  await follow(secretary, 'Xác nhận bằng VNeID')
  stage.allow(/403 \(/)
  await identify(secretary, stage.person('cell-secretary'))
  expect(await secretary.getByLabel(/Nhận xét của chi bộ/).inputValue()).toBe('Chi bộ nhất trí.')
  await press(secretary, 'Ký giấy giới thiệu')
  await expectTold(secretary, 'Ký giấy giới thiệu: đã ghi nhận')
  await expectPage(secretary, 'Hồ sơ đang ở đâu')
  expect(await main(secretary).getByRole('button').count(), 'nothing more to do here').toBe(0)
})
