/** The first page of each: a member's affairs, an office's three queues with search, filter and files, an inspector's search. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginTransfer } from '../../../tests/transfer-life.ts'
import type { Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-08-24', '08:00')
})
afterAll(() => world.close())

/** In which of an office's queues a dossier stands: '' for none. */
async function queueOf(office: Visitor, dossierId: string): Promise<string> {
  const found: string[] = []
  for (const queue of ['todo', 'waiting', 'coming'] as const)
    if ((await office.queue(queue)).includes(dossierId)) found.push(queue)
  return found.join(' ')
}

test('a dossier stands in exactly one queue of each office on its way, and moves through them', async () => {
  const { cellSecretary, wardDeputy, wardClerk, commissionDeputy, destinationDeputy, strangerDeputy } =
    world.officers
  const life = await beginTransfer(world, await world.member('Đặng Thị Hàng'))
  const where = async () =>
    Promise.all(
      [cellSecretary, wardDeputy, wardClerk, commissionDeputy, destinationDeputy, strangerDeputy].map(
        (office) => queueOf(office, life.id),
      ),
    )
  expect(await where(), 'a draft is in nobody’s').toEqual(['', '', '', '', '', ''])
  await life.to('received')
  expect(await where()).toEqual(['todo', '', '', '', '', ''])
  await life.to('committee-review', 1)
  expect(await where()).toEqual(['waiting', 'todo', 'waiting', 'coming', 'coming', ''])
  await life.to('numbering', 1)
  expect(await where()).toEqual(['waiting', 'waiting', 'todo', 'coming', 'coming', ''])
  await life.to('in-transit')
  expect(await where(), 'on its way here is coming, not waiting').toEqual([
    'waiting',
    'waiting',
    'waiting',
    'waiting',
    'coming',
    '',
  ])
  await life.to('at-destination')
  expect((await where()).at(4)).toBe('todo')
  await life.to('completed')
  expect(await where()).toEqual(['', '', '', '', '', ''])
})

test('the queue shows counts, finds by name without diacritics and by number, and narrows to what is overdue', async () => {
  const { cellSecretary } = world.officers
  const late = await beginTransfer(world, await world.member('Phùng Đức Thắng'))
  const { number } = await late.to('received')
  world.day('2026-08-27', '08:00')
  const fresh = await beginTransfer(world, await world.member('Quách Thị Lý'))
  await fresh.to('received')
  const page = async (query: string) => (await cellSecretary.get(`/?queue=todo${query}`)).text
  expect(await page('')).toMatch(/Cần tôi xử lý<span class="chip-count"> \(2\)/)
  expect(await page('&q=phung+duc+thang')).toContain('Phùng Đức Thắng')
  expect(await page('&q=phung+duc+thang')).not.toContain('Quách Thị Lý')
  expect(await page(`&q=${number!}`)).toContain('Phùng Đức Thắng')
  const overdue = await page('&overdue=yes')
  expect(overdue).toContain('Quá hạn từ')
  expect(overdue).not.toContain('Quách Thị Lý')
  expect(await page('&q=nobody+at+all')).toContain('Không có hồ sơ nào khớp')
  const lines = await page('')
  expect(lines.indexOf('Phùng Đức Thắng'), 'the nearest deadline first').toBeLessThan(
    lines.indexOf('Quách Thị Lý'),
  )
})

test('a queue as a file: text that a program would run stays text, and the workbook opens', async () => {
  const { cellSecretary, strangerDeputy } = world.officers
  const life = await beginTransfer(world, await world.member('=HYPERLINK("http://x") Nguyễn'))
  await life.to('received')
  const csv = await cellSecretary.get('/queue.csv?queue=todo')
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(csv.text).toContain(`"'=HYPERLINK(""http://x"") Nguyễn"`)
  const workbook = await cellSecretary.get('/queue.xlsx?queue=todo')
  expect(Buffer.from(workbook.bytes.subarray(0, 2)).toString()).toBe('PK')
  expect((await strangerDeputy.get('/queue.csv?queue=todo')).text.trim().split('\r\n')).toHaveLength(1)
})

test('a member sees the own affairs with what now and until when; the tool room sees nobody’s', async () => {
  const member = await world.member('Hồ Văn Nhà')
  expect((await member.get('/')).text).toContain('Đồng chí không có việc nào đang mở.')
  const life = await beginTransfer(world, member)
  const draft = (await member.get('/')).text
  expect(draft).toContain('Đến lượt đồng chí: viết tiếp rồi gửi hồ sơ')
  expect(draft).toContain(`href="/transfers/${life.id}/questions"`)
  await life.to('received')
  const received = (await member.get('/')).text
  expect(received).toContain('Đang ở: Chi bộ khu phố 3. Chi bộ kiểm tra hồ sơ')
  expect(received).toMatch(/pill--soon">Trước /)
  await member.ask(life.id, 'withdraw', { reason: 'Thôi.' })
  expect((await member.get('/')).text).toContain('Đã xong (1)')
  const { administrator } = world.officers
  expect((await administrator.get('/')).text).toContain('Quản trị hệ thống')
  expect((await administrator.get('/queue.csv?queue=todo')).status).toBe(403)
  expect((await administrator.get('/api/v1/dossiers?queue=todo')).status).toBe(403)
  expect((await member.get('/api/v1/dossiers?queue=todo')).status).toBe(403)
})

test('the inspector finds a member of the own organisations and nobody else’s', async () => {
  const { inspector } = world.officers
  await world.member('Lâm Thị Ngoài', world.places.otherCell)
  await world.member('Lâm Thị Trong')
  const searched = await inspector.form('/holds/search', { member: 'lam thi' })
  const link = searched.headers.get('location')!
  expect(link).toMatch(/^\/\?member=[\w-]+$/)
  const found = (await inspector.get(link)).text
  expect(found).toContain('Lâm Thị Trong')
  expect(found).not.toContain('Lâm Thị Ngoài')
  expect((await inspector.get('/?member=lam+thi')).text, 'read by its session alone').not.toContain(
    'Lâm Thị Trong',
  )
})
