/** The cell's sitting: 163 comments on one page, each change saved, resumed after a break; a plain form a row without scripts. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askAs, commentsAtCell, drafted } from '../../../../tests/residence-comments.ts'
import { openTransferWorld, type TransferWorld } from '../../../../tests/transfer-world.ts'
import { sql } from '../../../kernel/db.ts'
import type { Comment } from '../law/states.ts'

/** A hamlet of Nghệ An in 2020. */
const MEMBERS = 163
const SITTING = '/residence-comments/sitting'
let world: TransferWorld
let ids: string[]

beforeAll(async () => {
  world = await openTransferWorld()
  world.day('2026-11-16', '09:00')
  const names = Array.from({ length: MEMBERS }, (_, index) => `Ngô Văn ${String(index + 1).padStart(3, '0')}`)
  ids = await commentsAtCell(world, names)
})
afterAll(() => world.close())

const stateOf = async (id: string) =>
  (await world.database.read.one<{ state: Comment }>(sql`select state from dossier where id = ${id}`)).state

const ALL = {
  'tick-example': 'good',
  'tick-civic-duty': 'fair',
  'tick-attendance': 'not',
  'tick-contact': 'fair',
  'tick-contribution': 'good',
  'tick-proposal': 'fair',
}

/** The middle one of many, in milliseconds, after two that only warm up. */
async function timed(times: number, act: (round: number) => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (let round = -2; round < times; round += 1) {
    const began = performance.now()
    await act(round)
    if (round >= 0) took.push(performance.now() - began)
  }
  return took.sort((one, other) => one - other)[times >> 1]!
}

test('all of them stand on one page, for the cell alone; it says what to do, until when, on what rule', async () => {
  const { destinationSecretary, cellSecretary, administrator } = world.officers
  const page = await destinationSecretary.get(SITTING)
  expect(page.status).toBe(200)
  expect(page.text).toContain('Chi bộ có 163 phiếu chờ nhận xét.')
  expect(page.text).toContain('213-QĐ/TW')
  for (const id of ids) expect(page.text).toContain(`id="row-${id}"`)
  expect(page.text.match(/data-row-choice/g)).toHaveLength(MEMBERS * 6)
  expect((await cellSecretary.get(SITTING)).text).not.toContain('Ngô Văn')
  expect((await administrator.get(SITTING)).text).not.toContain('Ngô Văn')
})

test('the cell’s first page leads there', async () => {
  const home = await world.officers.destinationSecretary.get('/')
  expect(home.text).toContain('163 phiếu nhận xét đảng viên nơi cư trú chờ chi bộ.')
  expect(home.text).toContain(`href="${SITTING}"`)
})

test('a plain form saves a row and comes back to it; sent twice it is one change', async () => {
  const { destinationSecretary, strangerDeputy } = world.officers
  const [id] = ids
  const form = { commandId: randomUUID(), 'tick-example': 'good', 'tick-contact': '', freeText: 'Nhiệt tình' }
  const saved = await destinationSecretary.form(`${SITTING}/${id}`, form)
  expect([saved.status, saved.headers.get('location')]).toEqual([303, `${SITTING}#row-${id}`])
  await destinationSecretary.form(`${SITTING}/${id}`, form)
  const state = await stateOf(id!)
  expect(state.draft).toEqual({ ticks: { example: 'good' }, freeText: 'Nhiệt tình' })
  const { count } = await world.database.read.one<{ count: number }>(
    sql`select count(*)::int as count from dossier_event where dossier_id = ${id} and type = 'draft-saved'`,
  )
  expect(count).toBe(1)
  const page = await destinationSecretary.get(SITTING)
  expect(page.text).toContain('Nhiệt tình</textarea>')
  const foreign = await strangerDeputy.form(`${SITTING}/${id}`, { ...form, commandId: randomUUID() })
  expect(foreign.status).toBe(404)
  const wrong = await destinationSecretary.form(`${SITTING}/${id}`, {
    commandId: randomUUID(),
    'tick-example': 'best',
  })
  expect(wrong.status).toBe(400)
})

test('the day of the front board is written once for all; what is complete can be signed', async () => {
  const { destinationSecretary } = world.officers
  const [, second] = ids
  await destinationSecretary.form(`${SITTING}/${second}`, { commandId: randomUUID(), ...ALL })
  expect((await stateOf(second!)).status).toBe('with-cell')
  const day = { commandId: randomUUID(), 'metOn-day': '14', 'metOn-month': '11', 'metOn-year': '2026' }
  const written = await destinationSecretary.form(`${SITTING}/front-board`, day)
  expect(written.headers.get('location')).toBe(`${SITTING}?met=163`)
  expect((await stateOf(second!)).status).toBe('drafted')
  const again = await destinationSecretary.form(`${SITTING}/front-board`, day)
  expect(again.headers.get('location')).toBe(`${SITTING}?met=163`)
  const future = await destinationSecretary.form(`${SITTING}/front-board`, {
    ...day,
    commandId: randomUUID(),
    'metOn-year': '2027',
  })
  expect(future.status).toBe(400)
  const page = await destinationSecretary.get(`${SITTING}?met=163`)
  expect(page.text).toContain('Đã ghi ngày họp cho 163 phiếu.')
  expect(page.text).toContain('1/163 phiếu đã đủ, ký được.')
})

test('a column is filled where it is open, and taken back; what was chosen stays', async () => {
  const { destinationSecretary, strangerDeputy } = world.officers
  const [first, , third] = ids
  const form = { commandId: randomUUID(), choice: 'contact:good' }
  const filled = await destinationSecretary.form(`${SITTING}/column`, form)
  // the second was complete before
  expect(filled.headers.get('location')).toContain(`filled=${MEMBERS - 1}`)
  expect((await stateOf(first!)).draft.ticks).toEqual({ example: 'good', contact: 'good' })
  const page = await destinationSecretary.get(filled.headers.get('location')!)
  expect(page.text).toContain('Giữ liên hệ: Thường xuyên, tích cực: đã ghi cho 162 phiếu.')
  await destinationSecretary.form(`${SITTING}/${third}`, {
    commandId: randomUUID(),
    'tick-contact': 'not',
  })
  const back = { commandId: randomUUID(), undo: form.commandId }
  const undone = await destinationSecretary.form(`${SITTING}/column`, back)
  expect(undone.headers.get('location')).toBe(`${SITTING}?undone=${MEMBERS - 2}`)
  expect((await stateOf(first!)).draft.ticks).toEqual({ example: 'good' })
  expect((await stateOf(third!)).draft.ticks).toEqual({ contact: 'not' })
  await destinationSecretary.form(`${SITTING}/${third}`, { commandId: randomUUID(), 'tick-contact': '' })
  const nothing = await destinationSecretary.form(`${SITTING}/column`, { commandId: randomUUID() })
  expect([nothing.status, nothing.text.includes('href="#field-choice"')]).toEqual([400, true])
  const foreign = await strangerDeputy.form(`${SITTING}/column`, { ...form, commandId: randomUUID() })
  expect(foreign.headers.get('location')).toContain('filled=0')
})

test('who is left is shown alone, and the list is printed for the meeting', async () => {
  const { destinationSecretary } = world.officers
  const lacking = await destinationSecretary.get(`${SITTING}?show=lacking`)
  expect(lacking.text.match(/<tr id="row-/g)).toHaveLength(MEMBERS - 1)
  const full = await destinationSecretary.get(`${SITTING}?show=full`)
  expect(full.text.match(/<tr id="row-/g)).toHaveLength(1)
  const print = await destinationSecretary.get(`${SITTING}/print`)
  expect(print.text).toContain('Ngô Văn 163')
  expect(print.text).toContain('Ban công tác mặt trận')
  const wrong = { commandId: randomUUID(), 'metOn-day': '31', 'metOn-month': '2', 'metOn-year': '2026' }
  const again = await destinationSecretary.form(`${SITTING}/front-board`, wrong)
  expect([again.status, again.text.includes('href="#field-metOn"')]).toEqual([400, true])
  expect(again.text).toContain('value="31"')
})

test('who did not prove who they are lately is sent to do so, and what was written stays', async () => {
  const { destinationSecretary } = world.officers
  const { officeId } = await world.database.read.one<{ officeId: string }>(
    sql`select id as "officeId" from office where member_id = ${destinationSecretary.memberId}`,
  )
  const stale = await world.signIn(destinationSecretary, { officeId, grantId: null }, 6)
  const page = await stale.get(SITTING)
  expect(page.text).toContain('Xác nhận bằng VNeID')
  expect(page.text).not.toContain('Ký các phiếu đã chọn</button>')
  expect(page.text).toContain('Nhiệt tình</textarea>')
})

test('163 rows open and a change is saved in a moment (aims: 300 ms, 50 ms)', async () => {
  const { destinationSecretary } = world.officers
  const opens = await timed(5, () => destinationSecretary.get(SITTING))
  const saves = await timed(21, (round) =>
    destinationSecretary.form(`${SITTING}/${ids[3 + round]}`, { commandId: randomUUID(), ...ALL }),
  )
  // Ten times the aim, for a machine that does much else: here only the order of magnitude is held.
  expect(opens).toBeLessThan(3000)
  expect(saves).toBeLessThan(500)
})

test('all that is complete is signed in one act, each with its result; the rest stays', async () => {
  const { destinationSecretary } = world.officers
  const complete = await world.database.read.rows<{ id: string; version: number }>(
    sql`select id, version from dossier where status = 'drafted' order by id`,
  )
  expect(complete.length).toBeGreaterThan(20)
  const { id: moved } = complete[0]!
  const chosen = complete.map(({ id, version }) => `${id}_${version}`)
  const change = { commandId: randomUUID(), 'tick-example': 'fair' }
  await destinationSecretary.form(`${SITTING}/${moved}`, change)
  const form = { commandId: randomUUID(), command: 'sign', chosen }
  const answer = await destinationSecretary.form('/queue/bulk', form)
  expect(answer.text).toContain(`Đã làm xong ${complete.length - 1} hồ sơ.`)
  expect(answer.text).toContain('1 hồ sơ chưa làm được')
  expect((await destinationSecretary.form('/queue/bulk', form)).text).toContain(
    `Đã làm xong ${complete.length - 1} hồ sơ.`,
  )
  expect((await stateOf(moved)).status).toBe('drafted')
})

test('what moved on is no longer on the table', async () => {
  const last = ids.at(-1)
  await drafted(world, last!)
  await askAs(world, 'destinationSecretary', last!, { type: 'sign' })
  const { destinationSecretary } = world.officers
  expect((await destinationSecretary.get(SITTING)).text).not.toContain(last!)
  const late = { commandId: randomUUID(), ...ALL }
  expect((await destinationSecretary.form(`${SITTING}/${last}`, late)).status).toBe(422)
})
