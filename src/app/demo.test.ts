/** What is under way in the demo: stays and comments at each step, begun on whatever day, papers that verify, and nothing twice. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/database.ts'
import { openDatabase, sql, type Database } from '../kernel/db.ts'
import { instantAt, type PlainDate } from '../kernel/plain-date.ts'
import { loadFile } from '../papers/store.ts'
import { verifyPaper } from '../signatures/verify.ts'
import { fillInDemo } from './demo.ts'
import { openTestSigners } from './test-signing.ts'

/** In the round, in the first days of a year, and in the middle of one. */
const DAYS: readonly PlainDate[] = ['2026-11-28', '2027-01-05', '2027-06-15']

describe.each(DAYS)('begun on %s', (today) => {
  let made: TestDatabase
  let database: Database
  let keys: Database
  const fill = () =>
    fillInDemo(database, keys, { publicUrl: 'http://localhost:3000', signing: undefined }, today)

  beforeAll(async () => {
    made = await createTestDatabase()
    database = openDatabase(made.url, { connections: 6 })
    keys = openDatabase(made.url, { connections: 2 })
    await fill()
  })
  afterAll(async () => {
    await keys.close()
    await database.close()
    await made.drop()
  })

  const count = async (table: string) =>
    Object.fromEntries(
      (
        await database.read.rows<{ status: string; count: number }>(
          sql`select status, count(*)::int as count from ${sql.table(table)} group by 1 order by 1`,
        )
      ).map((row) => [row.status, row.count]),
    )

  test('stays and comments stand at each step', async () => {
    expect(await count('temporary_transfer')).toEqual({
      active: 2,
      'at-host': 1,
      'cell-review': 1,
      completed: 1,
      'extension-asked': 1,
      'host-admission': 1,
    })
    expect(await count('residence_referral')).toEqual({
      accepted: 26,
      'not-referred': 1,
      referred: 2,
      'sent-back': 1,
    })
    expect(await count('residence_comment')).toEqual({
      'cell-signed': 4,
      drafted: 3,
      filed: 4,
      'returned-to-workplace': 3,
      'sent-back': 1,
      'with-cell': 7,
    })
  })

  test('the committee that decides an extension has its turn', async () => {
    const { act } = await database.read.one<{ act: string }>(sql`
      select awaited_act as act from dossier where procedure = 'temporary-transfer' and status = 'extension-asked'`)
    expect(act).toBe('extension-asked')
  })

  test('a comment is late, a correction names what it replaces, and whose stay is ending was told', async () => {
    const late = await database.read.rows(sql`
      select 1 from residence_comment where is_open and due_at < ${instantAt(today, 9 * 60)} and status = 'with-cell'`)
    expect(late.length).toBeGreaterThan(0)
    expect(
      await database.read.rows(sql`select 1 from residence_comment where corrects is not null`),
    ).toHaveLength(1)
    const told = await database.read.rows(sql`select 1 from notice where code = 'temporary.ends-soon-member'`)
    expect(told.length).toBeGreaterThan(0)
  })

  test('every paper stands up to the verifier, under certificates of the day it was signed', async () => {
    const trust = await openTestSigners(keys, { now: () => instantAt(today, 600) }).trustRoots()
    const papers = await database.read.rows<{ sha256: string }>(
      sql`select sha256 from paper where sha256 is not null`,
    )
    expect(papers.length).toBeGreaterThan(20)
    for (const { sha256 } of papers) {
      const { bytes } = await loadFile(database.read, sha256)
      expect(verifyPaper(bytes, { trust, at: instantAt(today, 600) })).toMatchObject({
        valid: true,
        trusted: true,
      })
    }
  })

  test('filled again, nothing changes', async () => {
    const events = () => database.read.one(sql`select count(*)::int as count from dossier_event`)
    const before = await events()
    await fill()
    expect(await events()).toEqual(before)
  })
})
