/** The READMEs against the program: every variable with its default, and the people one can sign in as. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CONFIGURATION } from '../src/app/variables.ts'
import { openDatabase } from '../src/kernel/db.ts'
import { demoPeople, fillDemo } from '../src/registry/demo.ts'
import { createTestDatabase } from './database.ts'

const ROOT = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const READMES = ['README.md', 'README.vi.md']

/** First two cells of the table's rows that begin with a variable. */
function variablesOf(path: string): Map<string, string> {
  const rows = [...read(path).matchAll(/^\| `([A-Z][A-Z_0-9]+)` +\| ([^|]*?) +\|/gm)]
  return new Map(rows.map(([, name = '', value = '']) => [name, value.replaceAll('`', '')]))
}

test.each(READMES)('%s has every variable with its default, and no other', (path) => {
  const expected = CONFIGURATION.map(({ name, default: fallback }) => [
    name,
    fallback === '' ? '–' : fallback,
  ])
  expect([...variablesOf(path)].sort()).toEqual(expected.sort())
})

test('both name the people of the demo as they are', async () => {
  const made = await createTestDatabase()
  const database = openDatabase(made.url)
  try {
    const today = '2026-11-22'
    await fillDemo(database, { folder: join(ROOT, 'data', 'demo'), today })
    const people = await demoPeople(database.read, today)
    expect(people.length).toBeGreaterThan(10)
    for (const path of READMES) {
      const text = read(path)
      const missing = people.filter(
        ({ fullName, personalId }) => !text.includes(fullName) || !text.includes(personalId),
      )
      expect(missing.map(({ role }) => `${path}: ${role}`)).toEqual([])
    }
  } finally {
    await database.close()
    await made.drop()
  }
})
