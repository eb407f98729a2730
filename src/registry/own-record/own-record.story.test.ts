/** One's own record: seen, taken along, reported as wrong, corrected by another; nobody answers for oneself. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../../tests/house.ts'
import { getMember } from '../members/store.ts'
import { endMember, startTransit } from '../members/memberships.ts'
import { findMembers } from '../members/search.ts'
import { grantOffice } from '../offices/store.ts'
import { addMember, FOUNDED } from '../test-builders.ts'
import { OPEN_CORRECTIONS, OWN_CORRECTIONS, OWN_RECORD } from './contract.ts'

let house: House
let member: Visitor
let secretary: Visitor
let builder: Visitor
let neighbour: Visitor
let clerk: Visitor
let made = 0

beforeAll(async () => {
  house = await openHouse()
  const { cell, neighbour: beside } = house.world
  const person = async (name: string, at: string, position?: string, where = at): Promise<Visitor> => {
    const memberId = await house.database.transaction((write) =>
      addMember(write, name, at, { personalId: `09908055500${(made += 1)}` }),
    )
    const officeId = position
      ? await house.database.transaction((write) =>
          grantOffice(write, {
            memberId,
            position,
            organisationId: where,
            since: FOUNDED,
            source: 'kiểm thử',
          }),
        )
      : null
    return house.signIn({ kind: officeId ? 'officer' : 'member', memberId, officeId, csrf: '', cookies: {} })
  }
  member = await person('Phạm Thị Dung', cell)
  secretary = await person('Vũ Văn Bí Thư', cell, 'cell-secretary')
  builder = await person('Lý Văn Xây', beside, 'building-officer', house.world.ward)
  neighbour = await person('Hồ Văn Bên', beside, 'cell-secretary')
  clerk = house.visitors.officer
})
afterAll(() => house.close())

const get = (who: Visitor, url: string) => house.ask(who, { method: 'GET', url })
const post = (who: Visitor, url: string, payload: object) => house.ask(who, { method: 'POST', url, payload })
const form = (who: Visitor, url: string, fields: Record<string, string>) =>
  house.ask(who, {
    method: 'POST',
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

const report = async (who: Visitor, field: string, proposed: string, id = randomUUID()) => {
  const answer = await post(who, '/api/v1/my-record/corrections', {
    id,
    field,
    proposed,
    explanation: 'căn cước ghi như vậy',
  })
  return { id, answer }
}

const passOn = async (id: string) => {
  const word = { status: 'passed-on', verdict: 'unclear' }
  expect((await post(secretary, `/api/v1/corrections/${id}`, word)).statusCode).toBe(200)
}

test('a member sees the own record, why each fact is kept, and numbers whole only when asked for', async () => {
  const { body } = await get(member, '/my-record')
  expect(body).toContain('Phạm Thị Dung')
  expect(body).toContain('Để nhận đúng người khi đăng nhập VNeID')
  expect(body).toContain('Sinh hoạt tại Chi bộ khu phố 3')
  expect(body).not.toContain('099080555001')
  expect((await get(member, '/my-record?numbers=whole')).body).toContain('099080555001')
  const own = (await get(member, '/api/v1/my-record')).json()
  expect(OWN_RECORD.parse(own)).toEqual(own)
})

test('a wrong date is reported, looked at by the cell, and corrected by the commission above', async () => {
  const told = await form(member, '/my-record/report', {
    field: 'birthDate',
    proposed: '5/9/1980',
    explanation: 'Căn cước ghi ngày 05/09/1980',
  })
  expect(told.statusCode).toBe(303)
  const page = await get(member, '/my-record')
  expect(page.body).toContain('Đang chờ trả lời')
  expect(page.body).toContain('Chi bộ đối chiếu giấy tờ: Chi bộ khu phố 3, hạn ')

  const queue = (await get(secretary, '/api/v1/corrections')).json<{ corrections: { id: string }[] }>()
  expect(OPEN_CORRECTIONS.parse(queue)).toEqual(queue)
  expect(queue).toMatchObject({
    total: 1,
    corrections: [
      {
        memberName: 'Phạm Thị Dung',
        field: 'birthDate',
        now: '01/01/1980',
        proposed: '5/9/1980',
        own: false,
        stage: 'cell',
        mayAccept: false,
      },
    ],
  })
  expect((await get(secretary, '/notices')).body).toContain('báo thông tin trong hồ sơ bị sai')
  const { body } = await get(secretary, '/registry/corrections')
  expect(body).toContain('Phạm Thị Dung: Ngày sinh')

  const id = queue.corrections[0]?.id ?? ''
  const accepted = { status: 'accepted', value: '05/09/1980', answer: 'Đã đối chiếu căn cước.' }
  const tooEarly = await post(secretary, `/api/v1/corrections/${id}`, accepted)
  expect(tooEarly.json()).toMatchObject({ status: 422, code: 'correction.decided-above' })
  const notYet = await post(builder, `/api/v1/corrections/${id}`, accepted)
  expect(notYet.json()).toMatchObject({ status: 403, code: 'correction.not-your-turn' })
  const wordless = await form(secretary, `/registry/corrections/${id}`, { status: 'passed-on' })
  expect(wordless.statusCode).toBe(400)
  expect(wordless.body).toContain('đúng như giấy tờ, hay chưa rõ')
  const word = { status: 'passed-on', verdict: 'as-papers', answer: 'Căn cước ghi ngày 05/09.' }
  expect((await form(secretary, `/registry/corrections/${id}`, word)).statusCode).toBe(303)
  expect(await getMember(house.database.read, member.memberId)).toMatchObject({ birthDate: '1980-01-01' })
  expect((await get(member, '/notices')).body).toContain('chuyển Ban Xây dựng Đảng quyết định')
  expect((await get(secretary, '/api/v1/corrections')).json()).toMatchObject({ total: 0 })

  const settled = await form(builder, `/registry/corrections/${id}`, accepted)
  expect(settled.statusCode).toBe(303)
  expect(await getMember(house.database.read, member.memberId)).toMatchObject({ birthDate: '1980-09-05' })
  expect((await get(member, '/my-record')).body).toContain('Đã ghi: 05/09/1980. Đã đối chiếu căn cước.')
  expect((await get(member, '/notices')).body).toContain('đã được sửa')

  const { steps } = (await get(member, `/api/v1/my-record/corrections/${id}`)).json<{ steps: object[] }>()
  expect(steps).toMatchObject([
    { kind: 'asked', positionName: null },
    { kind: 'passed-on', verdict: 'as-papers', positionName: 'Bí thư chi bộ' },
    { kind: 'accepted', positionName: 'Chuyên viên Ban Xây dựng Đảng' },
  ])
  expect((await get(member, `/my-record/corrections/${id}`)).body).toContain('Căn cước ghi ngày 05/09.')

  const again = await form(builder, `/registry/corrections/${id}`, {
    status: 'accepted',
    value: '05/09/1980',
  })
  expect(again.statusCode).toBe(303)
  const late = await form(builder, `/registry/corrections/${id}`, {
    status: 'declined',
    answer: 'không sửa',
  })
  expect(late.statusCode).toBe(409)
})

test('what an import would hold back is refused while it is written, and nothing is lost', async () => {
  const refused = await form(member, '/my-record/report', {
    field: 'personalId',
    proposed: '12345',
    explanation: 'số mới',
  })
  expect(refused.statusCode).toBe(422)
  expect(refused.body).toContain('value="12345"')
  expect(refused.body).toContain('số mới')
  expect(refused.body).toMatch(/12 số|12 chữ số/)
  const empty = await form(member, '/my-record/report', { field: 'phone' })
  expect(empty.statusCode).toBe(400)
  expect(empty.body).toContain('Đồng chí ghi thông tin đúng.')
  const before = await report(member, 'officialOn', '01/01/2004')
  expect(before.answer.statusCode).toBe(422)
  expect(before.answer.json()).toMatchObject({
    code: 'correction.does-not-fit',
    facts: { problem: 'date.official-before-joining' },
  })
  const unknown = await report(member, 'standing', 'Từ trần')
  expect(unknown.answer.statusCode).toBe(400)
})

test('a name that is corrected is found under the new one', async () => {
  const { id, answer } = await report(member, 'fullName', 'PHẠM THỊ DUYÊN')
  expect(answer.statusCode).toBe(201)
  await passOn(id)
  await post(builder, `/api/v1/corrections/${id}`, { status: 'accepted', value: 'PHẠM THỊ DUYÊN' })
  const query = { text: 'duyen', within: [house.world.cell], day: '2026-01-01' }
  const { members } = await findMembers(house.database.read, query)
  expect(members.map(({ fullName }) => fullName)).toEqual(['Phạm Thị Duyên'])
})

test('an ID that belongs to somebody else is not given twice', async () => {
  const { id } = await report(member, 'personalId', '099080555002')
  await passOn(id)
  const taken = await post(builder, `/api/v1/corrections/${id}`, {
    status: 'accepted',
    value: '099080555002',
  })
  expect(taken.statusCode).toBe(409)
  expect(taken.json()).toMatchObject({ code: 'correction.personal-id-taken' })
  expect(await getMember(house.database.read, member.memberId)).toMatchObject({ personalId: '099080555001' })
  const why = await form(builder, `/registry/corrections/${id}`, { status: 'declined' })
  expect(why.statusCode).toBe(400)
  expect(why.body).toContain('cần nói rõ vì sao')
  const declined = { status: 'declined', answer: 'Căn cước không ghi số này.' }
  expect((await post(builder, `/api/v1/corrections/${id}`, declined)).statusCode).toBe(200)
  const own = (await get(member, '/api/v1/my-record/corrections')).json()
  expect(OWN_CORRECTIONS.parse(own).corrections.find((one) => one.id === id)).toMatchObject({
    status: 'declined',
    answer: 'Căn cước không ghi số này.',
  })
})

test('nobody answers for oneself, for a member elsewhere, or in an office it is no business of', async () => {
  const own = await report(secretary, 'phone', '0912345678')
  const accept = { status: 'accepted', value: '0912345678' }
  const refused = await post(secretary, `/api/v1/corrections/${own.id}`, accept)
  expect(refused.json()).toMatchObject({ status: 403, code: 'correction.own-record' })
  const { body } = await get(secretary, '/registry/corrections')
  expect(body).toContain('Đây là hồ sơ của chính đồng chí')
  expect(body).not.toContain(`action="/registry/corrections/${own.id}"`)

  expect((await post(neighbour, `/api/v1/corrections/${own.id}`, accept)).statusCode).toBe(404)
  expect((await post(clerk, `/api/v1/corrections/${own.id}`, accept)).json()).toMatchObject({
    code: 'correction.not-your-office',
  })
  expect((await post(member, `/api/v1/corrections/${own.id}`, accept)).statusCode).toBe(403)
  const unknown = await post(secretary, `/api/v1/corrections/${randomUUID()}`, accept)
  expect(unknown.json()).toMatchObject({ status: 404, code: 'correction.unknown' })
})

test('what a cell may settle alone it corrects itself: the telephone', async () => {
  const { id } = await report(member, 'phone', '0912 345 679')
  const { corrections } = (await get(secretary, '/api/v1/corrections')).json<{
    corrections: { id: string }[]
  }>()
  expect(corrections.find((one) => one.id === id)).toMatchObject({ stage: 'cell', mayAccept: true })
  const accept = { status: 'accepted', value: '0912345679' }
  expect((await post(secretary, `/api/v1/corrections/${id}`, accept)).statusCode).toBe(200)
  expect(await getMember(house.database.read, member.memberId)).toMatchObject({ phone: '0912345679' })
})

test('a member withdraws what nobody decided, and nobody else does', async () => {
  const { id } = await report(member, 'religion', 'Phật giáo')
  const other = await post(neighbour, `/api/v1/my-record/corrections/${id}/withdraw`, {})
  expect(other.json()).toMatchObject({ status: 404, code: 'correction.unknown' })
  expect((await get(neighbour, `/my-record/corrections/${id}`)).statusCode).toBe(404)
  expect((await form(member, `/my-record/corrections/${id}/withdraw`, {})).statusCode).toBe(303)
  expect((await post(member, `/api/v1/my-record/corrections/${id}/withdraw`, {})).statusCode).toBe(200)
  expect((await get(member, `/my-record/corrections/${id}`)).body).toContain('Đồng chí đã rút')
  const late = await post(secretary, `/api/v1/corrections/${id}`, { status: 'declined', answer: 'không' })
  expect(late.json()).toMatchObject({ status: 409, code: 'correction.already-answered' })
})

test('whoever wrote a slip takes it back within the days, as a new correction; nobody else, and not twice', async () => {
  const { id } = await report(member, 'ethnicity', 'Tày')
  await passOn(id)
  await post(builder, `/api/v1/corrections/${id}`, { status: 'accepted', value: 'Tày' })
  const queue = (await get(builder, '/api/v1/corrections')).json()
  expect(OPEN_CORRECTIONS.parse(queue).written.map((each) => each.id)).toContain(id)
  const undo = { id: randomUUID(), reason: 'nhầm người' }
  const address = `/api/v1/corrections/${id}/undo`
  expect((await post(secretary, address, undo)).json()).toMatchObject({ code: 'correction.not-who-decided' })
  expect((await post(neighbour, address, undo)).statusCode).toBe(404)
  expect((await post(builder, address, { reason: '' })).statusCode).toBe(400)
  expect((await post(builder, address, undo)).statusCode).toBe(200)
  expect((await post(builder, address, undo)).statusCode).toBe(200)
  expect(await getMember(house.database.read, member.memberId)).toMatchObject({ ethnicity: null })
  const again = await post(builder, address, { ...undo, id: randomUUID() })
  expect(again.json()).toMatchObject({ status: 409, code: 'correction.undone-already' })
  const { corrections } = (await get(member, '/api/v1/my-record/corrections')).json<{
    corrections: { id: string }[]
  }>()
  expect(corrections.find((one) => one.id === undo.id)).toMatchObject({ undoes: id, status: 'accepted' })
  expect(corrections.find((one) => one.id === id)).toMatchObject({ undoneBy: undo.id })
  expect((await get(member, '/notices')).body).toContain('đã được lấy lại')
})

test('the same request sent twice is one', async () => {
  const id = randomUUID()
  for (const _ of [1, 2]) expect((await report(member, 'religion', 'Không', id)).answer.statusCode).toBe(201)
  const { corrections } = (await get(member, '/api/v1/my-record/corrections')).json<{
    corrections: { id: string }[]
  }>()
  expect(corrections.filter((one) => one.id === id)).toHaveLength(1)
})

test('being in transit is explained', async () => {
  await house.database.transaction((write) =>
    startTransit(write, {
      memberId: member.memberId,
      originId: house.world.cell,
      on: '2026-02-01',
      reason: 'kiểm thử',
      dossierId: null,
    }),
  )
  const { body } = await get(member, '/my-record')
  expect(body).toContain('Đang chuyển sinh hoạt, đi từ Chi bộ khu phố 3')
  expect(body).toContain('chưa tính vào đảng số của nơi nào, nhưng vẫn là đảng viên')
  expect(body).toContain('từ 01/07/2025 đến 31/01/2026')
})

test('a record that ended is no officer’s to read any more', async () => {
  const gone = await house.database.transaction(async (write) => {
    const id = await addMember(write, 'Người Đã Ra', house.world.cell)
    await endMember(write, { memberId: id, standing: 'left', on: '2026-02-01', reason: 'kiểm thử' })
    return id
  })
  expect((await get(secretary, `/api/v1/members/${gone}`)).statusCode).toBe(404)
})
