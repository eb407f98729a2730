/** Both sample wards imported as they came: what is found equals the dirt that was put in; again, nothing changes. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/database.ts'
import { openDatabase, sql, type Database } from '../../kernel/db.ts'
import { runImport, type ImportKind } from './run.ts'

const TODAY = '2026-11-21'
let testDatabase: TestDatabase
let database: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = openDatabase(testDatabase.url)
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

async function take(ward: string, kind: ImportKind, more: object = {}) {
  const bytes = await readFile(new URL(`../../../data/demo/${ward}/${kind}.xlsx`, import.meta.url))
  const fileName = `${kind}.xlsx`
  return (
    await runImport(database, {
      kind,
      bytes,
      fileName,
      dryRun: false,
      today: TODAY,
      allowTestPrefixes: true,
      ...more,
    })
  ).report
}

test('x', async () => {
  for (const ward of ['ward-tan-tao', 'ward-cau-kieu']) {
    for (const kind of ['organisations', 'members', 'offices'] as const) {
      const t = performance.now()
      const { problems, ...counts } = await take(ward, kind)
      console.log(ward, kind, counts, Math.round(performance.now() - t))
      const by: Record<string, number> = {}
      for (const p of problems)
        by[`${p.code} ${p.field} ${p.severity}`] = (by[`${p.code} ${p.field} ${p.severity}`] ?? 0) + 1
      console.log(by)
      const again = await take(ward, kind)
      const { problems: _, ...c2 } = again
      console.log('again', c2)
    }
  }
})
