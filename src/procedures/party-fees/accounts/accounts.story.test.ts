/** The register of accounts through the house: declared by one, verified by another, one in use, and money never asked onto one nobody checked. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House, type Visitor } from '../../../../tests/house.ts'
import { sql } from '../../../kernel/db.ts'
import { addToMonth, firstDayOf, monthOf, todayIn } from '../../../kernel/plain-date.ts'
import { assessMonth } from '../assessing/assess.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { addDeputy, addSchedule, addVisitor, postForm, takeBack } from '../test-builders.ts'

let house: House
let secretary: Visitor
let deputy: Visitor
let ward: Visitor
let neighbour: Visitor
let payer: Visitor
const today = todayIn(new Date())
const NOW = monthOf(today)

beforeAll(async () => {
  house = await openHouse()
  const { cell, ward: above, otherCell } = house.world
  secretary = await addVisitor(house, 'Bí Thư Một', 'cell-secretary', cell)
  deputy = await addVisitor(house, 'Phó Bí Thư Hai', 'cell-deputy-secretary', cell)
  ward = await addVisitor(house, 'Tài Chính Phường', 'finance-officer', above)
  neighbour = await addVisitor(house, 'Bí Thư Bên Cạnh', 'cell-secretary', otherCell)
  payer = await addVisitor(house, 'Lê Thị Nộp', null, cell)
  await house.database.transaction((write) => addSchedule(write, payer.memberId, 15_930))
  for (const month of [addToMonth(NOW, -1), NOW]) await assessMonth(house.database, firstDayOf(month), today)
})
afterAll(async () => {
  const { problems } = await verifyLedger(house.database)
  await house.close()
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
})

const get = (who: Visitor, url: string) => house.ask(who, { method: 'GET', url })
const post = (who: Visitor, url: string, fields: Record<string, string>) => postForm(house, who, url, fields)

let numbers = 1_000_000
/** An account that this officer declares; answers its id. */
async function declare(who: Visitor, holder = 'Chi bộ khu phố 3'): Promise<string> {
  const commandId = randomUUID()
  const sent = await post(who, '/fees/accounts', {
    commandId,
    bank: '970405',
    number: String((numbers += 1)),
    holder,
  })
  expect([sent.statusCode, sent.headers.location]).toEqual([303, '/fees/accounts?done=declared'])
  return commandId
}
const verify = (who: Visitor, id: string, holderSeen = 'CHI BO KHU PHO 3') =>
  post(who, `/fees/accounts/${id}/verify`, { how: 'app-look-up', holderSeen, note: 'xem lúc 9 giờ' })
const pay = async () =>
  post(payer, '/fees/orders', { commandId: randomUUID(), chosen: `${payer.memberId}_${NOW}_0` })
const inUse = async (organisationId: string): Promise<string[]> => {
  const rows = await house.database.read.rows<{ id: string }>(sql`
    select id from fee_account where organisation_id = ${organisationId} and verified_at is not null and retired_at is null
                                 and set_aside_at is null`)
  return rows.map(({ id }) => id)
}

test('an account takes no money until another person verified it; then it does', async () => {
  const id = await declare(secretary)
  const refused = await pay()
  expect([refused.statusCode, refused.body.includes('tiền mặt')]).toEqual([422, true])
  const own = await get(secretary, `/fees/accounts/${id}`)
  expect(own.body).toContain('người khác xác thực')
  expect(own.body).not.toContain(`/fees/accounts/${id}/verify`)
  expect((await verify(secretary, id)).statusCode).toBe(422)
  await expect(
    house.database.transaction((write) =>
      write.run(
        sql`update fee_account set verified_by = ${secretary.memberId}, verified_at = now(), verified_how = 'x' where id = ${id}`,
      ),
    ),
  ).rejects.toThrow(/fee_account_check/)

  const differs = await verify(deputy, id, 'CHI BO KHU PHO 8')
  expect(differs.statusCode).toBe(400)
  expect(differs.body).toContain('khác tên đã khai')
  expect(differs.body).toContain('xem lúc 9 giờ')
  const done = await verify(deputy, id, 'chi bộ khu phố 3')
  expect(done.headers.location).toBe(`/fees/accounts/${id}?done=verified`)
  const shown = await get(secretary, `/fees/accounts/${id}`)
  expect(shown.body).toContain('Ứng dụng ngân hàng hiện tên người nhận: xem lúc 9 giờ')
  const made = await pay()
  expect(made.statusCode).toBe(303)
  expect((await get(payer, String(made.headers.location))).body).toContain('CHI BO KHU PHO 3')
})

test('the database itself asks no money onto an account that waits', async () => {
  const id = await declare(neighbour)
  await expect(
    house.database.transaction((write) =>
      write.run(sql`
        insert into fee_order (id, key, payer_id, organisation_id, method, account_id, amount_vnd, made_by, made_at)
        values (${randomUUID()}, 'DP0000009999', ${payer.memberId}, ${house.world.cell}, 'transfer', ${id}, 1000, ${payer.memberId}, now())`),
    ),
  ).rejects.toThrow(/not verified/)
})

test('the ward sees what waits in its cells, verifies it, and not what is another ward’s', async () => {
  const id = await declare(secretary)
  expect((await get(ward, '/fees/accounts')).body).toContain(`/fees/accounts/${id}`)
  expect((await get(neighbour, '/fees/accounts')).body).not.toContain(id)
  const unknown = `/fees/accounts/${randomUUID()}`
  expect((await get(neighbour, `/fees/accounts/${id}`)).statusCode).toBe(404)
  expect((await get(neighbour, unknown)).statusCode).toBe(404)
  expect((await verify(neighbour, id)).statusCode).toBe(404)
  expect((await get(payer, '/fees/accounts')).statusCode).toBe(403)
  expect((await verify(ward, id)).statusCode).toBe(303)
  expect((await verify(ward, id)).statusCode).toBe(303)
  expect((await verify(deputy, id)).statusCode).toBe(409)
})

test('several verified, one in use; an order made before keeps its account', async () => {
  const [first] = await inUse(house.world.cell)
  const second = await declare(deputy)
  await verify(secretary, second)
  expect(await inUse(house.world.cell)).toEqual([first])
  expect((await post(ward, `/fees/accounts/${second}/choose`, {})).statusCode).toBe(422)
  await post(secretary, `/fees/accounts/${second}/choose`, {})
  await post(secretary, `/fees/accounts/${second}/choose`, {})
  expect(await inUse(house.world.cell)).toEqual([second])
  await Promise.all([first!, second].map((id) => post(secretary, `/fees/accounts/${id}/choose`, {})))
  expect(await inUse(house.world.cell)).toHaveLength(1)

  await post(secretary, `/fees/accounts/${second}/choose`, {})
  const order = String((await pay()).headers.location)
  const told = async () =>
    (await get(payer, `/api/v1${order}`)).json<{ account: { number: string } }>().account.number
  const before = await told()
  const retired = await post(secretary, `/fees/accounts/${second}/retire`, { why: 'Đổi ngân hàng' })
  expect(retired.headers.location).toBe('/fees/accounts?done=retired')
  expect(await told()).toBe(before)
  expect(await inUse(house.world.cell)).toEqual([])
  const page = await get(secretary, `/fees/accounts/${second}`)
  expect(page.body).toContain('Đổi ngân hàng')
  expect((await post(secretary, `/fees/accounts/${second}/choose`, {})).statusCode).toBe(409)
  await post(secretary, `/fees/accounts/${first!}/choose`, {})
})

test('declaring a number keeps nobody else from it; who verifies sees the claim, and the letter or those above both decide', async () => {
  const own = await declare(secretary)
  const claim = async (who: Visitor) => {
    const commandId = randomUUID()
    const form = { commandId, bank: '970405', number: String(numbers), holder: 'Chi bộ khu phố 3' }
    expect((await post(who, '/fees/accounts', form)).statusCode).toBe(303)
    return commandId
  }
  const other = await claim(neighbour)
  expect((await get(ward, `/fees/accounts/${own}`)).body).toContain('một đơn vị khác khai là của mình')
  const doubted = await verify(ward, own)
  expect(doubted.statusCode).toBe(422)
  expect(doubted.body).toContain('xem lúc 9 giờ')
  expect(doubted.body).toContain('giấy xác nhận của ngân hàng, hoặc')
  const letter = { how: 'bank-letter', holderSeen: 'CHI BO KHU PHO 3', note: 'giấy số 12' }
  expect((await post(ward, `/fees/accounts/${own}/verify`, letter)).statusCode).toBe(303)

  const city = await addVisitor(house, 'Tài Chính Thành Phố', 'finance-officer', house.world.city)
  expect((await get(city, `/fees/accounts/${other}`)).body).toContain('Ở đơn vị kia số này đã xác thực')
  const taken = await post(city, `/fees/accounts/${other}/verify`, letter)
  expect([taken.statusCode, taken.body.includes('đã được xác thực')]).toEqual([409, true])
  await claim(secretary)
  const again = await claim(secretary)
  expect((await post(ward, `/fees/accounts/${again}/verify`, letter)).statusCode).toBe(409)

  const free = await declare(secretary)
  await claim(neighbour)
  expect((await verify(city, free)).statusCode).toBe(303)
})

test('a form half filled is shown again with what was typed', async () => {
  await declare(secretary)
  const taken = { commandId: randomUUID(), bank: '970405', number: String(numbers), holder: 'Chi bộ khác' }
  for (const [field, value, words] of [
    ['bank', '123456', 'chọn ngân hàng'],
    ['number', '12-3', '4 đến 19'],
    ['holder', '', 'tên chủ tài khoản'],
  ] as const) {
    const page = await post(neighbour, '/fees/accounts', { ...taken, number: '88 99 00 11', [field]: value })
    expect([page.statusCode, page.body.includes(words)]).toEqual([400, true])
    if (field !== 'number') expect(page.body).toContain('88 99 00 11')
  }
  const twice = { ...taken, commandId: randomUUID(), number: '8899.0011' }
  const sent = await Promise.all([1, 2].map(() => post(neighbour, '/fees/accounts', twice)))
  expect(sent.map(({ statusCode }) => statusCode)).toEqual([303, 303])
  expect((await post(secretary, '/fees/accounts', twice)).statusCode).toBe(409)
})

test('the report says who below has none, waits, or is verified; by pages, filtered, and as a file', async () => {
  const report = await get(ward, '/fees/accounts/below')
  expect(report.body).toContain('Chi bộ khu phố 3')
  interface Told {
    readonly total: number
    readonly counts: Readonly<Record<'none' | 'waiting' | 'verified', number>>
    readonly organisations: readonly { readonly id: string; readonly standing: string }[]
  }
  const told = async (query = '') => (await get(ward, `/api/v1/fees/accounts/below${query}`)).json<Told>()
  const { total, counts, organisations } = await told()
  expect(organisations).toHaveLength(total)
  expect(counts.none + counts.waiting + counts.verified).toBe(total)
  expect(organisations.find(({ id }) => id === house.world.cell)?.standing).toBe('verified')
  for (const standing of ['none', 'waiting', 'verified'] as const) {
    const some = await told(`?standing=${standing}`)
    expect([some.total, some.organisations.every((each) => each.standing === standing)]).toEqual([
      counts[standing],
      true,
    ])
  }
  const file = await get(ward, '/fees/accounts/below.csv?standing=verified')
  expect(file.headers['content-type']).toContain('text/csv')
  expect(file.body.trim().split('\r\n')).toHaveLength(1 + counts.verified)
})

test('who declared has no deputy verify it, nor verifies what the deputy declared, also once the delegation is taken back', async () => {
  const { cell } = house.world
  const declarer = await addVisitor(house, 'Bí Thư Đi Vắng', 'finance-officer', cell)
  const hand = await addVisitor(house, 'Người Làm Thay', null, cell)
  const own = await declare(declarer)
  const inPlace = await addDeputy(house, hand.memberId, declarer)
  const refused = await verify(inPlace, own)
  expect([refused.statusCode, refused.body.includes('người khác')]).toEqual([422, true])
  expect((await get(inPlace, `/fees/accounts/${own}`)).body).not.toContain(`/fees/accounts/${own}/verify`)
  const byHand = await declare(inPlace)
  await takeBack(house, declarer)
  expect((await verify(declarer, byHand)).statusCode).toBe(422)
  for (const id of [own, byHand]) expect((await verify(deputy, id)).statusCode).toBe(303)
  // What is declared afterwards is no matter of the delegation that ended.
  const later = await declare(await addVisitor(house, 'Tài Chính Sau', 'finance-officer', cell))
  expect((await verify(declarer, later)).statusCode).toBe(303)
})
