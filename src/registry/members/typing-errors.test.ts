/** Slips of the finger: which words may have been meant by those that no name has. */
import { expect, test } from 'vitest'
import { likelyMeant, slipsBetween } from './typing-errors.ts'

const KNOWN = ['nguyen', 'van', 'hung', 'hong', 'thi', 'tran', 'huong', 'lan', 'vang']

test('letters changed, added, left out, and two that changed places are one slip each', () => {
  for (const [typed, slips] of [
    ['nguyen', 0],
    ['nguyem', 1],
    ['nguyeen', 1],
    ['nguyn', 1],
    ['nguyne', 1],
    ['ngyuem', 2],
    ['', 6],
  ] as const)
    expect(slipsBetween(typed, 'nguyen'), typed).toBe(slips)
})

test('a word that no name has is read as one that is near; the others stay', () => {
  expect(likelyMeant(['nguyne', 'van', 'hung'], KNOWN)).toEqual([['nguyen', 'van', 'hung']])
  expect(likelyMeant(['vna', 'hnug'], KNOWN)).toEqual([['van', 'hung']])
})

test('of a long word two slips are forgiven, of a short one one', () => {
  expect(likelyMeant(['ngyuem'], KNOWN)).toEqual([['nguyen']])
  expect(likelyMeant(['xyn'], KNOWN)).toEqual([])
})

test('two words written together are parted', () => {
  expect(likelyMeant(['vanhung'], KNOWN)[0]).toEqual(['van', 'hung'])
})

test('the last word may be half typed: it is no slip while a name begins so', () => {
  expect(likelyMeant(['nguyne', 'hu'], KNOWN)).toEqual([['nguyen', 'hu']])
})

test('where names have every word, nothing else was meant', () => {
  expect(likelyMeant(['tran', 'hung'], KNOWN)).toEqual([])
  expect(likelyMeant(['hung', 'tran', 'van'], KNOWN)).toEqual([])
})

test('of a word that is half typed the beginning may be wrong, from three letters on', () => {
  expect(likelyMeant(['tran', 'vang', 'huo'], KNOWN)).toEqual([])
  expect(likelyMeant(['tran', 'hun'], KNOWN)).toEqual([['tran', 'hung']])
  expect(likelyMeant(['tran', 'ng'], KNOWN)).toEqual([])
})
