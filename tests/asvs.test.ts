/** docs/security/asvs.md answers every requirement of ASVS 5.0.0, levels 1 and 2, once, and names only files that exist. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const DOCUMENT = readFileSync(join(ROOT, 'docs/security/asvs.md'), 'utf8')

/** By section: how many requirements it has, then which of them are of level 3 alone. From the standard's own list. */
const SECTIONS = `
  V1.1 2; V1.2 10 10; V1.3 12 12; V1.4 3; V1.5 3 3;
  V2.1 3; V2.2 3; V2.3 5 5; V2.4 2 2;
  V3.1 1 1; V3.2 3 3; V3.3 5 5; V3.4 8 7 8; V3.5 8 6 7 8; V3.6 1 1; V3.7 5 3 4 5;
  V4.1 5 4 5; V4.2 5 2 3 4 5; V4.3 2; V4.4 4;
  V5.1 1; V5.2 6 4 5 6; V5.3 3 3; V5.4 3;
  V6.1 3; V6.2 12; V6.3 8 5 6 7 8; V6.4 6 5 6; V6.5 8 6 7 8; V6.6 4 4; V6.7 2 1 2; V6.8 4;
  V7.1 3; V7.2 4; V7.3 2; V7.4 5; V7.5 3 3; V7.6 2;
  V8.1 4 3 4; V8.2 4 4; V8.3 3 2 3; V8.4 2 2;
  V9.1 3; V9.2 4;
  V10.1 2; V10.2 3 3; V10.3 5 5; V10.4 16 12 13 14 15 16; V10.5 5; V10.6 2; V10.7 3;
  V11.1 4 3 4; V11.2 5 4 5; V11.3 5 4 5; V11.4 4; V11.5 2 2; V11.6 2 2; V11.7 2 1 2;
  V12.1 5 4 5; V12.2 2; V12.3 5 5;
  V13.1 4 2 3 4; V13.2 6 6; V13.3 4 3 4; V13.4 7 6 7;
  V14.1 2; V14.2 8 5 6 7 8; V14.3 3;
  V15.1 5 4 5; V15.2 5 4 5; V15.3 7; V15.4 4 1 2 3 4;
  V16.1 1; V16.2 5; V16.3 4; V16.4 3; V16.5 4 4;
  V17.1 2 2; V17.2 8 5 6 7 8; V17.3 2
`
  .split(';')
  .map((section) => section.trim().split(' '))
  .map(([section = '', count = '', ...levelThree]) => ({ section, count: Number(count), levelThree }))

const REQUIREMENTS = SECTIONS.flatMap(({ section, count, levelThree }) =>
  Array.from({ length: count }, (_each, index) => String(index + 1))
    .filter((number) => !levelThree.includes(number))
    .map((number) => `${section}.${number}`),
)

/** Rows that answer something: their numbers, their state, what they say. */
const ROWS = DOCUMENT.split('\n')
  .filter((line) => /^\| V\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, numbers = '', , state = '', where = '']) => ({ numbers: numbers.split(', '), state, where }))

test('the standard has 253 requirements of levels 1 and 2, and each is answered once', () => {
  expect(REQUIREMENTS).toHaveLength(253)
  expect(ROWS.flatMap(({ numbers }) => numbers).sort()).toEqual([...REQUIREMENTS].sort())
})

test('each answer is a state with its reason', () => {
  for (const { numbers, state, where } of ROWS) {
    expect(['yes', 'part', 'no', '–'], numbers.join()).toContain(state)
    expect(where, numbers.join()).not.toBe('')
  }
})

test('every file that is named exists', () => {
  const paths = [...DOCUMENT.matchAll(/`([\w./-]+\.[a-z]+)`/g)].map(([, path = '']) => path)
  expect(paths.length).toBeGreaterThan(150)
  expect([...new Set(paths)].filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
})
