/** What is missing is told once, and the clock stops for it; what nobody answers is reminded of, then closed; a broken file is sent again. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDecision, beginTransfer, foldedDossiers } from '../../../tests/transfer-life.ts'
import { whereIs } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

test('the eight working hours stop while a supplement is awaited and run on when it is answered; a second one needs a reason', async () => {
  const { cellSecretary } = world.officers
  const member = await world.member('Nguyễn Văn Thiếu')
  world.day('2026-09-07', '08:00')
  const life = await beginTransfer(world, member)
  expect(whereIs(await life.to('received'))).toBe('received · Chi bộ khu phố 3 · 08:00 08/09/2026')

  // Monday 14:00: four and a half of the eight hours are used.
  world.day('2026-09-07', '14:00')
  const items = 'Bản sao sổ hộ khẩu mới\nGiấy xác nhận của cơ quan'
  const asked = await cellSecretary.form(`/transfers/${life.id}/ask-supplement`, {
    commandId: randomUUID(),
    items,
  })
  expect([asked.status, asked.headers.get('location')]).toEqual([
    303,
    `/transfers/${life.id}?done=ask-supplement`,
  ])
  const waiting = await member.sees(life.id)
  expect(whereIs(waiting)).toBe('supplement-requested · đảng viên · 17:00 14/09/2026')
  expect(waiting.supplements[0]!.items).toEqual(items.split('\n'))
  expect(waiting.awaited).toMatchObject({ mine: true, organisation: { name: 'Chi bộ khu phố 3' } })
  expect(await member.notices(life.id)).toContain(
    'Hồ sơ cần bổ sung. Mời đồng chí xem danh sách và trả lời. Hạn: 17:00 14/09/2026.',
  )
  expect(await cellSecretary.queue('waiting')).toContain(life.id)

  // Wednesday 10:00: three and a half hours are left, over the noon break.
  world.day('2026-09-09', '10:00')
  await life.attach('supplement', await aDecision('xac-nhan.pdf'))
  const answered = await member.ask(life.id, 'answer-supplement', { note: 'Đã gửi đủ hai giấy.' })
  expect(whereIs(answered)).toBe('received · Chi bộ khu phố 3 · 15:00 09/09/2026')
  expect(answered.supplements[0]!.answeredAt).not.toBeNull()

  const again = { items: ['Ảnh thẻ'] }
  const refusal = await cellSecretary.refused(life.id, 'ask-supplement', again)
  expect(refusal).toMatchObject({
    status: 422,
    code: 'transfer.one-supplement',
    citation: '338-QĐ/TW, Điều 14',
  })
  const overridden = await cellSecretary.ask(life.id, 'ask-supplement', {
    ...again,
    overrideReason: 'Giấy xác nhận gửi lên không đọc được.',
  })
  expect(overridden.supplements[1]).toMatchObject({ overrideReason: 'Giấy xác nhận gửi lên không đọc được.' })
  expect(whereIs(overridden)).toBe('supplement-requested · đảng viên · 17:00 16/09/2026')

  // Nobody answers: the sweep reminds once, after the deadline and not before.
  world.day('2026-09-16', '16:59')
  await world.sweep()
  expect(whereIs(await member.sees(life.id))).toBe(whereIs(overridden))
  world.day('2026-09-17', '08:00')
  await world.sweep()
  await world.sweep()
  const reminded = await member.sees(life.id)
  expect(reminded.timeline.filter(({ type }) => type === 'supplement-reminded')).toHaveLength(1)
  expect(whereIs(reminded)).toBe('supplement-requested · đảng viên · 17:00 07/10/2026')
  expect(await member.notices(life.id)).toContain(
    'Nhắc đồng chí bổ sung hồ sơ. Quá hạn mà chưa bổ sung, hồ sơ có thể bị đóng. Hạn: 17:00 07/10/2026.',
  )

  // Twenty working days after it was asked the officer may close it, and not a day sooner.
  const reason = { reason: 'Đảng viên không bổ sung dù đã nhắc.' }
  world.day('2026-10-07', '16:00')
  expect(await cellSecretary.refused(life.id, 'close-unanswered', reason)).toMatchObject({
    code: 'transfer.close-too-early',
    facts: { closableOn: '2026-10-08' },
  })
  world.day('2026-10-08')
  expect(whereIs(await cellSecretary.ask(life.id, 'close-unanswered', reason))).toBe('closed-unanswered')
  expect((await member.notices(life.id))[0]).toBe(
    'Hồ sơ đã đóng vì không được bổ sung. Đồng chí có thể làm hồ sơ mới.',
  )
  const anew = await beginTransfer(world, member)
  expect((await member.sees(anew.id)).status).toBe('draft')
})

test('a complex dossier is given until the end of the working day after reception, once and with a reason', async () => {
  const { cellDeputy } = world.officers
  world.day('2026-10-12', '08:00')
  const life = await beginTransfer(world, await world.member('Nguyễn Văn Phức'))
  await life.to('received')
  expect(await cellDeputy.refused(life.id, 'extend-intake')).toMatchObject({
    status: 400,
    fields: [{ field: 'reason' }],
  })
  world.day('2026-10-12', '16:00')
  const reason = { reason: 'Phải hỏi lại cơ quan ban hành quyết định.' }
  const extended = await cellDeputy.ask(life.id, 'extend-intake', reason)
  expect(whereIs(extended)).toBe('received · Chi bộ khu phố 3 · 17:00 13/10/2026')
  expect(await life.member.notices()).toContain(
    'Chi bộ cần thêm thời gian kiểm tra hồ sơ của đồng chí. Hạn: 17:00 13/10/2026.',
  )
  expect(await cellDeputy.refused(life.id, 'extend-intake', reason)).toMatchObject({
    code: 'transfer.extended-once',
  })
})

test('a decision whose signature is broken is told at once, exchanged and sent again; nobody else was troubled', async () => {
  const { cellSecretary } = world.officers
  world.day('2026-10-13', '09:00')
  const member = await world.member('Nguyễn Văn Rách')
  const life = await beginTransfer(world, member)
  const broken = { name: 'quyet-dinh.pdf', type: 'application/pdf', bytes: await aBrokenPaper() }
  await life.attach('decision', broken)
  const rejected = await member.ask(life.id, 'submit', { declared: true })
  expect(whereIs(rejected)).toBe('technically-rejected · đảng viên')
  expect(rejected).toMatchObject({ number: null, technicalDefects: ['file.signature-broken'] })
  expect(await member.notices()).toEqual([
    'Hồ sơ chưa gửi được vì có tệp bị lỗi. Mời đồng chí sửa và gửi lại.',
  ])
  expect(await cellSecretary.notices(life.id)).toEqual([])
  expect(await cellSecretary.queue('todo')).not.toContain(life.id)
  const page = await member.get(`/transfers/${life.id}/questions/decision-file`)
  expect(page.text).toContain('chữ ký')

  await member.ask(life.id, 'detach-file', { fileId: rejected.files[0]!.id })
  await life.attach('decision')
  const received = await member.ask(life.id, 'submit', { declared: true })
  expect(whereIs(received)).toBe('received · Chi bộ khu phố 3 · 09:00 14/10/2026')
  expect(received).toMatchObject({
    number: expect.stringMatching(/^79\.021-2026-\d{6}$/),
    technicalDefects: [],
  })
  expect(await cellSecretary.notices(life.id)).toHaveLength(1)
})

/** A paper of ours in which one character was changed after it had been signed. */
async function aBrokenPaper(): Promise<Uint8Array> {
  const vectors = join(import.meta.dirname, '..', '..', 'signatures', 'vectors')
  const bytes = new Uint8Array(await readFile(join(vectors, 'referral-2026.pdf')))
  const date = Buffer.from(bytes).indexOf('(D:20')
  bytes[date + 6] = bytes[date + 6] === 0x39 ? 0x38 : 0x39
  return bytes
}

test('folding a dossier’s events gives its stored state, and whose turn it is, and whom it passes', async () => {
  const dossiers = await foldedDossiers(world)
  expect(dossiers.length).toBeGreaterThan(3)
  for (const { stored, folded } of dossiers) expect(folded).toEqual(stored)
})
