/** One action on several dossiers: each answers for itself, and the same form sent again does nothing twice. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginTransfer, foldedDossiers, type Life } from '../../../tests/transfer-life.ts'
import type { Answer, Visitor } from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-09-07', '09:00')
})
afterAll(() => world.close())

const NAMES = ['Tạ Thị Một', 'Tạ Văn Hai', 'Tạ Thị Ba']

/** Three dossiers that stand at the same step; each as the officer's list names it. */
async function three(bring: (life: Life) => Promise<{ version: number }>) {
  const found: { life: Life; key: string }[] = []
  for (const name of NAMES) {
    const life = await beginTransfer(world, await world.member(name))
    const { version } = await bring(life)
    found.push({ life, key: `${life.id}_${version}` })
  }
  return found
}

/** What the result page says of each dossier, those that failed first. */
function results({ text }: Answer): string[] {
  const items = text.match(/<li class="[^"]*result--[\s\S]*?<\/li>/g) ?? []
  return items.map((item) =>
    item
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  )
}

const timelines = (all: readonly { life: Life }[]) =>
  Promise.all(all.map(async ({ life }) => (await life.member.sees(life.id)).timeline))

test('three are accepted at once; the one that was withdrawn meanwhile says so, the others go on, and again does nothing', async () => {
  const { cellSecretary } = world.officers
  const dossiers = await three((life) => life.to('received'))
  const desk = await cellSecretary.get('/?queue=todo')
  for (const { key } of dossiers) expect(desk.text).toContain(key)
  await dossiers[1]!.life.member.ask(dossiers[1]!.life.id, 'withdraw', { reason: 'Chưa chuyển nữa.' })

  const form = { commandId: randomUUID(), command: 'accept-intake', chosen: dossiers.map(({ key }) => key) }
  const answer = await cellSecretary.form('/queue/bulk', form)
  expect(answer.status).toBe(200)
  expect(results(answer)).toEqual([
    expect.stringMatching(/^Tạ Văn Hai .*(vừa|mới|đã) /),
    expect.stringMatching(/^Tạ Thị Một .*Đã xong\. Bước tiếp theo: Chi bộ nhận xét và ký\.$/),
    expect.stringMatching(/^Tạ Thị Ba .*Đã xong\. Bước tiếp theo: Chi bộ nhận xét và ký\.$/),
  ])
  expect(
    await Promise.all(dossiers.map(async ({ life }) => (await life.member.sees(life.id)).status)),
  ).toEqual(['cell-review', 'withdrawn', 'cell-review'])
  const before = await timelines(dossiers)
  expect(results(await cellSecretary.form('/queue/bulk', form))).toEqual(results(answer))
  expect(await timelines(dossiers)).toEqual(before)
})

test('a clerk numbers three at once, in order and without a gap, and is told of the one whose letter was returned', async () => {
  const { wardClerk, wardDeputy } = world.officers
  const dossiers = await three((life) => life.to('numbering', 1))
  const back = dossiers[0]!.life
  await wardClerk.ask(back.id, 'return', { reason: 'Sai ngày.' })
  const form = { commandId: randomUUID(), command: 'take-number', chosen: dossiers.map(({ key }) => key) }
  const [failed, ...done] = results(await wardClerk.form('/queue/bulk', form))
  expect(failed).toMatch(/^Tạ Thị Một /)
  expect(done).toHaveLength(2)
  await world.work()
  const symbols = await Promise.all(
    dossiers.slice(1).map(async ({ life }) => (await life.member.sees(life.id)).hops[1]!.symbol),
  )
  expect(symbols).toEqual(['Số 01-GGT/ĐU', 'Số 02-GGT/ĐU'])

  // The deputy must not number what the deputy signed, one or many.
  const asClerk = await world.office(wardDeputy.memberId, wardDeputy.name, 'office-clerk', world.places.ward)
  await back.to('numbering', 1)
  const { version } = await back.member.sees(back.id)
  const own = { commandId: randomUUID(), command: 'take-number', chosen: [`${back.id}_${version}`] }
  expect(results(await asClerk.form('/queue/bulk', own))[0]).toContain('Tạ Thị Một')
  expect((await back.member.sees(back.id)).status).toBe('numbering')
})

test('what is not the office’s is unknown to it in a list too, and nothing chosen leads back', async () => {
  const { strangerDeputy, cellSecretary } = world.officers
  const life = await beginTransfer(world, await world.member('Tạ Thị Kín'))
  const { version } = await life.to('received')
  const form = (who: Visitor, id: string) =>
    who.form('/queue/bulk', {
      commandId: randomUUID(),
      command: 'accept-intake',
      chosen: [`${id}_${version}`],
    })
  const unknownId = randomUUID()
  const [foreign, unknown] = [await form(strangerDeputy, life.id), await form(strangerDeputy, unknownId)]
  expect(results(foreign)[0]!.replace(life.id, 'ID')).toBe(results(unknown)[0]!.replace(unknownId, 'ID'))
  expect(foreign.text).not.toContain('Tạ Thị Kín')
  const none = await cellSecretary.form('/queue/bulk', { commandId: randomUUID(), command: 'accept-intake' })
  expect([none.status, none.headers.get('location')]).toEqual([303, '/?queue=todo&nothing'])
})

test('folding a dossier’s events gives its stored state, and whose turn it is, and whom it passes', async () => {
  const dossiers = await foldedDossiers(world)
  expect(dossiers).toHaveLength(7)
  for (const { stored, folded } of dossiers) expect(folded).toEqual(stored)
})
