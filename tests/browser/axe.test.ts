/** Every page, for every part that reaches it, on a phone and at a desk: nothing axe finds, nothing wider than the screen. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openMetrics } from '../../src/app/metrics.ts'
import { buildServer } from '../../src/app/server.ts'
import { sql } from '../../src/kernel/db.ts'
import { addDays, addToMonth, monthOf, todayIn } from '../../src/kernel/plain-date.ts'
import type { DemoRole } from '../../src/registry/demo.ts'
import { openLinesOf } from '../../src/procedures/party-fees/paying/cash.ts'
import { settleLines } from '../../src/procedures/party-fees/paying/settle.ts'
import { attach as attachMoney } from '../../src/procedures/party-fees/reviewing/acts.ts'
import { faultsOf } from './accessible.ts'
import { openEyes, type Eyes } from './eyes.ts'
import { expectPage, expectText, follow, main, press } from './forms.ts'
import { ask, attach, memberOf, reached, requestOf, tell } from './shortcut.ts'
import { commentsAtCell } from './residence.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let eyes: Eyes

beforeAll(async () => {
  stage = await openStage()
  eyes = openEyes()
})
afterEach((context) => stage.review(context))
afterAll(() => stage.close())

/** What whoever is signed in may open. */
const OWN = [
  '/',
  '/notices',
  '/sessions',
  '/queued',
  '/delegations',
  '/my-record',
  '/my-record/report',
  '/my-record/readings',
  '/my-record/data',
  '/my-record/choices',
  '/my-record/notice',
  '/transfers/begin',
  '/temporary-transfers/begin',
  '/residence-comments/begin',
]

/** What officers open besides. */
const OFFICE = [
  '/?queue=waiting',
  '/?queue=coming',
  '/registry',
  '/registry/members',
  '/registry/members?q=nguyen',
  '/registry/members/print',
  '/registry/corrections',
  '/registry/questions',
  '/registers',
  '/settings',
  '/settings/calendar',
  '/settings/offices',
  '/settings/processing',
  '/settings/breaches',
  '/access',
  '/access/matrix',
  '/import',
  '/fees/month',
  '/fees/declarations',
  '/fees/region',
  '/fees/report-column',
  '/fees/follow',
  '/fees/follow?sort=share&low=yes',
  '/fees/follow/print',
  '/temporary-transfers/guests',
  '/residence-referrals',
  '/residence-comments',
  '/residence-comments/ask',
  '/residence-comments/sitting',
  '/residence-comments/sitting?show=lacking',
  '/residence-comments/sitting/print',
  '/residence-comments/season',
]

/** Not every office reads all of these: then the refusal is looked at. */
const MAY_REFUSE = [200, 403, 404]

const DEMO = join(import.meta.dirname, '..', '..', 'data', 'demo')

const OFFICERS: readonly DemoRole[] = [
  'cell-secretary',
  'ward-deputy-secretary',
  'ward-clerk',
  'commission-clerk',
  'building-officer',
  'inspector',
  'administrator',
]

test('the eyes are open: they find what is wrong', async () => {
  const page = await stage.visit()
  await page.setContent(
    '<html lang="vi"><title>x</title><main><h1>x</h1><img src="data:,"><p style="width:5000px">x',
  )
  expect((await page.locator('p').boundingBox())?.height, 'this Chromium has no font').toBeGreaterThan(0)
  const faults = (await faultsOf(page)).join()
  expect(faults).toContain('image-alt')
  expect(faults).toContain('wider than the screen')
  await page.context().close()
})

test('pages for everybody', async () => {
  const page = await stage.visit()
  expect(
    await eyes.look(page, ['/sign-in', '/about', '/verify', '/demo', '/demo/bank', '/offline', '/gallery']),
  ).toEqual([])
  await page.context().close()
  stage.allow(/gallery: Failed to load resource/) // its sample of long work asks an address that is none
})

test.each(['member', 'probationary-member'] as const)('first pages of the %s', async (role) => {
  const page = await stage.personIn(role)
  expect(
    await eyes.look(page, [
      ...OWN,
      '/fees/declare',
      '/about',
      '/demo',
      '/demo/bank?account=100&amount=80.000&note=DP',
      '/verify',
    ]),
  ).toEqual([])
  await page.context().close()
})

test.each(OFFICERS)('pages of the %s', async (role) => {
  const page = await stage.personIn(role)
  const offered = await page
    .getByRole('navigation')
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  expect(await eyes.look(page, [...offered, ...OWN])).toEqual([])
  const { memberId, organisationId } = stage.person(role)
  const places = [
    `/registry/organisations/${organisationId}`,
    `/registry/members/${memberId}`,
    `/settings/offices/${stage.person('ward-clerk').officeId}/end`,
  ]
  const on = `on=${addDays(todayIn(stage.instance.parts.clock.now()), -40)}`
  const past = [
    `/registry?${on}`,
    `/registry/organisations/${organisationId}?from=2025-07-02`,
    `/registry/members?${on}`,
    `/registry/members/print?${on}`,
    `/registry/members/${memberId}?${on}`,
    `/settings?${on}`,
    `/settings/offices?${on}`,
  ]
  expect(
    await eyes.look(
      page,
      [...OFFICE, ...places, ...past, `/members/${stage.person('member').memberId}/holds`],
      MAY_REFUSE,
    ),
  ).toEqual([])
  stage.allow(/40[34] \(/)
  await page.context().close()
})

test('a declaration for the fee, written, reviewed, and as the cell sees it', async () => {
  const member = await stage.personIn('member')
  const secretary = await stage.personIn('cell-secretary')
  await member.goto('/fees/declare')
  await member.getByRole('radio', { name: 'Đang đi làm, đóng BHXH bắt buộc' }).check()
  await member.getByLabel('Tiền lương làm căn cứ đóng BHXH của tháng trước').fill('')
  await member.getByRole('main').getByRole('button', { name: 'Xem mức đóng' }).click()
  await member.getByRole('alert').waitFor()
  stage.allow(/400 \(Bad Request\)/)
  const faults = await eyes.lookHere(member)
  await member.getByLabel('Tiền lương làm căn cứ đóng BHXH của tháng trước').fill('8.000.000')
  await member.getByRole('main').getByRole('button', { name: 'Xem mức đóng' }).click()
  await member.waitForURL('**/fees/declare/check')
  faults.push(...(await eyes.look(member, ['/fees/declare/check'])))
  await member.getByRole('checkbox', { name: /Tôi cam đoan/ }).check()
  await press(member, 'Gửi kê khai')
  await member.getByRole('heading', { name: 'Kê khai đang chờ chi bộ duyệt' }).waitFor()
  faults.push(...(await eyes.look(member, ['/fees/declare'])))
  const id = await memberOf(member)
  faults.push(...(await eyes.look(secretary, ['/fees/declarations', '/fees/month'])))
  await secretary.goto('/fees/declarations')
  await secretary.getByRole('main').getByRole('table').getByRole('link').first().click()
  await press(secretary, 'Duyệt')
  await secretary.getByText('Đã duyệt 1 kê khai').waitFor()
  faults.push(
    ...(await eyes.look(secretary, [
      new URL(secretary.url()).pathname,
      '/fees/month?state=to-pay',
      `/fees/members/${id}`,
      `/fees/members/${id}/declare`,
    ])),
  )
  await secretary.getByRole('radio', { name: 'Học sinh, sinh viên' }).check()
  await secretary.getByRole('main').getByRole('button', { name: 'Xem mức đóng' }).click()
  await secretary.waitForURL('**/declare/check')
  faults.push(...(await eyes.look(secretary, [new URL(secretary.url()).pathname])))
  expect(faults).toEqual([])
  await member.context().close()
  await secretary.context().close()
})

test('a relief: asked with a slip, as the cell hands it up, as the committee decides, and what the member reads', async () => {
  const member = await stage.personIn('member')
  const secretary = await stage.personIn('cell-secretary')
  const clerk = await stage.personIn('ward-clerk')
  const faults = await eyes.look(member, ['/fees/relief', '/fees/relief/new'])
  await press(member, 'Gửi đơn')
  await member.getByRole('alert').waitFor()
  stage.allow(/400 \(Bad Request\)/)
  faults.push(...(await eyes.lookHere(member)))
  await member.getByRole('radio', { name: 'Giảm hoặc miễn vì khó khăn khác' }).check()
  await member.getByRole('radio', { name: 'Giảm 70 %: còn đóng 30 %' }).check()
  const until = member.getByRole('group', { name: 'Đến hết tháng nào?' })
  const from = member.getByRole('group', { name: 'Từ tháng nào?' })
  const today = todayIn(stage.instance.parts.clock.now())
  for (const group of [from, until]) {
    await group.getByLabel('Tháng').fill(today.slice(5, 7))
    await group.getByLabel('Năm').fill(today.slice(0, 4))
  }
  await member.getByLabel('Lý do và hoàn cảnh').fill('Con nằm viện dài ngày, thu nhập giảm.')
  faults.push(...(await eyes.lookHere(member)))
  await press(member, 'Gửi đơn')
  await member.getByText('Đã gửi đơn cho chi bộ').waitFor()
  faults.push(...(await eyes.lookHere(member)))
  faults.push(...(await eyes.look(secretary, ['/fees/reliefs'])))
  await main(secretary)
    .getByRole('link', { name: stage.person('member').fullName })
    .first()
    .click()
  await secretary.getByRole('radio', { name: 'Đồng ý, đề nghị giải quyết' }).check()
  faults.push(...(await eyes.lookHere(secretary)))
  const relief = new URL(secretary.url()).pathname
  await press(secretary, 'Trình cấp trên')
  await secretary.getByText('Đã trình').waitFor()
  faults.push(...(await eyes.look(secretary, [relief, `/fees/members/${await memberOf(member)}/relief/new`])))
  faults.push(...(await eyes.look(clerk, ['/fees/reliefs', relief])))
  await press(clerk, 'Đồng ý theo quyết định này')
  await clerk.getByRole('alert').waitFor()
  stage.allow(/400 \(Bad Request\)/)
  faults.push(...(await eyes.lookHere(clerk)))
  await clerk.getByLabel('Số quyết định hoặc nghị quyết').fill('12-QĐ/ĐU')
  await press(clerk, 'Đồng ý theo quyết định này')
  await clerk.getByText('Đã đồng ý. Đảng viên được báo tin.').waitFor()
  faults.push(...(await eyes.lookHere(clerk)), ...(await eyes.look(clerk, ['/fees/reliefs'])))
  faults.push(...(await eyes.look(member, ['/fees/relief', '/fees'])))
  expect(faults).toEqual([])
  for (const page of [member, secretary, clerk]) await page.context().close()
})

test('a fee moved from one month to another, from the question to the new receipt', async () => {
  const member = await stage.personIn('member')
  const secretary = await stage.personIn('cell-secretary')
  const clerk = await stage.personIn('ward-clerk')
  await member.goto('/fees')
  await member
    .getByRole('link', { name: /Xin hoàn tiền/ })
    .first()
    .click()
  await member.getByRole('radio', { name: 'Nộp nhầm tháng' }).check()
  await member.getByRole('radio', { name: 'Chuyển sang tháng khác của tôi' }).check()
  const faults = await eyes.lookHere(member)
  await press(member, 'Gửi yêu cầu')
  await member.getByRole('alert').waitFor()
  stage.allow(/400 \(Bad Request\)/)
  faults.push(...(await eyes.lookHere(member)))
  await member
    .getByRole('group', { name: /Chuyển sang/ })
    .getByRole('checkbox')
    .first()
    .check()
  await press(member, 'Gửi yêu cầu')
  await member.getByText('Đã gửi yêu cầu').waitFor()
  const moved = new URL(member.url()).pathname
  faults.push(...(await eyes.look(secretary, [moved])))
  await press(secretary, 'Đã đối chiếu, chuyển duyệt')
  await secretary.getByText('Đã đối chiếu, chuyển người thứ hai').waitFor()
  faults.push(...(await eyes.look(clerk, [moved])))
  await press(clerk, 'Duyệt')
  await clerk.getByText('Đã duyệt; tiền đã chuyển sang khoản đúng').waitFor()
  faults.push(...(await eyes.lookHere(clerk)), ...(await eyes.look(member, [moved, '/fees'])))
  expect(faults).toEqual([])
  for (const page of [member, secretary, clerk]) await page.context().close()
})

test('a fee asked back, compared, approved and paid out; an account declared and verified', async () => {
  const member = await stage.personIn('member')
  const secretary = await stage.personIn('cell-secretary')
  const clerk = await stage.personIn('ward-clerk')
  await member.goto('/fees')
  await member
    .getByRole('link', { name: /Xin hoàn tiền/ })
    .first()
    .click()
  const asked = new URL(member.url())
  await press(member, 'Gửi yêu cầu')
  await member.getByRole('alert').waitFor()
  stage.allow(/400 \(Bad Request\)/)
  const faults = await eyes.lookHere(member)
  faults.push(...(await eyes.look(member, [asked.pathname + asked.search])))
  await member.getByRole('radio', { name: 'Đã nộp hai lần' }).check()
  await member.getByLabel('Ngân hàng').selectOption({ label: 'Agribank' })
  await member.getByLabel('Số tài khoản').fill('0071 0001 23')
  await press(member, 'Gửi yêu cầu')
  await member.getByText('Đã gửi yêu cầu hoàn, điều chỉnh').waitFor()
  const refund = new URL(member.url()).pathname
  faults.push(...(await eyes.look(secretary, ['/fees/refunds', refund])))
  await press(secretary, 'Đã đối chiếu, chuyển duyệt')
  await secretary.getByText('Đã đối chiếu, chuyển người thứ hai').waitFor()
  faults.push(...(await eyes.look(clerk, ['/fees/refunds', refund])))
  await press(clerk, 'Duyệt')
  await clerk.getByText('Đã duyệt; tháng đã mở lại').waitFor()
  faults.push(...(await eyes.look(secretary, [refund, `${refund}/voucher`])))
  faults.push(...(await eyes.look(member, [refund, '/fees'])))

  await secretary.goto('/fees/accounts')
  await secretary.getByLabel('Ngân hàng').selectOption({ label: 'Agribank' })
  await secretary.getByLabel('Số tài khoản').fill('9988 7766 55')
  await secretary.getByLabel('Chủ tài khoản').fill('Chi bộ khu phố')
  await press(secretary, 'Khai tài khoản này')
  await secretary.getByText('Đã khai tài khoản, chờ người khác xác thực').waitFor()
  faults.push(...(await eyes.look(secretary, ['/fees/accounts'])))
  await clerk.goto('/fees/accounts')
  await clerk
    .getByRole('main')
    .getByRole('link', { name: /^Xác thực/ })
    .first()
    .click()
  faults.push(
    ...(await eyes.look(clerk, [new URL(clerk.url()).pathname, '/fees/accounts', '/fees/accounts/below'])),
  )
  expect(faults).toEqual([])
  await Promise.all([member, secretary, clerk].map((page) => page.context().close()))
})

test('a member’s rights: who looked, asking about it, an error reported and followed', async () => {
  const member = await stage.personIn('member')
  const secretary = await stage.personIn('cell-secretary')
  const inspector = await stage.personIn('inspector')
  for (const _ of [1, 2]) await secretary.goto(`/registry/members/${await memberOf(member)}`)
  await tell(member, '/api/v1/my-record/corrections', {
    field: 'ethnicity',
    proposed: 'Tày',
    explanation: 'Giấy khai sinh ghi dân tộc Tày.',
  })
  const read = async (path: string) => (await member.request.get(`/api/v1/my-record/${path}`)).json()
  const { lines } = (await read('readings')) as { lines: { key: string }[] }
  const { corrections } = (await read('corrections')) as { corrections: { id: string }[] }
  const line = lines[0]?.key ?? ''
  const faults = await eyes.look(member, [
    '/my-record',
    '/my-record/readings',
    `/my-record/readings/ask?line=${encodeURIComponent(line)}`,
    `/my-record/corrections/${corrections[0]?.id}`,
  ])
  const question = 'Tôi không làm thủ tục nào, vì sao hồ sơ được mở?'
  await tell(member, '/api/v1/my-record/readings/questions', { line, question })
  faults.push(...(await eyes.look(member, ['/my-record/readings'])))
  faults.push(...(await eyes.look(secretary, ['/registry/corrections'])))
  faults.push(...(await eyes.look(inspector, ['/registry/questions'])))
  expect(faults).toEqual([])
  for (const page of [member, secretary, inspector]) await page.context().close()
})

test('an import and its result', async () => {
  const page = await stage.personIn('building-officer')
  for (const kind of [/Đảng viên/, /Tổ chức đảng/]) {
    await page.goto('/import')
    await page.getByRole('radio', { name: kind }).check()
    await page.getByLabel('Bảng tính').setInputFiles(join(DEMO, 'ward-tan-tao', 'members.xlsx'))
    await press(page, 'Kiểm tra thử')
    await page.waitForURL(/\/import\/[0-9a-f-]{36}/)
    expect(await eyes.lookHere(page)).toEqual([])
    await page
      .getByText(/^(Đã kiểm tra thử|Không nhận được tệp)/)
      .first()
      .waitFor({ timeout: 60_000 })
    expect(await eyes.look(page, [new URL(page.url()).pathname])).toEqual([])
  }
  await page.context().close()
})

test('the request, question by question, and with something wrong', async () => {
  const page = await stage.personIn('probationary-member')
  const draft = randomUUID()
  await ask(page, draft, 'save-draft', {})
  const questions = ['reason', 'decision', 'decision-file', 'destination', 'review', 'contact', 'check']
  const at = (question: string) => `/transfers/${draft}/questions/${question}`
  const pages = [`/transfers/${draft}`, ...questions.map(at), `${at('destination')}?q=khu+pho+3`]
  expect(await eyes.look(page, [...pages, `${at('decision-file')}?upload=yes`, '/'])).toEqual([])

  await page.goto(at('decision'))
  await press(page, 'Tiếp tục')
  await page.getByRole('alert').waitFor()
  stage.allow(/400 \(Bad Request\)/)
  expect(await eyes.lookHere(page)).toEqual([])

  await ask(page, draft, 'save-draft', await requestOf(stage))
  await attach(page, draft)
  expect(await eyes.look(page, [at('destination'), at('decision-file'), at('check')])).toEqual([])
  await page.context().close()
})

test('a dossier at every step, for whoever acts and for its member', async () => {
  const id = randomUUID()
  const today = todayIn(stage.instance.parts.clock.now())
  const member = await stage.personIn('member')
  const dossier = `/transfers/${id}`
  const doing = (...commands: string[]) => commands.map((command) => `${dossier}?do=${command}`)
  const found: string[] = []
  const see = async (page: Page, ...addresses: string[]) => found.push(...(await eyes.look(page, addresses)))
  const leaves = (page: Page) => page.context().close() // whose part is over: all at once they are two dozen processes

  await ask(member, id, 'save-draft', await requestOf(stage))
  await attach(member, id)
  await ask(member, id, 'submit', { declared: true })
  await see(member, '/', `${dossier}/sent`, dossier, ...doing('withdraw'))

  const secretary = await stage.personIn('cell-secretary')
  await see(secretary, '/', dossier, ...doing('ask-supplement', 'extend-intake', 'refuse', 'return'))
  await ask(secretary, id, 'ask-supplement', { items: ['Chụp lại trang 2 của quyết định'] })
  await see(member, '/', dossier, `${dossier}/supplement`, `${dossier}/supplement?upload=yes`)
  await ask(member, id, 'answer-supplement', { note: 'Đã chụp lại.' })
  await ask(secretary, id, 'accept-intake')
  await see(secretary, dossier, ...doing('sign-referral', 'return'))
  const review = {
    meetingOn: today,
    comment: 'Chi bộ nhất trí.',
    feesPaidThrough: today.slice(0, 7),
    feesReason: 'Đã nộp tiền mặt tại buổi sinh hoạt, chưa ghi sổ.',
  }
  await ask(secretary, id, 'sign-referral', review)
  await leaves(secretary)

  const deputy = await stage.personIn('ward-deputy-secretary')
  await see(deputy, '/', dossier, ...doing('sign-referral', 'return'))
  await ask(deputy, id, 'sign-referral', { committeeComment: 'Nhất trí.', supplementUpToDate: true })
  await leaves(deputy)
  const clerk = await stage.personIn('ward-clerk')
  await see(clerk, '/', dossier, ...doing('return'))
  await ask(clerk, id, 'take-number')
  await reached(clerk, id, 'committee-review')

  const signer = await stage.personIn('commission-signer')
  await see(signer, '/', dossier, ...doing('sign-referral'))
  await ask(signer, id, 'sign-referral')
  await leaves(signer)
  const commissionClerk = await stage.personIn('commission-clerk')
  await see(commissionClerk, '/', dossier)
  await ask(commissionClerk, id, 'take-number')
  await reached(commissionClerk, id, 'referred')
  await leaves(commissionClerk)
  await see(clerk, '/', dossier, ...doing('hand-over-file'), '/registers')
  await ask(clerk, id, 'hand-over-file', { sealNumber: 'NP-0001', handedOn: today })
  await leaves(clerk)
  await see(member, '/', dossier, ...doing('report-lost', 'explain-lateness'))

  const receiver = await stage.personIn('destination-deputy-secretary')
  await see(receiver, '/?queue=coming', dossier, ...doing('receive', 'return-from-destination'))
  await ask(receiver, id, 'receive', { receivedOn: today, sealIntact: true })
  await see(receiver, '/', dossier, ...doing('assign-cell'))
  await ask(receiver, id, 'assign-cell', {
    cellId: stage.person('destination-cell-secretary').organisationId,
  })
  await leaves(receiver)
  const admitter = await stage.personIn('destination-cell-secretary')
  await see(admitter, '/', dossier, ...doing('admit', 'return-from-destination'))
  await ask(admitter, id, 'admit', { meetingOn: today })
  await see(member, '/', dossier, '/notices')
  await see(admitter, dossier)
  await leaves(admitter)
  await leaves(member)

  const { verify } = await stage.instance.parts.database.read.one<{ verify: string }>(
    sql`select '/verify/' || token as verify from paper where dossier_id = ${id} and kind = 'referral' limit 1`,
  )
  const stranger = await stage.visit()
  await see(stranger, verify)
  await leaves(stranger)
  expect(found).toEqual([])
})

test('paying fees: own months, the code, the receipt; a cell that collects by code and in cash', async () => {
  const member = await stage.personIn('member')
  const fresh = await stage.personIn('probationary-member')
  const secretary = await stage.personIn('cell-secretary')
  const found = [
    ...(await eyes.look(member, ['/', '/fees'])),
    ...(await eyes.look(fresh, ['/fees'])),
    ...(await eyes.look(secretary, ['/fees/collect', '/fees/collect?nothing', '/fees/cash'])),
  ]
  await fresh.context().close()
  const see = async (page: Page) => found.push(...(await eyes.look(page, [new URL(page.url()).pathname])))

  await member.goto('/')
  await member.getByRole('main').getByRole('link', { name: /^Nộp/ }).click()
  await member.getByText('Vì sao').click()
  await see(member)
  await press(member, 'Nộp bằng mã QR')
  await member.getByRole('img', { name: /Mã QR chuyển khoản/ }).waitFor()
  await see(member)
  await member.getByRole('button', { name: 'Chép nội dung chuyển khoản', exact: false }).click()
  await member.getByRole('button', { name: 'Đã chép' }).waitFor()
  const { parts } = stage.instance
  const { key, accountId, amountVnd } = await parts.database.read.one<{
    key: string
    accountId: string
    amountVnd: number
  }>(sql`
    select key, account_id as "accountId", amount_vnd as "amountVnd" from fee_order where id = ${member.url().split('/').at(-1)}`)
  const at = parts.clock.now()
  const told = { accountId, reference: key, amountVnd, direction: 'in', content: key, bookedAt: at } as const
  await settleLines(parts.database, [{ ...told, source: 'statement', key }], { at, today: todayIn(at) })
  await member.reload()
  await member
    .getByText(/Đã nộp \d/)
    .first()
    .waitFor()
  await see(member)
  found.push(...(await eyes.look(member, ['/fees'])))
  await member.context().close()

  await secretary.goto('/fees/collect')
  for (const row of [0, 1]) await secretary.locator('[data-row-box]').nth(row).check()
  await press(secretary, 'Đã nhận tiền mặt')
  await secretary.getByText(/Đã ghi \d+ biên lai/).waitFor()
  await see(secretary)
  found.push(...(await eyes.look(secretary, ['/fees/cash/slips'])))
  await secretary.goto('/fees/cash')
  await secretary
    .getByRole('link', { name: /^Ghi nhầm, trả lại/ })
    .first()
    .click()
  await secretary.getByLabel('Lý do').waitFor()
  await see(secretary)
  await secretary.goto('/fees/collect')
  for (const row of [0, 1, 2]) await secretary.locator('[data-row-box]').nth(row).check()
  await press(secretary, 'Tạo một mã QR nộp thay')
  await secretary.getByRole('img', { name: /Mã QR chuyển khoản/ }).waitFor()
  await see(secretary)
  await secretary.context().close()
  expect(found).toEqual([])
})

test('remitting fees: a cell shares out and sends, the ward confirms and sets a share', async () => {
  const secretary = await stage.personIn('cell-secretary')
  const ward = await stage.personIn('ward-deputy-secretary')
  const found = [
    ...(await eyes.look(secretary, ['/fees/remit'])),
    ...(await eyes.look(ward, ['/fees/remit', '/fees/remit/below'])),
  ]
  const see = async (page: Page) => found.push(...(await eyes.look(page, [new URL(page.url()).pathname])))
  await press(secretary, /^Trích tháng/)
  await secretary.getByRole('heading', { name: 'Báo đã nộp' }).waitFor()
  await see(secretary)
  await secretary.getByLabel(/^Chuyển khoản/).check()
  await press(secretary, 'Đã nộp')
  await secretary.getByRole('heading', { name: 'Chờ cấp trên xác nhận' }).waitFor()
  await see(secretary)

  const address = new URL(secretary.url()).pathname
  const { parts } = stage.instance
  const { month } = await parts.database.read.one<{ month: string }>(
    sql`select to_char(period, 'YYYY-MM') as month from fee_remittance where id = ${address.split('/').at(-1)}`,
  )
  found.push(...(await eyes.look(ward, [`/fees/remit/below?month=${month}&standing=sent`, address])))
  await ward.getByText('Số tiền không đúng?').click()
  await eyes.lookHere(ward)
  await press(ward, 'Đã nhận đủ')
  await ward.getByText('Mở biên nhận').waitFor()
  await see(ward)
  found.push(...(await eyes.look(secretary, ['/fees/remit', address])))

  await ward.goto('/fees/remit/below')
  await ward
    .getByRole('link', { name: /^Mức trích/ })
    .first()
    .click()
  await ward.getByRole('textbox', { name: 'Căn cứ' }).waitFor()
  await see(ward)
  await secretary.context().close()
  await ward.context().close()
  expect(found).toEqual([])
})

test('refusals: a page that is not there, and one that is not for the reader', async () => {
  const page = await stage.personIn('member')
  const addresses = [
    '/khong-co-trang-nay',
    '/settings/offices',
    `/transfers/${randomUUID()}`,
    `/verify/${'a'.repeat(22)}`,
  ]
  expect(await eyes.look(page, addresses, [403, 404])).toEqual([])
  stage.allow(/40[34] \(/)
  await page.context().close()
})

test('a plan of reorganisation, from its first page to its steps', async () => {
  const page = await stage.personIn('city-administrator')
  await page.goto('/reorganisations/begin')
  await page.getByLabel('Tên phương án').fill('Sắp xếp chi bộ')
  await page.getByLabel('Số, ký hiệu quyết định').fill('12-QĐ/TU')
  await page.getByLabel('Cơ quan ban hành').fill('Ban Thường vụ Thành ủy')
  await page.getByRole('main').getByRole('button', { name: 'Lưu và tiếp tục' }).click()
  await page.getByRole('heading', { name: 'Sắp xếp chi bộ' }).waitFor()
  const plan = new URL(page.url()).pathname
  const { organisationId } = stage.person('ward-deputy-secretary')
  expect(
    await eyes.look(page, [
      '/reorganisations',
      '/reorganisations/begin',
      plan,
      `${plan}/details`,
      `${plan}/steps/merge`,
      `${plan}/steps/split?within=${organisationId}`,
      `${plan}/steps/rename`,
      '/hand-overs',
      '/settings/log',
    ]),
  ).toEqual([])
  await page.context().close()
})

test('larger text, and English', async () => {
  const page = await stage.personIn('cell-secretary')
  const pages = ['/', '/registry/members', '/settings', '/my-record', '/delegations']
  await page.goto('/')
  await page
    .getByRole('contentinfo')
    .getByRole('button', { name: /Chữ to hơn/ })
    .click()
  await page.locator('html.text-larger').waitFor()
  expect(await eyes.look(page, pages)).toEqual([])
  await page.getByRole('contentinfo').getByRole('button', { name: 'English' }).click()
  await page.locator('html[lang=en]').waitFor()
  expect(await eyes.look(page, pages)).toEqual([])
  await page.context().close()
})

test('books: each on screen, a voucher and its undoing, what stands behind a figure, and what is made public', async () => {
  const secretary = await stage.personIn('cell-secretary')
  const ward = await stage.personIn('ward-clerk')
  const month = monthOf(todayIn(stage.instance.parts.clock.now()))
  const shared = addToMonth(month, -2)
  const books = ['s01-collection', 's01-remittance', 'b01', 'cash', 'bank'].map(
    (book) => `/fees/books?book=${book}&period=${shared}`,
  )
  const found = await eyes.look(secretary, [
    ...books,
    `/fees/books/behind?of=collected&period=${shared}`,
    '/fees/books/vouchers',
  ])
  found.push(...(await eyes.look(ward, [`/fees/books?book=s02&period=${shared}`])))

  await secretary.goto('/fees/books/vouchers')
  await secretary.getByLabel('Thu, chi cho việc gì?').selectOption({ index: 1 })
  await secretary.getByLabel('Tài khoản ngân hàng').check()
  await secretary.getByLabel('Số tiền (đồng)').fill('20.000')
  await secretary.getByLabel('Người nộp hoặc người nhận tiền').fill('Bưu điện')
  await secretary.getByLabel('Diễn giải').fill('Mua báo')
  await press(secretary, 'Ghi phiếu')
  await secretary
    .getByText(/Đã ghi phiếu/)
    .first()
    .waitFor()
  found.push(...(await eyes.lookHere(secretary)))
  await follow(secretary, 'Hủy')
  await secretary.getByLabel('Vì sao hủy phiếu này?').waitFor()
  const undoing = new URL(secretary.url())
  found.push(...(await eyes.look(secretary, [undoing.pathname + undoing.search])))

  await secretary.goto(`/fees/books?book=b01&period=${shared}`)
  await press(secretary, 'Công khai')
  await secretary.getByText('Đã công khai. Đảng viên của chi bộ đã được báo.').waitFor()
  const member = await stage.personIn('probationary-member')
  found.push(...(await eyes.look(member, ['/fees/published', `/fees/published?period=${shared}`])))
  expect(found).toEqual([])
  for (const page of [secretary, ward, member]) await page.context().close()
})

test('statements: looked through, its columns assigned, kept; a line that fits nothing; the month against the books', async () => {
  const secretary = await stage.personIn('cell-secretary')
  const { parts } = stage.instance
  const at = parts.clock.now()
  const today = todayIn(at)
  const account = await parts.database.read.one<{ id: string; number: string }>(sql`
    select id, account_number as number from fee_account
     where organisation_id = ${stage.person('cell-secretary').organisationId} and verified_at is not null and retired_at is null`)
  const stranger = {
    accountId: account.id,
    reference: 'LA1',
    amountVnd: 4_711,
    content: 'ung ho quy',
    bookedAt: at,
  }
  await settleLines(parts.database, [{ ...stranger, direction: 'in', source: 'sepay' }], { at, today })
  const found = await eyes.look(secretary, ['/fees/bank', '/fees/bank/review', '/fees/bank/month'])
  await secretary.goto('/fees/bank/review')
  await main(secretary).getByRole('table').getByRole('link').first().click()
  await expectText(secretary, 'ung ho quy')
  const here = async () => {
    const { pathname, search } = new URL(secretary.url())
    found.push(...(await eyes.look(secretary, [pathname + search])))
  }
  await here()

  const { organisationId: cell, memberId: reader } = stage.person('cell-secretary')
  await settleLines(
    parts.database,
    [
      {
        ...stranger,
        reference: 'LA9',
        amountVnd: 9_000_000,
        content: 'gui nhieu',
        direction: 'in',
        source: 'sepay',
      },
    ],
    { at, today },
  )
  const large = await parts.database.read.one<{ id: string }>(
    sql`select id from bank_line where reference = 'LA9'`,
  )
  const others = (await openLinesOf(parts.database.read, cell)).filter(({ memberId }) => memberId !== reader)
  const proposer = stage.person('ward-clerk').memberId
  await parts.database.transaction((write) =>
    attachMoney(
      write,
      {
        commandId: randomUUID(),
        organisationId: cell,
        lineId: large.id,
        reason: 'Người nộp gửi danh sách.',
        by: proposer,
      },
      { to: { lines: others.slice(0, 3) }, people: [proposer], aloneUntilVnd: 0 },
      { at, today },
    ),
  )
  await secretary.goto(`/fees/bank/lines/${large.id}`)
  await expectText(secretary, 'Đồng ý ghi nhận nộp')
  await here()

  const [year, month, day] = today.split('-')
  const table = [
    'NGÂN HÀNG LẠ',
    `Số tài khoản: ${account.number}`,
    'TT;Thời điểm;Mã GD nội bộ;Chi;Thu;Còn lại;Ghi chú',
    `1;${day}/${month}/${year};LA-2;;16;116;tien le`,
    'Số dư đầu kỳ: 100',
    'Số dư cuối kỳ: 116',
  ].join('\n')
  await secretary.goto('/fees/bank')
  await secretary
    .getByLabel('Tệp sao kê')
    .setInputFiles({ name: 'la.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
  await press(secretary, 'Xem trước')
  await expectPage(secretary, 'Cột nào là gì?')
  await here()
  const columns = { date: 'Thời điểm', content: 'Ghi chú', credit: 'Thu', debit: 'Chi', balance: 'Còn lại' }
  for (const [name, column] of Object.entries(columns))
    await secretary.locator(`select[name="${name}"]`).selectOption(column)
  await press(secretary, 'Đọc theo các cột này')
  await secretary.waitForURL((url) => !url.pathname.endsWith('/columns'))
  await expectText(secretary, 'tien le')
  await here()
  expect(found).toEqual([])
  await secretary.context().close()
})

test('a stay is asked for; a comment at the residence and its referral, before each of their people', async () => {
  const found: string[] = []
  const member = await stage.personIn('member')
  await member.goto('/temporary-transfers/begin')
  await main(member).getByRole('button').last().click()
  await member.waitForURL(/\/request\//)
  const { pathname } = new URL(member.url())
  const steps = ['case', 'case?again=yes', 'host?q=cau+kieu', 'decision', 'file', 'review', 'check']
  const request = pathname.replace(/\/case$/, '')
  found.push(
    ...(await eyes.look(member, [
      ...steps.map((step) => `${request}/${step}`),
      request.replace(/\/request$/, ''),
    ])),
  )
  await member.context().close()
  const [asked] = await commentsAtCell(stage, 1)
  const pages = [`/residence-referrals/${asked!.referral}`, `/residence-comments/${asked!.comment}`]
  for (const role of [
    'ward-deputy-secretary',
    'destination-deputy-secretary',
    'destination-cell-secretary',
  ] as const) {
    const officer = await stage.personIn(role)
    const lists = [
      '/residence-comments',
      '/residence-referrals',
      '/residence-comments?overdue=yes',
      '/residence-comments/ask',
      '/residence-comments/ask?purpose=when-needed',
      '/residence-referrals?list=missing',
      '/residence-comments/sitting',
      '/residence-comments/sitting/print',
      '/temporary-transfers/guests',
    ]
    found.push(...(await eyes.look(officer, pages)), ...(await eyes.look(officer, lists, MAY_REFUSE)))
    if (role === 'ward-deputy-secretary') {
      const unreferred = `/residence-referrals/new?member=${stage.person('probationary-member').memberId}`
      found.push(...(await eyes.look(officer, [unreferred])))
    }
    await officer.context().close()
  }
  expect(found).toEqual([])
  stage.allow(/40[34] \(/)
})

/** Addresses that answer with a file, with data or with a redirect: nothing to look at. */
const NO_PAGES = [
  '/fees/orders/:order/qr.png',
  '/fees/orders/:order/standing',
  '/fees/receipts/:payment.pdf',
  '/fees/remit/:id/qr.png',
  '/fees/remit/:id/receipt.pdf',
  // looked at where two wards are merged: reorganise.test.ts
  '/hand-overs/:id',
  '/hand-overs/:id/paper',
  '/settings/log/checkpoints/:id',
  '/assets/*',
  '/brand-emblem',
  '/fees/accounts/below.csv',
  '/fees/books.pdf',
  '/fees/books.xlsx',
  '/fees/follow.csv',
  '/fees/follow.xlsx',
  '/fees/month.csv',
  '/fees/month.xlsx',
  '/fees/published.pdf',
  '/brand.css',
  '/favicon.svg',
  '/healthz',
  '/metrics',
  '/import/:id/problems.xlsx',
  '/manifest.webmanifest',
  '/my-record/export',
  '/queue.csv',
  '/settings/breaches.csv',
  // asked before an act on one person; walked by hand, not yet here
  '/members/:id/holds',
  '/settings/offices/:id/end',
  '/queue.xlsx',
  '/readyz',
  '/registers/:year.pdf',
  '/registers/:year.xlsx',
  '/registry/members/export.:format',
  '/residence-comments/:id/comment.pdf',
  '/residence-comments/list.xlsx',
  '/residence-comments/:id/request.pdf',
  '/residence-referrals/:id/referral.pdf',
  '/robots.txt',
  '/service-worker.js',
  '/sign-in/callback',
  '/sign-in/start',
  '/temporary-transfers/:id/files/:fileId',
  '/temporary-transfers/:id/papers/:paperId',
  '/temporary-transfers/guests.xlsx',
  '/transfers/:id/files/:fileId',
  '/transfers/:id/papers/:paperId',
  '/transfers/:id/questions',
  '/transfers/:id/sealing',
  '/transfers/destinations',
]

test('no page was left out', async () => {
  const server = await buildServer({ ...stage.instance.parts, metrics: openMetrics() })
  const routes = server.routeTable.filter(({ method, url }) => method === 'GET' && !url.startsWith('/api/'))
  const pages = routes.map(({ url }) => url).filter((url) => !NO_PAGES.includes(url))
  const unseen = pages.filter((url) => {
    const pattern = new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}$`)
    const plain = pages.filter((other) => !other.includes(':'))
    return !eyes.seen().some((path) => (plain.includes(path) ? path === url : pattern.test(path)))
  })
  await server.close()
  expect(unseen).toEqual([])
})
