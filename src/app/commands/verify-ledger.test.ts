/** The ledger is checked from the command line: clean after work, and one đồng altered by the superuser is named. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase } from '../../kernel/db.ts'
import { LEDGER_CHECKS } from '../../procedures/party-fees/ledger/verify.ts'
import { settleLines } from '../../procedures/party-fees/paying/settle.ts'
import { addFeeWorld, addOrder, FEE_VND } from '../../procedures/party-fees/test-builders.ts'
import { runCommandLine } from './command-line.ts'

let made: TestDatabase
let folder: string

beforeAll(async () => {
  made = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'dangvu-verify-ledger-'))
  const database = openDatabase(made.url, { connections: 2 })
  const { places, members, account } = await addFeeWorld(database)
  const order = { organisationId: places.cell, accountId: account, members: members.slice(0, 2) }
  const key = await database.transaction((write) => addOrder(write, order))
  const at = new Date('2026-06-05T03:00:00Z')
  const line = {
    accountId: account,
    reference: 'FT1',
    amountVnd: 2 * FEE_VND,
    direction: 'in' as const,
    content: key,
    bookedAt: at,
  }
  await settleLines(database, [{ ...line, source: 'sepay', key }], { at, today: '2026-06-05' })
  await database.close()
})
afterAll(async () => {
  await made.drop()
  await rm(folder, { recursive: true })
})

async function run(...argv: string[]) {
  let out = ''
  let told = ''
  const exit = await runCommandLine(argv, {
    env: { DATABASE_URL: made.url, DANGVU_DATA: folder },
    out: (text) => void (out += text),
    error: (text) => void (told += text),
  })
  return { exit, out, told }
}

test('each check is told in words while it runs', async () => {
  for (const language of ['vi', 'en']) {
    const told = (await run('verify-ledger', '--lang', language)).told.trim().split('\n')
    expect(told).toHaveLength(LEDGER_CHECKS.length)
    expect(told.filter((line) => (LEDGER_CHECKS as readonly string[]).includes(line))).toEqual([])
  }
})

test('a clean ledger: exit code 0, in words and as JSON', async () => {
  const said = await run('verify-ledger')
  expect(said.exit).toBe(0)
  expect(said.out).toMatch(/^5 khoản phải nộp, 1 khoản nộp, 2 bút toán; [\d.]+ giây\.\nSổ cái khớp\.\n$/)
  const json = await run('verify-ledger', '--json')
  expect(JSON.parse(json.out)).toMatchObject({ lines: 5, transfers: 2, payments: 1, problemCount: 0 })
  expect(JSON.parse(json.out).checks.map(({ name }: { name: string }) => name)).toEqual(LEDGER_CHECKS)
  expect((await run('verify-ledger', '--lang', 'en')).out).toContain('The ledger agrees.')
})

test('one đồng altered: exit code 1, and where', async () => {
  const client = new pg.Client(made.url)
  await client.connect()
  await client.query(`update ledger_balance set debit_vnd = debit_vnd + 1 where account = 'bank'`)
  await client.end()
  const said = await run('verify-ledger')
  expect(said.exit).toBe(1)
  expect(said.out).toContain('bank: thấy 160001 / 0, phải là 160000 / 0 [balances]')
  expect(said.out).toContain('Sổ cái KHÔNG khớp: 2 chỗ.')
})
