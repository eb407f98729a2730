/** The guided request as a member without scripts walks it: one question a page, nothing lost, nothing secret kept, sent once. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDecision } from '../../../tests/transfer-life.ts'
import type { Answer, Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'
import { sql } from '../../kernel/db.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-08-24', '08:00')
})
afterAll(() => world.close())

const date = (name: string, [day, month, year]: readonly [string, string, string]) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})

/** Presses "Bắt đầu" on the first page and gives the address of the dossier. */
async function begin(member: Visitor): Promise<string> {
  const page = await member.get('/transfers/begin')
  expect(page.status).toBe(200)
  const dossierId = /name="dossierId" value="([^"]+)"/.exec(page.text)![1]!
  const commandId = /name="commandId" value="([^"]+)"/.exec(page.text)![1]!
  const begun = await member.form('/transfers/begin', { dossierId, commandId })
  expect(begun.headers.get('location')).toBe(`/transfers/${dossierId}/questions/reason`)
  const again = await member.form('/transfers/begin', { dossierId, commandId })
  expect(again.status, 'the same press again').toBe(303)
  return `/transfers/${dossierId}`
}

const answer = (member: Visitor, at: string, question: string, fields: Record<string, string>) =>
  member.form(`${at}/questions/${question}`, { commandId: randomUUID(), ...fields })
const leads = (answered: Answer) => answered.headers.get('location')
/** The value a field of a page holds. */
const held = (page: Answer, name: string) =>
  new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"`).exec(page.text)?.[1]

const stored = async (memberId: string) =>
  world.database.read.one<{ files: number; refused: number }>(sql`
    select (select count(*) from dossier_file where added_by = ${memberId}) as files,
           (select count(*) from refused_upload where member_id = ${memberId}) as refused`)

test('from the first page to the reception, by forms alone', async () => {
  const member = await world.member('Trần Thị Hỏi')
  const at = await begin(member)

  const wrong = await answer(member, at, 'reason', { reasonText: 'Chuyển về quê.' })
  expect(wrong.status).toBe(400)
  expect(wrong.text).toContain('<title>Cần sửa: ')
  expect(wrong.text).toContain('Chọn một lý do chuyển sinh hoạt')
  expect(wrong.text, 'what was written stays').toContain('Chuyển về quê.')
  const reason = await answer(member, at, 'reason', { reason: 'residence', reasonText: 'Chuyển về quê.' })
  expect(leads(reason)).toBe(`${at}/questions/decision`)

  const decision = {
    decisionIssuer: 'Công an phường',
    ...date('decisionIssuedOn', ['10', '8', '2026']),
    ...date('decisionEffectiveOn', ['31', '2', '2026']),
  }
  const impossible = await answer(member, at, 'decision', decision)
  expect([impossible.status, held(impossible, 'decisionEffectiveOn-day')]).toEqual([400, '31'])
  const shownAgain = await member.get(`${at}/questions/decision`)
  expect(held(shownAgain, 'decisionIssuer'), 'kept for the next visit').toBe('Công an phường')
  const mended = await answer(member, at, 'decision', {
    ...decision,
    ...date('decisionEffectiveOn', ['10', '8', '2026']),
  })
  expect(leads(mended)).toBe(`${at}/questions/decision-file`)

  expect(
    (await member.get(`${at}/questions/decision-file`)).text,
    'asked before any file field',
  ).not.toContain('type="file"')
  const secret = await member.form(`${at}/confidentiality`, { confidentiality: 'SECRET', role: 'decision' })
  expect(secret.status).toBe(422)
  expect(secret.text).toContain('Không nhận tài liệu mật')
  expect(await stored(member.memberId)).toEqual({ files: 0, refused: 1 })
  const open = await member.form(`${at}/confidentiality`, { confidentiality: 'NON_SECRET', role: 'decision' })
  expect(leads(open)).toBe(`${at}/questions/decision-file?upload=yes`)
  const fields = { commandId: randomUUID(), role: 'decision', confidentiality: 'NON_SECRET' }
  const handedIn = await member.upload(`${at}/files`, fields, await aDecision('Quyết định nghỉ hưu.pdf'))
  expect(handedIn.status).toBe(303)
  expect(
    (await member.upload(`${at}/files`, fields, await aDecision('Quyết định nghỉ hưu.pdf'))).status,
  ).toBe(303)
  expect(await stored(member.memberId), 'sent twice, kept once').toEqual({ files: 1, refused: 1 })
  expect((await member.get(`${at}/questions/decision-file`)).text).toContain('Quyết định nghỉ hưu.pdf')

  const several = await answer(member, at, 'destination', { destination: 'khu pho 3' })
  expect(leads(several)).toBe(`${at}/questions/destination?q=khu+pho+3`)
  const list = await member.get(leads(several)!)
  expect(list.text).toContain('Đảng bộ Phường Cầu Kiệu')
  const one = await answer(member, at, 'destination', { destination: 'khu pho 3 cau kieu' })
  expect(leads(one)).toBe(`${at}/questions/destination`)
  const way = await member.get(`${at}/questions/destination`)
  expect(way.text).toContain('Ban Tổ chức Thành ủy giới thiệu đến Đảng ủy Phường Cầu Kiệu')
  expect(way.text, 'a setting, not the regulation').toContain('Thiết lập của đơn vị')

  const review = await member.get(`${at}/questions/review`)
  expect(held(review, 'reviewFrom-year')).toBe('2025')
  const period = { ...date('reviewFrom', ['24', '8', '2025']), ...date('reviewTo', ['24', '8', '2026']) }
  const texts = { strengths: 'Gương mẫu.', weaknesses: 'Ít góp ý.' }
  expect(leads(await answer(member, at, 'review', { ...period, ...texts }))).toBe(`${at}/questions/contact`)
  expect(leads(await member.get(`${at}/questions`)), 'resumes at the first open question').toBe(
    `${at}/questions/contact`,
  )
  const contact = await answer(member, at, 'contact', { phone: '0900 000 001', address: 'Số 1' })
  expect(leads(contact)).toBe(`${at}/questions/check`)

  const check = await member.get(`${at}/questions/check`)
  expect(check.text).toContain('Gửi hồ sơ')
  const send = { commandId: randomUUID() }
  const undeclared = await member.form(`${at}/submit`, send)
  expect([undeclared.status, undeclared.text.includes('Đồng chí chưa cam đoan')]).toEqual([422, true])
  const sent = await member.form(`${at}/submit`, { ...send, declared: 'yes' })
  expect(leads(sent)).toBe(`${at}/sent`)
  expect(leads(await member.form(`${at}/submit`, { ...send, declared: 'yes' })), 'sent again').toBe(
    `${at}/sent`,
  )
  const received = await member.get(`${at}/sent`)
  expect(received.text).toContain('08:00 24/08/2026')
  expect(received.text).toContain('Chi bộ khu phố 3')
  expect(leads(await member.get('/transfers/begin')), 'one open at a time').toBe(at)
})

test('an answer is changed from the review and leads back there; what is optional can be emptied', async () => {
  const member = await world.member('Lê Văn Sửa')
  const at = await begin(member)
  const decision = {
    decisionNumber: '12/QĐ',
    decisionIssuer: 'Sở',
    ...date('decisionIssuedOn', ['2', '8', '2026']),
    ...date('decisionEffectiveOn', ['3', '8', '2026']),
  }
  await answer(member, at, 'decision', decision)
  const contact = { phone: '0900000001', address: 'Số 1', ...date('lastDayOn', ['27', '8', '2026']) }
  await answer(member, at, 'contact', contact)
  const check = `${at}/questions/check`
  const given = (await member.get(check)).text
  for (const part of ['12/QĐ', '02/08/2026', '27/08/2026']) expect(given).toContain(part)

  const open = { decisionNumber: '', ...date('decisionIssuedOn', ['', '', '']), from: 'check' }
  expect(leads(await answer(member, at, 'decision', { ...decision, ...open }))).toBe(check)
  const noLastDay = { ...contact, ...date('lastDayOn', ['', '', '']), from: 'check' }
  expect(leads(await answer(member, at, 'contact', noLastDay))).toBe(check)
  const emptied = (await member.get(check)).text
  for (const part of ['12/QĐ', '02/08/2026', '27/08/2026']) expect(emptied).not.toContain(part)
  expect(emptied, 'what was not touched stays').toContain('03/08/2026')
  const half = await answer(member, at, 'contact', { ...contact, ...date('lastDayOn', ['5', '', '']) })
  expect([half.status, held(half, 'lastDayOn-day')], 'half a day is not no day').toEqual([400, '5'])
})

test('late by the 60 working days, the last question asks why', async () => {
  const member = await world.member('Ngô Thị Muộn')
  const at = await begin(member)
  const early = { decisionIssuer: 'Sở', ...date('decisionEffectiveOn', ['3', '8', '2026']) }
  await answer(member, at, 'decision', early)
  expect(leads(await member.get(`${at}/questions/late`)), 'not asked in time').toBe(`${at}/questions/check`)
  await answer(member, at, 'decision', { ...early, ...date('decisionEffectiveOn', ['4', '3', '2026']) })
  const late = await member.get(`${at}/questions/late`)
  expect(late.text).toContain('Câu 7 trên 7')
  expect(late.text).toMatch(/Hạn làm thủ tục là \d\d\/\d\d\/2026/)
})

test('a form nobody went on with is forgotten in time, the answers that were given are not', async () => {
  world.day('2026-02-02')
  const member = await world.member('Đinh Thị Quên')
  const at = await begin(member)
  await answer(member, at, 'reason', { reason: 'residence', reasonText: 'Về quê ở hẳn.' })
  await member.form(`${at}/drafts/question-review`, { strengths: 'Dở dang' })
  const review = async () => (await member.get(`${at}/questions/review`)).text
  world.day('2026-06-02')
  await world.sweep()
  expect(await review(), 'on the last of the 120 days it is there').toContain('Dở dang')
  world.day('2026-06-03')
  await world.sweep()
  expect(await review()).not.toContain('Dở dang')
  expect((await member.get(`${at}/questions/reason`)).text).toContain('Về quê ở hẳn.')
  const settings = (await world.officers.administrator.get('/settings')).text
  expect(settings, 'days of the calendar, and so they are called').toMatch(/120 ngày(?! làm việc)/)
  world.day('2026-08-24', '08:00')
})

test('what is written is kept while one writes, for the writer alone', async () => {
  const member = await world.member('Đinh Văn Nháp')
  const at = await begin(member)
  const kept = await member.form(`${at}/drafts/question-review`, { strengths: 'Mới viết được nửa câu' })
  expect(kept.status).toBe(204)
  expect((await member.get(`${at}/questions/review`)).text).toContain('Mới viết được nửa câu')
  const stranger = await world.member('Người Khác')
  for (const path of ['/questions', '/questions/review', '/questions/check', '/supplement', '/sent'])
    expect((await stranger.get(at + path)).status, path).toBe(404)
  expect((await stranger.form(`${at}/drafts/question-review`, { strengths: 'x' })).status).toBe(404)
  expect((await world.officers.cellSecretary.get(at)).status, 'a draft is nobody’s but the member’s').toBe(
    404,
  )
})

test('files: refused for what they are, taken off again, fetched by those who may see the dossier alone', async () => {
  const member = await world.member('Vũ Thị Tệp')
  const at = await begin(member)
  const fields = () => ({ commandId: randomUUID(), role: 'decision', confidentiality: 'NON_SECRET' })
  const fake = { name: 'quyet-dinh.pdf', type: 'application/pdf', bytes: Buffer.from('MZ not a paper') }
  const refused = await member.upload(`${at}/files`, fields(), fake)
  expect(refused.status).toBe(400)
  expect(refused.headers.get('content-type')).toContain('text/html')
  const unasked = await member.upload(
    `${at}/files`,
    { commandId: randomUUID(), role: 'decision' },
    await aDecision(),
  )
  expect([unasked.status, unasked.text.includes('Trả lời tài liệu có đóng dấu mật')]).toEqual([400, true])
  const heavy = {
    ...fake,
    bytes: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(11 * 1024 * 1024, 65)]),
  }
  const tooLarge = await member.upload(`${at}/files`, fields(), heavy)
  expect([tooLarge.status, tooLarge.text.includes('type="file"')], 'shown on its page').toEqual([400, true])
  expect(tooLarge.text).toContain('Tệp hoặc nội dung quá lớn')
  const stamped = { ...fields(), confidentiality: 'MAT' }
  expect((await member.upload(`${at}/files`, stamped, await aDecision())).status).toBe(422)
  expect(await stored(member.memberId)).toEqual({ files: 0, refused: 1 })

  await member.upload(`${at}/files`, fields(), await aDecision('Giấy nghỉ hưu.pdf'))
  const [file] = (await member.sees(at.slice('/transfers/'.length))).files
  const fetched = await member.get(`${at}/files/${file!.id}`)
  expect(fetched.headers.get('content-disposition')).toBe(
    `attachment; filename="Giay nghi huu.pdf"; filename*=UTF-8''${encodeURIComponent('Giấy nghỉ hưu.pdf')}`,
  )
  expect(fetched.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  expect(fetched.headers.get('x-content-type-options')).toBe('nosniff')
  const stranger = await world.member('Kẻ Tò Mò')
  expect((await stranger.get(`${at}/files/${file!.id}`)).status).toBe(404)

  const removed = await member.upload(
    `${at}/files/remove`,
    { ...fields(), remove: file!.id },
    await aDecision(),
  )
  expect(removed.status).toBe(303)
  expect((await member.sees(at.slice('/transfers/'.length))).files).toEqual([])
  expect((await member.get(`${at}/files/${file!.id}`)).status).toBe(404)
  const { kept } = await world.database.read.one<{ kept: number }>(
    sql`select count(*) as kept from dossier_file where id = ${file!.id} and removed_at is not null`,
  )
  expect(kept, 'taken off, it stays as history').toBe(1)
})
