/** VNeID goes away and comes back, clicked through with an authenticator the browser plays: key, draft, queue, completion. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { expectPage, expectText, follow, main, press } from './forms.ts'
import { openEyes } from './eyes.ts'
import { identify, openStage, PHONE, type Stage } from './stage.ts'

let stage: Stage
let member: Page
const eyes = openEyes()

beforeAll(async () => {
  stage = await openStage()
})
afterEach((context) => stage.review(context))
afterAll(() => stage.close())

/** A telephone that knows its owner by fingerprint. */
async function authenticatorOf(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function switchVneid(page: Page, button: string): Promise<void> {
  await page.goto('/demo')
  await press(page, button)
}

test('a member adds a passkey on the own page, and is told of it', async () => {
  member = await stage.personIn('member', { viewport: PHONE })
  await authenticatorOf(member)
  await member.goto('/sessions')
  await expectText(member, 'Đồng chí chưa đăng ký khóa truy cập nào.')
  await member.getByLabel('Đặt tên cho khóa').fill('Điện thoại của tôi')
  await press(member, 'Thêm khóa trên thiết bị này')
  await expectText(member, 'Đã thêm khóa truy cập')
  await expectText(member, 'Điện thoại của tôi')
  expect(await eyes.lookHere(member)).toEqual([])
  await member.goto('/notices')
  await expectText(member, 'Một khóa truy cập vừa được thêm vào tài khoản của đồng chí.')
})

test('the draft of a request is begun, then VNeID goes away', async () => {
  await member.goto('/')
  await follow(member, 'Chuyển sinh hoạt đảng chính thức')
  await press(member, 'Bắt đầu')
  await expectPage(member, 'Vì sao đồng chí chuyển sinh hoạt đảng?')
  await switchVneid(member, 'Cho VNeID ngừng trả lời')
  await expectText(member, 'VNeID (giả) đang không trả lời.')
  expect(await eyes.lookHere(member)).toEqual([])
  await member.goto('/sessions')
  await press(member, 'Kết thúc tất cả, cả phiên này')
})

test('the sign-in page says so, and the passkey opens a session that reads and drafts', async () => {
  await member.goto('/sign-in')
  await expectText(member, /VNeID hiện không phản hồi \(từ \d\d:\d\d/)
  expect(await eyes.lookHere(member)).toEqual([])
  await press(member, 'Vào bằng khóa truy cập')
  await member.getByRole('banner').getByText('Đồng chí vào bằng khóa truy cập').waitFor()
  await follow(member, 'Làm tiếp')
  await expectPage(member, 'Vì sao đồng chí chuyển sinh hoạt đảng?')
  await member.getByLabel('Chuyển nơi ở lâu dài').check()
  await member.getByLabel('Nói rõ thêm một chút').fill('Gia đình chuyển nhà.')
  await press(member, 'Tiếp tục')
  await expectPage(member, 'Quyết định hoặc giấy tờ làm căn cứ')
})

test('what is official is queued, shown to its owner, and nothing happened yet', async () => {
  const dossier = new URL(member.url()).pathname.split('/questions')[0]!
  await member.goto(`${dossier}?do=withdraw`)
  await member.getByLabel(/Lý do/).fill('Chưa chuyển nữa.')
  expect(await eyes.lookHere(member)).toEqual([])
  await press(member, 'Xếp hàng chờ xác thực')
  await expectText(member, 'Đã xếp hàng, chờ xác thực')
  expect(await eyes.lookHere(member)).toEqual([])
  await member.goto('/')
  await expectText(member, '1 việc chờ xác thực mức độ 2')
  expect(await eyes.lookHere(member)).toEqual([])
  await follow(member, 'Xem các việc này')
  await expectText(member, /VNeID hiện không phản hồi/)
  expect(await eyes.lookHere(member)).toEqual([])
})

test('VNeID back, one confirmation and one press complete it', async () => {
  await switchVneid(member, 'Cho VNeID hoạt động lại')
  await member.goto('/queued')
  await follow(member, 'Xác nhận bằng VNeID để hoàn tất')
  await identify(member, stage.person('member'))
  expect(await eyes.lookHere(member)).toEqual([])
  await press(member, 'Hoàn tất việc này')
  await expectText(member, 'Đã hoàn tất 1 việc.')
  expect(await eyes.lookHere(member)).toEqual([])
  await follow(member, 'Về Việc chờ xác thực')
  await expectText(member, /Đã soạn lúc .*, hoàn tất lúc /)
  const administrator = await stage.personIn('administrator')
  await administrator.goto('/')
  await expectText(administrator, 'VNeID không phản hồi')
  expect(await eyes.lookHere(administrator)).toEqual([])
})

test('the key is removed by one press', async () => {
  await member.goto('/sessions')
  await main(member).getByRole('button', { name: 'Gỡ', exact: true }).click()
  await expectText(member, 'Đã gỡ khóa truy cập')
  await expectText(member, 'Đồng chí chưa đăng ký khóa truy cập nào.')
})
