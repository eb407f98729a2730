/** Every refusal code of identity has its words, in both languages, and no words are left over. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { identityTexts } from './texts.ts'

function codesInSource(): Set<string> {
  const files = readdirSync(import.meta.dirname).filter(
    (name) => /\.tsx?$/.test(name) && !/test\.ts|^texts\.ts$/.test(name),
  )
  // The door asks for the token of a session and the hat it was opened in.
  const sources = [...files, '../web/own-pages.ts'].map((name) =>
    readFileSync(join(import.meta.dirname, name), 'utf8'),
  )
  return new Set(
    sources.flatMap((source) =>
      [...source.matchAll(/'(identity\.[a-z-]+)'/g)].map((found) => found[1] ?? ''),
    ),
  )
}

test('each code thrown in this folder and at the door has words, and each text has a code', () => {
  const codes = codesInSource()
  codes.delete('identity.account-released') // the code of a report, not of a refusal
  expect([...codes].sort()).toEqual(Object.keys(identityTexts).sort())
})

test('no text is empty in either language', () => {
  for (const [code, { vi, en }] of Object.entries(identityTexts))
    for (const words of [vi, en])
      for (const part of [words.title, words.what, words.mend]) expect(part.trim(), code).not.toBe('')
})
