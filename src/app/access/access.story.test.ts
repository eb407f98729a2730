/** An administrator asks who may see and who may sign: the rules answer with their reasons, and nothing of the member is told. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginTransfer } from '../../../tests/transfer-life.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld
let number: string
let memberId: string

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-09-07', '09:00')
  const member = await world.member('Lý Thị Kín')
  memberId = member.memberId
  const life = await beginTransfer(world, member)
  number = (await life.to('committee-review', 1)).number ?? ''
})
afterAll(() => world.close())

const ask = (question: Readonly<Record<string, string>>, who = world.officers.administrator) =>
  who.get(`/access?${new URLSearchParams(question).toString()}`)

/** What stands in the page's main part, without its tags. */
const said = (text: string): string =>
  (/<main[\s\S]*<\/main>/.exec(text)?.[0] ?? '').replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

test('an office that has the dossier may see and sign, and why', async () => {
  const answer = await ask({
    dossier: number,
    position: 'committee-deputy-secretary',
    organisationId: world.places.ward,
  })
  expect(answer.status).toBe(200)
  const text = said(answer.text)
  expect(text).toContain('Xem hồ sơ Được Tổ chức này nằm trên đường đi của hồ sơ.')
  expect(text).toContain('Ký giấy giới thiệu Được')
  expect(text).toContain('Không ai tự giải quyết hồ sơ của mình')
  expect(text).toContain('379-QĐ/TW, Điều 12')
})

test('another office there lacks authority, an office elsewhere is not in line', async () => {
  const clerk = await ask({ dossier: number, position: 'office-clerk', organisationId: world.places.ward })
  const signing = said(clerk.text).split('Ký giấy giới thiệu ')[1]?.split('Hướng dẫn bổ sung')[0]
  expect(signing).toContain('Không được Chức danh không có thẩm quyền; việc này của: Bí thư Đảng ủy')
  expect(signing).not.toContain('Chuyên viên')
  expect(said(clerk.text)).toContain('Rút hồ sơ Không được Không phải việc của tổ chức đang giữ hồ sơ')
  const commission = await ask({
    dossier: number,
    position: 'commission-deputy',
    organisationId: world.places.commission,
  })
  expect(said(commission.text)).toContain('Không phải tổ chức đang giữ hồ sơ')
  const stranger = await ask({
    dossier: number,
    position: 'committee-deputy-secretary',
    organisationId: world.places.thirdWard,
  })
  expect(said(stranger.text)).toContain('Xem hồ sơ Không được Không cùng tuyến')
  const administrator = await ask({
    dossier: number,
    position: 'system-administrator',
    organisationId: world.places.ward,
  })
  expect(said(administrator.text)).toContain('Quản trị hệ thống chỉ làm kỹ thuật')
})

test('the page agrees with the doors about everybody in office', async () => {
  const text = said((await ask({ dossier: number })).text)
  expect(text).toContain('Phó Bí Thư Tân Tạo')
  expect(text).toContain('ngoài phạm vi quản trị')
  expect(text).not.toContain('Phó Bí Thư Cầu Kiệu')
  for (const [position, place, who] of [
    ['cell-secretary', 'cell', world.officers.cellSecretary],
    ['commission-clerk', 'commission', world.officers.commissionClerk],
    ['committee-deputy-secretary', 'thirdWard', world.officers.strangerDeputy],
    ['system-administrator', 'ward', world.officers.administrator],
  ] as const) {
    const seen = await ask({ dossier: number, position, organisationId: world.places[place] })
    const { dossiers } = { dossiers: await who.get(`/transfers/${await idOf()}`) }
    expect(said(seen.text).includes('Xem hồ sơ Được'), position).toBe(dossiers.status === 200)
  }
})

const idOf = async (): Promise<string> => {
  const rows = await world.change('select id from dossier where number = $1', [number])
  return (rows.rows[0] as { id: string }).id
}

test('nothing of the member is told, nor who the member is', async () => {
  for (const question of [
    { dossier: number },
    { dossier: number, position: 'committee-secretary', organisationId: world.places.ward },
  ]) {
    const { text } = await ask(question)
    expect(text).not.toContain('Lý Thị Kín')
    expect(text).not.toContain(memberId)
  }
})

test('a dossier of other organisations is as unknown as none', async () => {
  const far = await world.member('Quản Trị Xa', world.places.foreignCell)
  const administrator = await world.office(
    far.memberId,
    far.name,
    'system-administrator',
    world.places.foreignWard,
  )
  const foreign = await ask({ dossier: number }, administrator)
  const none = await ask({ dossier: '79.999-2026-000001' }, administrator)
  expect([foreign.status, none.status]).toEqual([404, 404])
  expect(said(foreign.text).replace(/Mã [^ ]+/, '')).toContain('Không tìm thấy hồ sơ này')
})

test('an organisation: what an office may do there, and which offices may', async () => {
  const { cell, ward } = world.places
  const above = said((await ask({ aboutId: cell, position: 'building-officer', organisationId: ward })).text)
  expect(above).toContain('Xem danh sách, hồ sơ đảng viên Được Là tổ chức cấp trên của tổ chức này.')
  expect(above).toContain('Tạm dừng, gỡ tạm dừng chuyển sinh hoạt Không được Chức danh không có thẩm quyền')
  const chair = said((await ask({ aboutId: cell, position: 'inspection-chair', organisationId: ward })).text)
  expect(chair).toContain('Tạm dừng, gỡ tạm dừng chuyển sinh hoạt Được')
  const beside = said(
    (await ask({ aboutId: cell, position: 'cell-secretary', organisationId: world.places.neighbour })).text,
  )
  expect(beside).toContain('Xem tổ chức và số liệu Không được Không cùng tuyến')
  const all = said((await ask({ aboutId: cell })).text)
  expect(all).toContain('Bí Thư Khu Phố Ba')
  const byName = said((await ask({ about: 'khu pho 3', position: '' })).text)
  expect(byName).toContain('Chưa rõ tổ chức nào')
})

test('the matrix in short names every route', async () => {
  const { text } = await world.officers.administrator.get('/access/matrix')
  for (const { method, url } of world.server.routeTable) expect(text).toContain(`${method} ${url}`)
})

test('it is for administrators', async () => {
  expect((await ask({ dossier: number }, world.officers.wardDeputy)).status).toBe(403)
})
