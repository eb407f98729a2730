/** The retention sweep: the last day still kept, the day after gone; what must stay stays. */
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../kernel/db.ts'
import { changeSetting, DEFAULT_SETTINGS, type Setting } from '../../kernel/settings.ts'
import { endMember } from '../../registry/members/memberships.ts'
import { addMember, addTwoWards } from '../../registry/test-builders.ts'
import { RETENTION_SETTINGS, scheduleOf, sweepRetention } from './retention.ts'

let testDatabase: TestDatabase
let database: Database
let party: Awaited<ReturnType<typeof addTwoWards>>
let member: string
const at = new Date('2026-11-26T02:00:00Z')
const daysAgo = (days: number, seconds = 0) => new Date(at.getTime() - days * 86_400_000 - seconds * 1000)

beforeEach(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url, { connections: 2 })
  await database.transaction(async (write) => {
    party = await addTwoWards(write)
    member = await addMember(write, 'Người Giữ', party.cell)
  })
})
afterEach(async () => {
  await database.close()
  await testDatabase.drop()
})

const run = (query: Parameters<typeof database.read.rows>[0]) =>
  database.transaction((write) => write.run(query))
const count = async (from: ReturnType<typeof sql>) =>
  (await database.read.one<{ count: number }>(sql`select count(*) as count from ${from}`)).count

test('a read notice stays to the last day and goes the day after; unread ones and those of open dossiers stay', async () => {
  const dossier = randomUUID()
  await run(sql`
    insert into dossier (id, procedure, subject_id, status, is_open, version, state, opened_at, changed_at, awaited_kind, awaited_act)
    values (${dossier}, 'official-transfer', ${member}, 'draft', true, 1, '{}', ${at}, ${at}, 'member', 'draft')`)
  for (const [code, read, of] of [
    ['last-day', daysAgo(365), null],
    ['day-after', daysAgo(365, 1), null],
    ['unread', null, null],
    ['open', daysAgo(400), dossier],
  ] as const)
    await run(sql`
      insert into notice (member_id, code, at, read_at, dossier_id) values (${member}, ${code}, ${daysAgo(500)}, ${read}, ${of})`)
  await sweepRetention(database, at)
  const left = await database.read.rows<{ code: string }>(sql`select code from notice order by code`)
  expect(left.map(({ code }) => code)).toEqual(['last-day', 'open', 'unread'])
  expect(await database.read.rows(sql`select rule, rows from retention_run`)).toEqual([
    { rule: 'notices', rows: 1 },
  ])
})

test('a list nobody imports loses its bytes after the days of the setting, and says it was dropped', async () => {
  const attempt = (id: string, handedIn: Date) =>
    run(sql`
      insert into import_attempt (id, kind, file_name, file_sha256, bytes, under_organisation, handed_in_by, handed_in_at, stage)
      values (${id}, 'members', 'a.csv', ${'0'.repeat(64)}, 'x'::bytea, ${party.ward}, ${member}, ${handedIn}, 'tried')`)
  const [kept, gone] = [randomUUID(), randomUUID()]
  await attempt(kept, daysAgo(7))
  await attempt(gone, daysAgo(7, 1))
  await sweepRetention(database, at)
  const rows = await database.read.rows(
    sql`select id, stage, bytes is null as empty from import_attempt order by handed_in_at`,
  )
  expect(rows).toEqual([
    { id: gone, stage: 'dropped', empty: true },
    { id: kept, stage: 'tried', empty: false },
  ])
})

test('who left loses account, sessions and address within a day; the record stays', async () => {
  await run(sql`insert into mail_address values (${member}, 'a@example.vn', ${at})`)
  await run(sql`
    insert into account (member_id, issuer, subject, bound_at, last_signed_in_at) values (${member}, 'i', 's', ${at}, ${at})`)
  await sweepRetention(database, at)
  expect(await count(sql`mail_address`)).toBe(1)
  await database.transaction((write) =>
    endMember(write, { memberId: member, standing: 'left', on: '2026-11-25', reason: 'kiểm thử' }),
  )
  await sweepRetention(database, at)
  expect(await count(sql`mail_address`)).toBe(0)
  expect(await count(sql`account`)).toBe(0)
  expect(await count(sql`member where id = ${member}`)).toBe(1)
})

test('an unused account goes back to the own hat the day after the last; 0 days switches the rule off', async () => {
  const other = await database.transaction((write) => addMember(write, 'Người Khác', party.cell))
  const account = (id: string, last: Date) =>
    run(sql`
      insert into account (member_id, issuer, subject, hat, bound_at, last_signed_in_at)
      values (${id}, 'i', ${id}, 'office:x', ${last}, ${last})`)
  await account(member, daysAgo(45))
  await account(other, daysAgo(45, 1))
  const hats = async () => {
    const rows = await database.read.rows<{ id: string; hat: string }>(
      sql`select member_id as id, hat from account`,
    )
    return Object.fromEntries(rows.map(({ id, hat }) => [id, hat]))
  }
  const setting = RETENTION_SETTINGS.find(
    ({ key }) => key === 'retention.unused-account-days',
  ) as Setting<unknown>
  const change = { value: 0, validFrom: '2026-11-01', reason: 'kiểm thử', setBy: null }
  await database.transaction((write) => changeSetting(write, setting, change))
  await sweepRetention(database, at)
  expect(await hats()).toEqual({ [member]: 'office:x', [other]: 'office:x' })
  await database.transaction((write) => changeSetting(write, setting, { ...change, value: 45 }))
  await sweepRetention(database, at)
  expect(await hats()).toEqual({ [member]: 'office:x', [other]: 'member' })
})

test('the schedule says every length in words', () => {
  const lines = scheduleOf(DEFAULT_SETTINGS, 'vi')
  expect(lines.map(({ howLong }) => howLong).join('\n')).not.toMatch(/[{}]/)
  expect(lines.map(({ howLong }) => howLong).join('\n')).toContain('Xóa 365 ngày sau khi đọc')
})
