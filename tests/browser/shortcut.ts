/** Short cuts to a step of a dossier: the same commands over HTTP, in the session of somebody's browser. */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { decisionPdf } from '../../src/app/story/decision.ts'
import { addDays, addMonths, todayIn } from '../../src/kernel/plain-date.ts'
import { DEMO_DESTINATION_CELL } from '../../src/registry/demo.ts'
import { findOrganisationByCode } from '../../src/registry/organisations/store.ts'
import type { Stage } from './stage.ts'

const API = '/api/v1/official-transfers'

/** Asks for a command as the person signed in on this page. */
export async function ask(
  page: Page,
  dossierId: string,
  command: string,
  fields: object = {},
): Promise<void> {
  const response = await page.request.post(`${API}/${dossierId}/${command}`, {
    headers: { 'x-csrf-token': await tokenOf(page) },
    data: { commandId: randomUUID(), ...fields },
  })
  if (!response.ok()) throw new Error(`${command}: ${response.status()} ${await response.text()}`)
}

/** Says something as a program would, in the session of this page. */
export async function tell(page: Page, address: string, data: object): Promise<void> {
  const headers = { 'x-csrf-token': await tokenOf(page) }
  const response = await page.request.post(address, { headers, data })
  if (!response.ok()) throw new Error(`${address}: ${response.status()} ${await response.text()}`)
}

/** Who is signed in on this page. */
export async function memberOf(page: Page): Promise<string> {
  return ((await (await page.request.get('/api/v1/session')).json()) as { memberId: string }).memberId
}

/** Attaches the decision, as a PDF. */
export async function attach(page: Page, dossierId: string): Promise<void> {
  const file = {
    name: 'quyet-dinh.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from(await decisionPdf()),
  }
  const response = await page.request.post(`${API}/${dossierId}/files`, {
    headers: { 'x-csrf-token': await tokenOf(page) },
    multipart: { commandId: randomUUID(), role: 'decision', confidentiality: 'NON_SECRET', file },
  })
  if (!response.ok()) throw new Error(`files: ${response.status()} ${await response.text()}`)
}

/** Waits until the dossier is at this step: the seal is a job. */
export async function reached(page: Page, dossierId: string, status: string): Promise<void> {
  const until = Date.now() + 20_000
  let seen = ''
  while (Date.now() < until) {
    seen = ((await (await page.request.get(`${API}/${dossierId}`)).json()) as { status: string }).status
    if (seen === status) return
    await page.waitForTimeout(50)
  }
  throw new Error(`the dossier is ${seen}, not ${status}`)
}

/** Everything the request asks for. */
export async function requestOf(stage: Stage): Promise<object> {
  const { clock, database } = stage.instance.parts
  const today = todayIn(clock.now())
  const destination = await findOrganisationByCode(database.read, DEMO_DESTINATION_CELL, today)
  return {
    reason: 'residence',
    reasonText: 'Gia đình chuyển về ở lâu dài tại nơi mới.',
    decisionNumber: '15/XN-CT',
    decisionIssuer: 'Công an phường Cầu Kiệu',
    decisionIssuedOn: addDays(today, -10),
    decisionEffectiveOn: addDays(today, -10),
    destinationId: destination?.id,
    reviewFrom: addMonths(today, -12),
    reviewTo: today,
    strengths: 'Chấp hành tốt chủ trương, đường lối; tham gia sinh hoạt đầy đủ.',
    weaknesses: 'Có lúc chưa mạnh dạn góp ý trong sinh hoạt chi bộ.',
    phone: '0900000001',
    address: 'Số 12, đường số 3, phường Cầu Kiệu',
  }
}

async function tokenOf(page: Page): Promise<string> {
  return ((await (await page.request.get('/api/v1/session')).json()) as { csrf: string }).csrf
}
