/** The dossier's page at every step, for every reader: what now, by when, on what rule, and why not. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { A_COMMENT, aReview, beginTransfer, type Life } from '../../../tests/transfer-life.ts'
import type { Answer, Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import type { Status } from './law/states.ts'
import { TRANSFER_TEXTS } from './texts.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-08-24', '08:00')
})
afterAll(() => world.close())

/** What a page must have whatever it shows. */
function checkPage(page: Answer, where: string): void {
  expect(page.status, where).toBe(200)
  expect(page.text.match(/<h1[ >]/g), where).toHaveLength(1)
  const content = page.text.slice(page.text.indexOf('<main'), page.text.indexOf('</aside>'))
  expect(content.replaceAll(/<[^>]*>/g, ' ').match(/undefined|\[object|NaN|\{\w+\}/), where).toBeNull()
  const main = content.slice(0, content.indexOf('</main>'))
  expect(main.match(/class="button"/g)?.length ?? 0, `${where}: one main action`).toBeLessThanOrEqual(1)
}

const pageOf = (reader: Visitor, { id }: Life, query = '') => reader.get(`/transfers/${id}${query}`)

/** The way of an ordinary transfer, with the main button of whoever's turn it is. */
const WAY: readonly (readonly [Status, number | undefined, (life: Life) => Visitor, string])[] = [
  ['draft', undefined, ({ member }) => member, 'Viết tiếp hồ sơ'],
  ['received', undefined, () => world.officers.cellSecretary, 'Hồ sơ đủ, nhận xử lý'],
  ['cell-review', undefined, () => world.officers.cellSecretary, 'Xem và ký giấy giới thiệu'],
  ['committee-review', 1, () => world.officers.wardDeputy, 'Xem và ký giấy giới thiệu'],
  ['numbering', 1, () => world.officers.wardClerk, 'Lấy số và đóng dấu'],
  ['sealing', 1, () => world.officers.wardClerk, 'Hệ thống đang ghi số, đóng dấu'],
  ['committee-review', 2, () => world.officers.commissionDeputy, 'Ký giấy giới thiệu'],
  ['referred', undefined, () => world.officers.wardClerk, 'Giao hồ sơ niêm phong'],
  ['in-transit', undefined, () => world.officers.destinationDeputy, 'Tiếp nhận hồ sơ'],
  ['at-destination', undefined, () => world.officers.destinationDeputy, 'Phân về chi bộ'],
  ['cell-admission', undefined, () => world.officers.destinationSecretary, 'Tiếp nhận vào chi bộ'],
  ['completed', undefined, ({ member }) => member, 'Thủ tục hoàn thành'],
]

test('at each step whoever’s turn it is finds what to do; everybody else on the way finds who has it', async () => {
  const member = await world.member('Hoàng Thị Trang')
  const life = await beginTransfer(world, member)
  const readers = [member, ...Object.values(world.officers)]
  for (const [status, hop, turn, words] of WAY) {
    await life.to(status, hop)
    const page = await pageOf(turn(life), life)
    checkPage(page, status)
    expect(page.text, status).toContain(words)
    expect(page.text, status).toContain('Đường đi của hồ sơ')
    if (status === 'sealing') expect(page.text).toContain('http-equiv="refresh"')
    for (const reader of readers) {
      const seen = await pageOf(reader, life)
      if (seen.status === 200) checkPage(seen, `${status}, ${reader.name}`)
      else expect(seen.status, `${status}, ${reader.name}`).toBe(404)
    }
    const open = turn(life) === member ? undefined : /href="[^"]*(\?do=[\w-]+)#do"/.exec(page.text)?.[1]
    if (open) checkPage(await pageOf(turn(life), life, open), `${status} ${open}`)
  }
})

test('what stands in the way is shown switched off with its reason: the signer takes no number', async () => {
  const { places, officers } = world
  const member = await world.member('Bùi Văn Ký')
  const life = await beginTransfer(world, member)
  await life.to('numbering', 1)
  const clerk = await world.office(
    officers.wardDeputy.memberId,
    officers.wardDeputy.name,
    'office-clerk',
    places.ward,
  )
  const page = await pageOf(clerk, life)
  expect(page.text).toContain('Chưa làm được lúc này')
  expect(page.text).toContain('Đồng chí đã ký giấy này nên không lấy số và đóng dấu được.')
  expect(page.text).not.toContain(`action="/transfers/${life.id}/take-number"`)
})

test('a form that is refused keeps what was written; done, it is forgotten', async () => {
  const { cellSecretary } = world.officers
  const member = await world.member('Cao Thị Giữ')
  const life = await beginTransfer(world, member)
  await life.to('cell-review')
  const form = { commandId: randomUUID(), comment: 'Chi bộ nhất trí, đề nghị giới thiệu.' }
  const at = `/transfers/${life.id}/sign-referral`
  const missing = await cellSecretary.form(at, form)
  expect(missing.status).toBe(400)
  expect(missing.text).toContain('Ghi ngày chi bộ họp')
  expect((await pageOf(cellSecretary, life, '?do=sign-referral')).text).toContain(form.comment)
  await cellSecretary.ask(life.id, 'sign-referral', aReview(world))
  await world.officers.wardDeputy.ask(life.id, 'return', { reason: 'Ghi rõ hơn.' })
  expect((await pageOf(cellSecretary, life, '?do=sign-referral')).text).not.toContain(form.comment)
})

test('a sign-in that is too old asks for VNeID and loses nothing', async () => {
  const { wardDeputy } = world.officers
  const member = await world.member('Đào Văn Cũ')
  const life = await beginTransfer(world, member)
  await life.to('committee-review', 1)
  const { hats } = await wardDeputy.read<{ hats: { key: string }[] }>('/api/v1/hats')
  const officeId = hats.find(({ key }) => key.startsWith('office:'))!.key.slice('office:'.length)
  const tired = await world.signIn(wardDeputy, { officeId, grantId: null }, 6)
  const refused = await tired.form(`/transfers/${life.id}/sign-referral`, {
    commandId: randomUUID(),
    committeeComment: A_COMMENT.committeeComment,
    supplementUpToDate: 'yes',
  })
  expect(refused.status).toBe(403)
  expect(refused.text).toContain('379-QĐ/TW, Điều 12')
  expect(refused.text).toContain('/sign-in/start?return=')
  expect(refused.text).toContain(A_COMMENT.committeeComment)
  const again = await pageOf(wardDeputy, life, '?do=sign-referral')
  expect(again.text, 'fresh again, the comment is there').toContain(A_COMMENT.committeeComment)
})

test('two officers at once: the second sees what the first did, and the own words again', async () => {
  const { cellSecretary, cellDeputy } = world.officers
  const member = await world.member('Mai Thị Đôi')
  const life = await beginTransfer(world, member)
  const { version } = await life.to('received')
  await cellSecretary.ask(life.id, 'accept-intake')
  const late = await cellDeputy.form(`/transfers/${life.id}/return`, {
    commandId: randomUUID(),
    expectedNumber: String(version),
    reason: 'Thiếu xác nhận nơi ở.',
  })
  expect(late.status).toBe(409)
  expect(late.text).toContain('Từ khi đồng chí mở trang này')
  expect(late.text).toContain('Nhận xử lý')
  expect(late.text).toContain('Thiếu xác nhận nơi ở.')
})

test('the ends say how it ended; a system administrator opens none of it', async () => {
  const member = await world.member('Tạ Văn Rút')
  const life = await beginTransfer(world, member)
  await life.to('received')
  expect((await pageOf(world.officers.administrator, life)).status).toBe(404)
  await member.ask(life.id, 'withdraw', { reason: 'Không chuyển nữa.' })
  const page = await pageOf(member, life)
  checkPage(page, 'withdrawn')
  expect(page.text).toContain('Không chuyển nữa.')
  expect(page.text).not.toContain(TRANSFER_TEXTS.vi.nowMine)
})

test('who has signed is told that the clerk has it now, and giving it back is not what the page leads with', async () => {
  const { wardDeputy, wardClerk } = world.officers
  const life = await beginTransfer(world, await world.member('Hoàng Văn Ký'))
  await life.to('numbering', 1)
  const signer = await pageOf(wardDeputy, life)
  checkPage(signer, 'the signer')
  expect(signer.text).toContain('chờ văn thư lấy số và đóng dấu')
  expect(signer.text).not.toContain('Đồng chí lấy số')
  const mainOf = (page: Answer) => /class="button"[^>]*>\s*([^<]+)/.exec(page.text)?.[1]?.trim()
  expect(mainOf(signer), 'the way back stays, as a second button').toBeUndefined()
  expect(signer.text).toContain('Trả lại, nêu lý do')
  expect(mainOf(await pageOf(wardClerk, life))).toBe('Lấy số và đóng dấu')
})
