/** The last day of a temporary stay comes near and passes, with the clock moved: who is reminded, how often, and who owns what ran out. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginStay, type StayLife } from '../../../tests/stay-life.ts'
import type { Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
})
afterAll(() => world.close())

/** The sweep comes by, twice: the second changes nothing. */
async function passes(day: string): Promise<void> {
  world.day(day, '08:00')
  await world.sweep()
  await world.sweep()
}

/** Reminders the member, the host cell and the official cell have of this stay. */
async function reminders({ id, member }: StayLife): Promise<readonly [number, number, number]> {
  const { destinationSecretary, cellSecretary } = world.officers
  const count = async (who: Visitor) =>
    (await who.notices(id)).filter((text) => /hết (?:thời gian )?vào ngày/.test(text)).length
  return [await count(member), await count(destinationSecretary), await count(cellSecretary)]
}

const stateOf = ({ id, member }: StayLife) =>
  member.read<{ status: string; awaited: { organisation: { name: string } | null; overdue: boolean } }>(
    `/api/v1/temporary-transfers/${id}`,
  )

test('sixty, thirty and seven days before the last day all three are reminded once, and anew after an extension', async () => {
  world.day('2026-08-31', '09:00')
  const life = await beginStay(world, await world.member('Trần Thị Sắp Hết'), { to: '2026-12-31' })
  world.day('2026-09-07', '09:00')
  await life.to('active')
  for (const [day, times] of [
    ['2026-10-31', 0],
    ['2026-11-01', 1],
    ['2026-11-02', 1],
    ['2026-12-01', 2],
    ['2026-12-23', 2],
    ['2026-12-24', 3],
    ['2026-12-25', 3],
  ] as const) {
    await passes(day)
    expect(await reminders(life), day).toEqual([times, times, times])
  }
  const [newest] = (await life.member.notices(life.id)).filter((text) => text.includes('vào ngày'))
  expect(newest).toContain('31/12/2026')
  const { cellSecretary, destinationDeputy } = world.officers
  for (const text of await cellSecretary.notices(life.id)) expect(text).not.toContain('Sắp Hết')

  world.day('2026-12-28', '09:00')
  await life.ask(life.member, 'ask-extension', { until: '2027-03-31', reason: 'Công việc chưa xong.' })
  await life.ask(destinationDeputy, 'grant-extension')
  await passes('2026-12-29')
  expect(await reminders(life)).toEqual([3, 3, 3])
  await passes('2027-02-01')
  expect(await reminders(life)).toEqual([4, 4, 4])
})

test('the day after the last day the stay is marked, its official cell owns it, all three are told once, and it can end well', async () => {
  const { cellSecretary, destinationSecretary } = world.officers
  world.day('2027-04-01', '09:00')
  const life = await beginStay(world, await world.member('Trần Văn Quá Hạn'), { to: '2027-09-30' })
  world.day('2027-04-08', '09:00')
  await life.to('active')
  await passes('2027-09-30')
  expect((await stateOf(life)).status).toBe('active')

  const before = await Promise.all(
    [life.member, destinationSecretary, cellSecretary].map(
      async (who) => (await who.notices(life.id)).length,
    ),
  )
  await passes('2027-10-01')
  expect(await stateOf(life)).toMatchObject({
    status: 'expired',
    awaited: { organisation: { name: 'Chi bộ khu phố 3' } },
  })
  expect(await cellSecretary.queue('todo')).toContain(life.id)
  const after = await Promise.all(
    [life.member, destinationSecretary, cellSecretary].map(
      async (who) => (await who.notices(life.id)).length,
    ),
  )
  expect(after.map((count, index) => count - before[index]!)).toEqual([1, 1, 1])
  await passes('2027-10-02')
  expect((await cellSecretary.notices(life.id)).length).toBe(after[2])

  await life.ask(destinationSecretary, 'write-return', {
    leftOn: '2027-09-30',
    comment: 'Đồng chí sinh hoạt đều.',
    feesPaidThrough: '2027-09',
  })
  await life.ask(cellSecretary, 'record-return')
  expect((await stateOf(life)).status).toBe('completed')
})
