/** Several sealers at once, and acts that commit late: every entry lands in exactly one block of one chain. */
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAuditedHouse, type AuditedHouse } from '../../tests/audit-log.ts'
import { openDatabase, sql } from '../kernel/db.ts'
import { addMember } from '../registry/test-builders.ts'
import { sealAll, startSealer } from './sealer.ts'

let house: AuditedHouse

beforeEach(async () => {
  house = await openAuditedHouse()
})

afterEach(() => house.close())

test('sealers of several processes while many act', async () => {
  const others = [1, 2, 3].map(() => openDatabase(house.url, { connections: 2 }))
  const troubles: Error[] = []
  const sealers = others.map((database) => startSealer(database, (error) => troubles.push(error)))
  const acting = Array.from({ length: 8 }, async (_, actor) => {
    for (let act = 0; act < 12; act += 1) {
      await house.database.transaction((write) => addMember(write, `Đảng Viên ${actor} ${act}`, house.cell))
      await Promise.all(others.map((database) => sealAll(database)))
    }
  })
  await Promise.all(acting)
  await Promise.all(sealers.map((sealer) => sealer.stop()))
  await sealAll(house.database)
  await Promise.all(others.map((database) => database.close()))
  expect(troubles).toEqual([])
  const report = await house.verify()
  expect(report).toMatchObject({ problemCount: 0, unsealed: 0 })
  expect(report.blocks).toBeGreaterThan(4)
  const { n } = await house.database.read.one<{ n: number }>(sql`
    select count(*) as n from audit_entry where subject = 'membership' and operation = 'insert'`)
  expect(n).toBe(8 * 12 + 1)
})

test('an act that began before others and commits after them is sealed in a later block', async () => {
  const late = new pg.Client(house.url)
  await late.connect()
  await late.query(`begin; set local dangvu.acting = 'job||||||long import'`)
  await late.query(
    `insert into setting_value (key, valid_from, value, reason) values ('a', '2026-01-01', '1', 'x')`,
  )
  await house.oneMore('Đảng Viên Hai')
  const between = await house.checkpoint()
  expect(await house.verify(between)).toMatchObject({ problemCount: 0 })
  await late.query('commit')
  await late.end()
  await sealAll(house.database)
  expect(await house.verify(between)).toMatchObject({ problemCount: 0, unsealed: 0 })
  const { number } = await house.database.read.one<{ number: number }>(sql`
    select b.number from audit_entry e join audit_block b on e.seq <@ b.entries where e.act = 'long import'`)
  expect(number).toBeGreaterThan(between.block)
})

test('a sealer whose database is away says so once, and its end is quiet', async () => {
  const away = openDatabase('postgres://127.0.0.1:1/nowhere', { connections: 1 })
  const told = await new Promise<Error>((resolve) => {
    const sealer = startSealer(away, (error) => {
      resolve(error)
      void sealer.stop()
    })
  })
  expect(told.message).toContain('ECONNREFUSED')
  await away.close()
})
