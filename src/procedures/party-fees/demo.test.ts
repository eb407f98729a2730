/** The demo's fees: everybody assessed who declared, the ledger clean, the member of the demo with months to pay and one that is paid. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../kernel/db.ts'
import { instantAt } from '../../kernel/plain-date.ts'
import { DEFAULT_SETTINGS } from '../../kernel/settings.ts'
import { calendarFrom } from '../../kernel/working-time.ts'
import { demoPeople, fillDemo } from '../../registry/demo.ts'
import { assessNow } from './assessing/sweeps.ts'
import { fillDemoFees } from './demo.ts'
import { verifyLedger } from './ledger/verify.ts'
import { ownFees, reasonsOf } from './paying/own.ts'

const TODAY = '2026-11-26'
let made: TestDatabase
let database: Database

beforeAll(async () => {
  made = await createTestDatabase()
  database = openDatabase(made.url, { connections: 4 })
  await fillDemo(database, {
    folder: join(import.meta.dirname, '..', '..', '..', 'data', 'demo'),
    today: TODAY,
  })
  await fillDemoFees(database, TODAY)
})
afterAll(async () => {
  await database.close()
  await made.drop()
})

const counts = () =>
  database.read.one<Record<string, number>>(sql`
    select (select count(*) from membership where standing = 'active' and until is null) as members,
           (select count(*) from fee_line where period = '2026-11-01') as lines,
           (select count(distinct class) from fee_line) as classes,
           (select count(*) from fee_schedule where refusal <> 'party-fees.before-first-fee') as refused,
           (select count(*) from fee_payment) as payments,
           (select count(*) from fee_account) as accounts`)

test('most have a line of the month, of every common class, and the ledger is clean', async () => {
  const found = await counts()
  expect(found.lines).toBeGreaterThan(found.members! * 0.9)
  expect(found.lines).toBeLessThan(found.members!)
  expect(found.classes).toBeGreaterThanOrEqual(5)
  expect(found.refused).toBe(0)
  expect(found.payments).toBeGreaterThan(20)
  expect(found.accounts).toBeGreaterThan(20)
  expect((await verifyLedger(database)).problems).toEqual([])
})

test('what is under way stands at each step, with a reason where it was refused', async () => {
  const standings = async (table: string, standing: string): Promise<string[]> => {
    const rows = await database.read.rows<{ standing: string }>(
      sql`select ${sql.raw(standing)} as standing from ${sql.table(table)} order by 1`,
    )
    return rows.map((row) => row.standing)
  }
  expect(await standings('fee_relief', 'status')).toEqual(['asked', 'forwarded', 'granted', 'refused'])
  expect(await standings('fee_refund', 'status')).toEqual(['asked', 'checked', 'closed', 'refused'])
  const sent =
    "case when received_at is not null then 'received' when sent_at is not null then 'sent' else 'made' end"
  expect(await standings('fee_remittance', sent)).toEqual(['received', 'sent'])
  const { silent } = await database.read.one<{ silent: number }>(sql`
    select (select count(*) from fee_relief where status = 'refused' and reason is null)
           + (select count(*) from fee_refund where status = 'refused' and ended_why is null) as silent`)
  expect(silent).toBe(0)
})

test('the member of the demo has something to pay, and its reason', async () => {
  const member = (await demoPeople(database.read, TODAY)).find(({ role }) => role === 'member')!
  const { open, paid, declared } = await ownFees(database.read, member.memberId)
  expect(declared).toBe('known')
  expect(open.at(-1)?.period).toBe('2026-11-01')
  expect(paid.length).toBeGreaterThan(0)
})

test('every class’s line gives its reason, and what time does next leaves the schedules whole', async () => {
  const lines = await database.read.rows<{ memberId: string; period: string; amountVnd: number }>(sql`
    select distinct on (class) member_id as "memberId", period, amount_vnd as "amountVnd" from fee_line
     where amount_vnd > 0 order by class, member_id, period desc`)
  for (const line of lines)
    expect(await reasonsOf(database.read, line.memberId, line, DEFAULT_SETTINGS)).not.toBe(undefined)
  const before = await counts()
  const at = instantAt(TODAY, 9 * 60)
  const calendar = calendarFrom({ holidays: () => [] })
  const around = { at, today: TODAY, calendar, settings: DEFAULT_SETTINGS }
  await assessNow({
    database,
    contextNow: () => Promise.resolve(around),
    introductions: () => Promise.resolve([]),
  })
  expect(await counts()).toEqual(before)
})

test('filled again, nothing changes', async () => {
  const before = await counts()
  await fillDemoFees(database, TODAY)
  expect(await counts()).toEqual(before)
})
