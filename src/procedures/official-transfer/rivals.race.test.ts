/** Two at once, on a real server with several connections: one wins, the other learns what happened; what is asked twice is done once. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  A_COMMENT,
  anAnswer,
  aReview,
  beginTransfer,
  foldedDossiers,
  storedTransfer,
  type Life,
} from '../../../tests/transfer-life.ts'
import {
  API,
  type Answer,
  type Performed,
  type Problem,
  type Visitor,
} from '../../../tests/transfer-visitor.ts'
import { openTransferWorld, type TransferWorld } from '../../../tests/transfer-world.ts'

let world: TransferWorld

beforeAll(async () => {
  world = await openTransferWorld({ connections: 12 })
  world.day('2026-09-07', '09:00')
})
afterAll(() => world.close())

const codes = (answers: readonly Answer[]): string[] =>
  answers.map(({ status, code }) => `${status} ${code}`.trim()).sort()
const eventsOf = async (id: string): Promise<string[]> =>
  (await world.change('select type from dossier_event where dossier_id = $1 order by number', [id])).rows.map(
    ({ type }) => type as string,
  )

test('the same command sent five times at once is done once, and answered alike', async () => {
  const life = await beginTransfer(world, await world.member('Cao Thị Gửi'))
  await life.attach('decision')
  const body = { commandId: randomUUID(), declared: true }
  const send = () => life.member.post(`${API}/${life.id}/submit`, body)
  const answers = await Promise.all([send(), send(), send(), send(), send()])
  expect(codes(answers)).toEqual(Array(5).fill('200'))
  const performed = answers.map((answer) => answer.json<Performed>())
  expect(performed.filter(({ repeated }) => !repeated)).toHaveLength(1)
  expect(new Set(performed.map(({ firstEvent, lastEvent }) => `${firstEvent}-${lastEvent}`)).size).toBe(1)
  expect((await eventsOf(life.id)).filter((type) => type === 'transfer-received')).toHaveLength(1)
  expect((await send()).json<Performed>()).toMatchObject({ repeated: true })

  // The id stays with its command: said with other words, or by somebody else, it is refused.
  const other = await life.member.post(`${API}/${life.id}/withdraw`, { ...body, reason: 'Thôi.' })
  expect([other.status, other.code]).toEqual([409, 'command.reused'])
})

test('a file sent three times at once is one file', async () => {
  const life = await beginTransfer(world, await world.member('Cao Văn Tệp'))
  const fields = { commandId: randomUUID(), role: 'decision', confidentiality: 'NON_SECRET' }
  const { decisionPdf } = await import('../../app/story/decision.ts')
  const file = { name: 'quyet-dinh.pdf', type: 'application/pdf', bytes: await decisionPdf() }
  const send = () => life.member.upload(`${API}/${life.id}/files`, fields, file)
  expect(codes(await Promise.all([send(), send(), send()]))).toEqual(['200', '200', '200'])
  expect((await life.member.sees(life.id)).files).toHaveLength(1)
})

test('two officers decide at once: one wins; the other sees what happened since the page was opened', async () => {
  const { cellSecretary, cellDeputy } = world.officers
  const life = await beginTransfer(world, await world.member('Cao Thị Hai'))
  const { version } = await life.to('received')
  const accept = cellSecretary.post(`${API}/${life.id}/accept-intake`, {
    commandId: randomUUID(),
    expectedNumber: version,
  })
  const refuse = cellDeputy.post(`${API}/${life.id}/return`, {
    commandId: randomUUID(),
    expectedNumber: version,
    reason: 'Thiếu chữ ký.',
  })
  const answers = await Promise.all([accept, refuse])
  expect(codes(answers)).toEqual(['200', '409 dossier.moved-on'])
  const lost = answers.find(({ status }) => status === 409)!.json<Problem>()
  expect(lost.facts).toMatchObject({ expected: version, actual: version + 1 })
  expect(lost.detail).toMatch(/\S/)
  expect(await eventsOf(life.id)).toHaveLength(version + 1)

  // On the page of one who comes late: what the other did, and what was written.
  const other = await beginTransfer(world, await world.member('Cao Văn Sau'))
  const seen = await other.to('received')
  await cellSecretary.ask(other.id, 'accept-intake')
  const late = await cellDeputy.form(`/transfers/${other.id}/ask-supplement`, {
    commandId: randomUUID(),
    expectedNumber: String(seen.version),
    items: 'Giấy xác nhận tạm trú',
  })
  expect(late.status).toBe(409)
  expect(late.text).toContain('Từ khi đồng chí mở trang này')
  expect(late.text).toContain('Giấy xác nhận tạm trú')
})

test('two who decide at once without having seen a number: one signs, to the other it is no longer theirs, and there is one letter', async () => {
  const { cellSecretary, cellDeputy } = world.officers
  const life = await beginTransfer(world, await world.member('Cao Văn Ba'))
  await life.to('cell-review')
  const sign = (who: typeof cellSecretary) =>
    who.post(`${API}/${life.id}/sign-referral`, { commandId: randomUUID(), ...aReview(world) })
  expect(codes(await Promise.all([sign(cellSecretary), sign(cellDeputy)]))).toEqual([
    '200',
    '403 transfer.not-yours',
  ])
  const { papers } = await life.member.sees(life.id)
  expect(papers.filter(({ kind }) => kind === 'referral')).toHaveLength(1)
})

test('two drafts of one member at once: one open transfer', async () => {
  const member = await world.member('Cao Thị Đôi')
  const answers = anAnswer(world, world.places.otherCell)
  const begin = () =>
    member.post(`${API}/${randomUUID()}/save-draft`, { commandId: randomUUID(), ...answers })
  expect(codes(await Promise.all([begin(), begin(), begin()]))).toEqual([
    '200',
    '409 transfer.already-open',
    '409 transfer.already-open',
  ])
  const pressed = () => member.form('/transfers/begin', { dossierId: randomUUID(), commandId: randomUUID() })
  const again = await Promise.all([pressed(), pressed()])
  const { rows } = await world.change('select dossier_id as id from official_transfer where member_id = $1', [
    member.memberId,
  ])
  expect(rows).toHaveLength(1)
  const open = `/transfers/${(rows[0] as { id: string }).id}`
  expect(again.map(({ headers }) => headers.get('location'))).toEqual([open, open])
})

test('twenty clerks take numbers of one register at once: one to twenty, each once; what is refused takes none', async () => {
  const { wardDeputy } = world.officers
  const { ward, neighbour } = world.places
  const lives: Life[] = []
  for (let count = 1; count <= 20; count += 1) {
    const life = await beginTransfer(world, await world.member(`Cao Văn ${count}`))
    lives.push(life)
    await life.to('numbering', 1)
  }
  const clerks: Visitor[] = []
  for (let count = 1; count <= 20; count += 1) {
    const { memberId, name } = await world.member(`Văn Thư ${count}`, neighbour)
    clerks.push(await world.office(memberId, name, 'office-clerk', ward))
  }
  // The signer wears a clerk's hat too: the number reached for is given back with the refusal.
  const signer = await world.office(wardDeputy.memberId, wardDeputy.name, 'office-clerk', ward)
  const refused = lives
    .slice(0, 5)
    .map(({ id }) => signer.post(`${API}/${id}/take-number`, { commandId: randomUUID() }))
  const taken = lives.map(({ id }, index) =>
    clerks[index]!.post(`${API}/${id}/take-number`, { commandId: randomUUID() }),
  )
  expect(codes(await Promise.all(taken))).toEqual(Array(20).fill('200'))
  for (const answer of await Promise.all(refused))
    expect(['transfer.signer-takes-no-number', 'transfer.not-now']).toContain(answer.code)
  const { rows } = await world.change(
    `select number from paper where organisation_id = $1 and series = 'GGT' order by number`,
    [ward],
  )
  expect(rows.map(({ number }) => number as number)).toEqual(
    Array.from({ length: 20 }, (_each, index) => index + 1),
  )
})

test('more letters are signed at once than the database has connections: none waits for ever', async () => {
  const { cellSecretary } = world.officers
  const lives: Life[] = []
  for (let count = 1; count <= 30; count += 1) {
    const life = await beginTransfer(world, await world.member(`Cao Thị Ký ${count}`))
    lives.push(life)
    await life.to('cell-review')
  }
  const sign = ({ id }: Life) =>
    cellSecretary.post(`${API}/${id}/sign-referral`, { commandId: randomUUID(), ...aReview(world) })
  expect(codes(await Promise.all(lives.map(sign)))).toEqual(Array(30).fill('200'))
})

test('the same letter sealed by two workers at once has one seal, and two sweeps at once mark and remind once', async () => {
  const { wardDeputy, wardClerk, cellSecretary } = world.officers
  const life = await beginTransfer(world, await world.member('Cao Thị Dấu'))
  await life.to('committee-review', 1)
  await wardDeputy.ask(life.id, 'sign-referral', A_COMMENT)
  await wardClerk.ask(life.id, 'take-number')
  const job = JSON.stringify({ dossierId: life.id, hop: 1 })
  await world.change(`select graphile_worker.add_job('official-transfer.seal', $1::json)`, [job])
  await Promise.all([world.work(), world.work()])
  expect((await eventsOf(life.id)).filter((type) => type === 'referral-sealed')).toHaveLength(1)
  const { papers } = await life.member.sees(life.id)
  const letter = papers.find(({ kind, hop }) => kind === 'referral' && hop === 1)!
  expect(letter.signatures).toBe(2)

  const asked = await beginTransfer(world, await world.member('Cao Văn Nhắc'))
  await asked.to('received')
  await cellSecretary.ask(asked.id, 'ask-supplement', { items: ['Giấy xác nhận'] })
  world.day('2026-09-21', '09:00')
  await Promise.all([world.sweep(), world.sweep(), world.sweep()])
  expect((await eventsOf(asked.id)).filter((type) => type === 'supplement-reminded')).toHaveLength(1)
  expect((await storedTransfer(world, asked.id)).state.supplements[0]?.remindedAt).toBeDefined()
})

test('folding a dossier’s events gives its stored state, and whose turn it is, and whom it passes', async () => {
  const dossiers = await foldedDossiers(world)
  expect(dossiers.length).toBeGreaterThan(25)
  for (const { stored, folded } of dossiers) expect(folded).toEqual(stored)
})
