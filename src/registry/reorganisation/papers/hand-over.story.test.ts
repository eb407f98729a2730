/** A merger's papers from the decision to the last seal, as their people sign them; and what becomes of them when it is taken back. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mergeWards, reorganise, signerOf } from '../../../../tests/reorganisations.ts'
import { openTransferWorld, type TransferWorld } from '../../../../tests/transfer-world.ts'
import type { Visitor } from '../../../../tests/transfer-visitor.ts'
import { sql } from '../../../kernel/db.ts'
import { todayIn } from '../../../kernel/plain-date.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { checkStructure } from '../../../papers/check-structure.ts'
import type { HandOverMinutesPaper } from '../../../papers/layout.ts'
import type { CheckedFile, PublicPaper } from '../../../papers/verify-view.ts'
import { verifyPaper } from '../../../signatures/verify.ts'
import { READINGS } from '../../readings/contract.ts'
import type { HandOverView } from './contract.ts'
import { minutesPaper } from './make.ts'
import { findHandOver } from './store.ts'

const API = '/api/v1/hand-overs'

let world: TransferWorld
let city: Visitor
/** members whose certificate is not there */
const lost = new Set<string>()

beforeAll(async () => {
  world = await openTransferWorld({
    signers: (test) => ({
      ...test,
      forPerson: (memberId) =>
        lost.has(memberId)
          ? Promise.reject(new Refusal('against-rule', 'signing.no-certificate'))
          : test.forPerson(memberId),
    }),
  })
  city = await signerOf(world)
})
afterAll(() => world.close())

const listFor = (who: Visitor) => who.read<HandOverView[]>(API)
const papersOf = async (planId: string) =>
  (await city.read<{ papers: HandOverView[] }>(`/api/v1/reorganisations/${planId}`)).papers
const act = async (who: Visitor, id: string, what: string, body: object = {}) => {
  const answer = await who.post(`${API}/${id}/${what}`, body)
  if (answer.status !== 200) throw new Error(`${who.name}, ${what}: ${answer.status} ${answer.text}`)
  return answer.json<HandOverView>()
}
const refused = async (who: Visitor, id: string, what: string, body: object = {}) =>
  (await who.post(`${API}/${id}/${what}`, body)).code
const fileOf = async (who: Visitor, id: string) => {
  const answer = await who.get(`${API}/${id}/paper`)
  expect(answer.status).toBe(200)
  return answer.bytes
}
const tokenOf = async (id: string) =>
  (await world.database.read.one<{ token: string }>(sql`select token from paper where id = ${id}`)).token
const checked = async (bytes: Uint8Array) =>
  (
    await city.upload('/api/v1/verify', {}, { name: 'giay.pdf', type: 'application/pdf', bytes })
  ).json<CheckedFile>()
const byCode = async (id: string) => city.read<PublicPaper>(`/api/v1/verify/${await tokenOf(id)}`)

/** The same person in their own hat. */
const inOwnHat = (who: Visitor) => world.signIn(who)

test('two wards become one: decision, acceptance and minutes are signed by their people and verify; taken back, they are void', async () => {
  const { officers, places } = world
  const stranger = officers.strangerDeputy
  const { id: planId, ward } = await mergeWards(world, city)
  const officer = async (name: string, position: string, organisationId = ward.id) => {
    const person = await world.member(name, places.foreignCell)
    return world.office(person.memberId, name, position, organisationId)
  }
  const secretary = await officer('Bí Thư Mới', 'committee-secretary')
  const clerk = await officer('Văn Thư Mới', 'office-clerk')

  const made = await papersOf(planId)
  expect(made.map(({ kind, steps }) => [kind, steps])).toEqual([
    ['decision', ['number']],
    ['acceptance', ['person']],
    ['minutes', ['made']],
    ['minutes', ['made']],
  ])
  const [decision, acceptance] = made as [HandOverView, HandOverView]
  const minutes = made.find(
    ({ lines }) => lines[0]?.giver === 'Đảng ủy Phường Tân Tạo' && lines.length === 1,
  )!
  expect(decision).toMatchObject({
    issuer: 'Thành ủy Hồ Chí Minh',
    basis: { number: '12-QĐ/TU' },
    symbol: null,
  })
  expect(decision.lines.map(({ giver, receiver }) => [giver, receiver])).toContainEqual([
    'Đảng ủy Phường Tân Tạo',
    'Đảng ủy Phường Tân Kiệu',
  ])
  expect(decision.signers).toMatchObject([{ place: 'person', organisation: 'Thành ủy Hồ Chí Minh' }])
  expect(await byCode(decision.id)).toMatchObject({ kind: 'hand-over-decision', standing: 'incomplete' })

  // The signer does not take the number; the committee's clerk does, from its own register, once.
  expect(await refused(city, decision.id, 'number')).toBe('hand-over.not-yours')
  const numbered = await act(officers.cityChief, decision.id, 'number')
  expect(numbered).toMatchObject({ symbol: 'Số 01-QĐ/TU', steps: ['seal'] })
  expect((await act(officers.cityChief, decision.id, 'number')).symbol).toBe('Số 01-QĐ/TU')
  await world.work()
  expect(await byCode(decision.id)).toMatchObject({
    symbol: 'Số 01-QĐ/TU',
    standing: 'valid',
    succeededBy: null,
  })
  const decisionFile = await fileOf(city, decision.id)
  expect(await checked(decisionFile)).toMatchObject({ result: 'ours', problems: [] })
  expect(checkStructure(decisionFile)).toEqual([])

  // The receiving committee accepts: secretary, clerk, seal.
  expect(await refused(clerk, acceptance.id, 'sign', { place: 'person' })).toBe('hand-over.not-yours')
  expect(await refused(clerk, acceptance.id, 'number')).toBe('hand-over.not-now')
  await act(secretary, acceptance.id, 'sign', { place: 'person' })
  await act(clerk, acceptance.id, 'number')
  await world.work()
  expect(await byCode(acceptance.id)).toMatchObject({ symbol: 'Số 01-QĐ/ĐU', standing: 'valid' })

  // The ward that handed over is gone: who led it last signs, in the own hat, and nobody else below the city.
  const lastDeputy = await inOwnHat(officers.wardDeputy)
  expect((await listFor(lastDeputy)).map(({ id, may }) => [id, may])).toEqual([[minutes.id, ['giver']]])
  expect((await lastDeputy.get('/')).text).toContain('1 giấy tờ bàn giao chờ đồng chí')
  expect(await lastDeputy.notices()).toContainEqual(expect.stringContaining('chờ đồng chí'))
  expect((await stranger.get(`${API}/${minutes.id}`)).status).toBe(404)
  expect((await stranger.get(`${API}/${minutes.id}/paper`)).status).toBe(404)
  expect(await refused(stranger, minutes.id, 'sign', { place: 'giver' })).toBe('hand-over.unknown')
  expect((await listFor(await inOwnHat(officers.wardClerk))).flatMap(({ may }) => may)).toEqual([])
  expect(await refused(secretary, minutes.id, 'sign', { place: 'giver' })).toBe('hand-over.not-yours')

  expect((await act(lastDeputy, minutes.id, 'sign', { place: 'giver' })).steps).toEqual(['receiver'])
  expect((await act(lastDeputy, minutes.id, 'sign', { place: 'giver' })).signers).toHaveLength(1)
  expect((await act(secretary, minutes.id, 'sign', { place: 'receiver' })).steps).toEqual(['seal'])
  await world.work()
  const whole = await secretary.read<HandOverView>(`${API}/${minutes.id}`)
  expect(whole).toMatchObject({ steps: [], giverEnded: true, seals: ['Đảng ủy Phường Tân Tạo'] })
  expect(whole.signers.map(({ place, organisation }) => [place, organisation])).toEqual([
    ['giver', 'Đảng ủy Phường Tân Tạo'],
    ['receiver', 'Đảng ủy Phường Tân Kiệu'],
    ['receiver-organisation', 'Đảng ủy Phường Tân Kiệu'],
  ])
  const file = await fileOf(lastDeputy, minutes.id)
  const trust = await world.parts.signers.trustRoots()
  const result = verifyPaper(file, { trust, at: world.now() })
  expect(result).toMatchObject({ valid: true, trusted: true })
  expect(result.signatures.map(({ place }) => place)).toEqual(['giver', 'receiver', 'receiver-organisation'])
  expect(checkStructure(file)).toEqual([])
  expect(await checked(file)).toMatchObject({ result: 'ours', paper: { succeededBy: ward.name } })
  expect((await city.get(`/verify/${await tokenOf(minutes.id)}`)).text).toContain('Biên bản bàn giao')

  // The city may sign where the ward's own people cannot; one person never signs for both sides.
  const other = made.find(({ id, kind }) => kind === 'minutes' && id !== minutes.id)!
  expect((await act(city, other.id, 'sign', { place: 'giver' })).steps).toEqual(['receiver'])

  expect((await city.get(`/reorganisations/${planId}`)).text).toContain(`/hand-overs/${minutes.id}`)
  world.day('2026-08-25')
  const undone = { commandId: randomUUID(), reason: 'Nhầm phường' }
  expect((await city.post(`/api/v1/reorganisations/${planId}/undo`, undone)).status).toBe(200)
  for (const { id } of made) {
    expect(await byCode(id)).toMatchObject({ standing: 'voided' })
    expect((await city.read<HandOverView>(`${API}/${id}`)).voidReason).toBe('Nhầm phường')
  }
  expect(await checked(file)).toMatchObject({ result: 'voided' })
})

test('inside one ward the two cells sign, without a seal, without an acceptance; names are listed, numbers masked', async () => {
  const { officers, places } = world
  world.day('2026-08-26')
  const named = await world.member('Lê Thị Bình')
  await world.member('Trần Văn An', places.cell, { officialOn: null })
  const planId = await reorganise(world, city, {
    steps: [{ type: 'dissolve', organisation: places.cell, to: places.neighbour }],
  })
  await world.work()
  const papers = await papersOf(planId)
  expect(papers.map(({ kind }) => kind)).toEqual(['decision', 'minutes'])
  const minutes = papers[1]!
  expect(minutes.lines).toMatchObject([{ giver: 'Chi bộ khu phố 3', receiver: 'Chi bộ khu phố 10' }])
  expect(minutes.lines[0]).toMatchObject({ organisations: [], members: 2 })
  const paper = (await findHandOver(world.database.read, minutes.id, todayIn(world.now())))!
  const { content } = await minutesPaper(world.database.read, paper)
  const { data } = content({ title: '', madeAt: '', verifyUrl: '', test: true })
  const masked = expect.stringMatching(/^0990\*{6}\d{2}$/)
  expect(data).toMatchObject({ files: [], giver: { seal: false }, receiver: { seal: false } })
  expect((data as HandOverMinutesPaper).lists.map(({ members }) => members)).toEqual([
    [
      { fullName: 'Trần Văn An', bornIn: '1980', cardNumber: masked, official: false },
      { fullName: 'Lê Thị Bình', bornIn: '1980', cardNumber: masked, official: true },
    ],
  ])
  const last = await inOwnHat(officers.cellSecretary)
  await fileOf(last, minutes.id)
  const { lines } = READINGS.parse(await named.read('/api/v1/my-record/readings?month=2026-08'))
  expect(lines).toMatchObject([{ kind: 'export', position: 'cell-secretary', people: 2 }])
  await act(last, minutes.id, 'sign', { place: 'giver' })
  expect((await act(officers.neighbourSecretary, minutes.id, 'sign', { place: 'receiver' })).steps).toEqual(
    [],
  )
  expect(await byCode(minutes.id)).toMatchObject({ standing: 'valid', issuer: 'Chi bộ khu phố 3' })
})

test('who holds an office on both sides signs for one of them', async () => {
  const { places } = world
  world.day('2026-08-27')
  const both = await world.member('Bí Thư Hai Bên', places.foreignCell)
  await world.office(both.memberId, both.name, 'cell-secretary', places.otherCell)
  const second = await world.database.transaction(async (write) => {
    const { addOrganisation } = await import('../../test-builders.ts')
    return addOrganisation(write, 'Chi bộ khu phố 4', 'cell', places.otherWard)
  })
  await world.member('Trần Văn Ở', places.otherCell)
  const planId = await reorganise(world, city, {
    steps: [{ type: 'dissolve', organisation: places.otherCell, to: second }],
  })
  await world.work()
  const minutes = (await papersOf(planId)).find(({ kind }) => kind === 'minutes')!
  const inOffice = await world.office(both.memberId, both.name, 'cell-secretary', second)
  expect((await act(inOffice, minutes.id, 'sign', { place: 'receiver' })).steps).toEqual(['giver'])
  expect(await refused(inOffice, minutes.id, 'sign', { place: 'giver' })).toBe('hand-over.both-sides')
  expect((await act(city, minutes.id, 'sign', { place: 'giver' })).steps).toEqual([])
})

test('nobody signs: before the last day they are reminded, after it the committee that decided hears of it, once', async () => {
  const { places } = world
  world.day('2026-08-28')
  await reorganise(world, city, {
    title: 'Chuyển chi bộ 10',
    steps: [{ type: 'move', organisation: places.neighbour, to: places.thirdWard }],
  })
  await world.work()
  const told = async (who: Visitor, words: string) =>
    (await who.notices()).filter((text) => text.includes('Chuyển chi bộ 10') && text.includes(words)).length
  const receiver = world.officers.strangerDeputy
  await world.sweep()
  expect(await told(receiver, 'sắp đến hạn')).toBe(0)
  world.day('2026-10-08')
  await world.sweep()
  await world.sweep()
  // The acceptance and the minutes.
  expect(await told(receiver, 'sắp đến hạn')).toBe(2)
  expect(await told(city, 'chưa đủ chữ ký')).toBe(0)
  world.day('2026-10-20')
  await world.sweep()
  await world.sweep()
  expect(await told(receiver, 'đã quá hạn')).toBe(2)
  expect(await told(city, 'chưa đủ chữ ký')).toBeGreaterThan(0)
})

test('what was signed before its day gets its decision from the clock, under the name of who signed', async () => {
  const { places } = world
  world.day('2026-10-21')
  const planId = await reorganise(world, city, {
    effectiveOn: '2026-10-22',
    steps: [{ type: 'move', organisation: places.neighbour, to: places.ward }],
  })
  expect(await papersOf(planId)).toEqual([])
  world.day('2026-10-22')
  await world.sweep()
  await world.work()
  const [decision] = await papersOf(planId)
  expect(decision).toMatchObject({ kind: 'decision', steps: ['number'], signers: [{ place: 'person' }] })
})

test('a plan that only gives another name hands nothing over', async () => {
  const { places } = world
  const planId = await reorganise(world, city, {
    steps: [{ type: 'rename', organisation: places.thirdWard, name: 'Đảng bộ Phường Hạnh Phúc' }],
  })
  expect(await papersOf(planId)).toEqual([])
})

test('the clock finds the signer without a certificate: the plan takes effect, its decision waits to be signed', async () => {
  const { places } = world
  world.day('2026-10-23')
  const planId = await reorganise(world, city, {
    effectiveOn: '2026-10-24',
    steps: [{ type: 'move', organisation: places.neighbour, to: places.thirdWard }],
  })
  world.day('2026-10-24')
  lost.add(city.memberId)
  await world.sweep()
  lost.delete(city.memberId)
  const [decision] = await papersOf(planId)
  expect(decision).toMatchObject({ kind: 'decision', steps: ['person'], symbol: null, may: ['person'] })
  expect((await act(city, decision!.id, 'sign', { place: 'person' })).steps).toEqual(['number'])
})
