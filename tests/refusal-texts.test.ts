/** Every "no" of the house has its words in both languages, and no words wait for a "no" that nobody says. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { expect, test } from 'vitest'
import { REFUSAL_TEXTS } from '../src/app/features.ts'
import { wordsOf } from '../src/app/refusal-words.ts'
import { APP_REFUSALS } from '../src/app/texts.ts'
import { identityTexts } from '../src/identity/texts.ts'
import { PAPER_REFUSALS } from '../src/papers/texts.ts'
import { PAYMENT_REFUSALS } from '../src/payments/refusal-texts.ts'
import { TRANSFER_REFUSALS } from '../src/procedures/official-transfer/refusal-texts.ts'
import { FEE_REFUSALS } from '../src/procedures/party-fees/refusal-texts.ts'
import { REGISTRY_REFUSALS } from '../src/registry/texts.ts'

const SOURCE = join(import.meta.dirname, '..', 'src')

const sources = readdirSync(SOURCE, { recursive: true, withFileTypes: true })
  .filter(
    (entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$|builders/.test(entry.name),
  )
  .map((entry) => {
    const path = join(entry.parentPath, entry.name)
    return { path: path.slice(SOURCE.length + 1).replaceAll(sep, '/'), text: readFileSync(path, 'utf8') }
  })

const KINDS = 'not-found|forbidden|invalid|conflict|against-rule'
/** `new Refusal('kind', 'code'`, also with a choice between two codes. */
const THROWN = new RegExp(
  `new Refusal\\(\\s*'(?:${KINDS})',\\s*(?:[^',)]*\\?\\s*)?'([\\w.-]+)'(?:\\s*:\\s*'([\\w.-]+)')?`,
  'g',
)
/** A code in a call, a table or a variable that a Refusal is made of later: any word of its shape. */
const MENTIONED = /'([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)'/g

const thrown = new Map<string, string>()
const mentioned = new Set<string>()
for (const { path, text } of sources) {
  for (const [, first, second] of text.matchAll(THROWN))
    for (const code of [first, second]) if (code !== undefined) thrown.set(code, path)
  if (path.endsWith('texts.ts')) continue
  for (const [, code = ''] of text.matchAll(MENTIONED)) mentioned.add(code)
}

/** Refusals whose code is no literal where they are made; each file says by its other words which codes it has. */
const MADE_OF_A_VARIABLE = [
  'foreign-files/open-readers.ts',
  'identity/accounts.ts',
  'identity/relying-party.ts',
  'papers/hostile-files.ts',
  'papers/press/press.ts',
  'registry/members/memberships.ts',
]

test('there are refusals to look for', () => {
  expect(thrown.size).toBeGreaterThan(100)
  expect(thrown.get('dossier.moved-on')).toBe('kernel/procedure.ts')
})

test('each code that is thrown has its words', () => {
  const silent = [...thrown].filter(([code]) => REFUSAL_TEXTS[code] === undefined)
  expect(silent).toEqual([])
})

test('each text belongs to a code that is thrown', () => {
  const idle = Object.keys(REFUSAL_TEXTS).filter((code) => !thrown.has(code) && !mentioned.has(code))
  expect(idle).toEqual([])
})

test('a refusal is made with its code in plain sight, so that this test can find it', () => {
  const hidden = sources
    .filter(({ text }) => /new Refusal\(\s*(?:[a-z]\w*|'[a-z-]+'),\s*[a-z]\w*[,)]/.test(text))
    .map(({ path }) => path)
  expect(hidden.filter((path) => !MADE_OF_A_VARIABLE.includes(path))).toEqual([])
})

test('no two slices say the words of one code', () => {
  const all = [
    APP_REFUSALS,
    identityTexts,
    PAPER_REFUSALS,
    PAYMENT_REFUSALS,
    REGISTRY_REFUSALS,
    FEE_REFUSALS,
    TRANSFER_REFUSALS,
  ].flatMap(Object.keys)
  expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([])
})

test('the words say what happened and how to mend it, in both languages, and name only facts', () => {
  for (const [code, texts] of Object.entries(REFUSAL_TEXTS)) {
    for (const language of ['vi', 'en'] as const) {
      const { title, what, why, mend } = texts[language]
      for (const part of [title, what, mend]) expect(part, `${code} ${language}`).toMatch(/\S{2}/)
      if (why !== undefined) expect(why, `${code} ${language}`).toMatch(/\S{2}/)
      expect(title.length, `${code} ${language}: a title is one line`).toBeLessThan(75)
      expect(`${what} ${mend}`, code).not.toMatch(/undefined|null|TODO/)
    }
    expect(placesOf(texts.vi), code).toEqual(placesOf(texts.en))
  }
})

const placesOf = (words: object): string[] =>
  [
    ...new Set(
      [
        ...Object.values(words)
          .join(' ')
          .matchAll(/\{(\w+)\}/g),
      ].map(([, name = '']) => name),
    ),
  ].sort()

test('facts are put into the words as the language writes them', () => {
  const facts = { today: '2026-11-25' }
  expect(wordsOf({ code: 'setting.in-the-past', facts }, 'vi').what).toContain('(25/11/2026)')
  expect(wordsOf({ code: 'setting.in-the-past', facts }, 'en').what).toContain('(25 November 2026)')
  expect(wordsOf({ code: 'setting.in-the-past', facts: {} }, 'vi').what).toContain('(…)')
})
