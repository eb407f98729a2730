/** Without a network, and on paper: what was read stays readable for its reader alone; a printed dossier is the dossier only. */
import { PDF } from '@libpdf/core'
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { expectPage, expectText } from './forms.ts'
import { ask, attach, requestOf } from './shortcut.ts'
import { openStage, PHONE, type Stage } from './stage.ts'

let stage: Stage
let member: Page
const id = randomUUID()

beforeAll(async () => {
  stage = await openStage()
  member = await stage.personIn('member', { viewport: PHONE })
  await ask(member, id, 'save-draft', await requestOf(stage))
  await attach(member, id)
  await ask(member, id, 'submit', { declared: true })
})
afterEach((context) => stage.review(context))
afterAll(() => stage.close())

test('a dossier that was opened is read again without a network; anything else leads to the offline page', async () => {
  await member.goto('/')
  await member.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller) return
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    )
  })
  await member.goto(`/transfers/${id}`)
  await member.context().setOffline(true)
  await member.reload()
  await expectText(member, 'Đường đi của hồ sơ')
  await member.getByText('Máy đang không có mạng.').waitFor()
  await member.goto('/notices')
  await expectPage(member, /không có mạng/i)
  await member.context().setOffline(false)
  stage.allow(/ERR_INTERNET_DISCONNECTED/)
})

test('after signing out nothing of it is left on the device', async () => {
  await member.goto(`/transfers/${id}`)
  await member.getByRole('banner').locator('summary').click()
  await member.getByRole('button', { name: 'Đăng xuất' }).click()
  await expectPage(member, 'Đăng nhập')
  await member.context().setOffline(true)
  await member.goto(`/transfers/${id}`)
  await expectPage(member, /không có mạng/i)
  await member.context().setOffline(false)
  stage.allow(/ERR_INTERNET_DISCONNECTED/)
})

test('a printed dossier carries its essentials, and no navigation', async () => {
  const secretary = await stage.personIn('cell-secretary')
  await secretary.goto(`/transfers/${id}`)
  await secretary.emulateMedia({ media: 'print' })
  for (const role of ['navigation', 'button'] as const)
    expect(await secretary.getByRole(role).count(), role).toBe(0)
  const pdf = await PDF.load(new Uint8Array(await secretary.pdf({ format: 'A4' })))
  const text = pdf
    .extractText()
    .map((page) => page.text)
    .join('\n')
    .normalize('NFC')
  const { fullName } = stage.person('member')
  for (const words of [
    'Chuyển sinh hoạt đảng chính thức',
    fullName,
    'Đường đi của hồ sơ',
    `/transfers/${id}`,
  ])
    expect(text).toContain(words)
  for (const words of ['Đăng xuất', 'Việc cần xử lý', 'Hướng dẫn bổ sung']) expect(text).not.toContain(words)
})
