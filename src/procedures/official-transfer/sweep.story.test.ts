/** What time brings about is looked after dossier by dossier: one that is broken keeps no other waiting. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginTransfer, storedTransfer } from '../../../tests/transfer-life.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

test('a dossier that cannot be understood is told as a defect, after everybody else was looked after', async () => {
  world.day('2026-09-07', '09:00')
  const broken = await beginTransfer(world, await world.member('Hồ Thị Hỏng'))
  const sound = await beginTransfer(world, await world.member('Hồ Văn Lành'))
  for (const life of [broken, sound]) await life.to('in-transit')
  await world.change(`update dossier set state = state - 'hops' where id = $1`, [broken.id])

  world.day('2026-10-27', '09:00')
  await expect(world.sweep()).rejects.toThrow('1 dossiers not looked after')
  expect((await storedTransfer(world, sound.id)).state.presentationOverdue).toBe(true)
  expect((await storedTransfer(world, broken.id)).state.presentationOverdue).toBe(false)
  expect(await sound.member.notices(sound.id)).toContain(
    'Nhắc đồng chí xuất trình hồ sơ tại nơi đến trước hết ngày 19/10/2026.',
  )
})
