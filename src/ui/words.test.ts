/** The design system's own words: the same places to fill in both languages, none empty. */
import { expect, test } from 'vitest'
import { WORDS_EN, WORDS_VI, figure, fill } from './words.ts'
import type { UiWords } from './words.ts'

const places = (phrase: string) => [...phrase.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort()

test.each(Object.keys(WORDS_VI) as (keyof UiWords)[])(
  '%s is said in both languages, with the same places to fill',
  (key) => {
    expect(WORDS_EN[key]).not.toBe('')
    expect(WORDS_VI[key]).not.toBe('')
    expect(places(WORDS_EN[key])).toStrictEqual(places(WORDS_VI[key]))
  },
)

test('a phrase is filled, and an unknown place stays to be seen', () => {
  expect(fill('Đã chọn {count}', { count: 3 })).toBe('Đã chọn 3')
  expect(fill('{a} {b}', { a: '{b}' })).toBe('{b} {b}')
})

test('numbers are written as the language writes them', () => {
  expect(figure(WORDS_VI, 54756)).toBe('54.756')
  expect(figure(WORDS_EN, 54756)).toBe('54,756')
})
