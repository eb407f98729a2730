/** Without a network, and on paper: what was read stays readable for its reader alone; a printed dossier is the dossier only. */
import { PDF } from '@libpdf/core'
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { layCable, type Cable } from './cable.ts'
import { expectPage, expectText } from './forms.ts'
import { ask, attach, requestOf, tell } from './shortcut.ts'
import { openStage, PHONE, type Stage } from './stage.ts'

let stage: Stage
let cable: Cable
let member: Page
const id = randomUUID()

/** What the browser says of a network that is not there. */
const OFFLINE = /ERR_(INTERNET_DISCONNECTED|CONNECTION_\w+|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|FAILED)/

beforeAll(async () => {
  cable = await layCable()
  stage = await openStage({ cable })
  member = await stage.personIn('member', { viewport: PHONE })
  await tell(member, '/api/v1/my-record/choices', { purpose: 'device', given: 'yes' })
  await ask(member, id, 'save-draft', await requestOf(stage))
  await attach(member, id)
  await ask(member, id, 'submit', { declared: true })
})
beforeEach(() => network('on'))
afterEach((context) => stage.review(context))
afterAll(async () => {
  await stage.close()
  await cable.close()
})

test('a dossier that was opened is read again without a network; anything else leads to the offline page', async () => {
  await member.goto('/')
  await workerReady()
  await member.goto(`/transfers/${id}`)
  await network('off')
  await member.getByText('Máy đang không có mạng.').waitFor()
  await member.reload()
  await expectText(member, 'Đường đi của hồ sơ')
  await member.goto('/notices')
  await expectPage(member, 'Đang mất mạng')
  await network('on')
  stage.allow(OFFLINE)
})

test('after signing out nothing of it is left on the device', async () => {
  await member.goto(`/transfers/${id}`)
  await member.getByRole('banner').locator('summary').click()
  await member.getByRole('button', { name: 'Đăng xuất' }).click()
  await expectPage(member, 'Đăng nhập')
  await workerReady()
  await network('off')
  await member.goto(`/transfers/${id}`)
  await expectPage(member, 'Đang mất mạng')
  await network('on')
  stage.allow(OFFLINE)
})

test('a printed dossier carries its essentials, and no navigation', async () => {
  const secretary = await stage.personIn('cell-secretary')
  await secretary.goto(`/transfers/${id}`)
  await secretary.emulateMedia({ media: 'print' })
  for (const role of ['navigation', 'button'] as const)
    expect(
      await secretary.getByRole(role).evaluateAll((all) => all.map(({ outerHTML }) => outerHTML)),
      role,
    ).toEqual([])
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
    `/transfers/${id.slice(0, 8)}`,
  ])
    expect(text).toContain(words)
  for (const words of ['Đăng xuất', 'Việc cần xử lý', 'Hướng dẫn bổ sung']) expect(text).not.toContain(words)
})

/** The browser is told, as a phone tells it; and the cable is out, for whatever does not listen. */
async function network(state: 'on' | 'off'): Promise<void> {
  if (state === 'off') cable.pull()
  else cable.plugIn()
  await member.context().setOffline(state === 'off')
}

/** The service worker is there and answers for this page. */
async function workerReady(): Promise<void> {
  await member.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller) return
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    )
  })
}
