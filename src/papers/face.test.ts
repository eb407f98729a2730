/** The paper face has every letter of Vietnamese, and what it lacks is shown as a question mark. */

import { expect, test } from 'vitest'
import { VIETNAMESE } from './examples.ts'
import { printable } from './face.ts'

test('all 89 letters with their tones, composed or decomposed, small and capital', () => {
  expect(new Set(VIETNAMESE)).toHaveLength(178)
  for (const letter of VIETNAMESE) {
    expect(printable(letter)).toBe(letter)
    expect(printable(letter.normalize('NFD'))).toBe(letter)
  }
})

test('no emoji, no foreign script, no direction mark reaches the page', () => {
  expect(printable('Chào 🙂 中文')).toBe('Chào ? ??')
  expect(printable('an\u202Etoàn\u200B\u0007')).toBe('antoàn')
  expect(printable('một\r\nhai\tba')).toBe('một\nhai ba')
})
