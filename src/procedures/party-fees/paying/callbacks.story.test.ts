/** A bank's go-between tells of money: known by its signature, booked once however often it tells, refused when anything is not as signed. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type House } from '../../../../tests/house.ts'
import { sql } from '../../../kernel/db.ts'
import type { RawCallback } from '../../../payments/callbacks/callback.ts'
import {
  cassoCallback,
  payosCallback,
  sepayCallback,
  type SimulatedTransfer,
} from '../../../payments/callbacks/signing.ts'
import { makePaymentKey } from '../../../payments/payment-key.ts'
import { assessMonthIn } from '../assessing/assess.ts'
import { verifyLedger } from '../ledger/verify.ts'
import { addAccount, addSchedule, FEE_VND, MONTH } from '../test-builders.ts'

const SECRETS = { sepay: 's'.repeat(32), casso: 'c'.repeat(32), payos: 'p'.repeat(32) }
const SOURCES = [
  { provider: 'sepay', secret: SECRETS.sepay },
  { provider: 'casso', secret: SECRETS.casso },
  { provider: 'payos', checksumKey: SECRETS.payos, accounts: ['0000000000'] },
  { provider: 'payos', checksumKey: SECRETS.payos },
]

let house: House
let folder: string
let account: string
let accountNumber: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dangvu-callbacks-'))
  const file = join(folder, 'callbacks.json')
  await writeFile(file, JSON.stringify(SOURCES))
  house = await openHouse({ env: { BANK_CALLBACKS_FILE: file } })
  await house.database.transaction(async (write) => {
    account = await addAccount(write, house.world.cell)
    await addSchedule(write, house.visitors.member.memberId, FEE_VND)
    await assessMonthIn(write, MONTH, MONTH)
  })
  accountNumber = (
    await house.database.read.one<{ number: string }>(
      sql`select account_number as number from fee_account where id = ${account}`,
    )
  ).number
})
afterAll(async () => {
  await house.close()
  await rm(folder, { recursive: true })
})

let transfers = 0

function transfer(facts: Partial<SimulatedTransfer> = {}): SimulatedTransfer {
  transfers += 1
  return {
    id: transfers,
    bankReference: `FT${transfers}`,
    accountNumber,
    amountVnd: FEE_VND,
    direction: 'in',
    content: 'chuyen tien',
    bookedAt: '2026-06-05 08:00:00',
    ...facts,
  }
}

async function tell(provider: string, { headers, body }: RawCallback) {
  const answer = await house.server.inject({
    method: 'POST',
    url: `/api/v1/bank-callbacks/${provider}`,
    headers: headers as Record<string, string>,
    payload: Buffer.from(body),
  })
  return { status: answer.statusCode, said: answer.json<{ success?: boolean; code?: string }>() }
}

const sepay = (of: SimulatedTransfer, at = new Date()) =>
  sepayCallback(of, { kind: 'signature', secret: SECRETS.sepay }, at)

async function order(): Promise<string> {
  const key = makePaymentKey(randomBytes(8))
  const id = randomUUID()
  const { memberId } = house.visitors.member
  await house.database.transaction(async (write) => {
    await write.run(sql`
      insert into fee_order (id, key, payer_id, organisation_id, method, account_id, amount_vnd, made_by, made_at)
      values (${id}, ${key}, ${memberId}, ${house.world.cell}, 'transfer', ${account}, ${FEE_VND}, ${memberId}, now())`)
    await write.run(sql`
      insert into fee_order_line (order_id, member_id, period, number, amount_vnd)
      values (${id}, ${memberId}, ${MONTH}, 0, ${FEE_VND})`)
  })
  return key
}

const lines = () =>
  house.database.read.rows<{ outcome: string; source: string }>(
    sql`select outcome, source from bank_line order by received_at, id`,
  )

test('the key is found among what the bank wrote around it; told three times, in another form too, it is paid once', async () => {
  const key = await order()
  const paid = transfer({ content: `MBVCB.123.${key.slice(0, 6)} ${key.slice(6)}-CT tu 0123 NGUYEN VAN A` })
  for (let time = 0; time < 3; time += 1)
    expect(await tell('sepay', sepay(paid))).toEqual({ status: 200, said: { success: true } })
  expect(await lines()).toEqual([{ outcome: 'matched', source: 'sepay' }])
  const receipts = await house.database.read.rows(
    sql`select receipt_year as year, receipt_number as number from fee_payment`,
  )
  expect(receipts).toHaveLength(1)
  // The member pays again, from another phone: the money waits for somebody to look at it.
  await tell('sepay', sepay(transfer({ content: key })))
  expect((await lines()).map(({ outcome }) => outcome)).toEqual(['matched', 'duplicate'])
})

test('Casso and payOS tell in their own way', async () => {
  const casso = cassoCallback([transfer()], { kind: 'signature', secret: SECRETS.casso }, new Date())
  expect((await tell('casso', casso)).status).toBe(200)
  const payos = payosCallback(transfer(), { checksumKey: SECRETS.payos })
  expect((await tell('payos', payos)).status).toBe(200)
  expect((await lines()).slice(-2)).toEqual([
    { outcome: 'unknown', source: 'casso' },
    { outcome: 'unknown', source: 'payos' },
  ])
})

test('what was not signed so, long ago, by nobody known, or of a strange account is refused, and nothing is kept', async () => {
  const before = await lines()
  const fine = sepay(transfer())
  const altered = { ...fine, body: Buffer.from(Buffer.from(fine.body).toString().replace('80000', '90000')) }
  expect(await tell('sepay', altered)).toMatchObject({
    status: 403,
    said: { code: 'payments.signature-wrong' },
  })
  const old = sepay(transfer(), new Date(Date.now() - 6 * 60_000))
  expect(await tell('sepay', old)).toMatchObject({ status: 403, said: { code: 'payments.stale' } })
  expect(await tell('casso', fine)).toMatchObject({ status: 403 })
  const bare = { headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') }
  for (const provider of ['sepay', 'casso']) expect((await tell(provider, bare)).status).toBe(403)
  expect((await tell('payos', bare)).status).toBeLessThan(500)
  const strange = sepay(transfer({ accountNumber: '999999' }))
  expect(await tell('sepay', strange)).toMatchObject({
    status: 404,
    said: { code: 'party-fees.account-unknown' },
  })
  const huge = sepay(transfer({ amountVnd: 1e16 }))
  expect(await tell('sepay', huge)).toMatchObject({
    status: 400,
    said: { code: 'payments.amount-unreadable' },
  })
  const large = { ...fine, body: Buffer.alloc(300_000, 32) }
  expect((await tell('sepay', large)).status).toBe(400)
  expect(await lines()).toEqual(before)
})

test('afterwards the ledger is clean, and what nobody knew stands on the account as money to be looked at', async () => {
  expect((await verifyLedger(house.database)).problems).toEqual([])
  const balances = await house.database.read.rows(sql`
    select account, debit_vnd as debit, credit_vnd as credit from ledger_balance where owner = ${house.world.cell} order by 1`)
  expect(balances).toEqual([
    { account: 'bank', debit: 4 * FEE_VND, credit: 0 },
    { account: 'dues', debit: 0, credit: FEE_VND },
    { account: 'unmatched', debit: 0, credit: 3 * FEE_VND },
  ])
})
