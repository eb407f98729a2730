/** Two demo wards become one and go back: planned by the administrator, signed by the committee, clicked as they would. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { sql } from '../../src/kernel/db.ts'
import { faultsOf } from './accessible.ts'
import { expectPage, expectText, press } from './forms.ts'
import { DESK, openStage, PHONE, type Stage } from './stage.ts'

let stage: Stage
let planner: Page
let signer: Page
let plan: string

beforeAll(async () => {
  stage = await openStage()
}, 120_000)
afterEach((context) => stage.review(context))
afterAll(() => stage.close())

/** Both widths, without faults; pictures where BROWSER_PICTURES names a folder. */
async function look(page: Page, name: string): Promise<void> {
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport)
    const folder = process.env.BROWSER_PICTURES
    if (folder)
      await page.screenshot({ path: `${folder}/reorganise-${name}-${viewport.width}.png`, fullPage: true })
    expect(await faultsOf(page)).toEqual([])
  }
}

const countOf = async (name: RegExp): Promise<number> => {
  const rows = await stage.instance.parts.database.read.rows<{ name: string; count: number }>(sql`
    select o.name, count(*) from organisation_on((now() at time zone 'Asia/Ho_Chi_Minh')::date) o
      join organisation_on((now() at time zone 'Asia/Ho_Chi_Minh')::date) b on b.path collate "C" >= o.path and b.path collate "C" < left(o.path, -1) || '/'
      join membership m on m.organisation_id = b.id and m.until is null group by o.id, o.name`)
  return rows.find((row) => name.test(row.name))?.count ?? 0
}

test('the administrator of the city finds the plans, and begins one', async () => {
  planner = await stage.personIn('city-administrator')
  await planner.getByRole('link', { name: 'Sắp xếp tổ chức đảng' }).click()
  await expectPage(planner, 'Sắp xếp tổ chức đảng')
  await look(planner, 'none')
  await planner.getByRole('link', { name: 'Lập phương án mới' }).click()
  await press(planner, 'Lưu và tiếp tục')
  await expectText(planner, 'Đồng chí ghi mục này.')
  stage.allow(/400/)
  await look(planner, 'details')
  await planner.getByLabel('Tên phương án').fill('Hợp nhất phường Tân Tạo và phường Cầu Kiệu')
  await planner.getByLabel('Số, ký hiệu quyết định').fill('12-QĐ/TU')
  await planner.getByLabel('Cơ quan ban hành').fill('Ban Thường vụ Thành ủy')
  await press(planner, 'Lưu và tiếp tục')
  await expectPage(planner, 'Hợp nhất phường Tân Tạo và phường Cầu Kiệu')
  plan = new URL(planner.url()).pathname
})

test('adds the merger, and sees what it would change', async () => {
  await planner.getByRole('link', { name: 'Hợp nhất, sáp nhập' }).click()
  await look(planner, 'merge')
  await planner.getByRole('checkbox', { name: 'Đảng bộ Phường Tân Tạo' }).check()
  await planner.getByRole('checkbox', { name: 'Đảng bộ Phường Cầu Kiệu' }).check()
  await press(planner, 'Thêm vào phương án')
  await expectText(planner, 'Đồng chí ghi tên tổ chức mới.')
  stage.allow(/400/)
  await planner.getByLabel('Tên tổ chức mới').fill('Đảng bộ Phường Tân Kiệu')
  await press(planner, 'Thêm vào phương án')
  await expectText(planner, 'Đảng bộ Phường Tân Tạo, Đảng bộ Phường Cầu Kiệu nay là Đảng bộ Phường Tân Kiệu')
  await expectText(planner, 'Tổng số không đổi')
  await expectText(planner, 'chưa có ai giữ chức danh')
  const going = planner.getByRole('row', { name: /Phó Bí thư Đảng ủy, Đảng bộ Phường Tân Tạo/ })
  await going.getByRole('checkbox').first().check()
  await press(planner, 'Lưu lựa chọn chức danh')
  await expectText(planner, 'Phương án chờ bí thư hoặc phó bí thư của cấp ủy ký.')
  await look(planner, 'preview')
})

test('the committee signs what it sees: the wards are one, and its officer acts there', async () => {
  const before = [await countOf(/Tân Tạo/), await countOf(/Cầu Kiệu/)]
  signer = await stage.personIn('city-standing-deputy')
  await signer.goto(plan)
  await press(signer, 'Ký và áp dụng')
  await expectText(signer, 'Đã áp dụng')
  expect(await countOf(/Tân Kiệu/)).toBe(before[0]! + before[1]!)
  await look(signer, 'applied')
  const officer = await stage.visit()
  await officer.goto('/')
  const { memberId } = stage.person('ward-deputy-secretary')
  const offices = await stage.instance.parts.database.read.rows<{ name: string }>(sql`
    select o.name from hat_on(${memberId}, (select id from office where member_id = ${memberId} and until is null limit 1),
      null, (now() at time zone 'Asia/Ho_Chi_Minh')::date) h join organisation_on((now() at time zone 'Asia/Ho_Chi_Minh')::date) o on o.id = h.organisation_id`)
  expect(offices).toEqual([{ name: 'Đảng bộ Phường Tân Kiệu' }])
})

test('its papers wait for their signatures: the committee signs for a ward that is gone', async () => {
  await signer.goto(plan)
  await signer.getByRole('link', { name: 'Quyết định chuyển giao của Thành ủy' }).click()
  await expectText(signer, 'Chờ văn thư lấy số')
  await look(signer, 'decision')
  await signer.goto('/')
  await expectText(signer, 'giấy tờ bàn giao chờ đồng chí')
  await signer.getByRole('link', { name: 'Mở giấy tờ bàn giao' }).click()
  await expectPage(signer, 'Giấy tờ bàn giao')
  await look(signer, 'hand-overs')
  await signer.getByRole('link', { name: /Biên bản bàn giao: Đảng ủy Phường Cầu Kiệu/ }).click()
  await expectText(signer, 'Ai ký khi bên giao đã kết thúc hoạt động')
  await look(signer, 'minutes')
  await press(signer, 'Ký thay mặt bên giao')
  await expectText(signer, 'Chờ bên nhận ký')
  await look(signer, 'minutes-signed')
  await signer.goto(plan)
})

test('goes back: everything is as it was', async () => {
  await signer.getByLabel('Lý do').fill('Nhập nhầm phường')
  await press(signer, 'Thu hồi')
  await expectText(signer, 'Đã thu hồi. Mọi việc trở lại như trước')
  expect(await countOf(/Tân Kiệu/)).toBe(0)
  expect(await countOf(/Tân Tạo/)).toBeGreaterThan(1000)
  await look(signer, 'undone')
  await signer.goto('/reorganisations')
  await look(signer, 'list')
})

test('each other kind of step has its form', async () => {
  await planner.goto('/reorganisations/begin')
  await planner.getByLabel('Tên phương án').fill('Sắp xếp chi bộ')
  await planner.getByLabel('Số, ký hiệu quyết định').fill('13-QĐ/TU')
  await planner.getByLabel('Cơ quan ban hành').fill('Ban Thường vụ Thành ủy')
  await press(planner, 'Lưu và tiếp tục')
  const address = new URL(planner.url()).pathname
  for (const step of ['split', 'part', 'move', 'dissolve', 'rename']) {
    await planner.goto(`${address}/steps/${step}`)
    await look(planner, step)
  }
  await planner.goto(`${address}/steps/rename`)
  await planner.getByRole('radio', { name: 'Đảng bộ Phường Tân Tạo' }).check()
  await planner.getByLabel('Tên tổ chức mới').fill('Đảng bộ Phường Tân Tạo Đông')
  await press(planner, 'Thêm vào phương án')
  await expectText(planner, 'Đảng bộ Phường Tân Tạo đổi tên thành Đảng bộ Phường Tân Tạo Đông')
  await press(planner, 'Bỏ việc này')
  await expectText(planner, 'Chưa có việc nào')
})
