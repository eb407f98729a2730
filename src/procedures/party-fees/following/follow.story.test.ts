/** Following up the tree: a cell reminds those who owe, a ward and a city see their units and no names, nobody sees another's; time reminds once a month. */
import ExcelJS from 'exceljs'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Visitor } from '../../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../../tests/transfer-world.ts'
import { sql } from '../../../kernel/db.ts'
import { todayIn } from '../../../kernel/plain-date.ts'
import { assessMonth } from '../assessing/assess.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { takeCash } from '../paying/cash.ts'
import { settleLines } from '../paying/settle.ts'
import { addAccount, addOrder, addSchedule } from '../test-builders.ts'
import type { z } from 'zod'
import type { TOTALS_ANSWER } from './contract.ts'

type Totals = z.infer<typeof TOTALS_ANSWER>

let world: TransferWorld
const people: Record<string, Visitor> = {}

const when = () => ({ at: world.now(), today: todayIn(world.now()) })

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-08-24')
  const { cell, neighbour, otherCell } = world.places
  const cells: [string, string, number][] = [
    ['Hai Tháng', cell, 80_000],
    ['Nộp Ngân Hàng', cell, 70_000],
    ['Nộp Tiền Mặt', cell, 60_000],
    ['Miễn Đảng Phí', cell, 0],
    ['Chưa Kê Khai', cell, -1],
    ['Hàng Xóm', neighbour, 50_000],
    ['Phường Khác', otherCell, 40_000],
  ]
  for (const [name, place, amount] of cells) {
    people[name] = await world.member(name, place)
    if (amount >= 0)
      await world.database.transaction((write) => addSchedule(write, people[name]!.memberId, amount))
  }
  await world.database.transaction(async (write) => {
    await write.run(sql`delete from fee_schedule where member_id = ${people['Nộp Tiền Mặt']!.memberId}`)
  })
  await assessMonth(world.database, '2026-07-01', '2026-07-02')
  await world.database.transaction((write) => addSchedule(write, people['Nộp Tiền Mặt']!.memberId, 60_000))
  await assessMonth(world.database, '2026-08-01', '2026-08-02')
  const account = await world.database.transaction((write) => addAccount(write, cell))
  await payByBank('Nộp Ngân Hàng', account, '2026-07-01', 70_000)
  await payByBank('Nộp Ngân Hàng', account, '2026-08-01', 70_000)
  await world.database.transaction((write) =>
    takeCash(
      write,
      {
        commandId: '5e0ef1a2-6f5a-4a3e-9f5e-8d4f5b6c7d8e',
        cellId: cell,
        lines: [{ memberId: people['Nộp Tiền Mặt']!.memberId, period: '2026-08-01', number: 0 }],
        receivedBy: world.officers.cellSecretary.memberId,
      },
      when(),
    ),
  )
})
afterAll(() => world.close())
afterEach(async () => {
  const { problems } = await verifyLedger(world.database)
  if (problems.length > 0) throw new Error(`the ledger is not clean: ${JSON.stringify(problems)}`)
})

async function payByBank(name: string, accountId: string, month: string, amountVnd: number): Promise<void> {
  const order = {
    organisationId: world.places.cell,
    accountId,
    members: [people[name]!.memberId],
    month,
    amountVnd,
  }
  const key = await world.database.transaction((write) => addOrder(write, order))
  const line = {
    accountId,
    reference: `FT ${key}`,
    amountVnd,
    direction: 'in' as const,
    content: key,
    bookedAt: world.now(),
    source: 'sepay' as const,
    key,
  }
  const [settled] = await settleLines(world.database, [line], when())
  if (settled?.outcome !== 'matched') throw new Error(`not paid: ${settled?.outcome}`)
}

test('the cell sees who owes since when, and who has not declared; reminds one, then all, each once a day', async () => {
  const { cellSecretary, neighbourSecretary } = world.officers
  const page = (await cellSecretary.get('/fees/follow')).text
  expect(page).toMatch(/Hai Tháng[\s\S]*?>2<[\s\S]*?tháng 7\/2026[\s\S]*?160\.000 đ/)
  expect(page).toContain('Chưa Kê Khai')
  expect(page).toContain('Chưa nhắc')
  expect(page).not.toContain('Nộp Ngân Hàng')
  expect(page).not.toContain('Hàng Xóm')

  const both = { which: 'chosen', chosen: [people['Hai Tháng']!.memberId, people['Hàng Xóm']!.memberId] }
  const first = await cellSecretary.form('/fees/follow/remind', both)
  expect([first.status, first.headers.get('location')]).toEqual([303, '/fees/follow?reminded=1'])
  expect(await people['Hai Tháng']!.notices()).toEqual([
    'Đồng chí còn đảng phí chưa nộp, từ tháng 7/2026. Mời đồng chí mở mục Đảng phí để xem và nộp. Nếu đã nộp tiền mặt, đồng chí báo chi bộ.',
  ])
  expect(await people['Hàng Xóm']!.notices()).toEqual([])
  const again = await cellSecretary.form('/fees/follow/remind', { which: 'all' })
  expect(again.headers.get('location')).toBe('/fees/follow?reminded=0')
  expect((await cellSecretary.get('/fees/follow?reminded=0')).text).toContain('Hôm nay')

  world.day('2026-08-25')
  expect((await cellSecretary.post('/api/v1/fees/follow/remind', {})).json()).toEqual({ reminded: 1 })
  expect((await neighbourSecretary.post('/api/v1/fees/follow/remind', {})).json()).toEqual({ reminded: 1 })
  expect(await people['Hai Tháng']!.notices()).toHaveLength(2)
})

test('the ward sees its cells in numbers, without a name of a member; filtered, sorted, as files and paper', async () => {
  const { wardDeputy } = world.officers
  const page = (await wardDeputy.get('/fees/follow?month=2026-08')).text
  for (const name of Object.keys(people)) expect(page).not.toContain(name)
  expect(page).toContain('50,00%')
  const rows = [...page.matchAll(/<th scope="row">(Chi bộ khu phố \d+)/g)].map(([, name]) => name)
  expect(rows).toEqual(['Chi bộ khu phố 3', 'Chi bộ khu phố 10'])

  // A ward that has no line is behind nobody: it is in the whole list, and not among those that lag.
  const { cityChief } = world.officers
  const all = (await cityChief.get('/fees/follow?month=2026-08')).text
  const low = (await cityChief.get('/fees/follow?month=2026-08&low=yes')).text
  expect([all, low].map((text) => text.includes('Phường Hạnh Thông'))).toEqual([true, false])
  expect([all, low].map((text) => text.includes('Phường Cầu Kiệu'))).toEqual([true, true])
  const online = (await wardDeputy.get('/fees/follow?month=2026-08&view=online')).text
  expect(online).toContain('Mọi đơn vị đã vào sổ.')
  expect(online).toMatch(/Chi bộ khu phố 3<[\s\S]*?>5<[\s\S]*?>1<[\s\S]*?20,00%/)
  const june = (await wardDeputy.get('/fees/follow?month=2026-06&view=online')).text
  expect(june).toMatch(/Đơn vị chưa báo cáo \(2\)[\s\S]*?Chi bộ khu phố 3/)
  const lowest = (await wardDeputy.get('/fees/follow?month=2026-08&sort=share')).text
  expect(lowest.indexOf('0,00%')).toBeLessThan(lowest.indexOf('66,67%'))
  expect((await wardDeputy.get('/fees/follow/print?month=2026-08')).text).toContain('Tổng hợp thu đảng phí')

  const csv = (await wardDeputy.get('/fees/follow.csv?month=2026-08')).text
  expect(csv).toContain('"Chi bộ khu phố 3","5","3","2","66,67%","210000","130000","80000","1","0","0","1"')
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load((await wardDeputy.get('/fees/follow.xlsx?month=2026-08')).bytes.buffer as never)
  const sheet = workbook.worksheets[0]!
  expect(sheet.getRow(sheet.rowCount).values).toEqual([
    undefined,
    '',
    'Cộng',
    '',
    4,
    2,
    '50,00%',
    260_000,
    130_000,
    130_000,
    1,
  ])
})

test('one row for the own organisation and one for each below, as programs read them; drilled down within the own subtree only', async () => {
  const { places, officers } = world
  const city = await officers.cityChief.read<Totals>('/api/v1/fees/totals?month=2026-08')
  expect(city.organisation).toEqual({
    id: places.city,
    name: 'Đảng bộ Thành phố Hồ Chí Minh',
    lines: 5,
    paidLines: 2,
    exempt: 1,
    dueVnd: 300_000,
    paidVnd: 130_000,
    owedVnd: 170_000,
    paidPercent: '40.00',
  })
  const below = new Map(city.below.map((unit) => [unit.id, unit]))
  expect(below.get(places.ward)).toMatchObject({ lines: 4, paidLines: 2, paidPercent: '50.00' })
  expect(below.get(places.otherWard)).toMatchObject({ lines: 1, paidLines: 0, paidPercent: '0.00' })
  expect(below.get(places.thirdWard)).toMatchObject({ lines: 0, paidPercent: null })

  const ward = await officers.cityChief.read<Totals>(`/api/v1/fees/totals?month=2026-08&of=${places.ward}`)
  expect(ward.below.map(({ id }) => id).sort()).toEqual([places.cell, places.neighbour].sort())
  expect((await officers.cityChief.get(`/fees/follow?of=${places.ward}`)).text).toContain('Chi bộ khu phố 10')
  const deep = (await officers.cityChief.get(`/fees/follow?month=2026-08&of=${places.cell}`)).text
  expect(deep).not.toContain('Hai Tháng')

  const nowhere = '00000000-0000-4000-8000-000000000000'
  for (const foreign of [places.otherWard, places.otherCell, places.city, places.foreignWard]) {
    for (const path of ['/fees/follow', '/fees/follow.csv', '/fees/follow/print', '/api/v1/fees/totals']) {
      const [asked, unknown] = await Promise.all([
        officers.wardDeputy.get(`${path}?of=${foreign}`),
        officers.wardDeputy.get(`${path}?of=${nowhere}`),
      ])
      expect([path, asked.status, asked.code]).toEqual([path, 404, unknown.code])
    }
  }
  expect((await officers.buildingOfficer.get('/api/v1/fees/totals')).code).toBe('party-fees.handlers-only')
  expect((await people['Hai Tháng']!.get('/api/v1/fees/totals')).status).toBe(403)
})

test('a committee finds the month on its first page; the cell too; who handles no fees does not', async () => {
  const { wardDeputy, cellSecretary, buildingOfficer, strangerDeputy } = world.officers
  const card = 'Đảng phí tháng 8/2026: đã nộp 50,00%'
  expect((await wardDeputy.get('/')).text).toContain(card)
  expect((await wardDeputy.get('/')).text).toContain('Đã nộp 130.000 đ trên 260.000 đ.')
  expect((await cellSecretary.get('/')).text).toContain('đã nộp 66,67%')
  expect((await buildingOfficer.get('/')).text).not.toContain('Đảng phí tháng')
  expect((await strangerDeputy.get('/')).text).not.toContain('Đảng phí tháng')
})

test('time reminds whoever owes once a month, on the day of the setting', async () => {
  const of = async (name: string) => (await people[name]!.notices()).length
  const before = [await of('Hai Tháng'), await of('Phường Khác')]
  world.day('2026-08-24')
  await world.sweep()
  expect([await of('Hai Tháng'), await of('Phường Khác')]).toEqual(before)
  for (const day of ['2026-08-25', '2026-08-26', '2026-08-27']) {
    world.day(day)
    await world.sweep()
  }
  expect([await of('Hai Tháng'), await of('Phường Khác')]).toEqual(before.map((count) => count + 1))
  expect((await people['Phường Khác']!.notices())[0]).toContain('từ tháng 7/2026')
  expect(await of('Nộp Ngân Hàng')).toBe(0)
})
