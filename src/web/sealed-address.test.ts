/** Sealed words: their session reads them, nobody else; nothing of them shows, and nothing changed is taken. */
import { expect, test } from 'vitest'
import { openWords, sealWords } from './sealed-address.ts'

const mine = { csrf: 'a-session.hat' }

test('the session reads them, in whatever hat, and another one does not', () => {
  for (const words of ['099080777001', 'Tô Văn Thắng', 'x'.repeat(100), '']) {
    const sealed = sealWords(mine, words)
    expect(openWords(mine, sealed)).toBe(words)
    expect(openWords({ csrf: 'a-session.another-hat' }, sealed)).toBe(words)
    expect(openWords({ csrf: 'another-session.hat' }, sealed)).toBeUndefined()
  }
})

test('nothing of them shows, not even that two are the same', () => {
  const [one, other] = [sealWords(mine, '099080777001'), sealWords(mine, '099080777001')]
  expect(one).not.toBe(other)
  expect(Buffer.from(one, 'base64url').toString('latin1')).not.toContain('0990')
  expect(one).toMatch(/^[\w-]+$/)
})

test('what was changed, cut or made up is nothing', () => {
  const sealed = sealWords(mine, 'Tô Văn Thắng')
  const changed = (at: number) =>
    sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
  for (const wrong of [
    changed(3),
    changed(20),
    changed(40),
    sealed.slice(0, -4),
    sealed.slice(0, 20),
    '',
    '%%',
  ])
    expect(openWords(mine, wrong), wrong).toBeUndefined()
})
